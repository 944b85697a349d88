"""Every engine gives the rows that `records` gives: values, missing cells, order and types."""

from __future__ import annotations

import datetime
import gc
import json
import re
import sys
from decimal import Decimal
from typing import Any, assert_type

import duckdb
import numpy
import pandas
import polars
import pyarrow
import pytest
from hypothesis import given
from hypothesis import strategies as st

from albania_uk_migration import (
    MissingExtraError,
    UnknownNameError,
    describe,
    load,
    records,
    table_names,
)
from albania_uk_migration.tables.cells import LARGEST_CELL, Row, frame
from albania_uk_migration.tables.engines import (
    arrow_table,
    duckdb_relation,
    fill_duckdb,
    polars_frame,
)
from albania_uk_migration.tables.package import shipped

from ..support.altered_tables import ROOT
from ..support.trying import examples

# The names that each engine itself gives to the types of its columns.
KINDS = {
    "pandas": "string=string integer=Int64 number=Float64 boolean=boolean date=datetime64[s]",
    "polars": "string=String integer=Int64 number=Float64 boolean=Boolean date=Date",
    "pyarrow": "string=string integer=int64 number=double boolean=bool date=date32[day]",
    "duckdb": "string=VARCHAR integer=BIGINT number=DOUBLE boolean=BOOLEAN date=DATE",
}


def expected(rows: list[Row], types: dict[str, str], engine: str) -> tuple[Any, ...]:
    """Names, types and rows that a table must have."""
    kinds = dict(pair.split("=") for pair in KINDS[engine].split())
    cells = [tuple(_binary(row[name]) for name in types) for row in rows]
    return list(types), [kinds[kind] for kind in types.values()], cells


def _binary(cell: Any) -> Any:
    return float(cell) if isinstance(cell, Decimal) else cell


def found(made: Any) -> tuple[Any, ...]:
    """Names, types and rows that a table has, as its own library gives them."""
    if isinstance(made, pandas.DataFrame):
        names, kinds = list(made), [str(kind) for kind in made.dtypes]
        columns = [[_plain(cell) for cell in made[name]] for name in names]
        return names, kinds, list(zip(*columns, strict=True))
    if isinstance(made, polars.DataFrame):
        return made.columns, [str(kind) for kind in made.dtypes], made.rows()
    if isinstance(made, pyarrow.Table):
        kinds = [str(kind) for kind in made.schema.types]
        columns = [column.to_pylist() for column in made.columns]
        return made.column_names, kinds, list(zip(*columns, strict=True))
    return made.columns, [str(kind) for kind in made.types], made.fetchall()


def _plain(cell: Any) -> Any:
    if cell is pandas.NA or cell is pandas.NaT:
        return None
    if isinstance(cell, datetime.datetime):
        return cell.date()
    return cell.item() if isinstance(cell, numpy.generic) else cell


def alike(one: tuple[Any, ...], other: tuple[Any, ...]) -> bool:
    """Whether all is equal, and of the same Python type: True is not 1, nor 1.0."""
    return repr(one) == repr(other)


@pytest.mark.parametrize("engine", KINDS)
@pytest.mark.parametrize("table", table_names())
def test_a_table_is_what_records_gives(table: str, engine: Any) -> None:
    wanted = expected(records(table), shipped().types(table), engine)
    assert alike(found(load(table, engine)), wanted)


MAKERS: dict[str, Any] = {
    "pandas": frame,
    "polars": polars_frame,
    "pyarrow": arrow_table,
    "duckdb": lambda rows, types: duckdb_relation("made", rows, types),
}
NAMES = {
    "words": "string",
    "count of": "integer",
    'the "amount"': "number",
    "select": "boolean",
    "a.day?": "date",
}
CELLS: dict[str, st.SearchStrategy[Any]] = {
    "string": st.text(st.characters(exclude_characters="\r\0", exclude_categories=["Cs"])),
    "integer": st.integers(-(2**63), 2**63 - 1),
    "number": st.decimals(Decimal("-1e300"), Decimal("1e300"), allow_nan=False),
    "boolean": st.booleans(),
    "date": st.dates(),
}
ROWS = st.lists(
    st.fixed_dictionaries({name: st.none() | CELLS[kind] for name, kind in NAMES.items()})
)


@pytest.mark.parametrize("engine", KINDS)
def test_any_rows_are_kept_whole(engine: str) -> None:
    @examples(100)
    @given(ROWS)
    def law(rows: list[Row]) -> None:
        assert alike(found(MAKERS[engine](rows, NAMES)), expected(rows, NAMES, engine))

    law()


