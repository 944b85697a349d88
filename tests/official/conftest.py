"""Files of workbooks, written for a test."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., str]:
    """Write bytes to a file and give its path."""

    def written(data: bytes, name: str = "book.xlsx") -> str:
        path = tmp_path / name
        path.write_bytes(data)
        return str(path)

    return written
