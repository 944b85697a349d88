"""What can go wrong, in words: what was asked, what was found, what to do."""

from __future__ import annotations

import itertools
from typing import NamedTuple

from .wording import printable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    import pandas


class AlbaniaUkMigrationError(Exception):
    """Everything this package raises on purpose; catch it to catch them all."""

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle the message and the attributes, so that the error can pass between processes."""
        return _made_again, (type(self), self.args), self.__dict__ or None


def _made_again(kind: type[AlbaniaUkMigrationError], args: tuple[Any, ...]) -> Exception:
    error = kind.__new__(kind, *args)
    if isinstance(error, ImportError):
        ImportError.__init__(error, *args)
    return error


class UnknownNameError(AlbaniaUkMigrationError, LookupError):
    """A table, identifier or format that does not exist, with the nearest one that does.

    `kind` is what was looked for, `asked` the name that was given, and `nearest` the closest valid
    name, or None. A `hint` is advice that replaces the nearest name.

    >>> from albania_uk_migration import load
    >>> load("figurs")
    Traceback (most recent call last):
    ...
    albania_uk_migration.errors.UnknownNameError: No table called "figurs". Did you mean "figures"?
    """

    def __init__(self, kind: str, asked: object, valid: Iterable[str], hint: str = "") -> None:
        names = list(valid)
        self.kind = kind
        self.asked = str(asked)
        self.nearest = None if hint else _nearest(self.asked, names)
        if self.nearest:
            hint = f'Did you mean "{self.nearest}"?'
        advice = _sentence(hint or _range(self.asked, names))
        super().__init__(f'No {kind} called "{self.asked}". {advice}')


def _sentence(text: str) -> str:
    """The text with a capital letter at its start and a full stop at its end."""
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "?")) else ".")


def _nearest(asked: str, names: list[str]) -> str | None:
    """The valid name nearest to the one asked for; a numbered identifier is matched by number."""
    import difflib
    import re

    folded = {name.casefold(): name for name in names}
    numbered = re.fullmatch(r"([a-z])(\d{1,6})", asked.casefold())
    if numbered:
        return folded.get(f"{numbered[1]}{int(numbered[2]):03d}")
    if not any(character.isalpha() for character in asked):
        # A number is no misspelt name.
        return None
    near = difflib.get_close_matches(asked.casefold(), folded, n=1, cutoff=0.5)
    return folded[near[0]] if near else None


def _range(asked: str, names: list[str]) -> str:
    """The valid names: all if there are few, else the first and last that begin alike."""
    if len(names) <= 20:
        return f"choose from {', '.join(names)}" if names else "there are none to choose from"
    alike = [n for n in names if n[:1] == asked[:1].upper() and n[1:].isdigit()] or names
    if not all(name[1:].isdigit() for name in alike):
        return f"there are {len(names):,}, such as {', '.join(names[:3])}"
    return f"they run from {alike[0]} to {alike[-1]}"


class DataFileError(AlbaniaUkMigrationError):
    """A data file that is missing, has been altered, or does not match its description.

    Every function that reads the tables may raise it; `validate` also raises it for a user's file.
    """


class DocumentError(AlbaniaUkMigrationError):
    """A source document that is missing or differs from the one the tables were made from.

    `verify`, `evidence` and `draft` raise it.
    """


class EdtfError(AlbaniaUkMigrationError, ValueError):
    """A date expression outside the EDTF forms this package uses.

    >>> from albania_uk_migration import figures_about
    >>> figures_about(period="May 2023")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    ...
    albania_uk_migration.errors.EdtfError: "May 2023" is not a date we can read. Write it as ...
    """


class QuantityError(AlbaniaUkMigrationError, ValueError):
    """A text that cannot be read as one quantity.

    >>> from albania_uk_migration import parse_quantity
    >>> parse_quantity("many")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    ...
    albania_uk_migration.errors.QuantityError: Cannot read "many" as one quantity. Write it like ...
    """


class ComparisonError(AlbaniaUkMigrationError, ValueError):
    """A figure, period, assumption or tolerance that a comparison cannot use.

    >>> from albania_uk_migration import compare
    >>> compare("F018", "F019", tolerance=5)  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    ...
    albania_uk_migration.errors.ComparisonError: Give a tolerance from 0 up to 1, such ...
    """


class WorkbookError(AlbaniaUkMigrationError, ValueError):
    """A workbook that cannot be read, has no table we know, or is not safe to open.

    `read_home_office` and `check_claims` raise it.
    """


class Fault(NamedTuple):
    """A broken rule: the row, the columns that may be wrong, the rule, and what was found.

    `row` is the key of the row; `number` is its place in the table, counted from 1 (0 if it is not
    in the table); `line` is its line in the file (0 without a file). `values` are the cells of the
    columns, as text.
    """

    table: str
    row: str
    columns: tuple[str, ...]
    rule: str
    message: str
    number: int = 0
    values: tuple[str | None, ...] = ()
    line: int = 0

    @property
    def column(self) -> str:
        """The names of the columns, separated by commas."""
        return ", ".join(self.columns)

    @property
    def cells(self) -> list[tuple[str, str | None]]:
        """Each column with its value."""
        return list(itertools.zip_longest(self.columns, self.values[: len(self.columns)]))

    def __str__(self) -> str:
        cells = " / ".join(
            name + (f' "{_short(value)}"' if value else "") for name, value in self.cells
        )
        places = (
            f"row {self.number}" if self.number else "",
            f"line {self.line}" if self.line else "",
            self.row,
            cells,
        )
        text = f"{', '.join(filter(None, places))}: {self.message} [{self.rule}]"
        return printable(text)


def _short(value: str) -> str:
    return value[:60] + ("..." if len(value) > 60 else "")


class ValidationError(AlbaniaUkMigrationError, ValueError):
    """A table that breaks rules, with every fault found in it.

    `source` says what was validated, and `table` which table it should be. `faults` is a list of
    dictionaries, one per cell, with the columns of `FAULT_COLUMNS`: `row` (its place in the table,
    counted from 1; missing if the whole file is at fault), `line` (of the file; missing for a
    frame), `key` (the primary key of the row, its parts joined by a slash), `column`, `value` (as
    text), `rule` (the name of the rule) and `message`. If any of several cells may be wrong, each
    has an entry of its own with the same message. `frame` has the same entries as a pandas frame.
    """

    def __init__(self, source: str, table: str, faults: list[Fault]) -> None:
        super().__init__(source, table, faults)
        self.source = source
        self.table = table
        self.found = faults

    @property
    def faults(self) -> list[dict[str, Any]]:
        """The faults as dictionaries, one per cell."""
        listed = []
        for fault in self.found:
            place: dict[str, Any] = {"row": fault.number or None, "line": fault.line or None}
            place["key"] = fault.row or None
            why = {"rule": fault.rule, "message": fault.message}
            cells: list[tuple[str | None, str | None]] = [*fault.cells]
            for column, value in cells or [(None, None)]:
                listed.append({**place, "column": column, "value": value, **why})
        return listed

    @property
    def frame(self) -> pandas.DataFrame:
        """The faults as a pandas frame, one row per cell."""
        import pandas

        faults = self.faults
        types = {"integer": "Int64", "string": "string"}
        columns = {
            name: pandas.Series([fault[name] for fault in faults], dtype=types[kind])
            for name, kind in FAULT_COLUMNS.items()
        }
        return pandas.DataFrame(columns)

    def lines(self) -> list[str]:
        """Each fault on one line, with every cell that may be wrong, safe to print."""
        return [str(fault) for fault in self.found]

    def __str__(self) -> str:
        """The number of faults, and the first hundred of them."""
        number = f"{len(self.found)} fault{'' if len(self.found) == 1 else 's'}"
        text = [f"{self.source} as {self.table}: {number}"]
        text += [f"  {line}" for line in self.lines()[:_SHOWN]]
        if len(self.found) > _SHOWN:
            text.append(f"  and {len(self.found) - _SHOWN} more; all are in .faults and .frame")
        return "\n".join(text)


_SHOWN = 100
# The columns of the faults of a ValidationError and their Table Schema types.
FAULT_COLUMNS = {
    "row": "integer",
    "line": "integer",
    "key": "string",
    "column": "string",
    "value": "string",
    "rule": "string",
    "message": "string",
}


class MissingExtraError(AlbaniaUkMigrationError, ImportError):
    """A library from one of this package's extras is not installed."""

    def __init__(self, subject: str, library: str, extra: str) -> None:
        super().__init__(
            f"{library} is not installed. For {subject}, run: "
            f'pip install "albania-uk-migration[{extra}]"'
        )
