"""What `frictionless validate` finds wrong, `validate` finds too, at the same row and column."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import frictionless
import pytest

from albania_uk_migration import DataFileError, ValidationError, validate

from .support.altered_tables import FILES, files_with
from .support.broken_tables import breaks, text_rows_of

pytestmark = pytest.mark.once

BREAKS = breaks()
# What it calls a fault of a cell, a key or a reference.
ROW_ERRORS = {"type-error", "constraint-error", "unique-error", "primary-key", "foreign-key"}


def theirs(folder: Path, table: str, files: dict[str, bytes]) -> list[Any]:
    """Errors that frictionless finds in a table, among the tables it refers to."""
    descriptor = json.loads(files["datapackage.json"])
    resource = next(r for r in descriptor["resources"] if r["name"] == table)
    keys = resource["schema"].get("foreignKeys", [])
    needed = {table, *(key["reference"]["resource"] for key in keys)}
    descriptor["resources"] = [r for r in descriptor["resources"] if r["name"] in needed]
    for other in descriptor["resources"]:
        if other["name"] != table:
            other["schema"].pop("foreignKeys", None)
        (folder / other["path"]).parent.mkdir(exist_ok=True)
        (folder / other["path"]).write_bytes(files[other["path"]])
    (folder / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
    report = frictionless.Package(str(folder / "datapackage.json")).validate()
    return [error for task in report.tasks if task.name == table for error in task.errors]


def ours(path: Path, table: str) -> list[dict[str, Any]]:
    try:
        validate(path, table)
    except ValidationError as error:
        return error.faults
    except DataFileError as error:
        return [{"message": str(error)}]
    return []


def test_what_frictionless_finds_in_a_cell_we_find_at_the_same_place(tmp_path: Path) -> None:
    chance = random.Random(17)
    by_kind: dict[str, list[Any]] = {}
    for broken in BREAKS:
        by_kind.setdefault(broken.kind, []).append(broken)
    found_by_them: dict[str, int] = {}
    for kind, of_kind in sorted(by_kind.items()):
        for broken in chance.sample(of_kind, 6):
            rows = [dict(row) for row in text_rows_of(broken.table)]
            rows[broken.number - 1][broken.column] = broken.cell
            errors = theirs(tmp_path, broken.table, files_with(broken.table, rows))
            faults = ours(tmp_path / f"data/{broken.table}.csv", broken.table)
            assert faults
            cells = {(fault["line"], fault["column"]) for fault in faults}
            lines = {line for line, _ in cells}
            for error in errors:
                assert error.type in ROW_ERRORS, error
                found_by_them[kind] = found_by_them.get(kind, 0) + 1
                columns = error.to_descriptor().get("fieldNames") or [
                    getattr(error, "field_name", None)
                ]
                if None in columns:
                    assert error.row_number in lines, (broken, error)
                else:
                    assert {(error.row_number, column) for column in columns} & cells, broken
    assert {"type", "required", "enum", "pattern", "range", "key"} <= set(found_by_them)


LINES = FILES["data/actors.csv"].split(b"\n")


@pytest.mark.parametrize(
    "data",
    [
        b"\n".join([LINES[0] + b",more", *LINES[1:]]),
        b"\n".join([LINES[0].rpartition(b",")[0], *LINES[1:]]),
        b"\n".join([b"name,actor_id,kind,named,part_of,note", *LINES[1:]]),
        b"\n".join([b"actor_id,name,kind,named,part_of,name", *LINES[1:]]),
        b"\n".join([LINES[0], LINES[1] + b",more", *LINES[2:]]),
        b"\n".join([LINES[0], b"short,row", *LINES[2:]]),
        b"\n".join([LINES[0], b"", *LINES[1:]]),
        b"\n".join([LINES[0], LINES[1], *LINES[1:]]),
        b"",
    ],
    ids="extra missing reordered twice long short blank repeated empty".split(),
)
def test_what_frictionless_finds_in_the_shape_of_a_file_we_find(
    tmp_path: Path, data: bytes
) -> None:
    errors = theirs(tmp_path, "actors", {**FILES, **_described(), "data/actors.csv": data})
    assert {error.type for error in errors} - {"hash-count", "byte-count"}
    assert ours(tmp_path / "data" / "actors.csv", "actors")


def _described() -> dict[str, bytes]:
    return {"datapackage.json": files_with("actors", text_rows_of("actors"))["datapackage.json"]}
