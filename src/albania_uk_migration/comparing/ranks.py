"""Check first ranks against earlier counts."""

from __future__ import annotations

import datetime
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from ..claims.claim import assumed_of_all
from ..claims.windows import Stretch, Window, lies_in
from ..reading.amounts import step
from ..wording import last_of_month, number_in_words
from .findings import MOST_NEAR, Arranged, Finding, lacking, not_happened, not_made

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..claims.claim import Claim
    from ..claims.vocabulary import Layer


class RankReading(NamedTuple):
    """One reading of a rank, and whether the other figures allow it.

    `among` is a value of the column rank_among, `name` says it in words ("as a total for the
    year"). `holds` is None if the figures cannot decide. `own` is the count with the rank; `others`
    are the counts that decide; `unlike` are some that cannot, because they count other days. `why`
    is a sentence.
    """

    among: str
    name: str
    holds: bool | None
    why: str
    own: Claim
    others: tuple[Claim, ...]
    unlike: tuple[Claim, ...] = ()


def rank_findings(data: Arranged) -> Iterator[Finding]:
    """Check every claim of a first rank, on each reading of what it is among, by printed values."""
    for claim in data.firsts:
        if claim.kind != "rank":
            continue
        of = data.words.measures[claim.measure]["of"]
        if of is None:
            yield not_made(data, "rank", claim, "its measure does not say which counts it ranks")
            continue
        if not claim.counted:
            yield not_made(data, "rank", claim, not_happened(claim))
            continue
        if claim.printed != 1:
            yield not_made(data, "rank", claim, "only first ranks are checked against counts")
            continue
        layer = (str(of), *claim.layer[1:])
        own = _own_level(data, layer, claim)
        if own is None:
            yield not_made(data, "rank", claim, lacking(data, layer, claim.window))
            continue
        yield _ranked(data, claim, own)


def rank_readings(data: Arranged, claim: Claim) -> tuple[RankReading, ...]:
    """A first rank on each reading of what it is among; empty if we can try none."""
    of = data.words.measures.get(claim.measure, {}).get("of")
    if claim.kind != "rank" or of is None or not claim.counted or claim.printed != 1:
        return ()
    own = _own_level(data, (str(of), *claim.layer[1:]), claim)
    return () if own is None else _readings(data, claim, own)


def _readings(data: Arranged, claim: Claim, own: Claim) -> tuple[RankReading, ...]:
    among = _AMONG.get(str(claim.row["rank_among"] or "unstated"), ())
    return tuple(_read_rank(data, claim, own, name) for name in among)


def _own_level(data: Arranged, layer: Layer, claim: Claim) -> Claim | None:
    """The highest printed count for exactly the days of a rank."""
    within = [
        level
        for level in data.meeting(data.counts(layer), claim.window)
        if level.printed is not None and level.window.outer == claim.window.outer
    ]
    return max(within, key=lambda level: (level.printed or 0, level.name), default=None)


# The readings of each value of rank_among.
_AMONG = {
    "calendar_years": ("calendar_years",),
    "same_days_of_earlier_years": ("same_days_of_earlier_years",),
    "same_months_of_earlier_years": ("same_months_of_earlier_years",),
    "unstated": ("calendar_years", "same_days_of_earlier_years"),
}


# Words for each reading.
READINGS = {
    "calendar_years": "as a total for the year",
    "same_days_of_earlier_years": "against the same days of earlier years",
    "same_months_of_earlier_years": "against the same months of earlier years",
}


