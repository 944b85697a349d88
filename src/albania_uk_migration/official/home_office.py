"""Read the UK Home Office's detailed data sets on returns, irregular entry and asylum.

We find tables by their columns, whatever their sheets are called, and add them up by quarter. A
number we cannot read is never zero: it is missing, with a reason, or an error. `spreadsheets`
checks that a file is safe to open.
"""

from __future__ import annotations

import datetime
import os
import re
from collections import Counter, defaultdict
from itertools import islice
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, overload

from ..claims.vocabulary import vocabulary
from ..errors import UnknownNameError, WorkbookError
from ..tables.package import shipped
from .counts import Official
from .periods import period_in_words
from .series import official_from
from .spreadsheets import Sheet, letters_of, listed, sheets_of, shown
from .vintages import made_on

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import pandas

    from ..citing.noted_rows import Series
    from ..tables.cells import Row


# ---------------------------------------------------------------- the tables that are known


class _Table(NamedTuple):
    """A data table: the columns that decide its sums, the other columns, and its measures."""

    keys: tuple[str, ...]
    counts: tuple[str, ...]  # the names its column of counts has had
    others: tuple[str, ...]
    who: str  # the column with the name Albania
    names: tuple[str, ...]  # the names its sheet has had, without marks and spaces
    # By measure: the labels of its rows, by column. If a column is not given, rows with any label
    # count.
    measures: dict[str, dict[str, tuple[str, ...]]]

    @property
    def labelled(self) -> tuple[str, ...]:
        """The key columns whose labels we know."""
        return tuple(column for column in self.keys if column in _LABELS)


_ENFORCED, _VOLUNTARY = "Enforced return", "Voluntary return"
_PORT = "Refused entry at port and subsequently departed"
_BOATS = "Small boat arrivals"
_DECIDED = {"Case type": ("Asylum Case",), "Applicant type": ("Main applicant",)}
_GRANTS = ("Grant of Protection", "Grant of Other Leave")
# The labels of the deciding columns, including those of no measure here. A label that is not here
# may be a new name for one that is, so we leave its rows out and say so.
_LABELS = {
    "Return type group": (_ENFORCED, _VOLUNTARY, _PORT),
    "Method of entry": (
        _BOATS,
        "Inadequately documented air arrivals",
        "Recorded detections at UK ports",
        "Recorded detections in the UK",
    ),
    "Case type": ("Asylum Case", "Resettlement Case"),
    "Case outcome group": (*_GRANTS, "Refused", "Withdrawn", "Administrative Outcome"),
    "Applicant type": ("Main applicant", "Dependant"),
}
_WHEN = ("Year", "Quarter")
_TABLES = {
    "Ret_D01": _Table(
        (*_WHEN, "Nationality", "Return type group"),
        ("Number of returns",),
        ("Region", "Return type", "Age", "Sex", "Return destination group"),
        "Nationality",
        ("retd01",),
        {
            "enforced_returns": {"Return type group": (_ENFORCED,)},
            "voluntary_returns": {"Return type group": (_VOLUNTARY,)},
            "port_returns": {"Return type group": (_PORT,)},
        },
    ),
    "Ret_D02": _Table(
        (*_WHEN, "Return type group", "Return destination"),
        ("Number of returns",),
        ("Return type", "Return destination region"),
        "Return destination",
        ("retd02",),
        {
            "enforced_returns_to_albania": {"Return type group": (_ENFORCED,)},
            "voluntary_returns_to_albania": {"Return type group": (_VOLUNTARY,)},
            "port_returns_to_albania": {"Return type group": (_PORT,)},
        },
    ),
    "Ret_D03": _Table(
        (*_WHEN, "Nationality"),
        ("Number of foreign national offender returns",),
        ("Region", "Return destination group"),
        "Nationality",
        ("retd03",),
        {"fno_returns": {}},
    ),
    "Irr_D01": _Table(
        (*_WHEN, "Method of entry", "Nationality"),
        ("Number of detections",),
        ("Region", "Sex", "Age Group"),
        "Nationality",
        ("irrd01", "ierd01"),
        {"small_boat_arrivals": {"Method of entry": (_BOATS,)}},
    ),
    "Asy_D01": _Table(
        (*_WHEN, "Nationality", "Applicant type"),
        ("Applications", "Claims"),
        ("Region", "Age", "Sex", "UASC", "Location of application"),
        "Nationality",
        ("asyd01",),
        {"asylum_claims": {}},
    ),
    "Asy_D02": _Table(
        (*_WHEN, "Nationality", "Case type", "Case outcome group", "Applicant type"),
        ("Decisions",),
        ("Region", "Case outcome", "Age", "Sex", "UASC", "Host Country"),
        "Nationality",
        ("asyd02",),
        {
            "asylum_grants": {**_DECIDED, "Case outcome group": _GRANTS},
            "asylum_refusals": {**_DECIDED, "Case outcome group": ("Refused",)},
        },
    ),
}
# The table's name since the year ending December 2025.
_RENAMED = {"ier_d01": "Irr_D01"}
_ALBANIA = "albania"
# Codes for a missing count: suppressed, not applicable or not available. An empty cell means none
# of these, nor zero.
MISSING_CODES = ("-", "z", ":", "x", "c", ".", "..", "[z]", "[x]", "[c]", "[-]", "[:]", "")
# ---------------------------------------------------------------- limits

# The largest count we accept; there are fewer people than this.
LARGEST_COUNT = 10_000_000_000
# Headers are in the second or third row, below a few titles and notes.
HEADER_ROWS = 20
# A table has about ten columns; we look only at the first headers of longer rows.
_MOST_HEADERS = 500
# The most nationalities, more than exist; then the most remarks we give.
_MOST_NAMES = 2_000
_MOST_REMARKS = 20
# How many rows to go through column by column at once.
_BLOCK = 500
_YEARS = (1990, 2100)


