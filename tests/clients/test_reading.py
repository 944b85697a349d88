"""The comparison with `records()` notices whatever a client may get wrong."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest

from .clients import CLIENTS
from .reading import checksum, compared, expected

pytestmark = pytest.mark.once

Line = dict[str, Any]


def printed() -> list[Line]:
    """What a client prints that gives everything as we do."""
    tables = copy.deepcopy(expected())
    return [{"table": table, "columns": c, "rows": r} for table, (c, r) in tables.items()]


def test_what_is_the_same_is_equal() -> None:
    result = compared([{"version": "1.0"}, {"said": "validates"}, *reversed(printed())])
    assert (result.version, result.said) == ("1.0", ["validates"])
    assert (result.unread, result.different) == ({}, {})
    assert result.rows == sum(len(rows) for _, rows in expected().values())
    assert result.checksum == checksum({table: [*cells] for table, cells in expected().items()})


def _other_text(figures: Line) -> None:
    figures["rows"][3][5] += " "


def _number_as_text(figures: Line) -> None:
    row = figures["rows"][0]
    row[2] = row[2].replace("n:", "s:")


def _empty_as_text(figures: Line) -> None:
    row = figures["rows"][0]
    row[row.index(None)] = "s:"


def _swapped_columns(figures: Line) -> None:
    figures["columns"][0], figures["columns"][1] = figures["columns"][1], figures["columns"][0]


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (_other_text, "row 4, quote: "),
        (_number_as_text, "row 1, start_char: 's:694', not 'n:694'"),
        (_empty_as_text, "row 1, agreement_id: 's:', not None"),
        (_swapped_columns, "columns ['document_id', 'figure_id'"),
        (lambda figures: figures["rows"].pop(), "47 of 48 rows"),
    ],
)
def test_a_difference_is_named(spoil: Callable[[Line], object], words: str) -> None:
    lines = printed()
    spoil(next(line for line in lines if line["table"] == "figures"))
    result = compared(lines)
    assert [*result.different] == ["figures"]
    assert result.different["figures"].startswith(words)
    assert result.checksum != compared(printed()).checksum


def test_rows_that_are_only_counted_are_compared_with_their_number() -> None:
    counts: list[Line] = [{"table": t, "count": len(rows)} for t, (_, rows) in expected().items()]
    assert compared(counts).different == {}
    counts[0]["count"] += 1
    assert [*compared(counts).different] == [counts[0]["table"]]


def test_a_table_that_is_missing_or_fails_is_unread() -> None:
    lines = printed()
    missing = lines.pop()["table"]
    lines[0] = {"table": lines[0]["table"], "failed": "no delimiter"}
    result = compared(lines)
    assert result.unread == {lines[0]["table"]: "no delimiter", missing: "no such table"}
    assert result.different == {}


def test_order_counts() -> None:
    lines = printed()
    lines[0]["rows"].reverse()
    assert [*compared(lines).different] == [lines[0]["table"]]


def test_a_client_that_fails_says_what_is_off() -> None:
    assert all(client.off for client in CLIENTS if client.fails)
    assert len({client.key for client in CLIENTS}) == len(CLIENTS)
