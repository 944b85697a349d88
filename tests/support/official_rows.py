"""Made rows of official statistics, releases and the days that they cover."""

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
        "first_publication": None,
        "verification": "cell_read",
        "source": "made",
        "recheck": recheck,
        "note": None,
    }


def _day(text: str | None) -> datetime.date | None:
    return None if text is None else datetime.date.fromisoformat(text)


def release(
    name: str,
    ending: str | None = "2023-12-31",
    published: str | None = "2024-02-29",
    by: str | None = None,
    kind: str = "statistics",
    series: str | None = "immigration-system-statistics",
) -> dict[str, Any]:
    """A row of official releases."""
    return {
        "release_id": name,
        "publisher": "Home Office",
        "kind": kind,
        "title": name,
        "file": None,
        "series": series,
        "year_ending": _day(ending),
        "published_on": None if by else _day(published),
        "public_by": _day(by),
        "updated_on": None,
        "url": f"https://www.gov.uk/{name}",
        "seen": "made",
        "licence": "OGL-UK-3.0",
        "attribution": "",
        "note": None,
    }


def coverage(
    name: str,
    first: str | None = "2018-01-01",
    last: str | None = "2023-12-31",
    basis: str = "seen",
    measure: str = "small_boat_arrivals",
    periods: str = "quarter",
) -> dict[str, Any]:
    """A row of official coverage."""
    return {
        "release_id": name,
        "measure": measure,
        "population": "albanian",
        "area": "GBR",
        "first_day": _day(first),
        "last_day": _day(last),
        "periods": periods,
        "basis": basis,
        "table": f"table of {name}",
        "url": f"https://www.gov.uk/{name}/table",
        "note": None,
    }


def official(values: list[dict[str, Any]], *releases: dict[str, Any]) -> Official:
    made = datetime.date(2026, 11, 27)
    return Official(values, releases or [release("one")], vocabulary(shipped()), made)
