"""One claim on a card: a picture to put into an article, with its source and licence."""

from __future__ import annotations

import os
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from ..answers.charts import OFFICIAL, marks_of
from ..answers.check import SEE_LATER, checks_in
from ..errors import UnknownNameError
from ..tables.files import write_text
from ..tables.package import shipped
from ..wording import number_in_words
from .labels import lines_of, width_of
from .markup import Node, as_hash, el, html
from .parts import check_references, own_file, plain_words_of
from .scale import scale_for
from .tracks import DOWN, UP

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from decimal import Decimal

    from ..answers.charts import Mark
    from ..answers.check import Check
    from ..tables.package import Package
    from .scale import Scale


class Card(NamedTuple):
    """A claim on a card, as SVG, with the words that stand for it where it cannot be seen.

    In a notebook it shows itself. `html` is the same as a page, to put into a frame.
    """

    figure_id: str
    svg: str
    alt: str

    @property
    def html(self) -> str:
        """A page with nothing but the card."""
        head = el(
            "head",
            el("meta", charset="utf-8"),
            el("meta", http_equiv="Content-Security-Policy", content=_POLICY),
            el("meta", name="viewport", content="width=device-width, initial-scale=1"),
            el("title", self.alt),
            el("style", _PAGE),
        )
        drawn = self.svg.partition("?>\n")[2]
        return f'<!DOCTYPE html>\n<html lang="en-GB">{html(head)}\n<body>{drawn}</body></html>\n'

    def _repr_svg_(self) -> str:
        return self.svg

    def __repr__(self) -> str:
        return f"<Card {self.figure_id}: {self.alt}>"


_WIDTH, _EDGE = 600, 28
_INSIDE = _WIDTH - 2 * _EDGE
_STYLE = own_file("card.css")
_PAGE = "body{margin:0}svg{display:block;max-width:100%;height:auto}"
_POLICY = f"default-src 'none'; style-src '{as_hash(_PAGE)}' '{as_hash(_STYLE)}'"


def card(
    figure: str, path: str | os.PathLike[str] | None = None, package: Package | None = None
) -> Card:
    """One claim on a card: the number, the words, who said them, what was counted, and the source.

    Returns a `Card`: `svg` is a picture that needs no other file, fits light and dark pages and has
    its own alternative text, which is also `alt`; `html` is the same as a page. With `path` it is
    written, whole or not at all: as SVG or, if the name ends in .html, as a page. Raises
    UnknownNameError for a figure that does not exist or another ending, AlbaniaUkMigrationError if
    the file cannot be written.

    >>> made = card("F034")
    >>> made.svg.count("<svg"), "3,066" in made.alt
    (1, True)
    """
    package = package or shipped()
    check_references(package)
    (check,) = checks_in(package, [figure])
    made = _card(package, check)
    if path is not None:
        ending = os.path.splitext(os.fspath(path))[1].lower()
        if ending not in ENDINGS:
            raise UnknownNameError("form of card", ending or os.fspath(path), ENDINGS)
        write_text(path, made.svg if ending == ".svg" else made.html)
    return made


# The forms of a card, by the ending of its name.
ENDINGS = (".svg", ".html")


def _card(package: Package, check: Check) -> Card:
    marks = marks_of(package, check)
    later = next((row for row in check.said_elsewhere if row["relation"] == "after"), None)
    answer = check.answer
    if later is not None and answer.endswith(SEE_LATER):
        answer = f"{answer.removesuffix(SEE_LATER)}Later: {later['what']}"
    alt = f"“{check.figure['exact']}”: {check.said.words} {answer}"
    column = _Column()
    column.text([f"“{check.figure['exact']}”"], 30, "claim", bold=True)
    column.text([check.said.words], 14, "ink", bold=True)
    column.text([f"{check.counted} {check.period}"], 13, "soft")
    column.gap(6)
    column.text([plain_words_of(package, check.figure)], 18, "ink words")
    column.gap(8)
    if any(mark.kind == OFFICIAL for mark in marks):
        column.axis(marks)
    column.text([answer], 15, "ink")
    column.gap(8)
    column.text(_sources(package, check, marks), 12, "soft")
    height = column.y + _EDGE - 6
    name = f"card-{check.figure_id}"
    drawn = el(
        "svg",
        el("title", f"“{check.figure['exact']}”", id=f"{name}-title"),
        el("desc", alt, id=f"{name}-words"),
        el("style", _STYLE),
        el(
            "rect",
            x=0.5,
            y=0.5,
            width=_WIDTH - 1,
            height=height - 1,
            rx=8,
            class_="paper",
        ),
        column.drawn,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {_WIDTH} {height:g}",
        width=_WIDTH,
        height=height,
        role="img",
        aria_labelledby=f"{name}-title {name}-words",
        class_="aum-card",
    )
    return Card(check.figure_id, f'<?xml version="1.0" encoding="UTF-8"?>\n{html(drawn)}\n', alt)


