"""Make a release: what changed since the last one, the new version, and what prevents it.

    uv run python scripts/release.py status      what changed, and what stops a release
    ... status --tagged v0.2.0                   what stops the release of that tag
    ... record                                   write the changes into release_changes.csv
    ... explain KIND "reason" [F012 ...]         say why, for all or some that lack a reason
    ... version 0.2.0                            set the version everywhere, or next

The tables, the description and the code are compared with the last release, the newest tag such as
v0.1.0 before HEAD. The lowest version follows from that; a person may choose a higher one, never a
lower. If a change breaks users' work, a person must write a line under [Unreleased] in CHANGELOG.md
that begins "- **Breaking**". If something prevents the release, we write nothing.
"""

from __future__ import annotations

import argparse
import csv
import datetime
import io
import json
import os
import re
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import griffe

ROOT = Path(__file__).resolve().parent.parent
# The code of this checkout, whatever is installed.
sys.path.insert(0, str(ROOT / "src"))

import differences  # noqa: E402
import fill  # noqa: E402
import interface  # noqa: E402
import prove  # noqa: E402
from albania_uk_migration.errors import AlbaniaUkMigrationError  # noqa: E402
from albania_uk_migration.proof.record import RECORD  # noqa: E402
from albania_uk_migration.proof.verify import verify  # noqa: E402
from albania_uk_migration.rules.releases import VERSION, version_parts  # noqa: E402
from albania_uk_migration.tables.package import Package  # noqa: E402

Read = Callable[[str], bytes]
Record = differences.Record
State = differences.State

CHANGES = "data/release_changes.csv"
FRONT = "src/albania_uk_migration/__init__.py"
_RUN = "uv run python scripts/release.py"


class ReleaseError(Exception):
    """A release, or a step towards it, is impossible; the arguments are the reasons."""


# The errors from a file that is missing or does not have the right form.
UNREADABLE = (
    *(AlbaniaUkMigrationError, griffe.GriffeError, ImportError, SystemExit),
    *(LookupError, OSError, TypeError, ValueError),
)


def said_of(error: BaseException) -> str:
    return repr(error) if isinstance(error, LookupError | TypeError) else str(error)


# ---------------------------------------------------------------- the repository


def git(*arguments: str) -> bytes:
    """The output of git. Raises ReleaseError with git's own words if it fails."""
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
    return (ROOT / path).read_bytes()


def at(commit: str) -> Read:
    """A function that reads files from a commit."""
    return lambda path: git("show", f"{commit}:{path}")


def tags(*arguments: str) -> list[str]:
    """The tagged versions, oldest first."""
    names = git("tag", "--list", "v*", *arguments).decode().split()
    versions = [name[1:] for name in names if VERSION.fullmatch(name[1:])]
    return sorted(versions, key=version_parts)


def now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)


# ---------------------------------------------------------------- what the tree says


def described(read: Read) -> dict[str, str]:
    """The version and day of release of a state of the tables."""
    about = json.loads(read("datapackage.json"))
    return {"version": about["version"], "day": about["created"][:10]}


def tables_in_tree() -> dict[str, dict[str, Any]]:
    """The path and description of each table in datapackage.json."""
    return {one["path"]: one for one in json.loads(in_tree("datapackage.json"))["resources"]}


def sections() -> dict[str, tuple[str, str]]:
    """The day and text of each section of CHANGELOG.md, newest first."""
    text = in_tree("CHANGELOG.md").decode("utf-8").replace("\r\n", "\n")
    found = re.findall(r"^## \[(.*?)\](?: - (\S+))?\n(.*?)(?=^## |\Z)", text, re.M | re.S)
    return {heading: (day, said.strip()) for heading, day, said in found}


def said_under(heading: str) -> str:
    """The text of a section of CHANGELOG.md; empty if there is none."""
    return sections().get(heading, ("", ""))[1]


def columns_of_changes() -> dict[str, dict[str, Any]]:
    """The columns of release_changes by name, as in datapackage.json."""
    return {field["name"]: field for field in tables_in_tree()[CHANGES]["schema"]["fields"]}


