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
from ..official.verdicts import in_few_words
from ..official.vintages import AT_THE_TIME
from ..tables.cells import plain
from ..tables.package import shipped
from ..wording import AREAS, first_upper
from .arithmetic import Beside, Others, beside_others
from .official import official_lines, summed_in_words, vintages_of
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
    from .official import OfficialLine, Vintage


class Check(NamedTuple):
    """Everything we know about one claim; printed, it fills one screen.

    `answer` says it in a few sentences. `figure` is the row of the figure; `said` is who made the
    claim, when and where; `counted` what the number counts, `period` the days it is for, in words.
    `official` is the official part as data (see `check_claim`), None where no official figure can
    be compared; `why_not_compared` then says why. `official_lines` are the official figures of the
    day and the latest, `official_of` what they are the sum of. `in_few_words` is how the claim
    compares with the one that decides, or else with the latest; `vintages` is what every release
    gives. `beside` is the claim beside the other figures of the documents: the arithmetic of what
    it needs, line by line, the readings of a rank, sums that it is part of. `said_elsewhere` are
    rows of follow_ups: what was said of it before or later. `in_the_same_words` are the other
    figures of the quotation, each checked by itself. `reading` is our note on the figure,
    `assumptions` what is taken for granted; `footnote` is how to cite it.
    """

    figure_id: str
    answer: str
    figure: Row
    said: Said
    counted: str
    period: str
    official: ClaimCheck | None
    why_not_compared: str | None
    official_lines: tuple[OfficialLine, ...]
    official_of: str
    in_few_words: str
    vintages: tuple[Vintage, ...]
    beside: Beside
    said_elsewhere: tuple[Row, ...]
    in_the_same_words: tuple[str, ...]
    reading: str
    assumptions: tuple[str, ...]
    footnote: str

    def to_dict(self) -> dict[str, Any]:
        """Everything as plain values for JSON: codes, identifiers, periods, limits, releases.

        The keys are the fields of this class, with those of `beside` among them: `needs` has the
        terms of the arithmetic, each with sign, number, figure, first and last day; `readings` are
        those of a rank; `other_figures` the checks that the claim is the result of. `official` has
        the columns of `check_claims`, and `said_elsewhere` those of follow_ups.
        """
        beside = self.beside
        fields = self._asdict()
        del fields["beside"]
        fields["official"] = None if self.official is None else self.official.to_dict()
        fields["needs"] = beside.needs
        fields["column"] = beside.column
        fields["about"] = beside.about
        fields["readings"] = [
            {
                "among": reading.among,
                "holds": reading.holds,
                "why": reading.why,
                "count": reading.own.name,
                "others": [claim.name for claim in reading.others],
                "unlike": [claim.name for claim in reading.unlike],
            }
            for reading in beside.readings
        ]
        fields["other_figures"] = [finding.row() for finding in beside.findings]
        return {name: _plain(value) for name, value in fields.items()}

    def text(self, width: int = 80, notes: bool = False) -> str:
        """The answer as a screen of the given width; with `notes`, everything we know."""
        return "\n".join(screen(self, width, notes))

    def __str__(self) -> str:
        return self.text()

    def __repr__(self) -> str:
        return f"<Check {self.figure_id}: {self.answer}>"


def _plain(value: Any) -> Any:
    """A value with all that is in it as JSON has it."""
    if hasattr(value, "_asdict"):
        value = value._asdict()
    if isinstance(value, dict):
        return {name: _plain(cell) for name, cell in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(cell) for cell in value]
    return plain(value)


def check(figure: str) -> Check:
    """Everything we know about one figure of the documents.

    `figure` is an identifier such as "F034". Returns a `Check`. Printed, it gives the answer, the
    words in their passage, who said them and when, the official figures published by then and
    since, what the claim needs if other figures are true (the arithmetic as a column), what was
    said later, how we read it, and a footnote. Numbers are in the unit of the figure. `check_claim`
    gives only the official part. Raises UnknownNameError for a figure that does not exist.

    >>> found = check("F034")
    >>> found.said.words
    'Rishi Sunak, 16 or 17 May 2023, quoted in a news article (reposted; publisher not named).'
    >>> [number for number, _ in found.beside.column]
    ['8,001', '− 1,888', '− 795', '= 5,318']
    >>> check("F026").answer
    '“12,658” matches the official figure published at the time: 12,658.'
    """
    return next(checks_in(shipped(), [figure]))


