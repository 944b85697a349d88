"""Date expressions read to days; the edtf package is the oracle, but for open ends."""

from __future__ import annotations

import datetime
import time
from datetime import date
from fractions import Fraction

import edtf
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from albania_uk_migration.claims.intervals import Interval, change_in_words
from albania_uk_migration.claims.windows import WindowIndex
from albania_uk_migration.errors import EdtfError
from albania_uk_migration.tables.edtf import edtf_days
from albania_uk_migration.wording import days_in_words

from .alteration import DESCRIPTOR, text_rows
from .trying import examples

days = st.dates(datetime.date(1900, 1, 1), datetime.date(2100, 12, 31))
points = st.one_of(
    days.map(lambda day: day.isoformat()),
    days.map(lambda day: f"{day:%Y-%m}"),
    days.map(lambda day: f"{day:%Y}"),
)


def _date(struct: time.struct_time) -> datetime.date:
    return datetime.date(*struct[:3])


def _oracle(text: str) -> tuple[datetime.date, datetime.date]:
    parsed = edtf.parse_edtf(text)
    return _date(parsed.lower_strict()), _date(parsed.upper_strict())


@given(points)
def test_a_point_is_read_as_the_oracle_reads_it(text: str) -> None:
    assert edtf_days(text) == _oracle(text)


@examples(60)  # the oracle is slow
@given(points, points)
def test_an_interval_is_read_as_the_oracle_reads_it_or_runs_backwards(a: str, b: str) -> None:
    start, end = _oracle(a)[0], _oracle(b)[1]
    if start > end:
        with pytest.raises(EdtfError, match="ends before it begins"):
            edtf_days(f"{a}/{b}")
    else:
        assert edtf_days(f"{a}/{b}") == _oracle(f"{a}/{b}") == (start, end)


@given(days, days)
def test_one_day_of_a_range_spans_the_range(a: datetime.date, b: datetime.date) -> None:
    first, last = sorted((a, b))
    assert edtf_days(f"[{first}..{last}]") == (first, last)
    assert edtf_days(f"[..{last}]") == (None, last)
    assert edtf_days(f"[{first}..]") == (first, None)
    assert edtf_days(f"{first}/..") == (first, None)


def test_the_expressions_that_ship_are_read_as_the_oracle_reads_them() -> None:
    checked = 0
    for resource in DESCRIPTOR["resources"]:
        names = [field["name"] for field in resource["schema"]["fields"]]
        columns = [n for n in names if f"{n}_basis" in names and f"{n}_start" in names] + ["date"]
        for row in text_rows(resource["name"]):
            for column in columns:
                text = row.get(column, "")
                if text and ".." not in text:
                    assert edtf_days(text) == _oracle(text)
                    checked += 1
    assert checked > 100


@pytest.mark.parametrize(
    "text",
    [
        "",
        "22",
        "2022-13",
        "2022-02-30",
        "2023/2022",
        "[..]",
        "[2022",
        "2022..",
        "../2022",
        "2022-1-1",
        "２０２２",
        "2022~",
        "2022/../2023",
        "[2023..2022]",
        "0000",
    ],
)
def test_other_forms_are_refused(text: str) -> None:
    with pytest.raises(EdtfError):
        edtf_days(text)


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        start, end = edtf_days(text)
    except EdtfError:
        return
    assert start is None or end is None or start <= end


# ---------------------------------------------------------------- numbers with open ends

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


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 30)), max_size=30), st.integers(0, 60))
def test_the_index_finds_every_window_that_shares_a_day(
    drawn: list[tuple[int, int]], first: int
) -> None:
    windows = [(start, start + length, at) for at, (start, length) in enumerate(drawn)]
    index = WindowIndex(windows)
    for last in (first, first + 7):
        expected = [at for start, end, at in windows if start <= last and end >= first]
        assert index.meeting(first, last) == expected


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
        (Interval(), "a change without a bound"),
    ],
)
def test_changes_in_words(interval: Interval, words: str) -> None:
    assert change_in_words(interval) == words
