"""What each form has: every cell, as other libraries read it."""

from __future__ import annotations

import datetime
import json
import os
import sqlite3
import subprocess
import sys
import textwrap
import zipfile
from pathlib import Path
from typing import Any

import duckdb
import frictionless
import openpyxl
import pyarrow.parquet
import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st

from albania_uk_migration import cite, export, records, strategies, table_names
from albania_uk_migration.answers.derived import DERIVED, rows_of
from albania_uk_migration.citing.attribution import whose_words
from albania_uk_migration.cli.exporting import FORMATS
from albania_uk_migration.exporting.export import FILES, FOLDERS
from albania_uk_migration.tables.package import shipped
from albania_uk_migration.wording import first_upper

from ..support.commands import run
from ..support.exported import READERS, Tables, expected, from_csv

pytestmark = pytest.mark.once

FORMS = sorted(READERS)


def wanted() -> Tables:
    return expected({table: records(table) for table in table_names()})


@pytest.mark.parametrize("name", FORMS)
def test_every_cell_of_every_table_is_there(name: str, tmp_path: Path) -> None:
    form, read = READERS[name]
    export(tmp_path / name, format=form)
    found, known = read(tmp_path / name, shipped()), wanted()
    assert found.keys() == known.keys()
    for table, rows in known.items():
        # Types too: 1 and True are equal in Python.
        assert repr(found[table]) == repr(rows), table


def test_every_form_is_read_or_has_a_test_of_its_own() -> None:
    read = {form or name.partition(".")[2] for name, (form, _) in READERS.items()}
    assert {*FILES, *FOLDERS} - read == {"csv", "jsonld"}


TABLES = ["actors", "figures", "official_releases", "follow_ups"]


