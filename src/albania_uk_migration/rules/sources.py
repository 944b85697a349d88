"""Read a table to validate, from a file, a frame or rows, with its faults.

We type the cells column by column, some thousand rows at a time, so that a value in many rows is
typed once. A cell of the wrong type is None, and a fault.
"""

from __future__ import annotations

import datetime
import itertools
import os
from typing import TYPE_CHECKING, Any, NamedTuple

from ..errors import DataFileError, Fault, ValidationError
from ..tables.cells import LARGEST_CELL, Cell, Row, cast_cell, label, typed_cell
from ..tables.csv_text import csv_records, header_faults
from ..tables.files import opened
from .cells import TYPE_RULE

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import pandas

    from ..tables.package import Package

    _Source = str | os.PathLike[str] | pandas.DataFrame | Sequence[Mapping[Any, Any]]


# The most faults we list; a table with more is probably another table.
MOST_FAULTS = 10_000
SHAPE_RULE = "rows_have_all_cells"
HEADER_RULE = "columns_are_those_described"
# How many rows to type together: enough to find repeated values, few enough to keep twice.
_TOGETHER = 2_000


class TableRead(NamedTuple):
    """The typed rows of a source and its faults; a cell of the wrong type is None."""

    source: str
    table: str
    rows: list[Row]
    lines: list[int]
    faults: list[Fault]
    # By the number of a row, from 1: the columns with cells of the wrong type.
    untyped: dict[int, frozenset[str]]

    def sound_rows(self) -> list[Row]:
        """The rows; raises ValidationError with the faults if there are any."""
        if self.faults:
            raise ValidationError(self.source, self.table, self.faults)
        return self.rows


# ---------------------------------------------------------------- casting columns


class _NotOfType:
    """Marks a cell that does not have the type of its column."""


_NOT = _NotOfType()


def _cast(cast: Callable[[Any, str], Cell], value: Any, kind: str) -> Any:
    try:
        return cast(value, kind)
    except (ValueError, ArithmeticError):
        return _NOT


def _cast_column(cast: Callable[[Any, str], Cell], values: Sequence[Any], kind: str) -> list[Any]:
    """The typed cells of a column; we type each repeated value once.

    Equal values of different types (1, 1.0, True) and equal decimals may be different cells, so we
    type those one by one.
    """
    types = set(map(type, values)) - {type(None)}
    if types <= {str} or types <= {int} or types <= {datetime.date}:
        known = {value: _cast(cast, value, kind) for value in set(values)}
        return list(map(known.__getitem__, values))
    return [_cast(cast, value, kind) for value in values]


class _Reading:
    """A table being read; it keeps faults of form and of cells."""

    def __init__(
        self, source: str, table: str, package: Package, cast: Callable[[Any, str], Cell]
    ) -> None:
        self.read = TableRead(source, table, [], [], [], {})
        self.types = package.types(table)
        self.key = package.key(table)
        self.cast = cast

    def fault(self, rule: str, message: str, *columns: str, number: int = 0, line: int = 0) -> None:
        """Keep a fault in the form of the table or of a row."""
        fault = Fault(self.read.table, "", columns, rule, message, number, line=line)
        self.read.faults.append(fault)

    def header(self, found: list[str], line: int = 0, number: int = 0) -> None:
        """Keep a fault for each column that is missing, unknown, repeated or out of place."""
        for column, problem in header_faults(found, list(self.types)):
            self.fault(HEADER_RULE, problem, column, line=line, number=number)

    def has_all_columns(self) -> None:
        """Raise ValidationError if the columns differ from the table's."""
        del self.read.faults[MOST_FAULTS:]
        self.read.sound_rows()

    def add(self, columns: Sequence[Sequence[Any]], lines: Sequence[int]) -> None:
        """Type rows, given by column, and add them with their faults."""
        read, first = self.read, len(self.read.rows) + 1
        typed = [
            _cast_column(self.cast, values, kind)
            for values, kind in zip(columns, self.types.values(), strict=True)
        ]
        wrong: dict[int, dict[str, Any]] = {}
        for name, cells, values in zip(self.types, typed, columns, strict=True):
            if _NOT in cells:
                for at, cell in enumerate(cells):
                    if cell is _NOT:
                        wrong.setdefault(at, {})[name] = values[at]
                        cells[at] = None
        names = tuple(self.types)
        read.rows.extend(dict(zip(names, cells, strict=True)) for cells in zip(*typed, strict=True))
        read.lines.extend(lines)
        for at, cells_of in sorted(wrong.items()):
            self._add_untyped(first + at, cells_of, lines[at])

    def _add_untyped(self, number: int, cells: dict[str, Any], line: int) -> None:
        read, row = self.read, self.read.rows[number - 1]
        read.untyped[number] = frozenset(cells)
        named = {n: None if row[n] is None else shown(row[n]) for n in self.key}
        for name, cell in cells.items():
            kind = self.types[name]
            how = _HOW[kind]
            if kind == "string" and not isinstance(cell, str):
                how = f" but {type(cell).__name__}; read the file as text (dtype=str)"
            message = f"is not of type {kind}{how}"
            place = (number, (shown(cell),), line)
            key = label(named, self.key)
            read.faults.append(Fault(read.table, key, (name,), TYPE_RULE, message, *place))

    def full(self) -> bool:
        """Whether there are more faults than we list; if so, the last one listed says so."""
        faults = self.read.faults
        if len(faults) <= MOST_FAULTS:
            return False
        del faults[MOST_FAULTS:]
        message = f"the list ends here: there are more than {MOST_FAULTS:,} faults"
        self.fault(SHAPE_RULE, message, number=faults[-1].number, line=faults[-1].line)
        return True

    def no_row(self, problem: str, line: int) -> None:
        """Add an empty row if a record does not have the shape of a row."""
        self.read.rows.append(dict.fromkeys(self.types))
        self.read.lines.append(line)
        number = len(self.read.rows)
        self.read.untyped[number] = frozenset(self.types)
        self.fault(SHAPE_RULE, problem, number=number, line=line)


