"""One claim, one answer: all that a reader needs is on the screen, and the numbers add up."""

from __future__ import annotations

import json
from decimal import Decimal
from functools import cache
from typing import Any

import pytest

from albania_uk_migration import UnknownNameError, check, check_claim, records
from albania_uk_migration.answers.check import Check, checks_in
from albania_uk_migration.comparing.terms import VERDICTS
from albania_uk_migration.official.terms import CLAIM_VERDICTS
from albania_uk_migration.tables.cells import Row
from albania_uk_migration.tables.package import shipped
from albania_uk_migration.wording import display_width

FIGURES = records("figures")
IDS = [str(row["figure_id"]) for row in FIGURES]


@cache
def checked() -> dict[str, Check]:
    return {one.figure_id: one for one in checks_in(shipped(), IDS)}


def one_line(text: str) -> str:
    return " ".join(text.split())


def altered(table: str, key: str, **cells: Row) -> dict[str, list[Row]]:
    """Rows of a table, some of them with other cells."""
    return {table: [{**row, **cells.get(row[key], {})} for row in records(table)]}


def check_with(figure: str, rows: dict[str, list[Row]]) -> Check:
    return next(iter(checks_in(shipped().with_rows(rows), [figure])))


# ---------------------------------------------------------------- the screen


def test_the_screen_of_f034_is_enough_to_retell_it() -> None:
    text = str(check("F034"))
    told = one_line(text)
    for needed in (
        "Rishi Sunak, 16 or 17 May 2023",
        "we’ve now sent over 8,000 illegal migrants from Albania back to Albania",
        "1 October 2022 to 17 May 2023 at the widest",
        "No statistical release that we know of covered the whole period when this was said",
        "ran to 31 March 2023; we do not have its numbers (Home Office, 24 April 2023",
        "at most 3,066 from October 2022 to June 2023: 622 + 923 + 1,521",
        "2.6 times",
        "in the 47 days from 1 April to 17 May 2023: at least 113 a day, against 9 from January",
        "5 June 2023",
        "more than 1,800 Albanian illegal migrants and foreign criminals",
        "Counts of the Home Office leave at most 1,521 for those 47 days",
        "which favours the claim",
        "The words date the deal, not the count",
        "F034",
    ):
        assert needed in told, needed
    assert "https://www.gov.uk/government/statistics/" in text
    column = text.split("What the claim needs\n")[1].split("\n\n")[0]
    assert [
        line.split("   ")[0:] and line[:10].split()[-1] for line in column.splitlines()[:4]
    ] == [
        "8,001",
        "1,888",
        "795",
        "5,318",
    ]
    assert text.startswith("No statistical release")
    assert len(text.splitlines()) <= 54


@pytest.mark.parametrize("width", [40, 60, 80, 200])
@pytest.mark.parametrize("notes", [False, True])
def test_every_screen_keeps_its_width_and_says_who_where_and_how_to_cite(
    width: int, notes: bool
) -> None:
    for name, found in checked().items():
        text = found.text(width, notes)
        for line in text.splitlines():
            assert display_width(line) <= width or "http" in line, (name, line)
        told = one_line(text)
        row: Any = found.figure
        assert told.startswith(one_line(found.answer))
        assert one_line(row["quote"]) in told
        assert one_line(found.said.words) in told
        assert found.footnote.split(",")[0] in told
        if notes:
            assert one_line(row["note"] or "") in told
            assert all(text in told for text in found.assumptions)


def test_no_screen_has_a_code_in_it() -> None:
    codes = {code for code in (*CLAIM_VERDICTS, *VERDICTS) if "_" in code}
    codes |= {str(row["release_id"]) for row in records("official_releases")}
    codes |= {str(row["actor_id"]) for row in records("actors") if "-" in str(row["actor_id"])}
    codes |= {"GBR", "None"}
    for found in checked().values():
        text = found.text(80, notes=True)
        without = " ".join(word for word in text.split() if "http" not in word)
        assert not [code for code in codes if f" {code}" in without]


def test_an_inferred_claimant_is_called_inferred_and_an_own_voice_an_own_voice() -> None:
    said = {
        "inferred": "(we infer this)",
        "own_voice": "in its own voice",
        "unattributed": "the text does not name",
    }
    for row in FIGURES:
        words = checked()[row["figure_id"]].said.words
        for basis, text in said.items():
            assert (text in words) == (row["claimant_basis"] == basis)


def test_words_that_a_repost_changed_are_never_shown_as_the_speakers_own() -> None:
    reworded = {r["document_id"] for r in records("documents") if r["fidelity"] == "reworded"}
    for row in FIGURES:
        text = one_line(str(checked()[row["figure_id"]]))
        assert ("(as reworded by the repost)" in text) == (row["document_id"] in reworded)


