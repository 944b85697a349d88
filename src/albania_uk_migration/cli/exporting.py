"""The commands for files that other programs open, and for a local website: export, serve."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, TextIO

from ..wording import counted, printable
from .output import beside, paragraph

if TYPE_CHECKING:
    from .commands import Commands

_PORT = 8001
_FIGURES = "/albania-uk-migration/figures"
# What to try first.
_EXAMPLES = {
    "figures about returns": f"{_FIGURES}?measure=returns",
    "the same as JSON": f"{_FIGURES}.json?measure=returns&_shape=array",
    "a search": f"{_FIGURES}?_search=communique",
}
# The names of formats, which a test compares with what export can write.
FORMATS = ("csv", "sqlite", "json", "jsonl", "jsonld", "zip", "xlsx", "duckdb", "parquet")


def _export(options: argparse.Namespace, out: TextIO) -> int:
    from ..exporting.export import written_to

    asked = options.tables or None
    tables = written_to(options.to, asked, options.package, options.format, options.overwrite)
    what = tables[0] if len(tables) == 1 else counted(len(tables), "table")
    out.writelines(paragraph(f"Wrote {printable(options.to)}: {what}."))
    return 0


def _serve(options: argparse.Namespace, out: TextIO) -> int:
    if options.get is not None:
        return _answer(options, out)
    from ..exporting.serving import serving

    try:
        with serving(options.package, options.port) as server:
            out.writelines(paragraph(f"Open {server.address}/ in a browser. Ctrl-C ends it."))
            examples = [(what, server.address + path) for what, path in _EXAMPLES.items()]
            out.writelines(beside(examples))
            out.flush()
            server.wait()
    except KeyboardInterrupt:
        return 0
    return 0


def _answer(options: argparse.Namespace, out: TextIO) -> int:
    from ..exporting.serving import answer_of

    if not options.get.startswith("/"):
        options.usage(f"The path begins with a slash: --get /{printable(options.get)}.")
    out.write(answer_of(options.package, options.get))
    return 0


def _port(text: str) -> int:
    """The argument of --port."""
    if not (text.isascii() and text.isdigit() and len(text) < 6 and int(text) < 2**16):
        raise argparse.ArgumentTypeError(f'"{text}" is not a number from 0 to 65535')
    return int(text)


def register(commands: Commands) -> None:
    """Add the commands of this subject."""
    export = commands.add("export", _export, ())
    export.add_argument(
        "to",
        metavar="FILE",
        help="the file to write; its ending says the format: tables.xlsx. Or a folder",
    )
    export.add_argument(
        "--tables",
        action="extend",
        nargs="+",
        metavar="TABLE",
        choices=list(commands.package.resources),
        help="only these tables, named after FILE: --tables figures trends",
    )
    export.add_argument(
        "--format",
        metavar="FORMAT",
        choices=FORMATS,
        help=f"{', '.join(FORMATS)} (by default, the ending of FILE); json and parquet make a "
        "folder if FILE has no such ending",
    )
    export.add_argument(
        "--overwrite", action="store_true", help="replace what an earlier export wrote"
    )
    serve = commands.add("serve", _serve, ())
    serve.add_argument(
        "--port",
        metavar="PORT",
        type=_port,
        default=_PORT,
        help=f"the port on this machine ({_PORT} by default); 0 for any free one",
    )
    serve.add_argument(
        "--get",
        metavar="PATH",
        help="print what this path answers, such as /albania-uk-migration/figures.json, and end",
    )
