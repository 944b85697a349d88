"""One official value per period, from the newest release that has it: the table official_latest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .counts import official_of, whole_period
from .periods import quarter_days, year_days
from .vintages import LATEST, releases_of

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterator, Sequence

    from ..claims.vocabulary import Layer
    from ..tables.cells import Row
    from ..tables.package import Package
    from .counts import Count, Official

    _Period = tuple[datetime.date, datetime.date]


def latest_rows(package: Package) -> list[Row]:
    """The rows of official_latest: one value per measure, population, area and period.

    A year has its quarters if we have all four; otherwise the year, if a release gives it;
    otherwise the quarters that we have. No two periods overlap, so that a sum over the rows of one
    count is right. A value that needs rechecking is left out.
    """
    official = official_of(package)
    releases = releases_of(LATEST, official)
    order = {name: number for number, name in enumerate(official.words.measures)}
    layers = sorted(official.layers(), key=lambda layer: (order[layer[0]], layer[1:]))
    return [row for layer in layers for row in _of_layer(layer, releases, official)]


def _of_layer(layer: Layer, releases: Sequence[str], official: Official) -> Iterator[Row]:
    counts = [count for release in releases for count in official.counts(layer, release)]
    for year in sorted({count.start.year for count in counts}):
        quarters = [(quarter, quarter_days(year, quarter)) for quarter in (1, 2, 3, 4)]
        found = [(quarter, _newest(layer, days, releases, official)) for quarter, days in quarters]
        having = [(quarter, *newest) for quarter, newest in found if newest is not None]
        whole = _newest(layer, year_days(year), releases, official)
        if len(having) < len(quarters) and whole is not None:
            yield _row(layer, year, None, *whole, official)
            continue
        for quarter, release, count in having:
            yield _row(layer, year, quarter, release, count, official)


def _newest(
    layer: Layer, period: _Period, releases: Sequence[str], official: Official
) -> tuple[str, Count] | None:
    """The newest release that gives a period, itself or as a sum, and what it gives."""
    for release in releases:
        count = whole_period(official.counts(layer, release), period)
        if count is not None and count.value is not None:
            return release, count
    return None


def _row(
    layer: Layer, year: int, quarter: int | None, release: str, count: Count, official: Official
) -> Row:
    about = official.releases[release]

    def joined(column: str) -> str:
        return "; ".join(dict.fromkeys(str(row[column]) for row in count.rows))

    return {
        **dict(zip(("measure", "population", "area"), layer, strict=True)),
        "year": year,
        "quarter": quarter,
        "period_start": count.start,
        "period_end": count.end,
        "value": count.value,
        "summed": len(count.rows) > 1,
        "release_id": release,
        "published_on": about["published_on"],
        "public_by": about["public_by"],
        "table": joined("table"),
        "url": official.page(layer, release),
        "verification": joined("verification"),
    }
