"""Validation: sound tables pass, broken ones are refused by row, column and rule, and no crash."""

from __future__ import annotations

import csv
import io
import os
import pickle
import random
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas
import pytest
from hypothesis import given
from hypothesis import strategies as st

from albania_uk_migration import (
    DataFileError,
    UnknownNameError,
    ValidationError,
    figures,
    load,
    records,
    schema,
    table_names,
    validate,
)
from albania_uk_migration.errors import FAULT_COLUMNS
from albania_uk_migration.rules.sources import HEADER_RULE, MOST_FAULTS
from albania_uk_migration.tables.cells import LARGEST_CELL
from albania_uk_migration.tables.package import shipped

from ..support.altered_tables import FILES, ROOT, text_rows, to_csv
from ..support.broken_tables import Break, breaks, broken_rows, faults, random_cell, text_rows_of

FIGURES = FILES["data/figures.csv"]
BREAKS = breaks()


def columns(table: str) -> list[str]:
    return list(shipped().types(table))


@pytest.mark.parametrize("table", table_names())
def test_every_shipped_table_is_sound_in_every_form(table: str) -> None:
    path = ROOT / "data" / f"{table}.csv"
    forms: list[Any] = [path, str(path), load(table), records(table), text_rows(table)]
    forms.append(pandas.read_csv(path, dtype=str))
    forms.append(pandas.read_csv(path, dtype=str, keep_default_na=False))
    forms.append(load(table).astype(object))
    for form in forms:
        checked = validate(form, table)
        pandas.testing.assert_frame_equal(checked, load(table))


def test_five_hundred_broken_cells_are_named_by_row_column_and_rule() -> None:
    chance = random.Random(3)
    by_kind: dict[str, list[Break]] = {}
    for broken in BREAKS:
        by_kind.setdefault(broken.kind, []).append(broken)
    assert set(by_kind) == {
        *("type", "required", "enum", "pattern", "range", "formula", "key", "cross-column")
    }
    trials = [chance.choice(by_kind[chance.choice(sorted(by_kind))]) for _ in range(500)]
    missed = []
    for broken in trials:
        found = faults(broken_rows(broken), broken.table)
        named = {(fault["row"], fault["column"], fault["rule"]) for fault in found}
        if not any((broken.number, broken.column, rule) in named for rule in broken.rules):
            missed.append((broken, found))
    assert not missed


@given(st.sampled_from(BREAKS))
def test_a_broken_cell_gives_the_same_faults_in_a_file_and_in_rows(
    tmp_path_factory: pytest.TempPathFactory, broken: Break
) -> None:
    path = tmp_path_factory.getbasetemp() / "broken.csv"
    path.write_bytes(to_csv(broken_rows(broken), columns(broken.table)))
    of_file, of_rows = faults(path, broken.table), faults(broken_rows(broken), broken.table)
    for fault in of_file:
        assert fault["line"] > fault["row"]
        fault["line"] = None
    assert of_file == of_rows


def test_no_fault_is_told_of_a_row_that_has_none() -> None:
    chance = random.Random(5)
    related = {"keys_are_unique", "repeats_name_the_first", "nothing_is_part_of_itself"}
    related |= {"references_exist", "excluded_numbers_lie_beside_figures"}
    related |= {"continued_statements_precede", "measures_hang_together"}
    related |= {"official_counts_agree_within_their_release"}
    for broken in chance.sample(BREAKS, 300):
        for fault in faults(broken_rows(broken), broken.table):
            assert fault["row"] == broken.number or fault["rule"] in related


def test_a_row_of_the_wrong_type_casts_no_blame_on_others() -> None:
    rows = text_rows("figures")
    rows[8]["value"] = "many"
    assert [(f["row"], f["column"], f["rule"]) for f in faults(rows, "figures")] == [
        (9, "value", "cells_have_their_type")
    ]
    rows[10]["unit"] = "items"
    found = {(f["row"], f["column"]) for f in faults(rows, "figures")}
    assert found == {(9, "value"), (11, "unit"), (11, "measure")}


