"""What had been published on a day: which releases were out, and which days each covers.

The second station of a check. A release that covers the days asked about matters though its numbers
are not held: an older one is then not known to have been the newest. What is not known, a day of
publication or the days that a release covers, never becomes an answer.
"""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, NamedTuple

from .counts import bracket, whole_period
from .periods import next_day, starts_a_quarter
from .vintages import DAY, may_be_public_on, public_by, public_from

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..claims.windows import Stretch
    from ..tables.cells import Row
    from .counts import Official
    from .questions import Against, Question, Term


# ---------------------------------------------------------------- which days a release covers

# From what is surely so to what is surely not: the days were seen to be covered; they may be, for
# one end was not seen; a release of this kind is expected to cover them; they are not covered.
COVERED, PERHAPS, EXPECTED, OUTSIDE = "covered", "perhaps", "expected", "outside"
_BY_DOUBT = (COVERED, PERHAPS, EXPECTED, OUTSIDE)


class Covering(NamedTuple):
    """Whether a release covers the days of a question: one of COVERED to OUTSIDE.

    `first` and `last` are the days that it covers, None where that was not seen; `table` and `url`
    say where.
    """

    release: str
    state: str
    first: datetime.date | None
    last: datetime.date | None
    table: str | None
    url: str | None


def covering_of(question: Question, release: str, official: Official) -> Covering | None:
    """Whether a release covers the days of a question; None where it counts no such thing."""
    parts = [_covering(term, release, official) for term in question.terms]
    known = [part for part in parts if part is not None]
    if not known or len(known) < len(parts):
        return None
    firsts = [part.first for part in known]
    lasts = [part.last for part in known]
    return known[0]._replace(
        state=max((part.state for part in known), key=_BY_DOUBT.index),
        first=None if None in firsts else max(day for day in firsts if day),
        last=None if None in lasts else min(day for day in lasts if day),
    )


def _covering(term: Term, release: str, official: Official) -> Covering | None:
    about = official.releases[release]
    rows = official.covered(term.layer, release)
    counts = official.counts(term.layer, release, marked=True)
    statistics = about["kind"] != "statement"
    if not rows and not (counts and statistics):
        return None
    held = statistics and bracket(counts, None, term.window.outer).around is not None
    if not rows:
        ended = about["year_ending"]
        last = term.window.end
        out = ended is not None and last is not None and ended < last
        state = COVERED if held else OUTSIDE if out else PERHAPS
        return Covering(release, state, None, None, counts[0].rows[0]["table"], about["url"])
    states = [_state(row, term.window.outer, held) for row in rows]
    firsts, lasts = ([row[end] for row in rows] for end in ("first_day", "last_day"))
    return Covering(
        release,
        max(states, key=_BY_DOUBT.index),
        None if None in firsts else max(firsts),
        None if None in lasts else min(lasts),
        rows[0]["table"],
        rows[0]["url"] or about["url"],
    )


def _state(row: Row, days: Stretch, held: bool) -> str:
    """Whether a row of official_coverage covers some days, or values that are held do."""
    first, last = row["first_day"], row["last_day"]
    if days is None:
        return OUTSIDE
    if (first is not None and days[0] < first) or (last is not None and days[1] > last):
        return OUTSIDE
    if row["basis"] != "seen":
        return EXPECTED
    if held:
        return COVERED
    return PERHAPS if None in (first, last) else COVERED


# ---------------------------------------------------------------- which releases were out


class Listed(NamedTuple):
    """A release that was out on the days asked about, or may have been, and what it covers."""

    release: str
    certain: bool
    covering: Covering | None

    def in_state(self, *states: str) -> bool:
        """Whether what it covers is in one of these states."""
        return self.covering is not None and self.covering.state in states


