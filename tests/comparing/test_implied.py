"""What figures imply, held against the enumeration of all counts; and the known facts."""

from __future__ import annotations

import datetime
import itertools
from decimal import Decimal
from typing import Any

import numpy
import pytest
from hypothesis import given
from hypothesis import strategies as st

from albania_uk_migration import ComparisonError, Implied, UnknownNameError, implied, records

from ..support.figures import ENDS, STARTS, counts, made, months
from ..support.trying import examples

# Each layer with the atoms it counts: enforced or voluntary, Albanians or others.
ATOMS = {
    ("enforced_returns", "albanian"): {0},
    ("voluntary_returns", "albanian"): {1},
    ("returns", "albanian"): {0, 1},
    ("enforced_returns", "all"): {0, 2},
    ("voluntary_returns", "all"): {1, 3},
    ("returns", "all"): {0, 1, 2, 3},
}
LAYERS = list(ATOMS)
STRETCHES = 2
MOST = 3
MEASURES = ("enforced_returns", "voluntary_returns", "returns")


def every_solution() -> dict[tuple[str, str], Any]:
    """All counts up to MOST an atom and month: an array a layer, month by month."""
    values = numpy.arange(MOST + 1)
    grids = numpy.meshgrid(*[values] * (4 * STRETCHES), indexing="ij")
    flat = numpy.stack([grid.ravel() for grid in grids], axis=1).astype(numpy.int16)
    atoms = [flat[:, at * STRETCHES : (at + 1) * STRETCHES] for at in range(4)]
    return {layer: sum(atoms[at] for at in of) for layer, of in ATOMS.items()}


ALL = every_solution()


def months_of(start: datetime.date, end: datetime.date) -> slice:
    return slice(STARTS.index(start), ENDS.index(end) + 1)


def kept(rows: list[dict[str, Any]]) -> Any:
    """Which of all counts keep the bounds of some figures: true and false, by solution."""
    mask = numpy.ones(len(ALL[LAYERS[0]]), dtype=bool)
    for row in rows:
        window = months_of(row["period_start"], row["period_end"])
        count = ALL[row["measure"], row["population"]][:, window].sum(axis=1)
        if row["lower"] is not None:
            low = int(row["lower"]) + (row["comparator"] == "more_than")
            mask &= count >= low
        if row["upper"] is not None:
            high = int(row["upper"]) - (row["comparator"] == "less_than")
            mask &= count <= high
    return mask


def extremes(
    rows: list[dict[str, Any]], layer: tuple[str, str], window: slice
) -> tuple[int, int] | None:
    """Smallest and largest count over some months among all solutions; None where there is none."""
    mask = kept(rows)
    if not mask.any():
        return None
    count = ALL[layer][mask][:, window].sum(axis=1)
    return int(count.min()), int(count.max())


def capped(rows: list[dict[str, Any]], layer: tuple[str, str], month: int) -> bool:
    """Whether figures put a ceiling on what a layer counts in a month: on each of its atoms."""
    ceilings = [
        ATOMS[row["measure"], row["population"]]
        for row in rows
        if row["upper"] is not None
        and STARTS.index(row["period_start"]) <= month <= ENDS.index(row["period_end"])
    ]
    return all(any(atom in over for over in ceilings) for atom in ATOMS[layer])


@st.composite
def systems(draw: st.DrawFn, most: int = 5) -> list[dict[str, Any]]:
    number = draw(st.integers(1, most))
    rows = []
    for at in range(number):
        measure, population = draw(st.sampled_from(LAYERS))
        rows.append(
            draw(
                counts(
                    f"F{at + 1:03d}",
                    measures=(measure,),
                    populations=(population,),
                    stretches=STRETCHES,
                    most=MOST - 1,
                )
            )
        )
    return rows


QUESTIONS = st.tuples(st.sampled_from(LAYERS), st.integers(0, 1), st.integers(0, 1)).map(
    lambda drawn: (drawn[0], min(drawn[1:]), max(drawn[1:]))
)


def ask(rows: list[dict[str, Any]], question: Any, **more: Any) -> Implied:
    (measure, population), first, last = question
    return implied(measure, population, "/".join(months(first, last)), rows, **more)


