"""What could be known on a day, and who stated a claim first."""

from __future__ import annotations

import datetime
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pandas
import pytest
from hypothesis import given
from hypothesis import strategies as st

from albania_uk_migration import (
    EdtfError,
    UnknownNameError,
    as_of,
    first_stated,
    load,
    records,
    table_names,
)
from albania_uk_migration.rules.figures import first_repeated
from albania_uk_migration.series.known import known_on, stated_series
from albania_uk_migration.series.timeline import timeline_series
from albania_uk_migration.tables.package import shipped

from ..support.trying import examples

DAYS = st.dates(datetime.date(2022, 10, 1), datetime.date(2025, 6, 30))
# Columns that are set anew for what was known.
RECOMPUTED = {
    "figures": {"repeats", "agreement_id"},
    "official_releases": {"updated_on"},
}


def keys(table: str, rows: list[dict[str, Any]]) -> set[tuple[Any, ...]]:
    return {tuple(row[column] for column in shipped().key(table)) for row in rows}


@examples(40)
@given(DAYS, DAYS, st.booleans())
def test_what_is_known_only_grows(one: datetime.date, other: datetime.date, some: bool) -> None:
    before, after = (known_on(shipped(), day, some) for day in sorted((one, other)))
    for table in table_names():
        assert keys(table, before.rows(table)) <= keys(table, after.rows(table))
        assert keys(table, known_on(shipped(), one, False).rows(table)) <= keys(
            table, known_on(shipped(), one, True).rows(table)
        )


@examples(40)
@given(DAYS, st.booleans())
def test_the_tables_of_a_day_refer_to_one_another_only(day: datetime.date, some: bool) -> None:
    known = known_on(shipped(), day, some)
    for table in table_names():
        for key in shipped().resource(table)["schema"].get("foreignKeys", []):
            other = key["reference"]["resource"] or table
            there = {tuple(row[c] for c in key["reference"]["fields"]) for row in known.rows(other)}
            for row in known.rows(table):
                value = tuple(row[column] for column in key["fields"])
                assert None in value or value in there, (table, key, value)
        whole = {tuple(row[c] for c in shipped().key(table)): row for row in records(table)}
        for row in known.rows(table):
            now = whole[tuple(row[column] for column in shipped().key(table))]
            for column, cell in row.items():
                if column not in RECOMPUTED.get(table, ()):
                    assert cell == now[column]
    for row, first in first_repeated(known.rows("figures")):
        assert row["repeats"] == first


@examples(30)
@given(DAYS)
def test_nothing_certainly_known_was_published_or_stated_later(day: datetime.date) -> None:
    known = known_on(shipped(), day, uncertain=False)
    assert all(row["published_end"] <= day for row in known.rows("documents"))
    documents = {row["document_id"] for row in known.rows("documents")}
    planned = {r["statement_id"] for r in known.rows("statements") if r["made"] == "planned"}
    for table in ("figures", "trends", "statements"):
        for row in known.rows(table):
            assert row["document_id"] in documents
            said = row["stated_on_start"]
            assert said is None or said <= day or row["statement_id"] in planned


def test_on_the_last_day_everything_is_known() -> None:
    # A release of which no day was seen was public by the day these tables were made.
    for table, frame in as_of(shipped().descriptor["created"][:10]).items():
        # A change that is recorded but not yet released is known on no day.
        now = load(table) if table != "release_changes" else load(table).dropna(subset=["version"])
        assert frame.equals(now), table
    earlier = as_of("2026-06-24")
    assert "unhcr-rdf-2025-12" not in earlier["official_statistics"]["release_id"].to_list()
    nothing = as_of("2000-01-01")
    assert {name for name, frame in nothing.items() if len(frame)} == {
        *("populations", "measures", "official_releases", "official_coverage"),
    }
    # Of these no day is known, nor the days that they cover: they may always have been there.
    assert nothing["official_releases"]["release_id"].to_list() == [
        "euaa-latest-asylum-trends",
        "eurostat-asylum-monthly",
        "ho-daily-small-boats",
    ]