_HOW = {
    "integer": ": digits, with a minus sign where negative",
    "number": ": digits, with a point before decimals and no separators of thousands",
    "boolean": ": true or false",
    "date": ": YYYY-MM-DD, a day that exists",
    "string": " that a CSV file can hold: no carriage return, NUL, byte order mark or half a "
    f"character, and at most {LARGEST_CELL} characters",
}


def shown(value: Any) -> str:
    """Any value as short text for a fault; it never raises an error."""
    try:
        text = str(value)
    except Exception:
        text = f"<{type(value).__name__}>"
    return text if len(text) <= LARGEST_CELL else text[:200] + "..."


# ---------------------------------------------------------------- files


def _read_file(path: str, table: str, package: Package) -> TableRead:
    """The rows of a user's file, line by line; we accept a byte order mark and CRLF line ends."""
    reading = _Reading(path, table, package, cast_cell)
    with opened(path, DataFileError) as file:
        records = csv_records(file, path, mended=True)
        _, header = next(records, (1, []))
        if not header:
            raise DataFileError(
                f"{path} is empty or begins with an empty line. Begin with a header."
            )
        reading.header(header, line=1)
        reading.has_all_columns()
        while some := list(itertools.islice(records, _TOGETHER)):
            _add_records(reading, some)
            if reading.full():
                break
    return reading.read


def _add_records(reading: _Reading, records: list[tuple[int, list[str]]]) -> None:
    """Add some records of a file."""
    width = len(reading.types)
    for shaped, group in itertools.groupby(records, key=lambda record: len(record[1]) == width):
        if shaped:
            lines, rows = zip(*group, strict=True)
            reading.add(list(zip(*rows, strict=True)), lines)
            continue
        for line, cells in group:
            count = "1 cell" if len(cells) == 1 else f"{len(cells)} cells"
            problem = f"{count}, where the header has {width}"
            reading.no_row(problem if cells else "an empty line", line)


# ---------------------------------------------------------------- frames and rows


def _read_frame(given: pandas.DataFrame, table: str, package: Package) -> TableRead:
    """Rows of a frame."""
    reading = _Reading("The frame", table, package, typed_cell)
    reading.header([str(name) for name in given.columns])
    reading.has_all_columns()
    columns = []
    for at in range(len(reading.types)):
        column = given.iloc[:, at]
        columns.append(list(column.astype(object).where(column.notna(), None)))
    reading.add(columns, [0] * len(given))
    reading.full()
    return reading.read


def _read_rows(rows: list[Any], table: str, package: Package) -> TableRead:
    """The rows of a list of mappings; each names every column, in any order."""
    reading = _Reading("The rows", table, package, typed_cell)
    names = set(reading.types)
    for number, row in enumerate(rows, start=1):
        if set(row.keys()) != names:
            reading.header([shown(name) for name in list(row.keys())], number=number)
    reading.has_all_columns()
    for first in range(0, len(rows), _TOGETHER):
        some = rows[first : first + _TOGETHER]
        reading.add([[row[name] for row in some] for name in reading.types], [0] * len(some))
        if reading.full():
            break
    return reading.read


def read_table(source: Any, table: str, package: Package) -> TableRead:
    """The rows of a path, a frame or a sequence of dictionaries."""
    if isinstance(source, (str, os.PathLike)):
        return _read_file(os.fspath(source), table, package)
    if hasattr(source, "columns") and hasattr(source, "iloc"):
        return _read_frame(source, table, package)
    rows = list(source) if hasattr(source, "__iter__") else None
    if rows is None or not all(hasattr(row, "keys") for row in rows):
        raise TypeError(
            f"Give a table as a path, a pandas frame or a list of dictionaries, "
            f"not as {type(source).__name__}."
        )
    return _read_rows(rows, table, package)
