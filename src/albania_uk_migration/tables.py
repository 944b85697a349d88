"""Find the package's files, read a table, cast it once by its Table Schema.

The files lie in `_data` inside an installed package (a folder or a zip), else in the
checkout around `src/`. Rows are plain dictionaries; frames are built from them, so that
what needs no frame imports no pandas.
"""

from __future__ import annotations

import csv
import datetime
import io
import json
import os
import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from .errors import DataFileError, UnknownNameError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    import pandas

Cell = str | int | Decimal | bool | datetime.date | None
# A row by column: each cell a `Cell` of the type that datapackage.json gives its column.
Row = dict[str, Any]

DESCRIPTOR = "datapackage.json"
_HERE = os.path.dirname(__file__)


# ---------------------------------------------------------------- finding the files


def _read_installed(path: str) -> bytes:
    """Bytes of a file in `_data`, through the loader that loaded this module (folder or zip)."""
    loader: Any = __spec__.loader
    return bytes(loader.get_data(os.path.join(_HERE, "_data", *path.split("/"))))


def checkout() -> str | None:
    """Folder of the checkout this module runs from, or None for an installed package."""
    root = os.path.dirname(os.path.dirname(_HERE))
    if not os.path.isdir(_HERE) or os.path.exists(os.path.join(_HERE, "_data")):
        return None
    return root if os.path.exists(os.path.join(root, DESCRIPTOR)) else None


def _read_file(path: str) -> bytes:
    try:
        return _read_installed(path)
    except OSError:
        pass
    root = checkout()
    try:
        if root is None:
            raise FileNotFoundError
        with open(os.path.join(root, *path.split("/")), "rb") as file:
            return file.read()
    except OSError:
        raise DataFileError(
            f"the data file {path} is missing from the package at {_HERE}; install it again"
        ) from None


def path_of(path: str) -> str:
    """Where a file of the package lies on disk. Raises DataFileError where it lies in a zip."""
    root = checkout()
    found = os.path.join(root or os.path.join(_HERE, "_data"), *path.split("/"))
    if os.path.isfile(found):
        return found
    raise DataFileError(
        f"{path} is no file of its own here: the package at {_HERE} is read from an archive, or "
        "incomplete; write the table with: show TABLE --format csv"
    )


# ---------------------------------------------------------------- reading one table

# The largest cell that is read; the longest note is some hundreds of characters.
LARGEST_CELL = 100_000
_INTEGER = re.compile(r"-?\d+", re.ASCII)
_NUMBER = re.compile(r"-?\d+(\.\d+)?", re.ASCII)
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def sound_integer(number: int) -> int:
    """The number, if frames can hold it in 64 bits; raises ValueError if not."""
    if not -(2**63) <= number < 2**63:
        raise ValueError
    return number


def sound_number(number: Decimal) -> Decimal:
    """The number, if frames can hold it as a finite float; raises ValueError if not."""
    if not number.is_finite() or abs(number.adjusted()) > _LARGEST_EXPONENT:
        raise ValueError
    return number


_LARGEST_EXPONENT = 300


def _integer(text: str) -> int:
    if not _INTEGER.fullmatch(text):
        raise ValueError
    return sound_integer(int(text))


def _number(text: str) -> Decimal:
    if not _NUMBER.fullmatch(text):
        raise ValueError
    return sound_number(Decimal(text))


def _boolean(text: str) -> bool:
    return {"true": True, "false": False}[text]


def _date(text: str) -> datetime.date:
    if not _DATE.fullmatch(text):
        raise ValueError
    return datetime.date.fromisoformat(text)


_CASTS: dict[str, Callable[[str], Cell]] = {
    "string": str,
    "integer": _integer,
    "number": _number,
    "boolean": _boolean,
    "date": _date,
}


def _place(text: str, offset: int) -> str:
    """Line and column of an offset, counted from 1, for messages."""
    line = text.count("\n", 0, offset) + 1
    return f"line {line}, column {offset - text.rfind(chr(10), 0, offset)}"


