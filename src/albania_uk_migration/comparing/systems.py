"""Limits that figures set on counts, and the inequalities they make together.

Figures limit sums over periods: a lower limit applies to the widest period that the words allow, an
upper limit to the days that are certain. The unknowns are the counts, for each measure, population
and area, between the days at which a period begins or ends. Counts are never negative, the parts of
an exhaustive split add up to their whole, and a population includes those within it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..claims.claim import Bound, Claim
from ..claims.vocabulary import FLOW, Layer, Vocabulary

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence


# We leave out counts above this, where floating point cannot tell whole numbers apart.
LARGEST_COUNT = 10**11


def bounds_of(claims: Iterable[Claim], rounded: bool = False) -> list[Bound]:
    """The limits that figures set on counts; plans and projections set none."""
    bounds = []
    for claim in claims:
        if claim.kind != FLOW or not claim.counted:
            continue
        interval = claim.rounded if rounded else claim.interval
        lowest, highest = interval.whole()
        for number, days, least in (
            (lowest, claim.window.outer, True),
            (highest, claim.window.inner, False),
        ):
            if number is None or days is None or number > LARGEST_COUNT:
                continue
            if number > 0 or not least:
                start, end = days[0].toordinal(), days[1].toordinal() + 1
                bounds.append(Bound(claim.name, claim.layer, start, end, least, number))
    return bounds


def by_family(bounds: Iterable[Bound], words: Vocabulary) -> dict[Layer, list[Bound]]:
    """Limits by the family of their layer; only limits of one family can bear on one another."""
    families: dict[Layer, list[Bound]] = {}
    for bound in bounds:
        families.setdefault(words.family(bound.layer), []).append(bound)
    return families


def clusters(bounds: Iterable[Bound]) -> list[list[Bound]]:
    """Groups of limits, in order of time; periods of different groups do not overlap."""
    found: list[list[Bound]] = []
    reach = None
    for bound in sorted(bounds, key=lambda bound: bound.start):
        if reach is None or bound.start >= reach:
            found.append([])
            reach = bound.end
        found[-1].append(bound)
        reach = max(reach, bound.end)
    return found


# Runs of this many stretches have an unknown of their own. Otherwise a thousand windows of a
# thousand stretches would be a million numbers, which take minutes to solve.
_RUN = 32


class System:
    """Inequalities over counts between days, as sparse rows.

    The unknowns, none below zero, are the counts of each layer over each stretch between two days
    at which a window begins or ends, and over whole runs of stretches if windows are long. Each of
    `rows` is (coefficients by unknown, number) and says that the sum is at least the number; each
    of `equal` says that the sum is zero. The last rows are those of `bounds`, in their order; the
    rows before them are true of all counts.
    """

    def __init__(
        self,
        bounds: Sequence[Bound],
        words: Vocabulary,
        target: tuple[Layer, int, int] | None = None,
    ) -> None:
        self.bounds = bounds
        self.size = 0
        self.rows: list[tuple[dict[int, int], int]] = []
        self.equal: list[dict[int, int]] = []
        points = {day for bound in bounds for day in (bound.start, bound.end)}
        bounded = {bound.layer for bound in bounds}
        if target is not None:
            points |= set(target[1:])
            bounded.add(target[0])
        self.points = sorted(points)
        self._place = {point: at for at, point in enumerate(self.points)}
        self.layers = _layers_between(bounded, words)
        self._unknowns: dict[tuple[Layer, int, int], int] = {}
        self._count(words)
        # The number of rows before those of the bounds.
        self.counting = len(self.rows)
        for bound in bounds:
            sign = 1 if bound.least else -1
            window = self.window(bound.layer, bound.start, bound.end)
            self.rows.append(({at: sign * c for at, c in window.items()}, sign * bound.number))

    def stretch(self, layer: Layer, at: int) -> int:
        """The unknown for the count of a layer over the stretch between two successive days."""
        return self._unknown(layer, at, 1)

    def _unknown(self, layer: Layer, at: int, run: int) -> int:
        """The unknown for a run of stretches, which is the sum of the shorter runs in it."""
        key = (layer, at, run)
        found = self._unknowns.get(key)
        if found is None:
            found = self._unknowns[key] = self.size
            self.size += 1
            if run > 1:
                step = run // _RUN
                parts = {self._unknown(layer, at + i * step, step): -1 for i in range(_RUN)}
                self.equal.append({found: 1, **parts})
        return found

    def window(self, layer: Layer, start: int, end: int) -> dict[int, int]:
        """A count over days, as coefficients by unknown: the fewest runs that fill the days."""
        at, last = self._place[start], self._place[end]
        coefficients = {}
        while at < last:
            run = 1
            while at % (run * _RUN) == 0 and at + run * _RUN <= last:
                run *= _RUN
            coefficients[self._unknown(layer, at, run)] = 1
            at += run
        return coefficients

    def _count(self, words: Vocabulary) -> None:
        """What is true of counts whatever the figures say, in each stretch and so over any days."""
        for layer in self.layers:
            splits, inside = _parts_within(layer, self.layers, words)
            for at in range(len(self.points) - 1):
                whole = {self.stretch(layer, at): 1}
                for parts in splits:
                    self.equal.append(whole | {self.stretch(part, at): -1 for part in parts})
                for part in inside:
                    self.rows.append((whole | {self.stretch(part, at): -1}, 0))

    def keeps(self, counts: Sequence[int]) -> bool:
        """Whether whole numbers, one per unknown, satisfy every row."""
        return (
            min(counts) >= 0
            and all(
                sum(c * counts[at] for at, c in row.items()) >= number for row, number in self.rows
            )
            and not any(sum(c * counts[at] for at, c in row.items()) for row in self.equal)
        )


def _layers_between(bounded: Collection[Layer], words: Vocabulary) -> list[Layer]:
    """The layers through which bounds on some layers can bear on one another.

    These are the measures and populations that have bounds or lie between two that do, and the
    other parts of a split if one part is included: each of these measures for each of these
    populations.
    """
    layers: list[Layer] = []
    for area in {layer[2] for layer in bounded}:
        of_area = [layer for layer in bounded if layer[2] == area]
        populations = _between({layer[1] for layer in of_area}, words.holders)
        measures = _between({layer[0] for layer in of_area}, words.wholes)
        for measure in sorted(measures):
            for parts in words.partitions(measure).values():
                if not measures.isdisjoint(parts):
                    measures |= set(parts)
        layers += [(m, p, area) for m in measures for p in populations]
    return sorted(layers)


def _between(names: set[str], above: Callable[[str], tuple[str, ...]]) -> set[str]:
    """The names, and any name that includes one of them and lies within another."""
    found = set(names)
    for name in names:
        chain = above(name)
        reached = [at for at, holder in enumerate(chain) if holder in names]
        found |= set(chain[: reached[-1] + 1])
    return found


def _parts_within(
    layer: Layer, there: Collection[Layer], words: Vocabulary
) -> tuple[list[list[Layer]], list[Layer]]:
    """Among given layers, the parts of a layer by exhaustive split, and others directly in it."""
    measure, population, area = layer
    splits = [
        [(part, population, area) for part in parts]
        for parts in words.partitions(measure).values()
        if (parts[0], population, area) in there
    ]
    split = {part for parts in splits for part in parts}
    inside = [
        other
        for other in there
        if other[2] == area
        and other not in split
        and (
            (other[0] == measure and words.holders(other[1])[1:2] == (population,))
            or (other[1] == population and words.wholes(other[0])[1:2] == (measure,))
        )
    ]
    return splits, sorted(inside)
