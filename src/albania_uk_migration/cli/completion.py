"""Scripts that let a shell complete the commands: words written out, so that they cost nothing.

Commands and options are read from the parser, names from the tables, once, when the script is made.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from ..citing.catalogues import FORMS
from ..citing.styles import STYLES
from ..errors import UnknownNameError
from ..tables.access import records, table_names
from ..tables.package import package
from .output import FORMATS, PROGRAM

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping

    from .commands import Commands


SHELLS = ("bash", "zsh", "fish")

# Commands whose argument is a table.
_OF_TABLES = ("show", "describe", "path", "cite")


def _values() -> dict[str, list[str]]:
    """What may follow an option."""
    names = {
        "measure": "measures",
        "population": "populations",
        "claimant": "actors",
        "agreement": "agreements",
        "document": "documents",
    }
    known = {
        f"--{option}": [str(row[package().key(table)[0]]) for row in records(table)]
        for option, table in names.items()
    }
    kinds = ["document", "statement", "event"]
    return {
        "--format": list(FORMATS),
        "--style": list(STYLES),
        "--table": table_names(),
        "--kind": kinds,
        **known,
    }


def _options(command: argparse.ArgumentParser) -> list[str]:
    options = (option for action in command._actions for option in action.option_strings)
    return [option for option in options if option.startswith("--")]


def _bash(program: str, commands: Mapping[str, argparse.ArgumentParser]) -> str:
    function = "_" + program.replace("-", "_")
    after = "\n".join(
        f'    {option}) COMPREPLY=($(compgen -W "{" ".join(words)}" -- "$cur")); return ;;'
        for option, words in _values().items()
    )
    per_command = "\n".join(
        f'    {name}) words="{" ".join([*_options(command), *_arguments(name)])}" ;;'
        for name, command in commands.items()
    )
    return f"""\
{function}() {{
  local cur="${{COMP_WORDS[COMP_CWORD]}}" prev="${{COMP_WORDS[COMP_CWORD-1]}}" words=""
  case "$prev" in
{after}
  esac
  case "${{COMP_WORDS[1]}}" in
{per_command}
  esac
  if [ "$COMP_CWORD" -eq 1 ]; then words="{" ".join(commands)} --help --version"; fi
  COMPREPLY=($(compgen -W "$words" -- "$cur"))
}}
complete -o default -F {function} {program}
"""


def _arguments(command: str) -> list[str]:
    if command in _OF_TABLES:
        return table_names()
    return list({"completion": SHELLS, "metadata": FORMS}.get(command, ()))


def _fish(program: str, commands: Mapping[str, argparse.ArgumentParser]) -> str:
    lines = []
    values = _values()
    for name, command in commands.items():
        summary = str(command.description).replace("'", "\\'")
        lines.append(f"complete -c {program} -n __fish_use_subcommand -f -a {name} -d '{summary}'")
        seen = f"-n '__fish_seen_subcommand_from {name}'"
        if _arguments(name):
            lines.append(f"complete -c {program} {seen} -f -a '{' '.join(_arguments(name))}'")
        for option in _options(command):
            words = f" -x -a '{' '.join(values[option])}'" if option in values else ""
            lines.append(f"complete -c {program} {seen} -l {option[2:]}{words}")
    return "\n".join(lines) + "\n"


def script(shell: str, program: str, commands: Mapping[str, argparse.ArgumentParser]) -> str:
    """The script of a shell that completes commands, options, tables and identifiers."""
    if shell == "fish":
        return _fish(program, commands)
    start = "autoload -U +X bashcompinit && bashcompinit\n" if shell == "zsh" else ""
    return start + _bash(program, commands)


def _completion(options: argparse.Namespace, out: TextIO) -> int:

    if options.shell not in SHELLS:
        raise UnknownNameError("shell", options.shell, SHELLS)
    out.write(script(options.shell, PROGRAM, options.commands))
    return 0


def register(commands: Commands) -> None:
    """Add the commands of this subject."""
    completion = commands.add("completion", _completion, "A script that completes commands.", "")
    completion.add_argument("shell", metavar="SHELL", help="bash, zsh or fish")
