"""Rules for dates: days follow from expressions, windows are in order, nothing is in the future."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from ..errors import EdtfError, Fault
from ..tables.edtf import edtf_days
from .cells import _faults
from .spans import CLAIMED

if TYPE_CHECKING:
    import datetime
    from collections.abc import Callable, Iterator

    from ..tables.cells import Row
    from ..tables.package import Package


def dated_columns(package: Package, table: str) -> list[str]:
    """The columns of a table with an EDTF expression and columns for its first and last day."""
    types = {field["name"]: field["type"] for field in package.fields(table)}
    return [
        name
        for name in types
        if types.get(f"{name}_start") == "date" and types.get(f"{name}_end") == "date"
    ]


def days_of(row: Row, column: str) -> tuple[datetime.date | None, datetime.date | None]:
    """The first and last day of a dated column; a period A/.. ends on stated_on_end."""
    expression = row[column]
    if not isinstance(expression, str):
        return None, None
    start, end = edtf_days(expression)
    if column == "period" and expression.endswith("/.."):
        stated = row["stated_on"]
        end = edtf_days(stated)[1] if isinstance(stated, str) else None
    return start, end


def days_follow_from_expressions(package: Package) -> Iterator[Fault]:
    """The first and last day of a date expression are those it allows."""
    for table in package.subjects:
        fault = _faults(package, table, days_follow_from_expressions)
        for column in dated_columns(package, table):
            for row in package.rows(table):
                try:
                    days = days_of(row, column)
                except EdtfError as error:
                    yield fault(row, column, str(error))
                    continue
                for end, day in zip(("start", "end"), days, strict=True):
                    found = row[f"{column}_{end}"]
                    if found != day:
                        message = f'{column}_{end} is {found}, but "{row[column]}" gives {day}'
                        yield fault(row, (f"{column}_{end}", column), message)


# The days of a window, each no earlier than the one before.
LADDER = ("period_start", "period_start_latest", "period_end_earliest", "period_end")


def windows_are_in_order(package: Package) -> Iterator[Fault]:
    """The certain window lies inside the outermost one, and no window ends before it begins."""
    for table in CLAIMED:
        fault = _faults(package, table, windows_are_in_order)
        for row in package.rows(table):
            days = [(name, row[name]) for name in LADDER if row.get(name) is not None]
            for (name, day), (after, later) in itertools.pairwise(days):
                if day > later:
                    yield fault(row, after, f"{later} lies before {name} {day}")
            if row["period"] is None:
                for name in LADDER[1:3]:
                    if row.get(name) is not None:
                        yield fault(row, name, "is given, but period is empty")


def plain_windows_are_certain(package: Package) -> Iterator[Fault]:
    """Both ends of a year, month or day, and of any stated closed period, are certain."""
    fault = _faults(package, "figures", plain_windows_are_certain)
    for row in package.rows("figures"):
        expression = row["period"] or "[]"
        point = not set("/[") & set(expression)
        if not point and (row["period_basis"] != "stated" or ".." in expression):
            continue
        for certain, outer in _CERTAIN_ENDS:
            if row[certain] != row[outer]:
                message = f"is {row[certain]}, but {expression} certainly reaches {row[outer]}"
                message += "; what still runs is open: A/.."
                yield fault(row, certain, message)


_CERTAIN_ENDS = (("period_start_latest", "period_start"), ("period_end_earliest", "period_end"))


def empty_dates_are_unstated(package: Package) -> Iterator[Fault]:
    """A date expression is empty if and only if its basis says that nothing is stated."""
    for table in package.subjects:
        fault = _faults(package, table, empty_dates_are_unstated)
        for column in dated_columns(package, table):
            basis = f"{column}_basis"
            for row in package.rows(table):
                if column == "base_period" and row[basis] is None:
                    continue
                if (row[column] is None) != (row[basis] == "unstated"):
                    given = "empty" if row[column] is None else f'"{row[column]}"'
                    found = "empty" if row[basis] is None else f'"{row[basis]}"'
                    yield fault(row, basis, f"is {found}, but {column} is {given}")


def what_has_happened_is_past(package: Package) -> Iterator[Fault]:
    """The period of a count has begun by the day it is stated, and its certain part has ended."""
    for table in CLAIMED:
        fault = _faults(package, table, what_has_happened_is_past)
        for row in package.rows(table):
            # A trend is about what has happened, so plans are not trends.
            status = row.get("status", "actual")
            if status not in ("actual", "provisional") or row["stated_on_end"] is None:
                continue
            for column in ("period_start", "period_end_earliest"):
                day = row.get(column)
                if day is not None and day > row["stated_on_end"]:
                    message = f"is {day}, after stated_on_end {row['stated_on_end']}"
                    message += f", but the status is {status}; what still runs is open: A/.."
                    yield fault(row, column, message)


def nothing_is_stated_after_publication(package: Package) -> Iterator[Fault]:
    """Statements and past events are no later than the last possible day of their document."""
    appeared = {row["document_id"]: row["published_end"] for row in package.rows("documents")}
    made = {row["statement_id"]: row["made"] for row in package.rows("statements")}

    def is_made(row: Row) -> bool:
        return made.get(row["statement_id"]) != "planned"

    past: dict[str, tuple[str, Callable[[Row], bool]]] = {
        **dict.fromkeys(CLAIMED, ("stated_on_start", is_made)),
        "statements": ("stated_on_start", lambda row: row["made"] == "made"),
        "agreement_events": ("date_start", lambda row: row["status"] == "happened"),
    }
    for table, (column, is_past) in past.items():
        fault = _faults(package, table, nothing_is_stated_after_publication)
        for row in package.rows(table):
            published = appeared.get(row["document_id"])
            if published is None or row[column] is None or row[column] <= published:
                continue
            if is_past(row):
                message = f"is {row[column]}, but {row['document_id']} appeared by {published}"
                yield fault(row, column, message)
