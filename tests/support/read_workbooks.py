"""Workbooks read and refused, their counts and messages."""

from __future__ import annotations

import time
from typing import Any

import pytest

from albania_uk_migration.errors import WorkbookError
from albania_uk_migration.official.home_office import HomeOffice, read_home_office
from tests.support.workbooks import KEYS

Values = dict[tuple[str, str, int, int], int | None]


def counted(path: str, **options: Any) -> HomeOffice:
    result = read_home_office(path, **options)
    assert isinstance(result, HomeOffice)
    return result


def values(result: HomeOffice) -> Values:
    """Values by measure, population, year and quarter."""
    return {
        (
            cell["measure"],
            cell["population"],
            cell["period_start"].year,
            cell["period_start"].month // 3 + 1,
        ): cell["value"]
        for cell in result.cells
    }


def refused(path: str, *words: str, **options: Any) -> None:
    """The file is refused, soon, and the message has these words."""
    start = time.monotonic()
    with pytest.raises(WorkbookError) as caught:
        read_home_office(path, **options)
    assert time.monotonic() - start < 10
    message = str(caught.value)
    assert all(word.casefold() in message.casefold() for word in words), message
    assert len(message) < 2000


QUARTERS = tuple((year, part) for year in (2021, 2022) for part in (1, 2, 3, 4))


KEY_COLUMNS = [(table, column) for table, columns in KEYS.items() for column in columns]
