"""The rooms of the package keep to their one direction, and their private names to themselves."""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from albania_uk_migration.rules.index import CELLS, CROSS_COLUMN, KEYS, RECOMPUTED

from .support.altered_tables import ROOT

SOURCE = ROOT / "src" / "albania_uk_migration"
pytestmark = pytest.mark.once


def private_names_across_rooms(source: Path) -> list[str]:
    """Names with an underscore that a module imports from another room or from beside the rooms."""
    return [
        f"{path.relative_to(source)}: {node.module}.{alias.name}"
        for path in sorted(source.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and node.level == 1 + (path.parent != source)
        for alias in node.names
        if alias.name.startswith("_") and not alias.name.startswith("__")
    ]


# A function is read without scrolling far, a class in a few minutes.
LONGEST_FUNCTION, LONGEST_CLASS = 60, 250


def too_long(source: Path) -> list[str]:
    """Functions and classes of more lines than a reader holds in mind."""
    return [
        f"{path.relative_to(source)}: {node.name}"
        for path in sorted(source.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
        and (node.end_lineno or 0) - node.lineno
        >= (LONGEST_CLASS if isinstance(node, ast.ClassDef) else LONGEST_FUNCTION)
    ]


def test_no_function_and_no_class_is_too_long_to_read(tmp_path: Path) -> None:
    assert too_long(SOURCE) == []
    assert too_long(ROOT / "scripts") == []
    lines = "".join(f"    x = {number}\n" for number in range(60))
    (tmp_path / "long.py").write_text(f"def f():\n{lines}", encoding="utf-8")
    assert too_long(tmp_path) == ["long.py: f"]


def rules_named_as_strings(source: Path) -> list[str]:
    """Rules that a module names by a string, where the function itself has the name."""
    names = {rule.__name__ for rule in (*CELLS, *KEYS, *CROSS_COLUMN, *RECOMPUTED)}
    return [
        f"{path.relative_to(source)}: {node.value}"
        for path in sorted(source.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and node.value in names
    ]


def test_a_rule_is_named_by_its_function_alone(tmp_path: Path) -> None:
    assert rules_named_as_strings(SOURCE) == []
    (tmp_path / "a.py").write_text('x = "keys_are_unique"\n', encoding="utf-8")
    assert rules_named_as_strings(tmp_path) == ["a.py: keys_are_unique"]


def test_no_test_imports_from_another_test() -> None:
    for path in sorted((ROOT / "tests").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom):
                assert ".test_" not in f".{node.module}", path


def linted(folder: Path) -> tuple[int, str]:
    """What import-linter says of the package in a folder, by the contracts in pyproject.toml."""
    code = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    done = subprocess.run(
        [sys.executable, "-c", code, "--no-cache"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder / "src"), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    return done.returncode, done.stdout


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """A copy of the code, to be broken."""
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(SOURCE, tmp_path / "src" / SOURCE.name, ignore=ignored)
    return tmp_path


def test_no_private_name_crosses_rooms(copied: Path) -> None:
    assert private_names_across_rooms(SOURCE) == []
    broken = copied / "src" / SOURCE.name
    (broken / "claims" / "claim.py").write_text("from ..tables.cells import _date\n", "utf-8")
    assert private_names_across_rooms(broken) == ["claims/claim.py: tables.cells._date"]


def test_rooms_import_rooms_below_them_alone() -> None:
    assert linted(ROOT)[0] == 0


@pytest.mark.parametrize(
    ("module", "line", "said"),
    [
        ("tables/cells", "from ..series import returns", "is not allowed to import"),
        ("official/counts", "from ..comparing import pairs", "is not allowed to import"),
        ("comparing/findings", "from . import consistency", "No circle inside a room"),
        ("weather/__init__", "", "not listed as layers"),
    ],
)
def test_a_contract_that_is_broken_is_noticed(
    copied: Path, module: str, line: str, said: str
) -> None:
    path = copied / "src" / SOURCE.name / f"{module}.py"
    path.parent.mkdir(exist_ok=True)
    with path.open("a", encoding="utf-8") as file:
        file.write(f"\n{line}\n")
    status, told = linted(copied)
    assert status == 1
    assert said in " ".join(told.split())
