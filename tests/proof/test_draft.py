"""Drafting a document: what the tables lack of it is proposed, what they have is not."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from albania_uk_migration import draft, records
from albania_uk_migration.errors import DataFileError, DocumentError
from albania_uk_migration.proof.documents import DRAFTED
from albania_uk_migration.proof.draft import utterances
from albania_uk_migration.tables.cells import Row
from albania_uk_migration.tables.package import Package

from ..support.altered_tables import DESCRIPTOR, FILES, ROOT, Record, files_with, text_rows

DOCUMENTS = [row["document_id"] for row in text_rows("documents")]
SEED_OF = {row["document_id"]: ROOT / row["file"] for row in text_rows("documents")}
TEXT_OF = {key: path.read_bytes().decode("utf-8") for key, path in SEED_OF.items()}


def without(document: str, tables: tuple[str, ...]) -> Package:
    """The tables without the rows of a document; hashes and row counts left as they were."""
    files = with_descriptor()
    for table in tables:
        kept = [row for row in text_rows(table) if row["document_id"] != document]
        path = f"data/{table}.csv"
        files[path] = files_with(table, kept)[path]
    return Package(files.__getitem__)


def with_descriptor() -> dict[str, bytes]:
    return {**FILES, "datapackage.json": json.dumps(DESCRIPTOR).encode("utf-8")}


def spans(rows: list[Row] | list[Record]) -> set[tuple[int, int]]:
    return {(int(row["start_char"]), int(row["end_char"])) for row in rows}


@pytest.mark.parametrize("document", DOCUMENTS)
def test_the_figures_of_a_document_are_proposed_again(document: str) -> None:
    drafted = draft(SEED_OF[document], tables=without(document, ("figures", "excluded_numbers")))
    assert drafted.document_id == document
    assert not drafted.documents
    wanted = [row for row in records("figures") if row["document_id"] == document]
    proposed = {(row["start_char"], row["end_char"]): row for row in drafted.figures}
    for row in wanted:
        again = proposed[row["start_char"], row["end_char"]]
        for column in ("exact", "value", "comparator", "lower", "upper"):
            assert again[column] == row[column], row["figure_id"]
        if row["unit"] not in ("persons", "items"):
            assert again["unit"] == row["unit"]
        assert row["exact"] in again["quote"]
    text = TEXT_OF[document]
    for table in ("figures", "excluded_numbers"):
        for again in getattr(drafted, table):
            assert text[again["start_char"] : again["end_char"]] == again["exact"]


@pytest.mark.parametrize("document", DOCUMENTS)
def test_a_document_the_tables_do_not_know_gets_the_next_identifiers(document: str) -> None:
    drafted = draft(SEED_OF[document], tables=without(document, DRAFTED))
    (row,) = drafted.documents
    known = {other for other in DOCUMENTS if other != document}
    assert drafted.document_id not in known
    assert row["document_id"] == drafted.document_id
    assert row["file"] == f"seeds/{SEED_OF[document].name}"
    assert row["sha256"] == hashlib.sha256(SEED_OF[document].read_bytes()).hexdigest()
    assert row["characters"] == drafted.characters == len(TEXT_OF[document])
    figures = [row["figure_id"] for row in drafted.figures]
    assert len(set(figures)) == len(figures)
    assert not set(figures) & {
        row["figure_id"] for row in text_rows("figures") if row["document_id"] != document
    }


def test_nothing_is_left_of_the_shipped_documents_but_quotation_marks() -> None:
    for document, path in SEED_OF.items():
        drafted = draft(path)
        assert (drafted.documents, drafted.figures, drafted.excluded_numbers) == ([], [], [])
        assert len(drafted.statements) <= 3, document


def test_every_row_has_every_column_of_its_table_in_order() -> None:
    drafted = draft(SEED_OF["D001"], tables=without("D001", DRAFTED))
    for resource in DESCRIPTOR["resources"]:
        if resource["name"] in DRAFTED:
            columns = [field["name"] for field in resource["schema"]["fields"]]
            rows = getattr(drafted, resource["name"])
            assert rows
            assert all(list(row) == columns for row in rows)
    assert [row["start_char"] for row in drafted.found] == sorted(
        row["start_char"] for row in drafted.found
    )
    assert len(drafted.found) == sum(len(getattr(drafted, table)) for table in DRAFTED[1:])


def test_most_statements_are_proposed() -> None:
    """Measured, not promised: the rest are told of without a quotation or a verb of saying."""
    near = number = 0
    for document, path in SEED_OF.items():
        drafted = draft(path, tables=without(document, DRAFTED))
        proposed = spans(drafted.statements)
        for start, end in spans(
            [r for r in text_rows("statements") if r["document_id"] == document]
        ):
            number += 1
            near += any(
                2 * (min(end, last) - max(start, first)) > min(end - start, last - first)
                for first, last in proposed
            )
    assert near / number > 0.75


def test_a_second_run_shows_what_is_left() -> None:
    """Rows are appended one by one, as they are proposed; each run proposes one fewer."""
    document = "D002"
    tables = without(document, ("figures",))
    drafted = draft(SEED_OF[document], tables=tables)
    kept = [row for row in text_rows("figures") if row["document_id"] != document]
    proposed = list(drafted.figures)
    assert len(proposed) == 10
    for number, row in enumerate(proposed, start=1):
        kept.append({name: "" if cell is None else str(cell) for name, cell in row.items()})
        files = with_descriptor()
        files["data/figures.csv"] = files_with("figures", kept)["data/figures.csv"]
        again = draft(SEED_OF[document], tables=Package(files.__getitem__))
        assert spans(again.figures) == spans(proposed[number:])


def test_rows_that_are_there_but_incomplete_are_named() -> None:
    def empty(rows: list[Record]) -> None:
        rows[26] |= {"claimant_id": "", "period_basis": ""}

    rows = text_rows("figures")
    empty(rows)
    files = with_descriptor()
    files["data/figures.csv"] = files_with("figures", rows)["data/figures.csv"]
    tables = Package(files.__getitem__)
    (told,) = draft(SEED_OF["D002"], tables=tables).incomplete
    assert told == {"table": "figures", "row": "F027", "missing": "claimant_id, period_basis"}
    assert not draft(SEED_OF["D001"], tables=tables).incomplete


def test_a_sign_is_left_to_the_direction(tmp_path: Path) -> None:
    path = tmp_path / "new.txt"
    path.write_text("It was -3.5% in May and +£2m later.", encoding="utf-8")
    first, second = draft(path).figures
    assert (first["exact"], first["direction"], str(first["value"])) == ("3.5%", "decrease", "3.5")
    assert (second["exact"], second["direction"], second["unit"]) == ("£2m", "increase", "GBP")


def test_parts_are_drafted_in_percent(tmp_path: Path) -> None:
    path = tmp_path / "new.txt"
    path.write_text("A third came, more than one in four of them by sea.", encoding="utf-8")
    third, quarter = draft(path).figures
    assert (str(third["value"]), third["unit"]) == ("33.33", "percent")
    assert (str(quarter["lower"]), quarter["upper"], quarter["comparator"]) == (
        "25",
        None,
        "more_than",
    )


def test_quotations_and_reports_are_found_with_their_attribution() -> None:
    text = (
        "“We will act at once, and we will not stop,” the minister said. Officials warned that "
        'more would come. The plan was called "a sham" by critics.\n'
        "“A quotation over two paragraphs goes on\n"
        "“until it is closed here,” she added.\n"
        "According to Home Office data, 2,148 people were returned. "
        "The boats were slow, the coastguard said."
    )
    found = [(text[a:b], mode) for a, b, mode, _ in utterances(text)]
    assert found == [
        ("We will act at once, and we will not stop", "direct"),
        ("more would come", "reported"),
        ("a sham", "partial"),
        ("A quotation over two paragraphs goes on", "partial"),
        ("until it is closed here", "partial"),
        ("2,148 people were returned", "reported"),
        ("The boats were slow", "reported"),
    ]
    notes = [note for *_, note in utterances(text)]
    assert "the minister said" in notes[0]
    assert notes[1] == "attributed: Officials warned"
    assert notes[5] == "attributed: According to Home Office data"


@given(st.text(alphabet='“”"‘’ab. ,\nsaid', max_size=200))
def test_any_text_has_utterances_within_it(text: str) -> None:
    for start, end, mode, _ in utterances(text):
        assert 0 <= start < end <= len(text)
        assert mode in ("direct", "partial", "reported")


def test_what_cannot_be_drafted_is_said(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="No such file"):
        draft(tmp_path / "missing.txt")
    with pytest.raises(DocumentError, match="cannot be read"):
        draft(tmp_path)
    latin = tmp_path / "latin.txt"
    latin.write_bytes("£5m".encode("latin-1"))
    with pytest.raises(DocumentError, match=r"not UTF-8 \(byte 0\)"):
        draft(latin)
    broken = Package({**with_descriptor(), "data/figures.csv": b"figure_id\nF001\n"}.__getitem__)
    latin.write_text("5", encoding="utf-8")
    with pytest.raises(DataFileError, match=r"figures\.csv"):
        draft(latin, tables=broken)


def test_what_is_no_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "empty.txt"
    for data, why in ((b"", "is empty"), (b" \n", "is empty"), (b"a\0b", "NUL characters")):
        path.write_bytes(data)
        with pytest.raises(DocumentError, match=why):
            draft(path)


def test_a_changed_text_of_a_known_name_is_that_document_and_differs(tmp_path: Path) -> None:
    path = tmp_path / SEED_OF["D002"].name
    path.write_bytes((TEXT_OF["D002"] + " Over 70 came.").encode("utf-8"))
    drafted = draft(path)
    assert (drafted.document_id, drafted.differs, drafted.documents) == ("D002", True, [])
    assert [row["exact"] for row in drafted.figures] == ["Over 70"]
    assert not draft(SEED_OF["D002"]).differs


def test_what_no_figure_can_hold_is_drafted_as_excluded(tmp_path: Path) -> None:
    path = tmp_path / "new.txt"
    path.write_text(
        "Hundreds came within 28 days, some 300 to 350 of them for the third time.",
        encoding="utf-8",
    )
    drafted = draft(path)
    assert drafted.figures == []
    assert [(row["exact"], row["reason"]) for row in drafted.excluded_numbers] == [
        ("Hundreds", "vague"),
        ("28 days", "not_a_quantity"),
        ("some 300 to 350", "vague"),
        ("third", "not_a_quantity"),
    ]


def test_a_draft_prints_readably(tmp_path: Path) -> None:
    path = tmp_path / "new.txt"
    path.write_text("Over 70 came.", encoding="utf-8")
    drafted = draft(path)
    assert str(drafted).startswith(f"{drafted.document_id}, 13 characters, sha256 ")
    assert str(drafted).endswith("Over 70 [figures, count]")
