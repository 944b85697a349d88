"""Counts, periods and brackets of official values."""

from __future__ import annotations

import datetime
import itertools
from typing import Any

import pandas
import pytest
from hypothesis import given
from hypothesis import strategies as st

from albania_uk_migration import EdtfError, official_vintages
from albania_uk_migration.official.counts import Count, bracket
from albania_uk_migration.official.periods import period_days, quarter_days, year_days

from ..support.official_rows import NUMBERS, QUARTERS


def test_periods_are_years_quarters_months() -> None:
    day = datetime.date
    assert period_days("2022-Q4") == (day(2022, 10, 1), day(2022, 12, 31))
    assert period_days("2022 Q1") == (day(2022, 1, 1), day(2022, 3, 31))
    assert period_days("2022-02") == (day(2022, 2, 1), day(2022, 2, 28))
    refused: tuple[Any, ...] = (
        "2022-Q5",
        "2022/..",
        "[2022..2023]",
        "0000-Q1",
        "spring",
        2022,
        None,
    )
    for wrong in refused:
        with pytest.raises(EdtfError):
            period_days(wrong)
    assert len(official_vintages("returns", "9999")) == 0


def test_quarters_fill_their_year() -> None:
    for year in range(1990, 2100):
        days = [quarter_days(year, quarter) for quarter in (1, 2, 3, 4)]
        assert (days[0][0], days[3][1]) == year_days(year)
        for (_, end), (start, _) in itertools.pairwise(days):
            assert start - end == datetime.timedelta(days=1)


@given(
    NUMBERS,
    st.dates(datetime.date(2020, 12, 1), datetime.date(2023, 1, 31)),
    st.integers(0, 500),
    st.data(),
)
def test_a_bracket_holds_whatever_the_days_hold(
    numbers: dict[Any, int], first: datetime.date, length: int, data: st.DataObject
) -> None:
    """Days are dealt to each quarter by chance: the window's own count lies in its bracket."""
    window = (first, first + datetime.timedelta(days=length))
    counts = [Count(days[0], days[1], number, ()) for days, number in numbers.items()]
    inside = 0
    for days, number in numbers.items():
        shared = min(days[1], window[1]) >= max(days[0], window[0])
        all_of_it = window[0] <= days[0] and days[1] <= window[1]
        if all_of_it:
            inside += number
        elif shared:
            inside += data.draw(st.integers(0, number))
    found = bracket(counts, window, window)
    low, high = found.interval.lower, found.interval.upper
    assert low is not None
    assert low <= inside
    covered = all(
        any(days[0] <= day <= days[1] for days in numbers)
        for day in pandas.date_range(*window).date
    )
    assert (high is not None) == covered
    assert high is None or inside <= high


def test_a_bracket_prefers_what_fills_the_window() -> None:
    quarters = [Count(*days, 5, ()) for days in QUARTERS[4:]]
    year = Count(*year_days(2022), 20, ())
    found = bracket([*quarters, year], year_days(2022), year_days(2022))
    assert found.interval.lower == found.interval.upper == 20
    assert found.loose_days == 0
