"""What had been published by a day: which releases were out, and which days each covers.

This is the second step of a check. A release that covers the days asked about matters even if we do
not have its numbers, because then we do not know that an older one was the newest. If we do not
know when a release came out or which days it covers, we do not use it as an answer.
"""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, NamedTuple

from ..claims.windows import Window
from .counts import bracket, whole_period
from .vintages import DAY, public_from

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from ..claims.windows import Stretch
    from ..tables.cells import Row
    from .counts import Official
    from .questions import Against, Question, Term


# ---------------------------------------------------------------- which days a release covers

# From certainly yes to certainly no: we saw that the days are covered; they may be, because we did
# not see one end; we expect a release of this kind to cover them; they are not covered.
COVERED, PERHAPS, EXPECTED, OUTSIDE = "covered", "perhaps", "expected", "outside"
_BY_DOUBT = (COVERED, PERHAPS, EXPECTED, OUTSIDE)


class Covering(NamedTuple):
    """Whether a release covers the days of a question: a state from COVERED to OUTSIDE.

    `first` and `last` are the first and last day it covers, None if we did not see it. `table` and
    `url` say where; `periods` says what its figures are for: days, quarters, or one total.
    """

    release: str
    state: str
    first: datetime.date | None
    last: datetime.date | None
    table: str | None
    url: str | None
    periods: str | None

    def meets(self, window: Window) -> bool:
        """Whether the days it is known to cover overlap a window."""
        known = self.first is not None or self.last is not None
        return known and Window(self.first, None, None, self.last).overlaps(window)


def covering_of(question: Question, release: str, official: Official) -> Covering | None:
    """Whether a release covers the days of a question; None if it does not count such things."""
    parts: list[Covering | None] = []
    for term in question.terms:
        if (term, release) not in official.coverings:
            official.coverings[term, release] = _covering(term, release, official)
        parts.append(official.coverings[term, release])
    known = [part for part in parts if part is not None]
    if not known or len(known) < len(parts):
        return None
    if len(known) == 1:
        return known[0]
    firsts = [part.first for part in known]
    lasts = [part.last for part in known]
    return max(known, key=lambda part: _BY_DOUBT.index(part.state))._replace(
        first=None if None in firsts else max(day for day in firsts if day),
        last=None if None in lasts else min(day for day in lasts if day),
    )


def _covering(term: Term, release: str, official: Official) -> Covering | None:
    about, window = official.releases[release], term.window
    if about["kind"] == "statement":
        return None
    counts = official.counts(term.layer, release, marked=True)
    ways = official.covered(term.layer, release)
    found = [way for way in (_by_rows(about, rows, window) for rows in ways) if way is not None]
    covering = min(found, key=lambda way: _BY_DOUBT.index(way.state), default=None)
    if covering is None and counts:
        state = OUTSIDE if _ended_before(about, window) else PERHAPS
        table = counts[0].rows[0]["table"]
        covering = Covering(release, state, None, None, table, about["url"], None)
    if covering is None or not counts or covering.state == COVERED:
        return covering
    # Even values that need caution show what a release covers, if nothing else does.
    sure = official.counts(term.layer, release)
    for listed in (sure, counts if covering.state == PERHAPS else []):
        if bracket(listed, None, window.outer).around is not None:
            return covering._replace(state=COVERED)
    return covering


def _by_rows(about: Row, rows: Sequence[Row], window: Window) -> Covering | None:
    """Whether a release covers a window, by rows of official_coverage; None if they do not say."""
    states = [_state(row, window.outer) for row in rows]
    known = [state for state in states if state is not None]
    if len(known) < len(states):
        return None
    doubt = max(known, key=_BY_DOUBT.index)
    if doubt != COVERED and _ended_before(about, window):
        doubt = OUTSIDE
    seen = all(row["basis"] == "seen" for row in rows)
    return Covering(
        str(about["release_id"]),
        doubt,
        max(row["first_day"] for row in rows) if seen and _all_given(rows, "first_day") else None,
        min(row["last_day"] for row in rows) if seen and _all_given(rows, "last_day") else None,
        rows[0]["table"],
        rows[0]["url"] or about["url"],
        rows[0]["periods"],
    )


def _ended_before(about: Row, window: Window) -> bool:
    """Whether the data of a release end before the last day of a window."""
    ended, until = about["year_ending"], window.end
    return ended is not None and until is not None and bool(ended < until)


def _by_its_series(question: Question, about: Row) -> Covering:
    """Whether a release whose counts we do not know covers the days, as others in its series do.

    It may, unless its data end before them.
    """
    over = any(_ended_before(about, term.window) for term in question.terms)
    state = OUTSIDE if over else PERHAPS
    return Covering(str(about["release_id"]), state, None, None, None, about["url"], None)


def _all_given(rows: Iterable[Row], column: str) -> bool:
    return all(row[column] is not None for row in rows)


def _state(row: Row, days: Stretch) -> str | None:
    """Whether a row of official_coverage covers some days; None if it does not say.

    A total covers only its own days. If we only expect how far a release runs, that proves nothing.
    """
    if row["basis"] != "seen":
        return EXPECTED
    first, last = row["first_day"], row["last_day"]
    if days is None:
        return OUTSIDE
    if row["periods"] == "total" and any(
        end not in (None, day) for end, day in zip((first, last), days, strict=True)
    ):
        return None
    if (first is not None and days[0] < first) or (last is not None and days[1] > last):
        return OUTSIDE
    return PERHAPS if None in (first, last) else COVERED


# ---------------------------------------------------------------- which releases were out


