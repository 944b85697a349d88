"""Who is said to have said what, and when."""

from __future__ import annotations

from typing import Any

import pytest

from albania_uk_migration.citing.attribution import attributed
from albania_uk_migration.citing.origins import name_of, row_of
from albania_uk_migration.tables.package import shipped

TABLES = shipped()
CLAIMS = [
    pytest.param(table, row, id=str(row[key]))
    for table, key in (("figures", "figure_id"), ("trends", "trend_id"))
    for row in TABLES.rows(table)
]


@pytest.mark.parametrize(("table", "row"), CLAIMS)
def test_a_claim_is_attributed_as_the_tables_say(table: str, row: dict[str, Any]) -> None:
    said = attributed(TABLES, table, row)
    document = row_of(TABLES, "documents", row["document_id"])
    assert f"“{row['exact']}”" in said
    assert ("(we infer)" in said) == (row["claimant_basis"] == "inferred")
    assert ("does not name," in said and "speaker" in said) == (
        row["claimant_basis"] == "unattributed"
    )
    assert ("reworded as “" in said) == (document["fidelity"] == "reworded")
    if row["claimant_basis"] == "own_voice":
        # What an outlet says itself is not quoted in it.
        assert not said.endswith(("quoted in", "reported in", "cited in"))
    elif row["claimant_basis"] == "stated":
        name = name_of(TABLES, "actors", row["claimant_id"])
        assert said.casefold().startswith(name.casefold())


def test_only_words_between_quotation_marks_are_quoted() -> None:
    for row in TABLES.rows("statements"):
        said = attributed(TABLES, "statements", row)
        assert said.endswith("quoted in") == (row["mode"] in ("direct", "unmarked"))
        assert ("“" in said) == (row["exact"] is not None)
        assert ("planned for" in said) <= (row["made"] == "planned")


def test_what_was_said_before_its_document_is_dated() -> None:
    said = {row["figure_id"]: attributed(TABLES, "figures", row) for row in TABLES.rows("figures")}
    assert said["F036"].startswith("The Home Office (April 2023), “over 1,000”, reported in")
    assert said["F042"].startswith("Downing Street (between 1 January and 14 May 2025), ")
    assert "May 2023" not in said["F034"]
