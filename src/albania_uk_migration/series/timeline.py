"""Documents, statements, trends and events by date."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from ..citing.noted_rows import Series
from ..tables.package import shipped
from .asked import KINDS
from .grouping import _ids

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas

    from ..tables.cells import Row
    from ..tables.package import Package


_TIMELINE_COLUMNS = {
    "date": "string",
    "date_start": "date",
    "date_end": "date",
    "date_basis": "string",
    "kind": "string",
    "id": "string",
    "what": "string",
    "event": "string",
    "status": "string",
    "actor_id": "string",
    "agreement_id": "string",
    "document_id": "string",
    "figure_ids": "string",
}
_TIMELINE_CAVEATS = (
    "Many dates are ranges, so the order of rows is not always the order in time. Rows are sorted "
    "by the last possible day, date_end; date_start is the first, or blank if nothing limits it. "
    "We paraphrase statements; a planned one had not yet been made. A trend has the date it was "
    "stated, not the period it describes. If the status of an event is happened, the document "
    "itself says that it happened; if it is reported, the claimant says so. Nobody says that "
    "expected, potential or denied events happened."
)


def _dated(row: Row, column: str) -> Row:
    """The date of a row, in the timeline's columns."""
    return {
        "date": row[column],
        **{f"date_{part}": row[f"{column}_{part}"] for part in ("start", "end", "basis")},
    }


def timeline_series(package: Package) -> Series:
    """Documents, statements, trends and dated events; events without a date are left out."""
    figures = package.rows("figures")
    rows: list[Row] = []
    left_out = []
    for row in package.rows("documents"):
        own = [
            figure
            for figure in figures
            if figure["document_id"] == row["document_id"] and figure["statement_id"] is None
        ]
        about = {"kind": "document", "id": row["document_id"], "what": row["title"]}
        about |= {"actor_id": row["voice_id"], "figure_ids": _ids(own)}
        rows.append({**_dated(row, "published"), **about, "document_id": row["document_id"]})
    for row in package.rows("statements"):
        held = [f for f in figures if f["statement_id"] == row["statement_id"]]
        about = {"kind": "statement", "id": row["statement_id"], "what": row["gist"]}
        about |= {"status": row["made"], "actor_id": row["speaker_id"], "figure_ids": _ids(held)}
        rows.append({**_dated(row, "stated_on"), **about, "document_id": row["document_id"]})
    rows += _trends(package)
    names = {row["agreement_id"]: row["name"] for row in package.rows("agreements")}
    for row in package.rows("agreement_events"):
        name = names[row["agreement_id"]]
        if row["date"] is None:
            why = f"{name} ({row['event']}, {row['status']}): the documents state no date for it"
            left_out.append(
                {"event_id": row["event_id"], "claimant_id": row["claimant_id"], "why": why}
            )
            continue
        held = [f for f in figures if _tells_of(f, row)]
        about = {"kind": "event", "id": row["event_id"], "what": name, "figure_ids": _ids(held)}
        about |= {"actor_id": row["claimant_id"]}
        copied = ("event", "status", "agreement_id", "document_id")
        rows.append({**_dated(row, "date"), **about, **{c: row[c] for c in copied}})
    rows.sort(key=_in_time)
    rows = [{name: row.get(name) or None for name in _TIMELINE_COLUMNS} for row in rows]
    return Series(package, rows, _TIMELINE_COLUMNS, "dates in EDTF", _TIMELINE_CAVEATS, left_out)


def _trends(package: Package) -> Iterator[Row]:
    """Trends by the day they were stated: measure, people, period and direction."""
    measures = {row["measure"]: row["title"] for row in package.rows("measures")}
    populations = {row["population"]: row["title"] for row in package.rows("populations")}
    for row in package.rows("trends"):
        of = f"{measures[row['measure']]}, {populations[row['population']]}"
        what = f"{of}, {row['period'] or 'no period given'}: {row['direction'].replace('_', ' ')}"
        about = {"kind": "trend", "id": row["trend_id"], "what": what}
        about |= {"actor_id": row["claimant_id"], "document_id": row["document_id"]}
        yield {**_dated(row, "stated_on"), **about}


def _tells_of(figure: Row, event: Row) -> bool:
    """Whether a figure's quotation overlaps the words of an event of its agreement."""
    return bool(
        figure["agreement_id"] == event["agreement_id"]
        and figure["document_id"] == event["document_id"]
        and event["start_char"] < figure["quote_end"]
        and figure["quote_start"] < event["end_char"]
    )


def _in_time(row: Row) -> tuple[object, ...]:
    first, last = row["date_start"], row["date_end"]
    return (
        last or first or datetime.date.max,
        first or datetime.date.min,
        KINDS.index(row["kind"]),
        row["id"],
    )


def timeline() -> pandas.DataFrame:
    """Documents, statements, trends and dated events, in order of their last possible day.

    There is one row for each. An event in two documents is two rows, because we do not merge events
    that may differ. Columns: `date`, an EDTF expression (`[A..B]`, one unknown day between the two;
    `A/B`, from A to B); `date_start`, `date_end`, the first and last day it allows, missing if
    there is no limit; `date_basis`; `kind` (document, statement, trend, event); `id`; `what` (a
    title, the gist of a statement in our words, the measure and direction of a trend, or the
    agreement); `event` (signed, expanded, ...); `status` (for an event happened, expected,
    potential, denied or reported; for a statement made or planned); `actor_id`, the voice of the
    document, the speaker, or whoever claims the trend or event; `agreement_id`; `document_id`;
    `figure_ids`, the figures in the statement, in the document outside all statements, or in the
    words of the event about its agreement. `attrs["left_out"]` lists events without a date. `attrs`
    also has `units`, `caveats` and `citation`. Raises DataFileError for a data file that is missing
    or altered. Dates follow EDTF (ISO 8601-2:2019).

    >>> frame = timeline()
    >>> frame[frame["agreement_id"] == "A012"][["date", "event"]].values.tolist()
    [['2022-12-13', 'signed'], ['2022-12-13', 'agreed']]
    """
    return timeline_series(shipped()).frame()
