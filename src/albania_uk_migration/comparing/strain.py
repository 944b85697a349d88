"""Strain: what a claim needs that the figures around it make unlikely.

Two figures that do not contradict each other may still fit badly. If more than 8,000 people were
returned, the days without an upper limit from another figure must account for everyone whom the
other days cannot. Strain is one daily rate divided by another. The first is the lowest possible
rate on the busiest day of the claim's widest period if every other figure is true (a min-max linear
programme). The second is the highest daily rate among figures of the same measure and population
whose periods overlap it. Repeats of the claim are left out.
"""

from __future__ import annotations

import datetime
import itertools
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from ..claims.vocabulary import FLOW, Layer, Vocabulary
from ..claims.windows import WindowIndex
from .solver import INFINITY, Row, reduced, solved
from .systems import LARGEST_COUNT, System, bounds_of, by_family

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from ..claims.claim import Bound, Claim


# We call a claim strained from this multiple of the highest rate around it. A month in season has
# two or three times the rate of its year. The ratio is the finding; this threshold only sorts it.
THRESHOLD = 5.0
# We keep all figures that bear on a claim if they set at most this many limits, and otherwise those
# nearest to it: thousands of limits for each of thousands of claims would take days.
MOST_AROUND = 40

# Bounds, each with its multiplier.
_Weighed = tuple[tuple["Bound", Fraction], ...]


class Strain(NamedTuple):
    """What a claim needs, in persons per day, compared with what the figures around it give.

    `needed` is None if the figures around the claim cannot all be true. `all_kept` says whether we
    kept all other figures; if not, only those nearest to the claim, and the true strain may be
    higher. `binding` has the limits that force the rate: multiplied by their multipliers, they add
    up to it.
    """

    needed: float | None
    neighbour: Claim
    rate: Fraction
    all_kept: bool
    binding: _Weighed

    @property
    def ratio(self) -> float | None:
        """The rate the claim needs as a multiple of the highest rate around it."""
        return None if self.needed is None else self.needed / float(self.rate)

    @property
    def strained(self) -> bool:
        """Whether the ratio is so high that we call the claim strained."""
        return (self.ratio or 0) >= THRESHOLD


def _lowest(claim: Claim) -> int:
    return claim.interval.whole()[0] or 0


def strainable(claim: Claim) -> bool:
    """Whether a claim can be strained: it is a count over days with a lower limit above zero."""
    return bool(
        claim.kind == FLOW
        and claim.counted
        and claim.window.outer is not None
        and 0 < _lowest(claim) <= LARGEST_COUNT
    )


def _ordinals(claim: Claim) -> tuple[int, int]:
    first, last = claim.window.outer or (datetime.date.min, datetime.date.max)
    return first.toordinal(), last.toordinal()


def neighbours(claims: Iterable[Claim]) -> dict[str, tuple[Claim, Fraction]]:
    """For each claim, the figure around it that proves the highest daily rate, and that rate.

    A figure that repeats the claim is left out.
    """
    by_layer: dict[Layer, list[Claim]] = {}
    for claim in claims:
        if strainable(claim):
            by_layer.setdefault(claim.layer, []).append(claim)
    best: dict[str, tuple[Claim, Fraction]] = {}
    for alike in by_layer.values():
        rates = {c.name: Fraction(_lowest(c), c.window.days or 1) for c in alike}
        highest = sorted(alike, key=lambda c: -rates[c.name])
        for claim in alike:
            for other in highest:
                if other.first != claim.first and other.window.overlaps(claim.window):
                    best[claim.name] = other, rates[other.name]
                    break
    return best


class Strained:
    """Figures, prepared so that the strain of any of them can be computed."""

    def __init__(self, claims: Sequence[Claim], words: Vocabulary) -> None:
        self._words = words
        self._neighbours = neighbours(claims)
        self._repeating: dict[str, set[str]] = {}
        for claim in claims:
            self._repeating.setdefault(claim.first, set()).add(claim.name)
        self._families = {
            family: WindowIndex((b.start, b.end - 1, b) for b in sorted(bounds, key=_tightness))
            for family, bounds in by_family(bounds_of(claims, rounded=True), words).items()
        }

    def strain(self, claim: Claim) -> Strain | None:
        """The strain of one claim; None if no figure around it proves a daily rate."""
        strain = self._as_forced(claim)
        if strain is None or not strain.strained:
            return strain
        repeats = self._repeating[claim.first] - {claim.name}
        near, _ = self.around(claim)
        return strain._replace(binding=_sparing(claim, repeats, strain, near, self._words))

    def strained(self, claim: Claim) -> bool:
        """Whether a claim is strained, without looking for the fewest figures that force it."""
        strain = self._as_forced(claim)
        return strain is not None and strain.strained

    def around(self, claim: Claim) -> tuple[list[Bound], bool]:
        """The limits that bear on a claim, or the nearest of them, and whether these are all."""
        index = self._families.get(self._words.family(claim.layer))
        if index is None or claim.window.outer is None:
            return [], True
        return _around(claim, index)

    def _as_forced(self, claim: Claim) -> Strain | None:
        if claim.name not in self._neighbours:
            return None
        near, all_kept = self.around(claim)
        needed, binding = _peak(claim, near, self._words)
        return Strain(needed, *self._neighbours[claim.name], all_kept, binding)


