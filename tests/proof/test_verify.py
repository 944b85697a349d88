"""The proof holds for what ships, and any change to what it covers is noticed by its place."""

from __future__ import annotations

import json
import random
import shutil
from pathlib import Path

import pytest

from albania_uk_migration import verify
from albania_uk_migration.errors import DocumentError
from albania_uk_migration.proof.spans import Reading, read_text
from albania_uk_migration.proof.verify import LARGEST_SHARE, row_sha256
from albania_uk_migration.tables.package import Package, shipped

from ..support.altered_tables import (
    DESCRIPTOR,
    FILES,
    SEEDS,
    Record,
    altered,
    files_with,
    places,
    report_on,
    text_rows,
    with_rows,
)

# The columns of figures of which issue and README promise that any change is noticed.
PROVED = (
    "start_char",
    "end_char",
    "exact",
    "quote",
    "value",
    "comparator",
    "lower",
    "upper",
    "unit",
    "document_id",
    "measure",
    "direction",
    "period_start",
    "period_end",
    "statement_id",
    "repeats",
)


def _values(column: str) -> list[str]:
    """Every value that a column of figures may take, where its values are listed or referred to."""
    references = {
        "document_id": ("documents", "document_id"),
        "measure": ("measures", "measure"),
        "statement_id": ("statements", "statement_id"),
        "repeats": ("figures", "figure_id"),
    }
    if column in references:
        table, key = references[column]
        return [row[key] for row in text_rows(table)]
    fields = next(r for r in DESCRIPTOR["resources"] if r["name"] == "figures")["schema"]["fields"]
    field = next(field for field in fields if field["name"] == column)
    listed: list[str] = field.get("constraints", {}).get("enum", [])
    return listed


def _changes(column: str, cell: str) -> list[str]:
    """Other values for a cell: every other listed one, or the nearest and the emptiest."""
    listed = _values(column)
    if listed:
        return [value for value in [*listed, ""] if value != cell]
    if column in ("period_start", "period_end"):
        return [other for other in ("", "2022-01-02", "2023-12-30") if other != cell]
    if column in ("exact", "quote"):
        middle = len(cell) // 2
        return [cell[:middle] + "x" + cell[middle + 1 :], cell[1:], cell[:-1], cell + "s"]
    if not cell:
        return ["0", "1"]
    number = float(cell)
    near = [f"{number + 1:.0f}", f"{max(0, number - 1):.0f}", ""]
    return [other for other in near if other != cell]


def test_what_ships_is_proved() -> None:
    report = verify(require_documents=True)
    assert report.ok
    assert {check.outcome for check in report.checks} == {"proved", "checked"}
    assert all(check.done == check.of for check in report.checks)


@pytest.mark.parametrize("column", PROVED)
def test_a_change_to_a_proved_column_is_noticed_in_every_row(column: str) -> None:
    generator = random.Random(column)
    unnoticed = []
    for number, row in enumerate(text_rows("figures")):
        changes = _changes(column, row[column])
        for change in generator.sample(changes, min(1, len(changes))):

            def alter(rows: list[Record], number: int = number, change: str = change) -> None:
                rows[number][column] = change

            report = report_on(altered("figures", alter))
            if ("figures", row["figure_id"], column) not in places(report):
                unnoticed.append((row["figure_id"], change))
    assert unnoticed == []


def test_a_changed_reading_fails_with_both_readings_in_the_message() -> None:
    """Every figure; value, comparator, bounds and unit: what is, and what the words read as."""
    generator = random.Random("readings")
    for number, row in enumerate(text_rows("figures")):
        for column in ("value", "comparator", "lower", "upper", "unit"):
            change = generator.choice(_changes(column, row[column]))

            def alter(
                rows: list[Record], number: int = number, column: str = column, change: str = change
            ) -> None:
                rows[number][column] = change

            faults = [
                fault
                for fault in report_on(altered("figures", alter)).faults
                if fault.rule == "readings_agree" and fault.row == row["figure_id"]
            ]
            # A unit of the same class (persons, items) is told apart by the measure alone.
            if column == "unit" and {change, row["unit"]} == {"persons", "items"}:
                assert not faults
                continue
            messages = [fault.message for fault in faults if fault.column == column]
            assert messages, (row["figure_id"], column, change)
            assert f"is {change or 'None'}, but" in messages[0]
            assert f'"{row["exact"]}" reads as ' in messages[0]


