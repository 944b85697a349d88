"""Prove that the documents say what the tables report.

Each check has one of five outcomes. *Proved*: compared with the documents just now, or read again
from their words. *Proved at release*: compared with them when the proof record was made, and
unchanged since. *Checked*: the tables agree with one another and with their description. *Failed*,
with the faults. *Not proved*: we need the documents, and no record covers these tables.
"""

from __future__ import annotations

import hashlib
import json
import re
from typing import TYPE_CHECKING

from ..errors import DataFileError, Fault, QuantityError
from ..rules.dates import dated_columns, days_follow_from_expressions
from ..rules.figures import read_differently, repeats_name_the_first, worded_direction
from ..rules.index import CELLS, CROSS_COLUMN, KEYS, RECOMPUTED, Rule
from ..rules.official import relation_follows_from_the_days
from ..rules.spans import CLAIMED, SPANS, statement_is_the_innermost
from ..tables.cells import Row, label
from ..tables.files import DESCRIPTOR
from ..tables.package import Package, shipped
from .documents import Texts, folder_of, read_documents
from .record import CHECKED, DOCUMENTS, PROVED, Record, record_of
from .report import AT_RELEASE, FAILED, NOT_PROVED, Check
from .report import Report as Report
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


# The largest share of a news text that we ship; quotation needs less.
LARGEST_SHARE = 0.5


# ---------------------------------------------------------------- readings


def readings_agree(package: Package) -> Iterator[Fault]:
    """Value, comparator, bounds and unit class match what the reader finds in the exact words."""
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
    """For each term, the measures that it proves."""
    terms: dict[str, set[str]] = {}
    for row in package.rows("measures"):
        for term in str(row["terms"] or "").split(";"):
            if term.strip():
                terms.setdefault(term.strip().casefold(), set()).add(row["measure"])
    return terms


def measures_are_named(package: Package) -> Iterator[Fault]:
    """The longest term in a measure's words belongs to the measure or to what it is 'of'."""
    terms = _terms(package)
    longest_first = sorted(terms, key=len, reverse=True)
    of = {row["measure"]: row["of"] for row in package.rows("measures")}
    for table, key, row in _claims(package):
        if row["measure_exact"] is None:
            continue  # reported as a missing cell
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
    """The words that name the measure are in the claim's quotation, as are its exact words."""
    rule = measures_are_named_in_the_quotation.__name__
    for table, key, row in _claims(package):
        for column in ("measure_exact", "exact"):
            if row[column] is not None and str(row[column]) not in str(row["quote"]):
                yield Fault(table, key, (column,), rule, f'"{row[column]}" does not lie in quote')


def directions_are_worded(package: Package) -> Iterator[Fault]:
    """The direction of a change is that of the nearest direction word in its quotation."""
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
    """The hash of a whole row that an exception pins."""
    cells = json.dumps([[name, None if cell is None else str(cell)] for name, cell in row.items()])
    return hashlib.sha256(cells.encode("utf-8")).hexdigest()


def _apply_exceptions(package: Package, faults: list[Fault]) -> tuple[list[Fault], list[Fault]]:
    """The faults that no exception excuses, and a fault for each stale exception."""
    stale = []
    excepted = set()
    by_place = {(fault.table, fault.row, fault.column) for fault in faults}
    for row in package.rows("proof_exceptions"):
        place = (str(row["table"]), str(row["row"]), str(row["column"]))
        rows = package.rows(place[0]) if place[0] in package.resources else []
        pinned = [r for r in rows if label(r, package.key(place[0])) == place[1]]
        if not pinned:
            problem = "this row no longer exists"
        elif row_sha256(pinned[0]) != row["row_sha256"]:
            problem = f"the row has changed and is now {row_sha256(pinned[0])}: look at it again"
        elif place not in by_place:
            problem = "the proof no longer needs it; remove it"
        else:
            excepted.add(place)
            continue
        table, key, column = place
        message = f"the exception is stale: {problem}"
        stale.append(Fault(table, key, (column,), "exceptions_are_current", message))
    left = [f for f in faults if (f.table, f.row, f.column) not in excepted]
    return left, stale


# ---------------------------------------------------------------- verify


def _files_match(package: Package) -> list[Fault]:
    """Each data file has the bytes, hash and number of rows in its description."""
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
    outcome = FAILED if found else good
    return Check(name, outcome, max(0, count - bad), count, remark, found)


def _of_rules(
    package: Package, group: Iterable[Callable[[Package], Iterator[Fault]]]
) -> list[Fault]:
    return [fault for rule in group for fault in rule(package)]


# What each rule that recomputes columns compares.
_RECOMPUTED_AS: dict[Rule, str] = {
    days_follow_from_expressions: "first and last days follow from the dates as written",
    statement_is_the_innermost: "each claim names the innermost statement that contains it",
    repeats_name_the_first: "repeated claims name the first figure that makes the claim",
    relation_follows_from_the_days: "follow-ups come before or after their figure, as they say",
}


