"""Figures that look contradictory and are not: the known pairs, and the laws of the rule."""

from __future__ import annotations

import datetime
import random
import re
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from albania_uk_migration import (
    ComparisonError,
    apparent_conflicts,
    compare,
    disagreements,
    records,
)
from albania_uk_migration.comparing.apparent import APPARENT_COLUMNS, NEAR, Apparent, apparent_in
from albania_uk_migration.comparing.terms import APPARENT_KINDS, DISAGREEING
from albania_uk_migration.tables.package import shipped

from ..support.figures import made, months, with_figures
from ..support.findings import Row
from ..support.trying import examples

KNOWN = {
    ("F026", "F040"): "same_number",
    ("F013", "F022"): "same_number",
    ("F016", "F024"): "same_number",
    ("F024", "F025"): "other_days",
    ("F011", "F035"): "other_measure",
    ("F003", "F026"): "other_people",
    ("F011", "F029"): "other_measure",
}


def kinds(rows: list[Row] | None = None, limit: int = 20) -> dict[tuple[str, str], str]:
    return {one.figures: one.kind for one in apparent_in(shipped(), rows, limit)}


def one_of(rows: list[Row]) -> Apparent:
    (found,) = apparent_in(shipped(), rows)
    return found


def changed(name: str, **cells: Any) -> list[Row]:
    rows = records("figures")
    for row in rows:
        if row["figure_id"] == name:
            row |= cells
    return rows


def number(value: int) -> Row:
    return dict.fromkeys(("value", "lower", "upper"), Decimal(value)) | {"exact": f"{value:,}"}


# ---------------------------------------------------------------- what the documents have


def test_the_documents_have_these_pairs_in_this_order() -> None:
    assert list(kinds().items()) == list(KNOWN.items())


def test_the_words_say_what_each_figure_counts() -> None:
    found = {one.figures: one for one in apparent_in(shipped())}
    people = found["F026", "F040"]
    assert people.headline == (
        "“12,658” and “some 12,699” count different groups of people, in different periods"
    )
    assert people.difference == (
        "The first counts Albanians in 2022; the second counts people of any nationality from "
        "1 January to 14 May 2025 at the latest."
    )
    assert found["F013", "F022"].headline == "“51%” is two different shares, in different periods"
    assert found["F016", "F024"].difference == (
        "The first is a rise in voluntary returns of Albanians in 2022 compared with 2021; the "
        "second is a fall in small boat arrivals of Albanians in 2023 compared with 2022 (we "
        "infer this)."
    )
    assert found["F024", "F025"].difference == (
        "The first compares 2023 with 2022 (we infer this); the second compares 1 January to 29 "
        "November 2023 with 2022."
    )
    assert found["F011", "F029"].headline == (
        "“1,888” and “nearly 6,000” are different counts: returns and removals"
    )
    assert "as reworded by the repost" in str(found["F003", "F026"].quotations[0])


def test_the_words_name_no_figure_and_no_code() -> None:
    for one in apparent_in(shipped()):
        told = f"{one.headline} {one.difference}"
        assert not re.search(r"\bF\d|_|None|\d{4}-\d|\.\.|/", told), told
        assert not one.headline.endswith(".")
        assert one.difference.endswith(".")


def test_a_claim_in_question_is_in_no_pair() -> None:
    questioned = {"F033", "F034", "F047"}
    assert questioned <= set(" ".join(disagreements()["figures"]).split())
    assert not questioned & {name for pair in kinds() for name in pair}


def test_the_frame_has_the_same_rows() -> None:
    frame = apparent_conflicts()
    assert list(frame.columns) == list(APPARENT_COLUMNS)
    assert all(str(kind) == "string" for kind in frame.dtypes)
    assert [tuple(names.split()) for names in frame["figures"]] == list(KNOWN)
    assert "does not mean that the figures are right" in frame.attrs["caveats"]
    assert set(frame["kind"]) <= set(APPARENT_KINDS)


def test_the_limit_keeps_the_first() -> None:
    for most in range(len(KNOWN) + 2):
        assert list(kinds(limit=most)) == list(KNOWN)[:most]
    with pytest.raises(ComparisonError, match="cannot be -1"):
        apparent_conflicts(limit=-1)


