"""When it was said and done, document by document; each date is drawn as sure as it is."""

from __future__ import annotations

import datetime
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from ..series.timeline import timeline_series
from ..wording import date_in_words, days_in_words, first_upper
from .markup import Node, el

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ..tables.cells import Row
    from ..tables.package import Package
    from .words import Words

# The marks in one of so many parts of the axis are reached together: 24 pixels each on a phone.
_SLOTS = 10
# A list of more rows is cut, and says so.
MOST_ROWS = 150
# The space of a row of marks, and above and below them.
_LANE, _MARGIN = 11, 8


class _Dated(NamedTuple):
    """A row with its first and last day; `open` says that the first is not known."""

    first: datetime.date
    last: datetime.date
    open: bool
    row: Row

    @property
    def hollow(self) -> bool:
        """Whether this was planned, expected or denied, so that nobody says it happened."""
        return self.row["status"] in ("planned", "expected", "potential", "denied")


def lanes(package: Package, words: Words) -> list[Node]:
    """A line of marks for each document, and the same in words, folded."""
    trends = {row["trend_id"]: row for row in package.rows("trends")}
    dated = [
        _dated(_with_period(row, trends.get(row["id"])))
        for row in timeline_series(package).rows
        if row["date_end"] is not None
    ]
    if not dated:
        return [el("p", "Nothing here has a date.")]
    first = datetime.date(min(one.last for one in dated).year, 1, 1)
    last = datetime.date(max(one.last for one in dated).year, 12, 31)
    axis = _Axis(first, last)
    documents = sorted(package.rows("documents"), key=lambda row: str(row["published_end"]))
    names = {row["actor_id"]: row["name"] for row in package.rows("actors")}
    found: list[Node] = [el("div", el("div"), _years(axis), class_="lane head")]
    for document in documents[:MOST_ROWS]:
        own = [one for one in dated if one.row["document_id"] == document["document_id"]]
        if own:
            found += _lane(document, own, axis, names, words)
    return found


def _with_period(row: Row, trend: Row | None) -> Row:
    """A row whose text has the period of its trend in words."""
    if row["kind"] != "trend" or trend is None or trend["period"] is None:
        return row
    period = date_in_words(trend["period"], trend["period_start"], trend["period_end"])
    return {**row, "what": str(row["what"]).replace(trend["period"], period)}


def _dated(row: Row) -> _Dated:
    start, end = row["date_start"], row["date_end"]
    return _Dated(start or end, end, start is None, row)


class _Axis(NamedTuple):
    first: datetime.date
    last: datetime.date

    def part(self, day: datetime.date) -> float:
        """Where a day is, as a part of the axis."""
        at = (day - self.first).days / ((self.last - self.first).days + 1)
        return min(max(at, 0.0), 1.0)

    def percent(self, day: datetime.date) -> str:
        return f"{100 * self.part(day):.2f}%"


def _years(axis: _Axis) -> Node:
    years = range(axis.first.year, axis.last.year + 1)
    return el(
        "svg",
        (el("text", str(year), x=axis.percent(datetime.date(year, 1, 1)), y=13) for year in years),
        class_="axis",
        width="100%",
        height=18,
        aria_hidden="true",
    )


def _lane(
    document: Row,
    own: Sequence[_Dated],
    axis: _Axis,
    names: dict[str, str],
    words: Words,
) -> list[Node]:
    title = str(document["title"]).strip("[]")
    listed = sorted(own, key=lambda one: (one.last, one.first))
    groups = [list(group) for _, group in groupby(listed, key=lambda one: _slot(one, axis))]
    name = str(document["document_id"])
    stacked = _stacked(_different(listed), axis)
    height = max(24, _LANE * (1 + max(at for _, at in stacked)) + 2 * _MARGIN)
    grid = [
        el("line", x1=at, x2=at, y1=0, y2=height, class_="grid")
        for year in range(axis.first.year, axis.last.year + 1)
        for at in (axis.percent(datetime.date(year, 1, 1)),)
    ]
    drawn = el(
        "svg",
        grid,
        (_drawn(one, axis, _MARGIN + _LANE * (at + 0.5)) for one, at in stacked),
        (
            _target(group, axis, f"t-{name}-{at}", height)
            for at, group in enumerate(groups, start=1)
        ),
        class_="track",
        width="100%",
        height=height,
        role="group",
        aria_label=title,
    )
    entries = [
        el(
            "li",
            el("b", f"{_day(one)}: "),
            _what(one, names, words),
            id=f"t-{name}-{at}" if one is group[0] else None,
        )
        for at, group in enumerate(groups, start=1)
        for one in group
    ]
    more = len(entries) - MOST_ROWS
    about = date_in_words(
        document["published"], document["published_start"], document["published_end"]
    )
    return [
        el("div", el("div", el("h3", title), el("p", about, class_="small")), drawn, class_="lane"),
        el(
            "details",
            el("summary", f"All {len(entries):,} entries in words"),
            el("ul", entries[:MOST_ROWS]),
            el("p", f"{more:,} more are in the table.") if more > 0 else None,
        ),
    ]


