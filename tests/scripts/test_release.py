"""A release: what changed since the last, and what stops it, whatever is not explained first.

Each test has a repository of its own, made of the files of this checkout.
"""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import griffe
import pytest
import yaml

import albania_uk_migration as front
import interface
from albania_uk_migration import __version__
from albania_uk_migration.rules.releases import version_parts
from differences import greatest

from ..support.altered_tables import ROOT
from .conftest import Repository

pytestmark = [
    pytest.mark.once,
    pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed"),
]

NEXT = ".".join(map(str, (*version_parts(__version__)[:2], version_parts(__version__)[2] + 1)))
MINOR = f"{version_parts(__version__)[0]}.{version_parts(__version__)[1] + 1}.0"


def test_one_version_everywhere() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    described = json.loads((ROOT / "datapackage.json").read_text(encoding="utf-8"))
    cff = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    deposit = json.loads((ROOT / ".zenodo.json").read_text(encoding="utf-8"))
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    sections = re.findall(r"^## \[(\d.*)\] - (.*)$", changelog, re.M)
    versions = {project["version"], described["version"], cff["version"], deposit["version"]}
    assert versions == {__version__, sections[0][0]}
    assert {described["created"][:10], cff["date-released"]} == {sections[0][1]}


# ---------------------------------------------------------------- what changed


def test_a_value_that_changed_is_a_patch_and_wants_a_reason(released: Repository) -> None:
    rows = released.rows("figures")
    rows[11]["note"] = "Another note."
    released.write("figures", rows)
    status, said = released.run("status")
    assert status == 1
    assert "PATCH  figures F012 note: " in said
    assert '-> "Another note."' in said
    assert f"PATCH: version {NEXT} at least; the tree says {__version__}." in said
    assert "no reason is recorded; run: uv run python scripts/release.py record" in said


def test_without_a_tag_the_last_commit_is_compared(untagged: Repository) -> None:
    assert "nothing changed" in untagged.good("status")
    rows = untagged.rows("figures")
    untagged.write("figures", rows[:-1])
    status, said = untagged.run("status")
    assert status == 1
    assert "Since the last commit, as no release is tagged in this clone. If" in said
    assert f"{rows[-1]['figure_id']}: removed" in said
    status, said = untagged.run("record")
    assert status == 1
    assert "git fetch --tags" in said


def _drop_row(made: Repository) -> None:
    made.write("figures", made.rows("figures")[:-1])


def _drop_column(made: Repository) -> None:
    rows = made.rows("figures")
    for row in rows:
        del row["note"]
    made.write("figures", rows)


def _retype(made: Repository) -> None:
    made.edit("datapackage.json", '"type": "number"', '"type": "string"')


def _drop_function(made: Repository) -> None:
    stub = "src/albania_uk_migration/__init__.pyi"
    made.edit(stub, "from .citing.cite import cite as cite\n", "")
    made.edit(stub, '    "cite",\n', "")


@pytest.mark.parametrize("alter", [_drop_row, _drop_column, _retype, _drop_function])
def test_what_breaks_is_for_a_person(
    released: Repository, alter: Callable[[Repository], None]
) -> None:
    alter(released)
    released.announce()
    before = released.files()
    for arguments in (("status",), ("version", "next"), ("version", "9.0.0")):
        status, said = released.run(*arguments)
        assert status == 1
        assert "MAJOR, which is for a person to decide" in said
        assert '"- **Breaking**"' in said
    assert released.files() == before
    released.edit("CHANGELOG.md", "- Something.", "- **Breaking**: something is gone.")
    assert "MAJOR, which is for a person" not in released.run("status")[1]


def test_a_new_row_or_table_or_name_is_minor(released: Repository) -> None:
    rows = released.rows("actors")
    rows.append({**rows[0], "actor_id": "somebody-new", "name": "Somebody"})
    released.write("actors", rows)
    said = released.run("status")[1]
    assert "MINOR  actors somebody-new: added" in said
    assert f"MINOR: version {MINOR} at least" in said
    released.git("checkout", "-q", ".")
    released.edit(
        "src/albania_uk_migration/citing/cite.py",
        'def cite(what: str | None = None, style: str = "text")',
        'def cite(what: str | None = None, style: str = "text", more: bool = False)',
    )
    assert "MINOR  cite(more) is new" in released.run("status")[1]


