"""Rows as text: a table for the terminal, CSV, JSON, JSON Lines, Markdown.

Terminal output has no control characters, CSV no formulas, and Markdown no markup from the data. In
a table, numbers are on the right and text wraps between words; if the columns would be too narrow
to read, we print the table row by row. A table may be as wide as the terminal, but running text, in
cells too, is at most 100 columns wide, so that lines are easy to read. On a terminal a table stops
at a screenful, and messages at one line of caution.
"""

from __future__ import annotations

import argparse
import io
import itertools
import os
import re
import sys
from typing import TYPE_CHECKING, NamedTuple, TextIO

from ..errors import UnknownNameError
from ..tables.cells import FORMULA, Cell, Row, plain
from ..tables.csv_text import csv_record
from ..wording import JOINTS, counted, display_width, printable, sentences, wrap
from .names import names_of, release_in_words

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

    from ..citing.noted_rows import Series
    from ..tables.package import Package


# A column with cells longer than _LONG has sentences, which nobody can read below a width of
# _NARROW.
_LONG = 60
_NARROW = 24
# Cells up to this width stay on one line if there is room.
_SHORT = 22


def text_of(cell: Cell) -> str:
    """A cell for CSV: missing is empty, whole numbers have no decimal point."""
    value = plain(cell)
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


# The greatest width of running text, and the smallest width of anything.
_WIDEST, _NARROWEST = 100, 40


def _screen() -> os.terminal_size:
    """The columns and lines of the terminal, or COLUMNS and LINES; 100 by 24 without a terminal.

    If the output goes elsewhere, we use the terminal for messages.
    """
    import shutil

    try:
        fallback = os.get_terminal_size(sys.stderr.fileno())
    except (OSError, ValueError, AttributeError):
        fallback = os.terminal_size((_WIDEST, 24))
    columns, lines = shutil.get_terminal_size(fallback)
    return os.terminal_size((max(_NARROWEST, columns), lines))


def terminal_width() -> int:
    """The width of running text on the terminal."""
    return min(_WIDEST, _screen().columns)


def _coloured(out: TextIO) -> bool:
    """Whether to write colours: on a terminal, unless NO_COLOR is set or TERM is dumb."""
    return out.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def bold(text: str, out: TextIO) -> str:
    """The text in bold, if we write colours."""
    return f"\x1b[1m{text}\x1b[0m" if _coloured(out) else text


# Marks around words to highlight, in a text that is not yet wrapped.
MARKS = ("\ue000", "\ue001")


def marked(text: str, indent: int, out: TextIO) -> list[str]:
    """The lines of a text with the marked words in colour, line by line.

    Without colours the words are between >>> and <<<, and only a terminal has lines.
    """
    opening, closing = MARKS
    if not _coloured(out):
        text = text.replace(opening, ">>>").replace(closing, "<<<")
    lines = wrap(text, terminal_width() - indent) if out.isatty() else [text]
    if not _coloured(out):
        return lines
    inside, coloured = False, []
    for line in lines:
        begun = opening + line if inside else line
        inside = begun.rfind(opening) > begun.rfind(closing)
        whole = begun + closing if inside else begun
        coloured.append(whole.replace(opening, "\x1b[1;33m").replace(closing, "\x1b[0m"))
    return coloured


# ---------------------------------------------------------------- formats for programs


def _print_csv(rows: Sequence[Row], columns: list[str], out: TextIO, header: bool = True) -> None:
    def cell_of(cell: Cell) -> str:
        text = text_of(cell)
        # An apostrophe keeps a spreadsheet from running text as a formula.
        return "'" + text if isinstance(cell, str) and text.startswith(FORMULA) else text

    if header:
        out.write(csv_record(columns, [True] * len(columns)))
    for row in rows:
        cells = [row[column] for column in columns]
        out.write(csv_record(map(cell_of, cells), [isinstance(cell, str) for cell in cells]))


def _print_json(rows: Sequence[Row], columns: list[str], out: TextIO) -> None:
    import json

    listed = [{column: plain(row[column]) for column in columns} for row in rows]
    out.write(json.dumps(listed, ensure_ascii=False, indent=2) + "\n")


def _print_jsonl(rows: Sequence[Row], columns: list[str], out: TextIO) -> None:
    import json

    for row in rows:
        listed = {column: plain(row[column]) for column in columns}
        out.write(json.dumps(listed, ensure_ascii=False) + "\n")


# Characters that Markdown could read as markup in a cell, but not an underscore inside a word.
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


