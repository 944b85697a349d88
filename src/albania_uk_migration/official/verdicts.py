"""The answer of a check in a sentence or two, in words a reader knows, with its numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..claims.intervals import Interval
from ..wording import day_in_words, lower_first
from .magnitude import TIMES, magnitude_in_words, magnitude_of, times_in_words
from .phrases import interval_in_words
from .vintages import AT_THE_TIME, DAY, LATEST, RELEASE

if TYPE_CHECKING:
    from ..claims.claim import Claim
    from .decisions import Decision, Found
    from .questions import Against, Question


# How the figure that decides is called, by what was asked for.
_FIGURE = {
    AT_THE_TIME: "the official figure published at the time",
    LATEST: "the latest official figure we have",
    DAY: "the official figure published by then",
    RELEASE: "the figure in this release",
}


def when_in_words(beside: Against) -> str:
    """The time that is asked about: when a claim was made, or another day."""
    said = {AT_THE_TIME: "when this was said", LATEST: "when these tables were made"}
    return said.get(beside.vintage.kind, "by then")


def verdict_in_words(question: Question, decision: Decision, beside: Against) -> str:
    """The answer: what the official figures of the day say, and those published since.

    Where we lack the figures of the day, that is a fact about us, not about the claim, and comes
    last.
    """
    if question.without is not None:
        return _without(question, decision, beside)
    claim = question.claim
    texts = [_then(claim, decision, beside)]
    if beside.vintage.kind == AT_THE_TIME and beside.own_file is None:
        texts.append(_since(claim, decision))
    if decision.asked.verdict in ("published_not_held", "coverage_not_known"):
        texts.reverse()
    return " ".join(filter(None, texts))


def _without(question: Question, decision: Decision, beside: Against) -> str:
    """Why no official figure can answer, and what one of a like count gives."""
    if question.without == "period_not_stated":
        stated = len(question.asked) > 1 and question.asked[0].window.outer is not None
        what = "what it is compared with" if stated else "its period"
        return f"The claim does not state {what}, so we cannot check it against official figures."
    wanted = dict.fromkeys(
        lower_first(beside.words.title(term.layer))
        for term in question.asked
        if not beside.has(term.layer)
    )
    if beside.own_file:
        return f"{beside.own_file} does not count {' or '.join(wanted)}."
    text = f"No official series we know of counts {' or '.join(wanted)}."
    if question.without == "definition_differs":
        text += f" {_nearest_series(question, decision.latest.found, beside)}"
    return text


def _nearest_series(question: Question, found: Found | None, beside: Against) -> str:
    """What the series gives that counts something like it."""
    other = lower_first(beside.words.title(question.terms[0].layer))
    if found is None:
        return f"One counts {other}, but we have no figure from it for the whole period."
    return f"One counts {other}: {interval_in_words(found.shown, question.claim)}."


def _then(claim: Claim, decision: Decision, beside: Against) -> str:
    """What the figures of the time that is asked about say."""
    verdict, found = decision.asked.verdict, decision.asked.found
    figure = _FIGURE[beside.vintage.kind]
    if beside.own_file:
        figure = f"the figure in {beside.own_file}"
    if found is None:
        return _none_then(verdict, beside)
    number = interval_in_words(found.shown, claim) + _if_it_ran(claim, found)
    words = f"“{claim.row['exact']}”"
    return {
        "agrees": f"{words} matches {figure}: {number}.",
        "agrees_within_rounding": f"{words} matches {figure} once rounded: {number}.",
        "compatible": f"{words} is neither proved nor ruled out by {figure}: {number}.",
        "cannot_tell": f"{words} sets no limit, so nothing follows; {figure} is {number}.",
        "superseded_by_revision": f"{words} matched the figure published at the time, which was "
        f"later revised to {number}.",
        "disagrees": f"{words} does not match {figure}, {number}: "
        f"{difference_in_words(claim, found)}.",
    }[verdict]


def _none_then(verdict: str, beside: Against) -> str:
    """Why no figure of that time decides."""
    when = when_in_words(beside)
    if verdict == "not_published_then" and (beside.own_file or beside.vintage.kind == RELEASE):
        return f"{beside.own_file or 'This release'} has no figure for the whole period."
    if verdict == "not_published_then":
        return f"No official figure that we know of covered the whole period {when}."
    if verdict == "published_not_held":
        return (
            f"An official table for this period had been published {when}, but we do not have its "
            "numbers."
        )
    return f"We do not know which official figures for this period had been published {when}."


def _since(claim: Claim, decision: Decision) -> str:
    """What figures published since say, where that adds something."""
    asked, latest = decision.asked.found, decision.latest.found
    if latest is None:
        return ""
    verdict = decision.latest.verdict
    number = number_of(claim, latest) + _if_it_ran(claim, latest)
    if asked is not None:
        if number_of(claim, latest) == number_of(claim, asked):
            return ""
        if verdict == "superseded_by_revision":
            return f"That figure has since been revised to {number}."
        return f"The latest figure we have is {number}."
    later = decision.asked.verdict == "not_published_then"
    start = "Figures published later give" if later else "The latest figures we have give"
    words = f"“{claim.row['exact']}”"
    if latest.shown.lower == latest.shown.upper == claim.printed:
        number = f"{number_of(claim, latest)}, the same number{_if_it_ran(claim, latest)}"
    return {
        "agrees": f"{start} {number}, which matches {words}.",
        "agrees_within_rounding": f"{start} {number}, which matches {words} once rounded.",
        "compatible": f"{start} {number}, which neither proves nor rules out {words}.",
        "cannot_tell": f"{start} {number}; {words} sets no limit, so nothing more follows.",
        "superseded_by_revision": f"{start} {number}.",
        "disagrees": f"{start} {number}; {difference_in_words(claim, latest)}.",
    }[verdict]


def _if_it_ran(claim: Claim, found: Found) -> str:
    """That a number assumes a last day, where the claim does not state its own."""
    if found.shown == found.sure or claim.window.end is None or nearest_is_an_end(claim, found):
        return ""
    return f" if the count ran to {day_in_words(claim.window.end)}"


def nearest_is_an_end(claim: Claim, found: Found) -> bool:
    """Whether a claim lies beyond one end of what a release allows."""
    far = magnitude_of(claim, found.sure)
    return bool(far and far.difference) and found.shown.lower != found.shown.upper


def number_of(claim: Claim, found: Found) -> str:
    """An official number, of an interval the end that the claim lies beyond."""
    far = magnitude_of(claim, found.sure)
    shown = found.shown
    if far is None or not nearest_is_an_end(claim, found) or claim.kind == "change":
        return interval_in_words(shown, claim)
    above = far.difference > 0
    end = Interval(None, shown.upper) if above else Interval(shown.lower, None)
    return interval_in_words(end, claim)


def difference_in_words(claim: Claim, found: Found) -> str:
    """How far a claim is from an official number: the claim is at least 2.6 times that."""
    far = magnitude_of(claim, found.sure)
    if far is None or not far.difference:
        return "the claim is the same"
    if far.ratio is not None and far.ratio >= TIMES:
        return (
            f"the claim is {'at least ' if far.least else ''}{times_in_words(far.ratio)} times that"
        )
    return f"the claim is {magnitude_in_words(claim, far)}"
