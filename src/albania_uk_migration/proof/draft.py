"""Draft rows for a new document: a program finds what it can, and a person completes them.

`draft` reads a text, leaves out what the tables already have, and proposes the rest: each quantity
as a figure, each date, name and reference as an excluded number, each quotation and attributed
sentence as a statement. It decides nothing. A person who reads the text decides who claims a
figure, about what and over which period, and whether a number counts at all. docs/curating.md
explains the steps.
"""

from __future__ import annotations

import hashlib
import os
import re
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from ..errors import DocumentError
from ..reading.dates import edtf_of
from ..reading.grammar import TIME_NOUNS
from ..reading.sentences import sentence_around
from ..tables.cells import Row, label
from ..tables.files import bytes_of
from ..tables.package import Package, shipped
from .documents import DRAFTED
from .spans import overlooked, read_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ..reading.places import Quantity


# The largest text we read, in bytes; no document is nearly as large.
LARGEST_DOCUMENT = 20_000_000


FOUND_COLUMNS = (
    *("table", "start_char", "end_char", "exact", "kind", "value", "comparator", "lower", "upper"),
    *("unit", "direction", "sentence"),
)


class Draft(NamedTuple):
    """Rows proposed for a document, by table, each with all columns of the table in order.

    A cell is None if a program cannot know it. `documents` is empty if the tables already have the
    text, and the other lists have only what no row accounts for yet. `found` lists everything in
    the order of the text, with the columns of `FOUND_COLUMNS`. `incomplete` names rows of the
    document that lack a required cell: table, row, missing. `differs` says that the tables have a
    document with this file's name but other content. `draft` gives an example.
    """

    document_id: str
    sha256: str
    characters: int
    documents: list[Row]
    figures: list[Row]
    excluded_numbers: list[Row]
    statements: list[Row]
    found: list[Row]
    incomplete: list[Row]
    differs: bool

    def __str__(self) -> str:
        lines = [f"{self.document_id}, {self.characters:,} characters, sha256 {self.sha256}"]
        lines += [f"{row['exact']}  [{row['table']}, {row['kind']}]" for row in self.found]
        return "\n  ".join(" ".join(line.split()) for line in lines)


def draft(path: str | os.PathLike[str], *, tables: Package | None = None) -> Draft:
    """Propose rows for everything in a text file that no table accounts for yet.

    `path` is a text file in UTF-8. It is a document of the tables if it has the same SHA-256 or the
    same file name; any other text gets the next free identifier. We read the tables as they are,
    finished or not. Returns a `Draft`; `describe` gives the columns and units of its rows. Raises
    DocumentError for a file that cannot be read, is empty, is not UTF-8, or has more than 20 MB.

    >>> import os
    >>> from albania_uk_migration.tables.files import checkout
    >>> done = draft(os.path.join(checkout(), "seeds", "002_2ac337e0e6a938dd.txt"))
    >>> done.document_id, done.documents, done.figures, done.excluded_numbers
    ('D002', [], [], [])
    """
    text, digest = _read(path)
    package = shipped().unchecked() if tables is None else tables
    name = os.path.basename(os.fspath(path))
    document_id, is_new = _document(package, name, digest)
    row = _Rows(package, document_id, text)
    spans = {table: _spans(package, table, document_id) for table in DRAFTED[1:]}
    rows: dict[str, list[Row]] = {table: [] for table in DRAFTED}
    found = []
    reached = 0
    if is_new:
        rows["documents"].append(row.document(name, digest))
    accounted = [*spans["figures"], *spans["excluded_numbers"]]
    for start, end, read in overlooked(read_text(text), accounted):
        if read is not None and _may_be_figure(read, text):
            table, drafted, kind = "figures", row.figure(read), read.kind
        else:
            if read and read.is_quantity and (noun := _TIME_NOUN.match(text, end)):
                end = noun.end()
            if start < reached:
                continue  # the noun of a duration that we have listed already
            reached = end
            drafted = row.excluded(start, end, read)
            table, kind = "excluded_numbers", read.kind if read else "word"
        rows[table].append(drafted)
        found.append(row.found(table, drafted, kind))
    for start, end, mode, note in utterances(text):
        if not any(_mostly_shared((start, end), span) for span in spans["statements"]):
            drafted = row.statement(start, end, mode, note)
            rows["statements"].append(drafted)
            found.append(row.found("statements", drafted, mode))
    found.sort(key=lambda one: (one["start_char"], -one["end_char"]))
    incomplete = _incomplete(package, document_id)
    differs = any(
        row["document_id"] == document_id and row["sha256"] not in (None, digest)
        for row in package.rows("documents")
    )
    return Draft(
        document_id, digest, len(text), **rows, found=found, incomplete=incomplete, differs=differs
    )


