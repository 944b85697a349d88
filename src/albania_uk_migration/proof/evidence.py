"""The words behind a row, in their context: quotation, speaker and proof."""

from __future__ import annotations

import base64
import hashlib
from typing import TYPE_CHECKING, Any, NamedTuple

from ..citing.attribution import is_planned, whose_words
from ..errors import UnknownNameError
from ..reading.sentences import sentence_around
from ..tables.files import DESCRIPTOR
from ..tables.package import Package, shipped
from ..wording import REWORDED, characters_in_words, date_in_words
from .documents import GIVE_THEM, folder_of, sound_text
from .record import DOCUMENTS, record_of

if TYPE_CHECKING:
    import os

    from ..tables.cells import Row


# Characters to show on each side of a span, unless you ask for another number.
CONTEXT = 60


class Evidence(NamedTuple):
    """The words of a document behind a figure, a trend, a statement or an event.

    `start` and `end` are places in the document, as in the columns start_char and end_char: in
    characters from 0, end excluded. `words` are verbatim if we ship them or the documents are at
    hand, otherwise None; `quote` is the clause around a figure or trend; `gist` is in our words.
    `prefix` and `suffix` are the text around, letter for letter, from the document if it is at
    hand, otherwise from the quotation. `before` and `after` are the same for reading: on one line,
    with an ellipsis where the text goes on. `by` says who said it and how certain that is. `proof`
    says whether and when the words were compared with the document. `missing` says what an
    installed copy cannot show, and how to see it. `warning` says that the words are not a speaker's
    own. `source` identifies the text by its SHA-256 (an ni URI, RFC 6920).

    >>> evidence("F009").start, evidence("F009").end
    (17, 27)
    """

    id: str
    table: str
    document_id: str
    start: int
    end: int
    words: str | None
    quote: str | None
    gist: str | None
    prefix: str
    suffix: str
    before: str
    after: str
    by: str
    proof: str
    missing: str
    warning: str
    seen_at: str
    source: str
    language: str

    def __str__(self) -> str:
        return "\n  ".join(self.lines())

    def lines(self, opening: str = ">>>", closing: str = "<<<") -> list[str]:
        """The lines that `str` shows, with your own marks around the words.

        The words in their place come first, then who said them and where, the proof, the address.
        """
        lines = []
        if self.words is not None:
            words = self.words.replace("\n", " ")
            lines.append(f"{self.before}{opening}{words}{closing}{self.after}")
        if self.quote is not None and self.quote not in f"{self.prefix}{self.words}{self.suffix}":
            lines.append(f"In the document: {self.quote}")
        if self.gist is not None:
            lines.append(f"In our words: {self.gist}")
        if self.missing:
            lines.append(self.missing)
        lines.append(f"{self.id}, {self.by}.")
        lines.append(f"{self.document_id}, {characters_in_words(self.start, self.end)}.")
        if self.warning:
            lines.append(f"Note: {self.warning}.")
        return [*lines, self.proof, f"Text seen at {self.seen_at}"]

    def to_web_annotation(self) -> dict[str, Any]:
        """The words as a target of the W3C Web Annotation Data Model, ready for JSON-LD.

        It has two selectors, and each is enough: TextQuoteSelector (`exact`, `prefix`, `suffix`;
        left out if we do not ship the words and no document is at hand) and TextPositionSelector
        (`start`, `end`: code points of the file, from 0, end excluded). `source` names the text by
        its SHA-256, because the places belong to this file, not to the page where we saw the text.
        Definition: W3C Web Annotation Data Model.

        >>> [s["type"] for s in evidence("F009").to_web_annotation()["target"]["selector"]]
        ['TextQuoteSelector', 'TextPositionSelector']
        """
        import uuid

        selectors: list[dict[str, Any]] = []
        if self.words is not None:
            quoted = {"exact": self.words, "prefix": self.prefix, "suffix": self.suffix}
            selectors.append(
                {"type": "TextQuoteSelector", **{k: v for k, v in quoted.items() if v}}
            )
        selectors.append({"type": "TextPositionSelector", "start": self.start, "end": self.end})
        name = f"albania-uk-migration/{self.id}"
        about = f"{self.id} in {self.table}, {self.by}; text seen at {self.seen_at}"
        return {
            "@context": "http://www.w3.org/ns/anno.jsonld",
            "id": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, name)}",
            "type": "Annotation",
            "motivation": "identifying",
            "body": {
                "type": "TextualBody",
                "value": f"{about}. {self.warning}".rstrip(". ") + ".",
                "format": "text/plain",
                "language": "en",
                "purpose": "identifying",
            },
            "target": {
                "source": {
                    "id": self.source,
                    "type": "Text",
                    "format": "text/plain",
                    "language": self.language,
                },
                "selector": selectors,
            },
        }