@pytest.mark.parametrize("name", FORMS)
@settings(max_examples=8)
@given(data=st.data())
def test_made_rows_are_the_same_in_every_form(
    name: str, data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    rows = {table: data.draw(strategies.tables(table)) for table in TABLES}
    package = shipped().with_rows(rows)
    form, read = READERS[name]
    place = tmp_path_factory.mktemp("made") / name
    export(place, TABLES, package, form)
    found = read(place, package)
    known = expected(rows)
    if name == "t.jsonl":
        known = {table: listed for table, listed in known.items() if listed}
    # A reader may give an empty table without its columns, but not rows that are not there.
    assert {table: found.get(table, []) for table in known} == known


def files(place: Path) -> dict[str, bytes]:
    """The bytes of a file, or of the files of a folder."""
    found = [place] if place.is_file() else [file for file in place.rglob("*") if file.is_file()]
    return {str(file): file.read_bytes() for file in found}


SAME = ["t.csv", "t.jsonld", "t.parquet", *(name for name in FORMS if name != "t.duckdb")]


@pytest.mark.parametrize("name", SAME)
def test_the_same_tables_give_the_same_bytes(name: str, tmp_path: Path) -> None:
    form = READERS[name][0] if name in READERS else None
    export(tmp_path / name, format=form)
    first = files(tmp_path / name)
    program = (
        "import sys; from albania_uk_migration import export;"
        "export(sys.argv[1], format=sys.argv[2] or None, overwrite=True)"
    )
    run = [sys.executable, "-c", program, str(tmp_path / name), form or ""]
    other = {**os.environ, "PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo", "LC_ALL": "C"}
    subprocess.run(run, check=True, env=other)
    assert files(tmp_path / name) == first


def test_two_databases_of_duckdb_differ_only_in_the_identifier_it_gives_each(
    tmp_path: Path,
) -> None:
    export(tmp_path / "one.duckdb")
    export(tmp_path / "other.duckdb")
    one, other = ((tmp_path / f"{name}.duckdb").read_bytes() for name in ("one", "other"))
    assert len(one) == len(other)
    # The identifier has 16 bytes, and the checksum of the header 8.
    assert sum(a != b for a, b in zip(one, other, strict=True)) <= 24


# ---------------------------------------------------------------- one form each


@pytest.mark.parametrize("form", ["json", "parquet"])
def test_the_description_in_a_folder_is_of_its_files(form: str, tmp_path: Path) -> None:
    export(tmp_path / form, ["figures", "actors"], format=form)
    about = json.loads((tmp_path / form / "datapackage.json").read_text(encoding="utf-8"))
    assert [resource["path"] for resource in about["resources"]] == [
        f"actors.{form}",
        f"figures.{form}",
    ]
    for resource in about["resources"]:
        assert (tmp_path / form / resource["path"]).is_file()
        assert resource["format"] == form
        assert not resource.keys() & {"dialect", "encoding", "bytes", "hash"}
    if form == "json":
        report = frictionless.Package(str(tmp_path / form / "datapackage.json")).validate()
        assert report.valid, report.flatten(["type", "message"])


def test_tables_may_be_named_one_by_one(tmp_path: Path) -> None:
    place = str(tmp_path / "t.json")
    done = run("export", place, "--tables", "trends", "--tables", "figures")
    assert done.returncode == 0
    tables = json.loads((tmp_path / "t.json").read_text(encoding="utf-8"))["tables"]
    assert list(tables) == ["figures", "trends"]


def test_the_command_knows_every_format() -> None:
    assert list(FORMATS) == list(FILES)


def test_a_csv_file_is_figures_flat_as_it_ships(tmp_path: Path) -> None:
    export(tmp_path / "t.csv")
    assert (tmp_path / "t.csv").read_bytes() == shipped().read("data/figures_flat.csv")
    export(tmp_path / "actors.csv")
    assert (tmp_path / "actors.csv").read_bytes() == shipped().read("data/actors.csv")


def test_lines_of_one_table_are_its_rows(tmp_path: Path) -> None:
    export(tmp_path / "t.jsonl", ["populations"])
    lines = (tmp_path / "t.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line) for line in lines] == records("populations")


def test_each_identifier_has_a_file_in_a_folder_of_json(tmp_path: Path) -> None:
    export(tmp_path / "site", format="json")
    row = json.loads((tmp_path / "site" / "figures" / "F034.json").read_text(encoding="utf-8"))
    (figure,) = (one for one in records("figures") if one["figure_id"] == "F034")
    assert row["exact"] == figure["exact"]
    assert row["period_start"] == figure["period_start"].isoformat()
    for table in table_names():
        if len(shipped().key(table)) == 1:
            files = list((tmp_path / "site" / table).iterdir())
            assert len(files) == len(records(table))


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> sqlite3.Connection:
    path = tmp_path_factory.mktemp("sqlite") / "t.sqlite"
    export(path)
    return sqlite3.connect(path)


def test_keys_of_the_database_hold_and_are_enforced(database: sqlite3.Connection) -> None:
    assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    for table in table_names():
        schema = shipped().resource(table)["schema"]
        listed = database.execute(f"PRAGMA foreign_key_list({table})").fetchall()
        assert len(listed) == sum(len(key["fields"]) for key in schema.get("foreignKeys", ()))
        key = [row[1] for row in database.execute(f"PRAGMA table_info({table})") if row[5]]
        assert sorted(key) == sorted(schema["primaryKey"])
    database.execute("PRAGMA foreign_keys = ON")
    with pytest.raises(sqlite3.IntegrityError), database:
        database.execute("UPDATE figures SET claimant_id = 'nobody' WHERE figure_id = 'F001'")
    with pytest.raises(sqlite3.IntegrityError), database:
        database.execute("INSERT INTO actors SELECT * FROM actors LIMIT 1")


def test_the_database_declares_dates_and_truth_values_and_says_what_columns_mean(
    database: sqlite3.Connection,
) -> None:
    kinds = {row[1]: row[2] for row in database.execute("PRAGMA table_info(documents)")}
    assert (kinds["printed_date"], kinds["truncated"], kinds["characters"]) == (
        "DATE",
        "BOOLEAN",
        "INTEGER",
    )
    for table in table_names():
        query = "SELECT sql FROM sqlite_schema WHERE name = ?"
        (sql,) = database.execute(query, [table]).fetchone()
        assert all(" ".join(f["description"].split()) in sql for f in shipped().fields(table))


def test_the_view_has_every_figure_once_with_names_and_the_latest_official_count(
    database: sqlite3.Connection,
) -> None:
    database.row_factory = sqlite3.Row
    found = [dict(row) for row in database.execute("SELECT * FROM figures_in_context")]
    database.row_factory = None
    assert sorted(row["figure_id"] for row in found) == sorted(
        row["figure_id"] for row in records("figures")
    )
    actors = {row["actor_id"]: row["name"] for row in records("actors")}
    own = {row["figure_id"]: row for row in records("figures")}
    flat = {row["figure_id"]: row for row in records("figures_flat")}
    for row in found:
        told = flat[row["figure_id"]]
        assert all(row[name] == told[name] for name in ("said_by", "said_on", "wording"))
        assert row["claimant"] == actors[own[row["figure_id"]]["claimant_id"]]
        count = row["latest_official_count"]
        # Where it gives one number, the figure's official count in figures_flat is no newer.
        if count is not None:
            assert row["unit"] == "persons"
            assert row["official_low"] == row["official_high"]
    counts = {row["figure_id"]: row["latest_official_count"] for row in found}
    assert (counts["F011"], counts["F012"], counts["F026"]) == (2010, 958, 12658)
    # Its days are not certain, or no period of an office has them.
    assert counts["F034"] is None
    assert counts["F027"] is None


def test_words_are_found_by_full_text_search(database: sqlite3.Connection) -> None:
    query = (
        "SELECT figure_id FROM figures_fts JOIN figures ON figures.rowid = figures_fts.rowid "
        "WHERE figures_fts MATCH ? ORDER BY figure_id"
    )
    found = [name for (name,) in database.execute(query, ["communique"])]
    # Letters with and without marks are the same.
    assert found == [name for (name,) in database.execute(query, ["communiqué"])]
    having = [
        row["figure_id"]
        for row in records("figures")
        if "communique" in row["quote"].lower().replace("é", "e")
    ]
    assert found == having
    assert found


def test_returns_of_2022_from_sql_in_one_line(database: sqlite3.Connection) -> None:
    query = (
        "SELECT sum(value) FROM official_latest "
        "WHERE measure = ? AND population = 'albanian' AND year = 2022"
    )
    assert database.execute(query, ["returns"]).fetchone() == (2010,)
    assert database.execute(query, ["enforced_returns"]).fetchone() == (958,)


def test_a_workbook_has_its_readme_first_then_the_codebook_and_the_plain_tables(
    tmp_path: Path,
) -> None:
    export(tmp_path / "t.xlsx")
    book = openpyxl.load_workbook(tmp_path / "t.xlsx")
    assert book.sheetnames[:4] == ["readme", "codebook", "figures_flat", "official_latest"]
    assert sorted(book.sheetnames[2:]) == sorted(table_names())
    columns = sum(len(shipped().fields(table)) for table in table_names())
    assert book["codebook"].max_row == columns + 1
    for name in book.sheetnames[1:]:
        sheet = book[name]
        assert sheet.freeze_panes == "B2"
        assert sheet.auto_filter.ref == sheet.dimensions
    assert shipped().descriptor["description"] in {cell.value for cell in book["readme"]["B"]}
    days = [cell for cell in book["official_latest"]["F"][1:] if cell.value is not None]
    assert {cell.number_format for cell in days} == {"yyyy-mm-dd"}


def test_the_readme_of_a_workbook_says_how_to_cite_it_and_leads_to_each_sheet(
    tmp_path: Path,
) -> None:
    export(tmp_path / "t.xlsx")
    book = openpyxl.load_workbook(tmp_path / "t.xlsx")
    assert cite() in {cell.value for cell in book["readme"]["B"]}
    links = {cell.hyperlink.location for cell in book["readme"]["A"] if cell.hyperlink}
    assert links == {f"'{name}'!A1" for name in book.sheetnames[1:]}


def test_text_wraps_in_the_sheets_that_people_read_and_the_rows_have_room_for_it(
    tmp_path: Path,
) -> None:
    export(tmp_path / "t.xlsx", ["figures_flat", "figures"])
    book = openpyxl.load_workbook(tmp_path / "t.xlsx")
    for row in book["figures_flat"].iter_rows(min_row=2):
        verdict = row[-1]
        height = book["figures_flat"].row_dimensions[verdict.row].height
        assert len(textwrap.wrap(verdict.value, 80)) * 15 <= height
        texts = [cell for cell in row if isinstance(cell.value, str)]
        assert all(cell.alignment.wrap_text for cell in texts if not cell.hyperlink)
    assert not book["figures"]["F2"].alignment.wrap_text


HOSTILE = ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", '=HYPERLINK("http://a.example")', "http://a.b"]


@pytest.mark.parametrize("name", ["t.csv", *FORMS])
def test_text_that_looks_like_a_formula_stays_text(name: str, tmp_path: Path) -> None:
    first, *_ = records("actors")
    rows: list[dict[str, Any]] = [
        {**first, "actor_id": f"a{number}", "name": text, "part_of": None}
        for number, text in enumerate(HOSTILE)
    ]
    package = shipped().with_rows({"actors": rows})
    form = READERS[name][0] if name in READERS else None
    export(tmp_path / name, ["actors"], package, form)
    if name == "t.csv":
        found = from_csv((tmp_path / name).read_text(encoding="utf-8"))
        assert [row["name"] for row in found] == [
            *(f"'{text}" for text in HOSTILE[:-1]),
            HOSTILE[-1],
        ]
        return
    if name == "t.jsonl":
        lines = (tmp_path / name).read_text(encoding="utf-8").splitlines()
        assert [json.loads(line)["name"] for line in lines] == HOSTILE
        return
    found = READERS[name][1](tmp_path / name, package)["actors"]
    assert [row["name"] for row in found] == HOSTILE


def test_a_database_of_duckdb_opens_from_1_4_on_and_says_what_columns_mean(tmp_path: Path) -> None:
    export(tmp_path / "t.duckdb")
    with duckdb.connect(str(tmp_path / "t.duckdb"), read_only=True) as database:
        tags = "SELECT tags['storage_version'] FROM duckdb_databases() WHERE database_name = 't'"
        version = database.execute(tags).fetchall()
        assert "1.4" in version[0][0]
        query = "SELECT comment FROM duckdb_columns() WHERE comment IS NULL AND NOT internal"
        assert database.execute(query).fetchall() == []


def test_parquet_files_have_their_table_schema_and_small_integers(tmp_path: Path) -> None:
    export(tmp_path / "p", format="parquet")
    for table in table_names():
        file = pyarrow.parquet.ParquetFile(tmp_path / "p" / f"{table}.parquet")
        schema = json.loads(file.schema_arrow.metadata[b"table_schema"])
        assert schema == shipped().resource(table)["schema"]
        group = file.metadata.row_group(0)
        codecs = {group.column(at).compression for at in range(group.num_columns)}
        assert codecs == {"SNAPPY"}
        kinds = {field.name: str(field.type) for field in file.schema_arrow}
        for name, kind in shipped().types(table).items():
            if kind == "integer":
                assert kinds[name] == "int32"
    export(
        tmp_path / "b.parquet",
        ["official_statistics"],
        shipped().with_rows(
            {"official_statistics": [{**records("official_statistics")[0], "value": 2**40}]}
        ),
    )
    field = pyarrow.parquet.read_schema(tmp_path / "b.parquet").field("value")
    assert str(field.type) == "int64"


def test_an_archive_is_a_valid_data_package(tmp_path: Path) -> None:
    export(tmp_path / "t.zip")
    export(tmp_path / "some.zip", ["figures", "actors"])
    for name in ("t.zip", "some.zip"):
        with zipfile.ZipFile(tmp_path / name) as archive:
            archive.extractall(tmp_path / name.removesuffix(".zip"))
        folder = tmp_path / name.removesuffix(".zip")
        report = frictionless.Package(str(folder / "datapackage.json")).validate()
        assert report.valid, report.flatten(["type", "message"])
        crate = json.loads((folder / "ro-crate-metadata.json").read_text(encoding="utf-8"))
        nodes = {node["@id"]: node for node in crate["@graph"]}
        assert {part["@id"] for part in nodes["./"]["hasPart"]} == {
            str(file.relative_to(folder))
            for file in folder.rglob("*")
            if file.is_file() and file.name != "ro-crate-metadata.json"
        }
    assert [
        r["name"]
        for r in json.loads((tmp_path / "some" / "datapackage.json").read_text())["resources"]
    ] == ["actors", "figures"]


def test_linked_data_has_each_claim_with_its_words_and_where_they_are(tmp_path: Path) -> None:
    export(tmp_path / "t.jsonld")
    graph = rdflib.Graph().parse(tmp_path / "t.jsonld", format="json-ld", publicID="http://a.b/")
    schema = rdflib.Namespace("https://schema.org/")
    oa = rdflib.Namespace("http://www.w3.org/ns/oa#")
    claims = set(graph.subjects(rdflib.RDF.type, schema.Claim))
    assert len(claims) == len(records("figures")) + len(records("trends"))
    texts = {row["document_id"]: row for row in records("documents")}
    assert texts
    for row in [*records("figures"), *records("trends")]:
        name = rdflib.URIRef(f"http://a.b/#{row.get('figure_id') or row['trend_id']}")
        assert str(graph.value(name, schema.text)) == row["quote"]
        # Whoever reads only the author and the text must not take these words for the author's.
        words = graph.value(name, schema.description)
        assert ("" if words is None else str(words)) == first_upper(whose_words(shipped(), row))
        (annotation,) = graph.subjects(oa.hasBody, name)
        target = graph.value(annotation, oa.hasTarget)
        (quoted,) = (s for s in graph.objects(target, oa.hasSelector) if graph.value(s, oa.exact))
        assert str(graph.value(quoted, oa.exact)) == row["exact"]
        assert row["quote"] == "".join(
            str(graph.value(quoted, part)) for part in (oa.prefix, oa.exact, oa.suffix)
        )
        starts = {
            int(n)
            for s in graph.objects(target, oa.hasSelector)
            for n in map(str, graph.objects(s, oa.start))
        }
        assert starts == {row["start_char"]}


# ---------------------------------------------------------------- tables made from others


def test_derived_tables_follow_from_the_others() -> None:
    assert {name for name in table_names() if shipped().made_from(name)} == set(DERIVED)
    for table, rows in DERIVED.items():
        assert rows(shipped()) == records(table)


def test_an_official_figure_of_which_only_the_most_is_known_has_no_least() -> None:
    flat = {row["figure_id"]: row for row in records("figures_flat")}
    # No published period lies inside the days of F031, so nothing says that 0 is the least.
    assert (flat["F031"]["official_low"], flat["F031"]["official_high"]) == (None, 10448)
    for row in flat.values():
        assert row["official_low"] != 0 or row["official_high"] == 0


def test_derived_tables_of_another_package_are_made_from_its_rows(tmp_path: Path) -> None:
    first, *_ = records("figures")
    package = shipped().with_rows({"figures": [first]})
    assert [row["figure_id"] for row in rows_of(package, "figures_flat")] == [first["figure_id"]]
    export(tmp_path / "t.csv", package=package)
    assert len(from_csv((tmp_path / "t.csv").read_text(encoding="utf-8"))) == 1


def test_no_two_periods_of_a_count_overlap_and_none_needs_rechecking() -> None:
    doubtful = {
        tuple(row[name] for name in ("measure", "population", "area", "period_start", "release_id"))
        for row in records("official_statistics")
        if row["recheck"]
    }
    by_count: dict[tuple[str, str, str], list[tuple[datetime.date, datetime.date]]] = {}
    for row in records("official_latest"):
        count = row["measure"], row["population"], row["area"]
        assert (*count, row["period_start"], row["release_id"]) not in doubtful or row["summed"]
        by_count.setdefault(count, []).append((row["period_start"], row["period_end"]))
    for periods in by_count.values():
        for (_, end), (start, _) in zip(sorted(periods), sorted(periods)[1:], strict=False):
            assert end < start


def test_each_latest_value_is_that_of_the_newest_release_or_the_sum_of_its_parts() -> None:
    days = {
        row["release_id"]: row["published_on"] or row["public_by"] or datetime.date.min
        for row in records("official_releases")
    }
    # By count and days, the value of each release; what needs rechecking is left out.
    given: dict[tuple[Any, ...], dict[str, int]] = {}
    for row in records("official_statistics"):
        if row["recheck"] is None and row["value"] is not None:
            count = (row["measure"], row["population"], row["area"])
            key = (*count, row["period_start"], row["period_end"])
            given.setdefault(key, {})[row["release_id"]] = row["value"]
    parts = {
        "returns": ["enforced_returns", "voluntary_returns"],
        "enforced_and_voluntary_returns_to_albania": [
            "enforced_returns_to_albania",
            "voluntary_returns_to_albania",
        ],
        "returns_to_albania": [
            "enforced_returns_to_albania",
            "voluntary_returns_to_albania",
            "port_returns_to_albania",
        ],
    }
    for row in records("official_latest"):
        rest = (row["population"], row["area"], row["period_start"], row["period_end"])
        measures = parts[row["measure"]] if row["summed"] else [row["measure"]]
        listed = [given[measure, *rest] for measure in measures]
        every = set(listed[0]).intersection(*listed[1:])
        assert days[row["release_id"]] == max(days[release] for release in every)
        assert row["value"] == sum(values[row["release_id"]] for values in listed)
