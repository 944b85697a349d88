"""What a check found, in words: both numbers, the releases, reasons and assumptions.

This is the last step of a check; the decision has been made.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from ..claims.assumptions import JOINS
from ..claims.claim import Claim, taken_for_granted
from ..claims.intervals import Interval
from ..claims.windows import Window, lies_in
from ..wording import day_in_words, from_to, lower_first, number_in_words
from .calendar import COVERED, EXPECTED, PERHAPS, known_older
from .decisions import AGREEING, Brackets, Decision, Found, Outcome, Stations, judged
from .magnitude import magnitude_in_words, magnitude_of
from .phrases import (
    covering_in_words,
    days_covered,
    found_in_words,
    interval_in_words,
    lacking_in_words,
    release_in_words,
    sum_in_words,
)
from .verdicts import from_press_release
from .vintages import AT_THE_TIME, LATEST, RELEASE

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ..claims.vocabulary import Vocabulary
    from .calendar import Calendar, Covering, Days
    from .counts import Count, Official
    from .questions import Against, Question, Term


def _link(covering: Covering) -> str:
    return f" ({covering.url})" if covering.url else ""


# ---------------------------------------------------------------- the explanation


def explanation(stations: Stations) -> str:
    """The answer, both numbers, the releases, the cells, and any cautions."""
    question, beside, calendar, brackets, decision = stations
    claim = question.claim
    start = f"{claim} ({lower_first(beside.words.title(claim.layer))}, {claim.window}): "
    if question.without == "period_not_stated":
        which = "base" if len(question.asked) > 1 and question.asked[0].window.outer else "period"
        return f"{start}its {which} is not stated, so we cannot compare it."
    if question.without == "no_series":
        return f"{start}{_no_series(question, beside)}"
    if question.without == "definition_differs":
        text = _definition_differs(question, decision, beside)
    elif decision.asked.found is not None:
        text = _decided(claim, brackets, decision, decision.asked.found, beside)
    else:
        text = _not_decided(question, calendar, brackets, decision, beside)
    decided = decision.asked.found is not None
    return f"{start}{text}{_rechecked(question.terms, beside.official, decided)}"


def _no_series(question: Question, beside: Against) -> str:
    titles = dict.fromkeys(
        lower_first(beside.words.title(term.layer))
        for term in question.asked
        if not beside.has(term.layer)
    )
    if beside.own_file:
        return f"{beside.own_file} does not count {' or '.join(titles)}."
    return f"no official series that we know of counts {' or '.join(titles)}."


def _definition_differs(question: Question, decision: Decision, beside: Against) -> str:
    """Which other series exists, and what it has."""
    wanted, other = (
        lower_first(beside.words.title(terms[0].layer))
        for terms in (question.asked, question.terms)
    )
    join = question.join or ""
    why = (
        f"no official series counts {wanted}. One counts {other}. The two would be the same only "
        f"if {JOINS[join].sentence}. We do not assume that."
    )
    found = decision.latest.found
    if found is None:
        return f"{why} We have no figure from that series that covers all of these days."
    number = interval_in_words(found.shown, question.claim)
    return f"{why} That series gives {number} ({_source(found, beside.official)})."


def _decided(
    claim: Claim, brackets: Brackets, decision: Decision, deciding: Found, beside: Against
) -> str:
    """What decided, how far the claim is from it, and what other releases have."""
    single = deciding.shown.lower == deciding.shown.upper
    start = "the official figure is" if single else "official figures give"
    text = f"{start} {interval_in_words(deciding.shown, claim)} "
    text += f"({_source(deciding, beside.official)})."
    text += _difference(claim, deciding)
    if decision.asked.verdict == "superseded_by_revision":
        text += " The claim matched a release that was public when it was said."
    if beside.own_file is not None and decision.agreed is not None:
        named = release_in_words(decision.agreed.release, beside.shipped)
        text += f" The claim matched the figure published at the time ({named})."
    others = [one for one in brackets.every if one is not deciding]
    for heading, verdicts in _OTHERS.items():
        alike = [one for one in others if judged(claim, one.sure) in verdicts]
        if alike:
            text += f" {heading}: {releases_in_words(alike, claim, beside.official)}."
    return text


_OTHERS = {
    "Other releases agree": AGREEING,
    "Other releases allow it": ("compatible", "cannot_tell"),
    "Other releases differ": ("disagrees",),
}


def _difference(claim: Claim, found: Found, start: str = "The claim") -> str:
    """How far a claim is from an official number, as a sentence."""
    words = magnitude_in_words(claim, magnitude_of(claim, found.sure))
    return f" {start} is {words}." if words else ""


def _not_decided(
    question: Question, calendar: Calendar, brackets: Brackets, decision: Decision, beside: Against
) -> str:
    """Why no official figure decides, and what the figures we have say."""
    if beside.own_file is not None:
        return _own_file_has_none(question.terms, beside)
    days = calendar.latest if beside.vintage.kind == LATEST else calendar.asked
    if beside.vintage.kind == RELEASE:
        text = _not_in_release(decision.asked, question.terms, beside)
    else:
        text = _why_not_decided(question, decision.asked, days, beside)
    press = from_press_release(question, decision, beside)
    text += f" {press}" if press else ""
    text += _running_total(question, beside.official)
    every = brackets.every
    public = {one.release for one in days.releases if one.certain}
    then = [one for one in every if one.release in public and beside.vintage.kind != RELEASE]
    later = [one for one in every if one not in then]
    if then:
        given = releases_in_words(then, question.claim, beside.official)
        text += f" Earlier releases gave {given}."
    if later:
        out = {one.release for one in days.releases}
        surely = beside.vintage.kind == AT_THE_TIME and not any(f.release in out for f in later)
        heading = "Later releases give" if surely else "Other releases give"
        text += f" {heading} {releases_in_words(later, question.claim, beside.official)}."
    shown = decision.latest.found
    if shown is not None:
        latest = shown is every[0]
        which = "The latest that we have" if latest else "The one that fits these days best"
        text += f" {which} is {_source(shown, beside.official)}."
        text += _difference(question.claim, shown, "Against that, the claim")
        published = decision.asked.verdict == "published_not_held"
        if published and judged(question.claim, shown.sure) == "disagrees":
            text += " The figures may have been revised since the claim was made."
        text += _newer(shown, every, calendar.latest, beside.official)
    return text


def _newer(shown: Found, every: Sequence[Found], latest: Days, official: Official) -> str:
    """How many newer releases cover the days, or may, without numbers here."""
    having = {one.release for one in every}
    newer = [
        one.release
        for one in latest.releases
        if one.release not in having
        and one.in_state(COVERED, PERHAPS)
        and known_older(official.releases[shown.release], official.releases[one.release])
    ]
    if not newer:
        return ""
    if len(newer) == 1:
        named = release_in_words(newer[0], official)
        return f" A newer release ({named}) may cover these days too; we do not have its numbers."
    return f" {len(newer)} newer releases may cover these days too; we do not have their numbers."


def _why_not_decided(question: Question, asked: Outcome, days: Days, beside: Against) -> str:
    """Why no figure decides: none had been published, we do not have it, or we do not know."""
    if asked.verdict == "not_published_then":
        return _not_published(asked, days, beside)
    if asked.verdict == "published_not_held" and asked.covering is not None:
        return _published(asked.covering, question.terms, beside)
    return _not_known(asked, days, beside)


def _said(beside: Against) -> str:
    said = {AT_THE_TIME: "when this was said", LATEST: "when these tables were made"}
    return said.get(beside.vintage.kind, "by then")


def _not_published(asked: Outcome, days: Days, beside: Against) -> str:
    text = f"no official figure for all of these days had been published {_said(beside)}."
    newest = asked.covering
    if newest is None or newest.last is None:
        return text
    named = covering_in_words(newest, beside.official)
    which = (
        "The newest" if days.first == days.last else "The newest that had certainly been published"
    )
    return f"{text} {which} ran to {day_in_words(newest.last)} ({named}){_link(newest)}."


def _published(covering: Covering, terms: Iterable[Term], beside: Against) -> str:
    named = covering_in_words(covering, beside.official)
    text = f"an official table that covers these days had been published {_said(beside)}, but we "
    lacking = lacking_in_words(covering, terms, beside.official)
    return f"{text}{lacking}: {named}{_covers(covering)}{_link(covering)}."


def _covers(covering: Covering) -> str:
    days = days_covered(covering)
    return f", which covers {days}" if days else ""


def _not_known(asked: Outcome, days: Days, beside: Against) -> str:
    text = f"we do not know which official figures for these days were public {_said(beside)}"
    covering = asked.covering
    if days.first is None or days.last is None:
        text += ", because we do not know exactly when that was"
    if covering is None:
        return f"{text}."
    named = covering_in_words(covering, beside.official)
    listed = {one.release: one for one in days.releases}.get(covering.release)
    if covering.state == COVERED and (listed is None or not listed.certain):
        why = f"a release that covers them ({named}) may have come out only later"
    elif covering.state == PERHAPS:
        why = f"this release ({named}) may cover them; we have not seen all that it covers"
    elif covering.state == EXPECTED:
        why = f"this release ({named}) should cover them, but we have not seen whether it does"
    else:
        why = f"another release that covers them ({named}) gives a different number"
    return f"{text}; {why}{_link(covering)}."


def _not_in_release(asked: Outcome, terms: Iterable[Term], beside: Against) -> str:
    """What to say if the one release asked for has no number."""
    covering = asked.covering
    named = release_in_words(str(beside.vintage.release), beside.official)
    if asked.verdict == "published_not_held" and covering is not None:
        lacking = lacking_in_words(covering, terms, beside.official)
        return f"this release ({named}) covers these days, but we {lacking}{_link(covering)}."
    if asked.verdict == "not_published_then" and covering is not None:
        ran = f"; it ran to {day_in_words(covering.last)}" if covering.last else ""
        return f"this release ({named}) does not cover these days{ran}{_link(covering)}."
    if covering is None:
        return f"this release ({named}) has no figure for this that we can use."
    return f"we do not know whether this release ({named}) covers these days."


def _running_total(question: Question, official: Official) -> str:
    """The days on which a count from the claim's first day was exactly what the claim says.

    This is for a claim without a certain last day, such as "so far this year".
    """
    claim, window = question.claim, question.claim.window
    if len(question.terms) != 1 or window.start is None or window.start != window.start_latest:
        return ""
    if window.certain or window.end is None:
        return ""
    said = claim.allowed
    if not said.bounded and claim.printed is not None:
        said = Interval(claim.printed, claim.printed)
    for release in reversed(official.releases):
        found = [
            count
            for count in official.counts(question.terms[0].layer, release)
            if count.start == window.start
            and (window.end_earliest or window.start) <= count.end <= window.end
            and count.value is not None
            and Interval(Fraction(count.value), Fraction(count.value)).within(said)
        ]
        if found and said.bounded:
            if said.lower != said.upper:
                found = found[:1]
            days = " and ".join(day_in_words(count.end) for count in found)
            number = number_in_words(Fraction(found[0].value or 0))
            named = release_in_words(release, official)
            return f" The running total was {number} on {days} ({named})."
    return ""


def _own_file_has_none(terms: Iterable[Term], beside: Against) -> str:
    """What to say if the user's workbook has no number for these days."""
    own = str(beside.own_file)
    missing = [
        f"{count}: {count.rows[0]['note']}"
        for term in terms
        for count in beside.official.counts(term.layer, own)
        if count.value is None and _meets(term.window, count)
    ]
    why = f" ({'; '.join(dict.fromkeys(missing))})" if missing else ""
    return f"{own} has no count that covers these days{why}."


