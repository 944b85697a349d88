"""Figures in any form that a user has: identifiers, rows or a frame."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Union

from ..errors import ComparisonError, Fault, UnknownNameError, ValidationError
from ..rules.cells import TYPE_RULE, cells_keep_their_constraints
from ..rules.dates import LADDER, windows_are_in_order
from ..tables.cells import typed_cell

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    import pandas

    from ..tables.cells import Row
    from ..tables.package import Package


# A figure: its identifier, or a row of the columns of the figures table.
GivenFigure = Union[str, Mapping[str, Any], "pandas.Series[Any]"]
# Figures: a frame, or a collection of figures.
GivenFigures = Union["pandas.DataFrame", Iterable[GivenFigure]]

# A row without these columns cannot be compared; all other columns may be missing.
NEEDED = ("figure_id", "measure", "comparator", "unit")


def figure_rows(package: Package, given: GivenFigures | None) -> list[Row]:
    """Typed rows of figures: all in a package, or those given as identifiers, rows or a frame.

    Raises UnknownNameError for an identifier that does not exist, ComparisonError for anything that
    is not a figure or is given twice, and ValidationError for a cell of the wrong type or a row
    that lacks what a comparison needs.
    """
    if given is None:
        return package.rows("figures")
    if isinstance(given, str):
        return [figure_row(package, given)]
    frame: Any = given
    listed: Sequence[Any]
    if isinstance(frame, Mapping) or (hasattr(frame, "to_dict") and hasattr(frame, "index")):
        frame = frame if hasattr(frame, "columns") else [frame]
    if hasattr(frame, "to_dict") and hasattr(frame, "columns"):
        listed = frame.to_dict("records")
    elif not isinstance(frame, Iterable):
        raise ComparisonError(
            f"Give figures as identifiers, rows or a frame, not as {given!r:.60}."
        )
    else:
        listed = list(frame)
    known = {str(row["measure"]) for row in package.rows("measures")}
    rows = [figure_row(package, figure, known) for figure in listed]
    seen: set[str] = set()
    for row in rows:
        name = str(row["figure_id"])
        if name in seen:
            raise ComparisonError(
                f"Figure {name} is given twice. Give each row an identifier of its own."
            )
        seen.add(name)
    return rows


def figure_row(
    package: Package, figure: GivenFigure, measures: Collection[str] | None = None
) -> Row:
    """One figure, from its identifier or a row, with a cell for each column of the table.

    `measures` are the known measures, if the caller has looked them up.
    """
    if isinstance(figure, str):
        rows = package.by_name("figures")
        if figure not in rows:
            raise UnknownNameError("figure", figure, rows)
        return rows[figure]
    cells: Any = figure
    if hasattr(cells, "columns") and len(cells) == 1:
        cells = cells.to_dict("records")[0]
    if hasattr(cells, "columns") or not hasattr(cells, "get"):
        raise ComparisonError(f"Give a figure as an identifier or a row, not as {figure!r:.60}.")
    row, faults = _typed_row(package, cells)
    faults += _disorder(row)
    if faults:
        raise ValidationError("The figure given", "figures", faults)
    if measures is None:
        measures = {str(known["measure"]) for known in package.rows("measures")}
    if row["measure"] not in measures:
        raise UnknownNameError("measure", row["measure"], sorted(measures))
    return row


def _typed_row(package: Package, cells: Any) -> tuple[Row, list[Fault]]:
    """The typed cells of a row, and a fault for each of the wrong type or missing."""
    row: Row = {}
    faults: list[Fault] = []
    for name, kind in package.types("figures").items():
        value = cells.get(name)
        try:
            row[name] = typed_cell(value, kind)
        except ValueError:
            row[name] = None
            faults.append(_fault(row, name, value, TYPE_RULE, f"is not of type {kind}"))
        if row[name] is None and name in NEEDED and not faults:
            missing = "is missing, but nothing can be compared without it"
            rule = cells_keep_their_constraints.__name__
            faults.append(_fault(row, name, None, rule, missing))
    return row, faults


def _disorder(row: Row) -> list[Fault]:
    """A fault for bounds or days in the wrong order."""
    faults = []
    if None not in (row["lower"], row["upper"]) and row["lower"] > row["upper"]:
        # Importing the rules on figures loads the reader of quantities, which nothing else here
        # needs.
        from ..rules.figures import bounds_follow_from_comparator

        rule = bounds_follow_from_comparator.__name__
        lies = f"lies below lower {row['lower']}"
        faults.append(_fault(row, "upper", row["upper"], rule, lies))
    days = [(name, row[name]) for name in LADDER if row[name] is not None]
    for (name, day), (after, later) in itertools.pairwise(days):
        if day > later:
            rule = windows_are_in_order.__name__
            faults.append(_fault(row, after, later, rule, f"lies before {name} {day}"))
    return faults


def _fault(row: Row, column: str, value: Any, rule: str, message: str) -> Fault:
    text = None if value is None else str(value)
    return Fault("figures", row["figure_id"] or "", (column,), rule, message, 1, (text,))
