"""Load every record set of a Croissant file by mlcroissant and hold each cell to the CSV files.

Run in an environment of its own, with the folder that croissant.json and data/ lie in:

    uv run --no-project --with mlcroissant python tests/support/croissant_records.py FOLDER
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path
from typing import Any


def as_text(cell: Any) -> str:
    """A cell as mlcroissant loads it, in the form of the CSV files."""
    if cell is None or cell != cell:
        return ""
    if isinstance(cell, bytes):
        return cell.decode("utf-8")
    if hasattr(cell, "date"):
        return str(cell.date())
    if isinstance(cell, bool):
        return str(cell).lower()
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


def main(folder: Path) -> int:
    import mlcroissant

    dataset = mlcroissant.Dataset(jsonld=str(folder / "croissant.json"))
    issues = dataset.metadata.issues
    if issues.errors or issues.warnings:
        print(issues.report())
        return 1
    compared = 0
    for record_set in dataset.metadata.record_sets:
        table = record_set.uuid
        with open(folder / "data" / f"{table}.csv", encoding="utf-8", newline="") as file:
            expected = list(csv.DictReader(file))
        records = list(dataset.records(table))
        assert len(records) == len(expected), table
        for record, row in zip(records, expected, strict=True):
            found = {name.rpartition("/")[2]: as_text(cell) for name, cell in record.items()}
            for name, cell in row.items():
                same = found[name] == cell or (cell and float_of(found[name]) == float_of(cell))
                assert same, (table, name, found[name], cell)
                compared += 1
    sets = len(dataset.metadata.record_sets)
    print(f"mlcroissant loads {sets} record sets, {compared} cells as in the CSV files")
    return 0


def float_of(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
