"""A workbook for spreadsheets: readme, codebook, and a sheet per table, with typed cells."""

from __future__ import annotations

import datetime
import io
import re
import textwrap
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from ..citing.cite import cite_in
from ..errors import AlbaniaUkMigrationError, MissingExtraError
from ..official.vintages import made_on

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ..tables.cells import Cell
    from .selection import Selection

# The most characters that a cell of a workbook can have.
_LONGEST = 32_767
# The most rows of a sheet; the first day, and the largest whole number, that a cell can have.
_ROWS, _FIRST_DAY, _LARGEST = 1_048_576, datetime.date(1900, 1, 1), 2**53
# What becomes a link, and the most links that a sheet can have.
_ADDRESS, _MOST_LINKS = re.compile(r"https?://[!-~]{1,2000}"), 65_530
_NARROW, _WIDE = 8, 60
# The tables that readers open first come right after the codebook.
_FIRST = ("figures_flat", "official_latest")
# Sheets to read line by line: text wraps, and longer texts than _SHORT get a wide column.
_WRAPPED = ("codebook", "figures_flat")
_SHORT, _COLUMN, _PASSAGE = 100, 30, 80
# Not every program makes room for text that wraps, so each row gets its height: points per line,
# and the most lines.
_LINE, _MOST_LINES = 15, 25
_CAUTION = (
    "The numbers of figures and figures_flat overlap and repeat one another: do not add them up. "
    "In official_latest you can add up periods, after choosing one measure, one population and one "
    "area. A blank is not zero."
)


def write_xlsx(selection: Selection, path: str) -> None:
    """Sheets readme and codebook, then the tables, plain ones first; text is never a formula."""
    try:
        import xlsxwriter
    except ImportError:
        raise MissingExtraError("workbooks", "XlsxWriter", "xlsx") from None
    made = io.BytesIO()
    book = _Book(xlsxwriter.Workbook(made, {"in_memory": True}), selection)
    book.fill()
    book.workbook.close()
    with open(path, "wb") as file:
        file.write(made.getvalue())


