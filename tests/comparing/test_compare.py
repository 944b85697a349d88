"""Two figures compared: laws that always hold, and what is known of these documents."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from albania_uk_migration import (
    ComparisonError,
    UnknownNameError,
    ValidationError,
    compare,
    figures,
)
from albania_uk_migration import implied as implied_by
from albania_uk_migration.claims.claim import claim_of
from albania_uk_migration.claims.given import figure_row
from albania_uk_migration.claims.vocabulary import vocabulary
from albania_uk_migration.comparing.terms import VERDICTS
from albania_uk_migration.tables.package import shipped

from ..support.figures import counts, made, months
from ..support.trying import examples

ANY = counts(
    "F901",
    measures=("returns", "enforced_returns", "removals"),
    populations=("albanian", "all"),
    stretches=4,
    most=30,
    certain=False,
)

# The verdict of the same two figures in the other order.
MIRRORED = {"refines": "refined_by", "refined_by": "refines"}


@examples(200)
@given(ANY, ANY)
def test_the_verdict_of_two_figures_is_mirrored_in_the_other_order(
    one: dict[str, Any], other: dict[str, Any]
) -> None:
    other = other | {"figure_id": "F902"}
    there, back = compare(one, other), compare(other, one)
    assert there.verdict in VERDICTS
    assert back.verdict == MIRRORED.get(there.verdict, there.verdict)
    assert back.keys == there.keys
    assert sorted(back.assumptions) == sorted(there.assumptions)
    assert (there.verdict == "not_comparable") <= bool(there.keys)


@examples(50)
@given(ANY)
def test_a_figure_equals_itself(row: dict[str, Any]) -> None:
    assert compare(row, row).verdict == "equal"
    assert compare(row, dict(row)).keys == ()


@examples(300)
@given(ANY, ANY)
def test_what_contradicts_cannot_both_hold_and_intervals_that_meet_never_contradict(
    one: dict[str, Any], other: dict[str, Any]
) -> None:
    other = other | {"figure_id": "F902"}
    found = compare(one, other)
    words = vocabulary(shipped())
    claims = [claim_of(figure_row(shipped(), row), words) for row in (one, other)]
    if claims[0].rounded.meets(claims[1].rounded):
        assert found.verdict not in ("contradicts", "depends_on_reading")
    if found.verdict == "contradicts":
        for row in (one, other):
            question = (row["measure"], row["population"], "2022-01/2022-04")
            if implied_by(*question, [one, other], rounded=True).conflicts:
                return
        pytest.fail("contradicting figures were found to hold together")


@examples(200)
@given(ANY, ANY)
def test_figures_that_cannot_both_hold_are_not_called_compatible(
    one: dict[str, Any], other: dict[str, Any]
) -> None:
    other = other | {"figure_id": "F902"}
    for row in (one, other):
        question = (row["measure"], row["population"], "2022-01/2022-04")
        if implied_by(*question, [one, other], rounded=True).conflicts == (("F901", "F902"),):
            assert compare(one, other).verdict in ("contradicts", "depends_on_reading")
            return


@examples(100)
@given(counts("F901", stretches=2, most=9), counts("F902", stretches=2, most=9))
def test_two_counts_that_cannot_both_hold_contradict_each_other(
    one: dict[str, Any], other: dict[str, Any]
) -> None:
    question = ("returns", "albanian", "2022-01/2022-02")
    cannot = bool(implied_by(*question, [one, other], rounded=True).conflicts)
    assume(one["lower"] is not None or one["upper"] is not None)
    found = compare(one, other)
    empty = any("less_than" in (row["comparator"],) and row["value"] == 0 for row in (one, other))
    if not empty:
        assert cannot == (found.verdict == "contradicts")


@given(st.sampled_from(("about", "exactly")), st.integers(1, 10**6), st.integers(1, 10**6))
def test_about_never_contradicts(comparator: str, one: int, other: int) -> None:
    found = compare(made("F1", "about", one), made("F2", comparator, other))
    assert found.verdict == "cannot_tell"
    assert f"{one:,}" in found.explanation
    assert f"{other:,}" in found.explanation


@pytest.mark.parametrize(
    ("one", "other", "verdict"),
    [
        (made("F1", value=100), made("F2", value=100), "equal"),
        (made("F1", value=812), made("F2", value=800), "agrees_within_rounding"),
        (made("F1", value=12_699), made("F2", "more_than", 12_000), "refines"),
        (made("F1", "more_than", 1_000), made("F2", "more_than", 1_500), "refined_by"),
        (made("F1", "more_than", 1_000), made("F2", "at_most", 1_500), "compatible"),
        (made("F1", "more_than", 1_000), made("F2", value=1_000), "agrees_within_rounding"),
        (made("F1", "more_than", 1_000), made("F2", value=999), "contradicts"),
        (made("F1", value=812), made("F2", value=900), "contradicts"),
        # A shorter window, a smaller population, a part: no more than what holds it.
        (made("F1", value=812, window=months(0, 5)), made("F2", value=811), "contradicts"),
        (made("F1", value=811, window=months(0, 5)), made("F2", value=812), "compatible"),
        (made("F1", value=812), made("F2", value=811, population="all"), "contradicts"),
        (made("F1", value=812, measure="enforced_returns"), made("F2", value=811), "contradicts"),
        # The shorter window counts the larger population: nothing follows.
        (
            made("F1", value=812, population="all", window=months(0, 5)),
            made("F2", value=1),
            "not_comparable",
        ),
        (
            made("F1", value=812, window=months(0, 5)),
            made("F2", value=1, window=months(5, 7)),
            "not_comparable",
        ),
        (made("F1", value=812), made("F2", value=811, status="provisional"), "depends_on_reading"),
        (made("F1", value=812), made("F2", value=812, status="projected"), "not_comparable"),
        (
            made("F1", value=812),
            made("F2", value=811, population_basis="self_declared"),
            "not_comparable",
        ),
        (
            made("F1", value=812, population_basis="self_declared"),
            made("F2", value=811, population="all"),
            "contradicts",
        ),
        (made("F1", value=812), made("F2", value=812, area="EU27"), "not_comparable"),
        (made("F1", value=812), made("F2", value=811, measure="removals"), "not_comparable"),
    ],
)
def test_verdicts(one: dict[str, Any], other: dict[str, Any], verdict: str) -> None:
    assert compare(one, other).verdict == verdict
    assert compare(other, one).verdict == MIRRORED.get(verdict, verdict)


def test_a_period_with_two_readings_decides_by_reading() -> None:
    # "Over the last year": the year 2022, or the twelve months to May 2023.
    year = made("F1", value=26_000, period_basis="ambiguous")
    year |= {"period_start_latest": made("X", window=("2022-05-20", "2022-05-20"))["period_start"]}
    year["period_end"] = made("X", window=("2023-05-19", "2023-05-19"))["period_end"]
    calendar = made("F2", value=24_311)
    found = compare(year, calendar)
    assert found.verdict == "depends_on_reading"
    assert "read as 2022" in found.explanation
    # An end that is merely not stated has no readings.
    assert compare(year | {"period_basis": "inferred"}, calendar).verdict == "not_comparable"


def test_assumptions_join_definitions_and_are_named() -> None:
    one, other = made("F1", value=812), made("F2", value=811, measure="removals")
    assert (
        "with the assumption removals_are_returns they would count the same"
        in compare(one, other).explanation
    )
    found = compare(one, other, assuming="removals_are_returns")
    assert found.verdict == "contradicts"
    assert found.assumptions[0].startswith("removals_are_returns: ")
    with pytest.raises(UnknownNameError, match="removals_are_returns"):
        compare(one, other, assuming=["removals_are_return"])
    with pytest.raises(ComparisonError, match="not a limit or a row"):
        compare(one, other, assuming=["F1<=5"])


def test_a_tolerance_is_named_and_gives_bounds_to_about() -> None:
    one, other = made("F1", "about", 1_000), made("F2", value=1_049)
    assert compare(one, other).verdict == "cannot_tell"
    found = compare(one, other, tolerance=0.05)
    assert found.verdict == "refined_by"
    assert "may be 5% off" in found.assumptions[0]
    assert compare(one, made("F2", value=1_120), tolerance=0.05).verdict == "contradicts"
    assert compare(made("F1", value=999), other, tolerance=0.05).verdict == "agrees_within_rounding"
    for wrong in (-0.1, 1, 7, float("nan"), float("inf")):
        with pytest.raises(ComparisonError, match="from 0 up to 1"):
            compare(one, other, tolerance=wrong)


def test_a_figure_can_be_read_as_of_another_window() -> None:
    assert compare("F034", "F011").verdict == "not_comparable"
    found = compare("F034", "F011", assuming="F034=2022-03/2022-04")
    assert found.verdict == "contradicts"
    assert "instead of" in found.assumptions[0]


def test_rows_of_a_frame_are_figures_too() -> None:
    rows: Any = figures().set_index("figure_id", drop=False)
    assert compare(rows.loc["F012"], rows.loc["F011"]) == compare("F012", "F011")
    assert compare(rows.loc["F003"], "F002").verdict == "cannot_tell"
    with pytest.raises(UnknownNameError, match='Did you mean "F034"'):
        compare("F34", "F011")
    with pytest.raises(ValidationError, match="nothing can be compared without it"):
        compare({"figure_id": "F1"}, "F011")
    frame: Any = figures()
    assert compare(frame[frame["figure_id"] == "F012"], "F011").verdict == "compatible"
    nothing: Any
    for nothing in (None, 12, frame):
        with pytest.raises(ComparisonError, match="identifier or a row"):
            compare(nothing, "F011")
    with pytest.raises(UnknownNameError, match='No measure called "foo"'):
        compare(made("F1", measure="foo"), "F011")
    with pytest.raises(ValidationError, match="not of type number"):
        compare(made("F1") | {"value": "many"}, "F011")


# ---------------------------------------------------------------- the known facts

KNOWN = {
    ("F048", "F039"): "compatible",
    ("F009", "F011"): "not_comparable",
    ("F009", "F010"): "equal",
    ("F033", "F018"): "compatible",
    ("F033", "F009"): "compatible",
    ("F048", "F040"): "cannot_tell",
    ("F003", "F002"): "cannot_tell",
    ("F029", "F028"): "compatible",
    ("F025", "F024"): "compatible",
    ("F025", "F042"): "not_comparable",
    ("F025", "F046"): "not_comparable",
    ("F026", "F031"): "not_comparable",
    ("F003", "F048"): "not_comparable",
    ("F003", "F026"): "not_comparable",
    ("F013", "F022"): "not_comparable",
    ("F035", "F011"): "not_comparable",
    ("F029", "F011"): "not_comparable",
    ("F043", "F029"): "not_comparable",
    ("F032", "F002"): "not_comparable",
    ("F041", "F047"): "not_comparable",
    ("F012", "F034"): "not_comparable",
}


@pytest.mark.parametrize("pair", KNOWN, ids="-".join)
def test_known_pairs(pair: tuple[str, str]) -> None:
    found = compare(*pair)
    assert found.verdict == KNOWN[pair]
    assert (found.verdict == "not_comparable") <= bool(found.keys)
    numbers = [figure_row(shipped(), name)["value"] for name in pair]
    if found.verdict in ("compatible", "equal"):
        for number in numbers:
            assert f"{number:,}".rstrip("0").rstrip(".")[:3] in found.explanation


def test_only_an_outermost_window_that_holds_another_is_not_said_to_hold_it() -> None:
    told = compare("F036", "F011").explanation
    assert "if F036 counts all those days" in told
    assert "holds" not in told
    assert "(F009) includes January to March 2023 (F018)" in compare("F018", "F009").explanation


def test_the_keys_that_differ_are_named() -> None:
    assert compare("F009", "F011").keys == ("period",)
    assert compare("F029", "F011").keys == ("measure", "period")
    assert compare("F003", "F026").keys == ("nationality", "period")
    assert compare("F026", "F031").keys == ("population", "period", "status")
    assert set(compare("F043", "F029").keys) == {"measure", "period"}
    assert "base_period" in compare("F025", "F046").keys


def test_the_windows_of_the_two_falls_are_told_in_a_sentence() -> None:
    told = compare("F025", "F024").explanation
    assert "1 January to 29 November 2023 against 2022" in told
    assert "2023 against 2022" in told
    assert "neither period nor base period stated" in compare("F025", "F046").explanation
    assert not re.search(r"\bNone\b|datetime", told)
