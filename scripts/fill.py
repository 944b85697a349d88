"""Fill in what a program can find: offsets, hashes, days, links between rows, facts about files.

People write the words, the readings and the judgements in data/*.csv and the prose in
datapackage.json; this script fills the columns marked `filledBy` there, `bytes`, `hash`, `rows`,
`scheme` and `$schema` of each resource, puts text in quotes, and makes CITATION.cff and
.zenodo.json (scripts/deposit.py) and the scripts by which shells complete commands (shtab). Run it
after each edit:

    uv run python scripts/fill.py            fill and write
    uv run python scripts/fill.py --check    write nothing; exit 1 and say what is stale

Write a new row of proof_exceptions without row_sha256. The script pins it once and never renews a
pin.

To have a span located, leave start_char empty and give the words in `exact` or, if we do not ship
the words (reported statements, events), in `span_sha256`. If the words occur more than once, give
them with their surroundings, and put the span itself in double brackets: "officers in [[both]]
countries". In figures and trends, the script looks for `exact` inside `quote`; if it knows the
place and quote_start is empty, it looks for `quote` around the place.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import io
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import shtab

from albania_uk_migration.answers.derived import DERIVED
from albania_uk_migration.cli.completion import SHELLS, file_of
from albania_uk_migration.cli.main import parser_for
from albania_uk_migration.proof.verify import row_sha256
from albania_uk_migration.rules.cells import given
from albania_uk_migration.rules.dates import dated_columns, days_of
from albania_uk_migration.rules.figures import first_repeated
from albania_uk_migration.rules.official import relation_of
from albania_uk_migration.rules.spans import CLAIMED, IN_STATEMENTS, innermost_statement
from albania_uk_migration.tables.cells import label
from albania_uk_migration.tables.csv_text import decode, header_faults, table_text
from albania_uk_migration.tables.package import Package
from deposit import deposit_files

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
Record = dict[str, str]


class NotFoundOnce(SystemExit):
    """Words that the document does not have, or has more than once."""


class Refused(SystemExit):
    """A document that is missing, or is not the one we annotated."""


def read_document(row: Record) -> bytes:
    """The bytes of a document."""
    try:
        return (ROOT / row["file"]).read_bytes()
    except OSError as error:
        raise Refused(
            f"{row['document_id']}: cannot read {row['file']}: {error.strerror}"
        ) from None


def find(words: str, text: str, where: str) -> tuple[int, int, str]:
    """The start, end and words of a span that occurs once, alone or with its surroundings."""
    bare, opening = words, words.find("[[")
    before = after = 0
    if opening >= 0:
        closing = words.index("]]")
        before, after = opening, len(words) - closing - 2
        bare = words[:opening] + words[opening + 2 : closing] + words[closing + 2 :]
    count = text.count(bare)
    if count != 1:
        advice = "give more words, the span in [[ ]]" if count else "it is not in the document"
        raise NotFoundOnce(f'{where}: "{bare[:70]}" occurs {count} times; {advice}')
    start = text.index(bare) + before
    end = text.index(bare) + len(bare) - after
    return start, end, text[start:end]


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


class Tables:
    """The CSV files as text cells, to fill and write back."""

    def __init__(self) -> None:
        self.descriptor: dict[str, Any] = json.loads(
            (ROOT / "datapackage.json").read_text(encoding="utf-8")
        )
        self.rows: dict[str, list[Record]] = {}
        for resource in self.descriptor["resources"]:
            path = ROOT / resource["path"]
            text = decode(path.read_bytes(), resource["path"])
            reader = csv.DictReader(io.StringIO(text, newline=""))
            faults = header_faults(list(reader.fieldnames or ()), self.columns(resource["name"]))
            if faults:
                told = "; ".join(problem for _, problem in faults)
                raise Refused(f"{resource['path']}: {told}, as datapackage.json describes it")
            self.rows[resource["name"]] = list(reader)
        self.texts = {
            row["document_id"]: read_document(row).decode("utf-8") for row in self.rows["documents"]
        }

    def types(self, table: str) -> dict[str, str]:
        resource = next(r for r in self.descriptor["resources"] if r["name"] == table)
        return {field["name"]: field["type"] for field in resource["schema"]["fields"]}

    def columns(self, table: str) -> list[str]:
        return list(self.types(table))

    def csv(self, table: str) -> bytes:
        rows = [[row[column] for column in self.columns(table)] for row in self.rows[table]]
        return table_text(rows, self.types(table)).encode("utf-8")

    def typed(self) -> Package:
        """The tables as the package reads them, with the cells filled so far."""
        files = {
            resource["path"]: self.csv(resource["name"])
            for resource in self.descriptor["resources"]
        }
        files["datapackage.json"] = json.dumps(self.descriptor).encode("utf-8")
        return Package(files.__getitem__)


def fill_documents(tables: Tables) -> None:
    for row in tables.rows["documents"]:
        data = read_document(row)
        digest = hashlib.sha256(data).hexdigest()
        if row["sha256"] not in ("", digest):
            raise Refused(
                f"{row['file']} is not the text that was annotated (sha256 {digest[:12]}..., "
                f"expected {row['sha256'][:12]}...): restore it, or empty sha256 to take it so"
            )
        row["sha256"] = digest
        row["characters"] = str(len(data.decode("utf-8")))


def fill_spans(tables: Tables) -> None:
    for row, where in claims(tables):
        text = tables.texts[row["document_id"]]
        if not row["start_char"]:
            start, end, quote = find(row["quote"], text, where)
            first, last, exact = find(row["exact"], quote, where)
            row |= {
                "quote": quote,
                "quote_start": str(start),
                "quote_end": str(end),
                "exact": exact,
                "start_char": str(start + first),
                "end_char": str(start + last),
            }
        elif row["quote"] and not row["quote_start"]:
            row |= around(row, text, where)
        fill_period_words(row, text, where)
    for table in ("statements", "agreement_events", "excluded_numbers"):
        for number, row in enumerate(tables.rows[table], start=2):
            text = tables.texts[row["document_id"]]
            if not row["start_char"]:
                words = row.get("exact") or row.get("span_sha256", "")
                start, end, exact = find(words, text, f"{table}, line {number}")
                row |= {"start_char": str(start), "end_char": str(end)}
                if "exact" in row:
                    row["exact"] = exact
            span = text[int(row["start_char"]) : int(row["end_char"])]
            if "span_sha256" in row:
                row["span_sha256"] = sha256(span)
            if table == "statements" and row["mode"] not in {"direct", "unmarked"}:
                row["exact"] = ""


def claims(tables: Tables) -> Iterator[tuple[Record, str]]:
    """Every figure and trend, with its name for errors."""
    for table in CLAIMED:
        key, *_ = tables.columns(table)
        for row in tables.rows[table]:
            yield row, f"{table} {row[key]}"


def around(row: Record, text: str, where: str) -> Record:
    """The place of a newly cut quotation around a claim whose own place we know."""
    quote, start, end = row["quote"], int(row["start_char"]), int(row["end_char"])
    first = text.rfind(quote, max(0, end - len(quote)), start + len(quote))
    if first < 0 or first > start:
        raise NotFoundOnce(f'{where}: quote "{quote[:70]}" does not stand around {start} to {end}')
    return {"quote_start": str(first), "quote_end": str(first + len(quote))}


def fill_period_words(row: Record, text: str, where: str) -> None:
    """Set period_at to the place of period_exact nearest to the claim; in a tie, before it."""
    words, start = row["period_exact"], int(row["start_char"])
    if not words:
        row["period_at"] = ""
        return
    places = [at for at in range(len(text)) if text.startswith(words, at)]
    if not places:
        raise NotFoundOnce(f'{where}: no "{words}" in {row["document_id"]}')
    row["period_at"] = str(min(places, key=lambda at: (abs(at - start), at)))


def fill_from_rules(tables: Tables) -> None:
    """Fill what the rules recompute: days, innermost statements, repeats, relations."""
    package = tables.typed()
    for table, rows in tables.rows.items():
        for column in dated_columns(package, table):
            for row, typed in zip(rows, package.rows(table), strict=True):
                days = days_of(typed, column)
                for end, day in zip(("start", "end"), days, strict=True):
                    row[f"{column}_{end}"] = day.isoformat() if day else ""
    package = tables.typed()
    innermost = innermost_statement(package)
    for table in IN_STATEMENTS:
        for row, typed in zip(tables.rows[table], package.rows(table), strict=True):
            row["statement_id"] = str(innermost(typed) or "")
    repeated = first_repeated(package.rows("figures"))
    for row, (_, first) in zip(tables.rows["figures"], repeated, strict=True):
        row["repeats"] = first or ""
    stated = {row["figure_id"]: row for row in package.rows("figures")}
    for row, typed in zip(tables.rows["follow_ups"], package.rows("follow_ups"), strict=True):
        figure = stated.get(typed["figure_id"])
        if typed["date"] is not None:
            row["relation"] = (relation_of(typed, figure) or "") if figure else ""


def fill_derived(tables: Tables) -> None:
    """Make the tables that follow from the others; from the same tables, once."""
    sources = [name for name in tables.rows if name not in DERIVED]
    # The other parts of the description, such as hashes, change nothing in the rows.
    about = tables.descriptor["created"]
    key = sha256("\0".join([about, *(tables.csv(name).decode() for name in sources)]))
    if key not in _MADE:
        package = tables.typed()
        _MADE[key] = {
            table: [
                {name: "" if cell is None else given(cell) for name, cell in row.items()}
                for row in rows(package)
            ]
            for table, rows in DERIVED.items()
        }
    for table, made in _MADE[key].items():
        tables.rows[table] = [dict(row) for row in made]


_MADE: dict[str, dict[str, list[Record]]] = {}


def fill_new_pins(tables: Tables) -> None:
    """Pin a new exception to its row. We never renew an old pin, because a person must look."""
    package = tables.typed()
    for row in tables.rows["proof_exceptions"]:
        if not row["row_sha256"]:
            key = package.key(row["table"])
            pinned = [r for r in package.rows(row["table"]) if label(r, key) == row["row"]]
            if len(pinned) != 1:
                raise NotFoundOnce(f"proof_exceptions: no row {row['row']} in {row['table']}")
            row["row_sha256"] = row_sha256(pinned[0])


# Where the profiles of Data Package stand.
PROFILES = "https://datapackage.org/profiles/2.0"


def fill_descriptor(tables: Tables) -> bytes:
    for resource in tables.descriptor["resources"]:
        data = tables.csv(resource["name"])
        resource["$schema"] = f"{PROFILES}/dataresource.json"
        resource["schema"]["$schema"] = f"{PROFILES}/tableschema.json"
        # csvw opens only tables that say so.
        resource["scheme"] = "file"
        resource["bytes"] = len(data)
        resource["hash"] = "sha256:" + hashlib.sha256(data).hexdigest()
        resource["rows"] = len(tables.rows[resource["name"]])
    text = json.dumps(tables.descriptor, ensure_ascii=False, indent=2) + "\n"
    return text.encode("utf-8")


# What a shell offers for an argument, by its word in the help.
_PLACES = {"FILE": shtab.FILE, "TABLE=FILE": shtab.FILE, "FOLDER": shtab.DIRECTORY}


def _complete_files(parser: argparse.ArgumentParser) -> None:
    """Mark the arguments of a parser and its commands that are files or folders."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for command in action.choices.values():
                _complete_files(command)
        elif action.metavar in _PLACES:
            vars(action)["complete"] = _PLACES[str(action.metavar)]


