"""What releases have for a claim, and the verdict that follows.

These are the third and fourth steps of a check. `brackets_of` adds up the counts of each release
inside the days of a claim and around them; `decision_of` compares the claim with these, release by
release.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from ..claims.claim import half_step
from ..claims.intervals import Interval
from ..claims.vocabulary import FLOW
from .calendar import COVERED, EXPECTED, OUTSIDE, PERHAPS, covering_of, known_older
from .vintages import AT_THE_TIME, LATEST, RELEASE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..claims.claim import Claim
    from ..claims.windows import Stretch, Window
    from .calendar import Calendar, Covering, Days
    from .counts import Bracket, Official
    from .questions import Against, Question


# ---------------------------------------------------------------- brackets


class Found(NamedTuple):
    """What one release has for a claim: certainly, if the count ran to its last day, and how."""

    release: str
    sure: Interval
    shown: Interval
    brackets: tuple[Bracket, ...]

    @property
    def loose_days(self) -> float:
        """By how many days the counts around the window are longer than those inside."""
        return sum(one.loose_days for one in self.brackets)

    @property
    def cells(self) -> str:
        """The counts that were added up."""
        several = len(self.brackets) > 1
        return " / ".join(f"({one})" if several else str(one) for one in self.brackets)

    @property
    def table(self) -> str:
        """The tables of the release with these counts."""
        counts = (count for one in self.brackets for count in (*one.inside, *(one.around or ())))
        names = (str(row["table"]) for count in counts for row in count.rows)
        return ", ".join(dict.fromkeys(names))


class Brackets(NamedTuple):
    """What releases have for a claim, newest first: the deciding ones, and the package's own."""

    every: tuple[Found, ...]
    shipped: tuple[Found, ...]


def brackets_of(question: Question, beside: Against) -> Brackets:
    """What every release has for the days of a claim."""
    every = _found_in(question, beside.official)
    own = beside.official is not beside.shipped
    return Brackets(every, _found_in(question, beside.shipped) if own else every)


def _found_in(question: Question, official: Official) -> tuple[Found, ...]:
    known = set(official.releases_with(question.terms[0].layer)) if question.terms else set()
    names = (one.release for one in reversed(official.by_day) if one.release in known)
    found = (_found(question, name, official) for name in names)
    return tuple(one for one in found if one is not None)


def _found(question: Question, release: str, official: Official) -> Found | None:
    """What a release has for a claim's days; None unless its counts cover them.

    For a single count, the counts inside the days are enough if they prove the claim.
    """
    sure, shown = [], []
    for term in question.terms:
        inner, assumed, outer = _stretches(term.window)
        if not official.counts(term.layer, release):
            return None
        sure.append(official.bracket(term.layer, release, inner, outer))
        shown.append(official.bracket(term.layer, release, assumed, outer))
    if any(one.around is None for one in shown):
        proves = len(sure) == 1 and judged(question.claim, sure[0].interval) == "agrees"
        return Found(release, *(sure[0].interval,) * 2, (sure[0],)) if proves else None
    if len(shown) > 1 and shown[1].interval.upper == 0:
        # The count is zero, so there can be no share of it and no change from it.
        return None
    intervals = [_number(brackets, question.claim) for brackets in (sure, shown)]
    if question.claim.kind == "share":
        # A part is never more than the whole.
        intervals = [interval.capped(Fraction(100)) for interval in intervals]
    if intervals[0].meets(question.claim.rounded) > intervals[1].meets(question.claim.rounded):
        # The claim does not say that the count ran to its last day.
        return Found(release, intervals[0], intervals[0], tuple(sure))
    return Found(release, intervals[0], intervals[1], tuple(shown))


def _stretches(window: Window) -> tuple[Stretch, Stretch, Stretch]:
    """The days certainly inside a window, those inside if it runs to its end, and the outermost.

    A count without a stated end mostly runs up to the day it was stated, but not certainly.
    """
    inner, last = window.inner, window.end_earliest or window.end
    assumed: Stretch = inner
    if inner is None and window.start_latest and last and window.start_latest <= last:
        assumed = (window.start_latest, last)
    return inner, assumed, window.outer


def _number(brackets: list[Bracket], claim: Claim) -> Interval:
    """The interval that brackets allow for a count, a share, a change or a multiple."""
    if len(brackets) == 1:
        return brackets[0].interval
    ratio = brackets[0].interval.per(brackets[1].interval)
    if claim.row["unit"] != "percent":
        return ratio
    less = 1 if claim.kind == "change" else 0
    ends = [None if end is None else 100 * (end - less) for end in (ratio.lower, ratio.upper)]
    return Interval(ends[0], ends[1], ratio.lower_open, ratio.upper_open)