def _source(found: Found, official: Official) -> str:
    """Where a number comes from, with its days and what was added up."""
    return f"{found_in_words(found, official)}; {sum_in_words(found)}"


def _rechecked(terms: Iterable[Term], official: Official, decided: bool) -> str:
    """Values for these days that need caution and decide nothing.

    If others decided, only those for exactly these days.
    """
    marked = [
        f"{number_in_words(Fraction(count.value or 0))} {from_to(count.start, count.end)} "
        f"({release_in_words(release, official)}; {count.recheck})"
        for term in terms
        for release, count in official.doubted(term.layer)
        if _bears_on(term.window, count, decided)
    ]
    if not marked:
        return ""
    return f" Not used, because they need caution: {'; '.join(dict.fromkeys(marked))}."


def _bears_on(window: Window, count: Count, decided: bool) -> bool:
    """Whether to show a count: it is for the days of a window, around it, or from its start."""
    days = (count.start, count.end)
    if decided:
        return days == window.outer
    from_its_start = count.start == window.start and lies_in(days, window.outer)
    return from_its_start or lies_in(window.outer, days)


def _meets(window: Window, count: Count) -> bool:
    """Whether a count lies in a window's outermost days, or they lie in its days."""
    days = (count.start, count.end)
    return lies_in(days, window.outer) or lies_in(window.outer, days)


