"""The solver: silent, and right about what it solves."""

from __future__ import annotations

import itertools
import random
from math import inf

import pytest

from albania_uk_migration.claims.claim import claims_of
from albania_uk_migration.claims.given import figure_rows
from albania_uk_migration.claims.vocabulary import vocabulary
from albania_uk_migration.comparing.solver import Row, solved
from albania_uk_migration.comparing.systems import bounds_of
from albania_uk_migration.tables.package import shipped

from ..support.figures import made
from ..support.trying import share


def random_programme(draw: random.Random) -> tuple[dict[int, float], list[Row], int]:
    """A goal and rows of small and very large numbers; some of them cannot be kept."""
    size = draw.randint(1, 6)
    largest = draw.choice((9, 10**5, 10**11))
    rows: list[Row] = []
    for _ in range(draw.randint(0, 6)):
        row = {at: draw.choice((-2, -1, 1, 3)) for at in range(size) if draw.random() < 0.5}
        number = draw.randint(-largest, largest)
        ends = ((number, inf), (-inf, number), (number, number), (number, number + largest))
        rows.append((row, *draw.choice(ends)))
    return {at: draw.choice((0, 1, 1, 5)) for at in range(size)}, rows, size


def test_the_solver_writes_nothing_itself(capfd: pytest.CaptureFixture[str]) -> None:
    draw = random.Random(8001)
    kept = 0
    tried = share(10_000)
    for at in range(tried):
        goal, rows, size = random_programme(draw)
        whole = range(size) if at % 2 else ()
        found = solved(goal, rows, size, whole=whole)
        if found is None:
            continue
        kept += 1
        for row, least, most in rows:
            total = sum(c * found.unknowns[unknown] for unknown, c in row.items())
            slack = 1e-5 * (1 + sum(abs(c * found.unknowns[u]) for u, c in row.items()))
            assert least - slack <= total <= most + slack
    assert tried // 4 < kept < tried * 3 // 4
    printed = capfd.readouterr()
    assert printed.out == ""
    assert printed.err == ""


def test_neither_a_goal_without_a_least_value_nor_rows_nothing_keeps_are_solved() -> None:
    assert solved({0: -1}, [({0: 1}, 0, inf)], 1) is None
    assert solved({0: 1}, [({0: 1}, 2, 1)], 1) is None


def test_bounds_are_whole_numbers_just_inside_the_hedges() -> None:
    words = vocabulary(shipped())
    rows = [made("F1", "more_than", 5), made("F2", "less_than", 5), made("F3", "about", 5)]
    bounds = bounds_of(claims_of(figure_rows(shipped(), rows), words))
    assert [(b.name, b.least, b.number) for b in bounds] == [("F1", True, 6), ("F2", False, 4)]


def test_what_is_solved_in_whole_numbers_is_the_best_of_all() -> None:
    draw = random.Random(2148)
    possible = 0
    for _ in range(share(400)):
        size = draw.randint(1, 3)
        goal: dict[int, float] = {at: draw.randint(-3, 3) for at in range(size)}
        rows: list[Row] = []
        for _ in range(draw.randint(1, 4)):
            row = {at: draw.choice((-2, -1, 1, 3)) for at in range(size)}
            least = draw.randint(-8, 12)
            rows.append((row, least, least + draw.randint(0, 4)))
        kept = [
            sum(goal[at] * number for at, number in enumerate(numbers))
            for numbers in itertools.product(range(6), repeat=size)
            if all(
                least <= sum(c * numbers[at] for at, c in row.items()) <= most
                for row, least, most in rows
            )
        ]
        limits = dict.fromkeys(range(size), (0.0, 5.0))
        found = solved(goal, rows, size, whole=range(size), limits=limits)
        assert (found is None) == (not kept)
        if found is not None:
            possible += 1
            assert found.value == pytest.approx(min(kept), abs=1e-6)
    assert possible > share(400) // 10
