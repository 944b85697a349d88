"""What the clients open, made once for each process of the tests."""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path

import pytest

from albania_uk_migration import export

from .reading import lay_out


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the package as it is."""
    return lay_out(tmp_path_factory.mktemp("clients"))


@pytest.fixture(scope="session")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """A function that gives what `export` writes by a name, and a format for a folder."""

    @functools.cache
    def write(name: str, form: str | None = None) -> Path:
        path = tmp_path_factory.mktemp("exported") / name
        export(path, format=form)
        return path

    return write
