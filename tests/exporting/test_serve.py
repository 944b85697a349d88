"""A local website of the tables: what Datasette answers, and what is left when it ends."""

from __future__ import annotations

import contextlib
import datetime
import html
import importlib.util
import json
import os
import re
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from albania_uk_migration import MissingExtraError, records
from albania_uk_migration.exporting.datasette_metadata import DATABASE, metadata_of
from albania_uk_migration.exporting.serving import answer_of
from albania_uk_migration.tables.package import shipped

from ..support.altered_tables import ROOT
from ..support.commands import Done, process, run

pytestmark = pytest.mark.once
with_datasette = pytest.mark.skipif(
    importlib.util.find_spec("datasette") is None,
    reason="Datasette is not installed: it is one of the development tools",
)
TABLES = list(shipped().resources)
# The addresses of the page in docs/, and what it says of the last of them.
PAGE = (ROOT / "docs" / "exporting.md").read_text(encoding="utf-8")
DOCUMENTED = re.findall(rf"^\|.*\| `(/{DATABASE}\S+)` \|$", PAGE, re.MULTILINE)
# Seconds for what takes two.
PATIENCE = 60


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder for temporary files, where nothing may stay."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    return tmp_path


def get(path: str, **asked: object) -> Done:
    """What `serve --get` prints for an address."""
    return run("serve", "--get", f"/{DATABASE}/{path}?{urlencode(asked)}")


def rows(path: str, **asked: object) -> list[dict[str, Any]]:
    """The rows at an address, as JSON."""
    done = get(f"{path}.json", _shape="array", _size="max", **asked)
    assert (done.returncode, done.stderr) == (0, "")
    return list(json.loads(done.stdout))


def as_stored(cell: object) -> object:
    """A cell of `records` as SQLite gives it."""
    if isinstance(cell, bool):
        return int(cell)
    if isinstance(cell, datetime.date):
        return cell.isoformat()
    return float(cell) if isinstance(cell, Decimal) else cell


@with_datasette
def test_the_rows_of_a_measure_are_those_of_records(temporary: Path) -> None:
    wanted = [
        {column: as_stored(cell) for column, cell in row.items()}
        for row in records("figures")
        if row["measure"] == "returns"
    ]
    assert len(wanted) > 5
    assert rows("figures", measure="returns") == wanted
    assert list(temporary.iterdir()) == []


@with_datasette
def test_a_search_finds_words_with_and_without_their_accents() -> None:
    found = {row["figure_id"] for row in rows("figures", _search="communique")}
    assert found == {
        row["figure_id"] for row in records("figures") if "communiqu" in str(row["quote"]).lower()
    }
    assert found == {row["figure_id"] for row in rows("figures", _search="communiqué")} != set()


@with_datasette
def test_sql_answers_in_one_line() -> None:
    asked = DOCUMENTED[-1].replace("?", ".json?") + "&_shape=array"
    ((answer,),) = (row.values() for row in json.loads(answer_of(shipped(), asked)))
    assert f"is {answer:,}: enforced plus voluntary returns" in " ".join(PAGE.split())


@with_datasette
def test_the_home_page_links_documents_licence_and_tables() -> None:
    page = run("serve", "--get", "/").stdout
    about = shipped().descriptor
    for to in (*about["sources"], *about["licenses"]):
        assert f'<a href="{html.escape(to["path"])}">{html.escape(to["title"])}</a>' in page
    for table in TABLES:
        assert f'<a href="/{DATABASE}/{table}">' in page


@with_datasette
def test_a_path_without_an_answer_is_explained() -> None:
    assert run("serve", "--get", "/figures").returncode == 1
    done = get("figures.json", _where="nowhere=1")
    assert (done.returncode, done.stdout) == (1, "")
    assert "no such column: nowhere" in " ".join(done.stderr.split())
    done = run("serve", "--get", "figures")
    assert (done.returncode, done.stdout) == (2, "")
    assert "--get /figures" in done.stderr


