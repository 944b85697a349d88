"""The command line: tables, series, rows, evidence, verification, validation.

Data go to standard output, messages to standard error. Exit status: 0 success, 1 a check failed or
a file is faulty, 2 wrong usage, 3 an unknown name.
"""

from __future__ import annotations

import atexit
import contextlib
import gc
import importlib
import io
import os
import sys
from typing import TYPE_CHECKING, TextIO

from .. import __version__
from ..errors import AlbaniaUkMigrationError, ComparisonError, EdtfError, UnknownNameError
from ..tables.package import shipped
from .commands import Commands, Parser, UsageError
from .output import PROGRAM, beside, bold, note, paragraph
from .summaries import GROUPS

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from ..tables.package import Package


# The commands of each subject, which has a module of its own; we load only the one we need.
SUBJECTS = {
    "answers": ("check",),
    "page": ("explore",),
    "exporting": ("export",),
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
        "apparent-conflicts",
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


def parser_for(
    command: str | None = None, package: Package | None = None
) -> argparse.ArgumentParser:
    """The parser of the subject with a command or, for an unknown command, of all commands.

    The valid values of arguments come from a package, by default the shipped one.
    """
    parser = _bare_parser()
    commands = Commands(parser, package or shipped())
    having = [subject for subject, names in SUBJECTS.items() if command in names]
    for subject in having or SUBJECTS:
        importlib.import_module(f"{__package__}.{subject}").register(commands)
    return parser


def _bare_parser() -> Parser:
    """The parser without commands: enough for its help and for the first suggestions."""
    parser = Parser(prog=PROGRAM, description=_ABOUT, epilog=_STATUS, add_help=False)
    parser.add_argument("-h", "--help", action="help", help="this help")
    version = f"{PROGRAM} {__version__}"
    parser.add_argument("--version", action="version", version=version, help="the version")
    parser.listing = GROUPS
    return parser


_ABOUT = (
    "What five documents from 2022 to 2025 said about migration between Albania and the UK: every "
    "figure, with its wording, speaker and source. Check each claim against official statistics."
)
_STATUS = (
    "Help on a command: albania-uk-migration COMMAND --help. Exit status: 0 success, 1 "
    "failed check, 2 mistyped command, 3 unknown name."
)
# What to try first, in the order of a journalist's questions.
_STARTS = (
    ("check F034", "one claim, checked"),
    ("figures --measure returns", "all claims about returns"),
    ("returns", "how many Albanians were returned"),
    ("disagreements", "figures that disagree, and why"),
    ("cite F034", "how to cite a claim"),
)
_MORE = (("list", "the tables"), ("--help", "all commands"))


def _overview(out: TextIO) -> int:
    """Print what this is, what to try first, and how to see more."""
    out.write(f"{bold(f'{PROGRAM} {__version__}', out)}\n\n")
    out.writelines(paragraph(_ABOUT))
    for title, lines in (("Try", _STARTS), ("See more", _MORE)):
        out.write(f"\n{title}:\n")
        out.writelines(beside([(f"{PROGRAM} {line}", meaning) for line, meaning in lines]))
    return 0


def _run(options: argparse.Namespace, package: Package, out: TextIO) -> int:
    """Run a command, with the tables as they were known on a day if that is asked for."""
    options.package = package
    day = getattr(options, "as_of", None)
    if day is None:
        if getattr(options, "uncertain", False):
            options.usage("--uncertain needs --as-of DAY.")
        return int(options.run(options, out))
    from ..series.known import known_on

    options.package = known_on(package, day, options.uncertain)
    try:
        status = int(options.run(options, out))
    except UnknownNameError as error:
        figures = [
            {str(row["figure_id"]) for row in tables.rows("figures")}
            for tables in (package, options.package)
        ]
        if error.asked in figures[0] - figures[1]:
            known_not = f"It was not yet known on {day}. Leave out --as-of, or add --uncertain."
            raise UnknownNameError("figure", error.asked, [], known_not) from None
        raise
    known = options.package.rows("documents")
    documents = ", ".join(row["document_id"] for row in known) or "no document"
    note(f"As known on {day}{', or perhaps' if options.uncertain else ''}: {documents}.")
    return status


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit status."""
    _prepare_streams()
    # A command keeps what it reads; looking for garbage, now or at the end, costs a tenth of it.
    gc.set_threshold(1_000_000)
    atexit.register(gc.freeze)
    try:
        return _answered(sys.argv[1:] if arguments is None else arguments)
    except BrokenPipeError:
        # The reader of the pipe has closed it.
        _write_nowhere(sys.stdout)
        return 0
    except KeyboardInterrupt:
        return _INTERRUPTED
    except OSError as error:
        _write_nowhere(sys.stdout)
        _complain(f"Cannot write the output: {error.strerror}.")
        return 1


# The exit status that shells give after Ctrl-C (128 + SIGINT).
_INTERRUPTED = 130


def _prepare_streams() -> None:
    """Use UTF-8 with LF on any console, and discard what goes to a closed stream (`>&-`)."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, io.TextIOWrapper(io.FileIO(os.devnull, "w"), "utf-8"))
        elif hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")


def _write_nowhere(stream: TextIO) -> None:
    """Discard everything for a stream, because the waiting output would fail again."""
    with contextlib.suppress(io.UnsupportedOperation), open(os.devnull, "wb") as nowhere:
        os.dup2(nowhere.fileno(), stream.fileno())


def _complain(text: str) -> None:
    """Write lines to standard error, even if nobody reads them."""
    try:
        for line in text.splitlines():
            note(line)
    except BrokenPipeError:
        _write_nowhere(sys.stderr)


def _answered(arguments: Sequence[str]) -> int:
    """Run the command asked for, and say what went wrong, if anything."""
    try:
        if not arguments:
            status = _overview(sys.stdout)
        elif arguments[0] in ("-h", "--help"):
            _bare_parser().print_help()
            status = 0
        else:
            package = shipped()
            options = parser_for(arguments[0], package).parse_args(arguments)
            quiet = getattr(options, "quiet", False)
            with contextlib.redirect_stderr(io.StringIO()) if quiet else contextlib.nullcontext():
                status = _run(options, package, sys.stdout)
        sys.stdout.flush()
    except UsageError as error:
        _complain(f"{error}\n{error.help}")
        return 2
    except (UnknownNameError, EdtfError, ComparisonError) as error:
        _complain(str(error))
        return 3 if isinstance(error, UnknownNameError) else 2
    except AlbaniaUkMigrationError as error:
        _complain(str(error))
        return 1
    return status
