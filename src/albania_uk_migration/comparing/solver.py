"""Solve systems of limits with HiGHS, prove the answers again, and search for conflicts.

We check the answers of HiGHS again in whole numbers, and use the dual multipliers, as fractions, to
prove that there is no better answer.
"""

from __future__ import annotations

import itertools
from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple

from ..errors import ComparisonError
from .systems import System

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from ..claims.claim import Bound
    from ..claims.vocabulary import Layer, Vocabulary


class Solution(NamedTuple):
    """The smallest value of a goal, the unknowns that give it, and a dual multiplier per row."""

    value: float
    unknowns: list[float]
    duals: list[float]


INFINITY = float("inf")
# Coefficients by unknown, and the lowest and highest value of their sum.
Row = tuple[dict[int, int], float, float]


def solved(
    goal: Mapping[int, float],
    rows: Sequence[Row],
    size: int,
    *,
    whole: Iterable[int] = (),
    limits: Mapping[int, tuple[float, float]] | None = None,
) -> Solution | None:
    """The smallest value of a goal that satisfies every row.

    None if nothing satisfies them all, or if the goal has no smallest value. The unknowns are
    numbered from 0 to `size`, and each is at least zero unless `limits` says otherwise. Those in
    `whole` are whole numbers; then there are no dual multipliers. Raises ComparisonError if HiGHS
    finds no answer.
    """
    # The solver loads numpy, which takes a tenth of a second, so we import it only when needed.
    from highspy import _core as highs

    lp = highs.HighsLp()
    lp.num_col_, lp.num_row_ = size, len(rows)
    lp.col_cost_ = [float(goal.get(at, 0)) for at in range(size)]
    ends = [(limits or {}).get(at, (0.0, INFINITY)) for at in range(size)]
    lp.col_lower_ = [least for least, _ in ends]
    lp.col_upper_ = [most for _, most in ends]
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
    ends_of_search = highs.HighsModelStatus
    if status in (
        ends_of_search.kInfeasible,
        ends_of_search.kUnbounded,
        ends_of_search.kUnboundedOrInfeasible,
    ):
        return None
    if status != ends_of_search.kOptimal:
        told = solver.modelStatusToString(status).lower()
        raise ComparisonError(
            f"The solver found no answer ({told}). Use fewer figures or assumptions."
        )
    found = solver.getSolution()
    value = solver.getInfo().objective_function_value
    return Solution(value, list(found.col_value), list(found.row_dual))


# ---------------------------------------------------------------- solving, and proving the answer

# Smaller differences do not matter to the solver.
_NOISE = 1e-7


class Answer(NamedTuple):
    """The smallest value of a goal, a whole number, and whether exact arithmetic proves it.

    `weights` are the bounds that prove it, each with how often it counts.
    """

    value: int
    weights: tuple[tuple[Bound, Fraction], ...]
    proved: bool


# Beyond this many rows we ask only whether any counts satisfy them, not whether whole counts do:
# that can take half a minute for a thousand windows that all overlap.
_MOST_FOR_WHOLE = 1000


def feasible(system: System) -> bool:
    """Whether whole counts satisfy every row, each checked; see _MOST_FOR_WHOLE."""
    if not system.rows:
        return True
    if len(system.rows) > _MOST_FOR_WHOLE:
        return solved({}, _rows_of(system), system.size) is not None
    linear = solved({}, _rows_of(system), system.size)
    return linear is not None and _whole(system, {}, linear) is not None


def _rows_of(system: System) -> list[Row]:
    """The rows of a system in the solver's form: inequalities, then equations."""
    least: list[Row] = [(row, number, INFINITY) for row, number in system.rows]
    return least + [(row, 0, 0) for row in system.equal]


def _whole(system: System, goal: dict[int, int], linear: Solution) -> list[int] | None:
    """Whole counts that make the goal smallest, checked; None if none satisfy all rows.

    The linear programme nearly always gives whole numbers, and then we use those.
    """
    counts = [round(count) for count in linear.unknowns]
    near = max(abs(c - w) for c, w in zip(linear.unknowns, counts, strict=True))
    if near <= _NOISE and system.keeps(counts):
        return counts
    found = solved(goal, _rows_of(system), system.size, whole=range(system.size))
    if found is None:
        return None
    counts = [round(count) for count in found.unknowns]
    if not system.keeps(counts):
        raise ComparisonError(
            "The solver's answer, rounded to whole numbers, breaks a limit. Use fewer figures."
        )
    return counts


