"""Documents, statements, trends and events by date."""

from __future__ import annotations

from typing import Any

from albania_uk_migration import records, timeline
from albania_uk_migration.series.timeline import timeline_series
from albania_uk_migration.tables.package import shipped

from ..support.figures import ids

FIGURES = {row["figure_id"]: row for row in records("figures")}
KIND = {row["measure"]: row["kind"] for row in records("measures")}


def test_the_timeline_has_each_document_statement_trend_and_dated_event_once() -> None:
    frame: Any = timeline()
    events = records("agreement_events")
    expected = [row["document_id"] for row in records("documents")]
    expected += [row["statement_id"] for row in records("statements")]
    expected += [row["trend_id"] for row in records("trends")]
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
    columns = {"documents": "published", "agreement_events": "date"}
    columns |= {"statements": "stated_on", "trends": "stated_on"}
    rows = {row["id"]: row for row in timeline_series(shipped()).rows}
    for table, column in columns.items():
        for source in records(table):
            row = rows.get(source[next(iter(source))])
            if row:
                assert row["date"] == source[column]
                for part in ("start", "end", "basis"):
                    assert row[f"date_{part}"] == source[f"{column}_{part}"]


def test_a_trend_says_what_it_is_of_and_which_way_it_goes() -> None:
    (row,) = [row for row in timeline_series(shipped()).rows if row["id"] == "T006"]
    assert row["what"] == "Small boat arrivals, Albanians, 2022: peak"
    assert (row["kind"], row["actor_id"]) == ("trend", "the-independent")


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