def rows_of_changes(read: Read) -> list[Record]:
    """The rows of release_changes, as text cells."""
    rows = list(csv.DictReader(io.StringIO(read(CHANGES).decode("utf-8"), newline="")))
    for number, row in enumerate(rows, start=2):
        if None in row or None in row.values() or not re.fullmatch("C[0-9]{3,}", row["change_id"]):
            raise ReleaseError(
                f"{CHANGES}, row {number}: too many or too few cells, or no change_id"
            )
    return rows


# ---------------------------------------------------------------- what changed since


def state(since: str | None = None, below: str | None = None) -> State:
    """The tree compared with the last release, or with a commit that replaces it.

    A version that is already tagged is compared with the release before it. If there are no tags
    yet, we use the last commit.
    """
    earlier = tags("--merged", "HEAD")
    if below:
        earlier = [one for one in earlier if version_parts(one) < version_parts(below)]
    base = since or (f"v{earlier[-1]}" if earlier else "HEAD")
    read = at(base)
    try:
        old, new = differences.read_copy(read), differences.read_copy(in_tree)
        found = differences.found_between(old, new)
        others = [*_of_code(base), *differences.reordered(old, new, found)]
    except UNREADABLE as error:
        raise ReleaseError(f"cannot compare with {base}: {said_of(error)}") from None
    before = rows_of_changes(read) if CHANGES.encode() in git("ls-tree", "-r", base) else []
    known = {row["change_id"] for row in before}
    recorded = [row for row in rows_of_changes(in_tree) if row["change_id"] not in known]
    pairs, strays = differences.paired(found, recorded)
    tagged = bool(earlier) and since is None
    last = earlier[-1] if tagged else described(read)["version"]
    return State(last, base, tagged, pairs, strays, others, recorded, before)


# Files that follow from the tables; we report their changes with the tables.
_FOLLOWING = ("datapackage.json", "proof.json", "CITATION.cff", ".zenodo.json", "CHANGELOG.md")


def _of_code(base: str) -> list[tuple[str, str]]:
    """What changed in the interface and requirements of the code, or whether it changed at all."""
    changed = git("diff", "--name-only", base).decode().splitlines()
    found: list[tuple[str, str]] = []
    if any(path.startswith("src/") or path == "pyproject.toml" for path in changed):
        found = _of_interface(base)
    others = [path for path in changed if path not in {*tables_in_tree(), *_FOLLOWING}]
    if not found and others:
        found.append(("patch", f"files changed: {_some(others, 3)}"))
    return found


def _of_interface(base: str) -> list[tuple[str, str]]:
    """What changed in names, commands, extras and requirements."""
    data = git("archive", "--format=tar", base, "src", "data", "datapackage.json", "pyproject.toml")
    with tempfile.TemporaryDirectory() as folder:
        with tarfile.open(fileobj=io.BytesIO(data)) as archive:
            archive.extractall(folder, filter="data")
        return interface.changes_between(Path(folder), ROOT)


def _some(names: list[str], most: int) -> str:
    return ", ".join([*names[:most], *["..."] * (len(names) > most)])


# ---------------------------------------------------------------- what stops a release


def unexplained(standing: State) -> list[str]:
    """Changes without a record, kind or reason, and records of things that did not change."""
    problems, kinds = [], columns_of_changes()["kind"]["constraints"]["enum"]
    for one, row in standing.pairs:
        where = f"{one.where()} {one.change}"
        if row is None:
            problems.append(f"{where}: no reason is recorded; run: {_RUN} record")
        elif differences.lacks_reason(row):
            problems.append(
                f"{row['change_id']} {where}: no reason; say why: "
                f'{_RUN} explain KIND "REASON" {row["change_id"]} (KIND: {", ".join(kinds)})'
            )
    problems += [
        f"{row['change_id']}: records a change of {row['table']} {row['id']} {row['column']} that "
        f"is not there, or that another row records; run: {_RUN} record"
        for row in standing.strays
    ]
    present = {row["change_id"]: row for row in rows_of_changes(in_tree)}
    problems += [
        f"{row['change_id']}: the record of an earlier release was altered; restore it"
        for row in standing.before
        if present.get(row["change_id"]) != row
    ]
    return problems


