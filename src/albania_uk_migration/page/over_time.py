"""Claims as lines over the days they are for, in front of the official count of each year."""

from __future__ import annotations

from fractions import Fraction
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from ..answers.charts import CLAIM, OFFICIAL
from ..wording import lower_first, number_in_words
from .labels import Box, lines_of, placed, width_of
from .markup import Node, el, is_web, link
from .scale import scale_for
from .tracks import DOWN, UP, name_of

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable, Sequence
    from decimal import Decimal

    from ..answers.charts import Mark
    from .scale import Scale
    from .words import Words


class _Size(NamedTuple):
    """The size of a drawing, in pixels, and of its letters."""

    name: str
    width: int
    height: int
    letters: int


# A drawing for a wide screen and one for a phone: each is drawn at about its own size, so that
# labels that do not meet in it do not meet on the screen. The narrow one fits one of 320 pixels.
_SIZES = (_Size("wide", 720, 320, 13), _Size("narrow", 288, 340, 12))
_LEFT, _TOP, _BOTTOM = 58, 26, 24
# A label is as high as a finger needs.
_LABEL = 24
_FADE = 44
# A label further from its line than this has a thin line to it.
_NEAR = 5
# So many claims fit a chart; of more we show the first, and say so.
MOST_CLAIMS = 24
# So many years fit; of more we draw the last.
MOST_YEARS = 10


def panel(marks: Sequence[Mark], about: dict[str, str], words: Words) -> list[Node | None]:
    """One count over time: a drawing for each width, its legend, and the same as a table."""
    every = [mark for mark in marks if mark.kind == OFFICIAL]
    years = every[-MOST_YEARS:]
    claims = [mark for mark in marks if mark.kind == CLAIM]
    first = min(day for day in (year.first_day for year in years) if day is not None)
    shown = [mark for mark in claims if mark.last_day and mark.last_day >= first][:MOST_CLAIMS]
    drawings = [_drawing(years, shown, size, about) for size in _SIZES]
    return [
        el("h3", marks[0].group),
        el("div", drawings, class_="drawing"),
        el("p", _caption(years, shown, len(claims) - len(shown)), class_="small"),
        _split(years),
        el(
            "details",
            el("summary", "Show as a table"),
            _table(every, claims, words),
        ),
    ]


def _caption(years: Sequence[Mark], claims: Sequence[Mark], more: int) -> list[Node | str]:
    """Where the columns are from, which years have none, and how many claims are not drawn."""
    said: list[Node | str] = [
        "Columns: the official total for the year, from the latest release we have"
    ]
    by_release = groupby(
        sorted((year for year in years if year.value is not None), key=lambda year: year.said),
        key=lambda year: (year.who, year.said, year.url),
    )
    for number, ((who, day, url), group) in enumerate(by_release):
        of = ", ".join(year.period for year in group)
        said += ["; " if number else " (", link(url, f"{who}, {day}"), f", for {of}"]
    said.append("). ")
    missing: dict[str, list[str]] = {}
    for year in years:
        if year.value is None:
            missing.setdefault(year.note.partition(": ")[2], []).append(year.period)
    said += [f"No official figure for {', '.join(of)}: {why}. " for why, of in missing.items()]
    said += [
        f"“{mark.words}” counts {lower_first(mark.counted)}. "
        for mark in claims
        if any(part not in mark.group for part in mark.counted.split(": "))
    ]
    if more > 0:
        said.append(f"{more:,} more claims are in the table, not in the drawing.")
    return said


def _split(years: Sequence[Mark]) -> Node | None:
    """The parts of each official year, such as enforced and voluntary returns."""
    listed = [year for year in years if year.value is not None and year.note]
    if not listed:
        return None
    rows = (el("li", el("b", f"{year.period}: "), year.note) for year in listed)
    return el("div", el("h4", "Of these"), el("ul", rows))


