"""The command line: tables, series, rows, evidence, verification, validation.

Data go to standard output, messages to standard error. Exit status: 0 good, 1 a check
failed or a file is at fault, 2 wrong usage, 3 an unknown name.
"""

from __future__ import annotations

import argparse
import contextlib
import importlib
import io
import os
import sys
from typing import TYPE_CHECKING, NoReturn, TextIO

from .. import __version__
from ..errors import AlbaniaUkMigrationError, ComparisonError, EdtfError, UnknownNameError
from ..tables.access import records
from ..tables.package import Viewing
from .commands import Commands
from .output import PROGRAM, note

if TYPE_CHECKING:
    from collections.abc import Sequence


# The commands of each subject, which has a module of its own; only the one asked for is loaded.
SUBJECTS = {
    "series": (
        "returns",
        "arrivals",
        "changes",
        "funding",
        "timeline",
        "figures",
        "first-stated",
    ),
    "tables": (
        "list",
        "show",
        "describe",
        "get",
        "path",
    ),
    "proof": (
        "evidence",
        "verify",
        "draft",
    ),
    "official": (
        "official",
        "check-claims",
    ),
    "comparing": (
        "compare",
        "consistency",
        "disagreements",
        "implied",
    ),
    "citing": (
        "cite",
        "release-changes",
        "metadata",
    ),
    "rules": ("validate",),
    "completion": ("completion",),
}


class _Parser(argparse.ArgumentParser):
    """A parser that names the nearest command where one is misspelt."""

    def error(self, message: str) -> NoReturn:
        import difflib
        import re

        asked = re.search(r"invalid choice: '(.*?)' \(choose from (.*)\)", message)
        if asked:
            commands = re.findall(r"[\w-]+", asked[2])
            near = difflib.get_close_matches(asked[1], commands, n=1)
            message = f'no command "{asked[1]}"; '
            message += f'did you mean "{near[0]}"?' if near else f"there are {', '.join(commands)}"
        super().error(message)


def parser_for(command: str | None = None) -> argparse.ArgumentParser:
    """The parser of the subject that has a command, or, where none has it, of all commands."""
    parser = _Parser(
        prog=PROGRAM,
        description="Figures, agreements and statements of five documents on migration between "
        "Albania and the UK, proved against the documents. Without a command: what is inside.",
        epilog="Exit status: 0 good, 1 a check failed, 2 wrong usage, 3 an unknown name.",
    )
    parser.add_argument("--version", action="version", version=f"{PROGRAM} {__version__}")
    parser.set_defaults(run=_overview)
    commands = Commands(parser)
    having = [subject for subject, names in SUBJECTS.items() if command in names]
    for subject in having or SUBJECTS:
        importlib.import_module(f"{__package__}.{subject}").register(commands)
    return parser


def _overview(options: argparse.Namespace, out: TextIO) -> int:

    from .tables import overview

    return overview(options, out)


def _run(options: argparse.Namespace, out: TextIO) -> int:
    """Run a command, with the tables as they were known on a day where that is asked for."""
    day = getattr(options, "as_of", None)
    if day is None:
        if getattr(options, "uncertain", False):
            options.usage("--uncertain goes with --as-of DAY")
        return int(options.run(options, out))
    from ..series.known import known_on

    known = known_on(day, options.uncertain)
    documents = ", ".join(row["document_id"] for row in known["documents"]) or "no document"
    later = {str(row["figure_id"]) for row in records("figures")}
    later -= {str(row["figure_id"]) for row in known["figures"]}
    try:
        with Viewing(known):
            status = int(options.run(options, out))
    except UnknownNameError as error:
        if error.asked in later:
            known_not = f"it was not yet known on {day}; leave out --as-of"
            raise UnknownNameError("figure", error.asked, [], known_not) from None
        raise
    note(f"As known on {day}{', or perhaps' if options.uncertain else ''}: {documents}.")
    return status


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit status."""
    _prepare_streams()
    try:
        return _answered(sys.argv[1:] if arguments is None else arguments)
    except BrokenPipeError:
        # Whoever read has read enough.
        _write_nowhere(sys.stdout)
        return 0
    except KeyboardInterrupt:
        return _INTERRUPTED
    except OSError as error:
        _write_nowhere(sys.stdout)
        _complain(f"{PROGRAM}: cannot write: {error.strerror}")
        return 1


# What a shell gives for a program that was ended by Ctrl-C (128 + SIGINT).
_INTERRUPTED = 130


def _prepare_streams() -> None:
    """UTF-8 with LF, whatever the console; a stream that was closed (`>&-`) takes nothing."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, io.TextIOWrapper(io.FileIO(os.devnull, "w"), "utf-8"))
        elif hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")


def _write_nowhere(stream: TextIO) -> None:
    """Nothing more goes to a stream: what is still waiting would only fail once more."""
    with contextlib.suppress(io.UnsupportedOperation), open(os.devnull, "wb") as nowhere:
        os.dup2(nowhere.fileno(), stream.fileno())


def _complain(text: str) -> None:
    """Lines on standard error, whether or not anybody reads them."""
    try:
        for line in text.splitlines():
            note(line)
    except BrokenPipeError:
        _write_nowhere(sys.stderr)


def _answered(arguments: Sequence[str]) -> int:
    """Run the command that is asked for; say what went wrong in it."""
    asked = arguments[0] if arguments else None
    # A script that completes commands needs them all.
    parser = parser_for(None if asked == "completion" else asked)
    options = parser.parse_args(arguments)
    try:
        status = _run(options, sys.stdout)
        sys.stdout.flush()
    except (UnknownNameError, EdtfError, ComparisonError) as error:
        _complain(f"{PROGRAM}: {error}")
        return 3 if isinstance(error, UnknownNameError) else 2
    except AlbaniaUkMigrationError as error:
        _complain(f"{PROGRAM}: {error}")
        return 1
    return status
