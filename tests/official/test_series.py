"""What offices published, by year, quarter and vintage: laws and known values."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pandas
import pytest
from hypothesis import given

from albania_uk_migration import (
    UnknownNameError,
    follow_ups,
    official_coverage,
    official_releases,
    official_series,
    official_statistics,
    official_vintages,
    records,
    returns_by_year,
)
from albania_uk_migration.official.counts import official_of, whole_period
from albania_uk_migration.official.periods import quarter_days, year_days
from albania_uk_migration.official.series import RETURNS, official_from, vintage_series
from albania_uk_migration.tables.package import shipped

from ..support.official_rows import NUMBERS, QUARTERS, official, release, value

OFFENDERS = ("fno_returns", "albanian", "GBR")


def test_vintages_of_one_year_are_all_kept() -> None:
    found = official_vintages("small_boat_arrivals", "2022").set_index("release_id")["value"]
    assert found.to_dict() == {
        "ho-iss-ye-dec-2022": 12301,
        "ho-iss-ye-mar-2023": 12301,
        "ho-iss-ye-jun-2023": 12658,
        "ho-iss-ye-sep-2023": 12658,
        "ho-iss-ye-dec-2023": 12658,
        "ho-iss-ye-sep-2025": 12658,
    }
    frame = official_vintages("returns", "2022")
    assert frame["enforced"].dropna().to_list() == [956, 959, 964, 958]
    assert frame["voluntary"].dropna().to_list() == [1002, 1019, 1036, 1052]
    assert frame["total"].dropna().to_list() == [1958, 1978, 2000, 2010, 2035]
    assert frame["port"].dropna().to_list() == [552, 552, 552, 556]


def test_returns_by_type_and_year_with_gaps_as_gaps() -> None:
    frame: Any = official_series("returns").set_index("year")
    assert frame.index.to_list() == list(range(2018, 2026))
    types = ["enforced", "voluntary", "port"]
    assert frame.loc[2023, types].to_list() == [2501, 3270, 356]
    assert frame.loc[2024, [*types, "total", "release_id"]].isna().all()
    assert frame.loc[2025, types].to_list() == [2439, 2252, 231]
    assert "revised by a fifth" in frame.loc[2025, "recheck"]
    assert frame.loc[[*range(2018, 2024)], "recheck"].isna().all()
    assert any("5,294" in item["exact"] for item in official_series("returns").attrs["left_out"])


def test_a_day_shows_what_was_public_then() -> None:
    frame = official_series("returns", vintage="2023-06-01").set_index("year")
    assert frame["release_id"].unique().tolist() == ["ho-iss-ye-mar-2023"]
    assert frame["total"].to_dict() == {2020: 827, 2021: 1183, 2022: 1958}
    assert set(frame["published_on"]) == {pandas.Timestamp("2023-05-25")}
    day = datetime.datetime(2023, 6, 1, 9, 30)
    assert official_series("returns", vintage=day).set_index("year").equals(frame)
    earlier = official_series("returns", vintage="ho-iss-ye-dec-2022").set_index("year")
    assert earlier["total"].dropna().to_dict() == {2020: 827, 2021: 1045}
    nothing = official_series("returns", vintage="2001-01-01")
    assert len(nothing) == 0
    assert "No release we have was public by then" in nothing.attrs["caveats"]


def test_a_total_is_of_its_parts_and_offenders_and_ports_are_in_none() -> None:
    for freq in ("year", "quarter"):
        for name in (*official_releases()["release_id"], "latest"):
            frame = official_series("returns", freq=freq, vintage=name)
            there = frame.dropna(subset=["total", "enforced", "voluntary"])
            assert (there["total"] == there["enforced"] + there["voluntary"]).all()


def every_series() -> list[tuple[str, str, str]]:
    return sorted(official_of(shipped()).layers())


@pytest.mark.parametrize("freq", ["year", "quarter"])
@pytest.mark.parametrize("vintage", ["latest", "2023-06-01", "ho-iss-ye-dec-2022"])
def test_the_long_series_has_the_counts_of_the_wide_one(freq: str, vintage: str) -> None:
    for measure, population, area in every_series():
        wide = official_series(measure, population, area, freq, vintage)
        long: Any = official_series(measure, population, area, freq, vintage, long=True)
        assert (set(long["population"]), set(long["area"])) <= ({population}, {area})
        assert {str(long[name].dtype) for name in ("value", "year", "quarter")} == {"Int64"}
        assert long["quarter"].isna().all() == (freq == "year" or len(long) == 0)
        places = [name for name in ("year", "quarter") if name in wide]
        assert not long.duplicated(["measure", *places]).any()
        names = {RETURNS[name]: name for name in RETURNS} if measure == "returns" else {}
        for column in wide.columns[len(places) + 2 : -6]:
            named = names.get(column, column)
            of = long[long["measure"] == (measure if named == "value" else named)]
            assert of[[*places, "value"]].values.tolist() == wide[[*places, column]].values.tolist()
            assert of.loc[of["value"].isna(), "release_id"].isna().all()
        assert long["summed"].equals((long["cells"] > 1).astype("boolean"))
        assert long.attrs == wide.attrs


def test_a_long_series_of_returns_says_what_we_added_up() -> None:
    rows: Any = official_series("returns", freq="quarter", long=True)
    first = rows[(rows["year"] == 2022) & (rows["quarter"] == 1)].set_index("measure")
    measures = ["enforced_returns", "voluntary_returns", "returns", "port_returns"]
    assert first.index.to_list() == measures
    assert first["summed"].to_list() == [False, False, True, False]
    assert first["cells"].to_list() == [1, 1, 2, 1]
    years: Any = official_series("returns", long=True).set_index(["measure", "year"])
    assert [years.loc[(measure, 2022), "value"] for measure in measures] == [958, 1052, 2010, 556]
    assert [years.loc[(measure, 2022), "cells"] for measure in measures] == [4, 4, 8, 4]


def test_returns_have_the_same_names_and_types_in_both_tables() -> None:
    counts = ["enforced", "voluntary", "total", "port"]
    series, by_year = official_series("returns"), returns_by_year("official")
    pandas.testing.assert_frame_equal(
        series[["year", "period_start", "period_end", *counts, "release_id"]],
        by_year[["year", "period_start", "period_end", *counts, "release_id"]],
        check_like=False,
    )
    for frame in (series, by_year, returns_by_year(), returns_by_year("both")):
        numbers = [name for name in map(str, frame) if name.partition("_")[0] in counts]
        assert {str(frame[name].dtype) for name in numbers} == {"Int64"}


def test_years_are_their_quarters_in_every_release() -> None:
    held = official_of(shipped())
    for layer in held.layers():
        for name in held.releases:
            counts = held.counts(layer, name, marked=True)
            for count in counts:
                if (count.start, count.end) == year_days(count.start.year):
                    rest = [c for c in counts if c is not count]
                    whole = whole_period(rest, (count.start, count.end))
                    assert whole is None or whole.value == count.value


def test_albanians_are_among_everybody() -> None:
    held = official_of(shipped())
    for measure, population, area in held.layers():
        for name in held.releases if population == "albanian" else ():
            everybody = {
                (c.start, c.end): c.value
                for c in held.counts((measure, "all", area), name, marked=True)
            }
            for count in held.counts((measure, population, area), name, marked=True):
                whole = everybody.get((count.start, count.end))
                assert whole is None or (count.value or 0) <= whole


def test_the_reference_figures_are_all_there() -> None:
    assert len(official_statistics()) == 976
    assert len(official_releases()) == 44
    assert len(official_coverage()) == 255
    assert (official_statistics()["recheck"].notna()).sum() == 64
    assert len(follow_ups()) == 40


def test_every_value_says_how_it_was_seen_and_every_release_where_it_is() -> None:
    assert (
        not official_statistics()[["release_id", "table", "verification", "source"]]
        .isna()
        .to_numpy()
        .any()
    )
    releases = official_releases()
    without = releases[releases["url"].isna()]
    assert without["note"].str.contains("there is no address|nor its whole title").all()
    assert set(without["release_id"]) == {
        *("hac-oral-evidence-2022-10-26", "fcdo-2024-05-22"),
        *("easo-2020-02-26", "easo-2021", "euaa-2022"),
    }
    assert releases["seen"].notna().all()


def test_the_values_that_stood_under_another_release_are_where_they_belong() -> None:
    """The 33 values read from the workbook of the year ending December 2022."""
    frame = official_statistics()
    moved = frame[
        (frame["release_id"] == "ho-iss-ye-dec-2022")
        & frame["measure"].isin(["enforced_returns", "voluntary_returns", "port_returns"])
        & (frame["population"] == "albanian")
    ]
    assert len(moved) == 33
    assert moved["source"].str.contains("returns-datasets-dec-2022.xlsx").all()
    old = frame[frame["release_id"] == "ho-iss-ye-sep-2022"]
    assert old["period_end"].max() <= pandas.Timestamp("2022-09-30")
    assert old["recheck"].notna().all()


def test_sums_that_the_office_would_give_are_those_of_its_cells() -> None:
    """Returns to Albania of all types, over eight quarters, in each release that has them."""
    found: dict[str, list[int | None]] = {}
    held = official_of(shipped())
    window = (datetime.date(2020, 10, 1), datetime.date(2022, 9, 30))
    for measure in ("returns_to_albania", "enforced_and_voluntary_returns_to_albania"):
        layer = (measure, "all", "GBR")
        for name in held.having(layer):
            count = whole_period(held.counts(layer, name), window)
            found.setdefault(measure, []).append(count.value if count else None)
    assert found["returns_to_albania"] == [2541, 2529, 2515, 2502, 2148]
    assert found["enforced_and_voluntary_returns_to_albania"] == [2491, 2482, 2468, 2455, 2101]


def test_documents_and_offices_are_kept_apart() -> None:
    both = returns_by_year(source="both")
    assert set(both["source"]) == {"documents", "official"}
    by = both.set_index(["source", "year"])["total"]
    assert (by["documents", 2022], by["official", 2022]) == (1888, 2010)
    assert by.xs("documents").equals(returns_by_year().set_index("year")["total"])
    assert by.xs("official").equals(returns_by_year("official").set_index("year")["total"])
    assert both[both["source"] == "documents"]["release_id"].isna().all()
    assert both[both["source"] == "official"]["figure_ids"].isna().all()
    assert both.loc[both["total"].isna(), "complete"].isna().sum() == 1
    with pytest.raises(UnknownNameError, match="source"):
        returns_by_year("offices")
    with pytest.raises(UnknownNameError, match="The documents have none"):
        returns_by_year(vintage="2023-06-01")


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        ({"measure": "retuns"}, 'Did you mean "returns"'),
        ({"measure": "returns", "population": "albanians"}, 'Did you mean "albanian"'),
        ({"measure": "returns", "area": "UK"}, "official area"),
        ({"measure": "returns", "freq": "month"}, "frequency"),
        ({"measure": "returns", "vintage": "2023-13-01"}, "vintage"),
        ({"measure": "returns", "vintage": "2023"}, "vintage"),
        ({"measure": "residents"}, "official measure"),
    ],
)
def test_what_is_not_there_is_named(arguments: dict[str, Any], named: str) -> None:
    with pytest.raises(UnknownNameError, match=named):
        official_series(**arguments)


@pytest.mark.parametrize("vintage", [None, 5, [], {}, pandas.NaT, "2023-06"])
def test_a_vintage_that_is_none_is_refused(vintage: Any) -> None:
    with pytest.raises(UnknownNameError, match="vintage"):
        official_series("returns", vintage=vintage)


def test_a_doubted_total_gives_way_to_clean_quarters_in_every_vintage() -> None:
    tables = {
        "official_statistics": [
            value("fno_returns", year_days(2022), 999, recheck="doubted"),
            *(value("fno_returns", days, 25) for days in QUARTERS[4:]),
        ],
        "official_releases": [release("one")],
    }
    series = vintage_series(shipped().with_rows(tables), "2022", OFFENDERS)
    assert [row["value"] for row in series.rows] == [100]


def test_port_returns_are_in_no_sum_and_counted_in_no_cells() -> None:
    frame: Any = official_series("returns").set_index("year")
    assert frame.loc[2022, "cells"] == 8


def test_what_is_held_of_no_such_population_says_of_whom_it_is() -> None:
    frame = official_series("asylum_claims", "all")
    assert len(frame) == 0
    assert "We have this measure for population albanian in GBR" in frame.attrs["caveats"]


def test_a_series_cites_its_releases_with_licence_and_way() -> None:
    cited = official_series("asylum_applications", area="DEU").attrs["citation"]
    assert "unhcr-rdf-2025-12: UNHCR (n.d.). Refugee Data Finder" in cited
    assert "CC-BY-4.0" in cited
    assert "PopulationStatistics/refugees" in cited


@given(NUMBERS)
def test_a_year_is_the_sum_of_all_four_quarters_or_missing(numbers: dict[Any, int]) -> None:
    held = official([value("fno_returns", days, number) for days, number in numbers.items()])
    if not numbers:
        return
    rows = official_from(shipped(), held, ["one"], OFFENDERS, "year").rows
    for row in rows:
        quarters = [quarter_days(row["year"], quarter) for quarter in (1, 2, 3, 4)]
        there = [numbers[days] for days in quarters if days in numbers]
        assert row["value"] == (sum(there) if len(there) == 4 else None)


@given(NUMBERS, NUMBERS)
def test_no_row_mixes_releases(older: dict[Any, int], newer: dict[Any, int]) -> None:
    values = [value("fno_returns", days, number, "old") for days, number in older.items()]
    values += [value("fno_returns", days, number, "new") for days, number in newer.items()]
    if not values:
        return
    releases = (release("old", "2022-12-31", "2023-02-23"), release("new"))
    held = official(values, *releases)
    rows = official_from(shipped(), held, ["new", "old"], OFFENDERS, "year").rows
    for row in rows:
        quarters = [quarter_days(row["year"], quarter) for quarter in (1, 2, 3, 4)]
        whole = {
            name: sum(numbers[days] for days in quarters)
            for name, numbers in (("old", older), ("new", newer))
            if all(days in numbers for days in quarters)
        }
        expected = next((name for name in ("new", "old") if name in whole), None)
        assert row["release_id"] == expected
        assert row["value"] == whole.get(expected or "")


def test_a_missing_code_makes_the_sum_missing_never_smaller() -> None:
    values = [value("fno_returns", days, 5) for days in QUARTERS[:3]]
    values.append(value("fno_returns", QUARTERS[3], None))
    held = official(values)
    (row,) = official_from(shipped(), held, ["one"], OFFENDERS, "year").rows
    assert row["value"] is None


def test_values_to_be_rechecked_come_after_all_others() -> None:
    year = year_days(2022)
    values = [
        value("fno_returns", year, 10, "old"),
        value("fno_returns", year, 20, "new", recheck="doubted"),
    ]
    held = official(values, release("old", "2022-12-31", "2023-02-23"), release("new"))
    (row,) = official_from(shipped(), held, ["new", "old"], OFFENDERS, "year").rows
    assert (row["value"], row["recheck"]) == (10, None)
    (row,) = official_from(shipped(), held, ["new"], OFFENDERS, "year").rows
    assert (row["value"], row["recheck"]) == (20, "doubted")


def test_numbers_are_the_ones_of_the_table() -> None:
    quarters = official_series("enforced_returns", freq="quarter", vintage="ho-iss-ye-dec-2023")
    shipped_rows = [
        row["value"]
        for row in records("official_statistics")
        if row["release_id"] == "ho-iss-ye-dec-2023"
        and row["measure"] == "enforced_returns"
        and row["population"] == "albanian"
    ]
    assert quarters["value"].to_list() == shipped_rows
    assert all(isinstance(number, (int, Decimal)) for number in shipped_rows)