def test_code_alone_without_a_new_name_is_a_patch(released: Repository) -> None:
    released.edit("src/albania_uk_migration/citing/styles.py", "n.d.", "no date")
    assert f"PATCH: version {NEXT} at least" in released.run("status")[1]


def _release(made: Repository, version: str) -> None:
    made.announce()
    made.good("version", version)
    made.commit()
    made.good("status")


def _changes_of(folder: Path, since: str | None) -> list[dict[str, str]]:
    """release_changes() of the code and data in a checkout, as text cells."""
    program = (
        "import sys, albania_uk_migration as a\n"
        f"assert {str(folder)!r} in a.__file__, a.__file__\n"
        f"sys.stdout.write(a.release_changes({since!r}).to_csv(index=False))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
        env={**os.environ, "PYTHONPATH": str(folder / "src"), "PYTHONIOENCODING": "utf-8"},
    )
    return list(csv.DictReader(io.StringIO(done.stdout)))


def test_the_record_between_two_releases_is_exactly_what_changed(released: Repository) -> None:
    figures, actors = released.rows("figures"), released.rows("actors")
    figures[11]["note"], old = "It is the release's own count.", figures[11]["note"]
    actors.append({**dict.fromkeys(actors[0], ""), "actor_id": "somebody-new", "name": "Somebody"})
    actors[-1] |= {"kind": "person", "named": "true"}
    released.write("figures", figures)
    released.write("actors", actors)
    released.edit("datapackage.json", '"title": "Figures"', '"title": "All figures"')
    assert ": 3; 3 without a reason" in released.good("record")
    assert "It was so already." in released.good("record")
    released.good("explain", "correction", "The note was left out.", "F012")
    released.good("explain", "update", "A new speaker.", "actors")
    status, said = released.run("status")
    assert (status, said.count("no reason")) == (1, 1)
    released.good("explain", "wording", "Said more clearly.")
    _release(released, "next")
    found = _changes_of(released.folder, __version__)
    told = [tuple(row[name] for name in list(row)[3:]) for row in found]
    assert sorted(told) == sorted(
        [
            (
                "figures",
                "",
                "",
                "changed",
                "wording",
                'title: "Figures"',
                'title: "All figures"',
                "Said more clearly.",
            ),
            (
                "figures",
                "F012",
                "note",
                "changed",
                "correction",
                old,
                figures[11]["note"],
                "The note was left out.",
            ),
            ("actors", "somebody-new", "", "added", "update", "", "", "A new speaker."),
        ]
    )
    assert {row["version"] for row in found} == {MINOR}
    assert [row["change_id"] for row in found] == ["C001", "C002", "C003"]
    assert _changes_of(released.folder, MINOR) == []
    # The next release adds to the record and alters nothing of it.
    released.git("tag", f"v{MINOR}")
    kept = released.rows("release_changes")
    actors[-1]["note"] = "Named once."
    released.write("actors", actors)
    released.good("record")
    rows = released.rows("release_changes")
    assert rows[:3] == kept
    assert (rows[3]["change_id"], rows[3]["version"]) == ("C004", "")


def test_what_was_withdrawn_is_not_repeated(released: Repository) -> None:
    rows = released.rows("statements")
    words = rows[0]["gist"]
    rows[0]["gist"] = "Taken out."
    released.write("statements", rows)
    released.good("record")
    assert words in (released.folder / "data" / "release_changes.csv").read_text(encoding="utf-8")
    released.good("explain", "withdrawal", "Taken out at request.")
    assert words not in (released.folder / "data" / "release_changes.csv").read_text(
        encoding="utf-8"
    )
    assert "no reason" not in released.run("status")[1]
    assert "It was so already." in released.good("record")
    status, said = released.run("explain", "wording", "Only a wording.", "C001")
    assert (status, "withdrawn, so that what it was is no longer recorded" in said) == (1, True)