def unversioned(standing: State, version: str) -> list[str]:
    """Recorded changes that belong to another version than the one to release."""
    others = [row["change_id"] for row in standing.recorded if row["version"] != version]
    if others:
        return [f"{_some(others, 5)}: not of version {version}; run: {_RUN} version {version}"]
    if not standing.tagged and rows_of_changes(in_tree) and not untagged(version):
        return [f"{CHANGES} tells of changes, but this is the first release: empty it"]
    return []


def breaking(standing: State, heading: str) -> list[str]:
    """Breaking changes for which a person's line is missing."""
    broken = [told for level, told in standing.levels() if level == "major"]
    if not broken or re.search(r"^- \*\*Breaking\*\*", said_under(heading), re.M):
        return []
    return [
        f"MAJOR, which is for a person to decide: {_some(broken, 5)}. Undo it, or say what breaks "
        f'in CHANGELOG.md under [{heading}], in a line that begins "- **Breaking**"'
    ]


def too_small(standing: State, version: str) -> list[str]:
    """Whether a version is invalid, or lower than the changes allow."""
    if not VERSION.fullmatch(version):
        return [f'"{version}" is no version; write it as {standing.least()}']
    if version_parts(version) < version_parts(standing.least()):
        return [
            f"version {version} is too small: {standing.level().upper()} changes since "
            f"{standing.last} make it {standing.least()} at least"
        ]
    return []


def untagged(version: str) -> list[str]:
    """Releases in the files without a tag in this clone, and tags that HEAD does not follow.

    Without tags there would be nothing to compare with, and everything would pass.
    """
    merged = tags("--merged", "HEAD")
    others = [tag for tag in tags() if tag not in merged]
    if others and (not merged or version_parts(others[-1]) > version_parts(merged[-1])):
        return [
            f"the tag v{others[-1]} is not in the history of this commit; release from a branch "
            "that holds it"
        ]
    told = {row["version"] for row in rows_of_changes(in_tree)} | sections().keys()
    versions = [version_parts(one) for one in told if VERSION.fullmatch(one)]
    newest = max((one for one in versions if one < version_parts(version)), default=None)
    released = [version_parts(tag) for tag in merged]
    # A section after the last release was prepared but never tagged, so it was not released.
    if newest is None or newest in released or (released and newest > released[-1]):
        return []
    name = ".".join(map(str, newest))
    return [
        f"CHANGELOG.md or {CHANGES} tells of release {name}, but no tag v{name} is in this "
        "clone; fetch the tags (git fetch --tags), or tag the commit that was released"
    ]


def clock(standing: State) -> list[str]:
    """A clock that is earlier than an existing commit."""
    for commit in (standing.base, "HEAD"):
        seconds = int(git("log", "-1", "--format=%ct", commit))
        made = datetime.datetime.fromtimestamp(seconds, datetime.UTC)
        if now() < made:
            times = f"{now():%Y-%m-%d %H:%M} UTC, but {commit} is of {made:%Y-%m-%d %H:%M} UTC"
            return [f"the clock says {times}; set the clock right"]
    return []


def dirty() -> list[str]:
    """Uncommitted changes."""
    lines = git("status", "--porcelain").decode("utf-8", "replace").splitlines()
    some = _some([line[3:] for line in lines], 5)
    return [f"not everything is committed: {some}; commit it, or put it away"] if lines else []


