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
        with pytest.raises(UnknownNameError, match="no context"):
            evidence("F001", SEEDS, context)


def test_without_documents_the_quotation_is_the_context(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source_texts, "checkout", lambda: None)
    found = evidence("F034")
    assert found.proof.startswith("NOT PROVED")
    assert f"{found.prefix}{found.words}{found.suffix}" in str(found.quote)
    assert found.prefix == "we’ve now sent "
    assert evidence("S001").words is None
    assert "do not ship" in str(evidence("S001"))
    (position,) = evidence("S001").to_web_annotation()["target"]["selector"]
    assert position == {"type": "TextPositionSelector", "start": 34, "end": 170}


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
    assert 'no context "lots"' in done.stderr
    annotation: dict[str, Any] = json.loads(run("F017", "--format", "annotation").stdout)
    assert annotation == evidence("F017").to_web_annotation()


def test_every_figure_trend_statement_and_event_has_evidence() -> None:
    for identifier in IDS:
        assert evidence(identifier, SEEDS).proof.startswith("proved")
