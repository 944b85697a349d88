"""What importing, commands, reading and loading cost, as ratios within one run.

    python benchmarks/start_up.py            (from the top of the repository)

Code is compiled first, as an installer does. Each line is a fresh process over one that starts just
before it, the median of some rounds, and the most that it may be: an import one and a half starts
of a bare Python, a command five or eight, what solves for all figures at once 25. Absolute times
are printed for orientation only; they depend on the machine.
"""

from __future__ import annotations

import compileall
import statistics
import subprocess
import sys
import time
from pathlib import Path

RUNS = 15
SRC = Path(__file__).resolve().parent.parent / "src"
IMPLIED = "implied returns --from 2023-04-01 --to 2023-05-16 --assume F034=2022-12-13/2023-05-16"
# What is run, what it is compared with, and the most times that it may take.
BARE = "bare Python"
CODE: dict[str, tuple[str, str, float]] = {
    "import albania_uk_migration": ("import albania_uk_migration", BARE, 1.5),
    "records('figures')": ("import albania_uk_migration as a; a.records('figures')", BARE, 5),
    "figures()": ("import albania_uk_migration as a; a.figures()", "import pandas", 1.5),
    "validate()": (
        "import albania_uk_migration as a; a.validate('data/figures.csv', 'figures')",
        "import pandas",
        1.5,
    ),
    "schema()": (
        "import albania_uk_migration as a; a.schema('figures').validate(a.figures())",
        "import pandera.pandas",
        2,
    ),
}
OTHERS = {
    BARE: "pass",
    "import pandas": "import pandas",
    "import pandera.pandas": "import pandera.pandas",
}
COMMANDS = {
    **dict.fromkeys(
        ("returns", "get F034", "evidence F034", "cite F012", "compare F025 F024"), 5.0
    ),
    **dict.fromkeys(("check F026", "check-claims", "verify", "validate data/figures.csv"), 8.0),
    **dict.fromkeys(("check F034", "disagreements", IMPLIED), 25.0),
}


def seconds(arguments: list[str]) -> float:
    """How long a Python with some arguments takes, its output thrown away."""
    start = time.perf_counter()
    subprocess.run(
        [sys.executable, *arguments],
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    return time.perf_counter() - start


def main() -> None:
    compileall.compile_dir(SRC, quiet=1)
    lines = {name: ["-c", code] for name, code in OTHERS.items()}
    lines |= {name: ["-c", code] for name, (code, _, _) in CODE.items()}
    commands = {" ".join(line.split()[:2]): line for line in COMMANDS}
    lines |= {
        name: ["-m", "albania_uk_migration", *line.split()] for name, line in commands.items()
    }
    compared = {name: (other, most) for name, (_, other, most) in CODE.items()}
    compared |= {name: (BARE, COMMANDS[line]) for name, line in commands.items()}
    taken: dict[str, list[float]] = {name: [] for name in compared}
    ratios: dict[str, list[float]] = {name: [] for name in compared}
    for _ in range(RUNS):
        for name, (other, _) in compared.items():
            before = seconds(lines[other])
            taken[name].append(seconds(lines[name]))
            ratios[name].append(taken[name][-1] / before)
    for name, (other, most) in compared.items():
        ratio = statistics.median(ratios[name])
        mark = "" if ratio <= most else "  MORE"
        print(
            f"{name:<28} {ratio:5.2f} times {other:<21} at most {most:4.1f}"
            f"  ({statistics.median(taken[name]) * 1000:.0f} ms){mark}"
        )


if __name__ == "__main__":
    main()
