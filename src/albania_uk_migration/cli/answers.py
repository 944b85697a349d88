"""The command for checking a claim: check."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING, TextIO

from ..errors import UnknownNameError
from ..wording import printable
from .commands import TEXTS, Offered
from .names import date_of, names_of
from .output import KEPT, beside, bold, terminal_width

if TYPE_CHECKING:
    import argparse

    from ..tables.package import Package
    from .commands import Commands


def _check(options: argparse.Namespace, out: TextIO) -> int:
    from ..answers.check import checks_in

    figures = _asked(options, out)
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


def _asked(options: argparse.Namespace, out: TextIO) -> list[str]:
    """The figures named, those that say something, those of a measure or of a document."""
    if not (options.id or options.measure or options.document):
        options.usage("Which figure? Give its identifier (F034), its number, or --document D003.")
    having = [
        str(row["figure_id"])
        for row in options.package.rows("figures")
        if (not options.measure or row["measure"] in options.measure)
        and (not options.document or row["document_id"] in options.document)
    ]
    if not options.id:
        return having
    named = [name for text in options.id for name in _named(options.package, text, out)]
    return [name for name in dict.fromkeys(named) if name in having]


_IDENTIFIER = re.compile(r"[A-Za-z]+[0-9]+")
# What to do with the identifier of something else, by its first letter.
_OF_OTHERS = {
    "D": "it is a document; check every figure in it: check --document {}",
    "S": "it is a statement; see its words: evidence {}",
    "T": "it is a claim without a number; see its words: evidence {}",
}


def _named(package: Package, text: str, out: TextIO) -> list[str]:
    """The figure of an identifier, or the one that says something; several are listed instead."""
    from ..series.lookup import figures_saying

    rows = {str(row["figure_id"]): row for row in package.rows("figures")}
    if text in rows:
        return [text]
    if _IDENTIFIER.fullmatch(text):
        hint = _OF_OTHERS.get(text[0].upper(), "").format(text)
        raise UnknownNameError("figure", text, rows, hint)
    found = figures_saying(package, text)
    if not found:
        hint = "give an identifier (F034), a number (8,000) or words of the claim"
        raise UnknownNameError("claim", text, [], hint)
    if len(found) == 1:
        return [str(found[0]["figure_id"])]
    named = names_of(package, "actors", "name")
    out.write(f"{len(found)} claims say \u201c{printable(text)}\u201d. Check one of them:\n")
    entries = []
    for row in found:
        said = filter(None, (named(row["claimant_id"]), date_of(row, "stated_on")))
        line = f"\u201c{row['exact']}\u201d, {', '.join(said)}"
        entries.append((f"check {row['figure_id']}", line))
    out.writelines(beside(entries))
    return []


def register(commands: Commands) -> None:
    """Add the commands of this subject."""
    check = commands.add("check", _check, TEXTS)
    check.add_argument(
        "id",
        metavar="CLAIM",
        nargs="*",
        choices=Offered(commands.names("figures")),
        help="figures (F034), or the number or words of one: 12,658, 'worst year'",
    )
    any_of = functools.partial(check.add_argument, action="append", metavar="ID", default=[])
    any_of("--measure", choices=commands.names("measures"), help="every figure for a measure")
    any_of("--document", choices=commands.names("documents"), help="every figure in a document")
