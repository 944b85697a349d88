"""Strain: what a claim needs that its neighbours make unlikely.

Two figures that do not contradict each other as intervals may still fit ill: a claim of more than
8,000 returns needs the days that no other figure caps to hold what the others leave. Strain is
the smallest possible highest daily rate within the claim's outermost window, all other figures
kept (a min-max linear programme), as a multiple of the best lower bound per day among figures of
the same measure and population whose windows overlap it, repeats of the claim left out.
"""

from __future__ import annotations

import datetime
import itertools
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from ..claims.vocabulary import FLOW, Layer, Vocabulary
from ..claims.windows import WindowIndex
from .solver import INFINITY, LARGEST_COUNT, Row, System, bounds_of, by_family, reduced, solved

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from ..claims.claim import Bound, Claim


# From so many times the neighbours' best rate on a claim is called strained. A month of a season is
# two or three times its year; the ratio is the finding, this line only sorts it.
THRESHOLD = 5.0
# First each claim is held against the figures that overlap it, of what it counts, of what holds
# that and of its parts, each for itself: less than all, so that the strain is at least this. From
# this ratio on, of the highest, and of all where claims are few, all figures that hang together
# with it are kept.
CLOSER = THRESHOLD / 2
FEW = 200
# All of them, where these are at most so many bounds; else those that overlap it, and those that
# overlap these.
MOST_AROUND = 40


class Strain(NamedTuple):
    """What a claim needs, in persons a day, beside what its neighbours prove.

    `needed` is None where the figures around the claim cannot all hold. `kept` says which other
    figures were kept: those that overlap it, those nearest to it, or all; where it is not all, the
    true strain is at least the one given. `binding` has the bounds that force the rate, where all
    or the nearest figures were kept: each times its multiplier, they add up to it; `tried` all
    bounds that were kept then.
    """

    needed: float | None
    neighbour: Claim
    rate: Fraction
    kept: str
    binding: tuple[tuple[Bound, Fraction], ...] = ()
    tried: tuple[Bound, ...] = ()

    @property
    def ratio(self) -> float | None:
        """The rate needed as a multiple of the neighbours' best."""
        return None if self.needed is None else self.needed / float(self.rate)


def _lowest(claim: Claim) -> int:
    return claim.interval.whole()[0] or 0


def strainable(claim: Claim) -> bool:
    """Whether a claim needs anything: a count over days, with a lower bound above nothing."""
    return bool(
        claim.kind == FLOW
        and claim.counted
        and claim.window.outer is not None
        and 0 < _lowest(claim) <= LARGEST_COUNT
    )


def _ordinals(claim: Claim) -> tuple[int, int]:
    first, last = claim.window.outer or (datetime.date.min, datetime.date.max)
    return first.toordinal(), last.toordinal()


def _apart(one: Claim, other: Claim) -> bool:
    """Whether two claims are no repeats of each other, and their windows overlap."""
    return one.first != other.first and one.window.overlaps(other.window)


# So many of the highest rates are tried before all figures that overlap a claim are looked up.
_TRIED = 60


def neighbours(claims: Iterable[Claim]) -> dict[str, tuple[Claim, Fraction]]:
    """By claim, the figure around it that proves most a day, and that rate."""
    by_layer: dict[Layer, list[Claim]] = {}
    for claim in claims:
        if strainable(claim):
            by_layer.setdefault(claim.layer, []).append(claim)
    best: dict[str, tuple[Claim, Fraction]] = {}
    for alike in by_layer.values():
        rates = {c.name: Fraction(_lowest(c), c.window.days or 1) for c in alike}
        index = WindowIndex((*_ordinals(c), c) for c in alike)
        highest = sorted(alike, key=lambda c: -rates[c.name])[:_TRIED]
        for claim in alike:
            # Where very many windows overlap, one of the highest rates is soon among them.
            other = next((c for c in highest if _apart(c, claim)), None)
            if other is None and len(alike) > len(highest):
                others = [c for c in index.meeting(*_ordinals(claim)) if c.first != claim.first]
                other = max(others, key=lambda c: rates[c.name], default=None)
            if other is not None:
                best[claim.name] = other, rates[other.name]
    return best


