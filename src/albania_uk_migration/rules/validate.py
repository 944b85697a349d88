"""Validate a table: the Table Schema and the rules, over a file, rows or a frame.

`validate` is one engine for all sources: it turns them into typed rows of plain Python and runs
`rules` over them, so that a file is validated without loading pandas. `schema` compiles the
same Table Schema and the same rules to pandera, for those who have pandera in their pipeline; both
find the same rows at fault.
"""

from __future__ import annotations

import functools
import itertools
import os
import stat
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple

from ..errors import DataFileError, Fault, ValidationError
from ..tables.cells import LARGEST_CELL, Cell, Row, cast_cell, frame, label, typed_cell
from ..tables.csv_text import csv_records, header_faults
from ..tables.package import Package, shipped
from .cells import TYPE_RULE, keys_are_unique, nothing_is_part_of_itself, references_exist
from .index import CELLS, Rule, across_columns
from .spans import agreements_have_evidence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    import pandas

    _Source = str | os.PathLike[str] | pandas.DataFrame | Sequence[Mapping[Any, Any]]

    # By table: a _Source, or a collection of identifiers.
    _Context = Mapping[str, Any]


# The most faults that are listed; a file with more is not the table it is taken for.
MOST_FAULTS = 10_000
SHAPE_RULE = "rows_have_all_cells"
HEADER_RULE = "columns_are_those_described"


# ---------------------------------------------------------------- reading what is validated


class TableRead(NamedTuple):
    """Typed rows of a source and its faults; a cell that is not of its type is None."""

    source: str
    table: str
    rows: list[Row]
    lines: list[int]
    faults: list[Fault]
    # Columns of each row, by its number from 1, whose cells are not of their type.
    untyped: dict[int, frozenset[str]]

    def sound_rows(self) -> list[Row]:
        """The rows; raises ValidationError with the faults, if there are any."""
        if self.faults:
            raise ValidationError(self.source, self.table, self.faults)
        return self.rows


class _Reading:
    """A table being read row by row, with what is wrong with its form and its cells."""

    def __init__(self, source: str, table: str, package: Package) -> None:
        self.read = TableRead(source, table, [], [], [], {})
        self.types = package.types(table)
        self.key = package.key(table)

    def fault(self, rule: str, message: str, *columns: str, number: int = 0, line: int = 0) -> None:
        """Keep a fault of the form of the table, or of one of its rows."""
        fault = Fault(self.read.table, "", columns, rule, message, number, line=line)
        self.read.faults.append(fault)

    def header(self, found: list[str], line: int = 0, number: int = 0) -> None:
        """Keep a fault for each column that is missing, not expected, repeated or out of place."""
        for column, problem in header_faults(found, list(self.types)):
            self.fault(HEADER_RULE, problem, column, line=line, number=number)

    def sound_so_far(self) -> None:
        """Raise ValidationError if the columns are not those of the table."""
        del self.read.faults[MOST_FAULTS:]
        self.read.sound_rows()

    def row(self, cells: Iterable[Any], casts: Iterable[Callable[[Any], Cell]], line: int) -> None:
        """Cast one row and add it, or what is wrong with it."""
        read = self.read
        read.lines.append(line)
        try:
            read.rows.append(
                {name: cast(c) for name, cast, c in zip(self.types, casts, cells, strict=True)}
            )
        except (ValueError, ArithmeticError):
            self._untyped_row(list(cells), casts, line)

    def _untyped_row(
        self, cells: list[Any], casts: Iterable[Callable[[Any], Cell]], line: int
    ) -> None:
        row: Row = {}
        wrong = {}
        for name, cast, cell in zip(self.types, casts, cells, strict=True):
            try:
                row[name] = cast(cell)
            except (ValueError, ArithmeticError):
                row[name], wrong[name] = None, cell
        self.read.rows.append(row)
        number = len(self.read.rows)
        self.read.untyped[number] = frozenset(wrong)
        key = label({n: None if row[n] is None else _shown(row[n]) for n in self.key}, self.key)
        for name, cell in wrong.items():
            kind = self.types[name]
            how = _HOW[kind]
            if kind == "string" and not isinstance(cell, str):
                how = f" but {type(cell).__name__}; read the file as text (dtype=str)"
            problem = f"is not of type {kind}{how}"
            self.read.faults.append(
                Fault(
                    self.read.table, key, (name,), TYPE_RULE, problem, number, (_shown(cell),), line
                )
            )

    def no_row(self, problem: str, line: int) -> None:
        """Add an empty row where a record has not the shape of one."""
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


def _shown(value: Any) -> str:
    """A value of any kind as text for a fault; never raises, never long."""
    try:
        text = str(value)
    except Exception:
        text = f"<{type(value).__name__}>"
    return text if len(text) <= LARGEST_CELL else text[:200] + "..."


