"""What was known on a day, and who stated a claim first.

A row is known from the day its document was published, even if it reports something older, because
the tables know only what the documents say. Dates are ranges: an argument chooses between what was
certainly known and what may have been.
"""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

from ..citing.noted_rows import Series
from ..claims.given import figure_row
from ..errors import ComparisonError
from ..official.vintages import made_on, may_be_public_on, public_by
from ..rules.figures import CLAIM_COLUMNS, first_repeated, windows_meet
from ..tables.cells import frame, label
from ..tables.edtf import one_day
from ..tables.package import shipped
from .grouping import types_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas

    from ..claims.given import GivenFigure
    from ..tables.cells import Row
    from ..tables.package import Package


def known_on(package: Package, date: str | datetime.date, uncertain: bool) -> Package:
    """A package with the rows that were known on a day; see as_of."""
    day = one_day(date)
    if not isinstance(uncertain, bool):
        raise ComparisonError(f"Give uncertain as true or false, not as {uncertain!r:.40}.")
    tables = {name: [dict(row) for row in package.rows(name)] for name in package.resources}

    def out_by(row: Row, column: str) -> bool:
        start, end = row[f"{column}_start"], row[f"{column}_end"]
        if uncertain:
            return start is None or bool(start <= day)
        return end is not None and bool(end <= day)

    tables["documents"] = [row for row in tables["documents"] if out_by(row, "published")]
    documents = {row["document_id"] for row in tables["documents"]}
    made = {row["statement_id"]: row["made"] for row in tables["statements"]}

    def known(row: Row) -> bool:
        if row["document_id"] not in documents:
            return False
        started = row.get("stated_on_start")
        return made.get(row.get("statement_id")) == "planned" or started is None or started <= day

    for name, rows in tables.items():
        if name != "documents" and rows and "document_id" in rows[0]:
            tables[name] = [row for row in rows if known(row)]
    _keep_official(tables, day, uncertain, made_on(package))
    _keep_agreements(tables)
    _keep_actors(package, tables)
    keys = {(name, label(row, package.key(name))) for name, rows in tables.items() for row in rows}
    tables["proof_exceptions"] = [
        row for row in tables["proof_exceptions"] if (row["table"], row["row"]) in keys
    ]
    for row, first in first_repeated(tables["figures"]):
        row["repeats"] = first
    return package.with_rows(tables)


def _keep_official(
    tables: dict[str, list[Row]], day: datetime.date, uncertain: bool, made: datetime.date
) -> None:
    """Keep the releases, values, follow-ups and corrections that were public on a day.

    A release that may have been out stays in the calendar with the days that it covers. Its values
    stay only if it was certainly out.
    """
    calendar = [row for row in tables["official_releases"] if may_be_public_on(row, day)]
    for row in calendar:
        if row["updated_on"] is not None and row["updated_on"] > day:
            row["updated_on"] = None
    tables["official_releases"] = calendar
    releases = {row["release_id"] for row in calendar}
    surely = {row["release_id"] for row in calendar if public_by(row, made) <= day}
    tables["official_coverage"] = [
        row for row in tables["official_coverage"] if row["release_id"] in releases
    ]
    tables["official_statistics"] = [
        row
        for row in tables["official_statistics"]
        if row["release_id"] in surely
        or (uncertain and row["release_id"] in releases and row["period_end"] < day)
    ]
    tables["release_changes"] = [
        row
        for row in tables["release_changes"]
        if row["released"] is not None and row["released"] <= day
    ]
    figures = {row["figure_id"] for row in tables["figures"]}
    tables["follow_ups"] = [
        row
        for row in tables["follow_ups"]
        if (row["date"] or made) <= day and row["figure_id"] in figures
    ]


def _keep_agreements(tables: dict[str, list[Row]]) -> None:
    """Keep agreements with a known event, and the parties and links that rest on such events."""
    events = {row["event_id"] for row in tables["agreement_events"]}
    names = {row["agreement_id"] for row in tables["agreement_events"]}
    tables["agreements"] = [row for row in tables["agreements"] if row["agreement_id"] in names]
    for table in ("agreement_parties", "agreement_links"):
        tables[table] = [
            row
            for row in tables[table]
            if row["agreement_id"] in names
            and row.get("other_id", row["agreement_id"]) in names
            and (row["event_id"] is None or row["event_id"] in events)
        ]
    for row in tables["figures"]:
        if row["agreement_id"] not in names:
            row["agreement_id"] = None


def _keep_actors(package: Package, tables: dict[str, list[Row]]) -> None:
    """Keep actors that a known row names, and those that they are part of; at the end, keep all.

    If no row names an actor, we do not know which document does.
    """
    if len(tables["documents"]) == len(package.rows("documents")):
        return
    wholes = {row["actor_id"]: row["part_of"] for row in tables["actors"]}
    named = {
        cell
        for name, rows in tables.items()
        if name != "actors"
        for cell in _actors_of(package, name, rows)
    }
    for actor in list(named):
        while (actor := wholes.get(actor)) is not None and actor not in named:
            named.add(actor)
    tables["actors"] = [row for row in tables["actors"] if row["actor_id"] in named]