class Listed(NamedTuple):
    """A release that was, or may have been, out on the days asked about, and what it covers."""

    release: str
    certain: bool
    covering: Covering | None

    def in_state(self, *states: str) -> bool:
        """Whether its coverage is in one of these states."""
        return self.covering is not None and self.covering.state in states


class Days(NamedTuple):
    """The releases that were public between two days, newest first.

    The certain ones were out on the first day; the others may have been out by the last.
    """

    first: datetime.date | None
    last: datetime.date | None
    releases: tuple[Listed, ...]
    # Whether these days are before the last day asked about, so that nothing about it can be out.
    before: bool = False

    @property
    def newest(self) -> Covering | None:
        """Among the releases certainly out, the coverage of the one that runs furthest."""
        seen = [
            one.covering
            for one in self.releases
            if one.certain and one.covering is not None and one.covering.last is not None
        ]
        return max(seen, key=lambda one: one.last or datetime.date.min, default=None)


_NEVER = Days(None, None, ())


class Calendar(NamedTuple):
    """What was public when.

    `said` has the package's releases when the claim was made. Among the releases that decide,
    `asked` has those on the days that the vintage asks about, and `latest` has all.
    """

    said: Days
    asked: Days
    latest: Days
    public_when_said: str


def calendar_of(question: Question, beside: Against) -> Calendar:
    """Which releases were public when a claim was made, and on the day asked about."""
    if not question.terms:
        return Calendar(_NEVER, _NEVER, _NEVER, "not_known")
    row, official = question.claim.row, beside.official
    covering = _coverings(question, official)
    latest = _days(question, covering, official, official.made, official.made)
    if beside.shipped is not official:
        covering = _coverings(question, beside.shipped)
    first, last = row["stated_on_start"], row["stated_on_end"]
    asked = said = _days(question, covering, beside.shipped, first, last)
    if beside.vintage.kind == DAY:
        day = beside.vintage.day
        asked = _days(question, covering, official, day, day)
    public = "not_known"
    if question.without is None:
        public = _public_when_said(question, beside.shipped, said)
    return Calendar(said, asked, latest, public)


def _coverings(question: Question, official: Official) -> dict[str, Covering]:
    """Which releases with the count asked about cover its days."""
    known = {name for term in question.terms for name in official.releases_with(term.layer)}
    found = {name: covering_of(question, name, official) for name in known}
    return {name: one for name, one in found.items() if one is not None}


def _days(
    question: Question,
    coverings: dict[str, Covering],
    official: Official,
    first: datetime.date | None,
    last: datetime.date | None,
) -> Days:
    """The calendar between two days; an unknown day may be any day.

    A release may count what is asked about if another in its series, out by then, does.
    """
    out = [one for one in official.by_day if last is None or one.earliest <= last]
    series = {one.series for one in out if one.release in coverings} - {None}
    listed = []
    for one in reversed(out):
        covering = coverings.get(one.release)
        if covering is None and one.series in series:
            covering = _by_its_series(question, official.releases[one.release])
        certain = first is not None and one.latest <= first
        listed.append(Listed(one.release, certain, covering))
    ends = [term.window.end for term in question.terms]
    before = last is not None and any(end is not None and end > last for end in ends)
    return Days(first, last, tuple(listed), before)


def known_older(one: Row, other: Row) -> bool:
    """Whether we know that one release came out before another."""
    day = one["published_on"] or one["public_by"]
    return day is not None and bool(day < public_from(other))


def _public_when_said(question: Question, official: Official, days: Days) -> str:
    """Whether an official figure for the days of a claim was public when it was made.

    Yes if a release certainly out has exactly these days, or if its table covers them in periods
    that make them up. No if the calendar knows what was out, and nothing that may have been out
    covers them.
    """
    for one in days.releases:
        if one.certain and (
            _has_these_days(question, one.release, official)
            or (one.in_state(COVERED) and _in_periods(one.covering, question.terms))
        ):
            return "yes"
    if None in (days.first, days.last) or days.newest is None:
        return "not_known"
    if any(one.in_state(COVERED, PERHAPS, EXPECTED) for one in days.releases):
        return "not_known"
    return "no"


def _in_periods(covering: Covering | None, terms: Sequence[Term]) -> bool:
    """Whether the periods of a release make up all the days asked about."""
    if covering is None or covering.periods is None:
        return False
    by, own = covering.periods, (covering.first, covering.last)
    if by == "total" and any(term.window.outer != own for term in terms):
        return False
    windows = [term.window for term in terms]
    return all(
        window.certain
        and window.outer is not None
        and (by in _ANY_DAYS or all(map(_STARTS[by], _bounds(window.outer))))
        for window in windows
    )


def _bounds(days: tuple[datetime.date, datetime.date]) -> tuple[datetime.date, datetime.date]:
    """The first day, and the day after the last."""
    return days[0], days[1] + datetime.timedelta(days=1)


_ANY_DAYS = ("day", "total")
_STARTS: dict[str, Callable[[datetime.date], bool]] = {
    "month": lambda day: day.day == 1,
    "quarter": lambda day: day.day == 1 and day.month % 3 == 1,
    "year": lambda day: (day.month, day.day) == (1, 1),
}


def _has_these_days(question: Question, release: str, official: Official) -> bool:
    """Whether a release has exactly the days of each count, not only days around them."""
    for term in question.terms:
        outer = term.window.outer
        if not term.window.certain or outer is None:
            return False
        count = whole_period(official.counts(term.layer, release), outer)
        if count is None or count.value is None:
            return False
    return True
