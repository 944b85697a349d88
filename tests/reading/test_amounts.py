"""Numbers with scale and unit, without the words around them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from albania_uk_migration.reading.amounts import LONGEST_NUMBER, amount, words_value
from albania_uk_migration.reading.grammar import NUMBER_WORDS, SCALES

WRITTEN = st.one_of(
    st.integers(0, 10**9).map(lambda number: f"{number:,}"),
    st.decimals(0, 10**4, places=1).map(str),
    st.sampled_from([*NUMBER_WORDS, "half a million", "two thirds", "50p", "£5m", "3½", "1 1/2"]),
)


@given(st.text(max_size=20), WRITTEN, st.sampled_from(["", " million", "%", " per cent", " euros"]))
def test_an_amount_is_the_same_wherever_it_begins(before: str, number: str, unit: str) -> None:
    written = number + unit
    read, moved = amount(written, 0), amount(before + written, len(before))
    assert read is not None
    assert moved is not None
    by = len(before)
    assert moved == read._replace(start=read.start + by, end=read.end + by)


@given(st.integers(1, 999), st.sampled_from(sorted(SCALES)))
def test_a_scale_multiplies_value_and_step(number: int, scale: str) -> None:
    plain, scaled = amount(f"{number}", 0), amount(f"{number} {scale}", 0)
    assert plain is not None
    assert scaled is not None
    power = Decimal(10) ** SCALES[scale]
    assert (scaled.value, scaled.step) == (plain.value * power, (plain.step or 0) * power)
    assert (plain.bare, scaled.bare) == (True, False)


@given(st.lists(st.sampled_from([*NUMBER_WORDS, *SCALES, "and", "a"]), min_size=1, max_size=12))
def test_words_that_are_no_one_number_are_read_as_far_as_they_are(pieces: list[str]) -> None:
    found = words_value(pieces)
    if found:
        value, length, scale = found
        assert 0 < length <= len(pieces)
        assert value >= 0
        assert scale >= 1
        assert words_value(pieces[:length]) == found


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("1\xa0234\xa0567 came", "1\xa0234\xa0567"),
        ("1 234 5678 came", "1"),
        ("1,234,5678 came", "1"),
        ("12.5.6", "12"),
        ("2½ per cent", "2½ per cent"),
        ("5m people", "5m"),
        ("200 m away", "200"),
        ("1080p", "1080"),
        ("two pounds of flour", "two"),
        ("two pounds a head", "two pounds"),
        ("two and a half million pounds", "two and a half million pounds"),
        ("sixty two-bedroom homes", "sixty"),
        ("three third parties", "three"),
    ],
)
def test_where_an_amount_ends(text: str, read: str) -> None:
    found = amount(text, 0)
    assert found is not None
    assert text[found.start : found.end] == read


def test_more_digits_than_anybody_states_are_no_number() -> None:
    assert amount("9" * LONGEST_NUMBER, 0)
    assert amount("9" * (LONGEST_NUMBER + 1), 0) is None
    assert amount("1" + " 234" * 12, 0) is None
