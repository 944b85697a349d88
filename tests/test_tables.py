"""Tables are found, read whole or refused with the place of the fault, and typed."""

from __future__ import annotations

import datetime
import json
import subprocess
import sys
import zipfile
from decimal import Decimal
from pathlib import Path

import pandas
import pytest
from hypothesis import given
from hypothesis import strategies as st

import albania_uk_migration as front
from albania_uk_migration import (
    DataFileError,
    UnknownNameError,
    describe,
    load,
    records,
    table_names,
)
from albania_uk_migration.tables.cells import plain
from albania_uk_migration.tables.csv_text import parse_table
from albania_uk_migration.tables.package import Package

from .alteration import DESCRIPTOR, FILES, ROOT, text_rows, to_csv

NAMES = [resource["name"] for resource in DESCRIPTOR["resources"]]
FIELDS = [
    {"name": "name", "type": "string"},
    {"name": "count", "type": "integer"},
    {"name": "amount", "type": "number"},
    {"name": "true", "type": "boolean"},
    {"name": "day", "type": "date"},
]
GOOD = b'name,count,amount,true,day\n"a, b",1,1.5,true,2022-12-13\n,,,,\n'


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
    with pytest.raises(UnknownNameError, match='no table "figurs"; did you mean "figures"'):
        function("figurs")  # type: ignore[operator]
    with pytest.raises(UnknownNameError, match="there are documents, actors"):
        function("zzz")  # type: ignore[operator]


def test_good_bytes_are_read() -> None:
    rows = parse_table(GOOD, FIELDS, "x.csv")
    assert rows[0] == {
        "name": "a, b",
        "count": 1,
        "amount": Decimal("1.5"),
        "true": True,
        "day": datetime.date(2022, 12, 13),
    }
    assert set(rows[1].values()) == {None}


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"\xef\xbb\xbf" + GOOD, "x.csv, line 1, column 1: found a byte order mark"),
        (GOOD.replace(b"\n", b"\r\n"), "line 1, column 27: found a carriage return"),
        (GOOD.replace(b"a, b", b"a, \xff"), "line 2, column 5: byte 0xff is not UTF-8"),
        (GOOD.replace(b"a, b", b"a\0b"), "line 2, column 3: found a NUL"),
        (
            GOOD.replace(b"day\n", b"date\n"),
            'line 1: column "day" is missing; column "date" is not',
        ),
        (GOOD.replace(b"name,count", b"count,name"), 'line 1: column 1 is "count", where "name"'),
        (
            GOOD.replace(b"name,count", b"name,name"),
            'line 1: column "count" is missing; column "name" is there 2 times',
        ),
        (GOOD.replace(b",", b";"), "line 1: it is split by semicolons; .* by commas"),
        (GOOD + b"x,1\n", "line 4: 2 cells where the header has 5"),
        (GOOD + b"x,1,1,true,2022-12-13,more\n", "line 4: 6 cells where the header has 5"),
        (
            GOOD + b'"open,1,1,true,2022-12-13\n',
            "line 4, column 1: a quotation mark is opened here",
        ),
        (GOOD + b'x,1,"1,true,2022-12-13\n', "line 4, column 5: a quotation mark is opened here"),
        (GOOD + b'x,"1,1\nx,1,"1",true\n', "line 5, column 6: text after .* line 4, column 3"),
        (GOOD + b"x," + b"1" * 100_001 + b"\n", "line 4, column 3: 100001 characters in one cell"),
        (GOOD + b"x," + b'"' + b"1" * 200_000 + b'"\n', "line 4, column 3: 200002 characters"),
        (
            GOOD.replace(b",1,1.5", b",one,1.5"),
            'line 2, column count: "one" is not of type integer',
        ),
        (GOOD.replace(b"1.5", b"1,5"), "line 2: 6 cells"),
        (GOOD.replace(b"1.5", b"NaN"), 'line 2, column amount: "NaN"'),
        (GOOD.replace(b"true,2", b"yes,2"), 'line 2, column true: "yes"'),
        (GOOD.replace(b"2022-12-13", b"13.12.2022"), 'line 2, column day: "13.12.2022"'),
        (GOOD.replace(b"2022-12-13", b"2022-12-32"), "line 2, column day"),
        (b"", 'line 1: column "name" is missing'),
    ],
)
def test_bad_bytes_are_refused_with_line_and_column(data: bytes, message: str) -> None:
    with pytest.raises(DataFileError, match=message):
        parse_table(data, FIELDS, "x.csv")


@given(st.binary(max_size=200))
def test_any_bytes_are_read_whole_or_refused(data: bytes) -> None:
    try:
        rows = parse_table(GOOD + data, FIELDS, "x.csv")
    except DataFileError:
        return
    assert all(len(row) == len(FIELDS) for row in rows)


