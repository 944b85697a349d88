"""The commands that compare, check and bound, as a user meets them."""

from __future__ import annotations

import json
import re

import pytest

from albania_uk_migration.comparing.consistency import all_findings
from albania_uk_migration.comparing.disagreeing import DISAGREEMENT_COLUMNS
from albania_uk_migration.comparing.findings import FINDING_COLUMNS
from albania_uk_migration.comparing.terms import CHECKS
from albania_uk_migration.tables.package import shipped

from ..support.commands import read_csv, run

CLAIM = "F034=2022-12-13/2023-05-16"
APRIL = ("implied", "returns", "--to", "2023-05-16", "--assume", CLAIM, "--from")


def test_compare_says_the_answer_in_words_then_why_and_what_is_assumed() -> None:
    done = run("compare", "F012", "F034")
    assert done.returncode == 0
    head, sentence, assumed, *rest = done.stdout.splitlines()
    assert head.startswith("F012 and F034 cannot be compared, because they count different things")
    assert "not_comparable" not in done.stdout
    assert '"954"' in sentence
    assert '"over 8,000"' in sentence
    assert (assumed, len(rest)) == ("Assumed:", 2)
    data = json.loads(run("compare", "F012", "F034", "--format", "json").stdout)
    assert data["verdict"] == "not_comparable"
    assert data["keys"] == ["measure", "period"]


def test_compare_tells_how_the_windows_of_two_falls_differ() -> None:
    done = run("compare", "F025", "F024")
    assert "1 January to 29 November 2023 against 2022" in done.stdout
    assert "2023 against 2022" in done.stdout


def test_compare_takes_assumptions_and_a_tolerance() -> None:
    joined = run(
        "compare", "F029", "F028", "--assume", "removals_are_returns", "--tolerance", "0.1"
    )
    assert joined.returncode == 0
    assert "removals_are_returns:" in joined.stdout
    assert "10% off" in joined.stdout


def test_the_disagreements_are_the_two_and_no_others() -> None:
    done = run("disagreements", "--format", "csv")
    rows = read_csv(done.stdout)
    assert list(rows[0]) == list(DISAGREEMENT_COLUMNS)
    assert [(row["check"], row["verdict"]) for row in rows] == [
        ("rank", "depends_on_reading"),
        ("strain", "strained"),
    ]
    assert "2 findings: 1 fits only with a jump, 1 depends on the reading." in done.stderr


def test_a_disagreement_is_an_answer_then_quotations_a_sum_and_assumptions() -> None:
    shown = run("disagreements", "--format", "table", COLUMNS="80").stdout
    lines = shown.splitlines()
    assert max(map(len, lines)) <= 80
    rank, strain = shown.split("\n\n")
    assert rank.startswith("It depends on how this is read: as a total for the year, no;")
    assert strain.startswith(
        "It fits the other figures only with a jump: at least 113 returns a day for 47\n"
        "days, against 9 a day from January to March 2023 [F033 F034 F018 F011]\n"
    )
    reported = "Rishi Sunak, 16 or 17 May 2023, the document's wording, not the speaker's: “More"
    assert reported in " ".join(strain.split())
    assert "  = 5,318  in the 47 days from 1 April to 17 May 2023: at least 113 a day" in strain
    assert "  Said earlier or later: 7 statements; show with --notes.\n" in strain
    assert "The words of F002 are as reworded by the repost." in " ".join(rank.split())
    for block in (rank, strain):
        assert len(block.splitlines()) <= 17
        for code in ("depends_on_reading", "strained", "F033 (", "None"):
            assert code not in block
        capitals = re.findall(r"\b[A-Z]{3,}\b", block)
        assert capitals == []


@pytest.mark.parametrize("command", ["disagreements", "consistency"])
@pytest.mark.parametrize("width", ["40", "80", "200"])
def test_findings_fit_the_terminal(command: str, width: str) -> None:
    shown = run(command, "--format", "table", COLUMNS=width).stdout
    assert max(map(len, shown.splitlines())) <= int(width)


def test_consistency_filters_by_check_verdict_and_figure() -> None:
    rows = read_csv(run("consistency").stdout)
    assert list(rows[0]) == list(FINDING_COLUMNS)
    assert [row["figures"].split() for row in rows] == [
        list(f.figures) for f in all_findings(shipped())
    ]
    one = read_csv(run("consistency", "--check", "change", "--figure", "F025").stdout)
    assert [(row["check"], row["verdict"]) for row in one] == [("change", "agrees_within_rounding")]
    none = run("consistency", "--verdict", "contradicts")
    assert (none.returncode, read_csv(none.stdout)) == (0, [])
    assert "0 checks." in none.stderr
    assert "25 not possible" in " ".join(run("consistency").stderr.split())
    wrong = run("consistency", "--check", "changes")
    assert wrong.returncode == 3
    assert 'Did you mean "change"?' in wrong.stderr


