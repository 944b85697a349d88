"""Rules on what offices published, and on what was said of a figure elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .cells import _faults
from .figures import _measures, _or_none

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..errors import Fault
    from ..tables.cells import Row
    from ..tables.package import Package


def releases_say_when_and_where(package: Package) -> Iterator[Fault]:
    """A release has a day exactly where one was seen, and an address or a way it was seen."""
    fault = _faults(package, "official_releases", releases_say_when_and_where)
    for row in package.rows("official_releases"):
        if (row["released_on"] is None) != (row["released_basis"] == "not_seen"):
            found = "empty" if row["released_on"] is None else str(row["released_on"])
            message = f"released_on is {found}, its basis {row['released_basis']}"
            yield fault(row, ("released_on", "released_basis"), message)
        if row["url"] is None and row["via"] is None:
            yield fault(
                row, ("url", "via"), "neither an address nor who it was seen through is given"
            )


def official_values_lie_in_their_release(package: Package) -> Iterator[Fault]:
    """Official values count people over days in order, none after their release or its data."""
    fault = _faults(package, "official_statistics", official_values_lie_in_their_release)
    measures = _measures(package)
    releases = {row["release_id"]: row for row in package.rows("official_releases")}
    for row in package.rows("official_statistics"):
        kind = measures.get(row["measure"], {}).get("kind")
        if kind not in (None, "flow"):
            message = f"{row['measure']} is a {kind}, but the values are counts over a period"
            yield fault(row, "measure", message)
        start, end = row["period_start"], row["period_end"]
        if None in (start, end):
            continue
        if start > end:
            yield fault(row, ("period_start", "period_end"), f"{start} is after {end}")
        release = releases.get(row["release_id"], {})
        for column in ("year_ending", "released_on"):
            last = release.get(column)
            if last is not None and end > last:
                message = f"ends on {end}, but {column} of {row['release_id']} is {last}"
                yield fault(row, ("period_end", "release_id"), message)


def relation_of(followed: Row, figure: Row) -> str | None:
    """Whether a follow-up lies before, on or after the day of a figure; None if it may be each."""
    day, first, last = followed["date"], figure["stated_on_start"], figure["stated_on_end"]
    if day is None:
        return None
    if first is not None and day < first:
        return "before"
    if last is not None and day > last:
        return "after"
    return "same_day" if first == last == day else None


def relation_follows_from_the_days(package: Package) -> Iterator[Fault]:
    """relation is how the date of a follow-up lies to the days its figure can be stated on."""
    fault = _faults(package, "follow_ups", relation_follows_from_the_days)
    figures = {row["figure_id"]: row for row in package.rows("figures")}
    for row in package.rows("follow_ups"):
        figure = figures.get(row["figure_id"])
        if figure is None:
            continue
        relation = relation_of(row, figure)
        if row["relation"] != relation:
            message = f"is {_or_none(row['relation'])}, but the days give {_or_none(relation)}"
            yield fault(row, "relation", message)


def follow_ups_stand_beside_the_first(package: Package) -> Iterator[Fault]:
    """A follow-up is about the first row of a claim, not one that repeats it."""
    fault = _faults(package, "follow_ups", follow_ups_stand_beside_the_first)
    repeats = {row["figure_id"]: row["repeats"] for row in package.rows("figures")}
    for row in package.rows("follow_ups"):
        first = repeats.get(row["figure_id"])
        if first is not None:
            yield fault(row, "figure_id", f"{row['figure_id']} repeats {first}; give {first}")