class _Frame(NamedTuple):
    """The axes of a drawing: days to the right, numbers upwards."""

    size: _Size
    first: datetime.date
    last: datetime.date
    scale: Scale

    def x(self, day: datetime.date, end: bool = False) -> float:
        """Where a day begins or, with `end`, where it ends."""
        days = (self.last - self.first).days + 1
        at = (day - self.first).days + end
        return _LEFT + (self.size.width - _LEFT - 6) * min(max(at / days, 0), 1)

    def y(self, number: Decimal | int) -> float:
        """How high a number is."""
        part = self.scale.part(number)
        return self.size.height - _BOTTOM - part * (self.size.height - _BOTTOM - _TOP)


def _drawing(
    years: Sequence[Mark], claims: Sequence[Mark], size: _Size, about: dict[str, str]
) -> Node:
    scale = scale_for(end for mark in (*years, *claims) for end in mark.ends)
    days = [day for mark in years for day in (mark.first_day, mark.last_day) if day is not None]
    frame = _Frame(size, min(days), max(days), scale)
    taken: list[Box] = []
    lines = [box for mark in claims for box in _boxes(mark, frame)]
    grid = [_grid(frame, tick) for tick in scale.ticks]
    columns = [_column(year, frame) for year in years]
    drawn = [_line(mark, frame) for mark in claims]
    official = [_official_label(year, frame, taken, lines) for year in years]
    boxes = [_claim_box(mark, frame, taken, lines) for mark in claims]
    # Thin lines to labels come first, so that none crosses a label.
    leaders = [_leader(mark, box, frame) for mark, box in zip(claims, boxes, strict=True)]
    labels = [
        _claim_label(mark, box, frame, about) for mark, box in zip(claims, boxes, strict=True)
    ]
    return el(
        "svg",
        grid,
        columns,
        drawn,
        leaders,
        official,
        labels,
        class_=f"time {size.name}",
        viewBox=f"0 0 {size.width} {size.height}",
        width=size.width,
        height=size.height,
        role="group",
        aria_label=f"{years[0].group}: claims and official years",
    )


def _grid(frame: _Frame, number: Decimal) -> list[Node]:
    y = frame.y(number)
    return [
        el("line", x1=_LEFT, x2=frame.size.width - 6, y1=y, y2=y, class_="grid"),
        el(
            "text",
            number_in_words(Fraction(number)),
            x=_LEFT - 6,
            y=y + 4,
            text_anchor="end",
            class_="tick",
            aria_hidden="true",
        ),
    ]


def _column(year: Mark, frame: _Frame) -> list[Node]:
    """The official count of a year as a column, and the year under it."""
    assert year.first_day is not None
    assert year.last_day is not None
    left, right = frame.x(year.first_day) + 3, frame.x(year.last_day, end=True) - 3
    low = frame.y(0)
    named = el(
        "text",
        year.period,
        x=(left + right) / 2,
        y=frame.size.height - 6,
        text_anchor="middle",
        class_="tick",
        aria_hidden="true",
    )
    if year.value is None:
        return [named]
    high = frame.y(year.value)
    column = el("rect", x=left, y=high, width=right - left, height=low - high, class_="column")
    return [column, named]


def _official_label(year: Mark, frame: _Frame, taken: list[Box], lines: list[Box]) -> Node:
    """The number of a year above its column, as a link to the office's page."""
    assert year.first_day is not None
    assert year.last_day is not None
    middle = (frame.x(year.first_day) + frame.x(year.last_day, end=True)) / 2
    top = frame.y(year.value or 0)
    width = width_of(year.words, frame.size.letters, bold=True) + 8
    at = [
        Box(middle - width / 2, y, width, _LABEL) for y in (top - _LABEL, top - _LABEL - 5, top + 2)
    ]
    box = placed(at, taken, lines, _bounds(frame))
    text = _label_text(year.words, box, frame)
    if year.value is None:
        return el("g", text, class_="missing")
    name = f"{year.words} in {year.period}: official figure, {year.who}, {year.said}"
    if year.url is None or not is_web(year.url):
        return el("g", text, class_="official", role="img", aria_label=name)
    return el(
        "a",
        el("title", f"{name}. This leads to the office's page."),
        text,
        class_="mark official",
        href=year.url,
        rel="noreferrer",
        aria_label=name,
    )


