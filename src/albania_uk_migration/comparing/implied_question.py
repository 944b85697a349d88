"""The question to `implied`, with all assumptions, and the limits that bear on it."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from ..claims.assumptions import Assumed, closed_period, joined, read_assumptions
from ..claims.claim import Bound, Claim, claim_of
from ..claims.given import figure_rows
from ..claims.vocabulary import FLOW, Layer, Vocabulary, vocabulary
from ..errors import ComparisonError, UnknownNameError
from .systems import bounds_of, clusters

if TYPE_CHECKING:
    from ..claims.assumptions import Assumptions
    from ..claims.given import GivenFigures
    from ..tables.package import Package

Period = str | tuple[datetime.date, datetime.date]


class Question(NamedTuple):
    """A count over days, the figures to use, and the assumptions.

    `start` is the first day, `end` the day after the last one, both as proleptic ordinals.
    """

    layer: Layer
    start: int
    end: int
    claims: dict[str, Claim]
    assumed: Assumed
    words: Vocabulary
    rounded: bool

    @property
    def target(self) -> tuple[Layer, int, int]:
        """Layer, first day, and the day after the last."""
        return self.layer, self.start, self.end

    @property
    def days(self) -> int:
        """The number of days."""
        return self.end - self.start


def question_of(
    package: Package,
    layer: Layer,
    period: Period,
    given: GivenFigures | None,
    assuming: Assumptions | None,
    rounded: bool,
) -> Question:
    """The question, from the arguments; raises an error for an unreadable name or assumption."""
    words = vocabulary(package)
    _known(layer, words, package)
    start, end = closed_period(period) if isinstance(period, str) else _pair(period)
    rows = {str(row["figure_id"]): row for row in figure_rows(package, given)}
    known = {str(row["figure_id"]): row for row in package.rows("figures")}
    assumed = read_assumptions(package, words, assuming, layer, {**known, **rows})
    layer = joined(layer, assumed.joins)
    for name in assumed.windows:
        rows.setdefault(name, known.get(name, {}))
    for row in assumed.rows:
        rows[str(row["figure_id"])] = row
        assumed.sentences.append(
            f'{row["figure_id"]} ("{row["exact"] or row["value"]}") is assumed'
        )
    claims = {}
    for name, row in rows.items():
        claim = claim_of(row, words).read_as(assumed.windows.get(name))
        claims[name] = claim._replace(layer=joined(claim.layer, assumed.joins))
    first, after = start.toordinal(), end.toordinal() + 1
    return Question(layer, first, after, claims, assumed, words, rounded)


def bearing(question: Question) -> list[Bound]:
    """The limits that may bear on a count, through what they count and overlapping periods."""
    words = question.words
    family = words.family(question.layer)
    bounds = bounds_of(question.claims.values(), question.rounded)
    for bound in question.assumed.bounds:
        layer = joined(bound.layer, question.assumed.joins)
        if words.family(layer) != family:
            what, asked_for = words.title_within(layer), words.title_within(question.layer)
            raise ComparisonError(
                f"A limit on {what} says nothing about {asked_for}. Leave it out."
            )
        bounds.append(bound._replace(layer=layer))
    asked = Bound("", *question.target, True, 0)
    alike = [bound for bound in bounds if words.family(bound.layer) == family]
    near = next(group for group in clusters([*alike, asked]) if asked in group)
    near.remove(asked)
    return near


def _known(layer: Layer, words: Vocabulary, package: Package) -> None:
    """Raises UnknownNameError for a measure, population or area that does not exist."""
    measure, population, area = layer
    counted = [name for name, row in words.measures.items() if row["kind"] == FLOW]
    if not isinstance(measure, str) or measure not in counted:
        raise UnknownNameError("measure that is counted over time", measure, counted)
    if not isinstance(population, str) or population not in words.populations:
        raise UnknownNameError("population", population, words.populations)
    areas = package.listed_values("figures", "area")
    if area not in areas:
        raise UnknownNameError("area", area, areas)


def _pair(period: Any) -> tuple[datetime.date, datetime.date]:
    """A pair of days, each a day or text."""
    if not isinstance(period, tuple) or len(period) != 2:
        raise ComparisonError(
            'Give a period as text, such as "2023-04-01/2023-05-16", or as a pair of days, not as '
            f"{period!r:.60}."
        )
    days = []
    for at, day in enumerate(period):
        if day != day:
            raise ComparisonError("A period needs two days, and one is missing. Give both.")
        if isinstance(day, datetime.datetime):
            days.append(day.date())
        elif isinstance(day, datetime.date):
            days.append(day)
        elif isinstance(day, str):
            days.append(closed_period(day)[at])
        else:
            raise ComparisonError(
                f"Give each end of a period as a day, such as 2023-05-16, not as {day!r:.60}."
            )
    if days[0] > days[1]:
        raise ComparisonError(
            f"The period ends ({days[1]}) before it begins ({days[0]}). Give the first day first."
        )
    return days[0], days[1]
