"""Figures found by their keys."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from albania_uk_migration import EdtfError, UnknownNameError, figures_about, records
from albania_uk_migration.series.asked import CHOICES

FIGURES = {row["figure_id"]: row for row in records("figures")}
KIND = {row["measure"]: row["kind"] for row in records("measures")}


def test_figures_are_found_by_each_key_and_by_all() -> None:
    for argument, (column, _) in CHOICES.items():
        for asked in {row[column] for row in FIGURES.values()} - {None}:
            found = figures_about(**{argument: asked})["figure_id"].to_list()
            assert found == [i for i, row in FIGURES.items() if row[column] == asked]
    both = figures_about(measure=["returns", "removals"], claimant="home-office")
    assert set(both["measure"]) == {"returns"}
    assert figures_about().shape == (48, 45)
    assert len(figures_about(measure="port_returns")) == 0


@given(st.dates(datetime.date(2018, 1, 1), datetime.date(2026, 12, 31)))
def test_a_period_finds_the_figures_whose_window_it_meets(day: datetime.date) -> None:
    found = set(figures_about(period=day.isoformat())["figure_id"])
    for figure, row in FIGURES.items():
        first = row["period_start"] or datetime.date.min
        last = row["period_end"] or datetime.date.max
        assert (figure in found) == (row["period"] is not None and first <= day <= last)


def test_what_is_asked_amiss_is_named() -> None:
    with pytest.raises(
        UnknownNameError, match=r'No measure called "retuns"\. Did you mean "returns"'
    ):
        figures_about(measure="retuns")
    with pytest.raises(
        UnknownNameError, match=r'No claimant called "home office"\. Did you mean "home-of'
    ):
        figures_about(claimant=["labour", "home office"])
    with pytest.raises(EdtfError):
        figures_about(period="last year")
