"""What all figures together imply for a count over a period, and what a claim needs around it.

`implied` gives the tightest interval for a count that nobody stated, with the figures that bind it.
Strain is the smallest possible highest daily rate that a claim needs within its window, all other
figures kept, as a multiple of the best rate that figures around it prove.
"""

from __future__ import annotations

import datetime
import itertools
from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple

from ..claims.assumptions import Assumed, closed_period, joined, read_assumptions
from ..claims.claim import Bound, Claim, claim_of, taken_for_granted
from ..claims.given import figure_rows
from ..claims.vocabulary import FLOW, Layer, Vocabulary, vocabulary
from ..claims.windows import Window
from ..errors import ComparisonError, UnknownNameError
from ..tables.package import package
from ..wording import days_in_words
from .solver import Answer, binding, conflicts_of, extreme, feasible
from .systems import System, bounds_of, clusters

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ..claims.assumptions import Assumptions
    from ..claims.given import GivenFigures

    _Period = str | tuple[datetime.date, datetime.date]


class Implied(NamedTuple):
    """What figures imply for a count over a period.

    `lower` and `upper` are whole numbers, both ends included; `upper` is None where no ceiling
    follows. `lower_from` and `upper_from` name a smallest set of figures that forces each. Where
    the figures cannot all hold both ends are None and `conflicts` has irreducible sets of figures:
    any one taken out, the rest of the set can hold. `assumptions` lists all that is taken for
    granted; `proved` says that both ends were proved again in exact arithmetic; `sentences` tells
    it all.
    """

    measure: str
    population: str
    area: str
    start: datetime.date
    end: datetime.date
    lower: int | None
    upper: int | None
    lower_from: tuple[str, ...]
    upper_from: tuple[str, ...]
    conflicts: tuple[tuple[str, ...], ...]
    assumptions: tuple[str, ...]
    proved: bool
    sentences: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """The same as plain values for JSON."""
        plain = self._asdict()
        plain |= {"start": self.start.isoformat(), "end": self.end.isoformat()}
        return {k: list(v) if isinstance(v, tuple) else v for k, v in plain.items()}

    def __str__(self) -> str:
        lines = list(self.sentences)
        if self.assumptions:
            lines += ["Assumed:", *(f"  {text}." for text in self.assumptions)]
        return "\n".join(lines)


class _Question(NamedTuple):
    """What is asked, and all that bears on it."""

    layer: Layer
    start: int
    end: int
    bounds: list[Bound]
    claims: dict[str, Claim]
    assumed: Assumed
    words: Vocabulary
    rounded: bool

    @property
    def target(self) -> tuple[Layer, int, int]:
        """Layer, first day, and the day after the last."""
        return self.layer, self.start, self.end

    def named(self, name: str) -> str:
        """A figure with its words, or an assumption."""
        return str(self.claims[name]) if name in self.claims else name


def implied(
    measure: str,
    population: str,
    period: _Period,
    given: GivenFigures | None = None,
    assuming: Assumptions | None = None,
    *,
    area: str = "GBR",
    rounded: bool = False,
    conflicts: int = 1,
) -> Implied:
    """The tightest interval that all figures together allow for a count over a period.

    `measure` (counted over time: of kind flow) and `population` are identifiers of their tables,
    `period` a closed period in EDTF ("2023-04-01/2023-05-16") or a pair of days. `given` are the
    figures to reckon with, identifiers, rows or a frame; by default all. `assuming` adds what is to
    be tested: a window for a figure instead of its own ("F034=2022-12-13/2023-05-16", or a mapping
    from figure to window), a bound on a figure's outermost window or on a period of the count asked
    for ("F009 at most 1500", "2023-04-01/2023-04-07 <= 100"), a row of the figures table, or the
    name of an assumption that joins two definitions (see `compare`). With `rounded` bare numbers
    count within half a printed step, else as printed. At most `conflicts` conflicting sets are
    given. Only counts with a bound are reckoned with: changes, shares and "about" are not.

    Counts are whole numbers, none below zero, in persons. A figure's lower bound holds for its
    outermost window, its upper bound for the certain one; parts of an exhaustive split add to their
    whole, a population holds those within it. Returns an `Implied`; printed, it is sentences. The
    set that binds is a smallest one, of which there may be several; beyond 300 figures it is
    irreducible only.

    Raises UnknownNameError, and ComparisonError for an assumption that cannot be read. Method:
    integer programming by HiGHS; each answer is checked again in whole numbers, and its optimality
    by the dual multipliers in fractions.

    >>> claim = {"F034": "2022-12-13/2023-05-16"}
    >>> found = implied("returns", "albanian", "2023-04-01/2023-05-16", assuming=claim)
    >>> found.lower, found.upper, found.lower_from
    (5318, None, ('F011', 'F018', 'F034'))
    """
    if not isinstance(conflicts, int) or conflicts < 1:
        raise ComparisonError(f"conflicts is a number of sets, at least 1; found {conflicts}")
    question = _question(measure, population, period, given, assuming, area, rounded)
    conflicting: list[tuple[str, ...]] = []
    low = extreme(question.bounds, question.words, question.target, 1)
    if low is None:
        conflicting = conflicts_of(question.bounds, question.words, conflicts)
        return _answer(question, None, None, conflicting)
    high = extreme(question.bounds, question.words, question.target, -1)
    return _answer(question, low, high, [])