class _Book:
    """A workbook that is being written."""

    def __init__(self, workbook: Any, selection: Selection) -> None:
        self.workbook, self.selection = workbook, selection
        made = datetime.datetime.combine(made_on(selection.package), datetime.time())
        workbook.set_properties({"title": selection.title(), "created": made})
        self.head = workbook.add_format({"bold": True, "bottom": 1})
        self.day = workbook.add_format({"num_format": "yyyy-mm-dd", "valign": "top"})
        self.top = workbook.add_format({"valign": "top"})
        self.wrapped = workbook.add_format({"text_wrap": True, "valign": "top"})
        self.link = workbook.add_format({"font_color": "blue", "underline": 1, "valign": "top"})
        self.large = workbook.add_format({"bold": True, "font_size": 14})
        self.links = 0

    def fill(self) -> None:
        """Write every sheet."""
        first = [table for table in _FIRST if table in self.selection.tables]
        tables = first + [table for table in self.selection.tables if table not in first]
        self.readme(tables)
        self.codebook(tables)
        for table in tables:
            columns = self.selection.columns(table)
            rows = [list(row.values()) for row in self.selection.rows(table)]
            self.sheet(table, columns, rows)

    def readme(self, tables: Sequence[str]) -> None:
        """What the package is, how to cite it, and what each sheet has, with its licences."""
        package = self.selection.package
        about = package.descriptor
        sheet = self.workbook.add_worksheet("readme")
        _on_paper(sheet)
        for column, width in enumerate((22, 100, 8, 24)):
            sheet.set_column(column, column, width)
        sheet.set_row(0, 2 * _LINE)
        sheet.write_string(0, 0, str(about["title"]), self.large)
        lines = [
            ("About", about["description"]),
            ("Caution", _CAUTION),
            ("Cite as", cite_in(package, None, "text")),
            ("Version", about["version"]),
        ]
        for number, (name, text) in enumerate(lines, start=1):
            self.text(sheet, number, 0, name, self.wrapped)
            self.text(sheet, number, 1, text, self.wrapped)
            sheet.set_row(number, _height([(text, 100)]))
        head = len(lines) + 2
        for column, title in enumerate(("sheet", "what it has", "rows", "licence")):
            sheet.write_string(head, column, title, self.head)
        sheets = [("codebook", "What each column means.", "", "")]
        for table in tables:
            resource = package.resource(table)
            rows = f"{len(self.selection.rows(table)):,}"
            licences = ", ".join(licence["name"] for licence in resource["licenses"])
            sheets.append((table, resource["description"], rows, licences))
        for number, (name, text, rows, licences) in enumerate(sheets, start=head + 1):
            sheet.write_url(number, 0, f"internal:'{name}'!A1", self.link, name)
            for column, words in enumerate((text, rows, licences), start=1):
                self.text(sheet, number, column, words, self.wrapped)
            sheet.set_row(number, _height([(text, 100), (licences, 24)]))

    def codebook(self, tables: Iterable[str]) -> None:
        """A row for each column of each table."""
        columns = ["table", "column", "type", "title", "meaning", "example", "values"]
        rows: list[list[Cell]] = []
        for table in tables:
            for field in self.selection.package.fields(table):
                listed = (f"{one['value']}: {one['label']}" for one in field.get("categories", ()))
                told = [field[name] for name in ("name", "type", "title", "description")]
                rows.append([table, *told, str(field.get("example", "")), "\n".join(listed)])
        self.sheet("codebook", columns, rows)

    def sheet(self, name: str, columns: Sequence[str], rows: Sequence[Sequence[Cell]]) -> None:
        """A sheet with a frozen header, a filter on each column, and widths that fit."""
        if len(rows) >= _ROWS:
            raise AlbaniaUkMigrationError(
                f"A sheet of a workbook can have {_ROWS:,} rows with its header; {name} has "
                f"{len(rows):,} without. Choose another format."
            )
        sheet, self.links = self.workbook.add_worksheet(name), 0
        _on_paper(sheet)
        sheet.repeat_rows(0)
        sheet.freeze_panes(1, 1)
        wraps = name in _WRAPPED
        widths = []
        for column, title in enumerate(columns):
            sheet.write_string(0, column, title, self.head)
            longest = max((_length(row[column]) for row in rows), default=0)
            most = _WIDE
            if wraps:
                most = _COLUMN if longest < _SHORT else _PASSAGE
            widths.append(max(min(longest, most), len(title) + 3, _NARROW))
            sheet.set_column(column, column, widths[-1])
        for number, row in enumerate(rows, start=1):
            for column, cell in enumerate(row):
                self.cell(sheet, number, column, cell, self.wrapped if wraps else None)
            if wraps:
                sheet.set_row(number, _height(zip(map(str, row), widths, strict=True)))
        sheet.autofilter(0, 0, len(rows), len(columns) - 1)

    def cell(self, sheet: Any, row: int, column: int, cell: Cell, form: Any) -> None:
        """Write a cell as what it is; `form` is the format of text.

        A number or a day that a workbook cannot have is text.
        """
        if isinstance(cell, bool):
            sheet.write_boolean(row, column, cell, self.top)
        elif (isinstance(cell, int) and abs(cell) > _LARGEST) or (
            isinstance(cell, datetime.date) and cell < _FIRST_DAY
        ):
            self.text(sheet, row, column, str(cell), form)
        elif isinstance(cell, int | Decimal):
            sheet.write_number(row, column, cell, self.top)
        elif isinstance(cell, datetime.date):
            sheet.write_datetime(row, column, cell, self.day)
        elif cell:
            self.text(sheet, row, column, cell, form)

    def text(self, sheet: Any, row: int, column: int, text: str, form: Any = None) -> None:
        """Write text as text, even if it begins with =; a web address also as a link."""
        # As programs for workbooks count: a character beyond the first 65,536 is two.
        length = len(text.encode("utf-16-le")) // 2
        if length > _LONGEST:
            raise AlbaniaUkMigrationError(
                f"A cell of a workbook can have {_LONGEST:,} characters; one in {sheet.get_name()} "
                f"has {length:,}. Choose another format."
            )
        if _ADDRESS.fullmatch(text) and self.links < _MOST_LINKS:
            self.links += 1
            sheet.write_url(row, column, text, self.link, text)
        else:
            sheet.write_string(row, column, text, form)


def _on_paper(sheet: Any) -> None:
    """Print on A4, sideways, all columns on one page."""
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _length(cell: Cell) -> int:
    """The characters of the longest line of a cell; of an address only the first are shown."""
    if _ADDRESS.fullmatch(str(cell)):
        return _COLUMN
    return max(map(len, str(cell).splitlines()), default=0)


def _height(cells: Iterable[tuple[str, int]]) -> int:
    """The height of a row, from the text of its cells and their widths."""
    lines = max(
        sum(len(textwrap.wrap(line, width)) for line in text.splitlines())
        for text, width in cells
        if not _ADDRESS.fullmatch(text)
    )
    return _LINE * min(max(lines, 1), _MOST_LINES)
