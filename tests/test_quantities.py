"""The plain reader: what it reads, what it proves, and that it refuses the rest."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from albania_uk_migration import parse_quantity
from albania_uk_migration.errors import QuantityError
from albania_uk_migration.quantities import (
    CALENDAR_NAMES,
    COUNTING_WORDS,
    HEDGES,
    counting_words,
    direction_near,
    step_of,
)

from .alteration import text_rows

READINGS = [
    ("12,658", "12658", "exactly", "12658", "12658", "count", "1"),
    ("More than 38,000", "38000", "more_than", "38000", None, "count", "1000"),
    ("over 1,000", "1000", "more_than", "1000", None, "count", "1000"),
    ("nearly 6,000", "6000", "less_than", None, "6000", "count", "1000"),
    ("some 12,699", "12699", "about", None, None, "count", "1"),
    ("About 12,000", "12000", "about", None, None, "count", "1000"),
    ("passed 12,000", "12000", "more_than", "12000", None, "count", "1000"),
    ("over 90%", "90", "more_than", "90", None, "percent", "10"),
    ("90 per cent", "90", "exactly", "90", "90", "percent", "10"),
    ("1% to 2%", None, "between", "1", "2", "percent", "1"),
    ("50/50", "50", "about", None, None, "percent", None),
    ("£1.6 million", "1600000", "exactly", "1600000", "1600000", "currency", "100000"),
    ("£4bn", "4000000000", "exactly", "4000000000", "4000000000", "currency", "1000000000"),
    ("up to $3m", "3000000", "at_most", None, "3000000", "currency", "1000000"),
    ("at least two", "2", "at_least", "2", None, "count", "1"),
    ("doubled", "2", "about", None, None, "times", None),
    ("a new record", "1", "exactly", "1", "1", "rank", None),
    ("the worst year on record", "1", "exactly", "1", "1", "rank", None),
    ("first", "1", "exactly", "1", "1", "rank", None),
]


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


@pytest.mark.parametrize(
    ("text", "value", "comparator", "lower", "upper", "unit_class", "step"), READINGS
)
def test_readings(
    text: str,
    value: str | None,
    comparator: str,
    lower: str | None,
    upper: str | None,
    unit_class: str,
    step: str | None,
) -> None:
    read = parse_quantity(text)
    assert read.text == text
    assert read.value == _decimal(value)
    assert read.comparator == comparator
    assert (read.lower, read.upper) == (_decimal(lower), _decimal(upper))
    assert read.unit_class == unit_class
    assert read.step == _decimal(step)


@given(st.integers(0, 10**12), st.sampled_from(["", *HEDGES]), st.sampled_from(["", "%"]))
def test_a_written_number_is_read_back(number: int, hedge: str, unit: str) -> None:
    read = parse_quantity(f"{hedge} {number:,}{unit}".strip())
    assert read.value == number
    assert read.comparator == (HEDGES[hedge] if hedge else "exactly")
    assert read.unit_class == ("percent" if unit else "count")
    assert read.lower in (None, read.value)
    assert read.upper in (None, read.value)


@given(st.integers(1, 10**9))
def test_the_step_divides_the_number_and_ten_steps_do_not(number: int) -> None:
    step = step_of(f"{number:,}")
    assert number % step == 0
    assert number % (step * 10) != 0


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Albanians",
        "12,65",
        "1,0000",
        "£5%",
        "2% to 1%",
        "over",
        "two three",
        "over 1,000 people",
        "１２",
        "many",
        "first aid",
        "the worst case",
        "a record label",
        "1e5",
        "-5",
        "9" * 300,
    ],
)
def test_what_is_not_one_quantity_is_refused(text: str) -> None:
    with pytest.raises(QuantityError, match="cannot read"):
        parse_quantity(text)


@given(st.text(max_size=300))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        read = parse_quantity(text)
    except QuantityError:
        return
    assert read.text == text


@given(st.lists(st.sampled_from([*COUNTING_WORDS, *CALENDAR_NAMES, "12,658", "xyz", "may"])))
def test_counting_words_are_found_where_they_stand(words: list[str]) -> None:
    text = " - ".join(words)
    found = {text[start:end] for start, end in counting_words(text)}
    assert found == {w for w in words if w not in ("xyz", "may", "12,658")} | (
        {"12", "658"} if "12,658" in words else set()
    )


def test_every_figure_and_excluded_number_holds_a_counting_word() -> None:
    for table in ("figures", "excluded_numbers"):
        for row in text_rows(table):
            assert list(counting_words(row["exact"])), row["exact"]


def test_the_nearest_direction_word_counts() -> None:
    assert direction_near("fell by 95%, while returns had doubled", 8) == "decrease"
    assert direction_near("fell by 95%, while returns had doubled", 31) == "increase"
    assert direction_near("of 95 people", 3) is None
