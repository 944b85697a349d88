"""Files of sheets that nobody vouches for: read as other programs write them, or refused."""

from __future__ import annotations

import builtins
import contextlib
import io
import random
import re
import subprocess
import sys
import time
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from albania_uk_migration.errors import MissingExtraError, WorkbookError
from albania_uk_migration.official import spreadsheets
from albania_uk_migration.official.home_office import read_home_office
from albania_uk_migration.official.spreadsheets import letters_of
from tests.support import workbooks as files
from tests.support.workbooks import data_sheet, row

from ..support.read_workbooks import counted, refused, values


def test_what_openpyxl_and_odfpy_write_is_read(tmp_path: Path) -> None:
    import openpyxl
    from odf.opendocument import OpenDocumentSpreadsheet
    from odf.table import Table, TableCell, TableRow
    from odf.text import P

    sheets = [files.COVER, data_sheet("Ret_D01", [row("Ret_D01", 5.0), row("Ret_D01", 6.0)])]
    book = openpyxl.Workbook()
    document = OpenDocumentSpreadsheet()
    for sheet in sheets:
        page, table = book.create_sheet(sheet.name), Table(name=sheet.name)
        for cells in sheet.rows:
            page.append(cells)
            line = TableRow()
            for cell in cells:
                if isinstance(cell, float):
                    line.addElement(TableCell(valuetype="float", value=cell))
                else:
                    written = TableCell(valuetype="string")
                    written.addElement(P(text=cell or ""))
                    line.addElement(written)
            table.addElement(line)
        document.spreadsheet.addElement(table)
    book.save(tmp_path / "book.xlsx")
    document.save(str(tmp_path / "book.ods"))
    for name in ("book.xlsx", "book.ods"):
        found = values(counted(str(tmp_path / name)))
        assert found["enforced_returns", "albanian", 2022, 1] == 11


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (r"<(/?)(?!\?)", r"<\1x:"),
        (r'<c r="([A-Z]+\d+)" t="s">', r'<c t="s" r="\1">'),
        ("<worksheet", "<!-- written by hand --><worksheet"),
        ("</c>", "</c>\n"),
        ("<row ", '\n<row spans="1:10" ht="12.8" '),
        ("</sheetData>", '<row r="9"><c r="ZZ9"/></row></sheetData><mergeCells/>'),
        (' encoding="UTF-8"', ""),
    ],
)
def test_sheets_that_other_programs_write_are_read(
    write: Callable[..., str], old: str, new: str
) -> None:
    parts = files.xlsx_parts([data_sheet("Ret_D01", [row("Ret_D01", 5.0), row("Ret_D01", 6.0)])])
    changed = re.sub(old, new, parts[SHEET])
    assert changed != parts[SHEET]
    parts[SHEET] = changed.replace("x:worksheet xmlns=", "x:worksheet xmlns:x=")
    found = values(counted(write(files.zipped(parts))))
    assert found["enforced_returns", "albanian", 2022, 1] == 11


def test_long_notes_that_no_table_refers_to_do_no_harm(
    write: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spreadsheets, "LARGEST_TEXT", 5_000)
    rows = [row("Ret_D01", float(at)) for at in range(1, 30)]
    result = counted(write(files.xlsx([files.NOTES, data_sheet("Ret_D01", rows)])))
    assert values(result)["enforced_returns", "all", 2022, 1] == sum(range(1, 30))
    rows += [row("Ret_D01", 1.0, Region=files.NOTES.rows[1][1])] * 10
    refused(write(files.xlsx([files.NOTES, data_sheet("Ret_D01", rows)])), "text")


def test_csv_forms(write: Callable[..., str]) -> None:
    rows = [row("Ret_D01", 12_345.0, Nationality="Côte d'Ivoire"), row("Ret_D01", 2.0)]
    for encoding in ("utf-8", "utf-8-sig", "cp1252"):
        data = files.csv_file(data_sheet("Ret_D01", rows), encoding)
        assert b'"12,345"' in data
        found = values(counted(write(data, "book.csv")))
        assert found["enforced_returns", "all", 2022, 1] == 12_347
    data = files.csv_file(data_sheet("Ret_D01", rows, end=False)).replace(b"\r\n", b",,,\r\n")
    assert values(counted(write(data, "book.csv")))["enforced_returns", "all", 2022, 1] == 12_347


