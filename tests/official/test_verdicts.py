"""The verdict in words says no more than the numbers prove, whatever the numbers are."""

from __future__ import annotations

import datetime
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from albania_uk_migration import records
from albania_uk_migration.official.check import ClaimCheck, checked_in
from albania_uk_migration.official.magnitude import times_in_words
from albania_uk_migration.official.periods import year_days
from albania_uk_migration.tables.package import shipped

from ..support.figures import made
from ..support.official_rows import release, value
from ..support.trying import examples

YEAR = year_days(2022)
SAID: dict[str, Any] = {"stated_on": "2024-03-01"}
SAID |= {f"stated_on_{end}": datetime.date(2024, 3, 1) for end in ("start", "end")}
OLD = release("old", "2022-12-31", "2023-02-23")
NEW = release("new", "2023-12-31", "2024-02-29")
LATER = release("later", "2024-12-31", "2025-02-27")


def check(
    figure: dict[str, Any], values: list[dict[str, Any]], *releases: dict[str, Any]
) -> ClaimCheck:
    tables = {
        "official_statistics": values,
        "official_releases": list(releases),
        "official_coverage": [],
        "follow_ups": [],
    }
    return checked_in(shipped().with_rows(tables), figure)


def arrivals(number: Any, comparator: str = "exactly", **changes: Any) -> dict[str, Any]:
    return made("F900", comparator, number, measure="small_boat_arrivals", **{**SAID, **changes})


def counted(number: int, name: str) -> dict[str, Any]:
    return value("small_boat_arrivals", YEAR, number, name)


def test_a_number_that_had_been_revised_when_it_was_said_is_not_said_to_be_revised_since() -> None:
    values = [counted(123, "old"), counted(150, "new")]
    found = check(arrivals(123), values, OLD, NEW)
    assert found.verdict == "agrees"
    assert "of 23 February 2023, 123, but that had been revised to 150 when this" in found.answer
    assert "since been revised" not in found.answer
    # Said before the second release it matches, and was revised since.
    early = {
        **SAID,
        **dict.fromkeys(("stated_on_start", "stated_on_end"), datetime.date(2023, 3, 1)),
    }
    found = check(arrivals(123, **early), values, OLD, NEW)
    assert found.answer.endswith("That figure has since been revised to 150.")


def test_a_number_that_later_ones_agree_with_is_said_to_match_them() -> None:
    found = check(arrivals(150), [counted(123, "new"), counted(150, "later")], NEW, LATER)
    assert found.verdict == "disagrees"
    assert found.answer.endswith("The latest figure we have is 150, which matches.")


@examples(200)
@given(said=st.integers(1, 100_000), official=st.integers(1, 100_000))
def test_a_difference_says_the_right_way_and_never_too_much(said: int, official: int) -> None:
    found = check(arrivals(said), [counted(official, "new")], NEW)
    if said == official:
        assert f"matches the official figure published at the time: {official:,}." in found.answer
        return
    # A number ending in zeros may be rounded: 800 stands for 750 to 850.
    step = 10 ** (len(str(said)) - len(str(said).rstrip("0")))
    if 2 * abs(said - official) <= step:
        assert "once rounded" in found.answer
        return
    assert "does not match" in found.answer
    if said >= 2 * official:
        times = found.answer.split(" times that")[0].split()[-1]
        assert Fraction(times.replace(",", "")) <= Fraction(said, official)
    else:
        way = "higher" if said > official else "lower"
        assert f"the claim is {abs(said - official):,} {way} (" in found.answer


@given(st.fractions(2, 1000))
def test_a_multiple_is_never_rounded_up(ratio: Fraction) -> None:
    said = Fraction(times_in_words(ratio).replace(",", ""))
    assert said <= ratio
    assert ratio - said < 1


def change(number: int, direction: str) -> dict[str, Any]:
    base = dict(zip(("base_period_start", "base_period_end"), year_days(2021), strict=True))
    about = {"measure": "small_boat_arrivals_change", "unit": "percent", "direction": direction}
    return {**arrivals(number), **about, "base_period": "2021", **base}


@pytest.mark.parametrize(
    ("direction", "number", "before", "after", "told"),
    [
        ("increase", 90, 100, 212, "the claim is 22 percentage points lower"),
        ("decrease", 90, 100, 50, "the claim is 40 percentage points larger"),
        ("decrease", 10, 100, 50, "the claim is 40 percentage points smaller"),
        ("decrease", 41, 100, 103, "the claim is a fall, the official figure a rise"),
        ("increase", 41, 100, 97, "the claim is a rise, the official figure a fall"),
    ],
)
def test_a_change_is_compared_by_its_direction(
    direction: str, number: int, before: int, after: int, told: str
) -> None:
    values = [
        value("small_boat_arrivals", year_days(2021), before, "new"),
        value("small_boat_arrivals", YEAR, after, "new"),
    ]
    assert told in check(change(number, direction), values, NEW).answer


def test_a_multiple_is_set_beside_a_multiple() -> None:
    (row,) = (row for row in records("figures") if row["figure_id"] == "F043")
    days = dict(zip(("period_start", "period_end"), YEAR, strict=True))
    days |= dict(zip(("period_start_latest", "period_end_earliest"), YEAR, strict=True))
    base = dict(zip(("base_period_start", "base_period_end"), year_days(2021), strict=True))
    claim = {**row, **SAID, **days, **base, "period": "2022", "base_period": "2021"}
    values = [
        value(f"{kind}_returns", year, number, "new")
        for year, number in ((year_days(2021), 100), (YEAR, 290))
        for kind in ("enforced", "voluntary")
    ]
    found = check({**claim, "comparator": "exactly", "lower": 2, "upper": 2}, values, NEW)
    assert "2.9 times" in found.answer
    assert "the claim is 2 times, not 2.9" in found.answer