# ---------------------------------------------------------------- decision

AGREEING = ("agrees", "agrees_within_rounding")


class Outcome(NamedTuple):
    """A verdict and what it rests on: a release's numbers, or a release whose numbers we lack.

    `found` is what decided. `covering` is a release that covers the days, or may, but whose numbers
    we do not have. At most one of the two is given.
    """

    verdict: str
    found: Found | None = None
    covering: Covering | None = None


class Decision(NamedTuple):
    """The verdicts on a claim by the vintage asked for and by the latest, and what they rest on.

    `agreed` is what the claim agreed with when it was made.
    """

    asked: Outcome
    latest: Outcome
    agreed: Found | None

    @property
    def shown(self) -> Found | None:
        """What to show beside the claim: what decided, otherwise the latest."""
        return self.asked.found or self.latest.found


class Stations(NamedTuple):
    """A check as far as it is decided: what was asked, what was public, what releases have."""

    question: Question
    beside: Against
    calendar: Calendar
    brackets: Brackets
    decision: Decision

    @property
    def then_public(self) -> list[Found]:
        """What releases have that were certainly public on the days asked about, newest first."""
        shipped = self.beside.vintage.kind == AT_THE_TIME
        found = self.brackets.shipped if shipped else self.brackets.every
        having = {one.release: one for one in found}
        listed = self.calendar.asked.releases
        return [having[one.release] for one in listed if one.certain and one.release in having]

    @property
    def revised_before(self) -> Found | None:
        """The newest number then public, where an older one agreed and this one does not."""
        asked, public = self.decision.asked, self.then_public
        if asked.found is None or asked.verdict not in AGREEING or not public:
            return None
        if self.beside.vintage.kind == RELEASE or public[0] is asked.found:
            return None
        differs = judged(self.question.claim, public[0].sure) == "disagrees"
        return public[0] if differs else None

    @property
    def best_is_newest(self) -> bool:
        """Whether the latest number shown is from the newest release that we have."""
        every = self.brackets.every
        return bool(every) and self.decision.latest.found is every[0]


def judged(claim: Claim, sure: Interval) -> str:
    """The verdict from the numbers alone.

    A number with "about" can agree as printed, and never disagrees.
    """
    if not claim.rounded.bounded:
        return _judged_as_printed(claim, sure)
    if sure.within(claim.allowed):
        return "agrees"
    if sure.within(claim.rounded):
        return "agrees_within_rounding"
    return "compatible" if sure.meets(claim.rounded) else "disagrees"


def _judged_as_printed(claim: Claim, sure: Interval) -> str:
    if claim.printed is None:
        return "cannot_tell"
    printed = Interval(claim.printed, claim.printed)
    if sure.within(printed):
        return "agrees"
    within_rounding = sure.within(printed.widened(half_step(claim.row)))
    return "agrees_within_rounding" if within_rounding else "cannot_tell"


def closest(found: Iterable[Found]) -> Found | None:
    """Among what releases have, newest first, the one that brackets the days most closely."""
    return min(found, key=lambda one: one.loose_days, default=None)


def decision_of(
    question: Question, calendar: Calendar, brackets: Brackets, beside: Against
) -> Decision:
    """The verdicts on a claim by the vintage asked for and by the latest."""
    claim = question.claim
    if question.without is not None:
        none = Outcome(question.without)
        return Decision(none, Outcome(question.without, closest(brackets.every)), None)
    latest = _by_the_latest(claim, brackets.every, calendar.latest, beside.official)
    then = _by_the_day(claim, brackets.shipped, calendar.said, beside.shipped)
    agreed = then.found if then.verdict in AGREEING else None
    if beside.own_file is not None:
        if latest.found is None:
            latest = Outcome("not_published_then")
        return Decision(latest, latest, agreed)
    if latest.verdict == "disagrees" and agreed and latest.found is not None:
        releases = beside.official.releases
        if known_older(releases[agreed.release], releases[latest.found.release]):
            latest = latest._replace(verdict="superseded_by_revision")
    if beside.vintage.kind == AT_THE_TIME:
        asked = then
    elif beside.vintage.kind == LATEST:
        asked = latest
    elif beside.vintage.kind == RELEASE:
        asked = _by_the_release(question, brackets.every, beside)
    else:
        asked = _by_the_day(claim, brackets.every, calendar.asked, beside.official)
    return Decision(asked, latest, agreed)


