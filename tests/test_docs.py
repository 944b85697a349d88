"""The pages: links lead somewhere, the transcript is what commands print, forms are forms."""

from __future__ import annotations

import re
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest
import yaml

import albania_uk_migration
from albania_uk_migration import parse_quantity

from .support.altered_tables import ROOT

pytestmark = pytest.mark.once

PAGES = [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_relative_link_leads_to_a_file(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)", page.read_text(encoding="utf-8")):
        if not re.match(r"https?://|\.\./\.\./issues/", target):
            assert (page.parent / target).exists(), target


def test_every_form_that_a_page_names_is_there_and_every_form_is_named() -> None:
    folder = ROOT / ".github" / "ISSUE_TEMPLATE"
    named = set(re.findall(r"template=(\w+\.yml)", (ROOT / "CORRECTIONS.md").read_text("utf-8")))
    assert named == {path.name for path in folder.glob("*.yml")} - {"config.yml"}
    for name in named:
        form = yaml.safe_load((folder / name).read_text(encoding="utf-8"))
        assert {"name", "description", "body"} <= set(form)
        ids = [part["id"] for part in form["body"] if part["type"] != "markdown"]
        assert len(ids) == len(set(ids)) > 0
        assert all(part["attributes"] for part in form["body"])


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_the_first_ten_commands_print_what_the_page_says() -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "scripts" / "transcript.py"), "--check"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


def test_the_readme_shows_functions_that_exist() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for name in set(re.findall(r"aum\.(\w+)", readme)):
        assert hasattr(albania_uk_migration, name), name


def test_the_readme_shows_what_check_prints() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    block = re.search(r"```text\n(.*?)```", readme, re.DOTALL)
    assert block is not None
    answer = albania_uk_migration.check("F034").text(80)
    for shown in block[1].split("\n\n"):
        assert shown.strip("\n") in answer


def test_numbers_are_read_as_the_page_says() -> None:
    page = (ROOT / "docs" / "reading.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(.+?)` \|(.*)\|$", page, re.MULTILINE)
    rows = [(words, [cell.strip() for cell in cells.split("|")]) for words, cells in rows]
    rows = [(words, cells) for words, cells in rows if len(cells) == 6]
    assert len(rows) > 30
    for words, (kind, value, comparator, lower, upper, unit) in rows:
        read = parse_quantity(words)
        assert (read.kind, read.comparator, read.unit) == (kind, comparator, unit), words
        for found, told in ((read.value, value), (read.lower, lower), (read.upper, upper)):
            assert found == (Decimal(told) if told else None), words
    block = re.search(r"```python\n(.*?)```", page, re.DOTALL)
    assert block is not None
    code, told = block[1].split("    print", 1)
    printed: list[str] = []
    scope = {"print": lambda *cells: printed.append(" ".join(map(str, cells)))}
    exec(f"{code}    print{told}", scope)
    assert printed == [line[2:] for line in told.splitlines() if line.startswith("# ")]


COMPARING = (ROOT / "docs" / "comparing.md").read_text(encoding="utf-8")


def table_after(heading: str) -> dict[str, str]:
    """First cell to second of the first table after some words of the page on comparing."""
    rows = re.findall(r"^\| `?([^|`]+)`? \| (.+) \|$", COMPARING[COMPARING.index(heading) :], re.M)
    begin = next(at for at, row in enumerate(rows) if row[0] == heading.strip("| "))
    listed = {}
    for name, meaning in rows[begin + 1 :]:
        if name in ("verdict", "assumption", "check", "kind", "form"):
            break
        listed[name] = meaning
    return listed


def test_the_page_on_comparing_lists_every_verdict_check_and_assumption() -> None:
    from albania_uk_migration.claims.assumptions import JOINS
    from albania_uk_migration.comparing.strain import MOST_AROUND, THRESHOLD
    from albania_uk_migration.comparing.terms import APPARENT_KINDS, CHECKS, VERDICTS

    assert table_after("| verdict |") == VERDICTS
    assert table_after("| assumption |") == {name: join.sentence for name, join in JOINS.items()}
    assert tuple(table_after("| check |")) == CHECKS
    assert list(table_after("| kind |")) == list(APPARENT_KINDS)
    assert f"at {THRESHOLD:g} times or more" in COMPARING
    assert f"more than {MOST_AROUND} limits" in COMPARING


def test_the_page_on_official_statistics_lists_every_verdict_and_measure() -> None:
    from albania_uk_migration.official.terms import CLAIM_VERDICTS

    page = (ROOT / "docs" / "official.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| `(\w+)` \| ([^|]+) \|$", page, re.MULTILINE))
    assert rows == CLAIM_VERDICTS