def strains(claims: Sequence[Claim], words: Vocabulary) -> dict[str, Strain]:
    """The strain, by name, of every claim that has a neighbour and does not repeat another."""
    names = {claim.name for claim in claims}
    every = Strained(claims, words)
    found = {
        claim.name: every.strain(claim)
        for claim in claims
        if claim.first == claim.name or claim.first not in names
    }
    return {name: strain for name, strain in found.items() if strain is not None}


def _around(claim: Claim, index: WindowIndex) -> tuple[list[Bound], bool]:
    """The limits that bear on a claim, or the nearest of them, and whether these are all."""
    found = index.meeting(*_ordinals(claim))
    if not found:
        return [], True
    if len(found) > MOST_AROUND:
        return _nearest(claim, found), False
    while True:
        first = min(bound.start for bound in found)
        last = max(bound.end - 1 for bound in found)
        more = index.meeting(first, last)
        if len(more) == len(found):
            return found, True
        if len(more) > MOST_AROUND:
            return found, False
        found = more


def _tightness(bound: Bound) -> float:
    """Smallest for the lower limit with the highest rate, and the upper limit with the lowest."""
    rate = bound.number / (bound.end - bound.start)
    return -rate if bound.least else rate


def _nearest(claim: Claim, tightest: Sequence[Bound]) -> list[Bound]:
    """The claim's own limits, those on its count, and the tightest others, equal on each side."""
    near: list[Bound] = []
    for least in (True, False):
        side = [bound for bound in tightest if bound.least == least]
        alike = [bound for bound in side if bound.layer == claim.layer]
        own = [bound for bound in alike if bound.name == claim.name]
        near += list(dict.fromkeys([*own, *alike, *side]))[: MOST_AROUND // 2]
    return near


# Rates that differ by less are the same.
_NOISE = 1e-9
# Multipliers are fractions of a number of days, at most this number.
_LONGEST = 100_000


def _peak(
    claim: Claim, bounds: Sequence[Bound], words: Vocabulary
) -> tuple[float | None, _Weighed]:
    """The smallest possible highest daily rate in a claim's window, and the bounds that force it.

    The rate is None if the limits cannot all be true.
    """
    first, last = _ordinals(claim)
    system = System(bounds, words, (claim.layer, first, last + 1))
    rows: list[Row] = [(row, number, INFINITY) for row, number in system.rows]
    rate = system.size
    for at, (start, end) in enumerate(itertools.pairwise(system.points)):
        if first <= start and end <= last + 1:
            counted = system.stretch(claim.layer, at)
            rows.append(({counted: -1, rate: end - start}, 0, INFINITY))
    rows += [(row, 0, 0) for row in system.equal]
    found = solved({rate: 1}, rows, system.size + 1)
    if found is None:
        return None, ()
    duals = found.duals[system.counting : system.counting + len(bounds)]
    weights = (Fraction(dual).limit_denominator(_LONGEST) for dual in duals)
    weighed = tuple((b, w) for b, w in zip(bounds, weights, strict=True) if w > 0)
    return found.unknowns[rate], weighed


def _sparing(
    claim: Claim,
    repeats: Collection[str],
    strain: Strain,
    tried: Sequence[Bound],
    words: Vocabulary,
) -> _Weighed:
    """Figures that force the same strain, none of which can be left out; its own layer first."""

    def forced(names: Collection[str]) -> tuple[float | None, _Weighed]:
        return _peak(claim, [bound for bound in tried if bound.name in names], words)

    def enough(names: Collection[str]) -> bool:
        needed, _ = forced(names)
        return needed is not None and needed >= (strain.needed or 0) * (1 - _NOISE)

    own = {bound.name for bound in tried if bound.layer == claim.layer}
    names = {bound.name for bound in tried}
    if enough(names - set(repeats)):
        names -= set(repeats)
    order = sorted(names, key=lambda name: (name == claim.name, name in own, name))
    return forced(reduced(order, enough))[1]
