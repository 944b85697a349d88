"""What the page says: numbers are those of the library, and sentences have no codes in them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import pytest

from albania_uk_migration import apparent_conflicts, chart_rows, disagreements, explore
from albania_uk_migration.answers.check import checks_in
from albania_uk_migration.page.explore import page_of
from albania_uk_migration.page.words import Words
from albania_uk_migration.tables.package import Package, shipped
from albania_uk_migration.wording import number_in_words

from ..support.page_texts import Piece, pieces_of, texts

pytestmark = pytest.mark.once

# Identifiers of every table, and dates in EDTF and ISO 8601.
CODE = re.compile(r"\b[A-Z][0-9]{3,}\b|\[\.\.|\.\.\]|/\.\.|\b[0-9]{4}-[0-9]{2}(-[0-9]{2})?\b")
# Where codes may be: identifiers marked as such, citations, and the data for the script.
CODED = {".id", ".cite", "script", "style"}
NUMBER = re.compile(r"[0-9](?:[0-9,]*[0-9])?(?:\.[0-9]+)?")


def doubled() -> Package:
    """The tables with every official count doubled: what a page says of them must change too."""
    rows = [
        {**row, "value": None if row["value"] is None else 2 * row["value"]}
        for row in shipped().rows("official_statistics")
    ]
    return shipped().with_rows({"official_statistics": rows})


@pytest.fixture(scope="module", params=["shipped", "doubled"])
def made(request: pytest.FixtureRequest) -> tuple[Package, list[Piece]]:
    package = shipped() if request.param == "shipped" else doubled()
    return package, pieces_of(page_of(package))


def numbers(text: str) -> set[str]:
    return set(NUMBER.findall(text))


def test_no_sentence_has_an_identifier_or_a_date_in_code() -> None:
    found = [piece for piece in pieces_of(explore()) if not piece.within & CODED]
    assert len(found) > 1000
    coded = [(piece.text, CODE.search(piece.text)) for piece in found]
    assert [(text[:100], match[0]) for text, match in coded if match] == []


def test_tables_of_claims_have_the_rows_of_the_chart(made: tuple[Package, list[Piece]]) -> None:
    package, pieces = made
    rows = chart_rows("claim_by_claim", package).to_dict("records")
    assert texts(pieces, "#claims", "a", ".number") == [
        row["words"] for row in rows if row["kind"] == "claim"
    ]
    official = [row for row in rows if row["kind"] == "official"]
    assert texts(pieces, "#claims", ".number", ".official") == [row["words"] for row in official]
    assert [text.lower() for text in texts(pieces, "#claims", ".difference")] == [
        row["difference"].lower() for row in official
    ]


def test_drawings_over_time_have_the_numbers_of_the_chart(
    made: tuple[Package, list[Piece]],
) -> None:
    package, pieces = made
    rows = chart_rows("over_time", package).to_dict("records")
    for kind in ("claim", "official"):
        wanted = [row["words"] for row in rows if row["kind"] == kind and _is_drawn(row)]
        for size in (".wide", ".narrow"):
            named = texts(pieces, "#time", size, f".{kind}", "text")
            assert sorted(named) == sorted(wanted)


def _is_drawn(row: Mapping[Any, Any]) -> bool:
    """Whether a row has a number: an official year may have none."""
    return bool(row["kind"] == "claim" or row["value"] == row["value"])


def test_the_claim_explained_has_the_numbers_of_its_check_and_no_others(
    made: tuple[Package, list[Piece]],
) -> None:
    package, pieces = made
    rows = chart_rows("one_claim", package).to_dict("records")
    (check,) = checks_in(package, [rows[0]["figure_id"]])
    said = texts(pieces, "#claim")
    assert texts(pieces, "#claim", ".axis-words", ".number") == [row["words"] for row in rows]
    assert Words(package).plain(check.answer) in said
    assert texts(pieces, "#claim", "table", "th") == [number for number, _ in check.beside.column]
    known = " ".join(
        [check.text(notes=True), str(check.to_dict()), *(str(row) for row in rows)]
    ).replace("\xa0", " ")
    ticks = set(texts(pieces, "#claim", ".axis", "text"))
    allowed = numbers(known) | {
        number_in_words(Fraction(number)) for number in numbers(known) if number.isdigit()
    }
    for text in said:
        if text not in ticks:
            assert numbers(text) <= allowed, text


def test_findings_are_those_of_disagreements_and_of_apparent_conflicts() -> None:
    pieces = pieces_of(explore())
    words = Words(shipped())
    cards = texts(pieces, "#disagreements", ".card", ".answer")
    found = sorted(f"{words.plain(text)}." for text in disagreements()["headline"])
    # A card may add where it has more.
    assert [card[: len(text)] for card, text in zip(sorted(cards), found, strict=True)] == found
    pairs = texts(pieces, "#disagreements", ".pair", "h4")
    headlines = [text[:1].upper() + text[1:] for text in apparent_conflicts()["headline"]]
    assert pairs == [words.plain(text) for text in headlines]
