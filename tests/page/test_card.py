"""Cards: whole XML, the same each time, nothing outside, words for those who cannot see them."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from albania_uk_migration import UnknownNameError, card, check
from albania_uk_migration.answers.charts import OFFICIAL, marks_of
from albania_uk_migration.page.parts import plain_words_of
from albania_uk_migration.tables.package import shipped

from ..support.browser import IN_A_BROWSER, Visitor

FIGURES = [str(row["figure_id"]) for row in shipped().rows("figures")]
SVG = "{http://www.w3.org/2000/svg}"


def texts_of(svg: str) -> str:
    """All that a card says, without spaces, for its lines break anywhere."""
    root = ElementTree.fromstring(svg.encode())
    return unspaced(" ".join("".join(text.itertext()) for text in root.iter(f"{SVG}text")))


def unspaced(text: str) -> str:
    return "".join(text.split())


@pytest.mark.once
@pytest.mark.parametrize("figure", FIGURES)
def test_a_card_is_whole_and_says_what_check_says(figure: str) -> None:
    made, checked = card(figure), check(figure)
    assert card(figure) == made
    assert "\r" not in made.svg
    root = ElementTree.fromstring(made.svg.encode())
    assert root.tag == f"{SVG}svg"
    ids = {part.get("id"): part.text for part in root if part.get("id")}
    named = str(root.get("aria-labelledby")).split()
    assert root.get("role") == "img"
    assert [ids[name] for name in named] == [f"“{checked.figure['exact']}”", made.alt]
    assert checked.said.words in made.alt
    shown = texts_of(made.svg)
    for text in (plain_words_of(shipped(), checked.figure), checked.said.words, checked.footnote):
        assert unspaced(text) in shown
    for mark in marks_of(shipped(), checked):
        if mark.kind == OFFICIAL:
            assert unspaced(f"{mark.words} counted") in shown


@pytest.mark.once
def test_numbers_on_a_card_are_those_of_its_parts() -> None:
    for figure in FIGURES:
        made, checked = card(figure), check(figure)
        marks = marks_of(shipped(), checked)
        words = [
            made.alt,
            plain_words_of(shipped(), checked.figure),
            checked.footnote,
            checked.said.words,
        ]
        words += [checked.period]
        words += [
            part
            for mark in marks
            for part in (mark.words, mark.said, mark.who, mark.period, mark.condition)
        ]
        known = set(re.findall(r"\d+", " ".join(words)))
        known |= {"4", "0", "3"}  # the licences
        root = ElementTree.fromstring(made.svg.encode())
        for text in root.iter(f"{SVG}text"):
            if text.get("text-anchor") is None:
                assert set(re.findall(r"\d+", text.text or "")) <= known


@pytest.mark.once
def test_a_card_is_written_as_a_picture_or_a_page(tmp_path: Path) -> None:
    made = card("F034", tmp_path / "card.svg")
    assert (tmp_path / "card.svg").read_bytes() == made.svg.encode()
    card("F034", tmp_path / "card.html")
    assert (tmp_path / "card.html").read_bytes() == made.html.encode()
    with pytest.raises(UnknownNameError, match="png"):
        card("F034", tmp_path / "card.png")
    with pytest.raises(UnknownNameError, match="F999"):
        card("F999")


class TestInABrowser:
    pytestmark = IN_A_BROWSER

    def test_nothing_is_written_or_drawn_outside_a_card_nor_on_other_words(
        self, visitor: Visitor, tmp_path: Path
    ) -> None:
        path = tmp_path / "cards.html"
        cards = "\n".join(card(name).svg.partition("?>\n")[2] for name in FIGURES)
        path.write_text(f"<!DOCTYPE html><meta charset=utf-8>{cards}", encoding="utf-8")
        page = visitor.open(path)
        assert page.locator("svg").count() == len(FIGURES)
        assert (
            page.evaluate(
                """() => [...document.querySelectorAll("svg")].flatMap((svg) => {
                  const frame = svg.viewBox.baseVal;
                  const parts = [...svg.querySelectorAll("text, rect, circle, path, line")];
                  const out = parts.filter((part) => {
                    const box = part.getBBox();
                    return box.x < 0 || box.y < 0 || box.x + box.width > frame.width
                      || box.y + box.height > frame.height;
                  });
                  const boxes = [...svg.querySelectorAll("text")].map((text) => text.getBBox());
                  const met = boxes.filter((box, at) => boxes.slice(at + 1).some((other) =>
                    box.x < other.x + other.width && other.x < box.x + box.width
                    && box.y + 3 < other.y + other.height && other.y + 3 < box.y + box.height));
                  return [...out.map((part) => part.outerHTML), ...met.map((box) => `${box.y}`)];
                })"""
            )
            == []
        )

    @pytest.mark.parametrize("scheme", ["light", "dark"])
    def test_a_card_opens_by_itself(self, visitor: Visitor, tmp_path: Path, scheme: str) -> None:
        for ending in ("svg", "html"):
            path = tmp_path / f"card.{ending}"
            card("F034", path)
            page = visitor.open(path, color_scheme=scheme)
            assert page.get_by_role("img", name="over 8,000").count() == 1