def _bounds(frame: _Frame) -> Box:
    """Where labels may be."""
    return Box(_LEFT, 0, frame.size.width - _LEFT, frame.size.height - _BOTTOM)


def _label_text(words: str, box: Box, frame: _Frame) -> list[Node]:
    return [
        el("rect", x=box.x, y=box.y + 3, width=box.width, height=box.height - 6, class_="chip"),
        el("rect", x=box.x, y=box.y, width=box.width, height=box.height, class_="hit"),
        el(
            "text",
            words,
            x=box.x + box.width / 2,
            y=box.y + box.height / 2 + 4.5,
            text_anchor="middle",
            font_size=frame.size.letters,
        ),
    ]


# ---------------------------------------------------------------- claims


def _days(mark: Mark) -> tuple[datetime.date, datetime.date]:
    assert mark.first_day is not None
    assert mark.last_day is not None
    return mark.first_day, mark.last_day


def _height(mark: Mark, frame: _Frame) -> float:
    return frame.y(mark.value if mark.value is not None else max(mark.ends))


def _boxes(mark: Mark, frame: _Frame) -> list[Box]:
    """The space of a claim's line and of its arrow."""
    first, last = _days(mark)
    left, right, y = frame.x(first), frame.x(last, end=True), _height(mark, frame)
    line = Box(left, y - 4, right - left, 8)
    if mark.comparator in UP:
        return [line, Box(_arrow(left, right) - 7, y - _FADE, 14, _FADE)]
    return [line, Box(_arrow(left, right) - 7, y, 14, _FADE)] if mark.comparator in DOWN else [line]


def _arrow(left: float, right: float) -> float:
    """Where the arrow of a claim is: near the end of its line."""
    return max(right - 9, (left + right) / 2)


def _line(mark: Mark, frame: _Frame) -> Node:
    """A claim over its days: solid where certain, pale at the widest; the words set its ends."""
    first, last = _days(mark)
    left, right, y = frame.x(first), frame.x(last, end=True), _height(mark, frame)
    up, down = mark.comparator in UP, mark.comparator in DOWN
    drawn: list[Node] = []
    if up or down:
        drawn += _fading(left, right, y, up)
    if mark.comparator == "between" and mark.lower is not None and mark.upper is not None:
        top, bottom = frame.y(mark.upper), frame.y(mark.lower)
        drawn.append(
            el("rect", x=left, y=top, width=right - left, height=bottom - top, class_="range")
        )
        y = top
    pale = "pale dashed" if mark.comparator == "about" else "pale"
    drawn.append(el("line", x1=left, x2=right, y1=y, y2=y, class_=pale))
    if mark.first_certain and mark.last_certain and mark.first_certain <= mark.last_certain:
        inner = (frame.x(mark.first_certain), frame.x(mark.last_certain, end=True))
        sure = "sure dashed" if mark.comparator == "about" else "sure"
        drawn.append(el("line", x1=inner[0], x2=inner[1], y1=y, y2=y, class_=sure))
    if mark.comparator == "about":
        drawn.append(el("circle", cx=(left + right) / 2, cy=y, r=7, class_="ring"))
    return el("g", drawn, class_="claim", aria_hidden="true")


def _fading(left: float, right: float, y: float, up: bool) -> list[Node]:
    """That the number may be higher, or lower: a shade that fades, and an arrow."""
    way = -1 if up else 1
    shade = el(
        "rect",
        x=left,
        y=y - _FADE if up else y,
        width=right - left,
        height=_FADE,
        fill=f"url(#fade-{'up' if up else 'down'})",
    )
    middle, end = _arrow(left, right), y + way * (_FADE - 12)
    arrow = f"M{middle:.1f} {y:.1f}V{end:.1f}M{middle - 5:.1f} {end - way * 7:.1f}"
    arrow += f"L{middle:.1f} {end:.1f}L{middle + 5:.1f} {end - way * 7:.1f}"
    return [shade, el("path", d=arrow, class_="line")]


