"""Days in words."""

from __future__ import annotations

from datetime import date

import pytest

from albania_uk_migration.wording import days_in_words


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        ("2022-01-01", "2022-12-31", "2022"),
        ("2021-01-01", "2022-12-31", "2021 to 2022"),
        ("2022-02-01", "2022-02-28", "February 2022"),
        ("2020-10-01", "2022-09-30", "October 2020 to September 2022"),
        ("2023-04-01", "2023-04-07", "1 to 7 April 2023"),
        ("2023-01-01", "2023-11-29", "1 January to 29 November 2023"),
        ("2022-12-13", "2023-04-07", "13 December 2022 to 7 April 2023"),
        ("2023-04-01", "2023-04-01", "1 April 2023"),
    ],
)
def test_days_in_words(start: str, end: str, words: str) -> None:
    assert days_in_words(date.fromisoformat(start), date.fromisoformat(end)) == words
