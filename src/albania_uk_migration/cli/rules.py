"""The command that checks a table of one's own: validate."""

from __future__ import annotations

import argparse
import os
from typing import TYPE_CHECKING, TextIO

from ..errors import FAULT_COLUMNS
from ..errors import ValidationError as _ValidationError
from ..tables.access import table_names
from .output import counted, format_of, note, print_rows, terminal_width, wrap

if TYPE_CHECKING:
    from .commands import Commands


def _validate(options: argparse.Namespace, out: TextIO) -> int:
    from ..rules.validate import faults_of

    form = format_of(options.format, out)
    table = options.table or os.path.splitext(os.path.basename(options.file))[0]
    if not options.table and table not in table_names():
        options.usage(f"say which table {options.file} is to be: --table TABLE")
    context = dict(options.context)
    try:
        reading = faults_of(options.file, table, context)
        faults, rows = reading.faults, len(reading.rows)
    except _ValidationError as error:
        if error.source != options.file:
            raise
        faults, rows = error.faults, 0
    if form == "table":
        for line in _ValidationError(options.file, table, faults).lines():
            out.writelines(f"{part}\n" for part in wrap(line, terminal_width()))
    else:
        print_rows(faults, list(FAULT_COLUMNS), form, out)
    if not faults:
        note(f"{options.file} as {table}: {counted(rows, 'row')}, no fault.")
        return 0
    number = len(_ValidationError(options.file, table, faults).lines())
    note(f"{options.file} as {table}: {counted(number, 'fault')}.")
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
        "--table", metavar="TABLE", help="as which table (default: as it is named)"
    )
    validate.add_argument(
        "--context",
        metavar="TABLE=FILE",
        action="append",
        type=_context,
        default=[],
        help="a file whose rows count as known, in place of the shipped table; repeatable",
    )
