"""Arrivals, changes and money as the documents state them."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pandas
import pytest

from albania_uk_migration import (
    __version__,
    figures_about,
    funding,
    records,
    returns_by_year,
    small_boat_arrivals_by_year,
    stated_changes,
    timeline,
)
from albania_uk_migration.series.stated import arrivals_series, changes_series, funding_series

from ..support.figures import ids, with_figures

START, END = datetime.date(2022, 1, 10), datetime.date(2022, 2, 10)
FIGURES = {row["figure_id"]: row for row in records("figures")}
KIND = {row["measure"]: row["kind"] for row in records("measures")}


def test_every_count_of_small_boat_arrivals_is_in_once_or_left_out_with_a_reason() -> None:
    frame: Any = small_boat_arrivals_by_year()
    left_out = {item["figure_id"]: item["why"] for item in frame.attrs["left_out"]}
    expected = {i for i, row in FIGURES.items() if row["measure"] == "small_boat_arrivals"}
    assert sorted([*ids(frame), *left_out]) == sorted(expected)
    assert all(left_out.values())
    assert not frame.duplicated(["year", "population"]).any()


def test_the_small_boat_arrivals_that_the_documents_give() -> None:
    frame: Any = small_boat_arrivals_by_year().set_index(["population", "year"])
    albanian: Any = frame.loc["albanian"]
    assert albanian["value"].to_dict() == {2020: 50, 2021: 800, 2022: 12658, 2023: 922}
    assert albanian["complete"].to_dict() == {2020: True, 2021: True, 2022: True, 2023: False}
    assert not frame.loc["all", "complete"].any()
    assert frame.loc[("all", 2022), ["value", "lower"]].to_list() == [38000, 38000]
    assert pandas.isna(frame.loc[("all", 2022), "upper"])
    assert frame.loc[("all", 2025), "comparator"] == "about"


def test_every_change_is_stated_once() -> None:
    frame: Any = stated_changes()
    changes = [i for i, row in FIGURES.items() if KIND[row["measure"]] == "change"]
    assert sorted(ids(frame)) == sorted(changes)
    assert frame["direction"].notna().all()
    base: Any = frame.set_index("figure_ids")["base_period"]
    assert base[["F007", "F016", "F025"]].to_list() == ["2019", "2021", "2022"]
    assert base[["F042", "F046"]].isna().all()


def test_a_claim_that_is_repeated_is_one_row() -> None:
    change = FIGURES["F025"]
    again = {**change, "figure_id": "F900", "repeats": "F025"}
    (row,) = changes_series(with_figures([change, again])).rows
    assert row["figure_ids"] == "F025 F900"
    count = FIGURES["F026"]
    (row,) = arrivals_series(
        with_figures([count, {**count, "figure_id": "F900", "repeats": "F026"}])
    ).rows
    assert row["figure_ids"] == "F026 F900"


@pytest.mark.parametrize(
    ("better", "other", "why"),
    [
        ({}, {"period_start_latest": None}, "covers the whole year"),
        (
            {"period_end_earliest": END, "period_end": END},
            {"period_end_earliest": START, "period_end": START},
            "covers a longer period that is certain",
        ),
        (
            {"period_end_earliest": None},
            {"period_end_earliest": None, "value": None},
            "gives a number",
        ),
        (
            {"period_end_earliest": None},
            {"period_end_earliest": None, "value": Decimal(12700)},
            "is more precise",
        ),
        ({}, {}, "is stated first"),
    ],
)
def test_of_two_counts_of_a_year_the_better_stands(
    better: dict[str, Any], other: dict[str, Any], why: str
) -> None:
    count = FIGURES["F026"]
    stands = {**count, **better, "figure_id": "F900"}
    goes = {**count, **other, "figure_id": "F901"}
    for figures in ([stands, goes], [goes, stands]):
        arrivals = arrivals_series(with_figures(figures))
        assert [row["figure_ids"] for row in arrivals.rows] == ["F900"]
        (left_out,) = arrivals.left_out
        assert left_out["figure_id"] == "F901"
        assert why in left_out["why"]


@pytest.mark.parametrize(
    "change",
    [
        {"status": "projected"},
        {"period_start": None},
        {"period_end": datetime.date(2023, 1, 1)},
    ],
)
def test_a_count_that_is_of_no_year_is_left_out(change: dict[str, Any]) -> None:
    arrivals = arrivals_series(with_figures([{**FIGURES["F026"], **change}]))
    assert not arrivals.rows
    assert len(arrivals.left_out) == 1


def test_every_sum_of_money_is_there_once_with_its_status() -> None:
    frame: Any = funding()
    money = [i for i, row in FIGURES.items() if KIND[row["measure"]] == "money"]
    assert sorted(ids(frame)) == sorted(money)
    by_figure: Any = frame.set_index("figure_ids")
    assert by_figure["value"].to_dict() == {"F023": 4e9, "F030": 1.6e6, "F045": 1e6}
    assert by_figure.loc["F030", "providers"] == "united-kingdom"
    events = {item["event_id"] for item in frame.attrs["left_out"]}
    assert events == {"E039", "E066", "E070"}


SERIES = [returns_by_year, small_boat_arrivals_by_year, stated_changes, funding, timeline]


@pytest.mark.parametrize("function", [*SERIES, figures_about])
def test_every_series_has_units_caveats_and_a_citation(function: Any) -> None:
    frame: Any = function()
    for name in ("units", "caveats", "citation"):
        assert frame.attrs[name]
    assert __version__ in frame.attrs["citation"]
    named = set(ids(frame) if "figure_ids" in frame else frame["figure_id"])
    assert named
    assert named <= set(FIGURES)
    assert all(figure in frame.attrs["citation"] for figure in named)


def test_a_sum_of_no_agreement_is_shown_without_one() -> None:
    rows = [dict(row) for row in records("figures")]
    for row in rows:
        if row["figure_id"] == "F045":
            row["agreement_id"] = None
    series = funding_series(with_figures(rows))
    assert {row["figure_ids"]: row["agreement_id"] for row in series.rows}["F045"] is None
    assert all("None" not in item["why"] for item in series.left_out)
