"""Read what export writes with libraries that are not ours, as rows of plain Python values."""

from __future__ import annotations

import csv
import datetime
import json
import re
import sqlite3
import zipfile
from contextlib import closing
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pyarrow.parquet

from albania_uk_migration.tables.cells import Row
from albania_uk_migration.tables.package import Package

Tables = dict[str, list[dict[str, Any]]]


def expected(rows: dict[str, list[Row]]) -> Tables:
    """Rows as every form gives them: a number is a float."""
    return {
        table: [
            {name: float(cell) if isinstance(cell, Decimal) else cell for name, cell in row.items()}
            for row in listed
        ]
        for table, listed in rows.items()
    }


def typed(value: Any, kind: str) -> Any:
    """A value of a form that lacks a type, as the type of its column."""
    if value is None or value == "":
        return None
    if kind == "number":
        return float(value)
    if kind == "integer":
        assert float(value) == int(float(value))
        return int(value)
    if kind == "boolean":
        return {"true": True, "false": False, 1: True, 0: False}[value]
    if kind == "date":
        return (
            value.date()
            if isinstance(value, datetime.datetime)
            else (datetime.date.fromisoformat(value) if isinstance(value, str) else value)
        )
    assert isinstance(value, str)
    return value


def _cast(package: Package, tables: Tables) -> Tables:
    return {
        table: [
            {name: typed(row[name], kind) for name, kind in package.types(table).items()}
            for row in rows
        ]
        for table, rows in tables.items()
    }


def from_sqlite(path: Path, package: Package) -> Tables:
    with closing(sqlite3.connect(path)) as database:
        database.row_factory = sqlite3.Row
        names = [
            name
            for (name,) in database.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
            if name in package.resources
        ]
        found = {
            name: list(map(dict, database.execute(f'SELECT * FROM "{name}" ORDER BY rowid')))
            for name in names
        }
    return _cast(package, found)


def from_json(path: Path, package: Package) -> Tables:
    return _cast(package, json.loads(path.read_text(encoding="utf-8"))["tables"])


def from_json_lines(path: Path, package: Package) -> Tables:
    found: Tables = {}
    for line in path.read_text(encoding="utf-8").split("\n")[:-1]:
        row = json.loads(line)
        found.setdefault(row["table"], []).append(row["row"])
    return _cast(package, found)


def from_json_folder(path: Path, package: Package) -> Tables:
    about = json.loads((path / "datapackage.json").read_text(encoding="utf-8"))
    names = [resource["name"] for resource in about["resources"]]
    return _cast(
        package,
        {name: json.loads((path / f"{name}.json").read_text(encoding="utf-8")) for name in names},
    )


def from_csv(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(text.splitlines(keepends=True), strict=True))


def from_zip(path: Path, package: Package) -> Tables:
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        about = json.loads(archive.read("datapackage.json"))
        return _cast(
            package,
            {
                resource["name"]: from_csv(archive.read(resource["path"]).decode())
                for resource in about["resources"]
            },
        )


def from_xlsx(path: Path, package: Package) -> Tables:
    book = openpyxl.load_workbook(path)
    found: Tables = {}
    for name in book.sheetnames:
        if name in package.resources:
            header, *rows = book[name].iter_rows()
            names = [str(cell.value) for cell in header]
            for row in rows:
                assert all(cell.data_type != "f" for cell in row)
                for cell in row:
                    address = re.fullmatch("https?://[!-~]+", str(cell.value))
                    assert bool(cell.hyperlink) == bool(address)
                    if address:
                        # The part after # has a place of its own.
                        parts = (cell.hyperlink.target, cell.hyperlink.location)
                        assert "#".join(filter(None, parts)) == cell.value
            found[name] = [
                dict(zip(names, (_decoded(cell.value) for cell in row), strict=True))
                for row in rows
            ]
    return _cast(package, found)


def _decoded(value: Any) -> Any:
    """A cell of a workbook with its control characters, as Excel shows it."""
    if not isinstance(value, str):
        return value
    return re.sub("_x([0-9A-F]{4})_", lambda code: chr(int(code[1], 16)), value)


def from_duckdb(path: Path, _: Package) -> Tables:
    with duckdb.connect(str(path), read_only=True) as database:
        names = [name for (name,) in database.execute("SHOW TABLES").fetchall()]
        found = {}
        for name in names:
            database.execute(f'SELECT * FROM "{name}"')
            columns = [column[0] for column in database.description or ()]
            found[name] = [dict(zip(columns, row, strict=True)) for row in database.fetchall()]
    return found


def from_parquet(path: Path, _: Package) -> Tables:
    return {
        file.stem: pyarrow.parquet.read_table(file).to_pylist()
        for file in sorted(path.glob("*.parquet"))
    }


# How each form is read: its name with its ending, its format, and who reads it.
READERS = {
    "t.sqlite": (None, from_sqlite),
    "t.json": (None, from_json),
    "t.jsonl": (None, from_json_lines),
    "t.zip": (None, from_zip),
    "t.xlsx": (None, from_xlsx),
    "t.duckdb": (None, from_duckdb),
    "parquet": ("parquet", from_parquet),
    "json": ("json", from_json_folder),
}
