"""Where the package's files lie: in `_data` of an installed copy, or in a checkout."""

from __future__ import annotations

import os
from typing import Any

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
        f"{path} is no file of its own here: the package at {_HERE} is read from an archive, or "
        "incomplete; write the table with: show TABLE --format csv"
    )
