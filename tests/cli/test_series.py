"""Commands on series: the same in every format, fit for any terminal."""

from __future__ import annotations

import functools
import json
import re
from decimal import Decimal

import pytest

from albania_uk_migration import records
from albania_uk_migration.cli.series import hedged
from albania_uk_migration.series.returns import returns_series
from albania_uk_migration.tables.package import shipped

from ..support.commands import read_csv, run


def test_returns_in_csv() -> None:
    done = run("returns", "--format", "csv")
    rows = {row["year"]: row for row in read_csv(done.stdout)}
    assert done.returncode == 0
    assert [rows["2021"][c] for c in ("enforced", "voluntary", "total")] == ["", "492", ""]
    assert [rows["2022"][c] for c in ("enforced", "voluntary", "total")] == ["954", "934", "1888"]
    assert [rows["2023"][c] for c in ("enforced", "voluntary", "total")] == ["389", "406", "795"]
    assert rows["2023"]["months"] == "January to March"
    assert rows["2023"]["complete"] == "false"
    assert "2023 is January to March only." in done.stderr
    assert "Left out:" not in done.stderr
    noted = run("returns", "--notes").stderr
    assert "Left out:" in noted
    assert 'F033 "More than 8,000" (Rishi Sunak)' in noted


def test_returns_in_json_and_as_a_table() -> None:
    rows = json.loads(run("returns", "--format", "json").stdout)
    assert rows[1]["total"] == 1888
    assert rows[0]["total"] is None
    table = run("returns", "--format", "table").stdout.splitlines()
    assert table[0].split() == ["year", "months", "enforced", "voluntary", "total", "figures"]
    assert "1888" in table[3]


SERIES = ("returns", "arrivals", "changes", "funding", "timeline", "figures")


@pytest.mark.parametrize("command", SERIES)
def test_a_series_is_the_same_in_every_format(command: str) -> None:
    rows = read_csv(run(command, "--format", "csv").stdout)
    listed = json.loads(run(command, "--format", "json").stdout)
    lines = run(command, "--format", "jsonl").stdout.splitlines()
    assert [json.loads(line) for line in lines] == listed
    assert len(rows) == len(listed)
    for row, values in zip(rows, listed, strict=True):
        assert list(row) == list(values)
        for name, cell in row.items():
            value = values[name]
            assert cell == (
                "" if value is None else json.dumps(value) if value in (True, False) else str(value)
            )
    markdown = run(command, "--format", "markdown").stdout.splitlines()
    assert len(markdown) == len(rows) + 2
    widths = {len(re.findall(r"(?<!\\)\|", line)) for line in markdown}
    assert len(widths) == 1


@pytest.mark.parametrize("command", [*SERIES, "list"])
@pytest.mark.parametrize("width", [40, 80, 200])
def test_a_table_and_its_notes_fit_the_terminal(command: str, width: int) -> None:
    done = run(command, "--format", "table", COLUMNS=str(width))
    assert done.returncode == 0
    assert max(map(len, done.stdout.splitlines() + done.stderr.splitlines())) <= width


def test_the_timeline_holds_every_dated_event_once() -> None:
    rows = read_csv(run("timeline", "--format", "csv").stdout)
    events = [row["id"] for row in rows if row["kind"] == "event"]
    dated = [row["event_id"] for row in records("agreement_events") if row["date"] is not None]
    assert sorted(events) == sorted(dated)
    only = read_csv(run("timeline", "--kind", "event", "--format", "csv").stdout)
    assert [row["id"] for row in only] == events


def test_figures_are_chosen_by_options_that_are_repeated_or_joined() -> None:
    done = run(*"figures --measure returns --measure removals --claimant home-office".split())
    rows = read_csv(done.stdout)
    assert {row["measure"] for row in rows} == {"returns"}
    assert "Don't add figures up" in done.stderr


def test_a_bound_is_never_shown_as_a_count() -> None:
    """No shipped year of returns is hedged; one of a reader's own document may be."""
    (row, *_) = returns_series(shipped()).rows
    shown = functools.partial(hedged, shipped())
    bound = {**row, "total": Decimal(2600), "total_lower": Decimal(2600), "total_upper": None}
    assert shown(bound)["total"] == "lower bound 2600"
    bound |= {"total_lower": None, "total_upper": Decimal(2600)}
    assert shown(bound)["total"] == "upper bound 2600"
    assert shown({**bound, "total_upper": None})["total"] == "about 2600"
    assert shown(row)["total"] is None
    assert shown(row)["voluntary"] == 492
