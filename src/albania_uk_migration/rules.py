"""Rules over the typed rows: cells, keys, and what one column forces upon another.

Each rule is a function that takes the package of tables and yields a `Fault` for each cell
that breaks it; its docstring says the rule in a sentence. No pandas, no documents: what
needs the documents stands in `provenance`.
"""

from __future__ import annotations

import datetime
import functools
import itertools
import re
from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from .errors import EdtfError, Fault, QuantityError
from .reading.quantities import direction_near, parse_quantity
from .tables.cells import label
from .tables.edtf import edtf_days

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .reading.places import Quantity
    from .tables.cells import Cell, Row
    from .tables.package import Package


def _faults(package: Package, table: str, rule: str) -> Callable[[Row, str, str], Fault]:
    key = package.key(table)
    numbers: dict[int, int] = {}

    def fault(row: Row, column: str, message: str) -> Fault:
        if not numbers:
            numbers.update({id(r): n for n, r in enumerate(package.rows(table), start=1)})
        return Fault(table, label(row, key), column, rule, message, numbers.get(id(row), 0))

    return fault


# ---------------------------------------------------------------- cells


def cells_keep_their_constraints(package: Package) -> Iterator[Fault]:
    """Each cell is given if required, and of the listed values, pattern, range and length."""
    for table in package.resources:
        fault = _faults(package, table, "cells_keep_their_constraints")
        for field in package.fields(table):
            name, constraints = field["name"], field.get("constraints", {})
            required = constraints.get("required")
            form = re.compile(f"(?:{constraints['pattern']})") if "pattern" in constraints else None
            for row in package.rows(table) if constraints else ():
                if (cell := row[name]) is not None:
                    problem = _broken_constraint(cell, constraints, form)
                else:
                    problem = "is empty, but required" if required else None
                if problem:
                    yield fault(row, name, problem)


def _broken_constraint(
    cell: Any, constraints: dict[str, Any], form: re.Pattern[str] | None
) -> str | None:
    """Which of the constraints of its column a cell breaks, if any; `form` is its pattern."""
    if "enum" in constraints and cell not in constraints["enum"]:
        return f'"{_short(cell)}" is none of {", ".join(constraints["enum"])}'
    if form and not form.fullmatch(str(cell)):
        return f'"{_short(cell)}" does not have the form {constraints["pattern"]}'
    if "minimum" in constraints and cell < constraints["minimum"]:
        return f"{cell} is below {constraints['minimum']}"
    if "maximum" in constraints and cell > constraints["maximum"]:
        return f"{cell} is above {constraints['maximum']}"
    if "maxLength" in constraints and len(str(cell)) > constraints["maxLength"]:
        return f"has {len(str(cell))} characters, at most {constraints['maxLength']} are allowed"
    return None


def _short(cell: Cell) -> str:
    """A cell as a message shows it: its first characters."""
    text = str(cell)
    return text if len(text) <= 60 else f"{text[:60]}..."


_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def no_cell_is_a_formula(package: Package) -> Iterator[Fault]:
    """No text begins with a character that makes a spreadsheet run it as a formula."""
    for table in package.resources:
        fault = _faults(package, table, "no_cell_is_a_formula")
        for row in package.rows(table):
            for column, cell in row.items():
                if isinstance(cell, str) and cell.startswith(_FORMULA):
                    yield fault(row, column, f'begins with "{cell[:1]}"')


def keys_are_unique(package: Package) -> Iterator[Fault]:
    """Primary keys are given and unique, so are unique columns and keys; empty is no value."""
    for table in package.resources:
        fault = _faults(package, table, "keys_are_unique")
        primary = package.key(table)
        keys = [primary, *package.resource(table)["schema"].get("uniqueKeys", [])]
        keys += [
            [field["name"]]
            for field in package.fields(table)
            if field.get("constraints", {}).get("unique") and [field["name"]] != primary
        ]
        for key in keys:
            rows = package.rows(table)
            values = list(zip(*([row[column] for row in rows] for column in key), strict=True))
            firsts: dict[tuple[Cell, ...], int] = {}
            repeated: dict[int, int] = {}
            for number, value in enumerate(values, start=1):
                if None in value:
                    if key is primary:
                        message = f"row {number} has no key"
                        yield fault(rows[number - 1], ", ".join(key), message)
                elif (first := firsts.setdefault(value, number)) != number:
                    repeated.setdefault(first, number)
                    message = f"row {number} repeats row {first}"
                    yield fault(rows[number - 1], ", ".join(key), message)
            for first, number in repeated.items():
                message = f"row {first} is repeated by row {number}"
                yield fault(rows[first - 1], ", ".join(key), message)


def references_exist(package: Package) -> Iterator[Fault]:
    """Each foreign key names a row that exists, or is empty."""
    for table in package.resources:
        fault = _faults(package, table, "references_exist")
        for key in package.resource(table)["schema"].get("foreignKeys", []):
            other = key["reference"]["resource"] or table
            known = package.known(other, key["reference"]["fields"])
            for row in package.rows(table):
                value = tuple(row[column] for column in key["fields"])
                if None not in value and value not in known:
                    message = f"there is no {_short(value[0])} in {other}"
                    yield fault(row, ", ".join(key["fields"]), message)


