"""Figures in any form a user has them in: identifiers, rows, a frame."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Union

from ..errors import ComparisonError, UnknownNameError, ValidationError
from ..tables.access import records
from ..tables.package import package

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    import pandas

    from ..tables.cells import Row


# A figure: its identifier, or a row of the columns of the figures table.
GivenFigure = Union[str, Mapping[str, Any], "pandas.Series[Any]"]
# Figures: a frame, or a collection of any of those.
GivenFigures = Union["pandas.DataFrame", Iterable[GivenFigure]]

_TYPE = "cells_have_their_type"
# The days of a window, none of which lies before the one named before it.
_LADDER = ("period_start", "period_start_latest", "period_end_earliest", "period_end")

# Columns without which a row says nothing that can be compared; all others may be missing.
NEEDED = ("figure_id", "measure", "comparator", "unit")


def figure_rows(given: GivenFigures | None) -> list[Row]:
    """Typed rows of figures: all that are shipped, or those given as identifiers, rows or a frame.

    Raises UnknownNameError for an identifier that does not exist, ValidationError for cells that
    are not of the type of their column and for rows that lack what is needed to compare them.
    """
    if given is None:
        return records("figures")
    if isinstance(given, str):
        return [figure_row(given)]
    frame: Any = given
    listed: Sequence[Any]
    if isinstance(frame, Mapping) or (hasattr(frame, "to_dict") and hasattr(frame, "index")):
        frame = frame if hasattr(frame, "columns") else [frame]
    if hasattr(frame, "to_dict") and hasattr(frame, "columns"):
        listed = frame.to_dict("records")
    elif not isinstance(frame, Iterable):
        raise ComparisonError(f"give figures as identifiers, rows or a frame; found {given!r:.60}")
    else:
        listed = list(frame)
    known = {str(row["measure"]) for row in records("measures")}
    rows = [figure_row(figure, known) for figure in listed]
    seen: set[str] = set()
    for row in rows:
        name = str(row["figure_id"])
        if name in seen:
            raise ComparisonError(
                f"figure {name} is given twice; give each an identifier of its own"
            )
        seen.add(name)
    return rows


def figure_row(figure: GivenFigure, measures: Collection[str] | None = None) -> Row:
    """One figure by its identifier, or a row of it, with a cell for each column of the table.

    `measures` are those that are known, where they have been looked up.
    """
    if isinstance(figure, str):
        return _shipped(figure)
    from ..rules.validate import typed_cell

    cells: Any = figure
    if hasattr(cells, "columns") and len(cells) == 1:
        cells = cells.to_dict("records")[0]
    if hasattr(cells, "columns") or not hasattr(cells, "get"):
        raise ComparisonError(f"a figure is an identifier or a row of it; found {figure!r:.60}")
    row: Row = {}
    faults = []
    for field in package().fields("figures"):
        name = field["name"]
        value = cells.get(name)
        try:
            row[name] = typed_cell(value, field["type"])
        except ValueError:
            row[name] = None
            faults.append((name, value, _TYPE, f"is not of type {field['type']}"))
        if row[name] is None and name in NEEDED and not faults:
            missing = "is missing, but nothing can be compared without it"
            faults.append((name, None, "cells_keep_their_constraints", missing))
    ladder = [(name, row[name]) for name in _LADDER if row[name] is not None]
    if None not in (row["lower"], row["upper"]) and row["lower"] > row["upper"]:
        lies = f"lies below lower {row['lower']}"
        faults.append(("upper", row["upper"], "bounds_follow_from_comparator", lies))
    for (name, day), (after, later) in itertools.pairwise(ladder):
        if day > later:
            faults.append((after, later, "windows_are_in_order", f"lies before {name} {day}"))
    if faults:
        empty = {"row": 1, "line": None, "key": row["figure_id"]}
        listed = [
            {**empty, "column": name, "value": None if value is None else str(value)}
            | {"rule": rule, "message": message}
            for name, value, rule, message in faults
        ]
        raise ValidationError("the figure given", "figures", listed)
    if measures is None:
        measures = {str(known["measure"]) for known in records("measures")}
    if row["measure"] not in measures:
        raise UnknownNameError("measure", row["measure"], sorted(measures))
    return row


def _shipped(name: str) -> Row:
    rows = {str(row["figure_id"]): row for row in records("figures")}
    if name not in rows:
        raise UnknownNameError("figure", name, rows)
    return rows[name]
