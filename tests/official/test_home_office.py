"""read_home_office: what is read is what stands there; what is not read is never a zero."""

from __future__ import annotations

import datetime
import io
import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from albania_uk_migration import check_claims
from albania_uk_migration.errors import ComparisonError, UnknownNameError
from albania_uk_migration.official.home_office import HomeOffice, read_home_office
from tests.support import workbooks as files
from tests.support.workbooks import HEADERS, KEYS, Cell, Sheet, data_sheet, row

from ..support.read_workbooks import (
    KEY_COLUMNS,
    QUARTERS,
    Values,
    counted,
    refused,
    values,
)

TABLES = tuple(HEADERS)


NATIONALITIES = ("Albania", "Brazil", "Other and unknown", "Côte d'Ivoire")
LABELS = {
    "Return type group": (
        "Enforced return",
        "Voluntary return",
        "Refused entry at port and subsequently departed",
    ),
    "Method of entry": ("Small boat arrivals", "Recorded detections in the UK"),
    "Case type": ("Asylum Case", "Resettlement Case"),
    "Case outcome group": ("Grant of Protection", "Grant of Other Leave", "Refused", "Withdrawn"),
    "Applicant type": ("Main applicant", "Dependant"),
    "Nationality": NATIONALITIES,
    "Return destination": NATIONALITIES,
    "Sex": ("Male", "Female"),
}
MISSING = ("-", "z", ":")


@st.composite
def tables(
    draw: st.DrawFn, counts: st.SearchStrategy[Cell] | None = None
) -> tuple[str, list[list[Cell]]]:
    """A table and rows of it, drawn."""
    table = draw(st.sampled_from(TABLES))
    rows = []
    for _ in range(draw(st.integers(1, 12))):
        year, part = draw(st.sampled_from(QUARTERS))
        cells: dict[str, Cell] = {"Year": float(year), "Quarter": f"{year} Q{part}"}
        for name in files.headers(table):
            if name in LABELS:
                cells[name] = draw(st.sampled_from(LABELS[name]))
        count = draw(counts if counts is not None else st.integers(1, 20_000).map(float))
        rows.append(row(table, count, **cells))
    return table, rows


def expected(table: str, rows: Sequence[Sequence[Cell]]) -> Values:
    """Sums of the rows by the definitions, over the quarters that the table has."""
    found: dict[tuple[str, str, int, int], list[Cell]] = {}
    listed = [dict(zip(files.headers(table), cells, strict=True)) for cells in rows]
    who = "Return destination" if table == "Ret_D02" else "Nationality"
    for cells, line in zip(listed, rows, strict=True):
        when = str(cells["Quarter"]).split(" Q")
        for measure in measures_of(table, cells):
            groups = ["all", "albanian"] if cells[who] == "Albania" else ["all"]
            if table == "Ret_D02":
                groups = ["all"] if cells[who] == "Albania" else []
            for group in groups:
                place = measure, group, int(when[0]), int(when[1])
                found.setdefault(place, []).append(line[-1])
    quarters = {
        (int(str(cells["Quarter"])[:4]), int(str(cells["Quarter"])[-1])) for cells in listed
    }
    albania = any(cells[who] == "Albania" for cells in listed)
    sums: Values = {}
    for measure in {key[0] for key in found}:
        for group in ["all", "albanian"] if albania and table != "Ret_D02" else ["all"]:
            for year, part in quarters:
                counts = found.get((measure, group, year, part))
                whole = counts is not None and all(isinstance(count, float) for count in counts)
                sums[measure, group, year, part] = (
                    sum(int(count) for count in counts if isinstance(count, float))
                    if whole and counts is not None
                    else None
                )
    return sums


def measures_of(table: str, cells: dict[str, Cell]) -> list[str]:
    """The measures that a row counts for, written apart from the package's own definitions."""
    group = cells.get("Return type group")
    if table == "Ret_D01":
        start = {"E": "enforced_returns", "V": "voluntary_returns", "R": "port_returns"}
        return [start[str(group)[0]]]
    if table == "Ret_D02":
        kind = {"E": "enforced", "V": "voluntary", "R": "port"}[str(group)[0]]
        return [f"{kind}_returns_to_albania"]
    if table == "Irr_D01":
        return ["small_boat_arrivals"] if "boat" in str(cells["Method of entry"]) else []
    if table == "Asy_D02":
        if cells["Case type"] != "Asylum Case" or cells["Applicant type"] != "Main applicant":
            return []
        outcome = str(cells["Case outcome group"])
        granted = ["asylum_grants"] if outcome.startswith("Grant") else []
        return granted + (["asylum_refusals"] if outcome == "Refused" else [])
    return [{"Ret_D03": "fno_returns", "Asy_D01": "asylum_claims"}[table]]


