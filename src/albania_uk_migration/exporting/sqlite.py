"""A SQLite database: typed tables with keys, a view of figures in context, and full-text search."""

from __future__ import annotations

import contextlib
import datetime
import errno
import sqlite3
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from ..errors import AlbaniaUkMigrationError
from ..tables.engines import sql_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..tables.cells import Cell
    from .selection import Selection

# What we declare for each Table Schema type. SQLite keeps dates as text and truth values as 0 or 1.
_TYPES = {
    "string": "TEXT",
    "integer": "INTEGER",
    "number": "REAL",
    "boolean": "BOOLEAN",
    "date": "DATE",
}
# The words of documents, by table, that one can search.
SEARCHED = {
    "figures": "quote",
    "trends": "quote",
    "statements": "exact",
    "figures_flat": "quotation",
}

# Each figure with the names behind its identifiers. The official count is that of the newest
# release, where periods of official_latest fill the days of the figure exactly.
_VIEW = """\
CREATE VIEW figures_in_context AS
SELECT figures.figure_id, figures.exact, figures.value, figures.lower, figures.upper, figures.unit,
  measures.title AS measure, populations.title AS population, figures.area,
  figures.period, figures.period_start, figures.period_end,
  actors.name AS claimant, figures.stated_on, flat.said_by, flat.said_on, flat.wording,
  documents.title AS document, documents.seen_at AS document_url,
  agreements.name AS agreement, figures.quote,
  (
    SELECT CASE
      WHEN sum(julianday(latest.period_end) - julianday(latest.period_start) + 1)
        = julianday(figures.period_end) - julianday(figures.period_start) + 1
      THEN sum(latest.value)
    END
    FROM official_latest AS latest
    WHERE latest.measure = figures.measure AND latest.population = figures.population
      AND latest.area = figures.area AND latest.period_start >= figures.period_start
      AND latest.period_end <= figures.period_end
      AND figures.period_start_latest = figures.period_start
      AND figures.period_end_earliest = figures.period_end
  ) AS latest_official_count,
  flat.official_low, flat.official_high, flat.official_release, flat.official_link, flat.verdict
FROM figures
JOIN measures USING (measure)
LEFT JOIN populations USING (population)
JOIN actors ON actors.actor_id = figures.claimant_id
JOIN documents ON documents.document_id = figures.document_id
LEFT JOIN agreements ON agreements.agreement_id = figures.agreement_id
LEFT JOIN figures_flat AS flat ON flat.figure_id = figures.figure_id
"""
_IN_VIEW = {
    *("figures", "measures", "populations", "actors", "documents", "agreements"),
    *("official_latest", "figures_flat"),
}


def write_sqlite(selection: Selection, path: str) -> None:
    """A database with a table per table, `figures_in_context`, and an index for searching words."""
    with _new(path) as database:
        # It is written in a place of its own, which is removed if anything fails.
        database.execute("PRAGMA journal_mode = OFF")
        with database:
            database.execute("BEGIN")
            for table in selection.tables:
                database.execute(_definition(selection, table))
                columns = selection.columns(table)
                marks = ", ".join("?" * len(columns))
                database.executemany(
                    f"INSERT INTO {sql_name(table)} VALUES ({marks})",
                    (tuple(map(_stored, row.values())) for row in selection.rows(table)),
                )
            for table, column in SEARCHED.items():
                if table in selection.tables:
                    _make_searchable(database, table, column)
            if set(selection.tables) >= _IN_VIEW:
                database.execute(_VIEW)


@contextlib.contextmanager
def _new(path: str) -> Iterator[sqlite3.Connection]:
    """A new database; what it cannot write is an OSError, rows that break its keys our error."""
    with contextlib.closing(sqlite3.connect(path)) as database:
        try:
            yield database
        except sqlite3.OperationalError as error:
            raise OSError(errno.EIO, str(error)) from None
        except sqlite3.IntegrityError as error:
            raise AlbaniaUkMigrationError(
                f"The rows break a rule of their table: {error}. Correct them, or choose a form "
                "without keys, such as .json."
            ) from None


def _names(names: list[str]) -> str:
    return ", ".join(map(sql_name, names))


def _stored(cell: Cell) -> Any:
    """A cell as SQLite keeps it."""
    if isinstance(cell, Decimal):
        return float(cell)
    return cell.isoformat() if isinstance(cell, datetime.date) else cell


def _definition(selection: Selection, table: str) -> str:
    """The statement that makes a table; what each column means stands in its comments."""
    package = selection.package
    about = package.resource(table)
    lines: list[tuple[str, str]] = []
    for field in package.fields(table):
        limits = field.get("constraints", {})
        needed = " NOT NULL" if limits.get("required") else ""
        only = " UNIQUE" if limits.get("unique") else ""
        declared = f"{sql_name(field['name'])} {_TYPES[field['type']]}{needed}{only}"
        lines.append((declared, f"{field['title']}: {field['description']}"))
    lines.append((f"PRIMARY KEY ({_names(package.key(table))})", ""))
    lines += [(f"UNIQUE ({_names(key)})", "") for key in about["schema"].get("uniqueKeys", ())]
    for columns, other, others in selection.references(table):
        late = " DEFERRABLE INITIALLY DEFERRED"
        reference = f"REFERENCES {sql_name(other)} ({_names(others)}){late}"
        lines.append((f"FOREIGN KEY ({_names(columns)}) {reference}", ""))
    return "\n".join(
        [
            f"CREATE TABLE {sql_name(table)} (",
            f"  -- {_comment(about['title'])}: {_comment(about['description'])}",
            *_listed(lines),
            ")",
        ]
    )


def _listed(lines: list[tuple[str, str]]) -> Iterator[str]:
    """Definitions separated by commas, each before its comment."""
    for number, (definition, comment) in enumerate(lines, start=1):
        comma = "," if number < len(lines) else ""
        yield f"  {definition}{comma}{f' -- {_comment(comment)}' if comment else ''}"


def _comment(text: str) -> str:
    """A text on one line, as a comment must be."""
    return " ".join(text.split())


def _make_searchable(database: sqlite3.Connection, table: str, column: str) -> None:
    """A full-text index of one column, which Datasette and sqlite-utils find by its name."""
    index = sql_name(f"{table}_fts")
    database.execute(
        f"CREATE VIRTUAL TABLE {index} USING fts5({sql_name(column)}, content={sql_name(table)}, "
        "tokenize='unicode61 remove_diacritics 2')"
    )
    database.execute(f"INSERT INTO {index} ({index}) VALUES ('rebuild')")
