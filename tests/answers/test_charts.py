"""The rows of charts: each is what a check says, drawn as sure as it is."""

from __future__ import annotations

import functools
from decimal import Decimal
from typing import Any

import pytest

from albania_uk_migration import chart_rows, check, check_claims, official_series
from albania_uk_migration.answers.charts import (
    CHARTS,
    CLAIM,
    LATER,
    OFFICIAL,
    Mark,
    claim_by_claim,
    explained,
    marks_of,
    one_claim,
    over_time,
)
from albania_uk_migration.answers.check import Check, checks_in
from albania_uk_migration.errors import UnknownNameError
from albania_uk_migration.tables.package import Package, shipped

FIGURES = {row["figure_id"]: row for row in shipped().rows("figures")}


def checked(package: Package) -> list[Check]:
    return list(checks_in(package, [row["figure_id"] for row in package.rows("figures")]))


@functools.cache
def every_check() -> list[Check]:
    return checked(shipped())


@functools.cache
def marks(chart: str) -> list[Mark]:
    rows = {"one_claim": one_claim, "over_time": over_time, "claim_by_claim": claim_by_claim}
    return rows[chart](shipped(), every_check())


def changed(figure: str, **cells: Any) -> Package:
    """The shipped tables with some cells of a figure changed."""
    rows = [{**row, **(cells if row["figure_id"] == figure else {})} for row in FIGURES.values()]
    return shipped().with_rows({"figures": rows})


@pytest.mark.parametrize("chart", CHARTS)
def test_the_frame_has_the_marks(chart: str) -> None:
    rows = chart_rows(chart)
    assert list(rows["words"]) == [mark.words for mark in marks(chart)]
    assert set(rows["chart"]) == {chart}


def test_an_unknown_chart_is_refused() -> None:
    with pytest.raises(UnknownNameError, match='No chart called "pie"'):
        chart_rows("pie")


@pytest.mark.parametrize("chart", CHARTS)
def test_a_claim_has_the_words_days_and_limits_of_its_row(chart: str) -> None:
    for mark in marks(chart):
        if mark.kind != CLAIM:
            continue
        assert mark.figure_id is not None
        row = FIGURES[mark.figure_id]
        first = FIGURES[row["repeats"]] if row["repeats"] else row
        assert mark.words == row["exact"]
        assert (mark.value, mark.lower, mark.upper) == (row["value"], row["lower"], row["upper"])
        assert (mark.first_day, mark.last_day) == (first["period_start"], first["period_end"])
        certain = (first["period_start_latest"], first["period_end_earliest"])
        assert (mark.first_certain, mark.last_certain) == certain


def test_an_official_figure_is_the_one_that_the_check_shows() -> None:
    frame = check_claims().set_index("figure_id")
    for mark in marks("claim_by_claim"):
        if mark.kind != OFFICIAL:
            continue
        found = frame.loc[mark.figure_id]
        if found["verdict"] == "definition_differs":
            continue
        assert (mark.lower, mark.upper) == (found["official_lower"], found["official_upper"])
        assert mark.release_id == found["release_id"]
        if mark.parts:
            assert sum(mark.parts) == mark.upper


def test_official_years_are_those_of_the_series() -> None:
    years = [mark for mark in marks("over_time") if mark.kind == OFFICIAL]
    assert {mark.group for mark in years} == {mark.group for mark in marks("over_time")}
    for measure, title in (("returns", "Returns"), ("small_boat_arrivals", "Small boat arrivals")):
        frame = official_series(measure).set_index("year")
        series = frame["total" if measure == "returns" else "value"]
        shown = {int(m.period): m.value for m in years if m.group == f"{title} of Albanians (UK)"}
        assert shown == {year: Decimal(int(series[year])) for year in shown}
        assert len(shown) > 1


