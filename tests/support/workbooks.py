"""Workbooks as the Home Office lays them out, written for tests: .xlsx, .ods and .csv."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Sequence
from typing import NamedTuple
from xml.sax.saxutils import escape, quoteattr

Cell = str | float | None
Cells = Sequence[Cell]

# Columns of the tables as published.
HEADERS = {
    "Ret_D01": "Year|Quarter|Nationality|Region|Return type group|Return type|Age|Sex|"
    "Return destination group|Number of returns",
    "Ret_D02": "Year|Quarter|Return type group|Return type|Return destination|"
    "Return destination region|Number of returns",
    "Ret_D03": "Year|Quarter|Nationality|Region|Return destination group|"
    "Number of foreign national offender returns",
    "Irr_D01": "Year|Quarter|Method of entry|Nationality|Region|Sex|Age Group|Number of detections",
    "Asy_D01": "Year|Quarter|Nationality|Region|Age|Sex|Applicant type|UASC|"
    "Location of application|Applications",
    "Asy_D02": "Year|Quarter|Nationality|Region|Case type|Case outcome group|Case outcome|Age|"
    "Sex|Applicant type|UASC|Host Country|Decisions",
}
# The columns without which a table cannot be read, its count the last.
KEYS = {
    "Ret_D01": ("Year", "Quarter", "Nationality", "Return type group", "Number of returns"),
    "Ret_D02": ("Year", "Quarter", "Return type group", "Return destination", "Number of returns"),
    "Ret_D03": ("Year", "Quarter", "Nationality", "Number of foreign national offender returns"),
    "Irr_D01": ("Year", "Quarter", "Method of entry", "Nationality", "Number of detections"),
    "Asy_D01": ("Year", "Quarter", "Nationality", "Applicant type", "Applications"),
    "Asy_D02": (
        "Year",
        "Quarter",
        "Nationality",
        "Case type",
        "Case outcome group",
        "Applicant type",
        "Decisions",
    ),
}
USUAL: dict[str, Cell] = {
    "Year": 2022.0,
    "Quarter": "2022 Q1",
    "Nationality": "Albania",
    "Region": "Europe Other",
    "Return type group": "Enforced return",
    "Return type": "Enforced removals",
    "Age": "18 to 29",
    "Age Group": "18 to 24",
    "Sex": "Male",
    "Return destination": "Albania",
    "Return destination group": "Home country",
    "Return destination region": "Europe Other",
    "Method of entry": "Small boat arrivals",
    "Case type": "Asylum Case",
    "Case outcome group": "Refused",
    "Case outcome": "Refused",
    "Applicant type": "Main applicant",
    "UASC": "Non-UASC",
    "Location of application": "In Country",
    "Host Country": "Asylum case - N/A",
}


class Sheet(NamedTuple):
    """A sheet by name, its rows from the first, each from the first column."""

    name: str
    rows: list[list[Cell]]


def headers(table: str) -> list[str]:
    return HEADERS[table].split("|")


def row(table: str, count: Cell = 1.0, **cells: Cell) -> list[Cell]:
    """A row of a table with the usual cells but for those given (spaces as underscores)."""
    changed = {name.replace("_", " "): cell for name, cell in cells.items()}
    names = headers(table)[:-1]
    assert set(changed) <= set(names), set(changed) - set(names)
    cells_of: list[Cell] = [changed.get(name, USUAL[name]) for name in names]
    return [*cells_of, count]


def data_sheet(
    table: str,
    rows: Sequence[Cells],
    *,
    name: str | None = None,
    header: Sequence[str] | None = None,
    above: int = 1,
    end: bool = True,
) -> Sheet:
    """A data sheet: a title, empty rows up to the headers, the rows, "End of table"."""
    head: list[str] = list(header or headers(table))
    lines: list[list[Cell]] = [[f"Data - {table}, invented"], *([] for _ in range(above - 1))]
    lines += [list(head), *map(list, rows)]
    if end:
        lines.append(["End of table"])
    return Sheet(name or f"Data_{table}", lines)


COVER = Sheet("Cover", [["Invented statistics"], [None, "https://example.org/"], ["Year", "2022"]])
NOTES = Sheet("Notes", [["Note", "Text"], ["1", "A long note. " * 40], ["2", "Number of returns"]])
# The words of the headers, in another arrangement.
PIVOT = Sheet(
    "Ret_p01",
    [
        ["Sum of Number of returns", "Return type group"],
        ["Nationality", "Enforced return", "Voluntary return", "Number of returns"],
        ["Albania", 999.0, 998.0, 1997.0],
    ],
)


# ---------------------------------------------------------------- .xlsx


def letters(column: int) -> str:
    """Letters of a column by its number from 0, written apart from the package's own."""
    first, last = divmod(column, 26)
    return (chr(64 + first) if first else "") + chr(65 + last)


_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def cell_xml(place: str, cell: Cell, strings: dict[str, int] | None) -> str:
    """A cell; its text in itself, or by number where texts are shared."""
    if cell is None:
        return ""
    if isinstance(cell, float):
        return f'<c r="{place}"><v>{cell!r}</v></c>'
    if strings is None:
        return f'<c r="{place}" t="inlineStr"><is><t>{escape(cell)}</t></is></c>'
    return f'<c r="{place}" t="s"><v>{strings.setdefault(cell, len(strings))}</v></c>'


