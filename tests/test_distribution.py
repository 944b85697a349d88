"""Wheel and sdist hold what a user needs and nothing of the documents but what is quoted."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from albania_uk_migration import __version__, verify

from .support.altered_tables import FILES, ROOT, SEEDS, text_rows

pytestmark = pytest.mark.once

# Characters in a row that no two texts share by chance.
SHINGLE = 60


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel and the sdist, built from this checkout."""
    folder = tmp_path_factory.mktemp("dist")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-d", str(folder)],
        cwd=ROOT,
        check=True,
        capture_output=True,
        env={**os.environ, "SOURCE_DATE_EPOCH": "1700000000"},
    )
    return folder


@pytest.fixture(scope="module")
def archives(built: Path) -> dict[str, dict[str, bytes]]:
    """Contents of both."""
    (wheel,) = built.glob("*.whl")
    (sdist,) = built.glob("*.tar.gz")
    assert wheel.name == f"albania_uk_migration-{__version__}-py3-none-any.whl"
    return {"wheel": _wheel(wheel), "sdist": _sdist(sdist)}


def _wheel(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _sdist(path: Path) -> dict[str, bytes]:
    with tarfile.open(path) as archive:
        members = [member for member in archive.getmembers() if member.isfile()]
        files = {member.name: archive.extractfile(member) for member in members}
        return {name: file.read() for name, file in files.items() if file}


def test_the_wheel_is_not_growing_unnoticed(built: Path) -> None:
    (wheel,) = built.glob("*.whl")
    # 630 kB, 40 of them the reasons of changes; a tenth more is worth a look at what came in.
    assert wheel.stat().st_size < 695_000


@pytest.mark.parametrize("kind", ["wheel", "sdist"])
def test_data_code_and_licences_are_in(archives: dict[str, dict[str, bytes]], kind: str) -> None:
    names = {name.rpartition("/")[2] for name in archives[kind]}
    assert {Path(path).name for path in FILES} <= names
    wanted = {
        "datapackage.json",
        "proof.json",
        "py.typed",
        "__init__.pyi",
        "LICENSE",
        "LICENSE-DATA",
    }
    assert wanted <= names


@pytest.mark.parametrize("kind", ["wheel", "sdist"])
def test_no_document_is_in(archives: dict[str, dict[str, bytes]], kind: str) -> None:
    documents = {path.read_bytes() for path in SEEDS.iterdir()}
    assert not [name for name in archives[kind] if "seeds" in name]
    assert not documents & set(archives[kind].values())


@pytest.mark.parametrize("kind", ["wheel", "sdist"])
def test_no_more_of_a_document_is_in_than_verify_says(
    archives: dict[str, dict[str, bytes]], kind: str
) -> None:
    held = "\n".join(data.decode("utf-8", "replace") for data in archives[kind].values())
    held = held.replace('""', '"')
    pieces = {held[at : at + SHINGLE] for at in range(len(held) - SHINGLE + 1)}
    shares = verify().shares
    for row in text_rows("documents"):
        text = (SEEDS / Path(row["file"]).name).read_bytes().decode("utf-8")
        shipped = [False] * len(text)
        for start in range(len(text) - SHINGLE + 1):
            if text[start : start + SHINGLE] in pieces:
                shipped[start : start + SHINGLE] = [True] * SHINGLE
        share = sum(shipped) / len(text)
        assert share <= shares[row["document_id"]], (kind, row["document_id"], share)
