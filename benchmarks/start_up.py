"""What importing, reading and loading cost, as ratios within one run.

    python benchmarks/start_up.py            (from the top of the repository)

Each line is the median of fresh processes, divided by what it is compared with: the import of this
package by a bare Python, `records` and `verify` by a bare Python, and `figures()` by the import
of pandas. Absolute times are printed for orientation only; they depend on the machine.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time

RUNS = 9
CODE = {
    "bare Python": "pass",
    "import albania_uk_migration": "import albania_uk_migration",
    "records('figures')": "import albania_uk_migration as a; a.records('figures')",
    "verify()": "import albania_uk_migration as a; a.verify()",
    "validate a file": "from albania_uk_migration.schemas import faults_of as f\n"
    "f('data/figures.csv', 'figures')",
    "check every claim": "from albania_uk_migration.verdicts import checked_series as c\n"
    "c(None, 'at the time', None)",
    "import pandas": "import pandas",
    "figures()": "import albania_uk_migration as a; a.figures()",
    "validate()": "import albania_uk_migration as a; a.validate('data/figures.csv', 'figures')",
    "import pandera.pandas": "import pandera.pandas",
    "schema()": "import albania_uk_migration as a; a.schema('figures').validate(a.figures())",
}
AGAINST = {
    "import albania_uk_migration": "bare Python",
    "records('figures')": "bare Python",
    "verify()": "bare Python",
    "validate a file": "bare Python",
    "check every claim": "bare Python",
    "validate()": "import pandas",
    "schema()": "import pandera.pandas",
    "figures()": "import pandas",
}


def median_seconds(code: str) -> float:
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        subprocess.run([sys.executable, "-c", code], check=True)
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def main() -> None:
    seconds = {name: median_seconds(code) for name, code in CODE.items()}
    for name, other in AGAINST.items():
        ratio = seconds[name] / seconds[other]
        print(f"{name:<30} {ratio:5.2f} times {other}  ({seconds[name] * 1000:.0f} ms)")


if __name__ == "__main__":
    main()
