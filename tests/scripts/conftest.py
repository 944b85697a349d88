"""A throw-away repository, made of the files of this checkout, with the release command in it."""

from __future__ import annotations

import contextlib
import csv
import io
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from unittest import mock

import pytest

import fill
import prove
import release
from albania_uk_migration import __version__
from albania_uk_migration.tables import files
from albania_uk_migration.tables.package import _shipped

from ..support.altered_tables import ROOT, to_csv

PARTS = (
    *("src", "data", "seeds", "scripts", "datapackage.json", "proof.json"),
    *("pyproject.toml", "README.md"),
    *("CHANGELOG.md", "LICENSE", "LICENSE-DATA", "CITATION.cff", ".zenodo.json"),
    *(".gitattributes", ".gitignore", ".github"),
)
# What git asks for where nobody has told it who commits.
WHO = {
    f"GIT_{who}_{what}": value
    for who in ("AUTHOR", "COMMITTER")
    for what, value in (("NAME", "tests"), ("EMAIL", "tests@example.org"))
}


class Repository:
    """A throw-away repository, and the release command run in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def git(self, *arguments: str, **more: str) -> str:
        done = subprocess.run(
            ["git", "-c", "core.autocrlf=false", *arguments],
            cwd=self.folder,
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, **WHO, **more},
        )
        return done.stdout

    def commit(self, **more: str) -> None:
        self.git("add", "-A")
        self.git("commit", "-q", "-m", "A change", **more)

    @contextlib.contextmanager
    def taken(self) -> Iterator[None]:
        """The scripts, in this process, take this folder for their repository."""
        with (
            contextlib.chdir(self.folder),
            mock.patch.object(release, "ROOT", self.folder),
            mock.patch.object(fill, "ROOT", self.folder),
            mock.patch.object(prove, "ROOT", self.folder),
            mock.patch.object(files, "checkout", return_value=str(self.folder)),
        ):
            _shipped.cache_clear()
            try:
                yield
            finally:
                _shipped.cache_clear()

    def run(self, *arguments: str) -> tuple[int, str]:
        """Exit status and all that the release command printed."""
        said = io.StringIO()
        with (
            self.taken(),
            contextlib.redirect_stdout(said),
            contextlib.redirect_stderr(said),
        ):
            status = release.main(arguments)
        return status, said.getvalue()

    def good(self, *arguments: str) -> str:
        status, said = self.run(*arguments)
        assert status == 0, said
        return said

    def fill(self) -> None:
        with self.taken():
            fill.write(fill.stale(fill.filled()))

    def prove(self, *arguments: str) -> tuple[int, str]:
        """Exit status of the script that writes the proof record, and what it printed."""
        said = io.StringIO()
        with self.taken(), contextlib.redirect_stdout(said):
            status = prove.main(arguments)
        return status, said.getvalue()

    def rows(self, table: str) -> list[dict[str, str]]:
        text = (self.folder / "data" / f"{table}.csv").read_text(encoding="utf-8")
        return list(csv.DictReader(io.StringIO(text, newline="")))

    def write(self, table: str, rows: list[dict[str, str]]) -> None:
        (self.folder / "data" / f"{table}.csv").write_bytes(to_csv(rows, list(rows[0])))

    def edit(self, path: str, old: str, new: str) -> None:
        text = (self.folder / path).read_bytes().decode("utf-8")
        assert old in text, (path, old)
        (self.folder / path).write_bytes(text.replace(old, new, 1).encode("utf-8"))

    def announce(self, line: str = "- Something.") -> None:
        self.edit(
            "CHANGELOG.md", "## [Unreleased]\n", f"## [Unreleased]\n\n### Changed\n\n{line}\n"
        )

    def files(self) -> dict[str, bytes]:
        """Every file but git's own, to see that nothing was written."""
        return {
            str(path.relative_to(self.folder)): path.read_bytes()
            for path in sorted(self.folder.rglob("*"))
            if path.is_file() and ".git" not in path.relative_to(self.folder).parts
        }


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with one commit, not tagged."""
    folder = tmp_path_factory.mktemp("first")
    for part in PARTS:
        if (ROOT / part).is_dir():
            ignored = shutil.ignore_patterns("__pycache__")
            shutil.copytree(ROOT / part, folder / part, ignore=ignored)
        else:
            shutil.copy(ROOT / part, folder / part)
    made = Repository(folder)
    # As before any change was recorded, whatever has been since.
    header = (folder / "data" / "release_changes.csv").read_bytes().partition(b"\n")[0]
    (folder / "data" / "release_changes.csv").write_bytes(header + b"\n")
    changelog = (folder / "CHANGELOG.md").read_bytes()
    before, heading, after = changelog.partition(b"## [Unreleased]\n")
    released_before = after[after.index(b"\n## [") :]
    (folder / "CHANGELOG.md").write_bytes(before + heading + released_before)
    made.fill()
    made.prove()
    made.git("init", "-q")
    made.commit(GIT_COMMITTER_DATE="2026-11-22T00:00:00Z")
    return folder


@pytest.fixture
def untagged(first: Path, tmp_path: Path) -> Repository:
    shutil.copytree(first, tmp_path / "copy")
    return Repository(tmp_path / "copy")


@pytest.fixture
def released(untagged: Repository) -> Repository:
    """The same after its release."""
    untagged.git("tag", f"v{__version__}")
    return untagged
