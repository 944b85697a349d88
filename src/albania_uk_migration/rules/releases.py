"""Rules for the record of changes between releases of these tables."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .cells import _faults, _short
from .figures import _or_none

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterator

    from ..errors import Fault
    from ..tables.cells import Cell, Row
    from ..tables.package import Package


VERSION = re.compile(r"(0|[1-9][0-9]{0,8})(\.(0|[1-9][0-9]{0,8})){2}", re.ASCII)


def version_parts(version: str) -> tuple[int, int, int]:
    """The major, minor and patch number of a version."""
    major, minor, patch = version.split(".")
    return int(major), int(minor), int(patch)


def changes_say_what_was_there(package: Package) -> Iterator[Fault]:
    """A change names what changed, once per release, with the old and the new value.

    It does not repeat what was withdrawn.
    """
    fault = _faults(package, "release_changes", changes_say_what_was_there)
    rows = package.rows("release_changes")
    gone = {r["table"] for r in rows if r["change"] == "removed" and not (r["id"] or r["column"])}
    seen: dict[tuple[Cell, ...], Row] = {}
    for row in rows:
        old, new, change = row["old"], row["new"], row["change"]
        if row["table"] is None:
            for column in ("id", "column"):
                if row[column] is not None:
                    yield fault(row, ("table", column), f"{column} is given, but no table")
        elif row["table"] not in {*package.resources, *gone}:
            yield fault(
                row,
                "table",
                f'"{_short(row["table"])}" is neither a table nor one that was removed',
            )
        if row["kind"] == "withdrawal":
            if old is not None:
                yield fault(row, "old", "is given, but withdrawn content must not be repeated")
        elif change == "changed" and old == new:
            yield fault(row, ("old", "new"), f"are the same, {_or_none(old)}")
        for column, cell, none in (("old", old, "added"), ("new", new, "removed")):
            if cell is not None and row["id"] is not None and change == none:
                yield fault(row, (column, "change"), f"{column} is given, but change is {none}")
        if row["id"] is not None and (row["column"] is not None) != (change == "changed"):
            message = f"of a row the change is {change}, and its column {_or_none(row['column'])}"
            yield fault(row, ("column", "change"), message)
        # Several properties of a column or table may change at once.
        told = None if row["id"] is not None else str(old or new).partition(":")[0]
        place = (row["version"], row["table"], row["id"], row["column"], change, told)
        first = seen.setdefault(place, row)
        if first is not row:
            message = f"{first['change_id']} already records it in the same release"
            yield fault(row, ("table", "id", "column"), message)


def released_changes_are_explained(package: Package) -> Iterator[Fault]:
    """A released change has a day, a kind and a reason, and later versions have no earlier days.

    No change has a later version or day than the tables.
    """
    fault = _faults(package, "release_changes", released_changes_are_explained)
    own, today = package.descriptor["version"], package.descriptor["created"][:10]
    released = []
    for row in package.rows("release_changes"):
        if row["version"] is None:
            if row["released"] is not None:
                yield fault(row, ("version", "released"), "a day is given, but no version")
            continue
        for column in ("released", "kind", "reason"):
            if row[column] is None:
                message = f"is empty, but version {row['version']} is given"
                yield fault(row, (column, "version"), message)
        if not VERSION.fullmatch(row["version"]) or not VERSION.fullmatch(own):
            continue
        if version_parts(row["version"]) > version_parts(own):
            yield fault(row, "version", f"{row['version']} is later than {own}, the tables'")
        if row["released"] is None:
            continue
        released.append((version_parts(row["version"]), row["released"], row))
        if str(row["released"]) > today or (
            row["version"] == own and str(row["released"]) != today
        ):
            message = f"{row['version']} is given {row['released']}, but {own} is of {today}"
            yield fault(row, ("version", "released"), message)
    days: dict[tuple[int, int, int], datetime.date] = {}
    latest: datetime.date | None = None
    for version, day, row in sorted(released, key=lambda one: one[:2]):
        if days.setdefault(version, day) != day:
            message = f"{row['version']} is given two days, {days[version]} and {day}"
            yield fault(row, ("version", "released"), message)
        if latest is not None and day < latest:
            message = f"{row['version']} is of {day}, an earlier version of {latest}"
            yield fault(row, ("version", "released"), message)
        latest = max(latest or day, day)
