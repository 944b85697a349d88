"""A figure as what it claims: the keys, the interval and the window by which it is compared.

A `Claim` is a row of the figures table read once, with what its measure and population say of it.
`Vocabulary` knows which measures are parts of which, and which populations hold which.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple, Union

from .errors import ComparisonError, UnknownNameError, ValidationError
from .intervals import Interval, Window
from .reading.amounts import step_of
from .tables.access import records
from .tables.package import package
from .wording import number_in_words

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    import pandas

    from .tables.cells import Row

# A figure: its identifier, or a row of the columns of the figures table.
GivenFigure = Union[str, Mapping[str, Any], "pandas.Series[Any]"]
# Figures: a frame, or a collection of any of those.
GivenFigures = Union["pandas.DataFrame", Iterable[GivenFigure]]

# What is counted: measure, population, area. People counted by the nationality they declare
# themselves are a population of their own.
Layer = tuple[str, str, str]
SELF_DECLARED = " (self-declared)"
# Statuses of what has been counted, as against planned or projected.
COUNTED = ("actual", "provisional")
# Kinds of measures whose counts add over time.
FLOW = "flow"


# ---------------------------------------------------------------- measures and populations


class Vocabulary:
    """How measures and populations hang together; rows of their tables by name."""

    def __init__(self, measures: dict[str, Row], populations: dict[str, Row]) -> None:
        self.measures = measures
        self.populations = populations
        self._above: dict[tuple[str, str], tuple[str, ...]] = {}

    def _chain(self, table: dict[str, Row], column: str, name: str) -> tuple[str, ...]:
        """The name and all that it lies in, outwards; a loop ends it."""
        known = self._above.get((column, name))
        if known is None:
            chain = [name]
            while (after := table.get(chain[-1], {}).get(column)) and after not in chain:
                chain.append(after)
            known = self._above[column, name] = tuple(chain)
        return known

    def wholes(self, measure: str) -> tuple[str, ...]:
        """The measure and those that it is part of, outwards."""
        return self._chain(self.measures, "part_of", measure)

    def holders(self, population: str) -> tuple[str, ...]:
        """The population and those that hold it, outwards.

        Those who declare a nationality lie within those who declare a wider one, and among all.
        """
        plain = population.removesuffix(SELF_DECLARED)
        holders = self._chain(self.populations, "within", plain)
        if plain == population:
            return holders
        if len(holders) == 1:
            return (population, plain)
        # Whoever declares what, all are among those of the last, which is of every nationality.
        return (*(f"{holder}{SELF_DECLARED}" for holder in holders[:-1]), holders[-1])

    def above(self, layer: Layer) -> list[Layer]:
        """The layer and every layer that holds all it counts."""
        measure, population, area = layer
        return [(m, p, area) for p in self.holders(population) for m in self.wholes(measure)]

    def family(self, layer: Layer) -> Layer:
        """What a layer is a part of in the end: those of other families say nothing about it."""
        return self.wholes(layer[0])[-1], self.holders(layer[1])[-1], layer[2]

    def partitions(self, measure: str) -> dict[str, list[str]]:
        """The exhaustive splits of a measure: name of the split to its parts."""
        splits: dict[str, list[str]] = {}
        for name, row in self.measures.items():
            if row["part_of"] == measure and row["partition"]:
                splits.setdefault(row["partition"], []).append(name)
        return splits

    def population_title(self, population: str) -> str:
        """What a population is called."""
        plain = population.removesuffix(SELF_DECLARED)
        title = str(self.populations.get(plain, {}).get("title") or plain)
        if plain == "all":
            title = title.lower()
        return title if plain == population else f"{title} as they declare themselves"

    def title(self, layer: Layer) -> str:
        """What a layer counts, in words."""
        measure, population, area = layer
        whom = f" of {self.population_title(population)}" if population else ""
        return f"{self.measure_title(measure)}{whom}{f' ({area})' if area else ''}"

    def measure_title(self, measure: str) -> str:
        """What a measure is called."""
        return str(self.measures.get(measure, {}).get("title") or measure)


def vocabulary() -> Vocabulary:
    """The measures and populations of the shipped tables."""
    return Vocabulary(
        {str(row["measure"]): row for row in records("measures")},
        {str(row["population"]): row for row in records("populations")},
    )


# ---------------------------------------------------------------- assumptions that join measures


class Join(NamedTuple):
    """A named assumption under which two definitions count the same."""

    sentence: str
    # Measure and population (None: any), and what they are then taken for.
    layers: dict[tuple[str, str | None], tuple[str, str | None]]


JOINS = {
    "removals_are_returns": Join(
        "the people called removed are those called returned, enforced and voluntary together",
        {("removals", None): ("returns", None)},
    ),
    "returns_to_albania_are_returns_of_albanians": Join(
        "those returned to Albania are Albanians, and Albanians are returned to Albania alone",
        {("returns_to_albania", None): ("returns", "albanian")},
    ),
    "self_declared_is_recorded": Join(
        "those who declare a nationality are those recorded as having it",
        {},
    ),
}


def joined(layer: Layer, joins: Iterable[str]) -> Layer:
    """A layer as it is taken under named assumptions."""
    measure, population, area = layer
    for name in joins:
        if name == "self_declared_is_recorded":
            population = population.removesuffix(SELF_DECLARED)
        layers = JOINS[name].layers
        for key in ((measure, population), (measure, None)):
            if key in layers:
                measure, taken = layers[key]
                population = population if taken is None else taken
    return measure, population, area


# ---------------------------------------------------------------- figures


class Bound(NamedTuple):
    """One side of what a figure or an assumption says of a count over some days.

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
    """What a figure claims, by the keys that decide what it can be compared with."""

    name: str
    row: Row
    kind: str
    layer: Layer
    # What the words prove, with the sign of a change; the same within half a printed step.
    interval: Interval
    rounded: Interval
    # The same as the interval, of counts in whole numbers: above 110 is at least 111.
    allowed: Interval
    # The printed number, with its sign; None for a range.
    printed: Fraction | None
    window: Window
    base: Window
    # Equal for figures whose period is given by the very same words of one document.
    words: tuple[Any, ...] | None
    days: tuple[Any, ...]

    @property
    def measure(self) -> str:
        """What is measured."""
        return self.layer[0]

    @property
    def counted(self) -> bool:
        """Whether it tells of what has been counted."""
        return self.row["status"] in COUNTED

    @property
    def first(self) -> str:
        """The figure that first made this claim: itself, or the one it repeats."""
        return str(self.row["repeats"] or self.name)

    def same_window(self, other: Claim) -> bool:
        """Whether both certainly mean the same days."""
        if self.words is not None and self.words == other.words:
            return True
        if self.window.certain:
            return self.window == other.window
        return (
            self.first == other.first and self.days == other.days and self.window.outer is not None
        )

    def read_as(self, window: Window | None) -> Claim:
        """The claim with a window that is assumed for it, if one is."""
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
        rounded = interval.widened(_half_step(row))
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


