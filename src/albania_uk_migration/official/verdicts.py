"""The answer to a check in a sentence or two, in plain words, with its numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..claims.intervals import Interval
from ..wording import day_in_words, lower_first
from .decisions import AGREEING, judged
from .magnitude import TIMES, magnitude_in_words, magnitude_of, times_in_words
from .phrases import day_of_release, interval_in_words, lacking_in_words
from .vintages import AT_THE_TIME, DAY, LATEST, RELEASE

if TYPE_CHECKING:
    from ..claims.claim import Claim
    from .decisions import Decision, Found, Stations
    from .questions import Against, Question


# The name of the deciding figure, by what was asked for.
_FIGURE = {
    AT_THE_TIME: "the official figure published at the time",
    LATEST: "the latest official figure we have",
    DAY: "the official figure published by then",
    RELEASE: "the figure in this release",
}


def when_in_words(beside: Against) -> str:
    """The time asked about: when a claim was made, or another day."""
    said = {AT_THE_TIME: "when this was said", LATEST: "when these tables were made"}
    return said.get(beside.vintage.kind, "by then")


def verdict_in_words(stations: Stations) -> str:
    """The answer: what the official figures of the day say, and those published since.

    Where we lack the figures of the day, that is a fact about us, not about the claim, and comes
    last.
    """
    question, beside, decision = stations.question, stations.beside, stations.decision
    if question.without is not None:
        return _without(question, decision, beside)
    texts = [_then(stations)]
    if beside.vintage.kind == AT_THE_TIME and beside.own_file is None:
        texts.append(_since(stations))
    if decision.asked.verdict in ("published_not_held", "coverage_not_known"):
        texts.reverse()
    return " ".join(filter(None, [*texts, _earlier(stations)]))


def _without(question: Question, decision: Decision, beside: Against) -> str:
    """Why no official figure can answer, and what a similar one gives."""
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
    """What the series with a similar count gives."""
    other = lower_first(beside.words.title(question.terms[0].layer))
    if found is None:
        return f"One counts {other}, but we have no figure from it for the whole period."
    return f"One counts {other}: {interval_in_words(found.shown, question.claim)}."


def _figure(stations: Stations, found: Found) -> str:
    """What the number that decides is called: one figure, or several that leave a range."""
    kind, own = stations.beside.vintage.kind, stations.beside.own_file
    name = f"the figure in {own}" if own else _FIGURE[kind]
    if kind == LATEST and not own and not stations.best_is_newest:
        name = "the closest official figure we have"
    several = found.shown.lower != found.shown.upper
    return name.replace("figure", "figures", 1) if several else name


def _then(stations: Stations) -> str:
    """What the figures at the time asked about say."""
    claim, decision = stations.question.claim, stations.decision
    verdict, found = decision.asked.verdict, decision.asked.found
    if found is None:
        return _none_then(stations)
    figure = _figure(stations, found)
    number = interval_in_words(found.shown, claim) + if_it_ran(claim, found)
    words = f"“{claim.row['exact']}”"
    revised = stations.revised_before
    if revised is not None:
        day = day_of_release(stations.beside.shipped.releases[found.release])
        return (
            f"{words} matches an official figure of {day}, {number}, but that had been revised to "
            f"{interval_in_words(revised.shown, claim)} {when_in_words(stations.beside)}."
        )
    several = found.shown.lower != found.shown.upper
    return {
        "agrees": f"{words} matches {figure}: {number}.",
        "agrees_within_rounding": f"{words} matches {figure} once rounded: {number}.",
        "compatible": f"{words} is neither proved nor ruled out by {figure}: {number}.",
        "cannot_tell": f"{words} sets no limit, so nothing follows; {figure} "
        f"{'give' if several else 'is'} {number}.",
        "superseded_by_revision": f"{words} matched the figure published at the time, which was "
        f"later revised to {number}.",
        "disagrees": f"{words} does not match {figure}, {number}: "
        f"{difference_in_words(claim, found)}.",
    }[verdict]


def _none_then(stations: Stations) -> str:
    """Why no figure of that time decides."""
    question, beside, asked = stations.question, stations.beside, stations.decision.asked
    when, verdict, covering = when_in_words(beside), asked.verdict, asked.covering
    lacking = "do not have its numbers"
    if covering is not None:
        lacking = lacking_in_words(covering, question.terms, beside.official)
    if beside.own_file or beside.vintage.kind == RELEASE:
        name = beside.own_file or "This release"
        if verdict == "not_published_then":
            return f"{name} has no figure for the whole period."
        if verdict == "published_not_held":
            return f"{name} covers this period, but we {lacking}."
        if covering is None:
            return f"{name} has no figure for this that we can use."
        return f"We do not know whether {lower_first(name)} covers this period."
    if verdict == "not_published_then":
        press = from_press_release(question, stations.decision, beside)
        text = f"No statistical release that we know of covered the whole period {when}."
        return f"{text} {press}" if press else text
    if verdict == "published_not_held":
        return f"An official table for this period had been published {when}, but we {lacking}."
    return f"We do not know which official figures for this period had been published {when}."


def from_press_release(question: Question, decision: Decision, beside: Against) -> str:
    """That the number is from a press release, where it is, and to whom we attribute it."""
    claim = question.claim
    if beside.vintage.kind != AT_THE_TIME or decision.asked.verdict != "not_published_then":
        return ""
    figures = {row["figure_id"]: row for row in beside.package.rows("figures")}
    first = figures.get(claim.first)
    basis = {"period_basis": claim.row["period_basis"]}
    if first is None or {**figures.get(claim.name, {}), **basis} != claim.row:
        return ""
    documents = {row["document_id"]: row for row in beside.package.rows("documents")}
    document = documents.get(first["document_id"])
    if document is None or document["kind"] != "press_release":
        return ""
    if first["claimant_id"] != claim.row["claimant_id"]:
        return ""
    text = "The number is from a press release"
    if claim.row["claimant_basis"] != "inferred":
        return f"{text}."
    names = {row["actor_id"]: row["name"] for row in beside.package.rows("actors")}
    office = str(names.get(first["claimant_id"], first["claimant_id"]))
    return f"{text}; we infer that it is from {office}."


def _earlier(stations: Stations) -> str:
    """What a release says that was public, where a newer one that we lack may have decided."""
    claim, asked = stations.question.claim, stations.decision.asked
    doubted = asked.verdict in ("published_not_held", "coverage_not_known")
    public = stations.then_public
    if not doubted or asked.found is not None or not public:
        return ""
    if stations.beside.vintage.kind == RELEASE or public[0] is stations.decision.latest.found:
        return ""
    number = number_of(claim, public[0])
    text = f"An earlier release that we have gives {number}"
    if judged(claim, public[0].sure) != "disagrees":
        return f"{text}."
    return f"{text}; {difference_in_words(claim, public[0])}."


def _since(stations: Stations) -> str:
    """What figures published since say, if that adds something."""
    claim, decision = stations.question.claim, stations.decision
    asked, latest = decision.asked.found, decision.latest.found
    if latest is None:
        return ""
    before = stations.revised_before or asked
    number = number_of(claim, latest) + if_it_ran(claim, latest)
    best = "latest figure we have" if stations.best_is_newest else "closest figure we have"
    if before is not None:
        if number_of(claim, latest) == number_of(claim, before):
            return ""
        if decision.latest.verdict == "superseded_by_revision" and before is asked:
            return f"That figure has since been revised to {number}."
        matches = ", which matches" if decision.latest.verdict in AGREEING else ""
        return f"The {best} is {number}{matches}."
    day = day_of_release(stations.beside.official.releases[latest.release])
    start = f"The {best.replace('figure', 'figures')} ({day}) give"
    if decision.asked.verdict == "not_published_then":
        start = "Figures published later give"
    words = f"“{claim.row['exact']}”"
    if latest.shown.lower == latest.shown.upper == claim.printed:
        number = f"the same, {number_of(claim, latest)}{if_it_ran(claim, latest)}"
    return {
        "agrees": f"{start} {number}, which matches {words}.",
        "agrees_within_rounding": f"{start} {number}, which matches {words} once rounded.",
        "compatible": f"{start} {number}, which neither proves nor rules out {words}.",
        "cannot_tell": f"{start} {number}. {words} sets no limit, so nothing more follows.",
        "superseded_by_revision": f"{start} {number}.",
        "disagrees": f"{start} {number}; {difference_in_words(claim, latest)}.",
    }[decision.latest.verdict]


def if_it_ran(claim: Claim, found: Found) -> str:
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
    """How far a claim is from an official number, as in "the claim is at least 2.6 times that"."""
    far = magnitude_of(claim, found.sure)
    if far is None or not far.difference:
        return "the claim is the same"
    if far.ratio is not None and far.ratio >= TIMES:
        return (
            f"the claim is {'at least ' if far.least else ''}{times_in_words(far.ratio)} times that"
        )
    return f"the claim is {magnitude_in_words(claim, far)}"


# What a verdict on the number shown says in a few words; a difference is said with its size.
_FEW = {
    "agrees": "the claim fits",
    "agrees_within_rounding": "the same once rounded",
    "compatible": "neither proved nor ruled out",
    "cannot_tell": "the words set no limit",
    "superseded_by_revision": "the same when published, since revised",
    "definition_differs": "counts something else",
}


def _is_then(stations: Stations) -> bool:
    """Whether the figure shown may have been public when the claim was made."""
    shown = stations.decision.shown
    said = {one.release for one in stations.calendar.said.releases}
    return shown is None or shown.release in said


def in_few_words(stations: Stations) -> str:
    """How a claim compares with the official figure shown, as in "the claim is 122 lower (6%)".

    Empty if there is no figure to show.
    """
    claim, decision = stations.question.claim, stations.decision
    found = decision.shown
    if found is None:
        return ""
    verdict = (decision.asked if found is decision.asked.found else decision.latest).verdict
    if verdict == "disagrees":
        far = magnitude_of(claim, found.sure)
        than = "" if far is None or far.least or _is_then(stations) else " than in a later release"
        return f"the claim is {magnitude_in_words(claim, far)}{than}"
    if found.shown.lower == found.shown.upper == claim.printed:
        if verdict == "agrees":
            return "the same number"
        if verdict == "cannot_tell":
            return "the number printed is the same, but the words set no limit"
    return _FEW.get(verdict, "")
