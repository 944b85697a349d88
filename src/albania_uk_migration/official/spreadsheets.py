"""The sheets of a spreadsheet file that nobody vouches for: .xlsx, .ods, .csv.

A file is looked through before it is opened: what it would unpack to, where its cells lie, and
whether its numbers are numbers, not formulas. What is not safe is refused, in bounded time and
memory, with the reason; nothing in it is run, and nothing it points to is opened.
"""

from __future__ import annotations

import os
import re
import stat
from typing import TYPE_CHECKING, Any, NamedTuple

from ..errors import MissingExtraError, WorkbookError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from zipfile import ZipFile, ZipInfo


# ---------------------------------------------------------------- limits

# The largest file; the Home Office's have 5 to 20 megabytes, a table saved as CSV some 30.
LARGEST_FILE = 128 * 2**20
# The most that one part, and all parts that are read, may unpack to: ten times the largest known.
LARGEST_PART = 512 * 2**20
LARGEST_WHOLE = 2**30
# Parts other than sheets hold lists of sheets, styles and labels: some hundreds of kilobytes.
LARGEST_LIST = 64 * 2**20
# The most parts; a workbook with its sheets, drawings and pivots has some dozens.
MOST_PARTS = 10_000
# The most cells from the first to the last of a sheet, empty ones as well, since calamine makes
# room for all of them; three times the largest table known.
MOST_CELLS = 10_000_000
# The most tags of a part that is gone through tag by tag, which takes some microseconds each.
MOST_TAGS = 8_000_000
# The most bytes of text in the cells of a workbook, counted as often as it is referred to.
LARGEST_TEXT = 256 * 2**20
# The longest record of a CSV file, by characters of a line and by lines; a title may have some.
LONGEST_LINE = 100_000
MOST_LINES = 100
_CHUNK = 2**20
_DEEPEST = 200
# Lines of a CSV file that are looked at to see how it is split.
_FIRST_LINES = 20
# The longest text of a cell that a message looks at.
_LONGEST_SHOWN = 1_000
# The longest number in a cell; a longer value is a text, whatever its type says.
_LONGEST_NUMBER = 32

# ---------------------------------------------------------------- words


def letters_of(column: int) -> str:
    """The letters of a column of a sheet by its number from 0."""
    letters = ""
    column += 1
    while column:
        column, digit = divmod(column - 1, 26)
        letters = chr(ord("A") + digit) + letters
    return letters