def _half_step(row: Row) -> Fraction:
    """Half the place of the last digit that is printed; none for ranks and whole counts."""
    printed = [row[name] for name in ("value", "lower", "upper") if row[name] is not None]
    if not printed or row["unit"] in ("rank", "items"):
        return Fraction(0)
    # Of a range, the finer of the two ends decides; a zero has no digit that is not zero.
    steps = [Fraction(step_of(str(number))) for number in printed if number]
    step = min(steps, default=Fraction(1))
    return Fraction(0) if step <= 1 and row["unit"] == "persons" else step / 2


_STEPS = {
    10: "ten",
    100: "hundred",
    1000: "thousand",
    10_000: "ten thousand",
    100_000: "hundred thousand",
    1_000_000: "million",
}


def taken_for_granted(claim: Claim, rounded: bool = True) -> list[str]:
    """What a figure rests on beside its words: what is inferred, ambiguous, or not known.

    Without `rounded` a bare number counts as printed to the unit, and that is told too.
    """
    row, told = claim.row, []
    if row["population_basis"] == "self_declared":
        told.append("nationality as people declare it")
    elif row["population_basis"] == "inferred":
        told.append(f"the population, {row['population']}, is inferred")
    if not claim.window.certain and claim.window != Window():
        told.append(f"the period is {claim.window} ({row['period_basis']})")
    elif row["period_basis"] in _ARGUED:
        told.append(f"the period, {claim.window}, is {_ARGUED[row['period_basis']]}")
    if row["base_period_basis"] in _ARGUED and claim.base != Window():
        told.append(f"the base, {claim.base}, is {_ARGUED[row['base_period_basis']]}")
    if row["status"] == "provisional":
        told.append("the count is provisional")
    if not rounded and row["comparator"] == "exactly" and claim.interval != claim.rounded:
        step = int(2 * _half_step(row))
        number = number_in_words(claim.printed or Fraction(0))
        printed = f"it is printed to the {_STEPS.get(step, f'{step:,}')}"
        told.append(f"the number is taken for exactly {number}, though {printed}")
    return [f"{claim.name}: {text}" for text in told]


