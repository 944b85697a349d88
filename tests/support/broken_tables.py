"""One cell of a shipped table broken: by type, requirement, value, pattern, range, key or rule.

`breaks` lists every way to break each cell that some rule is bound to notice; `random_cell` gives
any other cell that its column allows, to measure what the rules notice of all that could be
changed.
"""

from __future__ import annotations

import datetime
import functools
import random
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any, NamedTuple

import pytest

from albania_uk_migration import ValidationError, validate
from albania_uk_migration.rules.dates import dated_columns
from albania_uk_migration.rules.index import across_columns
from albania_uk_migration.tables.cells import limits_of
from albania_uk_migration.tables.package import shipped

from .altered_tables import Record, text_rows

CELLS = {"cells_keep_their_constraints"}
FORMULA = {"no_cell_is_a_formula"}


class Break(NamedTuple):
    """A cell to be changed, and the rules of which one at least has to name it."""

    kind: str
    table: str
    number: int
    column: str
    cell: str
    rules: frozenset[str]


_NOT_OF_TYPE = {
    "integer": ("one", "1.5", "1e3", "१२"),
    "number": ("many", "1,000", "NaN", "1e3"),
    "boolean": ("yes", "True", "1"),
    "date": ("2023-02-30", "13.12.2022", "2023-1-1", "20230101"),
}


def _of_cells(table: str, number: int, row: Record) -> Iterator[Break]:
    for field in shipped().fields(table):
        name, limits = field["name"], limits_of(field)

        def broken(kind: str, cell: str, name: str = name, rule: str = "") -> Break:
            expected = frozenset({rule or "cells_keep_their_constraints"})
            return Break(kind, table, number, name, cell, expected)

        for cell in _NOT_OF_TYPE.get(field["type"], ()):
            yield broken("type", cell, rule="cells_have_their_type")
        if limits.get("required") and row[name]:
            yield broken("required", "")
        if "enum" in limits:
            yield broken("enum", f"{limits['enum'][0]}s")
        if "pattern" in limits:
            yield broken("pattern", f"{row[name]}\n")
            yield broken("pattern", "&")
        if "minimum" in limits:
            yield broken("range", str(limits["minimum"] - 1))
        if "maxLength" in limits:
            yield broken("range", "x" * (limits["maxLength"] + 1))
        if field["type"] == "string":
            for cell in ("=1+1", "+1", "-1", "@A1", "\tx"):
                yield broken("formula", cell, rule="no_cell_is_a_formula")


def _of_keys(table: str, number: int, row: Record, rows: list[Record]) -> Iterator[Break]:
    schema = shipped().resource(table)["schema"]
    unique = [[f["name"]] for f in schema["fields"] if f.get("constraints", {}).get("unique")]
    for key in unique:
        other = rows[number % len(rows)]
        if other is not row:
            expected = frozenset({"keys_are_unique"})
            yield Break("key", table, number, key[0], other[key[0]], expected)
    for key in schema.get("foreignKeys", []):
        (column,) = key["fields"]
        expected = frozenset({"references_exist"})
        yield Break("key", table, number, column, "nobody-we-know", expected)


def _day_after(text: str) -> str:
    day = datetime.date.fromisoformat(text) if text else datetime.date(1999, 12, 31)
    return (day + datetime.timedelta(days=1)).isoformat()


def _more(text: str) -> str:
    return str(Decimal(text or 0) + 1)


def _across(table: str, row: Record) -> Iterator[tuple[str, str]]:
    """Columns and cells that a rule across columns has to notice."""
    for column in dated_columns(shipped(), table):
        yield f"{column}_start", _day_after(row[f"{column}_start"])
        yield f"{column}_end", _day_after(row[f"{column}_end"])
        if row[column]:
            yield f"{column}_basis", "unstated"
        elif row[f"{column}_basis"]:
            yield f"{column}_basis", "inferred"
    if table in ("figures", "excluded_numbers") or row.get("exact"):
        yield "exact", row["exact"] + "x"
        yield "end_char", _more(row["end_char"])
        yield "start_char", _more(row["start_char"])
    elif "start_char" in row:
        yield "start_char", row["end_char"]
        yield "end_char", "999999"
    if table in _OF_TABLE:
        yield from _OF_TABLE[table](row)


