"""The command for files that other programs open: export."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from ..wording import counted, printable
from .output import paragraph

if TYPE_CHECKING:
    import argparse

    from .commands import Commands

# The names of formats, which a test compares with what export can write.
FORMATS = ("csv", "sqlite", "json", "jsonl", "jsonld", "zip", "xlsx", "duckdb", "parquet")


def _export(options: argparse.Namespace, out: TextIO) -> int:
    from ..exporting.export import written_to

    asked = options.tables or None
    tables = written_to(options.to, asked, options.package, options.format, options.overwrite)
    what = tables[0] if len(tables) == 1 else counted(len(tables), "table")
    out.writelines(paragraph(f"Wrote {printable(options.to)}: {what}."))
    return 0


def register(commands: Commands) -> None:
    """Add the command of this subject."""
    export = commands.add("export", _export, ())
    export.add_argument(
        "to",
        metavar="FILE",
        help="the file to write, such as tables.sqlite or figures.csv, or a folder",
    )
    export.add_argument(
        "--tables",
        nargs="+",
        metavar="TABLE",
        choices=list(commands.package.resources),
        help="only these tables",
    )
    export.add_argument(
        "--format",
        metavar="FORMAT",
        choices=FORMATS,
        help="the form, if the ending of FILE does not give it; json and parquet of a folder",
    )
    export.add_argument(
        "--overwrite", action="store_true", help="replace what an earlier export wrote"
    )
