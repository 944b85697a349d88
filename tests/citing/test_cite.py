"""Citations: every style is read by a parser of that style, and says what the tables say."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import citeproc
import pybtex.database
import pytest
import rispy
import yaml
from hypothesis import given
from hypothesis import strategies as st

from albania_uk_migration import UnknownNameError, __version__, cite, records, table_names
from albania_uk_migration.citing.sources import document_item
from albania_uk_migration.citing.styles import STYLES, _bibtex, _csl_json, _ris
from albania_uk_migration.cli.main import main
from albania_uk_migration.tables.cells import label
from albania_uk_migration.tables.package import package

from ..support.altered_tables import ROOT

IDENTIFIERS = [
    pytest.param(label(row, package().key(table)), table, id=f"{table}-{number}")
    for table in table_names()
    for number, row in enumerate(package().rows(table))
    if number in (0, 1, 7)
]
# Every figure, and some rows of each table: what the parsers are tried on.
CITED = [None, *table_names(), *(param.values[0] for param in IDENTIFIERS)]
CITED += [row["figure_id"] for row in package().rows("figures")]


def _entries(text: str) -> dict[str, Any]:
    entries: dict[str, Any] = pybtex.database.parse_string(text, "bibtex").entries
    return entries


def _ris_records(text: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = rispy.loads(text)
    return found


@pytest.mark.parametrize("what", CITED)
def test_every_style_is_read_by_a_parser_of_that_style(what: str | None) -> None:
    items = json.loads(cite(what, "csl-json"))
    assert list(citeproc.source.json.CiteProcJSON(items)) == [i["id"].lower() for i in items]
    entries = _entries(cite(what, "bibtex"))
    found = _ris_records(cite(what, "ris"))
    assert len(items) == len(entries) == len(found)
    for item, (key, entry), record in zip(items, entries.items(), found, strict=True):
        assert key == re.sub(r"[^A-Za-z0-9.-]+", "-", item["id"])
        (author,) = entry.persons["author"]
        assert str(author) == f"{{{item['author'][0]['literal']}}}"
        assert record["authors"] == [item["author"][0]["literal"]]
        assert record["title"] == item["title"]
        issued = item.get("issued", {}).get("date-parts", [[None]])[0]
        assert (entry.fields.get("year"), record.get("year")) == (
            (str(issued[0]),) * 2 if issued[0] else (None, None)
        )
        assert record.get("urls", [None]) == [item.get("URL")]
        assert entry.fields.get("url") == item.get("URL")


def test_a_style_prints_what_was_read() -> None:
    styles = Path(citeproc.__file__).parent / "data" / "styles"
    (style,) = styles.glob("harvard*.csl")
    source = citeproc.source.json.CiteProcJSON(json.loads(cite("F012", "csl-json")))
    printed = citeproc.CitationStylesBibliography(
        citeproc.CitationStylesStyle(str(style), validate=False), source, citeproc.formatter.plain
    )
    printed.register(citeproc.Citation([citeproc.CitationItem(key) for key in source]))
    text = "\n".join(str(entry) for entry in printed.bibliography())
    assert "[not named]" in text
    assert "2023" in text
    assert "The albania-uk-migration maintainers" in text


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("what", [None, "figures", "F012"])
def test_the_same_is_cited_in_the_same_words(what: str | None, style: str) -> None:
    text = cite(what, style)
    assert text == cite(what, style)
    assert __version__ in text
    assert not text.endswith("\n")


def test_a_row_is_cited_with_its_document() -> None:
    row, document = json.loads(cite("F003", "csl-json"))
    assert row["container-title"] == package().descriptor["title"]
    assert 'F003, "About 12,000" as reworded by a repost: ' in row["title"]
    assert document["id"] == "albania-uk-migration-D000"
    # The words of a reworded text are never shown as its publisher's own.
    assert document["author"] == [{"literal": "The Guardian"}]
    assert "reworded" in document["title"]
    assert "reworded" in document["genre"]


@pytest.mark.parametrize(("identifier", "table"), IDENTIFIERS)
def test_every_row_names_the_documents_that_it_rests_on(identifier: str, table: str) -> None:
    items = json.loads(cite(identifier, "csl-json"))
    own = f"albania-uk-migration-{__version__}-{identifier}"
    found = {
        item["id"].removeprefix("albania-uk-migration-") for item in items if item["id"] != own
    }
    assert len(found) == len(items) - 1
    row = next(r for r in package().rows(table) if label(r, package().key(table)) == identifier)
    if row.get("document_id"):
        assert found == {row["document_id"]}
    elif row.get("release_id"):
        assert found == {row["release_id"]}
    elif table in ("actors", "populations", "measures", "release_changes"):
        assert not found
    elif table == "follow_ups":
        figure = next(f for f in records("figures") if f["figure_id"] == row["figure_id"])
        assert found == {f"{row['follow_up_id']}-source", figure["document_id"]}
    else:
        assert found <= {"D000", "D001", "D002", "D003", "D004"}
        assert found


@pytest.mark.parametrize("row", records("documents"), ids=lambda row: row["document_id"])
def test_a_date_is_given_as_far_as_it_is_certain(row: dict[str, Any]) -> None:
    item = document_item(row)
    (parts,) = item["issued"]["date-parts"]
    first, last = row["published_start"], row["published_end"]
    certain = [first.year, first.month, first.day][: len(parts)]
    assert parts == certain == [last.year, last.month, last.day][: len(parts)]
    assert (len(parts) == 3) == (first == last)
    assert (first == last) or "published on one day of" in item["note"]
    assert item["author"][0]["literal"]


def test_an_official_release_without_a_known_day_has_no_date() -> None:
    for row in records("official_releases"):
        item = json.loads(cite(row["release_id"], "csl-json"))[0]
        assert ("issued" in item) == (row["released_basis"] == "published_on")
        assert row["attribution"] in item["note"]


def test_a_figure_is_cited_with_whose_it_is_and_of_what() -> None:
    title = json.loads(cite("F012", "csl-json"))[0]["title"]
    assert title == (
        'F012, "954": Enforced returns, Albanians, 2022; stated by the Home Office (inferred) '
        "(row of table figures)"
    )
    for row in records("figures"):
        title = json.loads(cite(row["figure_id"], "csl-json"))[0]["title"]
        assert ("reworded" in title) == (row["document_id"] == "D000")
    assert ", words of Government sources in Tirana (reported)" in cite("S001")
    assert '"93%" (decrease): ' in cite("F025")


def test_a_document_or_official_release_is_cited_itself_first() -> None:
    first, second = cite("D004").splitlines()
    assert first.startswith("The Independent (14 May 2025).")
    assert second.startswith("Described in: The albania-uk-migration maintainers")
    assert cite("ho-imb-2023-04-24").startswith("Home Office (24 April 2023).")


def test_the_version_is_printed_by_styles_that_know_none() -> None:
    for what in (None, "figures", "F012"):
        assert (
            f"version {__version__}"
            in next(iter(_entries(cite(what, "bibtex")).values())).fields["howpublished"]
        )


def test_characters_are_counted_as_people_count_them() -> None:
    row = next(r for r in records("figures") if r["figure_id"] == "F012")
    note = json.loads(cite("F012", "csl-json"))[0]["note"]
    assert f"characters {row['start_char'] + 1} to {row['end_char']} of its text" in note
    assert row["end_char"] - row["start_char"] == len("954")


def test_a_reply_has_no_date_where_its_day_is_one_by_which_it_was_said() -> None:
    for row in records("follow_ups"):
        source = json.loads(cite(row["follow_up_id"], "csl-json"))[1]
        assert "issued" not in source
        assert f"said on or before {row['date']}" in source["note"]


NASTY = st.text(
    st.characters(exclude_categories=["Cs"]) | st.sampled_from("{}\\%$#_&~^@\"'\n\t=, -"),
    max_size=30,
).map(lambda text: f"a{text}z")


@given(NASTY, NASTY, NASTY)
def test_no_text_breaks_out_of_its_entry(title: str, author: str, note: str) -> None:
    item = {
        "id": "x",
        "type": "webpage",
        "title": title,
        "author": [{"literal": author}],
        "note": note,
        "URL": f"https://example.org/{title}",
    }
    items = [item, {**item, "id": "y"}]
    assert list(_entries(_bibtex(items))) == ["x", "y"]
    found = _ris_records(_ris(items))
    assert [record["id"] for record in found] == ["x", "y"]
    assert {tuple(sorted(record)) for record in found} == {
        ("authors", "id", "notes", "title", "type_of_reference", "urls")
    }
    assert json.loads(_csl_json(items)) == items


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


# ---------------------------------------------------------------- CITATION.cff, .zenodo.json


def _cff() -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    return content


def test_the_citation_file_has_what_an_archive_needs() -> None:
    cff = _cff()
    assert (cff["cff-version"], cff["type"]) == ("1.2.0", "dataset")
    assert "preferred-citation" not in cff
    assert "doi" not in cff
    assert cff["version"] == __version__
    assert cff["date-released"] == package().descriptor["created"][:10]
    assert len(cff["references"]) == 5
    for reference, row in zip(cff["references"], records("documents"), strict=True):
        assert reference["title"]
        (author,) = reference["authors"]
        assert author["name"] == "[not named]" or row["publisher_id"]
        assert reference["notes"].startswith(row["document_id"])
        assert reference["url"] == row["seen_at"]


def test_the_deposit_says_what_the_citation_file_says() -> None:
    cff = _cff()
    deposit = json.loads((ROOT / ".zenodo.json").read_text(encoding="utf-8"))
    assert deposit["title"] == cff["title"]
    assert deposit["description"] == cff["abstract"]
    assert deposit["version"] == cff["version"]
    assert deposit["publication_date"] == cff["date-released"]
    assert deposit["keywords"] == cff["keywords"]
    assert deposit["license"] == cff["license"].lower()
    assert [one["name"] for one in deposit["creators"]] == [one["name"] for one in cff["authors"]]
    related = [one["identifier"] for one in deposit["related_identifiers"]]
    assert related == [reference["url"] for reference in cff["references"]]
    assert deposit["upload_type"] == cff["type"]
    assert all(set(one) == {"identifier", "relation"} for one in deposit["related_identifiers"])


def test_every_licence_is_named_where_the_whole_is_cited() -> None:
    licences = {one["name"] for r in package().resources.values() for one in r["licenses"]}
    assert licences == {"CC-BY-4.0", "OGL-UK-3.0"}
    for text in (cite(), _cff()["abstract"]):
        assert all(licence in text for licence in licences)
