"""What all figures together imply for a count over a period that nobody gave a number for.

`implied` gives the tightest interval, with the figures that bind it. It takes four steps, each from
data to data: the question, the bounds that bear on it, what follows from them, and the words.
"""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from ..claims.assumptions import with_assumptions
from ..errors import ComparisonError
from ..tables.package import shipped
from .implied_decision import decided
from .implied_question import bearing, question_of
from .implied_words import assumptions_of, sentences_of

if TYPE_CHECKING:
    from ..claims.assumptions import Assumptions
    from ..claims.given import GivenFigures
    from ..claims.vocabulary import Layer
    from ..tables.package import Package
    from .implied_question import _Period


class Implied(NamedTuple):
    """What figures imply for a count over a period.

    `lower` and `upper` are whole numbers, both ends included; `upper` is None where no ceiling
    follows. `lower_from` and `upper_from` name a smallest set of figures that forces each. Where
    the figures cannot all hold both ends are None and `conflicts` has irreducible sets of figures:
    any one taken out, the rest of the set can hold. `assumptions` lists all that is taken for
    granted; `proved` says that both ends were proved again in exact arithmetic; `sentences` tells
    it all.
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

    def to_dict(self) -> dict[str, Any]:
        """The same as plain values for JSON."""
        plain = self._asdict()
        plain |= {"start": self.start.isoformat(), "end": self.end.isoformat()}
        return {k: list(v) if isinstance(v, tuple) else v for k, v in plain.items()}

    def __str__(self) -> str:
        return with_assumptions(self.sentences, self.assumptions)


def implied(
    measure: str,
    population: str,
    period: _Period,
    given: GivenFigures | None = None,
    assuming: Assumptions | None = None,
    *,
    area: str = "GBR",
    rounded: bool = False,
    conflicts: int = 1,
) -> Implied:
    """The tightest interval that all figures together allow for a count over a period.

    `measure` (counted over time: of kind flow) and `population` are identifiers of their tables,
    `period` a closed period in EDTF ("2023-04-01/2023-05-16") or a pair of days. `given` are the
    figures to reckon with, identifiers, rows or a frame; by default all. `assuming` adds what is to
    be tested: a window for a figure instead of its own ("F034=2022-12-13/2023-05-16", or a mapping
    from figure to window), a bound on a figure's outermost window or on a period of the count asked
    for ("F009 at most 1500", "2023-04-01/2023-04-07 <= 100"), a row of the figures table, or the
    name of an assumption that joins two definitions (see `compare`). With `rounded` bare numbers
    count within half a printed step, else as printed. At most `conflicts` conflicting sets are
    given. Only counts with a bound are reckoned with: changes, shares and "about" are not.

    Counts are whole numbers, none below zero, in persons. A figure's lower bound holds for its
    outermost window, its upper bound for the certain one; parts of an exhaustive split add to their
    whole, a population holds those within it. Returns an `Implied`; printed, it is sentences. The
    set that binds is a smallest one, of which there may be several; beyond 300 figures it is
    irreducible only.

    Raises UnknownNameError, and ComparisonError for an assumption that cannot be read. Method:
    integer programming by HiGHS; each answer is checked again in whole numbers, and its optimality
    by the dual multipliers in fractions.

    >>> claim = {"F034": "2022-12-13/2023-05-16"}
    >>> found = implied("returns", "albanian", "2023-04-01/2023-05-16", assuming=claim)
    >>> found.lower, found.upper, found.lower_from
    (5318, None, ('F011', 'F018', 'F034'))
    """
    layer = (measure, population, area)
    return implied_in(shipped(), layer, period, given, assuming, rounded, conflicts)


def implied_in(
    package: Package,
    layer: Layer,
    period: _Period,
    given: GivenFigures | None = None,
    assuming: Assumptions | None = None,
    rounded: bool = False,
    conflicts: int = 1,
) -> Implied:
    """What the figures of a package imply for a count; see implied."""
    if not isinstance(conflicts, int) or conflicts < 1:
        raise ComparisonError(f"conflicts is a number of sets, at least 1; found {conflicts}")
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
        tuple(conflict.names for conflict in decision.conflicts),
        assumptions_of(question, decision),
        decision.proved,
        sentences_of(question, decision),
    )