def _opened(path: str) -> BinaryIO:
    try:
        if stat.S_ISFIFO(os.stat(path).st_mode) and not path.startswith(("/dev/", "/proc/")):
            raise DataFileError(f"{path} is a pipe, not a file")
        return open(path, "rb")
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else str(error)
        raise DataFileError(f"{path} cannot be read: {why}") from None


# Of so many texts in a column it is remembered what cells they are: most stand in many rows.
_REMEMBERED = 1024


def _read_file(path: str, table: str, package: Package) -> TableRead:
    """Rows of a user's file, line by line; a byte order mark and CRLF line ends are accepted."""
    reading = _Reading(path, table, package)
    casts = [
        functools.lru_cache(_REMEMBERED)(functools.partial(cast_cell, kind=kind))
        for kind in reading.types.values()
    ]
    with _opened(path) as file:
        records = csv_records(file, path, mended=True)
        _, header = next(records, (1, []))
        if not header:
            raise DataFileError(
                f"{path} begins with an empty line, or is empty; a header is expected"
            )
        reading.header(header, line=1)
        reading.sound_so_far()
        for line, cells in records:
            if len(reading.read.faults) >= MOST_FAULTS:
                message = f"reading stopped here: {MOST_FAULTS} faults are told at the most"
                number = len(reading.read.rows) + 1
                reading.fault(SHAPE_RULE, message, number=number, line=line)
                break
            if len(cells) == len(casts):
                reading.row(cells, casts, line)
                continue
            problem = f"{len(cells)} cells, where the header has {len(casts)}"
            reading.no_row(problem if cells else "an empty line", line)
    return reading.read


def _typed_casts(reading: _Reading) -> list[Callable[[Any], Cell]]:
    return [functools.partial(typed_cell, kind=kind) for kind in reading.types.values()]


def _read_frame(given: pandas.DataFrame, table: str, package: Package) -> TableRead:
    """Rows of a frame."""
    reading = _Reading("the frame", table, package)
    reading.header([str(name) for name in given.columns])
    reading.sound_so_far()
    casts = _typed_casts(reading)
    columns = []
    for at in range(len(casts)):
        column = given.iloc[:, at]
        columns.append(list(column.astype(object).where(column.notna(), None)))
    for values in zip(*columns, strict=True):
        reading.row(values, casts, 0)
    return reading.read


def _read_rows(rows: list[dict[Any, Any]], table: str, package: Package) -> TableRead:
    """Rows of a list of dictionaries; each names every column, in any order."""
    reading = _Reading("the rows", table, package)
    names = list(reading.types)
    for number, row in enumerate(rows, start=1):
        given = [_shown(name) for name in row]
        if set(given) != set(names):
            reading.header(given, number=number)
    reading.sound_so_far()
    casts = _typed_casts(reading)
    for row in rows:
        reading.row([row[name] for name in names], casts, 0)
    return reading.read


def _read(source: Any, table: str, package: Package) -> TableRead:
    """Rows of a path, a frame, or a sequence of dictionaries."""
    if isinstance(source, (str, os.PathLike)):
        return _read_file(os.fspath(source), table, package)
    if hasattr(source, "columns") and hasattr(source, "iloc"):
        return _read_frame(source, table, package)
    rows = list(source) if hasattr(source, "__iter__") else None
    if rows is None or not all(hasattr(row, "keys") for row in rows):
        raise TypeError(
            f"a table is given as a path, a pandas frame, or a list of dictionaries; "
            f"not as {type(source).__name__}"
        )
    return _read_rows([dict(row) for row in rows], table, package)


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


