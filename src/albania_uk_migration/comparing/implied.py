"""What all figures together imply for a count over a period that nobody gave a number for.

`implied_in` gives the tightest limits, with the figures that force them. It takes four steps, each
from data to data: the question, the limits that bear on it, what follows from them, and the words.
"""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from ..claims.assumptions import with_assumptions
from ..errors import ComparisonError
from .implied_decision import decided
from .implied_question import bearing, question_of
from .implied_words import assumptions_of, sentences_of

if TYPE_CHECKING:
    from ..claims.assumptions import Assumptions
    from ..claims.given import GivenFigures
    from ..claims.vocabulary import Layer
    from ..tables.package import Package
    from .implied_question import Period


class Implied(NamedTuple):
    """What figures imply for a count over a period, compared with an official count.

    `lower` and `upper` are whole numbers of persons, both included; `upper` is None if there is no
    upper limit. `lower_from` and `upper_from` each name a smallest set of figures that sets the
    limit. If the figures cannot all be true, both ends are None and `conflicts` has irreducible
    sets of figures: drop any one of a set, and the rest of it can be true. `assumptions` lists what
    we take for granted; `proved` says that exact arithmetic has confirmed both ends; `sentences`
    has the whole answer in words.

    `counted_lower` and `counted_upper` are what an official release counts for the same measure,
    population, area and days, or for days inside and around them; `counted_by` is its publisher,
    `counted_on` the day on which it was published or by which it was public, `counted_url` its
    page, and `counted_release_id` its row. They are None if no release covers the days.

    >>> from albania_uk_migration import implied
    >>> implied("returns", "albanian", "2023").counted_by
    'Home Office'
    """

    measure: str
    population: str
    area: str
    start: datetime.date
    end: datetime.date
    lower: int | None
    upper: int | None
    lower_from: tuple[str, ...]
    upper_from: tuple[str, ...]
    conflicts: tuple[tuple[str, ...], ...]
    assumptions: tuple[str, ...]
    proved: bool
    sentences: tuple[str, ...]
    counted_lower: int | None = None
    counted_upper: int | None = None
    counted_by: str | None = None
    counted_on: datetime.date | None = None
    counted_url: str | None = None
    counted_release_id: str | None = None

    def to_dict(self) -> dict[str, Any]:
        """The fields as plain values for JSON."""
        plain = self._asdict()
        plain |= {"start": self.start.isoformat(), "end": self.end.isoformat()}
        plain["counted_on"] = None if self.counted_on is None else self.counted_on.isoformat()
        return {k: list(v) if isinstance(v, tuple) else v for k, v in plain.items()}

    def __str__(self) -> str:
        return with_assumptions(self.sentences, self.assumptions)


def implied_in(
    package: Package,
    layer: Layer,
    period: Period,
    given: GivenFigures | None = None,
    assuming: Assumptions | None = None,
    rounded: bool = False,
    conflicts: int = 1,
) -> Implied:
    """What the figures of a package imply for a count; see `implied` in answers."""
    if not isinstance(conflicts, int) or conflicts < 1:
        raise ComparisonError(f"conflicts must be at least 1; found {conflicts}")
    question = question_of(package, layer, period, given, assuming, rounded)
    bounds = bearing(question)
    decision = decided(question, bounds, conflicts)
    first, last = (datetime.date.fromordinal(day) for day in (question.start, question.end - 1))
    return Implied(
        *question.layer,
        first,
        last,
        decision.lower,
        decision.upper,
        () if decision.low is None else decision.low.names,
        () if decision.high is None else decision.high.names,
        tuple(conflict.figures.names for conflict in decision.conflicts),
        assumptions_of(question, decision),
        decision.proved,
        sentences_of(question, decision),
    )
