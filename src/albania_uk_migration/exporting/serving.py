"""A local website of the tables, by Datasette, in a process of its own."""

from __future__ import annotations

import contextlib
import errno
import importlib.util
import json
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
from typing import IO, TYPE_CHECKING

from ..errors import AlbaniaUkMigrationError, MissingExtraError
from .datasette_metadata import DATABASE, metadata_of
from .export import export
from .selection import as_json

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..tables.package import Package

# Only this machine can ask.
_HOST = "127.0.0.1"
# What a page says beside the rows: short lists of values to filter by, chosen in the metadata. A
# slow machine gets more than Datasette's 200 milliseconds to make them.
_SETTINGS = {
    "suggest_facets": "off",
    "default_facet_size": "10",
    "facet_time_limit_ms": "2000",
}
# A plugin of Datasette: a whole number in a column with decimals is 12658, not 12658.0.
_PLUGIN = b"""\
from datasette import hookimpl


@hookimpl
def render_cell(value):
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
"""
# Seconds between two looks at whether Datasette answers, and seconds for it to end.
_PAUSE, _PATIENCE = 0.05, 10


def answer_of(package: Package, path: str) -> str:
    """What Datasette answers to a path, without opening a port.

    Raises MissingExtraError without Datasette, AlbaniaUkMigrationError if it has no answer.
    """
    with _command(package) as command:
        done = subprocess.run(
            [*command, "--get", path], capture_output=True, encoding="utf-8", check=False
        )
    if done.returncode and done.stdout:
        raise AlbaniaUkMigrationError(f"Datasette cannot answer {path}: {_reason(done.stdout)}.")
    if done.returncode:
        raise _failed(done.stderr)
    return done.stdout


def _reason(answer: str) -> str:
    """Why Datasette does not answer: in JSON the error, on a page its title.

    Where the library rich is installed, a stack trace comes first.
    """
    last = answer.splitlines()[-1]
    with contextlib.suppress(ValueError, LookupError, TypeError):
        return str(json.loads(last)["error"])
    title = re.search("<title>(.*)</title>", answer)
    return title[1] if title else "there is no such page"


class Server:
    """A running Datasette: its address without a slash at the end, and its process."""

    def __init__(self, command: list[str], port: int, log: IO[bytes]) -> None:
        self.address = f"http://{_HOST}:{port}"
        self._port, self._log = port, log
        self.process = subprocess.Popen(
            [*command, "--host", _HOST, "--port", str(port)], stdout=log, stderr=log
        )

    def wait(self) -> None:
        """Return when the process has been ended, or raise if it ended by an error of its own."""
        if self.process.wait() > 0:
            self._complain()

    def wait_until_it_answers(self) -> None:
        """Return when someone can connect."""
        while not self._answers():
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(_PAUSE)
                self._complain()

    def _answers(self) -> bool:
        with contextlib.suppress(OSError), socket.create_connection((_HOST, self._port), _PAUSE):
            return True
        return False

    def _complain(self) -> None:
        self._log.seek(0)
        raise _failed(self._log.read().decode("utf-8", "replace"))

    def end(self) -> None:
        """End the process and wait for it."""
        self.process.terminate()
        try:
            self.process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


@contextlib.contextmanager
def serving(package: Package, port: int) -> Iterator[Server]:
    """A Datasette that answers on a port of this machine, any free one for 0, until the end.

    Raises MissingExtraError without Datasette, AlbaniaUkMigrationError if the port is not free or
    Datasette fails.
    """
    free = _free(port)
    with _command(package) as command, tempfile.TemporaryFile() as log:
        server = Server(command, free, log)
        try:
            server.wait_until_it_answers()
            yield server
        finally:
            server.end()


@contextlib.contextmanager
def _command(package: Package) -> Iterator[list[str]]:
    """The command that starts Datasette on a new database, in a folder that is then removed."""
    if importlib.util.find_spec("datasette") is None:
        raise MissingExtraError("a local website of the tables", "Datasette", "serve")
    with _signals_interrupt(), tempfile.TemporaryDirectory(prefix=f"{DATABASE}-") as folder:
        database = os.path.join(folder, f"{DATABASE}.sqlite")
        metadata, plugins = os.path.join(folder, "metadata.json"), os.path.join(folder, "plugins")
        export(database, package=package)
        os.mkdir(plugins)
        for path, text in (
            (metadata, as_json(metadata_of(package), indent=2)),
            (os.path.join(plugins, "whole_numbers.py"), _PLUGIN),
        ):
            with open(path, "wb") as file:
                file.write(text)
        settings = [word for pair in _SETTINGS.items() for word in ("--setting", *pair)]
        # -P: a file of the user called csv.py or datasette.py must not replace a library.
        start = [sys.executable, "-P", "-X", "utf8", "-m", "datasette", "serve", *settings]
        files = ["--immutable", database, "--plugins-dir", plugins, "--metadata", metadata]
        yield [*start, *files]


@contextlib.contextmanager
def _signals_interrupt() -> Iterator[None]:
    """Let the signals that end a program do what Ctrl-C does, so that the folder is removed."""
    names = [getattr(signal, name, None) for name in ("SIGTERM", "SIGHUP")]
    ending = [one for one in names if one and signal.getsignal(one) is signal.SIG_DFL]
    for one in ending:
        signal.signal(one, signal.default_int_handler)
    try:
        yield
    finally:
        for one in ending:
            signal.signal(one, signal.SIG_DFL)


def _free(port: int) -> int:
    """The port, or a free one for 0; raises if the port cannot be had."""
    with socket.socket() as probe:
        if os.name != "nt":
            # As the server does: a port that was in use a minute ago is free.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((_HOST, port))
        except OSError as error:
            taken = error.errno == errno.EADDRINUSE
            why = "is in use" if taken else f"cannot be opened: {error.strerror}"
            raise AlbaniaUkMigrationError(
                f"Port {port} {why}. Add --port 0 for any free port, or the number of another."
            ) from None
        return int(probe.getsockname()[1])


def _failed(log: str) -> AlbaniaUkMigrationError:
    """What Datasette complained of last."""
    last = (log.strip() or "no reason given").splitlines()[-1]
    return AlbaniaUkMigrationError(f"Datasette failed: {last}")