def _read(path: str | os.PathLike[str]) -> tuple[str, str]:
    """The text of a file in UTF-8, with its line ends unchanged, and its SHA-256."""
    shown = os.fspath(path)
    data = bytes_of(shown, LARGEST_DOCUMENT, DocumentError)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise DocumentError(
            f"{shown} is not UTF-8 (byte {error.start}). Save it as UTF-8, then run draft again."
        ) from None
    if not text.strip() or "\0" in text:
        what = "is empty" if not text.strip() else "has NUL characters, so it is not a text file"
        raise DocumentError(f"{shown} {what}.")
    return text, hashlib.sha256(data).hexdigest()


def _document(package: Package, name: str, digest: str) -> tuple[str, bool]:
    """The identifier of a text, and whether it is new."""
    known = package.rows("documents")
    for row in known:
        if row["sha256"] == digest:
            return str(row["document_id"]), False
    for row in known:
        if os.path.basename(str(row["file"])) == name:
            return str(row["document_id"]), False
    return _next("D", 3, (row["document_id"] for row in known)), True


def _next(letter: str, digits: int, known: Iterable[object]) -> str:
    """The next free identifier after the highest: F049, D005."""
    numbers = [int(str(key)[1:]) for key in known if re.fullmatch(rf"{letter}[0-9]+", str(key))]
    first = 0 if letter == "D" else 1
    return f"{letter}{max(numbers, default=first - 1) + 1:0{digits}d}"


def _spans(package: Package, table: str, document_id: str) -> list[tuple[int, int]]:
    """The places of the rows of a document."""
    return [
        (row["start_char"], row["end_char"])
        for row in package.rows(table)
        if row["document_id"] == document_id
        and isinstance(row["start_char"], int)
        and isinstance(row["end_char"], int)
    ]


_TIME_NOUN = re.compile(rf"[ -](?:{'|'.join(TIME_NOUNS)})\b(?!-)", re.IGNORECASE)


def _may_be_figure(read: Quantity, text: str) -> bool:
    """Whether a quantity can be a figure.

    We have no columns for an order of magnitude, a range without bounds, a rank below the first, or
    a length of time.
    """
    if not read.is_quantity or read.kind in ("vague", "ordinal"):
        return False
    if read.value is None and read.lower is None and read.upper is None:
        return False
    return not (read.kind in ("count", "range") and _TIME_NOUN.match(text, read.end))


def _incomplete(package: Package, document_id: str) -> list[Row]:
    """The rows of a document that lack a required cell."""
    found: list[Row] = []
    for table in package.resources:
        needed = [
            field["name"]
            for field in package.fields(table)
            if field.get("constraints", {}).get("required")
        ]
        for row in package.rows(table):
            missing = [name for name in needed if row[name] is None]
            if row.get("document_id") == document_id and missing:
                key = label(row, package.key(table))
                found.append({"table": table, "row": key, "missing": ", ".join(missing)})
    return found


