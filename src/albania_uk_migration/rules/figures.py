"""Rules for figures and measures: bounds, words, units, directions, ranks and repeats."""

from __future__ import annotations

import datetime
import functools
import re
from decimal import Decimal
from typing import TYPE_CHECKING

from ..errors import Fault, QuantityError
from ..reading.quantities import direction_near, parse_quantity
from .cells import _faults, given
from .spans import CLAIMED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ..reading.places import Quantity
    from ..tables.cells import Cell, Row
    from ..tables.package import Package

_ONLY = re.compile(r"\b(?:only|sole)\b", re.IGNORECASE)


def bounds_follow_from_comparator(package: Package) -> Iterator[Fault]:
    """Lower and upper follow from value and comparator or, for a range, are its two ends."""
    fault = _faults(package, "figures", bounds_follow_from_comparator)
    proves_lower = {"exactly", "more_than", "at_least"}
    proves_upper = {"exactly", "less_than", "at_most"}
    for row in package.rows("figures"):
        value, comparator = row["value"], row["comparator"]
        lower, upper = row["lower"], row["upper"]
        if comparator == "between":
            if value is not None:
                message = f"value is {value}, but a range has no single value"
                yield fault(row, ("value", "comparator"), message)
            for name in ("lower", "upper"):
                if row[name] is None:
                    message = f"{name} is empty, but a range has both ends"
                    yield fault(row, (name, "comparator"), message)
            if lower is not None and upper is not None and lower >= upper:
                yield fault(row, ("lower", "upper"), f"upper {upper} is not above lower {lower}")
            continue
        if comparator not in _COMPARATORS:
            continue
        if value is None:
            message = f"value is empty, but the comparator is {comparator}"
            yield fault(row, ("value", "comparator"), message)
        expected = {
            "lower": value if comparator in proves_lower else None,
            "upper": value if comparator in proves_upper else None,
        }
        wrong = [name for name, bound in expected.items() if row[name] != bound]
        if wrong:
            found = " and ".join(f"{name} {_or_none(row[name])}" for name in wrong)
            proved = " and ".join(f"{name} {_or_none(expected[name])}" for name in wrong)
            message = f"{comparator} {value} proves {proved}; found {found}"
            yield fault(row, (*wrong, "value", "comparator"), message)


_COMPARATORS = ("exactly", "about", "more_than", "at_least", "less_than", "at_most")
_UNIT_CLASSES = {"persons": "count", "items": "count", "GBP": "currency"}


def _read_words(exact: str) -> Quantity | QuantityError:
    """The words of a figure as `parse_quantity` reads them, or why it cannot."""
    try:
        return parse_quantity(exact)
    except QuantityError as error:
        return error


# Several rules ask, so we read the words once.
_read = functools.lru_cache(maxsize=1024)(_read_words)


def read_differently(row: Row) -> Iterator[tuple[str, Cell, Cell]]:
    """Column, cell and reading wherever `parse_quantity` reads `exact` differently.

    Raises QuantityError if it cannot read the words at all.
    """
    read = _read(str(row["exact"]))
    if isinstance(read, QuantityError):
        raise QuantityError(*read.args)
    yield from differences(row, read)


def differences(row: Row, quantity: Quantity) -> Iterator[tuple[str, Cell, Cell]]:
    """Column, cell and reading wherever a quantity differs from its row.

    A table gives parts of a whole ("a third", "one in four") in percent, to any number of decimals.
    """
    expected = _UNIT_CLASSES.get(str(row["unit"]), str(row["unit"]))
    in_percent = expected == "percent" and quantity.unit_class == "ratio"
    for column in ("value", "comparator", "lower", "upper"):
        read = getattr(quantity, column)
        if in_percent and isinstance(read, Decimal):
            read = _rounded_as(row[column], read * 100)
        if row[column] != read:
            yield column, row[column], read
    if expected != quantity.unit_class and not in_percent:
        yield "unit", row["unit"], quantity.unit_class
    elif quantity.unit_class == "currency" and quantity.unit != row["unit"]:
        yield "unit", row["unit"], quantity.unit
    if quantity.direction and row["direction"] != quantity.direction:
        yield "direction", row["direction"], quantity.direction


