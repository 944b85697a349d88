"""The beginning of a citation: who said what, and when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..wording import date_in_words, lower_first
from .origins import name_of, row_of

if TYPE_CHECKING:
    from ..tables.cells import Row
    from ..tables.package import Package


NEWS = "news_article"


def claimant_in_words(package: Package, row: Row) -> str:
    """Who claims a figure, trend or event, or speaks the words of a statement.

    If we infer the claimant, we say so; if the text does not name the speaker, we say that.

    >>> from albania_uk_migration.tables.package import shipped
    >>> figures = {row["figure_id"]: row for row in shipped().rows("figures")}
    >>> [claimant_in_words(shipped(), figures[one]) for one in ("F034", "F012")]
    ['Rishi Sunak', 'the Home Office (we infer)']
    """
    document = row_of(package, "documents", row["document_id"])
    if is_own_voice(document, row):
        return _outlet(package, document)
    name = name_of(package, "actors", row.get("speaker_id") or row["claimant_id"])
    if row.get("with_speaker_id"):
        name += f" with {name_of(package, 'actors', row['with_speaker_id'])}"
    # "A speaker D000 does not name" is clear only to readers who know our identifiers.
    name = name.replace(row["document_id"], "the text")
    return f"{name} (we infer)" if row.get("claimant_basis") == "inferred" else name


def is_own_voice(document: Row, row: Row) -> bool:
    """Whether a document says this itself, and not someone in it."""
    return bool((row.get("speaker_id") or row["claimant_id"]) == document["voice_id"])


def _outlet(package: Package, document: Row) -> str:
    """Who speaks when a document speaks in its own voice."""
    if document["publisher_id"] is not None:
        return name_of(package, "actors", document["publisher_id"])
    return "an outlet the text does not name" if document["kind"] == NEWS else "a press release"


# How a document presents a statement, by mode.
_HAS_THEM = {
    **dict.fromkeys(("direct", "unmarked"), "quoted in"),
    **dict.fromkeys(("partial", "reported", "reworded"), "reported in"),
    "data": "cited in",
}
# The most words of a statement at the beginning of a citation.
_OPENING = 60


def attributed(package: Package, table: str, row: Row) -> str:
    """The beginning of a citation: who said what, and how the document presents it.

    For figures, trends, statements and events. We never present words from a reworded document as
    the speaker's own, and an outlet's own words are not "quoted in" it.

    >>> from albania_uk_migration.tables.package import shipped
    >>> figures = {row["figure_id"]: row for row in shipped().rows("figures")}
    >>> for one in ("F034", "F012", "F008", "F026"):
    ...     print(attributed(shipped(), "figures", figures[one]))
    Rishi Sunak, “over 8,000”, quoted in
    The Home Office (we infer), “954”, in
    A speaker the text does not name, reworded as “50/50” in a repost of
    The Independent, “12,658”, in
    """
    document = row_of(package, "documents", row["document_id"])
    who, words = claimant_in_words(package, row), _words(package, table, row)
    who = who[:1].upper() + who[1:] + _said_when(package, row, document)
    if table == "agreement_events":
        who, words = f"{who}, on {words}", ""
    if document["fidelity"] == "reworded":
        return f"{who}, reworded {f'as {words} ' if words else ''}in a repost of"
    return ", ".join(filter(None, (who, words, how_in_words(package, table, row))))


def _words(package: Package, table: str, row: Row) -> str:
    """What was said: the words of a claim, the first words of a quotation, or the event."""
    if table == "agreement_events":
        event = f"{row['event'].replace('_', ' ')}, {row['status']}"
        return f"{name_of(package, 'agreements', row['agreement_id'])} ({event})"
    if table == "statements":
        return f"“{_opening(row['exact'])}”" if row["exact"] else ""
    more = [lower_first(name_of(package, "measures", row["measure"]))] if table == "trends" else []
    more += [row["direction"].replace("_", " ")] if row["direction"] else []
    more += [row["status"]] if row.get("status", "actual") != "actual" else []
    return f"“{row['exact']}”" + (f" ({', '.join(more)})" if more else "")


def _opening(text: str) -> str:
    """The first words of a text, with an ellipsis if it goes on."""
    line = " ".join(text.split())
    return line if len(line) <= _OPENING else line[:_OPENING].rpartition(" ")[0] + " …"


def is_planned(package: Package, row: Row) -> bool:
    """Whether the words had not yet been said when the document appeared.

    Of a figure or a trend that is so where its statement is only planned.
    """
    if row.get("made") is None and row.get("statement_id") is not None:
        row = row_of(package, "statements", row["statement_id"])
    return row.get("made") == "planned"


def _said_when(package: Package, row: Row, document: Row) -> str:
    """The day of a claim in brackets, if it is not that of the document."""
    date, start, end = (row.get(f"stated_on{part}") for part in ("", "_start", "_end"))
    planned = "planned for " if is_planned(package, row) else ""
    if start is None or (date == document["published"] and not planned):
        return ""
    return f" ({planned}{date_in_words(date, start, end)})"


# Whose the words of a quotation are, where they are not the speaker's own.
_NOT_THEIRS = {
    "partial": "partly the document's wording",
    "reported": "the document's wording, not the speaker's",
    "data": "the document's wording, not the office's",
}


def whose_words(package: Package, row: Row) -> str:
    """That the words of a figure or a trend are not its claimant's own; empty where they are.

    >>> from albania_uk_migration.tables.package import shipped
    >>> figures = {row["figure_id"]: row for row in shipped().rows("figures")}
    >>> [whose_words(shipped(), figures[one]) for one in ("F033", "F034")]
    ["the document's wording, not the speaker's", '']
    """
    document = row_of(package, "documents", row["document_id"])
    if document["fidelity"] == "reworded":
        return "as reworded by the repost"
    if row["claimant_basis"] != "stated":
        return ""
    if row["statement_id"] is None:
        return _NOT_THEIRS["reported"]
    return _NOT_THEIRS.get(row_of(package, "statements", row["statement_id"])["mode"], "")


def how_in_words(package: Package, table: str, row: Row) -> str:
    """How a document has the words: as a quotation, a report, data, or its own."""
    said = row
    if table != "statements":
        own = row.get("claimant_basis") == "own_voice"
        if own or row["statement_id"] is None:
            return "in"
        said = row_of(package, "statements", row["statement_id"])
    return _HAS_THEM[said["mode"]]
