"""Compare what a document says with what offices had published.

A claim is compared with the official count of the same measure, population and area over its days,
in one release. If its days are not whole quarters, we bracket them with the counts inside and
around them, so that the official side is an interval, as the claim is. Values that need rechecking
decide nothing.

A check has five steps, each made only from those before it: the question (`questions`), the
calendar (`calendar`), the brackets and the decision (`decisions`), and the words (`explanations`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ..citing.noted_rows import Series, left_out_figure
from ..claims.assumptions import with_assumptions
from ..claims.claim import claim_of
from ..claims.given import figure_row, figure_rows
from ..errors import ComparisonError
from ..tables.cells import plain
from ..tables.package import shipped
from .calendar import calendar_of
from .decisions import Stations, brackets_of, decision_of
from .explanations import assumptions, explanation, vintages_in_words
from .magnitude import decimal_of, magnitude_of
from .questions import against, question_of
from .verdicts import verdict_in_words
from .vintages import AT_THE_TIME, LATEST

if TYPE_CHECKING:
    import datetime
    import os
    from decimal import Decimal

    import pandas

    from ..claims.claim import Claim
    from ..claims.given import GivenFigure, GivenFigures
    from ..claims.vocabulary import Vocabulary
    from ..tables.cells import Row
    from ..tables.package import Package
    from .counts import Official
    from .decisions import Found
    from .home_office import HomeOffice
    from .questions import Against, Question


class ClaimCheck(NamedTuple):
    """One figure compared with official statistics; `check_claims` explains the fields.

    `verdict` is one of `CLAIM_VERDICTS` for the vintage asked for, and `against_latest` the verdict
    for the latest release we have. `public_when_said` (yes, no, not_known) says whether an official
    figure for these days was public when the claim was made.

    `official_lower` to `cells` are the official numbers that decided or, if none did, those of the
    latest release we have. `difference` and `ratio` compare the claim with them, each at the end
    nearest to the other. The fields `newest_...` describe the newest release on the day asked for,
    with the last day it covers, whether or not we have its numbers; `latest_...` describe the
    latest we have. `answer` gives the result in a sentence or two, `explanation` with every release
    and its numbers.

    >>> print(check_claim("F026").answer)
    “12,658” matches the official figure published at the time: 12,658.
    """

    figure_id: str
    exact: str | None
    measure: str
    population: str | None
    area: str
    period: str
    stated_on: str | None
    claimant_id: str | None
    verdict: str
    against_latest: str
    public_when_said: str
    comparator: str
    claimed_lower: Decimal | None
    claimed_upper: Decimal | None
    official_lower: Decimal | None
    official_upper: Decimal | None
    difference: Decimal | None
    ratio: Decimal | None
    official_is: str | None
    unit: str
    release_id: str | None
    published_on: datetime.date | None
    public_by: datetime.date | None
    url: str | None
    table: str | None
    cells: str | None
    newest_release_id: str | None
    newest_table: str | None
    newest_covered_to: datetime.date | None
    newest_url: str | None
    latest_release_id: str | None
    latest_lower: Decimal | None
    latest_upper: Decimal | None
    latest_difference: Decimal | None
    latest_ratio: Decimal | None
    latest_url: str | None
    latest_table: str | None
    vintages: str | None
    answer: str
    explanation: str
    assumptions: tuple[str, ...]
    follow_ups: tuple[str, ...]

    def row(self) -> Row:
        """The columns of check_claims, with several texts joined in one cell."""
        joined_texts = {"assumptions": "; ".join(self.assumptions) or None}
        joined_texts["follow_ups"] = " | ".join(self.follow_ups) or None
        return {**self._asdict(), **joined_texts}

    def to_dict(self) -> dict[str, object]:
        """The fields as plain values for JSON."""
        return {
            name: list(cell) if isinstance(cell, tuple) else plain(cell)
            for name, cell in self._asdict().items()
        }

    def __str__(self) -> str:
        """The answer, the explanation, assumptions and what else was said."""
        lines = [f"{self.figure_id}: {self.answer}", self.explanation]
        elsewhere = ["Also said:", *(f"  {text}" for text in self.follow_ups)]
        return "\n".join(
            [with_assumptions(lines, self.assumptions), *(elsewhere if self.follow_ups else ())]
        )


# The columns of check_claims and their Table Schema types.
_KINDS = {"Decimal | None": "number", "datetime.date | None": "date"}
CLAIM_COLUMNS = {
    name: _KINDS.get(kind.__forward_arg__, "string")
    for name, kind in ClaimCheck.__annotations__.items()
}


def stations_of(question: Question, beside: Against) -> Stations:
    """Compare a claim with the official series for it."""
    calendar = calendar_of(question, beside)
    brackets = brackets_of(question, beside)
    decision = decision_of(question, calendar, brackets, beside)
    return Stations(question, beside, calendar, brackets, decision)


def claim_check(stations: Stations) -> ClaimCheck:
    """The answer to a check, as data and as an explanation."""
    question, beside, calendar, brackets, decision = stations
    claim = question.claim
    every = brackets.every if question.without is None else ()
    shown = _side(question, decision.shown, beside)
    latest = _side(question, decision.latest.found, beside)
    row = claim.row
    days = calendar.latest if beside.vintage.kind == LATEST else calendar.asked
    public = calendar.public_when_said
    if decision.agreed is not None and public == "no":
        # The figures for some of these days proved it.
        public = "not_known"
    deciding = "deciding" if decision.asked.found else "latest"
    newest = decision.asked.covering or days.newest
    return ClaimCheck(
        figure_id=row["figure_id"],
        exact=row["exact"],
        measure=row["measure"],
        population=row["population"],
        area=row["area"],
        period=str(claim.window),
        stated_on=row["stated_on"],
        claimant_id=row["claimant_id"],
        verdict=decision.asked.verdict,
        against_latest=decision.latest.verdict,
        public_when_said=public,
        comparator=row["comparator"],
        claimed_lower=decimal_of(claim.interval.lower),
        claimed_upper=decimal_of(claim.interval.upper),
        official_lower=shown.lower,
        official_upper=shown.upper,
        difference=shown.difference,
        ratio=shown.ratio,
        official_is=deciding if shown.release_id else None,
        unit=row["unit"],
        release_id=shown.release_id,
        published_on=shown.published_on,
        public_by=shown.public_by,
        url=shown.url,
        table=shown.table,
        cells=shown.cells,
        newest_release_id=newest.release if newest else None,
        newest_table=newest.table if newest else None,
        newest_covered_to=newest.last if newest else None,
        newest_url=newest.url if newest else None,
        latest_release_id=latest.release_id,
        latest_lower=latest.lower,
        latest_upper=latest.upper,
        latest_difference=latest.difference,
        latest_ratio=latest.ratio,
        latest_url=latest.url,
        latest_table=latest.table,
        vintages=vintages_in_words(every, claim) or None,
        answer=verdict_in_words(stations),
        explanation=explanation(stations),
        assumptions=assumptions(question, decision, beside),
        follow_ups=tuple(beside.follow_ups.get(claim.first, ())),
    )


class _Side(NamedTuple):
    """What a release has for a claim, in columns, and how far the claim is from it."""

    lower: Decimal | None = None
    upper: Decimal | None = None
    difference: Decimal | None = None
    ratio: Decimal | None = None
    release_id: str | None = None
    published_on: datetime.date | None = None
    public_by: datetime.date | None = None
    url: str | None = None
    table: str | None = None
    cells: str | None = None


def _side(question: Question, found: Found | None, beside: Against) -> _Side:
    if found is None or question.without is not None:
        return _Side()
    far = magnitude_of(question.claim, found.sure)
    release = beside.official.releases[found.release]
    return _Side(
        decimal_of(found.shown.lower),
        decimal_of(found.shown.upper),
        decimal_of(far.difference) if far else None,
        decimal_of(far.ratio, places=4) if far else None,
        found.release,
        release["published_on"],
        release["public_by"],
        beside.official.page(question.terms[0].layer, found.release),
        found.table,
        found.cells,
    )


def question_about(package: Package, row: Row, beside: Against) -> Question:
    """What to look up for a figure. A figure that repeats another gets the other's period."""
    return question_of(_read(package, row, beside.words), beside)