@examples(100)
@given(systems(), QUESTIONS)
def test_what_is_implied_is_what_all_counts_allow(
    rows: list[dict[str, Any]], question: Any
) -> None:
    layer, first, last = question
    found = ask(rows, question)
    window = slice(first, last + 1)
    expected = extremes(rows, layer, window)
    if expected is None:
        # Figures of other months do not bear on the question, so that it may still be answered.
        related = [r for r in rows if bears_on(r, rows, first, last)]
        if extremes(related, layer, window) is None:
            assert found.conflicts
            assert (found.lower, found.upper) == (None, None)
            for names in found.conflicts:
                conflicting = [row for row in rows if row["figure_id"] in names]
                assert not kept(conflicting).any()
                for row in conflicting:
                    assert kept([other for other in conflicting if other is not row]).any()
            return
        rows = related
        expected = extremes(rows, layer, window)
    assert expected is not None
    assert not found.conflicts
    assert found.proved
    assert found.lower == expected[0]
    bounded = all(capped(rows, layer, month) for month in range(first, last + 1))
    assert found.upper == (expected[1] if bounded else None)


def bears_on(row: dict[str, Any], rows: list[dict[str, Any]], first: int, last: int) -> bool:
    """Whether windows that overlap lead from a figure to the months asked for."""
    reached = set(range(first, last + 1))
    for _ in rows:
        for other in rows:
            if other["lower"] is None and other["upper"] is None:
                continue
            window = months_of(other["period_start"], other["period_end"])
            covered = set(range(window.start, window.stop))
            if covered & reached:
                reached |= covered
    window = months_of(row["period_start"], row["period_end"])
    return bool(reached & set(range(window.start, window.stop)))


@examples(60)
@given(systems(4), QUESTIONS)
def test_a_bound_comes_with_a_smallest_set_that_forces_it(
    rows: list[dict[str, Any]], question: Any
) -> None:
    layer, first, last = question
    found = ask(rows, question)
    if found.conflicts:
        return
    window = slice(first, last + 1)
    for names, bound, side in (
        (found.lower_from, found.lower, 0),
        (found.upper_from, found.upper, 1),
    ):
        if bound is None or (side == 0 and bound == 0):
            assert names == ()
            continue

        def forces(some: tuple[dict[str, Any], ...], side: int = side, bound: int = bound) -> bool:
            ends = extremes(list(some), layer, window)
            if side == 1 and not all(capped(list(some), layer, m) for m in range(first, last + 1)):
                return False
            return ends is not None and ends[side] == bound

        assert forces(tuple(row for row in rows if row["figure_id"] in names))
        for fewer in itertools.combinations(rows, len(names) - 1):
            assert not forces(fewer)


@examples(60)
@given(systems(5), QUESTIONS)
def test_a_further_figure_never_widens_what_is_implied(
    rows: list[dict[str, Any]], question: Any
) -> None:
    before, after = ask(rows[:-1], question), ask(rows, question)
    if after.conflicts:
        return
    assert not before.conflicts
    assert after.lower is not None
    assert before.lower is not None
    assert after.lower >= before.lower
    if before.upper is not None:
        assert after.upper is not None
        assert after.upper <= before.upper


@examples(30)
@given(systems(5))
def test_each_of_several_conflicts_is_one_and_they_differ(rows: list[dict[str, Any]]) -> None:
    found = ask(rows, (LAYERS[2], 0, STRETCHES - 1), conflicts=4)
    assert len(set(found.conflicts)) == len(found.conflicts) <= 4
    for names in found.conflicts:
        conflicting = [row for row in rows if row["figure_id"] in names]
        assert not kept(conflicting).any()
        for row in conflicting:
            assert kept([other for other in conflicting if other is not row]).any()


def test_all_conflicts_of_two_against_one_are_found() -> None:
    rows = [made("F1", value=5), made("F2", value=7), made("F3", value=9)]
    found = implied("returns", "albanian", "2022", rows, conflicts=9)
    assert sorted(found.conflicts) == [("F1", "F2"), ("F1", "F3"), ("F2", "F3")]


def test_uncertain_ends_bound_below_by_the_outer_window_and_above_by_the_inner() -> None:
    row = made("F1", value=40, window=months(0, 5))
    row |= {"period_start_latest": STARTS[2], "period_end_earliest": ENDS[3]}
    outer = implied("returns", "albanian", "/".join(months(0, 5)), [row])
    inner = implied("returns", "albanian", "/".join(months(2, 3)), [row])
    assert (outer.lower, outer.upper) == (40, None)
    assert (inner.lower, inner.upper) == (0, 40)
    row["period_end_earliest"] = None
    assert implied("returns", "albanian", "/".join(months(2, 3)), [row]).upper is None


