"""Printed weekdays against their dates."""

from __future__ import annotations

from albania_uk_migration import records
from albania_uk_migration.comparing.weekdays import weekday_findings
from albania_uk_migration.tables.package import shipped


def test_a_wrong_weekday_is_found() -> None:
    rows = records("excluded_numbers")
    for row in rows:
        if row["exact"] == "Monday 24 April":
            row["date"] = "2023-04-25"
    altered = shipped().with_rows({"excluded_numbers": rows})
    found = {f.figures: f for f in weekday_findings(altered)}
    wrong = found["D001/3038",]
    assert wrong.verdict == "contradicts"
    assert "which was a Tuesday, not a Monday" in wrong.explanation