def _question(
    measure: str,
    population: str,
    period: _Period,
    given: GivenFigures | None,
    assuming: Assumptions | None,
    area: str,
    rounded: bool,
) -> _Question:
    words = vocabulary()
    counted = [name for name, row in words.measures.items() if row["kind"] == FLOW]
    if not isinstance(measure, str) or measure not in counted:
        raise UnknownNameError("measure that is counted over time", measure, counted)
    if not isinstance(population, str) or population not in words.populations:
        raise UnknownNameError("population", population, words.populations)
    areas = _areas()
    if area not in areas:
        raise UnknownNameError("area", area, areas)
    start, end = closed_period(period) if isinstance(period, str) else _pair(period)
    rows = {str(row["figure_id"]): row for row in figure_rows(given)}
    shipped = {str(row["figure_id"]): row for row in figure_rows(None)}
    layer = (measure, population, area)
    assumed = read_assumptions(assuming, layer, {**shipped, **rows})
    layer = joined(layer, assumed.joins)
    assumed.bounds[:] = [
        bound._replace(layer=joined(bound.layer, assumed.joins)) for bound in assumed.bounds
    ]
    for bound in assumed.bounds:
        if words.family(bound.layer) != words.family(layer):
            what, asked_for = words.title(bound.layer), words.title(layer)
            raise ComparisonError(f"a bound on {what} says nothing of {asked_for}")
    for name in assumed.windows:
        rows.setdefault(name, shipped.get(name, {}))
    for row in assumed.rows:
        rows[str(row["figure_id"])] = row
        assumed.sentences.append(
            f'{row["figure_id"]} ("{row["exact"] or row["value"]}") is assumed'
        )
    claims = {}
    for name, row in rows.items():
        claim = claim_of(row, words).read_as(assumed.windows.get(name))
        claims[name] = claim._replace(layer=joined(claim.layer, assumed.joins))
    first, after = start.toordinal(), end.toordinal() + 1
    asked = Bound("", layer, first, after, True, 0)
    family = words.family(layer)
    bounds = [
        bound
        for bound in [*bounds_of(claims.values(), rounded), *assumed.bounds, asked]
        if words.family(bound.layer) == family
    ]
    near = next(group for group in clusters(bounds) if asked in group)
    near.remove(asked)
    return _Question(layer, first, after, near, claims, assumed, words, rounded)


def _areas() -> list[str]:
    fields = {field["name"]: field for field in package().fields("figures")}
    return list(fields["area"]["constraints"]["enum"])


def _pair(period: Any) -> tuple[datetime.date, datetime.date]:
    """A pair of days, each a day or text."""
    if not isinstance(period, tuple) or len(period) != 2:
        raise ComparisonError(
            'a period is text such as "2023-04-01/2023-05-16", or a pair of days; found '
            f"{period!r:.60}"
        )
    days = []
    for at, day in enumerate(period):
        if day != day:
            raise ComparisonError("a period is a pair of days; found one that is missing")
        if isinstance(day, datetime.datetime):
            days.append(day.date())
        elif isinstance(day, datetime.date):
            days.append(day)
        elif isinstance(day, str):
            days.append(closed_period(day)[at])
        else:
            raise ComparisonError(f"a period is a pair of days; found {day!r:.60}")
    if days[0] > days[1]:
        raise ComparisonError(f"the period ends ({days[1]}) before it begins ({days[0]})")
    return days[0], days[1]