def nothing_is_part_of_itself(package: Package) -> Iterator[Fault]:
    """No row refers to itself, neither directly nor through other rows of its table."""
    for table in package.resources:
        fault = _faults(package, table, "nothing_is_part_of_itself")
        primary = package.key(table)
        for key in package.resource(table)["schema"].get("foreignKeys", []):
            if key["reference"]["resource"] != "" or len(key["fields"]) != 1:
                continue
            (column,) = key["fields"]
            parents = {row[primary[0]]: row[column] for row in package.rows(table)}
            looped = _in_loops(parents)
            for row in package.rows(table):
                if row[column] is not None and row[primary[0]] in looped:
                    yield fault(row, column, f"{row[column]} leads back to {row[primary[0]]}")


def _in_loops(parents: dict[Cell, Cell]) -> set[Cell]:
    """Names from which going from parent to parent leads back to the name itself."""
    looped: set[Cell] = set()
    done: set[Cell] = set()
    for name in parents:
        path: dict[Cell, int] = {}
        at: Cell = name
        while at is not None and at not in done and at not in path:
            path[at] = len(path)
            at = parents.get(at)
        if at is not None and at in path:
            looped.update(list(path)[path[at] :])
        done.update(path)
    return looped


# ---------------------------------------------------------------- dates and windows


def dated_columns(package: Package, table: str) -> list[str]:
    """Columns of a table that hold an EDTF expression with first and last day beside it."""
    types = {field["name"]: field["type"] for field in package.fields(table)}
    return [
        name
        for name in types
        if types.get(f"{name}_start") == "date" and types.get(f"{name}_end") == "date"
    ]


def days_of(row: Row, column: str) -> tuple[datetime.date | None, datetime.date | None]:
    """First and last day of a dated column; a period open as A/.. ends on stated_on_end."""
    expression = row[column]
    if not isinstance(expression, str):
        return None, None
    start, end = edtf_days(expression)
    if column == "period" and expression.endswith("/.."):
        stated = row["stated_on"]
        end = edtf_days(stated)[1] if isinstance(stated, str) else None
    return start, end


def days_follow_from_expressions(package: Package) -> Iterator[Fault]:
    """First and last day beside a date expression are those that the expression allows."""
    for table in package.resources:
        fault = _faults(package, table, "days_follow_from_expressions")
        for column in dated_columns(package, table):
            for row in package.rows(table):
                try:
                    days = days_of(row, column)
                except EdtfError as error:
                    yield fault(row, column, str(error))
                    continue
                for end, day in zip(("start", "end"), days, strict=True):
                    found = row[f"{column}_{end}"]
                    if found != day:
                        message = f'{column}_{end} is {found}, but "{row[column]}" gives {day}'
                        yield fault(row, f"{column}_{end}, {column}", message)


def windows_are_in_order(package: Package) -> Iterator[Fault]:
    """The window certain to be inside lies inside the outermost one; no window runs backwards."""
    fault = _faults(package, "figures", "windows_are_in_order")
    ladder = ("period_start", "period_start_latest", "period_end_earliest", "period_end")
    for row in package.rows("figures"):
        days = [(name, row[name]) for name in ladder if row[name] is not None]
        for (name, day), (after, later) in itertools.pairwise(days):
            if day > later:
                yield fault(row, after, f"{later} lies before {name} {day}")
        if row["period"] is None:
            for name in ladder[1:3]:
                if row[name] is not None:
                    yield fault(row, name, "is given, but period is empty")


def plain_windows_are_certain(package: Package) -> Iterator[Fault]:
    """A year, month or day, and any closed period that is stated, is certain to both its ends."""
    fault = _faults(package, "figures", "plain_windows_are_certain")
    for row in package.rows("figures"):
        expression = row["period"] or "[]"
        point = not set("/[") & set(expression)
        if not point and (row["period_basis"] != "stated" or ".." in expression):
            continue
        for certain, outer in _CERTAIN_ENDS:
            if row[certain] != row[outer]:
                message = f"is {row[certain]}, but {expression} certainly reaches {row[outer]}"
                message += "; what still runs is open: A/.."
                yield fault(row, certain, message)


_CERTAIN_ENDS = (("period_start_latest", "period_start"), ("period_end_earliest", "period_end"))


def empty_dates_are_unstated(package: Package) -> Iterator[Fault]:
    """A date expression is empty exactly where its basis says that nothing is stated."""
    for table in package.resources:
        fault = _faults(package, table, "empty_dates_are_unstated")
        for column in dated_columns(package, table):
            basis = f"{column}_basis"
            for row in package.rows(table):
                if column == "base_period" and row[basis] is None:
                    continue
                if (row[column] is None) != (row[basis] == "unstated"):
                    given = "empty" if row[column] is None else f'"{row[column]}"'
                    found = "empty" if row[basis] is None else f'"{row[basis]}"'
                    yield fault(row, basis, f"is {found}, but {column} is {given}")


# ---------------------------------------------------------------- figures