def test_words_of_a_report_are_not_shown_as_a_quotation() -> None:
    modes = {row["statement_id"]: row["mode"] for row in records("statements")}
    for row in FIGURES:
        text = one_line(str(checked()[row["figure_id"]]))
        reported = row["claimant_basis"] == "stated" and (
            row["statement_id"] is None or modes[row["statement_id"]] in ("reported", "data")
        )
        repost = row["document_id"] == "D000"
        assert ("the document's wording, not the" in text) == (reported and not repost), row[
            "figure_id"
        ]


def test_what_was_only_planned_is_not_said_to_have_been_said() -> None:
    assert "Lord David Cameron was due to say this on 22 May 2024" in one_line(str(check("F023")))
    assert sum("was due to say" in one.said.words for one in checked().values()) == 1


# ---------------------------------------------------------------- what it rests on


def test_the_official_part_is_that_of_check_claim() -> None:
    for name, found in checked().items():
        if found.official is None:
            assert found.why_not_compared
        else:
            assert found.official == check_claim(name)
            assert found.answer.startswith(found.official.answer) or found.beside.readings


def test_the_terms_add_up_and_every_sum_gives_its_number() -> None:
    strained = 0
    for name, found in checked().items():
        data = found.to_dict()
        assert json.loads(json.dumps(data)) == data
        assert data["figure"]["figure_id"] == name
        needs = data["needs"]
        if needs is not None:
            strained += 1
            signs = {"+": 1, "−": -1}
            total = sum(signs[t["sign"]] * t["times"] * t["number"] for t in needs["terms"])
            assert total == needs["total"]
            assert needs["total"] / needs["days"] == pytest.approx(needs["rate"])
            assert {term["figure_id"] for term in needs["terms"]} <= set(IDS)
        for line in data["official_lines"]:
            assert line["url"]
            assert line["release_id"]
            if len(line["sums"]) == 1 and line["sums"][0]["around"]:
                added = sum(part["number"] for part in line["sums"][0]["around"])
                assert f"{added:,}" in line["text"] or line["text"].startswith("at least")
    assert strained == 2


def exactly(number: int) -> Row:
    return {name: Decimal(number) for name in ("value", "lower", "upper")}


def test_the_arithmetic_follows_the_figures_several_at_once() -> None:
    more = {"F011": 2888, "F012": 1954, "F018": 895, "F019": 489}
    cells = {name: exactly(number) for name, number in more.items()}
    found = check_with("F034", altered("figures", "figure_id", **cells))
    assert [number for number, _ in found.beside.column] == ["8,001", "− 2,888", "− 895", "= 4,218"]
    # Without the two, no other figure limits the days, and nothing is needed of them.
    rows = [row for row in records("figures") if row["figure_id"] not in ("F011", "F018")]
    found = check_with("F034", {"figures": rows})
    assert [number for number, _ in found.beside.column] != ["8,001", "− 1,888", "− 795", "= 5,318"]


def test_a_contradiction_with_another_figure_is_said_in_the_answer() -> None:
    found = check_with("F011", altered("figures", "figure_id", F011=exactly(2888)))
    assert "The parts do not add up to the whole." in found.answer
    assert "add up" not in check("F011").answer


def test_what_was_published_since_follows_the_official_values() -> None:
    doubled = [
        {**row, "value": None if row["value"] is None else 3 * row["value"]}
        for row in records("official_statistics")
    ]
    found = check_with("F034", {"official_statistics": doubled})
    assert "at most 9,198" not in found.answer
    assert "which neither proves nor rules out “over 8,000”" in found.answer
    found = check_with("F034", {"official_statistics": []})
    assert [line.asked for line in found.official_lines] == ["then"]


def test_what_an_office_said_later_stands_on_the_screen_and_the_rest_is_counted() -> None:
    text = str(check("F034"))
    assert "Robert Jenrick" not in text
    assert "4 more reports" in text
    assert "Robert Jenrick" in check("F034").text(notes=True)
    rows = [row for row in records("follow_ups") if row["licence"] is None]
    assert "Arab News" in one_line(str(check_with("F034", {"follow_ups": rows})))
    none = check_with("F034", {"follow_ups": []})
    assert none.said_elsewhere == ()
    assert "Later  " not in str(none)


def test_a_rank_is_answered_on_each_of_its_readings() -> None:
    found = check("F047")
    assert found.answer.startswith("It depends on how this is read: as a total for the year, no;")
    assert [reading["holds"] for reading in found.to_dict()["readings"]] == [False, None]


def test_a_figure_that_does_not_exist_is_named_with_the_nearest() -> None:
    with pytest.raises(UnknownNameError, match="F034"):
        check("F34")
