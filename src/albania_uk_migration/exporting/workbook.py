"""A workbook for spreadsheets: readme, codebook, and a sheet per table, with typed cells."""

from __future__ import annotations

import datetime
import io
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from ..errors import AlbaniaUkMigrationError, MissingExtraError
from ..official.vintages import made_on
from ..wording import counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ..tables.cells import Cell
    from .selection import Selection

# The most characters that a cell of a workbook can have.
_LONGEST = 32_767
# The most rows of a sheet; the first day, and the largest whole number, that a cell can have.
_ROWS, _FIRST_DAY, _LARGEST = 1_048_576, datetime.date(1900, 1, 1), 2**53
_NARROW, _WIDE = 8, 60
# The table that readers open first comes right after the codebook.
_FIRST = "figures_flat"


def write_xlsx(selection: Selection, path: str) -> None:
    """Sheets readme and codebook, then the tables, figures_flat first; text is never a formula."""
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
        self.day = workbook.add_format({"num_format": "yyyy-mm-dd"})
        self.wrapped = workbook.add_format({"text_wrap": True, "valign": "top"})
        self.large = workbook.add_format({"bold": True, "font_size": 14})

    def fill(self) -> None:
        """Write every sheet."""
        tables = sorted(self.selection.tables, key=lambda table: table != _FIRST)
        self.readme(tables)
        self.codebook(tables)
        for table in tables:
            columns = self.selection.columns(table)
            rows = [list(row.values()) for row in self.selection.rows(table)]
            self.sheet(table, columns, rows)

    def readme(self, tables: Sequence[str]) -> None:
        """What the package is, what each sheet has, and the licences."""
        about = self.selection.package.descriptor
        sheet = self.workbook.add_worksheet("readme")
        sheet.set_column(0, 0, 28)
        sheet.set_column(1, 1, 100)
        sheet.write_string(0, 0, str(about["title"]), self.large)
        lines = [("Version", about["version"]), ("About", about["description"])]
        lines += [("codebook", "What each column means.")]
        for table in tables:
            resource = self.selection.package.resource(table)
            rows = counted(len(self.selection.rows(table)), "row")
            licences = ", ".join(licence["name"] for licence in resource["licenses"])
            lines.append((table, f"{resource['description']} {rows}. Licence: {licences}."))
        for number, (name, text) in enumerate(lines, start=2):
            self.text(sheet, number, 0, name, self.wrapped)
            self.text(sheet, number, 1, text, self.wrapped)

    def codebook(self, tables: Iterable[str]) -> None:
        """A row for each column of each table."""
        columns = ["table", "column", "type", "title", "meaning", "example", "values"]
        rows: list[list[Cell]] = []
        for table in tables:
            for field in self.selection.package.fields(table):
                listed = (f"{one['value']}: {one['label']}" for one in field.get("categories", ()))
                told = [field[name] for name in ("name", "type", "title", "description")]
                rows.append([table, *told, str(field.get("example", "")), " ".join(listed)])
        self.sheet("codebook", columns, rows)

    def sheet(self, name: str, columns: Sequence[str], rows: Sequence[Sequence[Cell]]) -> None:
        """A sheet with a frozen header, a filter on each column, and widths that fit."""
        if len(rows) >= _ROWS:
            raise AlbaniaUkMigrationError(
                f"A sheet of a workbook can have {_ROWS:,} rows with its header; {name} has "
                f"{len(rows):,} without. Choose another format."
            )
        sheet = self.workbook.add_worksheet(name)
        sheet.freeze_panes(1, 1)
        for column, title in enumerate(columns):
            sheet.write_string(0, column, title, self.head)
            longest = max((len(str(row[column])) for row in rows), default=0)
            sheet.set_column(column, column, min(max(longest, len(title) + 3, _NARROW), _WIDE))
        for number, row in enumerate(rows, start=1):
            for column, cell in enumerate(row):
                self.cell(sheet, number, column, cell)
        sheet.autofilter(0, 0, len(rows), len(columns) - 1)

    def cell(self, sheet: Any, row: int, column: int, cell: Cell) -> None:
        """Write a cell as what it is, or as text what a workbook cannot have as a number or day."""
        if isinstance(cell, bool):
            sheet.write_boolean(row, column, cell)
        elif (isinstance(cell, int) and abs(cell) > _LARGEST) or (
            isinstance(cell, datetime.date) and cell < _FIRST_DAY
        ):
            self.text(sheet, row, column, str(cell))
        elif isinstance(cell, int | Decimal):
            sheet.write_number(row, column, cell)
        elif isinstance(cell, datetime.date):
            sheet.write_datetime(row, column, cell, self.day)
        elif cell:
            self.text(sheet, row, column, cell)

    def text(self, sheet: Any, row: int, column: int, text: str, form: Any = None) -> None:
        """Write text as text, even if it begins with = or is an address."""
        # As programs for workbooks count: a character beyond the first 65,536 is two.
        length = len(text.encode("utf-16-le")) // 2
        if length > _LONGEST:
            raise AlbaniaUkMigrationError(
                f"A cell of a workbook can have {_LONGEST:,} characters; one in {sheet.get_name()} "
                f"has {length:,}. Choose another format."
            )
        sheet.write_string(row, column, text, form)
