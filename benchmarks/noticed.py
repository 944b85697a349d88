"""How often `validate` and `verify` notice a random change of one cell, column by column.

    python benchmarks/noticed.py [TRIALS]

Every cell is changed to another that its type, its constraints and its references allow, so that
only rules across columns, and the words of the documents, can tell. What is noticed in few
trials or in none is judgement or prose: no rule can catch it. Run it from the checkout.
"""

from __future__ import annotations

import random
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.support.altered_tables import SEEDS, Record, report_on, text_rows, with_rows  # noqa: E402
from tests.support.broken_tables import random_cell  # noqa: E402

from albania_uk_migration import ValidationError, validate  # noqa: E402
from albania_uk_migration.tables.package import shipped  # noqa: E402


def noticed_by_validate(table: str, rows: list[Record]) -> bool:
    try:
        validate(rows, table)
    except ValidationError:
        return True
    return False


def noticed_by_verify(table: str, rows: list[Record]) -> bool:
    return bool(report_on(with_rows(table, rows), SEEDS).faults)


def main() -> None:
    trials = int(sys.argv[1]) if len(sys.argv) > 1 else 10
    chance = random.Random(1)
    print(f"{'table':<18} {'column':<20} {'validate':>9} {'verify':>9}")
    for table in shipped().resources:
        for field in shipped().fields(table):
            column = field["name"]
            caught = proved = tried = 0
            for _ in range(trials):
                rows = text_rows(table)
                row = chance.choice(rows)
                cell = random_cell(chance, table, column, row)
                if cell is None:
                    continue
                row[column] = cell
                tried += 1
                caught += noticed_by_validate(table, rows)
                proved += noticed_by_verify(table, rows)
            if tried:
                shares = f"{caught / tried:>9.0%} {proved / tried:>9.0%}"
                print(f"{table:<18} {column:<20} {shares}", flush=True)


if __name__ == "__main__":
    main()
