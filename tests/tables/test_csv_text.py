"""CSV text: read whole, or refused with line and column."""

from __future__ import annotations

import csv
import datetime
import io
import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from albania_uk_migration import DataFileError
from albania_uk_migration.tables.csv_text import parse_table, table_text
from albania_uk_migration.tables.package import shipped

from ..support.altered_tables import FILES, to_csv

FIELDS = [
    {"name": "name", "type": "string"},
    {"name": "count", "type": "integer"},
    {"name": "amount", "type": "number"},
    {"name": "true", "type": "boolean"},
    {"name": "day", "type": "date"},
]
GOOD = b'name,count,amount,true,day\n"a, b",1,1.5,true,2022-12-13\n,,,,\n'


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
        (b"\xef\xbb\xbf" + GOOD, "x.csv, line 1, column 1: there is a byte order mark"),
        (GOOD.replace(b"\n", b"\r\n"), "line 1, column 27: there is a carriage return"),
        (GOOD.replace(b"a, b", b"a, \xff"), "line 2, column 5: byte 0xff is not UTF-8"),
        (GOOD.replace(b"a, b", b"a\0b"), "line 2, column 3: there is a NUL"),
        (
            GOOD.replace(b"day\n", b"date\n"),
            'line 1: column "day" is missing; the table has no column "date"',
        ),
        (GOOD.replace(b"name,count", b"count,name"), 'line 1: column 1 is "count", but "name"'),
        (
            GOOD.replace(b"name,count", b"name,name"),
            'line 1: column "count" is missing; column "name" occurs 2 times',
        ),
        (GOOD.replace(b",", b";"), "line 1: cells are separated by semicolons; .* by commas"),
        (GOOD + b"x,1\n", "line 4: 2 cells, but the header has 5"),
        (GOOD + b"x,1,1,true,2022-12-13,more\n", "line 4: 6 cells, but the header has 5"),
        (
            GOOD + b'"open,1,1,true,2022-12-13\n',
            "line 4, column 1: a quotation mark opens here",
        ),
        (GOOD + b'x,1,"1,true,2022-12-13\n', "line 4, column 5: a quotation mark opens here"),
        (GOOD + b'x,"1,1\nx,1,"1",true\n', "line 5, column 6: text after .* line 4, column 3"),
        (
            GOOD + b"x," + b"1" * 100_001 + b"\n",
            "line 4, column 3: the cell that begins here has more than 100,000 characters",
        ),
        (
            GOOD + b"x," + "é".encode() * 8_388_613 + b"\n",
            "line 4: the record is longer than 16,777,216 bytes",
        ),
        (
            GOOD + b"x," + b'"' + b"1" * 200_000 + b'"\n',
            "line 4, column 3: the cell that begins here has more than 100,000 characters",
        ),
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


@given(st.lists(st.text(st.characters(exclude_characters="\r\0\ufeff", exclude_categories=["Cs"]))))
def test_text_written_is_text_read(cells: list[str]) -> None:
    columns = [{"name": "key", "type": "integer"}, {"name": "text", "type": "string"}]
    rows = [{"key": str(number), "text": cell} for number, cell in enumerate(cells)]
    read = parse_table(to_csv(rows, ["key", "text"]), columns, "x.csv")
    assert [row["text"] for row in read] == [cell or None for cell in cells]


def test_a_field_larger_than_csv_allows_is_refused_not_a_crash() -> None:
    with pytest.raises(DataFileError, match="line 2"):
        parse_table(b"name\n" + b"x" * 10_000_000 + b"\n", [FIELDS[0]], "x.csv")


def test_the_shipped_tables_have_their_text_in_quotes_and_nothing_else() -> None:
    for table, resource in shipped().resources.items():
        data = FILES[resource["path"]].decode("utf-8")
        types = shipped().types(table)
        records = list(csv.reader(io.StringIO(data, newline=""), strict=True))
        assert table_text(records[1:], types) == data
        bare = re.sub(r'"(?:[^"]|"")*"', "", data)
        assert re.fullmatch(r"(?:[-0-9.,\n]|true|false)*", bare), table


@pytest.mark.parametrize("table", list(shipped().resources))
def test_who_guesses_how_a_table_is_written_guesses_right(table: str) -> None:
    # csvkit and others look at the first 1,024 characters; an apostrophe used to mislead them.
    text = FILES[f"data/{table}.csv"].decode("utf-8")
    for sample in (text[:1024], text[:4096], text):
        guessed = csv.Sniffer().sniff(sample)
        assert (guessed.delimiter, guessed.quotechar) == (",", '"')
        assert not guessed.skipinitialspace
    whole = csv.Sniffer().sniff(text)
    read = list(csv.reader(io.StringIO(text, newline=""), whole))
    assert read == list(csv.reader(io.StringIO(text, newline=""), strict=True))


@given(
    st.lists(st.lists(st.text(st.characters(exclude_characters="\0\r")), min_size=2, max_size=2))
)
def test_what_is_written_is_read_again(rows: list[list[str]]) -> None:
    written = table_text(rows, {"a": "string", "b": "integer"})
    assert list(csv.reader(io.StringIO(written, newline=""), strict=True)) == [["a", "b"], *rows]
