"""The command line on a terminal of any size: a pseudo-terminal, in the process of the test."""

from __future__ import annotations

import contextlib
import io
import os
import pty
import sys
import termios
import threading
from unittest import mock

from albania_uk_migration.cli import main as cli

from .altered_tables import ROOT


def on_terminal(*arguments: str, columns: int = 80, lines: int = 24) -> list[str]:
    """Lines of what a command prints, output and messages as they come, without colours."""
    ours, theirs = pty.openpty()
    termios.tcsetwinsize(theirs, (lines, columns))
    read: list[bytes] = []

    def reading() -> None:
        with contextlib.suppress(OSError):
            while part := os.read(ours, 65536):
                read.append(part)

    reader = threading.Thread(target=reading)
    reader.start()
    kept = {k: v for k, v in os.environ.items() if k not in ("COLUMNS", "LINES", "FORCE_COLOR")}
    with (
        io.TextIOWrapper(io.FileIO(theirs, "w"), "utf-8", write_through=True) as stream,
        contextlib.chdir(ROOT),
        mock.patch.dict(os.environ, {**kept, "NO_COLOR": "1"}, clear=True),
        mock.patch.multiple(sys, stdout=stream, stderr=stream, __stdout__=stream),
        contextlib.suppress(SystemExit),
    ):
        cli.main(arguments)
    reader.join()
    os.close(ours)
    return b"".join(read).decode("utf-8").replace("\r\n", "\n").splitlines()
