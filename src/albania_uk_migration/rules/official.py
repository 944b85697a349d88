"""Rules for what offices published, and for what was said about figures elsewhere."""

from __future__ import annotations

import datetime
import re
from typing import TYPE_CHECKING, Any

from .cells import _faults, _short
from .figures import _measures, _or_none

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ..errors import Fault
    from ..tables.cells import Row
    from ..tables.package import Package


def _seen_on(release: Row) -> datetime.date | None:
    """A release's day of publication, or a day by which it was public; None if we saw neither."""
    day = release.get("published_on") or release.get("public_by")
    return day if isinstance(day, datetime.date) else None


def releases_say_when_and_where(package: Package) -> Iterator[Fault]:
    """A release has at most one day, after its data and before updates, and an address or a reason.

    Its day is either that of publication or one by which it was public.
    """
    fault = _faults(package, "official_releases", releases_say_when_and_where)
    today = package.descriptor["created"][:10]
    for row in package.rows("official_releases"):
        published, updated, ending = row["published_on"], row["updated_on"], row["year_ending"]
        if published is not None and row["public_by"] is not None:
            message = f"published on {published} and public by {row['public_by']}; give one"
            yield fault(row, ("published_on", "public_by"), message)
        if published is not None and updated is not None and updated < published:
            message = f"updated on {updated}, before it was published on {published}"
            yield fault(row, ("published_on", "updated_on"), message)
        day = _seen_on(row)
        if None not in (day, ending) and ending > day:
            message = f"its data end on {ending}, but it was public on {day}"
            yield fault(row, ("year_ending", "published_on", "public_by"), message)
        if row["url"] is None and row["note"] is None:
            yield fault(
                row, ("url", "note"), "gives neither an address nor the reason why there is none"
            )
        yield from _no_address(row, fault)
        for column in ("published_on", "public_by", "updated_on"):
            if row[column] is not None and str(row[column]) > today:
                yield fault(row, column, f"is {row[column]}, but the tables are of {today}")
        if row["series"] is not None and ending is None:
            message = f"{row['series']} is given, but not how far its data run"
            yield fault(row, ("year_ending", "series"), message)


def _no_address(row: Row, fault: Callable[[Row, str, str], Fault]) -> Iterator[Fault]:
    """Whether a browser cannot open the address of a row."""
    if row["url"] is not None and not _ADDRESS.fullmatch(row["url"]):
        yield fault(
            row, "url", f'"{_short(row["url"])}" does not begin with https:// or has a space'
        )


_ADDRESS = re.compile(r"https://[^\s<>\"]+")


def _ends_of(row: Row, release: Row) -> tuple[tuple[str, Any], ...]:
    """The last days that a release can cover, each with what it is."""
    name = row["release_id"]
    return (
        (f"the data of {name} end on", release.get("year_ending")),
        (f"{name} was public on", _seen_on(release)),
    )


def official_coverage_lies_in_its_release(package: Package) -> Iterator[Fault]:
    """The days a release covers are in order, and none is after its data or its own day."""
    fault = _faults(package, "official_coverage", official_coverage_lies_in_its_release)
    measures = _measures(package)
    releases = {row["release_id"]: row for row in package.rows("official_releases")}
    for row in package.rows("official_coverage"):
        first, last = row["first_day"], row["last_day"]
        if None not in (first, last) and first > last:
            yield fault(row, ("first_day", "last_day"), f"{first} is after {last}")
        if row["basis"] == "seen" and first is last is None:
            yield fault(row, ("basis", "first_day", "last_day"), "is seen, but no day is given")
        kind = measures.get(row["measure"], {}).get("kind")
        if kind not in (None, "flow"):
            yield fault(row, "measure", f"{row['measure']} is a {kind}, not a count over a period")
        yield from _no_address(row, fault)
        release = releases.get(row["release_id"], {})
        if release.get("kind") == "statement":
            message = f"{row['release_id']} is a statement, which covers no days"
            yield fault(row, "release_id", message)
        for what, day in _ends_of(row, release):
            if None not in (last, day) and last > day:
                message = f"covers days to {last}, but {what} {day}"
                yield fault(row, ("last_day", "release_id"), message)


def official_values_lie_in_their_release(package: Package) -> Iterator[Fault]:
    """Official values count people over days that are in order and that their release covers.

    A statistical release covers the days of its values. A total covers no other days.
    """
    fault = _faults(package, "official_statistics", official_values_lie_in_their_release)
    measures = _measures(package)
    releases = {row["release_id"]: row for row in package.rows("official_releases")}
    coverage = {_counted(row): row for row in package.rows("official_coverage")}
    for row in package.rows("official_statistics"):
        kind = measures.get(row["measure"], {}).get("kind")
        if kind not in (None, "flow"):
            message = f"{row['measure']} is a {kind}, but the values are counts over a period"
            yield fault(row, "measure", message)
        release = releases.get(row["release_id"], {})
        second_hand = row["verification"] == "press_report" or release.get("kind") == "statement"
        if second_hand and row["recheck"] is None:
            message = (
                "it is of a press report or a statement, but recheck gives no reason for caution"
            )
            yield fault(row, ("recheck", "verification", "release_id"), message)
        covered = coverage.get(_counted(row), {})
        if release.get("kind") == "statistics" and not covered:
            message = (
                f"official_coverage does not say which days {row['release_id']} covers of this"
            )
            yield fault(row, ("release_id", "measure", "population", "area"), message)
        if covered.get("periods") == "total":
            covered = {}
        start, end = row["period_start"], row["period_end"]
        if None in (start, end):
            continue
        if start > end:
            yield fault(row, ("period_start", "period_end"), f"{start} is after {end}")
        own = (f"{row['release_id']} covers days to", covered.get("last_day"))
        made = (
            "the tables are of",
            datetime.date.fromisoformat(package.descriptor["created"][:10]),
        )
        for what, last in (*_ends_of(row, release), own, made):
            if last is not None and end > last:
                message = f"ends on {end}, but {what} {last}"
                yield fault(row, ("period_end", "release_id"), message)
        first = covered.get("first_day")
        if first is not None and start < first:
            message = f"begins on {start}, but {row['release_id']} covers days from {first}"
            yield fault(row, ("period_start", "release_id"), message)