def unequal(version: str) -> list[str]:
    """Versions and days that differ from file to file."""
    front = re.findall(r'^__version__ = "(.*)"$', in_tree(FRONT).decode(), re.M)
    found = {
        "pyproject.toml": tomllib.loads(in_tree("pyproject.toml").decode())["project"]["version"],
        "datapackage.json": version,
        FRONT: " and ".join(front) or "none",
    }
    if len(set(found.values())) > 1:
        told = ", ".join(f"{path} {given}" for path, given in found.items())
        return [f"the files give several versions: {told}; run: {_RUN} version X.Y.Z"]
    day = described(in_tree)["day"]
    given, said = sections().get(version, ("", ""))
    problems = []
    if given != day:
        problems.append(f"CHANGELOG.md dates [{version}] {given or 'not'}, datapackage.json {day}")
    if not said:
        problems.append(f"CHANGELOG.md says nothing under [{version}]")
    if said_under("Unreleased"):
        problems.append(f"CHANGELOG.md has entries under [Unreleased] that belong to [{version}]")
    if day > f"{now():%Y-%m-%d}":
        problems.append(f"version {version} is dated {day}, which is still to come")
    return problems


def mistagged(tag: str, version: str) -> list[str]:
    """A tag of another version or another commit."""
    if tag != f"v{version}":
        return [f'the tag is "{tag}", but the version is {version}; tag the commit v{version}']
    if version not in tags():
        return [f"no tag {tag} is here; tag the commit, or fetch the tags: git fetch --tags"]
    if git("rev-parse", f"{tag}^{{commit}}") != git("rev-parse", "HEAD"):
        return [f"the tag {tag} is not this commit; check it out"]
    last = tags("--merged", "HEAD")[-1]
    return [f"v{last} is already released before this commit, and is later"] * (last != version)


def strays_in_data() -> list[str]:
    """Files in data/ that datapackage.json does not describe; they would be released too."""
    present = set(git("ls-files", "data").decode().splitlines())
    strays = sorted(present - tables_in_tree().keys())
    return [f"{path} is no table of datapackage.json; take it out" for path in strays]


def unsound() -> list[str]:
    """Stale files, and tables that break a rule or differ from the documents."""
    try:
        stale = [str(path.relative_to(ROOT)) for path in fill.stale(fill.filled())]
        faults = [] if stale else verify(ROOT / "seeds", require_documents=True).faults
    except UNREADABLE as error:
        return [f"the tables cannot be read: {said_of(error)}"]
    if stale:
        return [f"{', '.join(stale)}: stale; run: uv run python scripts/fill.py"]
    some = "; ".join(f"{one.table} {one.row} {one.column}: {one.message}" for one in faults[:3])
    again = "run: uv run albania-uk-migration verify"
    return [f"the tables do not pass: {some}; {again}"] if faults else []


def unrecorded() -> list[str]:
    """Stale parts of the proof record, if the tables pass."""
    found = prove.stale(prove.proved_facts(Package(in_tree)))
    again = "run: uv run python scripts/prove.py"
    return [f"the proof record is stale: {_some(found, 3)}; {again}"] if found else []


# ---------------------------------------------------------------- the steps


def tell(standing: State) -> list[str]:
    """The lines of status: what changed, by level, and the resulting version."""
    version = described(in_tree)["version"]
    if standing.tagged:
        since = f"{standing.last} ({described(at(standing.base))['day']})"
    elif standing.base == "HEAD":
        since = (
            f"the last commit, as no release is tagged in this clone. If {version} is the first, "
            "there is nothing to record; else fetch the tags (git fetch --tags)"
        )
    else:
        since = f"{standing.base}, taken for release {standing.last}"
    levels = sorted(standing.levels(), key=lambda one: -differences.LEVELS.index(one[0]))
    lines = [f"  {level.upper():<6} {told}" for level, told in levels] or ["  nothing changed."]
    least = f"version {standing.least()} at least; the tree says {version}."
    return [f"Since {since}:", *lines, *([f"{standing.level().upper()}: {least}"] * bool(levels))]


def prepared(standing: State) -> str | None:
    """The version of a prepared but unreleased section of CHANGELOG.md, if any."""
    for version in sections():
        if VERSION.fullmatch(version) and version not in tags():
            above = version_parts(version) > version_parts(standing.last)
            return version if above or not standing.tagged else None
    return None


