"""Group figures by claim, and give the columns of their series."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..tables.cells import Row
    from ..tables.package import Package


def _ids(rows: Iterable[Row]) -> str:
    return " ".join(sorted(str(row["figure_id"]) for row in rows))


def _claims(figures: Iterable[Row]) -> list[list[Row]]:
    """Each first statement of a claim, with the figures that repeat it."""
    claims: dict[str, list[Row]] = {}
    for row in figures:
        claims.setdefault(str(row["repeats"] or row["figure_id"]), []).append(row)
    return list(claims.values())


# The columns that a series has besides those of the figures, with their Table Schema types.
_OF_SERIES = {
    "year": "integer",
    "complete": "boolean",
    "surely_later": "boolean",
}


def types_of(package: Package, columns: Iterable[str]) -> dict[str, str]:
    """The Table Schema types of a series' columns: as in figures, or text."""
    known = {**package.types("figures"), **_OF_SERIES}
    return {column: known.get(column, "string") for column in columns}
