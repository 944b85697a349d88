"""The tables that an export has, with their rows, columns and keys."""

from __future__ import annotations

import copy
import hashlib
import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from ..answers.derived import rows_of
from ..tables.csv_text import table_text
from ..tables.files import DESCRIPTOR
from ..tables.package import shipped

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..tables.cells import Cell, Row
    from ..tables.package import Package


class Selection:
    """Some tables of a package, in the order of datapackage.json; by default all of them."""

    def __init__(self, package: Package, tables: Iterable[str] | None = None) -> None:
        asked = list(package.resources if tables is None else tables)
        for table in asked:
            package.resource(table)
        self.package = package
        self.tables = [name for name in package.resources if name in asked]
        self._rows: dict[str, list[Row]] = {}

    def rows(self, table: str) -> list[Row]:
        """The typed rows of a table."""
        if table not in self._rows:
            self._rows[table] = rows_of(self.package, table)
        return self._rows[table]

    def columns(self, table: str) -> list[str]:
        """The columns of a table, in order."""
        return [field["name"] for field in self.package.fields(table)]

    def references(self, table: str) -> list[tuple[list[str], str, list[str]]]:
        """The foreign keys of a table that lead to a table of the selection."""
        return [
            (key["fields"], key["reference"]["resource"] or table, key["reference"]["fields"])
            for key in self.package.resource(table)["schema"].get("foreignKeys", [])
            if (key["reference"]["resource"] or table) in self.tables
        ]

    def title(self) -> str:
        """The title of the package."""
        return str(self.package.descriptor["title"])

    def csv(self, table: str) -> bytes:
        """A table as CSV: the file that ships, or its rows written in the same way."""
        package = self.package
        if package is shipped():
            return package.read(package.resource(table)["path"])
        cells = [[_text(cell) for cell in row.values()] for row in self.rows(table)]
        return table_text(cells, package.types(table)).encode("utf-8")

    def files(self) -> dict[str, bytes]:
        """The selection as a data package: the files by path, datapackage.json first."""
        data = {self.package.resource(table)["path"]: self.csv(table) for table in self.tables}
        descriptor = copy.deepcopy(self.package.descriptor)
        descriptor["resources"] = [
            self._described(table, data[self.package.resource(table)["path"]])
            for table in self.tables
        ]
        return {DESCRIPTOR: as_json(descriptor, indent=2), **data}

    def _described(self, table: str, data: bytes) -> dict[str, Any]:
        """The description of a table as it is here, without references to tables left out."""
        resource = copy.deepcopy(self.package.resource(table))
        resource["bytes"], resource["rows"] = len(data), len(self.rows(table))
        resource["hash"] = f"sha256:{hashlib.sha256(data).hexdigest()}"
        if keys := resource["schema"].get("foreignKeys"):
            resource["schema"]["foreignKeys"] = [
                key for key in keys if key["reference"]["resource"] in ("", *self.tables)
            ]
        return resource


def _text(cell: Cell) -> str:
    """A cell as in our CSV files: numbers without an exponent, truth values in small letters."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return str(cell).lower()
    return f"{cell:f}" if isinstance(cell, Decimal) else str(cell)


def as_json(value: Any, indent: int | None = None) -> bytes:
    """A value as JSON in UTF-8, ending in a line feed."""
    separators = None if indent else (",", ":")
    text = json.dumps(value, ensure_ascii=False, indent=indent, separators=separators)
    return f"{text}\n".encode()
