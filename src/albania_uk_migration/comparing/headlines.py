"""Findings in plain words: the answer as a headline, the arithmetic of a strain as a column."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, NamedTuple

from ..wording import day_in_words, days_in_words, from_to, lower_first, number_in_words
from .reckoning import StrainTerms
from .terms import VERDICTS

if TYPE_CHECKING:
    from .findings import Arranged, Finding
    from .ranks import RankReading
    from .reckoning import Term


def headline_of(finding: Finding, data: Arranged) -> str:
    """A finding in one sentence, without a full stop.

    >>> from albania_uk_migration.comparing.consistency import all_findings
    >>> from albania_uk_migration.tables.package import shipped
    >>> strain, = [found for found in all_findings(shipped()) if found.verdict == "strained"]
    >>> print(strain.headline)  # doctest: +NORMALIZE_WHITESPACE
    It fits the other figures only with a jump: at least 113 returns a day for 47 days, against 9 a
    day from January to March 2023
    """
    reckoned = finding.reckoned
    if isinstance(reckoned, StrainTerms):
        return jump_in_words(reckoned, data) if reckoned.strained else "It fits the other figures"
    if reckoned:
        return by_reading(reckoned)
    if finding.check == "weekday":
        return _weekday(finding)
    exact = [f"“{data.by_name[n].row['exact']}”" for n in finding.figures if n in data.by_name]
    says = SAYS.get(finding.check)
    if says is not None:
        words = says.get(finding.verdict, "Cannot be checked")
    elif finding.check in ("rank", "strain") or len(exact) < 2:
        words = "Cannot be checked"
    else:
        return f"{exact[0]} and {exact[1]} {VERDICTS[finding.verdict]}"
    if finding.check == "together" and len(exact) == 1:
        words = "This cannot be true on its own"
    return words.format(
        figure=exact[0] if exact else "",
        every="Both" if len(exact) == 2 else f"All {len(exact)}",
    )


_OF_COUNTS = {
    "equal": "{figure} matches the counts",
    "agrees_within_rounding": "{figure} matches the counts once rounded",
    "compatible": "{figure} fits the counts",
    "contradicts": "{figure} does not fit the counts",
}
CANNOT_ALL_BE_TRUE = "These cannot all be true; drop any one and the rest can"
# What a check of more than two figures says, by its verdict.
SAYS = {
    "share": _OF_COUNTS,
    "change": _OF_COUNTS,
    "parts_and_whole": {
        "equal": "The parts add up to the whole",
        "agrees_within_rounding": "The parts add up to the whole, once rounded",
        "compatible": "The parts fit the whole",
        "contradicts": "The parts do not add up to the whole",
    },
    "shares_of_a_whole": {
        "equal": "The shares add up to 100%",
        "agrees_within_rounding": "The shares add up to 100%, once rounded",
        "compatible": "The shares can add up to 100%",
        "contradicts": "The shares do not add up to 100%",
    },
    "together": {
        "compatible": "{every} figures can be true together",
        "contradicts": CANNOT_ALL_BE_TRUE,
        "depends_on_reading": "These cannot all be true, unless a provisional number has since "
        "been revised",
    },
}


def _weekday(finding: Finding) -> str:
    """Whether a day fell on the printed weekday."""
    day, _, weekday = finding.found.partition(": ")
    fell = f"{day_in_words(datetime.date.fromisoformat(day))} was a {weekday}"
    return (
        f"{fell}, as printed" if finding.verdict == "equal" else f"{fell}, not a {finding.expected}"
    )


def jump_in_words(strain: StrainTerms, data: Arranged) -> str:
    """What a strained claim needs, compared with a figure around it."""
    counted = lower_first(data.words.measure_title(data.by_name[strain.figure_id].measure))
    over = "a day on some day"
    if strain.first_free is not None:
        over = "on one day" if strain.days == 1 else f"a day for {strain.days} days"
    return (
        f"It fits the other figures only with a jump: at least {per_day(strain.rate)} {counted} "
        f"{over}, against {_neighbour(strain, data)} a day {_when(strain)}"
    )


class Rate(NamedTuple):
    """A number of people a day, in figures and in words, and the days it is for."""

    number: float
    words: str
    days: str


def rates_of(strain: StrainTerms, data: Arranged) -> tuple[Rate, Rate]:
    """The rate that a strained claim needs, and that of the figure around it."""
    free = "on some day"
    if strain.first_free is not None and strain.last_free is not None:
        free = from_to(strain.first_free, strain.last_free)
    return (
        Rate(strain.rate, f"at least {per_day(strain.rate)} a day", free),
        Rate(strain.neighbour_rate, f"{_neighbour(strain, data)} a day", _when(strain)),
    )


def _neighbour(strain: StrainTerms, data: Arranged) -> str:
    """What a figure around a claim gives a day: a number, or the least that its words allow."""
    ends = data.by_name[strain.neighbour_id].interval
    least = "" if ends.lower == ends.upper else "at least "
    return f"{least}{per_day(strain.neighbour_rate)}"


def per_day(rate: float) -> str:
    """A daily rate in running text: whole from 5 upwards, otherwise with one decimal.

    >>> per_day(113.149), per_day(8.83), per_day(0.42)
    ('113', '9', '0.4')
    """
    return f"{rate:,.0f}" if rate >= 5 else f"{rate:,.1f}"


def _when(strain: StrainTerms) -> str:
    """When the figure around a claim counts."""
    return from_to(strain.neighbour_first, strain.neighbour_last)


def by_reading(readings: tuple[RankReading, ...]) -> str:
    """Whether a rank is right, on each reading."""
    if len(readings) == 1:
        (one,) = readings
        return {
            True: f"It holds {one.name}, among the counts we have",
            False: f"It does not hold {one.name}",
            None: f"These documents do not say whether it holds {one.name}",
        }[one.holds]
    answers = {True: "yes, among the counts we have", False: "no", None: _UNSAID}
    told = "; ".join(f"{reading.name}, {answers[reading.holds]}" for reading in readings)
    if len({reading.holds for reading in readings}) > 1:
        return f"It depends on how this is read: {told}"
    return f"Read {told}"


_UNSAID = "these documents do not say"


def column_of(strain: StrainTerms, data: Arranged) -> tuple[tuple[str, str], ...]:
    """The arithmetic of a strained claim as lines: a number with its sign, and what it is.

    >>> from albania_uk_migration.comparing.findings import arranged
    >>> from albania_uk_migration.comparing.reckoning import strain_of
    >>> from albania_uk_migration.tables.package import shipped
    >>> for number, what in column_of(strain_of(shipped(), "F034"), arranged(shipped())):
    ...     print(f"{number:>7}  {what}")  # doctest: +ELLIPSIS
      8,001  the fewest that “over 8,000” allows (F034)
    − 1,888  all returns in 2022 (F011)
      − 795  all returns from January to March 2023 (F018)
    = 5,318  in the 47 days from 1 April to 17 May 2023: at least 113 a day, against 9 from ...
    """
    lines = [
        (_number(term, at), _of_term(term, strain, data)) for at, term in enumerate(strain.terms)
    ]
    days = f"{strain.days} day{'' if strain.days == 1 else 's'}"
    left = f"left for {days}"
    if strain.first_free is not None and strain.last_free is not None:
        words = days_in_words(strain.first_free, strain.last_free)
        left = f"on {words}" if strain.days == 1 else f"in the {days} from {words}"
    rates = f"at least {per_day(strain.rate)} a day, against {_neighbour(strain, data)}"
    lines.append((f"= {strain.total:,}", f"{left}: {rates} {_when(strain)}"))
    return tuple(lines)


def counts_of(readings: tuple[RankReading, ...]) -> tuple[tuple[str, str], ...]:
    """The counts to compare with a rank, its own first: a number and what it is."""
    claims = {claim.name: claim for r in readings for claim in (r.own, *r.others, *r.unlike)}
    return tuple(
        (number_in_words(c.printed), f"“{c.row['exact']}”, {c.window} ({c.name})")
        for c in claims.values()
        if c.printed is not None
    )


def settled_by(readings: tuple[RankReading, ...]) -> tuple[str, ...]:
    """In a sentence, what settles a rank on each reading, or why nothing does."""
    return tuple(f"Read {reading.name}: {_settled(reading)}." for reading in readings)


def _settled(reading: RankReading) -> str:
    named = ", ".join(f"“{claim.row['exact']}” ({claim.name})" for claim in reading.others)
    if reading.holds is None:
        return (
            "we have no earlier count for those days"
            if not named
            else f"{named} is lower, but the other earlier counts do not settle the matter"
        )
    return (
        f"{named} is higher"
        if reading.holds is False
        else "every earlier count that we have is lower"
    )


def _number(term: Term, at: int) -> str:
    times = "" if term.times == 1 else f"{term.times} × "
    sign = "" if at == 0 and term.sign == "+" else f"{term.sign} "
    return f"{sign}{times}{term.number:,}"


def _of_term(term: Term, strain: StrainTerms, data: Arranged) -> str:
    claim = data.by_name[term.figure_id]
    if term.figure_id == strain.figure_id and term.least:
        return f"the fewest that “{claim.row['exact']}” allows ({term.figure_id})"
    alike = claim.layer == data.by_name[strain.figure_id].layer
    what = lower_first(data.words.measure_title(claim.measure))
    what = what if alike else data.words.title_within(claim.layer)
    days = from_to(term.first, term.last)
    if claim.interval.lower == claim.interval.upper:
        return f"all {what} {days} ({term.figure_id})"
    how = "the fewest" if term.least else "the most"
    return f"{how} {what} that “{claim.row['exact']}” allows {days} ({term.figure_id})"
