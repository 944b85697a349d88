"""Read the sheets of an untrusted spreadsheet file: .xlsx, .ods or .csv.

We refuse a file, with the reason, if it is too large or damaged, or if its cells would fill the
memory. We check this first, because python-calamine, which reads the sheets, does not. We run
nothing in a file and open nothing that it refers to.
"""

from __future__ import annotations

import os
import re
from collections import defaultdict
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from ..errors import MissingExtraError, WorkbookError
from ..tables.files import bytes_of
from ..wording import printable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from zipfile import ZipFile, ZipInfo


# ---------------------------------------------------------------- limits

# The largest file. The Home Office's have 5 to 20 megabytes, a table saved as CSV about 30.
LARGEST_FILE = 128 * 2**20
# The most bytes to which one part, and all parts, may unpack: five times the largest we know.
LARGEST_PART = 256 * 2**20
LARGEST_WHOLE = 512 * 2**20
# The most parts; a workbook with its sheets, drawings and pivots has a few dozen.
MOST_PARTS = 10_000
# The most cells in a workbook, from the first row and column of each sheet to the last, because
# calamine makes room for empty cells too; six times the largest table we know.
MOST_CELLS = 20_000_000
# The most bytes of text in a workbook's cells; repeated text counts each time.
LARGEST_TEXT = 256 * 2**20
# The longest record of a CSV file, in characters per line and in lines; a title may have several.
LONGEST_LINE = 100_000
MOST_LINES = 100
_CHUNK = 2**20
# How many lines of a CSV file we look at to see how cells are separated.
_FIRST_LINES = 20
# How much of a cell's text we look at for a message.
_LONGEST_SHOWN = 1_000

# ---------------------------------------------------------------- words


def letters_of(column: int) -> str:
    """The letters of a column, from its number counted from 0."""
    letters = ""
    column += 1
    while column:
        column, digit = divmod(column - 1, 26)
        letters = chr(ord("A") + digit) + letters
    return letters


