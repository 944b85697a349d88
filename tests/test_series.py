"""Returns by year: what the documents give, what they do not, and the laws that bind both."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pandas
import pytest
from hypothesis import given
from hypothesis import strategies as st

from albania_uk_migration import (
    EdtfError,
    UnknownNameError,
    __version__,
    figures_about,
    funding,
    records,
    returns_by_year,
    small_boat_arrivals_by_year,
    stated_changes,
    timeline,
)
from albania_uk_migration.reading.quantities import parse_quantity
from albania_uk_migration.series.lookup import CHOICES
from albania_uk_migration.series.returns import returns_series
from albania_uk_migration.series.stated import arrivals_series, changes_series, funding_series
from albania_uk_migration.series.timeline import timeline_series
from albania_uk_migration.tables.cells import Row
from albania_uk_migration.tables.noted_rows import Series

# Figures of the sources that break a law, each with the reason; strict: a mended one is noticed.
KNOWN_DISAGREEMENTS: dict[tuple[str, ...], str] = {}


def _returns(figures: list[Row]) -> tuple[list[Row], list[dict[str, str]]]:
    series: Series = returns_series(figures)
    return series.rows, series.left_out


def test_the_returns_that_the_documents_give() -> None:
    frame = returns_by_year().set_index("year")
    assert frame.index.to_list() == [2021, 2022, 2023]
    assert [pandas.isna(cell) for cell in frame["enforced"]] == [True, False, False]
    assert [pandas.isna(cell) for cell in frame["total"]] == [True, False, False]
    assert frame.loc[2021, "voluntary"] == 492
    parts = ["enforced", "voluntary", "total"]
    assert [frame.loc[2022, part] for part in parts] == [954, 934, 1888]
    assert [frame.loc[2023, part] for part in parts] == [389, 406, 795]
    assert frame.loc[2023, "months"] == "January to March"
    assert frame["complete"].to_list() == [True, True, False]


def test_every_figure_of_returns_is_in_or_left_out_with_a_reason() -> None:
    frame = returns_by_year()
    used = set(" ".join(frame["figure_ids"]).split())
    left_out = {item["figure_id"]: item["why"] for item in frame.attrs["left_out"]}
    near = ("returns", "enforced_returns", "voluntary_returns", "removals", "returns_to_albania")
    of_returns = {row["figure_id"] for row in records("figures") if row["measure"] in near}
    assert used | set(left_out) == of_returns
    assert not used & set(left_out)
    assert all(left_out.values())


def _figure(number: int, measure: str, start: datetime.date, end: datetime.date, value: int) -> Row:
    return {
        "figure_id": f"F{number:03d}",
        "exact": f"{value:,}",
        "claimant_id": "home-office",
        "measure": measure,
        "population": "albanian",
        "area": "GBR",
        "status": "actual",
        "period_start": start,
        "period_end": end,
        "period_start_latest": start,
        "period_end_earliest": end,
        "repeats": None,
        "value": Decimal(value),
        "lower": Decimal(value),
        "upper": Decimal(value),
    }


WHOLE = {"start": datetime.date(2022, 1, 1), "end": datetime.date(2022, 12, 31)}


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"measure": "removals"}, "its measure is removals"),
        ({"measure": "returns_to_albania"}, "its measure is returns_to_albania"),
        ({"population": "all"}, "another population or area"),
        ({"area": "EU27"}, "another population or area"),
        ({"status": "projected"}, "it is projected, not counted"),
        ({"period_start": None}, "its period is not given"),
        ({"period_end_earliest": None}, "are not certain"),
        ({"period_start_latest": datetime.date(2022, 2, 1)}, "are not certain"),
        ({"repeats": "F001"}, "it repeats F001"),
        (
            {
                "period_start": datetime.date(2021, 12, 1),
                "period_start_latest": datetime.date(2021, 12, 1),
            },
            "runs over more than one year and is never split",
        ),
    ],
)
def test_why_a_figure_is_left_out(change: Row, why: str) -> None:
    kept = _figure(1, "returns", WHOLE["start"], WHOLE["end"], 10)
    assert _returns([kept])[1] == []
    rows, left_out = _returns([{**kept, **change}])
    assert rows == []
    assert why in left_out[0]["why"]


def test_a_second_figure_for_the_same_period_is_told_with_both_numbers() -> None:
    first = _figure(1, "returns", WHOLE["start"], WHOLE["end"], 10)
    second = _figure(2, "returns", WHOLE["start"], WHOLE["end"], 11)
    rows, (left_out,) = _returns([first, second])
    assert rows[0]["total"] == 10
    assert left_out["exact"] == "11"
    assert left_out["why"].startswith("F001 (10) stands")


def test_a_year_is_complete_from_its_first_day_to_its_last() -> None:
    for day, complete in ((31, True), (30, False)):
        end = datetime.date(2022, 12, day)
        (row,), _ = _returns([_figure(1, "returns", WHOLE["start"], end, 10)])
        assert row["complete"] is complete


years = st.integers(2015, 2025)


@st.composite
def returns_that_add_up(draw: st.DrawFn) -> list[Row]:
    """Figures of enforced, voluntary and all returns, some missing, over windows of many sorts."""
    figures: list[Row] = []
    windows = draw(
        st.lists(st.tuples(years, st.integers(1, 12), st.integers(0, 23)), max_size=6, unique=True)
    )
    for year, month, length in windows:
        last = year * 12 + month - 1 + length
        end = datetime.date((last + 1) // 12, (last + 1) % 12 + 1, 1) - datetime.timedelta(1)
        parts = [draw(st.integers(0, 5000)) for _ in range(2)]
        counts = dict(
            zip(
                ("enforced_returns", "voluntary_returns", "returns"),
                [*parts, sum(parts)],
                strict=True,
            )
        )
        for measure in draw(st.sets(st.sampled_from(sorted(counts)))):
            start = datetime.date(year, month, 1)
            figures.append(_figure(len(figures) + 1, measure, start, end, counts[measure]))
    return figures


@given(returns_that_add_up())
def test_enforced_and_voluntary_make_the_total_wherever_all_are_given(figures: list[Row]) -> None:
    rows, left_out = _returns(figures)
    for row in rows:
        parts: list[Any] = [row["enforced"], row["voluntary"], row["total"]]
        if None not in parts:
            assert parts[0] + parts[1] == parts[2]
    assert len(rows) == len({row["year"] for row in rows})
    used = {name for row in rows for name in str(row["figure_ids"]).split()}
    assert used.isdisjoint(item["figure_id"] for item in left_out)
    assert len(used) + len(left_out) == len(figures)


@given(returns_that_add_up())
def test_no_period_is_split_and_nothing_is_filled_in(figures: list[Row]) -> None:
    rows, _ = _returns(figures)
    given_values = {row["value"] for row in figures}
    for row in rows:
        assert row["period_start"].year == row["period_end"].year == row["year"]
        for name in ("enforced", "voluntary", "total"):
            assert row[name] is None or row[name] in given_values


# ---------------------------------------------------------------- laws of the shipped figures


def _value(row: Row) -> Decimal:
    assert isinstance(row["value"], Decimal)
    return row["value"]


def _window(row: Row) -> tuple[Any, ...]:
    return (row["population"], row["area"], row["period_start"], row["period_end"])


def _find(measure: Any, like: Row, period: str = "period") -> Row | None:
    """The first exact figure of a measure for the population and (base) window of another."""
    wanted = (like["population"], like["area"], like[f"{period}_start"], like[f"{period}_end"])
    for row in records("figures"):
        if row["measure"] == measure and _window(row) == wanted and row["comparator"] == "exactly":
            return row
    return None


def _broken(ids: tuple[str, ...], holds: bool) -> bool:
    """Whether a law is broken where it is not known to be, or holds where it was known not to."""
    return holds == (ids in KNOWN_DISAGREEMENTS)


def test_parts_of_an_exhaustive_split_add_up_to_the_whole() -> None:
    parts = {
        str(m["measure"]): m["part_of"] for m in records("measures") if m["partition"] is not None
    }
    tried = 0
    for whole in records("figures"):
        names = [name for name, of in parts.items() if of == whole["measure"]]
        found = [_find(name, whole) for name in names]
        if names and all(found):
            rows = [row for row in found if row]
            total = sum(_value(row) for row in rows)
            ids = tuple(str(row["figure_id"]) for row in [whole, *rows])
            assert not _broken(ids, total == whole["value"]), ids
            tried += 1
    assert tried == 2


def test_shares_agree_with_their_levels_within_half_a_printed_step() -> None:
    measures = {row["measure"]: row for row in records("measures")}
    tried = 0
    for share in records("figures"):
        measure = measures[share["measure"]]
        if measure["kind"] != "share":
            continue
        part, whole = _find(measure["of"], share), _find(measure["share_of"], share)
        if part and whole:
            step = parse_quantity(str(share["exact"])).step
            assert step is not None
            computed = 100 * _value(part) / _value(whole)
            ids = (str(share["figure_id"]), str(part["figure_id"]), str(whole["figure_id"]))
            assert not _broken(ids, abs(computed - _value(share)) <= step / 2), ids
            tried += 1
    assert tried == 4


def test_changes_agree_with_their_levels_within_half_a_printed_step() -> None:
    measures = {row["measure"]: row for row in records("measures")}
    tried = 0
    for change in records("figures"):
        measure = measures[change["measure"]]
        if measure["kind"] != "change" or measure["unit"] != "percent":
            continue
        if change["comparator"] != "exactly" or change["base_period"] is None:
            continue
        level = _find(measure["of"], change)
        base = _find(measure["of"], change, "base_period")
        if level and base:
            step = parse_quantity(str(change["exact"])).step
            assert step is not None
            sign = 1 if change["direction"] == "increase" else -1
            computed = sign * 100 * (_value(level) / _value(base) - 1)
            ids = (str(change["figure_id"]), str(level["figure_id"]), str(base["figure_id"]))
            assert not _broken(ids, abs(computed - _value(change)) <= step / 2), ids
            tried += 1
    assert tried == 2


def test_a_part_is_never_larger_than_its_whole_and_a_population_than_one_that_holds_it() -> None:
    parts = {row["measure"]: row["part_of"] for row in records("measures")}
    within = {row["population"]: row["within"] for row in records("populations")}
    figures = records("figures")
    tried = 0
    for part in figures:
        for whole in figures:
            if (part["area"], part["period"]) != (whole["area"], whole["period"]):
                continue
            of_measure = parts[part["measure"]] == whole["measure"] and (
                part["population"] == whole["population"]
            )
            of_population = part["measure"] == whole["measure"] and (
                part["population"] is not None and within[part["population"]] == whole["population"]
            )
            if not (of_measure or of_population) or part["value"] is None:
                continue
            if part["unit"] != "persons" or whole["value"] is None:
                continue
            ids = (str(part["figure_id"]), str(whole["figure_id"]))
            assert not _broken(ids, _value(part) <= _value(whole)), ids
            tried += 1
    assert tried >= 6


def test_bounds_hold_the_value() -> None:
    for row in records("figures"):
        lower, value, upper = row["lower"], row["value"], row["upper"]
        known = [bound for bound in (lower, value, upper) if isinstance(bound, Decimal)]
        assert known
        assert known == sorted(known)


@pytest.mark.parametrize("column", returns_series([]).types)
def test_the_frame_is_typed_and_the_callers_own(column: str) -> None:
    first, second = returns_by_year(), returns_by_year()
    pandas.testing.assert_frame_equal(first, second)
    first[column] = None
    first.attrs["left_out"].clear()
    pandas.testing.assert_frame_equal(returns_by_year(), second)
    assert returns_by_year().attrs["left_out"]


# ---------------------------------------------------------------- the other series


def ids(frame: Any) -> list[str]:
    """Figures named by the rows of a series, as often as they are."""
    return [figure for cell in frame["figure_ids"].dropna() for figure in cell.split()]


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
    (row,) = changes_series([change, again]).rows
    assert row["figure_ids"] == "F025 F900"
    count = FIGURES["F026"]
    (row,) = arrivals_series([count, {**count, "figure_id": "F900", "repeats": "F026"}]).rows
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
            "is printed to a finer step",
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
        arrivals = arrivals_series(figures)
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
    arrivals = arrivals_series([{**FIGURES["F026"], **change}])
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


def test_the_timeline_holds_each_document_statement_and_dated_event_once() -> None:
    frame: Any = timeline()
    events = records("agreement_events")
    expected = [row["document_id"] for row in records("documents")]
    expected += [row["statement_id"] for row in records("statements")]
    expected += [row["event_id"] for row in events if row["date"] is not None]
    assert sorted(frame["id"]) == sorted(expected)
    undated = {row["event_id"] for row in events if row["date"] is None}
    assert {item["event_id"] for item in frame.attrs["left_out"]} == undated


def test_the_timeline_names_each_figure_once_where_it_is_stated() -> None:
    frame: Any = timeline()
    stated = frame[frame["kind"] != "event"]
    assert sorted(ids(stated)) == sorted(FIGURES)
    of_events = ids(frame[frame["kind"] == "event"])
    assert {"F023", "F028", "F029", "F030", "F034", "F037"} <= set(of_events)
    for figure in of_events:
        assert FIGURES[figure]["agreement_id"] is not None


def test_the_timeline_keeps_the_dates_of_its_sources() -> None:
    columns = {"documents": "published", "statements": "stated_on", "agreement_events": "date"}
    rows = {row["id"]: row for row in timeline_series().rows}
    for table, column in columns.items():
        for source in records(table):
            row = rows.get(source[next(iter(source))])
            if row:
                assert row["date"] == source[column]
                for part in ("start", "end", "basis"):
                    assert row[f"date_{part}"] == source[f"{column}_{part}"]


def test_every_signature_is_an_event_of_the_timeline() -> None:
    frame: Any = timeline()
    dated = set(zip(frame["agreement_id"], frame["date"], strict=True))
    for row in records("agreements"):
        if row["signed"] is not None:
            assert (row["agreement_id"], row["signed"]) in dated


def test_the_timeline_stands_by_the_last_possible_day() -> None:
    frame: Any = timeline()
    days = frame["date_end"].fillna(frame["date_start"])
    assert days.is_monotonic_increasing
    ranges = frame[frame["date_start"].notna()]
    assert (ranges["date_start"] <= ranges["date_end"]).all()


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


def test_figures_are_found_by_each_key_and_by_all() -> None:
    for argument, (column, _) in CHOICES.items():
        for asked in {row[column] for row in FIGURES.values()} - {None}:
            found = figures_about(**{argument: asked})["figure_id"].to_list()
            assert found == [i for i, row in FIGURES.items() if row[column] == asked]
    both = figures_about(measure=["returns", "removals"], claimant="home-office")
    assert set(both["measure"]) == {"returns"}
    assert figures_about().shape == (48, 44)
    assert len(figures_about(measure="port_returns")) == 0


@given(st.dates(datetime.date(2018, 1, 1), datetime.date(2026, 12, 31)))
def test_a_period_finds_the_figures_whose_window_it_meets(day: datetime.date) -> None:
    found = set(figures_about(period=day.isoformat())["figure_id"])
    for figure, row in FIGURES.items():
        first = row["period_start"] or datetime.date.min
        last = row["period_end"] or datetime.date.max
        assert (figure in found) == (row["period"] is not None and first <= day <= last)


def test_what_is_asked_amiss_is_named() -> None:
    with pytest.raises(UnknownNameError, match='no measure "retuns"; did you mean "returns"'):
        figures_about(measure="retuns")
    with pytest.raises(UnknownNameError, match='no claimant "home office"; did you mean "home-of'):
        figures_about(claimant=["labour", "home office"])
    with pytest.raises(EdtfError):
        figures_about(period="last year")


def test_a_sum_of_no_agreement_is_shown_without_one() -> None:
    rows = [dict(row) for row in records("figures")]
    for row in rows:
        if row["figure_id"] == "F045":
            row["agreement_id"] = None
    series = funding_series(rows)
    assert {row["figure_ids"]: row["agreement_id"] for row in series.rows}["F045"] is None
    assert all("None" not in item["why"] for item in series.left_out)
