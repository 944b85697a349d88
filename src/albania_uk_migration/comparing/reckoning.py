"""What a finding rests on, as numbers: the arithmetic of a strain, the readings of a rank.

A program can set these as a column, a sentence or a drawing; nothing is worded here.
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
    """One number in a sum, and the figure that it comes from.

    `sign` is + or −, `times` how often the number counts. The figure has at least this `number`
    from `first` to `last` where `least`, else at most.
    """

    sign: str
    number: int
    times: int
    figure_id: str
    least: bool
    first: datetime.date
    last: datetime.date


class StrainTerms(NamedTuple):
    """What a claim needs, beside what a figure around it proves.

    The `terms` add up to `total`, in persons, and leave so many `days` for it: `rate` a day.
    `first_free` and `last_free` are these days where they follow one another, else None.
    `neighbour_id` is the figure with the highest daily rate around the claim, `neighbour_rate`,
    from `neighbour_first` to `neighbour_last`. `ratio` is the one rate divided by the other;
    `strained` says whether we call that a strain. `average` is the claim's own daily rate over the
    widest days that its words allow. Where only the figures nearest to the claim were tried,
    `all_kept` is false: the rate and the ratio are then at least those given. A claim that is not
    strained has no `terms`.
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
    """What one claim needs beside the figures around it; see StrainTerms.

    None where the figure has no lower bound, where no other figure of the same measure and
    population overlaps it, or where the figures around it cannot all be true. A figure that repeats
    another is reckoned with by its own name and days.

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
    """A strain as numbers; None where the figures around the claim cannot all be true."""
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
    """The bounds that force a rate, in whole multiples; and the days that they leave for it."""
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
    """The days that the terms leave for the rate, where these follow one another."""
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

    Empty where the figure is not a first rank, or no figure counts what it ranks.

    >>> from albania_uk_migration.tables.package import shipped
    >>> [(r.name, r.holds) for r in rank_readings_of(shipped(), "F047")]
    [('as a total for the year', False), ('against the same days of earlier years', None)]
    """
    data: Arranged = arranged(package)
    return rank_readings(data, data.by_name[figure_id])