def column_of(letters: str) -> int:
    """The number of a column, counted from 0, from its letters."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def shown(value: object) -> str:
    """A cell for a message: short and on one line."""
    text = f'"{value[:_LONGEST_SHOWN]}"' if isinstance(value, str) else str(value)
    text = printable(text)
    return text if len(text) <= 60 else f"{text[:57]}..."


def listed(names: Iterable[object], most: int = 12) -> str:
    """Names with commas between them, the first dozen."""
    all_names = [shown(name) for name in names]
    more = len(all_names) - most
    return ", ".join(all_names[:most]) + (f" and {more} more" if more > 0 else "")


# ---------------------------------------------------------------- a file and its kind

_SAVE_AS = "Save it as .xlsx and read that."
_AGAIN = "Download it again."
_WEB_PAGE = "a web page (HTML), not a workbook. Download the workbook itself."
# How files that are not workbooks begin, without case and byte order marks.
_OTHER_KINDS = {
    b"\xd0\xcf\x11\xe0": f"a workbook from before 2007 (.xls). {_SAVE_AS}",
    **dict.fromkeys((b"<html", b"<!doctype", b"<head", b"<body"), _WEB_PAGE),
    b"<": f"XML, not a workbook. {_SAVE_AS}",
    b"%pdf": "a PDF, not a workbook. Download the workbook itself.",
}


def _bytes_of(path: str) -> bytes:
    """All bytes of a file, if it is not too large."""
    if os.path.exists(path) and not os.path.isfile(path):
        kind = "a folder" if os.path.isdir(path) else "a device or the like"
        raise WorkbookError(f"{path} is {kind}, not a workbook. Give the path of a file.")
    data = bytes_of(path, LARGEST_FILE, WorkbookError)
    if not data:
        raise WorkbookError(f"{path} is empty. {_AGAIN}")
    return data


def _refuse_other_kinds(data: bytes, path: str) -> None:
    """Raise an error that says what a file is, if it is neither a zip file nor a text table."""
    start = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise WorkbookError(f"{path} is protected with a password. Save it without one.")
    for beginning, kind in _OTHER_KINDS.items():
        if start.startswith(beginning):
            raise WorkbookError(f"{path} is {kind}")
    if not path.lower().endswith((".csv", ".txt")):
        kind = "an unknown kind of file" if b"\0" in data[:4096] else "text"
        raise WorkbookError(
            f"{path} is {kind}, not an .xlsx or .ods workbook (a zip file). It may be cut off, or "
            "a different file under this name. If it is a text table, end its name in .csv."
        )


# ---------------------------------------------------------------- a workbook looked through


class _Book:
    """The parts of a workbook, and what we found in its sheets: cells, text, troubles.

    We unpack a part to the size in its header and one byte more. `ZipFile.testzip` stops at that
    size, so it believes a header with a smaller size and a matching checksum, but calamine goes on
    to the end.
    """

    def __init__(self, data: bytes, path: str) -> None:
        self.path = path
        self.cells = self.text = 0
        # By sheet and column, from 0: the last cell without a plain value, and its row.
        self.troubles: dict[str, dict[int, tuple[int, str]]] = {}
        self.parts: dict[str, tuple[ZipInfo, int]] = {}
        self.archive = self._opened(data)
        for info in self.archive.infolist():
            name, size = info.filename.replace("\\", "/").casefold(), info.file_size
            if name in self.parts:
                raise self.wrong(f"has two parts called {shown(name)}. {_AGAIN}")
            if info.flag_bits & 0x1:
                raise self.wrong("is protected with a password. Save it without one.")
            if info.compress_type not in (0, 8):
                raise self.wrong(f"is packed in a way that we do not read. {_SAVE_AS}")
            if size > LARGEST_PART:
                most = f"more than {LARGEST_PART} bytes, the most we read. {_AGAIN}"
                raise self.wrong(f"has a part, {shown(name)}, that unpacks to {most}")
            info.file_size += 1
            self.parts[name] = info, size
        if sum(size for _, size in self.parts.values()) > LARGEST_WHOLE:
            raise self.wrong(f"unpacks to more than {LARGEST_WHOLE} bytes, the most we read.")

    def wrong(self, what: str) -> WorkbookError:
        """The error that says what is wrong with the file."""
        return WorkbookError(f"{self.path} {what}")

    def _opened(self, data: bytes) -> ZipFile:
        """The zip file; its list of parts must be at the end, so that all readers find the same."""
        import io
        import zipfile

        end = data[-22:]
        size, start = int.from_bytes(end[12:16], "little"), int.from_bytes(end[16:20], "little")
        whole = end.startswith(b"PK\x05\x06") and start + size + 22 == len(data)
        if not whole or data[-42:-38] == b"PK\x06\x07":
            raise self.wrong(
                f"is cut off or damaged: its list of parts is not at its end. {_AGAIN}"
            )
        if int.from_bytes(end[10:12], "little") > MOST_PARTS or size > MOST_PARTS * 200:
            raise self.wrong(f"has more than {MOST_PARTS} parts, the most we read. {_AGAIN}")
        try:
            return zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
            raise self.wrong(f"is a damaged zip file: {error}. {_AGAIN}") from None

    def read(self, name: str) -> bytes:
        """A part; raises WorkbookError if it is missing, unlike its header, or can hide things."""
        import zipfile
        import zlib

        name = name.casefold()
        if name not in self.parts:
            raise self.wrong(f"is damaged: its part {shown(name)} is missing. {_AGAIN}")
        info, size = self.parts[name]
        try:
            with self.archive.open(info) as file:
                data = file.read(info.file_size)
            if len(data) != size:
                raise zipfile.BadZipFile("its header gives another size")
        except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError) as error:
            raise self.wrong(f"is damaged at its part {shown(name)}: {error}. {_AGAIN}") from None
        if name.endswith((".xml", ".rels")) and (b"<!DOCTYPE" in data or b"\0" in data):
            hidden = f"DOCTYPE or is not in UTF-8, so that it could hide something. {_SAVE_AS}"
            raise self.wrong(f"has a part, {shown(name)}, that has a {hidden}")
        return data

    def elements(self, part: str, wanted: str) -> list[dict[str, str]]:
        """The attributes of each element with a given name in a part."""
        found = []

        def start(name: str, attributes: dict[str, str]) -> None:
            if _local(name) == wanted:
                found.append(attributes)

        self.go_through(part, start)
        return found

    def go_through(self, part: str, start: Any, text: Any = None, end: Any = None) -> None:
        """Call a function for each tag and text in a part. Raises WorkbookError for invalid XML."""
        from xml.parsers import expat

        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = start
        parser.EndElementHandler = end
        parser.CharacterDataHandler = text
        try:
            parser.Parse(self.read(part), True)
        except WorkbookError:
            raise
        except (expat.ExpatError, LookupError, ValueError) as error:
            raise self.wrong(f"has invalid XML in {shown(part)}: {error}. {_AGAIN}") from None

    def trouble(self, sheet: str, row: int, column: int, what: str) -> None:
        """Keep a cell without a plain value."""
        known = self.troubles.get(sheet, {})
        if column not in known or known[column][0] <= row:
            known[column] = row, f"{letters_of(column)}{row} contains {what}"

    def take(self, sheet: str, rows: int, columns: int, text: int) -> None:
        """Add a sheet with its rows and columns to the totals. Raises WorkbookError."""
        self.cells += rows * columns
        self.text += text
        if self.cells > MOST_CELLS:
            raise self.wrong(
                f"has more than {MOST_CELLS} cells, empty ones included, the most we read. Sheet "
                f"{shown(sheet)} reaches to {letters_of(columns - 1)}{rows}. Delete what is far "
                "from the table."
            )
        if self.text > LARGEST_TEXT:
            raise self.wrong(
                f"has more than {LARGEST_TEXT} bytes of text in its cells up to the sheet "
                f"{shown(sheet)}, the most we read. Shorten long texts that many cells repeat."
            )


def _local(name: str) -> str:
    """The name of a tag or attribute without its prefix."""
    return name.rpartition(":")[2]


def _memory_of(text: str) -> int:
    """The most bytes of a text in memory: one per character, or four if one is not ASCII."""
    return len(text) if text.isascii() else 4 * len(text)


# ---------------------------------------------------------------- .xlsx

# The first cell that is not a number or a shared text in the usual form.
_ODD = re.compile(
    rb'<c(?! r="[A-Z]++[0-9]++"(?: s="[0-9]++")?+(?: t="[ns]")?+(?:/>|><v>[^<&]*+</v></c>))'
)
_PREFIXED = re.compile(rb":c")
# The places of cells, once for a run in one row; with an unusual cell, wherever a place may be
# given.
_RUNS = re.compile(rb'<c r="([A-Z]+)0*([0-9]{1,9})(?:"[^r]*+r="[A-P]\2(?="))*+')
_RUN_COLUMNS, _LAST_ROW = 16, 2**20
_PLACES = re.compile(rb"""r[ \t\r\n]*=[ \t\r\n]*["']([A-Za-z]+)0*([0-9]{1,9})""")
# A cell without the attribute r, which gives its place.
_NOWHERE = re.compile(
    rb"""<c(?![^\s/>]|(?:[ \t\r\n]+(?!r[ \t\r\n]*=)[^ \t\r\n=<>]+[ \t\r\n]*=[ \t\r\n]*"""
    rb"""(?:"[^"<]*"|'[^'<]*'))*+[ \t\r\n]+r[ \t\r\n]*=)"""
)
# A cell that is an error or a formula, or has a coded value, which calamine reads only in part.
_NOT_PLAIN = re.compile(
    rb"""<c(?=\s[^<>]*?\br\s*=\s*["']([A-Za-z]+)([0-9]+))(?:(?=[^<>]*\st\s*=\s*["'](e)["'])|"""
    rb"""[^<>]*>\s*(?:<(f)[\s/>]|<v[^<>]*>[^<]*&(\#)))"""
)
_TROUBLES = ("an error value", "a formula", "a value in code (&#)")
# The number of a shared text in a cell of the usual form.
_SHARED = re.compile(rb't="s"[^<>]*+><v>([^<]*+)<')


