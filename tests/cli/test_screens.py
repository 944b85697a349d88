"""What a terminal shows: no line too long, no more than a screen, one line of caution."""

from __future__ import annotations

import argparse
import json
import re
import sys
import tempfile

import pytest

from albania_uk_migration.cli.commands import TEXTS
from albania_uk_migration.cli.main import _STARTS, SUBJECTS, parser_for
from albania_uk_migration.cli.output import FORMATS
from albania_uk_migration.cli.summaries import SUMMARIES

from ..support.altered_tables import SEEDS
from ..support.commands import read_csv, run

if sys.platform == "win32":
    pytest.skip("needs a pseudo-terminal", allow_module_level=True)

from ..support.terminal import on_terminal

# Arguments with which each command shows what it can; a new command needs its own.
EXAMPLES: dict[str, list[str]] = {
    "check": ["F034", "F034 --notes"],
    "check-claims": ["", "--figure F026", "--explain --all", "--notes --verdict agrees"],
    "evidence": ["F034", "S001 --context paragraph"],
    "explore": [
        f"--output {tempfile.gettempdir()}/page.html",
        f"--card F034 --output {tempfile.gettempdir()}/f034.svg",
    ],
    "export": [f"{tempfile.gettempdir()}/flat.csv --overwrite"],
    "first-stated": ["F036", "F036 --notes"],
    "figures": ["", "--measure returns --notes", "--all", "--as-of 2023-05-01"],
    "returns": ["", "--source both --notes --all"],
    "arrivals": ["", "--notes --all"],
    "changes": ["", "--notes --all"],
    "funding": ["", "--notes"],
    "timeline": ["", "--notes --all"],
    "official": ["returns", "returns --freq quarter --notes", "small_boat_arrivals --period 2022"],
    "disagreements": ["", "--notes"],
    "apparent-conflicts": ["", "--notes --limit 3"],
    "compare": ["F025 F024", "F001 F002"],
    "consistency": ["", "--all --notes"],
    "implied": ["returns --from 2022 --to 2022", "returns --from 2023-04 --to 2023-05"],
    "list": ["", "--all"],
    "show": ["figures", "official_releases --all", "follow_ups --all", "documents --columns note"],
    "describe": ["figures", "figures --all", "populations --columns column,type"],
    "get": ["F034", "F001 --notes", "ho-iss-ye-mar-2022"],
    "path": ["figures"],
    "cite": ["F012", "", "official_statistics"],
    "release-changes": ["", "--columns table,new"],
    "metadata": ["schema.org"],
    "verify": ["", "--documents nowhere"],
    "validate": ["data/figures.csv", "data/actors.csv --table figures"],
    "draft": [f"seeds/{next(SEEDS.glob('002*')).name}", "CONTRIBUTING.md"],
    "completion": ["bash"],
}
# What these print is for programs: a path, JSON-LD, a script.
FOR_PROGRAMS = ("path", "metadata", "completion")
WRONG = [
    ("show", "figurs"),
    ("returns", "--columns", "yaer"),
    ("get", "F9999"),
    ("timeline", "--kind", "events"),
    ("show",),
    ("official", "returns", "--colums", "year"),
    ("verify", "--documents", "a-folder-that-is-not-there"),
    ("implied", "returns", "--from", "2023", "--to", "2022"),
    ("evidence", "home-office"),
    ("figures", "--period", "last year"),
    ("sing",),
]
(PARSERS,) = (a.choices for a in parser_for()._actions if isinstance(a, argparse._SubParsersAction))
COMMANDS = sorted(PARSERS)


def with_format(formats: tuple[str, ...]) -> list[str]:
    """The commands that offer these formats."""
    return [
        name
        for name in COMMANDS
        if any(a.dest == "format" and a.choices == formats for a in PARSERS[name]._actions)
    ]


TABLES, SAYING = with_format(FORMATS), with_format(TEXTS)


def too_long(lines: list[str], width: int) -> list[str]:
    """Lines wider than the terminal; a web address is never cut, and does not count."""
    return [line for line in lines if len(re.sub(r"\S*://\S*$", "", line)) > width]


def asked(command: str, number: int = 0) -> list[str]:
    return [command, *EXAMPLES[command][number].split()]


@pytest.mark.parametrize("width", [40, 80, 200])
@pytest.mark.parametrize("command", [name for name in COMMANDS if name not in FOR_PROGRAMS])
def test_no_line_is_longer_than_the_terminal_is_wide(command: str, width: int) -> None:
    for number in range(len(EXAMPLES[command])):
        shown = on_terminal(*asked(command, number), columns=width)
        assert shown
        assert too_long(shown, width) == []


@pytest.mark.parametrize("width", [40, 80, 200])
@pytest.mark.parametrize(
    "arguments", [(), ("--help",), *((name, "--help") for name in COMMANDS), *WRONG], ids=" ".join
)
def test_help_and_errors_fit_too(arguments: tuple[str, ...], width: int) -> None:
    shown = on_terminal(*arguments, columns=width)
    assert shown
    assert too_long(shown, width) == []
    # Running text is not made as wide as a wide terminal.
    assert too_long(shown, 100) == []


def test_the_overview_fits_a_screen_and_begins_with_commands_that_are_there() -> None:
    shown = on_terminal()
    assert len(shown) < 24
    assert {line.split()[0] for line, _ in _STARTS} <= set(SUMMARIES)
    assert "check F034" in shown[7]


