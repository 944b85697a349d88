"""Run a new user's first commands and write their output to docs/first-commands.md.

    uv run python scripts/transcript.py            run and write
    uv run python scripts/transcript.py --check    write nothing; exit 1 if the page is stale

The commands run in a new folder, on a terminal of 80 columns (a pseudo-terminal, so not on
Windows), with the code and data of this checkout.
"""

from __future__ import annotations

import argparse
import os
import pty
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "first-commands.md"

HEAD = """# The first commands

These are ten commands, in the order a reporter might try them. We ran them in a clone of the
repository, on a terminal of 80 columns and 40 lines. An installed copy does not have the five
documents, but it says when the tables were proved against them. `uv run python
scripts/transcript.py` runs the commands and writes this page.
"""

COMMANDS = (
    ("What is this?", "albania-uk-migration"),
    ("What is known about a claim?", "albania-uk-migration check F034"),
    ("What exactly did he say?", "albania-uk-migration evidence F034"),
    (
        "Who else gave numbers for this?",
        "albania-uk-migration figures --measure returns",
    ),
    ("Does another claim match what was counted?", "albania-uk-migration check F035"),
    ("How many people were returned, by year?", "albania-uk-migration returns"),
    ("What did offices publish?", "albania-uk-migration official returns"),
    ("Which figures disagree?", "albania-uk-migration disagreements"),
    ("How do I cite it?", "albania-uk-migration cite F034 --style footnote"),
    ("Are the tables proved?", "albania-uk-migration verify"),
)


def run(command: str, folder: str) -> str:
    """What a command prints on a terminal, standard output and standard error together."""
    ours, theirs = pty.openpty()
    environment = {
        **{name: value for name, value in os.environ.items() if name != "FORCE_COLOR"},
        "COLUMNS": "80",
        "LINES": "40",
        "NO_COLOR": "1",
        "PATH": f"{folder}/bin:{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT / "src"),
    }
    process = subprocess.Popen(
        ["sh", "-c", command], cwd=folder, env=environment, stdout=theirs, stderr=theirs
    )
    os.close(theirs)
    printed = b""
    while True:
        try:
            data = os.read(ours, 65536)
        except OSError:
            break
        if not data:
            break
        printed += data
    process.wait()
    os.close(ours)
    return printed.decode("utf-8").replace("\r\n", "\n")


def page() -> str:
    """The whole page, made again."""
    parts = [HEAD]
    with tempfile.TemporaryDirectory() as folder:
        program = Path(folder) / "bin" / "albania-uk-migration"
        program.parent.mkdir()
        program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m albania_uk_migration "$@"\n')
        program.chmod(0o755)
        for number, (why, command) in enumerate(COMMANDS, start=1):
            prompt = "\n".join(f"$ {line}" for line in command.splitlines())
            printed = run(command, folder).strip("\n")
            fence = "`" * 3
            parts.append(f"## {number}. {why}\n\n{fence}console\n{prompt}\n{printed}\n{fence}\n")
    return "\n".join(parts)


def main() -> int:
    parser = argparse.ArgumentParser(
        description="Write docs/first-commands.md by running commands."
    )
    parser.add_argument("--check", action="store_true", help="only say whether it is stale")
    made = page()
    if parser.parse_args().check:
        if PAGE.read_text(encoding="utf-8") == made:
            return 0
        print("docs/first-commands.md is stale: uv run python scripts/transcript.py")
        return 1
    PAGE.write_text(made, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
