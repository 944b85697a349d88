"""The front door names everything public, loads nothing until touched, and works twice."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import albania_uk_migration

from .support.altered_tables import ROOT, SEEDS
from .support.workbooks import csv_file, data_sheet, row

front: Any = albania_uk_migration

SOURCE = ROOT / "src" / "albania_uk_migration"
# What `import albania_uk_migration` may load beyond what every Python has loaded at its start.
ALLOWED = {"albania_uk_migration"}


def _loaded(code: str) -> set[str]:
    """Modules that code loads in a fresh Python, without site packages in the way."""
    program = (
        f"import sys; sys.path.insert(0, {str(SOURCE.parent)!r}); before = set(sys.modules)\n"
        f"{code}\nprint(*sorted(set(sys.modules) - before))"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", program], capture_output=True, text=True, check=True
    )
    return set(done.stdout.split())


def test_the_import_loads_nothing_but_itself() -> None:
    assert _loaded("import albania_uk_migration") == ALLOWED


def test_records_and_verify_load_no_pandas() -> None:
    loaded = _loaded(
        "import albania_uk_migration as a\na.records('figures'); a.verify(); a.evidence('F001')"
    )
    heavy = {"pandas", "numpy", "pandera", "frictionless", "dataclasses", "importlib.metadata"}
    assert not loaded & heavy


def test_a_file_is_validated_without_pandas_and_pandera() -> None:
    path = str(ROOT / "data" / "figures.csv")
    code = f"from albania_uk_migration.cli.main import main\nmain(['validate', {path!r}])"
    loaded = _loaded(
        f"import os, sys\nsys.stdout = open(os.devnull, 'w')\n{code}\nsys.stdout = sys.__stdout__"
    )
    assert "albania_uk_migration.rules.validate" in loaded
    assert not loaded & {"pandas", "numpy", "pandera", "hypothesis"}


def test_the_stub_names_exactly_what_is_public() -> None:
    tree = ast.parse((SOURCE / "__init__.pyi").read_text(encoding="utf-8"))
    homes: dict[str, Any] = {
        str(alias.asname): node.module
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    assert homes == front._HOME_OF
    assert sorted(front.__all__) == sorted([*homes, "__version__"])
    assert dir(front) == sorted(front.__all__)


def test_no_public_name_is_the_name_of_a_module() -> None:
    modules = {path.stem for path in SOURCE.glob("*.py")}
    assert not modules & set(front.__all__)


def test_every_public_name_has_a_docstring_and_is_found_again() -> None:
    for name in front.__all__:
        value = getattr(front, name)
        assert getattr(front, name) is value
        if name != "__version__":
            assert value.__doc__, name


CALLS: dict[str, tuple[Any, ...]] = {
    "card": ("F034",),
    "check": ("F034",),
    "describe": ("figures",),
    "load": ("figures",),
    "records": ("figures",),
    "schema": ("figures",),
    "validate": (ROOT / "data" / "figures.csv", "figures"),
    "parse_quantity": ("over 1,000",),
    "evidence": ("F001", SEEDS),
    "draft": (next(SEEDS.glob("002*")),),
    "find_quantities": ("Over 1,000 came in 2022.",),
    "verify": (SEEDS, True),
    "as_of": ("2023-05-01",),
    "first_stated": ("F034",),
    "compare": ("F012", "F034"),
    "implied": ("returns", "albanian", "2022"),
    "official_series": ("returns",),
    "official_vintages": ("returns", "2022"),
    "plot_vintages": ("small_boat_arrivals", "2022"),
    "check_claim": ("F026",),
}


def test_every_public_function_gives_the_same_twice(tmp_path: Path) -> None:
    sheet = tmp_path / "offenders.csv"
    sheet.write_bytes(csv_file(data_sheet("Ret_D03", [row("Ret_D03", 5.0)])))
    CALLS["read_home_office"] = (sheet,)
    CALLS["export"] = (tmp_path / "flat.csv", None, None, None, True)
    for name in front.__all__:
        value = getattr(front, name)
        if name.startswith("__") or isinstance(value, type):
            continue
        arguments = CALLS.get(name, ())
        first, second = value(*arguments), value(*arguments)
        if isinstance(first, Iterator):
            first, second = list(first), list(second)
        assert type(first) is type(second)
        if name == "read_home_office":
            first, second = first.cells, second.cells
        if name == "as_of":
            assert first.keys() == second.keys()
            assert all(first[table].equals(second[table]) for table in first)
        elif hasattr(first, "equals"):
            assert first.equals(second), name
        else:
            assert first == second, name


def test_an_unknown_attribute_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'figurs'"):
        _ = front.figurs
