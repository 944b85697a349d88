"""The checks that the figures generate: each made to object, none raised falsely."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from albania_uk_migration import (
    ComparisonError,
    ValidationError,
    compare,
    consistency,
    disagreements,
    figures,
    implied,
    records,
)
from albania_uk_migration.comparing.consistency import all_findings
from albania_uk_migration.comparing.findings import FINDING_COLUMNS
from albania_uk_migration.comparing.terms import DISAGREEING, VERDICTS
from albania_uk_migration.tables.package import shipped

from ..support.figures import counts, made, months
from ..support.findings import Row, of
from ..support.trying import examples


def changed(name: str, **cells: Any) -> list[Row]:
    """The shipped figures with some cells of one of them changed."""
    rows = records("figures")
    for row in rows:
        if row["figure_id"] == name:
            row |= cells
    return rows


def number(value: int) -> Row:
    """The cells of a bare number."""
    return dict.fromkeys(("value", "lower", "upper"), Decimal(value)) | {"exact": f"{value:,}"}


def test_the_documents_hold_two_disagreements_and_no_false_one() -> None:
    found = disagreements()
    assert found[["check", "figures", "verdict"]].values.tolist() == [
        ["rank", "F047 F040 F002", "depends_on_reading"],
        ["strain", "F033 F034 F018 F011", "strained"],
    ]
    rank, strain = found["explanation"]
    assert "12,699" in rank
    assert "More than 38,000" in rank
    assert "Read against the same days of earlier years, it cannot be checked" in rank
    assert "at least 113.1" in strain
    assert "(8,001 − 1,888 − 795) / 47 days" in strain
    assert "12.8 times the 8.8 a day" in strain
    assert "do not contradict one another" in strain
    assert all("as reworded by the repost" in text for text in found["quotations"][:1])
    assert "We call a claim strained at 5 times or more" in found["assumptions"][1]


@pytest.mark.parametrize(
    ("check", "names", "verdict"),
    [
        ("parts_and_whole", ("F012", "F014", "F011"), "equal"),
        ("parts_and_whole", ("F019", "F021", "F018"), "equal"),
        ("parts_and_whole", ("F017",), "cannot_tell"),
        ("share", ("F013", "F012", "F011"), "agrees_within_rounding"),
        ("share", ("F015", "F014", "F011"), "agrees_within_rounding"),
        ("share", ("F020", "F019", "F018"), "agrees_within_rounding"),
        ("share", ("F022", "F021", "F018"), "agrees_within_rounding"),
        ("shares_of_a_whole", ("F013", "F015"), "equal"),
        ("shares_of_a_whole", ("F020", "F022"), "equal"),
        ("change", ("F016", "F014", "F017"), "agrees_within_rounding"),
        ("change", ("F025", "F027", "F026"), "agrees_within_rounding"),
        ("change", ("F024", "F027", "F026"), "compatible"),
        ("change", ("F043",), "cannot_tell"),
        ("change", ("F042",), "cannot_tell"),
        ("change", ("F046",), "cannot_tell"),
        ("among_all", ("F003", "F002"), "cannot_tell"),
        ("among_all", ("F029", "F028"), "compatible"),
        ("longer_window", ("F018", "F009"), "compatible"),
        ("longer_window", ("F025", "F024"), "compatible"),
        ("from_one_start", ("F039", "F048"), "compatible"),
        ("repeats", ("F010", "F009"), "equal"),
        ("rank", ("F041",), "cannot_tell"),
        ("rank", ("F032", "F031"), "cannot_tell"),
        ("rank", ("F047", "F040", "F002"), "depends_on_reading"),
        ("strain", ("F033", "F034", "F018", "F011"), "strained"),
        ("weekday", ("D001/3038",), "equal"),
    ],
)
def test_known_findings(check: str, names: tuple[str, ...], verdict: str) -> None:
    assert of(check)[names] == verdict


def test_each_check_has_a_row_and_each_row_says_what_it_should() -> None:
    found = consistency()
    assert list(found.columns) == list(FINDING_COLUMNS)
    assert set(found["verdict"]) <= {*VERDICTS, "strained"}
    assert found[["check", "figures", "found", "verdict", "explanation"]].notna().all().all()
    known = set(figures()["figure_id"])
    for check, names in zip(found["check"], found["figures"], strict=True):
        assert check == "weekday" or set(names.split()) <= known
    told = "\n".join(found["explanation"])
    assert "None" not in told
    assert "datetime" not in told
    for name in ("F042", "F043", "F046", "F007", "F008"):
        assert name in told


BROKEN = [
    ("parts_and_whole", "F012", number(955), ("F012", "F014", "F011"), "contradicts"),
    ("part_of_whole", "F012", number(1999), ("F012", "F011"), "contradicts"),
    ("share", "F013", number(49), ("F013", "F012", "F011"), "contradicts"),
    ("share", "F022", number(49), ("F022", "F021", "F018"), "contradicts"),
    ("shares_of_a_whole", "F013", number(53), ("F013", "F015"), "contradicts"),
    ("change", "F025", number(95), ("F025", "F027", "F026"), "contradicts"),
    ("change", "F016", number(80), ("F016", "F014", "F017"), "contradicts"),
    ("change", "F027", number(2000), ("F024", "F027", "F026"), "contradicts"),
    ("longer_window", "F025", number(85), ("F025", "F024"), "contradicts"),
    ("among_all", "F028", number(5), ("F029", "F028"), "compatible"),
    ("repeats", "F010", number(990), ("F010", "F009"), "contradicts"),
    ("rank", "F047", {"rank_among": "calendar_years"}, ("F047", "F040", "F002"), "contradicts"),
    (
        "rank",
        "F047",
        {"rank_among": "same_days_of_earlier_years"},
        ("F047", "F040"),
        "cannot_tell",
    ),
]


@pytest.mark.parametrize(("check", "name", "cells", "names", "verdict"), BROKEN)
def test_each_check_objects_to_a_changed_figure(
    check: str, name: str, cells: Row, names: tuple[str, ...], verdict: str
) -> None:
    assert of(check).get(names) != verdict or verdict == "compatible"
    assert of(check, changed(name, **cells))[names] == verdict


def test_three_figures_may_contradict_where_no_two_do() -> None:
    rows = [
        made("F1", value=61, window=months(0, 5)),
        made("F2", value=62, window=months(6, 11)),
        made("F3", value=101),
    ]
    assert set(of("longer_window", rows).values()) == {"compatible"}
    assert of("together", rows) == {("F1", "F2", "F3"): "contradicts"}


def test_counts_are_whole_numbers_in_every_check() -> None:
    rows = [made("F1", "more_than", 110), made("F2", "less_than", 111)]
    assert compare(*rows).verdict == "contradicts"
    assert of("same_count", rows) == {("F1", "F2"): "contradicts"}
    rows = [
        made("F1", value=61, measure="enforced_returns"),
        made("F2", "more_than", 50, measure="voluntary_returns"),
        made("F3", "less_than", 112),
    ]
    assert of("parts_and_whole", rows) == {("F1", "F2", "F3"): "contradicts"}


def test_what_has_not_happened_is_not_held_against_counts() -> None:
    for name, check in (("F016", "change"), ("F013", "share")):
        found = of(check, changed(name, status="projected", **number(3)))
        assert found[name,] == "cannot_tell"
    shares = of("shares_of_a_whole", changed("F013", status="projected"))
    assert ("F013", "F015") not in shares


def test_a_provisional_count_may_be_revised_in_every_check() -> None:
    rows = [made("F1", value=501), made("F2", value=601, status="provisional")]
    verdicts = {f.verdict for f in all_findings(shipped(), rows) if set(f.figures) == {"F1", "F2"}}
    assert "depends_on_reading" in verdicts
    assert "contradicts" not in verdicts


@pytest.mark.parametrize("value", [10**12, 10**19, 10**30])
def test_a_number_too_large_to_be_reckoned_with_is_told_and_harms_no_other(value: int) -> None:
    rows = [made("F1", "at_least", value), made("F2", "at_least", value, window=months(0, 5))]
    told = [f for f in all_findings(shipped(), [*rows, made("F3", value=7)]) if f.check == "strain"]
    assert [f.figures for f in told if "too large" in f.explanation] == [("F1",), ("F2",)]
    assert of("longer_window", [*rows, made("F3", value=7)])["F2", "F3"] == "contradicts"


def test_a_window_that_runs_backwards_is_refused() -> None:
    with pytest.raises(ValidationError, match="lies before"):
        consistency([made("F1", window=("2023-03-01", "2023-02-28"))])


def test_a_new_row_is_drawn_into_every_check_that_applies() -> None:
    before = all_findings(shipped(), records("figures"))
    new = {**records("figures")[10], "figure_id": "F900", "document_id": "D002", "repeats": None}
    new |= number(1_700)
    after = all_findings(shipped(), [*records("figures"), new])
    added = {(f.check, f.verdict) for f in after if "F900" in f.figures}
    assert ("same_count", "contradicts") in added
    assert ("parts_and_whole", "contradicts") in added
    assert any(check == "together" for check, _ in added)
    assert len(after) > len(before)


@st.composite
def tables(draw: st.DrawFn) -> list[Row]:
    number_of = draw(st.integers(1, 6))
    measures = ("returns", "enforced_returns", "voluntary_returns")
    return [
        draw(
            counts(
                f"F{at}", measures=measures, populations=("albanian", "all"), stretches=4, most=30
            )
        )
        for at in range(number_of)
    ]


@examples(60)
@given(tables())
def test_a_pair_that_contradicts_is_found_by_some_row(rows: list[Row]) -> None:
    found = all_findings(shipped(), rows)
    against = {f.figures for f in found if f.verdict == "contradicts"}
    pairs = [
        (one["figure_id"], other["figure_id"])
        for at, one in enumerate(rows)
        for other in rows[:at]
        if compare(one, other).verdict == "contradicts"
    ]
    if pairs:
        assert against
    for one, other in pairs:
        # The figure is contradicted by the tightest that holds it, which need not be this one.
        assert any({one, other} & set(names) for names in against)


@examples(40)
@given(tables())
def test_figures_counted_from_the_same_days_never_contradict(rows: list[Row]) -> None:
    # Each is given the count that invented days have: 3 enforced and 2 voluntary a month, and as
    # many others again among everybody.
    a_month = {"enforced_returns": 3, "voluntary_returns": 2, "returns": 5}
    for row in rows:
        start, end = row["period_start"].month, row["period_end"].month
        count = a_month[row["measure"]] * (end - start + 1) * (1 + (row["population"] == "all"))
        change = {"more_than": -1, "less_than": 1}.get(row["comparator"], 0)
        value = Decimal(count + change)
        row["value"] = value
        for bound in ("lower", "upper"):
            row[bound] = value if row[bound] is not None else None
    assert not [f for f in all_findings(shipped(), rows) if f.verdict == "contradicts"]


@examples(40)
@given(tables())
def test_all_figures_together_contradict_exactly_where_no_count_keeps_them(rows: list[Row]) -> None:
    found = [f for f in all_findings(shipped(), rows) if f.check == "together"]
    conflicts = implied("returns", "all", "2022-01/2022-04", rows, rounded=True).conflicts
    single = {name for names in conflicts for name in names} if conflicts else set()
    if conflicts and len(single) > 1:
        assert "contradicts" in {f.verdict for f in found}
    if not conflicts:
        assert "contradicts" not in {f.verdict for f in found}


def test_disagreements_are_the_disagreeing_rows_of_consistency() -> None:
    rows = changed("F012", **number(955))
    checked, told = consistency(rows), disagreements(rows)
    disagreeing = checked[checked["verdict"].isin(DISAGREEING)]
    assert disagreeing["figures"].tolist() == told["figures"].tolist()
    assert told["quotations"].notna().all()


def test_the_frames_are_typed_and_carry_what_must_be_known() -> None:
    for found in (consistency(["F011", "F012"]), disagreements(["F011"]), consistency([])):
        assert all(str(kind) == "string" for kind in found.dtypes)
        assert "never about a person" in found.attrs["caveats"]
    frame = figures()
    assert consistency(frame).equals(consistency(records("figures")))


def test_a_figure_that_repeats_one_that_is_not_given_stands_for_it() -> None:
    assert (
        of("strain", [row for row in records("figures") if row["figure_id"] != "F033"])[
            "F034", "F018", "F011"
        ]
        == "strained"
    )


def test_what_is_no_figure_is_refused() -> None:
    number: Any = 7
    with pytest.raises(ComparisonError, match="identifiers, rows or a frame"):
        consistency(number)
    with pytest.raises(ComparisonError, match="given twice"):
        consistency(["F011", "F011"])
    assert consistency("F011").equals(consistency(["F011"]))


@pytest.mark.parametrize("kind", ["nested", "same", "one start"])
def test_many_figures_at_once_cost_little(kind: str) -> None:
    rows = []
    for at in range(300):
        window = {
            "nested": ("2000-01-01", f"{2001 + at}-01-01"),
            "same": ("2022-01-01", "2022-12-31"),
            "one start": ("2022-01-01", "2022-12-31"),
        }[kind]
        row = made(f"F{at:04d}", "more_than", 1 + at, window=window)
        if kind == "one start":
            row["period_end_earliest"] = None
        rows.append(row)
    found = all_findings(shipped(), rows)
    assert len(found) < 6 * len(rows)
    assert not [f for f in found if f.verdict == "contradicts"]


def test_figures_of_a_document_that_is_not_in_the_tables_can_disagree() -> None:
    found = disagreements([made("F1", value=5), made("F2", value=600)])
    assert set(found["verdict"]) == {"contradicts"}
    assert "“there were exactly 600”" in found["quotations"][0]