def checks_in(package: Package, figures: Iterable[str]) -> Iterator[Check]:
    """Everything we know about each of some figures of a package."""
    words = vocabulary(package)
    beside = against(package, AT_THE_TIME, None)
    others = Others(package)
    for figure in figures:
        yield _checked(others, figure_row(package, figure), words, beside)


def _checked(others: Others, row: Row, words: Vocabulary, against: Against) -> Check:
    package = others.package
    claim = claim_of(row, words)
    question = question_about(package, row, against)
    stations = None if question.why_not is not None else stations_of(question, against)
    check = None if stations is None else claim_check(stations)
    beside = beside_others(others, claim.name, claim.first, against.official)
    elsewhere = tuple(_elsewhere(package, claim.first))
    later = any(row["relation"] == "after" for row in elsewhere)
    return Check(
        figure_id=claim.name,
        answer=_answer(check, question.why_not, beside, later),
        figure=row,
        said=said_of(package, row),
        counted=f"{': '.join(filter(None, counted_and_whom(claim, words)))}.",
        period=_period_in_words(question.claim, row),
        official=check,
        why_not_compared=question.why_not,
        official_lines=() if stations is None else tuple(official_lines(stations)),
        official_of="" if stations is None else summed_in_words(stations),
        in_few_words="" if stations is None else in_few_words(stations),
        vintages=() if stations is None else tuple(vintages_of(stations)),
        beside=beside,
        said_elsewhere=elsewhere,
        in_the_same_words=tuple(_beside_it(package, row)),
        reading=row["note"] or "",
        assumptions=check.assumptions if check else tuple(taken_for_granted(claim, words)),
        footnote=cite_in(package, claim.name, "footnote"),
    )


# On a screen, what was said later follows the answer.
SEE_LATER = "What was published later is below."


def _answer(check: ClaimCheck | None, why_not: str | None, beside: Beside, later: bool) -> str:
    """The answer in a few sentences."""
    texts = [f"{headline}." for headline in beside.headlines]
    if check is not None:
        texts.insert(0, check.answer)
    elif beside.readings:
        if later and any(reading.holds is None for reading in beside.readings):
            texts.append(SEE_LATER)
    else:
        texts.insert(0, f"We cannot check this against official figures because {why_not}.")
    return " ".join(texts)


def counted_and_whom(claim: Claim, words: Vocabulary) -> tuple[str, str]:
    """What a number counts, and which people where, if it counts people or is for an area."""
    _, population, area = claim.layer
    whom = "people of any nationality" if population == "all" else population
    if population not in ("", "all"):
        whom = words.population_title(population)
    where = "" if area == "GBR" else AREAS.get(area, area)
    return words.measure_title(claim.measure), ", ".join(filter(None, (whom, where)))


def _period_in_words(claim: Claim, row: Row) -> str:
    """The days that a claim is for, with the words that say so."""
    if claim.window == Window():
        return "The text does not say which days it covers."
    plain = row["period_basis"] == "stated" and claim.window.certain
    quoted = f"“{row['period_exact']}”: " if row["period_exact"] and not plain else ""
    base = f", compared with {claim.base}" if claim.base != Window() else ""
    if claim.kind == "change" and not base:
        base = "; the text does not say what this is compared with"
    repeated = (
        f" (as in {claim.first}, which it repeats)"
        if claim.window.outer != Window.of(row).outer
        else ""
    )
    words = f"{quoted}{claim.window}{repeated}{base}"
    return f"{first_upper(words)}."


def _beside_it(package: Package, row: Row) -> Iterator[str]:
    """The other figures in the quotation of a figure."""
    start, end = row["quote_start"], row["quote_end"]
    for other in package.rows("figures") if start is not None else ():
        inside = other["document_id"] == row["document_id"] and start <= other["start_char"] < end
        if inside and other["figure_id"] != row["figure_id"]:
            yield str(other["figure_id"])


def _elsewhere(package: Package, first: str) -> list[Row]:
    """What was said about a figure elsewhere, by day; unknown days come last."""
    rows = [row for row in package.rows("follow_ups") if row["figure_id"] == first]
    return sorted(rows, key=lambda row: (row["date"] is None, row["date"]))
