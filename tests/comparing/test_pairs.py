"""Two counts of which one may hold the other."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from albania_uk_migration import compare, implied
from albania_uk_migration.claims.claim import claims_of
from albania_uk_migration.claims.given import figure_rows
from albania_uk_migration.claims.vocabulary import vocabulary
from albania_uk_migration.claims.windows import lies_in
from albania_uk_migration.comparing.consistency import all_findings
from albania_uk_migration.tables.package import shipped

from ..support.figures import counts, made, months
from ..support.findings import Row, of
from ..support.trying import examples


def test_a_second_count_of_the_same_and_a_lower_bound_of_everybody_object() -> None:
    rows = [made("F1", value=1_888), made("F2", value=1_700)]
    assert of("same_count", rows) == {("F1", "F2"): "contradicts"}
    rows = [made("F1", value=1_888), made("F2", "at_most", 1_700, population="all")]
    assert of("among_all", rows) == {("F1", "F2"): "contradicts"}


def test_counts_from_one_start_must_grow() -> None:
    rows = [made("F1", value=501, window=months(0, 5)), made("F2", value=409, window=months(0, 8))]
    assert of("longer_window", rows) == {("F1", "F2"): "contradicts"}
    assert of("together", rows) == {("F1", "F2"): "contradicts"}


def test_everybody_declares_no_nationality() -> None:
    rows = [made("F1", population="all", population_basis="self_declared"), made("F2", value=7)]
    assert "contradicts" not in {f.verdict for f in all_findings(shipped(), rows)}
    assert implied("returns", "albanian", "2022", rows[:1]).upper == 150 - 50


def test_an_ambiguous_period_is_read_beside_its_parts_too() -> None:
    part = made("F1", "at_least", 5, measure="enforced_returns", population="albanian_men_20_40")
    whole = made("F2", "at_most", 3, window=("2021-06-01", "2023-02-28"))
    whole |= {"period_end_earliest": None, "period_basis": "ambiguous"}
    assert compare(part, whole).verdict == "depends_on_reading"
    assert of("reading", [part, whole]) == {("F2", "F1"): "depends_on_reading"}


def test_an_outer_window_proves_a_contradiction_though_its_ends_are_not_known() -> None:
    loose = made("F1", "more_than", 1_000, window=months(0, 2))
    loose["period_end_earliest"] = loose["period_start"]
    rows = [loose, made("F2", value=795, window=months(0, 2))]
    assert compare(*rows).verdict == compare(*rows[::-1]).verdict == "contradicts"
    assert "contradicts" in {
        f.verdict for f in all_findings(shipped(), rows) if f.check != "together"
    }
    part = [loose | {"measure": "enforced_returns"}, rows[1]]
    assert compare(*part).verdict == "contradicts"


def test_those_who_declare_a_nationality_are_apart_from_those_recorded() -> None:
    men = made("F1", value=801, population="albanian_men_20_40", population_basis="self_declared")
    recorded = made("F2", value=701)
    declared = recorded | {"population_basis": "self_declared"}
    assert compare(men, recorded).verdict == "not_comparable"
    assert "nationality" in compare(men, recorded).keys
    assert compare(men, declared).verdict == "contradicts"
    assert compare(men, declared | {"population": "all"}).verdict == "contradicts"
    assert not [f for f in all_findings(shipped(), [men, recorded]) if f.verdict == "contradicts"]


def test_none_of_more_than_a_thousand_is_no_part_of_it() -> None:
    rows = [
        made("F1", value=0, measure="enforced_returns"),
        made("F2", "more_than", 1_000),
        made("F3", "at_least", 0, measure="enforced_returns_share", unit="percent"),
    ]
    assert set(of("share", rows).values()) == {"compatible"}


@examples(60)
@given(st.tuples(*(counts(f"F{at}", stretches=4) for at in range(8))), st.integers(2, 8))
def test_a_count_is_set_beside_the_longer_window_of_the_lowest_upper_bound(
    drawn: tuple[Row, ...], number: int
) -> None:
    rows = list(drawn[:number])
    claims = claims_of(figure_rows(shipped(), rows), vocabulary(shipped()))
    found = dict(of("longer_window", rows))
    for claim in claims:
        over = [
            other.rounded.upper
            for other in claims
            if lies_in(claim.window.outer, other.window.outer) and other.window != claim.window
        ]
        beside = [names[1] for names in found if names[0] == claim.name]
        assert len(beside) == (1 if over and claim.rounded.bounded else 0)
        for name in beside:
            holder = next(other for other in claims if other.name == name)
            assert lies_in(claim.window.outer, holder.window.outer)
            lowest = min((upper for upper in over if upper is not None), default=None)
            assert holder.rounded.upper == lowest
