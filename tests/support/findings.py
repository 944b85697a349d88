"""Findings by check, and shipped figures with some cells changed."""

from __future__ import annotations

from typing import Any

from albania_uk_migration.comparing.consistency import all_findings
from albania_uk_migration.tables.package import shipped

Row = dict[str, Any]


def of(check: str, rows: list[Row] | None = None) -> dict[tuple[str, ...], str]:
    """Verdicts of a check by the figures it is about."""
    return {f.figures: f.verdict for f in all_findings(shipped(), rows) if f.check == check}