def test_the_words_around_a_figure_count_for_its_reading(tmp_path: Path) -> None:
    """A document that says "never more than" where a figure is "more than"."""
    folder = tmp_path / "seeds"
    shutil.copytree(SEEDS, folder)
    path = next(folder.glob("003*"))
    path.write_bytes(path.read_bytes().replace(b"now sent over 8,000", b"never in over 8,000"))
    messages = [
        fault.message
        for fault in report_on(shipped(), folder).faults
        if (fault.row, fault.rule) == ("F034", "figures_are_read_whole")
    ]
    assert any("in its place reads as at_most" in message for message in messages), messages


def test_a_new_number_in_a_document_is_named_with_its_kind(tmp_path: Path) -> None:
    folder = tmp_path / "seeds"
    shutil.copytree(SEEDS, folder)
    path = next(folder.glob("002*"))
    more = " Nearly 70 people were both seen on 3 May under section 12, the FCDO said."
    path.write_bytes(path.read_bytes() + more.encode())
    found = {
        fault.message.split(" lies in no figure")[0]: fault.rule
        for fault in report_on(shipped(), folder).faults
        if "lies in no figure" in fault.message
    }
    assert found == {
        '"Nearly 70" (count)': "quantities_are_accounted_for",
        '"both"': "counting_words_are_accounted_for",
        '"3 May" (date)': "quantities_are_accounted_for",
        '"section 12" (legal reference)': "quantities_are_accounted_for",
    }


def test_a_hedge_cut_off_with_its_bounds_made_to_fit_is_noticed() -> None:
    """Every column that could tell is changed along; the words of the document still tell."""
    hedged = ("more_than", "less_than", "about")
    cut = []
    for number, row in enumerate(text_rows("figures")):
        bare = row["exact"].split(" ")[-1]
        if row["comparator"] not in hedged or bare == row["exact"]:
            continue

        def alter(rows: list[Record], number: int = number, bare: str = bare) -> None:
            row = rows[number]
            row["start_char"] = str(int(row["end_char"]) - len(bare))
            row |= {"exact": bare, "comparator": "exactly"}
            row |= {"lower": row["value"], "upper": row["value"]}

        found = places(report_on(altered("figures", alter)))
        assert ("figures", row["figure_id"], "exact") in found, row["exact"]
        cut.append(row["figure_id"])
    assert len(cut) >= 12


def test_a_percent_sign_or_scale_cut_off_is_noticed() -> None:
    for figure, exact in (("F013", "51"), ("F023", "£4"), ("F030", "£1.6")):

        def alter(rows: list[Record], figure: str = figure, exact: str = exact) -> None:
            row = next(row for row in rows if row["figure_id"] == figure)
            row["end_char"] = str(int(row["start_char"]) + len(exact))
            row["exact"] = exact

        faults = report_on(altered("figures", alter)).faults
        rules = {fault.rule for fault in faults if fault.row == figure}
        assert "figures_are_read_whole" in rules, exact


def test_no_empty_cell_makes_verify_crash() -> None:
    generator = random.Random("empty")
    for table in shipped().resources:
        rows = text_rows(table)
        for column in rows[0] if rows else ():
            number = generator.randrange(len(rows))

            def alter(rows: list[Record], column: str = column, number: int = number) -> None:
                rows[number][column] = ""

            assert str(report_on(altered(table, alter)))