def test_a_person_may_overrule_a_guess_but_not_a_fact(released: Repository) -> None:
    rows = released.rows("actors")
    rows[2] = {
        name: f"{cell}x" if name in ("name", "note") else cell for name, cell in rows[2].items()
    }
    rows[2] |= {"kind": "police", "part_of": "", "named": "true"}
    released.write("actors", rows)
    assert "MAJOR" in released.run("status")[1]
    released.good("record")
    released.good("explain", "correction", "The same person, described wrongly.")
    assert f"PATCH: version {NEXT} at least" in released.run("status")[1]
    changed = [row["change_id"] for row in released.rows("release_changes")]
    released.good("explain", "redefinition", "Somebody else.", *changed)
    assert "MAJOR, which is for a person" in released.run("status")[1]


def test_another_withdrawal_or_a_later_change_is_not_hidden_by_one(released: Repository) -> None:
    figures = "The number, with its scale"
    text = (released.folder / "datapackage.json").read_text(encoding="utf-8")
    field = next(
        one
        for resource in json.loads(text)["resources"]
        if resource["name"] == "figures"
        for one in resource["schema"]["fields"]
        if one["name"] == "value"
    )
    released.edit("datapackage.json", json.dumps(field["title"]), json.dumps("Another title"))
    before = json.dumps(field["description"], ensure_ascii=False)
    released.edit("datapackage.json", before, json.dumps(figures))
    assert ": 2; 2 without a reason" in released.good("record")
    released.good("explain", "withdrawal", "Asked for.", "C001")
    released.good("explain", "correction", "My careful reason.", "C002")
    assert "It was so already." in released.good("record")
    assert [row["reason"] for row in released.rows("release_changes")] == [
        *("Asked for.", "My careful reason.")
    ]
    released.edit("datapackage.json", '"Another title"', '"Yet another title"')
    status, said = released.run("status")
    assert (status, "no reason is recorded" in said) == (1, True)


def test_a_reason_is_kept_unless_its_change_is_named(released: Repository) -> None:
    rows = released.rows("figures")
    rows[11]["note"], rows[12]["note"] = "One.", "Two."
    released.write("figures", rows)
    released.good("record")
    released.good("explain", "correction", "The first reason.", "F012")
    assert "Explained: C002" in released.good("explain", "update", "The second.", "figures")
    assert [row["reason"] for row in released.rows("release_changes")] == [
        *("The first reason.", "The second.")
    ]
    released.good("explain", "wording", "A better reason.", "C001")
    assert released.rows("release_changes")[0]["reason"] == "A better reason."


def test_a_change_recorded_twice_is_noticed(released: Repository) -> None:
    rows = released.rows("actors")
    rows[0]["note"] = "Another."
    released.write("actors", rows)
    released.good("record")
    released.good("explain", "correction", "Because.")
    (row,) = released.rows("release_changes")
    released.write("release_changes", [row, {**row, "change_id": "C002", "reason": "No."}])
    status, said = released.run("status")
    assert (status, "C002: records a change" in said) == (1, True)


def test_a_table_that_is_not_as_described_is_never_written_over(released: Repository) -> None:
    rows = [{n: c for n, c in row.items() if n != "seen_as"} for row in released.rows("follow_ups")]
    released.write("follow_ups", rows)
    before = released.files()
    status, said = released.run("record")
    assert status == 1
    assert 'data/follow_ups.csv: column "seen_as" is missing, as datapackage.json' in said
    assert released.files() == before


def test_status_tells_what_the_checks_of_the_tables_will_say(released: Repository) -> None:
    rows = released.rows("figures")
    rows[11]["value"] = "955"
    released.write("figures", rows)
    released.good("record")
    for step in (("status",), ("version", "next")):
        status, said = released.run(*step)
        assert status == 1
        assert 'value is 955, but "954" reads as 954' in said