@given(st.lists(st.text(st.characters(exclude_characters="\r\0", exclude_categories=["Cs"]))))
def test_text_written_is_text_read(cells: list[str]) -> None:
    columns = [{"name": "key", "type": "integer"}, {"name": "text", "type": "string"}]
    rows = [{"key": str(number), "text": cell} for number, cell in enumerate(cells)]
    read = parse_table(to_csv(rows, ["key", "text"]), columns, "x.csv")
    assert [row["text"] for row in read] == [cell or None for cell in cells]


def test_a_field_larger_than_csv_allows_is_refused_not_a_crash() -> None:
    with pytest.raises(DataFileError, match="line 2"):
        parse_table(b"name\n" + b"x" * 10_000_000 + b"\n", [FIELDS[0]], "x.csv")


def test_a_missing_file_and_a_broken_descriptor_are_named() -> None:
    def read(path: str) -> bytes:
        if path == "datapackage.json":
            return b'{"resources": [\n oops'
        raise AssertionError

    with pytest.raises(DataFileError, match=r"datapackage\.json, line 2"):
        Package(read)


@pytest.mark.parametrize(
    "descriptor",
    [{}, [], {"resources": [{}]}, {"resources": 5}, None, {"resources": [{"name": "figures"}]}],
)
def test_a_descriptor_that_describes_no_tables_is_refused(descriptor: object) -> None:
    with pytest.raises(DataFileError, match=r"datapackage\.json"):
        Package(lambda _: json.dumps(descriptor).encode())


def test_a_descriptor_that_lost_a_part_is_refused() -> None:
    for part in ("title", "path", "hash", "schema", "rows", "summary"):
        lacking = json.loads(json.dumps(DESCRIPTOR))
        del lacking["resources"][4][part]
        with pytest.raises(DataFileError, match=part):
            Package(lambda _, lacking=lacking: json.dumps(lacking).encode())  # type: ignore[misc]


def _run(code: str, *paths: Path) -> str:
    """Output of code in a fresh Python that sees only these paths and no site packages' copy."""
    lines = [f"import sys; sys.path[:0] = {[str(path) for path in paths]!r}", code]
    done = subprocess.run(
        [sys.executable, "-c", "\n".join(lines)],
        capture_output=True,
        check=True,
        text=True,
        encoding="utf-8",
        cwd=paths[0].parent,
    )
    return done.stdout


def _installed_files() -> dict[str, bytes]:
    source = ROOT / "src" / "albania_uk_migration"
    files = {
        f"albania_uk_migration/{path.relative_to(source).as_posix()}": path.read_bytes()
        for path in source.rglob("*.py*")
        if path.suffix != ".pyc"
    }
    descriptor = (ROOT / "datapackage.json").read_bytes()
    for path, data in {**FILES, "datapackage.json": descriptor}.items():
        files[f"albania_uk_migration/_data/{path}"] = data
    return files


READ = (
    "import albania_uk_migration as a; rows = a.records('figures'); "
    "report = a.verify(); print(a.__file__, len(rows), report.ok, report.checks[-1].outcome)"
)


def test_the_same_from_a_zip_on_the_path(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "package.zip", "w") as archive:
        for name, data in _installed_files().items():
            archive.writestr(name, data)
    out = _run(READ, tmp_path / "package.zip")
    assert "package.zip" in out
    assert out.split()[-4:] == [str(len(records("figures"))), "True", "NOT", "PROVED"]


def test_an_installed_copy_that_lost_or_altered_a_file_says_which(tmp_path: Path) -> None:
    for name, data in _installed_files().items():
        path = tmp_path / "site" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    figures = tmp_path / "site/albania_uk_migration/_data/data/figures.csv"
    code = (
        "import albania_uk_migration as a\n"
        "try: a.records('figures')\n"
        "except a.DataFileError as error: print(error)"
    )
    whole = figures.read_bytes()
    figures.write_bytes(whole.replace(b"12658", b"12301"))
    for call in ("a.records('figures')", "a.evidence('F001')", "a.verify(); a.load('figures')"):
        assert "is not the file" in _run(
            code.replace("a.records('figures')", call), tmp_path / "site"
        )
    altered = _run(code, tmp_path / "site")
    assert "data/figures.csv is not the file that datapackage.json describes" in altered
    assert "expected" in altered
    figures.unlink()
    assert "the data file data/figures.csv is missing" in _run(code, tmp_path / "site")


def test_describe_gives_the_codebook() -> None:
    for table in NAMES:
        described = describe(table)
        json.dumps(described)
        assert described["title"]
        header = FILES[f"data/{table}.csv"].decode("utf-8").partition("\n")[0]
        assert [column["name"] for column in described["columns"]] == header.split(",")