class Subject(Package):
    """One table to be validated, among the tables of a context and the shipped ones.

    Of some identifiers, `named`, no more is known than that they exist.
    """

    def __init__(self, table: str, context: _Context | None) -> None:
        self._shipped = shipped().sound()
        self.descriptor, self.resources = self._shipped.descriptor, self._shipped.resources
        self.table = table
        self.resource(table)
        self.named: dict[str, set[str]] = {}
        self.places: dict[int, int] = {}
        self._rows: dict[str, list[Row]] = {}
        for name, given in _settled(context).items():
            self._add(name, given)
        self.others = self._rows.pop(table, [])

    def _add(self, name: str, given: Any) -> None:
        key, known = self.key(name), self._shipped.rows(name)
        ids = _identifiers(given)
        if ids is None:
            try:
                self._rows[name] = _read(given, name, self._shipped).sound_rows()
            except ValidationError as error:
                raise ValidationError(f"context: {error.source}", name, error.found) from None
        elif len(key) > 1:
            raise TypeError(f"context: a row of {name} has no single identifier; give rows")
        else:
            self._rows[name] = [row for row in known if row[key[0]] in ids]
            self.named[name] = ids - {str(row[key[0]]) for row in self._rows[name]}

    @property
    def subjects(self) -> tuple[str, ...]:
        """The table that is validated."""
        return (self.table,)

    def rows(self, table: str) -> list[Row]:
        """Rows of the validated table, of the context, or shipped."""
        return self._rows[table] if table in self._rows else self._shipped.rows(table)

    def number(self, table: str, row: Row) -> int:
        """The place of a row of the validated table as it was read, from 1; 0 for any other."""
        return self.places.get(id(row), 0) if table == self.table else 0

    def known(self, table: str, columns: list[str]) -> set[tuple[Cell, ...]]:
        """Values of some columns that a reference may have, identifiers alone included."""
        found = super().known(table, columns)
        if columns == self.key(table):
            found |= {(identifier,) for identifier in self.named.get(table, ())}
        return found

    def among_others(self, rows: list[Row]) -> list[Row]:
        """Rows of the validated table among the others of it that the context gives."""
        if not self.others:
            return rows
        key = self.key(self.table)
        own = {label(row, key): row for row in reversed(rows)}
        known = [own.get(label(row, key), row) for row in self.others]
        placed = {id(row) for row in known}
        return known + [row for row in rows if id(row) not in placed]


# ---------------------------------------------------------------- rules over what was read

# Rules that look at cells of the right type in a row that has others too; the rest need whole rows.
_OF_ANY_ROW: tuple[Rule, ...] = (*CELLS, keys_are_unique)


def rules_of(table: str) -> list[Rule]:
    """Every rule that can find a fault in a row of a table."""
    references = (references_exist, nothing_is_part_of_itself)
    return [*_OF_ANY_ROW, *references, *across_columns(table)]


class Checking:
    """What was read of a table, set among what is known, so that rules can be run over it.

    A cell of the wrong type is not faulted again; a row that has one is left to the rules of single
    cells, and is no reason to fault rows that refer to it, nor is a row known by name alone.
    """

    def __init__(self, subject: Subject, reading: TableRead) -> None:
        self.reading = reading
        rows, table = reading.rows, reading.table
        subject.places = {id(row): number for number, row in enumerate(rows, start=1)}
        self.as_read = subject.with_rows({table: rows})
        sound = rows
        if reading.untyped:
            sound = [row for n, row in enumerate(rows, start=1) if n not in reading.untyped]
        self.whole = subject.with_rows({table: subject.among_others(sound)})
        key = subject.key(table)
        broken = {label(rows[number - 1], key) for number in reading.untyped}
        self.unblamed: dict[str, set[str]] = {}
        for reference in subject.resource(table)["schema"].get("foreignKeys", []):
            other = reference["reference"]["resource"]
            named = subject.named.get(other or table, set())
            if not other:
                named = (named and named - {label(row, key) for row in rows}) | broken
            self.unblamed[reference["fields"][0]] = named
        self.events_by_name = bool(subject.named.get("agreement_events"))

    def faults(self, rule: Rule) -> Iterable[Fault]:
        """Faults of a rule in what was read, numbered as read."""
        if rule is agreements_have_evidence and self.events_by_name:
            return
        untyped = self.reading.untyped
        for fault in rule(self.as_read if rule in _OF_ANY_ROW else self.whole):
            if fault.table != self.reading.table or not fault.number:
                continue
            if not untyped.get(fault.number, frozenset()).isdisjoint(fault.columns):
                continue
            if any(value in self.unblamed.get(column, ()) for column, value in fault.cells):
                continue
            yield fault


def faults_of(source: Any, table: str, context: _Context | None = None) -> TableRead:
    """What was read of a table, and every fault of it, in the order of rows and columns."""
    subject = Subject(table, context)
    reading = _read(source, table, subject)
    checking = Checking(subject, reading)
    order = {name: at for at, name in enumerate(subject.types(table))}
    for rule in rules_of(table):
        left = MOST_FAULTS - len(reading.faults)
        for fault in itertools.islice(checking.faults(rule), max(0, left)):
            reading.faults.append(_in_order(fault, order, reading.lines[fault.number - 1]))
    reading.faults.sort(key=lambda fault: (fault.number, _place(fault, order)))
    return reading


def _place(fault: Fault, order: Mapping[str, int]) -> int:
    return min((order.get(column, -1) for column in fault.columns), default=-1)


def _in_order(fault: Fault, order: Mapping[str, int], line: int) -> Fault:
    """A fault with its line, and its cells in the order of the columns of the table."""
    cells = sorted(fault.cells, key=lambda cell: order[cell[0]])
    columns, values = zip(*cells, strict=True)
    return fault._replace(columns=columns, values=values, line=line)


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
    rows = faults_of(source, table, context).sound_rows()
    return frame(rows, shipped().types(table))
