"""Tables that are not ours: the page and the card are made, or an error says what is missing."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest

from albania_uk_migration import card, chart_rows, explore
from albania_uk_migration.errors import AlbaniaUkMigrationError, UnknownNameError
from albania_uk_migration.tables.package import Package, shipped

FIGURES = shipped().rows("figures")
DAY = datetime.date


def changed(figure: str, **cells: Any) -> Package:
    """The shipped tables with some cells of a figure changed."""
    rows = [{**row, **(cells if row["figure_id"] == figure else {})} for row in FIGURES]
    return shipped().with_rows({"figures": rows})


CASES: dict[str, dict[str, Any]] = {
    "no last day": {
        "period": "[2022-01-01..]",
        "period_end": None,
        "period_start_latest": None,
        "period_end_earliest": None,
    },
    "no number": {"comparator": "about", "value": None, "lower": None, "upper": None},
    "every year": {
        "period": "0001/9999",
        "period_start": DAY(1, 1, 1),
        "period_start_latest": DAY(1, 1, 1),
        "period_end": DAY(9999, 12, 31),
        "period_end_earliest": DAY(9999, 12, 31),
    },
    "more than a century": {
        "period": "1900/2022",
        "period_start": DAY(1900, 1, 1),
        "period_start_latest": DAY(1900, 1, 1),
    },
    "a word without an end": {"exact": "x" * 150, "quote": "x" * 150},
    "a great number": {"value": 10**12, "lower": 10**12, "upper": 10**12},
    "nought": {"value": 0, "lower": 0, "upper": 0},
    "a range": {"comparator": "between", "value": None, "lower": 1500, "upper": 2500},
}


@pytest.mark.once
@pytest.mark.parametrize("cells", CASES.values(), ids=CASES)
def test_a_page_and_a_card_are_made_of_odd_figures(cells: dict[str, Any]) -> None:
    package = changed("F011", **cells)
    assert explore(package=package).endswith("</html>\n")
    assert card("F011", package=package).svg.endswith("</svg>\n")
    for chart in ("one_claim", "over_time", "claim_by_claim"):
        chart_rows(chart, package)


@pytest.mark.once
@pytest.mark.parametrize("table", ["figures", "official_statistics", "follow_ups", "trends"])
def test_a_page_is_made_of_tables_without_rows(table: str) -> None:
    text = explore(package=shipped().with_rows({table: []}))
    assert text.endswith("</html>\n")
    if table == "figures":
        assert "0 figures" in text


@pytest.mark.parametrize("column", ["document_id", "claimant_id", "statement_id", "measure"])
def test_a_figure_that_names_a_missing_row_is_an_error_in_words(column: str) -> None:
    package = changed("F012", **{column: "nowhere"})
    for making in (lambda: explore(package=package), lambda: card("F011", package=package)):
        with pytest.raises(AlbaniaUkMigrationError, match=f"F012 has {column} nowhere"):
            making()


def test_a_page_is_not_written_where_a_card_was_meant(tmp_path: Path) -> None:
    with pytest.raises(AlbaniaUkMigrationError, match=r"ends in \.html.*use card"):
        explore(tmp_path / "f034.svg")
    with pytest.raises(UnknownNameError, match="No form of card called"):
        card("F034", tmp_path / "f034.png")
    assert list(tmp_path.iterdir()) == []


def test_only_our_own_tables_are_said_to_be_proved() -> None:
    claim = "A program compares the words of every row with the documents"
    assert claim in explore()
    assert claim not in explore(package=changed("F011", value=1889))


def test_a_file_that_cannot_be_written_is_an_error_in_words(tmp_path: Path) -> None:
    with pytest.raises(AlbaniaUkMigrationError, match="Cannot write"):
        explore(tmp_path / "nowhere" / "page.html")