def _look_through_xlsx(book: _Book) -> None:
    """Count the cells of all sheets and their text, and keep the computed cells."""
    related = {
        relation.get("Id"): relation
        for relation in book.elements("xl/_rels/workbook.xml.rels", "Relationship")
    }
    sheets: dict[str, str] = {}
    for sheet in book.elements("xl/workbook.xml", "sheet"):
        name, number = sheet.get("name", ""), [v for k, v in sheet.items() if _local(k) == "id"]
        relation = related.get(number[-1], {}) if number else {}
        if name in book.troubles:
            raise book.wrong(f"has two sheets called {shown(name)}. Rename one of them.")
        if relation.get("Type", "").endswith("/worksheet"):
            target = relation.get("Target", "")
            sheets[(target[1:] if target[:1] == "/" else f"xl/{target}").casefold()] = name
            book.troubles[name] = {}
    sizes = _string_sizes(book)
    for part in [*book.parts, *(part for part in sheets if part not in book.parts)]:
        xml = book.read(part)
        if b"sheetData" in xml:
            _look_through_sheet(book, sheets.get(part, ""), xml, sizes)


def _string_sizes(book: _Book) -> list[int]:
    """The bytes of each shared text in an .xlsx, by its number."""
    sizes = [0]

    def start(name: str, attributes: dict[str, str]) -> None:
        if _local(name) == "si":
            sizes.append(0)
        # calamine makes room for as many texts as the file declares.
        elif not re.fullmatch("[0-9]{1,7}", attributes.get("uniqueCount", "0")):
            declared = shown(attributes["uniqueCount"])
            raise book.wrong(f"declares {declared} texts that its cells share. {_AGAIN}")

    def text(piece: str) -> None:
        sizes[-1] += _memory_of(piece)

    if "xl/sharedstrings.xml" in book.parts:
        book.go_through("xl/sharedStrings.xml", start, text)
    return sizes[1:]


