"""Find the package's files: in `_data` of an installed copy, or in a checkout."""

from __future__ import annotations

import contextlib
import os
import re
import stat
from typing import TYPE_CHECKING, Any, BinaryIO

from ..errors import AlbaniaUkMigrationError, DataFileError

if TYPE_CHECKING:
    from collections.abc import Iterator

DESCRIPTOR = "datapackage.json"
# The folder of the whole package, not of this room.
_HERE = os.path.dirname(os.path.dirname(__file__))


def _read_installed(path: str) -> bytes:
    """The bytes of a file in `_data`, read by this module's own loader (from a folder or a zip)."""
    loader: Any = __spec__.loader
    return bytes(loader.get_data(os.path.join(_HERE, "_data", *path.split("/"))))


def checkout() -> str | None:
    """The folder of the checkout this module runs from; None for an installed package."""
    root = os.path.dirname(os.path.dirname(_HERE))
    if not os.path.isdir(_HERE) or os.path.exists(os.path.join(_HERE, "_data")):
        return None
    return root if os.path.exists(os.path.join(root, DESCRIPTOR)) else None


def read_file(path: str) -> bytes:
    """The bytes of a file of the package. Raises DataFileError."""
    try:
        return _read_installed(path)
    except OSError:
        pass
    root = checkout()
    try:
        if root is None:
            raise FileNotFoundError
        with open(os.path.join(root, *path.split("/")), "rb") as file:
            return file.read()
    except OSError:
        raise DataFileError(
            f"The data file {path} is missing from the package at {_HERE}. Install it again."
        ) from None


def path_of(path: str) -> str:
    """The path of a file of the package. Raises DataFileError if the package is in a zip."""
    root = checkout()
    found = os.path.join(root or os.path.join(_HERE, "_data"), *path.split("/"))
    if os.path.isfile(found):
        return found
    raise DataFileError(
        f"{path} is not a file here: the package at {_HERE} is in an archive, or "
        "incomplete. Write the table with: show TABLE --format csv"
    )


# ---------------------------------------------------------------- files of users


def opened(path: str, error: type[Exception]) -> BinaryIO:
    """A user's file, open for reading; raises `error` with the reason if that fails."""
    try:
        pipe = stat.S_ISFIFO(os.stat(path).st_mode)
        if not pipe or path.startswith(("/dev/", "/proc/")):
            return open(path, "rb")
    except (OSError, ValueError) as failed:
        why = failed.strerror if isinstance(failed, OSError) else str(failed)
        raise error(f"{path} cannot be read: {why}.") from None
    raise error(f"{path} is a pipe. Give a file.")


def bytes_of(path: str, most: int, error: type[Exception]) -> bytes:
    """All bytes of a user's file, at most `most`; read once, so that it cannot change meanwhile."""
    with opened(path, error) as file:
        data = file.read(most + 1)
    if len(data) > most:
        raise error(f"{path} is larger than {most:,} bytes, the most we read.")
    return data


@contextlib.contextmanager
def whole_file(path: str | os.PathLike[str], ending: str = "") -> Iterator[str]:
    """Where to write a file that becomes `path` at the end: whole, or not at all.

    What is written there can also be a folder, which replaces the folder `path`. Raises
    AlbaniaUkMigrationError if it cannot be written.
    """
    # Loaded here because only commands that write files need it.
    import tempfile

    folder, name = _place_of(path)
    try:
        _clear_stale(folder, name)
        # We write in a new folder beside the file, so that nobody can plant a link there.
        prefix = f".{name}.{os.getpid()}."
        with tempfile.TemporaryDirectory(prefix=prefix, dir=folder) as own:
            made = os.path.join(own, f"new{ending}")
            yield made
            old = os.path.join(own, _OLD)
            try:
                if os.path.isdir(made) and os.path.isdir(path):
                    os.replace(path, old)
                os.replace(made, path)
            except BaseException:
                # With Ctrl-C too, what was there comes back before the folder beside it goes.
                if os.path.lexists(old) and not os.path.lexists(path):
                    os.replace(old, path)
                raise
    except OSError as error:
        missing = isinstance(error, FileNotFoundError | NotADirectoryError)
        if missing and not os.path.isdir(folder):
            why = f"there is no folder {folder}"
        else:
            why = error.strerror or str(error)
        raise AlbaniaUkMigrationError(f"Cannot write {os.fspath(path)}: {why}.") from None


def _place_of(path: str | os.PathLike[str]) -> tuple[str, str]:
    """The folder and name of a file to write; raises AlbaniaUkMigrationError if it can be none."""
    name = os.fspath(path)
    try:
        if "\0" in os.fsdecode(os.fsencode(name)):
            raise ValueError
    except ValueError:
        raise AlbaniaUkMigrationError(f"{name!a} cannot be the name of a file.") from None
    # Whoever may write there would put a file in place of the device; /dev/stdout is such a link.
    device = os.path.islink(name) and os.readlink(name).startswith("/proc/")
    if device or (os.path.exists(name) and not (os.path.isfile(name) or os.path.isdir(name))):
        raise AlbaniaUkMigrationError(f"{name} is a device or a pipe. Give the name of a file.")
    return os.path.split(os.path.abspath(name))


# A folder is replaced in two steps; between them the old one is here.
_OLD = "old"


def _clear_stale(folder: str, name: str) -> None:
    """Remove what a process that was killed left of a file, and bring a folder back."""
    import shutil

    for entry in os.listdir(folder):
        left = re.fullmatch(rf"\.{re.escape(name)}\.([0-9]+)\.\w+", entry)
        # A link is not ours: what we leave is a folder.
        is_link = os.path.islink(os.path.join(folder, entry))
        if left and not is_link and not _is_running(int(left[1])):
            path, old = os.path.join(folder, name), os.path.join(folder, entry, _OLD)
            if os.path.isdir(old) and not os.path.lexists(path):
                os.replace(old, path)
            shutil.rmtree(os.path.join(folder, entry), ignore_errors=True)


def _is_running(process: int) -> bool:
    """Whether a process is running; on Windows, where open files cannot be removed, never."""
    if os.name == "nt":
        return False
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return True


def write_text(path: str | os.PathLike[str], text: str) -> None:
    """Write a text file in UTF-8 with line feeds, whole or not at all."""
    with whole_file(path) as made, open(made, "w", encoding="utf-8", newline="\n") as file:
        file.write(text)