_EVIDENCED = {
    "figures": "figure_id",
    "trends": "trend_id",
    "statements": "statement_id",
    "agreement_events": "event_id",
}
_EVIDENCED_AS = "figure, trend, statement or event"


def _row_of(package: Package, identifier: str) -> tuple[str, Row]:
    known = []
    for table, key in _EVIDENCED.items():
        for row in package.rows(table):
            if row[key] == identifier:
                return table, row
            known.append(str(row[key]))
    for table in package.resources:
        key = ", ".join(package.key(table))
        if any(row.get(key) == identifier for row in package.rows(table)):
            hint = f"it is a row of {table}"
            raise UnknownNameError(_EVIDENCED_AS, identifier, known, hint=hint)
    raise UnknownNameError(_EVIDENCED_AS, identifier, known)


def _around(text: str, start: int, end: int, context: int | str) -> tuple[int, int]:
    """The start and end of the passage around a span."""
    if context == "sentence":
        return sentence_around(text, start, end)
    if context == "paragraph":
        last = text.find("\n", end)
        return text.rfind("\n", 0, start) + 1, len(text) if last < 0 else last
    if context == "document":
        return 0, len(text)
    if not isinstance(context, int) or isinstance(context, bool) or context < 0:
        known = ("sentence", "paragraph", "document", "a number of characters")
        raise UnknownNameError("context", str(context), known)
    return max(0, start - context), min(len(text), end + context)


def _readable(prefix: str, suffix: str, goes_on: tuple[bool, bool]) -> tuple[str, str]:
    """The text around a span on one line, cut between words, with an ellipsis where it goes on."""
    before, after = " ".join(prefix.split("\n")), " ".join(suffix.split("\n"))
    if goes_on[0] and before:
        before = "… " + (before.partition(" ")[2] if before[0].isalnum() else before.lstrip())
    if goes_on[1] and after:
        after = (after.rpartition(" ")[0] if after[-1].isalnum() else after.rstrip()) + " …"
    return before, after


def _gist(package: Package, table: str, row: Row) -> str | None:
    """A row in our words: the gist of a statement, or the event and its agreement."""
    if table != "agreement_events":
        return row.get("gist")
    of = {agreement["agreement_id"]: agreement["name"] for agreement in package.rows("agreements")}
    date = date_in_words(row["date"], row["date_start"], row["date_end"])
    event = f"{row['event']} ({row['status']}; {date or 'no date given'})".replace("_", " ")
    return f"{of[row['agreement_id']]}: {event}"


def _said_by(package: Package, row: Row, document: Row, identifier: str) -> str:
    """Who said the words of a row, and what is uncertain about that."""
    speaker = row.get("speaker_id") or row["claimant_id"]
    name = next(a["name"] for a in package.rows("actors") if a["actor_id"] == speaker)
    if row.get("claimant_basis") == "unattributed" or speaker.endswith("-unattributed"):
        said = "attributed to a speaker not named in the text"
    elif speaker == document["voice_id"]:
        voice = "outlet" if document["kind"] == "news_article" else "document"
        said = f"in the {voice}'s own voice"
    elif row.get("claimant_basis") == "inferred":
        said = f"said by {name} (we infer this; see the note with: get {identifier})"
    else:
        said = f"{'due to be said' if is_planned(package, row) else 'said'} by {name}"
    if "mode" in row:
        return f"{said}, {_MODES[row['mode']]}"
    whose = whose_words(package, row) if "quote" in row and " by " in said else ""
    return f"{said}; {whose}" if whose else said


# How a document presents the words of a statement.
_MODES = {
    "direct": "in quotation marks",
    "unmarked": "quoted without quotation marks",
    "partial": "in reported speech, partly in quotation marks",
    "reworded": "quoted in the words of a repost",
    "reported": "in reported speech",
    "data": "as an office's figures, reported by the document",
}


