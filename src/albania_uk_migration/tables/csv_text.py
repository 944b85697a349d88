"""A table's CSV text, read strictly: every fault has its line and column."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING, Any

from ..errors import DataFileError
from .cells import _CASTS, Row, cast_cell

if TYPE_CHECKING:
    from collections.abc import Iterator


# The largest cell that is read; the longest note is some hundreds of characters.
LARGEST_CELL = 100_000


def _place(text: str, offset: int) -> str:
    """Line and column of an offset, counted from 1, for messages."""
    line = text.count("\n", 0, offset) + 1
    return f"line {line}, column {offset - text.rfind(chr(10), 0, offset)}"


def decode(data: bytes, path: str) -> str:
    """The text of a data file: UTF-8 without a byte order mark, lines ended by LF alone.

    Raises DataFileError with line and column of the first byte that breaks this rule.
    """
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8")
        raise DataFileError(
            f"{path}, {_place(before, len(before))}: byte 0x{data[error.start]:02x} is not UTF-8; "
            "save the file as UTF-8"
        ) from None
    faults = (
        ("\ufeff", "a byte order mark; save the file as UTF-8 without BOM"),
        ("\r", "a carriage return; save the file with LF line ends"),
        ("\0", "a NUL character; it is not a text file"),
    )
    for character, problem in faults:
        offset = text.find(character)
        if offset >= 0:
            raise DataFileError(f"{path}, {_place(text, offset)}: found {problem}")
    return text


def csv_records(text: str, path: str) -> Iterator[tuple[int, list[str]]]:
    """Line and cells of each record of a CSV text (RFC 4180), the header first.

    Raises DataFileError with line and column where quotation marks do not pair, or a cell is
    larger than any that is read.
    """
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    line = 1
    try:
        for cells in reader:
            if len(max(cells, key=len, default="")) > LARGEST_CELL:
                raise csv.Error
            yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        offset = 0
        for _ in range(line - 1):
            offset = text.index("\n", offset) + 1
        place, problem = _fault_of_record(text, offset) or (offset, str(error))
        raise DataFileError(f"{path}, {_place(text, place)}: {problem}") from None


_CELL_END = re.compile("[,\n]")


def _fault_of_record(text: str, at: int) -> tuple[int, str] | None:
    """Where and how the record that begins at an offset breaks the form of CSV."""
    while True:
        start = at
        if text.startswith('"', at):
            at = text.find('"', at + 1)
            while at >= 0 and text.startswith('""', at):
                at = text.find('"', at + 2)
            if at < 0:
                return start, "a quotation mark is opened here and never closed"
            at += 1
            if at < len(text) and text[at] not in ",\n":
                return at, (
                    "text after a closing quotation mark; a mark inside a cell is doubled, and one "
                    f"may have been left open at {_place(text, start)}"
                )
        else:
            end = _CELL_END.search(text, at)
            at = end.start() if end else len(text)
        if at - start > LARGEST_CELL:
            problem = f"{at - start} characters in one cell, at most {LARGEST_CELL} are read"
            return start, problem
        if not text.startswith(",", at):
            return None
        at += 1


def parse_table(data: bytes, fields: list[dict[str, Any]], path: str) -> list[Row]:
    """Typed rows of a CSV file, cast by the fields of its Table Schema.

    The header must name exactly these fields in this order and each row must have as many
    cells; an empty cell is None. Raises DataFileError naming line and column.
    """
    names = [field["name"] for field in fields]
    casts = [_CASTS[field["type"]] for field in fields]
    lines = csv_records(decode(data, path), path)
    _, header = next(lines, (1, []))
    if header != names:
        problems = "; ".join(problem for _, problem in header_faults(header, names))
        raise DataFileError(f"{path}, line 1: {problems}")
    rows: list[Row] = []
    for line, cells in lines:
        if len(cells) != len(names):
            raise DataFileError(
                f"{path}, line {line}: {len(cells)} cells where the header has {len(names)}"
            )
        try:
            rows.append(
                {
                    name: cast(cell) if cell else None
                    for name, cast, cell in zip(names, casts, cells, strict=True)
                }
            )
        except (ValueError, LookupError):
            raise _not_of_type(cells, fields, f"{path}, line {line}") from None
    return rows


def _not_of_type(cells: list[str], fields: list[dict[str, Any]], place: str) -> DataFileError:
    """The error for a record of which some cell is not of the type of its column."""
    for field, cell in zip(fields, cells, strict=True):
        try:
            cast_cell(cell, field["type"])
        except ValueError:
            break
    found = f'"{cell[:60]}" is not of type {field["type"]}'
    return DataFileError(f"{place}, column {field['name']}: {found}")


_MARKS = {"\t": "tabs", ";": "semicolons", "|": "bars"}


def header_faults(found: list[str], expected: list[str]) -> list[tuple[str, str]]:
    """Column and fault of each column that is missing, not expected, repeated or out of place."""
    if len(found) == 1 and len(expected) > 1 and found[0] not in expected:
        header = found[0][:60] + ("..." if len(found[0]) > 60 else "")
        split = next((name for mark, name in _MARKS.items() if mark in header), None)
        found_so = f"it is split by {split}" if split else f'it has one column, "{header}"'
        return [(header, f"{found_so}; the table is to be split by commas")]
    faults = [(name, f'column "{name}" is missing') for name in expected if name not in found]
    for name in dict.fromkeys(found):
        if name not in expected:
            faults.append((name, f'column "{name}" is not one of the table\'s'))
        elif found.count(name) > 1:
            faults.append((name, f'column "{name}" is there {found.count(name)} times'))
    if not faults and found != expected:
        at = next(at for at, name in enumerate(expected) if found[at] != name)
        problem = f'column {at + 1} is "{found[at]}", where "{expected[at]}" is expected'
        return [(found[at], f"{problem}; the columns are in another order")]
    return faults
