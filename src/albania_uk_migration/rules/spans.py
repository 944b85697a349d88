"""Rules for spans: they lie in their documents, nest as they should, and do not overlap."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..errors import EdtfError, Fault
from ..tables.cells import label
from ..tables.edtf import edtf_days
from .cells import _faults, given

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ..tables.cells import Cell, Row
    from ..tables.package import Package


# Tables of claims with a quotation and words for a measure and a period.
CLAIMED = ("figures", "trends")
# Tables whose rows may be part of a statement.
IN_STATEMENTS = (*CLAIMED, "agreement_events")


def innermost_statement(package: Package) -> Callable[[Row], Cell]:
    """A function that finds the shortest statement around a row's span; None without one."""
    spans: dict[Cell, list[tuple[int, int, str]]] = {}
    for row in package.rows("statements"):
        if None not in (row["start_char"], row["end_char"]):
            span = (row["start_char"], row["end_char"], row["statement_id"])
            spans.setdefault(row["document_id"], []).append(span)

    def find(row: Row) -> Cell:
        start, end = row["start_char"], row["end_char"]
        if start is None or end is None:
            return None
        holding = [
            (last - first, statement)
            for first, last, statement in spans.get(row["document_id"], ())
            if first <= start and end <= last
        ]
        return min(holding)[1] if holding else None

    return find


def statement_is_the_innermost(package: Package) -> Iterator[Fault]:
    """statement_id is the innermost statement around the row's span, or empty."""
    for table in IN_STATEMENTS:
        fault = _faults(package, table, statement_is_the_innermost)
        innermost = innermost_statement(package)
        for row in package.rows(table):
            expected = innermost(row)
            if row["statement_id"] != expected:
                stands = given(row["statement_id"])
                message = f"is {stands}, but the innermost statement is {given(expected)}"
                yield fault(row, "statement_id", message)


def claimant_is_the_speaker(package: Package) -> Iterator[Fault]:
    """The speaker of a statement is the claimant of its rows; figures and trends have its day."""
    statements = {row["statement_id"]: row for row in package.rows("statements")}
    for table in IN_STATEMENTS:
        fault = _faults(package, table, claimant_is_the_speaker)
        for row in package.rows(table):
            said = statements.get(row["statement_id"])
            if said is None or row["statement_id"] is None:
                continue
            if row["claimant_id"] not in (said["speaker_id"], said["with_speaker_id"]):
                yield fault(
                    row,
                    "claimant_id",
                    f"is {row['claimant_id']}; {said['statement_id']} is by {said['speaker_id']}",
                )
            if table not in CLAIMED:
                continue
            for column in ("stated_on", "stated_on_basis"):
                if row[column] == said[column]:
                    continue
                message = (
                    f"is {given(row[column])}, but {said['statement_id']} has {given(said[column])}"
                )
                yield fault(row, column, message)


# ---------------------------------------------------------------- spans


# Table, start, end, and the column with the words between them, if we ship the words.
SPANS = (
    *((table, "start_char", "end_char", "exact") for table in CLAIMED),
    *((table, "quote_start", "quote_end", "quote") for table in CLAIMED),
    ("statements", "start_char", "end_char", "exact"),
    ("agreement_events", "start_char", "end_char", None),
    ("excluded_numbers", "start_char", "end_char", "exact"),
)


def spans_lie_in_their_documents(package: Package) -> Iterator[Fault]:
    """A span begins before it ends and ends within its document."""
    lengths = {row["document_id"]: row["characters"] for row in package.rows("documents")}
    for table, start, end, _ in SPANS:
        fault = _faults(package, table, spans_lie_in_their_documents)
        for row in package.rows(table):
            if row[start] is None or row[end] is None:
                continue
            length = lengths.get(row["document_id"])
            if row[start] >= row[end]:
                yield fault(row, (start, end), f"{start} {row[start]} to {end} {row[end]}")
            elif length is not None and row[end] > length:
                message = f"is {row[end]}, but {row['document_id']} has {length} characters"
                yield fault(row, end, message)
    for table in CLAIMED:
        fault = _faults(package, table, spans_lie_in_their_documents)
        for row in package.rows(table):
            length = lengths.get(row["document_id"])
            if None not in (length, row["period_at"], row["period_exact"]):
                end = row["period_at"] + len(row["period_exact"])
                if end > length:
                    message = f"ends at {end}, but {row['document_id']} has {length} characters"
                    yield fault(row, ("period_at", "period_exact"), message)