def test_every_fault_is_listed_in_the_error_and_in_a_frame() -> None:
    rows = text_rows("figures")
    rows[10] |= {"unit": "items", "status": "true", "area": "XXX"}
    with pytest.raises(ValidationError) as caught:
        validate(rows, "figures")
    error = caught.value
    assert list(error.frame.columns) == list(FAULT_COLUMNS)
    assert len(error.frame) == len(error.faults) == 4
    assert set(error.frame["row"]) == {11}
    assert set(error.frame["key"]) == {"F011"}
    assert "3 faults" in str(error)
    assert 'row 11, F011, status "true": "true" is not one of' in str(error)
    assert 'measure "returns" / unit "items"' in str(error)
    again = pickle.loads(pickle.dumps(error))
    assert str(again) == str(error)


def test_many_faults_are_all_held_and_a_hundred_shown() -> None:
    rows = [{**row, "status": "so"} for row in text_rows("figures")] * 4
    with pytest.raises(ValidationError) as caught:
        validate(rows, "figures")
    error = caught.value
    assert len(error.faults) > 190
    assert len(str(error).splitlines()) == 102


def test_a_table_of_ones_own_needs_its_names_known() -> None:
    own = [{**row, "claimant_id": "red-cross", "measure": "boats"} for row in text_rows("figures")]
    own = [{**own[10], "figure_id": "F900"}]
    found = {(fault["column"], fault["rule"]) for fault in faults(own, "figures")}
    assert ("claimant_id", "references_exist") in found
    assert ("measure", "references_exist") in found
    measure = {**records("measures")[4], "measure": "boats"}
    actors = [*records("actors"), {**records("actors")[0], "actor_id": "red-cross"}]
    context = {"actors": actors, "measures": pandas.DataFrame([measure])}
    assert len(validate(own, "figures", context=context)) == 1
    by_ids = {"actors": ["red-cross"], "measures": ["boats", "returns"]}
    assert len(validate(own, "figures", context=by_ids)) == 1


def test_identifiers_that_are_shipped_bring_their_rows() -> None:
    own = [{**text_rows("figures")[10], "unit": "items"}]
    context = {"measures": ["returns"], "actors": ["home-office"]}
    assert {f["rule"] for f in faults(own, "figures", context)} == {"unit_is_the_measures"}


def test_a_part_of_a_table_is_validated_against_the_whole() -> None:
    part = figures()[figures()["document_id"] == "D003"]
    found = {(f["key"], f["column"]) for f in faults(part, "figures")}
    assert found == {("F036", "repeats")}
    assert len(validate(part, "figures", context={"figures": figures()})) == len(part)
    broken = part.assign(status="so")
    found = {(f["row"], f["column"]) for f in faults(broken, "figures", {"figures": figures()})}
    assert {(n, "status") for n in range(1, len(part) + 1)} <= found


def test_what_is_known_by_name_alone_excuses_no_cell_and_no_key() -> None:
    statements = text_rows("statements")
    statements[4]["speaker_id"] = "=cmd|x"
    names = [*(row["actor_id"] for row in text_rows("actors")), "=cmd|x"]
    found = faults(statements, "statements", {"actors": names})
    assert {f["rule"] for f in found} == {"no_cell_is_a_formula"}
    figure = text_rows("figures")[0] | {"document_id": "D900", "statement_id": ""}
    twice = [figure | {"figure_id": name} for name in ("F900", "F901")]
    rules = {f["rule"] for f in faults(twice, "figures", {"documents": ["D900"]})}
    assert "keys_are_unique" in rules
    formula = text_rows("statements")
    formula[4] |= {"statement_id": "@A1", "start_char": "x"}
    formula[8]["continues"] = "@A1"
    found = faults(formula, "statements")
    assert (9, "continues", "no_cell_is_a_formula") in {
        (f["row"], f["column"], f["rule"]) for f in found
    }