def test_the_help_lists_every_command_with_a_line() -> None:
    # `check` is listed, whether or not it is there yet.
    assert set(SUMMARIES) == {*COMMANDS, "check"}
    assert sorted(name for names in SUBJECTS.values() for name in names) == COMMANDS
    shown = on_terminal("--help", columns=100)
    for name, line in SUMMARIES.items():
        assert f"  {name:<{max(map(len, SUMMARIES))}}  {line}" in shown


def messages(shown: list[str]) -> list[str]:
    """What stands below the last empty line."""
    at = max((number for number, line in enumerate(shown) if not line), default=len(shown))
    return shown[at + 1 :]


@pytest.mark.parametrize(
    "command", [name for name in TABLES if name not in ("draft", "list", "validate", "describe")]
)
def test_a_table_has_one_line_of_caution_and_says_how_to_see_the_notes(command: str) -> None:
    # Wide enough that a line is not wrapped, but for the verdicts that consistency counts.
    calm = messages(on_terminal(*asked(command), columns=100, lines=500))
    assert len(calm) <= 2 or command == "consistency"
    if calm[-1].endswith("add --notes."):
        noted = on_terminal(*asked(command), "--notes", columns=100, lines=500)
        assert len(noted) > len(calm)
        assert calm[-1] not in noted


@pytest.mark.parametrize("command", [*TABLES, *SAYING])
def test_quiet_says_nothing(command: str) -> None:
    arguments = asked(command)
    assert run(*arguments, "--quiet").stderr == ""
    assert run(*arguments, "--quiet").stdout == run(*arguments).stdout
    wrong = run("show", "figurs", "--quiet")
    assert (wrong.returncode, wrong.stdout) == (3, "")
    assert "Did you mean" in wrong.stderr


@pytest.mark.parametrize("command", TABLES)
def test_columns_are_chosen_in_every_format(command: str) -> None:
    # A table with faults, so that validate has rows.
    arguments = asked(command, 1 if command in ("validate", "draft") else 0)
    every = read_csv(run(*arguments, "--format", "csv").stdout)
    first, *_, last = every[0]
    chosen = f"{last},{first}"
    rows = read_csv(run(*arguments, "--format", "csv", "--columns", chosen).stdout)
    assert [list(row) for row in rows] == [[last, first]] * len(every)
    assert rows == [{name: row[name] for name in (last, first)} for row in every]
    listed = json.loads(run(*arguments, "--format", "json", "--columns", chosen).stdout)
    assert [list(row) for row in listed] == [[last, first]] * len(every)
    lines = run(*arguments, "--format", "jsonl", "--columns", chosen).stdout.splitlines()
    assert [json.loads(line) for line in lines] == listed
    markdown = run(*arguments, "--format", "markdown", "--columns", chosen).stdout
    assert markdown.startswith(f"| {last} | {first} |")
    wrong = run(*arguments, "--columns", first[:-1])
    assert wrong.returncode == 3
    assert f'No column called "{first[:-1]}". Did you mean' in wrong.stderr


@pytest.mark.parametrize(("lines", "fewest"), [(1, 3), (24, 3), (60, 10)])
def test_a_long_table_stops_at_a_screenful_and_says_what_is_left(lines: int, fewest: int) -> None:
    shown = on_terminal("timeline", columns=120, lines=lines)
    assert lines < 24 or len(shown) < lines
    (left,) = [line for line in shown if line.endswith("--all")]
    rows = [line for line in shown[2 : shown.index(left)] if not line.startswith("  ")]
    every = len(read_csv(run("timeline").stdout))
    more = re.fullmatch(r"(\d+) more rows: --all", left)
    assert more is not None
    assert int(more[1]) >= every - len(shown)
    assert len(shown[2 : shown.index(left)]) >= fewest
    assert rows
    whole = on_terminal("timeline", "--all", columns=120, lines=lines)
    assert not any(line.endswith("--all") for line in whole)
    assert whole[: shown.index(left)] == shown[: shown.index(left)]


def test_a_pipe_gets_every_row() -> None:
    whole = run("show", "official_statistics", "--format", "table", LINES="10").stdout
    assert "--all" not in whole
    assert len(whole.splitlines()) > 900


def test_names_stand_on_a_terminal_and_identifiers_in_data() -> None:
    for command, name, identifier in (
        ("arrivals", "Everybody", "all"),
        ("changes", "Lord David Cameron", "david-cameron"),
        ("funding", "UK", "united-kingdom"),
        ("timeline --kind document", "D000 itself", "d000-voice"),
        ("first-stated F036", "Home Office", "home-office"),
        ("official returns", "Home Office, 29 February 2024", "ho-iss-ye-dec-2023"),
        ("figures --claimant rishi-sunak", "Rishi Sunak (stated)", "rishi-sunak"),
    ):
        shown = "\n".join(on_terminal(*command.split(), "--all", columns=200))
        assert name in shown
        assert identifier not in shown.replace(name, "").split()
        assert identifier in run(*command.split(), "--format", "csv").stdout


def test_dates_stand_in_words_on_a_terminal() -> None:
    shown = "\n".join(on_terminal("timeline", "--all", columns=200))
    for words in (
        "by 30 September 2022",
        "between 26 and 31 October 2022",
        "between 13 December 2022 and 26 April 2023",
        "16 or 17 May 2023",
        "September 2022",
        "1 January 2023 to 22 May 2024",
    ):
        assert f"\n{words} " in shown
    assert "from 1 January 2022" in "\n".join(on_terminal("arrivals", columns=200))