def _mostly_shared(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether two spans share more than half of the shorter one."""
    shared = min(one[1], other[1]) - max(one[0], other[0])
    return 2 * shared > min(one[1] - one[0], other[1] - other[0])


# ---------------------------------------------------------------- rows

# The units of a figure, by the unit class we read; a person says what is counted.
_UNITS = {"percent": "percent", "ratio": "percent", "times": "times", "rank": "rank"}
_REASONS = {
    "vague": "vague",
    "range": "vague",
    "count": "not_a_quantity",
    "ordinal": "not_a_quantity",
    "year": "date",
    "fiscal_year": "date",
    "date": "date",
    "time": "not_a_quantity",
    "phone": "not_a_quantity",
    "legal_reference": "legal_reference",
    "name": "name",
}
_LONGEST_EXCLUDED = 40


# "This year" is one expression, although only "year" is on the closed list.
_BEFORE_CALENDAR = re.compile(
    r"\b(?:(?:earlier|later)\s)?(?:this|last|next|that|(?:the\s)?(?:same|past|last|next|previous|"
    r"following|coming))\s(?:days?|weeks?|weekends?|months?|years?|decades?|century|spring|summer|"
    r"autumn|winter)\Z",
    re.IGNORECASE,
)


class _Rows:
    """Makes rows for one document, numbered after those in the tables."""

    def __init__(self, package: Package, document_id: str, text: str) -> None:
        self.package = package
        self.document_id = document_id
        self.text = text
        self.figure_id = _next("F", 3, (row["figure_id"] for row in package.rows("figures")))
        self.statement_id = _next(
            "S", 3, (row["statement_id"] for row in package.rows("statements"))
        )

    def empty(self, table: str) -> Row:
        return {field["name"]: None for field in self.package.fields(table)}

    def document(self, name: str, digest: str) -> Row:
        return self.empty("documents") | {
            "document_id": self.document_id,
            "file": f"seeds/{name}",
            "sha256": digest,
            "characters": len(self.text),
        }

    def figure(self, read: Quantity) -> Row:
        if read.text[0] in "+-":
            # The column direction replaces the sign, because a spreadsheet takes a cell with a sign
            # for a formula.
            read = read._replace(text=read.text[1:], start=read.start + 1)
        start, end = sentence_around(self.text, read.start, read.end)
        row = self.empty("figures") | {
            "figure_id": self.figure_id,
            "document_id": self.document_id,
            "start_char": read.start,
            "end_char": read.end,
            "exact": read.text,
            "quote": self.text[start:end],
            "quote_start": start,
            "quote_end": end,
            "comparator": read.comparator,
            "unit": read.unit if read.unit_class == "currency" else _UNITS.get(read.unit_class),
            "direction": read.direction,
        }
        factor = 100 if read.unit_class == "ratio" else 1
        for column in ("value", "lower", "upper"):
            number = getattr(read, column)
            row[column] = None if number is None else _short(number * factor)
        self.figure_id = _next("F", 3, [self.figure_id])
        return row

    def excluded(self, start: int, end: int, read: Quantity | None) -> Row:
        if read is None and (before := _BEFORE_CALENDAR.search(self.text, max(0, start - 30), end)):
            start = before.start()
        words = self.text[start:end]
        reason = _REASONS.get(read.kind) if read else None
        return self.empty("excluded_numbers") | {
            "document_id": self.document_id,
            "start_char": start,
            "end_char": min(end, start + _LONGEST_EXCLUDED),
            "exact": words[:_LONGEST_EXCLUDED],
            "reason": reason,
            "date": edtf_of(words) if reason == "date" else None,
        }

    def statement(self, start: int, end: int, mode: str, note: str) -> Row:
        words = self.text[start:end]
        row = self.empty("statements") | {
            "statement_id": self.statement_id,
            "document_id": self.document_id,
            "start_char": start,
            "end_char": end,
            "span_sha256": hashlib.sha256(words.encode("utf-8")).hexdigest(),
            "exact": words if mode == "direct" else None,
            "mode": mode,
            "note": note or None,
        }
        self.statement_id = _next("S", 3, [self.statement_id])
        return row

    def found(self, table: str, row: Row, kind: str) -> Row:
        """A proposed row, in the same form for every table."""
        start, end = row["start_char"], row["end_char"]
        found: Row = {column: row.get(column) for column in FOUND_COLUMNS}
        found |= {"table": table, "kind": kind, "exact": self.text[start:end]}
        found["sentence"] = self.text[slice(*sentence_around(self.text, start, end))]
        return found


def _short(number: Decimal) -> Decimal:
    """A number for a table: whole numbers without decimals, thirds with two."""
    if number == number.to_integral_value():
        return number.quantize(Decimal(1))
    return round(number, 2) if len(number.as_tuple().digits) > 12 else number.normalize()


# ---------------------------------------------------------------- utterances

_QUOTED = re.compile(
    r"“(?P<curly>[^“”\n]+)(?:”|(?=\n)|\Z)|(?<![\w\"])\"(?P<straight>[^\"\n]+)\""
    r"|(?<!\w)'(?P<plain>[^'\n]{2,300}(?:'\w[^'\n]{0,200})*)'(?!\w)"
    r"|(?<!\w)‘(?P<single>[^‘’\n]{2,300}(?:’\w[^‘’\n]{0,200})*)’(?!\w)"
)
_VERBS = (
    "said|says|say|saying|told|tells|added|adds|claimed|claims|claim|announced|announces|confirmed|"
    "confirms|insisted|insists|warned|warns|warn|argued|argues|argue|stated|states|explained|"
    "suggested|suggests|admitted|admits|acknowledged|denied|denies|urged|urges|pledged|pledges|"
    "vowed|promised|noted|believed|believes|believe|understood|expressed|estimated|estimates|"
    "estimate|reported|reports|replied|responded|called on|calls on|accused|demanded|asked for|"
    "asked to|asked that|requested|described|praised|criticised|hailed|welcomed|highlighted|"
    "to announce|to say|to highlight|will announce|will say|will confirm|confirm"
)
_WHEN = r"(?:\s+(?:on\s+)?[a-z]+day\b|\s+last\s+(?:week|month|year)\b|\s+in\s+a\s+statement\b)?"
_SAYS = re.compile(
    rf"(?<=\w)(?<!\bwho)\s(?P<verb>{_VERBS})\b(?!\s+(?:by|not)\b){_WHEN}"
    r"(?:\s+(?:[a-z]+\s+){0,3}?that\b)?,?:?\s*",
    re.IGNORECASE,
)
_AT_END = re.compile(
    rf",\s+(?P<who>[^,]{{2,80}}?)\s+(?P<verb>{_VERBS})(?:\s+\w+)?{_WHEN}[.!]?\Z"
    rf"|,\s+(?P<inverted>(?:said|says|added|adds|insisted|warned|claimed)\s[^,“”\"]{{2,80}}?)[.!]?\Z"
    r"|,?\s+(?P<source>according to [^,]{2,120}?)[.!]?\Z",
    re.IGNORECASE,
)
_AT_START = re.compile(r"\A(?P<source>According to [^,]{2,80}),\s+", re.IGNORECASE)
_CLOSING = " ,.!?;:\n\t"


def utterances(text: str) -> Iterator[tuple[int, int, str, str]]:
    """The start, end, mode and attribution of possible statements, in order.

    Quotations, without their marks, are `direct`, or `partial` if they have only a few words.
    Sentences with a verb of saying, or "according to", are `reported`: from the verb to the end, or
    from the beginning to the attribution. No list of words finds every statement, so a person must
    look for the rest.
    """
    quoted = []
    for match in _QUOTED.finditer(text):
        start, end = match.span(match.lastgroup or 0)
        while end > start and text[end - 1] in " ,":
            end -= 1
        words = text[start:end].split()
        is_name = len(words) < 5 and all(word[0].isupper() for word in words)
        if words and not is_name and any(character.isalpha() for character in text[start:end]):
            quoted.append((start, end))
    found = [(*span, _mode_of(text, span), _attribution(text, span)) for span in quoted]
    at = 0
    while at < len(text):
        if text[at].isspace():
            at += 1
            continue
        start, end = sentence_around(text, at, at + 1)
        reported = _reported(text, max(start, at), end, quoted)
        if reported:
            found.append(reported)
        at = max(end, at + 1)
    yield from sorted(found)


def _mode_of(text: str, span: tuple[int, int]) -> str:
    """Direct for a sentence or more, partial for a few words in someone else's sentence."""
    words = text[slice(*span)]
    return "direct" if len(words.split()) > 7 or words[-1:] in tuple(".!?") else "partial"


def _attribution(text: str, span: tuple[int, int]) -> str:
    """The sentence around a quotation, without the quotation; it probably names the speaker."""
    first, last = sentence_around(text, *span)
    around = f"{text[first : span[0]]} … {text[span[1] : last]}".strip('“”"‘’ …,.\n')
    return f"attributed: {' '.join(around.split())[:150]}" if around else ""


def _reported(
    text: str, start: int, end: int, quoted: list[tuple[int, int]]
) -> tuple[int, int, str, str] | None:
    """The part of a sentence that reports what somebody said, or None."""
    sentence = text[start:end]

    def is_quoted(at: int) -> bool:
        return any(first <= at < last for first, last in quoted)

    first = last = 0
    if match := _AT_START.match(sentence):
        first, last, who = match.end(), len(sentence), match["source"]
    elif (match := _AT_END.search(sentence)) and not is_quoted(start + match.start()):
        first, last = 0, match.start()
        who = match["source"] or match["inverted"] or f"{match['who']} {match['verb']}"
    else:
        says = next((m for m in _SAYS.finditer(sentence) if not is_quoted(start + m.start())), None)
        if says is None or sentence[: says.start()].rstrip()[-1:] in tuple('”"’'):
            return None
        first, last = says.end(), len(sentence)
        who = sentence[: says.end("verb")]
        if who.split()[0].lower() in ("we", "i", "you"):
            return None
    while last > first and sentence[last - 1] in _CLOSING:
        last -= 1
    if last - first < 12 or any(_mostly_shared((start + first, start + last), q) for q in quoted):
        return None
    return start + first, start + last, "reported", f"attributed: {' '.join(who.split())[:150]}"
