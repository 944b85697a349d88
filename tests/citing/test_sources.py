"""What can be cited: documents, releases, replies, rows, and their dates."""

from __future__ import annotations

import json
from typing import Any

import pytest

from albania_uk_migration import __version__, cite, records
from albania_uk_migration.citing.origins import with_origins
from albania_uk_migration.citing.references import footnote_of_row
from albania_uk_migration.citing.sources import document_item, row_item
from albania_uk_migration.tables.cells import label
from albania_uk_migration.tables.package import shipped
from albania_uk_migration.wording import day_in_words

from ..support.cited import IDENTIFIERS, _cff


@pytest.mark.parametrize(("identifier", "table"), IDENTIFIERS)
def test_every_row_names_the_documents_that_it_rests_on(identifier: str, table: str) -> None:
    items = json.loads(cite(identifier, "csl-json"))
    own = f"albania-uk-migration-{__version__}-{identifier}"
    found = {
        item["id"].removeprefix("albania-uk-migration-") for item in items if item["id"] != own
    }
    assert len(found) == len(items) - 1
    row = next(r for r in shipped().rows(table) if label(r, shipped().key(table)) == identifier)
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
    item = document_item(shipped(), row)
    (parts,) = item["issued"]["date-parts"]
    first, last = row["published_start"], row["published_end"]
    certain = [first.year, first.month, first.day][: len(parts)]
    assert parts == certain == [last.year, last.month, last.day][: len(parts)]
    assert (len(parts) == 3) == (first == last)
    assert (first == last) or item["note"].startswith("published ")
    assert item["author"][0]["literal"]


def test_an_official_release_without_a_known_day_has_no_date() -> None:
    for row in records("official_releases"):
        item = json.loads(cite(row["release_id"], "csl-json"))[0]
        assert ("issued" in item) == (row["published_on"] is not None)
        assert row["attribution"] in item["note"]


def test_a_reply_has_no_date_where_its_day_is_one_by_which_it_was_said() -> None:
    for row in records("follow_ups"):
        source = json.loads(cite(row["follow_up_id"], "csl-json"))[1]
        assert "issued" not in source
        said = f"said on or before {day_in_words(row['date'])}" if row["date"] else None
        assert ("said on or before" in source["note"]) == (said is not None)
        assert said is None or said in source["note"]


def test_an_official_figure_is_cited_at_the_page_of_its_table() -> None:
    pages = {
        tuple(row[column] for column in ("release_id", "measure", "population", "area")): row["url"]
        for row in records("official_coverage")
    }
    releases = {row["release_id"]: row for row in records("official_releases")}
    other = 0
    for row in shipped().rows("official_statistics"):
        named = (row["release_id"], row["measure"], row["population"], row["area"])
        release = releases[row["release_id"]]
        found = with_origins(shipped(), "official_statistics", row).release
        assert found is not None
        assert found["url"] == (pages.get(named) or release["url"])
        assert found["table"] == row["table"]
        other += found["url"] != release["url"]
    assert other


def test_what_we_did_not_read_in_the_office_s_own_data_says_so() -> None:
    for row in shipped().rows("official_statistics"):
        press = row["verification"] == "press_report"
        named = with_origins(shipped(), "official_statistics", row)
        title = row_item(shipped(), named)["title"]
        assert (f"value read from a press report: {row['source']}" in title) == press
        footnote = footnote_of_row(shipped(), named)
        assert ("as given in a press report" in footnote) == press


def test_every_licence_is_named_where_the_whole_is_cited() -> None:
    licences = {one["name"] for r in shipped().resources.values() for one in r["licenses"]}
    assert licences == {"CC-BY-4.0", "OGL-UK-3.0"}
    for text in (cite(), _cff()["abstract"]):
        assert all(licence in text for licence in licences)
