"""The command line: what is inside, returns by year, tables, rows, evidence, verification.

Data go to standard output, messages to standard error. Exit status: 0 good, 1 a check
failed or a file is at fault, 2 wrong usage, 3 an unknown name.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
from typing import TYPE_CHECKING, Any, TextIO

from . import __version__
from .errors import AlbaniaUkMigrationError, UnknownNameError
from .tables import Cell, package, plain, records, table_names

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .tables import Row

FORMATS = ("table", "csv", "json")
PROGRAM = "albania-uk-migration"


# ---------------------------------------------------------------- printing


def _text(cell: Cell) -> str:
    """A cell as CSV has it: missing is empty, whole numbers without a decimal point."""
    value = plain(cell)
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _print_csv(rows: list[Row], columns: list[str], out: TextIO) -> None:
    import csv

    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([_text(row[column]) for column in columns] for row in rows)


def _print_json(rows: list[Row], columns: list[str], out: TextIO) -> None:
    listed = [{column: plain(row[column]) for column in columns} for row in rows]
    out.write(json.dumps(listed, ensure_ascii=False, indent=2) + "\n")


def _width() -> int:
    import shutil

    return max(40, shutil.get_terminal_size((100, 24)).columns)


def _parts(word: str, width: int) -> list[str]:
    """A word in parts of at most a width, cut after _ - / or . where it can be."""
    if len(word) <= width:
        return [word]
    parts = re.findall(r"[^_/.-]*[_/.-]+|[^_/.-]+", word)
    return [part[at : at + width] for part in parts for at in range(0, len(part), width)]


def _wrap(text: str, width: int) -> list[str]:
    """Lines of at most a width, broken between words, else inside a word too long for one."""
    lines = [""]
    for word in text.split():
        for number, part in enumerate(_parts(word, width)):
            gap = " " if number == 0 and lines[-1] else ""
            if len(lines[-1]) + len(gap) + len(part) <= width:
                lines[-1] += gap + part
            else:
                lines.append(part)
    return lines


def _print_table(rows: list[Row], columns: list[str], out: TextIO) -> None:
    """Columns side by side; where the terminal is too narrow, the widest wrap their text."""
    cells = [[_text(row[column]) for column in columns] for row in rows]
    widths = [
        max(len(column), *(len(line[i]) for line in cells), 1) if cells else len(column)
        for i, column in enumerate(columns)
    ]
    spare = _width() - 2 * (len(columns) - 1)
    while sum(widths) > spare and max(widths) > 6:
        widths[widths.index(max(widths))] -= 1
    numeric = [
        all(isinstance(plain(row[c]), (int, float, type(None))) for row in rows) for c in columns
    ]

    def line(parts: Sequence[str]) -> str:
        aligned = (
            part.rjust(width) if right else part.ljust(width)
            for part, width, right in zip(parts, widths, numeric, strict=True)
        )
        return "  ".join(aligned).rstrip() + "\n"

    for number, values in enumerate([columns, *cells]):
        wrapped = [_wrap(value, width) for value, width in zip(values, widths, strict=True)]
        for at in range(max(map(len, wrapped))):
            out.write(line([part[at] if at < len(part) else "" for part in wrapped]))
        if number == 0:
            out.write(line(["-" * width for width in widths]))


def _print(rows: list[Row], columns: list[str], form: str, out: TextIO) -> None:
    {"csv": _print_csv, "json": _print_json, "table": _print_table}[form](rows, columns, out)


def _format(asked: str | None, out: TextIO) -> str:
    """The format asked for; without one, a table on a terminal and CSV in a pipe."""
    if asked is None:
        return "table" if out.isatty() else "csv"
    if asked not in FORMATS:
        raise UnknownNameError("format", asked, FORMATS)
    return asked


def _note(text: str) -> None:
    """A message on standard error, wrapped to the terminal."""
    import textwrap

    indent = "    " if text.startswith(" ") else ""
    lines = textwrap.wrap(text, _width(), subsequent_indent=indent) or [""]
    print("\n".join(lines), file=sys.stderr)


# ---------------------------------------------------------------- commands


def _overview(options: argparse.Namespace, out: TextIO) -> int:
    tables = package()
    out.write(f"{tables.descriptor['title']}\n")
    out.write(f"version {tables.descriptor['version']}\n\n")
    rows: list[Row] = [
        {
            "table": name,
            "rows": resource["rows"],
            "holds": resource["description"].partition(". ")[0].rstrip(".") + ".",
        }
        for name, resource in tables.resources.items()
    ]
    _print_table(rows, ["table", "rows", "holds"], out)
    out.write(
        f"\n  {PROGRAM} returns            returns of Albanians by year"
        f"\n  {PROGRAM} show TABLE         a table"
        f"\n  {PROGRAM} get ID             one row, whole (F011, S010, home-office, ...)"
        f"\n  {PROGRAM} evidence ID        the words behind it"
        f"\n  {PROGRAM} verify             prove the tables against the documents"
        f"\n  {PROGRAM} --help             options\n"
    )
    return 0


def _returns(options: argparse.Namespace, out: TextIO) -> int:
    from .series import returns_series

    form = _format(options.format, out)
    series = returns_series(records("figures"))
    rows, left_out = series.rows, series.left_out
    columns = list(series.types)
    if form == "table":
        columns = ["year", "months", "enforced", "voluntary", "total", "figure_ids"]
    _print(rows, columns, form, out)
    out.flush()
    _note("")
    _note(series.caveats)
    for row in rows:
        if not row["complete"]:
            _note(f"{row['year']} is {row['months']} only.")
    _note("Left out:")
    for item in left_out:
        _note(f'  {item["figure_id"]} "{item["exact"]}" ({item["claimant_id"]}): {item["why"]}.')
    return 0


def _show(options: argparse.Namespace, out: TextIO) -> int:
    form = _format(options.format, out)
    resource = package().resource(options.table)
    columns = [field["name"] for field in package().fields(options.table)]
    rows = records(options.table)
    if form != "table":
        _print(rows, columns, form, out)
        return 0
    shown = resource.get("summary") or columns
    _print_table(rows, shown, out)
    out.flush()
    if len(shown) < len(columns):
        hidden = len(columns) - len(shown)
        _note("")
        _note(f"{len(rows)} rows; {hidden} more columns with --format csv, or get ID for a row.")
    return 0


def _rows_by_identifier() -> dict[str, tuple[str, Row]]:
    found: dict[str, tuple[str, Row]] = {}
    for table in table_names():
        key = package().key(table)
        if len(key) == 1:
            for row in records(table):
                found.setdefault(str(row[key[0]]), (table, row))
    return found


def _get(options: argparse.Namespace, out: TextIO) -> int:
    form = _format(options.format, out)
    known = _rows_by_identifier()
    if options.id not in known:
        raise UnknownNameError("identifier", options.id, known)
    table, row = known[options.id]
    _warn_if_reworded(row)
    if form != "table":
        _print([row], list(row), form, out)
        return 0
    out.write(f"{options.id} in {table}\n")
    listed: list[Row] = [
        {"column": name, "value": _text(cell)} for name, cell in row.items() if cell is not None
    ]
    _print_table(listed, ["column", "value"], out)
    out.flush()
    empty = [name for name, cell in row.items() if cell is None]
    if empty:
        _note("")
        _note(f"empty: {', '.join(empty)}")
    return 0


def _warn_if_reworded(row: Row) -> None:
    """Say that the words of a row of a reworded document are not a speaker's own."""
    from .provenance import REWORDED

    for document in records("documents"):
        if document["document_id"] == row.get("document_id") and document["fidelity"] == "reworded":
            _note(f"{document['document_id']}: {REWORDED}.")


