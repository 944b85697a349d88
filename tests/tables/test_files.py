"""The files of an installed copy, in a folder or in a zip."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

from albania_uk_migration import records

from ..support.altered_tables import FILES, ROOT


def _run(code: str, *paths: Path) -> str:
    """Output of code in a fresh Python that sees only these paths and no site packages' copy."""
    lines = [f"import sys; sys.path[:0] = {[str(path) for path in paths]!r}", code]
    done = subprocess.run(
        [sys.executable, "-c", "\n".join(lines)],
        capture_output=True,
        check=True,
        text=True,
        encoding="utf-8",
        cwd=paths[0].parent,
    )
    return done.stdout


def _installed_files() -> dict[str, bytes]:
    source = ROOT / "src" / "albania_uk_migration"
    files = {
        f"albania_uk_migration/{path.relative_to(source).as_posix()}": path.read_bytes()
        for path in source.rglob("*.py*")
        if path.suffix != ".pyc"
    }
    beside = {name: (ROOT / name).read_bytes() for name in ("datapackage.json", "proof.json")}
    for path, data in {**FILES, **beside}.items():
        files[f"albania_uk_migration/_data/{path}"] = data
    return files


READ = (
    "import albania_uk_migration as a; rows = a.records('figures'); "
    "report = a.verify(); print(a.__file__, len(rows), report.ok, report.checks[0].outcome)"
)


def test_the_same_from_a_zip_on_the_path(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "package.zip", "w") as archive:
        for name, data in _installed_files().items():
            archive.writestr(name, data)
    out = _run(READ, tmp_path / "package.zip")
    assert "package.zip" in out
    assert out.endswith(f" {len(records('figures'))} True proved at release\n")


def test_an_installed_copy_that_lost_or_altered_a_file_says_which(tmp_path: Path) -> None:
    for name, data in _installed_files().items():
        path = tmp_path / "site" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    figures = tmp_path / "site/albania_uk_migration/_data/data/figures.csv"
    code = (
        "import albania_uk_migration as a\n"
        "try: a.records('figures')\n"
        "except a.DataFileError as error: print(error)"
    )
    whole = figures.read_bytes()
    figures.write_bytes(whole.replace(b"12658", b"12301"))
    for call in ("a.records('figures')", "a.evidence('F001')", "a.verify(); a.load('figures')"):
        assert "is not the file" in _run(
            code.replace("a.records('figures')", call), tmp_path / "site"
        )
    altered = _run(code, tmp_path / "site")
    assert "data/figures.csv is not the file that datapackage.json describes" in altered
    assert "expected" in altered
    figures.unlink()
    assert "The data file data/figures.csv is missing" in _run(code, tmp_path / "site")
