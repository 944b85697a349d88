"""A package of tables with their description; `shipped` gives the installed one."""

from __future__ import annotations

import copy
import functools
import json
from typing import TYPE_CHECKING, Any

from ..errors import DataFileError, UnknownNameError
from .cells import _CASTS, Cell, Row, label
from .csv_text import decode, parse_table
from .files import DESCRIPTOR, read_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


def _whole(resource: dict[str, Any]) -> dict[str, Any]:
    """A resource with everything we need; a missing part raises its own error."""
    for key in ("name", "title", "description", "path", "bytes", "rows", "licenses", "summary"):
        resource[key]
    resource["hash"].removeprefix("sha256:")
    for field in resource["schema"]["fields"]:
        _CASTS[field["type"]], field["name"], field.get("constraints", {}).get("enum")
    for key in resource["schema"].get("foreignKeys", []):
        key["fields"], key["reference"]["resource"], key["reference"]["fields"]
    resource["schema"]["primaryKey"][0]
    return resource


class Package:
    """The tables and their description. One function, from path to bytes, reads them.

    With `checked` we serve a table only if its file matches its description. Rows are cached and
    shared, so copy a row before you change it.
    """

    def __init__(self, read: Callable[[str], bytes] = read_file, *, checked: bool = False) -> None:
        self.read = read
        self._checked = checked
        self._rows: dict[str, list[Row]] = {}
        self._numbers: dict[str, dict[int, int]] = {}
        self._by_name: dict[str, dict[str, Row]] = {}
        try:
            self.descriptor: dict[str, Any] = json.loads(decode(read(DESCRIPTOR), DESCRIPTOR))
        except json.JSONDecodeError as error:
            raise DataFileError(
                f"{DESCRIPTOR}, line {error.lineno}: {error.msg}. Install the package again."
            ) from None
        try:
            self.resources: dict[str, dict[str, Any]] = {
                _whole(resource)["name"]: resource for resource in self.descriptor["resources"]
            }
        except (LookupError, TypeError, AttributeError) as error:
            raise DataFileError(
                f"{DESCRIPTOR} does not describe the tables: {type(error).__name__} {error}. "
                "Install the package again."
            ) from None

    @property
    def subjects(self) -> Iterable[str]:
        """The tables whose rows the rules check: all of them."""
        return self.resources

    def resource(self, table: str) -> dict[str, Any]:
        """The description of a table: the resource of that name in datapackage.json."""
        try:
            return self.resources[table]
        except KeyError:
            raise UnknownNameError("table", table, self.resources) from None

    def fields(self, table: str) -> list[dict[str, Any]]:
        """The fields of a table, in order."""
        fields: list[dict[str, Any]] = self.resource(table)["schema"]["fields"]
        return fields

    def listed_values(self, table: str, column: str) -> list[str]:
        """The values a column may have, in order, if they are limited."""
        (field,) = (field for field in self.fields(table) if field["name"] == column)
        return list(field["constraints"]["enum"])

    def key(self, table: str) -> list[str]:
        """The columns of a table's primary key."""
        key: list[str] = self.resource(table)["schema"]["primaryKey"]
        return key

    def made_from(self, table: str) -> list[str]:
        """The tables that a program makes a table from; empty if people write it."""
        return list(self.resource(table).get("madeFrom", ()))

    def types(self, table: str) -> dict[str, str]:
        """The Table Schema type of each column of a table, in order."""
        return {field["name"]: field["type"] for field in self.fields(table)}

    def rows(self, table: str) -> list[Row]:
        """Typed rows, cached and shared: do not change them."""
        if table not in self._rows:
            path = self.resource(table)["path"]
            data = self.read(path)
            if self._checked:
                self._sound(table, data)
            self._rows[table] = parse_table(data, self.fields(table), path)
        return self._rows[table]

    def with_rows(self, rows: dict[str, list[Row]]) -> Package:
        """Another package with the same description, and these rows for some tables."""
        other = copy.copy(self)
        other._rows = {**self._rows, **rows}
        other._numbers, other._by_name = {}, {}
        return other

    def unchecked(self) -> Package:
        """Another package with the same files, read without checking them."""
        other = copy.copy(self)
        other._checked, other._rows, other._numbers, other._by_name = False, {}, {}, {}
        return other

    def number(self, table: str, row: Row) -> int:
        """The place of a row in its table, counted from 1; 0 if the row is not in the table."""
        if table not in self._numbers:
            numbered = enumerate(self.rows(table), start=1)
            self._numbers[table] = {id(row): number for number, row in numbered}
        return self._numbers[table].get(id(row), 0)

    def by_name(self, table: str) -> dict[str, Row]:
        """The rows of a table by their name, which is their primary key; of two, the first."""
        if table not in self._by_name:
            key = self.key(table)
            self._by_name[table] = {label(row, key): row for row in reversed(self.rows(table))}
        return self._by_name[table]

    def known(self, table: str, columns: list[str]) -> set[tuple[Cell, ...]]:
        """The values of some columns that a reference to them may have."""
        return {tuple(row[column] for column in columns) for row in self.rows(table)}

    def fault_of_file(self, table: str, data: bytes) -> str | None:
        """How a table's file differs from its description; None if it does not."""
        import hashlib

        resource = self.resource(table)
        found = hashlib.sha256(data).hexdigest()
        if found == resource["hash"].removeprefix("sha256:"):
            return None
        return (
            f"{resource['path']} is not the file that datapackage.json describes: "
            f"{len(data)} bytes with sha256 {found[:12]}..., expected {resource['bytes']} bytes "
            f"with sha256 {resource['hash'].removeprefix('sha256:')[:12]}..."
        )

    def _sound(self, table: str, data: bytes) -> None:
        fault = self.fault_of_file(table, data)
        if fault:
            raise DataFileError(
                f"{fault}. Install the package again. If the change is yours, "
                "run scripts/fill.py in the checkout."
            )

    def sound(self) -> Package:
        """This package, if every file matches its description; raises DataFileError if not."""
        for table, resource in self.resources.items():
            if table not in self._rows:
                self._sound(table, self.read(resource["path"]))
        return self


_shipped = functools.cache(lambda: Package(checked=True))


def shipped() -> Package:
    """The tables that came with this installation."""
    return _shipped()