def test_the_calendar_of_a_day_has_what_was_out_and_what_may_have_been() -> None:
    tables = as_of("2023-05-01")
    releases = tables["official_releases"].set_index("release_id")
    assert "ho-iss-ye-mar-2023" not in releases.index
    assert releases["updated_on"].dropna().le(pandas.Timestamp("2023-05-01")).all()
    assert releases["updated_on"].isna()["ho-imb-2023-04-24"]
    covered = tables["official_coverage"].set_index(["release_id", "measure"])["last_day"]
    assert covered["ho-imb-2023-04-24", "enforced_returns"].max() == pandas.Timestamp("2023-03-31")
    assert set(tables["official_coverage"]["release_id"]) <= set(releases.index)
    # Its day was not seen: it may have been out by then, its values are not known to have been.
    tables = as_of("2024-03-01")
    assert "ho-ima-2023-11" in tables["official_releases"]["release_id"].to_list()
    assert "ho-ima-2023-07" not in tables["official_statistics"]["release_id"].to_list()


def test_a_day_that_may_be_the_day_is_known_only_where_it_is_asked_for() -> None:
    # D001 was published between 24 and 26 April 2023.
    assert "D001" not in as_of("2023-04-25")["documents"]["document_id"].to_list()
    assert "D001" in as_of("2023-04-25", uncertain=True)["documents"]["document_id"].to_list()
    assert "D001" in as_of("2023-04-26")["documents"]["document_id"].to_list()
    moment = datetime.datetime(2023, 4, 26, 12, 0)
    assert "D001" in as_of(moment)["documents"]["document_id"].to_list()


@pytest.mark.parametrize("text", ["2023", "2023-04", "2023-04-31", "[2023-04-01..2023-04-02]", "x"])
def test_a_day_must_be_one_day(text: str) -> None:
    with pytest.raises(EdtfError):
        as_of(text)


def test_what_is_no_day_at_all_says_so() -> None:
    nothing: Any = None
    with pytest.raises(EdtfError, match="is not a day"):
        as_of(nothing)


def test_a_day_is_another_package_and_leaves_the_shipped_one_alone() -> None:
    whole = len(timeline_series(shipped()).rows)
    known = known_on(shipped(), "2022-12-31", uncertain=False)
    assert {row["document_id"] for row in known.rows("figures")} == {"D000"}
    assert 0 < len(timeline_series(known).rows) < whole
    with pytest.raises(UnknownNameError):
        stated_series(known, "F026", uncertain=True)
    assert len(timeline_series(shipped()).rows) == whole
    assert len(records("figures")) == 48


def test_sixteen_threads_each_have_the_tables_of_their_own_day() -> None:
    days = [f"{year}-{month:02}-28" for year in (2022, 2023, 2024, 2025) for month in (1, 4, 7, 11)]
    alone = {day: as_of(day) for day in days}
    start = threading.Barrier(len(days))

    def asked(day: str) -> dict[str, Any]:
        start.wait()
        return as_of(day)

    with ThreadPoolExecutor(len(days)) as threads:
        together = dict(zip(days, threads.map(asked, days), strict=True))
    for day, tables in together.items():
        for name, frame in tables.items():
            pandas.testing.assert_frame_equal(frame, alone[day][name])
    assert len({len(tables["figures"]) for tables in together.values()}) > 3


def test_first_stated_tells_the_claimants_apart() -> None:
    found = first_stated("F048").set_index("figure_id")
    assert found["relation"].to_dict() == {"F048": "first", "F039": "also_stated"}
    assert first_stated("F034")["figure_id"].to_list() == ["F033", "F034"]
    assert first_stated("F034").equals(first_stated("F033"))
    assert first_stated("F011")["relation"].to_list() == ["first"]
    with pytest.raises(UnknownNameError, match='No figure called "F999"'):
        first_stated("F999")


def test_what_may_have_been_stated_before_is_not_surely_later() -> None:
    found = first_stated("F009").set_index("figure_id")["surely_later"]
    assert found.isna()["F009"]
    assert not found[["F010", "F036"]].any()
    assert len(first_stated("F001")) == 1
    assert len(first_stated("F001", uncertain=False)) == 0
