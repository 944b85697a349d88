"""Made rows of official statistics and releases."""

from __future__ import annotations

import datetime
from typing import Any

from hypothesis import strategies as st

from albania_uk_migration.claims.vocabulary import vocabulary
from albania_uk_migration.official.counts import Official
from albania_uk_migration.official.periods import quarter_days
from albania_uk_migration.tables.package import shipped

QUARTERS = [quarter_days(year, quarter) for year in (2021, 2022) for quarter in (1, 2, 3, 4)]
NUMBERS = st.dictionaries(st.sampled_from(QUARTERS), st.integers(0, 500), max_size=8)


def value(
    measure: str,
    period: tuple[datetime.date, datetime.date],
    number: int | None,
    release: str = "one",
    recheck: str | None = None,
) -> dict[str, Any]:
    """A row of official statistics."""
    return {
        "measure": measure,
        "population": "albanian",
        "area": "GBR",
        "period_start": period[0],
        "period_end": period[1],
        "value": number,
        "release_id": release,
        "table": "Ret_D01",
        "verification": "cell_read",
        "recheck": recheck,
        "note": None,
    }


def release(
    name: str,
    ending: str = "2023-12-31",
    day: str | None = "2024-02-29",
    basis: str = "published_on",
    first: bool | None = None,
    series: str | None = "immigration-system-statistics",
) -> dict[str, Any]:
    """A row of official releases."""
    return {
        "release_id": name,
        "publisher": "Home Office",
        "series": series,
        "title": name,
        "file": None,
        "year_ending": datetime.date.fromisoformat(ending),
        "released_on": None if day is None else datetime.date.fromisoformat(day),
        "released_basis": basis if day else "not_seen",
        "first_publication": first,
        "url": "https://www.gov.uk/",
        "via": None,
        "licence": "OGL-UK-3.0",
        "attribution": "",
        "note": None,
    }


def official(values: list[dict[str, Any]], *releases: dict[str, Any]) -> Official:
    made = datetime.date(2026, 11, 27)
    return Official(values, releases or [release("one")], vocabulary(shipped()), made)
