"""The command cite: what a pipe gets, and what a terminal shows."""

from __future__ import annotations

import io
import re
import sys
from pathlib import Path

import citeproc
import pytest

from albania_uk_migration import cite
from albania_uk_migration.cli.main import main

from ..support.commands import run

(HARVARD,) = (Path(citeproc.__file__).parent / "data" / "styles").glob("harvard*.csl")


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def _shown(monkeypatch: pytest.MonkeyPatch, width: int, *arguments: str) -> str:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stdout", terminal)
    monkeypatch.setenv("COLUMNS", str(width))
    assert main(["cite", *arguments]) == 0
    return terminal.getvalue()


@pytest.mark.parametrize(
    ("arguments", "what", "style"),
    [
        ([], None, "text"),
        (["F012"], "F012", "text"),
        (["F012", "--style", "footnote"], "F012", "footnote"),
        (["F012", "--style", "bibtex"], "F012", "bibtex"),
        (["figures", "--style", "ris"], "figures", "ris"),
        (["F012", "--style", str(HARVARD)], "F012", str(HARVARD)),
    ],
)
def test_a_pipe_gets_what_the_function_gives(
    arguments: list[str], what: str | None, style: str
) -> None:
    assert run("cite", *arguments).stdout == f"{cite(what, style)}\n"


@pytest.mark.parametrize("width", [40, 80, 200])
@pytest.mark.parametrize("style", ["text", "footnote", str(HARVARD)])
def test_a_terminal_shows_references_wrapped(
    monkeypatch: pytest.MonkeyPatch, width: int, style: str
) -> None:
    for what in ("F003", "F012", "S001", "U002", "ho-imb-2023-04-24", "albania"):
        lines = _shown(monkeypatch, width, what, "--style", style).splitlines()
        assert all(len(line) <= width or "http" in line for line in lines)
        # Each reference begins at the margin; what follows of it does not.
        references = cite(what, style).splitlines()
        if len(references) > 1:
            begun = [line for line in lines if not line.startswith(" ")]
            assert len(begun) == len(references)
            assert all(r.startswith(b) for r, b in zip(references, begun, strict=True))
        assert re.sub(r"\s", "", "".join(lines)) == re.sub(r"\s", "", "".join(references))


def test_a_terminal_gets_entries_for_programs_as_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    for style in ("bibtex", "ris", "csl-json"):
        assert _shown(monkeypatch, 40, "F012", "--style", style) == f"{cite('F012', style)}\n"


def test_what_is_not_there_is_said_without_a_traceback() -> None:
    unknown = run("cite", "F999")
    assert (unknown.returncode, unknown.stdout) == (3, "")
    no_style = run("cite", "F012", "--style", "apa", COLUMNS="200")
    assert no_style.returncode == 3
    assert "or the path of a .csl file" in " ".join(no_style.stderr.split())
    no_file = run("cite", "F012", "--style", "nowhere/apa.csl", COLUMNS="200")
    assert no_file.returncode == 1
    assert 'No file called "nowhere/apa.csl". Give the path of a CSL style' in no_file.stderr