FORMATS: dict[str, Callable[[Sheet], bytes]] = {
    "shared.xlsx": lambda sheet: files.xlsx([files.COVER, sheet, files.PIVOT]),
    "inline.xlsx": lambda sheet: files.xlsx([sheet, files.NOTES], shared=False),
    "book.ods": lambda sheet: files.ods([files.COVER, sheet]),
    "sheet.csv": files.csv_file,
}
same_folder = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@same_folder
@given(drawn=tables(), form=st.sampled_from(sorted(FORMATS)))
def test_what_is_written_in_a_known_layout_is_read_back(
    write: Callable[..., str], drawn: tuple[str, list[list[Cell]]], form: str
) -> None:
    table, rows = drawn
    result = counted(write(FORMATS[form](data_sheet(table, rows)), form))
    assert values(result) == expected(table, rows)
    assert [(r.table, r.rows, r.ended_by) for r in result.readings] == [
        (table, len(rows), "End of table")
    ]


@same_folder
@given(
    drawn=tables(st.one_of(st.integers(1, 99).map(float), st.sampled_from(MISSING))),
    form=st.sampled_from(sorted(FORMATS)),
)
def test_a_missing_code_makes_missing_the_sums_it_touches_and_no_other(
    write: Callable[..., str], drawn: tuple[str, list[list[Cell]]], form: str
) -> None:
    table, rows = drawn
    result = counted(write(FORMATS[form](data_sheet(table, rows)), form))
    assert values(result) == expected(table, rows)
    assert 0 not in values(result).values()
    for cell in result.cells:
        assert (cell["note"] is None) == (cell["value"] is not None)
    codes = [cells[-1] for cells in rows if isinstance(cells[-1], str)]
    assert result.readings[0].missing == {code: codes.count(code) for code in codes}


@same_folder
@given(drawn=tables(), data=st.data())
def test_order_of_columns_other_sheets_place_and_letters_change_nothing(
    write: Callable[..., str], drawn: tuple[str, list[list[Cell]]], data: st.DataObject
) -> None:
    table, rows = drawn
    plain = counted(write(files.xlsx([data_sheet(table, rows)])))
    header: list[Cell] = [*files.headers(table), "Unheard of"]
    lines = [header, *([*cells, "anything"] for cells in rows)]
    order = data.draw(st.permutations(range(len(header))))
    lines = [[cells[at] for at in order] for cells in lines]
    lines = [[files_case(cell, data) for cell in cells] for cells in lines]
    others = data.draw(
        st.lists(
            st.sampled_from([files.COVER, files.NOTES, files.PIVOT]), unique_by=lambda s: s.name
        )
    )
    sheet = data_sheet(
        table,
        lines[1:],
        name=data.draw(st.sampled_from([f"Data - {table}", "Sheet1", table.upper()])),
        header=[f"{cell} [note 3]" if at % 2 else f" {cell}" for at, cell in enumerate(lines[0])],
        above=data.draw(st.integers(1, 15)),
        end=data.draw(st.booleans()),
    )
    book = files.xlsx([*others, sheet], shared=data.draw(st.booleans()))
    assert values(counted(write(book))) == values(plain)


def files_case(cell: Cell, data: st.DataObject) -> Cell:
    """A text in other letters, or as it is."""
    if isinstance(cell, str) and data.draw(st.booleans()):
        return cell.upper()
    return cell


@pytest.mark.parametrize(("table", "column"), KEY_COLUMNS)
@pytest.mark.parametrize("name", [None, "Sheet1"])
def test_without_a_key_column_nothing_is_read(
    write: Callable[..., str], table: str, column: str, name: str | None
) -> None:
    at = files.headers(table).index(column)
    header = [text for text in files.headers(table) if text != column]
    cells = row(table, 5.0)
    sheet = data_sheet(table, [cells[:at] + cells[at + 1 :]], name=name, header=header)
    # A sheet of another name may be nearest to a table of nearly the same columns.
    refused(
        write(files.xlsx([files.COVER, sheet])), "lacks", *([column, table] if not name else [])
    )


@pytest.mark.parametrize(("table", "column"), KEY_COLUMNS)
def test_a_key_column_that_is_there_twice_is_an_error(
    write: Callable[..., str], table: str, column: str
) -> None:
    at = files.headers(table).index(column)
    cells = row(table, 5.0)
    sheet = data_sheet(table, [[*cells, cells[at]]], header=[*files.headers(table), column])
    refused(write(files.xlsx([sheet])), column, "one column", "2")


def test_a_table_of_a_workbook_that_lost_a_key_column_is_not_passed_over(
    write: Callable[..., str],
) -> None:
    sound = data_sheet("Ret_D01", [row("Ret_D01")])
    lost = data_sheet(
        "Ret_D03",
        [row("Ret_D03")],
        header=[
            "Year",
            "Quarter",
            "Nation",
            "Region",
            "Return destination group",
            "Number of foreign national offender returns",
        ],
    )
    refused(write(files.xlsx([sound, lost])), "Ret_D03", "Nationality", "Nation")


