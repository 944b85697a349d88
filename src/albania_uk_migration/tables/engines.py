"""Tables for polars, pyarrow and DuckDB, typed as `cells` types them for pandas.

Every engine gets the columns that `by_column` gives, so values, missing cells and order are the
same in each. The libraries come with extras of the same names and are imported when they are used.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from ..errors import MissingExtraError
from .cells import Row, by_column

if TYPE_CHECKING:
    from collections.abc import Sequence

    import duckdb
    import polars
    import pyarrow

# The DuckDB type for each Table Schema type.
DUCKDB_TYPES = {
    "string": "VARCHAR",
    "integer": "BIGINT",
    "number": "DOUBLE",
    "boolean": "BOOLEAN",
    "date": "DATE",
}


def polars_frame(rows: Sequence[Row], types: dict[str, str]) -> polars.DataFrame:
    """A new polars frame of rows, typed by Table Schema; raises MissingExtraError."""
    try:
        import polars
    except ImportError:
        raise MissingExtraError("a polars frame", "polars", "polars") from None
    kinds = {
        "string": polars.String,
        "integer": polars.Int64,
        "number": polars.Float64,
        "boolean": polars.Boolean,
        "date": polars.Date,
    }
    schema = {name: kinds[kind] for name, kind in types.items()}
    return polars.DataFrame(by_column(rows, types), schema=schema)


def arrow_table(rows: Sequence[Row], types: dict[str, str]) -> pyarrow.Table:
    """A new Arrow table of rows, typed by Table Schema; raises MissingExtraError."""
    try:
        import pyarrow
    except ImportError:
        raise MissingExtraError("an Arrow table", "pyarrow", "pyarrow") from None
    kinds: dict[str, pyarrow.DataType] = {
        "string": pyarrow.string(),
        "integer": pyarrow.int64(),
        "number": pyarrow.float64(),
        "boolean": pyarrow.bool_(),
        "date": pyarrow.date32(),
    }
    schema = pyarrow.schema([pyarrow.field(name, kinds[kind]) for name, kind in types.items()])
    return pyarrow.table(by_column(rows, types), schema=schema)


def described(table: pyarrow.Table, resource: dict[str, Any]) -> pyarrow.Table:
    """The Arrow table with its description in datapackage.json as metadata.

    The schema gets `title`, `description` and `licences` (a list of names in JSON), each field its
    `title` and `description`.
    """
    schema = table.schema.with_metadata(
        {
            "title": resource["title"],
            "description": resource["description"],
            "licences": json.dumps([licence["name"] for licence in resource["licenses"]]),
        }
    )
    for at, field in enumerate(resource["schema"]["fields"]):
        words: dict[str | bytes, str | bytes] = {
            key: field[key] for key in ("title", "description") if key in field
        }
        schema = schema.set(at, schema.field(at).with_metadata(words))
    return table.cast(schema)


def fill_duckdb(
    connection: duckdb.DuckDBPyConnection, table: str, rows: Sequence[Row], types: dict[str, str]
) -> None:
    """Make a table of rows, typed by Table Schema, in the database of a DuckDB connection."""
    columns = ", ".join(f"{sql_name(name)} {DUCKDB_TYPES[kind]}" for name, kind in types.items())
    connection.execute(f"CREATE TABLE {sql_name(table)} ({columns})")
    # A list per column is many times faster than a statement per row.
    lists = ", ".join(f"unnest(?::{DUCKDB_TYPES[kind]}[])" for kind in types.values())
    values = list(by_column(rows, types).values())
    connection.execute(f"INSERT INTO {sql_name(table)} SELECT {lists}", values)


def sql_name(name: str) -> str:
    """A name in SQL, of SQLite and DuckDB."""
    return '"' + name.replace('"', '""') + '"'


def duckdb_relation(
    table: str, rows: Sequence[Row], types: dict[str, str]
) -> duckdb.DuckDBPyRelation:
    """Rows as a table in a new DuckDB database in memory; raises MissingExtraError.

    The relation keeps its database open as long as something uses it.
    """
    try:
        import duckdb
    except ImportError:
        raise MissingExtraError("a DuckDB relation", "duckdb", "duckdb") from None
    connection = duckdb.connect(":memory:")
    fill_duckdb(connection, table, rows, types)
    return connection.table(table)
