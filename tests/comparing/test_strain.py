"""Strain: what a claim needs beside its neighbours."""

from __future__ import annotations

import datetime
from math import inf
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from albania_uk_migration import records
from albania_uk_migration.claims.claim import claims_of
from albania_uk_migration.claims.given import figure_rows
from albania_uk_migration.claims.vocabulary import vocabulary
from albania_uk_migration.comparing.solver import solved
from albania_uk_migration.comparing.strain import MOST_AROUND, strains
from albania_uk_migration.comparing.systems import bounds_of
from albania_uk_migration.tables.package import shipped

from ..support.figures import made, months
from ..support.findings import Row
from ..support.trying import examples
from .daily_figures import FIRST, LENGTH, some_figures


def least_peak(rows: list[Row], row: Row) -> float:
    """The smallest highest count of a day in a figure's window, each day an unknown by itself."""
    first = FIRST.toordinal()
    peak = LENGTH
    programme: list[Any] = []
    for bound in bounds_of(
        claims_of(figure_rows(shipped(), rows), vocabulary(shipped())), rounded=True
    ):
        days = dict.fromkeys(range(bound.start - first, bound.end - first), 1)
        ends = (bound.number, inf) if bound.least else (-inf, bound.number)
        programme.append((days, *ends))
    for day in range((row["period_start"] - FIRST).days, (row["period_end"] - FIRST).days + 1):
        programme.append(({day: -1, peak: 1}, 0, inf))
    found = solved({peak: 1}, programme, LENGTH + 1)
    assert found is not None
    return found.value


@examples(150)
@given(some_figures())
def test_strain_is_the_smallest_highest_count_of_a_day(rows: list[Row]) -> None:
    words = vocabulary(shipped())
    for name, strain in strains(claims_of(figure_rows(shipped(), rows), words), words).items():
        row = next(row for row in rows if row["figure_id"] == name)
        assert strain.all_kept
        assert strain.needed == pytest.approx(least_peak(rows, row), abs=1e-6)


@examples(40)
@given(some_figures(), st.integers(MOST_AROUND + 1, 2 * MOST_AROUND))
def test_of_many_figures_the_nearest_prove_at_most_what_all_do(
    rows: list[Row], number: int
) -> None:
    words = vocabulary(shipped())
    many = [row | {"figure_id": f"F{at:03}"} for at, row in enumerate((rows * number)[:number])]
    found = strains(claims_of(figure_rows(shipped(), many), words), words)
    for row in many[: len(rows)]:
        strain = found.get(row["figure_id"])
        if strain is None:
            continue
        assert strain.needed is not None
        assert strain.needed <= least_peak(rows, row) + 1e-6
        # The claim's own bounds are always kept: some day counts its average at least.
        own = least_peak([row], row)
        assert strain.needed >= own - 1e-6


def test_figures_that_cannot_all_hold_need_no_rate() -> None:
    words = vocabulary(shipped())
    rows = [made("F1", "at_least", 9), made("F2", "at_most", 8), made("F3", "at_least", 2)]
    found = strains(claims_of(figure_rows(shipped(), rows), words), words)
    assert found["F1"].needed is found["F1"].ratio is None


def test_strain_tells_one_claim_apart_from_all_others() -> None:
    words = vocabulary(shipped())
    found = strains(claims_of(records("figures"), words), words)
    ratios = {name: strain.ratio for name, strain in found.items()}
    strained = ratios.pop("F033")
    assert strained == pytest.approx(12.8093, abs=1e-4)
    assert all(strain.all_kept for strain in found.values())
    assert max(ratio for ratio in ratios.values() if ratio is not None) <= 1.05


def test_strain_depends_on_the_end_that_is_assumed() -> None:
    words = vocabulary(shipped())
    rows = records("figures")
    for end, expected in (("2023-05-16", 13.1), ("2023-05-17", 12.8), ("2023-05-31", 9.9)):
        for row in rows:
            if row["figure_id"] in ("F033", "F034"):
                row["period_end"] = datetime.date.fromisoformat(end)
        strain = strains(claims_of(rows, words), words)["F033"]
        assert strain.ratio == pytest.approx(expected, abs=0.05)


def test_a_surge_that_no_overlapping_figure_contradicts_is_not_strained() -> None:
    # Earlier figures, far lower, do not overlap the surge: they say nothing of it.
    rows = [
        made("F1", value=100, window=months(0, 2)),
        made("F2", value=9000, window=months(3, 5)),
        made("F3", "more_than", 8900, window=months(3, 5)),
    ]
    words = vocabulary(shipped())
    found = strains(claims_of(figure_rows(shipped(), rows), words), words)
    assert "F1" not in found
    assert all((strain.ratio or 0) < 1.1 for strain in found.values())


def test_a_plain_average_over_the_widest_window_misses_the_strain() -> None:
    claims = claims_of(records("figures"), vocabulary(shipped()))
    claim = next(c for c in claims if c.name == "F033")
    average = 8001 / (claim.window.days or 1)
    strain = strains(claims, vocabulary(shipped()))["F033"]
    assert average / float(strain.rate) < 5 < (strain.ratio or 0)


def among_many(claim: Row, comparator: str, value: int) -> float:
    """What a claim on 1 to 10 January needs among 60 other figures that bind it to nothing."""
    words = vocabulary(shipped())
    others = [
        made(
            f"F{at:03}",
            comparator,
            value,
            window=(str(FIRST - datetime.timedelta(at)), "2022-01-01"),
        )
        for at in range(100, 160)
    ]
    cap = made("F001", "at_most", 10, window=("2022-01-01", "2022-01-09"))
    strain = strains(claims_of(figure_rows(shipped(), [*others, claim, cap]), words), words)["F999"]
    assert not strain.all_kept
    assert strain.needed is not None
    return strain.needed


def test_the_bounds_of_a_claim_and_the_tightest_are_among_the_nearest() -> None:
    claim = made("F999", "at_least", 100, window=("2022-01-01", "2022-01-10"))
    # Each of the others asks for more a day than the claim does, and can lie before it.
    assert among_many(claim, "at_least", 9_000) == pytest.approx(90)
    # Each of the others allows far more than the cap.
    assert among_many(claim, "exactly", 9_000) == pytest.approx(90)
