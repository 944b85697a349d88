"""Every check that the typed keys of the figures generate by themselves.

`consistency` runs all checks over all figures; none is listed by hand. A check that cannot be made
is a row that says why. `disagreements` tells what contradicts, strains, or depends on the reading.
Findings are about figures and their assumptions, never about persons.
"""

from __future__ import annotations

import datetime
import math
from fractions import Fraction
from typing import TYPE_CHECKING

from ..citing.noted_rows import Series
from ..claims.claim import COUNTED, Bound, Claim, claims_of
from ..claims.follow_ups import said_elsewhere
from ..claims.given import figure_rows
from ..claims.vocabulary import FLOW, vocabulary
from ..tables.package import shipped
from ..wording import days_in_words
from .findings import FINDING_COLUMNS, Arranged, Finding, assumed, not_made
from .levels import change_findings, parts_findings, share_findings
from .pairs import pair_findings
from .ranks import rank_findings
from .solver import conflicts_of
from .strain import THRESHOLD, Strain, neighbours, strainable, strains
from .systems import LARGEST_COUNT, bounds_of, by_family, clusters
from .terms import DISAGREEING
from .weekdays import weekday_findings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    import pandas

    from ..claims.given import GivenFigures
    from ..tables.cells import Row
    from ..tables.package import Package


# ---------------------------------------------------------------- all figures together, and strain


def _together_findings(data: Arranged) -> Iterator[Finding]:
    """Whether all counts whose windows overlap can hold at once; if not, which cannot."""
    for bounds in by_family(bounds_of(data.claims, rounded=True), data.words).values():
        for group in clusters(bounds):
            names = tuple(dict.fromkeys(bound.name for bound in group))
            if len(names) > 1:
                yield from _cluster_findings(data, group, names)


_MOST_CONFLICTS = 3
_CANNOT = (
    "this cannot hold by itself",
    "these cannot all hold, while any of them left out the others can",
)
_REVISED = "; unless a provisional one was since revised"


def _cluster_findings(
    data: Arranged, group: Sequence[Bound], names: tuple[str, ...]
) -> Iterator[Finding]:
    first = datetime.date.fromordinal(min(bound.start for bound in group))
    last = datetime.date.fromordinal(max(bound.end for bound in group) - 1)
    measure = data.words.family(group[0].layer)[0]
    title = data.words.measures[measure]["title"]
    over = f"{title}, {days_in_words(first, last)}"
    expected = "counts that keep every figure at once"
    conflicts = conflicts_of(group, data.words, _MOST_CONFLICTS)
    if not conflicts:
        told = f"{over}: there are counts, day by day, that all {len(names)} figures allow."
        yield Finding("together", names, expected, "such counts", "compatible", told)
    for conflict in conflicts:
        claims = [data.by_name[name] for name in conflict]
        revised = {str(claim.row["status"]) for claim in claims} == set(COUNTED)
        told = "; ".join(f"{c} is {c.interval} for {c.window}" for c in claims)
        yield Finding(
            "together",
            conflict,
            expected,
            f"no counts keep these {len(conflict)}",
            "depends_on_reading" if revised else "contradicts",
            f"{over}: {_CANNOT[len(conflict) > 1]}: {told}{_REVISED if revised else ''}.",
            assumed(claims),
        )


_STRAIN_IN_WORDS = (
    f"a claim is called strained from {THRESHOLD:g} times on",
    "the highest daily rate is the smallest that keeps every other figure, bare numbers within "
    "half a printed step",
)


def _strain_findings(data: Arranged) -> Iterator[Finding]:
    """What every count with a lower bound needs, beside what the figures around it prove."""
    claims = [claim for claim in data.firsts if strainable(claim)]
    around = neighbours(data.claims)
    found = strains(data.claims, data.words)
    for claim in data.firsts:
        if claim.kind == FLOW and (claim.interval.whole()[0] or 0) > LARGEST_COUNT:
            yield not_made("strain", claim, "its number is too large to be reckoned with")
    for claim in claims:
        if claim.name not in around:
            why = "no other lower bound of the same measure and population overlaps it"
            yield not_made("strain", claim, why)
        elif claim.name in found:
            yield _strain_finding(data, claim, found[claim.name])