@with_datasette
def test_a_file_of_the_user_is_not_taken_for_a_library(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "datasette.py").write_text("raise SystemExit(3)", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert "datasette" in json.loads(answer_of(shipped(), "/-/versions.json"))


@with_datasette
@pytest.mark.parametrize("asked", [("--get", "/"), ("--port", "0")])
def test_what_datasette_complains_of_is_passed_on(
    asked: tuple[str, str], temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("albania_uk_migration.exporting.serving._SETTINGS", {"no_such": "1"})
    done = run("serve", *asked)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("Datasette failed: ")
    assert "no_such" in done.stderr
    assert list(temporary.iterdir()) == []


def test_without_datasette_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    with pytest.raises(MissingExtraError, match=r"albania-uk-migration\[serve\]"):
        answer_of(shipped(), "/")
    done = run("serve", "--port", "0")
    assert (done.returncode, done.stdout) == (1, "")
    assert "albania-uk-migration[serve]" in done.stderr


def test_a_port_in_use_is_named() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = run("serve", "--port", str(port))
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(f"Port {port} is in use. ")


@pytest.mark.parametrize("port", ["-1", "65536", "9" * 5000, "http", "²"])
def test_what_is_no_port_is_refused(port: str) -> None:
    done = run("serve", f"--port={port}")
    assert (done.returncode, done.stdout) == (2, "")
    assert "is not a number from 0 to 65535" in done.stderr


def test_the_metadata_say_what_datapackage_says_and_no_units() -> None:
    metadata = metadata_of(shipped())
    tables = metadata["databases"][DATABASE]["tables"]
    assert list(tables) == [*TABLES, "figures_in_context"]
    for table in TABLES:
        about, shown = shipped().resource(table), tables[table]
        fields = {field["name"]: field["description"] for field in about["schema"]["fields"]}
        assert (shown["title"], shown["columns"]) == (about["title"], fields)
        assert html.escape(about["description"]) in shown["description_html"]
        for licence in about["licenses"]:
            assert licence["path"] in (shown.get("license_url"), *addresses(shown))
        order = {shown.get("sort"), shown.get("sort_desc"), shown.get("label_column")} - {None}
        assert {*shown["facets"], *order} <= set(fields)
    assert '"units"' not in json.dumps(metadata)


def addresses(shown: dict[str, Any]) -> list[str]:
    """What the description of a table links to."""
    return re.findall(r'href="([^"]+)"', shown["description_html"])


# ---------------------------------------------------------------- a real server


@contextlib.contextmanager
def served(folder: Path) -> Iterator[tuple[subprocess.Popen[bytes], list[str]]]:
    """The command in a session of its own, and the lines it prints when the site is open."""
    environment = {"TMPDIR": str(folder), "TEMP": str(folder)}
    options = {
        "env": environment,
        "start_new_session": True,
        "preexec_fn": _as_on_a_terminal if os.name == "posix" else None,
    }
    with process("serve", "--port", "0", **options) as command:
        try:
            assert command.stdout is not None
            yield command, [command.stdout.readline().decode() for _ in range(4)]
        finally:
            command.terminate()
            command.communicate(timeout=PATIENCE)


def _as_on_a_terminal() -> None:
    """Take the signals that whoever runs the tests, such as nohup, may have told to be ignored."""
    for name in ("SIGINT", "SIGHUP"):
        signal.signal(getattr(signal, name), signal.SIG_DFL)


def opened(address: str) -> str:
    """A page."""
    with urllib.request.urlopen(address, timeout=PATIENCE) as answer:
        assert answer.status == 200
        return str(answer.read().decode())


@with_datasette
def test_the_addresses_it_prints_open_and_so_does_every_table(tmp_path: Path) -> None:
    with served(tmp_path) as (_, lines):
        home, *examples = re.findall(r"http://127\.0\.0\.1:\d+/\S*", "".join(lines))
        assert shipped().descriptor["title"] in opened(home)
        assert len(examples) == 3
        returns, as_json, search = map(opened, examples)
        assert "7 rows" in returns
        assert "3 rows" in search
        assert len(json.loads(as_json)) == 7
        tables = metadata_of(shipped())["databases"][DATABASE]["tables"]
        for table, shown in tables.items():
            page = opened(f"{home}{DATABASE}/{table}")
            assert f"<h1>{shown['title']}" in page
            for facet in shown["facets"]:
                assert f'id="facet-{facet}"' in page
            for link in (shown.get("license_url"), shown.get("source_url")):
                assert link is None or f'href="{link}"' in page
        for address in DOCUMENTED:
            assert opened(home.rstrip("/") + address)
        row = opened(f"{home}{DATABASE}/figures/F034")
        assert ">8000<" in re.sub(r"\s", "", row)


@with_datasette
@pytest.mark.skipif(sys.platform == "win32", reason="needs signals")
@pytest.mark.parametrize(
    ("name", "everyone"), [("SIGINT", True), ("SIGTERM", False), ("SIGHUP", True)]
)
def test_it_ends_quietly_and_leaves_nothing(name: str, everyone: bool, tmp_path: Path) -> None:
    # A terminal tells every process of a command; `kill` tells one.
    tell = os.killpg if everyone else os.kill
    with served(tmp_path) as (command, lines):
        address = re.findall(r"http://\S+/", lines[0])[0]
        opened(address)
        assert [folder.name.startswith(DATABASE) for folder in tmp_path.iterdir()] == [True]
        tell(command.pid, getattr(signal, name))
        rest = command.communicate(timeout=PATIENCE)
        assert (command.returncode, rest) == (0, (b"", b""))
        assert list(tmp_path.iterdir()) == []
        with pytest.raises(urllib.error.URLError):
            opened(address)