def bounds_follow_from_comparator(package: Package) -> Iterator[Fault]:
    """Lower and upper are what the comparator proves of value, or, for a range, its two ends."""
    fault = _faults(package, "figures", "bounds_follow_from_comparator")
    proves_lower = {"exactly", "more_than", "at_least"}
    proves_upper = {"exactly", "less_than", "at_most"}
    for row in package.rows("figures"):
        value, comparator = row["value"], row["comparator"]
        lower, upper = row["lower"], row["upper"]
        if comparator == "between":
            if value is not None:
                message = f"value is {value}, but a range has no single value"
                yield fault(row, "value, comparator", message)
            for name in ("lower", "upper"):
                if row[name] is None:
                    message = f"{name} is empty, but a range has both ends"
                    yield fault(row, f"{name}, comparator", message)
            if lower is not None and upper is not None and lower >= upper:
                yield fault(row, "lower, upper", f"upper {upper} is not above lower {lower}")
            continue
        if comparator not in _COMPARATORS:
            continue
        if value is None:
            message = f"value is empty, but the comparator is {comparator}"
            yield fault(row, "value, comparator", message)
        expected = {
            "lower": value if comparator in proves_lower else None,
            "upper": value if comparator in proves_upper else None,
        }
        wrong = [name for name, bound in expected.items() if row[name] != bound]
        if wrong:
            found = " and ".join(f"{name} {_or_none(row[name])}" for name in wrong)
            proved = " and ".join(f"{name} {_or_none(expected[name])}" for name in wrong)
            message = f"{comparator} {value} proves {proved}; found {found}"
            yield fault(row, ", ".join([*wrong, "value", "comparator"]), message)


_COMPARATORS = ("exactly", "about", "more_than", "at_least", "less_than", "at_most")
_UNIT_CLASSES = {"persons": "count", "items": "count", "GBP": "currency"}


# The words of a figure as the reader reads them, once for all the rules that ask.
_read = functools.lru_cache(maxsize=1024)(parse_quantity)


def reading(row: Row) -> Iterator[tuple[str, Cell, Cell]]:
    """Column, found, re-read: where the reader of quantities reads `exact` differently.

    Raises QuantityError where it cannot read it at all.
    """
    yield from differences(row, _read(str(row["exact"])))


