"""Make a release: what changed since the last, which version that makes, the files to hand out.

    uv run python scripts/release.py status              what changed, and what stops a release
    uv run python scripts/release.py record              write the changes into release_changes.csv
    uv run python scripts/release.py explain KIND "reason" [F012 ...]
                                                         say why, for all or some that lack a reason
    uv run python scripts/release.py version 0.2.0       set the version everywhere, or next
    uv run python scripts/release.py build [--tagged]    wheel, sdist, data package, SHA256SUMS

The tables, the description and the code are compared with the last release, the newest tag such
as v0.1.0 before HEAD. The least version follows from that; a person may take a greater one, never a
smaller. What breaks a user's work is for a person: it needs a line under [Unreleased] in
CHANGELOG.md that begins "- **Breaking**". Nothing is written where something stops the release.
"""

from __future__ import annotations

import argparse
import csv
import datetime
import hashlib
import io
import itertools
import json
import os
import re
import subprocess
import sys
import tarfile
import tempfile
import tomllib
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, NamedTuple

import griffe

ROOT = Path(__file__).resolve().parent.parent
# The code of this checkout, whatever is installed.
sys.path.insert(0, str(ROOT / "src"))

import differences  # noqa: E402
import fill  # noqa: E402
import interface  # noqa: E402
from albania_uk_migration.citing.catalogues import described_as  # noqa: E402
from albania_uk_migration.errors import AlbaniaUkMigrationError  # noqa: E402
from albania_uk_migration.proof.verify import verify  # noqa: E402
from albania_uk_migration.rules.releases import VERSION, version_parts  # noqa: E402

Record = dict[str, str]
Read = Callable[[str], bytes]

CHANGES = "data/release_changes.csv"
FRONT = "src/albania_uk_migration/__init__.py"
# What goes into the zipped data package beside the tables.
BESIDE = ("README.md", "CHANGELOG.md", "LICENSE-DATA", "CITATION.cff")
_RUN = "uv run python scripts/release.py"


class ReleaseError(Exception):
    """A release, or a step towards it, that cannot be made: every reason."""

    def __init__(self, *reasons: str) -> None:
        super().__init__(*reasons)
        self.reasons = reasons


# ---------------------------------------------------------------- the repository


def git(*arguments: str) -> bytes:
    """What git says. Raises ReleaseError where it refuses, with its own words."""
    try:
        done = subprocess.run(
            ["git", "-C", str(ROOT), "-c", "log.showSignature=false", *arguments],
            capture_output=True,
            check=False,
        )
    except FileNotFoundError:
        raise ReleaseError("git is not installed; a release is made from the repository") from None
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip()
        raise ReleaseError(f"git {' '.join(arguments[:2])}: {said}")
    return done.stdout


def in_tree(path: str) -> bytes:
    """A file of the working tree."""
    try:
        return (ROOT / path).read_bytes()
    except OSError as error:
        raise ReleaseError(f"cannot read {path}: {error.strerror}") from None


def at(commit: str) -> Read:
    """A function that reads files as they were at a commit."""
    return lambda path: git("show", f"{commit}:{path}")


def tags(*arguments: str) -> list[str]:
    """Versions that are tagged, the oldest first."""
    names = git("tag", "--list", "v*", *arguments).decode().split()
    versions = [name[1:] for name in names if VERSION.fullmatch(name[1:])]
    return sorted(versions, key=version_parts)


def now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)


def time_of(commit: str) -> datetime.datetime:
    """When a commit was made, by the clock of who made it."""
    seconds = int(git("log", "-1", "--format=%ct", commit))
    return datetime.datetime.fromtimestamp(seconds, datetime.UTC)


# ---------------------------------------------------------------- what the tree says


def described(read: Read) -> dict[str, str]:
    """Version and day of release of a state of the tables."""
    about = json.loads(read("datapackage.json"))
    return {"version": about["version"], "day": about["created"][:10]}


def versions_in_tree() -> dict[str, str]:
    """The version that each file gives."""
    found = {
        "pyproject.toml": tomllib.loads(in_tree("pyproject.toml").decode())["project"]["version"],
        "datapackage.json": described(in_tree)["version"],
        FRONT: _only(r'^__version__ = "(.*)"$', in_tree(FRONT).decode(), FRONT),
    }
    cff = in_tree("CITATION.cff").decode()
    found["CITATION.cff"] = _only(r"^version: ['\"]?([^'\"\n]*)['\"]?$", cff, "CITATION.cff")
    found[".zenodo.json"] = json.loads(in_tree(".zenodo.json"))["version"]
    return found


def _only(pattern: str, text: str, path: str) -> str:
    found = re.findall(pattern, text, re.MULTILINE)
    if len(found) != 1:
        raise ReleaseError(f"{path} gives {len(found)} versions, not one")
    return str(found[0])


