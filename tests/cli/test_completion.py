"""Scripts that complete commands."""

from __future__ import annotations

import re
import shutil
import subprocess

import pytest

from albania_uk_migration.cli import completion
from albania_uk_migration.cli.output import PROGRAM

from ..support.commands import run

SERIES = ("returns", "arrivals", "changes", "funding", "timeline", "figures")


@pytest.mark.skipif(shutil.which("bash") is None, reason="needs bash")
@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        (["t"], {"timeline"}),
        (["show", "agreement_"], {"agreement_events", "agreement_links", "agreement_parties"}),
        (
            ["figures", "--measure", "voluntary_returns_"],
            {
                "voluntary_returns_change",
                "voluntary_returns_share",
                "voluntary_returns_to_albania",
            },
        ),
        (["returns", "--format", "js"], {"json", "jsonl"}),
        (["verify", "--req"], {"--require-documents"}),
        (["compare", "F001", "F04"], {f"F04{digit}" for digit in range(9)}),
        (["cite", "agreement_l"], {"agreement_links"}),
        (["official", "returns", "--population", "a"], {"albanian", "all"}),
        (["validate", "datap"], {"datapackage.json"}),
        (["verify", "--documents", "see"], {"seeds"}),
    ],
)
def test_bash_completes(typed: list[str], offered: set[str]) -> None:
    script = run("completion", "bash").stdout
    words = " ".join([PROGRAM, *typed])
    (function,) = re.findall(rf"^complete .*-F (\w+) {PROGRAM}$", script, re.MULTILINE)
    code = f"{script}\nCOMP_WORDS=({words}); COMP_CWORD={len(typed)}\n{function}"
    code += '\nprintf "%s\\n" "${COMPREPLY[@]}"'
    done = subprocess.run(["bash", "-c", code], capture_output=True, text=True, check=True)
    assert set(done.stdout.split()) == offered


def test_every_shell_gets_every_command() -> None:
    for shell in completion.SHELLS:
        script = run("completion", shell).stdout
        for command in (*SERIES, "validate", "describe", "completion"):
            assert command in script