def decode(data: bytes, path: str) -> str:
    """The text of a data file: UTF-8 without a byte order mark, lines ended by LF alone.

    Raises DataFileError with line and column of the first byte that breaks this rule.
    """
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8")
        raise DataFileError(
            f"{path}, {_place(before, len(before))}: byte 0x{data[error.start]:02x} is not UTF-8; "
            "save the file as UTF-8"
        ) from None
    faults = (
        ("\ufeff", "a byte order mark; save the file as UTF-8 without BOM"),
        ("\r", "a carriage return; save the file with LF line ends"),
        ("\0", "a NUL character; it is not a text file"),
    )
    for character, problem in faults:
        offset = text.find(character)
        if offset >= 0:
            raise DataFileError(f"{path}, {_place(text, offset)}: found {problem}")
    return text


def csv_records(text: str, path: str) -> Iterator[tuple[int, list[str]]]:
    """Line and cells of each record of a CSV text (RFC 4180), the header first.

    Raises DataFileError with line and column where quotation marks do not pair, or a cell is
    larger than any that is read.
    """
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    line = 1
    try:
        for cells in reader:
            if len(max(cells, key=len, default="")) > LARGEST_CELL:
                raise csv.Error
            yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        offset = 0
        for _ in range(line - 1):
            offset = text.index("\n", offset) + 1
        place, problem = _fault_of_record(text, offset) or (offset, str(error))
        raise DataFileError(f"{path}, {_place(text, place)}: {problem}") from None


_CELL_END = re.compile("[,\n]")


def _fault_of_record(text: str, at: int) -> tuple[int, str] | None:
    """Where and how the record that begins at an offset breaks the form of CSV."""
    while True:
        start = at
        if text.startswith('"', at):
            at = text.find('"', at + 1)
            while at >= 0 and text.startswith('""', at):
                at = text.find('"', at + 2)
            if at < 0:
                return start, "a quotation mark is opened here and never closed"
            at += 1
            if at < len(text) and text[at] not in ",\n":
                return at, (
                    "text after a closing quotation mark; a mark inside a cell is doubled, and one "
                    f"may have been left open at {_place(text, start)}"
                )
        else:
            end = _CELL_END.search(text, at)
            at = end.start() if end else len(text)
        if at - start > LARGEST_CELL:
            problem = f"{at - start} characters in one cell, at most {LARGEST_CELL} are read"
            return start, problem
        if not text.startswith(",", at):
            return None
        at += 1


def cast_cell(text: str, kind: str) -> Cell:
    """A cell of a CSV file as its Table Schema type; empty is None. Raises ValueError."""
    try:
        return _CASTS[kind](text) if text else None
    except LookupError:
        raise ValueError from None


def parse_table(data: bytes, fields: list[dict[str, Any]], path: str) -> list[Row]:
    """Typed rows of a CSV file, cast by the fields of its Table Schema.

    The header must name exactly these fields in this order and each row must have as many
    cells; an empty cell is None. Raises DataFileError naming line and column.
    """
    names = [field["name"] for field in fields]
    casts = [_CASTS[field["type"]] for field in fields]
    lines = csv_records(decode(data, path), path)
    _, header = next(lines, (1, []))
    if header != names:
        problems = "; ".join(problem for _, problem in header_faults(header, names))
        raise DataFileError(f"{path}, line 1: {problems}")
    rows: list[Row] = []
    for line, cells in lines:
        if len(cells) != len(names):
            raise DataFileError(
                f"{path}, line {line}: {len(cells)} cells where the header has {len(names)}"
            )
        try:
            rows.append(
                {
                    name: cast(cell) if cell else None
                    for name, cast, cell in zip(names, casts, cells, strict=True)
                }
            )
        except (ValueError, LookupError):
            raise _not_of_type(cells, fields, f"{path}, line {line}") from None
    return rows


def _not_of_type(cells: list[str], fields: list[dict[str, Any]], place: str) -> DataFileError:
    """The error for a record of which some cell is not of the type of its column."""
    for field, cell in zip(fields, cells, strict=True):
        try:
            cast_cell(cell, field["type"])
        except ValueError:
            break
    found = f'"{cell[:60]}" is not of type {field["type"]}'
    return DataFileError(f"{place}, column {field['name']}: {found}")


