"""Commands for citing: cite, metadata, release-changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from ..citing.catalogues import FORMS
from ..citing.cite import STYLES, cite_in
from ..wording import wrap
from .commands import Offered
from .output import format_of, note, print_table, terminal_width

if TYPE_CHECKING:
    import argparse

    from .commands import Commands


# Styles for programs; we must not wrap their lines.
_ENTRIES = ("bibtex", "ris", "csl-json")
_HANGING = 4


def _cite(options: argparse.Namespace, out: TextIO) -> int:
    references = cite_in(options.package.sound(), options.what, options.style).splitlines()
    if options.style in _ENTRIES or not out.isatty():
        out.writelines(f"{line}\n" for line in references)
        return 0
    # A footnote stays on one line, so that it is easy to copy; a list of references has hanging
    # indents.
    indent = " " * (_HANGING if len(references) > 1 else 0)
    for reference in references:
        first, *others = wrap(reference, terminal_width() - len(indent))
        out.writelines([f"{first}\n", *(f"{indent}{line}\n" for line in others)])
    return 0


def _metadata(options: argparse.Namespace, out: TextIO) -> int:
    from ..citing.catalogues import described_as

    out.write(described_as(options.form, options.base_url) + "\n")
    return 0


def _release_changes(options: argparse.Namespace, out: TextIO) -> int:
    from ..citing.changes import changes_since

    package = options.package
    rows = changes_since(package, options.since)
    if rows or format_of(options.format, out) != "table":
        print_table(package, "release_changes", rows, options, out)
    if not rows:
        after = f" after {options.since}" if options.since else ""
        note(f"This is version {package.descriptor['version']}; no changes{after} are recorded.")
    return 0


def register(commands: Commands) -> None:
    """Add the commands of this subject."""
    cite = commands.add("cite", _cite, ())
    cite.add_argument(
        "what",
        metavar="WHAT",
        nargs="?",
        choices=Offered(commands.package.resources, commands.identifiers()),
        help="a table or a row (default: the release): F012; if its key has several columns, "
        "A002/united-kingdom/party",
    )
    cite.add_argument(
        "--style",
        metavar="STYLE",
        choices=Offered(STYLES),
        default="text",
        help="text (the default), footnote, bibtex, ris, csl-json, or the path of a CSL style: "
        "chicago.csl (extra csl)",
    )
    changed = commands.add("release-changes", _release_changes)
    changed.add_argument("--since", metavar="VERSION", help="only later than this release")
    described = commands.add("metadata", _metadata, ())
    described.add_argument(
        "form", metavar="FORM", choices=list(FORMS), help="schema.org or croissant"
    )
    described.add_argument(
        "--base-url",
        metavar="URL",
        default="",
        help="the web address of data/, with a / at the end",
    )