def _strain_finding(data: Arranged, claim: Claim, strain: Strain) -> Finding:
    repeating = [name for name in data.repeating.get(claim.first, []) if name != claim.name]
    other, rate = strain.neighbour, float(strain.rate)
    strained = (strain.ratio or 0) >= THRESHOLD
    binding = [data.by_name[bound.name] for bound, _ in strain.binding if strained]
    figures = tuple(dict.fromkeys((claim.name, *repeating, other.name, *(c.name for c in binding))))
    if strain.needed is None or strain.ratio is None:
        return not_made("strain", claim, "the figures around it cannot all hold", *figures[1:])
    assumptions = [*_STRAIN_IN_WORDS, *assumed((claim, other, *binding))]
    least = ""
    if not strain.all_kept:
        assumptions.append(
            "only the figures nearest to it were kept, so the ratio is at least this"
        )
        least = "at least "
    told = (
        f"For {claim} to hold with every other figure, some day of its window ({claim.window}) "
        f"needs a count of at least {strain.needed:,.1f}"
    )
    if strained and strain.binding:
        told += f": {_sum_in_words(data, strain)}"
    told += (
        f". That is {least}{strain.ratio:,.1f} times the {rate:,.1f} a day that {other} proves for "
        f"{other.window}."
    )
    if strained:
        average = float((claim.interval.whole()[0] or 0) / Fraction(claim.window.days or 1))
        told += (
            f" Its own average over that window is {average:,.1f} a day; as intervals the figures "
            "do not contradict one another."
        )
    return Finding(
        "strain",
        figures,
        f"about {rate:,.1f} a day ({other})",
        f"{strain.needed:,.1f} a day, {least}{strain.ratio:,.1f} times",
        "strained" if strained else "compatible",
        told,
        tuple(assumptions),
    )


def _sum_in_words(data: Arranged, strain: Strain) -> str:
    """The bounds that force a rate, added up and divided by the days that are left."""
    days = math.lcm(*(weight.denominator for _, weight in strain.binding))
    terms, named = [], []
    for bound, weight in sorted(strain.binding, key=lambda item: (not item[0].least, item[0])):
        times = weight * days
        sign = "+" if bound.least else "−"
        terms.append(f"{sign} {'' if times == 1 else f'{times} × '}{bound.number:,}")
        how = "at least" if bound.least else "at most"
        first, last = (datetime.date.fromordinal(day) for day in (bound.start, bound.end - 1))
        named.append(
            f"{data.by_name[bound.name]} has {how} {bound.number:,} in {days_in_words(first, last)}"
        )
    summed = " ".join(terms).removeprefix("+ ")
    return f"{'; '.join(named)}; ({summed}) / {days} day{'' if days == 1 else 's'}"


# ---------------------------------------------------------------- all checks

_FIGURE_CHECKS: tuple[Callable[[Arranged], Iterator[Finding]], ...] = (
    pair_findings,
    parts_findings,
    share_findings,
    change_findings,
    rank_findings,
    _strain_findings,
    _together_findings,
)


def all_findings(package: Package, given: GivenFigures | None = None) -> list[Finding]:
    """The findings of all checks over all figures of a package, or those given."""
    data = Arranged(figure_rows(package, given), vocabulary(package))
    found = [finding for check in _FIGURE_CHECKS for finding in check(data)]
    if given is None:
        found += weekday_findings(package)
    return found


_CAVEATS = (
    "A finding is about figures, never about persons, and is no judgement of truth: figures that "
    "contradict each other may each be right of something else. What cannot be checked is told as "
    "cannot_tell; that no disagreement is found does not mean that figures are right."
)


def consistency_series(package: Package, given: GivenFigures | None = None) -> Series:
    """The findings as rows; see consistency."""
    rows = [finding.row() for finding in all_findings(package, given)]
    return Series(package, rows, FINDING_COLUMNS, "as the figures", _CAVEATS, [])