def changelog() -> str:
    return in_tree("CHANGELOG.md").decode("utf-8").replace("\r\n", "\n")


def sections() -> list[str]:
    """Versions that CHANGELOG.md has a section of, as they stand: the newest first."""
    return [
        one for one in re.findall(r"^## \[(.*?)\]", changelog(), re.M) if VERSION.fullmatch(one)
    ]


def section(heading: str) -> tuple[str, str] | None:
    """Day and text of a section of CHANGELOG.md; None where there is no such section."""
    text = changelog()
    found = re.search(
        rf"^## \[{re.escape(heading)}\](?: - (\S+))?\n(.*?)(?=^## |\Z)", text, re.M | re.S
    )
    return (found[1] or "", found[2].strip()) if found else None


def rows_of_changes(read: Read) -> list[Record]:
    text = read(CHANGES).decode("utf-8")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    for number, row in enumerate(rows, start=2):
        if None in row or None in row.values() or not re.fullmatch("C[0-9]{3,}", row["change_id"]):
            raise ReleaseError(
                f"{CHANGES}, row {number}: too many or too few cells, or no change_id"
            )
    return rows


# ---------------------------------------------------------------- what changed since


class State(NamedTuple):
    """The working tree against the last release."""

    # Version of the last release, and the commit that it, or what stands for it, is.
    last: str
    base: str
    tagged: bool
    # Each difference with the row that records it, and rows that record none.
    pairs: list[tuple[differences.Difference, Record | None]]
    strays: list[Record]
    # Level and words of what changed in the code, and in files that no cell shows.
    others: list[tuple[str, str]]
    # Changes recorded since, in the order of the file, and those of earlier releases.
    recorded: list[Record]
    before: list[Record]

    def levels(self) -> list[tuple[str, str]]:
        """Level and words of everything that changed."""
        told = [(_level(one, row), _told(one)) for one, row in self.pairs]
        return told + self.others

    def level(self) -> str:
        return differences.greatest(level for level, _ in self.levels())

    def least(self) -> str:
        return differences.least_version(self.last, self.level())


def paired(
    found: list[differences.Difference], recorded: list[Record]
) -> tuple[list[tuple[differences.Difference, Record | None]], list[Record]]:
    """Each difference with the one row that records it, and the rows left over.

    The record of a withdrawal does not have what was there before.
    """
    left = list(recorded)
    names = ("table", "id", "column", "change", "old", "new")
    pairs = []
    for one in found:
        told = dict(zip(names, (*one.place(), one.change, one.old, one.new), strict=True))
        matching = (
            row
            for row in sorted(left, key=lambda row: row["kind"] == "withdrawal")
            if all(row[name] == told[name] for name in names if name != "old")
            and row["old"] == ("" if row["kind"] == "withdrawal" else told["old"])
        )
        row = next(matching, None)
        if row is not None:
            left.remove(row)
        pairs.append((one, row))
    return pairs, left


def _level(one: differences.Difference, row: Record | None) -> str:
    """Level of a change, a person's judgement of it taken in."""
    kind = row["kind"] if row else ""
    if kind == "redefinition":
        return "major"
    return "patch" if one.guessed and kind and row and row["reason"] else one.level


def _told(one: differences.Difference) -> str:
    where = " ".join(filter(None, (one.table or "package", one.id, one.column)))
    if one.change != "changed":
        said = f"{one.change}{f' ({one.old or one.new})' if one.old or one.new else ''}"
    else:
        said = " -> ".join(f'"{cell}"' for cell in _cut(one.old, one.new))
    return f"{where}: {said}{f'; {one.why}' if one.why else ''}"


# So much of a long cell is shown around the place where it changed.
_SHOWN = 60


