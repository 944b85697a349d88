"""Validate a table, in a file, rows or a frame, by its Table Schema and the rules.

`validate` treats all sources alike: it turns them into typed rows of plain Python and runs the
rules over them, so that validating a file does not load pandas. `schema` compiles the same Table
Schema and rules to pandera, for those who use pandera; both find the same faulty rows.
"""

from __future__ import annotations

import itertools
import os
from typing import TYPE_CHECKING, Any

from ..errors import Fault, ValidationError
from ..tables.cells import Cell, Row, frame, label
from ..tables.package import Package, shipped
from .cells import keys_are_unique, nothing_is_part_of_itself, references_exist
from .index import CELLS, Rule, across_columns
from .sources import MOST_FAULTS, TableRead, read_table
from .spans import agreements_have_evidence

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import pandas

    from .sources import _Source

    # A source or a collection of identifiers for each table.
    _Context = Mapping[str, Any]


# ---------------------------------------------------------------- what counts as known


def settled(context: _Context | None) -> dict[str, Any]:
    """The context, with iterators made into lists."""
    if context is not None and not hasattr(context, "items"):
        raise TypeError(
            "Give context as a mapping from the name of a table to a file, rows or names."
        )
    return {
        name: list(given) if hasattr(given, "__next__") else given
        for name, given in (context or {}).items()
    }


def _identifiers(given: Any) -> set[str] | None:
    """The identifiers that a context gives for a table; None if it gives the table itself."""
    if isinstance(given, (str, os.PathLike)) or not hasattr(given, "__iter__"):
        return None
    if hasattr(given, "columns"):
        return None
    given = list(given)
    return set(given) if given and all(isinstance(item, str) for item in given) else None


class Subject(Package):
    """One table to validate, among the tables of a context and the shipped ones.

    About the identifiers in `named` we know only that they exist.
    """

    def __init__(self, table: str, context: _Context | None) -> None:
        self._shipped = shipped().sound()
        self.descriptor, self.resources = self._shipped.descriptor, self._shipped.resources
        self.table = table
        self.resource(table)
        self.named: dict[str, set[str]] = {}
        self.places: dict[int, int] = {}
        self._rows: dict[str, list[Row]] = {}
        for name, given in settled(context).items():
            self._add(name, given)
        self.others = self._rows.pop(table, [])

    def _add(self, name: str, given: Any) -> None:
        key, known = self.key(name), self._shipped.rows(name)
        ids = _identifiers(given)
        if ids is None:
            try:
                self._rows[name] = read_table(given, name, self._shipped).sound_rows()
            except ValidationError as error:
                raise ValidationError(f"Context: {error.source}", name, error.found) from None
        elif len(key) > 1:
            raise TypeError(f"A row of {name} has no single identifier. In context, give rows.")
        else:
            self._rows[name] = [row for row in known if row[key[0]] in ids]
            self.named[name] = ids - {str(row[key[0]]) for row in self._rows[name]}

    @property
    def subjects(self) -> tuple[str, ...]:
        """The table to validate."""
        return (self.table,)

    def rows(self, table: str) -> list[Row]:
        """The rows of the validated table, of the context, or shipped."""
        return self._rows[table] if table in self._rows else self._shipped.rows(table)

    def number(self, table: str, row: Row) -> int:
        """The place of a row in the validated table as read, from 1; 0 for any other row."""
        return self.places.get(id(row), 0) if table == self.table else 0

    def known(self, table: str, columns: list[str]) -> set[tuple[Cell, ...]]:
        """The values of some columns that a reference may have, including bare identifiers."""
        found = super().known(table, columns)
        if columns == self.key(table):
            found |= {(identifier,) for identifier in self.named.get(table, ())}
        return found

    def among_others(self, rows: list[Row]) -> list[Row]:
        """The rows of the validated table together with its other rows from the context."""
        if not self.others:
            return rows
        key = self.key(self.table)
        own = {label(row, key): row for row in reversed(rows)}
        known = [own.get(label(row, key), row) for row in self.others]
        placed = {id(row) for row in known}
        return known + [row for row in rows if id(row) not in placed]


# ---------------------------------------------------------------- rules over what was read

# These rules check the sound cells of a row with a cell of the wrong type; other rules need whole
# rows.
_OF_ANY_ROW: tuple[Rule, ...] = (*CELLS, keys_are_unique)


