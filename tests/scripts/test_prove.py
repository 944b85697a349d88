"""The proof record: a fresh proof gives what it says, and it notices any change to what it says."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest

import prove
from albania_uk_migration import verify
from albania_uk_migration.proof.record import parsed, table_sha256
from albania_uk_migration.tables.package import Package, shipped

from ..support.altered_tables import ROOT, SEEDS, text_rows
from .conftest import Repository


def edited(made: Repository, edit: Callable[[dict[str, Any]], object]) -> None:
    """The record with one of its facts altered, written as the script writes it."""
    path = made.folder / "proof.json"
    record = json.loads(path.read_bytes())
    edit(record)
    path.write_text(json.dumps(record, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def test_a_fresh_proof_gives_the_counts_and_hashes_of_the_record() -> None:
    record = parsed((ROOT / "proof.json").read_bytes())
    report = verify(SEEDS, require_documents=True)
    assert report.ok
    assert {name: tuple(check) for name, check in record.checks.items()} == {
        check.name: (check.outcome, check.done, check.of) for check in report.checks
    }
    tables = shipped()
    assert record.tables == {table: table_sha256(tables, table) for table in tables.resources}
    assert record.documents == {
        row["document_id"]: f"sha256:{row['sha256']}" for row in text_rows("documents")
    }
    assert record.shares == {name: round(share, 4) for name, share in report.shares.items()}
    assert record.version == tables.descriptor["version"]
    assert record.changed(tables) == []


def test_a_second_run_changes_no_byte(untagged: Repository) -> None:
    edited(untagged, lambda record: record.update(proved_on="2020-02-02"))
    before = untagged.files()
    assert untagged.prove() == (0, "")
    assert untagged.prove("--check") == (0, "")
    assert untagged.files() == before


def _table(made: Repository) -> None:
    rows = made.rows("actors")
    rows[0]["note"] += " More."
    made.write("actors", rows)
    made.fill()


def _description(made: Repository) -> None:
    made.edit("datapackage.json", '"verbatim": true', '"verbatim": false')


def _version(made: Repository) -> None:
    made.edit("datapackage.json", '"version": "', '"version": "1')


def _document_in_record(made: Repository) -> None:
    edited(made, lambda record: record["documents"].update(D003="sha256:0"))


def _table_in_record(made: Repository) -> None:
    edited(made, lambda record: record["tables"].pop("trends"))


def _count(made: Repository) -> None:
    edited(made, lambda record: record["checks"][1].update(done=207, of=207))


def _check(made: Repository) -> None:
    edited(made, lambda record: record["checks"].pop(2))


def _share(made: Repository) -> None:
    edited(made, lambda record: record["share_of_each_document_that_ships"].update(D004=0.1))


def _outcome(made: Repository) -> None:
    edited(made, lambda record: record["checks"][1].update(outcome="not proved"))


def _unreadable(made: Repository) -> None:
    (made.folder / "proof.json").write_text("{", encoding="utf-8")


def _no_day(made: Repository) -> None:
    edited(made, lambda record: record.update(proved_on="yesterday"))


def _missing(made: Repository) -> None:
    (made.folder / "proof.json").unlink()


def _spaces(made: Repository) -> None:
    made.edit("proof.json", "{\n", "{\n\n")


def _several(made: Repository) -> None:
    _table(made)
    _document_in_record(made)
    _count(made)


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (_table, ["tables actors: sha256:.* in the record, sha256:.* now"]),
        (_description, ["schemas: sha256:.* in the record, sha256:.* now"]),
        (_version, [r"version: 0\.1\.0 in the record, 10\.1\.0 now"]),
        (_document_in_record, ["documents D003: sha256:0 in the record, sha256:.* now"]),
        (_table_in_record, ["tables trends: nothing in the record, sha256:.* now"]),
        (_count, ["check “words cut out.*: proved, 207 of 207 in the record, proved, 208 of 208"]),
        (
            _check,
            ["check “words that we do not reproduce.*: nothing in the record, proved, 141 of 141"],
        ),
        (_share, [r"share_of_each_document_that_ships D004: 0\.1 in the record, 0\.\d+ now"]),
        (_outcome, ["does not say that everything was proved"]),
        (_unreadable, ["cannot be read"]),
        (_no_day, ["cannot be read"]),
        (_missing, ["proof.json: No such file"]),
        (_spaces, ["proof.json is not as this script writes it"]),
        (_several, ["tables actors: ", "documents D003: ", "check “words cut out"]),
    ],
)
def test_a_stale_record_is_named_and_renewed(
    untagged: Repository, spoil: Callable[[Repository], None], said: list[str]
) -> None:
    spoil(untagged)
    before = untagged.files()
    status, told = untagged.prove("--check")
    assert status == 1
    for one in said:
        assert re.search(f"stale: .*{one}", told), told
    assert untagged.files() == before
    status, told = untagged.run("status")
    assert status == 1
    assert ("the proof record is stale" in told) == (spoil is not _version), told
    assert untagged.prove()[0] == 0
    assert untagged.prove("--check") == (0, "")


def test_the_day_changes_with_what_is_proved(untagged: Repository) -> None:
    edited(untagged, lambda record: record.update(proved_on="2020-02-02"))
    _table(untagged)
    assert untagged.prove()[0] == 0
    record = parsed((untagged.folder / "proof.json").read_bytes())
    assert record.proved_on.year > 2020


@pytest.mark.parametrize("what", ["document", "table", "both"])
def test_there_is_no_record_of_what_is_not_proved(untagged: Repository, what: str) -> None:
    if what in ("document", "both"):
        path = next((untagged.folder / "seeds").glob("003*"))
        path.write_bytes(path.read_bytes().replace(b"8,000", b"9,000"))
    if what in ("table", "both"):
        rows = untagged.rows("figures")
        rows[10]["value"] = "1889"
        untagged.write("figures", rows)
    before = untagged.files()
    for arguments in ((), ("--check",)):
        status, told = untagged.prove(*arguments)
        assert status == 1
        assert told.startswith("Not proved, so nothing is written. ")
        assert ("documents D003, sha256" in told) == (what != "table")
        assert ("figures F011, value" in told) == (what != "document")
    assert untagged.files() == before


def test_a_release_has_the_record_of_its_version(released: Repository) -> None:
    released.edit("README.md", "# albania", "# Albania")
    released.announce()
    released.good("version", "9.0.0")
    record = parsed((released.folder / "proof.json").read_bytes())
    assert record.version == "9.0.0"
    with released.taken():
        assert prove.stale(prove.proved_facts(Package(prove.in_tree))) == []
