"""The profile of hypothesis, and readings kept between the tests."""

from __future__ import annotations

import functools
from collections.abc import Iterator

import pytest

from albania_uk_migration.proof.spans import read_text

from .support import trying as trying


@pytest.fixture(scope="session", autouse=True)
def _each_text_is_read_once() -> Iterator[None]:
    """The tests verify hundreds of altered tables against the same five texts."""
    with pytest.MonkeyPatch.context() as patch:
        kept = functools.lru_cache(maxsize=64)(read_text)
        patch.setattr("albania_uk_migration.proof.verify.read_text", kept)
        yield
