"""For everyone: axe-core, keys alone, fingers, contrast, and the colours a reader chose."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from albania_uk_migration.page.parts import plain_words_of
from albania_uk_migration.tables.package import shipped

from ..support.browser import (
    IN_A_BROWSER,
    PHONE,
    SMALL,
    WIDE,
    Visitor,
    axe_core,
    seen,
    unfold,
)

pytestmark = IN_A_BROWSER

QUOTATIONS = {row["figure_id"]: plain_words_of(shipped(), row) for row in shipped().rows("figures")}
# WCAG 2.2: success criteria 1.4.3 and 1.4.11.
OF_TEXT, OF_MARKS = 4.5, 3.0


@pytest.mark.parametrize(
    ("size", "scheme", "folded"),
    [
        (WIDE, "light", True),
        (WIDE, "light", False),
        (WIDE, "dark", False),
        (PHONE, "light", False),
        (SMALL, "dark", False),
    ],
    ids=["folded", "light", "dark", "phone", "small phone"],
)
def test_axe_finds_nothing(
    visitor: Visitor, page_file: Path, size: tuple[int, int], scheme: Any, folded: bool
) -> None:
    source = axe_core()
    page = visitor.open(page_file, size, color_scheme=scheme)
    if not folded:
        unfold(page)
        assert page.locator("#rows > details[open]").count() > 6
    page.evaluate(source)
    # All its rules are for WCAG 2.0 to 2.2, A and AA, and what it calls best practice.
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    options = {"runOnly": {"type": "tag", "values": tags}, "resultTypes": ["violations"]}
    found = page.evaluate("options => axe.run(document, options)", options)
    assert len(found["passes"]) > 20
    assert [
        (rule["id"], node["target"]) for rule in found["violations"] for node in rule["nodes"]
    ] == []


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_texts_and_marks_of_drawings_stand_out_from_what_is_behind_them(
    visitor: Visitor, page_file: Path, size: tuple[int, int], scheme: str
) -> None:
    page = visitor.open(page_file, size, color_scheme=scheme)
    found = seen(page, "contrasts")
    assert sum(one["text"] for one in found) > 20
    assert sum(not one["text"] for one in found) > 100
    assert [one for one in found if one["ratio"] < (OF_TEXT if one["text"] else OF_MARKS)] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_drawings_can_be_seen_in_colours_that_a_reader_chose(
    visitor: Visitor, page_file: Path, scheme: str
) -> None:
    page = visitor.open(page_file, forced_colors="active", color_scheme=scheme)
    assert page.evaluate("matchMedia('(forced-colors: active)').matches")
    chosen = seen(page, "system")
    found = seen(page, "contrasts")
    assert len(found) > 100
    assert [one for one in found if one["colour"] not in chosen] == []
    assert [one for one in found if one["ratio"] < (OF_TEXT if one["text"] else OF_MARKS)] == []


# Links in a sentence are left out: WCAG 2.2, success criterion 2.5.8, lets them be as small as the
# sentence is.
@pytest.mark.parametrize("size", [WIDE, PHONE, SMALL], ids=["wide", "phone", "small phone"])
def test_a_finger_meets_24_by_24_pixels(
    visitor: Visitor, page_file: Path, size: tuple[int, int]
) -> None:
    page = visitor.open(page_file, size)
    unfold(page)
    assert seen(page, "small") == []


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
def test_keys_alone_reach_every_mark_which_has_a_name_and_shows_its_quotation(
    visitor: Visitor, page_file: Path, size: tuple[int, int]
) -> None:
    page = visitor.open(page_file, size)
    seen(page, "watch")
    for _ in range(page.locator("a, summary, button, input, select").count()):
        page.keyboard.press("Tab")
    marks: list[dict[str, Any]] = seen(page, "visited")
    assert len(marks) > 50
    assert [mark for mark in marks if not mark["reached"]] == []
    assert [mark for mark in marks if not mark["name"]] == []
    claims = [one for one in marks if one["kind"] == "mark claim" and one["to"][:2] == "#F"]
    assert len(claims) > 20
    assert {one["to"]: one["words"] for one in claims} == {
        one["to"]: QUOTATIONS[one["to"][1:]] for one in claims
    }


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_a_key_opens_the_row_of_a_mark_and_escape_hides_the_quotation(
    visitor: Visitor, page_file: Path, key: str
) -> None:
    page = visitor.open(page_file)
    mark = page.locator('#time a.mark[href^="#F"]:visible').first
    name = str(mark.get_attribute("href"))
    assert not page.locator(name).is_visible()
    mark.focus()
    tip = page.locator("#tip")
    assert tip.inner_text() == QUOTATIONS[name[1:]]
    assert mark.get_attribute("aria-describedby") == "tip"
    page.keyboard.press("Escape")
    assert tip.is_hidden()
    page.keyboard.press(key)
    page.locator(name).wait_for(state="visible")
    assert page.url.endswith(name)
    assert page.locator(name).evaluate("one => one === document.activeElement")
    assert tip.is_hidden()


def test_a_pointer_over_a_mark_shows_its_quotation_inside_the_window(
    visitor: Visitor, page_file: Path
) -> None:
    page = visitor.open(page_file, SMALL)
    for mark in page.locator('a.mark[href^="#F"]:visible').all()[:12]:
        mark.scroll_into_view_if_needed()
        page.mouse.move(0, 0)
        page.locator("#tip").wait_for(state="hidden")
        mark.locator(".hit").first.hover()
        page.locator("#tip").wait_for(state="visible")
        box = page.locator("#tip").bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= SMALL[0]


def test_a_pointer_may_move_onto_the_quotation_and_stay(visitor: Visitor, page_file: Path) -> None:
    page = visitor.open(page_file)
    mark = page.locator('#claims a.mark[href="#F026"]:visible').first
    mark.scroll_into_view_if_needed()
    mark.locator(".hit").first.hover()
    page.locator("#tip").hover()
    page.wait_for_timeout(500)
    assert page.locator("#tip").is_visible()
    page.mouse.move(0, 0)
    page.locator("#tip").wait_for(state="hidden")


def test_a_quotation_stays_when_the_focus_scrolls_the_page(
    visitor: Visitor, page_file: Path
) -> None:
    page = visitor.open(page_file, SMALL)
    for mark in page.locator('#claims a.mark[href^="#F"]:visible').all()[:6]:
        page.evaluate("scrollTo(0, 0)")
        mark.focus()
        page.wait_for_timeout(150)
        assert page.locator("#tip").is_visible()
