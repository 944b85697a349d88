"""Cite the release, a table, a row, or the rows of an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..errors import UnknownNameError
from ..tables.package import shipped
from .csl import ENDING, rendered
from .references import footnote_of, text_of
from .sources import document_item, items_of, official_item, release_item
from .styles import ENTRIES, text_of_item

if TYPE_CHECKING:
    from ..tables.cells import Row
    from ..tables.package import Package


_IN_WORDS = {"text": text_of, "footnote": footnote_of}
STYLES = (*_IN_WORDS, *ENTRIES)


def cite(what: str | None = None, style: str = "text") -> str:
    """How to cite the release (None), a table by its name, or a row by its identifier.

    A row is cited with its source, and the source comes first: who said it and in which document,
    or which office published it, in which table and on which page; then the row of this data set.
    If a key has several columns, join them by slashes, as `validate` does.

    `style` is "text" (one line per reference), "footnote" (everything on one line, short),
    "bibtex", "ris" or "csl-json" (CSL 1.0.2, a list of items), or the path of a CSL style, such as
    "chicago.csl" (extra `csl`). BibTeX, RIS and CSL-JSON have one entry for the row and one for
    each source.

    The same release always gives the same text, without a day of access. Dates are as precise as
    is certain; where we infer who made a claim, we say so. A DOI is given once the release has
    one. Places are numbers of characters, as in the columns: from 0, the end not included.

    Raises UnknownNameError for a table, row or style that does not exist; DataFileError for a
    file that is not a CSL style; MissingExtraError without citeproc-py.

    >>> print(cite("F034", "footnote"))  # doctest: +ELLIPSIS
    Rishi Sunak, “over 8,000”, quoted in [Prime minister on returns to Albania, from the summit
    in Reykjavik], publisher not named, 16 or 17 May 2023, reposted at https://...; albania-uk-...
    >>> cite("F012").splitlines()[0]  # doctest: +ELLIPSIS
    'The Home Office (we infer), “954”, in: [publisher not named] (April 2023). [Joint ...
    """
    return cite_in(shipped().sound(), what, style)


def cite_in(package: Package, what: str | None, style: str = "text") -> str:
    """How to cite something of a package of tables; see `cite`."""
    if not isinstance(what, str | None):
        raise UnknownNameError("table or row", what, package.resources)
    if style in _IN_WORDS:
        return _IN_WORDS[style](package, what)
    own = style not in ENTRIES
    if own and not str(style).endswith(ENDING):
        raise UnknownNameError("style", style, [*STYLES, "or the path of a .csl file"])
    items = items_of(package, what)
    # In a bibliography of many works, D001 alone would be ambiguous.
    name = package.descriptor["name"]
    items = [
        item if item["id"].startswith(name) else {**item, "id": f"{name}-{item['id']}"}
        for item in items
    ]
    if not own:
        return ENTRIES[style](items)
    # The data set comes last, as it does in words.
    return rendered(sorted(items, key=lambda item: "version" in item), str(style))


def cited(package: Package, rows: list[Row]) -> str:
    """Cite rows: the release, and the documents, figures and official releases they use."""
    figure_ids = {i for row in rows for i in str(row.get("figure_ids") or "").split()}
    figure_ids |= {str(row["figure_id"]) for row in rows if "figure_id" in row}
    documents = {row.get("document_id") for row in rows}
    releases = {row.get("release_id") for row in rows}
    used: dict[str, list[str]] = {}
    for row in package.rows("figures"):
        if row["figure_id"] in figure_ids:
            used.setdefault(row["document_id"], []).append(row["figure_id"])
    sources = []
    for row in package.rows("documents"):
        name = row["document_id"]
        if name in used or name in documents:
            figures = f" ({', '.join(used[name])})" if name in used else ""
            sources.append(f"{name}{figures}: {text_of_item(document_item(package, row))}")
    for row in package.rows("official_releases"):
        if row["release_id"] in releases:
            sources.append(f"{row['release_id']}: {text_of_item(official_item(row))}")
    text = text_of_item(release_item(package.sound()))
    return f"{text} Sources: {' '.join(sources)}" if sources else text