def test_a_year_without_a_figure_says_why() -> None:
    values = [
        row
        for row in shipped().rows("official_statistics")
        if row["measure"] != "small_boat_arrivals" or row["period_start"].year != 2021
    ]
    package = shipped().with_rows({"official_statistics": values})
    years = {
        mark.period: mark
        for mark in over_time(package, checked(package))
        if mark.kind == OFFICIAL and mark.group == "Small boat arrivals of Albanians (UK)"
    }
    assert years["2021"].value is None
    assert years["2021"].words == "no figure"
    assert years["2021"].note.startswith("no official figure for 2021: ")
    assert years["2022"].value == 12658


def test_a_repeated_claim_is_drawn_once_over_time() -> None:
    shown = [mark.figure_id for mark in marks("over_time") if mark.kind == CLAIM]
    firsts = [FIGURES[name]["repeats"] or name for name in shown if name]
    assert len(set(firsts)) == len(firsts)
    assert {"F033", "F034"} & set(shown) == {"F034"}


def test_what_is_planned_is_not_drawn_as_counted() -> None:
    for status in ("planned", "projected", "allocated"):
        package = changed("F011", status=status)
        for drawn in (over_time, claim_by_claim):
            assert "F011" not in {mark.figure_id for mark in drawn(package, checked(package))}


def test_the_claim_explained_is_the_one_with_the_largest_ratio() -> None:
    chosen = explained(every_check())
    assert chosen is not None
    ratios = check_claims()["ratio"].dropna()
    assert chosen.official is not None
    assert float(chosen.official.ratio or 0) == max(ratios)
    assert not chosen.said.whose_words
    number = Decimal(90_000)
    other = changed("F018", value=number, lower=number, upper=number, exact="90,000")
    found = explained(checked(other))
    assert found is not None
    assert found.figure_id == "F018"


def test_a_claim_that_is_not_above_its_count_is_not_explained() -> None:
    rows = [row for row in FIGURES.values() if row["figure_id"] not in ("F033", "F034")]
    package = shipped().with_rows({"figures": rows})
    assert explained(checked(package)) is None


def test_what_was_said_of_something_else_is_not_drawn() -> None:
    rows = [
        {**row, "what": "9,500 claims had been withdrawn. This is not this figure."}
        if row["figure_id"] == "F033" and row["relation"] == "after"
        else row
        for row in shipped().rows("follow_ups")
    ]
    package = shipped().with_rows({"follow_ups": rows})
    assert LATER not in {mark.kind for mark in one_claim(package, checked(package))}


def test_an_official_figure_says_what_it_counts_and_what_it_assumes() -> None:
    by_figure = {m.figure_id: m for m in marks("claim_by_claim") if m.kind == OFFICIAL}
    assert by_figure["F003"].counted == "Small boat arrivals of Albanians (UK)"
    assert by_figure["F048"].condition == "if the count ran to 14 May 2025"
    assert by_figure["F026"].condition == ""
    assert "a table covering April 2019 to March 2023 had been published" in by_figure["F011"].note
    assert "363 in 2021" in by_figure["F017"].note
    assert "2,541" in by_figure["F035"].note


def test_without_any_ratio_no_claim_is_explained() -> None:
    package = shipped().with_rows({"official_statistics": []})
    assert explained(checked(package)) is None
    assert one_claim(package, checked(package)) == []


def test_what_was_said_later_is_a_number_in_its_words() -> None:
    (later,) = [mark for mark in marks("one_claim") if mark.kind == LATER]
    assert later.words in later.period
    assert later.value is not None
    assert later.figure_id == "F034"
    without = [row for row in shipped().rows("follow_ups") if row["relation"] != "after"]
    package = shipped().with_rows({"follow_ups": without})
    kinds = [mark.kind for mark in one_claim(package, checked(package))]
    assert kinds == [CLAIM, OFFICIAL]


@pytest.mark.parametrize("figure", ["F013", "F023", "F047"])
def test_only_numbers_of_people_stand_on_the_axis_of_a_card(figure: str) -> None:
    assert [mark.kind for mark in marks_of(shipped(), check(figure))] == [CLAIM]