# ---------------------------------------------------------------- results

# What ends a table: a row that says so, or its last row.
_END = "End of table"
_END_MARK = re.compile(r"end of (?:the )?(?:table|data|sheet|worksheet)\b")
_LAST = "last row"


class TableRead(NamedTuple):
    """How one table was read: its place, its columns, and what was left out."""

    table: str
    sheet: str
    header_row: int
    columns: dict[str, str]
    first_row: int
    last_row: int
    rows: int
    missing: dict[str, int]
    ended_by: str
    left_out: list[str]

    def __str__(self) -> str:
        columns = ", ".join(
            name if name == found else f"{name} ({found})" for name, found in self.columns.items()
        )
        lines = [
            f'{self.table} from sheet "{self.sheet}": headers in row {self.header_row}, '
            f"{_rows(self.rows)} from {self.first_row} to {self.last_row}, "
            f"ended by {_ended(self.ended_by)}",
            f"  by the columns {columns}",
            *(f"  left out: {sentence}" for sentence in self.left_out),
        ]
        return "\n".join(lines)


def _ended(ended_by: str) -> str:
    return f'"{ended_by}"' if ended_by == _END else f"the {ended_by}"


class HomeOffice:
    """Counts in a Home Office workbook by measure, population and quarter, and how we read them.

    `cells` are plain rows, with `value` in persons or, for asylum, in claims and decisions.
    `readings` has one `TableRead` per table, and `messages` has cautions. `read_home_office` gives
    an example.
    """

    def __init__(
        self, path: str, readings: tuple[TableRead, ...], cells: list[Row], messages: list[str]
    ) -> None:
        self._package = shipped()
        self.path = path
        self.file = os.path.basename(path)
        self.readings = readings
        self.cells = cells
        self.messages = messages

    def official(self) -> Official:
        """The counts as one vintage, to compare claims with."""
        release: Row = dict.fromkeys(self._package.types("official_releases"))
        release |= {"release_id": self.file, "publisher": "Home Office", "title": self.file}
        release |= {"kind": "statistics", "licence": "OGL-UK-3.0"}
        words, made = vocabulary(self._package), made_on(self._package)
        official = Official(self.cells, [release], words, made)
        official.messages = self.messages
        return official

    def rows(
        self, measure: str, population: str | None = None, freq: str = "year", long: bool = False
    ) -> Series:
        """The series of a measure, with its cautions; see `series`."""
        read = [reading.table for reading in self.readings]
        words = vocabulary(self._package)
        of = {
            whole: table
            for table, known in _TABLES.items()
            for name in known.measures
            for whole in words.wholes(name)
        }
        if measure in of and of[measure] not in read:
            hint = f"it is counted in {of[measure]}; {self.file} has {', '.join(read)}"
            raise UnknownNameError("measure in this workbook", measure, [], hint)
        if measure not in of:
            here = sorted(name for name, table in of.items() if table in read)
            raise UnknownNameError("measure in this workbook", measure, here)
        if population is None:
            population = "all" if _TABLES[of[measure]].who == _DESTINATION else "albanian"
        if population not in ("albanian", "all"):
            raise UnknownNameError("population in a workbook", population, ["albanian", "all"])
        layer = (measure, population, "GBR")
        series = official_from(self._package, self.official(), [self.file], layer, freq, long)
        return series._replace(caveats=" ".join([series.caveats, *self.messages]))

    def series(
        self,
        measure: str,
        population: str | None = None,
        freq: str = "year",
        *,
        long: bool = False,
    ) -> pandas.DataFrame:
        """The series of a measure by year or quarter, with the columns of `official_series`.

        With `long=True` there is one row per measure and period, as there.

        `measure` is one that the workbook counts (`returns`, with its parts, comes from Ret_D01).
        `population` is albanian (the default) or all; for people returned to Albania only all. A
        year is the sum of its four quarters, or missing; `attrs["left_out"]` says why, and
        `attrs["caveats"]` includes the messages. A workbook without Albania gives no rows, and says
        so. Raises UnknownNameError for a measure or population that the workbook does not count.
        """
        return self.rows(measure, population, freq, long).frame()

    def __repr__(self) -> str:
        tables = ", ".join(reading.table for reading in self.readings)
        return f"<HomeOffice {self.file}: {tables}; {len(self.cells)} cells>"

    def __str__(self) -> str:
        parts = [self.file, *(str(reading) for reading in self.readings)]
        return "\n".join([*parts, *(f"note: {message}" for message in self.messages)])


# ---------------------------------------------------------------- words

_LONGEST_LABEL = 200


# A note mark at the end of a label, without an inner bracket, so that we look at none twice.
_NOTE = re.compile(r" ?[\[(]notes? ?[^\[\]()]*[\])]$")


def _folded(cell: object) -> str:
    """A header or label for comparison, without case, note marks and invisible characters.

    For a long text only its beginning; no label is so long.
    """
    text = str(cell)[:_LONGEST_LABEL]
    if not text.isascii():
        import unicodedata

        text = "".join(c for c in text if unicodedata.category(c) != "Cf")
    text = " ".join(text.split()).casefold()
    while text.endswith(("]", ")")) and (note := _NOTE.search(text)):
        text = text[: note.start()]
    return text


def _rows(number: int) -> str:
    return "1 row" if number == 1 else f"{number} rows"


# ---------------------------------------------------------------- finding the tables


