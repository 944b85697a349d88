"""JSON: all tables in one file, a row per line, or a folder with a file per table and row."""

from __future__ import annotations

import os
import urllib.parse
from typing import TYPE_CHECKING, Any

from ..tables.cells import label, plain
from .selection import as_json

if TYPE_CHECKING:
    from ..tables.cells import Row
    from .selection import Selection


def _plain(row: Row) -> dict[str, Any]:
    return {name: plain(cell) for name, cell in row.items()}


def write_json(selection: Selection, path: str) -> None:
    """One object: the name, version and title of the package, and `tables`, each a list of rows."""
    about = {name: selection.package.descriptor[name] for name in ("name", "version", "title")}
    tables = {table: list(map(_plain, selection.rows(table))) for table in selection.tables}
    with open(path, "wb") as file:
        file.write(as_json({**about, "tables": tables}))


def write_json_lines(selection: Selection, path: str) -> None:
    """A row per line: the row itself if there is one table, otherwise also the table's name."""
    alone = len(selection.tables) == 1
    with open(path, "wb") as file:
        for table in selection.tables:
            for row in map(_plain, selection.rows(table)):
                file.write(as_json(row if alone else {"table": table, "row": row}))


def write_json_folder(selection: Selection, path: str) -> None:
    """A folder to put on a web server: datapackage.json, TABLE.json, and TABLE/IDENTIFIER.json."""
    os.mkdir(path)
    for table in selection.tables:
        rows, key = selection.rows(table), selection.package.key(table)
        _write(os.path.join(path, f"{table}.json"), list(map(_plain, rows)))
        if len(key) == 1:
            os.mkdir(os.path.join(path, table))
            for row in rows:
                name = urllib.parse.quote(label(row, key), safe="")
                _write(os.path.join(path, table, f"{name}.json"), _plain(row))
    selection.write_description(path, "json", "application/json")


def _write(path: str, value: Any) -> None:
    # Two rows of one name, as on a disk where large and small letters are the same, are an error.
    with open(path, "xb") as file:
        file.write(as_json(value))
