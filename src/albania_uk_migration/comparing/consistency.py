"""Every check that can be made on the figures.

`consistency` runs all checks over all figures; none is listed by hand, because each follows from
the keys in the rows. If a check cannot be made, its row says why. `disagreements` gives what
contradicts, strains, or depends on the reading. Findings are about figures and what we assume
about them, never about a person.
"""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from ..citing.noted_rows import Series
from ..claims.claim import COUNTED, Bound, Claim, assumed_of_all
from ..claims.vocabulary import FLOW
from ..tables.package import shipped
from ..wording import days_in_words, from_to
from .conflicts import Conflicting, conflicts_once
from .disagreeing import DISAGREEMENT_COLUMNS, Disagreement, disagreeing
from .findings import FINDING_COLUMNS, Arranged, Finding, arranged, not_made
from .headlines import CANNOT_ALL_BE_TRUE, headline_of
from .levels import change_findings, parts_findings, share_findings
from .pairs import pair_findings
from .ranks import rank_findings
from .reckoning import StrainTerms, strain_terms
from .strain import THRESHOLD, Strain, neighbours, strainable, strains
from .systems import LARGEST_COUNT, bounds_of, by_family, clusters
from .weekdays import weekday_findings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    import pandas

    from ..claims.given import GivenFigures
    from ..tables.package import Package


# ---------------------------------------------------------------- all figures together, and strain


def _together_findings(data: Arranged) -> Iterator[Finding]:
    """Whether all counts of days that overlap can be true at once; if not, which cannot."""
    for bounds in by_family(bounds_of(data.claims, rounded=True), data.words).values():
        for group in clusters(bounds):
            names = tuple(dict.fromkeys(bound.name for bound in group))
            if len(names) > 1:
                yield from _cluster_findings(data, group, names)


_MOST_CONFLICTS = 3


def _cluster_findings(
    data: Arranged, group: Sequence[Bound], names: tuple[str, ...]
) -> Iterator[Finding]:
    first = datetime.date.fromordinal(min(bound.start for bound in group))
    last = datetime.date.fromordinal(max(bound.end for bound in group) - 1)
    measure = data.words.family(group[0].layer)[0]
    over = f"{data.words.measure_title(measure)}, {days_in_words(first, last)}"
    expected = "counts that fit every figure"
    conflicts = conflicts_once(group, data.words, _MOST_CONFLICTS, data.by_name)
    if not conflicts:
        every = "both" if len(names) == 2 else f"all {len(names)}"
        why = f"{over}: {every} figures can be true together."
        yield Finding("together", names, expected, "such counts", "compatible", why)
    for conflict in conflicts:
        claims = [data.by_name[name] for name in conflict.names]
        revised = {str(claim.row["status"]) for claim in claims} == set(COUNTED)
        limits = "; ".join(
            f"{claim}{conflict.also(claim.name)} gives {claim.interval} for {claim.window}"
            for claim in claims
        )
        unless = ", unless a provisional number has since been revised" if revised else ""
        yield Finding(
            "together",
            (*conflict.names, *conflict.repeats),
            expected,
            f"no counts fit these {len(conflict.names)}",
            "depends_on_reading" if revised else "contradicts",
            f"{over}: {_cannot(conflict)}{unless}: {limits}.",
            assumed_of_all(claims, data.words),
        )


def _cannot(conflict: Conflicting) -> str:
    if len(conflict.names) == 1:
        return "this cannot be true on its own"
    return f"{CANNOT_ALL_BE_TRUE[0].lower()}{CANNOT_ALL_BE_TRUE[1:]}"


_STRAIN_IN_WORDS = (
    f"We call a claim strained at {THRESHOLD:g} times or more",
    "If every other figure is true, the busiest day cannot have fewer, give or take rounding",
)


def _strain_findings(data: Arranged) -> Iterator[Finding]:
    """What every count with a lower limit needs, compared with the figures around it."""
    claims = [claim for claim in data.firsts if strainable(claim)]
    around = neighbours(data.claims)
    found = strains(data.claims, data.words)
    for claim in data.firsts:
        if claim.kind == FLOW and (claim.interval.whole()[0] or 0) > LARGEST_COUNT:
            yield not_made(data, "strain", claim, "its number is too large to calculate with")
    for claim in claims:
        if claim.name not in around:
            why = "no other figure of the same measure and population limits its days from below"
            yield not_made(data, "strain", claim, why)
        elif claim.name in found:
            yield _strain_finding(data, claim, found[claim.name])


def _strain_finding(data: Arranged, claim: Claim, strain: Strain) -> Finding:
    repeating = [name for name in data.repeating.get(claim.first, []) if name != claim.name]
    other = strain.neighbour
    terms = strain_terms(claim, strain)
    binding = [] if terms is None else [data.by_name[term.figure_id] for term in terms.terms]
    figures = tuple(dict.fromkeys((claim.name, *repeating, other.name, *(c.name for c in binding))))
    if terms is None:
        why = "the figures around it cannot all be true"
        return not_made(data, "strain", claim, why, *figures[1:])
    assumptions = [*assumed_of_all((claim, other, *binding), data.words), *_STRAIN_IN_WORDS]
    least = "" if terms.all_kept else "at least "
    if least:
        assumptions.append("We used only the figures nearest to it, so the ratio may be higher")
    why = (
        f"If {claim} and every other figure are true, at least one day of its period "
        f"({claim.window}) has a count of at least {terms.rate:,.1f}"
    )
    if terms.terms:
        why += f". {_sum_in_words(data, terms)}"
    why += (
        f". That is {least}{terms.ratio:,.1f} times the {terms.neighbour_rate:,.1f} a day that "
        f"{other} gives for {other.window}."
    )
    if terms.strained:
        why += (
            f" Averaged over its own period, the claim is {terms.average:,.1f} a day. The "
            "figures do not contradict one another."
        )
    return Finding(
        "strain",
        figures,
        f"about {terms.neighbour_rate:,.1f} a day ({other})",
        f"{terms.rate:,.1f} a day, {least}{terms.ratio:,.1f} times",
        "strained" if terms.strained else "compatible",
        why,
        tuple(assumptions),
        reckoned=terms,
    )