def strains(claims: Sequence[Claim], words: Vocabulary) -> dict[str, Strain]:
    """The strain of every claim that has a neighbour and repeats no other, by its name."""
    around = neighbours(claims)
    names = {claim.name for claim in claims}
    asked = [
        claim
        for claim in claims
        if claim.name in around and (claim.first == claim.name or claim.first not in names)
    ]
    bounds = by_family(bounds_of(claims, rounded=True), words)
    families = {family: _Family(of) for family, of in bounds.items()}
    found = {}
    for claim in asked:
        near = families[words.family(claim.layer)].overlapping(claim, words)
        needed = least_peak(near, *_ordinals(claim))
        rate = None if needed is None else float(needed)
        found[claim.name] = Strain(rate, *around[claim.name], OVERLAPPING)
    highest = sorted(asked, key=lambda claim: -(found[claim.name].ratio or 0))[:FEW]
    closer = [
        claim for claim in highest if len(asked) <= FEW or (found[claim.name].ratio or 0) >= CLOSER
    ]
    for claim in closer:
        near, kept = families[words.family(claim.layer)].around(claim)
        found[claim.name] = _held_against(claim, near, words, kept, around)
    repeating: dict[str, set[str]] = {}
    for claim in claims:
        repeating.setdefault(claim.first, set()).add(claim.name)
    for claim in closer:
        strain = found[claim.name]
        if strain.binding and (strain.ratio or 0) >= THRESHOLD:
            others = repeating[claim.first] - {claim.name}
            found[claim.name] = _sparing(claim, others, strain, words, around)
    return found


def _sparing(
    claim: Claim,
    repeats: Collection[str],
    strain: Strain,
    words: Vocabulary,
    around: dict[str, tuple[Claim, Fraction]],
) -> Strain:
    """The same strain, from figures any of which is needed for it, those of its own layer first."""

    def forced(names: Collection[str]) -> Strain:
        few = [bound for bound in strain.tried if bound.name in names]
        return _held_against(claim, few, words, strain.kept, around)

    def enough(names: Collection[str]) -> bool:
        needed = forced(names).needed
        return needed is not None and needed >= (strain.needed or 0) * (1 - _NOISE)

    own = {bound.name for bound in strain.tried if bound.layer == claim.layer}
    names = {bound.name for bound in strain.tried}
    if enough(names - set(repeats)):
        names -= set(repeats)
    order = sorted(names, key=lambda name: (name == claim.name, name in own, name))
    return strain._replace(binding=forced(reduced(order, enough)).binding)


# What differs by less is the same rate.
_NOISE = 1e-9
OVERLAPPING, NEAREST, ALL = "overlapping", "nearest", "all"


def least_peak(bounds: Iterable[Bound], first: int, last: int) -> Fraction | None:
    """The smallest possible highest daily rate from the first day to the last, exactly.

    All bounds are taken for bounds on one count; None where they cannot all hold. Counts up to one
    day and up to another may differ by what the bounds allow, and within the days by the rate: each
    circle of such differences that sums to less than nothing asks for a higher rate, until there is
    none.
    """
    bounds = list(bounds)
    days = sorted({first, last + 1}.union(*((bound.start, bound.end) for bound in bounds)))
    place = {day: at for at, day in enumerate(days)}
    # From, to, the number that the count may grow by, and the days by which the rate adds to it.
    steps = [
        (at, at + 1, 0, end - start)
        for at, (start, end) in enumerate(itertools.pairwise(days))
        if first <= start and end <= last + 1
    ]
    rate = Fraction(0)
    for bound in bounds:
        start, end = place[bound.start], place[bound.end]
        if bound.least:
            steps.append((end, start, -bound.number, 0))
            if first <= bound.start and bound.end <= last + 1:
                rate = max(rate, Fraction(bound.number, bound.end - bound.start))
        else:
            steps.append((start, end, bound.number, 0))
    steps += [(at, at - 1, 0, 0) for at in range(len(days) - 1, 0, -1)]
    while True:
        circle = _circle(steps, len(days), rate)
        if not circle:
            return rate
        grown, over = (sum(step[part] for step in circle) for part in (2, 3))
        if over == 0:
            return None
        rate = Fraction(-grown, over)