def evidence(
    identifier: str,
    documents: str | os.PathLike[str] | None = None,
    context: int | str = CONTEXT,
) -> Evidence:
    """The words behind a figure (F...), a trend (T...), a statement (S...) or an event (E...).

    If the documents are at hand (in a checkout, or in the folder `documents`), we cut the words out
    of the text, with their context, and compare them with the row, letter by letter or by hash.
    `context` says how much of the text around to give: a number of characters on each side, or
    "sentence", "paragraph" or "document". Without the documents there is only the quotation of a
    figure or trend, and the proof comes from the proof record, if the table has not changed since.
    Returns an `Evidence`. Raises UnknownNameError for an identifier or a context that does not
    exist, and DocumentError for a folder that does not exist or a document that differs from the
    one the tables were made from.

    >>> evidence("F009").words
    'Over 1,000'
    >>> print(evidence("F017", context="sentence").lines("[", "]")[0])
    The number of voluntary returns is 90% higher than in 2021 ([492]).
    """
    _around("", 0, 0, context)
    package = shipped().sound()
    table, row = _row_of(package, identifier)
    document = next(d for d in package.rows("documents") if d["document_id"] == row["document_id"])
    start, end = row["start_char"], row["end_char"]
    folder = folder_of(documents)
    if folder is None:
        cut = _of_what_ships(package, table, row)
    else:
        cut = _cut_out(row, sound_text(package, folder, row["document_id"]))
    first, last = _around(cut.text, start - cut.at, end - cut.at, context) if cut.text else (0, 0)
    prefix, suffix = cut.text[first : start - cut.at], cut.text[end - cut.at : last]
    goes_on = (cut.at + first > 0, folder is None or cut.at + last < document["characters"])
    whole = context in ("sentence", "paragraph") and folder is not None
    before, after = _readable(prefix, suffix, (False, False) if whole else goes_on)
    shown = min(len(prefix), len(suffix))
    digest = base64.urlsafe_b64encode(bytes.fromhex(document["sha256"])).rstrip(b"=").decode()
    return Evidence(
        id=identifier,
        table=table,
        document_id=row["document_id"],
        start=start,
        end=end,
        words=cut.words,
        quote=row.get("quote"),
        gist=_gist(package, table, row),
        prefix=prefix,
        suffix=suffix,
        before=before,
        after=after,
        by=_said_by(package, row, document, identifier),
        proof=cut.proof,
        missing=_missing(cut.words, context, shown) if folder is None else "",
        warning=REWORDED if document["fidelity"] == "reworded" else "",
        seen_at=document["seen_at"],
        source=f"ni:///sha-256;{digest}",
        language=document["language"],
    )


def _missing(words: str | None, context: int | str, shown: int) -> str:
    """What an installed copy cannot show; the default context does not count as asked for."""
    if words is None:
        return f"An installed copy does not have these words. To see them, {GIVE_THEM}"
    if isinstance(context, str) or (context != CONTEXT and shown < context):
        return f"An installed copy has only the quotation. To see more, {GIVE_THEM}"
    return ""


class _Cut(NamedTuple):
    """The words of a row, the text around that is at hand, where that begins, and the proof."""

    words: str | None
    text: str
    at: int
    proof: str


def _cut_out(row: Row, text: str) -> _Cut:
    """The words of a row, cut out of its document."""
    found = text[row["start_char"] : row["end_char"]]
    if row.get("exact") is not None:
        agrees = bool(found == row["exact"])
    else:
        agrees = hashlib.sha256(found.encode("utf-8")).hexdigest() == row["span_sha256"]
    return _Cut(found, text, 0, _PROVED if agrees else FAILED)


_PROVED = "Proved: the document has these words in this place."
FAILED = "Failed: the document does not have these words in this place."


def _of_what_ships(package: Package, table: str, row: Row) -> _Cut:
    """The words of a row that we ship: with the quotation of a claim, alone, or not at all."""
    at = row.get("quote_start") or row["start_char"]
    return _Cut(row.get("exact"), row.get("quote") or "", at, _recorded_proof(package, table))


def _recorded_proof(package: Package, table: str) -> str:
    """What the proof record says about a table."""
    record = record_of(package)
    if isinstance(record, str):
        return f"Not proved. {record} To prove it, {GIVE_THEM}"
    differ = [t for t in record.changed(package) if t in (DESCRIPTOR, DOCUMENTS, table)]
    if differ:
        changed = ", ".join(differ)
        return f"Not proved: {changed} changed since the proof of {record}. Now, {GIVE_THEM}"
    return f"Proved against the documents on {record}."
