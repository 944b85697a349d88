"""The command for checking a claim: check."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, TextIO

from ..wording import printable
from .commands import TEXTS
from .output import KEPT, bold, terminal_width

if TYPE_CHECKING:
    import argparse

    from .commands import Commands


def _check(options: argparse.Namespace, out: TextIO) -> int:
    from ..answers.check import checks_in

    figures = _asked(options)
    checks = checks_in(options.package, figures)
    if options.format == "json":
        import json

        listed = [check.to_dict() for check in checks]
        data = listed[0] if len(options.id) == len(listed) == 1 else listed
        out.write(json.dumps(data, ensure_ascii=False, indent=2) + "\n")
        return 0
    width = terminal_width()
    for number, check in enumerate(checks):
        out.write("\n" * 2 if number else "")
        if len(figures) > 1:
            out.write(f"{check.figure_id}\n")
        heading = True
        for line in printable(check.text(width, options.notes), KEPT).splitlines():
            heading = heading and bool(line)
            out.write((bold(line, out) if heading else line) + "\n")
    return 0


def _asked(options: argparse.Namespace) -> list[str]:
    """The named figures, or those for a measure, a document, or both."""
    if not (options.id or options.measure or options.document):
        options.usage("Which figure? Give its identifier (F034), --measure or --document.")
    return [
        str(row["figure_id"])
        for row in options.package.rows("figures")
        if (not options.id or row["figure_id"] in options.id)
        and (not options.measure or row["measure"] in options.measure)
        and (not options.document or row["document_id"] in options.document)
    ]


def register(commands: Commands) -> None:
    """Add the commands of this subject."""
    check = commands.add("check", _check, TEXTS)
    figures = commands.names("figures")
    check.add_argument("id", metavar="ID", nargs="*", choices=figures, help="figures: F034")
    any_of = functools.partial(check.add_argument, action="append", metavar="ID", default=[])
    any_of("--measure", choices=commands.names("measures"), help="every figure of a measure")
    any_of("--document", choices=commands.names("documents"), help="every figure of a document")
