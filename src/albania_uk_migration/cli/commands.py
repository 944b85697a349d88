"""What all commands share: a name, a summary, formats, and a day to look back to."""

from __future__ import annotations

import argparse
import itertools
from typing import TYPE_CHECKING, Any, NoReturn

from ..errors import UnknownNameError
from .output import FORMATS, PROGRAM, beside, paragraph
from .summaries import SUMMARIES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
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


class UsageError(Exception):
    """A wrongly typed command: what is wrong, and how to see its help."""

    def __init__(self, message: str, parser: argparse.ArgumentParser) -> None:
        super().__init__(message)
        self.help = f"Help: {parser.prog} --help"


# How a message of argparse begins, and what we say instead; {} is the rest of it.
_SAID = {
    "the following arguments are required: ": "Something is missing. Add {}.",
    "ambiguous option: ": "Which option do you mean? {}.",
}
_NO_VALUE = ": expected one argument"


class Parser(argparse.ArgumentParser):
    """A parser that explains commands and mistakes in plain words."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self._positionals.title, self._optionals.title = None, "Options"
        # Commands in groups, each with its summary, for the help of the whole program.
        self.listing: dict[str, dict[str, str]] = {}

    def error(self, message: str) -> NoReturn:
        """Say what is wrong; the program then ends with status 2."""
        message = message.removeprefix("argument ")
        if message.endswith(_NO_VALUE):
            message = f"{message.removesuffix(_NO_VALUE)} needs a value."
        for begin, said in _SAID.items():
            if message.startswith(begin):
                message = said.format(message.removeprefix(begin))
        raise UsageError(message, self)

    def parse_args(  # type: ignore[override]
        self, args: Sequence[str] | None = None, namespace: None = None
    ) -> argparse.Namespace:
        """Read the options; for an unknown option, suggest the nearest one."""
        import difflib

        options, unknown = self.parse_known_args(args, namespace)
        if unknown:
            parser: Parser = getattr(options, "parser", self)
            if not unknown[0].startswith("-"):
                parser.error(f'"{unknown[0]}" is one argument too many.')
            near = difflib.get_close_matches(unknown[0], parser._option_string_actions, n=1)
            advice = f' Did you mean "{near[0]}"?' if near else ""
            parser.error(f'No option called "{unknown[0]}".{advice}')
        return options

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        """Treat an unknown value as an unknown name, and suggest the nearest one."""
        if action.choices is None or value in action.choices:
            return
        kind = _KINDS.get(action.dest, action.dest)
        if not isinstance(action, argparse._SubParsersAction):
            raise UnknownNameError(kind, value, map(str, action.choices))
        error = UnknownNameError("command", value, SUMMARIES)
        raise UsageError(str(error) if error.nearest else f'No command called "{value}".', self)

    def format_usage(self) -> str:
        """How to type the command, on one line, with optional parts in brackets."""
        words = [self.prog, *(["COMMAND"] if self.listing else [])]
        for action in self._actions:
            if action.required or not (action.option_strings or self.listing):
                word = _typed(action)
                words.append(word if action.required else f"[{word}]")
        return "".join(paragraph(f"Usage: {' '.join(words)} [options]"))

    def format_help(self) -> str:
        """The full help of a command, wrapped to the terminal."""
        lines = [self.format_usage(), "\n", *paragraph(str(self.description))]
        for group in self._action_groups:
            actions = [
                action
                for action in group._group_actions
                if not isinstance(action, argparse._SubParsersAction)
            ]
            if actions:
                lines += ["\n", *([f"{group.title}:\n"] if group.title else [])]
                lines += beside([(_typed(action), action.help or "") for action in actions])
        for title, commands in self.listing.items():
            lines += ["\n", f"{title}:\n", *beside([*commands.items()], max(map(len, SUMMARIES)))]
        return "".join(lines + (["\n", *paragraph(self.epilog)] if self.epilog else []))


def _typed(action: argparse.Action) -> str:
    """An argument as you type it: its option, and a word for its value."""
    names = ", ".join(action.option_strings)
    return " ".join(filter(None, (names, "" if action.nargs == 0 else action.metavar)))  # type: ignore[arg-type]


# What an argument names, where that is not what it is called.
_KINDS = {
    "id": "figure",
    "card": "figure",
    "freq": "frequency",
    "form": "form of description",
    "series": "official measure",
    "tables": "table",
}


class Names:
    """The cells of a column as the valid values of an argument, read when needed."""

    def __init__(self, package: Package, table: str, column: str, cells: dict[str, str]) -> None:
        self.package, self.table, self.column, self.cells = package, table, column, cells

    def __iter__(self) -> Iterator[str]:
        rows = self.package.rows(self.table)
        having = [row for row in rows if self.cells.items() <= row.items()]
        return iter(dict.fromkeys(str(row[self.column]) for row in having))

    def __contains__(self, name: object) -> bool:
        return any(name == known for known in self)


class Offered:
    """Values that completion offers for an argument that takes others too."""

    def __init__(self, *values: Iterable[str]) -> None:
        self.values = values

    def __iter__(self) -> Iterator[str]:
        return itertools.chain.from_iterable(self.values)

    def __contains__(self, name: object) -> bool:
        return True


class Commands:
    """The commands of a parser; each subject adds its own. They use a package of tables."""

    def __init__(self, parser: argparse.ArgumentParser, package: Package) -> None:
        self._parsers = parser.add_subparsers(metavar="COMMAND", prog=PROGRAM)
        self.package = package

    def names(self, table: str, **cells: str) -> Names:
        """The identifiers of a table's rows, or of those with certain cells."""
        (key,) = self.package.key(table)
        return Names(self.package, table, key, cells)

    def column(self, table: str, column: str) -> Names:
        """The values in a column of a table."""
        return Names(self.package, table, column, {})

    def identifiers(self) -> Offered:
        """Every identifier that alone names a row."""
        keyed = [name for name in self.package.resources if len(self.package.key(name)) == 1]
        return Offered(*map(self.names, keyed))

    def add(
        self,
        name: str,
        run: Callable[[argparse.Namespace, TextIO], int],
        formats: tuple[str, ...] = FORMATS,
        as_of: bool = False,
    ) -> argparse.ArgumentParser:
        """Add a command that `run` answers, and return its parser, to which you add arguments.

        `summaries` says what it does. All commands have the same options for the format of the
        answer.
        """
        added = self._parsers.add_parser(
            name, help=SUMMARIES[name], description=SUMMARIES[name], add_help=False
        )
        added.set_defaults(run=run, usage=added.error, parser=added)
        add = added.add_argument_group("Output").add_argument
        if as_of:
            add("--as-of", metavar="DAY", help="only what was known on a day (2023-05-01)")
            add(
                "--uncertain",
                action="store_true",
                help="with --as-of: also what may have been known by then",
            )
        if formats:
            told = _FORMATS_IN_WORDS[formats]
            add("--format", metavar="FORMAT", choices=formats, help=told)
        if formats == FORMATS:
            add("--columns", metavar="A,B,...", help="only these columns, in this order")
            add("--all", action="store_true", help="every row, however many screens")
        if formats:
            add("--notes", action="store_true", help="every caution, and what we left out")
            add("--quiet", action="store_true", help="print no messages")
        add("-h", "--help", action="help", help="this help")
        return added