_MARKS = {"\t": "tabs", ";": "semicolons", "|": "bars"}


def header_faults(found: list[str], expected: list[str]) -> list[tuple[str, str]]:
    """Column and fault of each column that is missing, not expected, repeated or out of place."""
    if len(found) == 1 and len(expected) > 1 and found[0] not in expected:
        header = found[0][:60] + ("..." if len(found[0]) > 60 else "")
        split = next((name for mark, name in _MARKS.items() if mark in header), None)
        found_so = f"it is split by {split}" if split else f'it has one column, "{header}"'
        return [(header, f"{found_so}; the table is to be split by commas")]
    faults = [(name, f'column "{name}" is missing') for name in expected if name not in found]
    for name in dict.fromkeys(found):
        if name not in expected:
            faults.append((name, f'column "{name}" is not one of the table\'s'))
        elif found.count(name) > 1:
            faults.append((name, f'column "{name}" is there {found.count(name)} times'))
    if not faults and found != expected:
        at = next(at for at, name in enumerate(expected) if found[at] != name)
        problem = f'column {at + 1} is "{found[at]}", where "{expected[at]}" is expected'
        return [(found[at], f"{problem}; the columns are in another order")]
    return faults


# ---------------------------------------------------------------- the package of tables


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


def _sound_rows(table: str) -> list[Row]:
    """Rows of a table whose file is the one described; an altered file is not served."""
    tables = package()
    if table not in _sound:
        fault = tables.fault_of_file(table)
        if fault:
            raise DataFileError(
                f"{fault}; install the package again, or, if the change is yours, "
                "run scripts/fill.py in the checkout"
            )
        _sound.add(table)
    return tables.rows(table)


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
        _sound_rows(table)
    return package()


# ---------------------------------------------------------------- public functions


def table_names() -> list[str]:
    """Names of the tables, in the order of the data package.

    >>> table_names()[:3]
    ['documents', 'actors', 'populations']
    """
    return list(package().resources)


def describe(table: str) -> dict[str, Any]:
    """What a table holds: title, description, number of rows, keys, and each column.

    Returns a dictionary with `name`, `title`, `description`, `path`, `rows`, `primary_key`
    and `columns`, a list of dictionaries with `name`, `type`, `title`, `description` (which
    gives the unit), `example` and, where values are limited, `values` (value to meaning).
    All of it is read from datapackage.json (Data Package v2, Table Schema). Raises
    UnknownNameError for a table that does not exist.

    >>> describe("figures")["primary_key"]
    ['figure_id']
    """
    resource = package().resource(table)
    columns = []
    for field in resource["schema"]["fields"]:
        column = {key: field.get(key, "") for key in ("name", "type", "title", "description")}
        column["example"] = field.get("example", "")
        if "categories" in field:
            column["values"] = {item["value"]: item["label"] for item in field["categories"]}
        columns.append(column)
    return {
        "name": resource["name"],
        "title": resource["title"],
        "description": resource["description"],
        "path": resource["path"],
        "rows": resource["rows"],
        "primary_key": list(resource["schema"]["primaryKey"]),
        "columns": columns,
    }


def records(table: str) -> list[Row]:
    """Rows of a table as dictionaries of plain Python values; a missing cell is None.

    Strings, `int`, `bool`, `datetime.date`, and `decimal.Decimal` for numbers, cast by the
    Table Schema. Needs no pandas. The list and the rows are the caller's own. Raises
    UnknownNameError for a table that does not exist, DataFileError for a data file that is
    missing or altered.

    >>> records("figures")[0]["figure_id"]
    'F001'
    """
    return [dict(row) for row in _sound_rows(table)]


def label(row: Row, key: Iterable[str]) -> str:
    """Name of a row for messages: its primary key, parts joined by a slash."""
    return "/".join("" if row[column] is None else str(row[column]) for column in key)