def _look_through_sheet(book: _Book, sheet: str, xml: bytes, sizes: list[int]) -> None:
    """Add a sheet to the totals, and keep its cells without plain values."""
    if _PREFIXED.search(xml):
        xml = re.sub(rb"<(/?)[^ \t\r\n<>:]*:", rb"<\1", xml)
    area = xml.find(b"sheetData"), xml.rfind(b"sheetData")
    odd = _ODD.search(xml, *area)
    places = (_PLACES if odd else _RUNS).findall(xml, *area)
    rows = max([int(row) for _, row in places], default=0)
    letters = {letters.decode() for letters, _ in places}
    columns = max([_RUN_COLUMNS, *(column_of(of[:4]) + 1 for of in letters)])
    far = rows > _LAST_ROW or max(map(len, letters), default=0) > 3
    if far or (odd and _NOWHERE.search(xml, *area)):
        raise book.wrong(f"has a cell without a place in {shown(sheet)}. {_SAVE_AS}")
    if odd and xml.find(b"<!", *area) >= 0:
        raise book.wrong(f"has a comment among the cells of {shown(sheet)}. {_SAVE_AS}")
    for cell in _NOT_PLAIN.finditer(xml, *area) if odd else ():
        what = next(what for what, mark in zip(_TROUBLES, cell.groups()[2:], strict=True) if mark)
        book.trouble(sheet, int(cell[2]), column_of(cell[1].decode()), what)
    longest = max(sizes, default=0)
    size_of = defaultdict(lambda: longest, {str(at).encode(): n for at, n in enumerate(sizes)})
    numbers = _SHARED.findall(xml, *area)
    text = sum(map(size_of.__getitem__, numbers))
    if odd:
        shared = sum(xml.count(mark, *area) for mark in (b'"s"', b"'s'"))
        text += (shared - len(numbers)) * longest
    book.take(sheet, rows, columns, text)


# ---------------------------------------------------------------- .ods

_LINKS = "has links to other workbooks. Save it without them."
_ODS_CELLS = ("table:table-cell", "table:covered-table-cell")


