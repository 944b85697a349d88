"""What every command of the command line has: a name, a summary, formats, a day to look back to."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable
    from typing import TextIO

TABLES = "table (the default on a terminal), csv (the default elsewhere), json, jsonl or markdown"
TEXTS = "text (the default) or json"
WORDS = "text (the default), json, or annotation (W3C Web Annotation)"


class Commands:
    """The commands of a parser, to which each subject adds its own."""

    def __init__(self, parser: argparse.ArgumentParser) -> None:
        self._parsers = parser.add_subparsers(title="commands", metavar="COMMAND")

    def add(
        self,
        name: str,
        run: Callable[[argparse.Namespace, TextIO], int],
        summary: str,
        formats: str = TABLES,
        as_of: bool = False,
    ) -> argparse.ArgumentParser:
        """A command that `run` answers, its parser still to be given arguments."""
        escaped = summary.replace("%", "%%")
        added = self._parsers.add_parser(name, help=escaped, description=escaped)
        added.set_defaults(run=run, usage=added.error, commands=self._parsers.choices)
        if formats:
            added.add_argument("--format", metavar="FORMAT", help=formats)
        if as_of:
            added.add_argument(
                "--as-of", metavar="DAY", help="with what was known on a day (2023-05-01)"
            )
            added.add_argument(
                "--uncertain",
                action="store_true",
                help="with --as-of: also what may have been known by then",
            )
        return added
