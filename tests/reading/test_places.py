"""The words beside a place, and what two hedges make of one another."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from albania_uk_migration.reading.grammar import HEDGES
from albania_uk_migration.reading.places import Place, backwards, bounds_of, joined

COMPARATORS = ("exactly", "about", "more_than", "at_least", "less_than", "at_most")
WORDS = st.sampled_from("over the “500” of (half) more than 3 a-b well-known at end.".split())
TEXTS = st.lists(WORDS, min_size=1, max_size=12).map(" ".join)


@given(TEXTS, st.data())
def test_nothing_reaches_back_before_what_was_read(text: str, data: st.DataObject) -> None:
    place = Place(text)
    place.floor = data.draw(st.integers(0, len(text)))
    at = data.draw(st.integers(place.floor, len(text)))
    word, start = place.back(at)
    assert place.floor <= start <= at
    assert text.startswith(word, start)
    assert not word or set(text[start + len(word) : at]) == {" "}
    assert place.before(at) == text[place.floor : at][-40:]
    found = place.hedge_before(at)
    assert found is None or place.floor <= found[0] < at


@given(st.lists(st.sampled_from(sorted(HEDGES)), min_size=1, max_size=5, unique=True), st.data())
def test_the_longest_of_some_phrases_is_found(phrases: list[str], data: st.DataObject) -> None:
    said = data.draw(st.sampled_from(phrases))
    text = f"it was {said} "
    found = Place(text).phrase_before(len(text), backwards((one, one) for one in phrases))
    assert found is not None
    start, longest = found
    fitting = [one for one in phrases if text.endswith(f" {one.lower()} ")]
    assert longest == max(fitting, key=len)
    assert text[start:].strip() == longest.lower()


@given(st.sampled_from(COMPARATORS), st.sampled_from(COMPARATORS))
def test_two_hedges_prove_no_more_than_one_of_them(outer: str, inner: str) -> None:
    both = joined(outer, inner)
    assert both in (outer, inner)
    assert ("about" in (outer, inner)) == (both == "about")
    assert joined("exactly", inner) == inner


@given(st.decimals(allow_nan=False, allow_infinity=False), st.sampled_from(COMPARATORS))
def test_a_comparator_proves_the_bounds_it_names(value: Decimal, comparator: str) -> None:
    lower, upper = bounds_of(value, comparator)
    assert (lower is not None) == (comparator in ("exactly", "more_than", "at_least"))
    assert (upper is not None) == (comparator in ("exactly", "less_than", "at_most"))
    assert {lower, upper} <= {value, None}