def official_counts_agree_within_their_release(package: Package) -> Iterator[Fault]:
    """Within a release, Albanians are not more than everybody, and four quarters make a year."""
    fault = _faults(package, "official_statistics", official_counts_agree_within_their_release)
    rows = {}
    for row in package.rows("official_statistics"):
        days = row["period_start"], row["period_end"]
        rows[_counted(row), days] = row
    for (counted, days), row in rows.items():
        if None in (row["value"], *days):
            continue
        everybody = rows.get(((*counted[:2], "all", counted[3]), days))
        if everybody is not None and row["value"] > (everybody["value"] or 0):
            message = f"{row['value']}, but {everybody['value']} of every nationality"
            yield fault(row, ("value", "population"), message)
        year = days[0].year
        if days != (datetime.date(year, 1, 1), datetime.date(year, 12, 31)):
            continue
        quarters = [rows.get((counted, quarter)) for quarter in _quarters(year)]
        given = [quarter["value"] for quarter in quarters if quarter is not None]
        if len(given) == 4 and None not in given and sum(given) != row["value"]:
            yield fault(row, "value", f"{row['value']}, but its quarters add up to {sum(given)}")


def _quarters(year: int) -> list[tuple[datetime.date, datetime.date]]:
    """The first and last day of each quarter of a year."""
    ends = ((3, 31), (6, 30), (9, 30), (12, 31))
    return [
        (datetime.date(year, month - 2, 1), datetime.date(year, month, day)) for month, day in ends
    ]


def _counted(row: Row) -> tuple[Any, ...]:
    return tuple(row[name] for name in ("release_id", "measure", "population", "area"))


def first_publications_are_first(package: Package) -> Iterator[Fault]:
    """If a value is marked as the first for its days, no earlier release we know covers them."""
    fault = _faults(package, "official_statistics", first_publications_are_first)
    releases = {row["release_id"]: row for row in package.rows("official_releases")}
    seen: dict[tuple[Any, ...], list[Row]] = {}
    for row in package.rows("official_coverage"):
        if row["basis"] == "seen":
            seen.setdefault(_counted(row)[1:], []).append(row)
    for row in package.rows("official_statistics"):
        if not row["first_publication"] or None in (row["period_start"], row["period_end"]):
            continue
        day = _seen_on(releases.get(row["release_id"], {}))
        if day is None:
            message = f"the day of {row['release_id']} is not known, so it may not be the first"
            yield fault(row, ("first_publication", "release_id"), message)
            continue
        for other in seen.get(_counted(row)[1:], []):
            before = _seen_on(releases.get(other["release_id"], {}))
            if before is None or before >= day:
                continue
            first, last = other["first_day"], other["last_day"]
            if (first is None or first <= row["period_start"]) and (
                last is None or row["period_end"] <= last
            ):
                message = f"{other['release_id']} of {before} covers these days too"
                yield fault(row, ("first_publication", "period_end"), message)


def relation_of(followed: Row, figure: Row) -> str | None:
    """Whether a follow-up is before, on or after the day of a figure; None if we cannot say."""
    day, first, last = followed["date"], figure["stated_on_start"], figure["stated_on_end"]
    if day is None:
        return None
    if first is not None and day < first:
        return "before"
    if last is not None and day > last:
        return "after"
    return "same_day" if first == last == day else None


def relation_follows_from_the_days(package: Package) -> Iterator[Fault]:
    """relation says whether a follow-up is before, on or after the days of its figure.

    Without a date, it is what the follow-up itself shows.
    """
    fault = _faults(package, "follow_ups", relation_follows_from_the_days)
    figures = {row["figure_id"]: row for row in package.rows("figures")}
    for row in package.rows("follow_ups"):
        figure = figures.get(row["figure_id"])
        if figure is None or row["date"] is None:
            continue
        relation = relation_of(row, figure)
        if row["relation"] != relation:
            message = f"is {_or_none(row['relation'])}, but the days give {_or_none(relation)}"
            yield fault(row, "relation", message)


def follow_ups_stand_beside_the_first(package: Package) -> Iterator[Fault]:
    """A follow-up names the first figure of a claim, not one that repeats it."""
    fault = _faults(package, "follow_ups", follow_ups_stand_beside_the_first)
    repeats = {row["figure_id"]: row["repeats"] for row in package.rows("figures")}
    for row in package.rows("follow_ups"):
        first = repeats.get(row["figure_id"])
        if first is not None:
            yield fault(row, "figure_id", f"{row['figure_id']} repeats {first}; give {first}")
