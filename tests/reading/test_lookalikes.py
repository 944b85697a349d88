"""Dates, times, telephones and references are told from quantities, whatever their numbers."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from albania_uk_migration import find_quantities, parse_quantity
from albania_uk_migration.errors import QuantityError
from albania_uk_migration.reading.grammar import SHORT_PHONES
from albania_uk_migration.wording import MONTHS

DAYS = st.dates(datetime.date(1900, 1, 1), datetime.date(2099, 12, 31))
DAY_FORMS = (
    "{day.day} {month} {day.year}",
    "the {day.day} of {month}, {day.year}",
    "{month} {day.day}, {day.year}",
    "{month} {day.year}",
    "{month:.3} {day.year}",
    "{day:%Y-%m-%d}",
    "{day:%d/%m/%Y}",
    "{day:%d.%m.%Y}",
    "{day:%A} {day.day} {month}",
)


def kinds(words: str) -> list[tuple[str, str]]:
    return [(found.text, found.kind) for found in find_quantities(f"So {words}, it was said")]


@given(DAYS, st.sampled_from(DAY_FORMS))
def test_a_day_is_a_date_however_it_is_written(day: datetime.date, form: str) -> None:
    words = form.format(day=day, month=MONTHS[day.month - 1])
    assert kinds(words) == [(words.removeprefix("the "), "date")]
    with pytest.raises(QuantityError, match=r"Cannot read .* as one quantity"):
        parse_quantity(words)


HOUR_FORMS = ("{:%H:%M}", "{:%H:%M:%S}", "{:%I.%M}pm", "{:%I} am", "{:%H%M} GMT")


@given(st.times(), st.sampled_from(HOUR_FORMS))
def test_an_hour_is_a_time(hour: datetime.time, form: str) -> None:
    words = form.format(hour)
    assert kinds(words) == [(words.removesuffix(" GMT"), "time")]


@given(st.integers(1900, 2098), st.sampled_from("/-–"))
def test_two_years_that_follow_each_other_are_a_fiscal_year(year: int, mark: str) -> None:
    for last in (f"{year + 1}", f"{(year + 1) % 100:02d}"):
        assert kinds(f"{year}{mark}{last}") == [(f"{year}{mark}{last}", "fiscal_year")]


@given(st.integers(1900, 2099), st.sampled_from(["in {}", "by {}", "since {}", "mid-{}"]))
def test_a_year_that_counts_nothing_is_a_year(year: int, form: str) -> None:
    assert [kind for _, kind in kinds(form.format(year))] == ["year"]
    counted = [found.kind for found in find_quantities(f"So {year} people came")]
    assert counted == ["count"]


@given(
    st.integers(20, 9999).map(lambda area: f"0{area}")
    | st.integers(1, 999).map(lambda country: f"+{country} 20"),
    st.integers(0, 9999),
    st.integers(0, 9999),
)
def test_a_telephone_is_none(area: str, middle: int, last: int) -> None:
    words = f"{area} {middle:04d} {last:04d}"
    assert kinds(words) == [(words, "phone")]


def test_a_short_number_is_a_telephone_where_it_is_dialled() -> None:
    for number in SHORT_PHONES:
        assert kinds(f"dial {number}") == [(number, "phone")]
        assert kinds(f"about {number} boats") == [(f"about {number}", "count")]


@given(st.integers(1, 99), st.integers(1, 9), st.sampled_from(["section", "Article", "rule"]))
def test_what_numbers_a_place_in_a_law_counts_nothing(number: int, sub: int, law: str) -> None:
    for words in (f"{law} {number}", f"{law} {number}({sub})", f"{law} {number}A"):
        assert kinds(words) == [(words, "legal_reference")]