def _sources(package: Package, check: Check, marks: Sequence[Mark]) -> Iterable[str]:
    """Where the count and the words are from, and under which licences."""
    for mark in marks:
        if mark.kind == OFFICIAL:
            release = next(
                row
                for row in package.rows("official_releases")
                if row["release_id"] == mark.release_id
            )
            condition = f", {mark.condition}" if mark.condition else ""
            yield f"Counted: {mark.counted}: {mark.period}{condition}."
            yield f"Count: {mark.who}, {mark.said}. {release['attribution']}."
    yield f"Words: {check.footnote}"
    licences = " and ".join(one["title"] for one in package.resource("figures")["licenses"])
    yield (
        f"Card: {licences}; quoted words belong to their publishers and speakers. "
        "We record who said what. We do not judge whether it is true."
    )


class _Column:
    """A card from top to bottom: what is drawn, and how far down it reaches."""

    def __init__(self) -> None:
        self.y = float(_EDGE)
        self.drawn: list[Node] = []

    def gap(self, height: float) -> None:
        """Leave some space."""
        self.y += height

    def text(self, texts: Iterable[str], size: int, class_: str, bold: bool = False) -> None:
        """Paragraphs, in lines that fit."""
        for text in texts:
            for line in lines_of(text, size, _INSIDE, bold):
                self.y += round(size * 1.35)
                weight = "bold" if bold else None
                self.drawn.append(
                    el(
                        "text",
                        line,
                        x=_EDGE,
                        y=self.y - round(size * 0.3),
                        class_=class_,
                        font_size=size,
                        font_weight=weight,
                    )
                )
            self.y += 3

    def axis(self, marks: Sequence[Mark]) -> None:
        """The claim above the official figure, on one axis from zero."""
        scale = scale_for(end for mark in marks for end in mark.ends)
        top = self.y
        for mark in marks:
            self.y += 28
            self.drawn += _drawn(mark, scale, self.y - 14)
        for tick in scale.ticks:
            x = _x(scale, tick)
            self.drawn.insert(0, el("line", x1=x, x2=x, y1=top, y2=self.y, class_="rule"))
            anchor = "start" if tick == 0 else "middle"
            self.drawn.append(
                el(
                    "text",
                    number_in_words(Fraction(tick)),
                    x=x,
                    y=self.y + 14,
                    text_anchor=anchor,
                    class_="soft",
                    font_size=12,
                )
            )
        self.y += 28


def _x(scale: Scale, number: Decimal | int) -> float:
    return _EDGE + _INSIDE * scale.part(number)


def _label(text: str, left: float, right: float, y: float) -> Node:
    """The number of a bar: to its right, else to its left, else on it."""
    width, size = width_of(text, 13, bold=True), 13
    x = right + 8
    if x + width > _WIDTH - _EDGE:
        x = left - 8 - width if left - 8 - width > _EDGE else left + 8
    return el("text", text, x=x, y=y + 4.5, class_="official", font_size=size, font_weight="bold")


def _drawn(mark: Mark, scale: Scale, y: float) -> list[Node]:
    """A claim or an official figure on the axis."""
    if mark.kind == OFFICIAL:
        assert mark.lower is not None
        assert mark.upper is not None
        from_zero = mark.lower == mark.upper or mark.comparator in DOWN
        left, right = _x(scale, 0 if from_zero else mark.lower), _x(scale, mark.upper)
        bar = el("rect", x=left, y=y - 9, width=max(right - left, 3), height=18, class_="bar")
        return [bar, _label(f"{mark.words} counted", left, right, y)]
    if mark.comparator == "between" and mark.lower is not None and mark.upper is not None:
        left, right = _x(scale, mark.lower), _x(scale, mark.upper)
        path = f"M{left:.1f} {y - 7:g}V{y + 7:g}M{left:.1f} {y:g}H{right:.1f}"
        return [el("path", d=f"{path}M{right:.1f} {y - 7:g}V{y + 7:g}", class_="line")]
    x = _x(scale, mark.ends[0])
    for way, comparators in ((1, UP), (-1, DOWN)):
        if mark.comparator in comparators:
            end, back = x + way * 32, x + way * 25
            path = f"M{x:.1f} {y - 9:g}V{y + 9:g}M{x:.1f} {y:g}H{end:.1f}"
            path += f"M{back:.1f} {y - 6:g}L{end:.1f} {y:g}L{back:.1f} {y + 6:g}"
            return [el("path", d=path, class_="line")]
    if mark.comparator == "about":
        return [el("circle", cx=x, cy=y, r=8, class_="ring")]
    return [el("circle", cx=x, cy=y, r=6.5, class_="claim")]
