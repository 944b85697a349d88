"""Altered copies of the tables, their checksums made true again, to see whether it is noticed."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Callable
from pathlib import Path

from albania_uk_migration.proof.verify import Report, verify_package
from albania_uk_migration.tables.package import Package, shipped

ROOT = Path(__file__).resolve().parent.parent.parent
SEEDS = ROOT / "seeds"
DESCRIPTOR = json.loads((ROOT / "datapackage.json").read_text(encoding="utf-8"))
FILES = {
    resource["path"]: (ROOT / resource["path"]).read_bytes() for resource in DESCRIPTOR["resources"]
}
Record = dict[str, str]


def text_rows(table: str) -> list[Record]:
    """Rows of a shipped table, as text cells."""
    data = FILES[f"data/{table}.csv"].decode("utf-8")
    return list(csv.DictReader(io.StringIO(data, newline="")))


def to_csv(rows: list[Record], columns: list[str]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode("utf-8")


def files_with(table: str, rows: list[Record]) -> dict[str, bytes]:
    """All files, one table replaced and its bytes, hash and number of rows made true again."""
    descriptor = json.loads(json.dumps(DESCRIPTOR))
    resource = next(r for r in descriptor["resources"] if r["name"] == table)
    columns = [field["name"] for field in resource["schema"]["fields"]]
    data = to_csv(rows, columns)
    resource |= {
        "bytes": len(data),
        "hash": "sha256:" + hashlib.sha256(data).hexdigest(),
        "rows": len(rows),
    }
    return {
        **FILES,
        resource["path"]: data,
        "datapackage.json": json.dumps(descriptor).encode("utf-8"),
    }


def altered(table: str, alter: Callable[[list[Record]], object]) -> Package:
    """The tables with one of them altered in place, checksums true."""
    rows = text_rows(table)
    alter(rows)
    return with_rows(table, rows)


def with_rows(table: str, rows: list[Record]) -> Package:
    """The tables with the rows of one of them replaced; the others are not read again."""
    changed = Package(files_with(table, rows).__getitem__)
    others = {name: shipped().rows(name) for name in changed.resources if name != table}
    return changed.with_rows(others)


def report_on(package: Package, documents: Path | None = SEEDS) -> Report:
    return verify_package(package, None if documents is None else str(documents))


def places(report: Report) -> set[tuple[str, str, str]]:
    """Table, row and column of every fault; a fault that names several columns counts for each."""
    found = set()
    for fault in report.faults:
        for column in fault.columns:
            found.add((fault.table, fault.row, column))
    return found