def test_a_long_cell_is_shown_where_it_changed(released: Repository) -> None:
    rows = released.rows("figures")
    rows[11]["note"] = rows[11]["note"][:-1] + " after all."
    released.write("figures", rows)
    said = released.run("status")[1]
    assert "after all." in said
    assert all(len(line) < 250 for line in said.splitlines())


def test_a_greater_version_may_be_taken_after_all(released: Repository) -> None:
    rows = released.rows("actors")
    rows[0]["note"] = "Another."
    released.write("actors", rows)
    released.good("record")
    released.good("explain", "correction", "Because.")
    released.announce()
    released.good("version", "next")
    released.commit()
    assert "It is" in released.good("version", NEXT)
    assert "What stops" not in released.good("status")
    said = released.good("version", MINOR)
    assert "CHANGELOG.md" in said
    assert {row["version"] for row in released.rows("release_changes")} == {MINOR}
    assert NEXT not in (released.folder / "CHANGELOG.md").read_text(encoding="utf-8")
    released.commit()
    released.good("status")


def test_a_clone_without_tags_releases_nothing(released: Repository, tmp_path: Path) -> None:
    released.edit("README.md", "# albania", "# Albania")
    released.announce()
    released.commit()
    released.git("clone", "-q", "--no-tags", ".", str(tmp_path / "bare"))
    bare = Repository(tmp_path / "bare")
    status, said = bare.run("version", NEXT)
    assert status == 1
    assert f"no tag v{__version__} is in this clone; fetch the tags" in said


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("data/figures.csv", '"figure_id",', '"number",'),
        ("data/release_changes.csv", '"change_id",', '"X",'),
        ("datapackage.json", "{", "["),
        ("datapackage.json", '"minimum": 0', '"minimum": "0"'),
        ("CHANGELOG.md", "## [Unreleased]\n", "## [Unreleased]\r\n"),
    ],
)
def test_a_file_out_of_form_is_told_and_no_traceback(
    released: Repository, path: str, old: str, new: str
) -> None:
    released.edit(path, old, new)
    for step in (("status",), ("record",), ("version", "next")):
        assert "Traceback" not in released.run(*step)[1]


# ---------------------------------------------------------------- what stops a release


def _dirty(made: Repository) -> None:
    made.edit("README.md", "# albania", "# Albania")


def _tagged(made: Repository) -> None:
    made.git("tag", f"v{__version__}")


def _unexplained(made: Repository) -> None:
    _tagged(made)
    rows = made.rows("actors")
    rows[0]["note"] = "Another."
    made.write("actors", rows)
    made.good("record")
    made.announce()
    made.edit("pyproject.toml", f'version = "{__version__}"', f'version = "{NEXT}"')
    made.edit("src/albania_uk_migration/__init__.py", f'"{__version__}"', f'"{NEXT}"')
    made.edit("datapackage.json", f'"version": "{__version__}"', f'"version": "{NEXT}"')
    made.edit("CHANGELOG.md", "## [Unreleased]\n", f"## [Unreleased]\n\n## [{NEXT}] - 2026-11-22\n")
    made.git("add", "-A")
    made.fill()
    made.commit()


def _clock_before_the_last_release(made: Repository) -> None:
    made.edit("README.md", "# albania", "# Albania")
    made.commit(GIT_COMMITTER_DATE="2099-01-01T00:00:00Z")
    made.git("tag", "v0.0.9")
    made.edit("README.md", "# Albania", "# albania")
    made.commit(GIT_COMMITTER_DATE="2026-11-22T00:00:00Z")


def _dated_in_the_future(made: Repository) -> None:
    day = json.loads((made.folder / "datapackage.json").read_bytes())["created"][:10]
    made.edit("CHANGELOG.md", f"] - {day}", "] - 2099-01-01")
    made.edit("datapackage.json", f'"created": "{day}', '"created": "2099-01-01')
    made.edit("CITATION.cff", day, "2099-01-01")
    made.edit(".zenodo.json", day, "2099-01-01")
    made.commit()


