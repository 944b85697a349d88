"""What every command of the command line has: a name, a summary, formats, a day to look back to."""

from __future__ import annotations

import argparse
import itertools
from typing import TYPE_CHECKING, Any, NoReturn

from ..errors import UnknownNameError
from .output import FORMATS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import TextIO

    from ..tables.package import Package

TEXTS = ("text", "json")
WORDS = ("text", "json", "annotation")
_FORMATS_IN_WORDS = {
    FORMATS: "table (the default on a terminal), csv (the default elsewhere), json, jsonl or "
    "markdown",
    TEXTS: "text (the default) or json",
    WORDS: "text (the default), json, or annotation (W3C Web Annotation)",
}


class Parser(argparse.ArgumentParser):
    """A parser that names the nearest command, or the nearest value, where one is misspelt."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong, with the nearest command, and leave with status 2."""
        import difflib
        import re

        asked = re.search(r"invalid choice: '(.*?)' \(choose from (.*)\)", message)
        if asked:
            commands = re.findall(r"[\w-]+", asked[2])
            near = difflib.get_close_matches(asked[1], commands, n=1)
            message = f'no command "{asked[1]}"; '
            message += f'did you mean "{near[0]}"?' if near else f"there are {', '.join(commands)}"
        super().error(message)

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        """An unknown value is an unknown name, with the nearest one that there is."""
        if isinstance(action, argparse._SubParsersAction):
            super()._check_value(action, value)
        elif action.choices is not None and value not in action.choices:
            kind = _KINDS.get(action.dest, action.dest)
            raise UnknownNameError(kind, value, map(str, action.choices))


# What an argument names, where that is not what it is called.
_KINDS = {"freq": "frequency", "form": "form of description", "series": "official measure"}


class Names:
    """The cells of a column, as the values that an argument may have; read when asked for."""

    def __init__(self, package: Package, table: str, column: str, cells: dict[str, str]) -> None:
        self.package, self.table, self.column, self.cells = package, table, column, cells

    def __iter__(self) -> Iterator[str]:
        rows = self.package.rows(self.table)
        having = [row for row in rows if self.cells.items() <= row.items()]
        return iter(dict.fromkeys(str(row[self.column]) for row in having))

    def __contains__(self, name: object) -> bool:
        return any(name == known for known in self)


class Offered:
    """Values that completion offers for an argument, which takes others too."""

    def __init__(self, *values: Iterable[str]) -> None:
        self.values = values

    def __iter__(self) -> Iterator[str]:
        return itertools.chain.from_iterable(self.values)

    def __contains__(self, name: object) -> bool:
        return True


class Commands:
    """The commands of a parser, to which each subject adds its own, over a package of tables."""

    def __init__(self, parser: argparse.ArgumentParser, package: Package) -> None:
        self._parsers = parser.add_subparsers(title="commands", metavar="COMMAND")
        self.package = package

    def names(self, table: str, **cells: str) -> Names:
        """The identifiers of a table, of the rows that have some cells."""
        (key,) = self.package.key(table)
        return Names(self.package, table, key, cells)

    def column(self, table: str, column: str) -> Names:
        """The values that stand in a column of a table."""
        return Names(self.package, table, column, {})

    def identifiers(self) -> Offered:
        """Every identifier that names a row by itself."""
        keyed = [name for name in self.package.resources if len(self.package.key(name)) == 1]
        return Offered(*map(self.names, keyed))

    def add(
        self,
        name: str,
        run: Callable[[argparse.Namespace, TextIO], int],
        summary: str,
        formats: tuple[str, ...] = FORMATS,
        as_of: bool = False,
    ) -> argparse.ArgumentParser:
        """A command that `run` answers, its parser still to be given arguments."""
        escaped = summary.replace("%", "%%")
        added = self._parsers.add_parser(name, help=escaped, description=escaped)
        added.set_defaults(run=run, usage=added.error)
        if formats:
            told = _FORMATS_IN_WORDS[formats]
            added.add_argument("--format", metavar="FORMAT", choices=formats, help=told)
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
