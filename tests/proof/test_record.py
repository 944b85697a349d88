"""An installed copy has no documents: it goes by the proof record, and says when it cannot."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from albania_uk_migration import evidence, verify
from albania_uk_migration.errors import DataFileError
from albania_uk_migration.proof import documents
from albania_uk_migration.proof.record import Record, parsed, record_of
from albania_uk_migration.proof.report import Report
from albania_uk_migration.proof.verify import verify_package
from albania_uk_migration.tables.package import Package, shipped

from ..support.altered_tables import DESCRIPTOR, FILES, ROOT, SEEDS, altered

DATA = (ROOT / "proof.json").read_bytes()
RECORD = parsed(DATA)
# The checks that the tables alone decide, and those that the record answers for.
BY_RECORD = {check.name for check in verify(SEEDS).checks[:8]}


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without documents, as in an installed copy."""
    monkeypatch.setattr(documents, "checkout", lambda: None)


def by_record(package: Package, record: Record | str = RECORD) -> Report:
    return verify_package(package, None, record=record)


def names(report: Report, outcome: str) -> set[str]:
    return {check.name for check in report.checks if check.outcome == outcome}


@pytest.mark.usefixtures("installed")
def test_what_the_record_covers_is_proved_at_release() -> None:
    report = verify()
    assert report.ok
    assert names(report, "proved at release") == BY_RECORD
    assert not names(report, "not proved")
    assert all(check.done == check.of > 0 for check in report.checks)
    text = " ".join(str(report).split())
    assert text.startswith(
        "All good. The tables were proved against the documents on "
        f"{RECORD} and are unchanged since. To prove the tables again, add --documents and the "
    )
    plain = json.loads(json.dumps(report.to_dict()))
    assert plain["proved_on"] == RECORD.proved_on.isoformat()
    assert plain["record"] == RECORD.id
    assert plain["changed"] == []
    shares = verify(SEEDS).shares
    assert report.shares == {name: round(share, 4) for name, share in shares.items()}


@pytest.mark.usefixtures("installed")
def test_a_record_is_not_a_proof_made_now() -> None:
    report = verify(require_documents=True)
    assert not report.ok
    assert not report.faults
    assert str(report).startswith("Not proved now: you require the documents")
    assert "A record does not replace a proof made now." in str(report)
    now = verify(SEEDS, require_documents=True)
    assert now.ok
    assert (now.proved_on, now.record) == (None, None)


@pytest.mark.parametrize(
    ("table", "unproved"),
    [
        ("documents", BY_RECORD),
        ("statements", 4),
        ("agreement_events", 2),
        ("agreements", 1),
        ("excluded_numbers", 4),
    ],
)
def test_a_changed_table_takes_with_it_what_rests_on_it(
    table: str, unproved: set[str] | int
) -> None:
    report = by_record(altered(table, lambda rows: rows[0].update(note="Changed.")))
    assert report.ok
    found = names(report, "not proved")
    assert len(found) == (unproved if isinstance(unproved, int) else len(unproved))
    assert names(report, "proved at release") == BY_RECORD - found
    assert report.changed == (table,)
    assert f"Changed since the proof of {RECORD}: {table}" in " ".join(str(report).split())
    assert str(report).startswith("No faults, but")


def test_a_change_to_what_is_not_from_the_documents_is_said() -> None:
    report = by_record(altered("follow_ups", lambda rows: rows[0].update(what="Changed.")))
    assert names(report, "proved at release") == BY_RECORD
    assert "unchanged since; follow_ups changed." in " ".join(str(report).split())


def test_another_description_of_the_tables_is_not_covered() -> None:
    other = json.loads(json.dumps(DESCRIPTOR))
    figures = next(one for one in other["resources"] if one["name"] == "figures")
    quote = next(one for one in figures["schema"]["fields"] if one["name"] == "quote")
    quote["description"] = "Another description covers the same."
    files = {**FILES, "datapackage.json": json.dumps(other).encode()}
    assert not by_record(Package(files.__getitem__)).changed
    del quote["verbatim"]
    files = {**FILES, "datapackage.json": json.dumps(other).encode()}
    report = by_record(Package(files.__getitem__))
    assert names(report, "not proved") == BY_RECORD
    assert report.changed == ("datapackage.json",)


