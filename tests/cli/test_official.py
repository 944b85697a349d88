"""The commands about official statistics, as a user meets them."""

from __future__ import annotations

import json
from pathlib import Path

from albania_uk_migration.official.check import CLAIM_COLUMNS

from ..support.commands import read_csv, run
from ..support.workbooks import csv_file, data_sheet, row


def test_returns_by_year_and_type_with_their_release() -> None:
    rows = {row["year"]: row for row in read_csv(run("official", "returns").stdout)}
    assert list(rows) == [str(year) for year in range(2018, 2026)]
    assert rows["2023"]["enforced"] == "2501"
    assert rows["2023"]["release_id"] == "ho-iss-ye-dec-2023"
    assert rows["2024"]["voluntary"] == rows["2024"]["release_id"] == ""
    shown = run("official", "returns", "--format", "table").stdout
    assert "Home Office, 29 February 2024" in shown
    assert "Home Office, 21 May 2026 *" in shown
    done = run("official", "returns", "--vintage", "2023-06-01")
    assert [row["release_id"] for row in read_csv(done.stdout)] == ["ho-iss-ye-mar-2023"] * 3


def test_one_row_per_measure_and_period() -> None:
    rows = read_csv(run("official", "returns", "--long").stdout)
    found = {(row["measure"], row["year"]): row for row in rows}
    assert len(found) == len(rows)
    assert found["returns", "2022"]["value"] == "2010"
    assert found["enforced_returns", "2022"]["value"] == "958"
    assert found["returns", "2024"]["value"] == found["returns", "2024"]["summed"] == ""
    shown = run("official", "returns", "--long", "--freq", "quarter", "--format", "table").stdout
    assert shown.splitlines()[0].split() == ["measure", "year", "quarter", "value", "published"]
    assert "Voluntary returns" in shown


def test_every_vintage_of_a_period_and_its_picture(tmp_path: Path) -> None:
    path = tmp_path / "vintages.svg"
    done = run("official", "small_boat_arrivals", "--period", "2022", "--plot", str(path))
    assert [row["value"] for row in read_csv(done.stdout)] == [
        *["12301"] * 2,
        *["12658"] * 4,
    ]
    assert path.read_text("utf-8").startswith("<svg")
    assert "Saved" in done.stderr


def test_options_that_exclude_each_other_are_refused(tmp_path: Path) -> None:
    for options, told in (
        (("official", "returns", "--plot", str(tmp_path / "x.svg")), "--period 2022"),
        (("official", "returns", "--period", "2022", "--vintage", "2023-06-01"), "Leave out"),
        (("official", "returns", "--workbook", "x.xlsx", "--vintage", "2023-06-01"), "not both"),
        (("check-claims", "--against", "x.xlsx", "--vintage", "latest"), "not both"),
        (("official", "returns", "--period", "2022", "--freq", "quarter"), "Leave out"),
        (("official", "returns", "--period", "2022", "--long"), "Leave out"),
        (("official", "returns", "--unlisted-as-zero"), "--workbook FILE"),
        (("check-claims", "--unlisted-as-zero"), "--against FILE"),
        (("official", "returns", "--area", "GBR", "--workbook", "x.xlsx"), "not both"),
    ):
        done = run(*options, COLUMNS="500")
        assert done.returncode == 2
        assert told in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_what_is_not_there_is_named_with_the_nearest() -> None:
    for options, told in (
        (("official", "retuns"), 'Did you mean "returns"?'),
        (("official", "returns", "--vintage", "ho-iss-ye-dec-2032"), "Did you mean"),
        (("check-claims", "--figure", "F99"), 'No figure called "F99"'),
        (("check-claims", "--verdict", "agree"), 'Did you mean "agrees"?'),
        (("check-claims", "--vintage", "lates"), 'Did you mean "latest"?'),
        (("returns", "--source", "offices"), "No source"),
    ):
        done = run(*options, COLUMNS="500")
        assert done.returncode == 3
        assert told in done.stderr
    missing = run("check-claims", "--against", "nowhere.xlsx", COLUMNS="500")
    assert missing.returncode == 1
    assert "nowhere.xlsx" in missing.stderr


