"""Write the proof record, proof.json: what was proved, when, and for which bytes.

The record comes from `verify --require-documents` on the documents in seeds/, and only if
everything is proved. An installed copy has no documents; the record tells it when its tables were
proved, and whether they have changed since. After each change of tables, documents or checks, run
scripts/fill.py and then this:

    uv run python scripts/prove.py            prove and write
    uv run python scripts/prove.py --check    write nothing; exit 1 and say what is stale

The day of the record changes only when something else in it does.
"""

from __future__ import annotations

import argparse
import datetime
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

ROOT = Path(__file__).resolve().parent.parent
# The code of this checkout, whatever is installed.
sys.path.insert(0, str(ROOT / "src"))

import fill  # noqa: E402
from albania_uk_migration.errors import AlbaniaUkMigrationError, DataFileError  # noqa: E402
from albania_uk_migration.proof.record import (  # noqa: E402
    RECORD,
    parsed,
    schemas_sha256,
    table_sha256,
)
from albania_uk_migration.proof.verify import verify_package  # noqa: E402
from albania_uk_migration.tables.package import Package  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Sequence

_ABOUT = (
    "Written by scripts/prove.py when everything was proved against the documents. "
    "No proof by itself: run albania-uk-migration verify --documents FOLDER."
)
# The decimal places of a share.
_PLACES = 4


class NotProvedError(AlbaniaUkMigrationError):
    """The tables are not proved, so there can be no record; the argument is the report."""


def proved_facts(package: Package) -> dict[str, Any]:
    """The record except its day, from a proof made now. Raises NotProvedError."""
    report = verify_package(package, str(ROOT / "seeds"), require_documents=True)
    if not report.ok:
        raise NotProvedError(report)
    return {
        "version": package.descriptor["version"],
        "schemas": schemas_sha256(package),
        "tables": {table: table_sha256(package, table) for table in package.resources},
        "documents": {
            str(row["document_id"]): f"sha256:{row['sha256']}" for row in package.rows("documents")
        },
        "checks": [
            {"name": one.name, "outcome": one.outcome, "done": one.done, "of": one.of}
            for one in report.checks
        ],
        "share_of_each_document_that_ships": {
            document: round(share, _PLACES) for document, share in report.shares.items()
        },
    }


def written(facts: dict[str, Any], day: str) -> bytes:
    """The bytes of a record."""
    record = {"about": _ABOUT, "proved_on": day, **facts}
    return (json.dumps(record, ensure_ascii=False, indent=2) + "\n").encode("utf-8")


def record_for(facts: dict[str, Any], day: str) -> bytes:
    """The record: the existing one if it says the same, otherwise a new one."""
    return recorded() if not stale(facts) else written(facts, day)


def recorded() -> bytes:
    """The bytes of the existing record. Raises DataFileError if there is none."""
    try:
        return (ROOT / RECORD).read_bytes()
    except OSError as error:
        raise DataFileError(f"{RECORD}: {error.strerror}") from None


def stale(facts: dict[str, Any]) -> list[str]:
    """How the existing record differs from what is proved now."""
    try:
        data = recorded()
        record = parsed(data)
    except DataFileError as error:
        return [str(error)]
    there, now = _flat(json.loads(data)), _flat(facts)
    found = [
        f"{what}: {there.get(what, 'nothing')} in the record, {now.get(what, 'nothing')} now"
        for what in dict.fromkeys([*now, *there])
        if there.get(what) != now.get(what)
    ]
    if not found and data != written(facts, record.proved_on.isoformat()):
        return [f"{RECORD} is not as this script writes it"]
    return found


def _flat(facts: dict[str, Any]) -> dict[str, str]:
    """Each fact of a record except its day, by a name that says what it is about."""
    flat = {name: str(facts[name]) for name in ("version", "schemas")}
    for section in ("tables", "documents", "share_of_each_document_that_ships"):
        flat |= {f"{section} {name}": str(fact) for name, fact in facts[section].items()}
    for check in facts["checks"]:
        flat[f"check “{check['name']}”"] = f"{check['outcome']}, {check['done']} of {check['of']}"
    return flat


def in_tree(path: str) -> bytes:
    """A file of the working tree."""
    return (ROOT / path).read_bytes()


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Write the proof record, proof.json.")
    parser.add_argument("--check", action="store_true", help="write nothing; say what is stale")
    check = parser.parse_args(arguments).check
    try:
        facts = proved_facts(Package(in_tree))
    except (AlbaniaUkMigrationError, OSError) as error:
        print(f"Not proved, so nothing is written. {error}")
        return 1
    changed = stale(facts)
    for line in changed:
        print(f"{'stale' if check else 'renewed'}: {line}")
    if changed and not check:
        today = f"{datetime.datetime.now(datetime.UTC):%Y-%m-%d}"
        fill.write({ROOT / RECORD: written(facts, today)})
    return 1 if check and changed else 0


if __name__ == "__main__":
    sys.exit(main())
