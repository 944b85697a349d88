"""Let the programs of others open our files, and write docs/clients.md: which do, and what is off.

    uv run python scripts/clients.py            run them and write
    uv run python scripts/clients.py --check    run them, write nothing; exit 1 if the page is stale

Makes their environments first (tests/clients/environments.py), some 3 GB in build/clients or where
CLIENTS_FOLDER says; then runs the tests marked clients, which must all pass. The versions of what
Debian brings may differ from those in the page.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parent.parent
# The code of this checkout, whatever is installed, and its tests.
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from tests.clients.clients import CLIENTS, Client  # noqa: E402
from tests.clients.environments import FOLDER, make  # noqa: E402
from tests.clients.reading import RESULTS, Result, checksum, expected  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Sequence

PAGE = ROOT / "docs" / "clients.md"

HEAD = """# Which programs open these data?

{equal} of the {reading} programs that read our cells get every one of them right: text, numbers,
truth values and dates. The tables say what is off in the rest. The [recipes](recipes.md) show how
to open the files.

We give each program our files unchanged and compare every cell with what `records()` gives. `uv run
python scripts/clients.py` does this and writes the page. A few programs only count rows, or read
only the description; *Cells* says so.

In the tables below:

- *all* means every table in `datapackage.json`, and every row;
- *types given* means that we told the program the type of each column;
- *as text* means that the program gave text, which we turned into the types in `datapackage.json`.
"""
_COLUMNS = (
    "Program",
    "Version",
    "Opens",
    "Tables",
    "Rows",
    "Cells",
    "What is off, and whose fault",
)


def row(client: Client, result: Result) -> tuple[str, ...]:
    """What the page says of a client."""
    total = len(expected())
    rows = sum(len(rows) for _, rows in expected().values())
    if client.gives == "description":
        return (client.name, result.version, client.opens, "", "", client.says, client.off)
    cells = "as in `records()`" if client.gives == "cells" else "only counts rows"
    if result.different:
        cells = f"{', '.join(f'`{table}`' for table in result.different)} differs"
    return (
        client.name,
        result.version,
        client.opens,
        f"{total - len(result.unread)} of {total}" if result.unread else "all",
        "all" if result.rows == rows else f"{result.rows:,} of {rows:,}",
        cells,
        client.off,
    )


def page(results: dict[Client, Result]) -> str:
    """The page, from what every client gave."""
    reading = {client.name for client in CLIENTS if client.gives == "cells"}
    equal = reading - {client.name for client in CLIENTS if client.fails}
    parts = [HEAD.format(equal=len(equal), reading=len(reading))]
    for title, exports in (("The package as it is", False), ("What `export` writes", True)):
        rows = [row(*each) for each in results.items() if bool(each[0].export) is exports]
        lines = [_COLUMNS, ("---",) * len(_COLUMNS), *rows]
        parts.append(f"## {title}\n")
        parts.append("".join(f"| {' | '.join(cells)} |\n" for cells in lines))
    return "\n".join(parts)


def without_versions_of_debian(text: str) -> str:
    """The page, but for the versions that depend on the release of Debian."""
    for client in CLIENTS:
        if client.environment == "debian":
            start, opens = (re.escape(f"| {words} |") for words in (client.name, client.opens))
            text = re.sub(rf"(?m)^{start} [^|]+ (?={opens})", "", text)
    return text


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if stale")
    options = parser.parse_args(arguments)
    make()
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-m", "clients", "tests/clients"],
        cwd=ROOT,
        env={**os.environ, "CLIENTS": "required", "CLIENTS_FOLDER": str(FOLDER)},
        check=False,
    )
    if done.returncode:
        return done.returncode
    results = {}
    for client in CLIENTS:
        kept = (RESULTS / f"{client.key}.json").read_text(encoding="utf-8")
        results[client] = Result(**json.loads(kept))
        print(f"{client.key} {results[client].version}: {results[client].checksum[:16]}")
    print("records():", checksum({table: [*cells] for table, cells in expected().items()})[:16])
    written = page(results)
    if not options.check:
        PAGE.write_text(written, encoding="utf-8")
        return 0
    known = PAGE.read_text(encoding="utf-8") if PAGE.is_file() else ""
    if without_versions_of_debian(known) == without_versions_of_debian(written):
        return 0
    print(f"stale: {PAGE.name}; uv run python scripts/clients.py")
    return 1


if __name__ == "__main__":
    sys.exit(main())