_ARGUED = {
    "inferred": "inferred",
    "external": "known from outside the document",
    "ambiguous": "one of several readings",
}

_TYPE = "cells_have_their_type"
# The days of a window, none of which lies before the one named before it.
_LADDER = ("period_start", "period_start_latest", "period_end_earliest", "period_end")

# Columns without which a row says nothing that can be compared; all others may be missing.
NEEDED = ("figure_id", "measure", "comparator", "unit")


def figure_rows(given: GivenFigures | None) -> list[Row]:
    """Typed rows of figures: all that are shipped, or those given as identifiers, rows or a frame.

    Raises UnknownNameError for an identifier that does not exist, ValidationError for cells that
    are not of the type of their column and for rows that lack what is needed to compare them.
    """
    if given is None:
        return records("figures")
    if isinstance(given, str):
        return [figure_row(given)]
    frame: Any = given
    listed: Sequence[Any]
    if isinstance(frame, Mapping) or (hasattr(frame, "to_dict") and hasattr(frame, "index")):
        frame = frame if hasattr(frame, "columns") else [frame]
    if hasattr(frame, "to_dict") and hasattr(frame, "columns"):
        listed = frame.to_dict("records")
    elif not isinstance(frame, Iterable):
        raise ComparisonError(f"give figures as identifiers, rows or a frame; found {given!r:.60}")
    else:
        listed = list(frame)
    known = {str(row["measure"]) for row in records("measures")}
    rows = [figure_row(figure, known) for figure in listed]
    seen: set[str] = set()
    for row in rows:
        name = str(row["figure_id"])
        if name in seen:
            raise ComparisonError(
                f"figure {name} is given twice; give each an identifier of its own"
            )
        seen.add(name)
    return rows


def figure_row(figure: GivenFigure, measures: Collection[str] | None = None) -> Row:
    """One figure by its identifier, or a row of it, with a cell for each column of the table.

    `measures` are those that are known, where they have been looked up.
    """
    if isinstance(figure, str):
        return _shipped(figure)
    from .rules.validate import typed_cell

    cells: Any = figure
    if hasattr(cells, "columns") and len(cells) == 1:
        cells = cells.to_dict("records")[0]
    if hasattr(cells, "columns") or not hasattr(cells, "get"):
        raise ComparisonError(f"a figure is an identifier or a row of it; found {figure!r:.60}")
    row: Row = {}
    faults = []
    for field in package().fields("figures"):
        name = field["name"]
        value = cells.get(name)
        try:
            row[name] = typed_cell(value, field["type"])
        except ValueError:
            row[name] = None
            faults.append((name, value, _TYPE, f"is not of type {field['type']}"))
        if row[name] is None and name in NEEDED and not faults:
            missing = "is missing, but nothing can be compared without it"
            faults.append((name, None, "cells_keep_their_constraints", missing))
    ladder = [(name, row[name]) for name in _LADDER if row[name] is not None]
    if None not in (row["lower"], row["upper"]) and row["lower"] > row["upper"]:
        lies = f"lies below lower {row['lower']}"
        faults.append(("upper", row["upper"], "bounds_follow_from_comparator", lies))
    for (name, day), (after, later) in itertools.pairwise(ladder):
        if day > later:
            faults.append((after, later, "windows_are_in_order", f"lies before {name} {day}"))
    if faults:
        empty = {"row": 1, "line": None, "key": row["figure_id"]}
        listed = [
            {**empty, "column": name, "value": None if value is None else str(value)}
            | {"rule": rule, "message": message}
            for name, value, rule, message in faults
        ]
        raise ValidationError("the figure given", "figures", listed)
    if measures is None:
        measures = {str(known["measure"]) for known in records("measures")}
    if row["measure"] not in measures:
        raise UnknownNameError("measure", row["measure"], sorted(measures))
    return row


def _shipped(name: str) -> Row:
    rows = {str(row["figure_id"]): row for row in records("figures")}
    if name not in rows:
        raise UnknownNameError("figure", name, rows)
    return rows[name]


def claims_of(rows: Iterable[Row], words: Vocabulary) -> list[Claim]:
    """Rows of figures as claims."""
    return [claim_of(row, words) for row in rows]