def _ranked(data: Arranged, claim: Claim, own: Claim) -> Finding:
    readings = _readings(data, claim, own)
    others = list({c.name: c for reading in readings for c in reading.others}.values())
    holds = {reading.holds for reading in readings}
    if holds == {False}:
        verdict = "contradicts"
    elif False in holds:
        verdict = "depends_on_reading"
    elif holds == {True}:
        verdict = "compatible"
    else:
        verdict = "cannot_tell"
    printed = number_in_words(own.printed or Fraction(0))
    told = [f"{own} gives {printed} for {own.window}.", *(r.why for r in readings)]
    if not readings:
        told.append(f"We have no counts of what it ranks among ({claim.row['rank_among']}).")
    return Finding(
        "rank",
        tuple(dict.fromkeys((claim.name, own.name, *(c.name for c in others)))),
        f"no earlier count above {printed}",
        "; ".join(f"{c}: {c.interval}, {c.window}" for c in others) or "no earlier count",
        verdict,
        f"{claim}: {' '.join(told)}",
        assumed_of_all((claim, own, *others), data.words),
        reckoned=readings,
    )


def _read_rank(data: Arranged, claim: Claim, own: Claim, among: str) -> RankReading:
    """Whether counts of earlier years allow a rank on one reading."""
    window = claim.window
    assert window.outer is not None
    start = window.outer[0]
    layer = own.layer
    earlier = [
        c
        for c in data.by_kind.get(data.counts(layer), ())
        if c.window.outer and c.window.outer[1].year < start.year
    ]
    name = READINGS[among]
    reach = f"Read {name}"
    above: list[Claim] = []
    below: list[Claim] = []
    unlike: list[Claim] = []
    least, most = _reach(own)
    for other in earlier:
        surely, possibly = _same_stretches(other, window, among)
        lower, upper = other.rounded.lower, other.rounded.upper
        if lies_in(other.window.outer, surely) and lower is not None and lower > most:
            above.append(other)
        elif lies_in(possibly, other.window.inner) and upper is not None and upper < least:
            below.append(other)
        else:
            unlike.append(other)
    if above:
        highest = max(above, key=lambda c: c.rounded.lower or 0)
        why = f"{reach}, no: {highest}, for {highest.window}, is higher than {own}."
        return RankReading(among, name, False, why, own, (highest,))
    if below and not unlike:
        why = f"{reach}, yes, among the counts that we have: {', '.join(map(str, below))}."
        why += " We have no counts for other years."
        return RankReading(among, name, True, why, own, tuple(below))
    why = f"{reach}, it cannot be checked here: no earlier count covers those days"
    if below:
        lower_ones = ", ".join(map(str, below))
        why = f"{reach}, it is higher than {lower_ones}, but other counts do not settle it"
    near = tuple(unlike[:MOST_NEAR])
    if near:
        why += f" ({'; '.join(f'{c} covers {c.window}' for c in near)})"
    return RankReading(among, name, None, f"{why}.", own, tuple(below), near)


def _reach(own: Claim) -> tuple[Fraction, Fraction]:
    """The lowest and highest value of the claim's own count: for a hedge, one step beyond."""
    printed = own.printed or Fraction(0)
    beyond = Fraction(step(Decimal(printed.numerator) / printed.denominator))
    lower, upper = own.rounded.lower, own.rounded.upper
    return (
        printed - beyond if lower is None else lower,
        printed + beyond if upper is None else upper,
    )


def _same_stretches(other: Claim, window: Window, among: str) -> tuple[Stretch, Stretch]:
    """The days of another year to compare a rank with: certain ones and possible ones."""
    if other.window.outer is None or window.outer is None:
        return None, None
    year = other.window.outer[0].year
    first, last = window.outer
    if among == "calendar_years":
        whole = (datetime.date(year, 1, 1), datetime.date(year, 12, 31))
        return whole, whole
    if first.year != last.year:
        return None, None
    if among == "same_days_of_earlier_years":
        start = _day(year, first.month, first.day)
        possibly = (start, _day(year, last.month, last.day))
        sure = window.end_earliest
        return (None if sure is None else (start, _day(year, sure.month, sure.day))), possibly
    months = (_day(year, first.month, 1), _day(year, last.month, 31))
    return months, months


def _day(year: int, month: int, day: int) -> datetime.date:
    """A day of a year; the last day of the month if the month is too short."""
    return datetime.date(year, month, min(day, last_of_month(year, month).day))