def _across_statement(row: Record) -> Iterator[tuple[str, str]]:
    yield "mode", "reported" if row["exact"] else "direct"
    yield "exact", "" if row["exact"] else "Words."
    if row["exact"]:
        yield "span_sha256", "0" * 64
    yield "continues", row["statement_id"]


def _across_party(row: Record) -> Iterator[tuple[str, str]]:
    yield "event_id", "E001" if row["agreement_id"] != "A001" else "E085"


def _across_link(row: Record) -> Iterator[tuple[str, str]]:
    yield "other_id", row["agreement_id"]
    yield from _across_party(row)


def _across_excluded(row: Record) -> Iterator[tuple[str, str]]:
    yield "date", "" if row["date"] else "2022"
    yield "reason", "furniture" if row["date"] else "date"


def _across_release(row: Record) -> Iterator[tuple[str, str]]:
    if row["published_on"]:
        yield "public_by", row["published_on"]
        yield "updated_on", "1999-01-01"
    if row["published_on"] or row["public_by"]:
        yield "year_ending", "2031-01-01"
    if not (row["url"] and row["note"]):
        yield ("url" if row["url"] else "note"), ""


def _across_coverage(row: Record) -> Iterator[tuple[str, str]]:
    yield "release_id", "pmo-2025-05-15"
    if row["last_day"]:
        yield "first_day", _day_after(row["last_day"])


def _across_official(row: Record) -> Iterator[tuple[str, str]]:
    yield "measure", "residents"
    yield "period_start", _day_after(row["period_end"])
    yield "period_end", "2031-01-01"


def _across_follow_up(row: Record) -> Iterator[tuple[str, str]]:
    # Without a date the relation is what the follow-up itself shows.
    if row["date"]:
        yield "relation", "before" if row["relation"] != "before" else "after"
    yield "figure_id", "F034"


def _across_measure(row: Record) -> Iterator[tuple[str, str]]:
    # A share may be of something that no measure counts, so that share_of may be empty.
    yield "share_of", "residents" if row["kind"] != "share" else row["share_of"]
    yield "of", "" if row["kind"] == "change" else row["of"]
    yield "unit", "times" if row["kind"] not in ("change", "ratio") else "persons"
    yield "kind", "items" if row["kind"] != "items" else "money"
    if not row["part_of"]:
        yield "partition", "return_type"


def _across_figure(row: Record) -> Iterator[tuple[str, str]]:
    for column in ("lower", "upper", "quote_start", "quote_end"):
        yield column, _more(row[column])
    yield "value", _more(row["value"])
    yield "comparator", "between" if row["comparator"] != "between" else "exactly"
    yield "unit", "items" if row["unit"] != "items" else "times"
    yield "direction", "" if row["direction"] else "increase"
    yield "base_period_basis", "" if row["base_period_basis"] else "stated"
    yield "rank_among", "" if row["rank_among"] else "visits"
    yield "sole", {"": "false", "false": "true", "true": ""}[row["sole"]]
    yield "population_basis", "" if row["population_basis"] else "stated"
    yield "quote", row["quote"] + "x"
    yield "period_exact", "" if row["period_exact"] else "in 2022"
    yield "period_at", "" if row["period_at"] else "1"
    yield "statement_id", "S001" if row["statement_id"] != "S001" else "S002"
    yield "repeats", "" if row["repeats"] else "F001" if row["figure_id"] != "F001" else "F002"
    yield "stated_on", "2019"
    if row["unit"] == "persons":
        yield "population", ""
    if row["claimant_basis"] == "own_voice":
        yield "claimant_basis", "stated"
        yield "claimant_id", "france"
    elif row["statement_id"]:
        yield "claimant_id", "kosovo"
    if row["period_start_latest"] and row["period_start_latest"] == row["period_start"]:
        yield "period_start_latest", "1999-01-01"
    if row["status"] in ("actual", "provisional"):
        yield "period_end_earliest", "2031-01-01"


