"""The command `check`: found by identifier, number or words; on one screen or as JSON."""

from __future__ import annotations

import json

import pytest

from albania_uk_migration import check, records

from ..support.commands import read_csv, run


def test_one_claim_is_one_screen_and_the_same_as_in_python() -> None:
    shown = run("check", "F034", COLUMNS="80").stdout
    assert shown == f"{check('F034')}\n"
    assert run("check", "F034", "--notes", COLUMNS="80").stdout == (
        check("F034").text(80, notes=True) + "\n"
    )


def test_several_claims_stand_in_the_order_asked_for() -> None:
    shown = run("check", "F034", "F026").stdout
    assert shown.startswith("F034\n")
    assert "\n\n\nF026\n" in shown
    data = json.loads(run("check", "F034", "F026", "--format", "json").stdout)
    assert [one["figure_id"] for one in data] == ["F034", "F026"]
    assert json.loads(run("check", "F026", "--format", "json").stdout) == check("F026").to_dict()


def test_every_claim_of_a_document_or_a_measure_is_checked() -> None:
    wanted = [row["figure_id"] for row in records("figures") if row["document_id"] == "D003"]
    data = json.loads(run("check", "--document", "D003", "--format", "json").stdout)
    assert [one["figure_id"] for one in data] == wanted
    data = json.loads(
        run("check", "--document", "D003", "--measure", "returns", "--format", "json").stdout
    )
    assert [one["figure_id"] for one in data] == ["F033", "F034", "F036"]


def test_a_claim_is_found_by_its_number_or_its_words() -> None:
    assert (
        run("check", "12658").stdout == run("check", "12,658").stdout == run("check", "F026").stdout
    )
    assert run("check", "worst year").stdout == run("check", "F047").stdout
    several = run("check", "8000").stdout
    assert several.startswith("2 claims say “8000”. Check one of them:\n")
    assert "check F033" in several
    assert "check F034" in several
    # A number is not found inside another.
    assert "F002" not in several
    found = run("figures", "--words", "8,000", "--format", "csv").stdout
    assert [row["figure_id"] for row in read_csv(found)] == ["F033", "F034"]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (("F34",), 'No figure called "F34". Did you mean "F034"?'),
        (("80001",), 'No claim called "80001". Give an identifier (F034), a number (8,000) or'),
        (("S032",), "It is a statement; see its words: evidence S032"),
        (("D003",), "check --document D003"),
        ((), "Which figure? Give its identifier (F034), its number, or --document D003."),
    ],
)
def test_what_is_not_a_claim_is_said_with_what_to_do(asked: tuple[str, ...], said: str) -> None:
    done = run("check", *asked)
    assert done.returncode in (2, 3)
    assert said in " ".join(done.stderr.split())
