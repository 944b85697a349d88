"""Strain: what a claim needs beside its neighbours."""

from __future__ import annotations

import datetime
import itertools
from fractions import Fraction
from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from albania_uk_migration import records
from albania_uk_migration.claims.claim import Bound, claims_of
from albania_uk_migration.claims.given import figure_rows
from albania_uk_migration.claims.vocabulary import vocabulary
from albania_uk_migration.comparing.solver import Row, solved
from albania_uk_migration.comparing.strain import least_peak, strains
from albania_uk_migration.tables.package import shipped

from ..support.figures import made, months
from ..support.trying import examples


@st.composite
def some_bounds(draw: st.DrawFn) -> list[Bound]:
    """Bounds of one count that invented daily counts keep."""
    daily = draw(st.lists(st.integers(0, 9), min_size=6, max_size=12))
    found = []
    for at in range(draw(st.integers(1, 6))):
        start = draw(st.integers(0, len(daily) - 1))
        end = draw(st.integers(start + 1, len(daily)))
        total = sum(daily[start:end])
        least = draw(st.booleans())
        found.append(
            Bound(f"F{at}", ("returns", "albanian", "GBR"), start + 1, end + 1, least, total)
        )
    return found


@examples(200)
@given(some_bounds(), st.integers(1, 12), st.integers(0, 11))
def test_the_least_peak_is_that_of_the_linear_programme(
    bounds: list[Bound], first: int, length: int
) -> None:
    last = first + length
    found = least_peak(bounds, first, last)
    days = sorted({first, last + 1} | {d for b in bounds for d in (b.start, b.end)})
    rate = len(days) - 1
    rows: list[Row] = []
    for bound in bounds:
        window = {at: 1 for at, d in enumerate(days[:-1]) if bound.start <= d < bound.end}
        ends = (bound.number, inf) if bound.least else (-inf, bound.number)
        rows.append((window, *ends))
    for at, (day, after) in enumerate(itertools.pairwise(days)):
        if first <= day <= last:
            rows.append(({at: 1, rate: day - after}, -inf, 0))
    solution = solved({rate: 1}, rows, len(days))
    assert solution is not None
    assert found is not None
    assert abs(float(found) - solution.value) < 1e-6


def test_a_peak_that_cannot_be_is_none() -> None:
    layer = ("returns", "albanian", "GBR")
    bounds = [Bound("F1", layer, 1, 5, True, 9), Bound("F2", layer, 1, 5, False, 8)]
    assert least_peak(bounds, 1, 4) is None
    assert least_peak(bounds[:1], 1, 4) == Fraction(9, 4)


def test_strain_tells_one_claim_apart_from_all_others() -> None:
    words = vocabulary(shipped())
    found = strains(claims_of(records("figures"), words), words)
    ratios = {name: strain.ratio for name, strain in found.items()}
    strained = ratios.pop("F033")
    assert strained == pytest.approx(12.8093, abs=1e-4)
    assert all(strain.kept == "all" for strain in found.values())
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