def _two_versions(made: Repository) -> None:
    made.edit("pyproject.toml", f'version = "{__version__}"', 'version = "9.9.9"')
    made.commit()


def _unreleased_entries(made: Repository) -> None:
    _tagged(made)
    made.edit("README.md", "# albania", "# Albania")
    made.announce()
    made.good("version", "next")
    made.announce("- Something more.")
    made.commit()


def _stale(made: Repository) -> None:
    made.edit("CITATION.cff", "type: dataset", "type: software")
    made.commit()


def _unproved(made: Repository) -> None:
    rows = made.rows("figures")
    rows[11]["value"] = "955"
    made.write("figures", rows)
    made.fill()
    made.commit()


def _too_small(made: Repository) -> None:
    _tagged(made)
    rows = made.rows("actors")
    rows.append({**rows[0], "actor_id": "somebody-new"})
    made.write("actors", rows)
    made.good("record")
    made.good("explain", "update", "Somebody new.")
    made.announce()
    made.good("version", "next")
    for path in ("pyproject.toml", "src/albania_uk_migration/__init__.py", "datapackage.json"):
        made.edit(path, MINOR, NEXT)
    for path in ("CITATION.cff", ".zenodo.json", "CHANGELOG.md"):
        made.edit(path, MINOR, NEXT)
    made.edit("data/release_changes.csv", MINOR, NEXT)
    made.commit()


def _missing_tags(made: Repository) -> None:
    _tagged(made)
    rows = made.rows("actors")
    rows[0]["note"] = "Another."
    made.write("actors", rows)
    made.good("record")
    made.good("explain", "wording", "Said more clearly.")
    _release(made, "next")
    made.git("tag", "-d", f"v{__version__}")


def _another_branch(made: Repository) -> None:
    made.git("checkout", "-q", "-b", "other")
    made.edit("README.md", "# albania", "# Albania")
    made.commit()
    made.git("tag", "v9.0.0")
    made.git("checkout", "-q", "-")


def _stray_file(made: Repository) -> None:
    (made.folder / "data" / "extra.csv").write_text("a,b\n", encoding="utf-8")
    made.commit()


def _odd_version(made: Repository) -> None:
    made.edit("datapackage.json", f'"version": "{__version__}"', '"version": "0.2"')
    made.commit()


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (_dirty, "not everything is committed: README.md"),
        (_unexplained, "no reason; say why: uv run python scripts/release.py explain"),
        (_clock_before_the_last_release, "but v0.0.9 is of 2099-01-01"),
        (_dated_in_the_future, "is dated 2099-01-01, which is still to come"),
        (_two_versions, "the files give several versions: pyproject.toml 9.9.9"),
        (_unreleased_entries, "CHANGELOG.md has entries under [Unreleased]"),
        (_stale, "CITATION.cff: stale; run: uv run python scripts/fill.py"),
        (_unproved, 'value is 955, but "954" reads as 954'),
        (_too_small, f"version {NEXT} is too small: MINOR changes since {__version__}"),
        (
            _missing_tags,
            f"tells of release {__version__}, but no tag v{__version__} is in this clone",
        ),
        (_another_branch, "is not in the history of this commit"),
        (_stray_file, "data/extra.csv is no table of datapackage.json"),
        (_odd_version, 'datapackage.json gives "0.2", which is not a version'),
    ],
)
def test_a_release_is_stopped_with_the_reason_and_nothing_written(
    untagged: Repository, spoil: Callable[[Repository], None], said: str
) -> None:
    spoil(untagged)
    before, head = untagged.files(), untagged.git("rev-parse", "HEAD")
    status, told = untagged.run("status")
    assert status == 1
    assert said in told
    assert "Traceback" not in told
    assert untagged.files() == before
    assert untagged.git("rev-parse", "HEAD") == head