def test_no_measure_of_the_same_unit_can_take_the_place_of_another() -> None:
    units = {row["measure"]: row["unit"] for row in text_rows("measures")}
    unnoticed = []
    for number, row in enumerate(text_rows("figures")):
        for measure, unit in units.items():
            if measure == row["measure"] or unit != row["unit"]:
                continue

            def alter(rows: list[Record], number: int = number, measure: str = measure) -> None:
                rows[number]["measure"] = measure

            if report_on(altered("figures", alter), None).ok:
                unnoticed.append((row["figure_id"], measure))
    assert unnoticed == []


@pytest.mark.parametrize("table", ["figures", "excluded_numbers"])
def test_a_deleted_row_leaves_its_words_uncovered(table: str) -> None:
    for number, row in enumerate(text_rows(table)):
        rows = text_rows(table)
        del rows[number]
        report = report_on(with_rows(table, rows))
        messages = [
            fault.message for fault in report.faults if "lies in no figure" in fault.message
        ]
        words = [message.split('"')[1] for message in messages]
        assert words, row
        assert all(word in row["exact"] for word in words), row


@pytest.mark.parametrize("seed", sorted(path.name for path in SEEDS.iterdir()))
def test_a_changed_character_of_a_document_is_noticed(seed: str, tmp_path: Path) -> None:
    folder = tmp_path / "seeds"
    shutil.copytree(SEEDS, folder)
    text = (folder / seed).read_bytes().decode("utf-8")
    row = next(row for row in text_rows("documents") if row["file"].endswith(seed))
    for at in random.Random(seed).sample(range(len(text)), 5):
        changed = text[:at] + ("x" if text[at] != "x" else "y") + text[at + 1 :]
        (folder / seed).write_bytes(changed.encode("utf-8"))
        report = report_on(shipped(), folder)
        assert ("documents", row["document_id"], "sha256") in places(report)


def test_a_lost_character_is_noticed_at_the_rows_it_shifts(tmp_path: Path) -> None:
    folder = tmp_path / "seeds"
    shutil.copytree(SEEDS, folder)
    path = next(folder.glob("001*"))
    path.write_bytes(path.read_bytes()[1:])
    found = places(report_on(shipped(), folder))
    assert ("figures", "F009", "exact") in found
    assert ("documents", "D001", "characters") in found


def test_without_documents_or_record_spans_are_not_proved_and_that_is_no_failure() -> None:
    report = report_on(shipped(), None)
    outcomes = {check.name: check.outcome for check in report.checks}
    assert report.ok
    assert outcomes["words cut out of the documents match the tables"] == "not proved"
    assert outcomes["numbers, bounds and units match their words, read again"] == "proved"
    assert str(report).startswith("No faults, but 8 checks could not be proved.\n")
    assert "add --documents FOLDER" in str(report)
    required = report._replace(require_documents=True)
    assert not required.ok
    assert str(required).startswith("Not proved now: you require the documents")


def test_a_folder_that_is_missing_or_lacks_a_document(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="There is no folder"):
        verify(tmp_path / "nowhere")
    report = verify(tmp_path)
    assert not report.ok
    assert ("documents", "D000", "file") in places(report)


def test_nothing_is_called_proved_of_a_document_that_was_not_read(tmp_path: Path) -> None:
    folder = tmp_path / "seeds"
    shutil.copytree(SEEDS, folder)
    next(folder.glob("002*")).unlink()
    for where, read in ((folder, 4), (tmp_path, 0)):
        report = report_on(shipped(), where)
        assert not report.ok
        of_documents = [check for check in report.checks if "could not be read" in check.remark]
        assert len(of_documents) == 7
        assert {check.outcome for check in of_documents} == {"not proved"}
        assert all(check.done < check.of or not check.of for check in of_documents[:3])
        assert all((check.done > 0) == (read > 0) for check in of_documents[:3])


def test_a_document_that_is_not_utf8_is_not_read_by_halves(tmp_path: Path) -> None:
    folder = tmp_path / "seeds"
    shutil.copytree(SEEDS, folder)
    path = next(folder.glob("003*"))
    path.write_bytes(path.read_bytes()[:100] + b"\xff" + path.read_bytes()[100:])
    report = report_on(shipped(), folder)
    assert any("byte 100 is not UTF-8" in fault.message for fault in report.faults)
    assert ("documents", "D003", "file") in places(report)