def _days(start: int, end: int) -> str:
    """Days from one ordinal to the day before another, in words."""
    first, last = (datetime.date.fromordinal(day) for day in (start, end - 1))
    return days_in_words(first, last)


def _answer(
    question: _Question,
    low: Answer | None,
    high: Answer | None,
    conflicting: Sequence[tuple[str, ...]],
) -> Implied:
    """The answer with its sentences and assumptions."""
    lower = None if low is None else max(0, low.value)
    upper = None if high is None else -high.value
    below: tuple[str, ...] = ()
    above: tuple[str, ...] = ()
    title = question.words.title(question.layer)
    head = f"{title}, {_days(question.start, question.end)}"
    days = question.end - question.start
    head += f" ({days:,} day{'' if days == 1 else 's'})"
    sentences = []
    resting: list[str] = []
    if low is None:
        sentences.append(f"{head}: the figures cannot all hold.")
        for names in conflicting:
            sentences.append(_conflict_in_words(question, names))
            resting += names
    else:
        sentences.append(f"{head}: {_ends_in_words(lower, upper)}.")
        if lower is not None and lower > 0:
            below = tuple(sorted(binding(question.bounds, question.words, question.target, 1, low)))
            sentences.append(_side_in_words(question, below, low, 1))
            sentences += _rate_in_words(question, below, low.value)
        else:
            told, open_ended = _why_nothing(question) if upper != 0 else ([], [])
            sentences += told
            resting += open_ended
        if high is not None:
            above = tuple(
                sorted(binding(question.bounds, question.words, question.target, -1, high))
            )
            sentences.append(_side_in_words(question, above, high, -1))
        else:
            sentences.append(_why_no_ceiling(question))
    sentences += _unused(question)
    resting.extend([*below, *above])
    assumptions = list(question.assumed.sentences)
    for name in dict.fromkeys(resting):
        if name in question.claims:
            assumptions += taken_for_granted(question.claims[name], question.rounded)
    proved = all(answer is None or answer.proved for answer in (low, high))
    if not proved:
        sentences.append("The solver's bounds were not proved again in exact arithmetic.")
    first, last = (datetime.date.fromordinal(day) for day in (question.start, question.end - 1))
    return Implied(
        *question.layer,
        first,
        last,
        lower,
        upper,
        below,
        above,
        tuple(tuple(names) for names in conflicting),
        tuple(assumptions),
        proved,
        tuple(sentences),
    )


def _ends_in_words(lower: int | None, upper: int | None) -> str:
    if lower == upper:
        return f"exactly {lower:,}"
    if not lower:
        return "nothing follows" if upper is None else f"at most {upper:,}"
    return f"at least {lower:,}" + ("" if upper is None else f" and at most {upper:,}")


def _bound_in_words(question: _Question, bound: Bound) -> str:
    how = "at least" if bound.least else "at most"
    what = ""
    if bound.layer != question.layer:
        what = f" ({question.words.title(bound.layer)})"
    days = _days(bound.start, bound.end)
    return f"{question.named(bound.name)}: {how} {bound.number:,}{what} in {days}"


def _side_in_words(question: _Question, names: Sequence[str], answer: Answer, sign: int) -> str:
    """Why one end follows: the bounds that force it, and their arithmetic."""
    few = [bound for bound in question.bounds if bound.name in names]
    value = sign * answer.value
    end = f"{'At least' if sign == 1 else 'At most'} {value:,}"
    forced = extreme(few, question.words, question.target, sign)
    if not names or forced is None:
        return f"{end}: a count is never below zero."
    if not forced.weights:
        return f"{end}, from {'; '.join(_bound_in_words(question, bound) for bound in few)}."
    terms, told, exact = [], [], Fraction(0)
    for bound, weight in sorted(
        forced.weights, key=lambda item: (item[0].least != (sign == 1), -item[0].number)
    ):
        told.append(_bound_in_words(question, bound))
        signed = sign * (1 if bound.least else -1)
        exact += signed * weight * bound.number
        times = "" if weight == 1 else f"{weight} × "
        terms.append(f"{'+' if signed > 0 else '−'} {times}{bound.number:,}")
    sums = " ".join(terms).removeprefix("+ ").replace("− ", "−", 1 if terms[0][0] == "−" else 0)
    sums = f"{sums} = {value:,}" if exact == value else f"{sums}, and a count is whole"
    told_so = f"{end}, from {'; '.join(told)}"
    return f"{told_so}: {sums}." if len(terms) > 1 else f"{told_so}."


