"""Rules for single cells and keys: types, required cells, values, patterns, references."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from ..errors import Fault
from ..tables.cells import FORMULA, label, limits_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ..tables.cells import Cell, Row
    from ..tables.package import Package


# The name of the rule that a cell has the type of its column.
TYPE_RULE = "cells_have_their_type"


def _faults(
    package: Package, table: str, rule: Callable[[Package], Iterator[Fault]]
) -> Callable[[Row, str | tuple[str, ...], str], Fault]:
    """Make faults for a rule in a table's rows, in a column or in several that may be wrong."""
    key = package.key(table)

    def fault(row: Row, columns: str | tuple[str, ...], message: str) -> Fault:
        if isinstance(columns, str):
            columns = (columns,)
        values = tuple(None if row.get(name) is None else str(row[name]) for name in columns)
        number = package.number(table, row)
        return Fault(table, label(row, key), columns, rule.__name__, message, number, values)

    return fault


def given(cell: Cell) -> str:
    """A cell for a message: as in a file, or the word "empty"."""
    return "empty" if cell is None else str(cell).lower() if isinstance(cell, bool) else str(cell)


def cells_keep_their_constraints(package: Package) -> Iterator[Fault]:
    """A required cell is given, and a cell has an allowed value, pattern, range and length."""
    for table in package.subjects:
        fault = _faults(package, table, cells_keep_their_constraints)
        for field in package.fields(table):
            name, constraints = field["name"], limits_of(field)
            if not constraints:
                continue
            form = re.compile(f"(?:{constraints['pattern']})") if "pattern" in constraints else None
            rows = package.rows(table)
            problems = {
                cell: _broken_constraint(cell, constraints, form)
                for cell in {row[name] for row in rows}
            }
            for row in rows:
                if problem := problems[row[name]]:
                    yield fault(row, name, problem)


def _broken_constraint(
    cell: Any, constraints: dict[str, Any], form: re.Pattern[str] | None
) -> str | None:
    """Which constraint of its column a cell breaks, if any; `form` is the pattern."""
    if cell is None:
        return "is empty, but required" if constraints.get("required") else None
    if "enum" in constraints and cell not in constraints["enum"]:
        return f'"{_short(cell)}" is not one of {", ".join(constraints["enum"])}'
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
    """A cell for a message: its first characters."""
    text = str(cell)
    return text if len(text) <= 60 else f"{text[:60]}..."


def no_cell_is_a_formula(package: Package) -> Iterator[Fault]:
    """No text begins with a character that makes spreadsheets run it as a formula."""
    for table in package.subjects:
        fault = _faults(package, table, no_cell_is_a_formula)
        rows = package.rows(table)
        for column, kind in package.types(table).items():
            if kind != "string":
                continue
            formulas = {c for c in {row[column] for row in rows} if c and c.startswith(FORMULA)}
            for row in rows if formulas else ():
                if row[column] in formulas:
                    yield fault(row, column, f'begins with "{row[column][:1]}"')


def keys_are_unique(package: Package) -> Iterator[Fault]:
    """Primary keys are given and unique; so are unique columns and keys, except empty cells."""
    for table in package.subjects:
        fault = _faults(package, table, keys_are_unique)
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
                        yield fault(rows[number - 1], tuple(key), message)
                elif (first := firsts.setdefault(value, number)) != number:
                    repeated.setdefault(first, number)
                    message = f"row {number} repeats row {first}"
                    yield fault(rows[number - 1], tuple(key), message)
            for first, number in repeated.items():
                message = f"row {first} is repeated by row {number}"
                yield fault(rows[first - 1], tuple(key), message)


def references_exist(package: Package) -> Iterator[Fault]:
    """Each foreign key names a row that exists, or is empty."""
    for table in package.subjects:
        fault = _faults(package, table, references_exist)
        for key in package.resource(table)["schema"].get("foreignKeys", []):
            other = key["reference"]["resource"] or table
            known = package.known(other, key["reference"]["fields"])
            for row in package.rows(table):
                value = tuple(row[column] for column in key["fields"])
                if None not in value and value not in known:
                    message = f"the table {other} has no {_short(value[0])}"
                    yield fault(row, tuple(key["fields"]), message)


def nothing_is_part_of_itself(package: Package) -> Iterator[Fault]:
    """No row refers to itself, neither directly nor through other rows of its table."""
    for table in package.subjects:
        fault = _faults(package, table, nothing_is_part_of_itself)
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
    """The names that lead back to themselves from parent to parent."""
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