def words_fill_their_spans(package: Package) -> Iterator[Fault]:
    """Words have the length and the hash of their span, and match the quotation around them."""
    for table, start, end, words in SPANS:
        fault = _faults(package, table, words_fill_their_spans)
        for row in package.rows(table):
            if words is None or None in (row[words], row[start], row[end]):
                continue
            if len(row[words]) != row[end] - row[start]:
                message = f"{words} has {len(row[words])} characters, "
                message += f"{start} {row[start]} to {end} {row[end]} has {row[end] - row[start]}"
                yield fault(row, (start, end, words), message)
    for table in CLAIMED:
        fault = _faults(package, table, words_fill_their_spans)
        for row in package.rows(table):
            if (row["period_exact"] is None) != (row["period_at"] is None):
                yield fault(row, ("period_exact", "period_at"), "one is given, the other is empty")
            for words, at, there in _quoted_otherwise(row):
                message = f'quote has "{there}" at {at} {row[at]}, {words} is "{row[words]}"'
                yield fault(row, (words, at), message)
    fault = _faults(package, "statements", words_fill_their_spans)
    for row in package.rows("statements"):
        if row["exact"] is not None and row["span_sha256"] != _sha256(row["exact"]):
            yield fault(row, ("exact", "span_sha256"), "the hash does not match the words in exact")


def _quoted_otherwise(row: Row) -> Iterator[tuple[str, str, str]]:
    """Words of a row and their place, if the quotation has other words there, and those words."""
    for words, at in (("exact", "start_char"), ("period_exact", "period_at")):
        if None in (row[words], row[at], row["quote"], row["quote_start"]):
            continue
        place = row[at] - row["quote_start"]
        if not 0 <= place < len(row["quote"]):
            continue
        there = row["quote"][place : place + len(row[words])]
        if not row[words].startswith(there) or (words == "exact" and there != row[words]):
            yield words, at, there


def _sha256(text: str) -> str:
    import hashlib

    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def quotations_hold_their_figures(package: Package) -> Iterator[Fault]:
    """The span of a figure or trend is inside the span of its quotation."""
    columns = ("quote_start", "start_char", "end_char", "quote_end")
    for table in CLAIMED:
        fault = _faults(package, table, quotations_hold_their_figures)
        for row in package.rows(table):
            ladder = [row[column] for column in columns]
            if None not in ladder and ladder != sorted(ladder):
                yield fault(
                    row,
                    ("start_char", "end_char", "quote_start", "quote_end"),
                    f"start_char {row['start_char']} to end_char {row['end_char']} is not inside "
                    f"quote_start {row['quote_start']} to quote_end {row['quote_end']}",
                )


# ---------------------------------------------------------------- other tables


def exact_ships_for_direct_speech_only(package: Package) -> Iterator[Fault]:
    """A statement has its words if and only if they are a speaker's own: direct or unmarked."""
    fault = _faults(package, "statements", exact_ships_for_direct_speech_only)
    reworded = {
        row["document_id"] for row in package.rows("documents") if row["fidelity"] == "reworded"
    }
    for row in package.rows("statements"):
        if (row["exact"] is not None) != (row["mode"] in {"direct", "unmarked"}):
            message = "given" if row["exact"] is not None else "empty"
            yield fault(row, ("exact", "mode"), f"exact is {message}, mode is {row['mode']}")
        if row["document_id"] in reworded and row["mode"] in {"direct", "unmarked", "partial"}:
            yield fault(row, "mode", f"is {row['mode']}, but {row['document_id']} is reworded")