def _conflict_in_words(question: _Question, names: Sequence[str]) -> str:
    if not names:
        return "What is assumed cannot hold by itself."
    needed = [bound for bound in question.bounds if bound.name in names]
    for bound in list(needed):
        fewer = [other for other in needed if other is not bound]
        if fewer and not feasible(System(fewer, question.words)):
            needed = fewer
    told = [_bound_in_words(question, bound) for bound in needed]
    if len(names) == 1:
        return f"It cannot hold by itself: {'; '.join(told)}."
    return f"These cannot all hold, any one of them left out the others can: {'; '.join(told)}."


def _rates(question: _Question, apart: Iterable[str], start: int, end: int) -> Bound | None:
    """The bound of the layer asked for that proves most a day, of a window that meets some days."""
    firsts = {question.claims[name].first for name in apart if name in question.claims}
    rates = [
        bound
        for bound in question.bounds
        if bound.least
        and bound.layer == question.layer
        and bound.start < end
        and bound.end > start
        and bound.name in question.claims
        and bound.name not in question.assumed.windows
        and question.claims[bound.name].first not in firsts
    ]
    return max(rates, key=_rate, default=None)


def _rate(bound: Bound) -> Fraction:
    return Fraction(bound.number, bound.end - bound.start)


def _rate_in_words(question: _Question, names: Sequence[str], value: int) -> list[str]:
    """The bound a day, beside the best rate that figures prove around those that lead to it."""
    days = question.end - question.start
    rate = Fraction(value, days)
    if rate < Fraction(1, 20):
        return []
    told = f"On average that is at least {float(rate):,.1f} a day"
    widest = [
        bound
        for bound in question.bounds
        if bound.least
        and bound.name in names
        and bound.start < question.end
        and bound.end > question.start
    ]
    claim = max(widest, key=lambda bound: bound.number, default=None)
    if claim is None:
        return [f"{told}."]
    other = _rates(question, [claim.name], claim.start, claim.end)
    if other is None:
        return [f"{told}."]
    times = rate / _rate(other)
    if times <= 1:
        return [f"{told}."]
    return [
        f"{told}; {question.named(other.name)} gives {float(_rate(other)):,.1f} a day for "
        f"{_days(other.start, other.end)}, the most that another figure of the same measure and "
        f"population proves around it: {float(times):,.1f} times."
    ]


def _free(question: _Question, start: int, end: int) -> list[tuple[int, int]]:
    """Stretches of some days on which nothing bounds the count that is asked for from above."""
    points = {start, end}
    points |= {day for b in question.bounds for day in (b.start, b.end) if start < day < end}
    days = sorted(points)
    free: list[tuple[int, int]] = []
    for first, last in itertools.pairwise(days):
        if _capped(question, first, last):
            continue
        if free and free[-1][1] == first:
            free[-1] = (free[-1][0], last)
        else:
            free.append((first, last))
    return free


def _capped(question: _Question, start: int, end: int) -> bool:
    """Whether some upper bound covers days: of the layer, of what holds it, or of all its parts."""

    def covered(layer: Layer) -> bool:
        return any(
            not bound.least and bound.layer == layer and bound.start <= start and end <= bound.end
            for bound in question.bounds
        )

    words = question.words
    for measure, population, area in words.above(question.layer):
        splits = words.partitions(measure).values()
        whole = [(measure, population, area)]
        for group in (whole, *([(part, population, area) for part in parts] for parts in splits)):
            if all(covered(layer) for layer in group):
                return True
    return False


