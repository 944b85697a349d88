"""What follows for a count, in sentences."""

from __future__ import annotations

import datetime
from fractions import Fraction
from typing import TYPE_CHECKING

from ..claims.claim import taken_for_granted
from ..wording import days_in_words
from .implied_decision import rate_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..claims.claim import Bound
    from .implied_decision import Cap, Conflict, Decision, End, NoMinimum, Stretch
    from .implied_question import Question


def sentences_of(question: Question, decision: Decision) -> tuple[str, ...]:
    """All that is to be said of a decision, the answer first."""
    title = question.words.title(question.layer)
    head = f"{title}, {_days(question.start, question.end)}"
    head += f" ({question.days:,} day{'' if question.days == 1 else 's'})"
    if decision.possible:
        told = [f"{head}: {_ends(decision)}.", *_lower(question, decision)]
        told.append(_upper(question, decision))
    else:
        told = [f"{head}: the figures cannot all hold."]
        told += [_conflict(question, conflict) for conflict in decision.conflicts]
    if decision.unused:
        unused = ", ".join(map(str, decision.unused))
        told.append(f"Not reckoned with, as they put no bound on this count: {unused}.")
    if not decision.proved:
        told.append("The solver's bounds were not proved again in exact arithmetic.")
    return tuple(told)


def assumptions_of(question: Question, decision: Decision) -> tuple[str, ...]:
    """What is assumed, and what the figures of a decision take for granted."""
    told = list(question.assumed.sentences)
    for name in decision.figures:
        if name in question.claims:
            told += taken_for_granted(question.claims[name], question.rounded)
    return tuple(told)


def _ends(decision: Decision) -> str:
    lower, upper = decision.lower, decision.upper
    if lower == upper:
        return f"exactly {lower:,}"
    if not lower:
        return "nothing follows" if upper is None else f"at most {upper:,}"
    return f"at least {lower:,}" + ("" if upper is None else f" and at most {upper:,}")


def _lower(question: Question, decision: Decision) -> list[str]:
    """Why the lower end follows and what it is a day, or why none follows."""
    if decision.low is not None:
        return [_end(question, decision.low, True), *_rate(question, decision)]
    if decision.no_minimum is not None:
        return _no_minimum(question, decision.no_minimum)
    return []


def _upper(question: Question, decision: Decision) -> str:
    """Why the upper end follows, or why none follows."""
    if decision.high is not None:
        return _end(question, decision.high, False)
    if not decision.uncapped:
        return "No upper bound follows."
    more = len(decision.uncapped) - 3
    places = _places(decision.uncapped[:3]) + (f" and {more} more stretches" if more > 0 else "")
    return f"No upper bound follows: no figure with a ceiling covers {places}."


def _end(question: Question, end: End, lower: bool) -> str:
    """The bounds that force one end, and their arithmetic."""
    head = f"{'At least' if lower else 'At most'} {end.value:,}, from "
    if not end.terms:
        return f"{head}{_bounds(question, end.bounds)}."
    terms = sorted(end.terms, key=lambda term: (term[0].least != lower, -term[0].number))
    told = f"{head}{_bounds(question, (bound for bound, _ in terms))}"
    if len(terms) == 1:
        return f"{told}."
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
    return f"{told}: {sums}{follows}."


def _rate(question: Question, decision: Decision) -> list[str]:
    """The lower end a day, beside the best rate that figures prove around those that lead to it."""
    rate = Fraction(decision.lower or 0, question.days)
    if rate < Fraction(1, 20):
        return []
    told = f"On average that is at least {float(rate):,.1f} a day"
    other = decision.neighbour
    if other is None:
        return [f"{told}."]
    return [
        f"{told}; {_named(question, other.name)} gives {float(rate_of(other)):,.1f} a day for "
        f"{_days(other.start, other.end)}, the most that another figure of the same measure and "
        f"population proves around it: {float(rate / rate_of(other)):,.1f} times."
    ]


def _no_minimum(question: Question, why: NoMinimum) -> list[str]:
    if why.claim is None:
        told = "No minimum follows: no lower bound of this very count reaches these days"
        for bound in why.wholes:
            whole = f"{_named(question, bound.name)} is of {question.words.title(bound.layer)}"
            told += f"; {whole}, which may all be others"
        return [f"{told}."]
    told = f"No minimum follows. {_bounds(question, [why.claim])}"
    if not why.free:
        return [f"{told}; the other days of that have room for all of it."]
    told += f"; what other days cannot hold may all lie in {_places(why.free)}, "
    told += "where nothing has a ceiling"
    if why.open_ended:
        names = ", ".join(_named(question, name) for name in why.open_ended)
        told += f" ({names} {'has' if len(why.open_ended) == 1 else 'have'} none)"
    return [f"{told}.", *_cap(question, why.cap, why.free)]


def _cap(question: Question, cap: Cap | None, free: Iterable[Stretch]) -> list[str]:
    if cap is None:
        return []
    rate = float(rate_of(cap.rate_of))
    named = f"at the {rate:,.1f} a day of {_named(question, cap.rate_of.name)}, rounded up"
    supposed = f"If {_places(free)} held at most {cap.total:,} ({named})"
    if cap.lower is None:
        return [f"{supposed}, the figures could not all hold."]
    return [f"{supposed}, at least {cap.lower:,} would follow."]


def _conflict(question: Question, conflict: Conflict) -> str:
    told = _bounds(question, conflict.bounds)
    if len(conflict.names) == 1:
        return f"It cannot hold by itself: {told}."
    return f"These cannot all hold, any one of them left out the others can: {told}."


def _bounds(question: Question, bounds: Iterable[Bound]) -> str:
    return "; ".join(_bound(question, bound) for bound in bounds)


def _bound(question: Question, bound: Bound) -> str:
    how = "at least" if bound.least else "at most"
    what = ""
    if bound.layer != question.layer:
        what = f" ({question.words.title(bound.layer)})"
    days = _days(bound.start, bound.end)
    return f"{_named(question, bound.name)}: {how} {bound.number:,}{what} in {days}"


def _named(question: Question, name: str) -> str:
    """A figure with its words, or an assumption."""
    return str(question.claims[name]) if name in question.claims else name


def _places(stretches: Iterable[Stretch]) -> str:
    return " and ".join(_days(*stretch) for stretch in stretches)


def _days(start: int, end: int) -> str:
    """Days from one ordinal to the day before another, in words."""
    first, last = (datetime.date.fromordinal(day) for day in (start, end - 1))
    return days_in_words(first, last)
