"""Every recipe in docs/recipes.md prints what the page says, with the programs of others."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import openpyxl
import pytest

from albania_uk_migration import export, records

from .environments import python_of
from .needs import MARKS, need
from .recipes import PAGE, Kitchen, convert, recipes, without_padding

# What each recipe needs, beside the tools that this project is developed with.
ENVIRONMENTS = {
    "Python with pandas": (),
    "Python with polars": (),
    "R with readr": ("debian",),
    "R with RSQLite": ("debian",),
    "SQL with DuckDB": ("duckdb-cli",),
    "SQL with SQLite": ("debian",),
    "JavaScript with Node": ("npm",),
    "JavaScript in a web page": ("npm",),
    "Python in a browser: Pyodide": ("npm",),
    "A spreadsheet": ("debian",),
    "curl": ("debian",),
    "Hugging Face datasets": ("datasets",),
}


@pytest.mark.once
def test_every_recipe_is_run_and_every_code_shows_what_it_prints() -> None:
    assert {*recipes()} == {*ENVIRONMENTS}
    for title, blocks in recipes().items():
        printed = "".join(block.prints or "" for block in blocks)
        for number in ("2010", "958"):
            assert number in printed, title
        for block in blocks:
            assert block.prints or block.language in ("sh", "html"), block.code


@pytest.mark.once
def test_the_contents_lead_to_every_recipe() -> None:
    linked = re.findall(r"\]\(#([\w-]+)\)", PAGE)
    assert linked == [re.sub(r"[^\w-]", "", t.lower().replace(" ", "-")) for t in ENVIRONMENTS]


@pytest.mark.once
def test_every_release_of_each_quarter_adds_up_to_what_the_page_says() -> None:
    asked = {"measure": "enforced_returns", "population": "albanian", "area": "GBR"}
    quarters = [
        row["value"]
        for row in records("official_statistics")
        if asked.items() <= row.items()
        and row["period_start"].year == 2022
        and (row["period_end"] - row["period_start"]).days < 100
    ]
    assert f"you get {sum(quarters):,} enforced returns instead of 958" in " ".join(PAGE.split())


class TestWithPrograms:
    pytestmark = MARKS

    @pytest.mark.parametrize("title", ENVIRONMENTS)
    def test_a_recipe_prints_what_the_page_says(self, title: str, tmp_path: Path) -> None:
        for environment in ENVIRONMENTS[title]:
            need(environment)
        own = title == "Hugging Face datasets"
        python = python_of("datasets") if own else Path(sys.executable)
        with Kitchen(tmp_path, python) as kitchen:
            for block in recipes()[title]:
                printed = kitchen.run(block)
                if block.prints is not None:
                    assert printed == without_padding(block.prints), block.code

    def test_a_spreadsheet_spoils_a_csv_that_is_opened_as_it_is(self, tmp_path: Path) -> None:
        need("debian")
        export(tmp_path / "figures.csv")
        convert(tmp_path / "figures.csv", "xlsx")
        rows = openpyxl.load_workbook(tmp_path / "figures.xlsx").active
        assert rows is not None
        cells = {cell for row in rows.values for cell in row}
        assert 140000 in cells
        assert "140,000" not in cells
        text = " ".join(str(cell) for cell in cells)
        assert "communiquÃ©" in text
        assert "communiqué" not in text