def _read(package: Package, row: Row, words: Vocabulary) -> Claim:
    """A figure as a claim. A figure that repeats another has the other's period."""
    claim = claim_of(row, words)
    for other in package.rows("figures") if row["repeats"] else ():
        if other["figure_id"] == row["repeats"]:
            first = claim_of(other, words)
            basis = {"period_basis": other["period_basis"]}
            return claim._replace(window=first.window, base=first.base, row={**row, **basis})
    return claim


def check_claim(figure: GivenFigure, vintage: str | datetime.date = AT_THE_TIME) -> ClaimCheck:
    """One figure of a document compared with the official statistics in this package.

    The figure's interval is compared with the official count of the same measure, population and
    area over its days: enforced and voluntary together for returns, a ratio of counts for shares
    and changes. `vintage` says which release: "at the time", the releases certainly public by the
    first day on which the figure may have been stated; "latest", the one that brackets the days
    most closely; a day (`"2023-06-01"`); or a release ("ho-iss-ye-dec-2023"). For "at the time" or
    a day, a figure agrees if it agrees with any release public then. It disagrees only if every
    other release that may have been out by then, and may cover these days, is older or differs too
    (the tables official_releases and official_coverage are the calendar).

    Returns a `ClaimCheck`; numbers are in the unit of the figure. Raises UnknownNameError for a
    figure or vintage that does not exist, ComparisonError for a figure that cannot be compared with
    any official series, with the reason, and ValidationError for a row with cells of the wrong
    type. Definitions: the measures table.

    >>> check_claim("F026").verdict, check_claim("F026", vintage="ho-iss-ye-dec-2022").verdict
    ('agrees', 'disagrees')
    >>> found = check_claim("F012")
    >>> found.verdict, found.newest_table, found.against_latest
    ('published_not_held', 'IMB_06', 'disagrees')
    """
    return checked_in(shipped(), figure, vintage)