def _sum_in_words(data: Arranged, strain: StrainTerms) -> str:
    """The limits that force a rate, added up and divided by the remaining days."""
    summed, named = "", []
    for term in strain.terms:
        times = "" if term.times == 1 else f"{term.times} × "
        summed += f" {term.sign} {times}{term.number:,}"
        how = "at least" if term.least else "at most"
        named.append(
            f"{data.by_name[term.figure_id]} allows {how} {term.number:,} "
            f"{from_to(term.first, term.last)}"
        )
    summed = summed.removeprefix(" + ").strip()
    return f"{'; '.join(named)}: ({summed}) / {strain.days} day{'' if strain.days == 1 else 's'}"


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
    return findings_in(package, arranged(package, given), given is None)


def findings_in(package: Package, data: Arranged, weekdays: bool) -> list[Finding]:
    """The findings of all checks, each with its headline; weekdays too if asked."""
    found = [finding for check in _FIGURE_CHECKS for finding in check(data)]
    if weekdays:
        found += weekday_findings(package)
    return [finding._replace(headline=headline_of(finding, data)) for finding in found]


_CAVEATS = (
    "A finding is about figures, never about a person. It does not say which figure is true; "
    "figures that contradict each other may each be right about something else. If we find no "
    "disagreement, that does not mean that the figures are right."
)


def consistency_series(package: Package, given: GivenFigures | None = None) -> Series:
    """The findings as rows; see consistency."""
    rows = [finding.row() for finding in all_findings(package, given)]
    return Series(package, rows, FINDING_COLUMNS, "as the figures", _CAVEATS, [])


def consistency(given: GivenFigures | None = None) -> pandas.DataFrame:
    """Every check that can be made on the figures, one row per check.

    Checks: `repeats` (a claim and its first statement), `same_count`, `longer_window`,
    `from_one_start`, `part_of_whole`, `among_all` (one count within another; if several include it,
    the one with the lowest upper limit), `reading` (an ambiguous period), `parts_and_whole`,
    `share`, `shares_of_a_whole`, `change`, `rank`, `weekday`, `together` (whether all figures whose
    periods overlap can be true at once) and `strain`. `given` are figures, as identifiers, rows or
    a frame; by default all, and then the weekdays printed in the documents are checked too.

    Columns: `check`; `figures`, their identifiers separated by spaces, the one in question first
    (for weekdays the place); `expected` and `found`, in the unit of the figure; `verdict`, one of
    those of `compare`, or strained; `headline`, the answer in words; `explanation`; `assumptions`.
    If a check cannot be made, because a count is missing or the periods differ, its row has the
    verdict cannot_tell and says why. `attrs` has `caveats`.

    Strain is one daily rate divided by another, both in persons. The first is the lowest possible
    rate on the busiest day of a claim's widest period if every other figure is true. The second is
    the highest daily rate among figures of the same measure and population whose periods overlap
    it. We call a claim strained at five times or more. A conflict that several figures repeat is
    one row, which names them all.

    Raises UnknownNameError for an identifier that does not exist, ValidationError for rows that
    cannot be read.

    >>> found = consistency(["F011", "F012", "F014"])
    >>> found[found["check"] == "parts_and_whole"][["figures", "verdict"]].values.tolist()
    [['F012 F014 F011', 'equal']]
    """
    return consistency_series(shipped(), given).frame()


# ---------------------------------------------------------------- disagreements


def disagreements_of(
    package: Package, given: GivenFigures | None = None
) -> tuple[Disagreement, ...]:
    """What disagrees, each finding presented for a reader; see disagreements."""
    data = arranged(package, given)
    return disagreeing(package, data, findings_in(package, data, given is None))


def disagreement_series(package: Package, found: Iterable[Disagreement]) -> Series:
    """What disagrees as rows; see disagreements."""
    rows = [one.row() for one in found]
    return Series(package, rows, DISAGREEMENT_COLUMNS, "as the figures", _CAVEATS, [])


def disagreements(given: GivenFigures | None = None) -> pandas.DataFrame:
    """What contradicts, strains, or depends on the reading, with the reasons.

    These are the rows of `consistency` with the verdicts contradicts, strained and
    depends_on_reading. Columns (there are no units but those in the words): `check`; `figures`;
    `verdict`; `headline`, the answer in words; `quotations`, the words of each figure with their
    document; `explanation`, what differs, with the arithmetic; `assumptions`; `follow_ups`, what we
    know was said about a figure elsewhere, separated by " | ". Findings are about figures, never
    about a person, and do not say which figure is true. `given` and errors are those of
    `consistency`.

    >>> disagreements()[["check", "verdict"]].values.tolist()
    [['rank', 'depends_on_reading'], ['strain', 'strained']]
    """
    package = shipped()
    return disagreement_series(package, disagreements_of(package, given)).frame()