def _cut(old: str, new: str) -> list[str]:
    """Two cells in a line each, long ones cut to where they begin to differ."""
    lines = ["".join(c if c.isprintable() else " " for c in text) for text in (old, new)]
    pairs = zip(*lines, strict=False)
    same = sum(1 for _ in itertools.takewhile(lambda pair: pair[0] == pair[1], pairs))
    start = max(0, same - _SHOWN // 3) if max(map(len, lines)) > _SHOWN else 0
    return [
        f"{'...' if start else ''}{line[start : start + _SHOWN]}"
        f"{'...' if len(line) > start + _SHOWN else ''}"
        for line in lines
    ]


def state(since: str | None = None) -> State:
    """The tree against the last release, or against a commit that is taken for one.

    Where nothing is tagged yet, the last commit is taken.
    """
    merged = tags("--merged", "HEAD")
    base = since or (f"v{merged[-1]}" if merged else "HEAD")
    return compared_with(base, tagged=bool(merged) and since is None)


def compared_with(base: str, tagged: bool) -> State:
    """The working tree against a commit."""
    try:
        git("rev-parse", "--verify", "--quiet", f"{base}^{{commit}}")
    except ReleaseError:
        raise ReleaseError(f'no commit "{base}" is in this clone') from None
    read = at(base)
    try:
        old, new = differences.read_copy(read), differences.read_copy(in_tree)
        found = differences.found_between(old, new)
        of_code = _of_code(base)
    except (AlbaniaUkMigrationError, griffe.GriffeError, LookupError, ValueError) as error:
        raise ReleaseError(f"cannot compare with {base}: {error}") from None
    before = rows_of_changes(read) if CHANGES.encode() in git("ls-tree", "-r", base) else []
    known = {row["change_id"] for row in before}
    recorded = [row for row in rows_of_changes(in_tree) if row["change_id"] not in known]
    return State(
        described(read)["version"],
        base,
        tagged,
        *paired(found, recorded),
        [*of_code, *_of_files(old, new, found)],
        recorded,
        before,
    )


def _of_code(base: str) -> list[tuple[str, str]]:
    """What changed in what the code offers, and what it needs; else whether it changed at all."""
    changed = git("diff", "--name-only", base).decode().splitlines()
    found: list[tuple[str, str]] = []
    if any(path.startswith("src/") or path == "pyproject.toml" for path in changed):
        found = _of_interface(base)
    tables = {resource["path"] for resource in json.loads(in_tree("datapackage.json"))["resources"]}
    others = [path for path in changed if path not in {*tables, *_FOLLOWING}]
    if not found and others:
        some = f"{', '.join(others[:3])}{', ...' if len(others) > 3 else ''}"
        found.append(("patch", f"{_count(len(others), 'file')} changed: {some}"))
    return found


def _of_interface(base: str) -> list[tuple[str, str]]:
    """What changed in names, commands, extras and needs."""
    data = git("archive", "--format=tar", base, "src", "data", "datapackage.json", "pyproject.toml")
    with tempfile.TemporaryDirectory() as folder:
        with tarfile.open(fileobj=io.BytesIO(data)) as archive:
            archive.extractall(folder, filter="data")
        return interface.changes_between(Path(folder), ROOT)


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}{'' if number == 1 else 's'}"


def unpack(commit: str, folder: Path, *paths: str) -> None:
    """Put files of a commit into a folder."""
    data = git("archive", "--format=tar", commit, *paths)
    with tarfile.open(fileobj=io.BytesIO(data)) as archive:
        archive.extractall(folder, filter="data")


# Files that follow from the tables, whose changes are told there.
_FOLLOWING = ("datapackage.json", "CITATION.cff", ".zenodo.json", "CHANGELOG.md")


def _of_files(
    old: differences.Copy, new: differences.Copy, found: list[differences.Difference]
) -> list[tuple[str, str]]:
    """Tables whose bytes changed though no cell did."""
    named = {one.table for one in found}
    return [
        ("patch", f"data/{name}.csv: no cell changed, but rows stand in another order or form")
        for name, digest in new.files.items()
        if old.files.get(name, digest) != digest
        and name not in named
        and f"data/{name}.csv" != CHANGES
    ]


# ---------------------------------------------------------------- what stops a release


def unexplained(standing: State) -> list[str]:
    """Changes that are not recorded, or lack kind or reason; records of what did not change."""
    problems = []
    for one, row in standing.pairs:
        where = " ".join(filter(None, (one.table or "package", one.id, one.column, one.change)))
        if row is None:
            problems.append(f"{where}: no reason is recorded; run: {_RUN} record")
        elif not row["kind"] or not row["reason"]:
            problems.append(
                f"{row['change_id']} {where}: no reason; say why: "
                f'{_RUN} explain KIND "REASON" {row["change_id"]} (KIND: {", ".join(kinds())})'
            )
    for row in standing.strays:
        where = " ".join(filter(None, (row["table"], row["id"], row["column"])))
        problems.append(
            f"{row['change_id']}: records a change of {where} that is not there, or that another "
            f"row records; run: {_RUN} record"
        )
    present = {row["change_id"]: row for row in rows_of_changes(in_tree)}
    problems += [
        f"{row['change_id']}: the record of an earlier release was altered; restore it"
        for row in standing.before
        if present.get(row["change_id"]) != row
    ]
    return problems


def unversioned(standing: State, version: str) -> list[str]:
    """Recorded changes that are not of the version to be released."""
    others = [row["change_id"] for row in standing.recorded if row["version"] != version]
    if not others:
        return []
    return [f"{', '.join(others[:5])}: not of version {version}; run: {_RUN} version {version}"]