class _OdsTags:
    """Goes through the sheets of an .ods tag by tag and counts repeated rows and cells."""

    def __init__(self, book: _Book) -> None:
        self.book = book
        self.sheet: str | None = None
        self.row = self.column = 0  # the place of the next row and cell
        self.rows = self.columns = self.text = 0  # what the sheet fills
        self.row_times = self.copies = 0  # how often the row and the cell are repeated

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """A tag opens."""
        if name == "table:table":
            self.row, self.row_times, self.rows, self.columns, self.text = 1, 0, 0, 0, 0
            sheet = attributes.get("table:name", "")
            if self.sheet is not None or sheet in self.book.troubles:
                raise self.book.wrong(
                    f"has two sheets called {shown(sheet)}, or a sheet within it. {_SAVE_AS}"
                )
            self.sheet, self.book.troubles[sheet] = sheet, {}
        elif name == "table:table-source":
            raise self.book.wrong(_LINKS)
        elif name == "table:table-row":
            self.row, self.column = self.row + self.row_times, 0
            self.row_times = self._times(attributes, "table:number-rows-repeated")
        elif name in _ODS_CELLS and self.sheet is not None:
            self._cell(self.sheet, attributes)
        elif name == "text:s":
            self.text += self.copies * self._times(attributes, "text:c")

    def _times(self, attributes: dict[str, str], name: str) -> int:
        times = attributes.get(name, "1")
        if not re.fullmatch(r"[0-9]{1,9}", times):
            raise self.book.wrong(f"has {shown(times)} for {name}. {_SAVE_AS}")
        return int(times)

    def _cell(self, sheet: str, attributes: dict[str, str]) -> None:
        times = self._times(attributes, "table:number-columns-repeated")
        formula = "table:formula" in attributes
        if formula or any(name.startswith("office:") for name in attributes):
            self.copies = times * self.row_times
            self.rows = self.row + self.row_times - 1
            self.columns = max(self.columns, self.column + times)
            self.text += self.copies * sum(map(_memory_of, attributes.values()))
        if formula:
            self.book.trouble(sheet, self.rows, self.column, "a formula")
        self.column += times

    def characters(self, text: str) -> None:
        """Text between tags."""
        self.text += self.copies * _memory_of(text)

    def end(self, name: str) -> None:
        """A tag closes."""
        if name in _ODS_CELLS:
            self.copies = 0
        elif name == "table:table" and self.sheet is not None:
            self.book.take(self.sheet, self.rows, self.columns, self.text)
            self.sheet = None


# ---------------------------------------------------------------- sheets


class Sheet(NamedTuple):
    """A sheet as rows of cells, numbered from 1, and its cells without plain values."""

    name: str
    rows: Callable[[], Iterator[tuple[int, list[Any]]]]
    left: int  # columns before the first cell of a row
    troubles: dict[int, tuple[int, str]]  # by column from 0: the last row, and what it has

    def trouble(self, first_row: int, right: int) -> str | None:
        """A cell without a plain value, from a row down and left of a column."""
        for column, (row, what) in self.troubles.items():
            if column < right and row >= first_row:
                return what
        return None


def sheets_of(path: str) -> Iterator[Sheet]:
    """The sheets of a workbook, or the one sheet of a CSV file. Raises WorkbookError."""
    data = _bytes_of(path)
    if not data.startswith(b"PK"):
        _refuse_other_kinds(data, path)
        yield _csv_sheet(data, path)
        return
    book = _Book(data, path)
    names = book.parts
    if any(n.endswith("vbaproject.bin") or n.startswith(("basic/", "scripts/")) for n in names):
        raise book.wrong("has macros. Save it without them.")
    if any(name.startswith("xl/externallinks/") for name in names):
        raise book.wrong(_LINKS)
    # calamine also opens a workbook in another folder, or the second of two.
    main = [
        name for name in names if re.search(r"(?:/|^)workbook\.(?:xml|bin)$|^content\.xml$", name)
    ]
    if main == ["xl/workbook.xml"]:
        _look_through_xlsx(book)
    elif main == ["content.xml"]:
        if b"encryption-data" in book.read("META-INF/manifest.xml"):
            raise book.wrong("is protected with a password. Save it without one.")
        tags = _OdsTags(book)
        book.go_through("content.xml", tags.start, tags.characters, tags.end)
    elif main == ["xl/workbook.bin"]:
        raise book.wrong(f"is a binary workbook (.xlsb). {_SAVE_AS}")
    else:
        raise book.wrong(
            f"is a zip file but not an .xlsx or .ods workbook. It has {listed(names, 3)}."
        )
    yield from _workbook_sheets(data, book)


