"""The pandera schema finds what validate finds."""

from __future__ import annotations

import random
from typing import Any

import pandas
import pandera.errors
import pytest

from albania_uk_migration import ValidationError, figures, load, schema, table_names
from albania_uk_migration.rules import pandera_schema
from albania_uk_migration.rules.index import CELLS, CROSS_COLUMN, KEYS, RECOMPUTED
from albania_uk_migration.rules.sources import read_table
from albania_uk_migration.rules.validate import faults_of
from albania_uk_migration.tables.cells import frame as frame_of
from albania_uk_migration.tables.cells import label, limits_of
from albania_uk_migration.tables.package import shipped

from ..support.altered_tables import ROOT, report_on, text_rows, with_rows
from ..support.broken_tables import breaks, broken_rows, faults

BREAKS = breaks()


@pytest.mark.parametrize("table", table_names())
def test_every_shipped_table_keeps_its_pandera_schema(table: str) -> None:
    checked = schema(table).validate(load(table), lazy=True)
    pandas.testing.assert_frame_equal(checked, load(table))


def test_pandera_converts_text_if_asked() -> None:
    table = "excluded_numbers"
    read = pandas.read_csv(ROOT / "data" / f"{table}.csv", dtype=str)
    checked = schema(table, coerce=True).validate(read, lazy=True)
    pandas.testing.assert_frame_equal(checked, load(table), check_dtype=False)
    with pytest.raises(pandera.errors.SchemaErrors):
        schema(table).validate(read, lazy=True)


def test_pandera_finds_the_same_rows_by_the_same_rules() -> None:
    chance = random.Random(7)
    of_cells = [b for b in BREAKS if b.kind != "type"]
    for broken in chance.sample(of_cells, 24):
        frame = pandas.DataFrame(broken_rows(broken), dtype=object)
        types = shipped().types(broken.table)
        reading = faults_of(frame, broken.table)
        error = ValidationError("", broken.table, reading.faults)
        typed = frame_of(reading.rows, types)
        with pytest.raises(pandera.errors.SchemaErrors) as caught:
            schema(broken.table).validate(typed, lazy=True)
        cases = caught.value.failure_cases
        ours = {
            (fault["row"] - 1, fault["rule"])
            for fault in error.faults
            if fault["rule"] != "cells_keep_their_constraints"
        }
        sentences = {
            " ".join(str(rule.__doc__).split()): rule.__name__
            for rule in (*CELLS, *KEYS, *CROSS_COLUMN, *RECOMPUTED)
        }
        theirs = {
            (int(case["index"]), sentences[case["check"]])
            for _, case in cases[cases["schema_context"] == "DataFrameSchema"].iterrows()
        }
        assert theirs == ours, broken
        in_cells = cases[cases["schema_context"] == "Column"]
        assert {
            (int(i), c) for i, c in zip(in_cells["index"], in_cells["column"], strict=True)
        } == {
            (fault["row"] - 1, fault["column"])
            for fault in error.faults
            if fault["rule"] == "cells_keep_their_constraints"
        }, broken


def test_pandera_notices_what_a_wide_type_lets_through() -> None:
    for table, column, cell in (
        ("documents", "published_start", pandas.Timestamp("2022-11-02 12:00")),
        ("figures", "value", float("inf")),
        ("figures", "note", "a\rb"),
    ):
        frame = load(table)
        frame.loc[0, column] = cell
        assert [(f["row"], f["column"]) for f in faults(frame, table)] == [(1, column)]
        with pytest.raises(pandera.errors.SchemaErrors, match="Each cell is of its type"):
            schema(table).validate(frame, lazy=True)


def test_a_schema_reads_a_frame_once_and_again_when_it_is_validated_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    read: list[object] = []
    of = read_table

    def counted(source: object, *more: Any) -> Any:
        read.append(source)
        return of(source, *more)

    monkeypatch.setattr(pandera_schema, "read_table", counted)
    compiled = schema("figures")
    frame, other = figures(), figures()
    compiled.validate(frame, lazy=True)
    assert len(read) == 1
    # The same frame, altered where it is; and another one, which is sound.
    frame.loc[frame["figure_id"] == "F011", "unit"] = "items"
    with pytest.raises(pandera.errors.SchemaErrors) as caught:
        compiled.validate(frame, lazy=True)
    assert "unit of its measure" in str(set(caught.value.failure_cases["check"]))
    compiled.validate(other, lazy=True)
    assert len(read) == 3


FORMS = [
    pytest.param(table, field["name"], id=f"{table}.{field['name']}")
    for table, resource in shipped().resources.items()
    for field in resource["schema"]["fields"]
    if "form" in field
]


@pytest.mark.parametrize(("table", "column"), FORMS)
def test_a_cell_of_another_form_is_refused_by_validate_pandera_and_verify(
    table: str, column: str
) -> None:
    limits = limits_of(next(f for f in shipped().fields(table) if f["name"] == column))
    rows = text_rows(table)
    rows[0][column] = "&"
    (fault,) = (
        fault
        for fault in faults(pandas.DataFrame(rows, dtype=object), table)
        if fault["rule"] == "cells_keep_their_constraints"
    )
    assert (fault["row"], fault["column"]) == (1, column)
    assert fault["message"] == f'"&" does not have the form {limits["pattern"]}'
    typed = load(table)
    typed.loc[0, column] = "&"
    with pytest.raises(pandera.errors.SchemaErrors) as caught:
        schema(table).validate(typed, lazy=True)
    cases = caught.value.failure_cases
    in_cells = cases[cases["schema_context"] == "Column"]
    assert in_cells[["index", "column"]].to_numpy().tolist() == [[0, column]]
    key = shipped().key(table)
    row = label(shipped().rows(table)[0], key)
    assert (table, row, column) in {
        (fault.table, fault.row, name)
        for fault in report_on(with_rows(table, rows)).faults
        if fault.rule == "cells_keep_their_constraints"
        for name in fault.columns
    }
