"""What a claim needs of other figures, and how it stands to them: as numbers, and in words."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from ..comparing.findings import arranged
from ..comparing.levels import change_findings, parts_findings, share_findings
from ..comparing.pairs import pair_findings
from ..comparing.reckoning import StrainTerms, Term, rank_readings_of, strain_of
from ..wording import from_to, number_in_words

if TYPE_CHECKING:
    from ..claims.claim import Claim
    from ..claims.vocabulary import Vocabulary
    from ..comparing.findings import Finding
    from ..comparing.ranks import RankReading
    from ..tables.package import Package


class Beside(NamedTuple):
    """A claim beside the other figures of the documents.

    `needs` is the arithmetic of a claim that fits them only with a jump, `readings` those of a
    rank, `findings` the checks of which the claim is the result.
    """

    needs: StrainTerms | None
    readings: tuple[RankReading, ...]
    findings: tuple[Finding, ...]


# Checks that have arithmetic a reader can follow; the others are told only if figures disagree.
_FOLLOWED = ("parts_and_whole", "share", "shares_of_a_whole", "change")


def beside_others(package: Package, figure_id: str, first: str) -> Beside:
    """A claim beside the other figures; one that repeats another is checked as the first."""
    data = arranged(package)
    checks = (pair_findings, parts_findings, share_findings, change_findings)
    found = [finding for check in checks for finding in check(data)]
    findings = tuple(
        finding
        for finding in found
        if first in finding.figures
        and (
            finding.verdict == "contradicts"
            or (finding.check in _FOLLOWED and _result(finding) == first and _made(finding))
        )
    )
    needs = strain_of(package, figure_id)
    strained = needs if needs is not None and needs.strained else None
    return Beside(strained, rank_readings_of(package, figure_id), findings)


def _made(finding: Finding) -> bool:
    return finding.verdict != "cannot_tell"


def _result(finding: Finding) -> str:
    """The figure that a check compares with what the others give."""
    names = finding.figures
    return names[-1] if finding.check in ("parts_and_whole", "shares_of_a_whole") else names[0]


# ---------------------------------------------------------------- as a column


class Column(NamedTuple):
    """One line of a sum: sign and number, and what it is."""

    number: str
    text: str


def column_of(needs: StrainTerms, claims: dict[str, Claim], words: Vocabulary) -> list[Column]:
    """The arithmetic of what a claim needs, line by line."""
    title = words.measure_title(claims[needs.figure_id].measure).lower()
    lines = [_line(term, claims[term.figure_id], needs.figure_id, title) for term in needs.terms]
    rate, near = whole(needs.rate), whole(needs.neighbour_rate)
    days = f"in the {needs.days} days that are left"
    if needs.first_free is not None and needs.last_free is not None:
        days = f"in the {needs.days} days {from_to(needs.first_free, needs.last_free)}"
    around = from_to(needs.neighbour_first, needs.neighbour_last)
    at_least = "" if needs.all_kept else "at least "
    text = f"{days}: {at_least}{rate} a day, against {near} a day {around} ({needs.neighbour_id})"
    return [*lines, Column(f"= {needs.total:,}", text)]


def _line(term: Term, claim: Claim, of: str, title: str) -> Column:
    times = "" if term.times == 1 else f"{term.times} × "
    sign = "" if term.sign == "+" else "− "
    days = from_to(term.first, term.last)
    if term.figure_id == of:
        text = f"the fewest that “{claim.row['exact']}” allows"
    else:
        how = "at least so many" if term.least else "all"
        text = f"{how} {title} {days} ({term.figure_id})"
    return Column(f"{sign}{times}{term.number:,}", text)


def jump_in_words(needs: StrainTerms, title: str) -> str:
    """What a strained claim needs, in one sentence."""
    near = from_to(needs.neighbour_first, needs.neighbour_last)
    return (
        f"It fits the other figures only with a jump: {whole(needs.rate)} {title.lower()} a day "
        f"for {needs.days} days, against {whole(needs.neighbour_rate)} a day {near}."
    )


def whole(rate: float) -> str:
    """A daily rate as a reader takes it in: to the unit, below ten to one decimal."""
    if rate >= _SMALL:
        return number_in_words(Fraction(round(rate)))
    return number_in_words(Fraction(round(rate * 10), 10))


_SMALL = 5