def status(options: argparse.Namespace) -> int:
    """Say what changed and what prevents a release; everything once the version is set."""
    version = described(in_tree)["version"]
    if not VERSION.fullmatch(version):
        raise ReleaseError(
            f'datapackage.json gives "{version}", which is not a version such as 0.2.0'
        )
    standing = state(options.since, version if options.tagged else None)
    print("\n".join(tell(standing)))
    # Without tags nobody knows what was released; entries under [Unreleased] show that this was
    # not.
    fresh = standing.tagged or not said_under("Unreleased")
    ready = options.tagged or (fresh and prepared(standing) == version)
    heading = version if ready else "Unreleased"
    problems = []
    if standing.tagged or options.since or standing.levels():
        problems = [*breaking(standing, heading), *unexplained(standing)]
    if standing.levels() and not said_under(heading):
        problems.append(f"CHANGELOG.md says nothing under [{heading}]: what would users notice?")
    if options.tagged:
        problems += mistagged(options.tagged, version)
    problems += [*untagged(version), *strays_in_data()]
    if ready:
        problems += [*dirty(), *unequal(version), *unversioned(standing, version)]
        problems += [*clock(standing), *(too_small(standing, version) if standing.tagged else [])]
    problems += unsound() or unrecorded()
    if problems:
        print("What stops a release:")
        print("\n".join(f"  - {problem}" for problem in problems))
    elif not options.tagged and (standing.levels() or not standing.tagged):
        step = f"git tag v{version}" if ready else f"{_RUN} version next"
        print(f"Nothing stops a release. Next: {step}")
    return 1 if problems else 0


def record(options: argparse.Namespace) -> int:
    """Write the changes into the table, and keep what a person wrote about them."""
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
            row = dict.fromkeys(columns_of_changes(), "") | one.cells()
            row["change_id"] = f"C{following:03}"
            following += 1
        rows.append(row)
    for row in standing.strays:
        told = f"{row['kind']}: {row['reason']}" if row["reason"] else "it had no reason"
        print(f"{row['change_id']} taken out, no longer a change; {told}")
    written = write_changes([*standing.before, *rows])
    lacking = sum(map(differences.lacks_reason, rows))
    print(f"{CHANGES}: changes since {standing.last}: {len(rows)}; {lacking} without a reason.")
    print(f"{'Written.' if written else 'It was so already.'}")
    return 0


def write_changes(rows: list[Record]) -> bool:
    """Write release_changes and everything that follows; returns whether anything changed."""
    tables = fill.Tables()
    tables.rows["release_changes"] = rows
    changed = fill.stale(fill.filled(tables))
    fill.write(changed)
    return bool(changed)


def explain(options: argparse.Namespace) -> int:
    """Put kind and reason into recorded changes that lack them, and into every change you name."""
    reason = " ".join(options.reason.split())
    kinds = columns_of_changes()["kind"]["constraints"]["enum"]
    if options.kind not in kinds:
        raise ReleaseError(f'no kind "{options.kind}"; there are {", ".join(kinds)}')
    if not any(character.isalpha() for character in reason):
        raise ReleaseError(f'"{reason}" is not a reason; say in a sentence why it changed')
    rows, merged = rows_of_changes(in_tree), tags("--merged", "HEAD")
    pending = [row for row in rows if row["version"] not in merged]
    wanted, names = set(options.what) - {""}, ("change_id", "table", "id", "column")
    unknown = sorted(wanted - {row[name] for row in pending for name in names})
    if unknown:
        raise ReleaseError(
            f'no recorded change of "{unknown[0]}" that is not yet released; run: {_RUN} status'
        )
    chosen = [
        row
        for row in pending
        if row["change_id"] in wanted
        or (
            differences.lacks_reason(row) and (not wanted or wanted & {row[name] for name in names})
        )
    ]
    if not chosen:
        raise ReleaseError("each such change has its reason; to give another, name it: C001")
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
    print(f"Explained: {', '.join(row['change_id'] for row in chosen)}")
    return 0


