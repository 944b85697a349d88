"""Figures held against official statistics: which verdict, at which vintage, and why."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable
from decimal import Decimal
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
from albania_uk_migration.official.counts import official_of
from albania_uk_migration.official.periods import quarter_days, year_days
from albania_uk_migration.official.phrases import release_in_words
from albania_uk_migration.official.terms import CLAIM_VERDICTS
from albania_uk_migration.series.known import known_on
from albania_uk_migration.tables.package import shipped

from ..support.figures import ENDS, STARTS, counts, made
from ..support.official_rows import coverage, release, value
from ..support.trying import examples

YEAR = year_days(2022)
QUARTERS = [quarter_days(2022, quarter) for quarter in (1, 2, 3, 4)]
SAID: dict[str, Any] = {"stated_on": "2024-03-01"}
SAID |= {f"stated_on_{end}": datetime.date(2024, 3, 1) for end in ("start", "end")}


def check(
    figure: dict[str, Any],
    values: list[dict[str, Any]],
    *releases: dict[str, Any],
    covered: Iterable[dict[str, Any]] = (),
    vintage: str = "at the time",
) -> ClaimCheck:
    """A figure held against these releases alone."""
    tables = {
        "official_statistics": values,
        "official_releases": list(releases) or [release("one")],
        "official_coverage": list(covered),
        "follow_ups": [],
    }
    return checked_in(shipped().with_rows(tables), figure, vintage)


def arrivals(number: Any, comparator: str = "exactly", **changes: Any) -> dict[str, Any]:
    return made("F900", comparator, number, measure="small_boat_arrivals", **{**SAID, **changes})


def counted(number: int, name: str = "one", **more: Any) -> dict[str, Any]:
    return value("small_boat_arrivals", YEAR, number, name, **more)


# ---------------------------------------------------------------- the shipped figures

AT_THE_TIME = {
    "F003": "definition_differs",
    "F004": "agrees_within_rounding",
    "F005": "published_not_held",
    "F024": "agrees",
    "F025": "agrees_within_rounding",
    "F026": "agrees",
    "F027": "compatible",
    "F028": "definition_differs",
    "F029": "definition_differs",
    "F035": "agrees",
    "F042": "period_not_stated",
    "F046": "period_not_stated",
    **{f"F{n:03d}": "published_not_held" for n in range(11, 23)},
    **{f"F{n:03d}": "not_published_then" for n in (9, 10, 33, 34, 36)},
    **{f"F{n:03d}": "coverage_not_known" for n in (2, 7, 31, 39, 40, 43, 48)},
}
PUBLIC = {
    "yes": {*(f"F{n:03d}" for n in range(11, 23)), "F004", "F005", "F024", "F026", "F035"},
    "no": {f"F{n:03d}" for n in (9, 10, 33, 34, 36)},
}
NOT_CHECKED = {f"F{n:03d}" for n in (1, 6, 8, 23, 30, 32, 37, 38, 41, 44, 45, 47)}


def test_every_checkable_figure_has_its_verdict() -> None:
    frame = check_claims()
    assert frame.set_index("figure_id")["verdict"].to_dict() == AT_THE_TIME
    assert {item["figure_id"] for item in frame.attrs["left_out"]} == NOT_CHECKED
    assert set(AT_THE_TIME) | NOT_CHECKED == {row["figure_id"] for row in records("figures")}
    assert list(frame) == list(CLAIM_COLUMNS) == list(ClaimCheck._fields)


def test_public_when_said_is_known_from_the_calendar() -> None:
    frame = check_claims().set_index("figure_id")["public_when_said"]
    for public, figures in PUBLIC.items():
        assert set(frame[frame == public].index) == figures


def test_12658_agrees_with_releases_from_august_2023_and_not_with_the_first() -> None:
    found = check_claim("F026")
    assert (found.verdict, found.public_when_said) == ("agrees", "yes")
    assert found.release_id == "ho-iss-ye-dec-2023"
    assert found.official_lower == found.official_upper == found.claimed_lower == 12658
    assert found.difference == 0
    assert found.ratio == 1
    assert "9,044 (2022 Q3)" in (found.cells or "")
    agreeing, others = found.explanation.split("releases agree: ")[1].split("releases differ: ")
    assert "12,658 (Home Office, 24 August 2023)" in agreeing
    assert "12,301 (Home Office, 23 February 2023)" in others
    assert check_claim("F026", "ho-iss-ye-dec-2022").verdict == "disagrees"
    # On 1 May 2023 the calendar knows no other release with 2022; in August the next one is out.
    assert check_claim("F026", "2023-05-01").verdict == "disagrees"
    assert check_claim("F026", "2023-08-24").verdict == "agrees"


@pytest.mark.parametrize("number", range(11, 23))
def test_a_table_that_came_out_that_day_is_named_though_its_numbers_are_not_held(
    number: int,
) -> None:
    found = check_claim(f"F{number:03d}")
    assert (found.verdict, found.against_latest) == ("published_not_held", "disagrees")
    assert (found.newest_release_id, found.newest_table) == ("ho-imb-2023-04-24", "IMB_06")
    assert found.newest_covered_to == datetime.date(2023, 3, 31)
    assert str(found.newest_url).startswith("https://www.gov.uk/government/statistics/")
    assert "Home Office, 24 April 2023, table IMB_06" in found.explanation
    assert str(found.newest_url) in found.explanation


def test_an_older_release_does_not_disagree_where_a_newer_one_covers_these_days() -> None:
    found = check_claim("F017")
    assert found.verdict == "published_not_held"
    assert "Earlier releases gave 363 (Home Office, 23 February 2023)" in found.explanation
    # Without the table of 24 April 2023 in the calendar, the 363 would seem to be the newest.
    rows = [row for row in records("official_coverage") if row["table"] != "IMB_06"]
    without = shipped().with_rows({"official_coverage": rows})
    assert checked_in(without, "F017").verdict == "disagrees"
    # And where it is only expected it stops nothing.
    rows = [
        {**row, "basis": "expected"} if row["table"] == "IMB_06" else row
        for row in records("official_coverage")
    ]
    expected = shipped().with_rows({"official_coverage": rows})
    assert checked_in(expected, "F017").verdict == "disagrees"
    assert checked_in(expected, "F012").verdict == "coverage_not_known"


IMB_06 = {
    ("enforced_returns", year_days(2022)): 954,
    ("voluntary_returns", year_days(2022)): 934,
    ("enforced_returns", quarter_days(2023, 1)): 389,
    ("voluntary_returns", quarter_days(2023, 1)): 406,
    ("voluntary_returns", year_days(2021)): 492,
    ("enforced_returns", year_days(2021)): 700,
}


@pytest.mark.parametrize("more", [0, 60])
def test_cells_of_the_table_turn_the_figures_of_its_day(more: int) -> None:
    """Made cells: with the numbers of the release all agree, with others those that differ do."""
    made_rows = [
        value(measure, days, number + (more if measure == "voluntary_returns" else 0), IMB)
        for (measure, days), number in IMB_06.items()
    ]
    tables = {"official_statistics": [*records("official_statistics"), *made_rows]}
    package = shipped().with_rows(tables)
    found = {n: checked_in(package, f"F{n:03d}") for n in range(11, 23)}
    counts = Counter(one.verdict for one in found.values())
    assert {one.release_id for one in found.values()} == {IMB}
    if not more:
        assert counts == {"agrees": 7, "agrees_within_rounding": 5}
    else:
        assert {n for n, one in found.items() if one.verdict == "disagrees"} == {
            *(11, 13, 14, 15, 16, 17, 18, 20, 21, 22)
        }
        assert {found[12].verdict, found[19].verdict} == {"agrees"}


IMB = "ho-imb-2023-04-24"


def test_people_returned_to_a_country_are_counted_by_destination_all_types_together() -> None:
    found = check_claim("F035")
    assert (found.verdict, found.against_latest) == ("agrees", "superseded_by_revision")
    assert found.release_id == "ho-iss-ye-dec-2022"
    assert found.official_lower == 2148
    assert found.latest_lower == 2541
    assert found.latest_difference == -393
    for release_id, number in {"mar-2023": 2502, "jun-2023": 2515, "sep-2023": 2529}.items():
        found = check_claim("F035", f"ho-iss-ye-{release_id}")
        assert found.verdict == "disagrees"
        assert found.official_lower == number


def test_the_8000_claim_is_bracketed_by_quarters() -> None:
    found = check_claim("F033")
    assert (found.verdict, found.against_latest) == ("not_published_then", "disagrees")
    assert found.public_when_said == "no"
    assert (found.newest_table, found.newest_covered_to) == ("IMB_06", datetime.date(2023, 3, 31))
    assert found.official_lower == 923
    assert found.official_upper == 3066
    assert found.difference == 4935
    assert found.ratio == Decimal("2.6096")
    assert "at least 4,935 higher (8,001 minus 3,066), or at least 2.6 times" in found.explanation
    assert "between 923 and 3,066" in found.explanation
    assert any("not certain" in text for text in found.assumptions)
    assert any("more than 1,800" in text for text in found.follow_ups)
    assert check_claim("F033", "latest").verdict == "disagrees"


def test_newer_releases_without_numbers_are_counted() -> None:
    late = arrivals(103, stated_on_start=YEAR[1], stated_on_end=YEAR[1])
    one, newer = (
        release("one"),
        [release("two", published="2024-05-23"), release("six", published="2025-05-22")],
    )
    covered = [coverage("two"), coverage("six", None)]
    told = check(late, [counted(100)], one, *newer, covered=covered).explanation
    assert "2 newer releases may cover these days too; we do not have their numbers." in told
    told = check(late, [counted(100)], one, newer[0], covered=covered[:1]).explanation
    assert "may cover these days too; we do not have its numbers." in told
    assert "newer release" not in check(late, [counted(100)], one).explanation
    assert "10 newer releases may cover these days too" in check_claim("F034").explanation


def test_one_claim_that_is_repeated_gets_one_bracket() -> None:
    for figure in records("figures"):
        if figure["repeats"] is None or figure["figure_id"] not in AT_THE_TIME:
            continue
        found, first = check_claim(figure["figure_id"]), check_claim(figure["repeats"])
        for name in ("period", "official_lower", "official_upper", "difference", "follow_ups"):
            assert getattr(found, name) == getattr(first, name)
    assert (
        "F034 repeats F033, so we read it with the same period" in check_claim("F034").assumptions
    )


@pytest.mark.parametrize("figure", ["F009", "F010", "F036"])
def test_a_number_from_the_offices_own_press_release_is_said_to_be(figure: str) -> None:
    found = check_claim(figure)
    assert (found.verdict, found.public_when_said) == ("not_published_then", "no")
    assert "The number is from a press release" in found.explanation
    # The third names the office; who made the claim of the others is our inference.
    inferred = "we infer that it is from the Home Office." in found.explanation
    assert inferred == (figure != "F036")
    assert "press release" not in check_claim("F034").explanation
    (row,) = (row for row in records("figures") if row["figure_id"] == figure)
    assert "press release" not in check_claim({**row, "value": Decimal(777)}).explanation


def test_what_needs_caution_is_shown_and_decides_nothing() -> None:
    for vintage, verdict in (
        ("at the time", "coverage_not_known"),
        ("latest", "coverage_not_known"),
        ("pmo-2025-05-15", "coverage_not_known"),
    ):
        found = check_claim("F043", vintage)
        assert found.verdict == verdict
        assert "5,294 in 2024 (Prime Minister's Office, 15 May 2025;" in found.explanation
        assert "2,035 in 2022 (Prime Minister's Office, 15 May 2025;" in found.explanation
        assert found.official_lower is None
    assert check_claim("F043").newest_release_id == "ho-iss-ye-dec-2024"


@pytest.mark.parametrize("figure", ["F028", "F029"])
def test_removals_are_returns_only_under_a_named_assumption(figure: str) -> None:
    found = check_claim(figure)
    assert found.verdict == "definition_differs"
    assert "the same only if the people called removed are those called returned" in (
        found.explanation
    )


def test_each_claim_that_no_number_decides_names_the_table_and_its_link() -> None:
    for row in checked_series(shipped(), None, "at the time", None).rows:
        if row["verdict"] in ("published_not_held", "coverage_not_known", "not_published_then"):
            assert row["newest_table"]
            assert row["newest_url"].startswith("https://")
            assert row["newest_url"] in row["explanation"]


def test_what_cannot_be_held_against_a_series_says_why() -> None:
    with pytest.raises(ComparisonError, match="no official series counts residents"):
        check_claim("F001")
    with pytest.raises(ComparisonError, match="allocated, not counted"):
        check_claim("F023")
    with pytest.raises(ComparisonError, match="it is a rank"):
        check_claim("F047")
    with pytest.raises(UnknownNameError, match="F999"):
        check_claim("F999")
    with pytest.raises(UnknownNameError, match='Did you mean "latest"'):
        check_claim("F026", "lates")


@pytest.mark.parametrize(
    ("figure", "vintage", "answer"),
    [
        (
            "F026",
            "at the time",
            "“12,658” matches the official figure published at the time: 12,658.",
        ),
        (
            "F004",
            "at the time",
            "“800” matches the official figure published at the time once rounded: 815.",
        ),
        (
            "F035",
            "at the time",
            "“2,148” matches the official figure published at the time: 2,148. That figure has "
            "since been revised to 2,541.",
        ),
        (
            "F035",
            "latest",
            "“2,148” matched the figure published at the time, which was later revised to 2,541.",
        ),
        (
            "F026",
            "ho-iss-ye-dec-2022",
            "“12,658” does not match the figure in this release, 12,301: the claim is 357 higher "
            "(3%).",
        ),
        (
            "F011",
            "2023-06-01",
            "“1,888” does not match the official figure published by then, 1,958: the claim is 70 "
            "lower (4%).",
        ),
        (
            "F034",
            "at the time",
            "No statistical release that we know of covered the whole period when this was said. "
            "Figures published later give at most 3,066; the claim is at least 2.6 times that.",
        ),
        (
            "F011",
            "at the time",
            "The latest figures we have (29 February 2024) give 2,010; the claim is 122 lower "
            "(6%). An official table for this period had been published when this was said, but "
            "we do not have its numbers.",
        ),
        (
            "F017",
            "at the time",
            "The latest figures we have (29 February 2024) give 496; the claim is 4 lower (0.8%). "
            "An official table for this period had been published when this was said, but we do "
            "not have its numbers. An earlier release that we have gives 363; the claim is 129 "
            "higher (36%).",
        ),
        (
            "F027",
            "at the time",
            "“922” is neither proved nor ruled out by the official figures published at the time: "
            "between 863 and 924.",
        ),
        (
            "F009",
            "at the time",
            "No statistical release that we know of covered the whole period when this was said. "
            "The number is from a press release; we infer that it is from the Home Office. "
            "Figures published later give between 923 and 3,066, which neither proves nor rules "
            "out “Over 1,000”.",
        ),
        (
            "F011",
            "ho-daily-small-boats-2025-11-14",
            "This release has no figure for this that we can use.",
        ),
        (
            "F046",
            "at the time",
            "The claim does not state its period, so we cannot check it against official figures.",
        ),
    ],
)
def test_the_answer_says_the_verdict_with_its_number(
    figure: str, vintage: str, answer: str
) -> None:
    assert check_claim(figure, vintage).answer == answer


def test_no_answer_uses_a_code_or_an_identifier() -> None:
    codes = {code for code in CLAIM_VERDICTS if "_" in code} | set(official_of(shipped()).releases)
    for vintage in ("at the time", "latest", "2023-06-01", "ho-iss-ye-dec-2023"):
        for row in checked_series(shipped(), None, vintage, None).rows:
            for text in (row["answer"], row["explanation"]):
                assert not [code for code in codes if code in text]
            numbers = {row["official_lower"], row["official_upper"]} - {None}
            if row["official_is"] == "deciding" and len(numbers) == 1 and row["unit"] == "persons":
                assert f"{numbers.pop():,}" in row["answer"]


def test_every_row_is_told_whole() -> None:
    official = official_of(shipped())
    for row in checked_series(shipped(), None, "at the time", None).rows:
        assert row["verdict"] in CLAIM_VERDICTS
        assert f'"{row["exact"]}"' in row["explanation"]
        assert row["explanation"].endswith(".")
        if row["official_lower"] is not None:
            assert release_in_words(row["release_id"], official) in row["explanation"]
            assert row["cells"]
        found = check_claim(row["figure_id"])
        assert found.row() == row
        assert row["explanation"] in str(found)
        assert found.to_dict()["verdict"] == row["verdict"]


# ---------------------------------------------------------------- which vintage decides

NOT_KNOWN = ("not_published_then", "published_not_held", "coverage_not_known")


def test_a_difference_is_disagreement_only_from_the_newest_release_of_the_day() -> None:
    old = release("old", "2022-12-31", "2023-02-23")
    values = [counted(117, "old")]
    assert check(arrivals(123), values, old).verdict == "disagrees"
    # A release that came out later changes nothing, whatever it has or covers.
    later = release("later", "2023-03-31", "2024-05-23")
    for more in ([], [counted(123, "later")]):
        for covered in ([], [coverage("later")]):
            found = check(arrivals(123), [*values, *more], old, later, covered=covered)
            assert (found.verdict, found.release_id) == ("disagrees", "old")
    # One that may have been out by then, and covers these days, may have had another number.
    vague = release("later", "2023-03-31", by="2024-05-23")
    lone = {**vague, "series": None}
    assert check(arrivals(123), values, old, lone).verdict == "disagrees"
    # So may the next of its series, of which no coverage is known at all.
    assert check(arrivals(123), values, old, vague).verdict == "coverage_not_known"
    found = check(arrivals(123), values, old, vague, covered=[coverage("later")])
    assert (found.verdict, found.newest_release_id) == ("coverage_not_known", "later")
    # One that was out and covers them is the newest.
    out = release("later", "2023-03-31", "2023-05-25")
    found = check(arrivals(123), values, old, out, covered=[coverage("later")])
    assert (found.verdict, found.newest_table) == ("published_not_held", "table of later")
    assert found.newest_url == "https://www.gov.uk/later/table"
    # Not one that is known to be older, nor one that covers other days.
    older = release("older", "2022-11-30", "2023-01-23")
    assert check(arrivals(123), values, old, older, covered=[coverage("older")]).verdict == (
        "disagrees"
    )
    other = [coverage("later", "2023-01-01")]
    assert check(arrivals(123), values, old, out, covered=other).verdict == "disagrees"


@pytest.mark.parametrize(
    ("covered", "verdict"),
    [
        ({"first": None}, "coverage_not_known"),
        ({"last": None}, "coverage_not_known"),
        ({"first": None, "last": None}, "coverage_not_known"),
        ({"first": "2022-01-02"}, "disagrees"),
        ({"last": "2022-12-30"}, "disagrees"),
        ({"basis": "expected"}, "disagrees"),
        ({"measure": "asylum_claims"}, "coverage_not_known"),
        # Of other days than its own a total says nothing, as if it were not there.
        ({"periods": "total"}, "coverage_not_known"),
        ({"periods": "total", "first": "2022-01-01", "last": "2022-12-31"}, "published_not_held"),
        ({"periods": "total", "first": None, "last": "2022-12-31"}, "coverage_not_known"),
        ({"periods": "total", "first": None, "last": "2023-03-31"}, "coverage_not_known"),
    ],
)
def test_days_that_were_not_seen_may_be_covered(covered: dict[str, Any], verdict: str) -> None:
    old, new = release("old", "2022-12-31", "2023-02-23"), release("new")
    rows = [coverage("new", **covered)]
    assert check(arrivals(123), [counted(117, "old")], old, new, covered=rows).verdict == verdict


def test_coverage_of_all_parts_is_coverage_of_the_whole() -> None:
    old, new = release("old", "2022-12-31", "2023-02-23"), release("new")
    values = [value(f"{kind}_returns", YEAR, 50, "old") for kind in ("enforced", "voluntary")]
    claim = made("F900", "exactly", 90, **SAID)
    rows = [coverage("new", measure=f"{kind}_returns") for kind in ("enforced", "voluntary")]
    assert check(claim, values, old, new, covered=rows).verdict == "published_not_held"
    assert check(claim, values, old, new, covered=rows[:1]).verdict == "coverage_not_known"
    lone = {**new, "series": None}
    assert check(claim, values, old, lone, covered=rows[:1]).verdict == "disagrees"


def test_a_total_of_other_days_hides_no_table_of_the_same_release() -> None:
    old, new = release("old", "2022-12-31", "2023-02-23"), release("new", series=None)
    values = [value(f"{kind}_returns", YEAR, 50, "old") for kind in ("enforced", "voluntary")]
    claim = made("F900", "exactly", 90, **SAID)
    total = coverage("new", "2023-01-01", measure="returns", periods="total")
    assert check(claim, values, old, new, covered=[total]).verdict == "disagrees"
    parts = [coverage("new", measure=f"{kind}_returns") for kind in ("enforced", "voluntary")]
    found = check(claim, values, old, new, covered=[total, *parts])
    assert found.verdict == "published_not_held"
    # With the shipped calendar: the release of April 2024 gives one total, and tables not seen.
    (row,) = (row for row in records("figures") if row["figure_id"] == "F011")
    days = {"start": datetime.date(2023, 1, 1), "end": datetime.date(2023, 12, 31)}
    row |= {"value": Decimal(9999), "lower": Decimal(9999), "upper": Decimal(9999)}
    row |= {"period": "2023", "period_start": days["start"], "period_end": days["end"]}
    row |= {"period_start_latest": days["start"], "period_end_earliest": days["end"]}
    row |= {f"stated_on_{end}": datetime.date(2024, 5, 10) for end in ("start", "end")}
    found = check_claim(row)
    assert (found.verdict, found.newest_release_id) == ("coverage_not_known", "ho-ima-2024-04-22")


def test_counts_of_some_of_the_days_may_prove_more_than_a_number() -> None:
    old, new = release("old", "2022-12-31", "2023-02-23"), release("new", series=None)
    values, covered = [counted(90, "old")], [coverage("new", "2022-04-01")]
    assert check(arrivals(100, "more_than"), values, old, new, covered=covered).verdict == (
        "coverage_not_known"
    )
    held = [value("small_boat_arrivals", days, 40, "new") for days in QUARTERS[1:]]
    found = check(arrivals(100, "more_than"), [*values, *held], old, new, covered=covered)
    assert (found.verdict, found.release_id) == ("agrees", "new")
    # They can prove nothing else, and what is only expected stops nothing.
    assert check(arrivals(103), values, old, new, covered=covered).verdict == "disagrees"
    expected = [coverage("new", "2022-04-01", basis="expected")]
    assert check(arrivals(100, "more_than"), values, old, new, covered=expected).verdict == (
        "disagrees"
    )


@pytest.mark.parametrize("names", [("a", "b"), ("b", "a")])
def test_only_what_is_known_to_be_older_is_superseded(names: tuple[str, str]) -> None:
    values = [counted(123, names[0]), counted(117, names[1])]
    together = [release(name) for name in names]
    assert check(arrivals(123), values, *together).against_latest == "agrees"
    apart = [release(names[0], "2022-12-31", "2023-02-23"), release(names[1])]
    assert check(arrivals(123), values, *apart).against_latest == "superseded_by_revision"
    # By the day on which they came out, not by how far their data run.
    days = [
        release(names[0], "2023-06-30", "2023-08-24"),
        release(names[1], "2023-07-31", "2023-08-10"),
    ]
    assert check(arrivals(123), values, *days).against_latest == "agrees"


def test_values_that_need_caution_show_that_the_days_were_covered() -> None:
    old, new = release("old", "2022-12-31", "2023-02-23"), release("new")
    values = [counted(117, "old"), counted(123, "new", recheck="doubted")]
    assert check(arrivals(123), values, old, new).verdict == "published_not_held"
    # A statement is no statistical release: it covers nothing.
    said = release("new", kind="statement")
    assert check(arrivals(123), values, old, said).verdict == "disagrees"


def test_of_two_releases_of_which_either_may_be_newer_neither_disagrees_alone() -> None:
    old = release("old", "2022-12-31", "2023-02-23")
    between = release("between", "2023-02-28", by="2024-05-23")
    values = [counted(117, "old"), counted(124, "between")]
    assert check(arrivals(124), values, old, between).verdict == "coverage_not_known"
    assert check(arrivals(130), values, old, between).verdict == "disagrees"


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
    told = check(early, [*quarters, counted(927, "new")], old, new).explanation
    assert "The one that fits these days best is Home Office, 29 February 2024" in told


def test_what_lies_inside_the_days_proves_a_lower_bound_without_what_lies_around() -> None:
    window: Any = {"window": ("2022-01-01", "2022-11-29")}
    three = [value("small_boat_arrivals", days, 30) for days in QUARTERS[:3]]
    found = check(arrivals(89, "more_than", **window), three)
    assert found.verdict == "agrees"
    assert found.official_lower == 90
    assert found.official_upper is None
    assert check(arrivals(90, "more_than", **window), three).verdict in NOT_KNOWN
    assert check(arrivals(90, **window), three).verdict in NOT_KNOWN


def test_what_was_proved_by_figures_of_some_days_is_not_said_to_have_been_unpublished() -> None:
    window: Any = {"window": ("2022-02-01", "2023-02-28")}
    quarters = [value("small_boat_arrivals", days, 300) for days in QUARTERS]
    covered = [coverage("one", last="2022-12-31")]
    one = release("one", "2022-12-31", "2023-02-23")
    found = check(arrivals(500, "more_than", **window), quarters, one, covered=covered)
    assert (found.verdict, found.public_when_said) == ("agrees", "not_known")
    found = check(arrivals(500, "more_than", **window), [], one, covered=covered)
    assert (found.verdict, found.public_when_said) == ("not_published_then", "no")


def test_an_expected_last_day_proves_nothing() -> None:
    one = release("one", "2022-03-31", "2022-05-26")
    may = arrivals(100, window=("2022-05-01", "2022-05-31"))
    said = {f"stated_on_{end}": datetime.date(2022, 6, 15) for end in ("start", "end")}
    covered = [coverage("one", last="2022-03-31", basis="expected")]
    found = check({**may, **said}, [], one, covered=covered)
    assert (found.verdict, found.public_when_said) == ("coverage_not_known", "not_known")
    covered = [coverage("one", last="2022-03-31")]
    found = check({**may, **said}, [], one, covered=covered)
    assert (found.verdict, found.public_when_said) == ("not_published_then", "no")


@pytest.mark.parametrize(
    ("figure", "told"),
    [
        (
            "F002",
            "The running total was 38,129 on 26 October 2022 "
            "(Home Office, published on or before 21 November 2025)",
        ),
        ("F031", "The running total was 9,874 on 19 May 2024 and 20 May 2024"),
        ("F039", "The running total was 12,407 on 12 May 2025"),
        ("F040", "The running total was 12,699 on 13 May 2025 and 14 May 2025"),
        ("F048", "The running total was 12,407 on 12 May 2025"),
    ],
)
def test_a_running_total_that_fits_is_shown_with_its_days(figure: str, told: str) -> None:
    assert told in check_claim(figure).explanation
    assert "running total" not in check_claim("F033").explanation


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


def test_agreement_with_any_vintage_then_public_is_agreement() -> None:
    old, new = release("old", "2022-12-31", "2023-02-23"), release("new")
    values = [counted(123, "old"), counted(117, "new")]
    found = check(arrivals(123), values, old, new)
    assert (found.verdict, found.release_id) == ("agrees", "old")
    assert found.against_latest == "superseded_by_revision"
    assert found.difference == 0
    assert found.latest_difference == 6
    found = check(arrivals(123), values, old, new, vintage="latest")
    assert (found.verdict, found.release_id) == ("superseded_by_revision", "new")
    assert "matched a release that was public" in found.explanation
    assert check(arrivals(117), values, old, new).release_id == "new"
    assert check(arrivals(119), values, old, new, vintage="latest").verdict == "disagrees"


def test_a_release_that_was_not_certainly_public_is_not_of_the_day() -> None:
    late = release("one", "2023-12-31", "2024-03-02")
    assert check(arrivals(100), [counted(100)], late).verdict == "coverage_not_known"
    unseen = release("one", published=None)
    assert check(arrivals(100), [counted(100)], unseen).verdict == "coverage_not_known"
    unsaid = arrivals(100, stated_on_start=None)
    assert check(unsaid, [counted(100)]).verdict == "coverage_not_known"
    # From the first day on which it can have been said: not from the last.
    range_said = arrivals(100, stated_on_start=datetime.date(2024, 2, 1))
    assert check(range_said, [counted(100)]).verdict == "coverage_not_known"


def test_nothing_had_been_published_only_where_the_calendar_knows_what_had() -> None:
    window: Any = {"window": ("2023-10-01", "2024-02-29")}
    claim = arrivals(100, **window)
    late = release("late", "2024-03-31", "2024-05-23")
    values = [value("small_boat_arrivals", (YEAR[0], datetime.date(2024, 3, 31)), 200, "late")]
    found = check(claim, values, release("one"), late, covered=[coverage("one")])
    assert (found.verdict, found.public_when_said) == ("not_published_then", "no")
    assert found.newest_covered_to == datetime.date(2023, 12, 31)
    assert "(Home Office, 29 February 2024, table table of one)" in found.explanation
    assert "The newest ran to 31 December 2023 (Home Office" in found.explanation
    # Nothing is known to have been out: so neither is it that nothing was.
    found = check(claim, values, late)
    assert (found.verdict, found.public_when_said) == ("coverage_not_known", "not_known")
    # What is expected, or has no day, may have been out and may cover these days.
    running = release("running", None, None)
    for row in (coverage("running", None, None, "expected"), coverage("running", None, None)):
        covered = [coverage("one"), row]
        found = check(claim, values, release("one"), late, running, covered=covered)
        assert (found.verdict, found.public_when_said) == ("coverage_not_known", "not_known")
        assert found.newest_release_id == "running"


@pytest.mark.parametrize(
    ("about", "public"),
    [
        ({"published": "2024-03-01"}, "yes"),
        ({"by": "2024-03-01"}, "yes"),
        ({"published": "2024-03-02"}, "not_known"),
        ({"by": "2024-03-02"}, "not_known"),
        ({"published": None}, "not_known"),
    ],
)
def test_public_when_said_is_yes_or_no_only_where_it_is_known(
    about: dict[str, Any], public: str
) -> None:
    found = check(arrivals(100), [counted(100)], release("one", **about))
    assert found.public_when_said == public
    # Days that a table by quarter covers were public though its numbers are not held.
    found = check(arrivals(100), [], release("one", **about), covered=[coverage("one")])
    assert found.public_when_said == public


def test_quarters_around_a_day_were_not_a_figure_of_that_day() -> None:
    day = arrivals(3, window=("2022-05-03", "2022-05-03"))
    for periods, public in (("year", "not_known"), ("quarter", "not_known"), ("day", "yes")):
        covered = [coverage("one", periods=periods)]
        assert check(day, [counted(100)], covered=covered).public_when_said == public
    year = [coverage("one", periods="year")]
    assert check(arrivals(3), [], covered=year).public_when_said == "yes"
    half = arrivals(3, window=("2022-01-01", "2022-06-30"))
    assert check(half, [], covered=year).public_when_said == "not_known"
    assert check_claim("F027").public_when_said == "not_known"


@pytest.mark.parametrize(
    ("vintage", "verdict"),
    [
        ("held", "disagrees"),
        ("covers", "published_not_held"),
        ("may", "coverage_not_known"),
        ("not", "not_published_then"),
        ("unknown", "coverage_not_known"),
        ("latest", "disagrees"),
        ("2023-01-01", "coverage_not_known"),
        ("2024-02-29", "coverage_not_known"),
    ],
)
def test_one_release_or_day_is_asked_for(vintage: str, verdict: str) -> None:
    releases = [release(name) for name in ("held", "covers", "may", "not", "unknown")]
    covered = [coverage("covers"), coverage("may", None), coverage("not", "2023-01-01")]
    found = check(arrivals(103), [counted(90, "held")], *releases, covered=covered, vintage=vintage)
    assert found.verdict == verdict
    assert found.explanation.endswith(".")


@pytest.mark.parametrize("vintage", [None, 5, "", [], "2023", "2023-06", "lates"])
def test_a_vintage_that_is_none_is_named(vintage: Any) -> None:
    with pytest.raises(UnknownNameError, match="vintage"):
        check_claim("F026", vintage)


def test_values_to_be_rechecked_never_decide() -> None:
    figure = arrivals(100)
    assert check(figure, [counted(100)]).verdict == "agrees"
    found = check(figure, [counted(100, recheck="doubted")])
    assert found.verdict == found.against_latest == "published_not_held"
    assert found.public_when_said == "not_known"
    assert "we have its numbers only with a reason for caution" in found.explanation
    assert "100 in 2022 (Home Office, 29 February 2024; doubted)" in found.explanation


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
    assert check(made("F900", **SAID), values, *releases).verdict == "no_series"


def test_returns_to_albania_are_all_three_types_and_two_of_them_have_a_name() -> None:
    values = [
        {**value(f"{kind}_returns_to_albania", YEAR, number), "population": "all"}
        for kind, number in (("enforced", 60), ("voluntary", 40), ("port", 5))
    ]
    for measure, number in (
        ("returns_to_albania", 105),
        ("enforced_and_voluntary_returns_to_albania", 100),
    ):
        claim = made("F900", "exactly", number, measure=measure, population="all", **SAID)
        assert check(claim, values).verdict == "agrees"
        assert check({**claim, "value": 99, "lower": 99, "upper": 99}, values).verdict == (
            "disagrees"
        )


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
        # It agrees as it is printed, or to half a printed step; it never disagrees.
        step = 10 if printed % 10 == 0 and printed else 1
        near = number == printed or (step > 1 and abs(number - printed) <= step / 2)
        assert found.verdict.startswith("agrees") == near
        assert near or found.verdict == "cannot_tell"
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
    assert check(figure, values, vintage="latest").verdict in NOT_KNOWN


# ---------------------------------------------------------------- laws of the calendar

DAY = datetime.date(2024, 3, 1)
_ENDINGS = [datetime.date(2022, 9, 30), datetime.date(2023, 3, 31), datetime.date(2023, 12, 31)]
_DAYS = [datetime.date(2024, month, day) for month, day in ((1, 15), (2, 29), (3, 1), (5, 23))]
SAYS_NOTHING = (*NOT_KNOWN, "no_series")


@st.composite
def worlds(draw: st.DrawFn) -> dict[str, list[dict[str, Any]]]:
    """Releases with days or without, what they cover, and values of some of them."""
    releases, covered = [], []
    values = [value("small_boat_arrivals", year_days(2019), 5, "a")]
    for name in ("a", "b", "c", "d")[: draw(st.integers(1, 4))]:
        ending, day = draw(st.sampled_from(_ENDINGS)), draw(st.sampled_from(_DAYS))
        kind = draw(st.sampled_from(("published", "published", "published", "by", "none")))
        about = release(name, str(ending), None)
        about["series"] = draw(st.sampled_from((None, None, about["series"])))
        about["published_on"] = day if kind == "published" else None
        about["public_by"] = day if kind == "by" else None
        releases.append(about)
        if draw(st.booleans()):
            row = coverage(name, basis=draw(st.sampled_from(("seen", "seen", "expected"))))
            row["periods"] = draw(st.sampled_from(("quarter", "quarter", "total")))
            row["first_day"] = draw(st.none() | st.sampled_from((YEAR[0], QUARTERS[1][0])))
            row["last_day"] = draw(st.none() | st.just(ending))
            covered.append(row)
        # A release that is seen not to cover the year has no value of it.
        begins = {row["first_day"] for row in covered if row["release_id"] == name}
        if ending < YEAR[1] or begins == {QUARTERS[1][0]}:
            continue
        if draw(st.booleans()):
            doubted = draw(st.sampled_from((None, None, "doubted")))
            values.append(counted(draw(st.integers(98, 102)), name, recheck=doubted))
        elif draw(st.booleans()):
            days = QUARTERS[0]
            values.append(value("small_boat_arrivals", days, draw(st.integers(0, 101)), name))
    return {"releases": releases, "covered": covered, "values": values}


_CLAIMS = st.sampled_from([("exactly", 100), ("more_than", 100), ("less_than", 100), ("about", 70)])
_Said = tuple[str, int]


def answer(world: dict[str, list[dict[str, Any]]], said: _Said, vintage: str) -> ClaimCheck:
    return check(
        arrivals(said[1], said[0]),
        world["values"],
        *world["releases"],
        covered=world["covered"],
        vintage=vintage,
    )


@examples(60)
@given(worlds(), _CLAIMS, st.sampled_from(("at the time", "2024-03-01", "latest")), st.data())
def test_the_order_of_rows_changes_nothing(
    world: dict[str, list[dict[str, Any]]], said: _Said, vintage: str, data: st.DataObject
) -> None:
    shuffled = {name: data.draw(st.permutations(rows)) for name, rows in world.items()}
    assert answer(world, said, vintage) == answer(shuffled, said, vintage)


@examples(150)
@given(worlds(), _CLAIMS, st.data())
def test_what_is_not_known_never_becomes_a_verdict(
    world: dict[str, list[dict[str, Any]]], said: _Said, data: st.DataObject
) -> None:
    """A day of publication, or one of the days covered, is forgotten."""
    known = answer(world, said, "at the time")
    forgotten = {name: [dict(row) for row in rows] for name, rows in world.items()}
    what = data.draw(st.sampled_from(["releases", *(["covered"] if world["covered"] else [])]))
    row = data.draw(st.sampled_from(forgotten[what]))
    columns = ["published_on", "public_by"] if what == "releases" else ["first_day", "last_day"]
    for column in data.draw(st.sampled_from([columns, columns[:1], columns[1:]])):
        row[column] = None
    found = answer(forgotten, said, "at the time")
    if known.verdict in SAYS_NOTHING:
        assert found.verdict in SAYS_NOTHING
    if known.verdict in ("published_not_held", "coverage_not_known"):
        assert found.verdict != "not_published_then"
    assert found.public_when_said in (known.public_when_said, "not_known")


@examples(100)
@given(worlds(), _CLAIMS, st.data())
def test_a_release_published_after_a_day_never_changes_a_verdict_of_that_day(
    world: dict[str, list[dict[str, Any]]], said: _Said, data: st.DataObject
) -> None:
    later = release("later", str(data.draw(st.sampled_from(_ENDINGS))), "2025-06-01")
    more = {
        "releases": [*world["releases"], later],
        "covered": [*world["covered"], coverage("later", None, str(later["year_ending"]))],
        "values": [*world["values"], counted(data.draw(st.integers(98, 102)), "later")],
    }
    for vintage in ("at the time", "2024-03-01"):
        before, after = answer(world, said, vintage), answer(more, said, vintage)
        # Before, nothing may have been known to count this at all.
        if before.verdict != "no_series":
            assert after.verdict == before.verdict
            assert after.public_when_said == before.public_when_said
            assert after.newest_release_id == before.newest_release_id


def test_as_of_the_day_it_was_said_a_figure_has_the_verdict_of_that_day() -> None:
    for figure in records("figures"):
        if figure["figure_id"] not in AT_THE_TIME:
            continue
        (document,) = [
            row for row in records("documents") if row["document_id"] == figure["document_id"]
        ]
        day = max(figure["stated_on_end"], document["published_end"])
        package = known_on(shipped(), day, uncertain=False)
        found, whole = checked_in(package, figure["figure_id"]), check_claim(figure["figure_id"])
        assert found.public_when_said == whole.public_when_said
        assert found.verdict == whole.verdict or {found.verdict, whole.verdict} == {
            "no_series",
            "coverage_not_known",
        }
