"""What a claim needs if other figures are true, and how it compares: in numbers and in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ..comparing.findings import arranged
from ..comparing.headlines import by_reading, column_of, headline_of, jump_in_words
from ..comparing.levels import change_findings, parts_findings, share_findings
from ..comparing.pairs import pair_findings
from ..comparing.reckoning import rank_readings_of, strain_of

if TYPE_CHECKING:
    from ..comparing.findings import Finding
    from ..comparing.ranks import RankReading
    from ..comparing.reckoning import StrainTerms
    from ..tables.package import Package


class Beside(NamedTuple):
    """A claim compared with the other figures of the documents.

    `needs` is the arithmetic of a claim that fits them only with a jump. `column` has the same line
    by line: a number with its sign, and what it is. `readings` are the readings of a rank, and
    `findings` the checks that have the claim as their result. `headlines` gives the main points,
    one sentence each.
    """

    needs: StrainTerms | None
    column: tuple[tuple[str, str], ...]
    readings: tuple[RankReading, ...]
    findings: tuple[Finding, ...]
    headlines: tuple[str, ...]


# Checks with arithmetic that a reader can follow. We mention the others only if figures disagree.
_FOLLOWED = ("parts_and_whole", "share", "shares_of_a_whole", "change")


def beside_others(package: Package, figure_id: str, first: str) -> Beside:
    """Compare a claim with the other figures; a repeated claim is checked as the first."""
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
    readings = rank_readings_of(package, figure_id)
    headlines = [by_reading(readings)] if readings else []
    column: tuple[tuple[str, str], ...] = ()
    if needs is None or not needs.strained:
        needs = None
    else:
        column = column_of(needs, data)
        headlines.append(jump_in_words(needs, data))
    headlines += [headline_of(one, data) for one in findings if one.verdict == "contradicts"]
    return Beside(needs, column, readings, findings, tuple(dict.fromkeys(headlines)))


def _made(finding: Finding) -> bool:
    return finding.verdict != "cannot_tell"


def _result(finding: Finding) -> str:
    """The figure that a check compares with what the others give."""
    names = finding.figures
    return names[-1] if finding.check in ("parts_and_whole", "shares_of_a_whole") else names[0]
