"""Rows as text: a table for the terminal, CSV, JSON, JSON Lines, Markdown.

What goes to a terminal holds no control characters; what goes to CSV holds no formula; what goes
to Markdown holds no markup of its own. The numbers of a table stand to the right, its text wraps
between words, and a table too wide for its columns to be read is printed row by row instead.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
from typing import TYPE_CHECKING, NamedTuple, TextIO

from ..errors import UnknownNameError
from ..tables.cells import FORMULA, Cell, Row, plain
from ..wording import JOINTS, REWORDED, display_width, printable, wrap

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence

    from ..citing.noted_rows import Series
    from ..tables.package import Package


# A column with cells longer than _LONG holds sentences; narrower than _NARROW they cannot be read.
_LONG = 40
_NARROW = 24
# Cells up to this width stand in one line, where there is room for that.
_SHORT = 22


def text_of(cell: Cell) -> str:
    """A cell as CSV has it: missing is empty, whole numbers without a decimal point."""
    value = plain(cell)
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def terminal_width() -> int:
    """Width of the terminal, or what COLUMNS says; 100 where there is neither."""
    import shutil

    return max(40, shutil.get_terminal_size((100, 24)).columns)


def _coloured(out: TextIO) -> bool:
    """Whether to write colours: on a terminal, unless NO_COLOR is set or it is a dumb one."""
    return out.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def bold(text: str, out: TextIO) -> str:
    """The text in bold where colours are written."""
    return f"\x1b[1m{text}\x1b[0m" if _coloured(out) else text


# Where words to be highlighted begin and end, in a text still to be wrapped.
MARKS = ("\ue000", "\ue001")


def marked(text: str, indent: int, out: TextIO) -> list[str]:
    """Lines of a text with the words between the marks in colour, each line for itself.

    Where no colours are written they stand between >>> and <<<, and only a terminal has lines.
    """
    opening, closing = MARKS
    lines = wrap(text, terminal_width() - indent) if out.isatty() else [text]
    if not _coloured(out):
        return [line.replace(opening, ">>>").replace(closing, "<<<") for line in lines]
    inside, coloured = False, []
    for line in lines:
        begun = opening + line if inside else line
        inside = begun.rfind(opening) > begun.rfind(closing)
        whole = begun + closing if inside else begun
        coloured.append(whole.replace(opening, "\x1b[1;33m").replace(closing, "\x1b[0m"))
    return coloured


# ---------------------------------------------------------------- formats to be read by programs


def _print_csv(rows: Sequence[Row], columns: list[str], out: TextIO, header: bool = True) -> None:
    import csv

    def cell_of(cell: Cell) -> str:
        text = text_of(cell)
        # An apostrophe keeps text what it is where a spreadsheet would run it.
        return "'" + text if isinstance(cell, str) and text.startswith(FORMULA) else text

    writer = csv.writer(out, lineterminator="\n")
    if header:
        writer.writerow(columns)
    writer.writerows([cell_of(row[column]) for column in columns] for row in rows)


def _print_json(rows: Sequence[Row], columns: list[str], out: TextIO) -> None:
    import json

    listed = [{column: plain(row[column]) for column in columns} for row in rows]
    out.write(json.dumps(listed, ensure_ascii=False, indent=2) + "\n")


def _print_jsonl(rows: Sequence[Row], columns: list[str], out: TextIO) -> None:
    import json

    for row in rows:
        listed = {column: plain(row[column]) for column in columns}
        out.write(json.dumps(listed, ensure_ascii=False) + "\n")


# What Markdown could take for markup inside a cell; an underscore inside a word is none.
_MARKUP = re.compile(r"([\\`*\[\]<>|~$]|&(?=#?\w+;)|(?<!\w)_|_(?!\w))")


def _print_markdown(rows: Sequence[Row], columns: list[str], out: TextIO) -> None:
    def cell_of(cell: Cell) -> str:
        text = " ".join(printable(text_of(cell), KEPT).split())
        return _MARKUP.sub(r"\\\1", text) if isinstance(cell, str) else text

    out.write("| " + " | ".join(map(cell_of, columns)) + " |\n")
    out.write("|" + "|".join(" --: " if right else " --- " for right in _right(rows, columns)))
    out.write("|\n")
    for row in rows:
        out.write("| " + " | ".join(cell_of(row[column]) for column in columns) + " |\n")


# ---------------------------------------------------------------- tables for the terminal


# What may stand in a text for the terminal beside letters, marks and spaces.
KEPT = "\n\t"


def _right(rows: Sequence[Row], columns: list[str]) -> list[bool]:
    """Whether a column holds numbers, and so stands to the right."""

    def numeric(column: str) -> bool:
        cells = [plain(row[column]) for row in rows]
        kinds = {type(cell) for cell in cells} - {type(None)}
        return bool(kinds) and kinds <= {int, float}

    return [numeric(column) for column in columns]


def _longest_part(column: list[str]) -> int:
    """Width of the longest piece of a column that is better not cut."""
    words = {word for cell in column for word in cell.split()}
    return max((display_width(part) for word in words for part in JOINTS.split(word)), default=1)


def _widths(cells: list[list[str]], width: int) -> list[int] | None:
    """Widths of columns that fit side by side; None where some could not be read."""
    columns = [list(column) for column in zip(*cells, strict=True)]
    wanted = [max(map(display_width, column)) or 1 for column in columns]
    room = width - 2 * (len(columns) - 1)
    parts = [_longest_part(column) for column in columns]
    for whole in (_SHORT, 0):
        widths = [
            full if full <= whole else min(full, max(part, _NARROW if full > _LONG else 1))
            for full, part in zip(wanted, parts, strict=True)
        ]
        if sum(widths) <= room:
            break
    else:
        return None
    spare = room - sum(widths)
    while spare and widths != wanted:
        # Room goes where a cell takes most lines; short columns are whole before long ones grow.
        short = [at for at, full in enumerate(wanted) if widths[at] < full]
        widths[max(short, key=lambda at: (-(-wanted[at] // widths[at]), -widths[at]))] += 1
        spare -= 1
    return widths


def _print_table(rows: Sequence[Row], columns: list[str], out: TextIO) -> None:
    """Columns side by side; row by row where the terminal is too narrow for that."""
    cells = [columns, *([printable(text_of(row[c]), KEPT) for c in columns] for row in rows)]
    widths = _widths(cells, terminal_width())
    if widths is None:
        _print_blocks(cells, out)
        return
    numeric = _right(rows, columns)

    def line(parts: list[str]) -> str:
        aligned = []
        for part, width, right in zip(parts, widths, numeric, strict=True):
            gap = " " * (width - display_width(part))
            aligned.append(gap + part if right else part + gap)
        return "  ".join(aligned).rstrip()

    for number, values in enumerate(cells):
        wrapped = [wrap(value, width) for value, width in zip(values, widths, strict=True)]
        for at in range(max(map(len, wrapped), default=0)):
            text = line([part[at] if at < len(part) else "" for part in wrapped])
            out.write((bold(text, out) if number == 0 else text) + "\n")
        if number == 0:
            out.write(line(["-" * width for width in widths]) + "\n")


def _print_blocks(cells: list[list[str]], out: TextIO) -> None:
    """Each row as a block, a line a cell; empty cells are left out."""
    names, *rows = cells
    indent = max(map(display_width, names)) + 2
    for number, row in enumerate(rows):
        if number:
            out.write("\n")
        for name, cell in zip(names, row, strict=True):
            if not cell.strip():
                continue
            lines = wrap(cell, terminal_width() - indent)
            out.write(bold(name, out) + " " * (indent - display_width(name)) + lines[0] + "\n")
            out.writelines(" " * indent + line + "\n" for line in lines[1:])


# ---------------------------------------------------------------- choosing


_PRINTERS = {
    "table": _print_table,
    "csv": _print_csv,
    "json": _print_json,
    "jsonl": _print_jsonl,
    "markdown": _print_markdown,
}
FORMATS = tuple(_PRINTERS)


def format_of(asked: str | None, out: TextIO) -> str:
    """The format asked for; without one, a table on a terminal and CSV in a pipe."""
    return asked or ("table" if out.isatty() else "csv")


def print_rows(
    rows: Sequence[Row], columns: list[str], form: str, out: TextIO, header: bool = True
) -> None:
    """Write rows in one of the formats; CSV without its header where that is asked for."""
    if header:
        _PRINTERS[form](rows, columns, out)
    else:
        _print_csv(rows, columns, out, header=False)


def note(text: str) -> None:
    """A message on standard error, wrapped to the terminal."""
    sys.stdout.flush()
    indent = "    " if text.startswith(" ") else ""
    start = "  " if indent else ""
    lines = wrap(printable(text, KEPT), terminal_width() - len(indent))
    for number, line in enumerate(lines):
        print((indent if number else start) + line, file=sys.stderr)


PROGRAM = "albania-uk-migration"


# ---------------------------------------------------------------- tables


def first_sentence(text: str) -> str:
    """The first sentence of a text."""
    return text.partition(". ")[0].rstrip(".") + "."


def chosen(rows: list[Row], columns: list[str], conditions: Iterable[str]) -> list[Row]:
    """Rows that meet conditions COLUMN=VALUE; of several on one column any will do."""
    wanted: dict[str, list[str]] = {}
    for condition in conditions:
        column, _, value = condition.partition("=")
        if column not in columns:
            raise UnknownNameError("column", column, columns)
        values = sorted({text_of(row[column]) for row in rows})
        if value not in values and value:
            raise UnknownNameError(column, value, values)
        wanted.setdefault(column, []).append(value)
    return [row for row in rows if all(text_of(row[c]) in wanted[c] for c in wanted)]


def counted(number: int, thing: str) -> str:
    """A number of things in words: 1 row, 2 rows."""
    return f"{number} {thing}{'' if number == 1 else 's'}"


def write_indented(text: str, indent: int, out: TextIO) -> None:
    """A text wrapped to the terminal, each line set in."""
    for line in wrap(text, terminal_width() - indent - 2):
        out.write(" " * indent + line + "\n")


def write_follow_ups(texts: str | None, out: TextIO) -> None:
    """What was said elsewhere, each in a paragraph of its own."""
    for text in texts.split(" | ") if texts else ():
        write_indented(f"Also said: {text}", 4, out)


# ---------------------------------------------------------------- series


class Shown(NamedTuple):
    """How a series stands on a terminal, and what is said of it.

    Its `columns`, and each row `in_words` where that differs from the data; or all of it written by
    `write`. `first` are lines that come first of what is said, `last` those that come last;
    `left_out` heads what is left out, if that is to be told.
    """

    columns: Sequence[str] = ()
    in_words: Callable[[Row], Row] | None = None
    write: Callable[[Sequence[Row], TextIO], None] | None = None
    first: Sequence[str] = ()
    last: Sequence[str] = ()
    left_out: str | None = "Left out:"


def print_series(series: Series, shown: Shown, options: argparse.Namespace, out: TextIO) -> int:
    """The rows of a series on standard output; what must be known of them on standard error."""
    form = format_of(options.format, out)
    if form != "table":
        print_rows(series.rows, list(series.types), form, out)
    elif shown.write:
        shown.write(series.rows, out)
    else:
        rows = [shown.in_words(row) for row in series.rows] if shown.in_words else series.rows
        print_rows(rows, list(shown.columns), form, out)
    note("")
    for line in shown.first:
        note(line)
    note(series.notes())
    if series.left_out and shown.left_out:
        note(shown.left_out)
        for item in series.left_out:
            note(f"  {_left_out_in_words(item)}.")
    for line in shown.last:
        note(line)
    return 0


def summary_of(series: Series, table: str, form: str) -> Shown:
    """Rows of a table: on a terminal the columns of its summary, and how to have the rest."""
    columns = series.package.resource(table).get("summary") or list(series.types)
    return Shown(columns, first=_counted_rows(len(series.rows), columns, series.types, form))


def _counted_rows(rows: int, shown: Sequence[str], all: Collection[str], form: str) -> list[str]:
    """The number of rows, and how to have the columns that a terminal does not show."""
    if form != "table":
        return []
    hidden = len(all) - len(shown)
    more = f"; {counted(hidden, 'more column')} with --format csv, all of a row with get ID"
    return [f"{counted(rows, 'row')}{more if hidden else ''}."]


def print_table(
    package: Package,
    table: str,
    rows: list[Row],
    columns: list[str] | None,
    options: argparse.Namespace,
    out: TextIO,
) -> None:
    """Rows of a table: the columns asked for, else all, on a terminal those of its summary."""
    every = list(package.types(table))
    form = format_of(options.format, out)
    shown = columns or every
    if form == "table" and not columns:
        shown = package.resource(table).get("summary") or every
    print_rows(rows, shown, form, out)
    for line in _counted_rows(len(rows), shown, columns or every, form):
        note("")
        note(line)


def _left_out_in_words(item: dict[str, str]) -> str:
    """A figure, an event or an official value that is not in a series, and why."""
    if "release_id" in item:
        return f"{item['year']}: {item['exact']} in {item['release_id']}: {item['why']}"
    words = f' "{item["exact"]}"' if "exact" in item else ""
    identifier = item.get("figure_id") or item["event_id"]
    return f"{identifier}{words} ({item['claimant_id']}): {item['why']}"


def warn_if_reworded(package: Package, rows: Iterable[Row]) -> None:
    """Say that the words of rows of a reworded document are not a speaker's own."""
    of = {row.get("document_id") for row in rows}
    for document in package.rows("documents"):
        if document["document_id"] in of and document["fidelity"] == "reworded":
            note(f"{document['document_id']}: {REWORDED}.")


def condition(text: str) -> str:
    """The argument COLUMN=VALUE."""
    if "=" not in text:
        raise argparse.ArgumentTypeError(f"{text!r} is not COLUMN=VALUE")
    return text