def test_what_is_planned_or_projected_bounds_nothing() -> None:
    for status in ("projected", "planned", "allocated"):
        found = implied("returns", "albanian", "2022", [made("F1", value=7, status=status)])
        assert (found.lower, found.upper) == (0, None)


def test_long_windows_over_many_stretches_are_summed_by_runs() -> None:
    first = datetime.date(2000, 1, 1)
    rows = []
    for at in range(80):
        start = first + datetime.timedelta(days=at)
        rows.append(made(f"F{at:03d}", value=at, window=(str(start), str(start))))
    last = first + datetime.timedelta(days=79)
    found = implied("returns", "albanian", (first, last), rows)
    assert found.lower == found.upper == sum(range(80))
    assert found.proved


CLAIM = "F034=2022-12-13/2023-05-16"


def test_the_weeks_of_april_and_may_hold_what_other_figures_leave() -> None:
    found = implied("returns", "albanian", "2023-04-01/2023-05-16", assuming=CLAIM)
    assert (found.lower, found.upper) == (5318, None)
    assert found.lower_from == ("F011", "F018", "F034")
    told = str(found)
    assert "8,001 − 1,888 − 795 = 5,318" in told
    assert "at least 115.6 a day" in told
    assert '13.1 times the 8.8 a day that F018 ("795") gives for January to March 2023' in told
    assert any("instead of" in text for text in found.assumptions)
    days = (datetime.date(2022, 12, 13), datetime.date(2023, 5, 16))
    for window in (CLAIM[5:], days, ("2022-12-13", "2023-05-16")):
        question = ("returns", "albanian", "2023-04-01/2023-05-16")
        assert implied(*question, assuming={"F034": window}) == found


def test_from_the_eighth_of_april_nothing_follows_and_it_is_said_why() -> None:
    found = implied("returns", "albanian", "2023-04-08/2023-05-16", assuming=[CLAIM])
    assert (found.lower, found.upper) == (0, None)
    told = str(found)
    assert "1 to 7 April 2023, for which no figure sets an upper limit" in told
    assert 'F009 ("Over 1,000") sets none' in told
    assert "If 1 to 7 April 2023 had at most 62" in told
    assert "at least 5,256 would follow" in told
    assert any(
        text.startswith("F009: the words allow several readings of the period")
        for text in found.assumptions
    )
    capped_so = implied(
        "returns", "albanian", "2023-04-08/2023-05-16", assuming=[CLAIM, "F009<=1,500"]
    )
    assert capped_so.lower == 8001 - 1500
    week = "2023-04-01/2023-04-07<=62"
    named = implied("returns", "albanian", "2023-04-08/2023-05-16", assuming=[CLAIM, week])
    assert named.lower == 5256


def test_parts_and_populations_bear_on_one_another() -> None:
    whole = [made("F1", value=100), made("F2", value=30, measure="enforced_returns")]
    assert implied("voluntary_returns", "albanian", "2022", whole).lower == 70
    assert implied("returns", "all", "2022", whole).lower == 100
    ceiling = [made("F1", "at_most", 50, population="all")]
    assert implied("enforced_returns", "albanian", "2022-03", ceiling).upper == 50
    # Those who declare a nationality are among everybody, not among those recorded as having it.
    declared = [made("F1", value=50, population_basis="self_declared")]
    assert implied("returns", "albanian", "2022", declared).lower == 0
    assert implied("returns", "all", "2022", declared).lower == 50
    joined = ["self_declared_is_recorded"]
    assert implied("returns", "albanian", "2022", declared, joined).lower == 50


def test_a_part_of_everybody_bears_on_the_albanians_among_them() -> None:
    rows = [
        made("F1", "at_least", 11),
        made("F2", value=0, measure="voluntary_returns"),
        made("F3", "at_most", 5, measure="enforced_returns", population="all"),
    ]
    assert implied("returns", "albanian", "2022", rows[1:]).upper == 5
    for measure in MEASURES:
        found = implied(measure, "albanian", "2022", rows)
        assert found.conflicts == (("F1", "F2", "F3"),)


def test_a_row_that_is_assumed_can_be_given_a_window_and_a_bound() -> None:
    rows = [made("F1", "more_than", 100, window=months(0, 5))]
    new = made("F2", "at_least", 900, window=months(0, 11))
    assuming: list[Any] = ["F2 at most 1000", new, "F2=2022-01/2022-06"]
    found = implied("returns", "albanian", "2022-01/2022-06", rows, assuming)
    assert (found.lower, found.upper) == (900, 1000)
    assert len(found.assumptions) >= 3