def sheet_xml(sheet: Sheet, strings: dict[str, int] | None) -> str:
    rows = []
    for number, cells in enumerate(sheet.rows, start=1):
        told = [cell_xml(f"{letters(at)}{number}", cell, strings) for at, cell in enumerate(cells)]
        rows.append(f'<row r="{number}">{"".join(told)}</row>')
    return wrapped("".join(rows))


def wrapped(rows: str) -> str:
    """The XML of a sheet of some rows of XML."""
    return f'{XML}<worksheet xmlns="{_MAIN}"><sheetData>{rows}</sheetData></worksheet>'


def relation(number: int, kind: str, target: str, more: str = "") -> str:
    return f'<Relationship Id="rId{number}" Type="{_RELATED}/{kind}" Target="{target}"{more}/>'


def xlsx_parts(sheets: Sequence[Sheet], *, shared: bool = True) -> dict[str, str]:
    """The parts of a workbook by name."""
    strings: dict[str, int] | None = {} if shared else None
    written = [sheet_xml(sheet, strings) for sheet in sheets]
    numbers = range(1, len(sheets) + 1)
    listed = "".join(
        f'<sheet name={quoteattr(sheet.name)} sheetId="{number}" r:id="rId{number}"/>'
        for number, sheet in zip(numbers, sheets, strict=True)
    )
    related = [relation(number, "worksheet", f"worksheets/sheet{number}.xml") for number in numbers]
    related.append(relation(len(sheets) + 1, "sharedStrings", "sharedStrings.xml"))
    texts = "".join(f"<si><t>{escape(text)}</t></si>" for text in strings or {})
    return {
        "[Content_Types].xml": f'{XML}<Types xmlns="{_PACKAGE}/content-types"></Types>',
        "_rels/.rels": f'{XML}<Relationships xmlns="{_PACKAGE}/relationships">'
        f"{relation(1, 'officeDocument', 'xl/workbook.xml')}</Relationships>",
        "xl/workbook.xml": f'{XML}<workbook xmlns="{_MAIN}" xmlns:r="{_RELATED}">'
        f"<sheets>{listed}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'{XML}<Relationships xmlns="{_PACKAGE}/relationships">'
        f"{''.join(related)}</Relationships>",
        "xl/sharedStrings.xml": f'{XML}<sst xmlns="{_MAIN}">{texts}</sst>',
        **{
            f"xl/worksheets/sheet{number}.xml": text
            for number, text in zip(numbers, written, strict=True)
        },
    }


def zipped(parts: dict[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            # A fixed day: the same parts make the same bytes, so that tests can be named by them.
            member = zipfile.ZipInfo(name)
            member.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(member, text)
    return out.getvalue()


def xlsx(sheets: Sequence[Sheet], *, shared: bool = True) -> bytes:
    return zipped(xlsx_parts(sheets, shared=shared))


# ---------------------------------------------------------------- .ods


_ODF = "urn:oasis:names:tc:opendocument:xmlns"
_ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"


def ods_cell(cell: Cell) -> str:
    if cell is None:
        return "<table:table-cell/>"
    if isinstance(cell, float):
        return (
            f'<table:table-cell office:value-type="float" office:value="{cell!r}">'
            f"<text:p>{cell:g}</text:p></table:table-cell>"
        )
    return (
        f'<table:table-cell office:value-type="string"><text:p>{escape(cell)}</text:p>'
        "</table:table-cell>"
    )


def ods_table(sheet: Sheet) -> str:
    """A table; a cell like the one before it repeats it, as LibreOffice writes it."""
    rows = []
    for cells in sheet.rows:
        told = "".join(map(ods_cell, cells))
        rows.append(f'<table:table-row table:style-name="ro1">{told}</table:table-row>')
    # To the end of the sheet, as LibreOffice writes it.
    rows.append(
        '<table:table-row table:number-rows-repeated="1048000">'
        '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    )
    return f"<table:table table:name={quoteattr(sheet.name)}>{''.join(rows)}</table:table>"


def ods_parts(tables: str) -> dict[str, str]:
    """The parts of an .ods with some tables of XML."""
    return {
        "mimetype": _ODS_TYPE,
        "META-INF/manifest.xml": f'{XML}<manifest:manifest xmlns:manifest="{_ODF}:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{_ODS_TYPE}"/>'
        "</manifest:manifest>",
        "content.xml": f'{XML}<office:document-content xmlns:office="{_ODF}:office:1.0" '
        f'xmlns:table="{_ODF}:table:1.0" xmlns:text="{_ODF}:text:1.0" office:version="1.2">'
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
        "</office:document-content>",
    }


def ods(sheets: Sequence[Sheet]) -> bytes:
    return zipped(ods_parts("".join(map(ods_table, sheets))))


# ---------------------------------------------------------------- .csv


def csv_cell(cell: Cell) -> str:
    """A cell as a spreadsheet program saves it: large numbers with marks, nothing for nothing."""
    if isinstance(cell, float):
        return f"{cell:,.0f}" if cell >= 10_000 else f"{cell:g}"
    return cell or ""


def csv_file(sheet: Sheet, encoding: str = "utf-8-sig") -> bytes:
    out = io.StringIO(newline="")
    width = max(map(len, sheet.rows))
    writer = csv.writer(out)
    for cells in sheet.rows:
        writer.writerow([*map(csv_cell, cells), *[""] * (width - len(cells))])
    return out.getvalue().encode(encoding)
