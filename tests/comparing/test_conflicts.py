"""A conflict is reported once, however many figures repeat it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from albania_uk_migration import implied
from albania_uk_migration.claims.claim import claims_of
from albania_uk_migration.claims.given import figure_rows
from albania_uk_migration.claims.vocabulary import vocabulary
from albania_uk_migration.comparing.conflicts import conflicts_once
from albania_uk_migration.comparing.consistency import all_findings
from albania_uk_migration.comparing.solver import feasible
from albania_uk_migration.comparing.systems import System, bounds_of
from albania_uk_migration.tables.package import shipped

from ..support.figures import counts, made
from ..support.findings import Row
from ..support.trying import examples

WORDS = vocabulary(shipped())
REPEATED = [
    made("F1", "at_least", 9),
    made("F2", "at_least", 9, repeats="F1"),
    made("F3", "at_least", 9, repeats="F1"),
    made("F4", "at_most", 5),
]


def together(rows: list[Row]) -> list[tuple[str, ...]]:
    found = all_findings(shipped(), rows)
    return [f.figures for f in found if f.check == "together" and f.verdict == "contradicts"]


def test_figures_that_repeat_one_another_make_one_conflict() -> None:
    assert together(REPEATED) == [("F1", "F4", "F2", "F3")]
    found = implied("returns", "albanian", "2022", REPEATED, conflicts=5)
    assert found.conflicts == (("F1", "F4"),)
    assert found.sentences[1:] == (
        "These cannot all be true; drop any one and the rest can: "
        'F1 ("at_least 9") (also F2, F3): at least 9 in 2022; F4 ("at_most 5"): at most 5 in 2022.',
    )


def test_claims_of_others_with_the_very_same_limits_make_one_conflict() -> None:
    rows = [row | {"repeats": None} for row in REPEATED]
    assert together(rows) == [("F1", "F4", "F2", "F3")]
    assert implied("returns", "albanian", "2022", rows, conflicts=5).conflicts == (("F1", "F4"),)


def test_two_conflicts_stay_two() -> None:
    rows = [
        *REPEATED,
        made("F5", value=51, measure="removals"),
        made("F6", value=99, measure="removals"),
    ]
    assert together(rows) == [("F1", "F4", "F2", "F3"), ("F5", "F6")]
    rows = [made("F1", "at_least", 9), made("F2", "at_least", 8), made("F4", "at_most", 5)]
    assert set(together(rows)) == {("F1", "F4"), ("F2", "F4")}


def test_a_repeat_whose_own_days_make_no_conflict_is_not_named() -> None:
    half = ("2022-01-01", "2022-06-30")
    rows = [
        made("F1", "at_least", 9),
        made("F2", "at_least", 9, repeats="F1", window=half),
        made("F3", "at_most", 5, window=half),
    ]
    assert together(rows) == [("F2", "F3")]


@examples(100)
@given(st.lists(counts(), min_size=2, max_size=5), st.lists(st.booleans(), min_size=5, max_size=5))
def test_a_conflict_is_irreducible_and_no_two_are_of_the_same_claims(
    rows: list[Row], repeating: list[bool]
) -> None:
    for at, row in enumerate(rows):
        row["figure_id"] = f"F{at}"
        row["repeats"] = "F0" if at and repeating[at] else None
    claims = {c.name: c for c in claims_of(figure_rows(shipped(), rows), WORDS)}
    bounds = bounds_of(claims.values())

    def possible(names: set[str]) -> bool:
        return not names or feasible(
            System([bound for bound in bounds if bound.name in names], WORDS)
        )

    found = conflicts_once(bounds, WORDS, 9, claims)
    assert bool(found) == (not possible(set(claims)))
    for conflict in found:
        assert not possible(set(conflict.names))
        assert all(possible({*conflict.names} - {name}) for name in conflict.names)
        for name, first in conflict.repeats.items():
            assert not possible({*conflict.names, name} - {first})
    of_claims = [frozenset(claims[name].first for name in one.names) for one in found]
    assert len(set(of_claims)) == len(of_claims)
