"""What changed: two copies compared cell by cell, the level of each change, what is recorded."""

from __future__ import annotations

import copy
import hashlib
import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from albania_uk_migration import DataFileError
from albania_uk_migration.rules.releases import version_parts
from albania_uk_migration.tables.package import shipped
from differences import LEVELS, Copy, Difference, found_between, greatest, least_version, read_copy

from ..support.altered_tables import DESCRIPTOR, FILES, Record, text_rows, to_csv
from ..support.trying import examples

COMPARED = [
    name
    for name in shipped().resources
    if name != "release_changes" and not shipped().made_from(name)
]
OLD = read_copy({**FILES, "datapackage.json": json.dumps(DESCRIPTOR).encode()}.__getitem__)


def _copy(
    table: str = "figures",
    rows: list[Record] | None = None,
    columns: list[str] | None = None,
    describe: Callable[[dict[str, Any]], object] = lambda _: None,
) -> Copy:
    """The tables with one of them, or their description, altered; no checksum is kept true."""
    descriptor = copy.deepcopy(DESCRIPTOR)
    resource = next(r for r in descriptor["resources"] if r["name"] == table)
    files = dict(FILES)
    if rows is not None:
        names = columns or [field["name"] for field in resource["schema"]["fields"]]
        files[resource["path"]] = to_csv(rows, names)
    describe(resource)
    files["datapackage.json"] = json.dumps(descriptor).encode()
    return read_copy(files.__getitem__)


def _field(resource: dict[str, Any], column: str) -> dict[str, Any]:
    fields: list[dict[str, Any]] = resource["schema"]["fields"]
    return next(field for field in fields if field["name"] == column)


def test_nothing_changed_between_a_copy_and_itself() -> None:
    assert found_between(OLD, OLD) == []
    assert greatest([]) == "none"


@st.composite
def _edits(draw: st.DrawFn) -> tuple[str, list[Record], set[tuple[str, str, str, str]]]:
    """A table with rows taken out, rows added and cells changed, and what of it is to be found."""
    table = draw(st.sampled_from(COMPARED))
    key = shipped().key(table)
    rows = text_rows(table)
    expected: set[tuple[str, str, str, str]] = set()
    kept = []
    for row in rows:
        name = "/".join(row[column] for column in key)
        done = (
            draw(st.sampled_from(["keep"] * 12 + ["remove", "change"]))
            if len(rows) < 90
            else "keep"
        )
        if done == "remove":
            expected.add((name, "", "removed", "major"))
            continue
        others = [column for column in row if column not in key]
        if done == "change" and others:
            column = draw(st.sampled_from(others))
            row[column] = draw(st.text("abc é\"',\n", max_size=5)) + "x"
            expected.add((name, column, "changed", ""))
        kept.append(row)
    for number in range(draw(st.integers(0, 2))):
        fresh = {**rows[0], **dict.fromkeys(key, f"new-{number}")}
        kept.append(fresh)
        expected.add(("/".join(fresh[column] for column in key), "", "added", "minor"))
    shuffled = draw(st.permutations(kept)) if len(kept) < 60 else kept
    return table, shuffled, expected


@examples(60)
@given(_edits())
def test_exactly_what_was_edited_is_found(
    edited: tuple[str, list[Record], set[tuple[str, str, str, str]]],
) -> None:
    table, rows, expected = edited
    assume(rows)
    found = found_between(OLD, _copy(table, rows))
    assert {one.table for one in found} <= {table}
    told = {(one.id, one.column, one.change, one.level if not one.column else "") for one in found}
    assert told == expected
    assert len(found) == len(expected)
    cells = {"/".join(row[c] for c in shipped().key(table)): row for row in rows}
    for one in found:
        if one.column and len(one.new) < 40:
            assert one.new == cells[one.id][one.column]


def test_a_changed_cell_is_a_patch() -> None:
    rows = text_rows("figures")
    rows[11]["value"], old = "955", rows[11]["value"]
    assert found_between(OLD, _copy(rows=rows)) == [
        Difference("figures", "F012", "value", "changed", old, "955", "patch")
    ]


