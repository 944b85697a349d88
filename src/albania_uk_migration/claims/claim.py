"""A figure as a claim: what it counts, its interval, its window, and what we assume about it."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple

from ..reading.amounts import step_of
from ..wording import number_in_words
from .intervals import Interval
from .vocabulary import SELF_DECLARED, Layer, Vocabulary
from .windows import Window

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..tables.cells import Row


# The statuses of things that have been counted, not planned or projected.
COUNTED = ("actual", "provisional")


class Bound(NamedTuple):
    """A lower or an upper limit that a figure or an assumption sets on a count.

    `start` is the first day, `end` the day after the last one, both as proleptic ordinals.
    """

    name: str
    layer: Layer
    start: int
    end: int
    least: bool
    number: int

    def __str__(self) -> str:
        return f"{self.name}: {'at least' if self.least else 'at most'} {self.number:,}"


class Claim(NamedTuple):
    """What a figure claims, by the keys that decide which figures it can be compared with."""

    name: str
    row: Row
    kind: str
    layer: Layer
    # What the words prove, with the sign of a change; then the same, widened by half a printed
    # step.
    interval: Interval
    rounded: Interval
    # The interval in whole numbers, for counts: above 110 is at least 111.
    allowed: Interval
    # The printed number, with its sign; None for a range.
    printed: Fraction | None
    window: Window
    base: Window
    # Equal for figures whose period comes from the same words of one document.
    words: tuple[Any, ...] | None
    days: tuple[Any, ...]

    @property
    def measure(self) -> str:
        """What is measured."""
        return self.layer[0]

    @property
    def counted(self) -> bool:
        """Whether the figure says what has been counted, not what is planned or projected."""
        return self.row["status"] in COUNTED

    @property
    def first(self) -> str:
        """The figure that first made this claim: this one, or the one it repeats."""
        return str(self.row["repeats"] or self.name)

    def same_window(self, other: Claim) -> bool:
        """Whether the two certainly mean the same days."""
        if self.words is not None and self.words == other.words:
            return True
        if self.window.certain:
            return self.window == other.window
        return (
            self.first == other.first and self.days == other.days and self.window.outer is not None
        )

    def read_as(self, window: Window | None) -> Claim:
        """The claim with the window that is assumed for it, if any."""
        if window is None:
            return self
        return self._replace(window=window, row={**self.row, "period_basis": "stated"}, words=None)

    def __str__(self) -> str:
        return f'{self.name} ("{self.row["exact"]}")'


def claim_of(row: Row, words: Vocabulary) -> Claim:
    """A typed row of the figures table as a claim."""
    measure = str(row["measure"])
    kind = str(words.measures[measure]["kind"]) if measure in words.measures else ""
    population = row["population"] or ""
    if row["population_basis"] == "self_declared" and len(words.holders(population)) > 1:
        population += SELF_DECLARED
    interval = Interval(
        None if row["lower"] is None else Fraction(row["lower"]),
        None if row["upper"] is None else Fraction(row["upper"]),
        row["comparator"] == "more_than",
        row["comparator"] == "less_than",
    )
    whole = row["unit"] in ("persons", "items")
    printed = None if row["value"] is None else Fraction(row["value"])
    rounded = interval
    if row["comparator"] in ("exactly", "between"):
        rounded = interval.widened(half_step(row))
    allowed = interval.in_whole_numbers() if whole else interval
    rounded = rounded.in_whole_numbers() if whole else rounded
    if row["direction"] == "decrease" and row["unit"] == "percent":
        allowed = allowed.negative()
        interval, rounded = interval.negative(), rounded.negative()
        printed = None if printed is None else -printed
    window = Window.of(row)
    phrase = None
    if row["period_at"] is not None:
        phrase = (row["document_id"], row["period_at"], row["period_exact"], row["period"], *window)
    base = Window(
        row["base_period_start"],
        row["base_period_start"],
        row["base_period_end"],
        row["base_period_end"],
    )
    days = (row["period"], *window)
    layer = (measure, population, row["area"] or "")
    return Claim(
        str(row["figure_id"]),
        row,
        kind,
        layer,
        interval,
        rounded,
        allowed,
        printed,
        window,
        base,
        phrase,
        days,
    )


def half_step(row: Row) -> Fraction:
    """Half the place value of the last digit that is not zero; 0 for ranks and whole counts."""
    printed = [row[name] for name in ("value", "lower", "upper") if row[name] is not None]
    if not printed or row["unit"] in ("rank", "items"):
        return Fraction(0)
    # In a range the finer end decides; a zero has no digit other than zero.
    steps = [Fraction(step_of(str(number))) for number in printed if number]
    step = min(steps, default=Fraction(1))
    return Fraction(0) if step <= 1 and row["unit"] == "persons" else step / 2


_STEPS = {
    1: "whole number",
    10: "ten",
    100: "hundred",
    1000: "thousand",
    10_000: "ten thousand",
    100_000: "hundred thousand",
    1_000_000: "million",
    1_000_000_000: "billion",
}


def assumed_of(claim: Claim, words: Vocabulary | None = None, rounded: bool = True) -> list[str]:
    """What we take for granted about a figure, as sentences without a full stop.

    That is what we infer, what the words leave open, and what may still change. With `words` the
    sentences name the people counted. Without `rounded` a bare number is exact, and the list says
    so too.

    >>> from albania_uk_migration.tables.package import shipped
    >>> from albania_uk_migration.claims.given import figure_row
    >>> from albania_uk_migration.claims.vocabulary import vocabulary
    >>> words = vocabulary(shipped())
    >>> for text in assumed_of(claim_of(figure_row(shipped(), "F034"), words), words):
    ...     print(text)
    We take it to be about Albanians, which the text does not say outright
    The words allow several readings of the period: 1 October 2022 to 17 May 2023 at the widest
    """
    row, found = claim.row, []
    if row["population_basis"] == "self_declared":
        found.append("Nationality is as people declare it themselves")
    elif row["population_basis"] == "inferred":
        people = "certain people" if words is None else words.population_title(claim.layer[1])
        found.append(f"We take it to be about {people}, which the text does not say outright")
    if not claim.window.certain and claim.window != Window():
        found.append(_OPEN[row["period_basis"]].format(name="period", days=claim.window))
    elif row["period_basis"] in _CERTAIN:
        found.append(_CERTAIN[row["period_basis"]].format(name="period", days=claim.window))
    if row["base_period_basis"] in _CERTAIN and claim.base != Window():
        found.append(_CERTAIN[row["base_period_basis"]].format(name="base period", days=claim.base))
    if row["status"] == "provisional":
        found.append("The count is provisional")
    if not rounded and row["comparator"] == "exactly" and claim.interval != claim.rounded:
        step = Fraction(2 * half_step(row))
        printed = _STEPS.get(int(step)) if step.denominator == 1 else None
        found.append(
            f"We take the number to be exactly {number_in_words(claim.printed or Fraction(0))}, "
            f"although it may be rounded to the nearest {printed or number_in_words(step, 3)}"
        )
    return found


# How we know a period, in words: first for one with both ends certain, then for any other.
_CERTAIN = {
    "inferred": "We infer that the {name} is {days}",
    "external": "The {name}, {days}, is known from outside the document",
    "ambiguous": "We take the {name} to be {days}, although the words allow other readings",
}
_OPEN = {
    "stated": "The {name} is {days}",
    "inferred": "We infer that the {name} is {days}",
    "external": "The {name} is {days}, which we know from outside the document",
    "ambiguous": "The words allow several readings of the {name}: {days}",
    "unstated": "The text does not state the {name}, which is {days}",
}


def taken_for_granted(
    claim: Claim, words: Vocabulary | None = None, rounded: bool = True
) -> list[str]:
    """The sentences of `assumed_of`, each after the name of the figure."""
    texts = assumed_of(claim, words, rounded)
    return [f"{claim.name}: {text[0].lower()}{text[1:]}" for text in texts]


def assumed_of_all(claims: Iterable[Claim], words: Vocabulary) -> tuple[str, ...]:
    """What we take for granted about some figures, each sentence once."""
    texts = (text for claim in claims for text in taken_for_granted(claim, words))
    return tuple(dict.fromkeys(texts))


def claims_of(rows: Iterable[Row], words: Vocabulary) -> list[Claim]:
    """Rows of figures as claims."""
    return [claim_of(row, words) for row in rows]