def test_a_data_file_that_differs_from_its_description_is_noticed() -> None:
    files = dict(FILES, **{"datapackage.json": json.dumps(DESCRIPTOR).encode()})
    files["data/figures.csv"] = files["data/figures.csv"].replace(b"12658", b"12301")
    report = report_on(Package(files.__getitem__))
    assert any(
        fault.table == "figures" and "is not the file" in fault.message for fault in report.faults
    )
    assert ("figures", "F026", "value") in places(report)


@pytest.mark.parametrize("fact", ["bytes", "rows"])
def test_a_wrong_fact_about_a_file_is_noticed(fact: str) -> None:
    descriptor = json.loads(json.dumps(DESCRIPTOR))
    descriptor["resources"][4][fact] += 1
    files = dict(FILES, **{"datapackage.json": json.dumps(descriptor).encode()})
    assert ("figures", "(file)", "hash") in places(report_on(Package(files.__getitem__)))


def test_an_unreadable_table_is_one_fault_with_its_place() -> None:
    rows = text_rows("figures")
    rows[3]["start_char"] = "many"
    report = report_on(Package(files_with("figures", rows).__getitem__))
    assert not report.ok
    assert 'data/figures.csv, line 5, column start_char: "many" is not' in report.lines(200)[1]


def test_a_stale_exception_fails() -> None:
    def reword(rows: list[Record]) -> None:
        rows[2]["note"] += " Changed."

    report = report_on(altered("figures", reword))
    assert any("exception is stale" in fault.message for fault in report.faults)

    def not_needed(rows: list[Record]) -> None:
        pin = row_sha256(shipped().rows("figures")[10])
        rows.append(dict(rows[0], row="F011", column="value", row_sha256=pin))

    report = report_on(altered("proof_exceptions", not_needed))
    assert any("no longer needs it" in fault.message for fault in report.faults)

    def of_no_row(rows: list[Record]) -> None:
        rows[0]["row"] = "F999"

    report = report_on(altered("proof_exceptions", of_no_row))
    assert any("no such row" in fault.message for fault in report.faults)


def test_an_exception_excuses_only_its_own_cell() -> None:
    report = report_on(altered("proof_exceptions", lambda rows: rows.clear()))
    assert places(report) == {
        ("figures", "F003", "measure_exact"),
        ("figures", "F004", "measure_exact"),
        ("figures", "F005", "measure_exact"),
        ("figures", "F006", "measure"),
        *(("trends", f"T{number:03}", "measure") for number in (6, 7, 8, 10)),
    }


def test_shipping_more_than_half_of_a_news_text_fails() -> None:
    text = next(SEEDS.glob("003*")).read_bytes().decode("utf-8")
    whole = text[:1500]

    def alter(rows: list[Record]) -> None:
        row = next(row for row in rows if row["document_id"] == "D003")
        row |= {"quote": whole, "quote_start": "0", "quote_end": "1500"}

    report = report_on(altered("figures", alter))
    assert any(fault.rule == "no_more_than_half_ships" for fault in report.faults)
    # D001 is a government release, which the limit does not bind.
    news = [d["document_id"] for d in shipped().rows("documents") if d["kind"] == "news_article"]
    assert max(verify().shares[document] for document in news) <= LARGEST_SHARE


def test_the_report_as_json_says_what_its_text_says() -> None:
    plain = json.loads(json.dumps(verify().to_dict()))
    assert plain["ok"] is True
    assert [check["name"] for check in plain["checks"]] == [c.name for c in verify().checks]
    assert set(plain["share_of_each_document_that_ships"]) == {
        row["document_id"] for row in text_rows("documents")
    }


def test_each_document_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []

    def counted(text: str) -> Reading:
        read.append(text)
        return read_text(text)

    monkeypatch.setattr("albania_uk_migration.proof.verify.read_text", counted)
    assert verify().ok
    assert sorted(read) == sorted(set(read))
    assert len(read) == len(text_rows("documents"))
