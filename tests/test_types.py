"""A type checker sees the types of every public function and of what it gives."""

from __future__ import annotations

import inspect
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import albania_uk_migration
from albania_uk_migration import strategies

from .support.altered_tables import ROOT

pytestmark = pytest.mark.once

front: Any = albania_uk_migration
FUNCTIONS = {
    **{name: front for name in front.__all__ if inspect.isfunction(getattr(front, name))},
    **dict.fromkeys(strategies.__all__, strategies),
}


def test_mypy_sees_the_types_of_every_public_function(tmp_path: Path) -> None:
    lines = ["import albania_uk_migration as front", "from albania_uk_migration import strategies"]
    for name, module in FUNCTIONS.items():
        lines.append(f"reveal_type({'strategies' if module is strategies else 'front'}.{name})")
    program = tmp_path / "program.py"
    program.write_text("\n".join(lines) + "\n", encoding="utf-8")
    done = subprocess.run(
        # The cache is kept beside that of the lint, so that pandas is not read each time.
        [
            *(sys.executable, "-m", "mypy", "--strict", "--config-file", ""),
            *("--cache-dir", str(ROOT / ".mypy_cache" / "front"), str(program)),
        ],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
        env={**os.environ, "MYPYPATH": str(ROOT / "src")},
    )
    assert done.returncode == 0, done.stdout
    revealed = re.findall(r'Revealed type is "(.*)"', done.stdout)
    assert len(revealed) == len(FUNCTIONS)
    for name, kind in zip(FUNCTIONS, revealed, strict=True):
        assert kind.startswith(("def ", "Overload(def ")), (name, kind)
        given = kind.rpartition(" -> ")[2].removesuffix(")")
        assert given not in ("Any", "def"), (name, kind)
        for argument in re.findall(r"[\w=]+: (\w+)[,)]", kind):
            assert argument != "Any", (name, kind)


def test_every_parameter_of_a_public_function_is_annotated() -> None:
    for name, module in FUNCTIONS.items():
        signature = inspect.signature(getattr(module, name))
        for parameter in signature.parameters.values():
            assert parameter.annotation is not inspect.Parameter.empty, (name, parameter)
        assert signature.return_annotation is not inspect.Signature.empty, name