def _short(mark: Mark, frame: _Frame) -> str:
    """The words of a claim, cut where they would not fit the drawing."""
    lines = lines_of(mark.words, frame.size.letters, frame.size.width / 2, bold=True)
    return lines[0] if len(lines) == 1 else f"{lines[0]}…"


def _claim_box(mark: Mark, frame: _Frame, taken: list[Box], lines: list[Box]) -> Box:
    """A place for the words of a claim near its line."""
    first, last = _days(mark)
    left, right, y = frame.x(first), frame.x(last, end=True), _height(mark, frame)
    width = width_of(_short(mark, frame), frame.size.letters, bold=True) + 8
    under, over = y + 6, y - 6 - _LABEL
    at = [
        *(Box(x, over, width, _LABEL) for x in (left, (left + right - width) / 2, right - width)),
        *(Box((left + right - width) / 2, over - up, width, _LABEL) for up in (12, 24)),
        Box(right + 4, y - _LABEL / 2, width, _LABEL),
        Box(left - width - 4, y - _LABEL / 2, width, _LABEL),
        *(Box(x, under, width, _LABEL) for x in (left, right - width)),
    ]
    return placed(at, taken, lines, _bounds(frame))


def _claim_label(mark: Mark, box: Box, frame: _Frame, about: dict[str, str]) -> Node:
    """The words of a claim, as a link to its row."""
    return el(
        "a",
        el("title", about.get(mark.figure_id or "", mark.words)),
        _label_text(_short(mark, frame), box, frame),
        class_="mark claim",
        href=f"#{mark.figure_id}",
        aria_label=f"{name_of(mark)}; {mark.period}",
    )


def _leader(mark: Mark, box: Box, frame: _Frame) -> Node | None:
    """A thin line from a label to its claim, if they are far apart."""
    first, last = _days(mark)
    left, right, y = frame.x(first), frame.x(last, end=True), _height(mark, frame)
    edge = box.y + box.height if box.y + box.height < y else box.y
    if box.y <= y <= box.y + box.height or abs(edge - y) <= _NEAR:
        return None
    start = box.x + box.width / 2
    return el("line", x1=start, y1=edge, x2=min(max(start, left), right), y2=y, class_="leader")


FADES = el(
    "svg",
    el(
        "defs",
        (
            el(
                "linearGradient",
                el("stop", offset="0", class_="shade"),
                el("stop", offset="1", class_="clear"),
                id=f"fade-{name}",
                x1=0,
                x2=0,
                y1=start,
                y2=1 - start,
            )
            for name, start in (("up", 1), ("down", 0))
        ),
    ),
    class_="defs",
    width=0,
    height=0,
    aria_hidden="true",
)


# ---------------------------------------------------------------- the same as a table


def _source(mark: Mark) -> str:
    """Who said or published a number, when, and whose words it is in."""
    official = "official" if mark.kind == OFFICIAL else ""
    note = mark.note if mark.kind == CLAIM or mark.value is None else ""
    return ", ".join(filter(None, (official, mark.who, mark.said, note)))


def _table(years: Iterable[Mark], claims: Iterable[Mark], words: Words) -> Node:
    rows = [
        el(
            "tr",
            el("td", mark.words),
            el("td", mark.counted if mark.kind == CLAIM else mark.group),
            el("td", words.plain(mark.period)),
            el("td", _source(mark)),
        )
        for mark in (*claims, *years)
    ]
    heads = ("Number", "Counts", "Period", "Said or published")
    head = el("tr", (el("th", text, scope="col") for text in heads))
    return el("div", el("table", el("thead", head), el("tbody", rows)), class_="wide-table")
