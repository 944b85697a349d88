"""What can be cited, as CSL-JSON items: the release, its parts, documents, official releases."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..errors import UnknownNameError
from ..tables.cells import label
from ..wording import days_in_words, released_in_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..tables.cells import Row
    from ..tables.package import Package


_Item = dict[str, Any]

# What is said of an author whom a text does not name.
_NOT_NAMED = "[not named]"
_KINDS = {"news_article": "news article", "press_release": "press release"}
# What is added where the text is not the publisher's own.
_FIDELITY = {
    "as_published": "",
    "reposted": ", reposted",
    "reworded": ", as reworded by a repost",
}
_DATED = {
    "inferred": "date inferred",
    "external": "date from outside the text",
    "ambiguous": "the text gives more than one date",
}
QUOTED = "quoted words belong to their publishers and speakers"


# ---------------------------------------------------------------- references


def release_item(package: Package) -> _Item:
    """The release, as a CSL-JSON item."""
    about = package.descriptor
    return {
        "id": f"{about['name']}-{about['version']}",
        "type": "dataset",
        "title": about["title"],
        "author": [_name(one) for one in about["contributors"] if "creator" in one["roles"]],
        "issued": {"date-parts": [[int(part) for part in about["created"][:10].split("-")]]},
        "version": about["version"],
        "genre": "data set",
        "language": "en",
        "note": f"{_licences(about)}{_other_licences(package)}; {QUOTED}",
        **({"URL": about["homepage"]} if "homepage" in about else {}),
        **({"DOI": _doi(about["id"])} if "doi.org/" in about.get("id", "") else {}),
    }


def _doi(address: str) -> str:
    return address.partition("doi.org/")[2]


def _name(contributor: dict[str, Any]) -> dict[str, str]:
    if "familyName" in contributor:
        return {"family": contributor["familyName"], "given": contributor.get("givenName", "")}
    return {"literal": contributor["title"]}


def _licences(described: dict[str, Any]) -> str:
    return " and ".join(licence["name"] for licence in described["licenses"])


def _other_licences(package: Package) -> str:
    """Licences that some tables have beside the licence of the whole."""
    own = {licence["name"] for licence in package.descriptor["licenses"]}
    others: dict[str, list[str]] = {}
    for name, resource in package.resources.items():
        for licence in resource["licenses"]:
            if licence["name"] not in own:
                others.setdefault(licence["name"], []).append(name)
    return "".join(f"; {name} in {' and '.join(of)}" for name, of in others.items())


def _part_item(package: Package, identifier: str, title: str, note: str) -> _Item:
    """A table or a row: a part of the release."""
    whole = release_item(package)
    return {
        **whole,
        "id": f"{whole['id']}-{identifier}",
        "title": title,
        "container-title": whole["title"],
        "note": note,
    }


def _table_item(package: Package, table: str) -> _Item:
    resource = package.resource(table)
    title = f"{resource['title']} (table {table})"
    return _part_item(package, table, title, f"{_licences(resource)}; {QUOTED}")


def _row_item(package: Package, table: str, row: Row) -> _Item:
    identifier = label(row, package.key(table))
    place = ""
    if "start_char" in row:
        # People count characters from 1, and the last one in.
        first, last = row["start_char"] + 1, row["end_char"]
        place = f"{row['document_id']}, characters {first} to {last} of its text; "
    note = f"{place}{_licences(package.resource(table))}; {QUOTED}"
    title = f"{identifier}{_subject(package, table, row)} (row of table {table})"
    return _part_item(package, identifier, title, note)


def _subject(package: Package, table: str, row: Row) -> str:
    """What a row is about: whose claim it is and of what, who speaks, what it names."""

    def named(of: str, column: str) -> str:
        key = package.key(of)[0]
        known = {one[key]: one.get("name") or one.get("title") for one in package.rows(of)}
        return str(known[row[column]])

    if table in ("figures", "trends"):
        fidelity = {one["document_id"]: one["fidelity"] for one in package.rows("documents")}
        words = f'"{row["exact"]}"'
        words += f" ({row['direction'].replace('_', ' ')})" if row["direction"] else ""
        words += "" if row.get("status", "actual") == "actual" else f" ({row['status']})"
        words += " as reworded by a repost" if fidelity[row["document_id"]] == "reworded" else ""
        parts = [f"{words}: {named('measures', 'measure')}"]
        parts += [named("populations", "population")] if row["population"] else []
        judged = "" if row["period_basis"] == "stated" else f" ({row['period_basis']})"
        parts += [f"{row['period']}{judged}"] if row["period"] else []
        basis = {"inferred": " (inferred)", "own_voice": " (in its own voice)"}
        claimant = f"{named('actors', 'claimant_id')}{basis.get(row['claimant_basis'], '')}"
        return f", {', '.join(parts)}; stated by {claimant}"
    if table == "statements":
        return f", words of {named('actors', 'speaker_id')} ({row['mode']})"
    if table == "agreement_events":
        return f", {row['event']} ({row['status']}): {named('agreements', 'agreement_id')}"
    title = row.get("name") or row.get("title")
    return f", {title}" if title else ""


def document_item(package: Package, row: Row) -> _Item:
    """A source document, by its publisher; its date as far as it is certain."""
    known = package.rows("actors")
    actors = {actor["actor_id"]: actor["name"] for actor in known}
    first, last = row["published_start"], row["published_end"]
    notes = []
    if first != last:
        notes.append(f"published on one day of {days_in_words(first, last)}")
    if row["fidelity"] == "reworded":
        notes.append(f"publisher and date are those of the original, {row['original_at']}")
    else:
        notes.append(_DATED.get(row["published_basis"], ""))
        notes.append("publisher inferred" if row["publisher_basis"] == "inferred" else "")
    own = row["fidelity"] == "as_published" and row["kind"] == "news_article"
    title = row["title"]
    if row["fidelity"] == "reworded":
        # Styles leave out kinds and notes; that the words are not the publisher's must stay.
        title = f"[{title.strip('[]')}{_FIDELITY['reworded']}]"
    return {
        "id": row["document_id"],
        "type": "article-newspaper" if own else "webpage",
        "title": title,
        "author": [{"literal": actors.get(row["publisher_id"], _NOT_NAMED)}],
        **_issued(first, last),
        "genre": _KINDS.get(row["kind"], row["kind"].replace("_", " "))
        + _FIDELITY[row["fidelity"]],
        "language": row["language"],
        "URL": row["seen_at"],
        "note": "; ".join(filter(None, notes)),
    }


def _issued(first: Any, last: Any) -> _Item:
    """The parts of a date that are certain: year, month and day, or the first of them."""
    if first is None or last is None:
        return {}
    pairs = zip(first.timetuple()[:3], last.timetuple()[:3], strict=True)
    certain: list[int] = []
    for one, other in pairs:
        if one != other:
            break
        certain.append(one)
    return {"issued": {"date-parts": [certain]}} if certain else {}


def official_item(row: Row) -> _Item:
    """A release of an office; only a day on which it is known to have come out is its date."""
    day = row["published_on"]
    licence = ": ".join(filter(None, (row["licence"], row["attribution"])))
    notes = ["" if day else released_in_words(row), licence, f"seen on: {row['seen']}"]
    return {
        "id": row["release_id"],
        "type": "webpage",
        "title": row["title"],
        "author": [{"literal": row["publisher"]}],
        **_issued(day, day),
        "genre": "official statistics" if row["series"] else "official release",
        **({"URL": row["url"]} if row["url"] else {}),
        "note": "; ".join(filter(None, notes)),
    }


def _follow_up_item(row: Row) -> _Item:
    """What was said of a figure elsewhere; its day may be one by which it was, so it is no date."""
    notes = [
        f"said on or before {row['date']}" if row["date"] else "",
        row["seen_as"],
        f"also at {row['other_address']}" if row["other_address"] else "",
    ]
    return {
        "id": f"{row['follow_up_id']}-source",
        "type": "webpage",
        "title": f"[{row['what'].rstrip('.')}]",
        "author": [{"literal": row["source"]}],
        **({"URL": row["address"]} if row["address"] else {}),
        "note": "; ".join(filter(None, notes)),
    }


# ---------------------------------------------------------------- where a row comes from


def _sources(package: Package, table: str, row: Row) -> Iterator[_Item]:
    """The documents, releases and replies that a row was made from."""
    if table == "follow_ups":
        yield _follow_up_item(row)
    releases = {row.get("release_id")}
    documents = set(_documents_of(package, table, row))
    for document in package.rows("documents"):
        if document["document_id"] in documents:
            yield document_item(package, document)
    for release in package.rows("official_releases"):
        if release["release_id"] in releases:
            yield official_item(release)


def _documents_of(package: Package, table: str, row: Row) -> Iterator[str]:
    """Identifiers of the documents that a row was read from, by itself or what it hangs on."""
    if row.get("document_id"):
        yield str(row["document_id"])
    elif table == "proof_exceptions":
        key = package.key(row["table"])
        for about in package.rows(row["table"]):
            if label(about, key) == row["row"]:
                yield from _documents_of(package, row["table"], about)
    elif table == "follow_ups":
        for figure in package.rows("figures"):
            if figure["figure_id"] == row["figure_id"]:
                yield str(figure["document_id"])
    elif "agreement_id" in row:
        for event in package.rows("agreement_events"):
            evidence = row.get("event_id")
            if evidence == event["event_id"] or (
                evidence is None and event["agreement_id"] == row["agreement_id"]
            ):
                yield str(event["document_id"])


# Tables whose rows are themselves what is cited.
_SOURCES = ("documents", "official_releases")


def _items(package: Package, what: str | None) -> list[_Item]:
    """The references for the release, a table, or a row with its sources."""
    if what is None:
        return [release_item(package)]
    if what in package.resources:
        return [_table_item(package, what)]
    known = []
    for table in package.resources:
        key = package.key(table)
        for row in package.rows(table):
            name = label(row, key)
            if name == what:
                found = [_row_item(package, table, row), *_sources(package, table, row)]
                # Who asks for a document wants the document; where it is described comes after.
                return found[::-1] if table in _SOURCES else found
            known.append(name)
    raise UnknownNameError("table or row", what, [*package.resources, *known])
