"""The file by itself: the same bytes each time, no other file, no word of complaint, no script."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from albania_uk_migration import explore
from albania_uk_migration.page.explore import page_of
from albania_uk_migration.tables.package import Package, shipped

from ..support.browser import IN_A_BROWSER, WIDE, Visitor, unfold

# What a reader of mail or of a slow line can be asked to load.
LARGEST = 500_000
A4_PAGES = 20


@pytest.mark.once
def test_the_page_is_one_small_file_with_the_same_bytes_each_time(page_file: Path) -> None:
    data = page_file.read_bytes()
    assert data == page_of(Package(checked=True)).encode()
    assert explore().encode() == data
    assert b"\r" not in data
    assert data.endswith(b"</html>\n")
    assert len(data) < LARGEST


@pytest.mark.once
def test_nothing_in_the_page_is_loaded_from_elsewhere(page_file: Path) -> None:
    text = page_file.read_text(encoding="utf-8")
    style = re.findall(r"<style>(.*?)</style>", text, re.DOTALL)
    assert len(style) == 1
    assert re.search(r"url\((?!#)|@import", style[0]) is None
    assert re.search(r"<(?:img|link|iframe|object|embed|audio|video|base)\b", text) is None
    assert re.search(r"\ssrc=|\son\w+=", text.partition('type="application/json"')[0]) is None


class TestInABrowser:
    pytestmark = IN_A_BROWSER

    def test_it_opens_from_its_file_without_a_complaint_or_a_request(
        self, visitor: Visitor, page_file: Path
    ) -> None:
        page = visitor.open(page_file)
        assert page.title() == "What was said, what was counted"
        page.reload()
        assert visitor.heard == []

    def test_without_a_script_the_charts_stand_and_passages_open(
        self, visitor: Visitor, page_file: Path
    ) -> None:
        page = visitor.open(page_file, java_script_enabled=False)
        for section in ("claim", "time", "claims", "timeline"):
            assert page.locator(f"#{section} svg:visible").count() > 0
        assert page.locator("#controls").is_hidden()
        assert page.locator("#rows > details").count() == len(shipped().rows("figures"))
        words = page.locator("#F012 .passage")
        assert not words.is_visible()
        page.locator("details:has(> #F012) > summary").click()
        assert words.is_visible()
        # What a script shows beside a mark is its title without one.
        assert page.locator("#time a.mark.claim > title").count() > 0

    @pytest.mark.parametrize("scripts", [True, False], ids=["script", "no script"])
    def test_an_address_with_a_figure_shows_its_row(
        self, visitor: Visitor, page_file: Path, scripts: bool
    ) -> None:
        page = visitor.open(page_file, hash_="#F012", java_script_enabled=scripts)
        page.locator("#F012 .passage").wait_for(state="visible")
        assert page.locator("#F012").evaluate(
            "one => { const box = one.getBoundingClientRect();"
            " return box.bottom > 0 && box.top < innerHeight; }"
        )

    def test_printed_it_is_not_a_book(self, visitor: Visitor, page_file: Path) -> None:
        page = visitor.open(page_file, WIDE)
        printed = page.pdf(format="A4")
        assert 1 <= len(re.findall(rb"/Type\s*/Page\b", printed)) <= A4_PAGES
        # Rows that a reader opened are printed open.
        unfold(page)
        assert len(page.pdf(format="A4")) > len(printed)