@pytest.mark.parametrize("table", TABLES)
def test_a_column_that_decides_nothing_may_lack_and_is_told(
    write: Callable[..., str], table: str
) -> None:
    for column in set(files.headers(table)) - set(KEYS[table]):
        at = files.headers(table).index(column)
        header = [text for text in files.headers(table) if text != column]
        cells = row(table, 5.0)
        sheet = data_sheet(table, [cells[:at] + cells[at + 1 :]], header=header)
        result = counted(write(files.xlsx([sheet])))
        assert 5 in values(result).values()
        assert any(f'"{column}"' in text for text in result.readings[0].left_out)


@pytest.mark.parametrize(
    "xml",
    [
        "<v>12.5</v>",
        "<v>-3</v>",
        "<v>1e300</v>",
        "<v>inf</v>",
        "<v>nan</v>",
        "<is><t>about 12</t></is>",
        "<is><t>14 </t></is>",
        "<is><t>1,234</t></is>",
    ],
)
def test_another_thing_in_the_column_of_counts_is_an_error_that_names_the_cell(
    write: Callable[..., str], xml: str
) -> None:
    kind = ' t="inlineStr"' if xml.startswith("<is>") else ""
    refused(write(changed_count(f'<c r="J4"{kind}>{xml}</c>')), "Data_Ret_D01", "J4")


def changed_count(cell: str) -> bytes:
    """A workbook of returns with the XML of the second count replaced."""
    parts = files.xlsx_parts([data_sheet("Ret_D01", [row("Ret_D01", 1.0), row("Ret_D01", 77.0)])])
    sheet = parts["xl/worksheets/sheet1.xml"]
    assert sheet.count('<c r="J4"><v>77.0</v></c>') == 1
    parts["xl/worksheets/sheet1.xml"] = sheet.replace('<c r="J4"><v>77.0</v></c>', cell)
    return files.zipped(parts)


def test_an_error_value_a_truth_value_and_a_formula_are_no_counts(
    write: Callable[..., str],
) -> None:
    refused(write(changed_count('<c r="J4" t="e"><v>#REF!</v></c>')), "J4", "error value")
    refused(write(changed_count('<c r="J4" t="b"><v>1</v></c>')), "J4", "True")
    refused(write(changed_count('<c r="J4"><f>SUM(J3)</f><v>77</v></c>')), "J4", "formula")
    refused(write(changed_count('<c r="J4"><f>SUM(J3)</f><v>77</v></c>')), "J4", raw=True)
    refused(write(changed_count('<c r="J4" s="1"><f>SUM(J3)</f></c>')), "J4", "formula")
    refused(write(changed_count('<x:c s="1" r="J4"><x:f/></x:c>')), "J4", "formula")
    refused(write(changed_count('<c r="J4"><v>7&#55;</v></c>')), "J4", "in code")


def test_a_date_is_no_count(write: Callable[..., str]) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    for cells in data_sheet("Ret_D01", [row("Ret_D01")]).rows[:-1]:
        sheet.append(cells)
    sheet["J3"] = datetime.date(2022, 1, 14)
    out = io.BytesIO()
    book.save(out)
    refused(write(out.getvalue()), "J3", "2022-01-14")


def test_an_empty_count_is_missing_and_told(write: Callable[..., str]) -> None:
    result = counted(write(changed_count("")))
    assert values(result)["enforced_returns", "albanian", 2022, 1] is None
    assert result.readings[0].missing == {"": 1}
    assert any("holds nothing" in message for message in result.messages)


def test_the_note_of_a_missing_sum_says_what_the_others_sum_to(write: Callable[..., str]) -> None:
    rows = [row("Ret_D01", 900.0), row("Ret_D01", "z"), row("Ret_D01", 21.0), row("Ret_D01", "z")]
    result = counted(write(files.xlsx([data_sheet("Ret_D01", rows)])))
    assert {cell["note"] for cell in result.cells} == {
        '2 of 4 rows hold "z"; the others sum to 921'
    }


def boats(*counts: tuple[str, str, float]) -> bytes:
    """A workbook of small boat arrivals: quarter, nationality and count."""
    rows = [
        row("Irr_D01", count, Year=float(quarter[:4]), Quarter=quarter, Nationality=nationality)
        for quarter, nationality, count in counts
    ]
    return files.xlsx([data_sheet("Irr_D01", rows, name="Data_IER_D01")])