def test_a_list_of_faults_that_ends_early_says_so_after_the_last_that_is_listed(
    tmp_path: Path,
) -> None:
    names = columns("actors")
    record = ["x", "", "", "", "", ""][: len(names)]
    for extra in (0, 1, 2_500):
        rows = [dict(zip(names, record, strict=True))] * (MOST_FAULTS // 4 + extra)
        found = faults(written(tmp_path / "a.csv", to_csv(rows, names)), "actors")
        listed = [f for f in found if "the list ends here" not in f["message"]]
        assert len(listed) <= MOST_FAULTS
        if len(listed) < len(found):
            assert found[-1]["row"] == listed[-1]["row"]
            assert found[-1]["message"].startswith("the list ends here")


def test_a_context_that_is_at_fault_or_unknown_is_named() -> None:
    with pytest.raises(UnknownNameError, match='Did you mean "actors"'):
        validate(records("figures"), "figures", context={"actor": []})
    with pytest.raises(ValidationError, match="Context: The rows as actors"):
        validate(records("figures"), "figures", context={"actors": [{"actor_id": "x"}]})
    wrong: Any = ["actors"]
    with pytest.raises(TypeError, match="Give context as a mapping"):
        validate(records("figures"), "figures", context=wrong)
    with pytest.raises(TypeError, match="no single identifier"):
        validate(records("figures"), "figures", context={"agreement_links": ["A001"]})


def written(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    "data",
    [b"\xef\xbb\xbf" + FIGURES, FIGURES.replace(b"\n", b"\r\n"), FIGURES.rstrip(b"\n")],
    ids=["byte order mark", "CRLF", "no last line end"],
)
def test_what_spreadsheets_write_is_accepted(tmp_path: Path, data: bytes) -> None:
    pandas.testing.assert_frame_equal(
        validate(written(tmp_path / "f.csv", data), "figures"), figures()
    )


def test_columns_that_are_missing_extra_reordered_or_twice_are_all_named(tmp_path: Path) -> None:
    rows, names = text_rows("actors"), columns("actors")
    cases: list[tuple[list[str], list[str]]] = [
        (names[1:], ["actor_id"]),
        ([*names, "more"], ["more"]),
        ([names[1], names[0], *names[2:]], ["name"]),
        ([*names, "name"], ["name"]),
        ([*names[:-2], "notes", "notes"], ["part_of", "note", "notes"]),
    ]
    for header, expected in cases:
        out = io.StringIO()
        csv.writer(out, lineterminator="\n").writerows(
            [header, *([row.get(name, "x") for name in header] for row in rows)]
        )
        path = written(tmp_path / "a.csv", out.getvalue().encode())
        found = faults(path, "actors")
        assert [fault["column"] for fault in found] == expected
        assert {(f["line"], f["row"], f["rule"]) for f in found} == {(1, None, HEADER_RULE)}
        frame = pandas.DataFrame(
            [[row.get(n, "x") for n in header] for row in rows], columns=header
        )
        assert [fault["column"] for fault in faults(frame, "actors")] == expected


def test_ragged_rows_are_all_named_and_the_others_still_checked(tmp_path: Path) -> None:
    lines = FILES["data/actors.csv"].splitlines()
    lines[2] += b",more"
    lines[4] = b"short,row"
    lines[6] = lines[6].replace(b"government", b"gouvernement", 1)
    lines.insert(8, b"")
    found = faults(written(tmp_path / "a.csv", b"\n".join(lines)), "actors")
    shapes = [(f["line"], f["row"]) for f in found if f["rule"] == "rows_have_all_cells"]
    assert shapes == [(3, 2), (5, 4), (9, 8)]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (FIGURES + b'F900,"open', r"line 50, column 6: a quotation mark opens here"),
        (FIGURES + b"F900,a\0b", r"line 50, column 7: there is a NUL"),
        (FIGURES + b"F900,a\rb", r"line 50, column 7: there is a carriage return"),
        (FIGURES + b"F900,\xff", r"line 50, column 6: byte 0xff is not UTF-8"),
        (
            FIGURES + b"F900," + b"x" * 10_000_000,
            r"line 50, column 6: the cell that begins here has more",
        ),
        (
            FIGURES + b'F900,"' + b'""' * 5_000_000 + b'"',
            r"line 50, column 6: the cell that begins here has more",
        ),
        (b"\xff\xfe" + "figure_id".encode("utf-16-le"), "line 1, column 1: byte 0xff"),
    ],
    ids=["open quote", "NUL", "CR", "not UTF-8", "10 MB", "10 MB of quotes", "UTF-16"],
)
def test_what_is_no_csv_file_is_refused_with_line_and_column(
    tmp_path: Path, data: bytes, message: str
) -> None:
    with pytest.raises(DataFileError, match=message):
        validate(written(tmp_path / "f.csv", data), "figures")


