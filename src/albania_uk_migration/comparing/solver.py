"""Systems of bounds on counts over windows: solved, proved again, and searched for conflicts.

Figures are bounds on sums over windows: a lower bound holds for the outermost window, an upper
bound for the window that is certain. The unknowns are the counts between the days at which some
window begins or ends, of each measure, population and area: solved some forty times as fast as
cumulative counts are, by which a window would be the difference of two. Counts are whole and never
negative, the parts of an exhaustive split add to their whole, and a population holds those within
it. HiGHS solves; what it answers is checked again in whole numbers and fractions.
"""

from __future__ import annotations

import itertools
from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple

from ..claims.claim import Bound, Claim
from ..claims.vocabulary import FLOW, Layer, Vocabulary
from ..errors import ComparisonError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence


# Counts above this are left out: floating point could not tell whole numbers apart.
LARGEST_COUNT = 10**11


def bounds_of(claims: Iterable[Claim], rounded: bool = False) -> list[Bound]:
    """The bounds that figures put on counts; what is only planned or projected puts none."""
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
    """Bounds by the family of their layer: those of one can bear on one another."""
    families: dict[Layer, list[Bound]] = {}
    for bound in bounds:
        families.setdefault(words.family(bound.layer), []).append(bound)
    return families


def clusters(bounds: Iterable[Bound]) -> list[list[Bound]]:
    """Groups of bounds, in order of time, such that no window overlaps one of another group."""
    found: list[list[Bound]] = []
    reach = None
    for bound in sorted(bounds, key=lambda bound: bound.start):
        if reach is None or bound.start >= reach:
            found.append([])
            reach = bound.end
        found[-1].append(bound)
        reach = max(reach, bound.end)
    return found


# ---------------------------------------------------------------- systems of inequalities


# Whole runs of so many stretches have an unknown of their own, for windows that hold many.
_RUN = 32


class System:
    """Inequalities over counts between days, as sparse rows.

    The unknowns are the counts of each layer over each stretch between two days at which some
    window begins or ends, none below zero, and over whole runs of stretches where windows are long.
    Each of `rows` is (coefficients by unknown, number) and says that the sum is at least the
    number; each of `equal` says that the sum is zero. `names` has the figure of each row that comes
    from one; rows without a name are what counting itself says.
    """

    def __init__(
        self,
        bounds: Sequence[Bound],
        words: Vocabulary,
        target: tuple[Layer, int, int] | None = None,
    ) -> None:
        self.size = 0
        self.rows: list[tuple[dict[int, int], int]] = []
        self.equal: list[dict[int, int]] = []
        self.names: list[str | None] = []
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
        for bound in bounds:
            sign = 1 if bound.least else -1
            window = self.window(bound.layer, bound.start, bound.end)
            self._add({at: sign * c for at, c in window.items()}, sign * bound.number, bound.name)

    def stretch(self, layer: Layer, at: int) -> int:
        """The unknown: the count of a layer over the stretch between two days that follow."""
        return self._unknown(layer, at, 1)

    def _unknown(self, layer: Layer, at: int, run: int) -> int:
        """The unknown of a run of stretches, which is the sum of the shorter runs in it."""
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
        """A count over some days, as coefficients by unknown: the fewest runs that fill them."""
        at, last = self._place[start], self._place[end]
        coefficients = {}
        while at < last:
            run = 1
            while at % (run * _RUN) == 0 and at + run * _RUN <= last:
                run *= _RUN
            coefficients[self._unknown(layer, at, run)] = 1
            at += run
        return coefficients

    def _add(self, coefficients: dict[int, int], number: int, name: str | None) -> None:
        self.rows.append((coefficients, number))
        self.names.append(name)

    def _count(self, words: Vocabulary) -> None:
        """What holds of counts whatever the figures say: of each stretch, and so of any days."""
        there = set(self.layers)
        for layer in self.layers:
            parts, held = _parts_within(layer, there, words)
            for at in range(len(self.points) - 1):
                whole = {self.stretch(layer, at): 1}
                for group, exhaustive in parts:
                    row = whole | {self.stretch(part, at): -1 for part in group}
                    if exhaustive:
                        self.equal.append(row)
                    else:
                        self._add(row, 0, None)
                for inside in held:
                    self._add(whole | {self.stretch(inside, at): -1}, 0, None)

    def broken(self, counts: Sequence[int]) -> str | None:
        """The first row that whole numbers do not keep, in words; None if they keep all."""
        if min(counts, default=0) < 0:
            return "counting: a count is below zero"
        for (row, number), name in zip(self.rows, self.names, strict=True):
            if sum(c * counts[at] for at, c in row.items()) < number:
                return name or "counting: a part is above its whole"
        for row in self.equal:
            if sum(c * counts[at] for at, c in row.items()):
                return "counting: parts do not add to their whole"
        return None


