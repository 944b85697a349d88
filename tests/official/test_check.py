"""Figures held against official statistics: which verdict, at which vintage, and why."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from albania_uk_migration import (
    ClaimCheck,
    ComparisonError,
    UnknownNameError,
    check_claim,
    check_claims,
    records,
)
from albania_uk_migration.official.check import CLAIM_COLUMNS, checked_in, checked_series
from albania_uk_migration.official.periods import quarter_days, year_days
from albania_uk_migration.official.terms import CLAIM_VERDICTS
from albania_uk_migration.tables.package import shipped

from ..support.figures import ENDS, STARTS, counts, made
from ..support.official_rows import release, value
from ..support.trying import examples

YEAR = year_days(2022)
QUARTERS = [quarter_days(2022, quarter) for quarter in (1, 2, 3, 4)]
SAID: dict[str, Any] = {"stated_on": "2024-03-01"}
SAID |= {f"stated_on_{end}": datetime.date(2024, 3, 1) for end in ("start", "end")}


def check(
    figure: dict[str, Any],
    values: list[dict[str, Any]],
    *releases: dict[str, Any],
    vintage: str = "at the time",
) -> ClaimCheck:
    """A figure held against these releases alone."""
    tables = {
        "official_statistics": values,
        "official_releases": list(releases) or [release("one")],
        "follow_ups": [],
    }
    return checked_in(shipped().with_rows(tables), figure, vintage)


def arrivals(number: Any, comparator: str = "exactly", **changes: Any) -> dict[str, Any]:
    return made("F900", comparator, number, measure="small_boat_arrivals", **{**SAID, **changes})


def counted(number: int, name: str = "one", **more: Any) -> dict[str, Any]:
    return value("small_boat_arrivals", YEAR, number, name, **more)


# ---------------------------------------------------------------- the shipped figures

AT_THE_TIME = {
    "F002": "no_vintage_held",
    "F003": "definition_differs",
    "F004": "agrees_within_rounding",
    "F005": "no_vintage_held",
    "F007": "no_vintage_held",
    "F024": "agrees",
    "F025": "agrees_within_rounding",
    "F026": "agrees",
    "F027": "compatible",
    "F028": "no_vintage_held",
    "F029": "definition_differs",
    "F031": "no_vintage_held",
    "F035": "definition_differs",
    "F042": "window_not_published",
    "F043": "no_vintage_held",
    "F046": "window_not_published",
    **{f"F{n:03d}": "no_vintage_held" for n in (*range(9, 23), 33, 34, 36, 39, 40, 48)},
}
NOT_CHECKED = {f"F{n:03d}" for n in (1, 6, 8, 23, 30, 32, 37, 38, 41, 44, 45, 47)}


def test_every_checkable_figure_has_its_verdict() -> None:
    frame = check_claims()
    assert frame.set_index("figure_id")["verdict"].to_dict() == AT_THE_TIME
    assert {item["figure_id"] for item in frame.attrs["left_out"]} == NOT_CHECKED
    assert set(AT_THE_TIME) | NOT_CHECKED == {row["figure_id"] for row in records("figures")}
    assert list(frame) == list(CLAIM_COLUMNS) == list(ClaimCheck._fields)


def test_12658_agrees_with_releases_from_august_2023_and_not_with_the_first() -> None:
    found = check_claim("F026")
    assert (found.verdict, found.public_when_said) == ("agrees", "yes")
    assert found.release_id == "ho-iss-ye-dec-2023"
    assert found.official_lower == found.official_upper == found.claimed_lower == 12658
    assert "9,044 (2022 Q3)" in (found.cells or "")
    agreeing, others = found.explanation.split("Agreeing too: ")[1].split("Not agreeing: ")
    assert "12,658 (ho-iss-ye-jun-2023, public by 2023-08-24)" in agreeing
    assert "12,301 (ho-iss-ye-dec-2022, first publication" in others
    assert check_claim("F026", "ho-iss-ye-dec-2022").verdict == "disagrees"
    # On a day a difference counts only from what is known to have been the newest.
    assert check_claim("F026", "2023-05-01").verdict == "no_vintage_held"
    assert check_claim("F026", "2023-08-24").verdict == "agrees"


@pytest.mark.parametrize(
    ("figure", "range_told", "difference"),
    [
        ("F012", ("956", "964"), "0.2% to 1.0% more than the claim"),
        ("F014", ("1,002", "1,052"), "7% to 13% more than the claim"),
        ("F017", ("494", "496"), ""),
    ],
)
def test_where_no_vintage_of_the_day_is_held_that_is_the_verdict(
    figure: str, range_told: tuple[str, str], difference: str
) -> None:
    found = check_claim(figure)
    assert (found.verdict, found.against_latest) == ("no_vintage_held", "disagrees")
    assert "no vintage of that day is held" in found.explanation
    assert all(number in (found.vintages or "") for number in range_told)
    assert difference in found.explanation
    assert ("all that is held being dated later" in found.explanation) == (figure != "F017")
    assert ("none of those held is known to have been the newest" in found.explanation) == (
        figure == "F017"
    )
    assert check_claim(figure, "2023-04-25").verdict == "no_vintage_held"


def test_people_returned_to_a_country_are_not_people_of_a_nationality() -> None:
    for vintage in ("at the time", "latest", "2024-03-01", "ho-iss-ye-dec-2023"):
        found = check_claim("F035", vintage)
        assert found.verdict == "definition_differs"
        assert "returns_to_albania_are_returns_of_albanians" in found.explanation
        assert (found.official_lower, found.official_upper) == (None, None)


def test_the_8000_claim_is_bracketed_by_quarters() -> None:
    found = check_claim("F033")
    assert (found.verdict, found.against_latest) == ("no_vintage_held", "disagrees")
    assert found.official_lower == 923
    assert found.official_upper == 3066
    assert "between 923 and 3,066" in found.explanation
    assert any("not certain" in text for text in found.assumptions)
    assert any("more than 1,800" in text for text in found.follow_ups)
    assert check_claim("F033", "latest").verdict == "disagrees"
    assert check_claim("F034").follow_ups == found.follow_ups


def test_what_is_to_be_rechecked_stands_beside_and_decides_nothing() -> None:
    for vintage in ("at the time", "latest", "pmo-2025-05-15"):
        found = check_claim("F043", vintage)
        assert found.verdict == "no_vintage_held"
        assert "5,294 (2024) in pmo-2025-05-15" in found.explanation
        assert "2,035 (2022) in pmo-2025-05-15" in found.explanation
        assert found.official_lower is None


def test_26000_has_no_vintage_and_says_what_would_join() -> None:
    found = check_claim("F028")
    assert found.verdict == "no_vintage_held"
    assert "removals_are_returns would join" in found.explanation


def test_what_cannot_be_held_against_a_series_says_why() -> None:
    with pytest.raises(ComparisonError, match="no official series tells of residents"):
        check_claim("F001")
    with pytest.raises(ComparisonError, match="allocated, not counted"):
        check_claim("F023")
    with pytest.raises(ComparisonError, match="a rank needs"):
        check_claim("F047")
    with pytest.raises(UnknownNameError, match="F999"):
        check_claim("F999")
    with pytest.raises(UnknownNameError, match='did you mean "latest"'):
        check_claim("F026", "lates")


def test_every_row_is_told_whole() -> None:
    for row in checked_series(shipped(), None, "at the time", None).rows:
        assert row["verdict"] in CLAIM_VERDICTS
        assert f'"{row["exact"]}"' in row["explanation"]
        assert row["explanation"].endswith(".")
        if row["official_lower"] is not None:
            assert row["release_id"] in row["explanation"]
            assert row["cells"]
        found = check_claim(row["figure_id"])
        assert found.row() == row
        assert row["explanation"] in str(found)
        assert found.to_dict()["verdict"] == row["verdict"]


# ---------------------------------------------------------------- which vintage decides


def test_a_difference_is_disagreement_only_from_the_newest_release_of_the_day() -> None:
    old = release("old", "2022-12-31", "2023-02-23")
    later = release("later", "2023-03-31", "2024-05-23")
    values = [counted(117, "old"), value("returns", YEAR, 1, "later")]
    # The next quarter's release is held, and came out after the claim.
    assert check(arrivals(123), values, old, later).verdict == "disagrees"
    assert check(arrivals(123), values, old).verdict == "no_vintage_held"
    # Its day is one by which it was public: it may have been out.
    vague = release("later", "2023-03-31", "2024-05-23", "public_no_later_than")
    assert check(arrivals(123), values, old, vague).verdict == "no_vintage_held"
    # It is not the next quarter's, or of another office.
    other = release("later", "2023-06-30", "2024-05-23")
    assert check(arrivals(123), values, old, other).verdict == "no_vintage_held"
    foreign = release("later", "2023-03-31", "2024-05-23", series="refugee-data-finder")
    assert check(arrivals(123), values, old, foreign).verdict == "no_vintage_held"
    # Between the two another one, with other values, may have been out.
    between = release("between", "2023-02-28", "2024-02-01", "public_no_later_than")
    values.append(counted(123, "between"))
    assert check(arrivals(124), values, old, between, later).verdict == "no_vintage_held"


def test_a_release_that_is_newer_though_doubted_or_of_no_series_may_be_the_newest() -> None:
    old = release("old", "2022-12-31", "2023-02-23")
    later = release("later", "2023-03-31", "2024-05-23")
    values = [counted(117, "old")]
    assert check(arrivals(123), values, old, later).verdict == "disagrees"
    lone = release("lone", "2023-03-15", "2024-01-10", series=None)
    doubted = [*values, counted(123, "lone", recheck="doubted")]
    assert check(arrivals(123), doubted, old, lone, later).verdict == "no_vintage_held"
    single = release("later", "2023-03-31", "2024-05-23", series=None)
    assert check(arrivals(123), values, old, single).verdict == "no_vintage_held"


def test_the_latest_disagrees_only_where_every_newer_one_does() -> None:
    window: Any = {"window": ("2022-01-01", "2022-11-29")}
    quarters = [
        value("small_boat_arrivals", days, number, "old")
        for days, number in zip(QUARTERS, (28, 252, 583, 61), strict=True)
    ]
    old, new = release("old"), release("new", "2025-09-30", None)
    claim = arrivals(991, **window)
    assert check(claim, quarters, old, new, vintage="latest").verdict == "disagrees"
    found = check(claim, [*quarters, counted(1000, "new")], old, new, vintage="latest")
    assert (found.verdict, found.release_id) == ("compatible", "new")
    found = check(claim, [*quarters, counted(927, "new")], old, new, vintage="latest")
    assert (found.verdict, found.release_id) == ("disagrees", "old")
    early = {**claim, **dict.fromkeys(("stated_on_start", "stated_on_end"), YEAR[1])}
    assert (
        "the closest, old" in check(early, [*quarters, counted(927, "new")], old, new).explanation
    )


def test_a_release_that_contradicts_itself_proves_nothing_but_what_it_gives_as_such() -> None:
    quarters = [value("small_boat_arrivals", days, 25) for days in QUARTERS]
    year = counted(110)
    assert check(arrivals(110), [*quarters, year], vintage="latest").verdict == "agrees"
    assert check(arrivals(105), [*quarters, year], vintage="latest").verdict == "disagrees"
    half = value("small_boat_arrivals", (QUARTERS[0][0], QUARTERS[1][1]), 60)
    window: Any = {"window": ("2022-01-01", "2022-09-30")}
    found = check(arrivals(83, **window), [*quarters, half], vintage="latest")
    assert found.verdict == "compatible"
    assert [found.official_lower, found.official_upper] == [75, 85]


def test_before_a_quarter_ends_its_release_cannot_be_out() -> None:
    values = [counted(117)]
    assert check(arrivals(123), values, release("one", "2023-12-31", "2024-02-29")).verdict == (
        "disagrees"
    )
    assert check(arrivals(123), values, release("one", "2023-09-30", "2024-02-29")).verdict == (
        "no_vintage_held"
    )
    assert check_claim("F011", "2023-06-01").verdict == "disagrees"
    assert check_claim("F011", "2023-06-01").official_lower == 1958


def test_what_came_out_that_very_day_is_the_newest() -> None:
    today = release("today", "2023-12-31", "2024-03-01", series=None)
    assert check(arrivals(123), [counted(117, "today")], today).verdict == "disagrees"
    week = arrivals(123, stated_on_end=datetime.date(2024, 3, 7))
    assert check(week, [counted(117, "today")], today).verdict == "no_vintage_held"


def test_agreement_with_any_vintage_then_public_is_agreement() -> None:
    old, new = release("old", "2022-12-31", "2023-02-23"), release("new")
    values = [counted(123, "old"), counted(117, "new")]
    found = check(arrivals(123), values, old, new)
    assert (found.verdict, found.release_id) == ("agrees", "old")
    assert found.against_latest == "superseded_by_revision"
    found = check(arrivals(123), values, old, new, vintage="latest")
    assert (found.verdict, found.release_id) == ("superseded_by_revision", "new")
    assert "agreed with a release that was public" in found.explanation
    assert check(arrivals(117), values, old, new).release_id == "new"
    assert check(arrivals(119), values, old, new, vintage="latest").verdict == "disagrees"


def test_a_release_that_was_not_certainly_public_is_not_of_the_day() -> None:
    late = release("one", "2023-12-31", "2024-03-02")
    assert check(arrivals(100), [counted(100)], late).verdict == "no_vintage_held"
    unseen = release("one", day=None)
    assert check(arrivals(100), [counted(100)], unseen).verdict == "no_vintage_held"
    unsaid = arrivals(100, stated_on_start=None)
    assert check(unsaid, [counted(100)]).verdict == "no_vintage_held"
    # From the first day on which it can have been said: not from the last.
    range_said = arrivals(100, stated_on_start=datetime.date(2024, 2, 1))
    assert check(range_said, [counted(100)]).verdict == "no_vintage_held"


@pytest.mark.parametrize(
    ("about", "public"),
    [
        ({"day": "2024-03-01"}, "yes"),
        ({"day": "2024-03-01", "basis": "public_no_later_than"}, "yes"),
        ({"day": "2024-03-02"}, "not_known"),
        ({"day": "2024-03-02", "first": True}, "no"),
        ({"day": "2024-03-02", "first": True, "basis": "public_no_later_than"}, "not_known"),
        ({"day": "2024-03-02", "first": False}, "not_known"),
        ({"day": None, "first": True}, "not_known"),
    ],
)
def test_public_when_said_is_yes_or_no_only_where_it_is_known(
    about: dict[str, Any], public: str
) -> None:
    found = check(arrivals(100), [counted(100)], release("one", **about))
    assert found.public_when_said == public


def test_quarters_around_a_day_were_not_a_figure_of_that_day() -> None:
    day = arrivals(3, window=("2022-05-03", "2022-05-03"))
    assert check(day, [counted(100)]).public_when_said == "not_known"
    assert check_claim("F027").public_when_said == "not_known"


@pytest.mark.parametrize("vintage", [None, 5, "", [], "2023", "2023-06", "lates"])
def test_a_vintage_that_is_none_is_named(vintage: Any) -> None:
    with pytest.raises(UnknownNameError, match="vintage"):
        check_claim("F026", vintage)


def test_values_to_be_rechecked_never_decide() -> None:
    figure = arrivals(100)
    assert check(figure, [counted(100)]).verdict == "agrees"
    found = check(figure, [counted(100, recheck="doubted")])
    assert found.verdict == found.against_latest == "no_vintage_held"
    assert found.public_when_said == "not_known"
    assert "100 (2022) in one (doubted)" in found.explanation


def test_returns_are_enforced_and_voluntary_of_one_release_without_ports() -> None:
    values = [
        value("enforced_returns", YEAR, 60, "one"),
        value("voluntary_returns", YEAR, 40, "one"),
        value("port_returns", YEAR, 1000, "one"),
        value("fno_returns", YEAR, 50, "one"),
    ]
    assert check(made("F900", **SAID), values).verdict == "agrees"
    values[1]["release_id"] = "two"
    releases = release("one"), release("two", "2023-09-30", "2023-11-23")
    assert check(made("F900", **SAID), values, *releases).verdict == "no_vintage_held"


# ---------------------------------------------------------------- laws

ALLOWS = {
    "exactly": lambda number, printed: number == printed,
    "more_than": lambda number, printed: number > printed,
    "at_least": lambda number, printed: number >= printed,
    "less_than": lambda number, printed: number < printed,
    "at_most": lambda number, printed: number <= printed,
}


@examples(60)
@given(st.sampled_from([*ALLOWS, "about"]), st.integers(0, 30), st.integers(0, 30))
def test_the_verdict_on_a_published_number_is_what_the_words_allow(
    comparator: str, printed: int, number: int
) -> None:
    found = check(arrivals(printed, comparator), [counted(number)], vintage="latest")
    if comparator == "about":
        assert found.verdict == "cannot_tell"
    elif ALLOWS[comparator](number, printed):
        assert found.verdict == "agrees"
    elif comparator == "exactly" and printed % 10 == 0 and printed and abs(number - printed) <= 5:
        assert found.verdict == "agrees_within_rounding"
    else:
        assert found.verdict == "disagrees"


@examples(80)
@given(
    counts("F900", stretches=12, certain=False, measures=("small_boat_arrivals",)),
    st.lists(st.integers(0, 9), min_size=12, max_size=12),
    st.sets(st.integers(0, 3)),
    st.data(),
)
def test_a_true_claim_never_disagrees_and_a_false_one_never_agrees(
    figure: dict[str, Any], months: list[int], held: set[int], data: st.DataObject
) -> None:
    """Of a window that its dates allow a claim is so, or is not: no verdict denies that."""
    low, high = (figure[name] for name in ("period_start", "period_end"))
    latest, earliest = (figure[f"period_{end}"] for end in ("start_latest", "end_earliest"))
    starts = [n for n, day in enumerate(STARTS) if low <= day <= (latest or high)]
    ends = [n for n, day in enumerate(ENDS) if (earliest or low) <= day <= high]
    first = data.draw(st.sampled_from(starts))
    last = data.draw(st.sampled_from([n for n in ends if n >= first]))
    truth = sum(months[first : last + 1])
    printed = max(0, truth + data.draw(st.integers(-2, 2)))
    comparator = figure["comparator"]
    so = comparator == "about" or ALLOWS[comparator](truth, printed)
    claim = made("F900", comparator, printed, measure="small_boat_arrivals", **SAID)
    claim |= {name: cell for name, cell in figure.items() if name.startswith("period")}
    values = [value("small_boat_arrivals", QUARTERS[n], sum(months[3 * n :][:3])) for n in held]
    values.append(value("small_boat_arrivals", YEAR, sum(months)))
    for vintage in ("at the time", "latest", "one"):
        verdict = check(claim, values, vintage=vintage).verdict
        assert verdict not in (("disagrees", "superseded_by_revision") if so else ("agrees",))


@examples(60)
@given(st.integers(1, 500), st.integers(0, 500), st.sampled_from(("share", "change")))
def test_shares_and_changes_are_quotients_of_official_counts(
    one: int, other: int, kind: str
) -> None:
    before = year_days(2021)
    if kind == "share":
        measure, number = "enforced_returns_share", 100 * other / (one + other)
        values = [value("enforced_returns", YEAR, other), value("voluntary_returns", YEAR, one)]
    else:
        measure, number = "small_boat_arrivals_change", 100 * (other - one) / one
        values = [counted(other), value("small_boat_arrivals", before, one)]
    figure = made("F900", "exactly", round(abs(number)), measure=measure, unit="percent", **SAID)
    if kind == "change":
        figure |= {"direction": "decrease" if number < 0 else "increase", "base_period": "2021"}
        figure |= {"base_period_start": before[0], "base_period_end": before[1]}
    found = check(figure, values, vintage="latest")
    assert found.official_lower is not None
    assert abs(float(found.official_lower) - number) < 0.006
    assert found.official_lower == found.official_upper
    # Printed to the per cent, it agrees at least within rounding.
    assert found.verdict in ("agrees", "agrees_within_rounding")
    wrong = {**figure, **dict.fromkeys(("value", "lower", "upper"), figure["value"] + 11)}
    if figure["value"] % 10:
        assert check(wrong, values, vintage="latest").verdict in (
            "disagrees",
            "agrees_within_rounding",
        )


def test_a_change_from_nothing_is_no_number() -> None:
    before = year_days(2021)
    figure = made("F900", "exactly", 50, measure="small_boat_arrivals_change", unit="percent")
    figure |= {"direction": "increase", "base_period": "2021", **SAID}
    figure |= {"base_period_start": before[0], "base_period_end": before[1]}
    values = [counted(10), value("small_boat_arrivals", before, 0)]
    assert check(figure, values, vintage="latest").verdict == "no_vintage_held"