def _rounded_as(cell: Cell, number: Decimal) -> Decimal:
    """A number rounded to as many decimals as a cell has."""
    places = cell.as_tuple().exponent if isinstance(cell, Decimal) else None
    return round(number, max(0, -places)) if isinstance(places, int) else number


def worded_direction(row: Row) -> str | None:
    """The direction of the number itself ("doubled"), or of the word nearest to it."""
    read = _read(str(row["exact"]))
    direction = None if isinstance(read, QuantityError) else read.direction
    if direction or None in (row["start_char"], row["quote_start"], row["quote"]):
        return direction
    quote, exact = row["quote"], str(row["exact"])
    at = max(0, row["start_char"] - row["quote_start"])
    # A hedge is not a direction: "up to 55% lower".
    return direction_near(quote[:at] + " " * len(exact) + quote[at + len(exact) :], at)


def words_say_the_number(package: Package) -> Iterator[Fault]:
    """If exact can be read, value, comparator, bounds, unit and direction match it."""
    fault = _faults(package, "figures", words_say_the_number)
    for row in package.rows("figures"):
        try:
            for column, found, read in read_differently(row):
                message = f'is {_or_none(found)}, but "{row["exact"]}" reads as {_or_none(read)}'
                yield fault(row, (column, "exact"), f"{column} {message}")
        except QuantityError:
            pass
        worded = None if row["direction"] is None else worded_direction(row)
        if worded and worded != row["direction"]:
            message = f"direction is {given(row['direction'])}, but the quotation words {worded}"
            yield fault(row, ("direction", "quote"), message)


def _or_none(cell: Cell) -> str:
    return "none" if cell is None else str(cell)


def _measures(package: Package) -> dict[Cell, Row]:
    return {row["measure"]: row for row in package.rows("measures")}


def _with_measures(package: Package) -> Iterator[tuple[Row, Row]]:
    """Each figure with its measure, if the measure exists."""
    measures = _measures(package)
    for row in package.rows("figures"):
        if row["measure"] in measures:
            yield row, measures[row["measure"]]


def unit_is_the_measures(package: Package) -> Iterator[Fault]:
    """The unit of a figure is the unit of its measure."""
    fault = _faults(package, "figures", unit_is_the_measures)
    for row, measure in _with_measures(package):
        if row["unit"] != measure["unit"]:
            yield fault(
                row,
                ("unit", "measure"),
                f"unit is {row['unit']}, but measure {row['measure']} counts {measure['unit']}",
            )


def only_changes_have_direction_and_base(package: Package) -> Iterator[Fault]:
    """A change, and only a change, has a direction and a basis for its base period."""
    fault = _faults(package, "figures", only_changes_have_direction_and_base)
    for row, measure in _with_measures(package):
        change = measure["kind"] == "change"
        for column in ("direction", "base_period_basis"):
            if (row[column] is not None) != change:
                is_a = "is a change" if change else f"is a {measure['kind']}, not a change"
                message = f"{column} is {given(row[column])}, but measure {row['measure']} {is_a}"
                yield fault(row, (column, "measure"), message)
        if row["base_period"] is not None and not change:
            yield fault(row, "base_period", f"is given, but {row['measure']} is not a change")


def only_ranks_have_rank_among(package: Package) -> Iterator[Fault]:
    """A rank has value 1, and says what it is among and whether it is the only one.

    Nothing else has rank_among or sole. Sole is true if the words say "only" or "sole".
    """
    fault = _faults(package, "figures", only_ranks_have_rank_among)
    for row, measure in _with_measures(package):
        rank = measure["kind"] == "rank"
        if (row["rank_among"] is not None) != rank:
            yield fault(
                row, "rank_among", f"is {given(row['rank_among'])}, measure {row['measure']}"
            )
        sole = bool(_ONLY.search(row["exact"])) if rank else None
        if row["sole"] != sole:
            of = "the words" if rank else f"measure {row['measure']}"
            message = f"sole is {given(row['sole'])}, but by {of} it is {given(sole)}"
            yield fault(row, ("sole", "exact"), message)
        if rank and row["value"] != 1:
            yield fault(row, "value", f"is {row['value']}, but a rank can claim only first place")


