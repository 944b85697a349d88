"""Commands for proof: evidence, verify, draft."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from ..proof.documents import DRAFTED
from ..wording import counted, printable
from .commands import TEXTS, WORDS, Commands, Offered
from .output import (
    KEPT,
    MARKS,
    Shown,
    format_of,
    marked,
    note,
    print_answer,
    terminal_width,
)

if TYPE_CHECKING:
    import argparse


def _evidence(options: argparse.Namespace, out: TextIO) -> int:
    import json

    from ..proof.evidence import FAILED, evidence

    form = options.format or "text"
    found = evidence(options.id, options.documents, options.context)
    if form == "text":
        *lines, address = (printable(line, KEPT + "".join(MARKS)) for line in found.lines(*MARKS))
        for number, line in enumerate(lines):
            indent = "  " if number else ""
            out.writelines(f"{indent}{part}\n" for part in marked(line, 2, out))
        out.write(f"  {address}\n")  # whole, so that it can be clicked
    else:
        data = found._asdict() if form == "json" else found.to_web_annotation()
        out.write(json.dumps(data, ensure_ascii=False, indent=2) + "\n")
    return 1 if found.proof == FAILED else 0


def _context_size(text: str) -> int | str:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else text


def _verify(options: argparse.Namespace, out: TextIO) -> int:
    import json

    from ..proof.verify import verify

    report = verify(options.documents, options.require_documents)
    if options.format == "json":
        out.write(json.dumps(report.to_dict(), ensure_ascii=False, indent=2) + "\n")
    else:
        out.writelines(f"{line}\n" for line in report.lines(terminal_width()))
    return 0 if report.ok else 1


def _draft(options: argparse.Namespace, out: TextIO) -> int:
    from ..proof.draft import FOUND_COLUMNS, draft

    form = format_of(options.format, out)
    if options.no_header and not (options.table and form == "csv"):
        options.usage("--no-header needs --table TABLE and --format csv")
    drafted = draft(options.document)
    if options.table:
        columns = list(options.package.types(options.table))
        rows = getattr(drafted, options.table)
        print_answer(rows, columns, Shown(), options, out, not options.no_header)
    else:
        print_answer(drafted.found, FOUND_COLUMNS, Shown(_FOUND_SHOWN), options, out)
    new = "new, " if drafted.documents else ""
    note("")
    note(
        f"{options.document}: {new}{drafted.document_id}, {drafted.characters:,} characters, "
        f"sha256 {drafted.sha256}"
    )
    if drafted.differs:
        note(f"This is not the text of {drafted.document_id} that the tables were made from.")
    if drafted.incomplete:
        note(f"In the tables, but incomplete: {counted(len(drafted.incomplete), 'row')}.")
    for row in drafted.incomplete[:_MOST_INCOMPLETE]:
        note(f"  {row['table']} {row['row']} lacks {row['missing']}.")
    if len(drafted.incomplete) > _MOST_INCOMPLETE:
        note(f"  And {len(drafted.incomplete) - _MOST_INCOMPLETE} more.")
    left = [
        f"{len(getattr(drafted, table))} in {table}" for table in DRAFTED if getattr(drafted, table)
    ]
    if left:
        note(f"Complete or reject each row: {', '.join(left)}.")
        if not options.table:
            note("To get rows that you can append: --table TABLE --format csv --no-header.")
    elif not drafted.incomplete:
        note("A program can find nothing more. Read the text for what it missed.")
    return 0


# The columns of the findings that a terminal shows.
_FOUND_SHOWN = ("start_char", "table", "kind", "exact", "value", "comparator", "sentence")
# How many incomplete rows to name.
_MOST_INCOMPLETE = 20


def register(commands: Commands) -> None:
    """Add the commands of this subject."""
    evidence = commands.add("evidence", _evidence, WORDS)
    worded = [
        commands.names(name) for name in ("figures", "trends", "statements", "agreement_events")
    ]
    evidence.add_argument("id", metavar="ID", choices=Offered(*worded), help="F034, S010, ...")
    evidence.add_argument(
        "--context",
        metavar="SIZE",
        choices=Offered(["sentence", "paragraph", "document"]),
        type=_context_size,
        default=60,
        help="characters on each side (60), or sentence, paragraph or document",
    )
    verify = commands.add("verify", _verify, TEXTS)
    for added in (evidence, verify):
        added.add_argument("--documents", metavar="FOLDER", help="folder with the five texts")
    verify.add_argument(
        "--require-documents", action="store_true", help="fail if the documents are missing"
    )
    draft = commands.add("draft", _draft)
    draft.add_argument("document", metavar="FILE", help="a text in UTF-8")
    draft.add_argument(
        "--table",
        metavar="TABLE",
        choices=DRAFTED,
        help="documents, figures, excluded_numbers or statements",
    )
    draft.add_argument("--no-header", action="store_true", help="only the rows, ready to append")