class _Heading(NamedTuple):
    """The place of a known table's headers in a sheet, and which column is which."""

    table: str
    sheet: Sheet
    row: int
    headers: list[str]
    places: dict[str, int]  # by our name for the column; the counts are "count"

    def columns(self) -> dict[str, str]:
        """The headers as found, by our name for the column."""
        return {name: self.headers[place] for name, place in self.places.items()}

    def wrong(self, file: str, what: str) -> WorkbookError:
        """The error that says what is wrong in this sheet."""
        return WorkbookError(f'{file}, sheet "{self.sheet.name}"{what}')

    def wrong_cell(self, file: str, row: int, place: int, what: str) -> WorkbookError:
        """The error that says what is wrong in a cell."""
        return self.wrong(file, f", cell {letters_of(self.sheet.left + place)}{row}: {what}")


def _named_for(sheet: str, table: str) -> bool:
    """Whether a sheet's name contains the name of a table."""
    squashed = re.sub(r"[^a-z0-9]", "", sheet.casefold())
    return any(name in squashed for name in _TABLES[table].names)


def _places(folded: list[str], table: str) -> tuple[dict[str, int], list[str]]:
    """The places of a table's columns in a row of headers, and the key columns it lacks."""
    known = _TABLES[table]
    wanted: dict[str, tuple[str, ...]] = {name: (name,) for name in known.keys}
    wanted |= {"count": known.counts} | {name: (name,) for name in known.others}
    places, lacking = {}, []
    for column, names in wanted.items():
        spelt = {_folded(name) for name in names}
        found = [at for at, text in enumerate(folded) if text in spelt]
        if found and (len(found) == 1 or column in known.others):
            places[column] = found[0]
        elif found:
            lacking.append(f"one column {shown(names[0])} (it has {len(found)})")
        elif column not in known.others:
            lacking.append(" or ".join(shown(name) for name in names))
    return places, lacking


class _Nearest(NamedTuple):
    """The row of a sheet that is nearest to the headers of a known table."""

    sheet: str
    row: int
    headers: list[str]
    table: str
    lacking: list[str]
    found: int  # the table's columns that are there

    @property
    def rank(self) -> tuple[bool, int]:
        """How near it is; a sheet with the table's name comes first."""
        return _named_for(self.sheet, self.table), self.found


def _look_through(sheet: Sheet) -> tuple[list[_Heading], _Nearest | None]:
    """The known tables whose columns a sheet has, and the row nearest to one."""
    near = []
    for number, cells in islice(sheet.rows(), HEADER_ROWS):
        headers = [str(cell)[:_LONGEST_LABEL] for cell in cells[:_MOST_HEADERS]]
        while headers and not headers[-1].strip():
            headers.pop()
        folded = [_folded(header) for header in headers]
        found = []
        for table in _TABLES:
            places, lacking = _places(folded, table)
            if not lacking:
                found.append(_Heading(table, sheet, number, headers, places))
            elif len(places) > 1:
                near.append(_Nearest(sheet.name, number, headers, table, lacking, len(places)))
        if found:
            return found, None
    return [], max(near, key=lambda nearest: nearest.rank, default=None)


def _lacks(near: _Nearest) -> str:
    headers = listed([header for header in near.headers if header])
    return (
        f'sheet "{near.sheet}", row {near.row}, is nearest to {near.table} but lacks '
        f"{', '.join(near.lacking)}; it has {headers}"
    )


def _one_of(headings: list[_Heading], table: str, file: str) -> _Heading:
    """The sheet of a table: among sheets with its columns, the one with its name."""
    if len(headings) == 1:
        return headings[0]
    named = [heading for heading in headings if _named_for(heading.sheet.name, table)]
    if len(named) == 1:
        return named[0]
    names = listed(heading.sheet.name for heading in named or headings)
    raise WorkbookError(
        f"{file} has several sheets with the columns of {table}: {names}. Keep one."
    )


def _tables_in(path: str) -> tuple[dict[str, _Heading], list[str]]:
    """The known tables of a workbook, and notes on other sheets. Raises WorkbookError."""
    found: dict[str, list[_Heading]] = {}
    near: list[_Nearest] = []
    seen = []
    for sheet in sheets_of(path):
        seen.append(sheet.name)
        headings, nearest = _look_through(sheet)
        named = [heading for heading in headings if _named_for(sheet.name, heading.table)]
        if len(headings) > 1 and len(named) != 1:
            alike = " and ".join(heading.table for heading in headings)
            raise WorkbookError(
                f'{path}, sheet "{sheet.name}", has the columns of {alike}. Name it for one.'
            )
        for heading in named or headings:
            found.setdefault(heading.table, []).append(heading)
        if nearest:
            near.append(nearest)
    tables = {table: _one_of(found[table], table, path) for table in _TABLES if table in found}
    for nearest in near:
        called = _named_for(nearest.sheet, nearest.table) and "data" in nearest.sheet.casefold()
        if nearest.table not in tables and (not tables or called):
            raise WorkbookError(f"{path}: {_lacks(nearest)}.")
    if not tables:
        raise WorkbookError(f"{path} {_unknown(seen)}.")
    others = [
        f'not read: sheet "{heading.sheet.name}" has the columns of {table} too.'
        for table, headings in found.items()
        for heading in headings
        if heading is not tables[table]
    ]
    lacking = (nearest for nearest in near if len(nearest.lacking) == 1)
    return tables, [*others, *(f"not read: {_lacks(nearest)}." for nearest in lacking)]


def _unknown(sheets: list[str]) -> str:
    """What we looked for, and the sheets we found."""
    wanted = "; ".join(
        f"{table} ({', '.join(known.keys)}, {' or '.join(known.counts)})"
        for table, known in _TABLES.items()
    )
    return (
        f"has no table that we know in the first {HEADER_ROWS} rows of its sheets "
        f"({listed(sheets)}). We looked for {wanted}"
    )


# ---------------------------------------------------------------- reading the rows