def extreme(
    bounds: Sequence[Bound], words: Vocabulary, target: tuple[Layer, int, int], sign: int
) -> Answer | None:
    """The smallest count of a target (sign 1), or the negative of the largest (sign -1).

    None if nothing limits it, or if the limits cannot all be true.
    """
    system = System(bounds, words, target)
    goal = {at: sign * c for at, c in system.window(*target).items()}
    linear = solved(goal, _rows_of(system), system.size)
    counts = None if linear is None else _whole(system, goal, linear)
    if linear is None or counts is None:
        return None
    value = sum(c * counts[at] for at, c in goal.items())
    weights = _weights(system, goal, linear)
    if weights is None:
        return Answer(value, (), False)
    proof = sum((w * system.rows[at][1] for at, w in weights.items()), Fraction(0))
    used = tuple(
        (bounds[at - system.counting], w) for at, w in weights.items() if at >= system.counting
    )
    return Answer(value, used, -(-proof // 1) == value)


# Multipliers of these systems are ratios of small whole numbers; other digits are noise.
_LARGEST_DENOMINATOR = 1000


def _weights(system: System, goal: dict[int, int], linear: Solution) -> dict[int, Fraction] | None:
    """Multipliers by row that add the rows up to the goal exactly; None if there are none."""
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
    # The rest must not contain a negative multiple of an unknown, because unknowns are at least
    # zero.
    return weights if all(c >= 0 for c in left.values()) else None


# ---------------------------------------------------------------- conflicts, and what binds


def _named(bounds: Iterable[Bound], names: Collection[str]) -> list[Bound]:
    wanted = set(names)
    return [bound for bound in bounds if bound.name in wanted]


def reduced(names: Sequence[str], enough: Callable[[Collection[str]], bool]) -> list[str]:
    """Names that are enough together, and none of which can be left out; it keeps the last ones."""
    kept = list(names)
    for name in names:
        fewer = [other for other in kept if other != name]
        if fewer and enough(fewer):
            kept = fewer
    return kept


def _irreducible(bounds: Sequence[Bound], words: Vocabulary) -> list[str]:
    """Names of figures that cannot all be true, although they can without any one of them."""

    def conflicting(names: Collection[str]) -> bool:
        return not feasible(System(_named(bounds, names), words))

    clashing = _clashing(System(bounds, words))
    names = [name for name in dict.fromkeys(bound.name for bound in bounds) if name in clashing]
    if not names or not conflicting(names):
        # All can be true in fractions, but not in whole numbers.
        names = list(dict.fromkeys(bound.name for bound in bounds))
    return reduced(names, conflicting)


def _clashing(system: System) -> set[str]:
    """Names of the few figures that clash most: they break a bound, or make others break one."""
    rows = _rows_of(system)
    missed = range(system.size, system.size + len(system.bounds))
    for unknown, at in enumerate(range(system.counting, len(system.rows)), start=missed.start):
        row, least, most = rows[at]
        rows[at] = {**row, unknown: 1}, least, most
    found = solved(dict.fromkeys(missed, 1), rows, missed.stop)
    duals = [] if found is None else found.duals[system.counting : len(system.rows)]
    return {b.name for b, dual in zip(system.bounds, duals, strict=True) if abs(dual) > _NOISE}


def conflicts_of(
    bounds: Sequence[Bound], words: Vocabulary, most: int = 1
) -> list[tuple[str, ...]]:
    """At most `most` irreducible sets of figures that cannot all be true; none if all can.

    We look first for sets that share no figure, then for a while for others, each time without one
    member of every set we have found.
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


# How many sets of figures to leave out in turn, for each conflict wanted.
_MOST_TRIED = 12


# Beyond this many figures we look for an irreducible set that binds, because a smallest one may
# take hours.
_MOST_FOR_FEWEST = 300


def binding(
    bounds: Sequence[Bound],
    words: Vocabulary,
    target: tuple[Layer, int, int],
    sign: int,
    answer: Answer,
) -> list[str]:
    """Names of a smallest set of figures that alone force the answer.

    `sign` is 1 for the smallest count of the target, -1 for the largest.
    """

    def forces(names: Collection[str]) -> bool:
        least = extreme(_named(bounds, names), words, target, sign)
        return least is not None and least.value >= answer.value

    names = list(dict.fromkeys(bound.name for bound in bounds))
    if len(names) <= _MOST_FOR_FEWEST:
        system = System(bounds, words, target)
        goal = {at: sign * c for at, c in system.window(*target).items()}
        fewest = _fewest(system, goal, answer.value)
        if fewest is not None and forces(fewest):
            return sorted(fewest)
    elif answer.proved:
        used = {bound.name for bound, _ in answer.weights}
        names = [name for name in names if name in used]
    return reduced(names, forces)


def _fewest(system: System, goal: dict[int, int], value: int) -> set[str] | None:
    """Names of the fewest figures whose rows, weighted, add up to more than value - 1.

    We choose multipliers that prove the value, with a whole unknown for each figure used. If
    figures say the same, we use the first.
    """
    names = sorted({bound.name for bound in system.bounds})
    rows, equal = len(system.rows), len(system.equal)
    used = range(rows + equal, rows + equal + len(names))
    use = dict(zip(names, used, strict=True))
    columns: list[dict[int, int]] = [{} for _ in range(system.size)]
    for at, row in enumerate([*(row for row, _ in system.rows), *system.equal]):
        for unknown, c in row.items():
            columns[unknown][at] = c
    limits = dict.fromkeys(range(rows, rows + equal), (-INFINITY, INFINITY))
    limits |= dict.fromkeys(used, (0.0, 1.0))
    said = set()
    for bound, at in sorted(zip(system.bounds, range(system.counting, rows), strict=True)):
        if bound[1:] in said:
            limits[at] = (0.0, 0.0)
        said.add(bound[1:])
    most = len(system.layers) + 1
    programme: list[Row] = [
        *((column, -INFINITY, goal.get(unknown, 0)) for unknown, column in enumerate(columns)),
        *(
            ({at: -1, use[bound.name]: most}, 0, INFINITY)
            for at, bound in enumerate(system.bounds, start=system.counting)
        ),
        (
            {at: number for at, (_, number) in enumerate(system.rows) if number},
            value - 1 + _ABOVE,
            INFINITY,
        ),
    ]
    found = solved(dict.fromkeys(used, 1), programme, used.stop, whole=used, limits=limits)
    return found and {name for name, at in use.items() if found.unknowns[at] > 0.5}


_ABOVE = 1e-3