def test_a_file_that_is_missing_a_folder_or_without_end_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataFileError, match=r"nothing\.csv cannot be read: No such file"):
        validate(tmp_path / "nothing.csv", "figures")
    with pytest.raises(DataFileError, match="cannot be read"):
        validate(tmp_path, "figures")
    endless = Path("/dev/zero")
    if endless.exists():
        with pytest.raises(DataFileError, match="line 1: the record is longer than"):
            validate(endless, "figures")
    with pytest.raises(DataFileError, match="cannot be read"):
        validate("a\0b", "figures")
    with pytest.raises(DataFileError, match="is empty or begins with an empty line"):
        validate(written(tmp_path / "empty.csv", b""), "figures")
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe")
        with pytest.raises(DataFileError, match=r"is a pipe\. Give a file"):
            validate(tmp_path / "pipe", "figures")


@pytest.mark.parametrize("source", [None, 5, [1, 2], ["figures.csv"]])
def test_what_is_no_table_is_refused(source: Any) -> None:
    with pytest.raises(TypeError, match="Give a table as a path, a pandas frame"):
        validate(source, "figures")


def test_an_unknown_table_gets_the_nearest_name() -> None:
    for function in (schema, lambda table: validate([], table)):
        with pytest.raises(UnknownNameError, match='Did you mean "figures"'):
            function("figurs")


def test_text_that_no_csv_file_can_hold_is_refused_in_a_frame() -> None:
    for text in ("a\0b", "a\rb", "\ud800", "x" * (LARGEST_CELL + 1)):
        rows = text_rows("actors")
        rows[3]["note"] = text
        assert [(f["row"], f["column"], f["rule"]) for f in faults(rows, "actors")] == [
            (4, "note", "cells_have_their_type")
        ]


def test_numbers_and_days_of_other_types_are_read_for_what_they_say() -> None:
    frame = figures()
    frame["value"] = frame["value"].astype(float)
    frame["start_char"] = frame["start_char"].astype(float)
    frame["period_at"] = frame["period_at"].astype(float)
    frame["stated_on_end"] = frame["stated_on_end"].dt.date
    pandas.testing.assert_frame_equal(validate(frame, "figures"), figures())
    for column, cell in (("value", float("inf")), ("start_char", 1.5), ("value", True)):
        rows = records("figures")
        rows[10][column] = cell
        assert ("cells_have_their_type", column) in {
            (f["rule"], f["column"]) for f in faults(rows, "figures")
        }
    rows = records("figures")
    rows[10]["period"] = 2022
    assert [f["column"] for f in faults(rows, "figures")] == ["period"]


