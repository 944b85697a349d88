"""Put what follows for a count into sentences."""

from __future__ import annotations

import datetime
from fractions import Fraction
from typing import TYPE_CHECKING

from ..claims.claim import taken_for_granted
from ..wording import days_in_words
from .headlines import CANNOT_ALL_BE_TRUE
from .implied_decision import rate_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..claims.claim import Bound
    from .implied_decision import Cap, Conflict, Decision, End, NoMinimum, Stretch
    from .implied_question import Question


def sentences_of(question: Question, decision: Decision) -> tuple[str, ...]:
    """A decision in sentences, with the answer first."""
    title = question.words.title(question.layer)
    head = f"{title}, {_days(question.start, question.end)}"
    head += f" ({question.days:,} day{'' if question.days == 1 else 's'})"
    if decision.possible:
        said = [f"{head}: {_ends(decision)}.", *__in_a_sentence(question, decision)]
        said.append(_upper(question, decision))
    else:
        said = [f"{head}: the figures cannot all be true."]
        said += [_conflict(question, conflict) for conflict in decision.conflicts]
    if decision.unused:
        unused = ", ".join(map(str, decision.unused))
        said.append(f"Not used, because they set no limit on this count: {unused}.")
    if not decision.proved:
        said.append("We could not prove the solver's limits again in exact arithmetic.")
    return tuple(said)


def assumptions_of(question: Question, decision: Decision) -> tuple[str, ...]:
    """The assumptions made, and what the figures of a decision take for granted."""
    listed = list(question.assumed.sentences)
    for name in decision.figures:
        if name in question.claims:
            listed += taken_for_granted(question.claims[name], question.words, question.rounded)
    return tuple(listed)


def _ends(decision: Decision) -> str:
    lower, upper = decision.lower, decision.upper
    if lower == upper:
        ends = f"exactly {lower:,}"
    elif not lower:
        if upper is None:
            return "the figures set no limit"
        ends = f"at most {upper:,}"
    else:
        ends = f"at least {lower:,}" + ("" if upper is None else f" and at most {upper:,}")
    return f"{ends} if all these claims are true"


def __in_a_sentence(question: Question, decision: Decision) -> list[str]:
    """Why there is a lower end, and what it is per day, or why there is none."""
    if decision.low is not None:
        return [_end(question, decision.low, True), *_rate(question, decision)]
    if decision.no_minimum is not None:
        return _no_minimum(question, decision.no_minimum)
    return []


def _upper(question: Question, decision: Decision) -> str:
    """Why there is an upper end, or why there is none."""
    if decision.high is not None:
        return _end(question, decision.high, False)
    if not decision.uncapped:
        return "No upper limit follows."
    more = len(decision.uncapped) - 3
    places = _places(decision.uncapped[:3]) + (f" and {more} more stretches" if more > 0 else "")
    return f"No upper limit follows, because no figure sets one for {places}."


def _end(question: Question, end: End, lower: bool) -> str:
    """The limits that set one end, and their arithmetic."""
    head = f"{'At least' if lower else 'At most'} {end.value:,}, from "
    if not end.terms:
        return f"{head}{_bounds(question, end.bounds)}."
    terms = sorted(end.terms, key=lambda term: (term[0].least != lower, -term[0].number))
    limits = f"{head}{_bounds(question, (bound for bound, _ in terms))}"
    if len(terms) == 1:
        return f"{limits}."
    exact = Fraction(0)
    sums = ""
    for bound, weight in terms:
        plus = bound.least == lower
        exact += (weight if plus else -weight) * bound.number
        sign = ("+ " if plus else "− ") if sums else ("" if plus else "−")
        sums += (
            f"{' ' if sums else ''}{sign}{'' if weight == 1 else f'{weight} × '}{bound.number:,}"
        )
    follows = f" = {end.value:,}" if exact == end.value else ", and a count is whole"
    return f"{limits}: {sums}{follows}."


def _rate(question: Question, decision: Decision) -> list[str]:
    """The lower end per day, compared with the highest rate that the figures around it prove."""
    rate = Fraction(decision.lower or 0, question.days)
    if rate < Fraction(1, 20):
        return []
    average = f"On average that is at least {float(rate):,.1f} a day"
    other = decision.neighbour
    if other is None:
        return [f"{average}."]
    return [
        f"{average}, {float(rate / rate_of(other)):,.1f} times the {float(rate_of(other)):,.1f} a "
        f"day that {_named(question, other.name)} gives for {_days(other.start, other.end)}, the "
        "highest rate that any other figure gives around then for the same measure and population."
    ]


def _no_minimum(question: Question, why: NoMinimum) -> list[str]:
    if why.claim is None:
        text = (
            "No minimum follows, because no figure sets a lower limit on this count for these days"
        )
        for bound in why.wholes:
            title = question.words.title_within(bound.layer)
            text += f"; {_named(question, bound.name)} counts {title}, all of which may be others"
        return [f"{text}."]
    text = f"No minimum follows. {_bounds(question, [why.claim])}"
    if not why.free:
        return [f"{text}; the other days of that period could account for all of it."]
    text += f"; whatever does not fit into other days may all fall in {_places(why.free)}, "
    text += "for which no figure sets an upper limit"
    if why.open_ended:
        names = ", ".join(_named(question, name) for name in why.open_ended)
        text += f" ({names} {'sets' if len(why.open_ended) == 1 else 'set'} none)"
    return [f"{text}.", *_cap(question, why.cap, why.free)]


def _cap(question: Question, cap: Cap | None, free: Iterable[Stretch]) -> list[str]:
    if cap is None:
        return []
    rate = float(rate_of(cap.rate_of))
    named = f"at the {rate:,.1f} a day of {_named(question, cap.rate_of.name)}, rounded up"
    supposed = f"If {_places(free)} had at most {cap.total:,} ({named})"
    if cap.lower is None:
        return [f"{supposed}, the figures could not all be true."]
    return [f"{supposed}, at least {cap.lower:,} would follow."]


def _conflict(question: Question, conflict: Conflict) -> str:
    limits = "; ".join(
        _bound(question, bound, conflict.figures.also(bound.name)) for bound in conflict.bounds
    )
    if len(conflict.figures.names) == 1:
        return f"This cannot be true on its own: {limits}."
    return f"{CANNOT_ALL_BE_TRUE}: {limits}."


def _bounds(question: Question, bounds: Iterable[Bound]) -> str:
    return "; ".join(_bound(question, bound) for bound in bounds)


def _bound(question: Question, bound: Bound, also: str = "") -> str:
    how = "at least" if bound.least else "at most"
    what = ""
    if bound.layer != question.layer:
        what = f" ({question.words.title_within(bound.layer)})"
    days = _days(bound.start, bound.end)
    return f"{_named(question, bound.name)}{also}: {how} {bound.number:,}{what} in {days}"


def _named(question: Question, name: str) -> str:
    """A figure with its words, or an assumption."""
    return str(question.claims[name]) if name in question.claims else name


def _places(stretches: Iterable[Stretch]) -> str:
    return " and ".join(_days(*stretch) for stretch in stretches)


def _days(start: int, end: int) -> str:
    """The days from one ordinal to the day before another, in words."""
    first, last = (datetime.date.fromordinal(day) for day in (start, end - 1))
    return days_in_words(first, last)
