"""What Datasette shows beside the tables: titles, licences, sources, facets and columns."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote

from ..answers.derived import rows_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..tables.package import Package

# The name of the database, and so the first part of each address.
DATABASE = "albania-uk-migration"


class _Shown(NamedTuple):
    """How Datasette shows a table.

    `facets` are columns to filter by. `source` is the table that says where the rows are from.
    `order` is a column, with a minus sign for newest first; by default the primary key. `label` is
    the column that names a row where others refer to it.
    """

    facets: tuple[str, ...] = ()
    source: str = ""
    order: str = ""
    label: str = ""


_SEEN, _COUNTED = "documents", "official_releases"
_SHOWN = {
    "documents": _Shown(order="published_start", label="title"),
    "actors": _Shown(("kind",), _SEEN, label="name"),
    "populations": _Shown(label="title"),
    "measures": _Shown(("kind", "unit"), label="title"),
    "figures": _Shown(("measure", "population", "document_id"), _SEEN, label="exact"),
    "trends": _Shown(("measure", "direction", "document_id"), _SEEN, label="exact"),
    "statements": _Shown(("document_id", "speaker_id", "mode"), _SEEN),
    "agreements": _Shown(("instrument",), _SEEN, label="name"),
    "agreement_events": _Shown(("event", "status", "document_id"), _SEEN, "date_start", "event"),
    "agreement_parties": _Shown(("role", "actor_id"), _SEEN),
    "agreement_links": _Shown(("relation",), _SEEN),
    "excluded_numbers": _Shown(("reason", "document_id"), _SEEN),
    "proof_exceptions": _Shown(("table",), _SEEN),
    "official_releases": _Shown(("publisher", "kind"), order="-published_on", label="title"),
    "official_coverage": _Shown(("measure", "population", "basis"), _COUNTED, "-last_day"),
    "official_statistics": _Shown(("measure", "population", "area"), _COUNTED, "-period_end"),
    "official_latest": _Shown(("measure", "population", "area", "year"), _COUNTED, "-period_start"),
    "follow_ups": _Shown(("relation", "source"), order="-date"),
    "figures_flat": _Shown(("counted", "people_or_place", "said_by"), _SEEN),
    "release_changes": _Shown(("table", "kind", "change")),
}
# The view that write_sqlite adds.
_VIEW = "figures_in_context"
_IN_CONTEXT = {
    "title": "Figures in context",
    "description": (
        "Each figure with names in place of identifiers, and the official count that covers "
        "exactly its days, where there is one. The database makes this view from the tables."
    ),
    "facets": ["measure", "population", "document"],
}
# The tables to begin with.
_BEGIN = ("figures_flat", "official_latest")
# Datasette lists every column above the rows; figures has 44, so the list scrolls. Its filters
# break words anywhere.
_STYLE = (
    "dl.column-descriptions{max-height:9em;overflow:auto;border:1px solid #ccc;padding:.5em 1em}"
    "ul.tight-bullets li{word-break:normal;overflow-wrap:anywhere}"
    ".metadata-description ul{margin-bottom:1em}"
)
# A column with a cell of more characters than this gets room for it beside many others, except on
# a phone, where cells are below one another.
_LONG = 60
_WIDE = "@media (min-width:577px){%s{min-width:20em}}"


def metadata_of(package: Package) -> dict[str, Any]:
    """Metadata for the database of `export`; without `units`, which make Datasette's pages fail."""
    about, names = package.descriptor, list(package.resources)
    tables = {name: _table(package, name) for name in names}
    documents = _list(map(_link, about["sources"]))
    begun = sorted(names, key=lambda name: name not in _BEGIN)
    guide = _list(_link({"path": _address(name), **tables[name]}) for name in begun)
    description = _description(about) + _licences(about)
    return {
        "title": about["title"],
        "description_html": (
            f"{description}<p>The documents:</p>{documents}<p>The tables; begin with the first:</p>"
            f"{guide}"
        ),
        "extra_css_urls": [f"data:text/css,{quote(_style(package))}"],
        "databases": {
            DATABASE: {
                "title": about["title"],
                "description_html": description,
                "tables": {**tables, _VIEW: _IN_CONTEXT},
            }
        },
    }


def _style(package: Package) -> str:
    """The style sheet of all pages."""
    long = {
        f".table-{table} td.col-{column}"
        for table in package.resources
        for row in rows_of(package, table)
        for column, cell in row.items()
        if isinstance(cell, str) and len(cell) > _LONG
    }
    return _STYLE + _WIDE % ",".join(sorted(long))


def _table(package: Package, name: str) -> dict[str, Any]:
    """What Datasette shows of one table."""
    about, shown = package.resource(name), _SHOWN.get(name, _Shown())
    metadata: dict[str, Any] = {
        "title": about["title"],
        "description_html": _description(about),
        "facets": list(shown.facets),
        "columns": {field["name"]: field["description"] for field in package.fields(name)},
    }
    if len(about["licenses"]) == 1:
        licence = about["licenses"][0]
        metadata |= {"license": licence["title"], "license_url": licence["path"]}
    else:
        # Datasette has room for one licence.
        metadata["description_html"] += _licences(about)
    if shown.source:
        metadata["source"] = package.resource(shown.source)["title"]
        metadata["source_url"] = _address(shown.source)
    if shown.label:
        metadata["label_column"] = shown.label
    if shown.order:
        way = "sort_desc" if shown.order.startswith("-") else "sort"
        metadata[way] = shown.order.removeprefix("-")
    return metadata


def _address(table: str) -> str:
    """Where Datasette shows a table."""
    return f"/{DATABASE}/{table}"


def _description(about: dict[str, Any]) -> str:
    """The description of the package or of a table, as HTML."""
    return f"<p>{html.escape(about['description'])}</p>"


def _licences(about: dict[str, Any]) -> str:
    """Links to the licences of the package or of a table."""
    title = "Licence" if len(about["licenses"]) == 1 else "Licences"
    return f"<p>{title}: {', '.join(map(_link, about['licenses']))}</p>"


def _list(items: Iterable[str]) -> str:
    """A list in HTML."""
    return f"<ul>{''.join(f'<li>{item}</li>' for item in items)}</ul>"


def _link(to: dict[str, Any]) -> str:
    """A link to a licence, a document or a table."""
    return f'<a href="{html.escape(to["path"])}">{html.escape(to["title"])}</a>'