def column_of(letters: str) -> int:
    """The number from 0 of a column of a sheet by its letters."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def shown(value: object) -> str:
    """A cell as a message shows it: short, on one line."""
    text = f'"{value[:_LONGEST_SHOWN]}"' if isinstance(value, str) else str(value)
    text = "".join(c if c.isprintable() else "\ufffd" for c in text)
    return text if len(text) <= 60 else f"{text[:57]}..."


def listed(names: Iterable[object], most: int = 12) -> str:
    """Names in a row, the first dozen of them."""
    all_names = [shown(name) for name in names]
    more = len(all_names) - most
    return ", ".join(all_names[:most]) + (f" and {more} more" if more > 0 else "")


def bytes_of(text: str) -> int:
    """The most bytes of a text in memory: one per character, or four where one is not ASCII."""
    return len(text) if text.isascii() else 4 * len(text)


# ---------------------------------------------------------------- a file and its kind


def _bytes_of(path: str) -> bytes:
    """All bytes of a file of a bearable size; it is read once, so that it cannot change."""
    try:
        mode = os.stat(path).st_mode
        if stat.S_ISDIR(mode):
            raise WorkbookError(f"{path} is a folder, not a workbook")
        if not stat.S_ISREG(mode):
            raise WorkbookError(f"{path} is no ordinary file")
        with open(path, "rb") as file:
            data = file.read(LARGEST_FILE + 1)
    except (OSError, ValueError) as error:
        if isinstance(error, WorkbookError):
            raise
        why = error.strerror if isinstance(error, OSError) else str(error)
        raise WorkbookError(f"{path} cannot be read: {why}") from None
    if not data:
        raise WorkbookError(f"{path} is empty")
    if len(data) > LARGEST_FILE:
        raise WorkbookError(f"{path} is larger than {LARGEST_FILE} bytes, the most that is read")
    return data


_SAVE_AS = "save it as .xlsx and read that"


def _refuse_other_kinds(data: bytes, path: str) -> None:
    """Raise what a file is that is neither a zip file nor text in a .csv file."""
    start = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise WorkbookError(f"{path} is protected with a password; {_SAVE_AS} without one")
        raise WorkbookError(f"{path} is a workbook of before 2007 (.xls); {_SAVE_AS}")
    if start.startswith((b"<html", b"<!doctype", b"<head", b"<body")):
        raise WorkbookError(
            f"{path} is a web page (HTML), not a workbook; download the workbook itself"
        )
    if start.startswith(b"<"):
        raise WorkbookError(f"{path} is XML, not a workbook; {_SAVE_AS}")
    if start.startswith(b"%pdf"):
        raise WorkbookError(f"{path} is a PDF, not a workbook; download the workbook itself")
    if not path.lower().endswith((".csv", ".txt")):
        kind = "binary data of an unknown kind" if b"\0" in data[:4096] else "text"
        raise WorkbookError(
            f"{path} is {kind}, not an .xlsx or .ods workbook (a zip file); it may be cut off or "
            "another file under this name; a text table is read from a name that ends in .csv"
        )


# ---------------------------------------------------------------- the zip file of a workbook


class _Parts:
    """The parts of a zip file, unpacked piece by piece within limits.

    zipfile stops at the size that a part declares; calamine does not. So parts are unpacked here,
    and one that differs from what it declares is refused.
    """

    def __init__(self, data: bytes, path: str) -> None:
        self.data = data
        self.path = path
        self.unpacked = 0
        self.infos: dict[str, ZipInfo] = {}
        archive = self._directory()
        for info in archive.infolist():
            name = info.filename.replace("\\", "/").casefold()
            if name in self.infos:
                raise WorkbookError(f"{path} has two parts called {shown(info.filename)}")
            self.infos[name] = info

    def _directory(self) -> ZipFile:
        """The list of parts; it must end the file, so that all who read it find the same one."""
        import io
        import zipfile

        end = self.data[-22:]
        size = int.from_bytes(end[12:16], "little")
        start = int.from_bytes(end[16:20], "little")
        if not end.startswith(b"PK\x05\x06") or start + size + 22 != len(self.data):
            raise WorkbookError(
                f"{self.path} is cut off or damaged: the list of parts that ends a workbook is "
                "missing; download it again"
            )
        if int.from_bytes(end[10:12], "little") > MOST_PARTS or size > MOST_PARTS * 200:
            raise WorkbookError(f"{self.path} has more than {MOST_PARTS} parts")
        try:
            return zipfile.ZipFile(io.BytesIO(self.data))
        except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
            raise WorkbookError(f"{self.path} is a damaged zip file: {error}") from None

    def __contains__(self, name: str) -> bool:
        return name.casefold() in self.infos

    def under(self, folder: str) -> list[str]:
        """Names of the parts in a folder, as they are compared."""
        return [name for name in self.infos if name.startswith(folder.casefold())]

    def chunks(self, name: str, most: int = LARGEST_PART) -> Iterator[bytes]:
        """A part, unpacked in pieces. Raises WorkbookError if it is missing, altered or a bomb."""
        import zlib

        info = self.infos.get(name.casefold())
        if info is None:
            raise WorkbookError(f"{self.path} lacks its part {name}; it is damaged or no workbook")
        if info.flag_bits & 0x1:
            raise WorkbookError(f"{self.path} is protected with a password; save it without one")
        if info.file_size > most:
            raise WorkbookError(self._too_large(name, most))
        size = crc = 0
        for chunk in self._raw(info, name):
            size += len(chunk)
            self.unpacked += len(chunk)
            if size > most:
                raise WorkbookError(self._too_large(name, most))
            if self.unpacked > LARGEST_WHOLE:
                raise WorkbookError(
                    f"{self.path} unpacks to more than {LARGEST_WHOLE} bytes, the most that is read"
                )
            crc = zlib.crc32(chunk, crc)
            yield chunk
        if size != info.file_size or crc != info.CRC:
            raise WorkbookError(
                f"{self.path} is damaged: {name} is not what its list of parts says"
            )

    def _too_large(self, name: str, most: int) -> str:
        return f"{self.path}: {name} unpacks to more than {most} bytes, the most that is read"

    def _raw(self, info: Any, name: str) -> Iterator[bytes]:
        """The unpacked pieces of a part, whatever size it declares."""
        import zlib

        at = info.header_offset
        head = self.data[at : at + 30]
        lengths = int.from_bytes(head[26:28], "little"), int.from_bytes(head[28:30], "little")
        at += 30 + sum(lengths)
        end = at + info.compress_size
        if not head.startswith(b"PK\x03\x04") or end > len(self.data):
            raise WorkbookError(f"{self.path} is cut off or damaged at {name}")
        if info.compress_type == 0:
            for start in range(at, end, _CHUNK):
                yield self.data[start : min(start + _CHUNK, end)]
            return
        if info.compress_type != 8:
            raise WorkbookError(f"{self.path}: {name} is packed in a way that is not read")
        inflate = zlib.decompressobj(-15)
        packed: bytes | memoryview = memoryview(self.data)[at:end]
        try:
            while not inflate.eof:
                chunk = inflate.decompress(packed, _CHUNK)
                packed = inflate.unconsumed_tail
                if not chunk and not inflate.eof:
                    raise zlib.error("its end is missing")
                yield chunk
        except zlib.error as error:
            raise WorkbookError(f"{self.path} is damaged at {name}: {error}") from None
        if inflate.unused_data or packed:
            raise WorkbookError(f"{self.path} is damaged: {name} goes on behind its end")


class _Tags:
    """What to do at the tags and texts of an XML part; refuses what is not plain XML."""

    def __init__(self, where: str) -> None:
        self.where = where
        self.seen = 0
        self.depth = 0
        self.text = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """A tag opens."""

    def end(self, name: str) -> None:
        """A tag closes."""

    def characters(self, text: str) -> None:
        """Text between tags."""

    def read(self, chunks: Iterable[bytes]) -> None:
        """Go through a part. Raises WorkbookError for one that is not sound, plain XML."""
        from xml.parsers import expat

        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self._doctype
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        fed = 0
        try:
            for chunk in chunks:
                parser.Parse(chunk)
                fed += len(chunk)
                # A tag without an end would be held in memory whole.
                if fed - parser.CurrentByteIndex > 8 * _CHUNK:
                    raise WorkbookError(f"{self.where}: a tag or text has no end in sight")
            parser.Parse(b"", True)
        except (expat.ExpatError, LookupError, ValueError) as error:
            if isinstance(error, WorkbookError):
                raise
            raise WorkbookError(f"{self.where} is not sound XML: {error}") from None

    def _doctype(self, *_: object) -> None:
        raise WorkbookError(f"{self.where} has a DOCTYPE, which can hide entities; not read")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self.seen += 1
        self.depth += 1
        if self.seen > MOST_TAGS or self.depth > _DEEPEST:
            raise WorkbookError(f"{self.where} has more tags, or deeper ones, than are read")
        self.start(name, attributes)

    def _end(self, name: str) -> None:
        self.depth -= 1
        self.end(name)

    def _characters(self, text: str) -> None:
        self.text += len(text)
        if self.text > LARGEST_TEXT:
            raise WorkbookError(f"{self.where} holds more text than is read")
        self.characters(text)


def _local(name: str) -> str:
    """The name of a tag or attribute without its prefix."""
    return name.rpartition(":")[2]


class _Elements(_Tags):
    """The attributes of some elements of a part, in order; the elements by their local names."""

    def __init__(self, where: str, names: tuple[str, ...]) -> None:
        super().__init__(where)
        self.names = names
        self.found: list[dict[str, str]] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if _local(name) in self.names:
            self.found.append(attributes)


class _Area:
    """The place from the first cell of a sheet to its last, and whether it is bearable."""

    def __init__(self, where: str) -> None:
        self.where = where
        self.rows: tuple[int, int] | None = None
        self.columns: tuple[int, int] | None = None
        # Bytes of rows that may have text written into their cells, not shared.
        self.written = 0

    def add(self, first: int, last: int, left: int, right: int) -> None:
        """Take in some rows (from 1) and columns (from 0)."""
        rows, columns = self.rows or (first, last), self.columns or (left, right)
        self.rows = min(rows[0], first), max(rows[1], last)
        self.columns = min(columns[0], left), max(columns[1], right)

    @property
    def size(self) -> int:
        """Number of cells, the empty ones as well."""
        if self.rows is None or self.columns is None:
            return 0
        return (self.rows[1] - self.rows[0] + 1) * (self.columns[1] - self.columns[0] + 1)

    def check(self) -> None:
        """Raise WorkbookError for a sheet that needs more room than is given."""
        if self.rows and self.columns and self.size > MOST_CELLS:
            raise WorkbookError(
                f"{self.where} reaches from {letters_of(self.columns[0])}{self.rows[0]} to "
                f"{letters_of(self.columns[1])}{self.rows[1]}: more than {MOST_CELLS} cells, the "
                "most that are read"
            )


# ---------------------------------------------------------------- .xlsx: looked through


class _Strings(_Tags):
    """Bytes of the strings that the cells of an .xlsx share, by number, as calamine counts."""

    def __init__(self, where: str) -> None:
        super().__init__(where)
        self.sizes: list[int] = []
        self.pieces: list[str] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name.endswith("sst"):
            # calamine makes room for as many strings as are declared.
            declared = attributes.get("uniqueCount", "0")
            if not re.fullmatch(r"[0-9]{1,7}", declared):
                raise WorkbookError(f"{self.where} declares {shown(declared)} strings")
        elif _local(name) == "si":
            self.pieces = []

    def characters(self, text: str) -> None:
        self.pieces.append(text)

    def end(self, name: str) -> None:
        if _local(name) == "si":
            self.sizes.append(bytes_of("".join(self.pieces)))


class Trouble(NamedTuple):
    """A cell that holds no plain value: its row from 1, its column from 0, and what it is."""

    row: int
    column: int
    what: str


# So many cells of a sheet that hold no plain value are kept; beyond them it is computed anyway.
MOST_TROUBLES = 1_000


class _XlsxSheet(_Tags):
    """A sheet of an .xlsx gone through tag by tag: its area, its text, what it computes."""

    def __init__(self, where: str, sizes: list[int]) -> None:
        super().__init__(where)
        self.area = _Area(where)
        self.place = re.compile(r"([A-Za-z]{1,3})([1-9][0-9]{0,6})").fullmatch
        self.sizes = sizes
        self.largest = max(sizes, default=0)
        self.taken = 0
        self.troubles: list[Trouble] = []
        self.data = False
        self.cell: tuple[str, int, str] = ("", 0, "")
        self.value: list[str] | None = None

    def start(self, name: str, attributes: dict[str, str]) -> None:
        local = _local(name)
        if local == "sheetData":
            self.data = True
        if not self.data:
            return
        if local == "c":
            self._cell(attributes)
        elif local in ("v", "is"):
            self.value = []
            column = column_of(self.cell[0])
            self.area.add(self.cell[1], self.cell[1], column, column)
        elif local == "f":
            self._tell("a formula")

    def _cell(self, attributes: dict[str, str]) -> None:
        place = self.place(attributes.get("r", ""))
        if place is None:
            raise WorkbookError(
                f"{self.where} has a cell that does not say where it stands: "
                f"{shown(attributes.get('r', ''))}"
            )
        self.cell = place[1], int(place[2]), attributes.get("t", "")
        if self.cell[2] == "e":
            self._tell("an error value")

    def _tell(self, what: str) -> None:
        if len(self.troubles) < MOST_TROUBLES:
            place = f"{self.cell[0]}{self.cell[1]}"
            column = column_of(self.cell[0])
            self.troubles.append(Trouble(self.cell[1], column, f"{place} holds {what}"))

    def characters(self, text: str) -> None:
        if self.value is None:
            return
        if self.cell[2] in ("str", "inlineStr") or len(text) > _LONGEST_NUMBER:
            self.taken += 4 * len(text)
        if len(self.value) < 100:
            self.value.append(text)

    def end(self, name: str) -> None:
        local = _local(name)
        if local == "v" and self.value is not None and self.cell[2] == "s":
            number = "".join(self.value).strip()
            known = number.isdecimal() and len(number) < 9 and int(number) < len(self.sizes)
            self.taken += self.sizes[int(number)] if known else self.largest
        if local in ("v", "is"):
            self.value = None
        elif local == "sheetData":
            self.data = False


# A row whose cells are in columns A to P, each in this very row, with plain values: what nearly
# all rows of a large table look like. One formula, error or odd place, and it does not match.
_PLAIN_COLUMNS = 16
_PLAIN_CELL = (
    rb'<c r="[A-P]\1"(?: s="[0-9]{1,5}")?+(?: t="(?:s|n|str|inlineStr)")?+'
    rb"(?:/>|>(?:<v>[^<]*+</v>|<is><t[^<>/]*+>[^<]*+</t></is>)?+</c>)"
)
# The same for numbers and shared strings alone, which is faster: without the letters e and r among
# its attributes, a cell is no error (t="e") and does not stand in two places (r="...").
_PLAINEST_CELL = rb'<c r="[A-P]\1"[^<er]*+<v>[^<]{0,32}+</v></c>'
_PLAIN_ROW = rb'\s*+<row r="([1-9][0-9]{0,6})"[^<>/]*+(?:/>|>(?:%s)*+</row>)'
# What stands above the rows: no comment, no DOCTYPE, no prefixes, in UTF-8.
_PLAIN_HEAD = (
    rb'(?:\xef\xbb\xbf)?(?:<\?xml version="1\.0"(?: encoding="(?i:utf-8)")?[^<>"]*'
    rb'(?: standalone="(?:yes|no)")?\s*\?>)?\s*'
    rb"<worksheet[ >](?:[^<]|<(?![!?]|sheetData))*+<sheetData>"
)


class _Scan(NamedTuple):
    """What a sheet takes up, the bytes of text in its cells, and why it holds no table."""

    area: _Area
    text: int
    troubles: list[Trouble]


def _scan_xlsx_sheet(parts: _Parts, part: str, where: str, sizes: list[int]) -> _Scan:
    """A sheet of an .xlsx looked through before calamine sees it. Raises WorkbookError."""
    area = _area_of_plain_rows(where, parts.chunks(part))
    if area is not None and area.size <= MOST_CELLS:
        text = area.size * max(sizes, default=0) + 4 * area.written
        if text > LARGEST_TEXT:
            text = _text_of_plain_rows(parts.chunks(part), sizes)
        return _Scan(area, text, [])
    tags = _XlsxSheet(where, sizes)
    tags.read(parts.chunks(part))
    tags.area.check()
    return _Scan(tags.area, tags.taken, tags.troubles)


def _area_of_plain_rows(where: str, chunks: Iterator[bytes]) -> _Area | None:
    """A sheet of plain rows measured fast; None for one that must be gone through tag by tag."""
    # Some hundred rows at once, which is faster; else one by one.
    plainest = re.compile(rb"(?:%s){1,500}" % (_PLAIN_ROW % _PLAINEST_CELL)).match
    plain_row = re.compile(_PLAIN_ROW % _PLAIN_CELL)
    plain = plain_row.match
    number_of = re.compile(rb'<row r="([0-9]+)"').findall
    area, buffer, begun = _Area(where), b"", False
    for chunk in chunks:
        buffer += chunk
        at = 0
        if not begun:
            head = re.match(_PLAIN_HEAD, buffer)
            if head is None:
                return None
            begun, at = True, head.end()
        first = last = 0
        while found := plainest(buffer, at) or plain(buffer, at):
            numbers = [int(number) for number in number_of(buffer, at, found.end())]
            if found.re is plain_row:
                area.written += found.end() - at
            at = found.end()
            first, last = min(first or numbers[0], *numbers), max(last, *numbers)
        if last:
            area.add(first, last, 0, _PLAIN_COLUMNS - 1)
        buffer = buffer[at:]
        if re.match(rb"\s*</sheetData>", buffer):
            for _ in chunks:  # to the end, so that the part is known to be whole
                pass
            return area
        if len(buffer) > _CHUNK:
            return None
    return None


def _text_of_plain_rows(chunks: Iterator[bytes], sizes: list[int]) -> int:
    """The bytes of text in the cells of a sheet of plain rows; odd ones count as the largest."""
    numbers = re.compile(rb't="s"[^<]*+<v>([^<]*+)<').findall
    # Whatever its type says, a value longer than any number is a text.
    written = re.compile(rb"(?:<v>(?=[^<]{33})|<is><t[^<>/]*+>)([^<]*+)<").findall
    by_number = {str(number).encode(): size for number, size in enumerate(sizes)}
    largest = max(sizes, default=0)
    text, buffer = 0, b""
    for chunk in chunks:
        buffer += chunk
        whole = buffer.rfind(b"<c ") if len(buffer) < 2 * _CHUNK else len(buffer)
        text += sum([by_number.get(number, largest) for number in numbers(buffer, 0, whole)])
        text += 4 * sum(map(len, written(buffer, 0, whole)))
        buffer = buffer[max(whole, 0) :]
    return text + largest * buffer.count(b't="s"') + 4 * len(buffer)


def _xlsx_sheets(parts: _Parts, file: str) -> dict[str, str]:
    """The parts of an .xlsx by the names of their sheets, as its list of sheets has them."""
    related = _Elements(f"{file}: the list of its parts", ("Relationship",))
    related.read(parts.chunks("xl/_rels/workbook.xml.rels", LARGEST_LIST))
    targets: dict[str, tuple[str, str]] = {}
    for relation in related.found:
        kind = relation.get("Type", "").rpartition("/")[2]
        if kind in ("externalLink", "externalLinkPath") or relation.get("TargetMode") == "External":
            raise WorkbookError(f"{file} has links to other workbooks; save it without them")
        number = relation.get("Id", "")
        if number in targets:
            raise WorkbookError(f"{file} has two parts numbered {shown(number)}")
        targets[number] = kind, relation.get("Target", "")
    named = _Elements(f"{file}: the list of its sheets", ("sheet",))
    named.read(parts.chunks("xl/workbook.xml", LARGEST_LIST))
    sheets: dict[str, str] = {}
    for sheet in named.found:
        name = sheet.get("name", "")
        numbers = [value for key, value in sheet.items() if _local(key) == "id"]
        kind, target = targets.get(numbers[-1] if numbers else "", ("", ""))
        if name in sheets:
            raise WorkbookError(f"{file} has two sheets called {shown(name)}")
        if kind == "worksheet":
            sheets[name] = target.removeprefix("/") if target[:1] == "/" else f"xl/{target}"
        elif kind not in ("chartsheet", "dialogsheet"):
            raise WorkbookError(f"{file}: the sheet {shown(name)} is no worksheet; not read")
    return sheets


def _check_where_the_workbook_is(parts: _Parts, file: str) -> None:
    """Raise WorkbookError where calamine would read other parts than those looked through."""
    related = _Elements(f"{file}: the list of its documents", ("Relationship",))
    related.read(parts.chunks("_rels/.rels", LARGEST_LIST))
    for relation in related.found:
        target = relation.get("Target", "").removeprefix("/")
        if "officeDocument" in relation.get("Type", "").rpartition("/")[2] and (
            target != "xl/workbook.xml"
        ):
            raise WorkbookError(f"{file} has its workbook in {shown(target)}; {_SAVE_AS}")
    # calamine takes the name of a part as it is written, expat what its entities stand for.
    if any("&" in name for name in parts.infos):
        raise WorkbookError(f"{file} has a part with & in its name; {_SAVE_AS}")


def _scan_xlsx(parts: _Parts, file: str) -> dict[str, list[Trouble]]:
    """Why each sheet of an .xlsx could hold no table, by name. Raises WorkbookError."""
    if any(name.endswith("vbaproject.bin") for name in parts.infos):
        raise WorkbookError(f"{file} holds macros; save it as .xlsx without them")
    if parts.under("xl/externalLinks/"):
        raise WorkbookError(f"{file} has links to other workbooks; save it without them")
    _check_where_the_workbook_is(parts, file)
    sheets = _xlsx_sheets(parts, file)
    for name in ("[Content_Types].xml", "xl/styles.xml"):
        if name in parts:
            _Tags(f"{file}: {name}").read(parts.chunks(name, LARGEST_LIST))
    strings = _Strings(f"{file}: the list of its labels")
    if "xl/sharedStrings.xml" in parts:
        strings.read(parts.chunks("xl/sharedStrings.xml", LARGEST_LIST))
    troubles: dict[str, list[Trouble]] = {}
    cells = text = 0
    for name, part in sheets.items():
        scan = _scan_xlsx_sheet(parts, part, f"{file}, sheet {shown(name)}", strings.sizes)
        cells, text = cells + scan.area.size, text + scan.text
        if cells > 2 * MOST_CELLS or text > LARGEST_TEXT:
            raise WorkbookError(f"{file} has more cells, or more text in them, than are read")
        troubles[name] = scan.troubles
    return troubles


# ---------------------------------------------------------------- .ods: looked through


class _OdsTables(_Tags):
    """The sheets of an .ods gone through tag by tag, its repeated rows and cells counted out."""

    def __init__(self, where: str) -> None:
        super().__init__(where)
        self.troubles: dict[str, list[Trouble]] = {}
        self.name: str | None = None
        self.area = _Area(where)
        self.row = self.repeated_rows = self.column = self.right = self.room = 0
        self.cells = self.referred = 0
        self.cell: tuple[int, int] | None = None

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "table:table":
            self._table(attributes)
        elif name == "table:table-source":
            raise WorkbookError(f"{self.where} has links to other workbooks; save it without them")
        elif self.name is not None and name == "table:table-row":
            self._close_row()
            self.repeated_rows = self._times(attributes, "table:number-rows-repeated")
        elif self.name is not None and name in ("table:table-cell", "table:covered-table-cell"):
            self._cell(attributes)
        elif name == "text:s" and self._times(attributes, "text:c") > LONGEST_LINE:
            raise WorkbookError(f"{self.where} has a cell of more spaces than are read")

    def _table(self, attributes: dict[str, str]) -> None:
        name = attributes.get("table:name", "")
        if self.name is not None or name in self.troubles:
            raise WorkbookError(f"{self.where} has two sheets called {shown(name)}, or one in one")
        self.name = name
        self.troubles[name] = []
        self.area = _Area(f"{self.where}, sheet {shown(name)}")
        self.row, self.repeated_rows = 1, 0

    def _times(self, attributes: dict[str, str], name: str) -> int:
        times = attributes.get(name, "1")
        if not re.fullmatch(r"[0-9]{1,9}", times):
            raise WorkbookError(f"{self.where}: {name} is {shown(times)}")
        return int(times)

    def _cell(self, attributes: dict[str, str]) -> None:
        times = self._times(attributes, "table:number-columns-repeated")
        self.cell = None
        if any(name.startswith("office:") or name == "table:formula" for name in attributes):
            right = self.column + times - 1
            self.area.add(self.row, self.row + self.repeated_rows - 1, self.column, right)
            self.area.check()
            self.cell = times, self.repeated_rows
            self.right = right + 1
            taken = sum(map(bytes_of, attributes.values()))
            self.referred += taken * times * self.repeated_rows
        if "table:formula" in attributes and self.name is not None:
            known = self.troubles[self.name]
            if len(known) < MOST_TROUBLES:
                place = f"{letters_of(self.column)}{self.row}"
                known.append(Trouble(self.row, self.column, f"{place} holds a formula"))
        self.column += times

    def _close_row(self) -> None:
        """Count the cells of a row; calamine holds it once before it repeats it."""
        self.cells += self.right
        self.row += self.repeated_rows
        self.column = self.right = 0
        self._check()

    def _check(self) -> None:
        if self.cells > 2 * MOST_CELLS or self.referred > LARGEST_TEXT:
            raise WorkbookError(f"{self.where} has more cells, or more text in them, than are read")

    def characters(self, text: str) -> None:
        if self.cell is not None:
            self.referred += 4 * len(text) * self.cell[0] * self.cell[1]
            self._check()

    def end(self, name: str) -> None:
        if name in ("table:table-cell", "table:covered-table-cell"):
            self.cell = None
        elif name == "table:table":
            self._close_row()
            self.room += self.area.size
            if self.room > MOST_CELLS:
                raise WorkbookError(f"{self.where} has more than {MOST_CELLS} cells")
            self.name = None


def _scan_ods(parts: _Parts, file: str) -> dict[str, list[Trouble]]:
    """Why each sheet of an .ods could hold no table, by name. Raises WorkbookError."""
    if parts.under("Basic/") or parts.under("Scripts/"):
        raise WorkbookError(f"{file} holds macros; save it without them")
    manifest = _Elements(f"{file}: the list of its parts", ("encryption-data",))
    manifest.read(parts.chunks("META-INF/manifest.xml", LARGEST_LIST))
    if manifest.found:
        raise WorkbookError(f"{file} is protected with a password; save it without one")
    content = _OdsTables(file)
    content.read(parts.chunks("content.xml"))
    return content.troubles


# ---------------------------------------------------------------- sheets


class Sheet(NamedTuple):
    """A sheet as rows of cells with their numbers from 1, and what in it is no plain value."""

    name: str
    rows: Callable[[], Iterator[tuple[int, list[Any]]]]
    left: int  # columns before the first cell of a row
    troubles: list[Trouble]


def sheets_of(path: str) -> Iterator[Sheet]:
    """The sheets of a workbook or the one of a CSV file. Raises WorkbookError."""
    data = _bytes_of(path)
    if not data.startswith(b"PK"):
        _refuse_other_kinds(data, path)
        yield _csv_sheet(data, path)
        return
    parts = _Parts(data, path)
    xlsx, ods = "xl/workbook.xml" in parts, "content.xml" in parts
    if xlsx and not ods:
        troubles = _scan_xlsx(parts, path)
    elif ods and not xlsx and "mimetype" in parts:
        troubles = _scan_ods(parts, path)
    elif "xl/workbook.bin" in parts:
        raise WorkbookError(f"{path} is a binary workbook (.xlsb); {_SAVE_AS}")
    else:
        some = listed(sorted(parts.infos), 3)
        raise WorkbookError(f"{path} is a zip file but no .xlsx or .ods workbook; it holds {some}")
    yield from _workbook_sheets(data, path, troubles)


def _workbook_sheets(data: bytes, path: str, troubles: dict[str, list[Trouble]]) -> Iterator[Sheet]:
    """The sheets of a workbook that was looked through, one opened after the other."""
    import io

    try:
        import python_calamine
    except ImportError:
        raise MissingExtraError("read_home_office", "python-calamine", "official") from None
    try:
        with python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)) as workbook:
            for name, found in troubles.items():
                yield _sheet(workbook.get_sheet_by_name(name), found)
    except BaseException as error:
        # What goes wrong inside Rust is no Exception.
        panic = type(error).__name__ == "PanicException"
        if isinstance(error, WorkbookError) or not (panic or isinstance(error, Exception)):
            raise
        raise WorkbookError(f"{path} cannot be read: {error}") from None


def _sheet(opened: Any, troubles: list[Trouble]) -> Sheet:
    if opened.start is None:
        return Sheet(opened.name, lambda: iter(()), 0, troubles)
    return Sheet(opened.name, lambda: enumerate(opened.iter_rows(), 1), opened.start[1], troubles)


# ---------------------------------------------------------------- .csv


_CSV_COUNT = re.compile(r"(?:[0-9]{1,12}|[0-9]{1,3}(?:,[0-9]{3}){1,3})(?:\.0{1,2})?", re.ASCII)


class _Lines:
    """Lines of a text for the csv module, none of them and no record longer than is read."""

    def __init__(self, text: str, path: str) -> None:
        import io

        self.lines = io.StringIO(text, newline="")
        self.path = path
        self.number = 0
        self.record = 0

    def __iter__(self) -> Iterator[str]:
        for line in self.lines:
            self.number += 1
            if len(line) > LONGEST_LINE or self.number - self.record > MOST_LINES:
                raise WorkbookError(
                    f"{self.path}, line {self.number}: a record is longer than {LONGEST_LINE} "
                    f"characters or {MOST_LINES} lines; a quotation mark may not be closed"
                )
            yield line


def _csv_sheet(data: bytes, path: str) -> Sheet:
    text = _csv_text(data, path)
    _refuse_other_marks(text, path)
    name = os.path.basename(path)
    return Sheet(name, lambda: _csv_rows(text, path), 0, [])


def _csv_text(data: bytes, path: str) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise WorkbookError(f"{path} is in UTF-16; save it as CSV UTF-8")
    if b"\0" in data:
        raise WorkbookError(f"{path} holds a NUL byte; it is not a text file")
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise WorkbookError(f"{path} is neither UTF-8 nor Windows-1252; save it as CSV UTF-8")


def _refuse_other_marks(text: str, path: str) -> None:
    """Refuse a file whose lines are split by semicolons or tabs, not by commas."""
    lines = text[:_CHUNK].splitlines()[:_FIRST_LINES]
    for mark, name in ((";", "semicolons"), ("\t", "tabs")):
        split = [line for line in lines if line.count(mark) > 2 * max(1, line.count(","))]
        if len(split) > len(lines) / 2:
            raise WorkbookError(
                f"{path}: its cells are split by {name}; save it as CSV in UTF-8, split by commas"
            )


def _csv_rows(text: str, path: str) -> Iterator[tuple[int, list[Any]]]:
    """Records with the number of the line on which each begins; a number is a float.

    None has fewer cells than those above it: what is missing at the end of a line is empty.
    """
    import csv

    lines = _Lines(text, path)
    reader = csv.reader(lines, strict=True)
    number, width = 1, 0
    try:
        for cells in reader:
            width = max(width, len(cells))
            yield number, [*map(_csv_cell, cells), *[""] * (width - len(cells))]
            number = reader.line_num + 1
            lines.record = reader.line_num
    except csv.Error as error:
        raise WorkbookError(f"{path}, line {number}: {error}; this is no sound CSV") from None


def _csv_cell(cell: str) -> str | float:
    if cell[:1].isdecimal() and _CSV_COUNT.fullmatch(cell):
        return float(cell.replace(",", ""))
    return cell
