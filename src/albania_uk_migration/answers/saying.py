"""Who made a claim, when and where, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ..citing.attribution import claimant_in_words, how_in_words, is_planned, whose_words
from ..wording import date_in_words, first_upper

if TYPE_CHECKING:
    import datetime

    from ..tables.cells import Row
    from ..tables.package import Package


class Said(NamedTuple):
    """Who made a claim, when and where: in words, and as codes.

    `claimant` names who made it, as far as the text does; `whose_words` says that the words are not
    the claimant's own, where they are not. `claimant_basis`, `stated_on_basis` and
    `fidelity` are the codes of their columns, which `describe` explains.
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
    whose_words: str


def said_of(package: Package, row: Row) -> Said:
    """Who made the claim of a figure, when and where."""
    document = _row(package, "documents", "document_id", row["document_id"])
    actor = _row(package, "actors", "actor_id", row["claimant_id"])
    own = row["claimant_basis"] == "own_voice"
    who, how = _who(actor, document, row["claimant_basis"]), how_in_words(package, "figures", row)
    day = date_in_words(row["stated_on"], row["stated_on_start"], row["stated_on_end"])
    inferred = " (we infer the day)" if row["stated_on_basis"] == "inferred" else ""
    day = f", {day}{inferred}" if day else ""
    if is_planned(package, row):
        who = f"{who} was due to say this"
        day = day.replace(", ", " on ", 1)
    where = document_in_words(package, document, named=actor["actor_id"] if own else None)
    return Said(
        f"{first_upper(who)}{day}, {how} {where}.",
        row["claimant_id"],
        actor["name"],
        row["claimant_basis"],
        row["stated_on"],
        row["stated_on_start"],
        row["stated_on_end"],
        row["stated_on_basis"],
        row["document_id"],
        document["fidelity"],
        whose_words(package, row),
    )


def who_and_when(package: Package, row: Row) -> tuple[str, str]:
    """Who made the claim of a figure, and on which day, briefly; both with what we infer.

    >>> from albania_uk_migration.tables.package import shipped
    >>> figures = {row["figure_id"]: row for row in shipped().rows("figures")}
    >>> who_and_when(shipped(), figures["F048"])
    ('Chris Philp', 'between 12 and 14 May 2025 (we infer the day)')
    """
    who = claimant_in_words(package, row)
    if is_planned(package, row):
        who = f"{who} (due to say this)"
    day = date_in_words(row["stated_on"], row["stated_on_start"], row["stated_on_end"])
    inferred = " (we infer the day)" if day and row["stated_on_basis"] == "inferred" else ""
    return first_upper(who), f"{day}{inferred}"


def _row(package: Package, table: str, key: str, name: object) -> Row:
    return next(row for row in package.rows(table) if row[key] == name)


def _who(actor: Row, document: Row, basis: str) -> str:
    """Who made a claim, and whether the text says so or we infer it."""
    if basis == "unattributed":
        return "someone the text does not name"
    if basis == "inferred":
        return f"{actor['name']} (we infer this)"
    if basis == "own_voice":
        own = actor["kind"] == "document_voice"
        itself = "the release" if document["kind"] == "press_release" else "the outlet"
        return f"{itself if own else actor['name']} in its own voice"
    return str(actor["name"])


_KINDS = {"news_article": "a news article", "press_release": "a press release"}
_FIDELITY = {
    "as_published": "",
    "reposted": "reposted",
    "reworded": "as reworded by a repost, so not in the original words",
}


def document_in_words(package: Package, document: Row, named: str | None) -> str:
    """What a document is, who published it, and how true its text is to the original.

    A publisher that has been named is not named again.
    """
    kind = _KINDS.get(document["kind"], f"a {document['kind'].replace('_', ' ')}")
    notes = [_FIDELITY[document["fidelity"]]]
    by = ""
    if document["publisher_id"] is None:
        notes.append("publisher not named")
    if document["publisher_id"] not in (None, named):
        by = f" in {_row(package, 'actors', 'actor_id', document['publisher_id'])['name']}"
    told = "; ".join(filter(None, notes))
    return f"{kind}{by}{f' ({told})' if told else ''}"
