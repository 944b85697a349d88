"""The command line, run in the process of the test: as a user meets it, without a new Python.

A test that is about the process itself (a closed pipe, a full disk, a terminal, bytes that are not
UTF-8) starts one by `process`.
"""

from __future__ import annotations

import contextlib
import csv
import io
import os
import subprocess
import sys
from collections.abc import Iterator
from typing import Any, NamedTuple
from unittest import mock

from albania_uk_migration.cli import main as cli

from .altered_tables import ROOT


class Done(NamedTuple):
    """What a command left behind."""

    returncode: int
    stdout: str
    stderr: str


# What would make one machine's output differ from another's.
_OF_THE_MACHINE = ("COLUMNS", "LINES", "NO_COLOR", "FORCE_COLOR", "TERM")


def _kept() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name not in _OF_THE_MACHINE}


@contextlib.contextmanager
def captured(encoding: str = "utf-8") -> Iterator[tuple[io.BytesIO, io.BytesIO]]:
    """Standard output and standard error as bytes, both no terminal."""
    out, err = io.BytesIO(), io.BytesIO()
    streams = [io.TextIOWrapper(into, encoding, write_through=True) for into in (out, err)]
    with mock.patch.multiple(sys, stdout=streams[0], stderr=streams[1], __stdout__=streams[0]):
        yield out, err
        for stream in streams:
            stream.flush()
            stream.detach()


def run(*arguments: str, **environment: str) -> Done:
    """Run a command from the top of the checkout; the environment's changes hold for it alone."""
    with (
        contextlib.chdir(ROOT),
        mock.patch.dict(os.environ, {**_kept(), **environment}, clear=True),
        captured(environment.get("PYTHONIOENCODING", "utf-8")) as (out, err),
    ):
        try:
            status: Any = cli.main(arguments)
        except SystemExit as stopped:
            status = stopped.code
    return Done(status or 0, out.getvalue().decode("utf-8"), err.getvalue().decode("utf-8"))


def process(*arguments: str | bytes, **options: Any) -> subprocess.Popen[bytes]:
    """A command in a process of its own, its streams pipes if `options` do not say otherwise."""
    environment = {**_kept(), "PYTHONPATH": str(ROOT / "src"), **options.pop("env", {})}
    return subprocess.Popen(
        [sys.executable, "-m", "albania_uk_migration", *arguments],
        **{"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "cwd": ROOT, **options},
        env=environment,
    )


def finished(*arguments: str | bytes, **options: Any) -> tuple[int, bytes, bytes]:
    """The same, waited for: exit status, output, messages."""
    with process(*arguments, **options) as command:
        out, err = command.communicate()
    return command.returncode, out or b"", err or b""


def read_csv(text: str) -> list[dict[str, str]]:
    """Rows of a CSV text, as text cells."""
    return list(csv.DictReader(io.StringIO(text)))
