"""Numbers with open ends: laws of what words prove."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from albania_uk_migration.claims.intervals import Interval, change_in_words

ENDS = st.none() | st.integers(-20, 20).map(Fraction)


@st.composite
def intervals(draw: st.DrawFn) -> Interval:
    """An interval that holds some number."""
    lower, upper = draw(ENDS), draw(ENDS)
    if lower is not None and upper is not None and lower > upper:
        lower, upper = upper, lower
    open_ends = draw(st.tuples(st.booleans(), st.booleans()))
    if lower == upper:
        open_ends = (False, False)
    return Interval(lower, upper, *open_ends)


def holds(interval: Interval, number: Fraction) -> bool:
    low = interval.lower is None or (
        number > interval.lower or (number == interval.lower and not interval.lower_open)
    )
    high = interval.upper is None or (
        number < interval.upper or (number == interval.upper and not interval.upper_open)
    )
    return low and high


HALVES = [Fraction(number, 2) for number in range(-44, 45)]


@given(intervals(), intervals())
def test_intervals_meet_exactly_where_they_share_a_number(one: Interval, other: Interval) -> None:
    shared = any(holds(one, number) and holds(other, number) for number in HALVES)
    assert one.meets(other) == other.meets(one) == shared
    inside = all(holds(other, number) for number in HALVES if holds(one, number))
    if one.within(other):
        assert inside
    if inside and one.lower is not None and one.upper is not None:
        assert one.within(other)


@given(intervals(), intervals(), st.sampled_from(HALVES), st.sampled_from(HALVES))
def test_sums_and_quotients_hold_those_of_their_numbers(
    one: Interval, other: Interval, number: Fraction, divisor: Fraction
) -> None:
    assume(holds(one, number) and holds(other, divisor))
    assert holds(one.plus(other), number + divisor)
    assert holds(one.negative(), -number)
    assert holds(one.widened(Fraction(1, 2)), number + Fraction(1, 2))
    positive = all(end is None or end >= 0 for end in (one.lower, other.lower))
    if number >= 0 and divisor > 0 and positive:
        assert holds(one.per(other), number / divisor)


@given(intervals())
def test_the_whole_numbers_of_an_interval_are_its_first_and_last(one: Interval) -> None:
    lowest, highest = one.whole()
    inside = [number for number in HALVES if number.denominator == 1 and holds(one, number)]
    if one.lower is not None and inside:
        assert lowest == min(inside)
    if one.upper is not None and inside:
        assert highest == max(inside)
    assert (lowest is None) == (one.lower is None)


@pytest.mark.parametrize(
    ("interval", "words"),
    [
        (Interval(Fraction(-93), Fraction(-93)), "a fall of 93%"),
        (Interval(None, Fraction(-90), upper_open=True), "a fall of over 90%"),
        (Interval(Fraction(-90), None), "a fall of at most 90%"),
        (Interval(Fraction(90), Fraction(90)), "a rise of 90%"),
        (Interval(Fraction(5), Fraction(7)), "a rise of 5% to 7%"),
        (Interval(None, Fraction(7)), "a rise of at most 7%"),
        (Interval(Fraction(-7), Fraction(7)), "between a fall of 7% and a rise of 7%"),
        (Interval(), "a change without a limit"),
    ],
)
def test_changes_in_words(interval: Interval, words: str) -> None:
    assert change_in_words(interval) == words