def test_a_quarter_without_albania_is_missing_and_a_zero_only_if_asked_for(
    write: Callable[..., str],
) -> None:
    path = write(boats(("2022 Q1", "Albania", 7.0), ("2022 Q2", "Brazil", 9.0)))
    place = "small_boat_arrivals", "albanian", 2022, 2
    assert values(counted(path))[place] is None
    cells = [cell for cell in counted(path).cells if cell["value"] is None]
    assert [cell["note"] for cell in cells] == [
        "no row of Albania in this quarter; the table lists no zeros"
    ]
    zero = counted(path, unlisted_as_zero=True)
    assert values(zero)[place] == 0
    assert [cell["note"] for cell in zero.cells if cell["note"]] == [
        "no row of Albania in this quarter; the table lists no zeros, so we count it as 0"
    ]


def test_a_table_that_lists_zeros_makes_nothing_a_zero_that_it_does_not_list(
    write: Callable[..., str],
) -> None:
    path = write(boats(("2022 Q1", "Albania", 0.0), ("2022 Q2", "Brazil", 9.0)))
    found = values(counted(path, unlisted_as_zero=True))
    assert found["small_boat_arrivals", "albanian", 2022, 1] == 0
    assert found["small_boat_arrivals", "albanian", 2022, 2] is None


def test_a_label_that_changed_its_name_is_never_a_zero(write: Callable[..., str]) -> None:
    rows = [
        row("Irr_D01", 5.0),
        row("Irr_D01", 6.0, Quarter="2022 Q2", Method_of_entry="Arrivals by small boat"),
    ]
    path = write(files.xlsx([data_sheet("Irr_D01", rows)]))
    result = counted(path, unlisted_as_zero=True)
    assert values(result)["small_boat_arrivals", "albanian", 2022, 2] is None
    told = result.readings[0].left_out
    assert any('1 row with the Method of entry "Arrivals by small boat"' in text for text in told)
    assert any("Arrivals by small boat" in text for text in result.messages)


def test_without_any_row_of_albania_there_are_no_cells_and_a_message(
    write: Callable[..., str],
) -> None:
    path = write(boats(("2022 Q1", "Albanian", 7.0), ("2022 Q2", "Brazil", 9.0)))
    result = counted(path, unlisted_as_zero=True)
    assert {cell["population"] for cell in result.cells} == {"all"}
    assert any(
        "no row of Albania" in text and "2" in text and '"Albanian"' in text
        for text in result.messages
    )


def test_without_any_small_boat_the_methods_are_told(write: Callable[..., str]) -> None:
    rows = [row("Irr_D01", 5.0, Method_of_entry="Recorded detections in the UK")]
    result = counted(write(files.xlsx([data_sheet("Irr_D01", rows)])), unlisted_as_zero=True)
    assert result.cells == []
    assert any('"Recorded detections in the UK"' in text for text in result.messages)


@pytest.mark.parametrize("total", ["Total", "*Total*", "All nationalities", "Total Europe"])
def test_totals_are_left_out_and_told(write: Callable[..., str], total: str) -> None:
    rows = [row("Ret_D01", 5.0), row("Ret_D01", 7.0, Nationality="Other and unknown")]
    rows.append(row("Ret_D01", 12.0, Nationality=total))
    result = counted(write(files.xlsx([data_sheet("Ret_D01", rows)])))
    assert values(result)["enforced_returns", "all", 2022, 1] == 12
    assert any(f'"{total}"' in text for text in result.readings[0].left_out)


def test_a_quarter_of_which_there_is_no_row_at_all_is_told(write: Callable[..., str]) -> None:
    result = counted(write(boats(("2021 Q4", "Albania", 7.0), ("2022 Q2", "Albania", 9.0))))
    assert (2022, 1) not in {key[2:] for key in values(result)}
    assert any("2022 Q1" in text for text in result.messages)


@pytest.mark.parametrize("quarter", ["2022 Q3", "Q3", "2022 q3", 3.0, "3"])
def test_quarters_are_read_in_every_form_seen(write: Callable[..., str], quarter: Cell) -> None:
    sheet = data_sheet("Ret_D03", [row("Ret_D03", 4.0, Quarter=quarter)])
    result = counted(write(files.xlsx([sheet])))
    cell = result.cells[0]
    assert cell["period_start"] == datetime.date(2022, 7, 1)
    assert cell["period_end"] == datetime.date(2022, 9, 30)


@pytest.mark.parametrize(
    ("year", "quarter", "word"),
    [
        (2021.0, "2022 Q1", "2021"),
        (2022.0, "Q5", "Q5"),
        (2022.0, "Q0", "Q0"),
        (2022.0, "2022", "2022"),
        (1889.0, "Q1", "1889"),
        (2022.5, "Q1", "2022.5"),
        ("twenty", "Q1", "twenty"),
        (2022.0, None, ""),
        (None, "2022 Q1", ""),
    ],
)
def test_years_and_quarters_that_are_none_are_errors(
    write: Callable[..., str], year: Cell, quarter: Cell, word: str
) -> None:
    rows = [row("Ret_D01"), row("Ret_D01", 4.0, Year=year, Quarter=quarter)]
    refused(write(files.xlsx([data_sheet("Ret_D01", rows)])), "Data_Ret_D01", "B4", word)


