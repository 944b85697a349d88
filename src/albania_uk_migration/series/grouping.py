"""Figures grouped by claim: each first statement of it, with the figures that repeat it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..tables.cells import Row


def _ids(rows: Iterable[Row]) -> str:
    return " ".join(sorted(str(row["figure_id"]) for row in rows))


def _claims(figures: Iterable[Row]) -> list[list[Row]]:
    """Figures grouped by claim: each first statement of it, with the figures that repeat it."""
    claims: dict[str, list[Row]] = {}
    for row in figures:
        claims.setdefault(str(row["repeats"] or row["figure_id"]), []).append(row)
    return list(claims.values())
