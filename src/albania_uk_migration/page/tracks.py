"""Marks on a horizontal axis that is as wide as its place: positions are percentages.

A claim is blue: a dot for a bare number, an arrow for "over" or "nearly", a dashed ring for
"about", a bar with ends for a range. An official figure is brown: a diamond, or a bar with square
ends. So shape says the same as colour. A mark has a name, a quotation for a reader without a
script, and leads to its row.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from ..answers.charts import OFFICIAL
from ..wording import number_in_words
from .markup import Node, el

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..answers.charts import Mark
    from .scale import Scale

# The height of a line of marks: a finger needs 24 pixels.
LANE = 28
_MIDDLE = LANE / 2
_REACH = 36
UP, DOWN = ("more_than", "at_least"), ("less_than", "at_most")


def axis(scale: Scale) -> Node:
    """The numbers of an axis, for the head of a column of tracks."""
    return el(
        "svg",
        (_tick(scale, tick) for tick in scale.ticks),
        class_="axis",
        width="100%",
        height=18,
        aria_hidden="true",
    )


def _tick(scale: Scale, tick: Decimal) -> Node:
    """One number of an axis; the first stands to the right of its place, so that it is whole."""
    anchor = "start" if tick == 0 else "middle"
    return el(
        "text", number_in_words(Fraction(tick)), x=scale.percent(tick), y=13, text_anchor=anchor
    )


def track(lanes: Sequence[Sequence[Mark]], scale: Scale, about: dict[str, str]) -> Node:
    """Lines of marks above one another, on one axis. `about` has the quotation of each figure."""
    height = LANE * len(lanes)
    grid = (
        el(
            "line",
            x1=scale.percent(tick),
            x2=scale.percent(tick),
            y1=-300,
            y2=height + 300,
            class_="grid",
        )
        for tick in scale.ticks
    )
    marks = (
        _mark(mark, scale, number * LANE + _MIDDLE, about)
        for number, lane in enumerate(lanes)
        for mark in lane
    )
    return el("svg", grid, marks, class_="track", width="100%", height=height, role="group")


def _mark(mark: Mark, scale: Scale, y: float, about: dict[str, str]) -> Node:
    """One mark, as a link to its row."""
    kind = "official" if mark.kind == OFFICIAL else mark.kind
    drawn = _official(mark, scale, y) if kind == "official" else _claim(mark, scale, y)
    quote = about.get(mark.figure_id or "", "") if kind == "claim" else mark.period
    return el(
        "a",
        el("title", quote) if quote else None,
        drawn,
        href=f"#{mark.figure_id}",
        class_=f"mark {kind}",
        aria_label=name_of(mark),
    )


def name_of(mark: Mark) -> str:
    """What a mark is called: the number, who said or published it, and when."""
    return ", ".join(filter(None, (mark.words, mark.who, mark.said)))


def _hit(x: float, width: float) -> Node:
    """The place that a pointer may meet, at least 24 pixels each way."""
    return el("rect", x=x, y=-12, width=width, height=24, class_="hit")


def _placed(x: str, y: float, *drawn: Node) -> Node:
    """A shape of fixed size whose middle is at a place on the axis."""
    return el("svg", drawn, x=x, y=y, class_="at", overflow="visible")


def _claim(mark: Mark, scale: Scale, y: float) -> list[Node]:
    if mark.comparator == "between" and mark.lower is not None and mark.upper is not None:
        return _bar(scale, mark.lower, mark.upper, y)
    number = mark.value if mark.value is not None else mark.ends[0]
    x = scale.percent(number)
    if mark.comparator in UP:
        head = f"M0 -9V9M0 0H{_REACH - 4}M{_REACH - 11} -6L{_REACH - 4} 0L{_REACH - 11} 6"
        return [_placed(x, y, _hit(-6, _REACH), el("path", d=head, class_="line"))]
    if mark.comparator in DOWN:
        head = f"M0 -9V9M0 0H-{_REACH - 4}M-{_REACH - 11} -6L-{_REACH - 4} 0L-{_REACH - 11} 6"
        return [_placed(x, y, _hit(6 - _REACH, _REACH), el("path", d=head, class_="line"))]
    if mark.comparator == "about":
        return [_placed(x, y, _hit(-12, 24), el("circle", r=8, class_="ring"))]
    return [_placed(x, y, _hit(-12, 24), el("circle", r=6.5, class_="solid"))]


def _official(mark: Mark, scale: Scale, y: float) -> list[Node]:
    low, high = mark.lower, mark.upper
    assert low is not None
    assert high is not None
    if low == high:
        diamond = el("path", d="M0 -8L8 0L0 8L-8 0Z", class_="solid")
        return [_placed(scale.percent(low), y, _hit(-12, 24), diamond)]
    if mark.comparator in DOWN:
        return _bar(scale, Decimal(0), high, y)
    return _bar(scale, low, high, y)


def _bar(scale: Scale, low: Decimal, high: Decimal, y: float) -> list[Node]:
    """From one number to another, with an upright line at each."""
    x1, x2 = scale.percent(low), scale.percent(high)
    ends = [_placed(x, y, _hit(-12, 24), el("path", d="M0 -7V7", class_="line")) for x in (x1, x2)]
    return [
        el("line", x1=x1, x2=x2, y1=y, y2=y, class_="line"),
        *ends,
    ]


def bar(parts: Sequence[Decimal | int], scale: Scale, name: str, class_: str) -> Node:
    """A bar from zero, divided where its parts end."""
    ends = [sum(parts[: number + 1], Decimal(0)) for number in range(len(parts))]
    cuts = (
        el("line", x1=scale.percent(end), x2=scale.percent(end), y1=4, y2=24, class_="cut")
        for end in ends[:-1]
    )
    whole = el("rect", x=0, y=4, width=scale.percent(ends[-1]), height=20, class_="whole")
    return el(
        "svg",
        whole,
        cuts,
        class_=f"bar {class_}",
        width="100%",
        height=LANE,
        role="img",
        aria_label=name,
    )


def legend() -> Node:
    """What the shapes mean."""
    shapes = (
        ("claim", el("circle", cx=12, cy=12, r=6.5, class_="solid"), "a number as printed"),
        ("claim", el("path", d="M2 3V21M2 12H30M23 6L30 12L23 18", class_="line"), "over"),
        ("claim", el("path", d="M30 3V21M30 12H2M9 6L2 12L9 18", class_="line"), "under"),
        ("claim", el("circle", cx=12, cy=12, r=8, class_="ring"), "about"),
        ("official", el("path", d="M12 4L20 12L12 20L4 12Z", class_="solid"), "official figure"),
        (
            "official",
            el("path", d="M2 5V19M2 12H30M30 5V19", class_="line"),
            "official figures: at least, at most",
        ),
    )
    return el(
        "ul",
        (
            el(
                "li",
                el("svg", shape, class_=f"mark {kind}", width=32, height=24, aria_hidden="true"),
                text,
            )
            for kind, shape, text in shapes
        ),
        class_="legend",
    )