@pytest.mark.parametrize(
    ("old", "new", "word"),
    [
        (b'"12,345"', b'"12,34"', "12,34"),
        (b'"12,345"', b'"12,345', "line"),
        (b'"12,345"', b"12,345", "more cells"),
        (b'"12,345"', b"1e3", "1e3"),
        (b'"12,345"', b"+5", "+5"),
        (b'"12,345"', "١٢".encode(), "not a count"),
        (b"Male", b"Ma\0le", "NUL"),
        (b"Male", b"M" * 200_000, "longer"),
        (b"Male", b"," * 50_000, "more cells"),
        (b"Male", b'"' + b"\n" * 500 + b'"', "lines"),
    ],
)
def test_csv_that_is_not_sound_is_refused(
    write: Callable[..., str], old: bytes, new: bytes, word: str
) -> None:
    data = files.csv_file(data_sheet("Ret_D01", [row("Ret_D01", 12_345.0)]))
    assert old in data
    refused(write(data.replace(old, new), "book.csv"), word)


def test_csv_needs_no_calamine_and_a_workbook_says_what_to_install(
    write: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "python_calamine", None)
    sheet = data_sheet("Ret_D01", [row("Ret_D01")])
    assert counted(write(files.csv_file(sheet), "book.csv")).cells
    with pytest.raises(MissingExtraError, match=r"\[official\]"):
        read_home_office(write(files.xlsx([sheet])))


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
SOUND = files.xlsx([data_sheet("Ret_D01", [row("Ret_D01", 5.0)])])


