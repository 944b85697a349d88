"""Run a command of a client, and read table after table, for the programs in Python."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from .canonical import line, tables


def run(*command: str, cwd: str | None = None, stdin: str = "") -> str:
    """What a command prints, one of this environment first; CalledProcessError where it fails."""
    beside = Path(sys.executable).parent / command[0]
    done = subprocess.run(
        [str(beside) if beside.exists() else command[0], *command[1:]],
        cwd=cwd,
        input=stdin,
        capture_output=True,
        check=True,
        encoding="utf-8",
    )
    return done.stdout


def each(folder: str, read: Callable[[str, str, dict[str, str]], None]) -> None:
    """Read every table: name, CSV file, types. Where the client fails, say so and go on."""
    for name, path, types in tables(folder):
        try:
            read(name, path, types)
        except subprocess.CalledProcessError as error:
            said = error.stderr.strip().splitlines() or [str(error)]
            line(table=name, failed=said[-1])
        except Exception as error:
            line(table=name, failed=f"{type(error).__name__}: {error}")