def _by_the_latest(
    claim: Claim, every: tuple[Found, ...], days: Days, official: Official
) -> Outcome:
    """The verdict by the newest releases we have, from the one that brackets most closely.

    Another release that covers the days less closely, and is not known to be older, may have
    another number. So if the closest disagrees, it must disagree too; and it may prove what the
    closest only allows.
    """
    best = closest(every)
    if best is None:
        return _not_held((), days)
    verdict = judged(claim, best.sure)
    releases = official.releases
    for newer in every:
        if newer is best or known_older(releases[newer.release], releases[best.release]):
            continue
        other = judged(claim, newer.sure)
        doubted = verdict == "disagrees" and other != "disagrees"
        proved = verdict == "compatible" and other == "agrees"
        if doubted or proved:
            return Outcome(other, newer)
    return Outcome(verdict, best)


def _by_the_release(question: Question, every: tuple[Found, ...], beside: Against) -> Outcome:
    """The verdict by one release alone."""
    name = str(beside.vintage.release)
    found = next((one for one in every if one.release == name), None)
    if found is not None:
        return Outcome(judged(question.claim, found.sure), found)
    covering = covering_of(question, name, beside.official)
    if covering is None:
        return Outcome("coverage_not_known")
    if covering.state == OUTSIDE:
        return Outcome("not_published_then", covering=covering)
    held = covering.state == COVERED
    return Outcome("published_not_held" if held else "coverage_not_known", covering=covering)


def _by_the_day(claim: Claim, every: tuple[Found, ...], days: Days, official: Official) -> Outcome:
    """The verdict by what was certainly public on each of the days.

    The claim agrees if it agrees with any of it. A difference counts only from the newest, and only
    if nothing else that may have been out by then says otherwise.
    """
    found = {one.release: one for one in every}
    certain = [
        (judged(claim, found[one.release].sure), found[one.release])
        for one in days.releases
        if one.certain and one.release in found
    ]
    for wanted in AGREEING:
        for verdict, one in certain:
            if verdict == wanted:
                return Outcome(verdict, one)
    if not certain:
        return _not_held(found, days)
    verdict, newest = certain[0]
    return _doubt(claim, newest, found, days, official) or Outcome(verdict, newest)


def _doubt(
    claim: Claim, newest: Found, found: dict[str, Found], days: Days, official: Official
) -> Outcome | None:
    """Why the newest release that was out and that we have proves nothing; None if it does prove.

    Another release that may have been out by then, and is not known to be older, has a number that
    says otherwise; or, for a difference, it covers these days and we do not have its number. A
    number that agrees says otherwise whenever it came out.
    """
    differs = judged(claim, newest.sure) == "disagrees"
    for one in days.releases:
        if one.release == newest.release:
            continue
        other = found.get(one.release)
        older = known_older(official.releases[one.release], official.releases[newest.release])
        if other is None:
            if differs and not older and one.in_state(COVERED, PERHAPS):
                sure = one.certain and one.in_state(COVERED)
                named = "published_not_held" if sure else "coverage_not_known"
                return Outcome(named, covering=one.covering)
            if differs and not older and one.covering and _may_prove(claim, one.covering):
                return Outcome("coverage_not_known", covering=one.covering)
            continue
        verdict = judged(claim, other.sure)
        otherwise = (verdict == "disagrees") != differs and not older
        if otherwise or (differs and verdict in AGREEING):
            return Outcome("coverage_not_known", covering=one.covering)
    return None


def _may_prove(claim: Claim, covering: Covering) -> bool:
    """Whether counts for some of a claim's days may prove it: it has only a lower bound.

    A release that we only expect proves nothing.
    """
    bounded_below = claim.kind == FLOW and claim.allowed.upper is None
    return bounded_below and covering.state == OUTSIDE and covering.meets(claim.window)


def _not_held(found: Iterable[str], days: Days) -> Outcome:
    """What we know about the figures for these days if we have none that was certainly out."""
    if days.before:
        return Outcome("not_published_then", covering=days.newest)
    held = set(found)
    for one in days.releases:
        if one.certain and one.in_state(COVERED):
            return Outcome("published_not_held", covering=one.covering)
    for wanted in (COVERED, PERHAPS, EXPECTED):
        for one in days.releases:
            if one.in_state(wanted) or (wanted == COVERED and one.release in held):
                return Outcome("coverage_not_known", covering=one.covering)
    if None in (days.first, days.last) or days.newest is None:
        return Outcome("coverage_not_known")
    return Outcome("not_published_then", covering=days.newest)