@pytest.mark.parametrize(
    ("name", "data", "word"),
    [
        ("book.xlsx", b"", "empty"),
        ("book.xlsx", SOUND[: len(SOUND) // 2], "cut off"),
        ("book.xlsx", SOUND[:-1], "cut off"),
        ("book.xlsx", SOUND + b"more", "cut off"),
        ("book.xlsx", OLE + "EncryptedPackage".encode("utf-16-le"), "password"),
        ("book.xls", OLE, ".xls"),
        ("book.xlsx", b"<html><body>Not found</body></html>", "HTML"),
        ("book.xlsx", b"\xef\xbb\xbf\n <!DOCTYPE html><html></html>", "HTML"),
        ("book.csv", b"<!doctype html>", "HTML"),
        ("book.xlsx", b"<?xml version='1.0'?><Workbook/>", "XML"),
        ("book.xlsx", b"%PDF-1.7 ...", "PDF"),
        ("book.xlsx", b"Year,Quarter\n", ".csv"),
        ("book.xlsx", bytes(range(256)), "unknown kind"),
        ("book.docx", files.zipped({"word/document.xml": "<w/>"}), "word/document.xml"),
        ("book.xlsb", files.zipped({"xl/workbook.bin": "x"}), ".xlsb"),
        ("book.csv", "Year".encode("utf-16"), "UTF-16"),
        ("book.csv", b"Year\x81\x8d,\xff\n", "UTF-8"),
    ],
)
def test_another_kind_of_file_is_named(
    write: Callable[..., str], name: str, data: bytes, word: str
) -> None:
    refused(write(data, name), word)


def test_no_file_a_folder_and_a_device_are_refused(tmp_path: Path) -> None:
    refused(str(tmp_path / "nothing.xlsx"), "cannot be read")
    refused(str(tmp_path), "folder")
    refused("/dev/null", "device")
    refused("a\0b", "cannot be read")


def with_part(name: str, change: Callable[[str], str] | str) -> bytes:
    """The sound workbook with a part of it changed, or one more."""
    parts = files.xlsx_parts([data_sheet("Ret_D01", [row("Ret_D01", 5.0)])])
    old = parts.get(name, "")
    parts[name] = change if isinstance(change, str) else change(old)
    assert parts[name] != old
    return files.zipped(parts)


def inserted(text: str, before: str) -> Callable[[str], str]:
    return lambda old: old.replace(before, text + before, 1)


def far_cell(number: int, place: str) -> Callable[[str], str]:
    """One more row, with a cell far away."""
    return inserted(f'<row r="{number}"><c r="{place}"><v>1</v></c></row>', "</sheetData>")


SHEET = "xl/worksheets/sheet1.xml"
RELATIONS = "xl/_rels/workbook.xml.rels"
BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    ("name", "change", "word"),
    [
        ("xl/vbaProject.bin", "x", "macros"),
        ("xl/externalLinks/externalLink1.xml", "<x/>", "links to other workbooks"),
        ("_rels/.rels", lambda old: old.replace("xl/", "other/"), "cannot be read"),
        ("other/workbook.xml", "<x/>", "not an .xlsx or .ods"),
        (RELATIONS, inserted(files.relation(1, "worksheet", "other.xml"), "</Rel"), "xl/other.xml"),
        (RELATIONS, lambda old: old.replace("Target", 'Target="other.xml" x:Target'), "is missing"),
        (
            "xl/workbook.xml",
            inserted('<sheet name="Data_Ret_D01" sheetId="9" r:id="rId1"/>', "</sheets>"),
            "two sheets",
        ),
        (SHEET, inserted(BOMB, "<worksheet"), "DOCTYPE"),
        ("xl/sharedStrings.xml", inserted(BOMB, "<sst"), "DOCTYPE"),
        ("xl/workbook.xml", inserted(BOMB, "<workbook"), "DOCTYPE"),
        (RELATIONS, inserted(BOMB, "<Relationships"), "DOCTYPE"),
        ("xl/styles.xml", BOMB + "<styleSheet/>", "DOCTYPE"),
        ("xl/sharedStrings.xml", inserted("<si>", "</sst>"), "XML"),
        (
            "xl/sharedStrings.xml",
            lambda old: old.replace("<sst", '<sst uniqueCount="99999999999"'),
            "declares",
        ),
        (SHEET, lambda old: old[:-40], "cannot be read"),
        (SHEET, lambda old: old.replace('r="A3"', ""), "without a place"),
        (SHEET, lambda old: old.replace('r="A3"', 'x=" r="'), "without a place"),
        (SHEET, lambda old: old.replace('<c r="A3"', "<x:c"), "without a place"),
        (SHEET, lambda old: old.replace('r="A3"', 'r="ABCD3"'), "without a place"),
        (SHEET, lambda old: old.replace('r="A3"', 'r="A4294967299"'), "without a place"),
        (SHEET, lambda old: old.replace('r="A3"', 'r="A0"'), "cannot be read"),
        (SHEET, lambda old: old.replace('r="A3"', 'r="A3" r="XFD999999"'), "XFD999999"),
        (SHEET, inserted("<!-- 5 -->", "</v>"), "comment"),
        (SHEET, far_cell(1048576, "XFD1048576"), "XFD1048576"),
        (SHEET, far_cell(4, "XFD1048576"), "XFD1048576"),
        (SHEET, far_cell(4, "Z999999"), "Z999999"),
    ],
)
def test_a_workbook_that_is_not_safe_is_refused(
    write: Callable[..., str], name: str, change: Callable[[str], str] | str, word: str
) -> None:
    refused(write(with_part(name, change)), word)


def test_utf_16_hides_nothing(write: Callable[..., str]) -> None:
    parts = files.xlsx_parts([data_sheet("Ret_D01", [row("Ret_D01", 5.0)])])
    text = far_cell(9, "XFD1048576")(parts.pop(SHEET)).replace(
        'encoding="UTF-8"', 'encoding="UTF-16"'
    )
    out = io.BytesIO(files.zipped(parts))
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr(SHEET, text.encode("utf-16"))
    refused(write(out.getvalue()), "UTF-8")


def test_formulas_on_other_sheets_and_hyperlinks_do_no_harm(write: Callable[..., str]) -> None:
    sheets = [files.COVER, data_sheet("Ret_D01", [row("Ret_D01", 5.0)])]
    parts = files.xlsx_parts(sheets)
    parts[SHEET] = parts[SHEET].replace(
        "</sheetData>",
        '<row r="7"><c r="A7"><f>HYPERLINK("x")</f><v>1</v></c><c r="B7" t="e"><v>#REF!</v></c>'
        '</row></sheetData><hyperlinks><hyperlink ref="B2" id="rId1"/></hyperlinks>',
    )
    parts["xl/worksheets/_rels/sheet1.xml.rels"] = (
        "<Relationships>"
        + files.relation(1, "hyperlink", "https://example.org/", ' TargetMode="External"')
        + "</Relationships>"
    )
    found = values(counted(write(files.zipped(parts))))
    assert found["enforced_returns", "albanian", 2022, 1] == 5


def test_two_parts_of_one_name_are_refused(write: Callable[..., str]) -> None:
    out = io.BytesIO(SOUND)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr(SHEET.upper(), "<worksheet/>")
    refused(write(out.getvalue()), "two parts")


def with_header(data: bytes, name: str, size: int, checksum: int) -> bytes:
    """A zip file in which both headers of a part give another size and checksum."""
    changed = bytearray(data)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        local = archive.getinfo(name).header_offset
    listed = data.rindex(b"PK\x01\x02", 0, data.rindex(name.encode()))
    for at in (local + 14, listed + 16):
        changed[at : at + 4] = checksum.to_bytes(4, "little")
        changed[at + 8 : at + 12] = size.to_bytes(4, "little")
    return bytes(changed)


@pytest.mark.parametrize("more", [0, 1, 2])
def test_a_part_that_is_longer_than_its_header_says_is_refused(
    write: Callable[..., str], more: int
) -> None:
    with zipfile.ZipFile(io.BytesIO(SOUND)) as archive:
        sheet = archive.read(SHEET)
    data = with_header(SOUND, SHEET, 500, zlib.crc32(sheet[: 500 + more]))
    if not more:  # Here the test that zipfile has believes the header.
        assert zipfile.ZipFile(io.BytesIO(data)).testzip() is None
    refused(write(data), "damaged", "sheet1.xml")
    refused(write(with_header(SOUND, SHEET, len(sheet) + 1, zlib.crc32(sheet))), "damaged")


def test_a_zip_file_in_a_workbook_is_not_opened(write: Callable[..., str]) -> None:
    out = io.BytesIO(SOUND)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("xl/media/more.zip", SOUND)
    assert values(counted(write(out.getvalue()))) == values(counted(write(SOUND)))


# How a cell may say where it stands.
SPELLINGS = (
    '<c r="{}"><v>1</v></c>',
    '<c r="{}" s="3" t="n"><v>1</v></c>',
    '<c s="3" r="{}"><v>1</v></c>',
    "<c\n r = '{}'><v>1</v></c>",
    '<x:c x="&gt;" r="{}"><v>1</v></x:c>',
)
PLACES = st.tuples(
    st.integers(0, 40) | st.integers(0, 16_383), st.integers(1, 60) | st.integers(1, 2**20)
)


@settings(deadline=None)
@given(
    st.lists(st.tuples(PLACES, st.sampled_from(SPELLINGS[:2])), min_size=1)
    | st.lists(st.tuples(PLACES, st.sampled_from(SPELLINGS)), min_size=1)
)
def test_no_sheet_reaches_further_than_it_is_counted(
    cells: list[tuple[tuple[int, int], str]],
) -> None:
    rows = [how.format(f"{letters_of(column)}{row}") for (column, row), how in cells]
    xml = files.wrapped(f"<row>{''.join(rows)}</row>").encode()
    book = spreadsheets._Book(SOUND, "book.xlsx")
    reach = max(row for (_, row), _ in cells) * max(column + 1 for (column, _), _ in cells)
    if reach > spreadsheets.MOST_CELLS:
        with pytest.raises(WorkbookError, match="cells"):
            spreadsheets._look_through_sheet(book, "Sheet", xml, [])
    else:
        with contextlib.suppress(WorkbookError):  # it may be counted as more
            spreadsheets._look_through_sheet(book, "Sheet", xml, [])
        assert book.cells >= reach


def test_formulas_links_and_passwords_of_an_ods_are_refused(write: Callable[..., str]) -> None:
    sheet = data_sheet("Ret_D01", [row("Ret_D01", 77.0)])
    table = files.ods_table(sheet)
    formula = table.replace('office:value="77.0"', 'table:formula="of:=1" office:value="77.0"')
    refused(write(files.zipped(files.ods_parts(formula)), "book.ods"), "J3", "formula")
    linked = table.replace("<table:table-row", "<table:table-source/><table:table-row", 1)
    refused(write(files.zipped(files.ods_parts(linked)), "book.ods"), "links")
    parts = files.ods_parts(table)
    name = "META-INF/manifest.xml"
    parts[name] = parts[name].replace("</manifest:m", "<manifest:encryption-data/></manifest:m")
    refused(write(files.zipped(parts), "book.ods"), "password")
    refused(write(files.zipped(files.ods_parts(table) | {"Basic/x": ""}), "book.ods"), "macros")
    polyglot = files.ods_parts(table) | files.xlsx_parts([sheet])
    refused(write(files.zipped(polyglot)), "not an .xlsx or .ods")


MEMORY = 1_500 * 2**20


def refused_in_little_memory(path: str, word: str) -> None:
    """The file is refused by a process that may use no more than some memory."""
    pytest.importorskip("resource", reason="memory can be limited on POSIX systems alone")
    code = (
        "import resource, sys\n"
        f"resource.setrlimit(resource.RLIMIT_AS, ({MEMORY}, {MEMORY}))\n"
        "from albania_uk_migration.errors import WorkbookError\n"
        "from albania_uk_migration.official.home_office import read_home_office\n"
        "try:\n"
        "    read_home_office(sys.argv[1])\n"
        "except WorkbookError as error:\n"
        "    print(error)\n"
    )
    start = time.monotonic()
    run = subprocess.run(
        [sys.executable, "-c", code, path], capture_output=True, text=True, timeout=60, check=False
    )
    assert run.returncode == 0, run.stderr[-500:]
    assert word in run.stdout
    assert time.monotonic() - start < 30


def test_a_bomb_is_refused_in_little_memory(tmp_path: Path) -> None:
    parts = files.xlsx_parts([data_sheet("Ret_D01", [row("Ret_D01", 5.0)])])
    del parts[SHEET]
    path = tmp_path / "bomb.xlsx"
    path.write_bytes(files.zipped(parts))
    with (
        zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open(SHEET, "w") as part,
    ):
        for _ in range(40):
            part.write(b"<row/>" * 2_500_000)
    assert path.stat().st_size < 20 * 2**20
    refused_in_little_memory(str(path), "unpacks to more than")


@pytest.mark.parametrize(
    ("change", "word"),
    [
        (far_cell(9, "XFD1048576"), "cells"),
        (inserted(f"<{'a' * 30_000_000}/>" + BOMB, "</sheetData>"), "DOCTYPE"),
        (
            inserted('<row r="9">' + "<c><v/></c>" * 3_000_000 + "</row>", "</sheetData>"),
            "without a place",
        ),
    ],
)
def test_a_sheet_that_would_fill_the_memory_is_refused(
    write: Callable[..., str], change: Callable[[str], str], word: str
) -> None:
    refused_in_little_memory(write(with_part(SHEET, change)), word)


def test_one_long_label_that_many_cells_share_is_refused(write: Callable[..., str]) -> None:
    parts = files.xlsx_parts([data_sheet("Ret_D01", [row("Ret_D01", 5.0)])])
    number = parts["xl/sharedStrings.xml"].count("<si>")
    text = inserted(f"<si><t>{'x' * 30_000}</t></si>", "</sst>")
    parts["xl/sharedStrings.xml"] = text(parts["xl/sharedStrings.xml"])
    rows = "".join(
        f'<row r="{at}"><c r="D{at}" t="s"><v>{number}</v></c></row>' for at in range(10, 60_000)
    )
    parts[SHEET] = inserted(rows, "</sheetData>")(parts[SHEET])
    refused_in_little_memory(write(files.zipped(parts)), "text")


def labelled(label: str, rows: int, how: str) -> bytes:
    """A workbook with a label in a cell of each of many rows: shared, or written into each."""
    parts = files.xlsx_parts([data_sheet("Ret_D01", [row("Ret_D01", 5.0)])])
    number = parts["xl/sharedStrings.xml"].count("<si>")
    text = inserted(f"<si><t>{label}</t></si>", "</sst>")
    parts["xl/sharedStrings.xml"] = text(parts["xl/sharedStrings.xml"])
    cell = {
        "shared": f't="s"><v>{number}</v>',
        "written": f't="inlineStr"><is><t>{label}</t></is>',
        "str": f't="str"><v>{label}</v>',
        "untyped": f"><v>{label}</v>",
        "day": f't="d"><v>{label}</v>',
    }[how]
    lines = "".join(f'<row r="{at}"><c r="D{at}" {cell}</c></row>' for at in range(10, 10 + rows))
    parts[SHEET] = inserted(lines, "</sheetData>")(parts[SHEET])
    return files.zipped(parts)


@pytest.mark.parametrize(
    ("label", "rows"),
    # 300 MB in plain characters; 270 MB because one of them takes four bytes, and so do all.
    [("x" * 30_000, 10_000), ("x" * 29_999 + "\U0001f6a2", 2_250)],
)
def test_the_text_of_a_workbook_is_bounded_in_bytes(
    write: Callable[..., str], label: str, rows: int
) -> None:
    refused(write(labelled(label, rows, "shared")), "bytes of text in its cells")


@pytest.mark.parametrize("how", ["shared", "written", "str", "untyped", "day"])
def test_a_text_is_read_however_it_is_written(write: Callable[..., str], how: str) -> None:
    frame: Any = read_home_office(write(labelled("2022-01-01", 20, how)), raw=True)
    assert len(frame) == 1


CELLS = f"more than {spreadsheets.MOST_CELLS} cells"
# A row of one long text, many times.
LONG_AND_REPEATED = (
    "Male</text:p></table:table-cell></table:table-row>"
    '<table:table-row table:number-rows-repeated="9999"><table:table-cell '
    f'office:value-type="string"><text:p>{"x" * 30_000}'
)


@pytest.mark.parametrize(
    ("old", "new", "word"),
    [
        ("<table:table-cell o", '<table:table-cell table:number-columns-repeated="99999" o', CELLS),
        ('style-name="ro1"', 'style-name="ro1" table:number-rows-repeated="1048576"', CELLS),
        ("<table:table-cell o", '<table:table-cell table:number-columns-repeated="-1" o', '"-1"'),
        ("Male", '<text:s text:c="99999999"/>', "text"),
        ("Male", LONG_AND_REPEATED, "text"),
        ("</office:spreadsheet>", "", "XML"),
    ],
)
def test_an_ods_that_would_fill_the_memory_is_refused(
    write: Callable[..., str], old: str, new: str, word: str
) -> None:
    rows = [row("Ret_D01", 5.0)] * 60
    parts = files.ods_parts(files.ods_table(data_sheet("Ret_D01", rows)))
    assert old in parts["content.xml"]
    parts["content.xml"] = parts["content.xml"].replace(old, new)
    refused_in_little_memory(write(files.zipped(parts), "book.ods"), word)


def test_bytes_altered_anywhere_give_an_error_or_the_same_numbers(
    write: Callable[..., str],
) -> None:
    """Damage is told: a zip file carries a checksum of every part."""
    sound = values(counted(write(SOUND)))
    draw = random.Random(20221213)
    for _ in range(150):
        data = bytearray(SOUND)
        at = draw.randrange(len(data))
        data[at] ^= 1 << draw.randrange(8)
        with contextlib.suppress(WorkbookError):
            assert values(counted(write(bytes(data)))) == sound


def test_nothing_is_opened_but_the_file(
    write: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(SOUND)
    counted(path)
    opened: list[object] = []
    real = builtins.open

    def watched(name: Any, *rest: Any, **more: Any) -> Any:
        opened.append(name)
        return real(name, *rest, **more)

    monkeypatch.setattr(builtins, "open", watched)
    counted(path)
    assert opened == [path]


def test_limits_are_above_the_largest_tables_known() -> None:
    assert spreadsheets.MOST_CELLS > 3 * 240_000 * 10


@pytest.mark.parametrize(("mark", "name"), [(";", "semicolons"), ("\t", "tabs")])
def test_a_sheet_split_by_other_marks_says_so(
    write: Callable[..., str], mark: str, name: str
) -> None:
    text = files.csv_file(data_sheet("Ret_D01", [row("Ret_D01", 1.0)])).decode("utf-8-sig")
    refused(write(text.replace(",", mark).encode(), "sheet.csv"), name, "commas")