class _DataRows:
    """The data rows of a table one by one, each with its count; it keeps remarks and codes.

    A count is a float, or the code for a missing count. Raises WorkbookError, naming the cell, for
    a count that is neither.
    """

    def __init__(self, heading: _Heading, file: str, summed: bool) -> None:
        self.heading = heading
        self.file = file
        self.count_at = heading.places["count"]
        self.first_row = self.last_row = self.rows = 0
        self.missing: Counter[str] = Counter()
        self.codes: list[tuple[int, str]] = []
        self.lists_zeros = False
        self.ended_by = _LAST
        self.empty = 0
        self.left_out: list[str] = []
        # The values in columns that decide nothing, unless some rows are sums over them.
        others = _TABLES[heading.table].others
        self.seen: dict[int, set[object]] = {
            heading.places[name]: set() for name in others if name in heading.places and summed
        }
        self.block: list[list[Any]] = []
        self.nameless = [at for at, text in enumerate(heading.headers) if not text.strip()]

    def __iter__(self) -> Iterator[tuple[int, list[Any], float | str]]:
        at, width = self.count_at, len(self.heading.headers)
        block, watched, nameless = self.block, bool(self.seen), self.nameless
        rows = self.heading.sheet.rows()
        for number, row in rows:
            if number <= self.heading.row:
                continue
            count: Any = row[at]
            if count.__class__ is float and 0 < count <= LARGEST_COUNT and count % 1 == 0:
                pass
            elif isinstance(count, str) and self._is_no_data(number, row):
                if self.ended_by == _END:
                    self._after_end(rows)
                    return
                continue
            else:
                count = self._odd_count(number, count)
            if len(row) > width and any(cell != "" for cell in row[width:]):
                raise self._wrong_row(
                    number, f"has more cells than the {width} headers. Its columns may be shifted."
                )
            if watched:
                block.append(row)
                if len(block) == _BLOCK:
                    self._watch(block)
            if nameless and any(row[place] != "" for place in nameless):
                raise self._wrong_row(
                    number, "has a cell in a column without a header. Its columns may be shifted."
                )
            if not self.rows:
                self.first_row = number
            self.last_row = number
            self.rows += 1
            yield number, row, count

    def _wrong_row(self, number: int, what: str) -> WorkbookError:
        return self.heading.wrong(self.file, f", row {number}, {what}")

    def _is_no_data(self, number: int, row: list[Any]) -> bool:
        """Whether a row ends the table, is empty, or has a remark in one cell."""
        filled = [cell for cell in row if cell != ""]
        if not filled:
            self.empty += 1
            return True
        if len(filled) > 1:
            return False
        text = " ".join(str(filled[0])[:_LONGEST_LABEL].split())
        if _END_MARK.match(_folded(text)):
            self.ended_by = _END
        else:
            self._remark(f"row {number}, a remark: {shown(text)}")
        return True

    def _remark(self, text: str) -> None:
        if len(self.left_out) < _MOST_REMARKS:
            self.left_out.append(text)
        elif len(self.left_out) == _MOST_REMARKS:
            self.left_out.append("and more remarks")

    def _watch(self, block: list[list[Any]]) -> None:
        """Keep the values of columns that decide nothing, a block of rows at a time."""
        for place, seen in self.seen.items():
            seen.update(map(itemgetter(place), block))
        block.clear()

    def check_no_sums(self) -> None:
        """Raise WorkbookError if any column has totals beside their parts."""
        self._watch(self.block)
        for place, seen in self.seen.items():
            totals = [cell for cell in seen if _is_total(_folded(cell))]
            if totals and len(seen) > len(totals):
                raise self.heading.wrong(
                    self.file,
                    f": column {shown(self.heading.headers[place])} has {listed(totals)} beside "
                    "others, so that rows would count twice. Take the sums out and read it again.",
                )

    def _after_end(self, rows: Iterator[tuple[int, list[Any]]]) -> None:
        """After the end of a table there may be remarks but no counts."""
        for number, row in rows:
            filled = [cell for cell in row if cell != ""]
            if len(filled) > 1 or any(isinstance(cell, (int, float)) for cell in filled):
                raise self._wrong_row(
                    number, f'has data after "{_END}". Delete the data or the mark.'
                )
            if filled:
                self._remark(f'row {number}, after "{_END}": {shown(filled[0])}')

    def _odd_count(self, number: int, count: Any) -> float | str:
        """A zero, a non-float whole number or a missing code; otherwise raises WorkbookError."""
        if count.__class__ in (int, float) and 0 <= count <= LARGEST_COUNT and count == int(count):
            self.lists_zeros = self.lists_zeros or count == 0
            return float(count)
        code = count.strip().casefold() if isinstance(count, str) else None
        if code not in MISSING_CODES:
            kind = "the text " if isinstance(count, str) else ""
            what = (
                f"{kind}{shown(count)} is not a count. Give a whole number of 0 or more, "
                f"stored as a number, or one of {listed(MISSING_CODES, 20)} if it is missing."
            )
            raise self.heading.wrong_cell(self.file, number, self.count_at, what)
        self.missing[code] += 1
        self.codes.append((number, code))
        return code

    def remarks(self) -> list[str]:
        """Sentences on what we did not read in the sheet."""
        headers, places = self.heading.headers, self.heading.places
        told = [
            f'the column "{name}" is missing; no result depends on it'
            for name in _TABLES[self.heading.table].others
            if name not in places
        ]
        read = set(places.values())
        more = [text for at, text in enumerate(headers) if text.strip() and at not in read]
        if more:
            told.append(f"columns that we do not know: {listed(more)}")
        if self.empty:
            told.append(f"{_rows(self.empty)} without any cell filled")
        return told + self.left_out

    def reading(self, left_out: list[str]) -> TableRead:
        """How the table was read; call this after going through all rows."""
        heading = self.heading
        return TableRead(
            heading.table,
            heading.sheet.name,
            heading.row,
            heading.columns(),
            self.first_row,
            self.last_row,
            self.rows,
            dict(self.missing),
            self.ended_by,
            self.remarks() + left_out,
        )


