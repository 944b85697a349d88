"""What figures imply, beside what offices counted."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from albania_uk_migration import implied, records
from albania_uk_migration.answers.implied import implied_beside
from albania_uk_migration.claims.vocabulary import Layer
from albania_uk_migration.tables.package import shipped

from ..support.figures import made

LAYER: Layer = ("returns", "albanian", "GBR")
PAGE = (
    "https://www.gov.uk/government/statistics/immigration-system-statistics-year-ending-"
    "december-2023/how-many-people-are-detained-or-returned"
)


def test_the_claims_on_2023_stand_beside_the_count_of_2023() -> None:
    found = implied("returns", "albanian", "2023")
    assert found.sentences[0] == (
        "Returns of Albanians (UK), 2023 (365 days): at least 6,113 if all these claims are true; "
        f"the Home Office counted 5,771 (published on 29 February 2024, {PAGE})."
    )
    assert (
        found.to_dict()
        | {
            "counted_lower": 5771,
            "counted_upper": 5771,
            "counted_by": "Home Office",
            "counted_on": "2024-02-29",
            "counted_url": PAGE,
            "counted_release_id": "ho-iss-ye-dec-2023",
        }
        == found.to_dict()
    )


def test_of_days_within_quarters_only_an_interval_is_counted() -> None:
    found = implied("returns", "albanian", "2022-12-13/2023-05-17")
    assert (found.counted_lower, found.counted_upper) == (923, 3066)
    assert (
        "counts of the Home Office leave between 923 and 3,066 for this period (published on"
        in found.sentences[0]
    )


def test_where_the_figures_set_no_limit_that_is_said_beside_the_count() -> None:
    found = implied("enforced_returns", "albanian", "2023")
    assert (found.lower, found.upper) == (389, None)
    nothing = implied("enforced_returns", "albanian", "2021")
    assert "the figures set no limit; the Home Office counted" in nothing.sentences[0]


def test_where_no_release_covers_the_days_that_is_said() -> None:
    found = implied("returns", "albanian", "2030")
    assert found.sentences[1] == "No official count that we have covers these days."
    counted = [value for name, value in found.to_dict().items() if name.startswith("counted_")]
    assert counted == [None] * 6


def test_figures_that_cannot_all_be_true_stand_beside_the_count_too() -> None:
    rows = [made("F1", value=5), made("F2", value=6)]
    found = implied("returns", "albanian", "2022", rows)
    assert found.sentences[0].startswith(
        "Returns of Albanians (UK), 2022 (365 days): the figures cannot all be true; "
        "the Home Office counted 2,010 ("
    )


def counted_with(day: str = "2023-01-01", until: str = "2023-12-31", **cells: Any) -> Any:
    """What is counted over some days, with some cells of the newest values of 2023 changed."""
    values = records("official_statistics")
    for row in values:
        if row["release_id"] == "ho-iss-ye-dec-2023" and row["measure"] == "voluntary_returns":
            row.update(cells)
    package = shipped().with_rows({"official_statistics": values})
    return implied_beside(package, LAYER, f"{day}/{until}")


def test_values_that_need_caution_decide_nothing() -> None:
    assert counted_with().counted_lower == 5771
    found = counted_with(recheck="read again")
    assert found.counted_release_id != "ho-iss-ye-dec-2023"


@pytest.mark.parametrize("newer", [True, False])
def test_of_releases_that_fit_as_well_the_newest_counts(newer: bool) -> None:
    day = datetime.date(2024, 3, 1) if newer else datetime.date(2024, 1, 1)
    releases = records("official_releases")
    model = next(row for row in releases if row["release_id"] == "ho-iss-ye-dec-2023")
    values = [
        {**row, "release_id": "again", "value": 1}
        for row in records("official_statistics")
        if row["release_id"] == "ho-iss-ye-dec-2023" and row["measure"].endswith("_returns")
    ]
    package = shipped().with_rows(
        {
            "official_releases": [
                *releases,
                {**model, "release_id": "again", "published_on": day},
            ],
            "official_statistics": [*records("official_statistics"), *values],
        }
    )
    found = implied_beside(package, LAYER, "2023")
    assert (found.counted_release_id, found.counted_lower) == (
        ("again", 8) if newer else ("ho-iss-ye-dec-2023", 5771)
    )


def test_a_statement_is_not_a_count() -> None:
    kinds = {row["release_id"]: row["kind"] for row in records("official_releases")}
    spoken = [
        row for row in records("official_statistics") if kinds[row["release_id"]] == "statement"
    ]
    assert spoken
    for row in spoken:
        period = (row["period_start"], row["period_end"])
        found = implied(row["measure"], row["population"], period, area=row["area"])
        assert kinds.get(found.counted_release_id or "", "statistics") == "statistics"