# ---------------------------------------------------------------- a cell decides


@pytest.mark.parametrize(
    ("name", "cells", "pair"),
    [
        ("F026", number(13_900), ("F026", "F040")),
        ("F022", number(58), ("F013", "F022")),
        ("F024", {"direction": "increase"}, ("F016", "F024")),
        ("F035", {"measure": "asylum_claims"}, ("F011", "F035")),
        ("F026", {"population": "all"}, ("F003", "F026")),
        ("F003", {"population_basis": "stated"}, ("F003", "F026")),
        ("F029", {"measure": "asylum_claims"}, ("F011", "F029")),
        ("F012", number(955), ("F011", "F029")),
    ],
)
def test_a_changed_cell_removes_a_pair(name: str, cells: Row, pair: tuple[str, str]) -> None:
    assert pair in kinds()
    assert kinds(changed(name, **cells)).get(pair) != KNOWN[pair]


def of_two(first: Row, second: Row) -> str | None:
    return kinds([made("F1") | first, made("F2", document_id="D901") | second]).get(("F1", "F2"))


def test_a_changed_cell_makes_a_pair() -> None:
    one, near, far = number(1_000), number(1_020), number(1_400)
    assert of_two(one, one) is None
    assert of_two(one, near) == "rounding"
    assert of_two(one, near | {"population": "all"}) == "same_number"
    assert of_two(one, far | {"population": "all"}) is None
    assert of_two(one, near | {"measure": "small_boat_arrivals"}) is None
    assert of_two(one, near | {"measure": "removals"}) == "same_number"
    assert of_two(one, far | {"measure": "removals"}) == "other_measure"
    assert of_two(one, far | {"population_basis": "self_declared"}) == "other_people"
    assert of_two(one, far | {"status": "planned"}) == "other_status"
    assert of_two(number(1_888), number(1_900)) == "rounding"
    small = number(9)
    assert of_two(small, small | {"population": "all"}) is None


def test_periods_decide() -> None:
    year = made("F1", value=1_000)
    over = made("F2", value=1_400, window=("2022-04-01", "2023-03-31"), document_id="D901")
    later = made("F2", value=1_400, window=("2023-01-01", "2023-12-31"), document_id="D901")
    longer = made("F2", value=1_400, window=("2021-07-01", "2022-12-31"), document_id="D901")
    open_end = over | {"period_start": year["period_start"], "period_start_latest": None}
    open_end |= {"period_end_earliest": None, "period_basis": "ambiguous"}
    assert kinds([year, over]) == {("F1", "F2"): "other_days"}
    assert kinds([year, later]) == kinds([year, longer]) == kinds([year, open_end]) == {}
    speaker = {"document_id": "D900", "claimant_id": "home-office"}
    assert kinds([year | speaker, over | speaker]) == {}
    assert one_of([year, over]).difference == (
        "The first covers 2022; the second covers April 2022 to March 2023."
    )


def test_the_words_for_rare_kinds() -> None:
    planned = made("F2", value=1_400, status="planned", document_id="D901")
    found = one_of([made("F1"), planned | {"exact": "1,400"}])
    assert found.headline == "“exactly 100” says what happened, “1,400” what was planned"
    rounded = [made("F1", value=1_888), made("F2", value=1_900)]
    assert one_of(rounded).headline == "“exactly 1888” and “exactly 1900” agree once rounded"
    assert "returns of Albanians in 2022" in one_of(rounded).difference
    areas = [made("F1"), made("F2", area="DEU", document_id="D901") | {"exact": "exactly 100"}]
    found = one_of(areas)
    assert found.headline == "“exactly 100” counts two different places"
    assert "returns of Albanians (Germany)" in found.difference


# ---------------------------------------------------------------- laws

WINDOWS = [
    *((months(a, b)) for a, b in ((0, 2), (0, 5), (3, 8), (0, 11))),
    ("2022-04-01", "2023-03-31"),
]