def vintages_in_words(every: Sequence[Found], claim: Claim) -> str:
    """What each release gives, oldest first, by its identifier."""
    return "; ".join(
        f"{interval_in_words(one.shown, claim)} ({one.release})" for one in reversed(every)
    )


def releases_in_words(every: Sequence[Found], claim: Claim, official: Official) -> str:
    """What each release gives, oldest first, by its office and day."""
    return "; ".join(
        f"{interval_in_words(one.shown, claim)} ({release_in_words(one.release, official)})"
        for one in reversed(every)
    )


# ---------------------------------------------------------------- what it rests on


def assumptions(question: Question, decision: Decision, beside: Against) -> tuple[str, ...]:
    """Everything we take for granted beyond the words of a claim and the official numbers."""
    claim = question.claim
    texts = [
        *taken_for_granted(claim, beside.words),
        *_of_parts(claim, question.asked, beside.words),
    ]
    if claim.window != Window.of(claim.row):
        texts.append(f"{claim.name} repeats {claim.first}, so we read it with the same period")
    shown = decision.shown
    if question.without is None and shown is not None and shown.shown != shown.sure:
        last = max(term.window.end for term in question.terms if term.window.end is not None)
        texts.append(
            f"{claim.name}: {interval_in_words(shown.shown, claim)} assumes that the count ran to "
            f"{day_in_words(last)}, which is not certain"
        )
    if beside.own_file is not None and decision.asked.found is not None:
        around = [count for one in decision.asked.found.brackets for count in one.around or ()]
        notes = (row["note"] for count in around for row in count.rows)
        texts += [f"{claim.name}: {note}" for note in notes if note]
    return tuple(dict.fromkeys(texts))


def _of_parts(claim: Claim, terms: Iterable[Term], words: Vocabulary) -> list[str]:
    """If we take an official number as the sum of its parts, a sentence that says so."""
    texts = []
    for measure in dict.fromkeys(term.layer[0] for term in terms):
        for parts in words.partitions(measure).values():
            names = " and ".join(map(lower_first, map(words.measure_title, parts)))
            title = lower_first(words.measure_title(measure))
            texts.append(f"{claim.name}: we take official {title} to be {names} together")
    return texts
