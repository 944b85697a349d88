"""What validate() costs as figures grow, beside another checkout within one run.

    python benchmarks/validating.py [NUMBER ...] [--beside CHECKOUT]     (from the top)

The figures are invented: some sound ones of the tables, each with another number, words and place,
in documents long enough for them. They are written to a CSV file, and given as rows where a
checkout reads no file so large. For each number: size of the file, seconds of one process, its
highest memory (on Linux), the same of the other checkout (its identifiers relaxed), and the ratio.
"""

from __future__ import annotations

import argparse
import csv
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NUMBERS = (10_000, 100_000)
# Figures in a document's own voice, some hedged.
MODELS = ("F002", "F011", "F012", "F014", "F019", "F026", "F027")
HEDGES = {"more_than": "over ", "at_least": "at least ", "about": "about "}
# Further apart than any quotation is long.
APART = 20_000
PLACES = ("start_char", "end_char", "quote_start", "quote_end", "period_at")
MEASURED = """
import csv, sys, time
import albania_uk_migration as aum
path, documents, way = sys.argv[1:]
source = path if way == "file" else list(csv.DictReader(open(path, encoding="utf-8", newline="")))
start = time.process_time()
found = aum.validate(source, "figures", context={"documents": documents})
taken = time.process_time() - start
assert len(found)
try:
    peak = next(x.split()[1] for x in open("/proc/self/status") if x[:5] == "VmHWM")
except OSError:
    peak = "nan"
print(taken, float(peak) / 1024)
"""


def table(name: str) -> list[dict[str, str]]:
    with open(ROOT / "data" / f"{name}.csv", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(path: Path, rows: list[dict[str, str]]) -> None:
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def invented(number: int) -> list[dict[str, str]]:
    """Sound figures, each with a number of its own."""
    models = [row for row in table("figures") if row["figure_id"] in MODELS]
    return [_figure(models[at % len(models)], at) for at in range(number)]


def _figure(model: dict[str, str], at: int) -> dict[str, str]:
    number, comparator = 1_000 + at, model["comparator"]
    exact = f"{HEDGES.get(comparator, '')}{number:,}"
    first = int(model["start_char"]) - int(model["quote_start"])
    quote = model["quote"][:first] + exact + model["quote"][first + len(model["exact"]) :]
    row = model | {
        "figure_id": f"F{at + 1:03d}",
        "exact": exact,
        "quote": quote,
        "value": str(number),
        "lower": str(number) if comparator in ("exactly", "more_than", "at_least") else "",
        "upper": str(number) if comparator == "exactly" else "",
        "end_char": str(int(model["start_char"]) + len(exact)),
        "quote_end": str(int(model["quote_start"]) + len(quote)),
        "repeats": "",
    }
    if not quote.startswith(
        row["period_exact"], int(row["period_at"] or 0) - int(row["quote_start"])
    ):
        row |= {"period_exact": "", "period_at": ""}
    return row | {name: str(int(row[name]) + APART * (at + 1)) for name in PLACES if row[name]}


def measured(checkout: Path, files: list[str], way: str) -> tuple[float, float]:
    """Seconds and megabytes of a process that validates with the code of a checkout."""
    program = f"import sys; sys.path.insert(0, {str(checkout / 'src')!r})\n{MEASURED}"
    run = subprocess.run(
        [sys.executable, "-c", program, *files, way], capture_output=True, text=True, check=True
    )
    seconds, peak = map(float, run.stdout.split())
    return seconds, peak


def relaxed(checkout: Path, folder: Path) -> Path:
    """A copy of the code and tables of a checkout that takes identifiers beyond F999."""
    for name in ("src", "data"):
        shutil.copytree(checkout / name, folder / name)
    text = (checkout / "datapackage.json").read_text(encoding="utf-8")
    described = json.loads(text.replace('"F[0-9]{3}"', '"F[0-9]{3,}"'))
    (folder / "datapackage.json").write_text(json.dumps(described), encoding="utf-8")
    return folder


def main() -> None:
    parser = argparse.ArgumentParser(description="What validate() costs as figures grow.")
    parser.add_argument("numbers", metavar="NUMBER", nargs="*", type=int, default=NUMBERS)
    parser.add_argument("--beside", metavar="CHECKOUT", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        documents = Path(folder, "documents.csv")
        write(documents, [row | {"characters": str(10**10)} for row in table("documents")])
        other = relaxed(options.beside, Path(folder, "beside")) if options.beside else None
        for number in options.numbers:
            path = Path(folder, "figures.csv")
            write(path, invented(number))
            print(f"{number:,} figures, {path.stat().st_size / 1e6:.1f} MB", flush=True)
            for way in ("file", "rows"):
                files = [str(path), str(documents)]
                seconds, peak = measured(ROOT, files, way)
                line = f"  {way:<5} {seconds:7.2f} s {peak:6.0f} MB"
                if other:
                    try:
                        before, held = measured(other, files, way)
                        line += f"   beside {before:7.2f} s {held:6.0f} MB   {seconds / before:.2f}"
                    except subprocess.CalledProcessError:
                        line += "   beside: refused"
                print(line, flush=True)


if __name__ == "__main__":
    main()
