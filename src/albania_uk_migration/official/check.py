"""What a document says held against what offices published, each at its vintage.

A claim is held against the official count of the same measure, population and area over its days,
in one release. A window that does not fall on quarters is bracketed by the counts inside and around
it, so that the official side is an interval as the claim is. Values to be rechecked decide nothing.

A check passes five stations, each made from those before it alone: the question and the calendar
(`questions`), the brackets and the decision (`decisions`), and the words (`explanations`).
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
from .decisions import brackets_of, decision_of
from .explanations import assumptions, decimal_of, explanation, vintages_in_words
from .questions import against, calendar_of, question_of
from .terms import CLAIM_VERDICTS
from .vintages import AT_THE_TIME

if TYPE_CHECKING:
    import datetime
    import os
    from decimal import Decimal

    import pandas

    from ..claims.given import GivenFigure, GivenFigures
    from ..tables.cells import Row
    from ..tables.package import Package
    from .counts import Official
    from .home_office import HomeOffice
    from .questions import Against, Question


class ClaimCheck(NamedTuple):
    """One figure held against official statistics; the fields are the columns of check_claims.

    `verdict` is one of `CLAIM_VERDICTS` for the vintage asked for, `against_latest` the one for the
    newest release that is held; `public_when_said` (yes, no, not_known), whether the official
    figure was public when the claim was made. The official numbers, `release_id` and `cells`, what
    was summed, are those that decided, or, where no vintage is held, the latest beside the claim.
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
    unit: str
    release_id: str | None
    released_on: datetime.date | None
    released_basis: str | None
    cells: str | None
    vintages: str | None
    explanation: str
    assumptions: tuple[str, ...]
    follow_ups: tuple[str, ...]

    def row(self) -> Row:
        """The columns of check_claims, several texts in one cell."""
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
        """Verdict, explanation, assumptions and follow-ups as text."""
        lines = [f"{self.figure_id}: {self.verdict}: {CLAIM_VERDICTS[self.verdict]}."]
        lines.append(self.explanation)
        if self.verdict != self.against_latest:
            lines.append(f"Against the latest vintage held: {self.against_latest}.")
        lines.append(
            f"Was an official figure public when it was said? {_SAID[self.public_when_said]}."
        )
        elsewhere = ["Said elsewhere:", *(f"  {text}" for text in self.follow_ups)]
        return "\n".join(
            [with_assumptions(lines, self.assumptions), *(elsewhere if self.follow_ups else ())]
        )


_SAID = {"yes": "Yes", "no": "No", "not_known": "Not known"}
# The columns of check_claims and their Table Schema types.
_KINDS = {"Decimal | None": "number", "datetime.date | None": "date"}
CLAIM_COLUMNS = {
    name: _KINDS.get(kind.__forward_arg__, "string")
    for name, kind in ClaimCheck.__annotations__.items()
}


def _checked(question: Question, beside: Against) -> ClaimCheck:
    """A claim that can be held against an official series, held against it."""
    claim = question.claim
    calendar = calendar_of(question, beside)
    brackets = brackets_of(question, beside)
    decision = decision_of(question, calendar, brackets, beside)
    shown = decision.shown if question.without is None else None
    release = beside.official.releases[shown.release] if shown else {}
    every = brackets.every if question.without is None else ()
    row = claim.row
    return ClaimCheck(
        figure_id=row["figure_id"],
        exact=row["exact"],
        measure=row["measure"],
        population=row["population"],
        area=row["area"],
        period=str(claim.window),
        stated_on=row["stated_on"],
        claimant_id=row["claimant_id"],
        verdict=decision.verdict,
        against_latest=decision.against_latest,
        public_when_said=calendar.public_when_said,
        comparator=row["comparator"],
        claimed_lower=decimal_of(claim.interval.lower),
        claimed_upper=decimal_of(claim.interval.upper),
        official_lower=decimal_of(shown.shown.lower) if shown else None,
        official_upper=decimal_of(shown.shown.upper) if shown else None,
        unit=row["unit"],
        release_id=release.get("release_id"),
        released_on=release.get("released_on"),
        released_basis=release.get("released_basis"),
        cells=shown.cells if shown else None,
        vintages=vintages_in_words(every, claim) or None,
        explanation=explanation(question, calendar, brackets, decision, beside),
        assumptions=assumptions(question, decision, beside),
        follow_ups=tuple(beside.follow_ups.get(claim.first, ())),
    )