def differences(row: Row, quantity: Quantity) -> Iterator[tuple[str, Cell, Cell]]:
    """Column, found, re-read: where a quantity is not what a row says of it.

    A table gives parts of a whole ("a third", "one in four") in percent, to as many places as it
    likes.
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
    """A number to the places of a cell."""
    places = cell.as_tuple().exponent if isinstance(cell, Decimal) else None
    return round(number, max(0, -places)) if isinstance(places, int) else number


def worded_direction(row: Row) -> str | None:
    """Direction that a number itself words ("doubled"), or that the word nearest to it words."""
    try:
        direction = _read(str(row["exact"])).direction
    except QuantityError:
        direction = None
    if direction or None in (row["start_char"], row["quote_start"], row["quote"]):
        return direction
    quote, exact = row["quote"], str(row["exact"])
    at = max(0, row["start_char"] - row["quote_start"])
    # A hedge is no direction: "up to 55% lower".
    return direction_near(quote[:at] + " " * len(exact) + quote[at + len(exact) :], at)


def words_say_the_number(package: Package) -> Iterator[Fault]:
    """Where exact can be read, value, comparator, bounds, unit and direction are what it says."""
    fault = _faults(package, "figures", "words_say_the_number")
    for row in package.rows("figures"):
        try:
            for column, found, read in reading(row):
                message = f'is {_or_none(found)}, but "{row["exact"]}" reads as {_or_none(read)}'
                yield fault(row, f"{column}, exact", f"{column} {message}")
        except QuantityError:
            pass
        worded = worded_direction(row)
        if row["direction"] is not None and worded and worded != row["direction"]:
            message = f"direction is {row['direction']}, but the quotation words {worded}"
            yield fault(row, "direction, quote", message)


def _or_none(cell: Cell) -> str:
    return "none" if cell is None else str(cell)


def _measures(package: Package) -> dict[Cell, Row]:
    return {row["measure"]: row for row in package.rows("measures")}


def unit_is_the_measures(package: Package) -> Iterator[Fault]:
    """The unit of a figure is the unit of its measure."""
    fault = _faults(package, "figures", "unit_is_the_measures")
    measures = _measures(package)
    for row in package.rows("figures"):
        measure = measures.get(row["measure"])
        if measure and row["unit"] != measure["unit"]:
            yield fault(
                row,
                "unit, measure",
                f"unit is {row['unit']}, but measure {row['measure']} counts {measure['unit']}",
            )


def only_changes_have_direction_and_base(package: Package) -> Iterator[Fault]:
    """A change has a direction and says on what its base rests; nothing else has either."""
    fault = _faults(package, "figures", "only_changes_have_direction_and_base")
    measures = _measures(package)
    for row in package.rows("figures"):
        measure = measures.get(row["measure"])
        if measure is None:
            continue
        change = measure["kind"] == "change"
        for column in ("direction", "base_period_basis"):
            if (row[column] is not None) != change:
                is_a = "is a change" if change else f"is a {measure['kind']}, not a change"
                message = f"{column} is {row[column]}, but measure {row['measure']} {is_a}"
                yield fault(row, f"{column}, measure", message)
        if row["base_period"] is not None and not change:
            yield fault(row, "base_period", f"is given, but {row['measure']} is not a change")


def only_ranks_have_rank_among(package: Package) -> Iterator[Fault]:
    """A rank says among what it is claimed and has value 1; nothing else has rank_among."""
    fault = _faults(package, "figures", "only_ranks_have_rank_among")
    measures = _measures(package)
    for row in package.rows("figures"):
        measure = measures.get(row["measure"])
        if measure is None:
            continue
        rank = measure["kind"] == "rank"
        if (row["rank_among"] is not None) != rank:
            yield fault(row, "rank_among", f"is {row['rank_among']}, measure {row['measure']}")
        if rank and row["value"] != 1:
            yield fault(row, "value", f"is {row['value']}, but a rank claimed is the first")


def population_has_its_basis(package: Package) -> Iterator[Fault]:
    """Population and its basis are given together, and always where people are counted."""
    fault = _faults(package, "figures", "population_has_its_basis")
    for row in package.rows("figures"):
        if (row["population"] is None) != (row["population_basis"] is None):
            yield fault(row, "population_basis", "population and its basis go together")
        if row["population"] is None and row["unit"] == "persons":
            yield fault(row, "population", "is empty, but the figure counts people")


def own_voice_is_the_documents_voice(package: Package) -> Iterator[Fault]:
    """A figure in a document's own voice is claimed by that document's voice, and no other is."""
    fault = _faults(package, "figures", "own_voice_is_the_documents_voice")
    voices = {row["document_id"]: row["voice_id"] for row in package.rows("documents")}
    for row in package.rows("figures"):
        voice = voices.get(row["document_id"])
        if voice and (row["claimant_basis"] == "own_voice") != (row["claimant_id"] == voice):
            yield fault(
                row,
                "claimant_id, claimant_basis",
                f"claimant is {row['claimant_id']} on the basis {row['claimant_basis']}; "
                f"the voice of {row['document_id']} is {voice}",
            )


def innermost_statement(package: Package) -> Callable[[Row], Cell]:
    """Finds the shortest statement whose span holds the span of a row; None without one."""
    spans: dict[Cell, list[tuple[int, int, str]]] = {}
    for row in package.rows("statements"):
        if None not in (row["start_char"], row["end_char"]):
            span = (row["start_char"], row["end_char"], row["statement_id"])
            spans.setdefault(row["document_id"], []).append(span)

    def find(row: Row) -> Cell:
        start, end = row["start_char"], row["end_char"]
        if start is None or end is None:
            return None
        holding = [
            (last - first, statement)
            for first, last, statement in spans.get(row["document_id"], ())
            if first <= start and end <= last
        ]
        return min(holding)[1] if holding else None

    return find


def statement_is_the_innermost(package: Package) -> Iterator[Fault]:
    """statement_id is the innermost statement whose span holds the figure or event, else empty."""
    for table in ("figures", "agreement_events"):
        fault = _faults(package, table, "statement_is_the_innermost")
        innermost = innermost_statement(package)
        for row in package.rows(table):
            expected = innermost(row)
            if row["statement_id"] != expected:
                yield fault(
                    row,
                    "statement_id",
                    f"is {row['statement_id']}, but the innermost statement is {expected}",
                )


def claimant_is_the_speaker(package: Package) -> Iterator[Fault]:
    """What lies in a statement is its speaker's claim, and a figure in it is of the same day."""
    statements = {row["statement_id"]: row for row in package.rows("statements")}
    for table in ("figures", "agreement_events"):
        fault = _faults(package, table, "claimant_is_the_speaker")
        for row in package.rows(table):
            said = statements.get(row["statement_id"])
            if said is None or row["statement_id"] is None:
                continue
            if row["claimant_id"] not in (said["speaker_id"], said["with_speaker_id"]):
                yield fault(
                    row,
                    "claimant_id",
                    f"is {row['claimant_id']}; {said['statement_id']} is {said['speaker_id']}'s",
                )
            if table != "figures":
                continue
            for column in ("stated_on", "stated_on_basis"):
                if row[column] == said[column]:
                    continue
                message = f"is {row[column]}, but {said['statement_id']} has {said[column]}"
                yield fault(row, column, message)


# What two figures must share for one to repeat the other, beside windows that meet.
_CLAIM = (
    *("claimant_id", "measure", "population", "area", "value", "comparator", "lower", "upper"),
    *("direction", "base_period", "rank_among"),
)


def windows_meet(one: Row, other: Row) -> bool:
    """Whether the outermost windows of two figures share a day; an empty window meets none."""
    if one["period"] is None or other["period"] is None:
        return False
    first, last = datetime.date.min, datetime.date.max
    starts = (one["period_start"] or first, other["period_start"] or first)
    ends = (one["period_end"] or last, other["period_end"] or last)
    return max(starts) <= min(ends)


def first_repeated(figures: Iterable[Row]) -> Iterator[tuple[Row, str | None]]:
    """Each figure with the first earlier one that claims the same over a meeting window."""
    alike: dict[tuple[Cell, ...], list[Row]] = {}
    for row in figures:
        earlier = alike.setdefault(tuple(row[column] for column in _CLAIM), [])
        first = next((other for other in earlier if windows_meet(other, row)), None)
        yield row, None if first is None else str(first["figure_id"])
        if row["period"] is not None:
            earlier.append(row)


def repeats_name_the_first(package: Package) -> Iterator[Fault]:
    """repeats names the first earlier figure that claims the same over a meeting window, if any."""
    fault = _faults(package, "figures", "repeats_name_the_first")
    for row, expected in first_repeated(package.rows("figures")):
        if row["repeats"] != expected:
            yield fault(row, "repeats", f"is {row['repeats']}, but the first such is {expected}")