def consistency(given: GivenFigures | None = None) -> pandas.DataFrame:
    """Every check that the typed keys of the figures generate by themselves, one row a check made.

    Checks: `repeats` (a claim against its first statement), `same_count`, `longer_window`,
    `from_one_start`, `part_of_whole`, `among_all` (one count held by another; of several that hold
    it the one with the lowest upper bound), `reading` (an ambiguous period), `parts_and_whole`,
    `share`, `shares_of_a_whole`, `change`, `rank`, `weekday`, `together` (can all figures whose
    windows overlap hold at once) and `strain`. `given` are figures, as identifiers, rows or a
    frame; by default all, and then the weekdays printed in the documents are checked too.

    Columns: `check`; `figures`, their identifiers split by spaces, the one in question first (for
    weekdays the place); `expected` and `found`, in the unit of the figure; `verdict`, one of
    those of `compare` or strained; `explanation`; `assumptions`. A check that cannot be made (a
    level missing, windows differing) is a row with the verdict cannot_tell. `attrs` has `caveats`.

    Strain: the smallest possible highest daily rate within the claim's outermost window that keeps
    every other figure, as a multiple of the best lower bound per day among figures of the same
    measure and population whose windows overlap it; strained from 5 times on.

    Raises UnknownNameError for an identifier that does not exist, ValidationError for rows that
    cannot be read.

    >>> found = consistency(["F011", "F012", "F014"])
    >>> found[found["check"] == "parts_and_whole"][["figures", "verdict"]].values.tolist()
    [['F012 F014 F011', 'equal']]
    """
    return consistency_series(shipped(), given).frame()


# ---------------------------------------------------------------- disagreements

DISAGREEMENT_COLUMNS = dict.fromkeys(
    ("check", "figures", "verdict", "quotations", "explanation", "assumptions", "follow_ups"),
    "string",
)


def _quoted(claim: Claim, reworded: Iterable[str]) -> str:
    """The quotation of a figure with its place, and whether the words are its speaker's own."""
    document = claim.row["document_id"]
    quote = claim.row["quote"] or claim.row["exact"]
    note = ", as reworded by the repost" if document in reworded else ""
    return f"{claim.name} ({document}{note}): “{quote}”"


def disagreement_series(package: Package, given: GivenFigures | None = None) -> Series:
    """What disagrees as rows; see disagreements."""
    listed = figure_rows(package, given)
    by_name = {claim.name: claim for claim in claims_of(listed, vocabulary(package))}
    documents = package.rows("documents")
    reworded = {row["document_id"] for row in documents if row["fidelity"] == "reworded"}
    elsewhere = said_elsewhere(package)
    rows: list[Row] = []
    for finding in all_findings(package, given if given is None else listed):
        if finding.verdict not in DISAGREEING:
            continue
        claims = [by_name[name] for name in finding.figures if name in by_name]
        row = {name: value for name, value in finding.row().items() if name in DISAGREEMENT_COLUMNS}
        row["quotations"] = "; ".join(_quoted(claim, reworded) for claim in claims) or None
        firsts = dict.fromkeys(claim.first for claim in claims)
        said = [f"{first}, {text}" for first in firsts for text in elsewhere.get(first, ())]
        row["follow_ups"] = " | ".join(said) or None
        rows.append({name: row[name] for name in DISAGREEMENT_COLUMNS})
    return Series(package, rows, DISAGREEMENT_COLUMNS, "as the figures", _CAVEATS, [])


def disagreements(given: GivenFigures | None = None) -> pandas.DataFrame:
    """What contradicts, strains, or depends on the reading, each told with all that it rests on.

    The rows of `consistency` with the verdicts contradicts, strained and depends_on_reading.
    Columns: `check`; `figures`; `verdict`; `quotations`, the words of each figure with their
    document; `explanation`, what differs, with the arithmetic; `assumptions`; `follow_ups`, what is
    known to have been said of a figure elsewhere, split by " | ". Findings are about figures,
    never about persons, and no judgement of truth. `given` and errors as for
    `consistency`.

    >>> disagreements()[["check", "verdict"]].values.tolist()
    [['rank', 'depends_on_reading'], ['strain', 'strained']]
    """
    return disagreement_series(shipped(), given).frame()