# Characters allowed on a terminal besides letters, marks and spaces.
KEPT = "\n\t"


def _right(rows: Sequence[Row], columns: list[str]) -> list[bool]:
    """Whether a column has numbers, which we align on the right."""

    def numeric(column: str) -> bool:
        cells = [plain(row[column]) for row in rows]
        kinds = {type(cell) for cell in cells} - {type(None)}
        return bool(kinds) and kinds <= {int, float}

    return [numeric(column) for column in columns]


def _longest_part(column: list[str]) -> int:
    """The width of the longest piece of a column that we would rather not cut."""
    words = {word for cell in column for word in cell.split()}
    return max((display_width(part) for word in words for part in JOINTS.split(word)), default=1)


def _widths(cells: list[list[str]], width: int) -> list[int] | None:
    """The widths of columns that fit side by side; None if some would be unreadable."""
    columns = [list(column) for column in zip(*cells, strict=True)]
    wanted = [min(max(map(display_width, column)) or 1, _WIDEST) for column in columns]
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
        # Give room to the cell with most lines; complete short columns before long ones grow.
        short = [at for at, full in enumerate(wanted) if widths[at] < full]
        widths[max(short, key=lambda at: (-(-wanted[at] // widths[at]), -widths[at]))] += 1
        spare -= 1
    return widths


def _table_parts(rows: Sequence[Row], columns: list[str], out: TextIO) -> list[list[str]]:
    """The lines of the heading, then of each row: side by side or, if too wide, row by row."""
    cells = [columns, *([printable(text_of(row[c]), KEPT) for c in columns] for row in rows)]
    widths = None if _has_long_address(cells) else _widths(cells, _screen().columns)
    if widths is None:
        return _blocks(cells, out)
    numeric = _right(rows, columns)

    def line(parts: list[str]) -> str:
        aligned = []
        for part, width, right in zip(parts, widths, numeric, strict=True):
            gap = " " * (width - display_width(part))
            aligned.append(gap + part if right else part + gap)
        return "  ".join(aligned).rstrip()

    made = []
    for number, values in enumerate(cells):
        wrapped = [wrap(value, width) for value, width in zip(values, widths, strict=True)]
        lines = [
            line([part[at] if at < len(part) else "" for part in wrapped])
            for at in range(max(map(len, wrapped), default=0))
        ]
        if number == 0:
            lines = [*(bold(text, out) for text in lines), line(["-" * width for width in widths])]
        made.append(lines)
    return made


def _has_long_address(cells: list[list[str]]) -> bool:
    """Whether a cell has a web address, which we never cut and which may not fit a column."""
    return any("://" in cell for row in cells for cell in row)


def _blocks(cells: list[list[str]], out: TextIO) -> list[list[str]]:
    """No heading, then each row as a block with one line per cell, without empty cells."""
    names, *rows = cells
    indent = max(map(display_width, names)) + 2
    blocks: list[list[str]] = []
    for row in rows:
        block: list[str] = [""] if blocks else []
        for name, cell in zip(names, row, strict=True):
            if cell.strip():
                first, *more = wrap(cell, terminal_width() - indent)
                block.append(bold(name, out) + " " * (indent - display_width(name)) + first)
                block += [" " * indent + line for line in more]
        blocks.append(block)
    return [[], *blocks]


def _print_table(rows: Sequence[Row], columns: list[str], out: TextIO) -> None:
    for lines in _table_parts(rows, columns, out):
        out.writelines(f"{line}\n" for line in lines)


# Rows to show however small the terminal is, and lines to leave for messages and the prompt.
_FEWEST, _KEPT_LINES = 3, 6


def _print_screenful(parts: list[list[str]], everything: bool, out: TextIO) -> None:
    """Print the heading and as many whole rows as fit the screen, and say how to see the rest."""
    heading, *rows = parts
    room = _screen().lines - _KEPT_LINES - len(heading)
    shown = len(rows)
    if out.isatty() and not everything:
        shown = sum(total <= room for total in itertools.accumulate(map(len, rows)))
        shown = max(shown, _FEWEST)
    for lines in (heading, *rows[:shown]):
        out.writelines(f"{line}\n" for line in lines)
    if rows[shown:]:
        out.write(f"{counted(len(rows) - shown, 'more row')}: --all\n")


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
    """The format asked for; by default a table on a terminal and CSV in a pipe."""
    return asked or ("table" if out.isatty() else "csv")


def print_rows(
    rows: Sequence[Row], columns: list[str], form: str, out: TextIO, header: bool = True
) -> None:
    """Write rows in one of the formats; CSV without its header if asked."""
    if header:
        _PRINTERS[form](rows, columns, out)
    else:
        _print_csv(rows, columns, out, header=False)


def note(text: str) -> None:
    """Write a message to standard error, wrapped to the terminal."""
    sys.stdout.flush()
    indent = "    " if text.startswith(" ") else ""
    start = "  " if indent else ""
    lines = wrap(printable(text, KEPT), terminal_width() - len(indent))
    for number, line in enumerate(lines):
        print((indent if number else start) + line, file=sys.stderr)


def say(notes: Sequence[str], options: argparse.Namespace, left_out: str = "") -> None:
    """Write the first note and how to see the others and what is left out, or write all of them."""
    first, *more = notes or [""]
    if sys.stdout.isatty() and (any(notes) or left_out):
        note("")
    if options.notes:
        for line in filter(None, notes):
            note(line)
        return
    if first:
        note(first)
    hidden = [counted(len(more), "note")] if more else []
    hidden += [f"{left_out} left out"] if left_out else []
    if hidden:
        note(f"{', '.join(hidden)}: add --notes.")


PROGRAM = "albania-uk-migration"


# ---------------------------------------------------------------- tables


def first_sentence(text: str) -> str:
    """The first sentence of a text."""
    return text.partition(". ")[0].rstrip(".") + "."


def chosen(rows: list[Row], columns: list[str], conditions: Iterable[str]) -> list[Row]:
    """The rows that meet conditions COLUMN=VALUE; of several for one column, one is enough."""
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


def paragraph(text: str, indent: int = 0) -> list[str]:
    """The lines of a text, wrapped to the terminal and indented."""
    return [f"{' ' * indent}{line}\n" for line in wrapped(text, indent)]


def wrapped(text: str, indent: int = 0) -> list[str]:
    """The lines of a text, wrapped to the terminal, without indent or line ends."""
    return wrap(text, terminal_width() - indent)


def write_lines(text: str, out: TextIO) -> None:
    """Write the lines of a text; on a terminal, wrap each and indent below its first line."""
    for line in printable(text, KEPT).splitlines():
        first, *more = wrapped(line, 2) if out.isatty() and len(line) > terminal_width() else [line]
        out.writelines([f"{first}\n", *(f"  {part}\n" for part in more)])


def beside(entries: Sequence[tuple[str, str]], longest: int = 0) -> list[str]:
    """Lines of names with their meanings beside them or, if there is no room, below them.

    The meanings align after the longest of these names, or of other names.
    """
    indent = max(longest, *(len(name) for name, _ in entries)) + 4
    if terminal_width() < indent + _NARROW:
        return [
            line for name, text in entries for line in (*paragraph(name, 2), *paragraph(text, 6))
        ]
    lines = []
    for name, text in entries:
        first, *more = paragraph(text, indent)
        lines += [f"  {name}".ljust(indent) + first.lstrip(" "), *more]
    return lines


def write_indented(text: str, indent: int, out: TextIO) -> None:
    """Write a text, wrapped to the terminal and indented."""
    for line in wrap(text, terminal_width() - indent - 2):
        out.write(" " * indent + line + "\n")


def write_follow_ups(texts: str | None, out: TextIO) -> None:
    """Write what was said elsewhere, one paragraph each."""
    for text in texts.split(" | ") if texts else ():
        write_indented(f"Also said: {text}", 4, out)


# ---------------------------------------------------------------- answers


class Shown(NamedTuple):
    """How to show rows on a terminal, and the messages under them.

    Give either the `columns`, and `in_words` to show rows differently from the data, or `write` to
    write each row below a `heading`, and `order` to sort rows differently from the data. The
    messages begin with `first`, whose first line is the most important, and end with `last`.
    `left_out` introduces what is left out; None hides it.
    """

    columns: Sequence[str] = ()
    in_words: Callable[[Row], Row] | None = None
    write: Callable[[Row, TextIO], None] | None = None
    order: Callable[[Row], int] | None = None
    heading: Sequence[str] = ()
    first: Sequence[str] = ()
    last: Sequence[str] = ()
    left_out: str | None = "Left out:"


class _Written(io.StringIO):
    """Keeps terminal output until we know how much of it fits a screen."""

    def __init__(self, out: TextIO) -> None:
        super().__init__()
        self._terminal = out.isatty()

    def isatty(self) -> bool:
        return self._terminal


def print_answer(
    rows: Sequence[Row],
    every: Collection[str],
    shown: Shown,
    options: argparse.Namespace,
    out: TextIO,
    header: bool = True,
) -> None:
    """Print rows in the format and with the columns asked for."""
    asked = columns_asked(options.columns, every)
    form = format_of(options.format, out)
    if form != "table":
        print_rows(rows, asked or list(every), form, out, header)
        return
    if shown.write and not asked:
        parts = _written_parts(rows, shown, out)
    else:
        listed = [{**row, **shown.in_words(row)} for row in rows] if shown.in_words else rows
        parts = _table_parts(listed, asked or list(shown.columns or every), out)
    _print_screenful(parts, options.all, out)


def _written_parts(rows: Sequence[Row], shown: Shown, out: TextIO) -> list[list[str]]:
    """The heading, then the written lines of each row, with empty lines between rows."""
    parts = [[*shown.heading]]
    for row in sorted(rows, key=shown.order) if shown.order else rows:
        written = _Written(out)
        if shown.write:
            shown.write(row, written)
        parts.append([*([""] if parts[1:] else []), *written.getvalue().splitlines()])
    return parts


def columns_asked(asked: str | None, every: Collection[str]) -> list[str]:
    """The columns of --columns A,B; none without that option."""
    names = [name.strip() for name in asked.split(",")] if asked else []
    for name in names:
        if name not in every:
            raise UnknownNameError("column", name, every)
    return names


def print_series(series: Series, shown: Shown, options: argparse.Namespace, out: TextIO) -> int:
    """Print the rows of a series on standard output and its cautions on standard error."""
    print_answer(series.rows, series.types, shown, options, out)
    left_out = series.left_out if shown.left_out else []
    kinds = {"figure": "figure_id", "event": "event_id", "official value": "release_id"}
    numbers = {kind: sum(key in item for item in left_out) for kind, key in kinds.items()}
    what = " and ".join(counted(number, kind) for kind, number in numbers.items() if number)
    say([*shown.first, *sentences(series.notes()), *shown.last], options, what)
    if options.notes:
        if left_out:
            note(str(shown.left_out))
        for item in left_out:
            note(f"  {_left_out_in_words(series.package, item)}.")
        note(f"Cite: {series.citation()}")
    return 0


def more_columns(package: Package, table: str, options: argparse.Namespace) -> list[str]:
    """How to see the columns of a table that a terminal does not show."""
    every = package.types(table)
    hidden = len(every) - len(package.resource(table).get("summary") or every)
    if options.columns or not hidden:
        return []
    return [f"{counted(hidden, 'more column')}: --columns A,B or --format csv."]


def print_table(
    package: Package, table: str, rows: list[Row], options: argparse.Namespace, out: TextIO
) -> None:
    """Print the rows of a table; on a terminal, only its main columns."""
    shown = Shown(package.resource(table).get("summary") or ())
    print_answer(rows, package.types(table), shown, options, out)
    notes = list(reworded(package, rows)) if table != "documents" else []
    if format_of(options.format, out) == "table":
        notes += more_columns(package, table, options)
    say(notes, options)


def _left_out_in_words(package: Package, item: dict[str, str]) -> str:
    """A figure, event or official value that is not in a series, and why."""
    if "release_id" in item:
        release = release_in_words(package, item["release_id"])
        return f"{item['year']}: {item['exact']} ({release}): {item['why']}"
    words = f' "{item["exact"]}"' if "exact" in item else ""
    identifier = item.get("figure_id") or item["event_id"]
    claimant = names_of(package, "actors", "name")(item["claimant_id"])
    return f"{identifier}{words} ({claimant}): {item['why']}"


# REWORDED, short enough for one line.
_REWORDED = "the repost reworded even the quotations; these are nobody's exact words"


def reworded(package: Package, rows: Iterable[Row]) -> Iterator[str]:
    """A sentence: the words of a reworded document are not a speaker's own."""
    of = {row.get("document_id") for row in rows}
    for document in package.rows("documents"):
        if document["document_id"] in of and document["fidelity"] == "reworded":
            yield f"{document['document_id']}: {_REWORDED}."


def warn_if_reworded(package: Package, rows: Iterable[Row]) -> None:
    """Warn that the words of a reworded document are not a speaker's own."""
    for line in reworded(package, rows):
        if sys.stdout.isatty():
            note("")
        note(line)


def condition(text: str) -> str:
    """The argument COLUMN=VALUE."""
    if "=" not in text:
        raise argparse.ArgumentTypeError(f'"{text}" is not of the form COLUMN=VALUE')
    return text