def set_version(options: argparse.Namespace) -> int:
    """Set version and day everywhere, so that you can commit and tag the release."""
    standing = state()
    version = standing.least() if options.version == "next" else options.version
    problems = too_small(standing, version) or untagged(version)
    problems += clock(standing)
    if version in tags():
        problems.append(f"the tag v{version} exists: that version is released")
    again = prepared(standing)
    if not again and not said_under("Unreleased"):
        problems.append("CHANGELOG.md says nothing under [Unreleased]: what would users notice?")
    if again and said_under("Unreleased"):
        problems.append(f"CHANGELOG.md has entries under [Unreleased] that belong to [{again}]")
    if standing.tagged:
        problems += [*breaking(standing, again or "Unreleased"), *unexplained(standing)]
    problems += unsound()
    if problems:
        raise ReleaseError(*problems)
    day = f"{now():%Y-%m-%d}"
    recorded = {row["change_id"] for row in standing.recorded} if standing.tagged else set()
    changed = fill.stale(versioned(version, day, again, recorded))
    fill.write(changed)
    print(f"Version {version} of {day}, in:" if changed else f"It is {version} of {day} already.")
    for path in changed:
        print(f"  {path.relative_to(ROOT)}")
    renew_page()
    print(f"Look at it; then: git commit -am 'Release {version}' && {_RUN} status")
    return 0


def renew_page() -> None:
    """Make the page of first commands again, if there is one, because it shows the version."""
    page, script = ROOT / "docs" / "first-commands.md", ROOT / "scripts" / "transcript.py"
    if not page.exists():
        return
    kept = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    done = subprocess.run([sys.executable, str(script)], capture_output=True, check=False, env=kept)
    told = "" if done.returncode == 0 else ": not renewed; run: uv run python scripts/transcript.py"
    print(f"  {page.relative_to(ROOT)}{told}")


def versioned(version: str, day: str, again: str | None, recorded: set[str]) -> dict[Path, bytes]:
    """Every file with the version and day set; an earlier prepared section gets the new name."""
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
        source = in_tree(path).decode("utf-8").replace("\r\n", "\n")
        changed, count = re.subn(pattern, text.replace("\\", r"\\"), source, flags=re.M)
        if count != 1:
            raise ReleaseError(f"{path} has {count} lines of the form {pattern}, not one")
        files[ROOT / path] = changed.encode("utf-8")
    package = Package(lambda path: files.get(ROOT / path) or in_tree(path))
    files[ROOT / RECORD] = prove.record_for(prove.proved_facts(package), day)
    return files


# ---------------------------------------------------------------- the command


_GIVEN = {
    "--since": "a commit to take for the last release",
    "--tagged": "a tag of this commit, whose release is to be made",
    "kind": "correction: we were wrong; update: something happened; ...",
    "reason": "a sentence in quotation marks",
    "what": "C001, a table, a row or a column; else all",
    "version": "0.2.0, or next for the least",
}


def main(arguments: Iterable[str] | None = None) -> int:
    parser = argparse.ArgumentParser(epilog="RELEASING.md says in which order.")
    steps = parser.add_subparsers(title="steps", metavar="STEP", required=True)
    for name, run, given, about in (
        ("status", status, "--since --tagged", "what changed, and what stops a release"),
        ("record", record, "--since", f"write the changes into {CHANGES}"),
        ("explain", explain, "kind reason what", "say what kind of change it is, and why"),
        ("version", set_version, "version", "set version and day everywhere"),
    ):
        step = steps.add_parser(name, help=about, description=about)
        step.set_defaults(run=run)
        for one in given.split():
            step.add_argument(one, help=_GIVEN[one], nargs="*" if one == "what" else None)
    options = parser.parse_args(None if arguments is None else list(arguments))
    try:
        return int(options.run(options))
    except ReleaseError as stopped:
        reasons = list(stopped.args)
    except UNREADABLE as error:
        ask = "is every file as it should be? uv run albania-uk-migration verify"
        reasons = [f"{said_of(error)}; {ask}"]
    print("Stopped; nothing was written:", file=sys.stderr)
    for reason in reasons:
        print(f"  - {reason}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