def breaking(standing: State, heading: str) -> list[str]:
    """A person's word that is missing where something breaks."""
    broken = [told for level, told in standing.levels() if level == "major"]
    found = section(heading)
    if not broken or (found and re.search(r"^- \*\*Breaking\*\*", found[1], re.M)):
        return []
    return [
        f"MAJOR, which is for a person to decide: {'; '.join(broken[:5])}"
        f"{f' and {len(broken) - 5} more' if len(broken) > 5 else ''}. Undo it, or say what breaks "
        f'in CHANGELOG.md under [{heading}], in a line that begins "- **Breaking**"'
    ]


def too_small(standing: State, version: str) -> list[str]:
    """Whether a version is none, or below the least that the changes allow."""
    if not VERSION.fullmatch(version):
        return [f'"{version}" is no version; write it as {standing.least()}']
    if version_parts(version) < version_parts(standing.least()):
        return [
            f"version {version} is too small: {standing.level().upper()} changes since "
            f"{standing.last} make it {standing.least()} at least"
        ]
    if standing.tagged and version_parts(version) <= version_parts(standing.last):
        return [f"version {version} is not above {standing.last}, the last release"]
    return []


def untagged(version: str) -> list[str]:
    """Releases that the files tell of and this clone has no tag of; tags that HEAD does not follow.

    Without them there would be nothing to compare with, and everything would pass.
    """
    merged = tags("--merged", "HEAD")
    others = [tag for tag in tags() if tag not in merged]
    if others and (not merged or version_parts(others[-1]) > version_parts(merged[-1])):
        return [
            f"the tag v{others[-1]} is not in the history of this commit; release from a branch "
            "that holds it"
        ]
    told = {row["version"] for row in rows_of_changes(in_tree)} | set(sections())
    earlier = {
        one
        for one in told
        if VERSION.fullmatch(one)
        and version_parts(one) < version_parts(version)
        and one not in merged
    }
    # A section after the last release was prepared and never tagged: none was made of it.
    newest = max((one for one in earlier), key=version_parts, default=None)
    if newest is None or (merged and version_parts(newest) > version_parts(merged[-1])):
        return []
    return [
        f"CHANGELOG.md or {CHANGES} tells of release {newest}, but no tag v{newest} is in this "
        "clone; fetch the tags (git fetch --tags), or tag the commit that was released"
    ]


def clock(standing: State) -> list[str]:
    """A clock that is before what has already happened."""
    for commit in ([standing.base] if standing.tagged else []) + ["HEAD"]:
        if now() < time_of(commit):
            made = f"{commit} is of {time_of(commit):%Y-%m-%d %H:%M} UTC"
            return [f"the clock says {now():%Y-%m-%d %H:%M} UTC, but {made}; set the clock right"]
    if standing.tagged:
        day = described(at(standing.base))["day"]
        if f"{now():%Y-%m-%d}" < day:
            return [
                f"the clock says {now():%Y-%m-%d}, but {standing.last} was released on {day}; set "
                "the clock right"
            ]
    return []


def dirty(out: Path) -> list[str]:
    """What is not committed, the folder of the release left out."""
    but = f":(exclude){out.relative_to(ROOT)}" if out.is_relative_to(ROOT) and out != ROOT else None
    paths = ("--", ".", but) if but else ()
    lines = git("status", "--porcelain", *paths).decode("utf-8", "replace").splitlines()
    if not lines:
        return []
    some = f"{', '.join(line[3:] for line in lines[:5])}{', ...' if len(lines) > 5 else ''}"
    return [f"not everything is committed: {some}; commit it, or put it away"]


def unequal() -> list[str]:
    """Versions and days that differ from file to file."""
    found = versions_in_tree()
    version = found["datapackage.json"]
    if len(set(found.values())) > 1:
        told = ", ".join(f"{path} {given}" for path, given in found.items())
        return [f"the files give several versions: {told}; run: {_RUN} version X.Y.Z"]
    given, day = section(version), described(in_tree)["day"]
    if given is None:
        return [f"CHANGELOG.md has no section [{version}]; run: {_RUN} version {version}"]
    problems = []
    if given[0] != day:
        problems.append(f"CHANGELOG.md dates {version} {given[0] or 'not'}, datapackage.json {day}")
    if not given[1]:
        problems.append(f"CHANGELOG.md says nothing under [{version}]")
    if (section("Unreleased") or ("", ""))[1]:
        problems.append(f"CHANGELOG.md has entries under [Unreleased] that belong to [{version}]")
    if day > f"{now():%Y-%m-%d}":
        problems.append(f"version {version} is dated {day}, which is still to come")
    return problems


