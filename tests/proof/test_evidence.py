"""The words behind a row: their context, their marks on a terminal, and as a web annotation."""

from __future__ import annotations

import base64
import hashlib
import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from albania_uk_migration import evidence
from albania_uk_migration.errors import DocumentError, UnknownNameError
from albania_uk_migration.proof import documents as source_texts

from ..support import commands
from ..support.altered_tables import ROOT, SEEDS, text_rows

TEXTS = {
    row["document_id"]: (ROOT / row["file"]).read_bytes().decode("utf-8")
    for row in text_rows("documents")
}
IDS = [
    row[key]
    for table, key in (
        ("figures", "figure_id"),
        ("trends", "trend_id"),
        ("statements", "statement_id"),
        ("agreement_events", "event_id"),
    )
    for row in text_rows(table)
]


def whole(identifier: str, context: int | str) -> str:
    found = evidence(identifier, SEEDS, context)
    return f"{found.prefix}{found.words}{found.suffix}"


@pytest.mark.parametrize("context", [0, 7, 60, 10**9, "sentence", "paragraph", "document"])
def test_the_context_is_what_the_document_has_around_the_words(context: int | str) -> None:
    for identifier in IDS:
        found = evidence(identifier, SEEDS, context)
        text = TEXTS[found.document_id]
        begin = found.start - len(found.prefix)
        assert text[begin : found.start] == found.prefix
        assert text[found.start : found.end] == found.words
        assert text[found.end : found.end + len(found.suffix)] == found.suffix
        if isinstance(context, int):
            assert len(found.prefix) == min(context, found.start)
            assert len(found.suffix) == min(context, len(text) - found.end)


def test_a_sentence_a_paragraph_and_a_document() -> None:
    assert whole("F017", "sentence") == (
        "The number of voluntary returns is 90% higher than in 2021 (492)."
    )
    assert whole("F017", "paragraph").startswith("In 2022, there were 1,888 returns")
    assert "\n" not in whole("F017", "paragraph")
    assert whole("F017", "document") == TEXTS["D001"]


def test_an_unknown_context_is_named() -> None:
    for context in ("word", "sentense", -1, True):
        with pytest.raises(UnknownNameError, match="No context"):
            evidence("F001", SEEDS, context)


def test_without_documents_the_quotation_is_the_context(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source_texts, "checkout", lambda: None)
    found = evidence("F034")
    assert found.proof.startswith("Proved against the documents on ")
    assert f"{found.prefix}{found.words}{found.suffix}" in str(found.quote)
    assert found.prefix == "we’ve now sent "
    assert evidence("S001").words is None
    assert "does not have these words" in str(evidence("S001"))
    (position,) = evidence("S001").to_web_annotation()["target"]["selector"]
    assert position == {"type": "TextPositionSelector", "start": 34, "end": 170}


def test_an_installed_copy_says_when_it_cannot_show_what_is_asked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(source_texts, "checkout", lambda: None)
    for context in ("sentence", "paragraph", "document", 500):
        (said,) = [line for line in evidence("F034", context=context).lines() if "copy" in line]
        assert said.startswith("An installed copy has only the quotation. To see more, add --docum")
    for asked in (60, 5):
        assert evidence("F034", context=asked).missing == ""
    assert evidence("F034", SEEDS, "paragraph").missing == ""


@pytest.mark.parametrize(
    ("identifier", "by"),
    [
        ("F034", "said by Rishi Sunak"),
        ("F009", "said by the Home Office (we infer this; see the note with: get F009)"),
        ("F027", "in the outlet's own voice"),
        ("S002", "attributed to a speaker not named in the text, quoted in the words of a"),
        ("S001", "said by Government sources in Tirana, in reported speech"),
        ("E018", "in the document's own voice"),
    ],
)
def test_who_said_it_is_said_with_what_is_uncertain(identifier: str, by: str) -> None:
    assert evidence(identifier).by.startswith(by)


def test_the_claimant_is_as_certain_as_the_table_has_it() -> None:
    said = {
        "stated": ("said by ",),
        "inferred": ("said by ",),
        "own_voice": ("in the outlet's own voice", "in the document's own voice"),
        "unattributed": ("attributed to a speaker not named in the text",),
    }
    for row in text_rows("figures"):
        by = evidence(row["figure_id"]).by
        assert by.startswith(said[row["claimant_basis"]])
        assert ("we infer this" in by) == (row["claimant_basis"] == "inferred")


def test_lines_come_in_the_order_of_a_reader() -> None:
    words, who, where, proof, address = evidence("F011", context="sentence").lines("[", "]")
    assert "[1,888]" in words
    assert who.startswith("F011, said by the Home Office")
    assert where == "D001, characters 500 to 505." or where.startswith("D001, characters ")
    assert proof == "Proved: the document has these words in this place."
    assert address.startswith("Text seen at https://")


def test_a_web_annotation_finds_its_words_again_in_both_ways() -> None:
    for identifier in IDS:
        annotation = evidence(identifier, SEEDS).to_web_annotation()
        json.dumps(annotation)
        quote, position = annotation["target"]["selector"]
        found = evidence(identifier, SEEDS)
        text = TEXTS[found.document_id]
        assert text[position["start"] : position["end"]] == quote["exact"]
        around = f"{quote.get('prefix', '')}{quote['exact']}{quote.get('suffix', '')}"
        assert text.count(around) == 1, identifier
        digest = annotation["target"]["source"]["id"].removeprefix("ni:///sha-256;")
        data = base64.urlsafe_b64decode(digest + "=")
        assert data == hashlib.sha256(text.encode("utf-8")).digest()
        assert annotation["@context"] == "http://www.w3.org/ns/anno.jsonld"
        assert annotation["type"] == "Annotation"
    ids = {evidence(identifier, SEEDS).to_web_annotation()["id"] for identifier in IDS}
    assert len(ids) == len(IDS)


def test_an_altered_document_is_refused(tmp_path: Path) -> None:
    shutil.copytree(SEEDS, tmp_path / "seeds")
    path = next((tmp_path / "seeds").glob("003*"))
    path.write_bytes(path.read_bytes().replace(b"8,000", b"9,000"))
    with pytest.raises(DocumentError, match="differs"):
        evidence("F034", tmp_path / "seeds")


def run(*arguments: str) -> commands.Done:
    return commands.run("evidence", *arguments, COLUMNS="500")


def test_the_command_takes_a_context_and_gives_an_annotation() -> None:
    assert "in 2021 (>>>492<<<)." in run("F017", "--context", "sentence").stdout
    assert len(run("F017", "--context", "document").stdout) > len(TEXTS["D001"])
    assert "… 2021 (>>>492<<<). This …" in run("F017", "--context", "9").stdout
    done = run("F017", "--context", "lots")
    assert done.returncode == 3
    assert 'No context called "lots"' in done.stderr
    annotation: dict[str, Any] = json.loads(run("F017", "--format", "annotation").stdout)
    assert annotation == evidence("F017").to_web_annotation()


def test_every_figure_trend_statement_and_event_has_evidence() -> None:
    for identifier in IDS:
        assert evidence(identifier, SEEDS).proof.startswith("Proved: ")