def test_long_quotations_are_recorded_by_their_hash() -> None:
    rows = text_rows("figures")
    words = rows[11]["quote"]
    rows[11]["quote"] = "954 enforced"
    (one,) = found_between(OLD, _copy(rows=rows))
    assert len(words) > 40
    digest = hashlib.sha256(words.encode()).hexdigest()
    assert one.old == f"sha256:{digest} ({len(words)} characters)"
    assert one.new == "954 enforced"
    assert words not in str(one)


def test_an_identifier_with_the_cells_of_another_has_another_meaning() -> None:
    rows = text_rows("figures")
    rows[3]["figure_id"], rows[4]["figure_id"] = rows[4]["figure_id"], rows[3]["figure_id"]
    found = found_between(OLD, _copy(rows=rows))
    assert {one.id for one in found} == {"F004", "F005"}
    assert {one.level for one in found} == {"major"}
    assert {one.guessed for one in found} == {False}
    # One more cell of each, and the rows are still more like one another than like themselves.
    rows[3]["note"] = rows[4]["note"] = "Touched."
    touched = found_between(OLD, _copy(rows=rows))
    assert {(one.level, one.guessed) for one in touched} == {("major", True)}
    assert "F004 now has the cells that F005 had" in {one.why for one in found}


def test_a_row_that_is_mostly_another_is_guessed_to_mean_something_else() -> None:
    rows = text_rows("figures")
    kept = ("figure_id", "unit", "comparator", "area")
    rows[3] = {name: cell if name in kept else f"{cell}x" for name, cell in rows[3].items()}
    found = found_between(OLD, _copy(rows=rows))
    assert {(one.level, one.guessed) for one in found} == {("major", True)}
    rows = text_rows("figures")
    rows[3]["document_id"] = "D001"
    (one,) = found_between(OLD, _copy(rows=rows))
    assert (one.level, one.guessed, one.why) == ("major", True, "F004 is of another document")


def _drop(resource: dict[str, Any], column: str) -> None:
    resource["schema"]["fields"].remove(_field(resource, column))


def _constrain(column: str, **constraints: Any) -> Callable[[dict[str, Any]], object]:
    def alter(resource: dict[str, Any]) -> None:
        _field(resource, column).setdefault("constraints", {}).update(constraints)

    return alter


def _unconstrain(column: str, name: str) -> Callable[[dict[str, Any]], object]:
    return lambda resource: _field(resource, column)["constraints"].pop(name)


def _set(column: str, **properties: Any) -> Callable[[dict[str, Any]], object]:
    return lambda resource: _field(resource, column).update(properties)


def _label(column: str, value: str, label: str) -> Callable[[dict[str, Any]], object]:
    def alter(resource: dict[str, Any]) -> None:
        listed = [c for c in _field(resource, column)["categories"] if c["value"] != value]
        _field(resource, column)["categories"] = [*listed, {"value": value, "label": label}]

    return alter


UNITS = ["persons", "percent", "times", "rank", "GBP", "items"]
PERIOD = next(f for f in shipped().fields("figures") if f["name"] == "period")["form"]