def test_a_tag_is_of_the_version_and_of_the_commit(released: Repository) -> None:
    tag = f"v{__version__}"
    assert "nothing changed" in released.good("status", "--tagged", tag)
    status, said = released.run("status", "--tagged", "v9.0.0")
    assert (status, f'the tag is "v9.0.0", but the version is {__version__}' in said) == (1, True)
    released.edit("README.md", "# albania", "# Albania")
    assert "not everything is committed" in released.run("status", "--tagged", tag)[1]
    released.commit()
    status, said = released.run("status", "--tagged", tag)
    assert (status, f"the tag {tag} is not this commit" in said) == (1, True)
    released.git("tag", "-d", tag)
    status, said = released.run("status", "--tagged", tag)
    assert (status, f"no tag {tag} is here" in said) == (1, True)


def test_a_tagged_release_is_compared_with_the_one_before(released: Repository) -> None:
    rows = released.rows("actors")
    rows[0]["note"] = "Another."
    released.write("actors", rows)
    released.good("record")
    released.good("explain", "wording", "Said more clearly.")
    _release(released, "next")
    released.git("tag", f"v{NEXT}")
    said = released.good("status", "--tagged", f"v{NEXT}")
    assert f"Since {__version__} (" in said
    assert "actors" in said
    (row,) = released.rows("release_changes")
    released.write("release_changes", [row | {"reason": ""}])
    released.fill()
    released.commit()
    released.git("tag", "-f", f"v{NEXT}")
    status, said = released.run("status", "--tagged", f"v{NEXT}")
    assert (status, "C001 actors" in said, "no reason; say why" in said) == (1, True, True)
    released.git("tag", "v9.0.0")
    status, said = released.run("status", "--tagged", f"v{NEXT}")
    assert (status, "v9.0.0 is already released before this commit" in said) == (1, True)


def test_a_record_of_an_earlier_release_is_not_altered(released: Repository) -> None:
    rows = released.rows("actors")
    rows[0]["note"] = "Another."
    released.write("actors", rows)
    released.good("record")
    released.good("explain", "wording", "Said more clearly.")
    _release(released, "next")
    released.git("tag", f"v{NEXT}")
    released.edit("data/release_changes.csv", "Said more clearly.", "No reason at all.")
    status, said = released.run("status")
    assert status == 1
    assert "C001: the record of an earlier release was altered; restore it" in said


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("version", "0.0.1"), "is too small"),
        (("version", "one"), '"one" is no version'),
        (("version", __version__), "exists: that version is released"),
        (("explain", "wording", " "), "is not a reason"),
        (("explain", "mistake", "why"), 'no kind "mistake"; there are correction, update'),
        (("explain", "wording", "..."), "is not a reason"),
        (("explain", "wording", "why", "F999"), 'no recorded change of "F999"'),
        (("explain", "wording", "why"), "each such change has its reason"),
        (("status", "--since", "nowhere"), "invalid object name 'nowhere'"),
    ],
)
def test_a_wrong_word_is_answered(
    released: Repository, arguments: tuple[str, ...], said: str
) -> None:
    before = released.files()
    status, told = released.run(*arguments)
    assert status == 1
    assert said in told
    assert "Traceback" not in told
    assert released.files() == before


def test_outside_a_repository_it_says_so(first: Path, tmp_path: Path) -> None:
    shutil.copytree(first, tmp_path / "bare", ignore=shutil.ignore_patterns(".git"))
    kept = {**os.environ, "GIT_CEILING_DIRECTORIES": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, str(tmp_path / "bare" / "scripts" / "release.py"), "status"],
        capture_output=True,
        text=True,
        check=False,
        env=kept,
    )
    assert done.returncode == 1
    assert "not a git repository" in done.stderr


# ---------------------------------------------------------------- what the code offers


SERIES = """
from typing import NamedTuple, overload
@overload
def total(year: int) -> int: ...
def total(year, /, part="all", *, rounded=False): ...
class Row(ValueError):
    value: int
    LIMIT = 5
    def __init__(self, source): self.source = source
    def told(self): ...
    def _hidden(self): ...
class Pair(NamedTuple):
    key: str
    value: int = 0
    @property
    def both(self) -> str: ...
STYLES = ("text",)
def inner(): ...
"""
FRONT = """
from .series import STYLES as STYLES
from .series import Pair as Pair
from .series import Row as Row
from .series import total as total
__all__ = ["STYLES", "Pair", "Row", "total"]
"""