def unsound() -> list[str]:
    """Files that are stale, tables that break a rule or are not what the documents say."""
    try:
        stale = [str(path.relative_to(ROOT)) for path in fill.stale(fill.filled())]
        if stale:
            return [f"{', '.join(stale)}: stale; run: uv run python scripts/fill.py"]
        report = verify(ROOT / "seeds", require_documents=True)
    except (AlbaniaUkMigrationError, SystemExit, ValueError) as error:
        return [f"the tables cannot be read: {error}"]
    except (LookupError, TypeError) as error:
        return [f"the tables are not as datapackage.json describes them: {error!r}"]
    if report.ok:
        return []
    faults = [
        f"{fault.table} {fault.row} {fault.column}: {fault.message}" for fault in report.faults
    ]
    return [
        f"the tables do not pass: {'; '.join(faults[:3])}; run: uv run albania-uk-migration verify"
    ]


# ---------------------------------------------------------------- the steps


def tell(standing: State) -> list[str]:
    """What changed, by level, and the version that makes; the lines of status."""
    if standing.tagged:
        lines = [f"Since {standing.last} ({described(at(standing.base))['day']}):"]
    elif standing.base == "HEAD":
        lines = [
            f"No release is tagged in this clone. If {described(in_tree)['version']} is the first, "
            "there is nothing to record; else fetch the tags: git fetch --tags",
            "Since the last commit:",
        ]
    else:
        lines = [f"Since {standing.base}, taken for release {standing.last}:"]
    levels = sorted(standing.levels(), key=lambda one: -differences.LEVELS.index(one[0]))
    lines += [f"  {level.upper():<6} {told}" for level, told in levels] or ["  nothing changed."]
    if levels:
        lines.append(
            f"{standing.level().upper()}: version {standing.least()} at least; the tree says "
            f"{described(in_tree)['version']}."
        )
    return lines


def prepared(standing: State) -> str | None:
    """The version of a section of CHANGELOG.md that was prepared and is not released, if any."""
    after = [one for one in sections() if one not in tags()]
    if standing.tagged:
        after = [one for one in after if version_parts(one) > version_parts(standing.last)]
    return after[0] if after else None


def status(options: argparse.Namespace) -> int:
    standing = state(options.since)
    print("\n".join(tell(standing)))
    present = described(in_tree)["version"]
    heading = present if prepared(standing) == present else "Unreleased"
    problems = []
    if standing.tagged or options.since or standing.levels():
        problems = [*breaking(standing, heading), *unexplained(standing)]
    if standing.levels() and not (section(heading) or ("", ""))[1]:
        problems.append(f"CHANGELOG.md says nothing under [{heading}]: what would users notice?")
    problems += [*untagged(present), *unsound()]
    if problems:
        print("What stops a release:")
        print("\n".join(f"  - {problem}" for problem in problems))
    elif standing.levels() or not standing.tagged:
        step = f"{_RUN} {'build' if heading == present else 'version next'}"
        print(f"Nothing stops a release. Next: {step}")
    return 1 if problems else 0


def record(options: argparse.Namespace) -> int:
    """Write the changes into the table, what a person wrote of them kept."""
    standing = state(options.since)
    if not standing.tagged and not options.since:
        raise ReleaseError(
            "no release is tagged in this clone. If this is the first release, there is nothing to "
            f"record; go on: {_RUN} version next. Else fetch the tags (git fetch --tags), or name "
            "the commit that was released: --since COMMIT"
        )
    numbers = [int(row["change_id"][1:]) for row in [*standing.before, *standing.recorded]]
    following = max(numbers, default=0) + 1
    rows = []
    for one, row in standing.pairs:
        if row is None:
            row = dict.fromkeys(columns_of_changes(), "") | {
                "change_id": f"C{following:03}",
                "table": one.table,
                "id": one.id,
                "column": one.column,
                "change": one.change,
                "old": one.old,
                "new": one.new,
            }
            following += 1
        rows.append(row)
    for row in standing.strays:
        told = f"{row['kind']}: {row['reason']}" if row["reason"] else "it had no reason"
        print(f"{row['change_id']} taken out, no longer a change; {told}")
    written = write_changes([*standing.before, *rows])
    lacking = sum(1 for row in rows if not row["kind"] or not row["reason"])
    changes = _count(len(rows), "change")
    print(f"{CHANGES}: {changes} since {standing.last}, {lacking} without a reason.")
    print(f"{'Written.' if written else 'It was so already.'}")
    return 0


def columns_of_changes() -> dict[str, dict[str, Any]]:
    """Columns of release_changes by name, as datapackage.json describes them."""
    about = json.loads(in_tree("datapackage.json"))
    (resource,) = (one for one in about["resources"] if one["path"] == CHANGES)
    return {field["name"]: field for field in resource["schema"]["fields"]}


def kinds() -> list[str]:
    """What kinds of change there are."""
    listed: list[str] = columns_of_changes()["kind"]["constraints"]["enum"]
    return listed


def write_changes(rows: list[Record]) -> bool:
    """Write release_changes with all that follows from it; whether anything was written."""
    tables = fill.Tables()
    tables.rows["release_changes"] = rows
    changed = fill.stale(fill.filled(tables))
    fill.write(changed)
    return bool(changed)