@pytest.mark.parametrize(
    ("describe", "column", "level"),
    [
        (_set("value", description="Another one."), "value", "patch"),
        (_set("value", title="Number"), "value", "patch"),
        (_set("value", example="1"), "value", "patch"),
        (_set("value", type="string"), "value", "major"),
        (_set("value", format="any"), "value", "major"),
        (_constrain("value", minimum=1), "value", "major"),
        (_constrain("value", minimum=-1), "value", "minor"),
        (_unconstrain("value", "minimum"), "value", "minor"),
        (_constrain("value", maximum=10**12), "value", "major"),
        (_constrain("value", required=True), "value", "major"),
        (_constrain("value", required=False), "value", "minor"),
        (_unconstrain("figure_id", "required"), "figure_id", "minor"),
        (_unconstrain("figure_id", "pattern"), "figure_id", "minor"),
        (_constrain("figure_id", pattern="F[0-9]+"), "figure_id", "major"),
        (_set("period", form=PERIOD.replace("{4}", "{4,}")), "period", "major"),
        (_set("period", form=re.sub(r"\{(\d)\}", r"{\1,}", PERIOD)), "period", "minor"),
        (_constrain("unit", enum=[*UNITS, "EUR"]), "unit", "minor"),
        (_constrain("unit", enum=UNITS[:-1]), "unit", "major"),
        (_constrain("unit", enum=UNITS[::-1]), "unit", "patch"),
        (_label("unit", "persons", "Things."), "unit", "major"),
        (_label("unit", "EUR", "Euros."), "unit", "minor"),
        (lambda r: r.update(title="Numbers"), "", "patch"),
        (lambda r: r.update(description="Numbers."), "", "patch"),
        (lambda r: r.update(licenses=r["licenses"] * 2), "", "major"),
        (lambda r: r.update(encoding="utf-16"), "", "major"),
        (lambda r: r["dialect"].update(delimiter=";"), "", "major"),
        (lambda r: r["schema"].update(primaryKey=["figure_id", "document_id"]), "", "major"),
        (lambda r: r["schema"]["foreignKeys"].pop(), "", "minor"),
        (lambda r: r["schema"].update(uniqueKeys=[["note"]]), "", "major"),
    ],
)
def test_a_description_has_the_level_of_what_it_asks(
    describe: Callable[[dict[str, Any]], object], column: str, level: str
) -> None:
    found = found_between(OLD, _copy(describe=describe))
    assert {(one.table, one.id, one.column, one.change) for one in found} == {
        ("figures", "", column, "changed")
    }
    assert greatest(one.level for one in found) == level
    assert all(one.old != one.new for one in found)


def test_a_pattern_that_moves_beside_the_constraints_asks_the_same() -> None:
    def move(resource: dict[str, Any]) -> None:
        field = _field(resource, "period")
        field["constraints"] = {"pattern": field.pop("form")}

    assert found_between(OLD, _copy(describe=move)) == []


def test_a_column_that_comes_or_goes_is_major() -> None:
    names = list(shipped().types("figures"))
    rows = text_rows("figures")
    less = [{name: cell for name, cell in row.items() if name != "note"} for row in rows]
    names.remove("note")
    for describe in (lambda _: None, lambda resource: _drop(resource, "note")):
        (one,) = found_between(OLD, _copy("figures", less, names, describe))
        assert one[:4] == ("figures", "", "note", "removed")
        assert one.level == "major"
    more = [{**row, "remark": "x"} for row in text_rows("figures")]
    names = [*names, "note", "remark"]
    field = {"name": "remark", "type": "string", "title": "Remark", "description": "A remark."}
    for describe in (lambda _: None, lambda resource: resource["schema"]["fields"].append(field)):
        (one,) = found_between(OLD, _copy("figures", more, names, describe))
        assert (one[:4], one.level) == (("figures", "", "remark", "added"), "major")


def test_a_column_that_is_renamed_or_moved_is_major() -> None:
    names = list(shipped().types("figures"))
    renamed = [{**row, "remark": row["note"]} for row in text_rows("figures")]
    for row in renamed:
        del row["note"]
    found = found_between(
        OLD, _copy("figures", renamed, [*names[:-1], "remark"], _set("note", name="remark"))
    )
    assert {(one.column, one.change) for one in found} == {("note", "removed"), ("remark", "added")}
    assert {one.level for one in found} == {"major"}
    moved = [names[1], names[0], *names[2:]]
    (one,) = found_between(OLD, _copy("figures", text_rows("figures"), moved))
    assert (one[:4], one.level) == (("figures", "", "", "changed"), "major")
    assert one.new.startswith("order of columns: document_id, figure_id")


