"""CSL-JSON items for what you can cite: the release, its parts, documents, official releases."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..wording import (
    characters_in_words,
    date_in_words,
    day_in_words,
    days_in_words,
    released_in_words,
)
from .attribution import NEWS, claimant_in_words
from .origins import name_of, named_row, row_of

if TYPE_CHECKING:
    from ..tables.cells import Row
    from ..tables.package import Package
    from .origins import Named


_Item = dict[str, Any]

# The words for a publisher that a text does not name.
_NOT_NAMED = "[publisher not named]"
# The words to add if the text is not the publisher's own.
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
# How we know an official value that we did not read in the office's own data or text.
SEEN_AS = {
    "press_report": "a press report",
    "copy_of_official_text": "a copy of the office's text",
    "third_party_extract": "an extract somebody else made",
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
    """The licences that some tables have besides the licence of the release."""
    own = {licence["name"] for licence in package.descriptor["licenses"]}
    others: dict[str, list[str]] = {}
    for name, resource in package.resources.items():
        for licence in resource["licenses"]:
            if licence["name"] not in own:
                others.setdefault(licence["name"], []).append(name)
    return "".join(f"; {name} in {_listed(of)}" for name, of in others.items())


def _listed(names: list[str]) -> str:
    """Names in a sentence: one, two and three."""
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))


def _part_item(package: Package, identifier: str, title: str, note: str) -> _Item:
    """A table or a row, as a part of the release."""
    whole = release_item(package)
    return {
        **whole,
        "id": f"{whole['id']}-{identifier}",
        "title": title,
        "container-title": whole["title"],
        "note": note,
    }


def table_item(package: Package, table: str) -> _Item:
    """A table as a part of the release."""
    resource = package.resource(table)
    title = f"{resource['title']} (table {table})"
    return _part_item(package, table, title, f"{_licences(resource)}; {QUOTED}")


def row_item(package: Package, named: Named) -> _Item:
    """A row as a part of the release: its subject, its place in the text, its licence."""
    row, place = named.row, ""
    if "start_char" in row:
        place = f"{row['document_id']}, {characters_in_words(row['start_char'], row['end_char'])}; "
    note = f"{place}{_licences(package.resource(named.table))}; {QUOTED}"
    about = _subject(package, named.table, row)
    title = f"{named.identifier}{about} (row of table {named.table})"
    return _part_item(package, named.identifier, title, note)


def _subject(package: Package, table: str, row: Row) -> str:
    """What a row is about: whose claim it is and about what, who speaks, or what it names."""
    if table in ("figures", "trends"):
        words = f"“{row['exact']}”"
        words += f" ({row['direction'].replace('_', ' ')})" if row["direction"] else ""
        words += "" if row.get("status", "actual") == "actual" else f" ({row['status']})"
        document = row_of(package, "documents", row["document_id"])
        words += " as reworded by a repost" if document["fidelity"] == "reworded" else ""
        parts = [f"{words}: {name_of(package, 'measures', row['measure'])}"]
        parts += [name_of(package, "populations", row["population"])] if row["population"] else []
        parts += [_period(row)] if row["period"] else []
        return f", {', '.join(parts)}; stated by {claimant_in_words(package, row)}"
    if table == "statements":
        return f", words of {claimant_in_words(package, row)} ({row['mode']})"
    if table == "agreement_events":
        of = name_of(package, "agreements", row["agreement_id"])
        return f", {row['event'].replace('_', ' ')} ({row['status']}): {of}"
    if table == "official_statistics":
        what = name_of(package, "measures", row["measure"])
        who = name_of(package, "populations", row["population"])
        days = days_in_words(row["period_start"], row["period_end"])
        seen = SEEN_AS.get(row["verification"])
        read = f"; value read from {seen}: {row['source']}" if seen else ""
        return f", {official_value(row)}: {what}, {who}, {row['area']}, {days}{read}"
    title = row.get("name") or row.get("title")
    return f", {title}" if title else ""


def official_value(row: Row) -> str:
    """An official figure with commas at thousands, and whether we added it up ourselves."""
    return f"{row['value']:,}" + (
        " (our sum)" if row["verification"] == "summed_from_cells" else ""
    )


# How we know a period that the words do not state.
_JUDGED = {"ambiguous": "one reading of the words", "external": "from outside the text"}


def _period(row: Row) -> str:
    """The days of a claim in words, and how we know them if the words do not state them."""
    start, end = row["period_start"], row["period_end"]
    days = date_in_words(row["period"], start, end)
    if row["period"].endswith("/..") and end is not None:
        days = f"{days_in_words(start, end)} at the latest"
    basis = row["period_basis"]
    return days if basis == "stated" else f"{days} ({_JUDGED.get(basis, basis)})"


def document_item(package: Package, row: Row) -> _Item:
    """A source document, with its publisher, and its date as far as it is certain."""
    publisher = row["publisher_id"]
    first, last = row["published_start"], row["published_end"]
    notes = []
    if first != last:
        days = date_in_words(row["published"], first, last)
        notes.append(f"published {'' if days.startswith('between') else 'on '}{days}")
    if row["fidelity"] == "reworded":
        notes.append(f"publisher and date are those of the original, {row['original_at']}")
    else:
        notes.append(_DATED.get(row["published_basis"], ""))
        notes.append("publisher inferred" if row["publisher_basis"] == "inferred" else "")
    own = row["fidelity"] == "as_published" and row["kind"] == NEWS
    title = row["title"]
    if row["fidelity"] == "reworded":
        # Styles omit kinds and notes, but must keep that the words are not the publisher's.
        title = f"[{title.strip('[]')}{_FIDELITY['reworded']}]"
    return {
        "id": row["document_id"],
        "type": "article-newspaper" if own else "webpage",
        "title": title,
        "author": [{"literal": name_of(package, "actors", publisher) if publisher else _NOT_NAMED}],
        **_issued(first, last),
        "genre": row["kind"].replace("_", " ") + _FIDELITY[row["fidelity"]],
        "language": row["language"],
        "URL": row["seen_at"],
        "note": "; ".join(filter(None, notes)),
    }


def _issued(first: Any, last: Any) -> _Item:
    """The certain parts of a date: year, month and day, or only the first of these."""
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
    """An office's release, or one table in it; dated only if we know the day it came out."""
    day = row["published_on"]
    licence = ": ".join(filter(None, (row["licence"], row["attribution"])))
    notes = ["" if day else released_in_words(row), licence, f"our source: {row['seen']}"]
    return {
        "id": row["release_id"],
        "type": "webpage",
        "title": release_title(row),
        "author": [{"literal": row["publisher"]}],
        **_issued(day, day),
        "genre": "official statistics" if row["kind"] == "statistics" else "official statement",
        **({"URL": row["url"]} if row["url"] else {}),
        "note": "; ".join(filter(None, notes)),
    }


