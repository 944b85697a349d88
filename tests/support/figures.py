"""Rows of the figures table, made to be compared: counts over windows, with and without hedges."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from albania_uk_migration.tables.package import Package, shipped

Row = dict[str, Any]


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def made(name: str, comparator: str = "exactly", value: Any = 100, **changes: Any) -> Row:
    """A figure of Albanian returns in 2022, with other cells where they are given.

    `window` is a pair of days, both certain; `upto` the second and third end where it is not.
    """
    number = None if value is None else Decimal(str(value))
    start, end = (day(text) for text in changes.pop("window", ("2022-01-01", "2022-12-31")))
    row = {
        "figure_id": name,
        "document_id": "D900",
        "exact": f"{comparator} {value}",
        "quote": f"there were {comparator} {value}",
        "measure": "returns",
        "population": "albanian",
        "population_basis": "stated",
        "area": "GBR",
        "value": number,
        "comparator": comparator,
        "lower": number if comparator in ("exactly", "more_than", "at_least") else None,
        "upper": number if comparator in ("exactly", "less_than", "at_most") else None,
        "unit": "persons",
        "period": f"{start}/{end}",
        "period_start": start,
        "period_start_latest": start,
        "period_end_earliest": end,
        "period_end": end,
        "period_basis": "stated",
        "status": "actual",
    }
    return row | changes


# Months of 2022 by number from 0: their first days, and the last day of each.
STARTS = [datetime.date(2022, month, 1) for month in range(1, 13)]
ENDS = [*(start - datetime.timedelta(days=1) for start in STARTS[1:]), datetime.date(2022, 12, 31)]


def months(first: int, last: int) -> tuple[str, str]:
    """The window of some months of 2022, both ends taken in."""
    return STARTS[first].isoformat(), ENDS[last].isoformat()


COMPARATORS = ("exactly", "more_than", "at_least", "less_than", "at_most", "about")


@st.composite
def counts(
    draw: st.DrawFn,
    name: str = "F900",
    *,
    measures: tuple[str, ...] = ("returns",),
    populations: tuple[str, ...] = ("albanian",),
    stretches: int = 3,
    most: int = 4,
    certain: bool = True,
) -> Row:
    """A count over some months, its window certain or not."""
    first = draw(st.integers(0, stretches - 1))
    last = draw(st.integers(first, stretches - 1))
    row = made(
        name,
        draw(st.sampled_from(COMPARATORS)),
        draw(st.integers(0, most)),
        measure=draw(st.sampled_from(measures)),
        population=draw(st.sampled_from(populations)),
        window=months(first, last),
    )
    if not certain:
        later = draw(st.integers(first, last))
        earlier = draw(st.integers(later, last))
        row["period_start_latest"] = draw(st.sampled_from((None, STARTS[later])))
        row["period_end_earliest"] = draw(st.sampled_from((None, ENDS[earlier])))
        row["period_basis"] = draw(st.sampled_from(("inferred", "ambiguous", "external")))
    return row


def with_figures(rows: list[dict[str, Any]]) -> Package:
    """The shipped tables, with other figures."""
    return shipped().with_rows({"figures": rows})


def ids(frame: Any) -> list[str]:
    """Figures named by the rows of a series, as often as they are."""
    return [figure for cell in frame["figure_ids"].dropna() for figure in cell.split()]
