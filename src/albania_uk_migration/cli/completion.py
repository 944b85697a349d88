"""The command that prints a shell script for completing commands, options and values.

shtab makes the scripts from the parser of all commands, and scripts/fill.py writes them.
"""

from __future__ import annotations

import pkgutil
from typing import TYPE_CHECKING, TextIO

from .output import PROGRAM

if TYPE_CHECKING:
    import argparse

    from .commands import Commands


SHELLS = ("bash", "zsh", "fish")


def file_of(shell: str) -> str:
    """The path of a shell's script, from the folder of this module."""
    return f"completions/{PROGRAM}.{shell}"


def _completion(options: argparse.Namespace, out: TextIO) -> int:
    script = pkgutil.get_data(__package__ or "", file_of(options.shell))
    out.write((script or b"").decode("utf-8"))
    return 0


def register(commands: Commands) -> None:
    """Add the commands of this subject."""
    completion = commands.add("completion", _completion, ())
    completion.add_argument("shell", metavar="SHELL", choices=SHELLS, help="bash, zsh or fish")
