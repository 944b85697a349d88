"""Cut words out of the documents, and account for every number in them."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, NamedTuple

from ..errors import Fault
from ..reading.quantities import counting_words, find_quantities
from ..rules.figures import differences
from ..rules.spans import CLAIMED, SPANS
from ..tables.cells import Row, label

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ..reading.places import Quantity
    from ..tables.package import Package
    from .documents import Texts


# ---------------------------------------------------------------- what is in a document


class Reading(NamedTuple):
    """A text with what the reader finds in it: quantities and their look-alikes, counting words."""

    text: str
    quantities: tuple[Quantity, ...]
    words: tuple[tuple[int, int], ...]


def read_text(text: str) -> Reading:
    """Read a text once, for all the checks that need it."""
    return Reading(text, tuple(find_quantities(text)), tuple(counting_words(text)))


# ---------------------------------------------------------------- spans


def _slice(texts: Texts, row: Row, start: str, end: str) -> str | None:
    """The words of a row's document between two of its columns; None if we cannot read them."""
    text = texts.get(str(row["document_id"]))
    first, last = row[start], row[end]
    if text is None or not isinstance(first, int) or not isinstance(last, int):
        return None
    return text[first:last] if 0 <= first < last <= len(text) else ""


def _suspects(texts: Texts, row: Row, words: str, columns: tuple[str, str, str]) -> tuple[str, ...]:
    """The columns that may be wrong when a span does not give its words, the likeliest first."""
    likeliest = _likeliest(texts, row, words, columns)
    return (likeliest, *(column for column in columns if column != likeliest))


def _likeliest(texts: Texts, row: Row, words: str, columns: tuple[str, str, str]) -> str:
    start, end, exact = columns
    first, last = row[start], row[end]
    for document, text in texts.items():
        if document != row["document_id"] and text[first:last] == words:
            return "document_id"
    text = texts[str(row["document_id"])]
    if isinstance(first, int) and text.startswith(words, first):
        return end
    if isinstance(last, int) and last - len(words) >= 0 and text[last - len(words) : last] == words:
        return start
    return exact


def spans_give_their_words(package: Package, texts: Texts) -> Iterator[Fault]:
    """Each span in a document has, letter for letter, the words in the table."""
    for table, start, end, exact in SPANS:
        if exact is None:
            continue
        key = package.key(table)
        for row in package.rows(table):
            words, found = row[exact], _slice(texts, row, start, end)
            if not isinstance(words, str) or found is None or found == words:
                continue
            yield Fault(
                table,
                label(row, key),
                _suspects(texts, row, words, (start, end, exact)),
                spans_give_their_words.__name__,
                f"{start} {row[start]} to {end} {row[end]} of document_id {row['document_id']} "
                f'is "{found[:60]}", {exact} says "{words[:60]}"',
            )


def hashes_are_of_their_spans(package: Package, texts: Texts) -> Iterator[Fault]:
    """The SHA-256 of each statement and event matches the words at its offsets."""
    for table in ("statements", "agreement_events"):
        key = package.key(table)
        for row in package.rows(table):
            found = _slice(texts, row, "start_char", "end_char")
            if found is None:
                continue
            if hashlib.sha256(found.encode("utf-8")).hexdigest() != row["span_sha256"]:
                yield Fault(
                    table,
                    label(row, key),
                    ("span_sha256",),
                    hashes_are_of_their_spans.__name__,
                    f"start_char {row['start_char']} to end_char {row['end_char']} of document_id "
                    f'{row["document_id"]} is "{found[:60]}", whose hash is another',
                )


def other_words_are_in_the_document(package: Package, texts: Texts) -> Iterator[Fault]:
    """The documents contain the words for measure, period and role, and the names of agreements."""
    rule = other_words_are_in_the_document.__name__
    for table in CLAIMED:
        for row in package.rows(table):
            text = texts.get(str(row["document_id"]))
            for column, message in _words_missing(row, text) if text is not None else ():
                yield Fault(table, label(row, package.key(table)), (column,), rule, message)
    for row in package.rows("statements"):
        text, role = texts.get(str(row["document_id"])), row["role_as_printed"]
        if text is not None and isinstance(role, str) and role not in text:
            message = f'"{role}" is not in {row["document_id"]}'
            yield Fault("statements", str(row["statement_id"]), ("role_as_printed",), rule, message)
    seen_in: dict[object, set[str]] = {}
    for row in package.rows("agreement_events"):
        seen_in.setdefault(row["agreement_id"], set()).add(str(row["document_id"]))
    for row in package.rows("agreements"):
        present = [texts[d] for d in seen_in.get(row["agreement_id"], ()) if d in texts]
        if row["named"] and present and not any(str(row["name"]) in text for text in present):
            message = f'"{row["name"]}" is given as its own name, but no document has it'
            yield Fault("agreements", str(row["agreement_id"]), ("name",), rule, message)


def _words_missing(row: Row, text: str) -> Iterator[tuple[str, str]]:
    """The columns of a claim with words for period or measure that the text lacks, and why."""
    words, at = row["period_exact"], row["period_at"]
    if (words is None) != (at is None):
        yield "period_at", "needs period_exact, and the other way round"
    elif isinstance(words, str) and not (isinstance(at, int) and text.startswith(words, at)):
        message = f'"{words}" is not at period_at {at} of {row["document_id"]}'
        yield "period_exact", message
    if row["measure_exact"] is not None and str(row["measure_exact"]) not in text:
        message = f'"{row["measure_exact"]}" is not in {row["document_id"]}'
        yield "measure_exact", message


