"""Let a client open a folder, and compare the cells that it gives with those of `records()`."""

from __future__ import annotations

import contextlib
import functools
import hashlib
import io
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import albania_uk_migration
from albania_uk_migration.cli.main import main as command_line

from .clients import Client
from .environments import FOLDER, ROOT, python_of
from .programs.canonical import cell

PROGRAMS = Path(__file__).with_name("programs")
PROGRAMS_MODULE = "tests.clients.programs"
RESULTS = FOLDER / "results"
# Seconds after which a client is given up; the slowest needs some thirty, more on a busy machine.
_PATIENCE = 600


@dataclass
class Result:
    """What a client gave of the package."""

    version: str = ""
    said: list[str] = field(default_factory=list)
    # Tables that it cannot read, and those that differ from `records()`, with the reason.
    unread: dict[str, str] = field(default_factory=dict)
    different: dict[str, str] = field(default_factory=dict)
    # Rows of the tables that it reads.
    rows: int = 0
    # Over the typed cells of every table that it reads.
    checksum: str = ""


@functools.cache
def expected() -> dict[str, tuple[list[str], list[list[str | None]]]]:
    """The columns and cells of each table as `records()` gives them."""
    found = {}
    for table in albania_uk_migration.table_names():
        rows = albania_uk_migration.records(table)
        found[table] = ([*rows[0]], [[cell(value) for value in row.values()] for row in rows])
    return found


def lay_out(folder: Path) -> Path:
    """Put the package in a folder, as it is published, with what `metadata` prints of it."""
    shutil.copytree(ROOT / "data", folder / "data")
    for name in ("datapackage.json", "CITATION.cff"):
        shutil.copy(ROOT / name, folder)
    for kind, name in (("croissant", "croissant.json"), ("schema.org", "schema.org.jsonld")):
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            assert command_line(["metadata", kind]) == 0
        (folder / name).write_text(printed.getvalue(), encoding="utf-8")
    return folder


def command(client: Client, *paths: Path) -> list[str]:
    """What runs a client's program on paths, in the folder of the checkout."""
    program, *words = client.program
    words += map(str, paths)
    match Path(program).suffix:
        case ".mjs":
            return ["node", str(PROGRAMS / program), *words, str(FOLDER / "npm"), str(ROOT)]
        case ".R":
            return ["Rscript", "--vanilla", str(PROGRAMS / program), *words]
    python = sys.executable if client.environment == "debian" else python_of(client.environment)
    return [str(python), "-m", f"{PROGRAMS_MODULE}.{Path(program).stem}", *words]


def read(client: Client, *paths: Path) -> Result:
    """Let a client open paths. Raises RuntimeError where its program breaks down."""
    done = subprocess.run(
        command(client, *paths),
        cwd=ROOT,
        capture_output=True,
        check=False,
        encoding="utf-8",
        timeout=_PATIENCE,
        # Ours is not theirs: a path set for the tests would give them our packages.
        env={**os.environ, "PYTHONPATH": ""},
    )
    if done.returncode:
        raise RuntimeError(f"{client.key} broke down:\n{done.stderr[-3000:]}")
    return compared(map(json.loads, done.stdout.splitlines()))


def compared(lines: Iterable[Mapping[str, Any]]) -> Result:
    """Compare what a client's program printed with `records()`."""
    result = Result()
    cells = {}
    for line in lines:
        if "version" in line:
            result.version = line["version"]
        elif "said" in line:
            result.said.append(line["said"])
        elif "failed" in line:
            result.unread[line["table"]] = line["failed"]
        else:
            table = line["table"]
            cells[table] = [line.get("columns"), line.get("rows")]
            result.rows += line["count"] if "count" in line else len(line["rows"])
            if difference := _difference(line, *expected()[table]):
                result.different[table] = difference
    missing = expected().keys() - cells.keys() - result.unread.keys()
    result.unread |= dict.fromkeys(sorted(missing), "no such table")
    result.checksum = checksum(cells)
    return result


def checksum(cells: Mapping[str, Any]) -> str:
    """A hash of tables, in whatever order they come."""
    return hashlib.sha256(json.dumps(cells, sort_keys=True).encode()).hexdigest()


def _difference(line: Mapping[str, Any], columns: list[str], rows: list[list[str | None]]) -> str:
    """The first difference, in words; nothing where there is none."""
    count = line["count"] if "count" in line else len(line["rows"])
    if count != len(rows):
        return f"{count} of {len(rows)} rows"
    if "count" in line:
        return ""
    if line["columns"] != columns:
        return f"columns {line['columns']}"
    for number, (theirs, ours) in enumerate(zip(line["rows"], rows, strict=True), start=1):
        for column, their, our in zip(columns, theirs, ours, strict=True):
            if their != our:
                return f"row {number}, {column}: {their!r}, not {our!r}"
    return ""


def keep(client: Client, result: Result) -> None:
    """Write a result where scripts/clients.py finds it."""
    RESULTS.mkdir(parents=True, exist_ok=True)
    path = RESULTS / f"{client.key}.json"
    path.write_text(json.dumps(asdict(result)), encoding="utf-8")
