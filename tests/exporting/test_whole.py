"""An export is written whole or not at all, whatever is in its way."""

from __future__ import annotations

import contextlib
import datetime
import json
import os
import random
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pytest

from albania_uk_migration import export, records
from albania_uk_migration.cli.main import main
from albania_uk_migration.errors import AlbaniaUkMigrationError
from albania_uk_migration.exporting.export import FILES
from albania_uk_migration.tables.files import whole_file
from albania_uk_migration.tables.package import Package, shipped

if sys.platform == "win32":
    pytest.skip("limits, users and signals differ there", allow_module_level=True)
import resource

pytestmark = pytest.mark.once

TABLE = "populations"
FORMS = [*FILES, "folder of json", "folder of parquet"]


def write(place: Path, form: str, tables: Any = TABLE, **more: Any) -> None:
    """An export in a form to a place whose name does not give it."""
    name = form.removeprefix("folder of ")
    export(place, tables, format=name, **more)


def contents(place: Path) -> dict[str, bytes]:
    """The bytes of a file, or of each file of a folder."""
    found = [place] if place.is_file() else [one for one in place.rglob("*") if one.is_file()]
    return {str(one.relative_to(place)): one.read_bytes() for one in found}


def is_folder(form: str) -> bool:
    return form.startswith("folder")


@pytest.mark.parametrize("form", FORMS)
def test_what_exists_is_replaced_only_if_one_says_so(form: str, tmp_path: Path) -> None:
    place = tmp_path / "t"
    write(place, form)
    before = contents(place)
    with pytest.raises(AlbaniaUkMigrationError, match="already exists"):
        write(place, form, "actors")
    assert contents(place) == before
    write(place, form, "actors", overwrite=True)
    assert contents(place) != before
    assert os.listdir(tmp_path) == ["t"]


# ---------------------------------------------------------------- what is in the way


@contextlib.contextmanager
def at_most(size: int) -> Iterator[None]:
    """No file larger than a size can be written."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.filterwarnings("error")
def test_a_disk_that_is_full_leaves_the_old_file(form: str, tmp_path: Path) -> None:
    place = tmp_path / "t"
    write(place, form)
    before = contents(place)
    with (
        at_most(1000),
        pytest.raises(AlbaniaUkMigrationError, match=r"^Cannot write \S+: [\w/ ]+\.$"),
    ):
        write(place, form, "official_statistics", overwrite=True)
    assert contents(place) == before
    assert os.listdir(tmp_path) == ["t"]


# Everything is loaded before the rights go.
AS_NOBODY = """
import os, sys
from albania_uk_migration import export
from albania_uk_migration.errors import AlbaniaUkMigrationError
form, table, *places = sys.argv[1:]
try:
    export("nowhere/t", table, format=form)
except AlbaniaUkMigrationError:
    pass
os.setgroups([])
os.setgid(65534)
os.setuid(65534)
for place in places:
    try:
        export(place, table, format=form, overwrite=True)
    except AlbaniaUkMigrationError as error:
        print(error)
"""


@pytest.fixture
def everybodys() -> Iterator[Path]:
    """A folder that other users can reach, as those of pytest are not."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user")
@pytest.mark.parametrize("form", ["csv", "sqlite", "xlsx", "folder of json"])
def test_without_permission_the_old_file_stays(form: str, everybodys: Path) -> None:
    write(everybodys / "t", form)
    (everybodys / "closed").mkdir(0o711)
    before = contents(everybodys)
    places = ["t", "new", "closed"] if is_folder(form) else ["t", "new", "closed/t"]
    run = [sys.executable, "-c", AS_NOBODY, form.removeprefix("folder of "), TABLE, *places]
    told = subprocess.run(run, check=True, cwd=everybodys, capture_output=True, text=True)
    assert told.stdout.splitlines() == [
        f"Cannot write {place}: Permission denied." for place in places
    ]
    assert contents(everybodys) == before


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user")
def test_a_folder_that_one_may_not_see_is_not_called_missing(everybodys: Path) -> None:
    (everybodys / "closed").mkdir(0o700)
    (everybodys / "closed" / "open").mkdir()
    run = [sys.executable, "-c", AS_NOBODY, "csv", TABLE, "closed/open/t"]
    told = subprocess.run(run, check=True, cwd=everybodys, capture_output=True, text=True)
    assert told.stdout == "Cannot write closed/open/t: Permission denied.\n"


