"""Validate a table: the Table Schema and the rules, over a file, rows or a frame.

`validate` is one engine for all sources: it turns them into typed rows of plain Python and runs
`rules` over them, so that a file is validated without loading pandas. `schema` compiles the
same Table Schema and the same rules to pandera, for those who have pandera in their pipeline; both
find the same rows at fault. What differs between dataframe libraries is one `_Backend` each.
"""

from __future__ import annotations

import datetime
import math
import os
import stat
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from ..errors import DataFileError, Fault, ValidationError
from ..tables.cells import (
    PANDAS_TYPES,
    Cell,
    Row,
    cast_cell,
    frame,
    label,
    sound_integer,
    sound_number,
)
from ..tables.csv_text import LARGEST_CELL, csv_records, decode, header_faults
from ..tables.package import Package, sound_package
from .cells import keys_are_unique, nothing_is_part_of_itself, references_exist
from .index import CELLS, Rule, across_columns
from .spans import agreements_have_evidence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    import pandas

    _Source = str | os.PathLike[str] | pandas.DataFrame | Sequence[Mapping[Any, Any]]

    # By table: a _Source, or a collection of identifiers.
    _Context = Mapping[str, Any]


# The largest file that is read; the largest table of ours has some tens of kilobytes.
LARGEST_FILE = 20_000_000
# The most faults that are told; a file with more is not the table it is taken for.
MOST_FAULTS = 10_000
_TYPE_RULE = "cells_have_their_type"
_SHAPE_RULE = "rows_have_all_cells"
_HEADER_RULE = "columns_are_those_described"


# ---------------------------------------------------------------- frames of several libraries


class _Backend(NamedTuple):
    """What differs between dataframe libraries: names of types, and how to get at the cells."""

    types: dict[str, str]
    names: Callable[[Any], list[str]]
    cells: Callable[[Any, int], list[Any]]


def _pandas_cells(frame: Any, at: int) -> list[Any]:
    column = frame.iloc[:, at]
    return list(column.astype(object).where(column.notna(), None))


# The dataframe libraries whose frames are read, by the package their class comes from.
_BACKENDS = {
    "pandas": _Backend(PANDAS_TYPES, lambda frame: [str(n) for n in frame.columns], _pandas_cells),
}


def typed_cell(value: Any, kind: str) -> Cell:
    """A cell of a frame as its Table Schema type; raises ValueError for one of another type."""
    if type(value).__module__ == "numpy" and getattr(value, "ndim", 1) == 0:
        value = value.item()
    if value is None or type(value).__name__ in ("NAType", "NaTType"):
        return None
    if isinstance(value, float) and math.isnan(value):
        return None
    if isinstance(value, str):
        if kind == "string":
            value.encode("utf-8")
            if len(value) > LARGEST_CELL or any(c in value for c in "\0\r\ufeff"):
                raise ValueError
        return cast_cell(value, kind)
    if isinstance(value, bool):
        if kind == "boolean":
            return value
    elif isinstance(value, (int, float, Decimal)) and kind in ("integer", "number"):
        number = sound_number(Decimal(repr(float(value)) if isinstance(value, float) else value))
        if kind == "number":
            return number
        if number == number.to_integral_value():
            return sound_integer(int(number))
    elif isinstance(value, datetime.datetime) and kind == "date":
        if value.tzinfo is None and value.time() == datetime.time():
            return value.date()
    elif isinstance(value, datetime.date) and kind == "date":
        return value
    raise ValueError


# ---------------------------------------------------------------- reading what is validated


class _TableRead(NamedTuple):
    """Typed rows of a source; cells at fault are None, and told in the faults."""

    source: str
    rows: list[Row]
    lines: list[int]
    faults: list[dict[str, Any]]
    # Columns of each row, by its number from 1, whose cells are not of their type.
    untyped: dict[int, frozenset[str]]

    def sound_rows(self, table: str) -> list[Row]:
        """The rows; raises ValidationError with the faults, if there are any."""
        if self.faults:
            raise ValidationError(self.source, table, self.faults)
        return self.rows


def _finding(rule: str, message: str, **place: Any) -> dict[str, Any]:
    """A fault as a ValidationError holds it."""
    empty = {"row": None, "line": None, "key": None, "column": None, "value": None}
    return {**empty, **place, "rule": rule, "message": message}


def _shown(value: Any) -> str:
    """A value of any kind as text for a fault; never raises, never long."""
    try:
        text = str(value)
    except Exception:
        text = f"<{type(value).__name__}>"
    return text if len(text) <= LARGEST_CELL else text[:200] + "..."