def checked_in(
    package: Package, figure: GivenFigure, vintage: str | datetime.date = AT_THE_TIME
) -> ClaimCheck:
    """One figure compared with the official statistics of a package; see check_claim."""
    beside = against(package, vintage, None)
    question = question_about(package, figure_row(package, figure), beside)
    if question.why_not is not None:
        raise ComparisonError(
            f"{question.claim} cannot be compared with official statistics: {question.why_not}."
        )
    return claim_check(stations_of(question, beside))


_CAVEATS = (
    "Official values are not from the documents. A verdict is about a figure and a release, never "
    "about who made the claim. If we do not have the figures published by that day, we show the "
    "latest that we have; they do not decide the verdict. If no official figure is for exactly the "
    "same days, we use the published periods inside and around them. follow_ups says what else was "
    "said about the figure."
)


def checked_series(
    package: Package,
    figures: GivenFigures | None,
    vintage: str | datetime.date,
    own: Official | None,
) -> Series:
    """Every figure that can be compared with official statistics, and the rest with reasons."""
    beside = against(package, vintage, own)
    rows, left_out = [], []
    for row in figure_rows(package, figures):
        question = question_about(package, row, beside)
        if question.why_not is None:
            rows.append(claim_check(stations_of(question, beside)).row())
        else:
            left_out.append(left_out_figure(row, question.why_not))
    caveats = " ".join([_CAVEATS, *beside.official.messages])
    return Series(package, rows, CLAIM_COLUMNS, "as column unit says", caveats, left_out)


def check_claims(
    figures: GivenFigures | None = None,
    *,
    vintage: str | datetime.date = AT_THE_TIME,
    against: str | os.PathLike[str] | HomeOffice | None = None,
) -> pandas.DataFrame:
    """Every figure that can be compared with official statistics, one row per figure.

    `figures` are identifiers, rows or a frame; by default all figures. `vintage` is as in
    `check_claim`. `against` is the path of a Home Office workbook, or the result of
    `read_home_office`; it is then the only vintage.

    Columns: those of the figure (`figure_id`, `exact`, `measure`, `population`, `area`, `period` in
    words, `stated_on`, `claimant_id`, `comparator`, `unit`); `verdict`, and `against_latest`, the
    one for the latest release that we have; `public_when_said`, whether an official figure for
    these days was public when the claim was made: yes, no or not_known; `claimed_lower`,
    `claimed_upper`, the limits that the words set, in `unit`; a fall is below zero.

    `official_lower`, `official_upper` are the numbers that decided or, if none did, the latest;
    they are equal if a release counts exactly these days. `difference` is the claim less the
    official number, in the unit of the claim (percentage points for percentages), and `ratio` the
    claim divided by it, both between the nearest ends; they are missing if claim and official
    number may be the same but need not be. `official_is` says which numbers they are: deciding, or
    latest. Then come `release_id`, `published_on`, `public_by`, `url`, `table`, and `cells`, the
    values that were added up. `newest_release_id`, `newest_table`, `newest_covered_to`,
    `newest_url` describe the release that matters most by that day, whether or not we have its
    numbers: if no number decided, one that covers these days or may; otherwise the one that runs
    furthest. `latest_release_id`, `latest_lower`, `latest_upper`, `latest_difference`,
    `latest_ratio`, `latest_url`, `latest_table` describe the latest that we have. `vintages` is
    what each release has; `answer`, the verdict in words; `explanation`; `assumptions`;
    `follow_ups`, what was said about the figure elsewhere. `attrs["left_out"]` lists the figures
    that cannot be checked.

    Raises UnknownNameError for a figure or vintage that does not exist, ComparisonError if you give
    both a vintage and a file, ValidationError for rows with cells of the wrong type, and
    WorkbookError for a file that cannot be read. Definitions: the measures table.

    >>> found = check_claims().set_index("figure_id")["verdict"]
    >>> found[["F026", "F012", "F035", "F034"]].to_list()
    ['agrees', 'published_not_held', 'agrees', 'not_published_then']
    """
    own = None if against is None else _workbook(against, vintage)
    return checked_series(shipped(), figures, vintage, own).frame()


def _workbook(path: str | os.PathLike[str] | HomeOffice, vintage: str | datetime.date) -> Official:
    """The values of a user's workbook, as the only vintage."""
    from .home_office import HomeOffice, read_home_office

    if vintage != AT_THE_TIME:
        raise ComparisonError(f"Give a vintage or a file, not both ({vintage} and {path!r:.80}).")
    return (path if isinstance(path, HomeOffice) else read_home_office(path)).official()
