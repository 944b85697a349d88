"""Find the row of an identifier, and the documents or official release behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ..errors import UnknownNameError
from ..tables.cells import label

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..tables.cells import Row
    from ..tables.package import Package


class Named(NamedTuple):
    """A row, with the documents, official release and figure it rests on."""

    table: str
    identifier: str
    row: Row
    documents: list[Row]
    release: Row | None
    figure: Row | None


def named_row(package: Package, identifier: str) -> Named:
    """The row of an identifier; raises UnknownNameError if no row or table has that name."""
    for table in package.resources:
        row = package.by_name(table).get(identifier)
        if row is not None:
            return with_origins(package, table, row)
    known = [
        label(row, package.key(table)) for table in package.resources for row in package.rows(table)
    ]
    raise UnknownNameError("table or row", identifier, [*package.resources, *known])


def with_origins(package: Package, table: str, row: Row) -> Named:
    """A row of a table, with what it rests on."""
    documents = set(_documents_of(package, table, row))
    return Named(
        table=table,
        identifier=label(row, package.key(table)),
        row=row,
        documents=[one for one in package.rows("documents") if one["document_id"] in documents],
        release=release_of(package, row) if row.get("release_id") else None,
        figure=row_of(package, "figures", row["figure_id"]) if table == "follow_ups" else None,
    )


def row_of(package: Package, table: str, identifier: str) -> Row:
    """The row of a table that has an identifier."""
    (key,) = package.key(table)
    return next(row for row in package.rows(table) if row[key] == identifier)


def name_of(package: Package, table: str, identifier: str) -> str:
    """The name or title of an actor, a measure or anything else that has one."""
    row = row_of(package, table, identifier)
    return str(row.get("name") or row["title"])


# The columns that distinguish official figures on different pages of a release.
_COVERED = ("release_id", "measure", "population", "area")


def release_of(package: Package, row: Row) -> Row:
    """The official release of a row, with the row's own table and the page it is on.

    The page is that of the chapter in `official_coverage`, or that of the release.
    """
    release = row_of(package, "official_releases", row["release_id"])
    if "measure" not in row:
        return release
    covered = [
        one["url"]
        for one in package.rows("official_coverage")
        if one["url"] and all(one[column] == row[column] for column in _COVERED)
    ]
    return {**release, "table": row["table"], "url": covered[0] if covered else release["url"]}


def _documents_of(package: Package, table: str, row: Row) -> Iterator[str]:
    """The documents behind a row: its own, or those of what it belongs to."""
    if row.get("document_id"):
        yield str(row["document_id"])
    elif table == "follow_ups":
        yield str(row_of(package, "figures", row["figure_id"])["document_id"])
    elif table == "proof_exceptions":
        key = package.key(row["table"])
        for about in package.rows(row["table"]):
            if label(about, key) == row["row"]:
                yield from _documents_of(package, row["table"], about)
    elif "agreement_id" in row:
        evidence = "event_id" if row.get("event_id") else "agreement_id"
        for event in package.rows("agreement_events"):
            if event[evidence] == row[evidence]:
                yield str(event["document_id"])
