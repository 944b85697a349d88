"""Citations: every style is read by a parser of that style, and says what the tables say."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from albania_uk_migration import UnknownNameError, __version__, cite, records
from albania_uk_migration.citing.styles import STYLES
from albania_uk_migration.cli.main import main
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
    assert 'F003, "About 12,000" as reworded by a repost: ' in row["title"]
    assert document["id"] == "albania-uk-migration-D000"
    # The words of a reworded text are never shown as its publisher's own.
    assert document["author"] == [{"literal": "The Guardian"}]
    assert "reworded" in document["title"]
    assert "reworded" in document["genre"]


def test_a_figure_is_cited_with_whose_it_is_and_of_what() -> None:
    title = json.loads(cite("F012", "csl-json"))[0]["title"]
    assert title == (
        'F012, "954": Enforced returns, Albanians, 2022; stated by the Home Office (inferred) '
        "(row of table figures)"
    )
    for table, key in (("figures", "figure_id"), ("trends", "trend_id")):
        for row in records(table):
            title = json.loads(cite(row[key], "csl-json"))[0]["title"]
            assert ("reworded" in title) == (row["document_id"] == "D000")
    assert ", words of Government sources in Tirana (reported)" in cite("S001")
    assert '"93%" (decrease): ' in cite("F025")
    assert (
        'T005, "fewer" (decrease): Small boat arrivals, Albanians, 2023-01-01/.. (ambiguous); '
        "stated by Lord David Cameron (row of table trends)"
    ) in cite("T005")
    assert '"did not note an increase" (no increase noted) as reworded by a repost' in cite("T001")


def test_a_document_or_official_release_is_cited_itself_first() -> None:
    first, second = cite("D004").splitlines()
    assert first.startswith("The Independent (14 May 2025).")
    assert second.startswith("Described in: The albania-uk-migration maintainers")
    assert cite("ho-imb-2023-04-24").startswith("Home Office (24 April 2023).")


@pytest.mark.parametrize(
    ("what", "style", "said"),
    [
        ("F999", "text", 'no table or row "F999"; they run from F001 to F048'),
        ("f12", "text", 'did you mean "F012"?'),
        ("figurs", "text", 'did you mean "figures"?'),
        ("F012", "apa", 'no style "apa"; there are text, bibtex, ris, csl-json'),
        (12, "text", 'no table or row "12"'),
        ("", "text", 'no table or row ""'),
    ],
)
def test_what_is_not_there_is_named(what: Any, style: str, said: str) -> None:
    with pytest.raises(UnknownNameError, match=re.escape(said)):
        cite(what, style)


def test_the_command_prints_what_the_function_gives(capsys: pytest.CaptureFixture[str]) -> None:
    for arguments, text in (
        ([], cite()),
        (["F012", "--style", "bibtex"], cite("F012", "bibtex")),
        (["figures", "--style", "ris"], cite("figures", "ris")),
    ):
        assert main(["cite", *arguments]) == 0
        assert capsys.readouterr().out == f"{text}\n"
    assert main(["cite", "F999"]) == 3
    assert main(["cite", "--style", "apa"]) == 3