def explain(options: argparse.Namespace) -> int:
    """Put kind and reason into recorded changes that lack one; into any that is named itself."""
    reason = " ".join(options.reason.split())
    if options.kind not in kinds():
        raise ReleaseError(f'no kind "{options.kind}"; there are {", ".join(kinds())}')
    if not any(character.isalpha() for character in reason):
        raise ReleaseError(f'"{reason}" is no reason; say in a sentence why it changed')
    rows = rows_of_changes(in_tree)
    merged = tags("--merged", "HEAD")
    released = set(merged) & {row["version"] for row in rows}
    pending = [row for row in rows if row["version"] not in released]
    lacking = [row for row in pending if not row["kind"] or not row["reason"]]
    named = [row for row in pending if row["change_id"] in options.what]
    places = ("table", "id", "column")
    known = {row[name] for row in pending for name in (*places, "change_id")}
    for what in options.what:
        if what in {row["change_id"] for row in rows} - {row["change_id"] for row in pending}:
            raise ReleaseError(f"{what} is released; what it says is not altered any more")
        if what not in known:
            raise ReleaseError(
                f'no recorded change of "{what}" that is not yet released; run: {_RUN} status'
            )
    wanted = set(options.what) - {""}
    chosen = lacking
    if wanted:
        chosen = named + [r for r in lacking if r not in named and wanted & {r[n] for n in places}]
    if not chosen:
        raise ReleaseError(
            "every such change has its reason already; to give another, name it: C001"
        )
    withdrawn = [row["change_id"] for row in chosen if row["kind"] == "withdrawal"]
    if withdrawn and options.kind != "withdrawal":
        raise ReleaseError(
            f"{', '.join(withdrawn)}: withdrawn, so that what it was is no longer recorded; take "
            f"the row out of {CHANGES}, then: {_RUN} record"
        )
    for row in chosen:
        row |= {"kind": options.kind, "reason": reason}
        if options.kind == "withdrawal":
            row["old"] = ""
    write_changes(rows)
    told = ", ".join(row["change_id"] for row in chosen)
    print(f"{_count(len(chosen), 'change')} explained: {told}")
    return 0


def set_version(options: argparse.Namespace) -> int:
    """Set version and day everywhere: a release can be committed, tagged and built after that."""
    standing = state()
    version = standing.least() if options.version == "next" else options.version
    problems = too_small(standing, version)
    if not problems:
        problems += untagged(version)
    problems += clock(standing)
    if version in tags():
        problems.append(f"the tag v{version} exists: that version is released")
    unreleased, again = (section("Unreleased") or ("", ""))[1], prepared(standing)
    if again is None and not unreleased:
        problems.append("CHANGELOG.md says nothing under [Unreleased]: what would users notice?")
    if again is not None and unreleased:
        problems.append(
            f"CHANGELOG.md has [{again}], which is not released, and entries under [Unreleased]: "
            f"join them under [{again}]"
        )
    if standing.tagged:
        problems += [*breaking(standing, again or "Unreleased"), *unexplained(standing)]
    problems += unsound()
    if problems:
        raise ReleaseError(*problems)
    day = f"{now():%Y-%m-%d}"
    recorded = {row["change_id"] for row in standing.recorded} if standing.tagged else set()
    files = versioned(version, day, again, recorded)
    changed = fill.stale(files)
    fill.write(changed)
    print(f"Version {version} of {day}, in:" if changed else f"It is {version} of {day} already.")
    for path in changed:
        print(f"  {path.relative_to(ROOT)}")
    renew_page()
    print(f"Look at it; then: git commit -am 'Release {version}' && {_RUN} build")
    return 0


def renew_page() -> None:
    """Print the page of first commands anew, which shows the version, where there is one."""
    page, script = ROOT / "docs" / "first-commands.md", ROOT / "scripts" / "transcript.py"
    if not page.exists():
        return
    if sys.platform == "win32":
        print(f"  {page.relative_to(ROOT)}: not renewed, which needs a pseudo-terminal")
        return
    kept = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    done = subprocess.run([sys.executable, str(script)], capture_output=True, check=False, env=kept)
    told = "" if done.returncode == 0 else ": not renewed; run: uv run python scripts/transcript.py"
    print(f"  {page.relative_to(ROOT)}{told}")