def _table_checks(package: Package) -> Iterator[Check]:
    """The checks without documents: the tables against their description and one another."""
    sizes = {table: len(package.rows(table)) for table in package.resources}
    cells = sum(sizes[table] * len(package.fields(table)) for table in sizes)
    figures = sizes["figures"]
    files = _files_match(package)
    yield _check("files match datapackage.json: size, hash, rows", CHECKED, len(sizes), files)
    constraints = _of_rules(package, CELLS)
    yield _check("cells have values that their columns allow", CHECKED, cells, constraints)
    keys = _of_rules(package, KEYS)
    rows = sum(sizes.values())
    yield _check("identifiers are unique, and references lead to a row", CHECKED, rows, keys)
    dated = sum(sizes[table] * len(dated_columns(package, table)) for table in sizes)
    for rule, about in RECOMPUTED.items():
        of = dated if rule is days_follow_from_expressions else sum(sizes[table] for table in about)
        yield _check(_RECOMPUTED_AS[rule], CHECKED, of, rule(package))
    cross = _of_rules(package, CROSS_COLUMN)
    kept = len(CROSS_COLUMN) - len({fault.rule for fault in cross})
    outcome = FAILED if cross else CHECKED
    name = "rules that connect columns and tables are kept"
    yield Check(name, outcome, kept, len(CROSS_COLUMN), "", tuple(cross))
    read = list(readings_agree(package))
    worded = list(directions_are_worded(package))
    named = [*measures_are_named(package), *measures_are_named_in_the_quotation(package)]
    left, stale = _apply_exceptions(package, [*read, *worded, *named])
    exceptions = sizes["proof_exceptions"]

    def part(faults: list[Fault]) -> list[Fault]:
        return [fault for fault in faults if fault in left]

    name = "numbers, bounds and units match their words, read again"
    yield _check(name, PROVED, figures, part(read))
    changes = sum(row["direction"] is not None for row in package.rows("figures"))
    name = "directions of changes match the words of their quotations"
    yield _check(name, PROVED, changes, part(worded))
    claims = sum(sizes[table] for table in CLAIMED)
    yield _check("measures match the words that name them", PROVED, claims, part(named))
    name = "exceptions to the proof are still needed, and their rows unchanged"
    yield _check(name, CHECKED, exceptions, stale)


def _words_given(
    package: Package, columns: Iterable[tuple[str, str]], documents: Container[object]
) -> int:
    """How many cells in these columns have words to prove against these documents."""
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
_CUT_OUT = tuple((table, exact) for table, _, _, exact in SPANS if exact)

# The checks that need the documents, each with the other tables it rests on.
_UNCHANGED = "documents have the hash and length in the tables"
_SPANS = "words cut out of the documents match the tables"
_HASHES = "words that we do not reproduce match their hashes"
_OTHERS = "words for measures, periods, roles and names are in the documents"
_WHOLE = "numbers read in their place in the documents match the figures"
_QUANTITIES = "every quantity and date in the documents is in a table"
_WORDS = "every other digit and counting word is in a table too"
_SHARE = f"we reproduce no more than {LARGEST_SHARE:.0%} of a news text"
_RESTS_ON: dict[str, tuple[str, ...]] = {
    _UNCHANGED: (),
    _SPANS: tuple(dict.fromkeys(table for table, _ in _CUT_OUT)),
    _HASHES: ("statements", "agreement_events"),
    _OTHERS: (*CLAIMED, "statements", "agreement_events", "agreements"),
    _WHOLE: ("figures",),
    _QUANTITIES: ("figures", "excluded_numbers"),
    _WORDS: ("figures", "excluded_numbers"),
    _SHARE: tuple(dict.fromkeys(table for table, _ in _CUT_OUT)),
}


def _recorded_checks(record: Record | str, changed: Container[str]) -> Iterator[Check]:
    """The checks that need the documents: as recorded, if their tables have not changed."""
    for name, tables in _RESTS_ON.items():
        if isinstance(record, str):
            yield Check(
                name, NOT_PROVED, 0, 0, f"No documents are at hand. {record}".removesuffix("."), ()
            )
            continue
        differ = [t for t in (DESCRIPTOR, DOCUMENTS, *tables) if t in changed]
        if differ or name not in record.checks:
            what = ", ".join(differ) or f"the check “{name}”"
            yield Check(name, NOT_PROVED, 0, 0, f"Changed since the proof of {record}: {what}", ())
        else:
            _, done, of = record.checks[name]
            yield Check(name, AT_RELEASE, done, of, "", ())