def _evidence(options: argparse.Namespace, out: TextIO) -> int:
    from .provenance import FAILED, evidence

    found = evidence(options.id, options.documents)
    if options.format == "json":
        out.write(json.dumps(found._asdict(), ensure_ascii=False, indent=2) + "\n")
    elif options.format in (None, "text"):
        out.write(f"{found}\n")
    else:
        raise UnknownNameError("format", options.format, ("text", "json"))
    return 1 if found.proof == FAILED else 0


def _verify(options: argparse.Namespace, out: TextIO) -> int:
    from .provenance import verify

    if options.format not in (None, "text", "json"):
        raise UnknownNameError("format", options.format, ("text", "json"))
    report = verify(options.documents, options.require_documents)
    if options.format == "json":
        out.write(json.dumps(report.to_dict(), ensure_ascii=False, indent=2) + "\n")
    else:
        out.write(f"{report}\n")
    return 0 if report.ok else 1


# ---------------------------------------------------------------- parsing


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog=PROGRAM,
        description="Figures, agreements and statements of five documents on migration between "
        "Albania and the UK, proved against the documents. Without a command: what is inside.",
    )
    parser.add_argument("--version", action="version", version=f"{PROGRAM} {__version__}")
    parser.set_defaults(run=_overview)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")

    def command(name: str, run: Any, summary: str, formats: str) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=summary, description=summary)
        added.set_defaults(run=run)
        added.add_argument("--format", metavar="FORMAT", help=formats)
        return added

    tables = "table (the default on a terminal), csv (the default elsewhere) or json"
    texts = "text (the default) or json"
    command("returns", _returns, "Returns of Albanians by year.", tables)
    show = command("show", _show, "A table, whole.", tables)
    show.add_argument("table", metavar="TABLE")
    get = command("get", _get, "One row, by its identifier.", tables)
    get.add_argument("id", metavar="ID")
    evidence = command("evidence", _evidence, "The words behind a row.", texts)
    evidence.add_argument("id", metavar="ID")
    verify = command("verify", _verify, "Prove the tables against the documents.", texts)
    for added in (evidence, verify):
        added.add_argument("--documents", metavar="FOLDER", help="folder with the five texts")
    verify.add_argument(
        "--require-documents", action="store_true", help="fail where the documents are not at hand"
    )
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit status."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")
    options = _parser().parse_args(arguments)
    try:
        status: int = options.run(options, sys.stdout)
        sys.stdout.flush()
    except UnknownNameError as error:
        _note(f"{PROGRAM}: {error}")
        return 3
    except AlbaniaUkMigrationError as error:
        _note(f"{PROGRAM}: {error}")
        return 1
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        _note(f"{PROGRAM}: cannot write: {error.strerror}")
        return 1
    return status