def _offered(folder: Path, series: str = SERIES, front: str = FRONT) -> griffe.Module:
    """The interface of a small package whose front door loads names when they are touched."""
    package = folder / f"of-{len(list(folder.iterdir()))}" / "albania_uk_migration"
    package.mkdir(parents=True)
    lazy = "__all__ = sorted(_HOMES)\ndef __getattr__(name): ..."
    modules = {"__init__.py": lazy, "__init__.pyi": front, "series.py": series}
    for name, text in {**modules, "strategies.py": "def rows(): ..."}.items():
        (package / name).write_text(text, encoding="utf-8")
    return interface.read_interface(package.parent)


@pytest.mark.parametrize(
    ("old", "new", "level", "told"),
    [
        ("rounded=False", "rounded=False, more=1", "minor", "total(more) is new"),
        ("rounded=False", "rounded", "major", "`total(rounded)`: *Parameter is now required*"),
        ("rounded=False", "rounded=False, more", "major", "`total(more)`: *Parameter was added"),
        ("rounded=False", "exact=False", "major", "total(rounded) is gone"),
        (', part="all"', "", "major", "total(part) is gone"),
        ('part="all"', "part", "major", "`total(part)`: *Parameter is now required*"),
        ('part="all", *, ', '*, part="all", ', "major", "`total(part)`: *Parameter kind"),
        ("def told(self)", "def said(self)", "major", "Row.told is gone"),
        ("def told(self)", "def told(self, depth)", "major", "`Row.told(depth)`: *Parameter was"),
        ("told(self): ...", "told(self): ...\n    unit: str", "minor", "Row.unit is new"),
        ("    value: int\n", "", "major", "Row.value is gone"),
        ("self.source", "self._source", "major", "Row.source is gone"),
        ("LIMIT = 5", "MOST = 5", "major", "Row.LIMIT is gone"),
        ("Row(ValueError)", "Row", "major", "Row as ValueError is gone"),
        ("Row(ValueError)", "Row(LookupError)", "major", "Row as ValueError is gone"),
        ("class Row(ValueError)", "def Row(): ...\nclass Other", "major", "`Row`: *Public object"),
        ("value: int = 0", "value: int", "major", "`Pair.__init__(value)`: *Parameter is now"),
        ("    key: str\n", "", "major", "Pair.key is gone"),
        ("int = 0", "int = 0\n    unit: str = ''", "minor", "Pair.unit is new"),
        ("key: str", "key: str\n    unit: str", "major", "`Pair.__init__(unit)`: *Parameter was"),
        (
            *("key: str\n    value: int = 0", "value: int\n    key: str", "major"),
            "`Pair.__init__(key)`: *Positional parameter was moved*",
        ),
    ],
)
def test_what_a_name_takes_and_has_is_compared(
    old: str, new: str, level: str, told: str, tmp_path: Path
) -> None:
    assert old in SERIES
    found = interface.compared(_offered(tmp_path), _offered(tmp_path, SERIES.replace(old, new, 1)))
    assert [one for one in found if one[0] == level and one[1].startswith(told)]
    assert greatest(one for one, _ in found) == level


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("*, rounded", "rounded"),
        ("year, /,", "year,"),
        ("rounded=False", "rounded=True"),
        ("LIMIT = 5", "LIMIT = 6"),
        ("_hidden", "_secret"),
        ("told(self): ...", "told(self): ...\n    def __repr__(self): ..."),
        ("def inner(", "def innermost("),
        ("class Row(", "class Unseen: ...\nclass Row("),
    ],
)
def test_what_nobody_can_rest_on_is_no_change(old: str, new: str, tmp_path: Path) -> None:
    assert old in SERIES
    assert not interface.compared(
        _offered(tmp_path), _offered(tmp_path, SERIES.replace(old, new, 1))
    )