def _why_nothing(question: _Question) -> tuple[list[str], list[str]]:
    """Why no lower bound follows, and what would under a named cap."""
    start, end = question.start, question.end
    reaching = [
        bound
        for bound in question.bounds
        if bound.least and bound.layer == question.layer and bound.start < end and bound.end > start
    ]
    claim = max(
        reaching,
        key=lambda bound: (bound.name in question.assumed.windows, bound.number),
        default=None,
    )
    if claim is None:
        told = "No minimum follows: no lower bound of this very count reaches these days"
        over = set(question.words.above(question.layer)) - {question.layer}
        wholes = {
            bound.name: f"{question.named(bound.name)} is of {question.words.title(bound.layer)}"
            for bound in question.bounds
            if bound.least and bound.layer in over and bound.start < end and bound.end > start
        }
        listed = [f"{whole}, which may all be others" for whole in wholes.values()]
        return ["; ".join([told, *listed]) + "."], list(wholes)
    outside = [(claim.start, min(start, claim.end)), (max(end, claim.start), claim.end)]
    free = [
        part for first, last in outside if first < last for part in _free(question, first, last)
    ]
    told = f"No minimum follows. {_bound_in_words(question, claim)}"
    if not free:
        return [f"{told}; the other days of that have room for all of it."], [claim.name]
    shut = [Bound("cap", question.layer, *part, False, 0) for part in free]
    without = extreme([*question.bounds, *shut], question.words, question.target, 1)
    if without is not None and without.value <= 0:
        return [f"{told}; the other days of that have room for all of it."], [claim.name]
    places = " and ".join(_days(*part) for part in free)
    names = _open_ended(question, free, claim)
    told += f"; what other days cannot hold may all lie in {places}, where nothing has a ceiling"
    if names:
        told += f" ({', '.join(question.named(name) for name in names)} "
        told += f"{'has' if len(names) == 1 else 'have'} none)"
    return [f"{told}.", *_under_a_cap(question, claim, free)], [claim.name, *names]


def _open_ended(question: _Question, parts: Sequence[tuple[int, int]], claim: Bound) -> list[str]:
    """Figures that are lower bounds for some days, one for each claim but the one given."""
    firsts = {question.claims[claim.name].first if claim.name in question.claims else ""}
    names = []
    for bound in sorted(question.bounds):
        of = question.claims.get(bound.name)
        if of is None or not bound.least or bound.layer != question.layer or of.first in firsts:
            continue
        if any(bound.start < last and bound.end > first for first, last in parts):
            firsts.add(of.first)
            names.append(bound.name)
    return names


def _under_a_cap(question: _Question, claim: Bound, free: Sequence[tuple[int, int]]) -> list[str]:
    """What would follow if the days without a ceiling held no more than the best proved rate."""
    other = _rates(question, [claim.name], claim.start, claim.end)
    if other is None:
        return []
    caps = []
    for first, last in free:
        number = _rate(other) * (last - first)
        caps.append(
            Bound(
                "cap",
                question.layer,
                first,
                last,
                False,
                -(-number.numerator // number.denominator),
            )
        )
    low = extreme([*question.bounds, *caps], question.words, question.target, 1)
    total = sum(cap.number for cap in caps)
    named = f"at the {float(_rate(other)):,.1f} a day of {question.named(other.name)}, rounded up"
    places = " and ".join(_days(*part) for part in free)
    if low is None:
        return [f"If {places} held at most {total:,} ({named}), the figures could not all hold."]
    if low.value <= 0:
        return []
    follows = f"at least {max(0, low.value):,} would follow"
    return [f"If {places} held at most {total:,} ({named}), {follows}."]


def _unused(question: _Question) -> list[str]:
    """The figures of the days asked for that are about the count, but prove no bound on it."""
    window = Window.certainly(
        datetime.date.fromordinal(question.start), datetime.date.fromordinal(question.end - 1)
    )
    used = {bound.name for bound in question.bounds}
    unused = []
    for name, claim in question.claims.items():
        of = question.words.measures.get(claim.measure, {}).get("of")
        about = claim.layer == question.layer
        about |= (of, *claim.layer[1:]) == question.layer
        if about and name not in used and claim.window.overlaps(window) and claim.first == name:
            unused.append(str(claim))
    if not unused:
        return []
    return [f"Not reckoned with, as they put no bound on this count: {', '.join(unused)}."]


def _why_no_ceiling(question: _Question) -> str:
    free = _free(question, question.start, question.end)
    if not free:
        return "No upper bound follows."
    places = " and ".join(_days(*part) for part in free[:3])
    more = f" and {len(free) - 3} more stretches" if len(free) > 3 else ""
    return f"No upper bound follows: no figure with a ceiling covers {places}{more}."
