"""Read a table's CSV text strictly: every error gives line and column."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING, Any, BinaryIO, NoReturn

from ..errors import DataFileError
from .cells import _CASTS, LARGEST_CELL, Row, cast_cell

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


# The longest line and record we read: more than the widest table can have.
LONGEST_RECORD = 2**24
_BYTE_ORDER_MARK = "\ufeff".encode()
_NOT_TEXT = (
    ("\ufeff", "there is a byte order mark. Save the file as UTF-8 without BOM"),
    ("\r", "there is a carriage return. Save the file with LF line ends"),
    ("\0", "there is a NUL character, so it is not a text file"),
)


def decode(data: bytes, path: str, line: int = 1) -> str:
    """The text of a file, or of a part from `line` on: UTF-8 without byte order mark, LF only.

    Raises DataFileError with line and column of the first byte that breaks this rule.
    """
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        place = _place(data[: error.start].decode("utf-8"), line)
        raise DataFileError(
            f"{path}, {place}: byte 0x{data[error.start]:02x} is not UTF-8. Save the file as UTF-8."
        ) from None
    for character, problem in _NOT_TEXT:
        if character in text:
            before = text.partition(character)[0]
            raise DataFileError(f"{path}, {_place(before, line)}: {problem}.")
    return text


def _place(before: str, line: int) -> str:
    """The line and column, counted from 1, right after a text that starts at `line`."""
    column = len(before) - before.rfind("\n")
    return f"line {line + before.count(chr(10))}, column {column}"


class _Lines:
    """The lines of a file, decoded one by one. It keeps the lines of the record being read."""

    def __init__(self, file: BinaryIO, path: str, mended: bool) -> None:
        self.file, self.path, self.mended = file, path, mended
        self.line, self.length = 0, 0
        self.record: list[str] = []

    def __iter__(self) -> Iterator[str]:
        while data := self.file.readline(LONGEST_RECORD):
            self.line += 1
            if self.mended:
                data = data.removeprefix(_BYTE_ORDER_MARK) if self.line == 1 else data
                data = data[:-2] + b"\n" if data.endswith(b"\r\n") else data
            self.length += len(data)
            if self.length >= LONGEST_RECORD:
                self._refuse(f"the record is longer than {LONGEST_RECORD:,} bytes, the limit")
            text = decode(data, self.path, self.line)
            self.record.append(text)
            yield text

    def next_record(self) -> int:
        """Forget the record just read, and give the line where the next one begins."""
        self.record.clear()
        self.length = 0
        return self.line + 1

    def _refuse(self, problem: str) -> NoReturn:
        raise DataFileError(f"{self.path}, line {self.line}: {problem}.")

    def fault(self, problem: str) -> DataFileError:
        """The error for a record that is not valid CSV, or has a cell that is too large."""
        text = "".join(self.record)
        first = self.line - len(self.record) + 1
        at, why = _fault_of_record(text, first) or (0, problem)
        return DataFileError(f"{self.path}, {_place(text[:at], first)}: {why}.")


def csv_records(
    file: BinaryIO, path: str, *, mended: bool = False
) -> Iterator[tuple[int, list[str]]]:
    """The line and cells of each record of a CSV file (RFC 4180), header first, read on demand.

    With `mended` we accept a byte order mark and CRLF line ends. Raises DataFileError with line and
    column if a line is not text, quotation marks do not pair, or a cell is too large.
    """
    lines = _Lines(file, path, mended)
    reader = csv.reader(lines, strict=True)
    line = 1
    try:
        for cells in reader:
            if len(max(cells, key=len, default="")) > LARGEST_CELL:
                raise csv.Error
            yield line, cells
            line = lines.next_record()
    except csv.Error as error:
        raise lines.fault(str(error)) from None


_CELL_END = re.compile("[,\n]")
_TOO_LARGE = f"the cell that begins here has more than {LARGEST_CELL:,} characters, the limit"


def _fault_of_record(text: str, line: int) -> tuple[int, str] | None:
    """Where and how a record that starts at `line` is not valid CSV."""
    at = 0
    while True:
        start = at
        if text.startswith('"', at):
            at = text.find('"', at + 1)
            while at >= 0 and text.startswith('""', at):
                at = text.find('"', at + 2)
            if at < 0 and len(text) - start <= LARGEST_CELL:
                return start, "a quotation mark opens here and never closes"
            if at < 0:
                return start, f"{_TOO_LARGE}; perhaps a quotation mark was left open"
            at += 1
            if at < len(text) and text[at] not in ",\n":
                return at, (
                    "text after a closing quotation mark. Double a mark inside a cell; perhaps one "
                    f"was left open at {_place(text[:start], line)}"
                )
        else:
            end = _CELL_END.search(text, at)
            at = end.start() if end else len(text)
        if at - start > LARGEST_CELL:
            return start, _TOO_LARGE
        if not text.startswith(",", at):
            return None
        at += 1


def csv_record(cells: Iterable[str], are_text: Iterable[bool]) -> str:
    """A line of a CSV file as our tables have it: text in quotes; other and empty cells bare.

    Programs that guess how a file is written may otherwise take an apostrophe in a note for a
    quotation mark, or a space for what separates the cells.

    >>> print(csv_record(["F011", "", "1888"], [True, True, False]), end="")
    "F011",,1888
    """
    written = (
        f'"{cell.replace(_QUOTE, _DOUBLED)}"' if (cell and text) or _SPECIAL.search(cell) else cell
        for cell, text in zip(cells, are_text, strict=True)
    )
    return ",".join(written) + "\n"


_QUOTE, _DOUBLED = '"', '""'
_SPECIAL = re.compile('[,"\n\r]')


def table_text(rows: Iterable[Iterable[str]], types: dict[str, str]) -> str:
    """The CSV file of a table: its header, and its rows as cells of text in the file's order."""
    are_text = [kind == "string" for kind in types.values()]
    header = csv_record(types, [True] * len(types))
    return header + "".join(csv_record(row, are_text) for row in rows)


