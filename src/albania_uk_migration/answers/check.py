"""One answer about one claim: who said it, what was counted, what it needs, what was said later."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from ..citing.cite import cite_in
from ..claims.claim import claim_of, taken_for_granted
from ..claims.given import figure_row
from ..claims.vocabulary import vocabulary
from ..claims.windows import Window
from ..official.check import claim_check, question_about, stations_of
from ..official.questions import against
from ..official.vintages import AT_THE_TIME
from ..tables.cells import plain
from ..tables.package import shipped
from ..wording import AREAS
from .arithmetic import Beside, beside_others
from .official import official_lines, summed_in_words
from .saying import Said, said_of
from .screen import screen

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ..claims.claim import Claim
    from ..claims.vocabulary import Vocabulary
    from ..official.check import ClaimCheck
    from ..official.questions import Against
    from ..tables.cells import Row
    from ..tables.package import Package
    from .official import OfficialLine


class Check(NamedTuple):
    """Everything we know about one claim; printed, it fills one screen.

    `answer` gives the result in a few sentences. `figure` is the row of the figure; `said` is who
    made the claim, when and where; `counted` is what the number counts and `days` the days it
    covers, in words. `official` has the official figures of the day and the latest ones, and
    `official_of` what they add up. `claim_check` has the same as data (see `check_claim`); it is
    None if no official figure can be compared, and `why_not` gives the reason. `beside` compares
    the claim with the other figures of the documents: the arithmetic of what it needs, line by
    line, the readings of a rank, and sums that it is part of. `elsewhere` has rows of follow_ups:
    what was said about it before or later. `reading` is our note on the figure, `assumptions` lists
    what we take for granted, and `footnote` is how to cite it.

    >>> check("F026").days
    '2022.'
    """

    figure_id: str
    answer: str
    figure: Row
    said: Said
    counted: str
    days: str
    official: tuple[OfficialLine, ...]
    official_of: str
    claim_check: ClaimCheck | None
    why_not: str | None
    beside: Beside
    elsewhere: tuple[Row, ...]
    reading: str
    assumptions: tuple[str, ...]
    footnote: str

    def to_dict(self) -> dict[str, Any]:
        """Everything as plain values for JSON: codes, identifiers, periods, limits, releases.

        `needs` has the terms of the arithmetic, each with sign, number and figure. `official` has
        the columns of `check_claims`, and `official_lines` what was added up for each number.
        """
        needs, check = self.beside.needs, self.claim_check
        return {
            "figure_id": self.figure_id,
            "answer": self.answer,
            "figure": _plain(self.figure),
            "said": _plain(self.said._asdict()),
            "counted": self.counted,
            "days": self.days,
            "official": None if check is None else check.to_dict(),
            "official_of": self.official_of,
            "official_lines": [_plain(line._asdict()) for line in self.official],
            "why_not_compared": self.why_not,
            "needs": None
            if needs is None
            else {
                **_plain(needs._asdict()),
                "terms": [_plain(term._asdict()) for term in needs.terms],
            },
            "readings": [
                {
                    "among": reading.among,
                    "holds": reading.holds,
                    "why": reading.why,
                    "count": reading.own.name,
                    "others": [claim.name for claim in reading.others],
                }
                for reading in self.beside.readings
            ],
            "other_figures": [finding.row() for finding in self.beside.findings],
            "said_elsewhere": [_plain(row) for row in self.elsewhere],
            "reading": self.reading,
            "assumptions": list(self.assumptions),
            "footnote": self.footnote,
        }

    def text(self, width: int = 80, notes: bool = False) -> str:
        """The answer as a screen of the given width; with `notes`, everything we know."""
        return "\n".join(screen(self, width, notes))

    def __str__(self) -> str:
        return self.text()


def _plain(cells: dict[str, Any]) -> dict[str, Any]:
    return {
        name: list(cell) if isinstance(cell, tuple) else plain(cell) for name, cell in cells.items()
    }


def check(figure: str) -> Check:
    """Everything we know about one figure of the documents.

    `figure` is an identifier such as "F034". Returns a `Check`. Printed, it gives the answer, the
    words in their passage, who said them and when, the official figures published by then and
    since, what the claim needs if other figures are true (the arithmetic as a column), what was
    said later, how we read it, and a footnote. Numbers are in the unit of the figure. `check_claim`
    gives only the official part. Raises UnknownNameError for a figure that does not exist.

    >>> found = check("F034")
    >>> found.said.words
    'Rishi Sunak, 16 or 17 May 2023, in a news article (reposted; publisher not named).'
    >>> [number for number, _ in found.beside.column]
    ['8,001', '− 1,888', '− 795', '= 5,318']
    >>> check("F026").answer
    'Matches the official figure of the day: 12,658.'
    """
    return next(checks_in(shipped(), [figure]))


def checks_in(package: Package, figures: Iterable[str]) -> Iterator[Check]:
    """Everything we know about each of some figures of a package."""
    words = vocabulary(package)
    beside = against(package, AT_THE_TIME, None)
    for figure in figures:
        yield _checked(package, figure_row(package, figure), words, beside)


def _checked(package: Package, row: Row, words: Vocabulary, against: Against) -> Check:
    claim = claim_of(row, words)
    question = question_about(package, row, against)
    stations = None if question.why_not is not None else stations_of(question, against)
    check = None if stations is None else claim_check(stations)
    beside = beside_others(package, claim.name, claim.first)
    return Check(
        figure_id=claim.name,
        answer=_answer(check, question.why_not, beside),
        figure=row,
        said=said_of(package, row),
        counted=_counted_in_words(claim, words),
        days=_days_in_words(question.claim, row),
        official=() if stations is None else tuple(official_lines(stations)),
        official_of="" if stations is None else summed_in_words(stations),
        claim_check=check,
        why_not=question.why_not,
        beside=beside,
        elsewhere=tuple(_elsewhere(package, claim.first)),
        reading=row["note"] or "",
        assumptions=check.assumptions if check else tuple(taken_for_granted(claim, words)),
        footnote=cite_in(package, claim.name, "footnote"),
    )


def _answer(check: ClaimCheck | None, why_not: str | None, beside: Beside) -> str:
    """The answer in a few sentences."""
    texts = [f"{headline}." for headline in beside.headlines]
    if check is not None:
        texts.insert(0, check.answer)
    elif not beside.readings:
        texts.insert(0, f"We cannot check this against official figures: {why_not}.")
    return " ".join(texts)


def _counted_in_words(claim: Claim, words: Vocabulary) -> str:
    """What a number counts, and which people."""
    _, population, area = claim.layer
    whom = "people of every nationality" if population == "all" else population
    if population not in ("", "all"):
        whom = words.population_title(population)
    where = "" if area == "GBR" else AREAS.get(area, area)
    of = ", ".join(filter(None, (whom, where)))
    return f"{words.measure_title(claim.measure)}{f': {of}' if of else ''}."


def _days_in_words(claim: Claim, row: Row) -> str:
    """The days that a claim covers, with the words that say so."""
    if claim.window == Window():
        return "The text does not say for which days."
    plain = row["period_basis"] == "stated" and claim.window.certain
    quoted = f"“{row['period_exact']}”: " if row["period_exact"] and not plain else ""
    base = f", compared with {claim.base}" if claim.base != Window() else ""
    if claim.kind == "change" and not base:
        base = "; the text does not say what this is compared with"
    words = f"{quoted}{claim.window}{base}"
    return f"{words[:1].upper()}{words[1:]}."


def _elsewhere(package: Package, first: str) -> list[Row]:
    """What was said about a figure elsewhere, by day; unknown days come last."""
    rows = [row for row in package.rows("follow_ups") if row["figure_id"] == first]
    return sorted(rows, key=lambda row: (row["date"] is None, row["date"]))