def check_claim(figure: GivenFigure, vintage: str | datetime.date = AT_THE_TIME) -> ClaimCheck:
    """One figure of a document held against the official statistics that are shipped.

    The figure's interval is set against the official count of the same measure, population and area
    over its days: enforced and voluntary together for returns, a quotient of counts for shares and
    changes. `vintage` says which release: "at the time", those certainly public by the first day on
    which the figure can have been stated; "latest", the newest that brackets the days most closely;
    a day (`"2023-06-01"`); or a release ("ho-iss-ye-dec-2023"). At the time, or on a day, agreement
    with any vintage then public is agreement, and a difference is disagreement only where the
    vintage is known to have been the newest.

    Returns a `ClaimCheck`. Raises UnknownNameError for a figure or vintage that is not there,
    ComparisonError for a figure that no official series can be held against, with the reason.

    >>> check_claim("F026").verdict, check_claim("F026", vintage="ho-iss-ye-dec-2022").verdict
    ('agrees', 'disagrees')
    >>> check_claim("F012").verdict, check_claim("F012", vintage="latest").verdict
    ('no_vintage_held', 'disagrees')
    """
    return checked_in(shipped(), figure, vintage)


def checked_in(
    package: Package, figure: GivenFigure, vintage: str | datetime.date = AT_THE_TIME
) -> ClaimCheck:
    """One figure held against the official statistics of a package; see check_claim."""
    beside = against(package, vintage, None)
    question = question_of(claim_of(figure_row(package, figure), beside.words), beside)
    if question.why_not is not None:
        told = f"{question.claim} cannot be held against official statistics: {question.why_not}"
        raise ComparisonError(told)
    return _checked(question, beside)


_CAVEATS = (
    "Official values are not from the documents. A verdict is about a figure and a release, never "
    "about who made the claim; where no vintage of the day is held, the latest is shown beside it "
    "and decides nothing. Days that fall on no quarter are bracketed by the quarters inside and "
    "around them. What was said of a figure elsewhere stands in follow_ups."
)


def checked_series(
    package: Package,
    figures: GivenFigures | None,
    vintage: str | datetime.date,
    own: Official | None,
) -> Series:
    """Every figure that can be held against official statistics, and the rest with why not."""
    beside = against(package, vintage, own)
    rows, left_out = [], []
    for row in figure_rows(package, figures):
        question = question_of(claim_of(row, beside.words), beside)
        if question.why_not is None:
            rows.append(_checked(question, beside).row())
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
    """Every figure of the documents that can be held against official statistics, one row each.

    `figures` are identifiers, rows or a frame; all that are shipped by default. `vintage` is as in
    `check_claim`. `against` is the path of a workbook of the Home Office, or what
    `read_home_office` made of it; it is then the one vintage.

    Columns: those of the figure (`figure_id`, `exact`, `measure`, `population`, `area`, `period` in
    words, `stated_on`, `claimant_id`, `comparator`, `unit`); `verdict`, and `against_latest`, the
    one for the newest vintage held; `public_when_said`, whether an official figure for these days
    was public when the claim was made: yes, no or not_known; `claimed_lower`, `claimed_upper`, what
    the words prove, a fall below zero; `official_lower`, `official_upper`, equal where the days are
    published as such; `release_id`, `released_on`, `released_basis`; `cells`, what was summed;
    `vintages`, what each release held has; `explanation`; `assumptions`; `follow_ups`, what was
    said of the figure elsewhere. `attrs["left_out"]` tells which figures cannot be checked.

    >>> found = check_claims().set_index("figure_id")["verdict"]
    >>> found[["F026", "F012", "F035", "F028"]].to_list()
    ['agrees', 'no_vintage_held', 'definition_differs', 'no_vintage_held']
    """
    own = None if against is None else _workbook(against, vintage)
    return checked_series(shipped(), figures, vintage, own).frame()


def _workbook(path: str | os.PathLike[str] | HomeOffice, vintage: str | datetime.date) -> Official:
    """The values of a user's workbook as the one vintage."""
    from .home_office import HomeOffice, read_home_office

    if vintage != AT_THE_TIME:
        raise ComparisonError(
            f"give a vintage or a file, not both; found vintage {vintage} and {path!r:.80}"
        )
    return (path if isinstance(path, HomeOffice) else read_home_office(path)).official()