def continued_statements_precede(package: Package) -> Iterator[Fault]:
    """A quotation continues an earlier statement by the same speaker in the same document."""
    fault = _faults(package, "statements", continued_statements_precede)
    statements = {row["statement_id"]: row for row in package.rows("statements")}
    for row in package.rows("statements"):
        before = statements.get(row["continues"])
        if before is None or row["continues"] is None:
            continue
        same = all(before[name] == row[name] for name in ("document_id", "speaker_id"))
        if not same or None in (before["end_char"], row["start_char"]):
            yield fault(row, "continues", f"{row['continues']} has another document or speaker")
        elif before["end_char"] > row["start_char"]:
            yield fault(row, "continues", f"{row['continues']} does not end before it")


def excluded_numbers_lie_beside_figures(package: Package) -> Iterator[Fault]:
    """An excluded number overlaps no figure and no other excluded number; a date has a date."""
    yield from _overlaps(package, "excluded_numbers", excluded_numbers_lie_beside_figures)
    fault = _faults(package, "excluded_numbers", excluded_numbers_lie_beside_figures)
    for row in package.rows("excluded_numbers"):
        if row["date"] is not None and row["reason"] != "date":
            yield fault(
                row, ("date", "reason"), f"date is given, but the reason is {row['reason']}"
            )
        if row["date"] is None and row["reason"] == "date":
            yield fault(row, ("date", "reason"), "date is empty, but the reason is date")
        if row["date"] is not None:
            try:
                edtf_days(str(row["date"]))
            except EdtfError as error:
                yield fault(row, "date", str(error))


def trends_lie_beside_figures(package: Package) -> Iterator[Fault]:
    """A trend overlaps no figure and no other trend, because words with a number are a figure."""
    yield from _overlaps(package, "trends", trends_lie_beside_figures)


def _overlaps(
    package: Package, about: str, rule: Callable[[Package], Iterator[Fault]]
) -> Iterator[Fault]:
    """A fault for every row of a table whose span overlaps another row's or a figure's."""
    fault = _faults(package, about, rule)
    # Linear once sorted.
    spans: list[tuple[str, int, int, str, Row]] = [
        (row["document_id"], row["start_char"], row["end_char"], table, row)
        for table in (about, "figures")
        for row in package.rows(table)
        if None not in (row["document_id"], row["start_char"], row["end_char"])
    ]
    spans.sort(key=lambda span: span[:4])
    furthest: tuple[str, int, int, str, Row] | None = None
    reported = set()
    for span in spans:
        if furthest and furthest[0] == span[0] and span[1] < furthest[2]:
            for one, other in ((furthest, span), (span, furthest)):
                if one[3] == about and id(one[4]) not in reported:
                    reported.add(id(one[4]))
                    name = label(other[4], package.key(other[3]))
                    yield fault(one[4], "exact", f"overlaps {name}")
        if furthest is None or furthest[0] != span[0] or span[2] > furthest[2]:
            furthest = span


def evidence_is_of_the_agreement(package: Package) -> Iterator[Fault]:
    """A party or link rests on an event of its agreement."""
    events = {row["event_id"]: row["agreement_id"] for row in package.rows("agreement_events")}
    for table in ("agreement_parties", "agreement_links"):
        fault = _faults(package, table, evidence_is_of_the_agreement)
        for row in package.rows(table):
            if row["event_id"] in events and events[row["event_id"]] != row["agreement_id"]:
                yield fault(row, "event_id", f"is an event of {events[row['event_id']]}")


def agreements_have_evidence(package: Package) -> Iterator[Fault]:
    """Every agreement has an event, and none is linked to itself."""
    fault = _faults(package, "agreements", agreements_have_evidence)
    evidenced = {row["agreement_id"] for row in package.rows("agreement_events")}
    for row in package.rows("agreements"):
        if row["agreement_id"] not in evidenced:
            yield fault(row, "agreement_id", "has no event in agreement_events")
    fault = _faults(package, "agreement_links", agreements_have_evidence)
    for row in package.rows("agreement_links"):
        if row["agreement_id"] == row["other_id"]:
            yield fault(row, "other_id", "is linked to itself")
