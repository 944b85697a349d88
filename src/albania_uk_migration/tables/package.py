"""All tables and their description, read once; those that came with this installation."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from ..errors import DataFileError, UnknownNameError
from .cells import _CASTS, Cell, Row
from .csv_text import decode, parse_table
from .files import DESCRIPTOR, _read_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


def _whole(resource: dict[str, Any]) -> dict[str, Any]:
    """A resource that has all that is read of it; raises what the missing part makes it raise."""
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
    """The tables and their description, read through one function from path to bytes."""

    def __init__(self, read: Callable[[str], bytes] = _read_file) -> None:
        self.read = read
        self._rows: dict[str, list[Row]] = {}
        try:
            self.descriptor: dict[str, Any] = json.loads(decode(read(DESCRIPTOR), DESCRIPTOR))
        except json.JSONDecodeError as error:
            raise DataFileError(f"{DESCRIPTOR}, line {error.lineno}: {error.msg}") from None
        try:
            self.resources: dict[str, dict[str, Any]] = {
                _whole(resource)["name"]: resource for resource in self.descriptor["resources"]
            }
        except (LookupError, TypeError, AttributeError) as error:
            raise DataFileError(
                f"{DESCRIPTOR} does not describe the tables: {type(error).__name__} {error}; "
                "install the package again"
            ) from None

    def resource(self, table: str) -> dict[str, Any]:
        """Description of a table: the resource of that name in datapackage.json."""
        try:
            return self.resources[table]
        except KeyError:
            raise UnknownNameError("table", table, self.resources) from None

    def fields(self, table: str) -> list[dict[str, Any]]:
        """Fields of a table, in order."""
        fields: list[dict[str, Any]] = self.resource(table)["schema"]["fields"]
        return fields

    def key(self, table: str) -> list[str]:
        """Columns of the primary key of a table."""
        key: list[str] = self.resource(table)["schema"]["primaryKey"]
        return key

    def rows(self, table: str) -> list[Row]:
        """Typed rows, cached and shared: not to be changed by the caller."""
        if table not in self._rows:
            path = self.resource(table)["path"]
            self._rows[table] = parse_table(self.read(path), self.fields(table), path)
        return self._rows[table]

    def known_tables(self) -> Iterable[str]:
        """Names of all tables, whichever of them are looked at."""
        return self.resources

    def known(self, table: str, columns: list[str]) -> set[tuple[Cell, ...]]:
        """Values of some columns of a table that a reference to them may have."""
        return {tuple(row[column] for column in columns) for row in self.rows(table)}

    def fault_of_file(self, table: str) -> str | None:
        """How the file of a table differs from its description, or None."""
        import hashlib

        resource = self.resource(table)
        data = self.read(resource["path"])
        found = hashlib.sha256(data).hexdigest()
        if found == resource["hash"].removeprefix("sha256:"):
            return None
        return (
            f"{resource['path']} is not the file that datapackage.json describes: "
            f"{len(data)} bytes with sha256 {found[:12]}..., expected {resource['bytes']} bytes "
            f"with sha256 {resource['hash'].removeprefix('sha256:')[:12]}..."
        )


_package: Package | None = None


def package() -> Package:
    """The tables that came with this installation."""
    global _package
    if _package is None:
        _package = Package()
    return _package


_sound: set[str] = set()


def _sound_package_of(table: str) -> Package:
    """The tables, where the file of one of them is the one described; raises DataFileError."""
    tables = package()
    if table not in _sound:
        fault = tables.fault_of_file(table)
        if fault:
            raise DataFileError(
                f"{fault}; install the package again, or, if the change is yours, "
                "run scripts/fill.py in the checkout"
            )
        _sound.add(table)
    return tables


def _sound_rows(table: str) -> list[Row]:
    """Rows of a table whose file is the one described; an altered file is not served."""
    return _sound_package_of(table).rows(table)


class Viewing:
    """All that reads the shipped tables sees these rows instead, within a with statement."""

    def __init__(self, tables: dict[str, list[Row]]) -> None:
        self.tables = tables

    def __enter__(self) -> None:
        shipped = sound_package()
        self.whole = shipped._rows
        shipped._rows = {**self.whole, **self.tables}

    def __exit__(self, *_: object) -> None:
        package()._rows = self.whole


def sound_package() -> Package:
    """The tables that came with this installation, every file the one described."""
    for table in package().resources:
        _sound_package_of(table)
    return package()
