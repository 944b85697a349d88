"""What a claim needs if other figures are true, and how it compares: in numbers and in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ..claims.windows import lies_in
from ..comparing.findings import arranged
from ..comparing.headlines import (
    SAYS,
    by_reading,
    column_of,
    headline_of,
    jump_in_words,
    rates_of,
)
from ..comparing.levels import change_findings, parts_findings, share_findings
from ..comparing.pairs import pair_findings
from ..comparing.ranks import rank_readings
from ..comparing.reckoning import strain_terms
from ..comparing.strain import Strained
from ..official.phrases import release_in_words
from ..wording import days_in_words, first_upper, lower_first
from .implied import counted_in, counted_in_words
from .saying import said_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..comparing.findings import Arranged, Finding
    from ..comparing.headlines import Rate
    from ..comparing.ranks import RankReading
    from ..comparing.reckoning import StrainTerms
    from ..official.counts import Official
    from ..tables.package import Package


class Beside(NamedTuple):
    """A claim compared with the other figures of the documents.

    `needs` is the arithmetic of a claim that fits them only with a jump, and `column` the same line
    by line: a number with its sign, and what it is; `about` says what must be known of these
    numbers. `readings` are those of a rank, `findings` the checks of which the claim is the result.
    `headlines` say what matters of all this, in a sentence each.
    """

    needs: StrainTerms | None
    column: tuple[tuple[str, str], ...]
    rates: tuple[Rate, ...]
    about: tuple[str, ...]
    readings: tuple[RankReading, ...]
    findings: tuple[Finding, ...]
    headlines: tuple[str, ...]


# Checks with arithmetic that a reader can follow. We mention the others only if figures disagree.
_FOLLOWED = ("parts_and_whole", "share", "shares_of_a_whole", "change")


class Others:
    """All figures of a package, arranged and checked once, to set a claim beside them."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.data = arranged(package)
        self.strained = Strained(self.data.claims, self.data.words)
        self._findings: dict[str, list[Finding]] = {}
        for check in (pair_findings, parts_findings, share_findings, change_findings):
            for finding in check(self.data):
                for name in dict.fromkeys(finding.figures):
                    self._findings.setdefault(name, []).append(finding)

    def findings(self, figure_id: str) -> list[Finding]:
        """The checks that a figure is part of."""
        return self._findings.get(figure_id, [])

    def needs(self, figure_id: str) -> StrainTerms | None:
        """What a claim needs if the figures around it are true; None if it is not strained."""
        claim = self.data.by_name[figure_id]
        strain = self.strained.strain(claim)
        terms = None if strain is None else strain_terms(claim, strain)
        return terms if terms is not None and terms.strained else None


def beside_others(others: Others, figure_id: str, first: str, official: Official) -> Beside:
    """A claim beside the other figures; one that repeats another is checked as the first.

    What it needs is set beside what the official values count for the days that are left.
    """
    data = others.data
    findings = tuple(
        finding
        for finding in others.findings(first)
        if (finding.verdict == "contradicts" and _about_it(finding, first))
        or (finding.check in _FOLLOWED and _result(finding) == first and _made(finding))
    )
    needs = others.needs(figure_id)
    readings = rank_readings(data, data.by_name[figure_id])
    headlines = [by_reading(readings)] if readings else []
    column: tuple[tuple[str, str], ...] = ()
    about: tuple[str, ...] = ()
    rates: tuple[Rate, ...] = ()
    if needs is not None:
        column, rates = column_of(needs, data), rates_of(needs, data)
        about = tuple(_about(others.package, needs, data, official))
        headlines.append(jump_in_words(needs, data))
    headlines += [headline_of(one, data) for one in findings if one.verdict == "contradicts"]
    return Beside(needs, column, rates, about, readings, findings, tuple(dict.fromkeys(headlines)))


def _about(
    package: Package, needs: StrainTerms, data: Arranged, official: Official
) -> Iterator[str]:
    """Whose the numbers of a sum are, where it favours the claim, and what offices counted."""
    window = data.by_name[needs.figure_id].window
    said: dict[str, list[str]] = {}
    for term in needs.terms:
        if term.figure_id != needs.figure_id:
            row = data.by_name[term.figure_id].row
            said.setdefault(said_of(package, row).words, []).append(term.figure_id)
    for words, figures in said.items():
        yield f"{' and '.join(figures)}: {words}"
    partly = [
        t for t in needs.terms if not t.least and not lies_in((t.first, t.last), window.outer)
    ]
    if partly:
        days = " and ".join(days_in_words(term.first, term.last) for term in partly)
        yield f"We take off all of {days}, more than the claim covers, which favours the claim."
    if needs.first_free is not None and needs.last_free is not None:
        layer = data.by_name[needs.figure_id].layer
        counted = counted_in(official, layer, needs.first_free, needs.last_free)
        if counted is not None:
            told = f"{counted_in_words(counted, official)} for those {needs.days} days"
            named = release_in_words(counted.release, official)
            yield f"{first_upper(told)} ({named})."


def _about_it(finding: Finding, first: str) -> bool:
    """Whether a check is about a claim itself, not about a share or a change made from it."""
    return finding.check not in ("share", "change") or _result(finding) == first


def _made(finding: Finding) -> bool:
    return finding.verdict != "cannot_tell"


def finding_in_words(finding: Finding) -> str:
    """A check of which a claim is the result, in a sentence."""
    if finding.check != "parts_and_whole":
        return finding.explanation
    parts = ", ".join(finding.figures[:-1])
    return f"{finding.expected} ({parts}): {lower_first(_PARTS[finding.verdict])}."


_PARTS = SAYS["parts_and_whole"]


def _result(finding: Finding) -> str:
    """The figure that a check compares with what the others give."""
    names = finding.figures
    return names[-1] if finding.check in ("parts_and_whole", "shares_of_a_whole") else names[0]