def what_has_happened_is_past(package: Package) -> Iterator[Fault]:
    """What is counted has begun, and has certainly ended only, by the day it is stated."""
    fault = _faults(package, "figures", "what_has_happened_is_past")
    for row in package.rows("figures"):
        if row["status"] not in ("actual", "provisional") or row["stated_on_end"] is None:
            continue
        for column in ("period_start", "period_end_earliest"):
            if row[column] is not None and row[column] > row["stated_on_end"]:
                message = f"is {row[column]}, after stated_on_end {row['stated_on_end']}"
                message += f", but the status is {row['status']}; what still runs is open: A/.."
                yield fault(row, column, message)


def nothing_is_stated_after_publication(package: Package) -> Iterator[Fault]:
    """What was said and what has happened lies no later than its document can have appeared."""
    appeared = {row["document_id"]: row["published_end"] for row in package.rows("documents")}
    made = {row["statement_id"]: row["made"] for row in package.rows("statements")}
    past: dict[str, tuple[str, Callable[[Row], bool]]] = {
        "figures": ("stated_on_start", lambda row: made.get(row["statement_id"]) != "planned"),
        "statements": ("stated_on_start", lambda row: row["made"] == "made"),
        "agreement_events": ("date_start", lambda row: row["status"] == "happened"),
    }
    for table, (column, is_past) in past.items():
        fault = _faults(package, table, "nothing_is_stated_after_publication")
        for row in package.rows(table):
            published = appeared.get(row["document_id"])
            if published is None or row[column] is None or row[column] <= published:
                continue
            if is_past(row):
                message = f"is {row[column]}, but {row['document_id']} appeared by {published}"
                yield fault(row, column, message)


# ---------------------------------------------------------------- spans


# Table, start, end, and the column that has the words between them, if they ship.
_SPANS = (
    ("figures", "start_char", "end_char", "exact"),
    ("figures", "quote_start", "quote_end", "quote"),
    ("statements", "start_char", "end_char", "exact"),
    ("agreement_events", "start_char", "end_char", None),
    ("excluded_numbers", "start_char", "end_char", "exact"),
)


def spans_lie_in_their_documents(package: Package) -> Iterator[Fault]:
    """A span begins before it ends, and ends within its document."""
    lengths = {row["document_id"]: row["characters"] for row in package.rows("documents")}
    for table, start, end, _ in _SPANS:
        fault = _faults(package, table, "spans_lie_in_their_documents")
        for row in package.rows(table):
            if row[start] is None or row[end] is None:
                continue
            length = lengths.get(row["document_id"])
            if row[start] >= row[end]:
                yield fault(row, f"{start}, {end}", f"{start} {row[start]} to {end} {row[end]}")
            elif length is not None and row[end] > length:
                message = f"is {row[end]}, but {row['document_id']} has {length} characters"
                yield fault(row, end, message)
    fault = _faults(package, "figures", "spans_lie_in_their_documents")
    for row in package.rows("figures"):
        length = lengths.get(row["document_id"])
        if None not in (length, row["period_at"], row["period_exact"]):
            end = row["period_at"] + len(row["period_exact"])
            if end > length:
                message = f"ends at {end}, but {row['document_id']} has {length} characters"
                yield fault(row, "period_at, period_exact", message)


def words_fill_their_spans(package: Package) -> Iterator[Fault]:
    """Words are as long as their span, hash to its hash, and agree with a quote around them."""
    for table, start, end, words in _SPANS:
        fault = _faults(package, table, "words_fill_their_spans")
        for row in package.rows(table):
            if words is None or None in (row[words], row[start], row[end]):
                continue
            if len(row[words]) != row[end] - row[start]:
                message = f"{words} has {len(row[words])} characters, "
                message += f"{start} {row[start]} to {end} {row[end]} has {row[end] - row[start]}"
                yield fault(row, f"{start}, {end}, {words}", message)
    fault = _faults(package, "figures", "words_fill_their_spans")
    for row in package.rows("figures"):
        if (row["period_exact"] is None) != (row["period_at"] is None):
            yield fault(row, "period_exact, period_at", "one is given, the other is empty")
        for words, at in (("exact", "start_char"), ("period_exact", "period_at")):
            if None in (row[words], row[at], row["quote"], row["quote_start"]):
                continue
            place = row[at] - row["quote_start"]
            if not 0 <= place < len(row["quote"]):
                continue
            there = row["quote"][place : place + len(row[words])]
            if not row[words].startswith(there) or (words == "exact" and there != row[words]):
                message = f'quote has "{there}" at {at} {row[at]}, {words} is "{row[words]}"'
                yield fault(row, f"{words}, {at}", message)
    fault = _faults(package, "statements", "words_fill_their_spans")
    for row in package.rows("statements"):
        if row["exact"] is not None and row["span_sha256"] != _sha256(row["exact"]):
            yield fault(row, "exact, span_sha256", "the hash is of other words than exact")


def _sha256(text: str) -> str:
    import hashlib

    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def quotations_hold_their_figures(package: Package) -> Iterator[Fault]:
    """The span of a figure lies inside the span of its quotation."""
    fault = _faults(package, "figures", "quotations_hold_their_figures")
    columns = ("quote_start", "start_char", "end_char", "quote_end")
    for row in package.rows("figures"):
        ladder = [row[column] for column in columns]
        if None not in ladder and ladder != sorted(ladder):
            yield fault(
                row,
                "start_char, end_char, quote_start, quote_end",
                f"start_char {row['start_char']} to end_char {row['end_char']} is not inside "
                f"quote_start {row['quote_start']} to quote_end {row['quote_end']}",
            )


