"""What the clients open, made once for each process of the tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from .reading import lay_out


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the package as it is."""
    return lay_out(tmp_path_factory.mktemp("clients"))
