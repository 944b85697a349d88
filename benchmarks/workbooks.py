"""What read_home_office costs beside pandas.read_excel on the same workbook, within one run.

    python benchmarks/workbooks.py [ROWS ...]     (from the top; needs python-calamine)

The workbook is invented: a sheet of returns as the Home Office lays it out (ten columns, text
shared, 200 nationalities, 14 years), beside a cover and notes. For each number of rows: seconds
(best of three, by turns) and the ratio to pandas; then the highest memory of a process that does
nothing else, less that of one that only imports the same (on Linux).
"""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from tests.support import workbooks as files

ROWS = (10_000, 100_000)
GROUPS = (
    "Enforced return",
    "Voluntary return",
    "Refused entry at port and subsequently departed",
)
IMPORTS = (
    "import sys, pandas, python_calamine\n"
    "from albania_uk_migration.official.home_office import read_home_office\n"
)
# Of this process alone; what resource.getrusage tells includes the one that started it.
PEAK = "\nprint(next(x.split()[1] for x in open('/proc/self/status') if x[:5] == 'VmHWM'))"
WAYS = {
    "pandas.read_excel": 'pandas.read_excel(sys.argv[1], sheet_name="Data_Ret_D01", header=1, '
    'engine="calamine")',
    "read_home_office, raw": "read_home_office(sys.argv[1], raw=True)",
    "read_home_office": "read_home_office(sys.argv[1])",
}


def invented(number: int) -> bytes:
    """A workbook with some rows of returns, by quarter."""
    draw = random.Random(20221213)
    names = [f"Country {at}" for at in range(199)] + ["Albania"]
    rows = []
    for at in range(number):
        year, part = divmod(at * 56 // number, 4)
        rows.append(
            files.row(
                "Ret_D01",
                float(draw.randint(1, 50)),
                Year=float(2010 + year),
                Quarter=f"{2010 + year} Q{part + 1}",
                Nationality=draw.choice(names),
                Return_type_group=draw.choice(GROUPS),
                Region=f"Region {draw.randint(1, 9)}",
                Sex=draw.choice(["Male", "Female"]),
            )
        )
    return files.xlsx([files.COVER, files.NOTES, files.data_sheet("Ret_D01", rows)])


def seconds(way: str, path: str) -> float:
    names: dict[str, object] = {}
    exec(IMPORTS, names)
    sys.argv[1:] = [path]
    start = time.perf_counter()
    exec(way, names)
    return time.perf_counter() - start


def peak(way: str, path: str) -> float:
    """The highest memory of a process that does one thing, in megabytes."""
    code = IMPORTS + way + PEAK
    run = subprocess.run(
        [sys.executable, "-c", code, path], capture_output=True, text=True, check=True
    )
    return int(run.stdout) / 1024


def main() -> None:
    numbers = [int(text) for text in sys.argv[1:]] or list(ROWS)
    with tempfile.TemporaryDirectory() as folder:
        for number in numbers:
            path = str(Path(folder, f"{number}.xlsx"))
            Path(path).write_bytes(invented(number))
            taken: dict[str, list[float]] = {name: [] for name in WAYS}
            for _ in range(3):
                for name, way in WAYS.items():
                    taken[name].append(seconds(way, path))
            usual = min(taken["pandas.read_excel"])
            idle = peak("pass", path)
            print(f"{number:,} rows, {Path(path).stat().st_size / 1e6:.1f} MB")
            for name, way in WAYS.items():
                best, memory = min(taken[name]), peak(way, path) - idle
                print(
                    f"  {name:<22} {best:7.2f} s {best / usual:6.2f} {memory:8.0f} MB", flush=True
                )


if __name__ == "__main__":
    main()
