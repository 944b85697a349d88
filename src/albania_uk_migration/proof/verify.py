"""Proof that the documents say what the tables say they say.

`verify` says of each thing proved, checked or NOT PROVED. *Proved* means held against the
bytes of the documents, or re-read from their words by the reader of quantities; *checked*
means that the tables agree with themselves and with their description.
"""

from __future__ import annotations

import hashlib
import json
import re
from typing import TYPE_CHECKING, Any, NamedTuple

from ..errors import DataFileError, Fault, QuantityError
from ..rules.dates import dated_columns, days_follow_from_expressions
from ..rules.figures import read_differently, repeats_name_the_first, worded_direction
from ..rules.index import CELLS, CROSS_COLUMN, KEYS, RECOMPUTED, Rule
from ..rules.official import relation_follows_from_the_days
from ..rules.spans import CLAIMED, SPANS, statement_is_the_innermost
from ..tables.cells import Row, label
from ..tables.package import Package, shipped
from ..wording import printable
from .documents import ADVICE, Texts, folder_of, read_documents
from .spans import (
    QUANTITIES,
    WORDS,
    figures_are_read_whole,
    hashes_are_of_their_spans,
    other_words_are_in_the_document,
    overlooked,
    read_text,
    shipped_shares,
    spans_give_their_words,
    unaccounted,
)

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Container, Iterable, Iterator


# No more of a news text ships than this; quotation needs less.
LARGEST_SHARE = 0.5


# ---------------------------------------------------------------- readings


def readings_agree(package: Package) -> Iterator[Fault]:
    """Value, comparator, bounds and unit class are what the reader reads from the exact words."""
    for row in package.rows("figures"):
        key = str(row["figure_id"])
        try:
            for column, found, read in read_differently(row):
                message = f'is {found}, but "{row["exact"]}" reads as {read}'
                yield Fault("figures", key, (column,), readings_agree.__name__, message)
        except QuantityError as error:
            yield Fault("figures", key, ("exact",), readings_agree.__name__, str(error))


def _claims(package: Package) -> Iterator[tuple[str, str, Row]]:
    """Every figure and trend, with its table and identifier."""
    for table in CLAIMED:
        for row in package.rows(table):
            yield table, label(row, package.key(table)), row


def _terms(package: Package) -> dict[str, set[str]]:
    """Each term with the measures that it proves."""
    terms: dict[str, set[str]] = {}
    for row in package.rows("measures"):
        for term in str(row["terms"] or "").split(";"):
            if term.strip():
                terms.setdefault(term.strip().casefold(), set()).add(row["measure"])
    return terms


def measures_are_named(package: Package) -> Iterator[Fault]:
    """The longest term found in the words of the measure belongs to it or to what it is 'of'."""
    terms = _terms(package)
    longest_first = sorted(terms, key=len, reverse=True)
    of = {row["measure"]: row["of"] for row in package.rows("measures")}
    for table, key, row in _claims(package):
        if row["measure_exact"] is None:
            continue  # told as a missing cell
        words = str(row["measure_exact"]).casefold()
        found = (term for term in longest_first if term in words)
        longest = next((t for t in found if re.search(rf"\b{re.escape(t)}\b", words)), None)
        if longest is None:
            message = f'"{row["measure_exact"]}" names no measure'
        elif {row["measure"], of.get(row["measure"])} & terms[longest]:
            continue
        else:
            named = ", ".join(sorted(map(str, terms[longest])))
            message = f'is {row["measure"]}, but "{longest}" names {named}'
        yield Fault(table, key, ("measure",), measures_are_named.__name__, message)


def measures_are_named_in_the_quotation(package: Package) -> Iterator[Fault]:
    """The words that name the measure lie in the quotation of the claim, as does what it says."""
    rule = measures_are_named_in_the_quotation.__name__
    for table, key, row in _claims(package):
        for column in ("measure_exact", "exact"):
            if row[column] is not None and str(row[column]) not in str(row["quote"]):
                yield Fault(table, key, (column,), rule, f'"{row[column]}" does not lie in quote')


def directions_are_worded(package: Package) -> Iterator[Fault]:
    """The direction of a change is that of the direction word nearest to it in its quotation."""
    for row in package.rows("figures"):
        if row["direction"] is None:
            continue
        worded = worded_direction(row)
        if worded != row["direction"]:
            yield Fault(
                "figures",
                str(row["figure_id"]),
                ("direction",),
                directions_are_worded.__name__,
                f"is {row['direction']}, but the quotation words {worded or 'none'}",
            )


