"""Dates of running text, in EDTF."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from albania_uk_migration.reading.dates import edtf_of
from albania_uk_migration.tables.edtf import edtf_days


@pytest.mark.parametrize(
    ("words", "edtf"),
    [
        ("2022", "2022"),
        ("13 December 2022", "2022-12-13"),
        ("Monday 24 April 2023", "2023-04-24"),
        ("the 1st of May 2024", "2024-05-01"),
        ("December 13, 2022", "2022-12-13"),
        ("November 29 2023", "2023-11-29"),
        ("March 2024", "2024-03"),
        ("2022-12-13", "2022-12-13"),
        ("Q4 of 2020", "2020-10-01/2020-12-31"),
        ("the first quarter of 2023", "2023-01-01/2023-03-31"),
        ("2019-2021", "2019/2021"),
        ("30 February 2023", None),
        ("2022-13-40", None),
        ("Monday", None),
        ("13 December", None),
        ("2023/24", None),
    ],
)
def test_dates_that_say_their_year_are_written_in_edtf(words: str, edtf: str | None) -> None:
    assert edtf_of(words) == edtf
    if edtf:
        assert edtf_days(edtf)


@given(st.dates())
def test_any_day_is_written_back(day: object) -> None:
    iso = str(day)
    assert edtf_of(iso) == iso