def test_names_are_compared(tmp_path: Path) -> None:
    less = FRONT.replace("from .series import Row as Row\n", "").replace(', "Row"', "")
    more, fewer = _offered(tmp_path), _offered(tmp_path, front=less)
    assert interface.compared(more, fewer) == [("major", "Row is gone")]
    assert interface.compared(fewer, more) == [("minor", "Row is new")]


def test_a_stub_that_names_what_is_not_there_is_not_compared(tmp_path: Path) -> None:
    gone = _offered(tmp_path, SERIES.replace("def total", "def sum_of"))
    with pytest.raises(griffe.AliasResolutionError, match="total"):
        interface.compared(_offered(tmp_path), gone)
    with pytest.raises(ValueError, match="has no __all__ of public names"):
        _offered(tmp_path, front="")


def test_every_public_name_of_this_checkout_is_read() -> None:
    offered = set(interface.names_of(interface.read_interface(ROOT / "src")))
    assert set(front.__all__) <= offered
    assert {"cite(what)", "Comparison.verdict", "strategies.rows(table)"} <= offered
    assert "ValidationError as ValueError" in offered
    assert not [name for name in offered if name.startswith(("citing", "cli", "errors", "_HOME"))]


COMMANDS: interface.Commands = {
    "show": (False, None),
    "show table": (True, 0),
    "show row": (True, 1),
    "show --where": (False, None),
}


@pytest.mark.parametrize(
    ("edit", "found"),
    [
        ({"show --where": None}, [("major", "command show --where is gone")]),
        ({"show --all": (False, None)}, [("minor", "command show --all is new")]),
        (
            {"show more": (True, 2)},
            [
                ("minor", "command show more is new"),
                ("major", "command show more must now be given"),
            ],
        ),
        ({"show --where": (True, None)}, [("major", "command show --where must now be given")]),
        (
            {"show table": (True, 1), "show row": (True, 0)},
            [
                ("major", "command show table stands in another place"),
                ("major", "command show row stands in another place"),
            ],
        ),
    ],
)
def test_commands_and_their_arguments_are_compared(
    edit: dict[str, Any], found: list[tuple[str, str]]
) -> None:
    compared = interface.compared_commands
    changed = {name: told for name, told in {**COMMANDS, **edit}.items() if told}
    assert compared(COMMANDS, changed) == found
    assert compared(COMMANDS, COMMANDS) == []
    assert compared(COMMANDS, {}) == [("major", "command show is gone")]
    assert compared({}, COMMANDS) == [("minor", "command show is new")]


def test_the_commands_of_this_checkout_are_read() -> None:
    commands = interface.read_commands(ROOT)
    assert commands["get id"][0]
    assert commands["cite what"] == (False, 0)
    assert commands["validate --table"] == (False, None)


@pytest.mark.parametrize(
    ("edit", "found"),
    [
        ({"name": "other"}, ("major", 'name is now "other"')),
        ({"scripts": {}}, ("major", "command a is gone")),
        ({"optional-dependencies": {}}, ("major", "extra plot is gone")),
        ({"optional-dependencies": {"plot": ["altair"], "x": []}}, ("minor", "extra x is new")),
        (
            {"optional-dependencies": {"plot": ["plotly"]}},
            ("minor", 'extra plot is now ["plotly"]'),
        ),
        ({"dependencies": ["pandas"]}, ("minor", 'dependencies is now ["pandas"]')),
        (
            {"requires-python": ">=3.12"},
            ("minor", 'requires-python is now ">=3.12"'),
        ),
    ],
)
def test_the_project_is_compared(edit: dict[str, Any], found: tuple[str, str]) -> None:
    project: dict[str, Any] = {
        "name": "a",
        "scripts": {"a": "a:main"},
        "optional-dependencies": {"plot": ["altair"]},
        "requires-python": ">=3.11",
    }
    old, new = interface.needs_of(project), interface.needs_of(project | edit)
    assert interface.compared_needs(old, new) == [found]
    assert interface.compared_needs(old, old) == []