# ---------------------------------------------------------------- exceptions


def row_sha256(row: Row) -> str:
    """The hash that pins a whole row in proof_exceptions."""
    cells = json.dumps([[name, None if cell is None else str(cell)] for name, cell in row.items()])
    return hashlib.sha256(cells.encode("utf-8")).hexdigest()


def _apply_exceptions(package: Package, faults: list[Fault]) -> tuple[list[Fault], list[Fault]]:
    """Faults left when the exceptions are taken out, and the exceptions that are stale."""
    stale = []
    excepted = set()
    by_place = {(fault.table, fault.row, fault.column) for fault in faults}
    for row in package.rows("proof_exceptions"):
        place = (str(row["table"]), str(row["row"]), str(row["column"]))
        rows = package.rows(place[0]) if place[0] in package.resources else []
        pinned = [r for r in rows if label(r, package.key(place[0])) == place[1]]
        if not pinned:
            problem = "there is no such row any more"
        elif row_sha256(pinned[0]) != row["row_sha256"]:
            problem = f"the row has changed; it is now {row_sha256(pinned[0])}: look at it again"
        elif place not in by_place:
            problem = "the proof no longer needs it: take it out"
        else:
            excepted.add(place)
            continue
        table, key, column = place
        message = f"the exception is stale: {problem}"
        stale.append(Fault(table, key, (column,), "exceptions_are_current", message))
    left = [f for f in faults if (f.table, f.row, f.column) not in excepted]
    return left, stale


# ---------------------------------------------------------------- verify


class Check(NamedTuple):
    """One thing verified: what it is, how it came out, on how many of how many, and the faults."""

    name: str
    outcome: str
    done: int
    of: int
    remark: str
    faults: tuple[Fault, ...]


def _as_values(fault: Fault) -> dict[str, Any]:
    names = ("table", "row", "column", "rule", "message", "number")
    return {name: getattr(fault, name) for name in names}


class Report(NamedTuple):
    """What `verify` found: the checks in order, and the share of each document that ships."""

    checks: tuple[Check, ...]
    shares: dict[str, float]
    require_documents: bool

    @property
    def faults(self) -> list[Fault]:
        """Every fault of every check."""
        return [fault for check in self.checks for fault in check.faults]

    @property
    def ok(self) -> bool:
        """True when nothing failed and, where documents are required, all was proved."""
        unproved = any(check.outcome == "NOT PROVED" for check in self.checks)
        return not self.faults and not (self.require_documents and unproved)

    def to_dict(self) -> dict[str, Any]:
        """The report as plain values, for JSON."""
        return {
            "ok": self.ok,
            "checks": [
                {
                    "name": check.name,
                    "outcome": check.outcome,
                    "done": check.done,
                    "of": check.of,
                    "remark": check.remark,
                    "faults": [_as_values(fault) for fault in check.faults],
                }
                for check in self.checks
            ],
            "share_of_each_document_that_ships": self.shares,
        }

    def __str__(self) -> str:
        lines = []
        for check in self.checks:
            count = f"{check.done} / {check.of}" if check.of else "-"
            remark = f"  {check.remark}" if check.remark else ""
            lines.append(f"{check.outcome:<11} {count:>11}  {check.name}{remark}")
            for fault in check.faults[:50]:
                where = f"{fault.table} {fault.row}, {fault.column}"
                lines.append(f"    {where}: {fault.message} [{fault.rule}]")
            if len(check.faults) > 50:
                lines.append(f"    and {len(check.faults) - 50} more; see --format json")
        if self.shares:
            shares = ", ".join(f"{name} {share:.0%}" for name, share in self.shares.items())
            lines.append(f"Share of each document that ships: {shares}.")
        unproved = sum(check.outcome == "NOT PROVED" for check in self.checks)
        if self.faults:
            verdict = f"FAILED: {len(self.faults)} fault{'s' if len(self.faults) > 1 else ''}."
        elif unproved and self.require_documents:
            verdict = "FAILED: documents were required, but not all is proved."
        elif unproved:
            verdict = f"Good as far as it goes: {unproved} checks need the documents."
        else:
            verdict = "All good."
        lines.append(verdict)
        return "\n".join(printable(line) for line in lines)


