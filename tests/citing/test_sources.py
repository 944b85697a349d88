"""What can be cited: documents, releases, replies, rows, and their dates."""

from __future__ import annotations

import json
from typing import Any

import pytest

from albania_uk_migration import __version__, cite, records
from albania_uk_migration.citing.sources import document_item
from albania_uk_migration.tables.cells import label
from albania_uk_migration.tables.package import shipped

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
    assert (first == last) or "published on one day of" in item["note"]
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
        assert (f"said on or before {row['date']}" in source["note"]) == (row["date"] is not None)


def test_every_licence_is_named_where_the_whole_is_cited() -> None:
    licences = {one["name"] for r in shipped().resources.values() for one in r["licenses"]}
    assert licences == {"CC-BY-4.0", "OGL-UK-3.0"}
    for text in (cite(), _cff()["abstract"]):
        assert all(licence in text for licence in licences)