# ---------------------------------------------------------------- other tables


def exact_ships_for_direct_speech_only(package: Package) -> Iterator[Fault]:
    """The words of a statement ship exactly where they are a speaker's own: direct or unmarked."""
    fault = _faults(package, "statements", "exact_ships_for_direct_speech_only")
    reworded = {
        row["document_id"] for row in package.rows("documents") if row["fidelity"] == "reworded"
    }
    for row in package.rows("statements"):
        if (row["exact"] is not None) != (row["mode"] in {"direct", "unmarked"}):
            message = "given" if row["exact"] is not None else "empty"
            yield fault(row, "exact, mode", f"exact is {message}, mode is {row['mode']}")
        if row["document_id"] in reworded and row["mode"] in {"direct", "unmarked", "partial"}:
            yield fault(row, "mode", f"is {row['mode']}, but {row['document_id']} is reworded")


def continued_statements_precede(package: Package) -> Iterator[Fault]:
    """A quotation goes on from an earlier statement of the same speaker in the same document."""
    fault = _faults(package, "statements", "continued_statements_precede")
    statements = {row["statement_id"]: row for row in package.rows("statements")}
    for row in package.rows("statements"):
        before = statements.get(row["continues"])
        if before is None or row["continues"] is None:
            continue
        same = all(before[name] == row[name] for name in ("document_id", "speaker_id"))
        if not same or None in (before["end_char"], row["start_char"]):
            yield fault(row, "continues", f"{row['continues']} has another document or speaker")
        elif before["end_char"] > row["start_char"]:
            yield fault(row, "continues", f"{row['continues']} does not end before it")


def excluded_numbers_lie_beside_figures(package: Package) -> Iterator[Fault]:
    """An excluded number overlaps no figure and no other one; it has a date if it is one."""
    fault = _faults(package, "excluded_numbers", "excluded_numbers_lie_beside_figures")
    reported = set()
    for row, other in _overlaps(package):
        if id(row) not in reported:
            reported.add(id(row))
            yield fault(row, "exact", f"overlaps {other}")
    for row in package.rows("excluded_numbers"):
        if row["date"] is not None and row["reason"] != "date":
            yield fault(row, "date, reason", f"date is given, but the reason is {row['reason']}")
        if row["date"] is None and row["reason"] == "date":
            yield fault(row, "date, reason", "date is empty, but the reason is date")
        if row["date"] is not None:
            try:
                edtf_days(str(row["date"]))
            except EdtfError as error:
                yield fault(row, "date", str(error))


def _overlaps(package: Package) -> Iterator[tuple[Row, str]]:
    """Every excluded number that overlaps another span, with such a one; linear once sorted."""
    spans: list[tuple[str, int, int, str, Row]] = [
        (row["document_id"], row["start_char"], row["end_char"], table, row)
        for table in ("excluded_numbers", "figures")
        for row in package.rows(table)
        if None not in (row["document_id"], row["start_char"], row["end_char"])
    ]
    spans.sort(key=lambda span: span[:4])
    furthest: tuple[str, int, int, str, Row] | None = None
    for span in spans:
        if furthest and furthest[0] == span[0] and span[1] < furthest[2]:
            for one, other in ((furthest, span), (span, furthest)):
                if one[3] == "excluded_numbers":
                    yield one[4], label(other[4], package.key(other[3]))
        if furthest is None or furthest[0] != span[0] or span[2] > furthest[2]:
            furthest = span


def evidence_is_of_the_agreement(package: Package) -> Iterator[Fault]:
    """A party or link rests on an event of the agreement it is about."""
    events = {row["event_id"]: row["agreement_id"] for row in package.rows("agreement_events")}
    for table in ("agreement_parties", "agreement_links"):
        fault = _faults(package, table, "evidence_is_of_the_agreement")
        for row in package.rows(table):
            if row["event_id"] in events and events[row["event_id"]] != row["agreement_id"]:
                yield fault(row, "event_id", f"is an event of {events[row['event_id']]}")


def agreements_have_evidence(package: Package) -> Iterator[Fault]:
    """Every agreement has an event, and none is linked to itself."""
    fault = _faults(package, "agreements", "agreements_have_evidence")
    evidenced = {row["agreement_id"] for row in package.rows("agreement_events")}
    for row in package.rows("agreements"):
        if row["agreement_id"] not in evidenced:
            yield fault(row, "agreement_id", "has no event in agreement_events")
    fault = _faults(package, "agreement_links", "agreements_have_evidence")
    for row in package.rows("agreement_links"):
        if row["agreement_id"] == row["other_id"]:
            yield fault(row, "other_id", "is linked to itself")


