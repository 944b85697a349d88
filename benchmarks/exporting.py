"""How long each export takes, how large it is, and whether it is the same bytes twice.

    uv run python benchmarks/exporting.py

Times are medians of several rounds in one process, beside writing the same tables as plain CSV. Run
it from the checkout, with the extras duckdb and xlsx.
"""

from __future__ import annotations

import hashlib
import statistics
import tempfile
import time
from pathlib import Path

from albania_uk_migration import export, table_names

ROUNDS = 5
# The name of each export, and its format where the ending does not give it.
EXPORTS = {
    "t.csv": None,
    "t.sqlite": None,
    "t.json": None,
    "t.jsonl": None,
    "t.jsonld": None,
    "t.zip": None,
    "t.xlsx": None,
    "t.duckdb": None,
    "t.parquet": None,
    "json": "json",
    "parquet": "parquet",
}


def content(place: Path) -> dict[str, bytes]:
    """The bytes of a file, or of the files of a folder."""
    files = [place] if place.is_file() else sorted(place.rglob("*"))
    return {str(file.relative_to(place)): file.read_bytes() for file in files if file.is_file()}


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        plain = []
        for _ in range(ROUNDS):
            begun = time.perf_counter()
            for table in table_names():
                export(Path(folder) / f"{table}.csv", [table], overwrite=True)
            plain.append(time.perf_counter() - begun)
        base = statistics.median(plain)
        print(f"all tables as CSV: {base * 1000:.0f} ms\n")
        print(f"{'export':10} {'kB':>8} {'files':>6} {'ms':>7} {'ratio':>6}  same bytes twice")
        for name, form in EXPORTS.items():
            place, times, digests = Path(folder) / name, [], set()
            for _ in range(ROUNDS):
                begun = time.perf_counter()
                export(place, format=form, overwrite=True)
                times.append(time.perf_counter() - begun)
                found = content(place)
                digests.add(hashlib.sha256(repr(found).encode()).hexdigest())
            size, taken = sum(map(len, found.values())) / 1000, statistics.median(times)
            print(
                f"{name:10} {size:8,.0f} {len(found):6} {taken * 1000:7.0f} {taken / base:6.1f}  "
                f"{'yes' if len(digests) == 1 else 'no'}"
            )


if __name__ == "__main__":
    main()
