"""The numbers behind a finding: the arithmetic of a strain, the readings of a rank.

A program can show these as a column, a sentence or a drawing; there are no words here.
"""

from __future__ import annotations

import datetime
import math
from typing import TYPE_CHECKING, NamedTuple

from .findings import arranged
from .ranks import RankReading, rank_readings
from .strain import Strained

if TYPE_CHECKING:
    from ..claims.claim import Claim
    from ..tables.package import Package
    from .findings import Arranged
    from .strain import Strain


class Term(NamedTuple):
    """One number in a sum, and its figure.

    `sign` is + or −, and `times` is how often the number counts. From `first` to `last` the figure
    has at least this `number` if `least` is true, otherwise at most.
    """

    sign: str
    number: int
    times: int
    figure_id: str
    least: bool
    first: datetime.date
    last: datetime.date


class StrainTerms(NamedTuple):
    """What a claim needs, compared with what a figure around it proves.

    The `terms` add up to `total`, in persons, and leave this number of `days` for it, which makes
    `rate`, in persons per day. `first_free` and `last_free` are the first and last of these days,
    or None if there are gaps between them. `neighbour_id` is the figure with the highest daily rate
    around the claim, `neighbour_rate`, from `neighbour_first` to `neighbour_last`. `ratio` is the
    first rate divided by the second; `strained` says whether we call that a strain. `average` is
    the claim's own daily rate over the widest days that its words allow. If we tried only the
    figures nearest to the claim, `all_kept` is false, and the true rate and ratio may be higher. A
    claim that is not strained has no `terms`.
    """

    figure_id: str
    terms: tuple[Term, ...]
    total: int
    days: int
    first_free: datetime.date | None
    last_free: datetime.date | None
    rate: float
    neighbour_id: str
    neighbour_rate: float
    neighbour_first: datetime.date
    neighbour_last: datetime.date
    ratio: float
    strained: bool
    average: float
    all_kept: bool


def strain_of(package: Package, figure_id: str) -> StrainTerms | None:
    """What one claim needs, compared with the figures around it; see StrainTerms.

    None if the figure has no lower bound, if no other figure of the same measure and population
    overlaps it, or if the figures around it cannot all be true. A figure that repeats another keeps
    its own name and days.

    >>> from albania_uk_migration.tables.package import shipped
    >>> found = strain_of(shipped(), "F034")
    >>> [f"{term.sign} {term.number}" for term in found.terms], found.total, found.days
    (['+ 8001', '− 1888', '− 795'], 5318, 47)
    """
    data = arranged(package)
    claim = data.by_name[figure_id]
    strain = Strained(data.claims, data.words).strain(claim)
    return None if strain is None else strain_terms(claim, strain)


def strain_terms(claim: Claim, strain: Strain) -> StrainTerms | None:
    """A strain as numbers; None if the figures around the claim cannot all be true."""
    if strain.needed is None or strain.ratio is None:
        return None
    near = strain.neighbour.window
    assert near.outer is not None
    terms, days = _terms(strain) if strain.strained else ((), 0)
    free = _free(terms, days)
    return StrainTerms(
        figure_id=claim.name,
        terms=terms,
        total=sum(term.times * term.number * (1 if term.sign == "+" else -1) for term in terms),
        days=days,
        first_free=None if free is None else free[0],
        last_free=None if free is None else free[1],
        rate=strain.needed,
        neighbour_id=strain.neighbour.name,
        neighbour_rate=float(strain.rate),
        neighbour_first=near.outer[0],
        neighbour_last=near.outer[1],
        ratio=strain.ratio,
        strained=strain.strained,
        average=(claim.interval.whole()[0] or 0) / (claim.window.days or 1),
        all_kept=strain.all_kept,
    )


def _terms(strain: Strain) -> tuple[tuple[Term, ...], int]:
    """The bounds that force a rate, in whole multiples, and the days that they leave for it."""
    days = math.lcm(*(weight.denominator for _, weight in strain.binding))
    ordered = sorted(strain.binding, key=lambda item: (not item[0].least, item[0]))
    terms = tuple(
        Term(
            "+" if bound.least else "−",
            bound.number,
            int(weight * days),
            bound.name,
            bound.least,
            datetime.date.fromordinal(bound.start),
            datetime.date.fromordinal(bound.end - 1),
        )
        for bound, weight in ordered
    )
    return terms, days


def _free(terms: tuple[Term, ...], days: int) -> tuple[datetime.date, datetime.date] | None:
    """The days that the terms leave for the rate, if there are no gaps between them."""
    points = sorted({day for t in terms for day in (t.first, t.last + datetime.timedelta(1))})
    left = [
        day
        for day in points[:-1]
        if sum(t.times * (1 if t.sign == "+" else -1) for t in terms if t.first <= day <= t.last)
        > 0
    ]
    if not left:
        return None
    after = points[points.index(left[-1]) + 1]
    if (after - left[0]).days != days:
        return None
    return left[0], after - datetime.timedelta(1)


def rank_readings_of(package: Package, figure_id: str) -> tuple[RankReading, ...]:
    """A claim of first rank on each reading of what it is among; see RankReading.

    Empty if the figure is not a first rank, or no figure counts what it ranks.

    >>> from albania_uk_migration.tables.package import shipped
    >>> [(r.name, r.holds) for r in rank_readings_of(shipped(), "F047")]
    [('as a total for the year', False), ('against the same days of earlier years', None)]
    """
    data: Arranged = arranged(package)
    return rank_readings(data, data.by_name[figure_id])
