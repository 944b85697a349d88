"""Figures that do not sit easily together, and pairs that only look as if they disagreed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .markup import Node, el
from .parts import column, folded, follow_up, words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ..comparing.apparent import Apparent
    from ..comparing.disagreeing import Disagreement, Quotation
    from ..tables.cells import Row
    from ..tables.package import Package
    from .words import Words

_KIND = {
    "contradicts": "Cannot both be true",
    "strained": "Fits only with a jump",
    "depends_on_reading": "Depends on how it is read",
}
# A section of more findings is cut, and says so.
MOST = 20


def cards(package: Package, found: Sequence[Disagreement], words: Words) -> list[Node]:
    """Each finding with its quotations side by side, why, the arithmetic and what is assumed."""
    rows = {str(row["figure_id"]): row for row in package.rows("figures")}
    ordered = sorted(found, key=lambda one: list(_KIND).index(one.finding.verdict))
    listed = [_card(package, one, rows, words) for one in ordered[:MOST]]
    if not found:
        listed = [el("p", "No figures here disagree.")]
    if len(found) > MOST:
        more = f"{len(found) - MOST:,} more: albania-uk-migration disagreements lists them all."
        listed.append(el("p", more, class_="small"))
    return listed


def _card(package: Package, one: Disagreement, rows: dict[str, Row], words: Words) -> Node:
    quotations = [quotation for quotation in one.quotations if quotation.figure_id in rows]
    claimed = [rows[one.figure_id]["exact"] for one in one.claimed if one.figure_id in rows]
    title = ", ".join(f"“{exact}”" for exact in dict.fromkeys(claimed))
    return el(
        "section",
        el("p", _KIND[one.finding.verdict], class_="tag"),
        el("h3", title) if title else None,
        el("p", f"{words.plain(one.headline)}.", class_="answer"),
        _quotations(quotations, rows, words),
        column(one.column, words),
        (el("p", words.plain(why)) for why in one.why),
        folded(
            "What is assumed", (f"{words.plain(text)}." for text in (*one.assumptions, *one.rules))
        ),
        _said_later(package, one, words),
        class_="card",
    )


def _quotations(quotations: Sequence[Quotation], rows: dict[str, Row], words: Words) -> Node:
    return el(
        "div",
        (_quotation(quotation, rows[quotation.figure_id], words) for quotation in quotations),
        class_="quotations",
    )


def _quotation(quotation: Quotation, row: Row, words: Words) -> Node:
    whose = quotation.whose_words
    # The name of a document's voice may say it already.
    note = f"; {whose}" if whose and whose not in quotation.speaker else ""
    return el(
        "blockquote",
        el("p", words_of(row), class_="passage"),
        el(
            "p",
            words.plain(", ".join(filter(None, (quotation.speaker, quotation.day)))),
            note,
            " ",
            el("a", quotation.figure_id, href=f"#{quotation.figure_id}", class_="id"),
            class_="who",
        ),
    )


def _said_later(package: Package, one: Disagreement, words: Words) -> Node | None:
    firsts = [q.figure_id for q in one.quotations]
    rows = [
        row
        for row in package.rows("follow_ups")
        if row["figure_id"] in firsts and row["relation"] == "after" and row["date"] is not None
    ]
    listed = sorted(rows, key=lambda row: (firsts.index(row["figure_id"]), row["date"]))
    if not listed:
        return None
    return el("div", el("h4", "Said later"), el("ul", (follow_up(r, words) for r in listed)))


def look_alikes(package: Package, pairs: Iterable[Apparent], words: Words) -> list[Node]:
    """Pairs that look contradictory and are not, each with the reason."""
    rows = {str(row["figure_id"]): row for row in package.rows("figures")}
    return [
        el(
            "section",
            el("h4", _sentence(pair.headline)),
            _quotations(pair.quotations, rows, words),
            el("p", words.plain(pair.difference)),
            class_="card pair",
        )
        for pair in pairs
    ]


def _sentence(text: str) -> str:
    """A headline with a capital letter; quoted words keep theirs."""
    return f"{text[:1].upper()}{text[1:]}"