def _bytes_of(path: str) -> bytes:
    try:
        if stat.S_ISFIFO(os.stat(path).st_mode) and not path.startswith(("/dev/", "/proc/")):
            raise DataFileError(f"{path} is a pipe, not a file")
        with open(path, "rb") as file:
            data = file.read(LARGEST_FILE + 1)
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else str(error)
        raise DataFileError(f"{path} cannot be read: {why}") from None
    if len(data) > LARGEST_FILE:
        raise DataFileError(f"{path} is larger than {LARGEST_FILE} bytes, the most that is read")
    return data


def _read_file(path: str, table: str, fields: list[dict[str, Any]], key: list[str]) -> _TableRead:
    """Rows of a user's file; a byte order mark and CRLF line ends are accepted, nothing else."""
    data = _bytes_of(path).removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n")
    records = csv_records(decode(data, path), path)
    names = [field["name"] for field in fields]
    _, header = next(records, (1, []))
    if not header:
        raise DataFileError(f"{path} begins with an empty line, or is empty; a header is expected")
    wrong = header_faults(header, names)
    if wrong:
        faults = [_finding(_HEADER_RULE, text, line=1, column=name) for name, text in wrong]
        raise ValidationError(path, table, faults)
    reading = _TableRead(path, [], [], [], {})
    nothing: Row = dict.fromkeys(names)
    every = frozenset(names)
    for number, (line, cells) in enumerate(records, start=1):
        if len(reading.faults) >= MOST_FAULTS:
            message = f"reading stopped here: {MOST_FAULTS} faults are told at the most"
            reading.faults.append(_finding(_SHAPE_RULE, message, row=number, line=line))
            break
        if len(cells) == len(names):
            _add_row(reading, line, dict(zip(names, cells, strict=True)), fields, key, cast_cell)
            continue
        problem = f"{len(cells)} cells, where the header has {len(names)}"
        problem = problem if cells else "an empty line"
        fault = _finding(_SHAPE_RULE, problem, row=number, line=line)
        reading.faults.append(fault)
        reading.rows.append(nothing)
        reading.lines.append(line)
        reading.untyped[number] = every
    return reading


def _add_row(
    reading: _TableRead,
    line: int,
    cells: dict[str, Any],
    fields: list[dict[str, Any]],
    key: list[str],
    cast: Callable[[Any, str], Cell],
) -> None:
    """Cast one row and add it, or what is wrong with it."""
    number = len(reading.rows) + 1
    row: Row = {}
    untyped = []
    for field in fields:
        name, kind = field["name"], field["type"]
        try:
            row[name] = cast(cells[name], kind)
        except (ValueError, ArithmeticError):
            row[name] = None
            untyped.append(name)
    reading.rows.append(row)
    reading.lines.append(line)
    if untyped:
        reading.untyped[number] = frozenset(untyped)
    for name in untyped:
        kind = next(field["type"] for field in fields if field["name"] == name)
        how = _HOW[kind]
        if kind == "string" and not isinstance(cells[name], str):
            how = f" but {type(cells[name]).__name__}; read the file as text (dtype=str)"
        place = {"row": number, "line": line or None, "column": name, "value": _shown(cells[name])}
        named = label({n: None if row[n] is None else _shown(cells[n]) for n in key}, key)
        problem = f"is not of type {kind}{how}"
        reading.faults.append(_finding(_TYPE_RULE, problem, key=named, **place))


_HOW = {
    "integer": ": digits, with a minus sign where negative",
    "number": ": digits, with a point before decimals and no separators of thousands",
    "boolean": ": true or false",
    "date": ": YYYY-MM-DD, a day that exists",
    "string": " that a CSV file can hold: no carriage return, NUL, byte order mark or half a "
    f"character, and at most {LARGEST_CELL} characters",
}


def _read_frame(frame: Any, backend: _Backend, table: str, tables: Package) -> _TableRead:
    """Rows of a frame."""
    fields, key = tables.fields(table), tables.key(table)
    names = [field["name"] for field in fields]
    wrong = header_faults(backend.names(frame), names)
    if wrong:
        faults = [_finding(_HEADER_RULE, text, column=name) for name, text in wrong]
        raise ValidationError("the frame", table, faults)
    reading = _TableRead("the frame", [], [], [], {})
    columns = [backend.cells(frame, at) for at in range(len(names))]
    for values in zip(*columns, strict=True):
        _add_row(reading, 0, dict(zip(names, values, strict=True)), fields, key, typed_cell)
    return reading