def _slot(one: _Dated, axis: _Axis) -> int:
    """The part of the axis that a row is in."""
    return min(int(axis.part(one.last) * _SLOTS), _SLOTS - 1)


def _different(listed: Iterable[_Dated]) -> list[_Dated]:
    """Rows with different days: the same days are drawn once."""
    return list({(one.first, one.last, one.open, one.hollow): one for one in listed}.values())


# What a mark takes of the axis beyond its days, so that two do not touch on a phone.
_WIDTH = 0.04


def _stacked(dated: Sequence[_Dated], axis: _Axis) -> list[tuple[_Dated, int]]:
    """Rows with the line that each is drawn on, so that none covers another."""
    ends: list[float] = []
    placed = []
    for one in sorted(dated, key=lambda one: (_left(one, axis), one.last)):
        start = axis.part(_left(one, axis))
        at = next((at for at, end in enumerate(ends) if end < start), len(ends))
        ends[at : at + 1] = [axis.part(one.last) + _WIDTH]
        placed.append((one, at))
    return placed


def _left(one: _Dated, axis: _Axis) -> datetime.date:
    """The day at which a mark begins."""
    return max(axis.first, one.last - _FADE) if one.open else one.first


# How much of the time before a day that is the last possible one is drawn.
_FADE = datetime.timedelta(days=60)


def _drawn(one: _Dated, axis: _Axis, middle: float) -> list[Node]:
    """A dot for a known day, a bar for a day between two, a dashed bar for a day not later."""
    x1, x2 = axis.percent(_left(one, axis)), axis.percent(one.last)
    if one.open:
        return [
            el("line", x1=x1, x2=x2, y1=middle, y2=middle, class_="unsure dashed"),
            el("line", x1=x2, x2=x2, y1=middle - 5, y2=middle + 5, class_="unsure"),
        ]
    if one.first == one.last:
        return [el("circle", cx=x2, cy=middle, r=4, class_="sure hollow" if one.hollow else "sure")]
    if one.hollow:
        width = f"{100 * (axis.part(one.last) - axis.part(one.first)):.2f}%"
        return [el("rect", x=x1, y=middle - 3, width=width, height=6, class_="range hollow")]
    return [el("line", x1=x1, x2=x2, y1=middle, y2=middle, class_="range")]


def _target(group: Sequence[_Dated], axis: _Axis, name: str, height: float) -> Node:
    """What a pointer or a key reaches: the marks of a part together, leading to their words."""
    days = days_in_words(min(one.first for one in group), max(one.last for one in group))
    number, width = len(group), 100 / _SLOTS
    label = f"{number} {'entry' if number == 1 else 'entries'}, {days}"
    x = f"{_slot(group[0], axis) * width:g}%"
    reached = el("rect", x=x, y=0, width=f"{width:g}%", height=height, rx=6, class_="hit")
    return el("a", reached, href=f"#{name}", class_="mark claim", aria_label=label)


def _day(one: _Dated) -> str:
    row = one.row
    text = date_in_words(row["date"], row["date_start"], row["date_end"])
    return first_upper(text)


def _what(one: _Dated, names: dict[str, str], words: Words) -> str:
    """What happened or was said, and who says so."""
    row = one.row
    text = words.plain(str(row["what"]))
    if row["kind"] == "document":
        return "this document appeared"
    who = words.plain(str(names.get(row["actor_id"], "")))
    if row["kind"] == "event":
        event = f"{row['event'].replace('_', ' ')}, {row['status']}"
        return f"{text} ({event}; {who})" if who else f"{text} ({event})"
    planned = " (planned)" if row["status"] == "planned" else ""
    return f"{first_upper(who)}{planned}: {text}" if who else text
