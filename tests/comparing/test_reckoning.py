"""The arithmetic of a strain and the readings of a rank, as numbers and in words."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from albania_uk_migration import disagreements, records
from albania_uk_migration.comparing.consistency import all_findings, disagreements_of
from albania_uk_migration.comparing.findings import arranged
from albania_uk_migration.comparing.headlines import column_of, headline_of
from albania_uk_migration.comparing.reckoning import (
    StrainTerms,
    rank_readings_of,
    strain_of,
    strain_terms,
)
from albania_uk_migration.comparing.strain import strains
from albania_uk_migration.comparing.terms import VERDICTS
from albania_uk_migration.tables.package import shipped

from ..support.findings import Row
from ..support.trying import examples
from .daily_figures import some_figures


def signed(found: StrainTerms) -> int:
    return sum((1 if t.sign == "+" else -1) * t.times * t.number for t in found.terms)


def test_a_repeat_has_the_strain_of_the_claim_that_it_repeats_under_its_own_name() -> None:
    first, repeat = (strain_of(shipped(), name) for name in ("F033", "F034"))
    assert first is not None
    assert repeat is not None
    assert (repeat.figure_id, repeat.terms[0].figure_id) == ("F034", "F034")
    assert repeat.ratio == first.ratio
    assert [t.number for t in repeat.terms] == [t.number for t in first.terms]
    assert (repeat.first_free, repeat.last_free) == (
        datetime.date(2023, 4, 1),
        datetime.date(2023, 5, 17),
    )


def test_a_claim_that_is_not_strained_has_no_terms_and_one_alone_no_strain() -> None:
    calm = strain_of(shipped(), "F018")
    assert calm is not None
    assert (calm.terms, calm.strained, calm.first_free) == ((), False, None)
    assert strain_of(shipped(), "F026") is None


@examples(100)
@given(some_figures())
def test_the_terms_add_up_to_the_total_and_the_total_to_the_rate(rows: list[Row]) -> None:
    data = arranged(shipped(), rows)
    for name, strain in strains(data.claims, data.words).items():
        found = strain_terms(data.by_name[name], strain)
        if found is None or not found.terms:
            continue
        assert signed(found) == found.total
        assert found.total / found.days == pytest.approx(found.rate, abs=1e-6)
        assert len(column_of(found, data)) == len(found.terms) + 1
        if found.first_free is not None:
            assert found.last_free is not None
            assert (found.last_free - found.first_free).days + 1 == found.days
            for term in found.terms:
                if not term.least:
                    free = (found.first_free, found.last_free)
                    assert term.last < free[0] or free[1] < term.first


def test_a_rank_is_read_in_each_way_with_the_counts_that_decide() -> None:
    total, same_days = rank_readings_of(shipped(), "F047")
    assert (total.holds, same_days.holds) == (False, None)
    assert [claim.name for claim in total.others] == ["F002"]
    assert {claim.name for claim in same_days.unlike} == {"F002", "F031"}
    assert total.own.name == "F040"
    assert rank_readings_of(shipped(), "F011") == ()
    assert rank_readings_of(shipped(), "F041") == ()


def test_every_finding_has_a_headline_without_a_code_and_contradictions_say_so() -> None:
    for finding in all_findings(shipped()):
        assert finding.headline
        assert not finding.headline.endswith(".")
        assert "_" not in finding.headline
        assert "{" not in finding.headline


BROKEN = [
    ("F012", 955, "parts_and_whole", "The parts do not add up to the whole"),
    ("F013", 49, "share", "“51%” does not fit the counts"),
    ("F013", 53, "shares_of_a_whole", "The shares do not add up to 100%"),
    ("F016", 80, "change", "“90%” does not fit the counts"),
    ("F010", 990, "repeats", "“over 1,000” and “Over 1,000” cannot both be true"),
]


@pytest.mark.parametrize(("name", "value", "check", "headline"), BROKEN)
def test_the_headline_of_a_changed_figure_says_what_does_not_fit(
    name: str, value: int, check: str, headline: str
) -> None:
    rows = records("figures")
    for row in rows:
        if row["figure_id"] == name:
            row |= {"value": value, "lower": value, "upper": value, "comparator": "exactly"}
    found = [f for f in all_findings(shipped(), rows) if f.check == check]
    assert headline in {f.headline for f in found if f.verdict == "contradicts"}


@given(st.sampled_from(sorted(VERDICTS)))
def test_two_figures_are_named_by_their_words(verdict: str) -> None:
    data = arranged(shipped())
    finding = next(f for f in all_findings(shipped()) if f.figures == ("F012", "F011"))
    told = headline_of(finding._replace(verdict=verdict), data)
    assert told == f"“954” and “1,888” {VERDICTS[verdict]}"


def test_the_headlines_stand_in_the_rows_of_disagreements() -> None:
    set_out = disagreements_of(shipped())
    assert disagreements()["headline"].to_list() == [one.headline for one in set_out]
    strain = set_out[1]
    assert [quotation.figure_id for quotation in strain.claimed] == ["F033", "F034"]
    assert strain.assumptions == (
        "The words allow several readings of the period: 1 October 2022 to 17 May 2023 at the "
        "widest (F033)",
    )
    assert strain.rules[0] == "We call a claim strained at 5 times or more"
