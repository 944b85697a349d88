"""The command validate."""

from __future__ import annotations

import json
from pathlib import Path

from ..support.altered_tables import FILES, text_rows
from ..support.commands import read_csv, run


def test_validate_tells_a_sound_file_from_a_broken_one(tmp_path: Path) -> None:
    done = run("validate", "data/figures.csv")
    assert done.returncode == 0
    assert f"{len(text_rows('figures'))} rows, no faults" in done.stderr
    broken = tmp_path / "figures.csv"
    broken.write_bytes(FILES["data/figures.csv"].replace(b'"persons"', b'"items"'))
    done = run("validate", str(broken), "--format", "csv")
    assert done.returncode == 1
    rows = read_csv(done.stdout)
    assert list(rows[0]) == "row line key column value rule message".split()
    assert {"unit"} <= {row["column"] for row in rows}
    assert ({row["rule"] for row in rows}) >= {"unit_is_the_measures"}
    assert "figures.csv as figures: " in done.stderr
    table = run("validate", str(broken), "--format", "table", COLUMNS="80").stdout
    assert 'row 11, line 12, F011, measure "returns" / unit "items":' in table


def test_validate_takes_rows_of_other_files_for_known(tmp_path: Path) -> None:
    own = tmp_path / "own.csv"
    own.write_bytes(FILES["data/agreement_parties.csv"].replace(b'"france"', b'"gaul"'))
    assert run("validate", str(own), "--table", "agreement_parties").returncode == 1
    actors = tmp_path / "actors.csv"
    actors.write_bytes(FILES["data/actors.csv"].replace(b'\n"france"', b'\n"gaul"'))
    done = run(
        *("validate", str(own), "--table", "agreement_parties", "--context", f"actors={actors}")
    )
    assert done.returncode == 0, done.stderr


def test_what_a_file_says_is_never_run(tmp_path: Path) -> None:
    hostile = '=cmd|" /C calc"!A0\x1b[2J|<script>alert(1)</script>'
    cell = '"' + hostile.replace('"', '""') + '"'
    path = tmp_path / "populations.csv"
    path.write_text(f"population,title,definition,within\nall,{cell},x,\n", encoding="utf-8")
    (row, *_) = read_csv(run("validate", str(path), "--format", "csv").stdout)
    assert row["value"] == "'" + hostile
    for form in ("table", "markdown"):
        done = run("validate", str(path), "--format", form)
        assert done.returncode == 1
        assert "\x1b" not in done.stdout + done.stderr
    assert "\\<script" in run("validate", str(path), "--format", "markdown").stdout
    values = json.loads(run("validate", str(path), "--format", "json").stdout)
    assert values[0]["value"] == hostile
