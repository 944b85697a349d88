"""Validate a table: the Table Schema and the rules, over a file, rows or a frame.

`validate` is one engine for all sources: it turns them into typed rows of plain Python and runs
`rules` over them, so that a file is validated without loading pandas. `schema` compiles the
same Table Schema and the same rules to pandera, for those who have pandera in their pipeline; both
find the same rows at fault.
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

    # By table: a source, or a collection of identifiers.
    _Context = Mapping[str, Any]


# ---------------------------------------------------------------- what counts as known


def settled(context: _Context | None) -> dict[str, Any]:
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
            if rule not in _OF_ANY_ROW and any(
                value in self.unblamed.get(column, ()) for column, value in fault.cells
            ):
                continue
            yield fault


def faults_of(source: Any, table: str, context: _Context | None = None) -> TableRead:
    """What was read of a table, and every fault of it, in the order of rows and columns."""
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
    """A fault with its line, and its cells in the order of the columns of the table."""
    cells = sorted(fault.cells, key=lambda cell: order[cell[0]])
    columns, values = zip(*cells, strict=True)
    return fault._replace(columns=columns, values=values, line=line)


# ---------------------------------------------------------------- public functions


def validate(source: _Source, table: str, *, context: _Context | None = None) -> pandas.DataFrame:
    """Check a table of your own, or a shipped one, by every rule; give it back typed, if sound.

    `source` is the path of a CSV file, a pandas frame, or a list of dictionaries, with the
    columns of `table` in their order. A file is UTF-8, split by commas, quoted after RFC 4180; a
    byte order mark and CRLF line ends are accepted, nothing else is mended. It may be of any size:
    it is read line by line, and its rows are kept (100,000 figures, 60 MB, take 370 MB). Cells of a
    frame may be of any type that says the same: text is read as in a file.

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
