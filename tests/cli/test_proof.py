"""Commands of the proof: evidence, verify."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from pathlib import Path

from albania_uk_migration import draft
from albania_uk_migration.proof.documents import DRAFTED

from ..support import commands
from ..support.altered_tables import ROOT, SEEDS, text_rows
from ..support.commands import run


def test_evidence_shows_the_words_in_their_place() -> None:
    done = run("evidence", "F011")
    assert done.returncode == 0
    assert ">>>1,888<<<" in done.stdout
    assert "Proved: the document has these words" in done.stdout
    reworded = run("evidence", "F001").stdout
    assert "the repost changed the wording" in reworded
    assert json.loads(run("evidence", "F011", "--format", "json").stdout)["words"] == "1,888"


def test_verify_in_the_checkout_proves_every_span() -> None:
    done = run("verify", "--require-documents")
    assert done.returncode == 0
    assert "not proved" not in done.stdout
    assert done.stdout.startswith("All good: every check passed, and the words match")
    assert json.loads(run("verify", "--format", "json").stdout)["ok"] is True


def test_verify_fails_with_its_places_on_an_altered_document(tmp_path: Path) -> None:
    for seed in SEEDS.iterdir():
        (tmp_path / seed.name).write_bytes(seed.read_bytes().replace(b"1,888", b"1,889"))
    done = run("verify", "--documents", str(tmp_path))
    assert done.returncode == 1
    assert "documents D001, sha256" in done.stdout
    assert "figures F011, exact" in done.stdout


def test_evidence_of_an_event_says_what_it_is(tmp_path: Path) -> None:
    done = run("evidence", "E018")
    assert "UK-Albania joint communiqué: signed (happened; 13 December 2022)" in done.stdout
    assert run("evidence", "S001", "--documents", str(tmp_path)).returncode == 1


SEED_OF = {row["document_id"]: ROOT / row["file"] for row in text_rows("documents")}
TEXT_OF = {key: path.read_bytes().decode("utf-8") for key, path in SEED_OF.items()}


def drafted(*arguments: str, status: int = 0) -> commands.Done:
    done = commands.run("draft", *arguments, COLUMNS="500")
    assert done.returncode == status, done.stderr
    return done


def test_the_command_gives_rows_to_complete_and_append(tmp_path: Path) -> None:
    path = tmp_path / "005_new.txt"
    path.write_text("Over 70 people came on 3 May 2026, “a shame”, she said.", encoding="utf-8")
    done = drafted(str(path))
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert [(row["table"], row["exact"], row["kind"]) for row in rows] == [
        ("figures", "Over 70", "count"),
        ("excluded_numbers", "3 May 2026", "date"),
        ("statements", "a shame", "partial"),
    ]
    assert f"new, {draft(path).document_id}, 55 characters" in " ".join(done.stderr.split())
    assert hashlib.sha256(path.read_bytes()).hexdigest() in done.stderr
    for table in DRAFTED:
        with_header = drafted(str(path), "--table", table).stdout
        (columns, *_) = csv.reader(with_header.splitlines())
        assert columns == list(text_rows(table)[0])
        alone = drafted(str(path), "--table", table, "--no-header").stdout
        assert with_header.split("\n", 1)[1] == alone
        (row,) = csv.DictReader(io.StringIO(with_header))
        assert row["document_id"] == draft(path).document_id


def test_the_command_says_when_nothing_is_left() -> None:
    done = drafted(str(next(SEEDS.glob("002*"))))
    assert len(done.stdout.splitlines()) == 1
    assert "A program can find nothing more" in done.stderr


def test_the_command_says_what_is_wrong() -> None:
    path = str(next(SEEDS.glob("002*")))
    assert 'No table called "figurs"' in drafted(path, "--table", "figurs", status=3).stderr
    assert "needs --table" in drafted(path, "--no-header", status=2).stderr
    assert "No such file" in drafted("nowhere.txt", status=1).stderr
