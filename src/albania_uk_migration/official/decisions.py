"""What releases have for a claim, and the verdict that follows.

The next two stations of a check. `brackets_of` sums the counts of each release inside the days of a
claim and around them; `decision_of` sets the claim against these, release by release.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ..claims.intervals import Interval
from .counts import Bracket, bracket
from .vintages import AT_THE_TIME, LATEST, RELEASE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..claims.claim import Claim
    from ..claims.windows import Stretch, Window
    from .counts import Official
    from .questions import Against, Calendar, Days, Question


# ---------------------------------------------------------------- brackets


class Found(NamedTuple):
    """What one release has for a claim: for certain, if the count ran to its last day, and how."""

    release: str
    sure: Interval
    shown: Interval
    brackets: tuple[Bracket, ...]

    @property
    def loose_days(self) -> float:
        """By how many days the counts around are longer than those inside."""
        return sum(one.loose_days for one in self.brackets)

    @property
    def cells(self) -> str:
        """The counts that were summed."""
        return " / ".join(map(str, self.brackets))

    @property
    def summed(self) -> str:
        """The counts that were summed, as a sentence has them; nothing of a single one."""
        single = len(self.brackets) == len(self.brackets[0].inside) == 1
        return "" if single and not self.loose_days else f": {self.cells}"


class Brackets(NamedTuple):
    """What releases have for a claim, newest first: those that decide, and the package's own."""

    every: tuple[Found, ...]
    shipped: tuple[Found, ...]


def brackets_of(question: Question, beside: Against) -> Brackets:
    """What every release has for the days of a claim."""
    every = _found_in(question, beside.official)
    own = beside.official is not beside.shipped
    return Brackets(every, _found_in(question, beside.shipped) if own else every)


def _found_in(question: Question, official: Official) -> tuple[Found, ...]:
    found = (_found(question, name, official) for name in reversed(official.releases))
    return tuple(one for one in found if one is not None)


def _found(question: Question, release: str, official: Official) -> Found | None:
    """What a release has for the days of a claim; None unless its counts cover them."""
    if not question.terms:
        return None
    sure, shown = [], []
    for term in question.terms:
        inner, assumed, outer = _stretches(term.window)
        counts = official.counts(term.layer, release)
        sure.append(bracket(counts, inner, outer))
        shown.append(bracket(counts, assumed, outer))
    if any(one.around is None for one in shown):
        return None
    if len(shown) > 1 and shown[1].interval.upper == 0:
        # Nothing was counted that could be shared, or grown from.
        return None
    intervals = [_number(brackets, question.claim) for brackets in (sure, shown)]
    return Found(release, intervals[0], intervals[1], tuple(shown))


def _stretches(window: Window) -> tuple[Stretch, Stretch, Stretch]:
    """Days certainly inside a window, those inside if it runs to its last day, and the outermost.

    A count whose end is not stated is mostly one up to the day it was stated, but not surely.
    """
    inner, last = window.inner, window.end_earliest or window.end
    assumed: Stretch = inner
    if inner is None and window.start_latest and last and window.start_latest <= last:
        assumed = (window.start_latest, last)
    return inner, assumed, window.outer


def _number(brackets: list[Bracket], claim: Claim) -> Interval:
    """The interval that brackets leave for a count, a share, a change or a multiple."""
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


class Decision(NamedTuple):
    """The verdicts on a claim, and what they rest on.

    `deciding` is what decided, None where no release asked for has these days; `latest` what the
    newest releases have; `agreed` what the claim agreed with when it was made.
    """

    verdict: str
    against_latest: str
    deciding: Found | None
    latest: Found | None
    agreed: Found | None

    @property
    def shown(self) -> Found | None:
        """What is shown beside the claim: what decided, else the latest."""
        return self.deciding or self.latest


def judged(claim: Claim, sure: Interval) -> str:
    """The verdict of the numbers alone."""
    if not claim.rounded.bounded:
        return "cannot_tell"
    if sure.within(claim.allowed):
        return "agrees"
    if sure.within(claim.rounded):
        return "agrees_within_rounding"
    return "compatible" if sure.meets(claim.rounded) else "disagrees"


def closest(found: Iterable[Found]) -> Found | None:
    """Of what releases have, newest first, the one that brackets the days most closely."""
    return min(found, key=lambda one: one.loose_days, default=None)


def decision_of(
    question: Question, calendar: Calendar, brackets: Brackets, beside: Against
) -> Decision:
    """The verdicts on a claim, of the vintage asked for and of the latest."""
    claim, vintage = question.claim, beside.vintage
    if question.without is not None:
        only = closest(brackets.every)
        return Decision(question.without, question.without, None, only, None)
    latest_verdict, latest = _by_the_latest(claim, brackets.every)
    then_verdict, then = _by_the_day(claim, brackets.shipped, calendar.said)
    agreed = then if then_verdict in AGREEING else None
    if beside.own_file is not None:
        verdict = latest_verdict if latest else "window_not_published"
        return Decision(verdict, verdict, latest, latest, agreed)
    if latest_verdict == "disagrees" and agreed and latest and _came_before(agreed, latest, beside):
        latest_verdict = "superseded_by_revision"
    if vintage.kind == AT_THE_TIME:
        verdict, deciding = then_verdict, then
    elif vintage.kind == LATEST:
        verdict, deciding = latest_verdict, latest
    elif vintage.kind == RELEASE:
        deciding = next((f for f in brackets.every if f.release == vintage.release), None)
        verdict = judged(claim, deciding.sure) if deciding else "no_vintage_held"
    else:
        verdict, deciding = _by_the_day(claim, brackets.every, calendar.asked)
    return Decision(verdict, latest_verdict, deciding, latest, agreed)


def _came_before(one: Found, other: Found, beside: Against) -> bool:
    names = list(beside.official.releases)
    return names.index(one.release) < names.index(other.release)


def _by_the_latest(claim: Claim, every: tuple[Found, ...]) -> tuple[str, Found | None]:
    """The verdict of the newest releases: of the one that brackets most closely.

    A newer one that covers the days, though less closely, may have another number, so that it must
    disagree too where the closest does.
    """
    best = closest(every)
    if best is None:
        return "no_vintage_held", None
    verdict = judged(claim, best.sure)
    for newer in every[: every.index(best)] if verdict == "disagrees" else ():
        if judged(claim, newer.sure) != "disagrees":
            return judged(claim, newer.sure), newer
    return verdict, best


def _by_the_day(claim: Claim, every: tuple[Found, ...], days: Days) -> tuple[str, Found | None]:
    """The verdict by what was certainly public on every one of some days.

    Agreement with any of it is agreement; a difference counts only from the newest.
    """
    judgements = [(judged(claim, one.sure), one) for one in every if one.release in days.public]
    if not judgements:
        return "no_vintage_held", None
    for wanted in (*AGREEING, "cannot_tell"):
        for verdict, one in judgements:
            if verdict == wanted:
                return verdict, one
    verdict, newest = judgements[0]
    if verdict == "disagrees" and newest.release not in days.newest:
        return "no_vintage_held", None
    return verdict, newest
