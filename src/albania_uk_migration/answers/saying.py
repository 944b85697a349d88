"""Who made a claim, when and where, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ..wording import date_in_words

if TYPE_CHECKING:
    import datetime

    from ..tables.cells import Row
    from ..tables.package import Package


class Said(NamedTuple):
    """Who made a claim, when and where: in words, and as codes.

    `claimant` names who made it, as far as the text does. `claimant_basis`, `stated_on_basis` and
    `fidelity` are codes from the columns of those names, which `describe` explains.
    """

    words: str
    claimant_id: str
    claimant: str
    claimant_basis: str
    stated_on: str | None
    first_day: datetime.date | None
    last_day: datetime.date | None
    stated_on_basis: str | None
    document_id: str
    fidelity: str


def said_of(package: Package, row: Row) -> Said:
    """Who made the claim of a figure, when and where."""
    document = _row(package, "documents", "document_id", row["document_id"])
    actor = _row(package, "actors", "actor_id", row["claimant_id"])
    who = _who(actor, row["claimant_basis"])
    day = date_in_words(row["stated_on"], row["stated_on_start"], row["stated_on_end"])
    inferred = " (a day we infer)" if row["stated_on_basis"] == "inferred" else ""
    day = f", {day}{inferred}" if day else ""
    where = document_in_words(package, document)
    return Said(
        f"{who[:1].upper()}{who[1:]}{day}, in {where}.",
        row["claimant_id"],
        actor["name"],
        row["claimant_basis"],
        row["stated_on"],
        row["stated_on_start"],
        row["stated_on_end"],
        row["stated_on_basis"],
        row["document_id"],
        document["fidelity"],
    )


def _row(package: Package, table: str, key: str, name: object) -> Row:
    return next(row for row in package.rows(table) if row[key] == name)


def _who(actor: Row, basis: str) -> str:
    """Who made a claim, and whether the text says so or we infer it."""
    if basis == "unattributed":
        return "someone the text does not name"
    if basis == "inferred":
        return f"{actor['name']} (we infer this)"
    if basis == "own_voice":
        own = actor["kind"] == "document_voice"
        return f"{'the outlet' if own else actor['name']} in its own voice"
    return str(actor["name"])


_KINDS = {"news_article": "a news article", "press_release": "a press release"}
_FIDELITY = {
    "as_published": "",
    "reposted": "reposted",
    "reworded": "as reworded by a repost, so not in the original words",
}


def document_in_words(package: Package, document: Row) -> str:
    """What a document is, who published it, and how faithful its text is to the original."""
    kind = _KINDS.get(document["kind"], f"a {document['kind'].replace('_', ' ')}")
    notes = [_FIDELITY[document["fidelity"]]]
    if document["publisher_id"] is None:
        notes.append("publisher not named")
        by = ""
    else:
        by = f" in {_row(package, 'actors', 'actor_id', document['publisher_id'])['name']}"
    told = "; ".join(filter(None, notes))
    return f"{kind}{by}{f' ({told})' if told else ''}"