def measures_hang_together(package: Package) -> Iterator[Fault]:
    """The unit goes with the kind; a part has its whole's unit; a change says of what it is."""
    fault = _faults(package, "measures", "measures_hang_together")
    measures = _measures(package)
    for row in package.rows("measures"):
        if row["kind"] in UNITS and row["unit"] not in UNITS[row["kind"]]:
            yield fault(row, "kind, unit", f"unit is {row['unit']}, kind is {row['kind']}")
        whole = measures.get(row["part_of"])
        if row["partition"] is not None and row["part_of"] is None:
            yield fault(row, "partition", "is given, but part_of is empty")
        if row["part_of"] is not None and whole and whole["unit"] != row["unit"]:
            yield fault(row, "unit", f"is {row['unit']}, but {row['part_of']} has {whole['unit']}")
        if row["kind"] == "change" and row["of"] is None:
            yield fault(row, "of", "is empty, but a change is a change of something")
        if row["share_of"] is not None and row["kind"] != "share":
            yield fault(row, "share_of", f"is given, but the kind is {row['kind']}")


# ---------------------------------------------------------------- official statistics


def releases_say_when_and_where(package: Package) -> Iterator[Fault]:
    """A release has a day exactly where one was seen, and an address or a way it was seen."""
    fault = _faults(package, "official_releases", "releases_say_when_and_where")
    for row in package.rows("official_releases"):
        if (row["released_on"] is None) != (row["released_basis"] == "not_seen"):
            found = "empty" if row["released_on"] is None else str(row["released_on"])
            message = f"released_on is {found}, its basis {row['released_basis']}"
            yield fault(row, "released_on, released_basis", message)
        if row["url"] is None and row["via"] is None:
            yield fault(row, "url, via", "neither an address nor who it was seen through is given")


def official_values_lie_in_their_release(package: Package) -> Iterator[Fault]:
    """Official values count people over days in order, none after their release or its data."""
    fault = _faults(package, "official_statistics", "official_values_lie_in_their_release")
    measures = _measures(package)
    releases = {row["release_id"]: row for row in package.rows("official_releases")}
    for row in package.rows("official_statistics"):
        kind = measures.get(row["measure"], {}).get("kind")
        if kind not in (None, "flow"):
            message = f"{row['measure']} is a {kind}, but the values are counts over a period"
            yield fault(row, "measure", message)
        start, end = row["period_start"], row["period_end"]
        if None in (start, end):
            continue
        if start > end:
            yield fault(row, "period_start, period_end", f"{start} is after {end}")
        release = releases.get(row["release_id"], {})
        for column in ("year_ending", "released_on"):
            last = release.get(column)
            if last is not None and end > last:
                message = f"ends on {end}, but {column} of {row['release_id']} is {last}"
                yield fault(row, "period_end, release_id", message)


def relation_of(followed: Row, figure: Row) -> str | None:
    """Whether a follow-up lies before, on or after the day of a figure; None if it may be each."""
    day, first, last = followed["date"], figure["stated_on_start"], figure["stated_on_end"]
    if day is None:
        return None
    if first is not None and day < first:
        return "before"
    if last is not None and day > last:
        return "after"
    return "same_day" if first == last == day else None


def relation_follows_from_the_days(package: Package) -> Iterator[Fault]:
    """relation is how the date of a follow-up lies to the days its figure can be stated on."""
    fault = _faults(package, "follow_ups", "relation_follows_from_the_days")
    figures = {row["figure_id"]: row for row in package.rows("figures")}
    for row in package.rows("follow_ups"):
        figure = figures.get(row["figure_id"])
        if figure is None:
            continue
        relation = relation_of(row, figure)
        if row["relation"] != relation:
            message = f"is {_or_none(row['relation'])}, but the days give {_or_none(relation)}"
            yield fault(row, "relation", message)


def follow_ups_stand_beside_the_first(package: Package) -> Iterator[Fault]:
    """A follow-up is about the first row of a claim, not one that repeats it."""
    fault = _faults(package, "follow_ups", "follow_ups_stand_beside_the_first")
    repeats = {row["figure_id"]: row["repeats"] for row in package.rows("figures")}
    for row in package.rows("follow_ups"):
        first = repeats.get(row["figure_id"])
        if first is not None:
            yield fault(row, "figure_id", f"{row['figure_id']} repeats {first}; give {first}")


# ---------------------------------------------------------------- changes between releases


VERSION = re.compile(r"(0|[1-9][0-9]{0,8})(\.(0|[1-9][0-9]{0,8})){2}", re.ASCII)


def version_parts(version: str) -> tuple[int, int, int]:
    """Major, minor and patch number of a version of three numbers."""
    major, minor, patch = version.split(".")
    return int(major), int(minor), int(patch)


def changes_say_what_was_there(package: Package) -> Iterator[Fault]:
    """A change names what changed, once a release, with old and new as they were and are.

    What was withdrawn is not repeated.
    """
    fault = _faults(package, "release_changes", "changes_say_what_was_there")
    rows = package.rows("release_changes")
    gone = {r["table"] for r in rows if r["change"] == "removed" and not (r["id"] or r["column"])}
    seen: dict[tuple[Cell, ...], Row] = {}
    for row in rows:
        old, new, change = row["old"], row["new"], row["change"]
        if row["table"] is None:
            for column in ("id", "column"):
                if row[column] is not None:
                    yield fault(row, f"table, {column}", f"{column} is given, but no table")
        elif row["table"] not in {*package.known_tables(), *gone}:
            yield fault(row, "table", f'"{_short(row["table"])}" is no table, nor one removed')
        if row["kind"] == "withdrawal":
            if old is not None:
                yield fault(row, "old", "is given, but what was withdrawn is not repeated")
        elif change == "changed" and old == new:
            yield fault(row, "old, new", f"are the same, {_or_none(old)}")
        for column, cell, none in (("old", old, "added"), ("new", new, "removed")):
            if cell is not None and row["id"] is not None and change == none:
                yield fault(row, f"{column}, change", f"{column} is given, but change is {none}")
        if row["id"] is not None and (row["column"] is not None) != (change == "changed"):
            message = f"of a row the change is {change}, and its column {_or_none(row['column'])}"
            yield fault(row, "column, change", message)
        # Of a column or table several properties may change at once.
        told = None if row["id"] is not None else str(old or new).partition(":")[0]
        place = (row["version"], row["table"], row["id"], row["column"], change, told)
        first = seen.setdefault(place, row)
        if first is not row:
            message = f"{first['change_id']} tells of it already, in the same release"
            yield fault(row, "table, id, column", message)


