"""What follows for a count: its limits, what sets each one, and why one is missing.

Everything that needs the solver is here; `implied_words` puts it into words.
"""

from __future__ import annotations

import datetime
import itertools
from fractions import Fraction
from math import ceil
from typing import TYPE_CHECKING, NamedTuple

from ..claims.claim import Bound, Claim
from ..claims.windows import Window
from .conflicts import Conflicting, conflicts_once
from .solver import Answer, binding, extreme, feasible
from .systems import System

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..claims.vocabulary import Layer
    from .implied_question import Question


# The first day and the day after the last, as proleptic ordinals.
Stretch = tuple[int, int]


class End(NamedTuple):
    """One end of an interval: a smallest set of figures that sets it, and how.

    `terms` are the bounds that prove it, each with how often it counts. If there are none, `bounds`
    has all bounds of these figures.
    """

    value: int
    names: tuple[str, ...]
    bounds: tuple[Bound, ...]
    terms: tuple[tuple[Bound, Fraction], ...]


class Conflict(NamedTuple):
    """Figures that cannot all be true, and those of their limits that conflict."""

    figures: Conflicting
    bounds: tuple[Bound, ...]


class Cap(NamedTuple):
    """What would follow if days without an upper limit had at most the rate proved around them.

    `total` is the most they would count, and `lower` the lower bound that follows, or None if the
    figures could not all be true.
    """

    rate_of: Bound
    total: int
    lower: int | None


class NoMinimum(NamedTuple):
    """Why no lower limit follows.

    `claim` is the highest lower bound that covers the days asked for. `free` has its other days,
    which may count the rest because they have no upper limit, and `open_ended` the figures for
    those days that set none. If no lower bound of the count covers the days, `wholes` has those of
    wider counts.
    """

    claim: Bound | None = None
    free: tuple[Stretch, ...] = ()
    open_ended: tuple[str, ...] = ()
    cap: Cap | None = None
    wholes: tuple[Bound, ...] = ()

    @property
    def figures(self) -> list[str]:
        """The figures that it rests on."""
        if self.claim is None:
            return [bound.name for bound in self.wholes]
        return [self.claim.name, *self.open_ended] if self.free else [self.claim.name]


class Decision(NamedTuple):
    """What follows for a count: both ends, or the sets of figures that conflict.

    `neighbour` proves the highest rate around the figures that set the lower end, if that is below
    the rate that the lower end needs. `uncapped` are the days that no upper bound covers, if there
    is no upper end. `unused` are figures about the count that set no bound on it.
    """

    possible: bool
    lower: int | None
    upper: int | None
    low: End | None
    high: End | None
    conflicts: tuple[Conflict, ...]
    no_minimum: NoMinimum | None
    neighbour: Bound | None
    uncapped: tuple[Stretch, ...]
    unused: tuple[Claim, ...]
    proved: bool

    @property
    def figures(self) -> list[str]:
        """The figures that it rests on, each once."""
        names = [name for conflict in self.conflicts for name in conflict.figures.names]
        names += self.no_minimum.figures if self.no_minimum is not None else []
        names += [name for end in (self.low, self.high) if end is not None for name in end.names]
        return list(dict.fromkeys(names))


def decided(question: Question, bounds: Sequence[Bound], conflicts: int) -> Decision:
    """What limits imply for the count asked for, with at most `conflicts` conflicts."""
    unused = _unused(question, bounds)
    least = extreme(bounds, question.words, question.target, 1)
    if least is None:
        found = tuple(
            _conflict(question, bounds, figures)
            for figures in conflicts_once(bounds, question.words, conflicts, question.claims)
        )
        return Decision(False, None, None, None, None, found, None, None, (), unused, True)
    most = extreme(bounds, question.words, question.target, -1)
    upper = None if most is None else -most.value
    low = _end(question, bounds, least, 1) if least.value > 0 else None
    return Decision(
        possible=True,
        lower=least.value,
        upper=upper,
        low=low,
        high=None if most is None else _end(question, bounds, most, -1),
        conflicts=(),
        no_minimum=None if low is not None or upper == 0 else _no_minimum(question, bounds),
        neighbour=None if low is None else _slower_neighbour(question, bounds, low),
        uncapped=() if most is not None else _free(question, bounds, question.start, question.end),
        unused=unused,
        proved=least.proved and (most is None or most.proved),
    )


def rate_of(bound: Bound) -> Fraction:
    """What a limit needs per day."""
    return Fraction(bound.number, bound.end - bound.start)


def _end(question: Question, bounds: Sequence[Bound], answer: Answer, sign: int) -> End:
    """The figures that set one end, and the multipliers that prove it from them alone."""
    names = tuple(sorted(binding(bounds, question.words, question.target, sign, answer)))
    few = tuple(bound for bound in bounds if bound.name in names)
    forced = extreme(few, question.words, question.target, sign)
    return End(sign * answer.value, names, few, () if forced is None else forced.weights)


def _conflict(question: Question, bounds: Sequence[Bound], figures: Conflicting) -> Conflict:
    """A conflict, with the limits it needs."""
    needed = [bound for bound in bounds if bound.name in figures.names]
    for bound in list(needed):
        fewer = [other for other in needed if other is not bound]
        if fewer and not feasible(System(fewer, question.words)):
            needed = fewer
    return Conflict(figures, tuple(needed))


def _reaches(bound: Bound, start: int, end: int) -> bool:
    """Whether a limit is a lower limit for some of these days."""
    return bound.least and bound.start < end and bound.end > start