def _actors_of(package: Package, table: str, rows: Iterable[Row]) -> set[Any]:
    columns = [
        key["fields"][0]
        for key in package.resource(table)["schema"].get("foreignKeys", [])
        if key["reference"]["resource"] == "actors"
    ]
    return {row[column] for row in rows for column in columns} - {None}


def as_of(date: str | datetime.date, *, uncertain: bool = False) -> dict[str, pandas.DataFrame]:
    """Every table as it was known on a day: a dictionary from names to frames like those of `load`.

    A document is known from the day it was published. A figure, trend, statement, event or excluded
    number is known from the same day, but not before it was stated (a plan is known from the day
    its document was published). An agreement is known from its first known event, a party or link
    from the event it rests on, an actor once a known row names it; measures and populations always.
    `repeats` names the first statement among those known. The tables of official releases have
    those that were out or may have been, with the days they cover. Values are known from the day by
    which their release was public. A follow-up is known from its own day, if its figure is known.
    If we have seen no day for a value or a follow-up, it is known from the day these tables were
    made.

    Dates are ranges. With `uncertain` false, a document is in if its last possible day has come;
    with `uncertain` true, if its first possible day has come or no first day is known. `date` is a
    day, or text such as "2023-05-01". Columns and units are those of `load`. Raises EdtfError for
    any other date, ComparisonError if `uncertain` is not true or false, and DataFileError for a
    data file that is missing or altered.

    >>> tables = as_of("2023-05-01")
    >>> tables["documents"]["document_id"].to_list()
    ['D000', 'D001']
    >>> len(as_of("2023-04-25")["figures"]), len(as_of("2023-04-25", uncertain=True)["figures"])
    (8, 22)
    """
    known = known_on(shipped(), date, uncertain)
    kept = (name for name in known.resources if not known.made_from(name))
    return {name: frame(known.rows(name), known.types(name)) for name in kept}


_STATED = (
    *("figure_id", "relation", "surely_later", "claimant_id", "claimant_basis", "stated_on"),
    *("stated_on_start", "stated_on_end", "stated_on_basis", "document_id", "exact", "quote"),
)
# What two figures of different claimants must share to make the same claim.
_SAME = (*(column for column in CLAIM_COLUMNS if column != "claimant_id"), "status")


_CAVEATS = (
    "First means first in these documents. Rows are sorted by the last day on which each can have "
    "been stated."
)


def stated_series(package: Package, figure: GivenFigure, uncertain: bool) -> Series:
    """The statements of a claim, in order of time; see first_stated."""
    asked = figure_row(package, figure)
    first, last = datetime.date.min, datetime.date.max
    same = [
        row
        for row in package.rows("figures")
        if (asked["repeats"] or asked["figure_id"]) == (row["repeats"] or row["figure_id"])
        or (
            windows_meet(asked, row)
            and all(asked[name] == row[name] for name in _SAME)
            and _declared(asked) == _declared(row)
        )
    ]
    if not uncertain:
        same = [row for row in same if None not in (row["stated_on_start"], row["stated_on_end"])]
    same.sort(
        key=lambda row: (
            row["stated_on_end"] or last,
            row["stated_on_start"] or first,
            row["figure_id"],
        )
    )
    rows = []
    for row in same:
        earliest = same[0]
        told = {name: row.get(name) for name in _STATED}
        if row is earliest:
            told["relation"] = "first"
        else:
            alike = row["claimant_id"] == earliest["claimant_id"]
            told["relation"] = "repeats" if alike else "also_stated"
            told["surely_later"] = (
                None not in (row["stated_on_start"], earliest["stated_on_end"])
                and row["stated_on_start"] > earliest["stated_on_end"]
            )
        rows.append(told)
    return Series(package, rows, types_of(package, _STATED), "as column exact says", _CAVEATS, [])


def _declared(row: Row) -> bool:
    return bool(row["population_basis"] == "self_declared")


def first_stated(figure: GivenFigure, *, uncertain: bool = True) -> pandas.DataFrame:
    """Who stated a claim first in these documents, and who stated it later, in order of time.

    Claims are the same if they share measure, population, area, number and hedge, and their periods
    overlap. Columns: `figure_id`; `relation`, first, repeats (the same claimant) or also_stated
    (another one); `surely_later`, whether it was certainly stated after the first (false if their
    dates overlap, because either may have come first); `claimant_id`, `claimant_basis`; `stated_on`
    with its days and basis; `document_id`; `exact`; `quote`. The columns have no units but those in
    the words. Rows are in order of the last day on which they can have been stated. With
    `uncertain` false, rows without a first or a last day are left out. Someone else may have made
    the claim earlier elsewhere. Raises UnknownNameError for a figure that does not exist, and
    ComparisonError if `uncertain` is not true or false.

    >>> first_stated("F036")[["figure_id", "relation", "surely_later"]].values.tolist()
    [['F009', 'first', <NA>], ['F010', 'repeats', False], ['F036', 'repeats', False]]
    """
    return stated_series(shipped(), figure, uncertain).frame()