def parse_table(data: bytes, fields: list[dict[str, Any]], path: str) -> list[Row]:
    """Typed rows of a CSV file, cast by the fields of its Table Schema.

    The header must name exactly these fields in this order and each row must have as many
    cells; an empty cell is None. Raises DataFileError naming line and column.
    """
    names = [field["name"] for field in fields]
    casts = [_CASTS[field["type"]] for field in fields]
    lines = csv_records(io.BytesIO(data), path)
    _, header = next(lines, (1, []))
    if header != names:
        problems = "; ".join(problem for _, problem in header_faults(header, names))
        raise DataFileError(f"{path}, line 1: {problems}.")
    rows: list[Row] = []
    for line, cells in lines:
        if len(cells) != len(names):
            raise DataFileError(
                f"{path}, line {line}: {len(cells)} cells, but the header has {len(names)}."
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
    """The error for a record with a cell that does not have the type of its column."""
    for field, cell in zip(fields, cells, strict=True):
        try:
            cast_cell(cell, field["type"])
        except ValueError:
            break
    found = f'"{cell[:60]}" is not of type {field["type"]}'
    return DataFileError(f"{place}, column {field['name']}: {found}.")


_MARKS = {"\t": "tabs", ";": "semicolons", "|": "bars"}


def header_faults(found: list[str], expected: list[str]) -> list[tuple[str, str]]:
    """Column and fault for each column that is missing, unknown, repeated or out of place."""
    if len(found) == 1 and len(expected) > 1 and found[0] not in expected:
        header = found[0][:60] + ("..." if len(found[0]) > 60 else "")
        split = next((name for mark, name in _MARKS.items() if mark in header), None)
        found_so = f"cells are separated by {split}" if split else f'it has one column, "{header}"'
        return [(header, f"{found_so}; separate the cells by commas")]
    faults = [(name, f'column "{name}" is missing') for name in expected if name not in found]
    for name in dict.fromkeys(found):
        if name not in expected:
            faults.append((name, f'the table has no column "{name}"'))
        elif found.count(name) > 1:
            faults.append((name, f'column "{name}" occurs {found.count(name)} times'))
    if not faults and found != expected:
        at = next(at for at, name in enumerate(expected) if found[at] != name)
        problem = f'column {at + 1} is "{found[at]}", but "{expected[at]}" is expected'
        return [(found[at], f"{problem}; the columns are in another order")]
    return faults
