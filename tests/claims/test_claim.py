"""What we take for granted about a figure, and what a count is called."""

from __future__ import annotations

from typing import Any

import pytest

from albania_uk_migration import records
from albania_uk_migration.claims.claim import assumed_of, claim_of, claims_of, taken_for_granted
from albania_uk_migration.claims.given import figure_row
from albania_uk_migration.claims.vocabulary import vocabulary
from albania_uk_migration.tables.package import shipped

WORDS = vocabulary(shipped())


def assumed(name: str, rounded: bool = True, **cells: Any) -> list[str]:
    row = figure_row(shipped(), name) | cells
    return assumed_of(claim_of(row, WORDS), WORDS, rounded)


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("F003", "Nationality is as people declare it themselves"),
        ("F004", "We take it to be about Albanians, which the text does not say outright"),
        ("F004", "The period, 2021, is known from outside the document"),
        ("F007", "We take the base period to be 2019, although the words allow other readings"),
        ("F016", "We infer that the period is 2022"),
        ("F031", "The count is provisional"),
        (
            "F034",
            "The words allow several readings of the period: 1 October 2022 to 17 May 2023 at the "
            "widest",
        ),
        (
            "F040",
            "We infer that the period is 1 January to 14 May 2025 at the latest",
        ),
    ],
)
def test_what_is_assumed_is_said_in_sentences(name: str, sentence: str) -> None:
    assert sentence in assumed(name)


def test_what_the_text_states_is_not_assumed() -> None:
    assert assumed("F011") == []
    assert assumed("F011", population_basis="inferred") != []
    assert assumed("F011", status="provisional") == ["The count is provisional"]


@pytest.mark.parametrize(
    ("name", "cells", "place"),
    [
        ("F001", {}, "140,000, although it may be rounded to the nearest ten thousand"),
        ("F013", {}, "51, although it may be rounded to the nearest whole number"),
        ("F013", {"value": 51.5, "lower": 51.5, "upper": 51.5}, "51.5, although it may be rounded"),
        ("F023", {}, "4,000,000,000, although it may be rounded to the nearest billion"),
    ],
)
def test_a_number_taken_as_printed_is_said_to_be(
    name: str, cells: dict[str, Any], place: str
) -> None:
    assert any(place in text for text in assumed(name, rounded=False, **cells))
    assert not any("rounded" in text for text in assumed(name, **cells))


def test_no_sentence_has_a_code_or_the_name_of_its_figure_and_taken_for_granted_adds_it() -> None:
    for claim in claims_of(records("figures"), WORDS):
        sentences = assumed_of(claim, WORDS, rounded=False)
        for text, named in zip(sentences, taken_for_granted(claim, WORDS, False), strict=True):
            assert text[0].isupper()
            assert not text.endswith(".")
            assert ";" not in text
            assert claim.name not in text
            assert str(claim.row["population"]) not in text.split()
            assert named == f"{claim.name}: {text[0].lower()}{text[1:]}"


def test_a_title_has_no_code_for_any_count_in_the_tables() -> None:
    layers = {claim.layer for claim in claims_of(records("figures"), WORDS)}
    for row in records("official_statistics"):
        layers.add((row["measure"], row["population"], row["area"]))
    titles = {layer: WORDS.title(layer) for layer in layers}
    assert len(set(titles.values())) == len(titles)
    for layer, title in titles.items():
        assert layer[2] not in title
        assert "_" not in title
    assert titles["returns", "albanian", "GBR"] == "Returns of Albanians (UK)"
    assert titles["returns", "all", "GBR"] == "Returns of people of any nationality (UK)"
    assert titles["asylum_grants", "albanian", "GBR"] == "Asylum grants to Albanians (UK)"
    assert titles["small_boat_arrivals_rank", "all", "GBR"] == (
        "Rank of small boat arrivals (people of any nationality, UK)"
    )
    assert titles["export_finance", "", "ALB"] == "Export finance (Albania)"