def _files_match(package: Package) -> list[Fault]:
    """Each data file has the bytes, hash and number of rows that its description gives."""
    faults = []
    for table, resource in package.resources.items():
        data = package.read(resource["path"])
        fault = package.fault_of_file(table, data)
        rows = len(package.rows(table))
        if fault is None and resource["bytes"] != len(data):
            fault = f"{resource['path']}: bytes is {resource['bytes']} in datapackage.json"
        if fault is None and resource["rows"] != rows:
            fault = f"{resource['path']} has {rows} rows, datapackage.json says {resource['rows']}"
        if fault:
            faults.append(Fault(table, "(file)", ("hash",), "files_match", fault))
    return faults


def _check(name: str, good: str, count: int, faults: Iterable[Fault], remark: str = "") -> Check:
    found = tuple(faults)
    bad = len({(fault.table, fault.row, fault.column) for fault in found})
    outcome = "FAILED" if found else good
    return Check(name, outcome, max(0, count - bad), count, remark, found)


def _of_rules(
    package: Package, group: Iterable[Callable[[Package], Iterator[Fault]]]
) -> list[Fault]:
    return [fault for rule in group for fault in rule(package)]


# What a reader is told of each rule that recomputes columns.
_RECOMPUTED_AS: dict[Rule, str] = {
    days_follow_from_expressions: "days recomputed from date expressions",
    statement_is_the_innermost: "statement_id recomputed",
    repeats_name_the_first: "repeats recomputed",
    relation_follows_from_the_days: "relation recomputed",
}


def _table_checks(package: Package) -> Iterator[Check]:
    """What needs no documents: the tables against their description and against themselves."""
    sizes = {table: len(package.rows(table)) for table in package.resources}
    cells = sum(sizes[table] * len(package.fields(table)) for table in sizes)
    figures = sizes["figures"]
    files = _files_match(package)
    yield _check("data files: bytes, sha256, rows", "proved", len(sizes), files)
    yield _check("cells: required, values, patterns", "checked", cells, _of_rules(package, CELLS))
    keys = _of_rules(package, KEYS)
    yield _check("keys: primary, unique, foreign", "checked", sum(sizes.values()), keys)
    dated = sum(sizes[table] * len(dated_columns(package, table)) for table in sizes)
    for rule, about in RECOMPUTED.items():
        of = dated if rule is days_follow_from_expressions else sum(sizes[table] for table in about)
        yield _check(_RECOMPUTED_AS[rule], "checked", of, rule(package))
    cross = _of_rules(package, CROSS_COLUMN)
    kept = len(CROSS_COLUMN) - len({fault.rule for fault in cross})
    outcome = "FAILED" if cross else "checked"
    of = len(CROSS_COLUMN)
    yield Check("rules across columns", outcome, kept, of, "", tuple(cross))
    read = list(readings_agree(package))
    worded = list(directions_are_worded(package))
    named = [*measures_are_named(package), *measures_are_named_in_the_quotation(package)]
    left, stale = _apply_exceptions(package, [*read, *worded, *named])
    exceptions = sizes["proof_exceptions"]

    def part(faults: list[Fault]) -> list[Fault]:
        return [fault for fault in faults if fault in left]

    yield _check("value, comparator, bounds, unit re-read", "proved", figures, part(read))
    changes = sum(row["direction"] is not None for row in package.rows("figures"))
    yield _check("directions of changes worded", "proved", changes, part(worded))
    claims = sum(sizes[table] for table in CLAIMED)
    yield _check("measures named by their words", "proved", claims, part(named))
    yield _check("exceptions to the proof, pinned", "checked", exceptions, stale)


def _words_given(
    package: Package, columns: Iterable[tuple[str, str]], documents: Container[object]
) -> int:
    """How many cells of these columns hold words to prove against these documents."""
    return sum(
        row[column] is not None and row["document_id"] in documents
        for table, column in columns
        for row in package.rows(table)
    )


_OTHER_WORDS = (
    *((table, column) for table in CLAIMED for column in ("measure_exact", "period_exact")),
    ("statements", "role_as_printed"),
)
_FIGURES = (("figures", "exact"),)
_HASHED = (("statements", "span_sha256"), ("agreement_events", "span_sha256"))


