"""All figures: found by number and word, filtered, in order of size, saved as CSV."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from albania_uk_migration import validate
from albania_uk_migration.page.figures import csv_lines, searched
from albania_uk_migration.tables.package import shipped

from ..support.altered_tables import FILES
from ..support.browser import IN_A_BROWSER, Visitor

if TYPE_CHECKING:
    from playwright.sync_api import Page

FIGURES = shipped().rows("figures")
# Chromium lets a page save no more files in a short time.
MOST_AT_ONCE = 9
EVERY = [str(row["figure_id"]) for row in FIGURES]


def listed(page: Page) -> list[str]:
    """The figures whose rows are there, in order."""
    found: list[str] = page.evaluate(
        "[...document.querySelectorAll('#rows > details > .inside')].map((one) => one.id)"
    )
    return found


def saved(page: Page) -> bytes:
    with page.expect_download() as download:
        page.locator("#save").click()
    assert download.value.suggested_filename == "figures.csv"
    return Path(download.value.path()).read_bytes()


@pytest.mark.once
def test_the_lines_of_the_page_are_those_of_the_file() -> None:
    header, lines = csv_lines(shipped())
    assert "".join([header, *lines]).encode() == FILES["data/figures.csv"]


class TestInABrowser:
    pytestmark = IN_A_BROWSER

    def test_a_number_among_words_is_looked_for_in_the_passage(
        self, visitor: Visitor, page_file: Path
    ) -> None:
        page = visitor.open(page_file)
        page.locator("#find").fill("13 December")
        passages = {str(row["figure_id"]): str(row["quote"]) for row in FIGURES}
        having = {name for name, words in passages.items() if "13 December" in words}
        assert having
        assert having <= set(listed(page)) < set(passages)

    @pytest.mark.parametrize("number", ["8,000", "8000", "£8,000", "8000%"])
    def test_a_number_finds_the_figures_of_that_number(
        self, visitor: Visitor, page_file: Path, number: str
    ) -> None:
        page = visitor.open(page_file)
        page.locator("#find").fill(number)
        found = listed(page)
        assert found == [row["figure_id"] for row in FIGURES if row["value"] == 8000]
        assert found == ["F033", "F034"]
        assert page.locator("#status").inner_text() == f"{len(found)} of {len(FIGURES)} figures."

    @pytest.mark.parametrize("words", ["sunak", "SUNAK returns", "Channel crossings", "résumé"])
    def test_words_find_the_rows_that_have_all_of_them(
        self, visitor: Visitor, page_file: Path, words: str
    ) -> None:
        page = visitor.open(page_file)
        texts = page.evaluate(
            "[...document.querySelectorAll('#rows > details')].map((one) => one.textContent)"
        )
        wanted = searched(words).split()
        having = [
            name
            for name, text in zip(EVERY, texts, strict=True)
            if all(word in searched(text) for word in wanted)
        ]
        page.locator("#find").fill(words)
        assert listed(page) == having
        if not having:
            assert "No figure has that" in page.locator("#status").inner_text()

    @pytest.mark.parametrize("column", ["measure", "population", "document_id"])
    def test_filters_leave_the_rows_of_one_kind(
        self, visitor: Visitor, page_file: Path, column: str
    ) -> None:
        page = visitor.open(page_file)
        choice = page.locator(f"#by-{column}")
        values = choice.locator("option").evaluate_all("all => all.map((one) => one.value)")
        assert values[0] == ""
        assert sorted(values[1:]) == sorted({row[column] for row in FIGURES} - {None})
        for value in values:
            choice.select_option(value)
            assert listed(page) == [
                row["figure_id"] for row in FIGURES if value in ("", row[column])
            ]

    @pytest.mark.parametrize("way", ["up", "down"])
    def test_rows_are_in_order_of_size_within_each_unit(
        self, visitor: Visitor, page_file: Path, way: str
    ) -> None:
        page = visitor.open(page_file)
        page.locator("#sort").select_option(way)
        found = listed(page)
        assert sorted(found) == EVERY
        by_name = {row["figure_id"]: row for row in FIGURES}
        units = [
            (unit, [by_name[name] for name in group])
            for unit, group in groupby(found, key=lambda name: by_name[name]["unit"])
        ]
        assert len(units) == len({row["unit"] for row in FIGURES})
        for _, rows in units:
            values = [row["value"] if row["value"] is not None else row["lower"] for row in rows]
            assert values == sorted(values, reverse=way == "down")
        page.locator("#sort").select_option("")
        assert listed(page) == EVERY

    def test_an_open_row_is_kept_and_a_hidden_one_comes_back_for_its_address(
        self, visitor: Visitor, page_file: Path
    ) -> None:
        page = visitor.open(page_file)
        page.locator("#find").fill("8000")
        assert "F012" not in listed(page)
        page.evaluate("location.hash = '#F012'")
        page.locator("#F012 .passage").wait_for(state="visible")
        assert listed(page) == EVERY
        assert page.locator("#find").input_value() == ""

    def test_all_rows_saved_are_the_table_byte_for_byte(
        self, visitor: Visitor, page_file: Path
    ) -> None:
        page = visitor.open(page_file)
        page.locator("#sort").select_option("down")
        assert saved(page) == FILES["data/figures.csv"]
        assert page.locator("#status").inner_text() == f"Saved {len(FIGURES)} figures."

    @pytest.mark.parametrize("column", ["measure", "population", "document_id"])
    def test_rows_saved_under_a_filter_are_a_valid_table(
        self, visitor: Visitor, page_file: Path, tmp_path: Path, column: str
    ) -> None:
        page = visitor.open(page_file)
        path = tmp_path / "figures.csv"
        choice = page.locator(f"#by-{column}")
        values = choice.locator("option").evaluate_all("all => all.map((one) => one.value)")
        for value in values[1:MOST_AT_ONCE]:
            choice.select_option(value)
            shown = set(listed(page))
            path.write_bytes(saved(page))
            assert_whole(path, shown)

    def test_rows_saved_after_a_search_have_those_that_they_repeat_with_them(
        self, visitor: Visitor, page_file: Path, tmp_path: Path
    ) -> None:
        page = visitor.open(page_file)
        page.locator("#find").fill("the new deal that I concluded")
        shown = set(listed(page))
        assert shown == {"F034"}
        path = tmp_path / "figures.csv"
        path.write_bytes(saved(page))
        assert assert_whole(path, shown) == {"F033"}
        assert "1 figure and 1 " in page.locator("#status").inner_text()


def assert_whole(path: Path, shown: set[str]) -> set[str]:
    """A file is a valid table of the rows shown and those that they repeat, which it gives."""
    kept = {str(name) for name in validate(path, "figures")["figure_id"]}
    repeated = {row["repeats"] for row in FIGURES if row["figure_id"] in kept} - {None}
    assert kept == shown | repeated
    return kept - shown
