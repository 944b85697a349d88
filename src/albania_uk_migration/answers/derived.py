"""The tables that are made from the others, and rows of any table of a package."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..official.latest import latest_rows
from ..tables.package import shipped
from .flat import flat_rows

if TYPE_CHECKING:
    from collections.abc import Callable

    from ..tables.cells import Row
    from ..tables.package import Package

# How each table that datapackage.json calls `madeFrom` others is made.
DERIVED: dict[str, Callable[[Package], list[Row]]] = {
    "figures_flat": flat_rows,
    "official_latest": latest_rows,
}


def rows_of(package: Package, table: str) -> list[Row]:
    """The rows of a table: those of its file or, if it follows from other rows, made from them."""
    if table in DERIVED and package is not shipped():
        return DERIVED[table](package)
    return package.rows(table)
