"""Stretches of days, found by those that they share."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from albania_uk_migration.claims.windows import WindowIndex


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 30)), max_size=30), st.integers(0, 60))
def test_the_index_finds_every_window_that_shares_a_day(
    drawn: list[tuple[int, int]], first: int
) -> None:
    windows = [(start, start + length, at) for at, (start, length) in enumerate(drawn)]
    index = WindowIndex(windows)
    for last in (first, first + 7):
        expected = [at for start, end, at in windows if start <= last and end >= first]
        assert index.meeting(first, last) == expected