def _sound_rows(heading: _Heading, file: str, summed: bool) -> _DataRows:
    """The rows of a table, if its numbers are published values, not formulas in the sheet."""
    trouble = heading.sheet.trouble(heading.row, heading.sheet.left + len(heading.headers))
    if trouble:
        what = "the published tables have only plain values. Download the workbook again."
        raise heading.wrong(file, f", cell {trouble}, but {what}")
    return _DataRows(heading, file, summed)


# ---------------------------------------------------------------- adding up


class _Sum:
    """Counts added up, and how many cells have each missing code."""

    __slots__ = ("missing", "row", "rows", "total", "unknown")

    def __init__(self, row: int = 0) -> None:
        self.row = row  # the first row, for messages
        self.rows = 0
        self.total = 0.0
        # There are thousands of sums, and a defaultdict is faster to make than a Counter.
        self.missing: dict[str, int] = defaultdict(int)
        self.unknown: dict[str, int] = defaultdict(int)  # rows with a label that may belong here

    def add(self, other: _Sum) -> None:
        """Add another sum."""
        self.rows += other.rows
        self.total += other.total
        for code, cells in other.missing.items():
            self.missing[code] += cells

    def value_and_note(self) -> tuple[int | None, str | None]:
        """The sum; if a count is or may be missing, None and a note on the sum of the others."""
        told = [
            f"{cells} of {_rows(self.rows)} {_hold(cells, code)}"
            for code, cells in sorted(self.missing.items())
        ]
        told += [
            f"{_rows(rows)} of {shown(label)}, which we do not know and may belong here"
            for label, rows in sorted(self.unknown.items())
        ]
        if not told:
            return int(self.total), None
        return None, f"{', '.join(told)}; the others sum to {int(self.total)}"


def _hold(cells: int, code: str) -> str:
    """What some cells have instead of a count."""
    verb = "holds" if cells == 1 else "hold"
    return f'{verb} "{code}"' if code else f"{verb} nothing"


def _grouped(rows: _DataRows) -> dict[tuple[Any, ...], _Sum]:
    """Sums of a table by year, quarter, people and labels, as written in the sheet."""
    places, table = rows.heading.places, _TABLES[rows.heading.table]
    key_of = itemgetter(*(places[name] for name in (*_WHEN, table.who, *table.labelled)))
    sums: dict[tuple[Any, ...], _Sum] = {}
    for number, row, count in rows:
        key = key_of(row)
        found = sums.get(key)
        if found is None:
            found = sums[key] = _Sum(number)
        found.rows += 1
        if isinstance(count, float):
            found.total += count
        else:
            found.missing[count] += 1
    return sums


_Quarter = tuple[int, int]


def _number(cell: object) -> int | None:
    """A whole number, from a number or a text; None for anything else."""
    if isinstance(cell, str):
        text = cell.strip()
        return int(text) if re.fullmatch(r"[0-9]{1,4}", text) else None
    if isinstance(cell, (int, float)) and not isinstance(cell, bool) and abs(cell) < 10_000:
        return int(cell) if cell == int(cell) else None
    return None


def _quarter(year: object, quarter: object) -> _Quarter:
    """The year and quarter of a row. Raises ValueError, which says what is wrong."""
    number = _number(year)
    if number is None or not _YEARS[0] <= number <= _YEARS[1]:
        raise ValueError(f"{shown(year)} is not a year from {_YEARS[0]} to {_YEARS[1]}.")
    part = _number(quarter)
    if part is None and isinstance(quarter, str):
        words = re.fullmatch(r"(?:([0-9]{4})[ ,-]*)?q ?([0-9]{1,2})", _folded(quarter))
        part = int(words[2]) if words else None
        if words and words[1] and int(words[1]) != number:
            raise ValueError(f"the year {number} is beside the quarter {shown(quarter)}.")
    if part is None or not 1 <= part <= 4:
        raise ValueError(f"{shown(quarter)} is not a quarter. Give one like 2022 Q1.")
    return number, part


def _is_total(name: str) -> bool:
    """Whether a folded name means several of the others, so that it would count them twice."""
    # Before 2009 no ages were published, so "Total (pre-2009)" has no parts beside it.
    return _TOTAL.search(name) is not None and "(pre-" not in name


_TOTAL = re.compile(r"\b(?:sub-?)?totals?\b|^\W*(?:all(?! other)|overall|world|sum)\b")


_DESTINATION = "Return destination"


# This many letters of a label's first word show what it is: enforced, voluntary, refused.
_TELLING = 6
# We name up to this many nationalities one by one.
_FEW = 6


class _Judged(NamedTuple):
    """What rows with these labels count for or, with an unknown label, may count for."""

    measures: tuple[str, ...]
    unknown: tuple[tuple[str, str], ...]  # columns, and their unknown labels
    perhaps: tuple[tuple[str, str], ...]  # measures, and a label that may belong to each


