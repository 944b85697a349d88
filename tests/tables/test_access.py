"""Tables are found, read whole or refused with the place of the fault, and typed."""

from __future__ import annotations

import csv
import datetime
import json
from decimal import Decimal

import pandas
import pytest

import albania_uk_migration as front
from albania_uk_migration import UnknownNameError, describe, load, records, table_names
from albania_uk_migration.tables.cells import plain

from ..support.altered_tables import DESCRIPTOR, FILES, text_rows

NAMES = [resource["name"] for resource in DESCRIPTOR["resources"]]


@pytest.mark.parametrize("table", NAMES)
def test_records_and_frames_hold_what_the_file_holds(table: str) -> None:
    rows, frame, texts = records(table), load(table), text_rows(table)
    assert len(rows) == len(frame) == len(texts) == describe(table)["rows"]
    for row, text in zip(rows, texts, strict=True):
        for column, cell in row.items():
            shown = plain(cell)
            shown = str(shown).lower() if isinstance(shown, bool) else shown
            assert ("" if shown is None else str(shown)) == text[column]
    for name in frame:
        assert frame[name].isna().sum() == sum(text[str(name)] == "" for text in texts)


@pytest.mark.parametrize("table", NAMES)
def test_each_table_has_a_function_and_its_frame_is_the_callers_own(table: str) -> None:
    function = getattr(front, table)
    first = function()
    pandas.testing.assert_frame_equal(first, load(table))
    first.iloc[:, 0] = None
    first.attrs.clear()
    second = function()
    pandas.testing.assert_frame_equal(second, load(table))
    assert second.attrs["title"]
    for row in records(table):
        row.clear()
    assert all(records(table))


def test_types() -> None:
    row = next(row for row in records("figures") if row["exact"] == "1,888")
    assert row["value"] == Decimal(1888)
    assert isinstance(row["value"], Decimal)
    assert row["period_start"] == datetime.date(2022, 1, 1)
    assert isinstance(row["start_char"], int)
    assert records("documents")[0]["truncated"] is False
    frame = load("figures")
    kinds = {column: str(frame[column].dtype) for column in frame}
    assert kinds["value"] == "Float64"
    assert kinds["start_char"] == "Int64"
    assert kinds["period_start"] == "datetime64[s]"
    assert kinds["exact"] == "string"


def test_the_names_are_those_of_the_descriptor() -> None:
    assert table_names() == NAMES
    table_names().clear()
    assert table_names() == NAMES


@pytest.mark.parametrize("function", [load, records, describe])
def test_an_unknown_table_gets_the_nearest_name(function: object) -> None:
    with pytest.raises(UnknownNameError, match=r'No table called "figurs"\. Did you mean'):
        function("figurs")  # type: ignore[operator]
    with pytest.raises(UnknownNameError, match="Choose from documents, actors"):
        function("zzz")  # type: ignore[operator]


def test_describe_gives_the_codebook() -> None:
    for table in NAMES:
        described = describe(table)
        json.dumps(described)
        assert described["title"]
        (header, *_) = csv.reader([FILES[f"data/{table}.csv"].decode("utf-8").partition("\n")[0]])
        assert [column["name"] for column in described["columns"]] == header