def rules_of(table: str) -> list[Rule]:
    """Every rule that can find faults in the rows of a table."""
    references = (references_exist, nothing_is_part_of_itself)
    return [*_OF_ANY_ROW, *references, *across_columns(table)]


class Checking:
    """A table as read, among the known rows, ready for the rules.

    A cell of the wrong type gets no second fault. Its row is checked only by the rules for single
    cells. Rows that refer to it, or to a row known only by name, are not at fault for that.
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
        """The faults that a rule finds, numbered as read."""
        if rule is agreements_have_evidence and self.events_by_name:
            return
        untyped = self.reading.untyped
        for fault in rule(self.as_read if rule in _OF_ANY_ROW else self.whole):
            if fault.table != self.reading.table or not fault.number:
                continue
            if not untyped.get(fault.number, frozenset()).isdisjoint(fault.columns):
                continue
            if rule not in _OF_ANY_ROW and any(
                value in self.unblamed.get(column, ()) for column, value in fault.cells
            ):
                continue
            yield fault


def faults_of(source: Any, table: str, context: _Context | None = None) -> TableRead:
    """A table as read, and all its faults, in the order of rows and columns."""
    subject = Subject(table, context)
    reading = read_table(source, table, subject)
    checking = Checking(subject, reading)
    order = {name: at for at, name in enumerate(subject.types(table))}
    for rule in rules_of(table):
        left = MOST_FAULTS - len(reading.faults)
        for fault in itertools.islice(checking.faults(rule), max(0, left)):
            reading.faults.append(_in_order(fault, order, reading.lines[fault.number - 1]))
    reading.faults.sort(key=lambda fault: (fault.number, _place(fault, order)))
    return reading


def _place(fault: Fault, order: Mapping[str, int]) -> int:
    return min((order.get(column, -1) for column in fault.columns), default=len(order))


def _in_order(fault: Fault, order: Mapping[str, int], line: int) -> Fault:
    """A fault with its line, and its cells in the order of the table's columns."""
    cells = sorted(fault.cells, key=lambda cell: order[cell[0]])
    columns, values = zip(*cells, strict=True)
    return fault._replace(columns=columns, values=values, line=line)


# ---------------------------------------------------------------- public functions


def validate(source: _Source, table: str, *, context: _Context | None = None) -> pandas.DataFrame:
    """Check your own table, or a shipped one, by every rule, and return it typed if it passes.

    `source` is the path of a CSV file, a pandas frame, or a list of dictionaries, with the columns
    of `table` in their order. A file is UTF-8, separated by commas and quoted as in RFC 4180. We
    accept a byte order mark and CRLF line ends, and repair nothing else. A file may have any size:
    we read it line by line and keep its rows (100,000 figures, 60 MB, take 370 MB of memory). Cells
    of a frame may have any type with the same meaning; text is read as in a file.

    References (claimants, measures, documents, ...) must name known rows, by default those of the
    shipped tables. `context` replaces these: it is a mapping from table names to a path, a frame,
    rows or a plain list of identifiers. We know nothing else about identifiers that we do not ship.
    Under the name of the validated table itself you can give rows that yours may refer to, to
    validate a part of a table against the whole.

    Returns the table as a pandas frame, typed as by `load`; `describe` gives columns and units.
    Raises ValidationError, which lists every fault with row, key, column, value and rule (at most
    the first 10,000; rules across columns skip a row with a cell of the wrong type until you
    correct it); DataFileError for a file that is not CSV; UnknownNameError for a table that does
    not exist; TypeError for a source or context of another kind. The rules are those of
    `rules/index.py` and the Table Schema (Data Package v2).

    >>> from albania_uk_migration import load
    >>> figures = validate(load("figures"), "figures")
    >>> figures["unit"] = figures["unit"].mask(figures["figure_id"] == "F011", "items")
    >>> validate(figures, "figures")
    Traceback (most recent call last):
    ...
    albania_uk_migration.errors.ValidationError: The frame as figures: 1 fault
      row 11, F011, measure "returns" / unit "items": unit is items, but measure returns counts
      persons [unit_is_the_measures]
    """
    rows = faults_of(source, table, context).sound_rows()
    return frame(rows, shipped().types(table))