@pytest.mark.parametrize("form", ["csv", "folder of json"])
def test_a_folder_that_is_missing_is_named(form: str, tmp_path: Path) -> None:
    with pytest.raises(AlbaniaUkMigrationError, match=r"there is no folder .*nowhere"):
        write(tmp_path / "nowhere" / "t", form)


@pytest.mark.parametrize("name", ["a\0b.json", "\ud800.json"])
def test_a_name_that_no_file_can_have_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(AlbaniaUkMigrationError, match="cannot be the name of a file"):
        export(f"{tmp_path}/{name}", TABLE)
    assert os.listdir(tmp_path) == []


ODD = ["it's", 'a "b"', "a; b", "-x", "ö 😀", "a\nb", "[a]*", "%41", ":memory:", "x" * 200]


@pytest.mark.parametrize("form", ["sqlite", "duckdb", "parquet", "folder of parquet"])
def test_odd_names_of_files_and_folders_are_names(form: str, tmp_path: Path) -> None:
    for name in ODD:
        folder = tmp_path / name
        folder.mkdir()
        write(folder / name, form)
        assert os.listdir(folder) == [name]


def test_what_duckdb_cannot_name_is_an_error_in_words(tmp_path: Path) -> None:
    with pytest.raises(AlbaniaUkMigrationError, match=r"^Cannot write .*: [\w ]+\.$"):
        export(tmp_path / "a?b.duckdb", TABLE)
    assert os.listdir(tmp_path) == []


def test_a_pipe_or_a_device_is_not_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "t.json"
    os.mkfifo(pipe)
    output = tmp_path / "stdout"
    output.symlink_to("/proc/self/fd/1")
    link = tmp_path / "null"
    link.symlink_to("/dev/null")
    for place in (pipe, output, link):
        with pytest.raises(AlbaniaUkMigrationError, match="is a device or a pipe"):
            export(place, TABLE, format="csv", overwrite=True)
    assert pipe.is_fifo()
    assert output.is_symlink()
    assert link.is_symlink()


@pytest.mark.parametrize("form", ["json", "folder of json"])
def test_a_link_is_replaced_and_what_it_leads_to_stays(form: str, tmp_path: Path) -> None:
    write(tmp_path / "own", form)
    before = contents(tmp_path / "own")
    (tmp_path / "link").symlink_to("own")
    with pytest.raises(AlbaniaUkMigrationError, match="already exists"):
        write(tmp_path / "link", form, "actors")
    write(tmp_path / "link", form, "actors", overwrite=True)
    assert not (tmp_path / "link").is_symlink()
    assert contents(tmp_path / "own") == before


@pytest.mark.parametrize("own", ["populations.txt", "populations/mine.txt", "notes", "x.json"])
@pytest.mark.parametrize("form", ["json", "parquet"])
def test_a_folder_with_a_file_of_ones_own_is_kept(own: str, form: str, tmp_path: Path) -> None:
    place = tmp_path / "t"
    write(place, "folder of json")
    (place / own).write_text("mine", encoding="utf-8")
    before = contents(place)
    with pytest.raises(AlbaniaUkMigrationError, match="files that we did not write"):
        write(place, form, overwrite=True)
    assert contents(place) == before


# ---------------------------------------------------------------- killed, or at once


AGAIN = """
import sys
from albania_uk_migration import export
place, form, *tables = sys.argv[1:]
export(place, tables, format=form, overwrite=True)
print(flush=True)
while True:
    export(place, tables, format=form, overwrite=True)
"""
TABLES = ["actors", "populations"]