def _fastest_around(question: Question, bounds: Sequence[Bound], claim: Bound) -> Bound | None:
    """The limit with the highest rate around a claim, for the same count but not a repeat."""
    of = question.claims.get(claim.name)
    others = [
        bound
        for bound in bounds
        if _reaches(bound, claim.start, claim.end)
        and bound.layer == question.layer
        and bound.name in question.claims
        and bound.name not in question.assumed.windows
        and (of is None or question.claims[bound.name].first != of.first)
    ]
    return max(others, key=rate_of, default=None)


def _slower_neighbour(question: Question, bounds: Sequence[Bound], low: End) -> Bound | None:
    """The highest rate proved around the figures that set the lower end, if below its own."""
    reaching = [b for b in low.bounds if _reaches(b, question.start, question.end)]
    claim = max(reaching, key=lambda bound: bound.number, default=None)
    other = None if claim is None else _fastest_around(question, bounds, claim)
    if other is None or Fraction(low.value, question.days) <= rate_of(other):
        return None
    return other


def _free(question: Question, bounds: Sequence[Bound], start: int, end: int) -> tuple[Stretch, ...]:
    """The days for which nothing sets an upper limit on the count asked for."""
    points = {start, end}
    points |= {day for b in bounds for day in (b.start, b.end) if start < day < end}
    days = sorted(points)
    free: list[tuple[int, int]] = []
    for first, last in itertools.pairwise(days):
        if _capped(question, bounds, first, last):
            continue
        if free and free[-1][1] == first:
            free[-1] = (free[-1][0], last)
        else:
            free.append((first, last))
    return tuple(free)


def _capped(question: Question, bounds: Sequence[Bound], start: int, end: int) -> bool:
    """Whether an upper limit covers the days: on the layer, a wider one, or all its parts."""

    def covered(layer: Layer) -> bool:
        return any(
            not bound.least and bound.layer == layer and bound.start <= start and end <= bound.end
            for bound in bounds
        )

    words = question.words
    for measure, population, area in words.above(question.layer):
        splits = words.partitions(measure).values()
        whole = [(measure, population, area)]
        for group in (whole, *([(part, population, area) for part in parts] for parts in splits)):
            if all(covered(layer) for layer in group):
                return True
    return False


def _no_minimum(question: Question, bounds: Sequence[Bound]) -> NoMinimum:
    """Why no lower limit follows, and which one would under a cap."""
    start, end = question.start, question.end
    reaching = [bound for bound in bounds if _reaches(bound, start, end)]
    claim = max(
        (bound for bound in reaching if bound.layer == question.layer),
        key=lambda bound: (bound.name in question.assumed.windows, bound.number),
        default=None,
    )
    if claim is None:
        over = set(question.words.above(question.layer))
        wholes = {bound.name: bound for bound in reaching if bound.layer in over}
        return NoMinimum(wholes=tuple(wholes.values()))
    outside = [(claim.start, min(start, claim.end)), (max(end, claim.start), claim.end)]
    free = tuple(
        part
        for first, last in outside
        if first < last
        for part in _free(question, bounds, first, last)
    )
    shut = [Bound("cap", question.layer, *part, False, 0) for part in free]
    without = extreme([*bounds, *shut], question.words, question.target, 1) if free else None
    if not free or (without is not None and without.value <= 0):
        return NoMinimum(claim)
    open_ended = _open_ended(question, bounds, free, claim)
    return NoMinimum(claim, free, open_ended, _under_a_cap(question, bounds, claim, free))


def _open_ended(
    question: Question, bounds: Sequence[Bound], parts: Sequence[Stretch], claim: Bound
) -> tuple[str, ...]:
    """Figures that set lower limits for some days, one for each claim except the given one."""
    firsts = {question.claims[claim.name].first if claim.name in question.claims else ""}
    names = []
    for bound in sorted(bounds):
        of = question.claims.get(bound.name)
        if of is None or bound.layer != question.layer or of.first in firsts:
            continue
        if any(_reaches(bound, first, last) for first, last in parts):
            firsts.add(of.first)
            names.append(bound.name)
    return tuple(names)


def _under_a_cap(
    question: Question, bounds: Sequence[Bound], claim: Bound, free: Sequence[Stretch]
) -> Cap | None:
    """What would follow if the days without an upper limit had no more than the highest rate."""
    other = _fastest_around(question, bounds, claim)
    if other is None:
        return None
    caps = [
        Bound("cap", question.layer, first, last, False, ceil(rate_of(other) * (last - first)))
        for first, last in free
    ]
    low = extreme([*bounds, *caps], question.words, question.target, 1)
    if low is not None and low.value <= 0:
        return None
    return Cap(other, sum(cap.number for cap in caps), None if low is None else low.value)


def _unused(question: Question, bounds: Sequence[Bound]) -> tuple[Claim, ...]:
    """The figures about the count and its days that set no limit on it."""
    first, last = (datetime.date.fromordinal(day) for day in (question.start, question.end - 1))
    window = Window.certainly(first, last)
    used = {bound.name for bound in bounds}
    unused = []
    for name, claim in question.claims.items():
        of = question.words.measures.get(claim.measure, {}).get("of")
        about = question.layer in (claim.layer, (of, *claim.layer[1:]))
        if about and name not in used and claim.window.overlaps(window) and claim.first == name:
            unused.append(claim)
    return tuple(unused)