def _circle(
    steps: Sequence[tuple[int, int, int, int]], size: int, rate: Fraction
) -> list[tuple[int, int, int, int]]:
    """Steps in a circle that sum to less than nothing at a rate; none if there are none."""
    times, by = rate.denominator, rate.numerator
    lengths = [(start, end, grown * times + over * by) for start, end, grown, over in steps]
    reach = [0] * size
    came = [-1] * size
    at = -1
    for _ in range(size):
        at = -1
        for number, (start, end, length) in enumerate(lengths):
            if reach[start] + length < reach[end]:
                reach[end] = reach[start] + length
                came[end] = number
                at = end
        if at < 0:
            return []
    for _ in range(size):
        at = steps[came[at]][0]
    circle: list[tuple[int, int, int, int]] = []
    begin = at
    while not circle or at != begin:
        circle.append(steps[came[at]])
        at = steps[came[at]][0]
    return circle


class _Family:
    """Bounds that can bear on one another, by the days they fill."""

    def __init__(self, bounds: list[Bound]) -> None:
        self.index = WindowIndex((bound.start, bound.end - 1, bound) for bound in bounds)

    def overlapping(self, claim: Claim, words: Vocabulary) -> list[Bound]:
        """The bounds on days of a claim, each as one on what the claim counts.

        An upper bound on what holds it bounds it too, and so does a lower bound on a part of it.
        """
        above = set(words.above(claim.layer))
        bearing = [
            bound._replace(layer=claim.layer)
            for bound in self.index.meeting(*_ordinals(claim))
            if bound.layer == claim.layer
            or (not bound.least and bound.layer in above)
            or (bound.least and claim.layer in words.above(bound.layer))
        ]
        return _tightest(bearing)

    def around(self, claim: Claim) -> tuple[list[Bound], str]:
        """The bounds that hang together with a claim, or the nearest of them."""
        found = self.index.meeting(*_ordinals(claim))
        if len(found) > MOST_AROUND:
            return _tightest(found), NEAREST
        while True:
            first = min(bound.start for bound in found)
            last = max(bound.end - 1 for bound in found)
            more = self.index.meeting(first, last)
            if len(more) == len(found):
                return found, ALL
            if len(more) > MOST_AROUND:
                return found, NEAREST
            found = more


def _tightest(bounds: list[Bound]) -> list[Bound]:
    """The bounds, or of very many those that ask for most a day and allow least."""
    if len(bounds) <= MOST_AROUND:
        return bounds
    least = [bound for bound in bounds if bound.least]
    most = [bound for bound in bounds if not bound.least]
    least.sort(key=lambda bound: -bound.number / (bound.end - bound.start))
    most.sort(key=lambda bound: bound.number / (bound.end - bound.start))
    return least[: MOST_AROUND // 2] + most[: MOST_AROUND // 2]


def _held_against(
    claim: Claim,
    bounds: list[Bound],
    words: Vocabulary,
    kept: str,
    around: dict[str, tuple[Claim, Fraction]],
) -> Strain:
    """The strain of a claim: all bounds kept, the highest daily rate in its window smallest."""
    first, last = _ordinals(claim)
    system = System(bounds, words, (claim.layer, first, last + 1))
    rows: list[Row] = [(row, number, INFINITY) for row, number in system.rows]
    offset, rate = len(rows) - len(bounds), system.size
    for at, (start, end) in enumerate(itertools.pairwise(system.points)):
        if first <= start and end <= last + 1:
            counted = system.stretch(claim.layer, at)
            rows.append(({counted: -1, rate: end - start}, 0, INFINITY))
    rows += [(row, 0, 0) for row in system.equal]
    found = solved({rate: 1}, rows, system.size + 1)
    if found is None:
        return Strain(None, *around[claim.name], kept, (), tuple(bounds))
    weights = (
        Fraction(dual).limit_denominator(_LONGEST)
        for dual in found.duals[offset : offset + len(bounds)]
    )
    binding = [(b, w) for b, w in zip(bounds, weights, strict=True) if w > 0]
    needed = found.unknowns[rate]
    return Strain(needed, *around[claim.name], kept, tuple(binding), tuple(bounds))


# Multipliers are parts of a number of days, at most so many.
_LONGEST = 100_000