def completions(package: Package) -> dict[str, bytes]:
    """The scripts for completion in shells, by path."""
    parser = parser_for(package=package)
    _complete_files(parser)
    return {
        f"src/albania_uk_migration/cli/{file_of(shell)}": shtab.complete(parser, shell).encode()
        for shell in SHELLS
    }


def filled(tables: Tables | None = None) -> dict[Path, bytes]:
    """Every file as it should be, from the files or from tables during an edit."""
    tables = tables or Tables()
    fill_documents(tables)
    fill_spans(tables)
    fill_from_rules(tables)
    fill_new_pins(tables)
    fill_derived(tables)
    descriptor = fill_descriptor(tables)
    files = {
        ROOT / resource["path"]: tables.csv(resource["name"])
        for resource in tables.descriptor["resources"]
    }
    package = tables.typed()
    made = {**deposit_files(package), **completions(package)}
    return {
        **files,
        ROOT / "datapackage.json": descriptor,
        **{ROOT / path: data for path, data in made.items()},
    }


def stale(files: dict[Path, bytes]) -> dict[Path, bytes]:
    """The files that differ on disk, or are missing there."""
    return {
        path: data for path, data in files.items() if not path.exists() or path.read_bytes() != data
    }


def write(files: dict[Path, bytes]) -> None:
    """Write files completely: first beside their places, so that a full disk changes none."""
    beside = {path: path.with_name(f".{path.name}.{os.getpid()}.new") for path in files}
    try:
        for path, data in files.items():
            beside[path].write_bytes(data)
        for path, new in beside.items():
            os.replace(new, path)
    finally:
        for new in beside.values():
            new.unlink(missing_ok=True)


def main() -> int:
    parser = argparse.ArgumentParser(description="Fill in what a program can find.")
    parser.add_argument("--check", action="store_true", help="write nothing; say what is stale")
    check = parser.parse_args().check
    changed = stale(filled())
    for path in changed:
        print(f"{'stale' if check else 'filled'}: {path.relative_to(ROOT)}")
    if not check:
        write(changed)
    return 1 if check and changed else 0


if __name__ == "__main__":
    sys.exit(main())
