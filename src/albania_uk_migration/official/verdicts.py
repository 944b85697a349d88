"""The answer to a check in a sentence or two, in plain words, with its numbers."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from ..claims.intervals import Interval
from ..wording import lower_first
from .magnitude import magnitude_in_words, magnitude_of
from .phrases import interval_in_words
from .vintages import AT_THE_TIME, DAY, LATEST, RELEASE

if TYPE_CHECKING:
    from fractions import Fraction

    from ..claims.claim import Claim
    from .decisions import Decision, Found
    from .questions import Against, Question


# The name of the deciding figure, by what was asked for.
_FIGURE = {
    AT_THE_TIME: "the official figure of the day",
    LATEST: "the latest official figure we have",
    DAY: "the official figure public by then",
    RELEASE: "the figure in this release",
}


def when_in_words(beside: Against) -> str:
    """The time asked about: when a claim was made, or another day."""
    said = {AT_THE_TIME: "when this was said", LATEST: "when these tables were made"}
    return said.get(beside.vintage.kind, "by then")


def verdict_in_words(question: Question, decision: Decision, beside: Against) -> str:
    """The answer: what the official figures of the day say, and those published since."""
    if question.without is not None:
        return _without(question, decision, beside)
    texts = [_then(question.claim, decision, beside)]
    if beside.vintage.kind == AT_THE_TIME and beside.own_file is None:
        texts.append(_since(question.claim, decision))
    return " ".join(filter(None, texts))


def _without(question: Question, decision: Decision, beside: Against) -> str:
    """Why no official figure can answer, and what a similar one gives."""
    if question.without == "period_not_stated":
        stated = len(question.asked) > 1 and question.asked[0].window.outer is not None
        what = "what it is compared with" if stated else "its period"
        return f"The claim does not state {what}, so we cannot check it against official figures."
    wanted = [
        lower_first(beside.words.title(term.layer))
        for term in question.asked
        if not beside.has(term.layer)
    ]
    series = beside.own_file or "No official series we know of"
    text = f"{series} counts {' or '.join(dict.fromkeys(wanted))}."
    if beside.own_file:
        text = text.replace(" counts ", " does not count ", 1)
    if question.without == "definition_differs":
        text += f" {_nearest_series(question, decision.latest.found, beside)}"
    return text


def _nearest_series(question: Question, found: Found | None, beside: Against) -> str:
    """What the series with a similar count gives."""
    other = lower_first(beside.words.title(question.terms[0].layer))
    if found is None:
        return f"One counts {other}, but we have no figure from it for all of these days."
    return f"One counts {other}: {interval_in_words(found.shown, question.claim)}."


def _then(claim: Claim, decision: Decision, beside: Against) -> str:
    """What the figures at the time asked about say."""
    verdict, found = decision.asked.verdict, decision.asked.found
    when, figure = when_in_words(beside), _FIGURE[beside.vintage.kind]
    if beside.own_file:
        figure = f"the figure in {beside.own_file}"
    if found is None:
        where = beside.own_file or "We"
        if verdict == "not_published_then":
            if beside.own_file or beside.vintage.kind == RELEASE:
                return f"{beside.own_file or 'This release'} has no figure for all of these days."
            return f"No official figure for all of these days had been published {when}."
        if verdict == "published_not_held":
            return (
                f"An official table for these days had been published {when}, but we do not have "
                "its numbers."
            )
        return f"{where} do not know which official figures for these days were public {when}."
    number = interval_in_words(found.shown, claim)
    return {
        "agrees": f"Matches {figure}: {number}.",
        "agrees_within_rounding": f"Matches {figure} once rounded: {number}.",
        "compatible": f"Neither proved nor ruled out by {figure}: {number}.",
        "cannot_tell": f"“{claim.row['exact']}” sets no limit; {figure} is {number}.",
        "superseded_by_revision": f"Matched the figure published at the time; since revised to "
        f"{number}.",
        "disagrees": f"Does not match {figure}, {number}: {difference_in_words(claim, found)}.",
    }[verdict]


def _since(claim: Claim, decision: Decision) -> str:
    """What figures published since say, if that adds something."""
    asked, latest = decision.asked.found, decision.latest.found
    if latest is None:
        return ""
    verdict = decision.latest.verdict
    number = nearest_in_words(claim, latest)
    if asked is not None:
        if number == nearest_in_words(claim, asked):
            return ""
        if verdict == "superseded_by_revision":
            return f"It has since been revised to {number}."
        return f"The latest figure we have is {number}."
    later = decision.asked.verdict == "not_published_then"
    start = "Later ones give" if later else "The latest figures we have give"
    return {
        "agrees": f"{start} {number}, which matches.",
        "agrees_within_rounding": f"{start} {number}, which matches once rounded.",
        "compatible": f"{start} {number}, which neither proves nor rules out the claim.",
        "cannot_tell": f"{start} {number}. “{claim.row['exact']}” sets no limit, so this neither "
        "proves it nor rules it out.",
        "superseded_by_revision": f"{start} {number}.",
        "disagrees": f"{start} {number}; {difference_in_words(claim, latest)}.",
    }[verdict]


def nearest_in_words(claim: Claim, found: Found) -> str:
    """An official number, or for an interval the end that the claim lies beyond."""
    far = magnitude_of(claim, found.sure)
    shown = found.shown
    if far is None or not far.difference or shown.lower == shown.upper or claim.kind == "change":
        return interval_in_words(shown, claim)
    above = far.difference > 0
    end = Interval(None, shown.upper) if above else Interval(shown.lower, None)
    return interval_in_words(end, claim)


def difference_in_words(claim: Claim, found: Found) -> str:
    """How far a claim is from an official number, as in "the claim is at least 2.6 times that"."""
    far = magnitude_of(claim, found.sure)
    if far is None or not far.difference:
        return "the claim is the same"
    if far.ratio is not None and far.ratio >= _TIMES:
        return f"the claim is {'at least ' if far.least else ''}{_times(far.ratio)} times that"
    return f"the claim is {magnitude_in_words(claim, far)}"


# From this multiple upwards we give a difference as a multiple.
_TIMES = 2


def _times(ratio: Fraction) -> str:
    """A multiple to one decimal, rounded down."""
    return f"{math.floor(ratio * 10) / 10:,.1f}"