def _layers_between(bounded: Collection[Layer], words: Vocabulary) -> list[Layer]:
    """The layers by which bounds on some layers can bear on one another.

    Measures and populations that are bounded, or lie between two that are, and the other parts of a
    split of which one part is there: each of these measures for each of these populations.
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
    """Names, and those that hold one of them and lie in another."""
    found = set(names)
    for name in names:
        chain = above(name)
        reached = [at for at, holder in enumerate(chain) if holder in names]
        found |= set(chain[: reached[-1] + 1])
    return found


def _parts_within(
    layer: Layer, there: Collection[Layer], words: Vocabulary
) -> tuple[list[tuple[list[Layer], bool]], list[Layer]]:
    """Of the layers there: the parts of a layer by split, whether they exhaust it, and the rest."""
    measure, population, area = layer
    splits = []
    split_measures = set()
    for names in words.partitions(measure).values():
        split_measures |= set(names)
        group = [(name, population, area) for name in names if (name, population, area) in there]
        if group:
            splits.append((group, len(group) == len(names)))
    held = [
        other
        for other in there
        if other[2] == area
        and other != layer
        and (
            (other[0] == measure and words.holders(other[1])[1:2] == (population,))
            or (
                other[1] == population
                and words.wholes(other[0])[1:2] == (measure,)
                and other[0] not in split_measures
            )
        )
    ]
    return splits, sorted(held)


# ---------------------------------------------------------------- the solver


class Solution(NamedTuple):
    """The smallest value of a goal, the unknowns that give it, and the dual multiplier by row."""

    value: float
    unknowns: list[float]
    duals: list[float]


INFINITY = float("inf")
# Coefficients by unknown, and the least and the most that their sum may be.
Row = tuple[dict[int, int], float, float]


def solved(
    goal: Mapping[int, float],
    rows: Sequence[Row],
    size: int,
    *,
    whole: Iterable[int] = (),
    limits: Mapping[int, tuple[float, float]] | None = None,
) -> Solution | None:
    """The smallest value of a goal that keeps every row; None where nothing keeps them all.

    The unknowns are numbered from 0 to `size`, each at least zero if `limits` does not say
    otherwise; those in `whole` are whole numbers (there are no dual multipliers then). Raises
    ComparisonError where HiGHS finds no answer, as for a goal without a least value.
    """
    if not size:
        kept = all(least <= 0 <= most for _, least, most in rows)
        return Solution(0.0, [], [0.0] * len(rows)) if kept else None
    # The solver brings numpy, a tenth of a second: who asks nothing of it does not wait for it.
    from highspy import _core as highs

    lp = highs.HighsLp()
    lp.num_col_, lp.num_row_ = size, len(rows)
    lp.col_cost_ = [float(goal.get(at, 0)) for at in range(size)]
    ends = [(limits or {}).get(at, (0.0, INFINITY)) for at in range(size)]
    lp.col_lower_, lp.col_upper_ = (list(side) for side in zip(*ends, strict=True))
    lp.row_lower_ = [float(least) for _, least, _ in rows]
    lp.row_upper_ = [float(most) for _, _, most in rows]
    matrix = lp.a_matrix_
    matrix.format_ = highs.MatrixFormat.kRowwise
    matrix.start_ = list(itertools.accumulate((len(row) for row, _, _ in rows), initial=0))
    matrix.index_ = [at for row, _, _ in rows for at in row]
    matrix.value_ = [float(c) for row, _, _ in rows for c in row.values()]
    integral = set(whole)
    if integral:
        kinds = highs.HighsVarType
        lp.integrality_ = [
            kinds.kInteger if at in integral else kinds.kContinuous for at in range(size)
        ]
    # The class below `highspy.Highs`, which prints a banner before it can be silenced.
    solver: Any = highs._Highs()
    options = {"output_flag": False, "mip_rel_gap": 0.0}
    for name, value in (options if integral else options | {"solver": "simplex"}).items():
        solver.setOptionValue(name, value)
    solver.passModel(lp)
    solver.run()
    status = solver.getModelStatus()
    if status == highs.HighsModelStatus.kInfeasible:
        return None
    if status != highs.HighsModelStatus.kOptimal:
        told = solver.modelStatusToString(status).lower()
        raise ComparisonError(f"the solver found no answer: {told}")
    found = solver.getSolution()
    value = solver.getInfo().objective_function_value
    return Solution(value, list(found.col_value), list(found.row_dual))


# ---------------------------------------------------------------- solving, and proving the answer

# What differs by less is the same to the solver.
_NOISE = 1e-7


class Answer(NamedTuple):
    """The smallest value of a goal: a whole number, and whether exact arithmetic proves it.

    `weights` are the multipliers by row that prove it: what each figure's bound counts.
    """

    value: int
    counts: list[int]
    weights: dict[int, Fraction]
    proved: bool


# Of more bounds than these it is asked whether any counts keep them, not whether whole ones do.
_MOST_FOR_WHOLE = 1000


def feasible(system: System) -> bool:
    """Whether there are whole counts that keep every row, each checked; see _MOST_FOR_WHOLE."""
    if len(system.rows) > _MOST_FOR_WHOLE:
        return solved({}, _rows_of(system), system.size) is not None
    return _whole_and_linear(system, {})[0] is not None


def _rows_of(system: System) -> list[Row]:
    """The rows of a system as the solver takes them: inequalities, then equations."""
    least: list[Row] = [(row, number, INFINITY) for row, number in system.rows]
    return least + [(row, 0, 0) for row in system.equal]


def _whole_and_linear(
    system: System, goal: dict[int, int]
) -> tuple[list[int] | None, Solution | None]:
    """Whole counts that make the goal smallest, if any keep all rows; and the linear solution.

    Where the linear programme has no whole solution at its best corner, the whole one is solved.
    """
    linear = solved(goal, _rows_of(system), system.size)
    if linear is None:
        return None, None
    counts = [round(count) for count in linear.unknowns]
    near = max((abs(c - w) for c, w in zip(linear.unknowns, counts, strict=True)), default=0)
    if near > _NOISE or system.broken(counts) is not None:
        return _whole(system, goal), linear
    return counts, linear


def _whole(system: System, goal: dict[int, int]) -> list[int] | None:
    """Whole counts that make the goal smallest; None where none keep all rows."""
    found = solved(goal, _rows_of(system), system.size, whole=range(system.size))
    if found is None:
        return None
    counts = [round(count) for count in found.unknowns]
    broken = system.broken(counts)
    if broken is not None:
        raise ComparisonError(f"the solver's answer, rounded to whole numbers, breaks {broken}")
    return counts


def smallest(system: System, goal: dict[int, int]) -> Answer | None:
    """The smallest whole value of a goal; None where the figures cannot all hold.

    The goal must be bounded from below by the rows themselves.
    """
    counts, linear = _whole_and_linear(system, goal)
    if counts is None:
        return None
    value = sum(c * counts[at] for at, c in goal.items())
    weights = None if linear is None else _weights(system, goal, linear)
    proved = False
    if weights is not None:
        bound = sum((w * system.rows[at][1] for at, w in weights.items()), Fraction(0))
        proved = -(-bound.numerator // bound.denominator) == value
    return Answer(value, counts, weights or {}, proved)


# Multipliers of these systems are ratios of small whole numbers; what differs is noise.
_LARGEST_DENOMINATOR = 1000


def _weights(system: System, goal: dict[int, int], linear: Solution) -> dict[int, Fraction] | None:
    """Multipliers by row that add the rows up to the goal, exactly; None where that fails."""
    left = {at: Fraction(c) for at, c in goal.items()}
    weights = {}
    rows = [row for row, _ in system.rows] + system.equal
    for at, (row, dual) in enumerate(zip(rows, linear.duals, strict=True)):
        weight = Fraction(dual).limit_denominator(_LARGEST_DENOMINATOR)
        if weight == 0 or (weight < 0 and at < len(system.rows)):
            continue
        if at < len(system.rows):
            weights[at] = weight
        for unknown, c in row.items():
            left[unknown] = left.get(unknown, Fraction(0)) - weight * c
    # What is left must be no negative multiple of an unknown, none of which is below zero.
    return weights if all(c >= 0 for c in left.values()) else None


# ---------------------------------------------------------------- conflicts, and what binds


def _named(bounds: Iterable[Bound], names: Collection[str]) -> list[Bound]:
    wanted = set(names)
    return [bound for bound in bounds if bound.name in wanted]


def _suspects(bounds: Sequence[Bound], words: Vocabulary) -> list[str]:
    """Names of figures that cannot all hold, few if the solver finds few, else all of them.

    Each bound may be missed at a cost; those whose miss the solver cannot avoid stand in the dual.
    """
    system = System(bounds, words)
    names = list(dict.fromkeys(bound.name for bound in bounds))
    named = [at for at, name in enumerate(system.names) if name is not None]
    rows = _rows_of(system)
    for missed, at in enumerate(named, start=system.size):
        row, least, most = rows[at]
        rows[at] = {**row, missed: 1}, least, most
    width = system.size + len(named)
    cost = dict.fromkeys(range(system.size, width), 1)
    try:
        found = solved(cost, rows, width)
    except ComparisonError:
        return names
    if found is None:
        return names
    weighed = {system.names[at] for at in named if abs(found.duals[at]) > _NOISE}
    few = [name for name in names if name in weighed]
    return few if few and not feasible(System(_named(bounds, few), words)) else names


def reduced(names: Sequence[str], enough: Callable[[Collection[str]], bool]) -> list[str]:
    """Names that are enough together, and any of which is needed for that (a deletion filter).

    Runs of names are left out first, single ones last: few needed among many are soon found.
    """
    kept = list(names)
    run = max(1, len(kept) // 2)
    while True:
        at = 0
        while at < len(kept):
            fewer = kept[:at] + kept[at + run :]
            if fewer and enough(fewer):
                kept = fewer
            else:
                at += run
        if run == 1:
            return kept
        run = max(1, min(run, len(kept)) // 2)


def _irreducible(bounds: Sequence[Bound], words: Vocabulary) -> list[str]:
    """Names of figures that cannot all hold, any of which may be taken out for the rest to hold."""
    return reduced(
        _suspects(bounds, words),
        lambda names: not feasible(System(_named(bounds, names), words)),
    )


def conflicts_of(
    bounds: Sequence[Bound], words: Vocabulary, most: int = 1
) -> list[tuple[str, ...]]:
    """Irreducible sets of figures that cannot all hold, at most so many; none where all can.

    First sets are looked for that share no figure, then others, without one member of each set
    found, in turn, for a while.
    """
    found: list[tuple[str, ...]] = []
    left = list(bounds)
    while len(found) < most and left and not feasible(System(left, words)):
        found.append(tuple(sorted(_irreducible(left, words))))
        left = [bound for bound in left if bound.name not in found[-1]]
    tried: set[frozenset[str]] = set()
    waiting = [frozenset[str]()] if found else []
    while waiting and len(found) < most and len(tried) < _MOST_TRIED * most:
        without = waiting.pop(0)
        if without in tried:
            continue
        tried.add(without)
        conflict = next((known for known in found if not without & set(known)), None)
        if conflict is None:
            left = [bound for bound in bounds if bound.name not in without]
            if not left or feasible(System(left, words)):
                continue
            conflict = tuple(sorted(_irreducible(left, words)))
            found.append(conflict)
        waiting += [without | {name} for name in conflict]
    return found


# How many sets of figures are left out in turn, for each conflict that is wanted.
_MOST_TRIED = 12


# Beyond so many figures the smallest set that binds is not looked for, but an irreducible one.
_MOST_FOR_FEWEST = 300


def binding(
    bounds: Sequence[Bound],
    words: Vocabulary,
    target: tuple[Layer, int, int],
    sign: int,
    answer: Answer,
) -> list[str]:
    """Names of a smallest set of figures that by themselves force the answer.

    `sign` is 1 for the smallest count of the target, -1 for the largest.
    """

    def forces(names: Collection[str]) -> bool:
        least = extreme(_named(bounds, names), words, target, sign)
        return least is not None and least.value >= answer.value

    system = System(bounds, words, target)
    names = list(dict.fromkeys(bound.name for bound in bounds))
    if len(names) <= _MOST_FOR_FEWEST:
        goal = {at: sign * c for at, c in system.window(*target).items()}
        fewest = _fewest(system, goal, answer.value)
        if fewest is not None and forces(fewest):
            return sorted(fewest)
    else:
        weighed = {system.names[at] for at in answer.weights}
        if forces({name for name in weighed if name}):
            names = [name for name in names if name in weighed]
    return reduced(names, forces)


def _said_before(system: System) -> list[int]:
    """Rows of figures that say what a figure before them, by name, has said."""
    said: set[tuple[tuple[tuple[int, int], ...], int]] = set()
    again = []
    named = [(name, at) for at, name in enumerate(system.names) if name is not None]
    for _, at in sorted(named):
        row, number = system.rows[at]
        key = tuple(sorted(row.items())), number
        if key in said:
            again.append(at)
        said.add(key)
    return again


def _fewest(system: System, goal: dict[int, int], value: int) -> set[str] | None:
    """Names of the fewest figures whose rows, weighted, add up to more than value - 1.

    A choice of multipliers that proves the value, with a whole unknown for each figure used. Of
    figures that say the very same, the first one is used.
    """
    names = sorted({name for name in system.names if name is not None})
    place = {name: at for at, name in enumerate(names)}
    rows, equal = len(system.rows), len(system.equal)
    width = rows + equal + len(names)
    columns: list[dict[int, int]] = [{} for _ in range(system.size)]
    for at, (row, _) in enumerate(system.rows):
        for unknown, c in row.items():
            columns[unknown][at] = c
    for at, row in enumerate(system.equal):
        for unknown, c in row.items():
            columns[unknown][rows + at] = c
    most = len(system.layers) + 1
    first = rows + equal
    limits = dict.fromkeys(range(rows, first), (-INFINITY, INFINITY))
    limits |= dict.fromkeys(range(first, width), (0.0, 1.0))
    limits |= dict.fromkeys(_said_before(system), (0.0, 0.0))
    proof = {at: number for at, (_, number) in enumerate(system.rows) if number}
    programme: list[Row] = [
        *((column, -INFINITY, goal.get(unknown, 0)) for unknown, column in enumerate(columns)),
        *(
            ({at: -1, first + place[name]: most}, 0, INFINITY)
            for at, name in enumerate(system.names)
            if name is not None
        ),
        (proof, value - 1 + _ABOVE, INFINITY),
    ]
    used = range(first, width)
    try:
        found = solved(dict.fromkeys(used, 1), programme, width, whole=used, limits=limits)
    except ComparisonError:
        return None
    if found is None:
        return None
    return {name for name, at in zip(names, used, strict=True) if found.unknowns[at] > 0.5}


_ABOVE = 1e-3


def extreme(
    bounds: Sequence[Bound], words: Vocabulary, target: tuple[Layer, int, int], sign: int
) -> Answer | None:
    """The smallest (sign 1) or, with its sign turned, the largest (sign -1) count of a target.

    None where nothing bounds it, and where the bounds cannot all hold.
    """
    system = System(bounds, words, target)
    goal = {at: sign * c for at, c in system.window(*target).items()}
    if sign == 1:
        return smallest(system, goal)
    # Whoever reaches so high a ceiling is not bounded by the figures.
    ceiling = 10 * (sum(abs(number) for _, number in system.rows) + 1)
    raised = System([*bounds, Bound("", *target, False, ceiling)], words, target)
    linear = solved(goal, _rows_of(raised), raised.size)
    if linear is None or -linear.value > ceiling / 2:
        return None
    return smallest(system, goal)
