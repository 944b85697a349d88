"""Returns by year, and the laws that hold of counts, shares and changes."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pandas
import pytest
from hypothesis import given
from hypothesis import strategies as st

from albania_uk_migration import records, returns_by_year
from albania_uk_migration.citing.noted_rows import Series
from albania_uk_migration.reading.quantities import parse_quantity
from albania_uk_migration.series.returns import returns_series
from albania_uk_migration.tables.cells import Row

from ..support.figures import with_figures

# Figures of the sources that break a law, each with the reason; strict: a mended one is noticed.
KNOWN_DISAGREEMENTS: dict[tuple[str, ...], str] = {}


def _returns(figures: list[Row]) -> tuple[list[Row], list[dict[str, str]]]:
    series: Series = returns_series(with_figures(figures))
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
        ({"measure": "removals"}, "it counts removals"),
        ({"measure": "returns_to_albania"}, "it counts returns_to_albania"),
        ({"population": "all"}, "another population or area"),
        ({"area": "EU27"}, "another population or area"),
        ({"status": "projected"}, "it is projected, not counted"),
        ({"period_start": None}, "its period is not given"),
        ({"period_end_earliest": None}, "are not certain"),
        ({"period_start_latest": datetime.date(2022, 2, 1)}, "are not certain"),
        ({"repeats": "F001"}, "it repeats F001"),
        ({"lower": Decimal("9.5")}, "it is not a whole number"),
        (
            {
                "period_start": datetime.date(2021, 12, 1),
                "period_start_latest": datetime.date(2021, 12, 1),
            },
            "spans more than one year",
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
    assert left_out["why"].startswith("F001 (10) already covers")


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


@pytest.mark.parametrize("column", returns_series(with_figures([])).types)
def test_the_frame_is_typed_and_the_callers_own(column: str) -> None:
    first, second = returns_by_year(), returns_by_year()
    pandas.testing.assert_frame_equal(first, second)
    first[column] = None
    first.attrs["left_out"].clear()
    pandas.testing.assert_frame_equal(returns_by_year(), second)
    assert returns_by_year().attrs["left_out"]


KIND = {row["measure"]: row["kind"] for row in records("measures")}