@pytest.mark.parametrize("engine", KINDS)
def test_a_late_first_value_the_longest_cell_and_no_value_at_all(engine: str) -> None:
    nothing: Row = dict.fromkeys(NAMES)
    longest = {**nothing, "words": "é" * LARGEST_CELL, "a.day?": datetime.date(1, 1, 1)}
    for rows in ([], [nothing] * 300, [nothing] * 3000 + [longest]):
        assert alike(found(MAKERS[engine](rows, NAMES)), expected(rows, NAMES, engine))


def test_a_type_checker_knows_what_each_engine_gives() -> None:
    assert isinstance(assert_type(load("actors"), pandas.DataFrame), pandas.DataFrame)
    assert isinstance(assert_type(load("actors", "pandas"), pandas.DataFrame), pandas.DataFrame)
    assert isinstance(assert_type(load("actors", "polars"), polars.DataFrame), polars.DataFrame)
    assert isinstance(assert_type(load("actors", "pyarrow"), pyarrow.Table), pyarrow.Table)
    relation = load("actors", engine="duckdb")
    assert_type(relation, duckdb.DuckDBPyRelation)
    assert isinstance(relation, duckdb.DuckDBPyRelation)


def test_a_relation_works_when_nothing_else_is_kept_and_has_a_database_of_its_own() -> None:
    over = load("figures", engine="duckdb").filter("value > 1000").aggregate("count(*)")
    gc.collect()
    wanted = sum(1 for row in records("figures") if (row["value"] or 0) > 1000)
    assert over.fetchall() == [(wanted,)]
    one, other = load("populations", engine="duckdb"), load("populations", engine="duckdb")
    one.insert([None] * len(one.columns))
    assert len(one.fetchall()) == len(other.fetchall()) + 1 == len(records("populations")) + 1


def test_one_database_takes_every_table() -> None:
    package = shipped()
    with duckdb.connect() as connection:
        for table in package.resources:
            fill_duckdb(connection, table, package.rows(table), package.types(table))
        counted = {
            table: connection.table(table).count("*").fetchall()[0][0] for table in table_names()
        }
    assert counted == {table: len(records(table)) for table in table_names()}


@pytest.mark.parametrize("table", table_names())
def test_an_arrow_table_carries_its_description(table: str) -> None:
    schema, told = load(table, "pyarrow").schema, describe(table)
    words = {key.decode(): value.decode() for key, value in (schema.metadata or {}).items()}
    assert json.loads(words.pop("licences")) == load(table).attrs["licences"]
    assert words == {"title": told["title"], "description": told["description"]}
    for field, column in zip(schema, told["columns"], strict=True):
        given_words = {k.decode(): v.decode() for k, v in (field.metadata or {}).items()}
        present = {key: column[key] for key in ("title", "description") if column[key]}
        assert given_words == present


def test_an_unknown_engine_gets_the_nearest_name() -> None:
    with pytest.raises(UnknownNameError, match=r'No engine called "polar"\. Did you mean "polars"'):
        load("figures", engine="polar")  # type: ignore[call-overload]
    with pytest.raises(UnknownNameError, match="Choose from pandas, polars, pyarrow, duckdb"):
        load("figures", engine="zzz")  # type: ignore[call-overload]
    with pytest.raises(UnknownNameError, match='Did you mean "figures"'):
        load("figurs", engine="polars")


@pytest.mark.parametrize("engine", ["polars", "pyarrow", "duckdb"])
def test_without_the_library_the_extra_is_named(
    engine: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, engine, None)
    message = rf"^{engine} is not installed.*albania-uk-migration\[{engine}\]"
    with pytest.raises(MissingExtraError, match=message):
        load("figures", engine)


@pytest.mark.once
def test_the_page_shows_what_the_engines_give() -> None:
    page = (ROOT / "docs" / "columns.md").read_text(encoding="utf-8")
    block = re.search(r'```python\n([^`]*engine="[^`]*)```', page)
    assert block is not None
    scope: dict[str, Any] = {}
    shown = 0
    for line in block[1].splitlines():
        code, _, told = line.partition("  # ")
        if told:
            assert repr(eval(code, scope)) == told, line
            shown += 1
        else:
            exec(code, scope)
    assert shown == 3
    rows = re.findall(r"^\| `(\w+)` \| (.*) \|$", page.partition(block[1])[2], re.MULTILINE)[:5]
    for at, engine in enumerate(KINDS):
        listed = [f"{kind}={cells.split(' | ')[at].strip('`')}" for kind, cells in rows]
        assert " ".join(listed) == KINDS[engine]