def figures_are_read_whole(package: Package, readings: dict[str, Reading]) -> Iterator[Fault]:
    """At the place of a figure, the reader finds the whole figure with its bounds.

    So its exact words leave out no hedge, sign, scale or unit, and no word around them changes
    their bounds.
    """
    rule = figures_are_read_whole.__name__
    for row in package.rows("figures"):
        start, end = row["start_char"], row["end_char"]
        if not (isinstance(start, int) and isinstance(end, int)):
            continue
        reading = readings.get(row["document_id"])
        for read in reading.quantities if reading else ():
            message = ""
            if read.end <= start or end <= read.start:
                continue
            signed = read.text[0] in "+-" and read.direction == row["direction"]
            if (read.start + signed, read.end) != (start, end):
                how = "is part of" if read.start <= start and end <= read.end else "is not all of"
                message = (
                    f'"{row["exact"]}" {how} "{read.text}" at {read.start}, which reads as one '
                    f"{read.kind.replace('_', ' ')}"
                )
            elif not read.is_quantity:
                message = f'"{row["exact"]}" reads there as a {read.kind.replace("_", " ")}'
            if message:
                yield Fault("figures", row["figure_id"], ("exact",), rule, message)
                continue
            for column, cell, value in differences(row, read._replace(direction=None)):
                message = f'is {cell}, but "{read.text}" in its place reads as {value}'
                yield Fault("figures", row["figure_id"], (column,), rule, message)


def _covered(package: Package) -> dict[str, list[tuple[int, int]]]:
    """The spans of the figures and excluded numbers in each document."""
    covered: dict[str, list[tuple[int, int]]] = {}
    for table in ("figures", "excluded_numbers"):
        for row in package.rows(table):
            start, end = row["start_char"], row["end_char"]
            if isinstance(start, int) and isinstance(end, int):
                covered.setdefault(str(row["document_id"]), []).append((start, end))
    return covered


def overlooked(
    reading: Reading, spans: Iterable[tuple[int, int]]
) -> Iterator[tuple[int, int, Quantity | None]]:
    """The parts of a text that lie outside some spans, in order.

    A quantity, date, name or reference comes with its reading. A counting word outside these, or
    left over inside one, comes with None. Several spans together account for a quantity if they
    contain all its counting words ("between 20 and 40", with each end as an excluded number).
    """
    inside = bytearray(len(reading.text))
    for start, end in spans:
        if 0 <= start < end <= len(reading.text):
            inside[start:end] = b"\1" * (end - start)
    words = reading.words
    at = 0
    for read in reading.quantities:
        while at < len(words) and words[at][0] < read.start:
            if not all(inside[slice(*words[at])]):
                yield (*words[at], None)
            at += 1
        first = at
        while at < len(words) and words[at][0] < read.end:
            at += 1
        left = [span for span in words[first:at] if not all(inside[slice(*span)])]
        if len(left) == at - first and not all(inside[read.start : read.end]):
            yield read.start, read.end, read
        else:
            yield from ((*span, None) for span in left)
    for span in words[at:]:
        if not all(inside[slice(*span)]):
            yield (*span, None)


QUANTITIES, WORDS = "quantities_are_accounted_for", "counting_words_are_accounted_for"


def unaccounted(package: Package, readings: dict[str, Reading]) -> dict[str, list[Fault]]:
    """The faults, by rule, for numbers outside every figure and excluded number.

    That covers every quantity, date, name and reference that the reader finds, and every other
    digit and word on the closed list.
    """
    covered = _covered(package)
    faults: dict[str, list[Fault]] = {QUANTITIES: [], WORDS: []}
    for document, reading in readings.items():
        for start, end, read in overlooked(reading, covered.get(document, [])):
            around = reading.text[max(0, start - 30) : end + 30].replace("\n", " ")
            kind = f" ({read.kind.replace('_', ' ')})" if read else ""
            rule = QUANTITIES if read else WORDS
            message = (
                f'"{reading.text[start:end]}"{kind} lies in no figure and no excluded number: '
                f'"...{around}..."'
            )
            place = ("excluded_numbers", f"{document}/{start}", ("exact",))
            faults[rule].append(Fault(*place, rule, message))
    return faults


_PLACED = {"exact": "start_char", "quote": "quote_start", "period_exact": "period_at"}


def _verbatim_spans(package: Package, document: str, text: str) -> Iterator[tuple[int, int]]:
    """The places in a document of the words that we ship in columns marked verbatim."""
    for table in package.resources:
        columns = [field["name"] for field in package.fields(table) if field.get("verbatim")]
        for row in package.rows(table) if columns else ():
            if row["document_id"] != document:
                continue
            for column in columns:
                words, start = row[column], row.get(_PLACED.get(column, ""))
                if not isinstance(words, str):
                    continue
                place = start if isinstance(start, int) else text.find(words)
                if place >= 0:
                    yield place, place + len(words)


def shipped_shares(package: Package, texts: Texts) -> dict[str, float]:
    """The share of each document that we ship: characters in any verbatim span, out of all."""
    shares = {}
    for document, text in texts.items():
        reached = total = 0
        for start, end in sorted(_verbatim_spans(package, document, text)):
            total += max(0, end - max(start, reached))
            reached = max(reached, end)
        shares[document] = total / len(text) if text else 0.0
    return shares