def release_title(row: Row) -> str:
    """The title of a release, with the cited table, if there is one."""
    title, table = str(row["title"]), str(row.get("table") or "")
    if table.isalpha() or " " in table:
        # "text" and "daily page" are not names of tables.
        return title
    return f"{title}, table {table}" if table else title


def _follow_up_item(row: Row) -> _Item:
    """What was said elsewhere about a figure; not dated, as the day may be later than the words."""
    notes = [
        f"said on or before {day_in_words(row['date'])}" if row["date"] else "",
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


# ---------------------------------------------------------------- all there is to cite


# The tables of works that you can cite on their own.
_WORKS = ("documents", "official_releases")


def items_of(package: Package, what: str | None) -> list[_Item]:
    """The references for the release, a table, or a row with its sources.

    A document or an official release comes before the row that describes it, a row before its
    sources.
    """
    if what is None:
        return [release_item(package)]
    if what in package.resources:
        return [table_item(package, what)]
    named = named_row(package, what)
    found = [row_item(package, named), *source_items(package, named)]
    return found[::-1] if named.table in _WORKS else found


def source_items(package: Package, named: Named) -> list[_Item]:
    """The reply, documents and official release that a row was made from."""
    found = [_follow_up_item(named.row)] if named.table == "follow_ups" else []
    found += [document_item(package, document) for document in named.documents]
    return [*found, official_item(named.release)] if named.release else found
