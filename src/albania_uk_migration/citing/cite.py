"""How to cite the release, a table, a row, or the rows of an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..errors import UnknownNameError
from ..tables.package import shipped
from .sources import _items, document_item, official_item, release_item
from .styles import _STYLES, STYLES, text_of_item

if TYPE_CHECKING:
    from ..tables.cells import Row
    from ..tables.package import Package


def cite(what: str | None = None, style: str = "text") -> str:
    """How to cite the release (None), a table by its name, or a row by its identifier.

    A row is cited with what it was read from: its document, with publisher and date as far as they
    are known, or the official release or reply. A row of `documents` or `official_releases` is
    cited as what it describes, and then as a row. A row whose key has several columns is named by
    all of them, joined by a slash, as `validate` names it. `style` is "text", "bibtex", "ris"
    or "csl-json" (CSL 1.0.2, a list of items); BibTeX, RIS and CSL-JSON give one entry for the row
    and one for each source.

    The same release gives the same text always: no day of access is put in. A date is given as far
    as it is certain (a document published on one of three days has year and month, and a note). A
    DOI is given once the release has one. Raises UnknownNameError for a table, row or style that
    does not exist.

    >>> print(cite("F012").splitlines()[1])  # doctest: +ELLIPSIS
    From D001: [not named] (April 2023). [Joint UK-Albania release on returns since the joint ...
    >>> cite("F012", "ris").splitlines()[0]
    'TY  - DATA'
    """
    package = shipped().sound()
    if not isinstance(what, str | None):
        raise UnknownNameError("table or row", what, package.resources)
    if style not in _STYLES:
        raise UnknownNameError("style", style, STYLES)
    items = _items(package, what)
    if style != "text":
        # In a bibliography of many works, D001 alone would name any of them.
        name = package.descriptor["name"]
        items = [
            item if item["id"].startswith(name) else {**item, "id": f"{name}-{item['id']}"}
            for item in items
        ]
    return _STYLES[style](items)


def cited(package: Package, rows: list[Row]) -> str:
    """How to cite rows: the release, and the documents and figures that they come from."""
    figure_ids = {i for row in rows for i in str(row.get("figure_ids") or "").split()}
    figure_ids |= {str(row["figure_id"]) for row in rows if "figure_id" in row}
    documents = {row.get("document_id") for row in rows}
    releases = {row.get("release_id") for row in rows}
    used: dict[str, list[str]] = {}
    for row in package.rows("figures"):
        if row["figure_id"] in figure_ids:
            used.setdefault(row["document_id"], []).append(row["figure_id"])
    cited = []
    for row in package.rows("documents"):
        name = row["document_id"]
        if name in used or name in documents:
            figures = f" ({', '.join(used[name])})" if name in used else ""
            cited.append(f"{name}{figures}: {text_of_item(document_item(package, row))}")
    for row in package.rows("official_releases"):
        if row["release_id"] in releases:
            cited.append(f"{row['release_id']}: {text_of_item(official_item(row))}")
    text = text_of_item(release_item(package.sound()))
    return f"{text} From {' '.join(cited)}" if cited else text