class _Count:
    """What one table counts: sums by measure, population and quarter, and what they leave out."""

    def __init__(self, rows: _DataRows) -> None:
        self.rows = rows
        self.table = _TABLES[rows.heading.table]
        self.quarters: set[_Quarter] = set()
        self.names: dict[str, str] = {}  # nationalities as found, by their folded form
        self.labels: dict[str, dict[str, str]] = {}  # labels as found, by column and folded form
        self.totals: Counter[str] = Counter()
        self.unknown: Counter[tuple[str, str]] = Counter()  # rows by column and label
        self.uncertain: set[_Quarter] = set()  # quarters with unknown labels
        self.sums: dict[tuple[str, str, _Quarter], _Sum] = {}
        # Results by cell, because few different cells occur, each many times.
        self._when: dict[tuple[object, ...], _Quarter] = {}
        self._folded: dict[object, str] = {}
        self._judged: dict[tuple[object, ...], _Judged] = {}
        for (year, quarter, who, *labels), found in _grouped(rows).items():
            self._add(self._quarter(year, quarter, found.row), who, tuple(labels), found)

    def _add(self, quarter: _Quarter, who: object, labels: tuple[object, ...], found: _Sum) -> None:
        self.quarters.add(quarter)
        if who not in self._folded:
            self._folded[who] = _folded(who)
        name = self._folded[who]
        if name not in self.names:
            if not name:
                raise self._wrong(
                    found.row, self.table.who, f"{self.table.who} is empty. Fill it in."
                )
            if _is_total(name):
                self.totals[str(who)] += found.rows
            else:
                self.names[name] = str(who)
            if len(self.names) + len(self.totals) > _MOST_NAMES:
                raise self._wrong(
                    found.row,
                    self.table.who,
                    f"this is one of more than {_MOST_NAMES} names, the most we read.",
                )
            if name not in self.names:
                return
        if labels not in self._judged:
            self._judged[labels] = self._judge(labels)
        judged, populations = self._judged[labels], self._populations_of(name)
        if _ALBANIA in name and name != _ALBANIA:
            # We do not know whether a name close to Albania means Albania.
            doubted = "all" if self.table.who == _DESTINATION else "albanian"
            for measure in self.table.measures if judged.unknown else judged.measures:
                self._sum(measure, doubted, quarter).unknown[str(who)] += found.rows
        if judged.unknown:
            self.uncertain.add(quarter)
            self.unknown.update(dict.fromkeys(judged.unknown, found.rows))
            if len(self.unknown) > _MOST_NAMES:
                column, _ = judged.unknown[0]
                raise self._wrong(
                    found.row,
                    column,
                    f"this is one of more than {_MOST_NAMES} labels, the most we read.",
                )
        for population in populations:
            for measure, label in judged.perhaps:
                self._sum(measure, population, quarter).unknown[label] += found.rows
            for measure in judged.measures:
                self._sum(measure, population, quarter).add(found)

    def _sum(self, measure: str, population: str, quarter: _Quarter) -> _Sum:
        return self.sums.setdefault((measure, population, quarter), _Sum())

    def _quarter(self, year: object, quarter: object, row: int) -> _Quarter:
        key = (year, quarter, quarter.__class__)  # True equals 1, but is not a quarter
        try:
            if key not in self._when:
                self._when[key] = _quarter(year, quarter)
        except ValueError as error:
            raise self._wrong(row, "Quarter", str(error)) from None
        return self._when[key]

    def _judge(self, labels: tuple[object, ...]) -> _Judged:
        """What rows with these labels count for."""
        folded = dict(zip(self.table.labelled, map(_folded, labels), strict=True))
        for column, label in zip(folded, labels, strict=True):
            self.labels.setdefault(column, {}).setdefault(folded[column], str(label))
        unknown = {
            column: self.labels[column][label]
            for column, label in folded.items()
            if label not in map(_folded, _LABELS[column])
        }
        measures, perhaps = [], []
        for measure, wanted in self.table.measures.items():
            if not unknown and all(folded[at] in map(_folded, of) for at, of in wanted.items()):
                measures.append(measure)
            for column in filter(unknown.__contains__, wanted):
                telling = {_folded(label).split()[0][:_TELLING] for label in wanted[column]}
                here = folded[column]
                if not here or any(word in here for word in telling):
                    perhaps.append((measure, unknown[column]))
        return _Judged(tuple(measures), tuple(unknown.items()), tuple(perhaps))

    def _wrong(self, row: int, column: str, what: str) -> WorkbookError:
        heading = self.rows.heading
        return heading.wrong_cell(self.rows.file, row, heading.places[column], what)

    def _populations_of(self, name: str) -> tuple[str, ...]:
        """The populations that rows for a nationality or a destination count for."""
        if self.table.who == _DESTINATION:
            # Returns to Albania, of people of any nationality.
            return ("all",) if name == _ALBANIA else ()
        return ("albanian", "all") if name == _ALBANIA else ("all",)

    @property
    def has_albania(self) -> bool:
        """Whether any row is for Albania."""
        return _ALBANIA in self.names

    def left_out(self) -> list[str]:
        """Sentences on rows that are not in a sum although they may belong there."""
        told = [
            f"{_rows(rows)} of the {self.table.who.casefold()} {shown(name)}, which would "
            "count others twice"
            for name, rows in self.totals.items()
        ]
        return told + [
            f"{_rows(rows)} with the {column} {shown(label)}, which we do not know"
            for (column, label), rows in self.unknown.items()
        ]

    def messages(self) -> list[str]:
        """Cautions for a user of the sums."""
        table = self.rows.heading.table
        told = [f"left out: {sentence}" for sentence in self.left_out()]
        if not self.has_albania:
            told.append(self._no_albania())
        for measure, wanted in self.table.measures.items():
            if not self._counts(measure) and (self.has_albania or self.table.who != _DESTINATION):
                told.append(f"no row of {measure}: {self._no_label(wanted)}")
        alike = [
            found for name, found in self.names.items() if _ALBANIA in name and name != _ALBANIA
        ]
        if alike:
            told.append(f"may or may not be Albania: {listed(alike)}; sums of Albania are missing")
        for code, cells in sorted(self.rows.missing.items()):
            told.append(f"{_rows(cells)} {_hold(cells, code)}; sums over them are missing")
        unknown = [sentence for sentence in self.rows.remarks() if "not known" in sentence]
        told += unknown
        if self.rows.ended_by != _END:
            told.append(f'no "{_END}" below the rows, so it may be cut off')
        gaps = [f"{year} Q{quarter}" for year, quarter in self._gaps()]
        if gaps:
            told.append(f"no row of any kind in {', '.join(gaps)}")
        return [f"{table}: {sentence}." for sentence in told]

    def unlisted(self, cells: Iterable[Row]) -> Iterator[str]:
        """Sentences on quarters for which the table has no row of a measure."""
        quarters: dict[tuple[str, str, bool], list[str]] = {}
        for cell in cells:
            if (cell["note"] or "").startswith("no row"):
                key = (cell["measure"], cell["population"], cell["value"] == 0)
                named = period_in_words(cell["period_start"], cell["period_end"])
                quarters.setdefault(key, []).append(named)
        for (measure, population, zero), listed_in in quarters.items():
            taken = "counted as 0" if zero else "missing"
            table = self.rows.heading.table
            yield f"{table}: {measure}, {population}: no row in {', '.join(listed_in)}: {taken}."

    def _no_albania(self) -> str:
        import difflib

        near = difflib.get_close_matches(_ALBANIA, self.names, n=1, cutoff=0.5)
        nearest = f"; the nearest is {shown(self.names[near[0]])}" if near else ""
        if len(self.names) <= _FEW:
            nearest = f": {listed(self.names.values())}"
        names = "nationalities" if self.table.who != _DESTINATION else "return destinations"
        return f"no row of Albania; {names} found: {len(self.names)}{nearest}"

    def _no_label(self, wanted: dict[str, tuple[str, ...]]) -> str:
        parts = [
            f"{column} {' or '.join(map(shown, labels))} is looked for; found: "
            f"{listed(self.labels.get(column, {}).values()) or 'none'}"
            for column, labels in wanted.items()
        ]
        return "; ".join(parts) or "all are totals or have labels that we do not know"

    def _gaps(self) -> list[_Quarter]:
        """Quarters between the first and the last for which the table has no row at all."""
        first, last = (
            year * 4 + part - 1 for year, part in (min(self.quarters), max(self.quarters))
        )
        span = ((number // 4, number % 4 + 1) for number in range(first, last))
        return [quarter for quarter in span if quarter not in self.quarters]

    def _counts(self, measure: str) -> bool:
        """Whether any row is for a measure."""
        return any(counted == measure for counted, _, _ in self.sums)

    def cells(self, unlisted_as_zero: bool) -> Iterator[Row]:
        """One row per measure, population and quarter that the table covers."""
        populations = ["all"]
        if self.has_albania and self.table.who != _DESTINATION:
            populations.append("albanian")
        for measure in filter(self._counts, self.table.measures):
            for population in populations:
                for quarter in self.quarters:
                    found = self.sums.get((measure, population, quarter))
                    value, note = (
                        found.value_and_note()
                        if found
                        else self._unlisted(population, quarter, unlisted_as_zero)
                    )
                    yield self._cell(measure, population, quarter) | {"value": value, "note": note}

    def _unlisted(
        self, population: str, quarter: _Quarter, as_zero: bool
    ) -> tuple[int | None, str]:
        """The value for a quarter without a row: missing, or 0 if asked for and safe."""
        of_albania = population == "albanian" or self.table.who == _DESTINATION
        note = f"no row{' of Albania' if of_albania else ''} in this quarter"
        if quarter in self.uncertain:
            return None, f"{note}, but rows with labels that are not known"
        if self.rows.lists_zeros:
            return None, f"{note}, though the table lists zeros elsewhere"
        note += "; the table lists no zeros"
        return (0, f"{note}, so we count it as 0") if as_zero else (None, note)

    def _cell(self, measure: str, population: str, quarter: _Quarter) -> Row:
        year, part = quarter
        after = datetime.date(year + part // 4, part % 4 * 3 + 1, 1)
        return {
            "measure": measure,
            "population": population,
            "area": "GBR",
            "period_start": datetime.date(year, part * 3 - 2, 1),
            "period_end": after - datetime.timedelta(days=1),
            "value": None,
            "release_id": os.path.basename(self.rows.file),
            "table": self.rows.heading.table,
            "verification": "cell_read",
            "recheck": None,
            "note": None,
        }


def _counted(path: str, tables: Iterable[_Heading], unlisted_as_zero: bool) -> HomeOffice:
    """The sums of some tables of a workbook."""
    readings: list[TableRead] = []
    cells: list[Row] = []
    messages: list[str] = []
    for heading in tables:
        rows = _sound_rows(heading, path, summed=True)
        count = _Count(rows)
        rows.check_no_sums()
        if not rows.rows:
            raise heading.wrong(path, " has headers but no rows.")
        readings.append(rows.reading(count.left_out()))
        counted = list(count.cells(unlisted_as_zero))
        counted.sort(key=itemgetter("measure", "population", "period_start"))
        cells.extend(counted)
        messages.extend([*count.messages(), *count.unlisted(counted)])
    cells.sort(key=itemgetter("measure", "population", "period_start"))
    return HomeOffice(path, tuple(readings), cells, messages)


# ---------------------------------------------------------------- the rows as published


def _published(heading: _Heading, path: str) -> pandas.DataFrame:
    """All rows of a table in its own columns; codes become missing values, kept in `attrs`."""
    import pandas

    rows = _sound_rows(heading, path, summed=False)
    table, counts = _by_column(rows)
    if not counts:
        raise heading.wrong(path, " has headers but no rows.")
    columns: dict[str, Any] = {}
    for at, cells in enumerate(table):
        name = _column_name(heading, at, columns)
        if at == rows.count_at:
            columns[name] = _numbers(counts)
        elif heading.headers[at].strip() or any(cell != "" for cell in cells):
            columns[name] = _typed(cells)
    frame = pandas.DataFrame(columns)
    frame.attrs |= {
        "file": os.path.basename(path),
        "table": heading.table,
        "sheet": heading.sheet.name,
        "header_row": heading.row,
        "first_row": rows.first_row,
        "missing_codes": rows.codes,
        "left_out": rows.left_out,
    }
    return frame


def _by_column(rows: _DataRows) -> tuple[list[list[Any]], list[float | None]]:
    """The cells of a table by column, and its counts."""
    width = len(rows.heading.headers)
    table: list[list[Any]] = [[] for _ in range(width)]
    counts: list[float | None] = []
    block: list[list[Any]] = []
    for _, row, count in rows:
        block.append(row)
        counts.append(count if isinstance(count, float) else None)
        if len(block) == _BLOCK:
            _add_block(table, block)
            block = []
    _add_block(table, block)
    return table, counts


# We turn rows into columns in batches, because many lists at once slow the garbage collector.
def _add_block(table: list[list[Any]], block: list[list[Any]]) -> None:
    for column, cells in zip(table, zip(*block, strict=False), strict=False):
        column.extend(cells)


def _column_name(heading: _Heading, at: int, taken: Iterable[str]) -> str:
    """The header of a column, or its letters if it is empty or two headers are equal."""
    letters = letters_of(heading.sheet.left + at)
    name = heading.headers[at].strip() or letters
    return f"{name} ({letters})" if name in taken else name


def _typed(cells: list[Any]) -> Any:
    """Numbers as numbers, text as text, a mixture unchanged; empty cells are missing."""
    import pandas

    kinds = set(map(type, cells))
    if str in kinds and "" in cells:
        cells = [None if cell == "" else cell for cell in cells]
        kinds = set(map(type, cells)) - {type(None)}
    if kinds == {float}:
        return _numbers(cells)
    return pandas.array(cells, dtype="string" if kinds <= {str} else "object")


def _numbers(cells: list[float | None]) -> Any:
    """A column of numbers: whole numbers if all are whole."""
    import numpy
    import pandas

    numbers = numpy.array(cells, dtype="float64")
    given = numbers[~numpy.isnan(numbers)]
    whole = bool((given == numpy.floor(given)).all() and (abs(given) < 2**53).all())
    return pandas.array(numbers, dtype="Int64" if whole else "Float64")


# ---------------------------------------------------------------- public functions


def _table_name(table: str) -> str:
    names = {name.casefold(): name for name in _TABLES} | _RENAMED
    name = names.get(str(table).casefold())
    if name is None:
        raise UnknownNameError("Home Office table", table, _TABLES)
    return name


@overload
def read_home_office(
    path: str | os.PathLike[str],
    *,
    table: str | None = None,
    raw: Literal[False] = False,
    unlisted_as_zero: bool = False,
) -> HomeOffice: ...
@overload
def read_home_office(
    path: str | os.PathLike[str],
    *,
    table: str | None = None,
    raw: Literal[True],
    unlisted_as_zero: bool = False,
) -> pandas.DataFrame: ...
def read_home_office(
    path: str | os.PathLike[str],
    *,
    table: str | None = None,
    raw: bool = False,
    unlisted_as_zero: bool = False,
) -> HomeOffice | pandas.DataFrame:
    """Counts of Albanians and of everyone by quarter, from a Home Office workbook you downloaded.

    Reads the detailed data sets on returns (tables Ret_D01, Ret_D02, Ret_D03), irregular entry
    (Irr_D01, now IER_D01) and asylum (Asy_D01, Asy_D02) as .xlsx, .ods, or a sheet saved as .csv.
    We find a table by its columns, whatever its sheet is called. `table` reads only that table.
    Returns a `HomeOffice`: `cells` (one row per measure, population and quarter, in persons or, for
    asylum, in claims and decisions), `readings` (the sheets, columns and rows we read) and
    `messages` (cautions). Printed, it gives a summary.

    A value is 0 only if we read a 0. A sum over a row without a count ("-", "z", ":", empty) is
    missing, with a note. A quarter without a row for Albania is missing too, because the tables do
    not list zeros; with `unlisted_as_zero=True` it is 0. With `raw=True` you get one table as
    published, as a pandas frame; missing codes are in its `attrs`, with their rows.

    Raises WorkbookError for a file that is not such a workbook, is not safe to open, or lacks a
    column; UnknownNameError for a table that does not exist; MissingExtraError without
    python-calamine (extra `official`), which CSV does not need. Nothing is downloaded or run.
    Definitions: the measures table, after the Home Office's user guides.

    >>> import os, tempfile
    >>> text = '''Returns by nationality,,,,
    ... Year,Quarter,Nationality,Return type group,Number of returns
    ... 2022,2022 Q1,Albania,Enforced return,14
    ... 2022,2022 Q1,Brazil,Enforced return,z
    ... End of table,,,,
    ... '''
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = os.path.join(folder, "returns.csv")
    ...     with open(path, "w") as file:
    ...         _ = file.write(text)
    ...     read = read_home_office(path)
    >>> [(cell["population"], cell["value"], cell["note"]) for cell in read.cells]
    [('albanian', 14, None), ('all', None, '1 of 2 rows holds "z"; the others sum to 14')]
    """
    path = os.fsdecode(os.fspath(path))
    wanted = None if table is None else _table_name(table)
    tables, messages = _tables_in(path)
    if wanted is not None and wanted not in tables:
        raise WorkbookError(f"{path} does not have {wanted}. It has {', '.join(tables)}.")
    if wanted is not None:
        tables = {wanted: tables[wanted]}
    if not raw:
        result = _counted(path, tables.values(), unlisted_as_zero)
        result.messages.extend(messages)
        return result
    if len(tables) > 1:
        raise WorkbookError(
            f"{path} has {', '.join(tables)}. With raw=True say which, as in "
            f'table="{next(iter(tables))}".'
        )
    return _published(next(iter(tables.values())), path)
