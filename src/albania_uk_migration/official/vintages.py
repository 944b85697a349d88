"""Releases as vintages: when each was public, and which of them to use for an answer."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, NamedTuple

from ..errors import EdtfError, UnknownNameError
from ..tables.edtf import one_day

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..tables.cells import Row
    from ..tables.package import Package
    from .counts import Official


# ---------------------------------------------------------------- when a release was public


def made_on(package: Package) -> datetime.date:
    """The day on which a package's tables were made."""
    return datetime.date.fromisoformat(package.descriptor["created"][:10])


def public_by(release: Row, made: datetime.date) -> datetime.date:
    """A day by which a release was public: the one we saw, otherwise the day of the tables."""
    seen = release["published_on"] or release["public_by"]
    return seen if isinstance(seen, datetime.date) else made


def public_from(release: Row) -> datetime.date:
    """The first day on which a release can have been public, not before the days it covers."""
    published, ending = release["published_on"], release["year_ending"]
    if isinstance(published, datetime.date):
        return published
    if isinstance(ending, datetime.date) and ending < datetime.date.max:
        return ending + datetime.timedelta(days=1)
    return datetime.date.min


def may_be_public_on(release: Row, day: datetime.date) -> bool:
    """Whether a release can have been public on a day."""
    return public_from(release) <= day


def vintage_order(release: Row) -> tuple[datetime.date, datetime.date, str]:
    """Older vintages first: by the period of their data, then by the day they were public."""
    first, last = datetime.date.min, datetime.date.max
    seen = release["published_on"] or release["public_by"]
    return release["year_ending"] or seen or first, seen or last, str(release["release_id"])


class Dated(NamedTuple):
    """A release, and the first and last day on which it can have come out.

    `series` is None for a statement, because the others in its series do not show what it counts.
    """

    release: str
    series: str | None
    earliest: datetime.date
    latest: datetime.date


def in_order_of_days(releases: Iterable[Row], made: datetime.date) -> list[Dated]:
    """Releases by the day on which they came out, as far as we know, oldest first."""

    def order(release: Row) -> tuple[datetime.date, datetime.date, str]:
        day = release["published_on"] or release["public_by"] or public_from(release)
        return day, release["year_ending"] or datetime.date.min, str(release["release_id"])

    return [
        Dated(
            str(row["release_id"]),
            None if row["kind"] == "statement" else row["series"],
            public_from(row),
            public_by(row, made),
        )
        for row in sorted(releases, key=order)
    ]


# ---------------------------------------------------------------- which releases are asked for

AT_THE_TIME, LATEST, DAY, RELEASE = "at the time", "latest", "day", "release"
_HINT = "give latest, a day (2023-06-01) or a release (ho-iss-ye-dec-2023)"


class Vintage(NamedTuple):
    """Which releases to use for an answer.

    `kind` is AT_THE_TIME (those public when a claim was made), LATEST (all), DAY (those public on
    `day`) or RELEASE (the one named).
    """

    kind: str
    day: datetime.date | None = None
    release: str | None = None


def read_vintage(
    asked: str | datetime.date, official: Official, at_the_time: bool = False
) -> Vintage:
    """Read a vintage in any of its forms; `at_the_time` says whether that form is allowed.

    Raises UnknownNameError, with the nearest name, for a vintage that does not exist.
    """
    kinds = (AT_THE_TIME, LATEST) if at_the_time else (LATEST,)
    if isinstance(asked, str):
        spelt = asked.replace("-", " ") if at_the_time else asked
        if spelt in kinds:
            return Vintage(spelt)
        if asked in official.releases:
            return Vintage(RELEASE, release=asked)
    try:
        return Vintage(DAY, one_day(asked))
    except EdtfError:
        if isinstance(asked, str) and not asked[:4].isdigit():
            raise UnknownNameError("vintage", asked, [*kinds, *official.releases]) from None
        raise UnknownNameError("vintage", asked, [], _HINT) from None


def releases_of(asked: str | datetime.date, official: Official) -> list[str]:
    """The releases of a vintage, newest first; raises UnknownNameError if it does not exist."""
    vintage = read_vintage(asked, official)
    if vintage.release is not None:
        return [vintage.release]
    if vintage.day is not None:
        return official.public_on(vintage.day)
    return list(reversed(official.releases))
