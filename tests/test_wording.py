"""Days in words, and words in lines."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from albania_uk_migration.wording import date_in_words, days_in_words, sentences, wrap


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


@pytest.mark.parametrize(
    ("edtf", "start", "end", "words"),
    [
        (None, None, None, ""),
        ("2023", "2023-01-01", "2023-12-31", "2023"),
        ("2023-05-14", "2023-05-14", "2023-05-14", "14 May 2023"),
        ("[2023-05-14..2023-05-14]", "2023-05-14", "2023-05-14", "14 May 2023"),
        (
            "[2022-12-31..2023-01-01]",
            "2022-12-31",
            "2023-01-01",
            "31 December 2022 or 1 January 2023",
        ),
        ("[2022..2023]", "2022-01-01", "2023-12-31", "between 1 January 2022 and 31 December 2023"),
        ("[2023-04-01..2023-04-30]", "2023-04-01", "2023-04-30", "between 1 and 30 April 2023"),
        (
            "[2023-03-30..2023-04-02]",
            "2023-03-30",
            "2023-04-02",
            "between 30 March and 2 April 2023",
        ),
        ("[2023-04-01..]", "2023-04-01", None, "on or after 1 April 2023"),
        ("[..2023-04-01]", None, "2023-04-01", "by 1 April 2023"),
        ("2023-04-01/..", "2023-04-01", "2023-05-16", "from 1 April 2023"),
    ],
)
def test_a_date_in_words(edtf: str | None, start: str | None, end: str | None, words: str) -> None:
    days = [None if day is None else date.fromisoformat(day) for day in (start, end)]
    assert date_in_words(edtf, *days) == words


ADDRESS = "https://www.gov.uk/government/statistics/immigration-system-statistics"


@given(st.lists(st.sampled_from(["a", "word", "twenty-five", ADDRESS, f"({ADDRESS})."])))
def test_an_address_is_never_cut_and_the_rest_fits(words: list[str]) -> None:
    lines = wrap(" ".join(words), 20)
    assert " ".join(lines).split() == words
    for line in lines:
        assert len(line) <= 20 or (ADDRESS in line and len(line.split()) == 1)


def test_a_note_is_parted_into_its_sentences() -> None:
    text = "Values are revised. See 001_a.txt (https://a.uk/b). A total is 1.5 times that"
    assert sentences(text) == [
        "Values are revised.",
        "See 001_a.txt (https://a.uk/b).",
        "A total is 1.5 times that",
    ]
    assert sentences("") == []