def plain(cell: Cell) -> str | int | float | bool | None:
    """A cell as JSON has it: dates in ISO 8601, whole numbers without a decimal point."""
    if isinstance(cell, Decimal):
        return int(cell) if cell == cell.to_integral_value() else float(cell)
    if isinstance(cell, datetime.date):
        return cell.isoformat()
    return cell


# Table Schema types as pandas has them.
PANDAS_TYPES = {
    "string": "string",
    "integer": "Int64",
    "number": "Float64",
    "boolean": "boolean",
    "date": "datetime64[s]",
}


def frame(rows: Iterable[Row], types: dict[str, str]) -> pandas.DataFrame:
    """A new pandas frame of rows, its columns typed by their Table Schema types."""
    import pandas

    listed = list(rows)
    columns = {}
    for name, kind in types.items():
        values = [row[name] for row in listed]
        if kind == "number":
            values = [None if value is None else float(value) for value in values]
        if kind == "date":
            columns[name] = pandas.Series(pandas.to_datetime(values), dtype=PANDAS_TYPES[kind])
        else:
            columns[name] = pandas.Series(values, dtype=PANDAS_TYPES[kind])
    return pandas.DataFrame(columns)


def load(table: str) -> pandas.DataFrame:
    """A table as a pandas frame, typed by its Table Schema; the frame is the caller's own.

    Text is `string`, whole numbers `Int64`, numbers `Float64`, truth values `boolean`, dates
    `datetime64`; a missing cell is missing in each. `attrs` holds `title`, `description` and
    `licences`. Raises UnknownNameError for a table that does not exist, DataFileError for a
    data file that is missing or altered.

    >>> load("figures").set_index("figure_id").loc["F011", "value"].item()
    1888.0
    """
    rows = _sound_rows(table)
    resource = package().resource(table)
    loaded = frame(rows, {field["name"]: field["type"] for field in package().fields(table)})
    loaded.attrs["title"] = resource["title"]
    loaded.attrs["description"] = resource["description"]
    loaded.attrs["licences"] = [licence["name"] for licence in resource["licenses"]]
    return loaded


def documents() -> pandas.DataFrame:
    """The five source documents: file, publisher, voice, date, fidelity. See `load`."""
    return load("documents")


def actors() -> pandas.DataFrame:
    """Who speaks, publishes, agrees or is addressed. See `load`."""
    return load("actors")


def populations() -> pandas.DataFrame:
    """The groups of people that figures count. See `load`."""
    return load("populations")


def measures() -> pandas.DataFrame:
    """What figures measure: definition, kind, unit, parts and wholes. See `load`."""
    return load("measures")


def figures() -> pandas.DataFrame:
    """Every quantitative claim of the documents, one row per place it is stated. See `load`."""
    return load("figures")


def statements() -> pandas.DataFrame:
    """Every attributed utterance, direct or reported. See `load`."""
    return load("statements")


def agreements() -> pandas.DataFrame:
    """Agreements, joint bodies, arrangements, programmes, gifts, laws, proposals. See `load`."""
    return load("agreements")


def agreement_parties() -> pandas.DataFrame:
    """Who takes part in an agreement, and as what. See `load`."""
    return load("agreement_parties")


def agreement_links() -> pandas.DataFrame:
    """How agreements hang together; possible identity is a link, never a merger. See `load`."""
    return load("agreement_links")


def agreement_events() -> pandas.DataFrame:
    """What happened, was expected or denied of an agreement. See `load`."""
    return load("agreement_events")


def excluded_numbers() -> pandas.DataFrame:
    """Every number or date expression that is no figure, with the reason. See `load`."""
    return load("excluded_numbers")


def official_releases() -> pandas.DataFrame:
    """The releases that official figures were taken from, with their dates. See `load`."""
    return load("official_releases")


def official_statistics() -> pandas.DataFrame:
    """Values that offices published, every vintage of each; not from the documents. See `load`."""
    return load("official_statistics")


def follow_ups() -> pandas.DataFrame:
    """What is known to have been said of a figure elsewhere, before or after. See `load`."""
    return load("follow_ups")


def proof_exceptions() -> pandas.DataFrame:
    """The cells that the text alone does not prove, each with its reason. See `load`."""
    return load("proof_exceptions")
