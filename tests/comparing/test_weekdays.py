"""Printed weekdays against their dates."""

from __future__ import annotations

import pytest

from albania_uk_migration import records


def test_a_wrong_weekday_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    from albania_uk_migration.comparing import weekdays

    rows = records("excluded_numbers")
    for row in rows:
        if row["exact"] == "Monday 24 April":
            row["date"] = "2023-04-25"
    monkeypatch.setattr(weekdays, "records", lambda _: rows)
    found = {f.figures: f for f in weekdays.weekday_findings()}
    wrong = found["D001/3038",]
    assert wrong.verdict == "contradicts"
    assert "was not a Monday but a Tuesday" in wrong.explanation
