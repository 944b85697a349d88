"""What every client prints, whatever language it is in: typed cells in one form, a table a line.

A cell is null, or a text whose first letter is its type: `s:` text, `n:` a number, `b:` true or
false, `d:` a day. So "2022" and 2022 differ; 5 and 5.0 do not, since some clients know no
difference. A line is JSON, one of

    table, columns, rows    the cells of a table, as the client gives them
    table, count            the number of its rows, where a client only counts
    table, failed           why the client cannot read it
    version                 which version of the client it is
    said                    what the client says of the whole, for the table in docs/clients.md

This module is for the programs in Python, in the environments of the clients; it needs nothing.
"""

from __future__ import annotations

import datetime
import decimal
import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any


def cell(value: Any) -> str | None:
    """A value in the form that is compared; TypeError for a value of no type that we know.

    >>> [cell(5), cell(5.0), cell("5"), cell(False), cell(datetime.date(2022, 5, 1)), cell(None)]
    ['n:5', 'n:5', 's:5', 'b:false', 'd:2022-05-01', None]
    """
    if value is None or value != value:
        return None
    if isinstance(value, bool):
        return f"b:{str(value).lower()}"
    if isinstance(value, int | float | decimal.Decimal):
        number = decimal.Decimal(str(value))
        whole = number.to_integral_value()
        return f"n:{whole if number == whole else number.normalize():f}"
    if isinstance(value, datetime.datetime):
        if value.time() != datetime.time():
            raise TypeError(f"{value} is more than a day")
        return f"d:{value.date().isoformat()}"
    if isinstance(value, datetime.date):
        return f"d:{value.isoformat()}"
    if isinstance(value, str):
        return f"s:{value}"
    raise TypeError(f"{value!r} is a {type(value).__name__}")


def of_text(text: str | None, kind: str) -> Any:
    """The value of a cell that a client gives as text, by the type of its column.

    >>> of_text("5", "integer"), of_text("5", "string"), of_text("", "string")
    (Decimal('5'), '5', None)
    """
    if not text:
        return None
    if kind in ("integer", "number"):
        return decimal.Decimal(text)
    if kind == "boolean":
        return {"true": True, "false": False}[text.lower()]
    return datetime.date.fromisoformat(text) if kind == "date" else text


def of_sqlite(value: Any, declared: str) -> Any:
    """A value that SQLite gives, by the type that its column was declared to have.

    >>> of_sqlite(1, "BOOLEAN"), of_sqlite(1, "INTEGER"), of_sqlite("2022-05-01", "DATE")
    (True, 1, datetime.date(2022, 5, 1))
    """
    if value is not None and declared == "BOOLEAN":
        return bool(value)
    if value is not None and declared == "DATE":
        return datetime.date.fromisoformat(value)
    return value


def tables(folder: str) -> Iterator[tuple[str, str, dict[str, str]]]:
    """For each table of the package: its name, its CSV file, the types of its columns."""
    descriptor = json.loads(Path(folder, "datapackage.json").read_text(encoding="utf-8"))
    for resource in descriptor["resources"]:
        types = {field["name"]: field["type"] for field in resource["schema"]["fields"]}
        yield resource["name"], str(Path(folder, resource["path"])), types


def line(**parts: Any) -> None:
    """Print a line."""
    print(json.dumps(parts, ensure_ascii=False), flush=True)


def table(name: str, columns: Iterable[str], rows: Iterable[Iterable[Any]]) -> None:
    """Print a table of typed values, in the order of its columns."""
    line(table=name, columns=[*columns], rows=[[cell(value) for value in row] for row in rows])


def records(name: str, rows: Iterable[Mapping[str, Any]]) -> None:
    """Print a table of typed values, given as rows by column."""
    known = [*rows]
    table(name, known[0] if known else (), ([*row.values()] for row in known))


def text_table(
    name: str,
    types: Mapping[str, str],
    columns: Sequence[str],
    rows: Iterable[Sequence[str | None]],
) -> None:
    """Print a table whose cells the client gives as text: typed as datapackage.json says."""
    kinds = [types.get(column, "string") for column in columns]
    table(name, columns, ([*map(of_text, row, kinds)] for row in rows))


def sqlite_tables(path: str, names: Iterable[str]) -> None:
    """Print tables of an SQLite file, by its own declared types."""
    with sqlite3.connect(path) as connection:
        there = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
        for name in names:
            if name not in there:
                line(table=name, failed="not written")
                continue
            declared = {
                column: kind
                for _, column, kind, *_ in connection.execute(f"PRAGMA table_info({name})")
            }
            rows = connection.execute(f"SELECT * FROM {name} ORDER BY rowid")
            table(name, declared, ([*map(of_sqlite, row, declared.values())] for row in rows))