def _document_checks(package: Package, texts: Texts, faults: list[Fault]) -> Iterator[Check]:
    """The checks of the tables against the documents; a check without a document names it."""
    every = {str(row["document_id"]) for row in package.rows("documents")}
    yield _check(_UNCHANGED, PROVED, len(every), faults)
    missing = ", ".join(sorted(every - set(texts)))
    remark = f"{missing} could not be read" if missing else ""
    readings = {document: read_text(text) for document, text in texts.items()}
    for name, columns, found in (
        (_SPANS, _CUT_OUT, spans_give_their_words(package, texts)),
        (_HASHES, _HASHED, hashes_are_of_their_spans(package, texts)),
        (_OTHERS, _OTHER_WORDS, other_words_are_in_the_document(package, texts)),
        (_WHOLE, _FIGURES, figures_are_read_whole(package, readings)),
    ):
        of = _words_given(package, columns, every)
        check = _check(name, PROVED, _words_given(package, columns, texts), found, remark)
        yield _unread(check, of) if missing else check
    seen = sum(len(reading.quantities) for reading in readings.values())
    beside = [found for reading in readings.values() for *_, found in overlooked(reading, ())]
    missed = unaccounted(package, readings)
    for name, number, rule in (
        (_QUANTITIES, seen, QUANTITIES),
        (_WORDS, beside.count(None), WORDS),
    ):
        check = _check(name, PROVED, number, missed[rule], remark)
        yield _unread(check, 0) if missing else check


def _unread(check: Check, of: int) -> Check:
    """A check with an unreadable document: not proved, unless it failed anyway."""
    outcome = FAILED if check.faults else NOT_PROVED
    return check._replace(outcome=outcome, of=max(check.of, of))


def _longest_cells(package: Package, document: str) -> str:
    """The verbatim cells with the most of a document, the first ones to shorten."""
    cells = [
        (len(row[field["name"]]), f"{label(row, package.key(table))} {field['name']}")
        for table in package.resources
        for field in package.fields(table)
        for row in package.rows(table)
        if field.get("verbatim") and row.get("document_id") == document and row[field["name"]]
    ]
    longest = sorted(cells, reverse=True)[:5]
    return ", ".join(f"{name} ({length} characters)" for length, name in longest)


def _share_check(package: Package, texts: Texts, shares: dict[str, float]) -> Check:
    """Check that we ship no more than the allowed share of any news text."""
    news = [
        str(row["document_id"])
        for row in package.rows("documents")
        if row["kind"] == "news_article"
    ]
    faults = [
        Fault(
            "documents",
            document,
            ("characters",),
            "no_more_than_half_ships",
            f"{shares[document]:.1%} of the text ships verbatim, at most {LARGEST_SHARE:.0%} may; "
            f"the longest: {_longest_cells(package, document)}",
        )
        for document in news
        if shares.get(document, 0) > LARGEST_SHARE
    ]
    missing = ", ".join(document for document in news if document not in texts)
    remark = f"{missing} could not be read" if missing else ""
    check = _check(_SHARE, CHECKED, sum(document in texts for document in news), faults, remark)
    return _unread(check, len(news)) if missing else check


def verify_package(
    package: Package,
    folder: str | None,
    require_documents: bool = False,
    record: Record | str = "No proof record was given.",
) -> Report:
    """Verify a package against the documents in a folder, or by a proof record.

    Without a record, `record` says why there is none.
    """
    try:
        for table in package.resources:
            package.rows(table)
    except DataFileError as error:
        fault = Fault("(data files)", "(file)", ("(file)",), "tables_are_readable", str(error))
        return Report((_check("tables can be read", CHECKED, 1, [fault]),), {}, require_documents)
    checks = tuple(_table_checks(package))
    if folder is not None:
        texts, faults = read_documents(package, folder)
        shares = shipped_shares(package, texts)
        compared = _document_checks(package, texts, faults)
        share = _share_check(package, texts, shares)
        return Report((*compared, share, *checks), shares, require_documents)
    changed = () if isinstance(record, str) else tuple(record.changed(package))
    recorded = tuple(_recorded_checks(record, changed))
    report = Report((*recorded, *checks), {}, require_documents)
    if isinstance(record, str):
        return report
    report = report._replace(proved_on=record.proved_on, record=record.id, changed=changed)
    return report._replace(shares=record.shares) if recorded[-1].outcome == AT_RELEASE else report


def verify(
    documents: str | os.PathLike[str] | None = None, require_documents: bool = False
) -> Report:
    """Prove the tables against the documents, and check them against one another.

    `documents` is a folder with the five texts under their names. Without it, a checkout uses its
    own seeds/. An installed package has no documents: the checks that need them are proved at
    release if the tables still have the hashes of the proof record, and otherwise not proved.
    Neither is a failure unless `require_documents` is true. Returns a `Report` with `ok`, `checks`,
    `faults` (table, row, column, rule, message), `shares` (parts of one), `proved_on` and `record`
    (day and name of the proof record used), `changed` and `to_dict()`; it prints as text, 80
    columns wide.

    Raises DocumentError for a folder that does not exist.

    >>> print(verify().lines()[0])
    All good: every check passed, and the words match the documents.
    """
    package, folder = shipped().unchecked(), folder_of(documents)
    if folder is not None:
        return verify_package(package, folder, require_documents)
    return verify_package(package, None, require_documents, record_of(package))