def test_cells_are_plain_rows_in_order(write: Callable[..., str]) -> None:
    rows = [row("Ret_D01", 5.0, Quarter="2022 Q4"), row("Ret_D01", 6.0)]
    result = counted(write(files.xlsx([data_sheet("Ret_D01", rows)]), "returns.xlsx"))
    assert result.cells[0] == {
        "measure": "enforced_returns",
        "population": "albanian",
        "area": "GBR",
        "period_start": datetime.date(2022, 1, 1),
        "period_end": datetime.date(2022, 3, 31),
        "value": 6,
        "release_id": "returns.xlsx",
        "table": "Ret_D01",
        "verification": "cell_read",
        "recheck": None,
        "note": None,
    }
    assert result.cells[1]["period_end"] == datetime.date(2022, 12, 31)
    order = [(c["measure"], c["population"], c["period_start"]) for c in result.cells]
    assert order == sorted(order)
    text = str(result)
    assert all(word in text for word in ("returns.xlsx", "Data_Ret_D01", "row 2", "2 rows"))


def test_claims_is_the_later_name_of_applications(write: Callable[..., str]) -> None:
    header = [*files.headers("Asy_D01")[:-1], "Claims"]
    sheet = data_sheet("Asy_D01", [row("Asy_D01", 8.0)], header=header)
    result = counted(write(files.xlsx([sheet])))
    assert values(result)["asylum_claims", "albanian", 2022, 1] == 8
    assert result.readings[0].columns["count"] == "Claims"


def test_two_sheets_of_one_table_are_told_apart_by_their_names(write: Callable[..., str]) -> None:
    first, second = [row("Ret_D01", 5.0)], [row("Ret_D01", 6.0)]
    named = data_sheet("Ret_D01", first)
    book = files.xlsx([data_sheet("Ret_D01", second, name="Copy"), named])
    assert values(counted(write(book)))["enforced_returns", "all", 2022, 1] == 5
    for other in ("Data_Ret_D01 (2)", "Old Ret_D01"):
        book = files.xlsx([data_sheet("Ret_D01", second, name=other), named])
        refused(write(book), "several sheets", other, "Data_Ret_D01")
    unnamed = [
        data_sheet("Ret_D01", rows, name=name) for rows, name in ((first, "A"), (second, "B"))
    ]
    refused(write(files.xlsx(unnamed)), "several sheets", '"A"', '"B"')


def test_data_behind_the_end_of_the_table_is_an_error_and_a_remark_is_told(
    write: Callable[..., str],
) -> None:
    sheet = data_sheet("Ret_D01", [row("Ret_D01", 5.0)])
    more = Sheet(sheet.name, [*sheet.rows, row("Ret_D01", 6.0)])
    refused(write(files.xlsx([more])), "row 5", "End of table")
    remark = Sheet(sheet.name, [*sheet.rows, [], ["Source: invented"]])
    result = counted(write(files.xlsx([remark])))
    assert any("Source: invented" in text for text in result.readings[0].left_out)


def test_an_unknown_layout_tells_what_was_looked_for_and_found(write: Callable[..., str]) -> None:
    path = write(files.xlsx([Sheet("Figures", [["Month", "People"], ["May", 3.0]]), files.COVER]))
    refused(path, "Ret_D01", "Number of detections", '"Figures"', '"Cover"')
    refused(write(files.xlsx([data_sheet("Ret_D01", [])])), "no rows")
    refused(write(files.xlsx([data_sheet("Ret_D01", [])])), "no rows", raw=True)


def test_raw_gives_every_row_and_cell_as_published(write: Callable[..., str]) -> None:
    rows = [row("Ret_D01", 5.0), row("Ret_D01", "z", Region=None), row("Ret_D01", 7.0, Age="18")]
    sheets = [files.COVER, data_sheet("Ret_D01", rows, above=3)]
    for name, data in {
        "book.xlsx": files.xlsx(sheets),
        "book.ods": files.ods(sheets),
        "book.csv": files.csv_file(sheets[1]),
    }.items():
        frame = read_home_office(write(data, name), raw=True)
        assert not isinstance(frame, HomeOffice)
        assert list(frame.columns) == files.headers("Ret_D01")
        assert frame["Year"].tolist() == [2022] * 3
        assert frame["Number of returns"].dtype == "Int64"
        assert frame["Number of returns"].isna().tolist() == [False, True, False]
        assert frame["Number of returns"].sum() == 12
        assert frame["Region"].isna().tolist() == [False, True, False]
        assert frame["Nationality"].dtype == "string"
        assert frame.attrs["missing_codes"] == [(6, "z")]