def test_every_check_that_is_listed_is_one_that_can_be_found() -> None:
    assert {finding.check for finding in all_findings(shipped())} <= set(CHECKS)


def test_implied_says_what_follows_and_what_does_not() -> None:
    april = run(*APRIL, "2023-04-01")
    assert april.returncode == 0
    assert (
        "at least 5,318 if all these claims are true; counts of the Home Office leave"
        in april.stdout
    )
    assert "instead of 1 October 2022 to 17 May 2023 at the widest" in april.stdout
    later = run(*APRIL, "2023-04-08")
    assert "the figures set no limit; counts of the Home Office leave" in later.stdout
    assert 'F009 ("Over 1,000") sets none' in later.stdout
    capped = run(*APRIL, "2023-04-08", "--assume", "F009 at most 1,500")
    assert "at least 6,501 if all" in capped.stdout
    data = json.loads(run(*APRIL, "2023-04-01", "--format", "json").stdout)
    assert (data["lower"], data["upper"], data["start"]) == (5318, None, "2023-04-01")
    assert data["lower_from"] == ["F011", "F018", "F034"]
    assert data["counted_release_id"] == "ho-iss-ye-dec-2023"


def test_figures_that_cannot_all_be_true_end_with_status_one() -> None:
    done = run("implied", "returns", "--from", "2022", "--to", "2022", "--assume", "F011 at most 9")
    assert done.returncode == 1
    assert "the figures cannot all be true" in done.stdout
    assert "F011" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (("implied", "retuns", "--from", "2022", "--to", "2022"), 3, 'Did you mean "returns"'),
        (("implied", "returns", "--from", "x", "--to", "2022"), 2, '--from "x" is not a date'),
        (("implied", "returns", "--from", "2023", "--to", "2022"), 2, "is before --from"),
        (("implied", "returns", "--from", "2022"), 2, "--to"),
        (("compare", "F012", "F34"), 3, 'Did you mean "F034"'),
        (("compare", "F012", "F034", "--tolerance", "5%"), 2, "is not a fraction"),
        (("compare", "F012", "F034", "--tolerance", "nan"), 2, "from 0 up to 1"),
        (("compare", "F012", "F034", "--assume", "F034=x"), 2, '"x" is not a date'),
        (("compare", "F012", "F034", "--as-of", "2023-05-01"), 3, "not yet known on 2023-05-01"),
        (
            ("consistency", "--figure", "F040", "--as-of", "2023-05-01"),
            *(3, "not yet known on 2023-05-01"),
        ),
        (("implied", "residents", "--from", "2022", "--to", "2022"), 3, "counted over time"),
        (
            ("implied", "returns", "--from", "2022", "--to", "2022", "--given", "F999"),
            *(3, 'No figure called "F999"'),
        ),
        (("returns", "--as-of", "2023-13"), 2, "does not exist"),
        (("returns", "--uncertain"), 2, "needs --as-of"),
        (("first-stated", "F999"), 3, 'No figure called "F999"'),
    ],
)
def test_wrong_input_says_what_to_do(arguments: tuple[str, ...], status: int, message: str) -> None:
    done = run(*arguments, COLUMNS="500")
    assert done.returncode == status
    assert message in done.stderr
    assert "Traceback" not in done.stderr


def test_as_of_shows_the_tables_of_a_day() -> None:
    assert read_csv(run("returns", "--as-of", "2022-12-31").stdout) == []
    known = run("returns", "--as-of", "2023-05-01")
    assert [row["year"] for row in read_csv(known.stdout)] == ["2021", "2022", "2023"]
    assert "As known on 2023-05-01: D000, D001." in known.stderr
    assert read_csv(run("returns", "--as-of", "2023-04-25").stdout) == []
    assert read_csv(run("returns", "--as-of", "2023-04-25", "--uncertain").stdout)
    shown = read_csv(run("show", "documents", "--as-of", "2023-06-01").stdout)
    assert [row["document_id"] for row in shown] == ["D000", "D001", "D003"]
    strained = read_csv(run("disagreements", "--as-of", "2023-06-01").stdout)
    assert [row["check"] for row in strained] == ["strain"]


def test_first_stated_in_order_of_time() -> None:
    rows = read_csv(run("first-stated", "F036").stdout)
    assert [(row["figure_id"], row["relation"]) for row in rows] == [
        ("F009", "first"),
        ("F010", "repeats"),
        ("F036", "repeats"),
    ]