def test_a_bound_that_is_assumed_is_joined_like_the_figures() -> None:
    rows = [made("F1", "more_than", 1000, measure="removals", window=months(0, 2))]
    assuming = ["removals_are_returns", "2022-01/2022-02 at most 100"]
    question = ("removals", "albanian", "2022-03", rows)
    assert implied(*question, assuming=assuming).lower == 901
    assert implied(*question, assuming=assuming[1]).lower == 901


def test_what_does_not_follow_is_not_blamed_on_days_that_do_not_matter() -> None:
    release = [row for row in records("figures") if row["document_id"] == "D001"]
    told = str(implied("returns", "albanian", "2023-01", release))
    assert "no figure sets an upper limit" not in told
    assert "could account for all of it" in told
    zero = made("F1", value=0, window=months(0, 2))
    assert "No minimum" not in str(implied("returns", "albanian", "2022-02", [zero]))
    split = [
        made("F1", "at_least", 50, window=months(0, 1)),
        made("F2", "at_most", 100, measure="enforced_returns", window=months(0, 0)),
        made("F3", "at_most", 100, measure="voluntary_returns", window=months(0, 0)),
    ]
    told = str(implied("returns", "albanian", "2022-02", split))
    assert "no figure sets an upper limit" not in told
    assert "could account for all of it" in told


def test_a_lower_bound_of_the_whole_is_named_where_no_minimum_of_a_part_follows() -> None:
    told = str(implied("enforced_returns", "albanian", "2022", [made("F1", "at_least", 101)]))
    assert "F1" in told
    assert "all of which may be others" in told


def test_days_at_the_end_of_the_calendar_and_huge_numbers_do_no_harm() -> None:
    late = [made("F1", value=7, window=("9999-01-01", "9999-12-31"))]
    found = implied("returns", "albanian", "9999", late)
    assert (found.lower, found.upper) == (7, 7)
    huge = [made("F1", value=10**20), made("F2", value=5)]
    found = implied("returns", "albanian", "2022", huge)
    assert (found.lower, found.upper) == (5, 5)
    assert "Not used, because they set no limit" in str(found)


def test_many_disjoint_conflicts_are_found_in_a_few_steps() -> None:
    rows = []
    for year in range(2000, 2006):
        days = [(f"{year}-{m:02}-01", f"{year}-{m:02}-28") for m in range(1, 13)]
        rows += [made(f"F{year}{m:02}", value=11, window=d) for m, d in enumerate(days)]
        rows.append(made(f"F{year}99", value=101, window=(f"{year}-01-01", f"{year}-12-31")))
    rows.append(made("F0", "more_than", 1, window=("2000-01-01", "2005-12-31")))
    found = implied("returns", "albanian", "2000/2005", rows, conflicts=6)
    assert len(found.conflicts) == 6
    assert {names[0][:5] for names in found.conflicts} == {f"F{y}" for y in range(2000, 2006)}


def test_rounding_widens_bare_numbers_only_where_it_is_asked_for() -> None:
    rows = [made("F1", value=800)]
    exact = implied("returns", "albanian", "2022", rows)
    assert (exact.lower, exact.upper) == (800, 800)
    assert any("rounded to the nearest hundred" in text for text in exact.assumptions)
    wide = implied("returns", "albanian", "2022", rows, rounded=True)
    assert (wide.lower, wide.upper) == (750, 850)


def test_removals_bear_on_returns_only_under_the_assumption_that_joins_them() -> None:
    rows = [made("F1", value=9, measure="removals")]
    assert implied("returns", "albanian", "2022", rows).lower == 0
    found = implied("returns", "albanian", "2022", rows, assuming="removals_are_returns")
    assert found.lower == 9
    assert any("removals_are_returns" in text for text in found.assumptions)


@pytest.mark.parametrize(
    ("assuming", "kind", "message"),
    [
        ("F999=2022", UnknownNameError, 'No figure called "F999"'),
        ("removals_are_return", UnknownNameError, 'Did you mean "removals_are_returns"'),
        ("F034=2022-13", ComparisonError, "does not exist"),
        ("F034=2022/..", ComparisonError, "open or unknown end"),
        ("F034 is wrong", ComparisonError, "Cannot read the assumption"),
        ("F001<=5", ComparisonError, "no period to put a limit on"),
        ("F011=1500", ComparisonError, "For a number, write"),
        ("F034=2023-06", ComparisonError, "had been counted by 17 May 2023"),
        ("F027 at most 5", ComparisonError, "says nothing about"),
        ("F999<=5", UnknownNameError, 'No figure called "F999"'),
    ],
)
def test_an_assumption_that_cannot_be_read_says_so(
    assuming: str, kind: type[Exception], message: str
) -> None:
    with pytest.raises(kind, match=message):
        implied("returns", "albanian", "2022", assuming=assuming)


