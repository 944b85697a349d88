"""A DuckDB database, and a folder of Parquet files."""

from __future__ import annotations

import contextlib
import errno
import json
import os
import re
from typing import TYPE_CHECKING

from ..errors import MissingExtraError
from ..tables.engines import fill_duckdb, sql_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    import duckdb

    from .selection import Selection

# Every DuckDB from 1.4 on opens this storage version; small tables need small blocks.
_STORAGE = "STORAGE_VERSION 'v1.4.0', BLOCK_SIZE 16384"
_LEAST, _MOST = -(2**31), 2**31 - 1


@contextlib.contextmanager
def _database(subject: str) -> Iterator[duckdb.DuckDBPyConnection]:
    """A new database in memory; what it cannot write is an OSError."""
    try:
        import duckdb
    except ImportError:
        raise MissingExtraError(subject, "duckdb", "duckdb") from None
    try:
        # One thread writes in the same order each time.
        with duckdb.connect(":memory:", config={"threads": 1}) as database:
            yield database
    except duckdb.Error as error:
        raise OSError(errno.EIO, _reason(str(error))) from None


def _reason(text: str) -> str:
    """Why DuckDB could not write, without the name of our temporary file."""
    number = re.search('"errno":"([0-9]+)"', text)
    if number:
        return os.strerror(int(number[1]))
    return text.partition("\n")[0].rpartition('": ')[2].removesuffix(".")


def write_duckdb(selection: Selection, path: str) -> None:
    """A database with a table per table; comments say what tables and columns mean."""
    with _database("a DuckDB database") as database:
        database.execute(f"ATTACH {_quoted(path)} AS made ({_STORAGE})")
        database.execute("USE made")
        database.execute("BEGIN")
        for table in selection.tables:
            about = selection.package.resource(table)
            fill_duckdb(database, table, selection.rows(table), selection.package.types(table))
            words = f"{about['title']}: {about['description']}"
            database.execute(f"COMMENT ON TABLE {sql_name(table)} IS {_quoted(words)}")
            for field in selection.package.fields(table):
                column = f"{sql_name(table)}.{sql_name(field['name'])}"
                words = f"{field['title']}: {field['description']}"
                database.execute(f"COMMENT ON COLUMN {column} IS {_quoted(words)}")
        database.execute("COMMIT")
        database.execute("USE memory")
        database.execute("DETACH made")


def write_parquet(selection: Selection, path: str) -> None:
    """One table as a Parquet file, with its Table Schema inside."""
    with _database("Parquet files") as database:
        _write_table(database, selection, selection.tables[0], path)


def write_parquet_folder(selection: Selection, path: str) -> None:
    """A folder with TABLE.parquet for each table, and datapackage.json."""
    with _database("Parquet files") as database:
        os.mkdir(path)
        for table in selection.tables:
            _write_table(database, selection, table, os.path.join(path, f"{table}.parquet"))
    selection.write_description(path, "parquet", "application/vnd.apache.parquet")


def _write_table(
    database: duckdb.DuckDBPyConnection, selection: Selection, table: str, path: str
) -> None:
    about = selection.package.resource(table)
    fill_duckdb(database, table, selection.rows(table), selection.package.types(table))
    notes = {
        "title": about["title"],
        "description": about["description"],
        "licences": json.dumps([licence["name"] for licence in about["licenses"]]),
        "table_schema": json.dumps(about["schema"], ensure_ascii=False),
    }
    listed = ", ".join(f"{name}: {_quoted(text)}" for name, text in notes.items())
    database.execute(
        f"COPY (SELECT {_columns(selection, table)} FROM {sql_name(table)}) TO {_quoted(path)} "
        f"(FORMAT parquet, COMPRESSION snappy, KV_METADATA {{{listed}}})"
    )


def _columns(selection: Selection, table: str) -> str:
    """The columns of a table, whole numbers in 32 bits where all of them fit."""
    columns = []
    for name, kind in selection.package.types(table).items():
        column = sql_name(name)
        if kind == "integer":
            cells = [row[name] for row in selection.rows(table) if row[name] is not None]
            if all(_LEAST <= cell <= _MOST for cell in cells):
                column = f"CAST({column} AS INTEGER) AS {column}"
        columns.append(column)
    return ", ".join(columns)


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