def _read_rows(rows: list[Any], table: str, tables: Package) -> _TableRead:
    """Rows of a list of dictionaries; each names every column, in any order."""
    fields, key = tables.fields(table), tables.key(table)
    names = [field["name"] for field in fields]
    reading = _TableRead("the rows", [], [], [], {})
    faults = []
    for number, row in enumerate(rows, start=1):
        given = [_shown(name) for name in row]
        if set(given) != set(names):
            wrong = header_faults(given, names)
            faults += [_finding(_HEADER_RULE, text, row=number, column=n) for n, text in wrong]
    if faults:
        raise ValidationError("the rows", table, faults[:MOST_FAULTS])
    for row in rows:
        _add_row(reading, 0, row, fields, key, typed_cell)
    return reading


def _read(source: Any, table: str, tables: Package) -> _TableRead:
    """Rows of a path, a frame, or a sequence of dictionaries."""
    if isinstance(source, (str, os.PathLike)):
        path = os.fspath(source)
        return _read_file(path, table, tables.fields(table), tables.key(table))
    homes = {kind.__module__.partition(".")[0] for kind in type(source).__mro__}
    for home, backend in _BACKENDS.items():
        if home in homes and hasattr(source, "columns"):
            return _read_frame(source, backend, table, tables)
    rows = list(source) if hasattr(source, "__iter__") else None
    if rows is None or not all(hasattr(row, "keys") for row in rows):
        raise TypeError(
            f"a table is given as a path, a pandas frame, or a list of dictionaries; "
            f"not as {type(source).__name__}"
        )
    return _read_rows([dict(row) for row in rows], table, tables)


# ---------------------------------------------------------------- what counts as known


def _settled(context: _Context | None) -> dict[str, Any]:
    """The context with what can be gone through only once made into lists."""
    if context is not None and not hasattr(context, "items"):
        raise TypeError("context is a mapping from the name of a table to a file, rows, or names")
    return {
        name: list(given) if hasattr(given, "__next__") else given
        for name, given in (context or {}).items()
    }


def _identifiers(given: Any) -> set[str] | None:
    """The identifiers that a context gives for a table; None where it gives the table itself."""
    if isinstance(given, (str, os.PathLike)) or not hasattr(given, "__iter__"):
        return None
    if hasattr(given, "columns"):
        return None
    given = list(given)
    return set(given) if given and all(isinstance(item, str) for item in given) else None


class _Tables(Package):
    """One table to be validated among the shipped ones and those of the context."""

    def __init__(self, table: str, context: _Context | None) -> None:
        self._shipped = sound_package()
        self.descriptor = self._shipped.descriptor
        self.resources = {table: self._shipped.resource(table)}
        self._rows: dict[str, list[Row]] = {}
        self._ids: dict[str, set[str]] = {}
        for name, given in _settled(context).items():
            self._add(name, given)
        self.others = self._rows.pop(table, [])

    def _add(self, name: str, given: Any) -> None:
        key, shipped = self.key(name), self._shipped.rows(name)
        ids = _identifiers(given)
        if ids is None:
            try:
                self._rows[name] = _read(given, name, self._shipped).sound_rows(name)
            except ValidationError as error:
                raise ValidationError(f"context: {error.source}", name, error.faults) from None
        elif len(key) > 1:
            raise TypeError(f"context: a row of {name} has no single identifier; give rows")
        else:
            self._ids[name] = ids
            self._rows[name] = [row for row in shipped if row[key[0]] in ids]

    def resource(self, table: str) -> dict[str, Any]:
        return self._shipped.resource(table)

    def known_tables(self) -> Iterable[str]:
        return self._shipped.resources

    def rows(self, table: str) -> list[Row]:
        return self._rows[table] if table in self._rows else self._shipped.rows(table)

    def known(self, table: str, columns: list[str]) -> set[tuple[Cell, ...]]:
        found = super().known(table, columns)
        if columns == self.key(table):
            found |= {(identifier,) for identifier in self._ids.get(table, ())}
        return found

    def only_named(self, table: str) -> set[str]:
        """Identifiers of a table of which no more is known than that they exist."""
        (*_, key) = self.key(table)
        return self._ids.get(table, set()) - {str(row[key]) for row in self.rows(table)}

    def hold(self, table: str, rows: list[Row]) -> None:
        """Take rows for the validated table, as they are."""
        self._rows[table] = rows

    def hold_among_others(self, table: str, rows: list[Row]) -> None:
        """Take rows for the validated table, among the others that are known of it."""
        key = self.key(table)
        own = {label(row, key): row for row in reversed(rows)}
        known = [own.get(label(row, key), row) for row in self.others]
        placed = {id(row) for row in known}
        self._rows[table] = known + [row for row in rows if id(row) not in placed]


# Rules that look at cells of the right type in a row that has others too; the rest need whole rows.
_OF_ANY_ROW: tuple[Rule, ...] = (*CELLS, keys_are_unique)