def test_only_what_is_counted_over_time_has_implied_bounds() -> None:
    with pytest.raises(UnknownNameError, match="counted over time"):
        implied("residents", "albanian", "2022")
    with pytest.raises(UnknownNameError, match='No population called "albanians"'):
        implied("returns", "albanians", "2022")
    with pytest.raises(ComparisonError, match="open or unknown end"):
        implied("returns", "albanian", "2022-01/..")
    with pytest.raises(UnknownNameError, match='No area called "UK"'):
        implied("returns", "albanian", "2022", area="UK")
    with pytest.raises(ComparisonError, match="at least 1"):
        implied("returns", "albanian", "2022", conflicts=0)
    backwards = (datetime.date(2022, 2, 1), datetime.date(2022, 1, 1))
    with pytest.raises(ComparisonError, match="before it begins"):
        implied("returns", "albanian", backwards)
    period: Any
    for period in (None, ("2022",), (2022, 2023)):
        with pytest.raises(ComparisonError, match=r"as a day|a pair of days|needs two days"):
            implied("returns", "albanian", period)


def test_what_is_left_out_is_told() -> None:
    found = implied("small_boat_arrivals", "albanian", "2023-11-30/2023-12-31")
    assert "Not used, because they set no limit" in str(found)
    assert 'F024 ("over 90%")' in str(found)


def test_of_several_smallest_sets_the_first_figures_are_named() -> None:
    # F033 and F034 claim the same of the same days: either forces the bound, F033 came first.
    rows = [row for row in records("figures") if row["figure_id"] in ("F033", "F034", "F011")]
    for given_rows in (rows, rows[::-1]):
        found = implied("returns", "albanian", "2023-01-01/2023-05-17", given_rows)
        assert found.lower_from == ("F011", "F033")


def halves(day: int) -> list[dict[str, Any]]:
    """Figures of six days that leave 6.5 enforced returns at least, in whole numbers 7."""

    def counted(at: int, first: int, last: int, comparator: str, value: int, what: str) -> Any:
        window = (f"2022-01-{day + first:02}", f"2022-01-{day + last:02}")
        return made(f"F{day:02}{at}", comparator, value, window=window, measure=what)

    return [
        counted(1, 3, 3, "at_most", 3, "voluntary_returns"),
        counted(2, 2, 3, "at_least", 18, "returns"),
        counted(3, 3, 4, "at_least", 19, "returns"),
        counted(4, 1, 5, "at_most", 21, "voluntary_returns"),
    ]


def test_a_count_is_whole_where_fractions_would_do_with_less() -> None:
    rows = halves(1)
    found = implied("enforced_returns", "albanian", "2022-01-01/2022-01-06", rows)
    assert (found.lower, found.proved) == (7, True)
    assert found.lower_from == ("F011", "F012", "F013", "F014")
    assert "1/2 × 19 + 1/2 × 18 − 1/2 × 21 − 1/2 × 3, and a count is whole" in str(found)


def test_figures_that_only_fractions_keep_conflict() -> None:
    # Twice 6.5 would be 13; in whole numbers it is 14.
    rows = [*halves(1), *halves(11)]
    names = tuple(row["figure_id"] for row in rows)
    most = made(
        "F9", "at_most", 14, window=("2022-01-01", "2022-01-16"), measure="enforced_returns"
    )
    question = ("enforced_returns", "albanian", "2022-01-01/2022-01-16")
    assert implied(*question, [*rows, most]).lower == 14
    fewer = most | dict.fromkeys(("value", "upper"), Decimal(13))
    found = implied(*question, [*rows, fewer])
    assert found.lower is None
    assert found.conflicts == ((*names, "F9"),)


def test_a_conflict_tells_only_the_bounds_that_clash() -> None:
    rows = [made("F1", value=5), made("F2", value=7)]
    told = implied("returns", "albanian", "2022", rows).sentences[1]
    assert "F2" in told
    assert ("at most 5" in told, "at least 7" in told) == (True, True)
    assert "at least 5" not in told
    assert "at most 7" not in told
