"""How the release, tables and rows are cited, and what cannot be."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from albania_uk_migration import UnknownNameError, __version__, cite, figures_about, records
from albania_uk_migration.citing.cite import STYLES, cite_in
from albania_uk_migration.series.known import known_on
from albania_uk_migration.tables.package import shipped


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("what", [None, "figures", "F012"])
def test_the_same_is_cited_in_the_same_words(what: str | None, style: str) -> None:
    text = cite(what, style)
    assert text == cite(what, style)
    assert __version__ in text
    assert not text.endswith("\n")


def test_a_row_is_cited_with_its_document() -> None:
    row, document = json.loads(cite("F003", "csl-json"))
    assert row["container-title"] == shipped().descriptor["title"]
    assert "F003, “About 12,000” as reworded by a repost: " in row["title"]
    assert document["id"] == "albania-uk-migration-D000"
    # The words of a reworded text are never shown as its publisher's own.
    assert document["author"] == [{"literal": "The Guardian"}]
    assert "reworded" in document["title"]
    assert "reworded" in document["genre"]


def test_a_figure_is_cited_with_whose_it_is_and_of_what() -> None:
    title = json.loads(cite("F012", "csl-json"))[0]["title"]
    assert title == (
        "F012, “954”: Enforced returns, Albanians, 2022; stated by the Home Office (we infer) "
        "(row of table figures)"
    )
    for table, key in (("figures", "figure_id"), ("trends", "trend_id")):
        for row in records(table):
            title = json.loads(cite(row[key], "csl-json"))[0]["title"]
            assert ("reworded" in title) == (row["document_id"] == "D000")
    assert ", words of Government sources in Tirana (reported)" in cite("S001")
    assert "“93%” (decrease): " in cite("F025")
    assert (
        "T005, “fewer” (decrease): Small boat arrivals, Albanians, 1 January 2023 to 22 May 2024 "
        "at the latest (one reading of the words); stated by Lord David Cameron (row of table "
        "trends)"
    ) in cite("T005")
    assert "“did not note an increase” (no increase noted) as reworded by a repost" in cite("T001")


def test_a_document_or_official_release_is_cited_before_the_row_that_describes_it() -> None:
    first, second = cite("D004").splitlines()
    assert first.startswith("The Independent (14 May 2025).")
    assert second.startswith("Data set: The albania-uk-migration maintainers")
    assert cite("ho-imb-2023-04-24").startswith("Home Office (24 April 2023).")


def test_rows_known_on_a_day_are_cited_from_the_tables_of_that_day() -> None:
    then = known_on(shipped(), "2023-05-01", False)
    assert cite_in(then, "F012") == cite("F012")
    with pytest.raises(UnknownNameError, match="F034"):
        cite_in(then, "F034")


def test_the_rows_of_an_answer_are_cited_with_their_documents() -> None:
    citation = figures_about(measure="returns").attrs["citation"]
    assert citation.startswith(cite())
    assert "D003 (F033, F034, F036): [publisher not named] (May 2023)." in citation
    assert "https://www.digestwire.com/?p=365424" in citation


@pytest.mark.parametrize(
    ("what", "style", "said"),
    [
        ("F999", "text", 'No table or row called "F999". They run from F001 to F048'),
        ("F999", "footnote", 'No table or row called "F999". They run from F001 to F048'),
        ("f12", "text", 'Did you mean "F012"?'),
        ("figurs", "text", 'Did you mean "figures"?'),
        (
            *("F012", "apa"),
            'No style called "apa". Choose from text, footnote, bibtex, ris, csl-json, '
            "or the path of a .csl file",
        ),
        ("F012", "footnotes", 'Did you mean "footnote"?'),
        (12, "text", 'No table or row called "12"'),
        ("", "text", 'No table or row called ""'),
    ],
)
def test_what_is_not_there_is_named(what: Any, style: str, said: str) -> None:
    with pytest.raises(UnknownNameError, match=re.escape(said)):
        cite(what, style)