def test_of_several_tables_raw_wants_one(write: Callable[..., str]) -> None:
    sheets = [data_sheet(table, [row(table, 5.0)]) for table in ("Ret_D01", "Ret_D03")]
    path = write(files.xlsx(sheets))
    refused(path, "Ret_D01", "Ret_D03", raw=True)
    assert len(read_home_office(path, raw=True, table="ret_d03").columns) == 6
    assert [r.table for r in counted(path, table="Ret_D03").readings] == ["Ret_D03"]
    refused(path, "Asy_D01", "Ret_D01", table="Asy_D01")
    with pytest.raises(UnknownNameError, match="Ret_D01"):
        read_home_office(path, table="Ret_D1")


def test_the_module_loads_nothing_heavy() -> None:
    code = (
        "import sys; import albania_uk_migration.official.home_office; "
        "print({'pandas', 'numpy', 'python_calamine', 'zipfile'} & set(sys.modules))"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "set()"


def arrivals(counts: Mapping[str, Cell], nationality: str = "Albania") -> list[list[Cell]]:
    return [
        row("Irr_D01", count, Quarter=quarter, Year=float(quarter[:4]), Nationality=nationality)
        for quarter, count in counts.items()
    ]


IN_2022 = {"2022 Q1": 235.0, "2022 Q2": 2194.0, "2022 Q3": 9044.0, "2022 Q4": 1185.0}


def test_a_series_sums_whole_years_and_says_what_is_missing(write: Callable[..., str]) -> None:
    listed: dict[str, Cell] = {**IN_2022, "2023 Q1": 28.0, "2023 Q2": "z"}
    read = counted(write(files.xlsx([data_sheet("Irr_D01", arrivals(listed))])))
    frame: Any = read.series("small_boat_arrivals").set_index("year")
    assert int(frame.loc[2022, "value"]) == 12658
    assert frame.loc[2022, "cells"] == 4
    assert frame.loc[2023].isna()["value"]
    (left_out,) = read.series("small_boat_arrivals").attrs["left_out"]
    assert 'holds "z"' in left_out["why"]
    quarters = read.series("small_boat_arrivals", freq="quarter")
    assert quarters["value"].dropna().to_list() == [235, 2194, 9044, 1185, 28]
    assert read.series("small_boat_arrivals", "all").equals(read.series("small_boat_arrivals"))
    for wrong in ({"measure": "returns"}, {"population": "french"}, {"freq": "month"}):
        asked: Any = {"measure": "small_boat_arrivals", **wrong}
        with pytest.raises(UnknownNameError):
            read.series(**asked)


def test_returns_of_a_workbook_are_enforced_and_voluntary(write: Callable[..., str]) -> None:
    groups = {
        "Enforced return": 10.0,
        "Voluntary return": 7.0,
        "Refused entry at port and subsequently departed": 100.0,
    }
    rows = [
        row("Ret_D01", count, Quarter=f"2022 Q{quarter}", Return_type_group=group)
        for group, count in groups.items()
        for quarter in (1, 2, 3, 4)
    ]
    read = counted(write(files.xlsx([data_sheet("Ret_D01", rows)])))
    columns = ["enforced", "voluntary", "total", "port"]
    assert read.series("returns")[columns].to_numpy().tolist() == [[40, 28, 68, 400]]
    assert read.series("returns", long=True)["value"].to_list() == [40, 28, 68, 400]


def test_a_workbook_without_albania_gives_an_empty_series_that_says_so(
    write: Callable[..., str],
) -> None:
    read = counted(write(files.xlsx([data_sheet("Irr_D01", arrivals(IN_2022, "Brazil"))])))
    frame = read.series("small_boat_arrivals")
    assert len(frame) == 0
    assert "Albania" in frame.attrs["caveats"]
    assert read.series("small_boat_arrivals", "all")["value"].to_list() == [12658]


def test_claims_are_held_against_a_workbook_of_ones_own(write: Callable[..., str]) -> None:
    path = write(files.xlsx([data_sheet("Irr_D01", arrivals(IN_2022))]))
    found: Any = check_claims(against=path).set_index("figure_id")
    assert found.loc["F026", "verdict"] == "agrees"
    assert found.loc["F026", "release_id"] == os.path.basename(path)
    assert found.loc["F004", "verdict"] == "not_published_then"
    assert "F012" not in found.index
    why = {i["figure_id"]: i["why"] for i in check_claims(against=path).attrs["left_out"]}
    assert why["F012"] == f"{os.path.basename(path)} does not count enforced returns"
    revised = write(files.xlsx([data_sheet("Irr_D01", arrivals({**IN_2022, "2022 Q4": 1200.0}))]))
    again: Any = check_claims(["F026"], against=revised)
    # When the file came out is not known, so that nothing is known to be superseded.
    assert again["verdict"].to_list() == ["disagrees"]
    assert (
        "The claim matched the figure published at the time (Home Office, 29 February 2024)"
        in (again["explanation"][0])
    )
    missing = write(files.xlsx([data_sheet("Irr_D01", arrivals({**IN_2022, "2022 Q4": "-"}))]))
    again = check_claims(["F026"], against=missing)
    assert again["verdict"].to_list() == ["not_published_then"]
    assert 'holds "-"' in again["explanation"][0]
    with pytest.raises(ComparisonError, match="not both"):
        check_claims(against=path, vintage="latest")
    read = counted(path)
    assert check_claims(["F026"], against=read).equals(again)


def numbers(result: HomeOffice, measure: str) -> list[int | None]:
    """Values of a measure, those of everybody first, by quarter."""
    of = [cell for cell in result.cells if cell["measure"] == measure]
    return [
        cell["value"]
        for population in ("albanian", "all")
        for cell in of
        if cell["population"] == population
    ]


@pytest.mark.parametrize(
    "name", ["Alb\u200bania", "\ufeffALBANIA", "Albania\u00ad", " albania  [note 2](Note 3)"]
)
def test_what_is_not_seen_in_a_name_does_not_hide_albania(
    write: Callable[..., str], name: str
) -> None:
    rows = [row("Ret_D01", 10.0), row("Ret_D01", 5.0, Nationality=name)]
    assert numbers(
        counted(write(files.xlsx([data_sheet("Ret_D01", rows)]))), "enforced_returns"
    ) == [
        15,
        15,
    ]


@pytest.mark.parametrize("name", ["Albania1", "Albania*", "Albania (p)", "Republic of Albania"])
@pytest.mark.parametrize("zero", [False, True])
def test_what_may_be_albania_makes_its_sums_missing(
    write: Callable[..., str], name: str, zero: bool
) -> None:
    rows = [row("Ret_D01", 10.0), row("Ret_D01", 5.0, Nationality=name)]
    rows.append(row("Ret_D01", 5.0, Nationality=name, Quarter="2022 Q2"))
    read = counted(write(files.xlsx([data_sheet("Ret_D01", rows)])), unlisted_as_zero=zero)
    assert numbers(read, "enforced_returns") == [None, None, 15, 5]
    assert any(name in message for message in read.messages)


@pytest.mark.parametrize("column", ["Sex", "Age", "Region", "Return type"])
@pytest.mark.parametrize("total", ["Total", "All", "Subtotal", "All ages"])
def test_sums_beside_their_parts_are_refused_in_every_column(
    write: Callable[..., str], column: str, total: str
) -> None:
    whole = row("Ret_D01", 10.0, **{column.replace(" ", "_"): total})
    refused(
        write(files.xlsx([data_sheet("Ret_D01", [row("Ret_D01", 10.0), whole])])), column, total
    )
    # Alone it is beside nothing; and ages before 2009 were never published apart.
    assert numbers(counted(write(files.xlsx([data_sheet("Ret_D01", [whole])]))), "enforced_returns")
    early = row("Ret_D01", 3.0, Age="Total (pre-2009)")
    read = counted(write(files.xlsx([data_sheet("Ret_D01", [row("Ret_D01", 10.0), early])])))
    assert numbers(read, "enforced_returns") == [13, 13]


@pytest.mark.parametrize(
    ("table", "column", "label", "measure"),
    [
        ("Ret_D01", "Return_type_group", "Enforced removal", "enforced_returns"),
        ("Ret_D01", "Return_type_group", None, "enforced_returns"),
        ("Irr_D01", "Method_of_entry", "Small boat arrivals (recorded)", "small_boat_arrivals"),
        ("Asy_D02", "Case_outcome_group", "Grant of Leave", "asylum_grants"),
    ],
)
def test_a_label_that_may_belong_makes_the_sum_missing(
    write: Callable[..., str], table: str, column: str, label: str | None, measure: str
) -> None:
    own = {"Case_outcome_group": "Grant of Protection"} if table == "Asy_D02" else {}
    rows = [row(table, 10.0, **own), row(table, 5.0, **{column: label})]
    read = counted(write(files.xlsx([data_sheet(table, rows)])))
    assert numbers(read, measure) == [None, None]
    (note, _) = (cell["note"] for cell in read.cells if cell["measure"] == measure)
    assert "which we do not know and may belong here" in note


def test_a_label_of_another_kind_is_told_and_changes_nothing(write: Callable[..., str]) -> None:
    rows = [row("Irr_D01", 10.0), row("Irr_D01", 5.0, Method_of_entry="Lorry arrivals")]
    read = counted(write(files.xlsx([data_sheet("Irr_D01", rows)])))
    assert numbers(read, "small_boat_arrivals") == [10, 10]
    assert any("Lorry arrivals" in message for message in read.messages)


@pytest.mark.parametrize(
    "end", ["End of table [note 1]", "END OF TABLE.", "End of data", "End of Sheet"]
)
def test_every_end_ends_a_table(write: Callable[..., str], end: str) -> None:
    sheet = data_sheet("Ret_D01", [row("Ret_D01", 10.0)], end=False)
    sheet.rows.extend([[end], row("Ret_D01", 7.0)])
    refused(write(files.xlsx([sheet])), "after")


def test_a_cell_under_no_header_is_an_error(write: Callable[..., str]) -> None:
    header = [*files.headers("Ret_D01"), "", ""]
    sheet = data_sheet("Ret_D01", [[*row("Ret_D01", 1.0), 234.0, None]], header=header)
    refused(write(files.xlsx([sheet])), "shifted")
    text = files.csv_file(data_sheet("Ret_D01", [row("Ret_D01", 1.0)])).decode("utf-8-sig")
    lines = [f"{line},," for line in text.splitlines()]
    lines[2] = lines[2].replace(",1,,", ",1,234,")
    refused(write("\n".join(lines).encode(), "sheet.csv"), "shifted")


def test_a_second_sheet_of_a_table_is_told(write: Callable[..., str]) -> None:
    sheets = [
        data_sheet("Ret_D01", [row("Ret_D01", 10.0)]),
        data_sheet("Ret_D01", [row("Ret_D01", 99.0)], name="Data (revised)"),
    ]
    read = counted(write(files.xlsx(sheets)))
    assert numbers(read, "enforced_returns") == [10, 10]
    assert any("Data (revised)" in message for message in read.messages)


def test_a_link_back_to_the_contents_above_the_rows_does_no_harm(tmp_path: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.title = "Data_Ret_D01"
    for line in data_sheet("Ret_D01", [row("Ret_D01", 10.0)]).rows:
        sheet.append(line)
    sheet["A1"] = '=HYPERLINK("#Contents!A1","Back to contents")'
    sheet["Z3"] = "=1+1"
    path = tmp_path / "book.xlsx"
    book.save(path)
    assert numbers(counted(str(path)), "enforced_returns") == [10, 10]
    sheet["C3"] = '="Alb"&"ania"'
    book.save(path)
    refused(str(path), "C3", "formula")


@pytest.mark.parametrize("label", ["(note" * 199, "x" * 30_000, "[note " * 40])
def test_long_labels_cost_little(write: Callable[..., str], label: str) -> None:
    rows = [row("Ret_D03", 1.0, Nationality=f"{n}{label}") for n in range(1_000)]
    rows.append(row("Ret_D03", 7.0))
    begun = time.process_time()
    read = counted(write(files.xlsx([data_sheet("Ret_D03", rows)])))
    assert time.process_time() - begun < 20
    assert numbers(read, "fno_returns")[-1] == 1007
    many = [row("Ret_D03", 1.0, Nationality=f"N{n}") for n in range(2_100)]
    refused(write(files.xlsx([data_sheet("Ret_D03", many)])), "more than 2000 names")


def test_people_returned_to_albania_are_in_a_table_of_their_own(write: Callable[..., str]) -> None:
    port = "Refused entry at port and subsequently departed"
    groups = {"Enforced return": 60.0, "Voluntary return": 30.0, port: 10.0}
    rows = [
        row(
            "Ret_D02",
            count,
            Return_type_group=group,
            Quarter=f"{year} Q{quarter}",
            Year=float(year),
        )
        for year in (2020, 2021, 2022)
        for quarter in (1, 2, 3, 4)
        for group, count in groups.items()
    ]
    found = check_claims(["F035"], against=write(files.xlsx([data_sheet("Ret_D02", rows)])))
    assert found["verdict"].to_list() == ["disagrees"]
    assert found["official_lower"].to_list() == [800]
    # All three types make the total; one that is not listed in a quarter is not taken for none.
    read = counted(write(files.xlsx([data_sheet("Ret_D02", rows[:-1])]), "less.xlsx"))
    every = read.series("returns_to_albania", freq="quarter")["value"]
    assert every.to_list()[:-1] == [100] * 11
    assert every.isna().to_list() == [False] * 11 + [True]
    both = read.series("enforced_and_voluntary_returns_to_albania", freq="quarter")["value"]
    assert both.to_list() == [90] * 12
    renamed = [[*line[:2], "Port return", *line[3:]] if line[2] == port else line for line in rows]
    read = counted(write(files.xlsx([data_sheet("Ret_D02", renamed)]), "renamed.xlsx"))
    assert "returns_to_albania" not in {cell["measure"] for cell in read.cells}
    assert read.series("returns_to_albania")["value"].isna().all()


def test_what_may_be_albania_by_another_way_makes_no_sum_missing(
    write: Callable[..., str],
) -> None:
    lorry = row("Irr_D01", 5.0, Nationality="Albania (p)")
    lorry[2] = "Recorded detections in the UK"
    read = counted(write(files.xlsx([data_sheet("Irr_D01", [row("Irr_D01", 10.0), lorry])])))
    assert numbers(read, "small_boat_arrivals") == [10, 10]