def test_several_changes_are_all_named() -> None:
    package = altered("statements", lambda rows: rows[0].update(note="Changed."))
    record = RECORD._replace(tables={**RECORD.tables, "figures": "sha256:0", "actors": "sha256:0"})
    assert by_record(package, record).changed == ("actors", "figures", "statements")


def test_a_check_that_the_record_does_not_have_is_not_proved() -> None:
    name = "words cut out of the documents match the tables"
    fewer = {one: check for one, check in RECORD.checks.items() if one != name}
    report = by_record(shipped(), RECORD._replace(checks=fewer))
    assert names(report, "not proved") == {name}


def _without(record: dict[str, Any]) -> None:
    del record["tables"]


def _half_proved(record: dict[str, Any]) -> None:
    record["checks"][1]["done"] -= 1


def _failed(record: dict[str, Any]) -> None:
    record["checks"][1]["outcome"] = "failed"


def _no_number(record: dict[str, Any]) -> None:
    record["share_of_each_document_that_ships"]["D000"] = "much"


@pytest.mark.parametrize("spoil", [_without, _half_proved, _failed, _no_number])
def test_a_record_that_is_not_whole_is_refused(spoil: Callable[[dict[str, Any]], None]) -> None:
    record = json.loads(DATA)
    spoil(record)
    with pytest.raises(DataFileError, match="The proof record"):
        parsed(json.dumps(record).encode())


@pytest.mark.parametrize("data", [b"", b"[]", b"null", b"\xff", b'{"checks": 1}'])
def test_what_is_no_record_is_refused_and_said(data: bytes) -> None:
    files = {**FILES, "datapackage.json": json.dumps(DESCRIPTOR).encode(), "proof.json": data}
    package = Package(files.__getitem__)
    why = record_of(package)
    assert why == "The proof record, proof.json, cannot be read."
    report = by_record(package, why)
    assert report.ok
    assert names(report, "not proved") == BY_RECORD
    assert f"No documents are at hand. {why}" in " ".join(str(report).split())


@pytest.mark.parametrize("width", [40, 80, 200])
def test_the_report_fits_its_width(width: int) -> None:
    broken = altered("figures", lambda rows: rows[10].update(value="1889", exact="1,889"))
    missing = by_record(shipped(), "The proof record, proof.json, cannot be read.")
    for report in (verify(SEEDS), by_record(shipped()), missing, by_record(broken)):
        assert max(map(len, report.lines(width))) <= width
        for line in report.lines(width):
            assert not any(word in line for word in ("PROVED", "FAILED", "NOT "))
    assert str(missing).splitlines() == missing.lines(80)


def test_faults_come_first_and_are_counted() -> None:
    report = by_record(altered("figures", lambda rows: rows[10].update(value="1889")))
    lines = report.lines()
    assert lines[0] == f"{len(report.faults)} faults."
    assert lines[1].startswith("  figures F011, ")
    assert lines.index("failed") < lines.index(
        "checked: the tables, compared with one another and their description"
    )
    unready = Package({**FILES, "datapackage.json": json.dumps(DESCRIPTOR).encode()}.__getitem__)
    assert by_record(unready, RECORD).ok


@pytest.mark.usefixtures("installed")
def test_evidence_goes_by_the_record_of_its_table(monkeypatch: pytest.MonkeyPatch) -> None:
    for identifier in ("F034", "T001", "S001", "E018"):
        assert evidence(identifier).proof == f"Proved against the documents on {RECORD}."
    record = RECORD._replace(tables={**RECORD.tables, "statements": "sha256:0"})
    monkeypatch.setattr("albania_uk_migration.proof.evidence.record_of", lambda _: record)
    assert evidence("F034").proof.startswith("Proved against")
    assert evidence("S001").proof.startswith("Not proved: statements changed since the proof of")
    monkeypatch.setattr("albania_uk_migration.proof.evidence.record_of", lambda _: "No luck.")
    assert evidence("F034").proof.startswith("Not proved. No luck. To prove it, add --documents")