@pytest.mark.parametrize("form", ["csv", "sqlite", "zip", "folder of json"])
def test_killed_at_any_moment_the_file_is_whole(form: str, tmp_path: Path) -> None:
    place, moments = tmp_path / "t", random.Random(form)
    tables = TABLES if form != "csv" else [TABLE]
    write(place, form, tables)
    whole = contents(place)
    run = [sys.executable, "-c", AGAIN, str(place), form.removeprefix("folder of "), *tables]
    for _ in range(5):
        with subprocess.Popen(run, stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            process.stdout.readline()
            time.sleep(moments.uniform(0, 0.03))
            process.kill()
        # A folder is replaced in two steps: between them the whole old one lies beside its place.
        found = [place] if place.exists() else list(tmp_path.glob(".t.*/old"))
        assert [contents(one) for one in found] == [whole]
        write(place, form, tables, overwrite=True)
        assert os.listdir(tmp_path) == ["t"]
        assert contents(place) == whole


def test_what_a_killed_process_left_is_cleared_but_no_link(tmp_path: Path) -> None:
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    home = tmp_path / "home"
    (home / "old").mkdir(parents=True)
    (home / "old" / "letter").write_text("mine", encoding="utf-8")
    (tmp_path / f".t.{process.pid}.abc").symlink_to(home)
    (tmp_path / f".t.{process.pid}.def").mkdir()
    (tmp_path / f".t.{os.getpid()}.ghi").mkdir()
    write(tmp_path / "t", "folder of json")
    assert (home / "old" / "letter").read_text(encoding="utf-8") == "mine"
    assert {one.name for one in tmp_path.iterdir()} == {
        "home",
        "t",
        f".t.{process.pid}.abc",
        f".t.{os.getpid()}.ghi",
    }


def test_a_folder_comes_back_if_its_new_one_cannot_take_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "t"
    write(place, "folder of json")
    before, replace = contents(place), os.replace

    def interrupted(source: str, target: str) -> None:
        if os.path.basename(source).startswith("new"):
            raise KeyboardInterrupt
        replace(source, target)

    monkeypatch.setattr(os, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write(place, "folder of json", "actors", overwrite=True)
    assert contents(place) == before
    assert os.listdir(tmp_path) == ["t"]


@pytest.mark.parametrize("form", ["csv", "sqlite", "duckdb", "folder of json"])
def test_eight_at_once_leave_one_whole_export(form: str, tmp_path: Path) -> None:
    place, errors = tmp_path / "t", []
    write(place, form)
    whole = contents(place)

    def work() -> None:
        for _ in range(3):
            try:
                write(place, form, overwrite=True)
            except AlbaniaUkMigrationError as error:
                errors.append(error)

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    # Only folders are in each other's way; then one of two says so.
    assert is_folder(form) or not errors
    assert os.listdir(tmp_path) == ["t"]
    if form == "duckdb":
        with duckdb.connect(str(place), read_only=True) as database:
            assert len(database.execute(f"FROM {TABLE}").fetchall()) == len(records(TABLE))
    else:
        assert contents(place) == whole


def test_an_error_while_writing_leaves_nothing(tmp_path: Path) -> None:
    def half() -> None:
        with whole_file(tmp_path / "t") as made:
            Path(made).write_text("half", encoding="utf-8")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        half()
    assert os.listdir(tmp_path) == []


# ---------------------------------------------------------------- which tables, which rows


def test_a_table_is_named_once_alone_or_twice_but_not_never(tmp_path: Path) -> None:
    export(tmp_path / "one.json", TABLE)
    export(tmp_path / "two.json", [TABLE, TABLE])
    assert (tmp_path / "one.json").read_bytes() == (tmp_path / "two.json").read_bytes()
    for name in ("t.sqlite", "t.csv", "t.json"):
        with pytest.raises(AlbaniaUkMigrationError, match="No table is named"):
            export(tmp_path / name, [])
        assert not (tmp_path / name).exists()


def having(table: str, *changes: dict[str, Any]) -> Package:
    """A package whose table has its first row once for each change."""
    first, *_ = records(table)
    return shipped().with_rows({table: [{**first, **change} for change in changes]})


def test_rows_that_break_a_key_are_an_error_in_words(tmp_path: Path) -> None:
    package = having("actors", {}, {})
    for name, form in (("t.sqlite", None), ("t", "json")):
        with pytest.raises(AlbaniaUkMigrationError, match=r"UNIQUE|File exists"):
            export(tmp_path / name, "actors", package, form)
    assert os.listdir(tmp_path) == []


@pytest.mark.parametrize("form", FORMS)
def test_half_a_character_is_an_error_in_words(form: str, tmp_path: Path) -> None:
    with pytest.raises(AlbaniaUkMigrationError, match=r"^Cannot write .*ud800"):
        write(tmp_path / "t", form, "figures", package=having("figures", {"quote": "\ud800"}))
    assert os.listdir(tmp_path) == []


IDS = ["..", ".", "a/b", "a\\b", "CON", "con", "é", "a b", "?", "#", "%2F"]


def test_every_identifier_has_a_file_of_its_own_in_its_folder(tmp_path: Path) -> None:
    package = having("actors", *({"actor_id": name, "part_of": None} for name in IDS))
    export(tmp_path / "t", "actors", package, "json")
    files = (tmp_path / "t" / "actors").iterdir()
    assert sorted(json.loads(one.read_bytes())["actor_id"] for one in files) == sorted(IDS)
    assert sorted(os.listdir(tmp_path / "t")) == ["actors", "actors.json", "datapackage.json"]


def test_a_workbook_has_no_day_or_number_that_it_would_change(tmp_path: Path) -> None:
    days = [datetime.date(1, 1, 1), datetime.date(1899, 12, 31), datetime.date(9999, 12, 31)]
    numbers = [2**63 - 1, 2**53 + 1, 2**53]
    changes = [
        {"period_start": day, "value": number} for day, number in zip(days, numbers, strict=True)
    ]
    export(tmp_path / "t.xlsx", "official_statistics", having("official_statistics", *changes))
    (header, *rows) = openpyxl.load_workbook(tmp_path / "t.xlsx")["official_statistics"].values
    found = [dict(zip(header, row, strict=True)) for row in rows]
    assert [row["period_start"] for row in found] == [
        "0001-01-01",
        "1899-12-31",
        datetime.datetime(9999, 12, 31),
    ]
    assert [row["value"] for row in found] == ["9223372036854775807", "9007199254740993", 2**53]


@pytest.mark.parametrize("text", ["y" * 32_768, "😀" * 16_384])
def test_a_cell_too_long_for_a_workbook_is_refused(text: str, tmp_path: Path) -> None:
    with pytest.raises(AlbaniaUkMigrationError, match=r"has 32,768\. Choose another format"):
        export(tmp_path / "t.xlsx", "actors", having("actors", {"name": text}))
    export(tmp_path / "t.json", "actors", having("actors", {"name": text}))
    assert os.listdir(tmp_path) == ["t.json"]


def test_more_rows_than_a_sheet_has_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("albania_uk_migration.exporting.workbook._ROWS", 10)
    export(tmp_path / "nine.xlsx", "actors", having("actors", *[{}] * 9))
    with pytest.raises(AlbaniaUkMigrationError, match="can have 10 rows with its header; actors"):
        export(tmp_path / "ten.xlsx", "actors", having("actors", *[{}] * 10))


HOSTILE = ["'); DROP TABLE actors;--", '"]]>}{</x><script>', "a\x01\x0b\x1f\u2028\ufffe", "=1+1"]


@pytest.mark.parametrize("form", ["sqlite", "duckdb", "json", "zip"])
def test_words_that_are_code_elsewhere_are_words(form: str, tmp_path: Path) -> None:
    place = tmp_path / f"t.{form}"
    changes = [{"actor_id": str(n), "name": text} for n, text in enumerate(HOSTILE)]
    export(place, "actors", having("actors", *changes))
    query = "SELECT name FROM actors ORDER BY actor_id"
    if form == "sqlite":
        with contextlib.closing(sqlite3.connect(place)) as database:
            found = [name for (name,) in database.execute(query)]
    elif form == "duckdb":
        with duckdb.connect(str(place), read_only=True) as made:
            found = [name for (name,) in made.execute(query).fetchall()]
    elif form == "json":
        found = [row["name"] for row in json.loads(place.read_bytes())["tables"]["actors"]]
    else:
        with zipfile.ZipFile(place) as archive:
            text = archive.read("data/actors.csv").decode()
        found = [name for name in HOSTILE if f'"{name.replace(chr(34), chr(34) * 2)}"' in text]
    assert found == HOSTILE


def test_the_command_says_what_is_wrong_without_a_traceback(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["export", str(tmp_path / "nowhere" / "t.json")]) == 1
    told = capsys.readouterr()
    assert "there is no folder" in " ".join(told.err.split())
    assert "Traceback" not in told.err