class Days(NamedTuple):
    """Releases as they were public from a first day to a last, newest first.

    Certain are those that were out on the first day; the others may have been by the last.
    """

    first: datetime.date | None
    last: datetime.date | None
    releases: tuple[Listed, ...]

    @property
    def newest(self) -> Covering | None:
        """Of the releases certainly out, what the one covers that reaches the latest day."""
        seen = [
            one.covering
            for one in self.releases
            if one.certain
            and one.covering is not None
            and one.covering.last is not None
            and one.covering.state != EXPECTED
        ]
        return max(seen, key=lambda one: one.last or datetime.date.min, default=None)


_NEVER = Days(None, None, ())


class Calendar(NamedTuple):
    """What was public when.

    `said`: of the package's releases, when the claim was made; `asked`: of those that decide, on
    the days that the vintage asks about; `latest`: of those that decide, all.
    """

    said: Days
    asked: Days
    latest: Days
    public_when_said: str


def calendar_of(question: Question, beside: Against) -> Calendar:
    """Which releases were public when a claim was made, and on the day that is asked about."""
    if not question.terms:
        return Calendar(_NEVER, _NEVER, _NEVER, "not_known")
    row, official = question.claim.row, beside.official
    said = _days(question, beside.shipped, row["stated_on_start"], row["stated_on_end"])
    asked = said
    if beside.vintage.kind == DAY:
        asked = _days(question, official, beside.vintage.day, beside.vintage.day)
    latest = _days(question, official, official.made, official.made)
    public = "not_known"
    if question.without is None:
        public = _public_when_said(question, beside.shipped, said)
    return Calendar(said, asked, latest, public)


def _days(
    question: Question,
    official: Official,
    first: datetime.date | None,
    last: datetime.date | None,
) -> Days:
    """The calendar of some days; a day that is not known may be any."""
    listed = [
        Listed(
            name,
            first is not None and public_by(row, official.made) <= first,
            covering_of(question, name, official),
        )
        for name, row in official.releases.items()
        if last is None or may_be_public_on(row, last)
    ]
    listed.sort(key=lambda one: _by_day(official.releases[one.release]), reverse=True)
    return Days(first, last, tuple(listed))


def _by_day(release: Row) -> tuple[datetime.date, datetime.date, str]:
    """Releases by the day on which they came out, as far as it is known."""
    day = release["published_on"] or release["public_by"] or public_from(release)
    return day, release["year_ending"] or datetime.date.min, str(release["release_id"])


def known_older(one: Row, other: Row) -> bool:
    """Whether a release is known to have come out before another."""
    day = one["published_on"] or one["public_by"]
    return day is not None and bool(day < public_from(other))


def _public_when_said(question: Question, official: Official, days: Days) -> str:
    """Whether an official figure for the days of a claim was public when it was made.

    Yes where a release certainly out has the very days, or a table by quarter covers them; no where
    the calendar knows what was out, and nothing that may have been out covers them.
    """
    for one in days.releases:
        if one.certain and (
            _has_these_days(question, one.release, official)
            or (one.in_state(COVERED) and _in_quarters(question.terms))
        ):
            return "yes"
    if None in (days.first, days.last) or days.newest is None:
        return "not_known"
    if any(one.in_state(COVERED, PERHAPS, EXPECTED) for one in days.releases):
        return "not_known"
    return "no"


def _in_quarters(terms: Iterable[Term]) -> bool:
    """Whether all days asked about are whole quarters."""
    windows = [term.window for term in terms]
    return all(
        window.certain
        and window.outer is not None
        and starts_a_quarter(window.outer[0])
        and starts_a_quarter(next_day(window.outer[1]))
        for window in windows
    )


def _has_these_days(question: Question, release: str, official: Official) -> bool:
    """Whether a release has the very days of each count, not only days around them."""
    for term in question.terms:
        outer = term.window.outer
        if not term.window.certain or outer is None:
            return False
        count = whole_period(official.counts(term.layer, release), outer)
        if count is None or count.value is None:
            return False
    return True
