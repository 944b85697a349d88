"""The command that checks a table of one's own: validate."""

from __future__ import annotations

import argparse
import os
from typing import TYPE_CHECKING, TextIO

from ..errors import FAULT_COLUMNS, ValidationError
from ..wording import wrap
from .output import counted, format_of, note, print_rows, terminal_width

if TYPE_CHECKING:
    from .commands import Commands


def _validate(options: argparse.Namespace, out: TextIO) -> int:
    from ..rules.validate import faults_of

    form = format_of(options.format, out)
    table = options.table or os.path.splitext(os.path.basename(options.file))[0]
    if table not in options.package.resources:
        options.usage(f"say which table {options.file} is to be: --table TABLE")
    try:
        reading = faults_of(options.file, table, dict(options.context))
        error = ValidationError(options.file, table, reading.faults)
        rows = len(reading.rows)
    except ValidationError as found:
        if found.source != options.file:
            raise
        error, rows = found, 0
    if form == "table":
        for line in error.lines():
            out.writelines(f"{part}\n" for part in wrap(line, terminal_width()))
    else:
        print_rows(error.faults, list(FAULT_COLUMNS), form, out)
    if not error.found:
        note(f"{options.file} as {table}: {counted(rows, 'row')}, no fault.")
        return 0
    note(f"{options.file} as {table}: {counted(len(error.found), 'fault')}.")
    return 1


def _context(text: str) -> tuple[str, str]:
    table, equals, path = text.partition("=")
    if not (equals and table and path):
        raise argparse.ArgumentTypeError(f"{text!r} is not TABLE=FILE")
    return table, path


def register(commands: Commands) -> None:
    """Add the commands of this subject."""
    validate = commands.add("validate", _validate, "Check a table of your own by every rule.")
    validate.add_argument("file", metavar="FILE", help="a CSV file")
    validate.add_argument(
        "--table",
        metavar="TABLE",
        choices=list(commands.package.resources),
        help="as which table (default: as it is named)",
    )
    validate.add_argument(
        "--context",
        metavar="TABLE=FILE",
        action="append",
        type=_context,
        default=[],
        help="a file whose rows count as known, in place of the shipped table; repeatable",
    )
