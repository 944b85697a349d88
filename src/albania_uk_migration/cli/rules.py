"""The command for checking your own table: validate."""

from __future__ import annotations

import argparse
import os
import re
from typing import TYPE_CHECKING, TextIO

from ..errors import FAULT_COLUMNS, ValidationError
from ..wording import counted
from .output import Shown, format_of, print_answer, say

if TYPE_CHECKING:
    from ..tables.cells import Row
    from .commands import Commands


def _validate(options: argparse.Namespace, out: TextIO) -> int:
    from ..rules.validate import faults_of

    # A browser that has saved figures.csv before calls the next one "figures (1).csv".
    name = os.path.splitext(os.path.basename(options.file))[0]
    table = options.table or re.sub(r" ?\([0-9]+\)$", "", name)
    if table not in options.package.resources:
        options.usage(f"Which table is {options.file}? Add --table TABLE.")
    try:
        reading = faults_of(options.file, table, dict(options.context))
        error = ValidationError(options.file, table, reading.faults)
        rows = len(reading.rows)
    except ValidationError as found:
        if found.source != options.file:
            raise
        error, rows = found, 0
    if format_of(options.format, out) != "table" or options.columns:
        print_answer(error.faults, FAULT_COLUMNS, Shown(), options, out)
    elif error.found:
        lines: list[Row] = [{"fault": line} for line in error.lines()]
        print_answer(lines, ["fault"], Shown(), options, out)
    counts = counted(len(error.found), "fault") if error.found else "no faults"
    of = "" if error.found else f"{counted(rows, 'row')}, "
    say([f"{options.file} as {table}: {of}{counts}."], options)
    return 1 if error.found else 0


def _context(text: str) -> tuple[str, str]:
    table, equals, path = text.partition("=")
    if not (equals and table and path):
        raise argparse.ArgumentTypeError(f'"{text}" is not of the form TABLE=FILE')
    return table, path


def register(commands: Commands) -> None:
    """Add the commands of this subject."""
    validate = commands.add("validate", _validate)
    validate.add_argument("file", metavar="FILE", help="a CSV file")
    validate.add_argument(
        "--table",
        metavar="TABLE",
        choices=list(commands.package.resources),
        help="which table it is (by default, as the file is named)",
    )
    validate.add_argument(
        "--context",
        metavar="TABLE=FILE",
        action="append",
        type=_context,
        default=[],
        help="take identifiers from this file, not from our table; may be repeated",
    )
