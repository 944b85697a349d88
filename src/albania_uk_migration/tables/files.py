"""Where the package's files lie: in `_data` of an installed copy, or in a checkout."""

from __future__ import annotations

import os
import stat
from typing import Any, BinaryIO

from ..errors import DataFileError

DESCRIPTOR = "datapackage.json"
# The folder of the package, not of this room.
_HERE = os.path.dirname(os.path.dirname(__file__))


def _read_installed(path: str) -> bytes:
    """Bytes of a file in `_data`, through the loader that loaded this module (folder or zip)."""
    loader: Any = __spec__.loader
    return bytes(loader.get_data(os.path.join(_HERE, "_data", *path.split("/"))))


def checkout() -> str | None:
    """Folder of the checkout this module runs from, or None for an installed package."""
    root = os.path.dirname(os.path.dirname(_HERE))
    if not os.path.isdir(_HERE) or os.path.exists(os.path.join(_HERE, "_data")):
        return None
    return root if os.path.exists(os.path.join(root, DESCRIPTOR)) else None


def read_file(path: str) -> bytes:
    """Bytes of a file of the package, installed or in a checkout. Raises DataFileError."""
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
            f"the data file {path} is missing from the package at {_HERE}; install it again"
        ) from None


def path_of(path: str) -> str:
    """Where a file of the package lies on disk. Raises DataFileError where it lies in a zip."""
    root = checkout()
    found = os.path.join(root or os.path.join(_HERE, "_data"), *path.split("/"))
    if os.path.isfile(found):
        return found
    raise DataFileError(
        f"{path} is not a separate file here, because the package at {_HERE} is in an archive or "
        "incomplete; to get the table, use: show TABLE --format csv"
    )


# ---------------------------------------------------------------- files of users


def opened(path: str, error: type[Exception]) -> BinaryIO:
    """A user's file, open to be read; raises the error with the reason why it cannot be."""
    try:
        pipe = stat.S_ISFIFO(os.stat(path).st_mode)
        if not pipe or path.startswith(("/dev/", "/proc/")):
            return open(path, "rb")
    except (OSError, ValueError) as failed:
        why = failed.strerror if isinstance(failed, OSError) else str(failed)
        raise error(f"{path} cannot be read: {why}") from None
    raise error(f"{path} is a pipe, not a file")


def bytes_of(path: str, most: int, error: type[Exception]) -> bytes:
    """All bytes of a user's file, of at most some; it is read once, so that it cannot change."""
    with opened(path, error) as file:
        data = file.read(most + 1)
    if len(data) > most:
        raise error(f"{path} is larger than {most:,} bytes, the most that is read")
    return data