def released_changes_are_explained(package: Package) -> Iterator[Fault]:
    """A change that is released has its day, its kind and a reason; a later version no earlier day.

    No change is of a later version or day than the tables themselves.
    """
    fault = _faults(package, "release_changes", "released_changes_are_explained")
    own, today = package.descriptor["version"], package.descriptor["created"][:10]
    released = []
    for row in package.rows("release_changes"):
        if row["version"] is None:
            if row["released"] is not None:
                yield fault(row, "version, released", "a day is given, but no version")
            continue
        for column in ("released", "kind", "reason"):
            if row[column] is None:
                message = f"is empty, but version {row['version']} is given"
                yield fault(row, f"{column}, version", message)
        if not VERSION.fullmatch(row["version"]) or not VERSION.fullmatch(own):
            continue
        if version_parts(row["version"]) > version_parts(own):
            yield fault(row, "version", f"{row['version']} is later than {own}, the tables'")
        if row["released"] is None:
            continue
        released.append((version_parts(row["version"]), row["released"], row))
        if str(row["released"]) > today or (
            row["version"] == own and str(row["released"]) != today
        ):
            message = f"{row['version']} is given {row['released']}, but {own} is of {today}"
            yield fault(row, "version, released", message)
    days: dict[tuple[int, int, int], datetime.date] = {}
    latest: datetime.date | None = None
    for version, day, row in sorted(released, key=lambda one: one[:2]):
        if days.setdefault(version, day) != day:
            message = f"{row['version']} is given two days, {days[version]} and {day}"
            yield fault(row, "version, released", message)
        if latest is not None and day < latest:
            message = f"{row['version']} is of {day}, an earlier version of {latest}"
            yield fault(row, "version, released", message)
        latest = max(latest or day, day)


Rule = Callable[["Package"], "Iterator[Fault]"]
_DATED = ("documents", "figures", "statements", "agreements", "agreement_events")
_SPANNED = ("figures", "statements", "agreement_events", "excluded_numbers")

# Rules that hold for every table.
# The units that a kind of measure can have.
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
CELLS = (cells_keep_their_constraints, no_cell_is_a_formula)
KEYS = (keys_are_unique, references_exist, nothing_is_part_of_itself)
# Rules across columns, each with the tables in whose rows it finds faults.
CROSS_COLUMN: dict[Rule, tuple[str, ...]] = {
    spans_lie_in_their_documents: _SPANNED,
    words_fill_their_spans: ("figures", "statements", "excluded_numbers"),
    quotations_hold_their_figures: ("figures",),
    windows_are_in_order: ("figures",),
    plain_windows_are_certain: ("figures",),
    empty_dates_are_unstated: _DATED,
    bounds_follow_from_comparator: ("figures",),
    words_say_the_number: ("figures",),
    unit_is_the_measures: ("figures",),
    only_changes_have_direction_and_base: ("figures",),
    only_ranks_have_rank_among: ("figures",),
    population_has_its_basis: ("figures",),
    what_has_happened_is_past: ("figures",),
    nothing_is_stated_after_publication: ("figures", "statements", "agreement_events"),
    own_voice_is_the_documents_voice: ("figures",),
    claimant_is_the_speaker: ("figures", "agreement_events"),
    exact_ships_for_direct_speech_only: ("statements",),
    continued_statements_precede: ("statements",),
    excluded_numbers_lie_beside_figures: ("excluded_numbers",),
    evidence_is_of_the_agreement: ("agreement_parties", "agreement_links"),
    agreements_have_evidence: ("agreements", "agreement_links"),
    measures_hang_together: ("measures",),
    releases_say_when_and_where: ("official_releases",),
    official_values_lie_in_their_release: ("official_statistics",),
    follow_ups_stand_beside_the_first: ("follow_ups",),
    changes_say_what_was_there: ("release_changes",),
    released_changes_are_explained: ("release_changes",),
}
# Columns that a program fills from others, recomputed.
RECOMPUTED: dict[Rule, tuple[str, ...]] = {
    days_follow_from_expressions: _DATED,
    statement_is_the_innermost: ("figures", "agreement_events"),
    repeats_name_the_first: ("figures",),
    relation_follows_from_the_days: ("follow_ups",),
}


def across_columns(table: str) -> list[Rule]:
    """The rules that look at several columns of a table, recomputed columns included."""
    return [rule for rule, about in {**CROSS_COLUMN, **RECOMPUTED}.items() if table in about]