def test_checked_claims_filter_by_figure_verdict_and_whether_public() -> None:
    done = run("check-claims")
    rows = read_csv(done.stdout)
    assert list(rows[0]) == list(CLAIM_COLUMNS)
    assert "36 figures checked." in done.stderr
    noted = run("check-claims", "--notes", COLUMNS="500").stderr
    assert "Verdicts: 3 matched, 2 matched once rounded" in noted
    assert 'F001 "140,000"' in noted
    found = read_csv(run("check-claims", "--verdict", "definition_differs").stdout)
    assert [row["figure_id"] for row in found] == ["F003", "F028", "F029"]
    found = read_csv(run("check-claims", "--public", "yes", "--verdict", "agrees").stdout)
    assert [row["figure_id"] for row in found] == ["F024", "F026", "F035"]
    table = run("check-claims", "--figure", "F033", "--format", "table", COLUMNS="500").stdout
    assert table.startswith("F033 (“More than 8,000”): No statistical release that we know of")
    assert "Also said: 5 June 2023, later:" in table
    overview = run("check-claims", "--format", "table", COLUMNS="140")
    assert overview.stdout.startswith("figure  claim             what official figures say\n")
    answer = "“12,658” matches the official figure published at the time: 12,658."
    assert f"F026    12,658            {answer}\n" in overview.stdout
    assert "0 of 36 figures checked." in run("check-claims", "--verdict", "disagrees").stderr
    explained = run("check-claims", "--explain", "--format", "table").stdout
    assert explained.count("\nF0") == 35
    data = json.loads(run("check-claims", "--figure", "F026", "--format", "json").stdout)
    assert data[0]["official_lower"] == 12658


def test_vintages_of_the_command_are_those_of_the_function() -> None:
    for vintage, verdict in (
        ("at-the-time", "agrees"),
        ("latest", "agrees"),
        ("ho-iss-ye-dec-2022", "disagrees"),
        ("2023-06-01", "disagrees"),
    ):
        (row,) = read_csv(run("check-claims", "--figure", "F026", "--vintage", vintage).stdout)
        assert row["verdict"] == verdict


def test_as_of_a_day_no_later_release_is_known() -> None:
    known = run("check-claims", "--as-of", "2023-05-20")
    rows = {row["figure_id"]: row for row in read_csv(known.stdout)}
    assert rows["F012"]["vintages"] == ""
    assert "F026" not in rows
    later = run("check-claims", "--as-of", "2023-06-01")
    rows = {row["figure_id"]: row for row in read_csv(later.stdout)}
    assert rows["F012"]["vintages"] == "956 (ho-iss-ye-mar-2023)"


def test_what_was_said_elsewhere_stands_beside_a_row_and_a_finding() -> None:
    assert "more than 1,800" in run("get", "F034", "--notes").stderr.replace("\n", " ")
    rows = read_csv(run("disagreements").stdout)
    assert "F033, 5 June 2023, later" in rows[1]["follow_ups"]


def test_documents_and_offices_stand_apart() -> None:
    rows = read_csv(run("returns", "--source", "both").stdout)
    totals = {(row["source"], row["year"]): row["total"] for row in rows}
    assert totals["documents", "2022"] == "1888"
    assert totals["official", "2022"] == "2010"
    shown = run("returns", "--source", "official", "--format", "table", COLUMNS="200")
    assert "Home Office, 21 May 2026 *" in shown.stdout
    assert "* Treat 2025 with caution (voluntary returns: revised by a fifth" in shown.stderr
    done = run("returns", "--source", "official", "--vintage", "2023-06-01")
    assert {row["release_id"] for row in read_csv(done.stdout)} == {"ho-iss-ye-mar-2023"}
    assert run("returns", "--vintage", "latest").returncode == 0


def test_a_workbook_is_told_once_and_people_returned_to_albania_are_all(tmp_path: Path) -> None:
    groups = (
        "Enforced return",
        "Voluntary return",
        "Refused entry at port and subsequently departed",
    )
    quarters = [
        row("Ret_D02", 100.0, Quarter=f"2022 Q{number}", Return_type_group=group)
        for number in (1, 2, 3, 4)
        for group in groups
    ]
    path = tmp_path / "returns.csv"
    path.write_bytes(csv_file(data_sheet("Ret_D02", quarters, end=False)))
    done = run("official", "returns_to_albania", "--workbook", str(path), "--notes")
    assert [line["value"] for line in read_csv(done.stdout)] == ["1200"]
    said = " ".join(done.stderr.split())
    assert said.count("it may be cut off") == 1
    assert 'returns.csv: Ret_D02 from sheet "returns.csv"' in said
