"""Descriptions for catalogues: JSON-LD of schema.org's terms alone; Croissant of every column.

That mlcroissant accepts the latter, and loads every cell from it, is tried in an environment of its
own: tests/support/croissant_records.py, run by .ci/run.
"""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pyld.jsonld
import pytest
import rdflib
from rdflib.namespace import SDO

from albania_uk_migration import UnknownNameError, croissant, records, schema_org, table_names
from albania_uk_migration.citing.catalogues import described_as
from albania_uk_migration.cli.main import main
from albania_uk_migration.tables.package import shipped

from ..support.altered_tables import FILES

SCHEMA = "https://schema.org/"


def _no_network(url: str, _options: object) -> dict[str, Any]:
    raise AssertionError(f"{url} would be fetched")


def _expanded() -> list[Any]:
    options = {"documentLoader": _no_network, "processingMode": "json-ld-1.1"}
    found: list[Any] = pyld.jsonld.expand(schema_org(), options)
    return found


def _terms(node: Any) -> set[str]:
    if isinstance(node, list):
        return {term for one in node for term in _terms(one)}
    if not isinstance(node, dict):
        return set()
    own = {name for name in node if not name.startswith("@")} | set(node.get("@type", ()))
    return own.union(*(_terms(one) for one in node.values()))


def test_the_dataset_expands_without_a_network_to_terms_of_schema_org_alone() -> None:
    (dataset,) = _expanded()
    assert dataset["@type"] == [f"{SCHEMA}Dataset"]
    terms = _terms(dataset)
    assert len(terms) > 25
    assert all(term.startswith(SCHEMA) for term in terms)
    unknown = {term for term in terms if rdflib.URIRef(term) not in SDO}
    assert unknown == set()


def test_nothing_is_lost_in_expansion() -> None:
    (dataset,) = _expanded()
    told = {f"{SCHEMA}{name}" for name in schema_org() if not name.startswith("@")}
    assert told == {name for name in dataset if not name.startswith("@")}


def test_the_dataset_tells_files_measures_sources_and_places() -> None:
    told = schema_org()
    assert [one["name"] for one in told["distribution"]] == table_names()
    for one in told["distribution"]:
        resource = shipped().resource(one["name"])
        assert (one["contentUrl"], f"sha256:{one['sha256']}") == (
            resource["path"],
            resource["hash"],
        )
    assert [m["identifier"] for m in told["variableMeasured"]] == [
        row["measure"] for row in records("measures")
    ]
    assert all(m["unitText"] for m in told["variableMeasured"])
    sources = [one["identifier"] for one in told["isBasedOn"]]
    assert sources[:5] == ["D000", "D001", "D002", "D003", "D004"]
    assert sources[5:] == [row["release_id"] for row in records("official_releases")]
    # A text that somebody reworded or reposted is no news article of its publisher.
    kinds = {one["identifier"]: one["@type"] for one in told["isBasedOn"]}
    assert [kinds[f"D00{n}"] for n in range(5)] == [
        *("CreativeWork", "CreativeWork", "NewsArticle", "CreativeWork", "NewsArticle")
    ]
    # Publisher and date of a reworded text are those of the original.
    (reworded,) = (one for one in told["isBasedOn"] if "isBasedOn" in one)
    assert reworded["identifier"] == "D000"
    assert not {"publisher", "datePublished"} & set(reworded)
    assert reworded["isBasedOn"]["url"].startswith("https://www.theguardian.com/")
    assert {"GBR", "ALB"} <= {one["identifier"] for one in told["spatialCoverage"]}


def test_the_period_covered_holds_every_day_counted() -> None:
    first, last = schema_org()["temporalCoverage"].split("/")
    for row in records("official_statistics"):
        assert first <= str(row["period_start"]) <= str(row["period_end"]) <= last
    for row in records("figures"):
        if row["status"] == "actual" and row["period_start"]:
            assert first <= str(row["period_start"])
    assert first.startswith("20")


def test_croissant_names_every_file_and_column() -> None:
    told = croissant()
    assert told["conformsTo"] == "http://mlcommons.org/croissant/1.1"
    files = {one["@id"]: one for one in told["distribution"]}
    assert set(files) == set(FILES)
    filled = [name for name in table_names() if shipped().rows(name)]
    assert [one["@id"] for one in told["recordSet"]] == filled
    for one in told["recordSet"]:
        header = next(csv.reader(io.StringIO(FILES[f"data/{one['@id']}.csv"].decode())))
        assert [field["source"]["extract"]["column"] for field in one["field"]] == header
        assert {field["source"]["fileObject"]["@id"] for field in one["field"]} <= set(files)
    identifiers = [f["@id"] for one in told["recordSet"] for f in one["field"]]
    assert len(set(identifiers)) == len(identifiers)


@pytest.mark.parametrize("form", ["schema.org", "croissant"])
def test_the_command_prints_json(form: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["metadata", form]) == 0
    assert json.loads(capsys.readouterr().out) == json.loads(described_as(form))


@pytest.mark.parametrize("form", ["schema.org", "croissant"])
def test_files_may_lie_on_the_web(form: str) -> None:
    told = json.loads(described_as(form, "https://example.org/"))
    addresses = [one["contentUrl"] for one in told["distribution"]]
    assert addresses == [f"https://example.org/data/{name}.csv" for name in table_names()]


def test_another_form_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(UnknownNameError, match='Did you mean "croissant"'):
        described_as("croisant")
    assert main(["metadata", "dcat"]) == 3
    assert "schema.org" in capsys.readouterr().err
