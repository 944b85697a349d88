"""The command line as a user meets it: output, messages, exit status."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from albania_uk_migration import __version__, cli, records, table_names

from .alteration import ROOT, SEEDS


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "albania_uk_migration", *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src"), **environment},
    )


def read_csv(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_without_argument_it_says_what_is_inside() -> None:
    done = run()
    assert done.returncode == 0
    for table in table_names():
        assert table in done.stdout
    assert __version__ in done.stdout
    assert run("--version").stdout.strip().endswith(__version__)


def test_returns_in_csv() -> None:
    done = run("returns", "--format", "csv")
    rows = {row["year"]: row for row in read_csv(done.stdout)}
    assert done.returncode == 0
    assert [rows["2021"][c] for c in ("enforced", "voluntary", "total")] == ["", "492", ""]
    assert [rows["2022"][c] for c in ("enforced", "voluntary", "total")] == ["954", "934", "1888"]
    assert [rows["2023"][c] for c in ("enforced", "voluntary", "total")] == ["389", "406", "795"]
    assert rows["2023"]["months"] == "January to March"
    assert rows["2023"]["complete"] == "false"
    assert "2023 is January to March only." in done.stderr
    assert "Left out:" in done.stderr


def test_returns_in_json_and_as_a_table() -> None:
    rows = json.loads(run("returns", "--format", "json").stdout)
    assert rows[1]["total"] == 1888
    assert rows[0]["total"] is None
    table = run("returns", "--format", "table").stdout.splitlines()
    assert table[0].split() == ["year", "months", "enforced", "voluntary", "total", "figure_ids"]
    assert "1888" in table[3]


@pytest.mark.parametrize("table", table_names())
def test_show_gives_every_cell_in_csv_and_fits_the_terminal_as_a_table(table: str) -> None:
    shown = read_csv(run("show", table, "--format", "csv").stdout)
    assert len(shown) == len(records(table))
    for width in (80, 120):
        done = run("show", table, "--format", "table", COLUMNS=str(width))
        assert done.returncode == 0
        assert max(map(len, done.stdout.splitlines())) <= width


@given(st.text(max_size=200), st.integers(1, 30))
def test_wrapped_text_fits_and_loses_nothing(text: str, width: int) -> None:
    lines = cli._wrap(text, width)
    assert max(map(len, lines)) <= width
    assert "".join("".join(lines).split()) == "".join(text.split())


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


@pytest.mark.parametrize("form", cli.FORMATS)
def test_get_warns_of_reworded_words_in_every_format(form: str) -> None:
    for identifier in ("F002", "S003", "E004"):
        assert "as reworded by the repost" in run("get", identifier, "--format", form).stderr
    assert "reworded" not in run("get", "F011", "--format", form).stderr


def test_evidence_shows_the_words_in_their_place() -> None:
    done = run("evidence", "F011")
    assert done.returncode == 0
    assert ">>>1,888<<<" in done.stdout
    assert "proved" in done.stdout
    reworded = run("evidence", "F001").stdout
    assert "as reworded by the repost" in reworded
    assert json.loads(run("evidence", "F011", "--format", "json").stdout)["words"] == "1,888"


def test_verify_in_the_checkout_proves_every_span() -> None:
    done = run("verify", "--require-documents")
    assert done.returncode == 0
    assert "NOT PROVED" not in done.stdout
    assert done.stdout.rstrip().endswith("All good.")
    assert json.loads(run("verify", "--format", "json").stdout)["ok"] is True


def test_verify_fails_with_its_places_on_an_altered_document(tmp_path: Path) -> None:
    for seed in SEEDS.iterdir():
        (tmp_path / seed.name).write_bytes(seed.read_bytes().replace(b"1,888", b"1,889"))
    done = run("verify", "--documents", str(tmp_path))
    assert done.returncode == 1
    assert "documents D001, sha256" in done.stdout
    assert "figures F011, exact" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (("show", "figurs"), 3, 'no table "figurs"; did you mean "figures"?'),
        (("get", "F9999"), 3, 'no identifier "F9999"; they run from F001 to F0'),
        (("get", "S1"), 3, 'did you mean "S001"?'),
        (("get", "home-ofice"), 3, 'did you mean "home-office"?'),
        (("evidence", "home-office"), 3, 'event "home-office"; it is a row of actors'),
        (("verify", "--documents", "README.md"), 1, "README.md is a file; give the folder"),
        (("returns", "--format", "cvs"), 3, 'no format "cvs"; did you mean "csv"?'),
        (("verify", "--format", "csv"), 3, 'no format "csv"; there are text, json'),
        (("evidence", "F011", "--format", "xml"), 3, 'no format "xml"'),
        (("verify", "--documents", "nowhere"), 1, "no folder of documents at nowhere"),
        (("show",), 2, "the following arguments are required: TABLE"),
        (("sing",), 2, "invalid choice: 'sing'"),
    ],
)
def test_errors_are_messages_with_their_status(
    arguments: tuple[str, ...], status: int, message: str
) -> None:
    done = run(*arguments)
    assert done.returncode == status
    assert message in done.stderr
    assert done.stdout == ""
    assert "Traceback" not in done.stderr


def test_a_closed_pipe_is_no_error() -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "albania_uk_migration", "show", "statements", "--format", "csv"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    assert process.wait() == 0
    assert process.stderr.read() == b""
    process.stderr.close()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_is_one_message() -> None:
    with open("/dev/full", "w", encoding="utf-8") as full:
        done = subprocess.run(
            [sys.executable, "-m", "albania_uk_migration", "show", "figures", "--format", "csv"],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
        )
    assert done.returncode == 1
    assert done.stderr.startswith("albania-uk-migration: cannot write: ")
    assert "Traceback" not in done.stderr


def test_evidence_of_an_event_says_what_it_is(tmp_path: Path) -> None:
    done = run("evidence", "E018")
    assert "UK-Albania joint communiqué: signed (happened; 2022-12-13)" in done.stdout
    assert run("evidence", "S001", "--documents", str(tmp_path)).returncode == 1


def test_utf8_whatever_the_console() -> None:
    done = run("get", "F023", "--format", "csv", PYTHONIOENCODING="ascii", LC_ALL="C")
    assert done.returncode == 0
    assert "£4 billion" in done.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="arguments are not bytes there")
def test_an_argument_that_is_not_utf8_is_an_unknown_name() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "albania_uk_migration", "get", b"\xff"],
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
    )
    assert done.returncode == 3
    assert b"no identifier" in done.stderr


def test_main_runs_twice_in_one_process(capsys: pytest.CaptureFixture[str]) -> None:
    outputs = []
    for _ in range(2):
        assert cli.main(["returns", "--format", "csv"]) == 0
        outputs.append(capsys.readouterr().out)
    assert outputs[0] == outputs[1] != ""
