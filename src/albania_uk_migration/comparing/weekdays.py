"""Check printed weekdays against their dates."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from ..wording import WEEKDAYS, day_in_words
from .findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..tables.package import Package


def weekday_findings(package: Package) -> Iterator[Finding]:
    """Compare every printed weekday with its date."""
    for row in package.rows("excluded_numbers"):
        printed = [day for day in WEEKDAYS if day.casefold() in str(row["exact"]).casefold()]
        if len(printed) != 1 or row["date"] is None:
            continue
        place = f"{row['document_id']}/{row['start_char']}"
        try:
            day = datetime.date.fromisoformat(row["date"])
        except ValueError:
            continue
        found = WEEKDAYS[day.weekday()]
        same = found == printed[0]
        beside = any(c.isdigit() for c in row["exact"])
        dated = "is printed beside" if beside else "stands for"
        yield Finding(
            "weekday",
            (place,),
            printed[0],
            f"{day.isoformat()}: {found}",
            "equal" if same else "contradicts",
            f'"{row["exact"]}" in {row["document_id"]} {dated} {day_in_words(day)}, '
            f"which was a {found}{'' if same else f', not a {printed[0]}'}.",
            (f"{place}: {row['note']}",) if row["note"] else (),
        )
