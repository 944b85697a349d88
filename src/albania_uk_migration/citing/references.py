"""Citations in words, the source first: a text with every detail, and a footnote."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..wording import date_in_words, released_in_words
from .attribution import attributed, is_own_voice
from .origins import name_of, named_row
from .sources import (
    SEEN_AS,
    official_value,
    release_item,
    release_title,
    row_item,
    source_items,
    table_item,
)
from .styles import address_of, certain_date, one_line, text_of_item

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..tables.cells import Row
    from ..tables.package import Package
    from .origins import Named


# The tables of things that people say.
_SAID = ("figures", "trends", "statements", "agreement_events")


def text_of(package: Package, what: str | None) -> str:
    """A citation in full, one line per reference: each source, then the row it was read from."""
    if what is None:
        return text_of_item(release_item(package))
    if what in package.resources:
        return text_of_item(table_item(package, what))
    return text_of_row(package, named_row(package, what))


def text_of_row(package: Package, named: Named) -> str:
    """A row cited in full."""
    lines = [text_of_item(item) for item in source_items(package, named)]
    data = text_of_item(row_item(package, named))
    if not lines:
        return data
    if named.table in _SAID:
        lines[0] = f"{attributed(package, named.table, named.row)}: {lines[0]}"
    if named.figure:
        about = attributed(package, "figures", named.figure)
        lines[1] = f"About {named.figure['figure_id']}: {about}: {lines[1]}"
    return "\n".join([*lines, f"Data set: {data}"])


def footnote_of(package: Package, what: str | None) -> str:
    """A citation on one line, short enough for a footnote: the source, then the row."""
    whole = release_item(package)
    data = f"{package.descriptor['name']} {whole['version']}"
    if what is None or what in package.resources:
        parts = [whole["author"][0].get("literal") or whole["author"][0]["family"]]
        parts += [whole["title"], data, str(certain_date(whole)[0])]
        parts += [f"table {what}"] if what else []
        return one_line(", ".join([*parts, *filter(None, [address_of(whole)])])) + "."
    return footnote_of_row(package, named_row(package, what))


def footnote_of_row(package: Package, named: Named) -> str:
    """A row cited in a footnote."""
    whole = release_item(package)
    data = f"{package.descriptor['name']} {whole['version']}"
    found = "; also ".join(_short_sources(package, named))
    place = f" ({address_of(whole)})" if address_of(whole) else ""
    return one_line(f"{found}; {data}{place}, {named.identifier}.")


def _short_sources(package: Package, named: Named) -> Iterator[str]:
    """What a footnote says about the source of a row, or about the row if it has none."""
    row, table = named.row, named.table
    if table in _SAID:
        (document,) = named.documents
        own = is_own_voice(document, row)
        yield f"{attributed(package, table, row)} {_short_document(package, document, own)}"
    elif named.figure:
        said = date_in_words(str(row["date"]), None, row["date"]) if row["date"] else "n.d."
        about = f"about “{named.figure['exact']}” ({named.figure['figure_id']})"
        yield ", ".join(filter(None, [row["source"], about, said, row["address"]]))
    elif named.release:
        yield _short_release(named.release, row)
    elif named.documents:
        words = row.get("name") or (f"“{row['exact']}”" if row.get("exact") else "")
        for document in named.documents:
            reworded = document["fidelity"] == "reworded"
            where = ("in a" if words else "A") + " repost that rewords " if reworded else ""
            where = where or ("in " if words else "")
            short = _short_document(package, document)
            yield f"{words}, {where}{short}" if words else f"{where}{short}"
    else:
        name = row.get("name") or row.get("title") or package.resource(table)["title"]
        yield f"{name}, table {table}"


def _short_document(package: Package, document: Row, own: bool = False) -> str:
    """Title, publisher, date and address; no publisher if it was named as the speaker."""
    publisher = document["publisher_id"]
    name = name_of(package, "actors", publisher) if publisher else "publisher not named"
    dated = (document[f"published{part}"] for part in ("", "_start", "_end"))
    address = document["seen_at"]
    if document["fidelity"] == "reposted":
        address = f"reposted at {address}"
    parts = [document["title"], "" if own else name, date_in_words(*dated), address]
    return ", ".join(filter(None, parts))


def _short_release(release: Row, row: Row) -> str:
    """Publisher, figure, title, table, date, address and licence of an office's publication."""
    title, seen = release_title(release), SEEN_AS.get(row.get("verification", ""))
    parts = [
        release["publisher"],
        f"{official_value(row)} in {title}" if "value" in row else title,
        released_in_words(release).removeprefix("published on "),
        f"as given in {seen}" if seen else "",
        release["url"] or "",
    ]
    licence = f" ({release['licence']})" if release["licence"] else ""
    return ", ".join(filter(None, parts)) + licence