def _document_checks(
    package: Package, folder: str | None, texts: Texts, faults: list[Fault]
) -> Iterator[Check]:
    """What needs the documents; without them, each is NOT PROVED."""
    every = {str(row["document_id"]) for row in package.rows("documents")}
    if folder is None:
        yield Check("documents: sha256, characters", "NOT PROVED", 0, len(every), ADVICE, ())
    else:
        yield _check("documents: sha256, characters", "proved", len(every), faults)
    missing = ", ".join(sorted(every - set(texts)))
    remark = ADVICE if folder is None else f"{missing} could not be read" if missing else ""
    columns = tuple((table, exact) for table, _, _, exact in SPANS if exact)
    readings = {document: read_text(text) for document, text in texts.items()}
    other_words = other_words_are_in_the_document(package, texts)
    whole = figures_are_read_whole(package, readings)
    for name, held, found in (
        ("spans give their words", columns, spans_give_their_words(package, texts)),
        ("hashes of spans", _HASHED, hashes_are_of_their_spans(package, texts)),
        ("words of measures, periods, roles, names", _OTHER_WORDS, other_words),
        ("figures found whole by the reader", _FIGURES, whole),
    ):
        of = _words_given(package, held, every)
        check = _check(name, "proved", _words_given(package, held, texts), found, remark)
        yield _unread(check, of) if missing else check
    seen = sum(len(reading.quantities) for reading in readings.values())
    beside = [found for reading in readings.values() for *_, found in overlooked(reading, ())]
    missed = unaccounted(package, readings)
    for name, number, rule in (
        ("every quantity and date accounted for", seen, QUANTITIES),
        ("every other counting word accounted for", beside.count(None), WORDS),
    ):
        check = _check(name, "proved", number, missed[rule], remark)
        yield _unread(check, 0) if missing else check


def _unread(check: Check, of: int) -> Check:
    """A check for which some document could not be read: not proved, unless it failed anyway."""
    outcome = "FAILED" if check.faults else "NOT PROVED"
    return check._replace(outcome=outcome, of=max(check.of, of))


def _longest_cells(package: Package, document: str) -> str:
    """The verbatim cells of a document that ship most of it, to be cut first."""
    cells = [
        (len(row[field["name"]]), f"{label(row, package.key(table))} {field['name']}")
        for table in package.resources
        for field in package.fields(table)
        for row in package.rows(table)
        if field.get("verbatim") and row.get("document_id") == document and row[field["name"]]
    ]
    longest = sorted(cells, reverse=True)[:5]
    return ", ".join(f"{name} ({length} characters)" for length, name in longest)


def _share_check(
    package: Package, folder: str | None, texts: Texts
) -> tuple[Check, dict[str, float]]:
    shares = shipped_shares(package, texts)
    news = [
        row["document_id"] for row in package.rows("documents") if row["kind"] == "news_article"
    ]
    faults = [
        Fault(
            "documents",
            str(document),
            ("characters",),
            "no_more_than_half_ships",
            f"{shares[str(document)]:.1%} of the text ships verbatim, at most "
            f"{LARGEST_SHARE:.0%} may; the longest: {_longest_cells(package, str(document))}",
        )
        for document in news
        if shares.get(str(document), 0) > LARGEST_SHARE
    ]
    name = f"at most {LARGEST_SHARE:.0%} of a news text ships"
    if not set(news) <= set(shares):
        remark = ADVICE if folder is None else "some could not be read"
        outcome = "FAILED" if faults else "NOT PROVED"
        done = len(set(news) & set(shares)) - len(faults)
        return Check(name, outcome, done, len(news), remark, tuple(faults)), shares
    return _check(name, "checked", len(news), faults), shares


def verify_package(package: Package, folder: str | None, require_documents: bool = False) -> Report:
    """Verify a package of tables against the documents in a folder, or without any."""
    try:
        for table in package.resources:
            package.rows(table)
    except DataFileError as error:
        fault = Fault("(data files)", "(file)", ("(file)",), "tables_are_readable", str(error))
        return Report(
            (_check("tables are readable", "checked", 1, [fault]),), {}, require_documents
        )
    texts, faults = read_documents(package, folder) if folder else ({}, [])
    share, shares = _share_check(package, folder, texts)
    document_checks = _document_checks(package, folder, texts, faults)
    checks = (*_table_checks(package), *document_checks, share)
    return Report(checks, shares, require_documents)


def verify(
    documents: str | os.PathLike[str] | None = None, require_documents: bool = False
) -> Report:
    """Prove the tables against the documents, and check them against themselves.

    `documents` is a folder with the five texts under their names; without it, a checkout
    uses its own seeds/, and an installed package reports the spans as NOT PROVED, which is
    no failure unless `require_documents`. The `Report` has `ok`, `checks`, `faults`
    (table, row, column, rule, message), `shares`, `to_dict()`, and prints as text.

    Raises DocumentError where there is no folder of that name.

    >>> verify().ok
    True
    """
    return verify_package(shipped().unchecked(), folder_of(documents), require_documents)
