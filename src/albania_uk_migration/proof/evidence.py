"""The words behind a row, in their place: quotation, context, and whether they were proved."""

from __future__ import annotations

import base64
import hashlib
from typing import TYPE_CHECKING, Any, NamedTuple

from ..errors import UnknownNameError
from ..reading.sentences import sentence_around
from ..tables.package import Package, shipped
from ..wording import REWORDED
from .documents import ADVICE, folder_of, sound_text

if TYPE_CHECKING:
    import os

    from ..tables.cells import Row


# Characters shown on each side of a span, unless another number is asked for.
CONTEXT = 60


class Evidence(NamedTuple):
    """The words of a document behind a figure, a trend, a statement or an event.

    `words` are verbatim where they ship or the documents are at hand, else None; `quote` is
    the clause that holds a figure or trend; `gist` is in our words; `prefix` and `suffix` are the
    text around, letter for letter: of the document where it is at hand, else of the quotation;
    `before` and `after` the same to be read, on one line, an ellipsis where the text goes on;
    `proof` says whether the words were held against the document just now; `warning` says when they
    are not a speaker's own; `source` identifies the text by its SHA-256 (an ni URI, RFC 6920).
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
    warning: str
    seen_at: str
    source: str
    language: str

    def __str__(self) -> str:
        return "\n  ".join(self.lines())

    def lines(self, opening: str = ">>>", closing: str = "<<<") -> list[str]:
        """What `str` shows, line by line, with marks of one's own around the words."""
        place = f"{self.document_id}, characters {self.start} to {self.end}"
        lines = [f"{self.id} in {place}, {self.by}"]
        if self.words is None:
            lines.append("the words do not ship; with the documents at hand they are shown")
        else:
            words = self.words.replace("\n", " ")
            lines.append(f"{self.before}{opening}{words}{closing}{self.after}")
        if self.quote is not None and self.quote not in f"{self.prefix}{self.words}{self.suffix}":
            lines.append(f"quoted: {self.quote}")
        if self.gist is not None:
            lines.append(f"in our words: {self.gist}")
        if self.warning:
            lines.append(f"NOTE: {self.warning}")
        return [*lines, self.proof, f"text seen at {self.seen_at}"]

    def to_web_annotation(self) -> dict[str, Any]:
        """The words as a target of the W3C Web Annotation Data Model, ready for JSON-LD.

        Two selectors, each enough by itself: TextQuoteSelector (`exact`, `prefix`, `suffix`; left
        out where the words do not ship and no document is at hand) and TextPositionSelector
        (`start`, `end`: code points of the file, from 0, end exclusive). `source` names the text by
        its SHA-256, since offsets hold for those bytes, not for the page it was seen on.

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
    """Where the passage around a span begins and ends."""
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
    """Text around a span on one line, cut between words, an ellipsis where the text goes on."""
    before, after = " ".join(prefix.split("\n")), " ".join(suffix.split("\n"))
    if goes_on[0] and before:
        before = "… " + (before.partition(" ")[2] if before[0].isalnum() else before.lstrip())
    if goes_on[1] and after:
        after = (after.rpartition(" ")[0] if after[-1].isalnum() else after.rstrip()) + " …"
    return before, after


def _gist(package: Package, table: str, row: Row) -> str | None:
    """What a row says in our words: the gist of a statement, or the event and its agreement."""
    if table != "agreement_events":
        return row.get("gist")
    of = {agreement["agreement_id"]: agreement["name"] for agreement in package.rows("agreements")}
    date = row["date"] or "no date given"
    return f"{of[row['agreement_id']]}: {row['event']} ({row['status']}; {date})"


def evidence(
    identifier: str,
    documents: str | os.PathLike[str] | None = None,
    context: int | str = CONTEXT,
) -> Evidence:
    """The words behind a figure (F...), a trend (T...), a statement (S...) or an event (E...).

    With the documents at hand (a checkout, or `documents=` a folder with them) the words are
    cut out of the text, with their surroundings, and held against offsets and hash. `context` says
    how much of the text around is given: a number of characters on each side, or "sentence",
    "paragraph" or "document"; without the documents, what the quotation of a figure or trend has.
    Raises UnknownNameError for an identifier or a context that does not exist, DocumentError for a
    folder that does not, or a document that differs from the one the tables were made from.

    >>> evidence("F009").words
    'Over 1,000'
    >>> print(evidence("F017", context="sentence").lines("[", "]")[1])
    The number of voluntary returns is 90% higher than in 2021 ([492]).
    """
    _around("", 0, 0, context)
    package = shipped().sound()
    table, row = _row_of(package, identifier)
    document = next(d for d in package.rows("documents") if d["document_id"] == row["document_id"])
    start, end = row["start_char"], row["end_char"]
    folder = folder_of(documents)
    cut = _cut_out(row, None if folder is None else sound_text(package, folder, row["document_id"]))
    first, last = _around(cut.text, start - cut.at, end - cut.at, context) if cut.text else (0, 0)
    prefix, suffix = cut.text[first : start - cut.at], cut.text[end - cut.at : last]
    goes_on = (cut.at + first > 0, folder is None or cut.at + last < document["characters"])
    whole = context in ("sentence", "paragraph") and folder is not None
    before, after = _readable(prefix, suffix, (False, False) if whole else goes_on)
    speaker = row.get("speaker_id") or row["claimant_id"]
    name = next(a["name"] for a in package.rows("actors") if a["actor_id"] == speaker)
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
        by=f"{'asserted' if 'claimant_id' in row else 'said'} by {name} ({speaker})",
        proof=cut.proof,
        warning=REWORDED if document["fidelity"] == "reworded" else "",
        seen_at=document["seen_at"],
        source=f"ni:///sha-256;{digest}",
        language=document["language"],
    )


class _Cut(NamedTuple):
    """The words of a row, the text around that is at hand and where it begins, and the proof."""

    words: str | None
    text: str
    at: int
    proof: str


def _cut_out(row: Row, text: str | None) -> _Cut:
    """The words of a row cut out of its document, or what ships of them where it is not at hand."""
    start, end = row["start_char"], row["end_char"]
    if text is None:
        # Of the text there is what ships: the quotation of a claim, else the words alone.
        at = row.get("quote_start") or start
        return _Cut(row.get("exact"), row.get("quote") or "", at, f"NOT PROVED: {ADVICE}")
    agrees = _agrees(row, text[start:end])
    return _Cut(text[start:end], text, 0, _PROVED if agrees else FAILED)


_PROVED = "proved: the document has these words at this place"
FAILED = "FAILED: the document does not have these words at this place"


def _agrees(row: Row, found: str) -> bool:
    """Whether words cut out of a document are those of the row, by letter or by hash."""
    if row.get("exact") is not None:
        return bool(found == row["exact"])
    return bool(hashlib.sha256(found.encode("utf-8")).hexdigest() == row["span_sha256"])
