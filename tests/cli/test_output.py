"""Rows and words as text: tables, colours, control characters."""

from __future__ import annotations

import io
import os
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from albania_uk_migration.cli import output as printing
from albania_uk_migration.cli.output import MARKS, marked
from albania_uk_migration.wording import display_width, wrap

from ..support.commands import finished


@given(st.text(max_size=200).filter(lambda text: "://" not in text), st.integers(2, 30))
def test_wrapped_text_fits_and_loses_nothing(text: str, width: int) -> None:
    lines = wrap(text, width)
    assert max(map(display_width, lines)) <= width
    assert "".join("".join(lines).split()) == "".join(text.split())


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
@pytest.mark.parametrize(("environment", "bold"), [({}, True), ({"NO_COLOR": "1"}, False)])
def test_a_terminal_gets_bold_headings_unless_no_color(
    environment: dict[str, str], bold: bool
) -> None:
    import pty

    ours, theirs = pty.openpty()
    # An empty NO_COLOR is none.
    terminal = {"NO_COLOR": "", "TERM": "xterm", "COLUMNS": "80", **environment}
    assert finished("show", "populations", stdout=theirs, env=terminal)[0] == 0
    os.close(theirs)
    shown = os.read(ours, 100_000)
    os.close(ours)
    assert (b"\x1b[1m" in shown) == bold
    assert b"population" in shown


@given(st.lists(st.lists(st.text(max_size=60), min_size=3, max_size=3), max_size=4))
def test_any_text_fits_a_table_without_control_characters(cells: list[list[str]]) -> None:
    rows = [dict(zip("abc", row, strict=True)) for row in cells]
    out = io.StringIO()
    printing.print_rows(rows, ["a", "b", "c"], "table", out)
    assert all(c.isprintable() or c == "\n" for c in out.getvalue())


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_words_are_coloured_line_by_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "40")
    text = f"before {MARKS[0]}{'words ' * 12}end{MARKS[1]} after"
    lines = marked(text, 0, Terminal())
    assert len(lines) > 2
    for line in lines[:-1]:
        assert line.count("\x1b[1;33m") == line.count("\x1b[0m") == 1
        assert line.endswith("\x1b[0m")
    assert lines[-1].endswith("end\x1b[0m after")
    assert not any(mark in line for line in lines for mark in MARKS)


@pytest.mark.parametrize(("name", "value"), [("NO_COLOR", "1"), ("TERM", "dumb")])
def test_where_no_colour_is_wanted_marks_stand_in(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setenv(name, value)
    line = f"a {MARKS[0]}b{MARKS[1]} c"
    assert marked(line, 0, Terminal()) == ["a >>>b<<< c"]
    assert marked(line, 0, io.StringIO()) == ["a >>>b<<< c"]
