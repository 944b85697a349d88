"""CITATION.cff and .zenodo.json: what archives need."""

from __future__ import annotations

import json

from albania_uk_migration import __version__, records
from albania_uk_migration.tables.package import shipped

from ..support.altered_tables import ROOT
from ..support.cited import _cff


def test_the_citation_file_has_what_an_archive_needs() -> None:
    cff = _cff()
    assert (cff["cff-version"], cff["type"]) == ("1.2.0", "dataset")
    assert "preferred-citation" not in cff
    assert "doi" not in cff
    assert cff["version"] == __version__
    assert cff["date-released"] == shipped().descriptor["created"][:10]
    assert len(cff["references"]) == 5
    for reference, row in zip(cff["references"], records("documents"), strict=True):
        assert reference["title"]
        (author,) = reference["authors"]
        assert author["name"] == "[publisher not named]" or row["publisher_id"]
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