def _workbook_sheets(data: bytes, book: _Book) -> Iterator[Sheet]:
    """The sheets of a workbook that we have checked, opened one after the other."""
    import io

    try:
        import python_calamine
    except ImportError:
        raise MissingExtraError("read_home_office", "python-calamine", "official") from None
    try:
        with python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)) as workbook:
            for name, troubles in book.troubles.items():
                opened = workbook.get_sheet_by_name(name)
                left = opened.start[1] if opened.start else 0
                yield Sheet(name, partial(_numbered, opened), left, troubles)
    except BaseException as error:
        # A panic in Rust is not an Exception.
        panic = type(error).__name__ == "PanicException"
        if isinstance(error, WorkbookError) or not (panic or isinstance(error, Exception)):
            raise
        raise book.wrong(
            f"cannot be read ({error}). It may be damaged. {_AGAIN} Or: {_SAVE_AS}"
        ) from None


def _numbered(opened: Any) -> Iterator[tuple[int, list[Any]]]:
    """The rows of a sheet that python-calamine opened, with their numbers."""
    return enumerate(opened.iter_rows(), 1) if opened.start else iter(())


# ---------------------------------------------------------------- .csv


_CSV_COUNT = re.compile(r"(?:[0-9]{1,12}|[0-9]{1,3}(?:,[0-9]{3}){1,3})(?:\.0{1,2})?", re.ASCII)
_MARKS = {";": "semicolons", "\t": "tabs"}


def _csv_sheet(data: bytes, path: str) -> Sheet:
    text = _csv_text(data, path)
    lines = text[:_CHUNK].splitlines()[:_FIRST_LINES]
    for mark, name in _MARKS.items():
        split = [line for line in lines if line.count(mark) > 2 * max(1, line.count(","))]
        if len(split) > len(lines) / 2:
            raise WorkbookError(
                f"{path} has its cells separated by {name}. Save it as CSV UTF-8, with commas."
            )
    return Sheet(os.path.basename(path), lambda: _csv_rows(text, path), 0, {})


def _csv_text(data: bytes, path: str) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise WorkbookError(f"{path} is in UTF-16. Save it as CSV UTF-8.")
    if b"\0" in data:
        raise WorkbookError(f"{path} has a NUL byte, so it is not a text file. {_AGAIN}")
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise WorkbookError(f"{path} is neither UTF-8 nor Windows-1252. Save it as CSV UTF-8.")


def _csv_rows(text: str, path: str) -> Iterator[tuple[int, list[Any]]]:
    """Records with the number of the line on which each begins; numbers are floats.

    No record has fewer cells than those above it: missing cells at the end of a line are empty.
    """
    import csv
    import io

    def lines() -> Iterator[str]:
        for line in io.StringIO(text, newline=""):
            too_many = reader.line_num - number >= MOST_LINES
            if len(line) > LONGEST_LINE or too_many:
                raise WorkbookError(
                    f"{path}, line {reader.line_num + 1}: a record is longer than {LONGEST_LINE} "
                    f"characters or {MOST_LINES} lines. Perhaps a quotation mark is not closed."
                )
            yield line

    reader = csv.reader(lines(), strict=True)
    number, width = 1, 0
    try:
        for cells in reader:
            width = max(width, len(cells))
            yield number, [*map(_csv_cell, cells), *[""] * (width - len(cells))]
            number = reader.line_num + 1
    except csv.Error as error:
        raise WorkbookError(f"{path}, line {number}: {error}. This is not valid CSV.") from None


def _csv_cell(cell: str) -> str | float:
    if cell[:1].isdecimal() and _CSV_COUNT.fullmatch(cell):
        return float(cell.replace(",", ""))
    return cell