def _across_trend(row: Record) -> Iterator[tuple[str, str]]:
    yield "quote_start", _more(row["quote_start"])
    yield "quote_end", _more(row["quote_end"])
    yield "quote", row["quote"] + "x"
    yield "period_exact", "" if row["period_exact"] else "in 2022"
    yield "period_at", "" if row["period_at"] else "1"
    yield "statement_id", "S001" if row["statement_id"] != "S001" else "S002"
    yield "stated_on", "2019"
    if row["claimant_basis"] == "own_voice":
        yield "claimant_basis", "stated"
        yield "claimant_id", "france"
    elif row["statement_id"]:
        yield "claimant_id", "kosovo"


_OF_TABLE: dict[str, Callable[[Record], Iterator[tuple[str, str]]]] = {
    "figures": _across_figure,
    "trends": _across_trend,
    "statements": _across_statement,
    "agreement_links": _across_link,
    "agreement_parties": _across_party,
    "excluded_numbers": _across_excluded,
    "official_releases": _across_release,
    "official_coverage": _across_coverage,
    "official_statistics": _across_official,
    "follow_ups": _across_follow_up,
    "measures": _across_measure,
    "actors": lambda row: iter([("part_of", row["actor_id"])]),
    "populations": lambda row: iter([("within", row["population"])]),
}


@functools.cache
def breaks() -> list[Break]:
    """Every way to break a cell of the shipped tables that a rule is bound to notice."""
    found: list[Break] = []
    for table in shipped().resources:
        rows = text_rows(table)
        named = frozenset(rule.__name__ for rule in across_columns(table))
        loops = named | {"nothing_is_part_of_itself"}
        for number, row in enumerate(rows, start=1):
            found += _of_cells(table, number, row)
            found += _of_keys(table, number, row, rows)
            found += [
                Break("cross-column", table, number, column, cell, loops)
                for column, cell in _across(table, row)
            ]
    return [b for b in found if text_rows_of(b.table)[b.number - 1][b.column] != b.cell]


@functools.cache
def text_rows_of(table: str) -> list[Record]:
    """Text rows of a shipped table, read once; not to be changed."""
    return text_rows(table)


def random_cell(chance: random.Random, table: str, column: str, row: Record) -> str | None:
    """Another cell that the type and the constraints of its column allow; None if there is none."""
    field = next(f for f in shipped().fields(table) if f["name"] == column)
    limits = field.get("constraints", {})
    options = {other[column] for other in text_rows_of(table)} | set(limits.get("enum", ()))
    for key in shipped().resource(table)["schema"].get("foreignKeys", []):
        if key["fields"] == [column]:
            name = key["reference"]["resource"] or table
            options = {other[key["reference"]["fields"][0]] for other in text_rows_of(name)}
            options |= set() if limits.get("required") else {""}
    if field["type"] == "integer":
        options.add(str(max(0, int(row[column] or 0) + chance.choice((-9, -1, 1, 9)))))
    if field["type"] == "date" and row[column]:
        options.add(_day_after(row[column]))
    if not limits.get("required"):
        options.add("")
    options.discard(row[column])
    options -= {""} if limits.get("required") else set()
    return chance.choice(sorted(options)) if options else None


def broken_rows(broken: Break) -> list[Record]:
    """The rows of a table with that cell broken."""
    rows = [dict(row) for row in text_rows_of(broken.table)]
    rows[broken.number - 1][broken.column] = broken.cell
    return rows


def faults(source: Any, table: str, context: Any = None) -> list[dict[str, Any]]:
    """The faults that validate finds; fails where it finds none."""
    with pytest.raises(ValidationError) as caught:
        validate(source, table, context=context)
    return caught.value.faults
