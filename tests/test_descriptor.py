"""datapackage.json: prose by hand, facts by script; neither is stale."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import frictionless
import pytest

from albania_uk_migration.rules.cells import _broken_constraint
from albania_uk_migration.tables.cells import _CASTS, limits_of
from albania_uk_migration.tables.package import shipped

from .support.altered_tables import DESCRIPTOR, ROOT, SEEDS, text_rows, to_csv

if TYPE_CHECKING:
    from collections.abc import Callable

PROFILES = "https://datapackage.org/profiles/2.0"
FIELDS = [
    pytest.param(field, id=f"{resource['name']}.{field['name']}")
    for resource in DESCRIPTOR["resources"]
    for field in resource["schema"]["fields"]
]


def test_what_the_script_fills_is_not_stale() -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "scripts" / "fill.py"), "--check"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, "")


@pytest.mark.parametrize("field", FIELDS)
def test_each_column_is_described(field: dict[str, Any]) -> None:
    assert field["title"]
    assert field["description"].endswith(".")
    cell = _CASTS[field["type"]](field["example"])
    limits = limits_of(field)
    form = re.compile(limits["pattern"]) if "pattern" in limits else None
    assert _broken_constraint(cell, limits, form) is None
    if "categories" in field:
        assert [item["value"] for item in field["categories"]] == field["constraints"]["enum"]
        assert all(item["label"].endswith(".") for item in field["categories"])


@pytest.mark.parametrize("field", FIELDS)
def test_patterns_are_anchored_by_whoever_matches_them(field: dict[str, Any]) -> None:
    pattern = limits_of(field).get("pattern")
    if pattern:
        assert not re.search(r"[\^$]", pattern.replace("[^", ""))
        assert _broken_constraint(
            field["example"] + "\nx", {"pattern": pattern}, re.compile(pattern)
        )


@pytest.mark.parametrize("field", FIELDS)
def test_a_column_that_may_be_empty_has_its_pattern_as_form(field: dict[str, Any]) -> None:
    # With either, frictionless writes no row with an empty cell into an SQL table.
    limits = field.get("constraints", {})
    assert not limits.keys() & {"pattern", "maximum"} or limits.get("required")
    assert "form" not in field or not limits.get("required")


def test_every_listed_value_is_used_or_foreseen() -> None:
    foreseen = {
        "figures.comparator": {"at_least", "at_most"},
        "figures.rank_among": {"same_days_of_earlier_years"},
        "agreement_links.relation": {"expands"},
        "official_latest.area": {"EU27", "EU+"},
    }
    for resource in DESCRIPTOR["resources"]:
        if resource["name"] == "release_changes":
            # What may yet change is all foreseen.
            continue
        rows = text_rows(resource["name"])
        for field in resource["schema"]["fields"]:
            if "categories" not in field or field["name"].endswith("_basis"):
                continue
            used = {row[field["name"]] for row in rows} - {""}
            listed = set(field["constraints"]["enum"])
            place = f"{resource['name']}.{field['name']}"
            assert listed - used == foreseen.get(place, set()), place


def test_keys_are_of_columns_that_exist() -> None:
    names = {r["name"]: {f["name"] for f in r["schema"]["fields"]} for r in DESCRIPTOR["resources"]}
    for resource in DESCRIPTOR["resources"]:
        schema, own = resource["schema"], names[resource["name"]]
        assert set(schema["primaryKey"]) <= own
        for key in schema.get("uniqueKeys", []):
            assert set(key) <= own
        for key in schema.get("foreignKeys", []):
            assert set(key["fields"]) <= own
            target = key["reference"]["resource"] or resource["name"]
            assert set(key["reference"]["fields"]) <= names[target]
        assert set(resource["summary"]) <= own


def test_each_table_says_how_and_by_which_profile_it_is_read() -> None:
    for resource in DESCRIPTOR["resources"]:
        assert resource["scheme"] == "file"
        assert resource["$schema"] == f"{PROFILES}/dataresource.json"
        assert resource["schema"]["$schema"] == f"{PROFILES}/tableschema.json"
        assert resource["rows"] > 0


def test_licences_are_named_and_do_not_cover_what_is_quoted() -> None:
    official = {"official_releases", "official_statistics", "official_latest"}
    for resource in DESCRIPTOR["resources"]:
        both = resource["name"] in {*official, "figures_flat"}
        own = ["OGL-UK-3.0", "CC-BY-4.0"] if both else ["CC-BY-4.0"]
        assert [licence["name"] for licence in resource["licenses"]] == own
        outside = resource["name"] in {*official, "official_coverage", "follow_ups"}
        assert ("not from the five documents" in resource["description"]) == outside
        verbatim = any(field.get("verbatim") for field in resource["schema"]["fields"])
        assert ("does not cover the columns marked verbatim" in resource["description"]) == verbatim


def test_frictionless_finds_the_package_valid() -> None:
    report = frictionless.Package(str(ROOT / "datapackage.json")).validate()
    assert report.valid, report.flatten(["type", "message"])
    assert {task.name for task in report.tasks} == set(shipped().resources)


def test_frictionless_reads_the_values_that_we_read() -> None:
    read: Any = frictionless.Package(str(ROOT / "datapackage.json"))
    for table in shipped().resources:
        rows = read.get_resource(table).read_rows()
        for theirs, ours in zip(rows, shipped().rows(table), strict=True):
            for column, cell in ours.items():
                other = theirs[column]
                assert (Decimal(other) if isinstance(cell, Decimal) else other) == cell


def test_the_documents_are_as_they_came() -> None:
    attributes = (ROOT / ".gitattributes").read_text(encoding="utf-8")
    assert "seeds/* -text" in attributes
    assert "data/*.csv text eol=lf" in attributes
    assert len(list(SEEDS.iterdir())) == len(text_rows("documents"))


def test_identifiers_are_unique_over_all_tables() -> None:
    seen: dict[str, str] = {}
    for resource in DESCRIPTOR["resources"]:
        key = resource["schema"]["primaryKey"]
        if len(key) == 1 and "madeFrom" not in resource:
            for row in text_rows(resource["name"]):
                assert seen.setdefault(row[key[0]], resource["name"]) == resource["name"]


def a_copy(folder: Path) -> Callable[[], subprocess.CompletedProcess[str]]:
    """Copies the package into a folder; gives what runs the script that fills it there."""
    for name in ("scripts", "data", "seeds", "src"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "datapackage.json", folder)

    def fill() -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, str(folder / "scripts" / "fill.py")],
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
        )

    return fill


def test_the_script_finds_places_days_and_statements_of_trends(tmp_path: Path) -> None:
    fill = a_copy(tmp_path)
    table = tmp_path / "data" / "trends.csv"
    before = table.read_bytes()
    filled = [field["name"] for field in shipped().fields("trends") if "filledBy" in field]
    rows = [{**row, **dict.fromkeys(filled, "")} for row in text_rows("trends")]
    table.write_bytes(to_csv(rows, list(shipped().types("trends"))))
    assert table.read_bytes() != before
    done = fill()
    assert (done.returncode, done.stderr) == (0, "")
    assert table.read_bytes() == before


def test_a_text_that_changed_after_it_was_annotated_is_refused(tmp_path: Path) -> None:
    fill = a_copy(tmp_path)
    assert fill().returncode == 0
    seed = next((tmp_path / "seeds").glob("002*"))
    seed.write_bytes(seed.read_bytes() + b" x")
    before = (tmp_path / "data" / "documents.csv").read_bytes()
    done = fill()
    assert done.returncode == 1
    assert "is not the text that was annotated" in done.stderr
    assert (tmp_path / "data" / "documents.csv").read_bytes() == before
    seed.unlink()
    assert "D002: cannot read seeds/002" in fill().stderr
