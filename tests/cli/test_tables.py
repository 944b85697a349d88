"""Commands on tables and rows."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from albania_uk_migration import __version__, records, table_names
from albania_uk_migration.cli.output import FORMATS
from albania_uk_migration.tables.package import shipped

from ..support.altered_tables import FILES
from ..support.commands import read_csv, run


def test_without_argument_it_says_what_it_is_and_the_list_says_what_is_inside() -> None:
    done = run()
    assert done.returncode == 0
    assert __version__ in done.stdout
    assert [row["table"] for row in read_csv(run("list").stdout)] == table_names()
    assert run("--version").stdout.strip().endswith(__version__)


@pytest.mark.parametrize("table", table_names())
def test_show_gives_every_cell_in_csv_and_fits_the_terminal_as_a_table(table: str) -> None:
    shown = read_csv(run("show", table, "--format", "csv").stdout)
    assert len(shown) == len(records(table))
    for width in (40, 80, 120):
        done = run("show", table, "--format", "table", COLUMNS=str(width))
        assert done.returncode == 0
        lines = [line for line in done.stdout.splitlines() if "://" not in line]
        assert max(map(len, lines), default=0) <= width


def test_get_finds_a_row_of_any_table_with_one_key() -> None:
    for identifier in (
        "F011",
        "S010",
        "A001",
        "E001",
        "D003",
        "home-office",
        "albanian",
        "returns",
    ):
        done = run("get", identifier, "--format", "json")
        (row,) = json.loads(done.stdout)
        assert identifier in row.values()
    assert "1888" in run("get", "F011", "--format", "table").stdout


@pytest.mark.parametrize("form", FORMATS)
def test_get_warns_of_reworded_words_in_every_format(form: str) -> None:
    for identifier in ("F002", "S003", "E004"):
        assert (
            "the repost reworded even the quotations"
            in run("get", identifier, "--format", form).stderr
        )
    assert "reworded" not in run("get", "F011", "--format", form).stderr


def test_get_keeps_the_note_and_leaves_the_rest_to_notes() -> None:
    calm = run("get", "F034", "--format", "table")
    assert "'Migrants from Albania' is read as Albanians." in calm.stdout
    assert calm.stderr == "6 notes: add --notes.\n"
    noted = run("get", "F034", "--format", "table", "--notes")
    assert noted.stdout == calm.stdout
    assert "Empty columns: upper, direction" in noted.stderr
    assert noted.stderr.count("Also said: ") == 5
    some = run("get", "F034", "--format", "table", "--columns", "upper,value")
    assert [line.split() for line in some.stdout.splitlines()[3:]] == [["upper"], ["value", "8000"]]


def test_rows_are_shown_by_their_cells() -> None:
    done = run("show", "figures", "--where", "measure=returns", "--where", "document_id=D003")
    assert [row["figure_id"] for row in read_csv(done.stdout)] == ["F033", "F034", "F036"]
    either = run("show", "actors", "--where", "kind=party", "--where", "kind=court")
    assert {row["kind"] for row in read_csv(either.stdout)} <= {"party", "court"}
    without = run("show", "figures", "--where", "population=", "--columns", "figure_id,unit")
    rows = read_csv(without.stdout)
    assert list(rows[0]) == ["figure_id", "unit"]
    assert len(rows) == sum(row["population"] is None for row in records("figures"))


def test_describe_gives_every_column_its_meaning_and_values() -> None:
    done = run("describe", "figures", "--format", "table", COLUMNS="80")
    for field in shipped().fields("figures"):
        assert f"\n{field['name']}  (" in done.stdout
    assert "more_than: " in done.stdout
    rows = read_csv(run("describe", "figures", "--format", "csv").stdout)
    assert [row["column"] for row in rows] == [f["name"] for f in shipped().fields("figures")]


def test_path_gives_a_file_that_can_be_opened() -> None:
    for table in table_names():
        path = Path(run("path", table).stdout.strip())
        assert path.read_bytes() == FILES[f"data/{table}.csv"]
    assert json.loads(Path(run("path").stdout.strip()).read_text("utf-8"))["resources"]