def population_has_its_basis(package: Package) -> Iterator[Fault]:
    """Population and its basis are given together, and always if people are counted."""
    fault = _faults(package, "figures", population_has_its_basis)
    for row in package.rows("figures"):
        if (row["population"] is None) != (row["population_basis"] is None):
            yield fault(row, "population_basis", "population and its basis go together")
        if row["population"] is None and row["unit"] == "persons":
            yield fault(row, "population", "is empty, but the figure counts people")


def own_voice_is_the_documents_voice(package: Package) -> Iterator[Fault]:
    """A document's voice is the claimant of what it says in its own voice, and of nothing else."""
    voices = {row["document_id"]: row["voice_id"] for row in package.rows("documents")}
    for table in CLAIMED:
        fault = _faults(package, table, own_voice_is_the_documents_voice)
        for row in package.rows(table):
            voice = voices.get(row["document_id"])
            if voice and (row["claimant_basis"] == "own_voice") != (row["claimant_id"] == voice):
                yield fault(
                    row,
                    ("claimant_id", "claimant_basis"),
                    f"claimant is {row['claimant_id']} on the basis {row['claimant_basis']}; "
                    f"the voice of {row['document_id']} is {voice}",
                )


# What two figures must share, besides overlapping windows, if one repeats the other.
CLAIM_COLUMNS = (
    *("claimant_id", "measure", "population", "area", "value", "comparator", "lower", "upper"),
    *("direction", "base_period", "rank_among", "sole"),
)


def windows_meet(one: Row, other: Row) -> bool:
    """Whether the outermost windows of two figures overlap; an empty window never does."""
    if one["period"] is None or other["period"] is None:
        return False
    first, last = datetime.date.min, datetime.date.max
    starts = (one["period_start"] or first, other["period_start"] or first)
    ends = (one["period_end"] or last, other["period_end"] or last)
    return max(starts) <= min(ends)


def first_repeated(figures: Iterable[Row]) -> Iterator[tuple[Row, str | None]]:
    """For each figure, the first earlier one with the same claim and an overlapping window."""
    alike: dict[tuple[Cell, ...], list[Row]] = {}
    for row in figures:
        earlier = alike.setdefault(tuple(row[column] for column in CLAIM_COLUMNS), [])
        first = next((other for other in earlier if windows_meet(other, row)), None)
        yield row, None if first is None else str(first["figure_id"])
        if row["period"] is not None:
            earlier.append(row)


def repeats_name_the_first(package: Package) -> Iterator[Fault]:
    """repeats names the first earlier figure with the same claim and an overlapping window."""
    fault = _faults(package, "figures", repeats_name_the_first)
    for row, expected in first_repeated(package.rows("figures")):
        if row["repeats"] != expected:
            yield fault(
                row,
                "repeats",
                f"is {given(row['repeats'])}, but the first figure with the same claim is "
                f"{given(expected)}"
                if expected
                else f"says it repeats {row['repeats']}, but no earlier figure claims the same",
            )


def measures_hang_together(package: Package) -> Iterator[Fault]:
    """The unit fits the kind, a part has its whole's unit, and a change says what changes."""
    fault = _faults(package, "measures", measures_hang_together)
    measures = _measures(package)
    for row in package.rows("measures"):
        if row["kind"] in UNITS and row["unit"] not in UNITS[row["kind"]]:
            yield fault(row, ("kind", "unit"), f"unit is {row['unit']}, kind is {row['kind']}")
        whole = measures.get(row["part_of"])
        if row["partition"] is not None and row["part_of"] is None:
            yield fault(row, "partition", "is given, but part_of is empty")
        if row["part_of"] is not None and whole and whole["unit"] != row["unit"]:
            yield fault(row, "unit", f"is {row['unit']}, but {row['part_of']} has {whole['unit']}")
        if row["kind"] == "change" and row["of"] is None:
            yield fault(row, "of", "is empty, but a change needs the measure that changed")
        if row["share_of"] is not None and row["kind"] != "share":
            yield fault(row, "share_of", f"is given, but the kind is {row['kind']}")


# The units each kind of measure can have.
UNITS = {
    "flow": {"persons"},
    "stock": {"persons"},
    "share": {"percent"},
    "change": {"percent", "times"},
    "ratio": {"percent", "times"},
    "rank": {"rank"},
    "money": {"GBP"},
    "items": {"items"},
}