def versioned(version: str, day: str, again: str | None, recorded: set[str]) -> dict[Path, bytes]:
    """Every file with a version and day put in; a section prepared before is named anew."""
    tables = fill.Tables()
    tables.descriptor |= {"version": version, "created": f"{day}T00:00:00Z"}
    for row in tables.rows["release_changes"]:
        if row["change_id"] in recorded:
            row |= {"version": version, "released": day}
    files = fill.filled(tables)
    heading = rf"^## \[{re.escape(again or 'Unreleased')}\].*$"
    title = f"## [{version}] - {day}"
    for path, pattern, text in (
        ("pyproject.toml", r'^version = ".*"$', f'version = "{version}"'),
        (FRONT, r'^__version__ = ".*"$', f'__version__ = "{version}"'),
        ("CHANGELOG.md", heading, title if again else f"## [Unreleased]\n\n{title}"),
    ):
        source = changelog() if path == "CHANGELOG.md" else in_tree(path).decode("utf-8")
        changed, count = re.subn(pattern, text.replace("\\", r"\\"), source, flags=re.M)
        if count != 1:
            raise ReleaseError(f"{path} has {count} lines of the form {pattern}, not one")
        files[ROOT / path] = changed.encode("utf-8")
    return files


# ---------------------------------------------------------------- the files to hand out


def build(options: argparse.Namespace) -> int:
    """Wheel, sdist, zipped data package and SHA256SUMS, from the commit alone."""
    version = described(in_tree)["version"]
    if not VERSION.fullmatch(version):
        raise ReleaseError(f'datapackage.json gives "{version}", which is no version such as 0.2.0')
    earlier = [v for v in tags("--merged", "HEAD") if version_parts(v) < version_parts(version)]
    tagged = version in tags()
    head = git("rev-parse", "HEAD")
    out = Path(options.out).resolve() if options.out else ROOT / "dist"
    problems = dirty(out)
    if options.tagged and not tagged:
        problems.append(f"no tag v{version} is here; tag the commit, or build without --tagged")
    elif options.tagged and git("rev-parse", f"v{version}^{{commit}}") != head:
        problems.append(f"the tag v{version} is not this commit; check it out to build it again")
    elif tagged and not options.tagged:
        problems.append(
            f"the tag v{version} exists: that version is released. A new release has a new version "
            f"({_RUN} version next); to build this one again: git checkout v{version}, then "
            "build --tagged"
        )
    later = [v for v in tags("--merged", "HEAD") if version_parts(v) > version_parts(version)]
    if later:
        problems.append(f"v{later[-1]} is already released before this commit, and is later")
    problems += [*unequal(), *untagged(version), *strays_in_data()]
    standing = compared_with(f"v{earlier[-1]}", tagged=True) if earlier else None
    if standing:
        problems += [
            *too_small(standing, version),
            *breaking(standing, version),
            *unexplained(standing),
        ]
        problems += [*unversioned(standing, version), *clock(standing)]
    else:
        if rows_of_changes(in_tree) and not untagged(version):
            problems.append(f"{CHANGES} tells of changes, but this is the first release: empty it")
        problems += clock(State(version, "HEAD", False, [], [], [], [], []))
    problems += occupied(out, version)
    problems += unsound() if not problems else []
    if problems:
        raise ReleaseError(*problems)
    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".release-", dir=out.parent) as work:
        fresh = Path(work, "dist")
        fresh.mkdir()
        handed_out(Path(work), fresh, version)
        swap(fresh, out, Path(work, "before"))
    for path in sorted(out.iterdir()):
        print(f"{path.stat().st_size:>9,} B  {path.name}")
    print(f"Version {version}, from commit {head.decode()[:12]}, in {out}.")
    return 0


def swap(fresh: Path, out: Path, aside: Path) -> None:
    """Put a folder in the place of another, or leave that where it is."""
    held = out.exists()
    if held:
        os.replace(out, aside)
    try:
        os.replace(fresh, out)
    except OSError:
        if held:
            os.replace(aside, out)
        raise


def strays_in_data() -> list[str]:
    """Files in data/ that datapackage.json does not describe: they would be handed out too."""
    told = {resource["path"] for resource in json.loads(in_tree("datapackage.json"))["resources"]}
    held = set(git("ls-files", "data").decode().splitlines())
    problems = [f"{path} is no table of datapackage.json; take it out" for path in held - told]
    away = [path for path in told if not path.startswith("data/")]
    return problems + [
        f"{path}: tables lie in data/, or the wheel leaves them out" for path in away
    ]


def occupied(out: Path, version: str) -> list[str]:
    """What lies where the release is to be put and is none of its files."""
    if not out.exists():
        return []
    if not out.is_dir():
        return [f"{out.name} is a file; name a folder with --out"]
    strange = sorted({path.name for path in out.iterdir()} - set(names_of(version)))
    if strange:
        some = f"{', '.join(strange[:3])}{', ...' if len(strange) > 3 else ''}"
        return [f"{out.name}/ holds what is not of this release: {some}; move it, or give --out"]
    return []


def names_of(version: str) -> tuple[str, str, str, str]:
    """Names of wheel, sdist, data package and checksums."""
    base = f"albania_uk_migration-{version}"
    zipped = f"albania-uk-migration-{version}-datapackage.zip"
    return f"{base}-py3-none-any.whl", f"{base}.tar.gz", zipped, "SHA256SUMS"


