"""Each style read by a parser of that style."""

from __future__ import annotations

import json
import re
from typing import Any

import citeproc
import pybtex.database
import pytest
import rispy
from hypothesis import given
from hypothesis import strategies as st

from albania_uk_migration import __version__, cite, records, table_names
from albania_uk_migration.citing.styles import _bibtex, _csl_json, _ris
from albania_uk_migration.tables.package import shipped

from ..support.cited import IDENTIFIERS

# Every figure and trend, and some rows of each table: what the parsers are tried on.
CITED = [None, *table_names(), *(param.values[0] for param in IDENTIFIERS)]
CITED += [row["figure_id"] for row in shipped().rows("figures")]
CITED += [row["trend_id"] for row in shipped().rows("trends")]


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


def test_the_version_is_printed_by_styles_that_know_none() -> None:
    for what in (None, "figures", "F012"):
        assert (
            f"version {__version__}"
            in next(iter(_entries(cite(what, "bibtex")).values())).fields["howpublished"]
        )


def test_characters_are_numbered_as_in_the_columns() -> None:
    row = next(r for r in records("figures") if r["figure_id"] == "F012")
    note = json.loads(cite("F012", "csl-json"))[0]["note"]
    assert f"D001, characters {row['start_char']} to {row['end_char']};" in note
    assert row["end_char"] - row["start_char"] == len("954")


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
