"""The tables that an export has, with their rows, columns and keys."""

from __future__ import annotations

import copy
import hashlib
import json
import os
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from ..answers.derived import rows_of
from ..tables.cells import FORMULA
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

    def csv(self, table: str, for_spreadsheets: bool = False) -> bytes:
        """A table as CSV: the file that ships, or its rows written in the same way.

        For spreadsheets, an apostrophe stands before text that they would run as a formula. No cell
        that ships is such.
        """
        package = self.package
        if package is shipped():
            return package.read(package.resource(table)["path"])
        cells = [[_text(cell) for cell in row.values()] for row in self.rows(table)]
        if for_spreadsheets:
            text = [kind == "string" for kind in package.types(table).values()]
            cells = [
                [
                    f"'{cell}" if is_text and cell.startswith(FORMULA) else cell
                    for cell, is_text in zip(row, text, strict=True)
                ]
                for row in cells
            ]
        return table_text(cells, package.types(table)).encode("utf-8")

    def files(self) -> dict[str, bytes]:
        """The selection as a data package: the files by path, datapackage.json first."""
        data = {self.package.resource(table)["path"]: self.csv(table) for table in self.tables}
        described = {
            table: {
                "path": path,
                "bytes": len(found),
                "hash": f"sha256:{hashlib.sha256(found).hexdigest()}",
            }
            for table, (path, found) in zip(self.tables, data.items(), strict=True)
        }
        return {DESCRIPTOR: self._description(described), **data}

    def write_description(self, folder: str, ending: str, mediatype: str) -> None:
        """Write the datapackage.json of a folder that has a file per table, not in CSV.

        It gives neither sizes nor hashes, which frictionless checks for text files only.
        """
        described = {
            table: {"path": f"{table}.{ending}", "format": ending, "mediatype": mediatype}
            for table in self.tables
        }
        with open(os.path.join(folder, DESCRIPTOR), "wb") as file:
            file.write(self._description(described, without=_OF_CSV))

    def _description(
        self, files: dict[str, dict[str, Any]], without: tuple[str, ...] = ()
    ) -> bytes:
        """The datapackage.json of the selection, from what is said of each table's file."""
        descriptor = copy.deepcopy(self.package.descriptor)
        descriptor["resources"] = []
        for table in self.tables:
            resource = copy.deepcopy(self.package.resource(table))
            resource = {name: told for name, told in resource.items() if name not in without}
            resource |= {"rows": len(self.rows(table)), **files[table]}
            # A reference to a table that is left out would lead nowhere.
            if keys := resource["schema"].get("foreignKeys"):
                resource["schema"]["foreignKeys"] = [
                    key for key in keys if key["reference"]["resource"] in ("", *self.tables)
                ]
            descriptor["resources"].append(resource)
        return as_json(descriptor, indent=2)


# What the description of a table says of its CSV file only.
_OF_CSV = ("dialect", "encoding", "bytes", "hash")


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