def test_a_table_that_comes_is_minor_and_one_that_goes_is_major() -> None:
    less = copy.deepcopy(DESCRIPTOR)
    less["resources"] = [r for r in less["resources"] if r["name"] != "follow_ups"]
    without = read_copy({**FILES, "datapackage.json": json.dumps(less).encode()}.__getitem__)
    (gone,) = found_between(OLD, without)
    assert (gone[:4], gone.level) == (("follow_ups", "", "", "removed"), "major")
    (new,) = found_between(without, OLD)
    assert (new[:4], new.level) == (("follow_ups", "", "", "added"), "minor")
    assert (gone.old, new.new) == ("40 rows", "40 rows")


def test_of_very_many_new_rows_only_the_number_is_recorded() -> None:
    rows = text_rows("figures")
    for most, changed in ((200, 200), (201, 1)):
        more = [{**rows[0], "figure_id": f"F{number}"} for number in range(1000, 1000 + most)]
        found = found_between(OLD, _copy(rows=[*rows, *more]))
        assert len(found) == changed
        assert {one.level for one in found} == {"minor"}
    (one,) = found
    assert (one[:4], one.new) == (("figures", "", "", "changed"), "rows added: 201")


def test_rows_are_compared_by_the_key_that_they_had() -> None:
    def widen(resource: dict[str, Any]) -> None:
        resource["schema"]["primaryKey"] = ["figure_id", "document_id"]

    found = found_between(OLD, _copy(rows=text_rows("figures")[:-1], describe=widen))
    assert [one[:4] for one in found] == [
        ("figures", "", "", "changed"),
        ("figures", text_rows("figures")[-1]["figure_id"], "", "removed"),
    ]


def test_the_name_and_the_order_of_the_tables_are_compared() -> None:
    other = copy.deepcopy(DESCRIPTOR)
    other["name"] = "another"
    other["resources"].reverse()
    found = found_between(
        OLD, read_copy({**FILES, "datapackage.json": json.dumps(other).encode()}.__getitem__)
    )
    assert [(one.table, one.level) for one in found] == [("", "major"), ("", "patch")]
    less = copy.deepcopy(DESCRIPTOR)
    less["resources"] = less["resources"][:-1]
    (gone,) = found_between(
        OLD, read_copy({**FILES, "datapackage.json": json.dumps(less).encode()}.__getitem__)
    )
    assert gone[:4] == ("release_changes", "", "", "removed")


def test_what_a_program_counts_is_no_change() -> None:
    def count(resource: dict[str, Any]) -> None:
        resource.update({"bytes": 1, "hash": "sha256:0", "rows": 1, "scheme": "", "$schema": ""})
        resource["schema"]["$schema"] = ""

    assert found_between(OLD, _copy(describe=count)) == []


def test_a_copy_that_is_no_table_is_refused() -> None:
    rows = text_rows("figures")
    with pytest.raises(DataFileError, match="a second row F001"):
        _copy(rows=[rows[0], *rows])
    broken = {**FILES, "datapackage.json": json.dumps(DESCRIPTOR).encode()}
    broken["data/figures.csv"] += b"F900,D001\n"
    with pytest.raises(DataFileError, match="line 50: 2 cells, but the header has"):
        read_copy(broken.__getitem__)


VERSIONS = st.tuples(*[st.integers(0, 99)] * 3).map(lambda parts: ".".join(map(str, parts)))


@given(VERSIONS)
def test_the_least_version_grows_with_the_level(version: str) -> None:
    parts = [version_parts(least_version(version, level)) for level in LEVELS]
    assert parts[0] == version_parts(version) < parts[1] < parts[2] <= parts[3]
    assert (parts[2] == parts[3]) == (parts[0][0] == 0)


@pytest.mark.parametrize("level", LEVELS)
def test_the_greatest_level_counts(level: str) -> None:
    assert greatest(["none", level, "none"]) == level
    assert greatest([level, "major"]) == "major"
