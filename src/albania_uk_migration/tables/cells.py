"""Cells by Table Schema type: read from text, written for JSON, and typed for pandas."""

from __future__ import annotations

import datetime
import functools
import math
import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    import pandas


Cell = str | int | Decimal | bool | datetime.date | None
# A row by column: each cell a `Cell` of the type that datapackage.json gives its column.
Row = dict[str, Any]
# The largest cell we read, in characters; the longest note has some hundreds.
LARGEST_CELL = 100_000
# A spreadsheet runs text that begins with one of these as a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")
_INTEGER = re.compile(r"-?\d+", re.ASCII)
_NUMBER = re.compile(r"-?\d+(\.\d+)?", re.ASCII)
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def sound_integer(number: int) -> int:
    """The number, if it fits the 64 bits of a frame; raises ValueError if not."""
    if not -(2**63) <= number < 2**63:
        raise ValueError
    return number


def sound_number(number: Decimal) -> Decimal:
    """The number, if it fits a finite float; raises ValueError if not."""
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
    # A table has far fewer different days than cells that give one.
    "date": functools.lru_cache(maxsize=4096)(_date),
}


def limits_of(field: dict[str, Any]) -> dict[str, Any]:
    """What limits the cells of a column: its constraints, with its `form`, if any, as pattern.

    `form` is our own. Programs that make SQL tables hold a pattern in `constraints` against empty
    cells too, and refuse them; so the pattern of a column that may be empty is not one of them.
    """
    limits: dict[str, Any] = field.get("constraints", {})
    return {**limits, "pattern": field["form"]} if "form" in field else limits


def cast_cell(text: str, kind: str) -> Cell:
    """A CSV cell as its Table Schema type; an empty cell is None. Raises ValueError."""
    try:
        return _CASTS[kind](text) if text else None
    except LookupError:
        raise ValueError from None


def typed_cell(value: Any, kind: str) -> Cell:
    """A cell of a frame as its Table Schema type; raises ValueError for one of another type."""
    if type(value) is not str:
        value = _plain_value(value)
    if value is None:
        return None
    if isinstance(value, str):
        return _typed_text(value, kind)
    if isinstance(value, bool):
        if kind == "boolean":
            return value
    elif isinstance(value, (int, float, Decimal)):
        return _typed_number(value, kind)
    elif isinstance(value, datetime.datetime):
        if kind == "date" and value.tzinfo is None and value.time() == datetime.time():
            return value.date()
    elif isinstance(value, datetime.date) and kind == "date":
        return value
    raise ValueError


def _plain_value(value: Any) -> Any:
    """A plain Python value; None if pandas says that it is missing."""
    if type(value).__module__ == "numpy" and getattr(value, "ndim", 1) == 0:
        value = value.item()
    missing = type(value).__name__ in ("NAType", "NaTType")
    return None if missing or (isinstance(value, float) and math.isnan(value)) else value


def _typed_text(text: str, kind: str) -> Cell:
    """A text as the type of its column, read as from a CSV file."""
    if kind == "string":
        text.encode("utf-8")
        if len(text) > LARGEST_CELL or "\0" in text or "\r" in text or "\ufeff" in text:
            raise ValueError
    return cast_cell(text, kind)


def _typed_number(value: float | Decimal, kind: str) -> Cell:
    number = sound_number(Decimal(repr(float(value)) if isinstance(value, float) else value))
    if kind == "number":
        return number
    if kind != "integer" or number != number.to_integral_value():
        raise ValueError
    return sound_integer(int(number))


def label(row: Row, key: Iterable[str]) -> str:
    """The name of a row in messages: its primary key, parts joined by a slash."""
    return "/".join("" if row[column] is None else str(row[column]) for column in key)


def plain(cell: Cell) -> str | int | float | bool | None:
    """A cell for JSON: dates in ISO 8601, whole numbers without a decimal point."""
    if isinstance(cell, Decimal):
        return int(cell) if cell == cell.to_integral_value() else float(cell)
    if isinstance(cell, datetime.date):
        return cell.isoformat()
    return cell


# The pandas type for each Table Schema type.
PANDAS_TYPES = {
    "string": "string",
    "integer": "Int64",
    "number": "Float64",
    "boolean": "boolean",
    "date": "datetime64[s]",
}


def by_column(rows: Sequence[Row], types: dict[str, str]) -> dict[str, list[Any]]:
    """The cells of each column, as frames take them: numbers are floats, a missing cell is None."""
    columns = {name: [row[name] for row in rows] for name in types}
    for name, kind in types.items():
        if kind == "number":
            columns[name] = [None if cell is None else float(cell) for cell in columns[name]]
    return columns


def frame(rows: Iterable[Row], types: dict[str, str]) -> pandas.DataFrame:
    """A new pandas frame of rows, typed by Table Schema."""
    import pandas

    columns: dict[str, pandas.Series[Any]] = {}
    for name, values in by_column(list(rows), types).items():
        kind = types[name]
        cells = pandas.to_datetime(values) if kind == "date" else values
        columns[name] = pandas.Series(cells, dtype=PANDAS_TYPES[kind])
    return pandas.DataFrame(columns)
