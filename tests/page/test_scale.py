"""Axes: they begin at zero, have room for every number, and few ticks."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from albania_uk_migration.page.labels import lines_of, width_of
from albania_uk_migration.page.scale import scale_for

NUMBERS = st.lists(st.decimals(0, 10**12, places=2), min_size=1, max_size=6)


@given(NUMBERS)
def test_every_number_is_on_the_axis_with_room_beyond_the_highest(numbers: list[Decimal]) -> None:
    scale = scale_for(numbers)
    assert all(0 <= scale.part(number) < 0.9 for number in numbers)
    assert scale.ticks[0] == 0
    assert 2 <= len(scale.ticks) <= 6


@given(NUMBERS)
def test_a_higher_number_is_further_along(numbers: list[Decimal]) -> None:
    scale = scale_for(numbers)
    parts = [scale.part(number) for number in sorted(numbers)]
    assert parts == sorted(parts)
    assert all(scale.part(2 * n) - 2 * scale.part(n) < 1e-9 for n in numbers if scale.part(n) < 0.5)


@given(st.text(st.characters(categories=["L", "N", "P"]), max_size=80), st.integers(10, 30))
def test_lines_fit_and_lose_nothing(text: str, size: int) -> None:
    lines = lines_of(text, size, 200)
    assert all(width_of(line, size) <= 200 for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())