@st.composite
def tables(draw: st.DrawFn) -> list[Row]:
    rows: list[Row] = []
    for at in range(draw(st.integers(2, 7))):
        row = made(
            f"F{at:03}",
            draw(st.sampled_from(("exactly", "about", "more_than", "less_than"))),
            draw(st.integers(8, 60)),
            measure=draw(st.sampled_from(("returns", "enforced_returns", "removals"))),
            population=draw(st.sampled_from(("albanian", "all"))),
            population_basis=draw(st.sampled_from(("stated", "self_declared"))),
            status=draw(st.sampled_from(("actual", "actual", "provisional", "planned"))),
            window=draw(st.sampled_from(WINDOWS)),
            document_id=draw(st.sampled_from(("D900", "D901"))),
            claimant_id=draw(st.sampled_from(("home-office", "fcdo"))),
        )
        if draw(st.booleans()):
            row["period_start_latest"] = None
            row["period_basis"] = "ambiguous"
        if rows and draw(st.integers(0, 4)) == 0:
            row = rows[-1] | {"figure_id": row["figure_id"]}
            row["repeats"] = rows[-1].get("repeats") or rows[-1]["figure_id"]
        rows.append(row)
    return rows


@examples(200)
@given(tables())
def test_no_pair_disagrees_or_repeats_and_every_pair_keeps_the_rule(rows: list[Row]) -> None:
    by_name = {row["figure_id"]: row for row in rows}
    contradicting = disagreements(rows)
    contradicting = contradicting[contradicting["verdict"] == "contradicts"]
    questioned = set(" ".join(contradicting["figures"]).split())
    seen = set()
    for found in apparent_in(shipped(), rows):
        one, other = (by_name[name] for name in found.figures)
        assert found.verdict not in DISAGREEING
        assert found.verdict == compare(one, other).verdict
        assert not questioned & set(found.figures)
        first = [row.get("repeats") or row["figure_id"] for row in (one, other)]
        assert first[0] != first[1]
        assert found.figures == tuple(sorted(found.figures))
        assert one["unit"] == other["unit"]
        low, high = sorted((one["value"], other["value"]))
        assert low >= 10
        assert found.kind == "same_number" or low != high
        if found.kind == "same_number":
            assert float(high - low) <= float(NEAR) * float(high)
            assert (one["measure"], one["population"]) != (other["measure"], other["population"])
        elif found.kind == "other_measure":
            assert {one["measure"], other["measure"]} & {"removals"}
            assert one["measure"] != other["measure"]
        else:
            assert one["measure"] == other["measure"]
            assert one["population"] == other["population"]
        told = f"{found.headline} {found.difference}"
        assert not re.search(
            r"\bF\d|_|None|\d{4}-\d", told.replace("more_than", "").replace("less_than", "")
        )
        assert found.figures not in seen
        seen.add(found.figures)


@examples(100)
@given(tables(), st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(rows: list[Row], chance: random.Random) -> None:
    shuffled = list(rows)
    chance.shuffle(shuffled)
    assert apparent_in(shipped(), rows) == apparent_in(shipped(), shuffled)


def test_a_package_of_its_own_is_asked_not_the_shipped_one() -> None:
    rows = [row for row in records("figures") if row["figure_id"] in ("F026", "F040")]
    assert [one.figures for one in apparent_in(with_figures(rows))] == [("F026", "F040")]
    assert apparent_in(with_figures([])) == ()


def test_ten_thousand_figures_have_no_more_pairs_than_the_limit() -> None:
    chance = random.Random(1)
    rows = []
    for at in range(10_000):
        start = datetime.date(2015, 1, 1) + datetime.timedelta(chance.randrange(3000))
        end = start + datetime.timedelta(chance.choice((0, 27, 89, 364)))
        rows.append(
            made(
                f"G{at:05}",
                chance.choice(("exactly", "more_than", "about")),
                chance.randrange(1, 30_000),
                measure=chance.choice(("returns", "enforced_returns", "removals")),
                population=chance.choice(("albanian", "all")),
                window=(str(start), str(end)),
                document_id=chance.choice(("D000", "D001", "D002")),
            )
        )
    found = apparent_in(shipped(), rows, limit=5)
    assert len(found) <= 5