def handed_out(work: Path, made: Path, version: str) -> None:
    """Make the four files of a release in a folder, from the files of the commit."""
    source = work / "source"
    unpack("HEAD", source)
    about = json.loads((source / "datapackage.json").read_bytes())
    day = about["created"][:10]
    midnight = datetime.datetime.fromisoformat(f"{day}T00:00:00+00:00")
    kept = {k: v for k, v in os.environ.items() if k not in ("PYTHONPATH", "PYTHONHOME")}
    done = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-d", str(made)],
        cwd=source,
        capture_output=True,
        check=False,
        env={**kept, "SOURCE_DATE_EPOCH": str(int(midnight.timestamp())), "PYTHONHASHSEED": "0"},
    )
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        last = said[-1] if said else f"exit status {done.returncode}"
        hint = f" (run it as: {_RUN})" if "hatchling" in last else ""
        raise ReleaseError(f"hatchling cannot build: {last}{hint}")
    wheel, sdist, zipped, sums = names_of(version)
    found = sorted(path.name for path in made.iterdir())
    if found != sorted((wheel, sdist)):
        raise ReleaseError(
            f"hatchling built {', '.join(found)}, where {wheel} and {sdist} are expected"
        )
    (made / zipped).write_bytes(data_package(source, midnight))
    lines = [
        f"{hashlib.sha256((made / name).read_bytes()).hexdigest()}  {name}\n"
        for name in sorted((wheel, sdist, zipped))
    ]
    (made / sums).write_text("".join(lines), encoding="utf-8", newline="\n")


def data_package(source: Path, time: datetime.datetime) -> bytes:
    """The zipped data package: description, tables, licence, citation, and what catalogues read."""
    parts = {path: (source / path).read_bytes() for path in ("datapackage.json", *BESIDE)}
    for resource in json.loads(parts["datapackage.json"])["resources"]:
        parts[resource["path"]] = (source / resource["path"]).read_bytes()
    for name, form in (("croissant.json", "croissant"), ("dataset.jsonld", "schema.org")):
        parts[name] = f"{described_as(form)}\n".encode()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for path in sorted(parts, key=lambda path: (path != "datapackage.json", path)):
            member = zipfile.ZipInfo(path, time.timetuple()[:6])
            member.compress_type = zipfile.ZIP_DEFLATED
            member.create_system, member.external_attr = 3, 0o100644 << 16
            archive.writestr(member, parts[path])
    return out.getvalue()


# ---------------------------------------------------------------- the command


def main(arguments: Iterable[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description="Make a release of the tables and the code.",
        epilog="RELEASING.md says in which order.",
    )
    steps = parser.add_subparsers(title="steps", metavar="STEP", required=True)

    def step(
        name: str, run: Callable[[argparse.Namespace], int], about: str
    ) -> argparse.ArgumentParser:
        added = steps.add_parser(name, help=about, description=about)
        added.set_defaults(run=run)
        return added

    for name, run, about in (
        ("status", status, "what changed since the last release, and what stops the next"),
        ("record", record, f"write the changes into {CHANGES}"),
    ):
        added = step(name, run, about)
        added.add_argument(
            "--since", metavar="COMMIT", help="a commit to take for the last release"
        )
    explained = step("explain", explain, "say of recorded changes what kind they are, and why")
    explained.add_argument(
        "kind", help="correction: we were wrong; update: something happened; ..."
    )
    explained.add_argument("reason", help="a sentence in quotation marks")
    explained.add_argument("what", nargs="*", help="C001, a table, a row or a column; else all")
    versioning = step("version", set_version, "set version and day everywhere")
    versioning.add_argument("version", metavar="VERSION", help="0.2.0, or next for the least")
    building = step("build", build, "wheel, sdist, data package and SHA256SUMS")
    building.add_argument("--tagged", action="store_true", help="of a commit that is tagged so")
    building.add_argument("--out", metavar="FOLDER", help="where to (dist/ of the repository)")
    options = parser.parse_args(None if arguments is None else list(arguments))
    try:
        return int(options.run(options))
    except ReleaseError as stopped:
        reasons = list(stopped.reasons)
    except SystemExit as refused:
        reasons = [str(refused)]
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except (AlbaniaUkMigrationError, OSError, LookupError, TypeError, ValueError) as error:
        # A file that is not of the form it should have, met where it was read.
        said = str(error) if not isinstance(error, LookupError | TypeError) else repr(error)
        reasons = [f"{said}; is every file as it should be? uv run albania-uk-migration verify"]
    print("Stopped; nothing was written:", file=sys.stderr)
    for reason in reasons:
        print(f"  - {reason}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