@given(st.binary(max_size=300))
def test_any_bytes_are_read_whole_or_refused(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.csv"
    path.write_bytes(FILES["data/populations.csv"] + data)
    try:
        checked = validate(path, "populations")
    except (DataFileError, ValidationError):
        return
    assert len(checked) >= 4


def test_frames_and_rows_of_any_make_are_read_or_refused() -> None:
    header = [pandas.DataFrame([[1, 2]]), pandas.DataFrame([[1]], columns=[None])]
    pairs = pandas.MultiIndex.from_tuples([("a", "b")])
    for frame in (*header, pandas.DataFrame([[1]], columns=pairs), pandas.DataFrame()):
        assert {f["rule"] for f in faults(frame, "actors")} == {HEADER_RULE}
    strange: list[Any] = [[{1: 2}], [{None: [1]}], [{}]]
    for rows in strange:
        assert {f["rule"] for f in faults(rows, "actors")} == {HEADER_RULE}
    first, *others = records("actors")
    del first["note"]
    assert [(f["row"], f["column"]) for f in faults([first, *others], "actors")] == [(1, "note")]
    mixed = [dict(reversed(row.items())) for row in records("actors")]
    assert len(validate(mixed, "actors")) == len(mixed)
    assert len(validate(load("figures").to_dict("records"), "figures")) == len(text_rows("figures"))
    assert len(validate(load("figures").astype("category"), "figures")) == len(text_rows("figures"))


class Hostile:
    """A cell that cannot be shown."""

    def __str__(self) -> str:
        raise RuntimeError


def test_no_cell_makes_validation_crash() -> None:
    deep: Any = []
    for _ in range(100_000):
        deep = [deep]
    for cell in (deep, 10**5000, 2**63, Hostile(), Decimal("sNaN"), Decimal("1E+1000000"), b"x"):
        for column in ("characters", "title", "printed_date", "truncated"):
            rows: Any = records("documents")
            rows[0][column] = cell
            assert ("cells_have_their_type", column) in {
                (f["rule"], f["column"]) for f in faults(rows, "documents")
            }


@pytest.mark.parametrize("cell", ["9" * 30, "9" * 400, str(2**63)])
def test_numbers_that_no_frame_can_hold_are_refused(tmp_path: Path, cell: str) -> None:
    rows = text_rows("documents")
    rows[0]["characters"] = cell
    path = written(tmp_path / "d.csv", to_csv(rows, columns("documents")))
    assert [(f["row"], f["column"]) for f in faults(path, "documents")] == [(1, "characters")]
    if len(cell) > 300:
        figure = text_rows("figures")
        figure[10] |= {"value": cell, "lower": cell, "upper": cell}
        assert {f["column"] for f in faults(figure, "figures")} == {"value", "lower", "upper"}


def test_a_file_of_faults_is_given_up_in_bounded_time(tmp_path: Path) -> None:
    header = FILES["data/actors.csv"].splitlines(keepends=True)[0]
    found = faults(written(tmp_path / "a.csv", header + b"\n" * 5_000_000), "actors")
    assert len(found) == MOST_FAULTS + 1
    assert "there are more than 10,000 faults" in found[-1]["message"]
    wide = written(tmp_path / "b.csv", header + b"a," * 3_000_000 + b'"open')
    with pytest.raises(DataFileError, match="a quotation mark opens here"):
        validate(wide, "actors")


def test_of_a_row_known_by_name_alone_nothing_is_asked() -> None:
    figure = {**text_rows("figures")[10], "statement_id": "S900", "repeats": "F900"}
    context = {"statements": ["S900"], "figures": ["F900"]}
    assert len(validate([figure], "figures", context=context)) == 1
    agreement = {**text_rows("agreements")[0], "agreement_id": "A900"}
    assert len(validate([agreement], "agreements", context={"agreement_events": ["E900"]})) == 1
    assert (
        len(validate([agreement], "agreements", context={"agreement_events": iter(["E900"])})) == 1
    )
    actors = {"actors": (row for row in records("actors"))}
    assert len(validate(records("figures"), "figures", context=actors)) == len(text_rows("figures"))
    assert len(
        schema("figures", context={"actors": iter(records("actors"))}).validate(figures())
    ) == len(text_rows("figures"))


def test_large_tables_take_time_in_proportion() -> None:
    """What every pair of rows would take is not done: 20,000 rows, counted by calls of a rule."""
    row = records("excluded_numbers")[0]
    rows = [{**row, "start_char": n * 5, "end_char": n * 5 + 4} for n in range(20_000)]
    text = {**records("documents")[0], "characters": 200_000}
    assert (
        len(validate(rows, "excluded_numbers", context={"documents": [text], "figures": []}))
        == 20_000
    )
    windows = [{**records("figures")[10], "figure_id": f"F{n}"} for n in range(2_000)]
    assert Counter(f["rule"] for f in faults(windows, "figures"))["repeats_name_the_first"] == 1999


def test_random_changes_are_noticed_where_a_rule_binds_the_column() -> None:
    chance = random.Random(11)
    bound = ("value", "lower", "upper", "unit", "start_char", "end_char", "exact", "quote")
    for column in (*bound, "period_start", "period_end", "stated_on_end", "repeats"):
        for number in chance.sample(range(len(text_rows("figures"))), 12):
            rows = [dict(row) for row in text_rows_of("figures")]
            cell = random_cell(chance, "figures", column, rows[number])
            assert cell is not None
            rows[number][column] = cell
            assert any(f["row"] == number + 1 for f in faults(rows, "figures")), (column, cell)