def _rules_of(table: str) -> list[Rule]:
    """Every rule that can find a fault in a row of a table."""
    references = (references_exist, nothing_is_part_of_itself)
    return [*_OF_ANY_ROW, *references, *across_columns(table)]


def _run(rule: Rule, tables: _Tables, table: str, reading: _TableRead) -> list[Fault]:
    """Faults of a rule in what was read, numbered as read.

    A cell of the wrong type is not faulted again; a row that has one is left to the rules of single
    cells, and is no reason to fault rows that refer to it, nor is a row known by name alone.
    """
    rows = reading.rows
    if rule in _OF_ANY_ROW:
        tables.hold(table, rows)
        broken: set[str] = set()
    else:
        key = tables.key(table)
        sound = [row for n, row in enumerate(rows, start=1) if n not in reading.untyped]
        tables.hold_among_others(table, sound)
        broken = {label(rows[number - 1], key) for number in reading.untyped}
    held = tables.rows(table)
    numbers = {id(row): number for number, row in enumerate(rows, start=1)}
    named = {
        key["fields"][0]: tables.only_named(key["reference"]["resource"] or table)
        | (broken if key["reference"]["resource"] == "" else set())
        for key in tables.resource(table)["schema"].get("foreignKeys", [])
    }
    found = []
    for fault in rule(tables):
        if fault.table != table or not fault.number:
            continue
        number = numbers.get(id(held[fault.number - 1]))
        if number is None:
            continue
        columns = set(fault.column.split(", "))
        if columns & reading.untyped.get(number, frozenset()):
            continue
        row = rows[number - 1]
        if any(str(row[column]) in named.get(column, ()) for column in columns):
            continue
        if rule is agreements_have_evidence and tables.only_named("agreement_events"):
            continue
        found.append(fault._replace(number=number))
        if len(found) >= MOST_FAULTS:
            break
    return found


def faults_of(source: Any, table: str, context: _Context | None = None) -> _TableRead:
    """What was read of a table, and every fault of it, in the order of rows and columns."""
    tables = _Tables(table, context)
    reading = _read(source, table, tables)
    order = {field["name"]: at for at, field in enumerate(tables.fields(table))}
    for rule in _rules_of(table):
        if len(reading.faults) >= MOST_FAULTS:
            break
        for fault in _run(rule, tables, table, reading):
            row = reading.rows[fault.number - 1]
            place = {
                "row": fault.number,
                "line": reading.lines[fault.number - 1] or None,
                "key": fault.row,
            }
            for name in fault.column.split(", "):
                value = None if row.get(name) is None else str(row[name])
                finding = _finding(fault.rule, fault.message, **place, column=name, value=value)
                reading.faults.append(finding)
    reading.faults.sort(key=lambda f: (f["row"] or 0, order.get(f["column"], -1)))
    return reading


# ---------------------------------------------------------------- public functions


def validate(source: _Source, table: str, *, context: _Context | None = None) -> pandas.DataFrame:
    """Check a table of your own, or a shipped one, by every rule; give it back typed, if sound.

    `source` is the path of a CSV file, a pandas frame, or a list of dictionaries, with the
    columns of `table` in their order. A file is UTF-8, split by commas, quoted after RFC 4180; a
    byte order mark and CRLF line ends are accepted, nothing else is mended. Cells of a frame
    may be of any type that says the same: text is read as in a file.

    References (claimants, measures, documents, ...) must be known: by default the rows of the
    shipped tables are. `context` puts others in their place: a mapping from the name of a table to
    a path, a frame, rows, or a plain list of identifiers. Of identifiers that are not shipped no
    more is known than that they exist. Under the name of the validated table itself it
    gives rows that yours may refer to: so a part of a table is validated against the whole.

    Returns the table as a pandas frame, typed as `load` types it. Raises ValidationError, which
    lists every fault with row, key, column, value and rule (of a table with more than 10,000 the
    first; in a row with a cell of the wrong type, rules across columns wait until that is
    mended); DataFileError for a file that is no CSV file; UnknownNameError for a table that does
    not exist.

    >>> from albania_uk_migration import load
    >>> figures = validate(load("figures"), "figures")
    >>> figures["unit"] = figures["unit"].mask(figures["figure_id"] == "F011", "items")
    >>> validate(figures, "figures")
    Traceback (most recent call last):
    ...
    albania_uk_migration.errors.ValidationError: the frame as figures: 1 fault
      row 11, F011, measure "returns" / unit "items": unit is items, but measure returns counts
      persons [unit_is_the_measures]
    """
    rows = faults_of(source, table, context).sound_rows(table)
    fields = sound_package().fields(table)
    return frame(rows, {field["name"]: field["type"] for field in fields})
