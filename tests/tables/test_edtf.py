"""Dates in EDTF, read as an independent reader reads them."""

from __future__ import annotations

import datetime
import time

import edtf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from albania_uk_migration.errors import EdtfError
from albania_uk_migration.tables.edtf import edtf_days

from ..support.altered_tables import DESCRIPTOR, text_rows
from ..support.trying import examples

days = st.dates(datetime.date(1900, 1, 1), datetime.date(2100, 12, 31))
points = st.one_of(
    days.map(lambda day: day.isoformat()),
    days.map(lambda day: f"{day:%Y-%m}"),
    days.map(lambda day: f"{day:%Y}"),
)


def _date(struct: time.struct_time) -> datetime.date:
    return datetime.date(*struct[:3])


def _oracle(text: str) -> tuple[datetime.date, datetime.date]:
    parsed = edtf.parse_edtf(text)
    return _date(parsed.lower_strict()), _date(parsed.upper_strict())


@given(points)
def test_a_point_is_read_as_the_oracle_reads_it(text: str) -> None:
    assert edtf_days(text) == _oracle(text)


@examples(60)  # the oracle is slow
@given(points, points)
def test_an_interval_is_read_as_the_oracle_reads_it_or_runs_backwards(a: str, b: str) -> None:
    start, end = _oracle(a)[0], _oracle(b)[1]
    if start > end:
        with pytest.raises(EdtfError, match="ends before it begins"):
            edtf_days(f"{a}/{b}")
    else:
        assert edtf_days(f"{a}/{b}") == _oracle(f"{a}/{b}") == (start, end)


@given(days, days)
def test_one_day_of_a_range_spans_the_range(a: datetime.date, b: datetime.date) -> None:
    first, last = sorted((a, b))
    assert edtf_days(f"[{first}..{last}]") == (first, last)
    assert edtf_days(f"[..{last}]") == (None, last)
    assert edtf_days(f"[{first}..]") == (first, None)
    assert edtf_days(f"{first}/..") == (first, None)


def test_the_expressions_that_ship_are_read_as_the_oracle_reads_them() -> None:
    checked = 0
    for resource in DESCRIPTOR["resources"]:
        names = [field["name"] for field in resource["schema"]["fields"]]
        columns = [n for n in names if f"{n}_basis" in names and f"{n}_start" in names] + ["date"]
        for row in text_rows(resource["name"]):
            for column in columns:
                text = row.get(column, "")
                if text and ".." not in text:
                    assert edtf_days(text) == _oracle(text)
                    checked += 1
    assert checked > 100


@pytest.mark.parametrize(
    "text",
    [
        "",
        "22",
        "2022-13",
        "2022-02-30",
        "2023/2022",
        "[..]",
        "[2022",
        "2022..",
        "../2022",
        "2022-1-1",
        "２０２２",
        "2022~",
        "2022/../2023",
        "[2023..2022]",
        "0000",
    ],
)
def test_other_forms_are_refused(text: str) -> None:
    with pytest.raises(EdtfError):
        edtf_days(text)


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        start, end = edtf_days(text)
    except EdtfError:
        return
    assert start is None or end is None or start <= end
