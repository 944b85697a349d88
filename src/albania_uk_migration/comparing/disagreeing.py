"""Present disagreements: quotations with their speakers, arithmetic and assumptions."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ..citing.attribution import whose_words
from ..claims.follow_ups import said_elsewhere
from ..wording import date_in_words
from .headlines import column_of, counts_of, settled_by
from .reckoning import StrainTerms
from .terms import DISAGREEING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..claims.claim import Claim
    from ..tables.cells import Row
    from ..tables.package import Package
    from .findings import Arranged, Finding


class Quotation(NamedTuple):
    """The words of a figure, who said them and when, as far as we know."""

    figure_id: str
    document_id: str
    words: str
    whose_words: str
    speaker: str
    day: str

    def __str__(self) -> str:
        """The speaker and the day, then the words."""
        note = f", {self.whose_words}" if self.whose_words else ""
        return f"{self.speaker}, {self.day}{note}: “{self.words}” ({self.figure_id})"


class Disagreement(NamedTuple):
    """A finding, presented for a reader.

    `quotations` has the claim in question first, then those that repeat it (`repeats` says how
    many), then the others. `column` is the arithmetic line by line, a number and what it is; `why`
    has the sentences that explain it. `assumptions` are sentences, each with the figures it is
    about in brackets; `rules` says how we calculate. `follow_ups` has what we know was said
    elsewhere.
    """

    finding: Finding
    quotations: tuple[Quotation, ...]
    repeats: int
    column: tuple[tuple[str, str], ...]
    why: tuple[str, ...]
    assumptions: tuple[str, ...]
    rules: tuple[str, ...]
    follow_ups: tuple[str, ...]

    @property
    def headline(self) -> str:
        """The answer in one sentence, without a full stop."""
        return self.finding.headline

    @property
    def claimed(self) -> tuple[Quotation, ...]:
        """The quotations of the claim in question, and of those that repeat it."""
        return self.quotations[: 1 + self.repeats]

    def row(self) -> Row:
        """The finding as a row of `disagreements`."""
        cells = self.finding.row()
        cells |= {
            "quotations": "; ".join(map(with_place, self.quotations)) or None,
            "follow_ups": " | ".join(self.follow_ups) or None,
        }
        return {name: cells[name] for name in DISAGREEMENT_COLUMNS}


DISAGREEMENT_COLUMNS = dict.fromkeys(
    (
        *("check", "figures", "verdict", "headline", "quotations"),
        *("explanation", "assumptions", "follow_ups"),
    ),
    "string",
)


def disagreeing(
    package: Package, data: Arranged, findings: Iterable[Finding]
) -> tuple[Disagreement, ...]:
    """The findings that contradict, strain or depend on the reading, presented."""
    elsewhere = said_elsewhere(package)
    names = names_of_actors(package)
    documents = package.rows("documents")
    reworded = {row["document_id"] for row in documents if row["fidelity"] == "reworded"}
    found = []
    for finding in findings:
        if finding.verdict not in DISAGREEING:
            continue
        claims = [data.by_name[name] for name in finding.figures if name in data.by_name]
        column, why = _set_out(finding, data)
        again = [claim.name for claim in claims if claim.row["document_id"] in reworded]
        if column and again:
            why += (f"The words of {' and '.join(again)} are as reworded by the repost.",)
        firsts = dict.fromkeys(claim.first for claim in claims)
        found.append(
            Disagreement(
                finding,
                tuple(quotation_of(package, claim, names) for claim in claims),
                sum(claim.first == claims[0].first for claim in claims[1:]),
                column,
                why,
                _by_sentence(finding.assumptions, data),
                tuple(t for t in finding.assumptions if t.partition(": ")[0] not in data.by_name),
                tuple(f"{first}, {text}" for first in firsts for text in elsewhere.get(first, ())),
            )
        )
    return tuple(found)


def _set_out(
    finding: Finding, data: Arranged
) -> tuple[tuple[tuple[str, str], ...], tuple[str, ...]]:
    """The arithmetic of a finding as a column, and the sentences that explain it."""
    reckoned = finding.reckoned
    if isinstance(reckoned, StrainTerms):
        return column_of(reckoned, data), ()
    if reckoned:
        return counts_of(reckoned), settled_by(reckoned)
    return (), (finding.explanation,)


def names_of_actors(package: Package) -> dict[str, str]:
    """The names of the actors of a package, by identifier."""
    return {str(row["actor_id"]): str(row["name"]) for row in package.rows("actors")}


def quotation_of(package: Package, claim: Claim, names: dict[str, str]) -> Quotation:
    """The words of a figure, with who said them; `names` has the names of the actors."""
    row = claim.row
    speaker = str(names.get(row["claimant_id"], row["claimant_id"] or "speaker not named"))
    if row["claimant_basis"] == "inferred":
        speaker += " (inferred)"
    return Quotation(
        claim.name,
        str(row["document_id"]),
        str(row["quote"] or row["exact"]),
        whose_words(package, row) if _is_known(package, row) else "",
        f"{speaker[:1].upper()}{speaker[1:]}",
        date_in_words(row["stated_on"], row["stated_on_start"], row["stated_on_end"]),
    )


def _is_known(package: Package, row: Row) -> bool:
    """Whether the package has the document and the statement of a figure, which may be a user's."""
    return (
        all(
            row[name] is None or (row[name],) in package.known(table, [name])
            for table, name in (("documents", "document_id"), ("statements", "statement_id"))
        )
        and row["document_id"] is not None
    )


def with_place(quotation: Quotation) -> str:
    """The words, with the document they come from."""
    note = f", {quotation.whose_words}" if quotation.whose_words else ""
    return f"{quotation.figure_id} ({quotation.document_id}{note}): “{quotation.words}”"


def _by_sentence(assumptions: Iterable[str], data: Arranged) -> tuple[str, ...]:
    """Assumptions, each sentence once, with the figures in brackets."""
    about: dict[str, list[str]] = {}
    for text in assumptions:
        name, _, sentence = text.partition(": ")
        if name in data.by_name:
            about.setdefault(f"{sentence[:1].upper()}{sentence[1:]}", []).append(name)
    return tuple(f"{sentence} ({', '.join(names)})" for sentence, names in about.items())
