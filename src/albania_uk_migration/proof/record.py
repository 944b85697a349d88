"""The proof record: when the tables were last proved against the documents, and their hashes.

scripts/prove.py writes proof.json after `verify --require-documents` has proved everything. An
installed copy has no documents, but it has the record: if its tables still have the recorded
hashes, what was proved then is still proved.
"""

from __future__ import annotations

import datetime
import hashlib
import json
from typing import TYPE_CHECKING, Any, NamedTuple

from ..errors import DataFileError
from ..tables.files import DESCRIPTOR
from ..wording import day_in_words

if TYPE_CHECKING:
    from ..tables.package import Package


RECORD = "proof.json"
# The table with the hashes of the documents; every proof rests on it.
DOCUMENTS = "documents"
PROVED, CHECKED = "proved", "checked"


class Recorded(NamedTuple):
    """The outcome of a check when the record was made, and how many of how many things passed."""

    outcome: str
    done: int
    of: int


class Record(NamedTuple):
    """A proof record; `id` is the start of its file's SHA-256."""

    id: str
    proved_on: datetime.date
    version: str
    schemas: str
    tables: dict[str, str]
    documents: dict[str, str]
    checks: dict[str, Recorded]
    shares: dict[str, float]

    def __str__(self) -> str:
        return f"{day_in_words(self.proved_on)} (record {self.id})"

    def changed(self, package: Package) -> list[str]:
        """The tables that differ from the record, after datapackage.json if schemas differ."""
        schemas = [] if schemas_sha256(package) == self.schemas else [DESCRIPTOR]
        tables = package.resources
        return [*schemas, *(t for t in tables if table_sha256(package, t) != self.tables.get(t))]


def table_sha256(package: Package, table: str) -> str:
    """The present hash of a table's file, in the form used by datapackage.json."""
    data = package.read(package.resource(table)["path"])
    return "sha256:" + hashlib.sha256(data).hexdigest()


def schemas_sha256(package: Package) -> str:
    """The hash of the Table Schemas without their prose: types, limits, keys and verbatim marks."""
    schemas = [
        [
            table,
            [
                {k: v for k, v in field.items() if k not in _PROSE}
                for field in package.fields(table)
            ],
            {key: part for key, part in resource["schema"].items() if key != "fields"},
        ]
        for table, resource in package.resources.items()
    ]
    text = json.dumps(schemas, ensure_ascii=False)
    return "sha256:" + hashlib.sha256(text.encode("utf-8")).hexdigest()


_PROSE = ("title", "description", "example", "categories")


def parsed(data: bytes) -> Record:
    """Read a record from the bytes of its file. Raises DataFileError if it is incomplete."""
    try:
        found: dict[str, Any] = json.loads(data)
        checks = {
            row["name"]: Recorded(row["outcome"], int(row["done"]), int(row["of"]))
            for row in found["checks"]
        }
        record = Record(
            hashlib.sha256(data).hexdigest()[:8],
            datetime.date.fromisoformat(found["proved_on"]),
            found["version"],
            found["schemas"],
            dict(found["tables"]),
            dict(found["documents"]),
            checks,
            {name: float(s) for name, s in found["share_of_each_document_that_ships"].items()},
        )
    except (ValueError, LookupError, TypeError, AttributeError):
        raise DataFileError(f"The proof record, {RECORD}, cannot be read.") from None
    if not all(c.outcome in (PROVED, CHECKED) and c.done == c.of for c in checks.values()):
        raise DataFileError(f"The proof record, {RECORD}, does not say that everything was proved.")
    return record


def record_of(package: Package) -> Record | str:
    """The record beside datapackage.json, or why there is none."""
    try:
        return parsed(package.read(RECORD))
    except DataFileError as error:
        return str(error)
