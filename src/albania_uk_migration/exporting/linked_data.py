"""Linked data (JSON-LD): claims, the words they rest on, who made them, and the documents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..citing.attribution import whose_words
from ..tables.cells import plain
from ..wording import first_upper
from .selection import as_json

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..tables.cells import Row
    from ..tables.package import Package
    from .selection import Selection

_Json = dict[str, Any]
# schema.org for claims, Web Annotation for the words, PROV for where each comes from.
_CONTEXT = {
    "@vocab": "https://schema.org/",
    "oa": "http://www.w3.org/ns/oa#",
    "prov": "http://www.w3.org/ns/prov#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "datePublished": {"@type": "Date"},
    "oa:start": {"@type": "xsd:nonNegativeInteger"},
    "oa:end": {"@type": "xsd:nonNegativeInteger"},
}
_ACTORS = {"person": "Person", "document_voice": "CreativeWork"}
# Kinds of actors that are neither a person nor an organisation.
_GROUPS = ("group",)


def write_json_ld(selection: Selection, path: str) -> None:
    """A graph of claims (figures and trends), the actors who made them and the documents."""
    with open(path, "wb") as file:
        file.write(as_json({"@context": _CONTEXT, "@graph": list(_graph(selection))}, indent=1))


def _graph(selection: Selection) -> Iterator[_Json]:
    package = selection.package
    about = package.descriptor
    licences = {one["path"] for table in selection.tables for one in _licences(selection, table)}
    yield {
        "@id": "#",
        "@type": ["Dataset", "prov:Entity"],
        "name": about["title"],
        "description": about["description"],
        "version": about["version"],
        "license": [{"@id": path} for path in sorted(licences)],
    }
    if "documents" in selection.tables:
        yield from map(_document, selection.rows("documents"))
    if "actors" in selection.tables:
        yield from map(_actor, selection.rows("actors"))
    for table in ("figures", "trends"):
        if table in selection.tables:
            key = package.key(table)[0]
            for row in selection.rows(table):
                yield from _claim(package, row, str(row[key]))


def _licences(selection: Selection, table: str) -> list[dict[str, str]]:
    found: list[dict[str, str]] = selection.package.resource(table)["licenses"]
    return found


def _document(row: Row) -> _Json:
    return _given(
        {
            "@id": f"#{row['document_id']}",
            "@type": ["CreativeWork", "prov:Entity"],
            "identifier": row["document_id"],
            "name": row["title"],
            "url": {"@id": row["seen_at"]},
            "inLanguage": row["language"],
            "datePublished": row["published_start"]
            if row["published_start"] == row["published_end"]
            else None,
            "publisher": _link(row["publisher_id"]),
        }
    )


def _actor(row: Row) -> _Json:
    kind = _ACTORS.get(row["kind"], "Organization")
    agent = ["prov:Agent"] if row["kind"] in _GROUPS else [kind, "prov:Agent"]
    return {
        "@id": f"#{row['actor_id']}",
        "@type": agent,
        "identifier": row["actor_id"],
        "name": row["name"],
    }


def _claim(package: Package, row: Row, name: str) -> Iterator[_Json]:
    """A claim, and the place of its words in the document as a Web Annotation.

    Its description says whose the words are, if they are not its author's own.
    """
    quote, start = row["quote"], row["quote_start"]
    yield _given(
        {
            "@id": f"#{name}",
            "@type": ["Claim", "prov:Entity"],
            "identifier": name,
            "text": row["quote"],
            "description": first_upper(whose_words(package, row)) or None,
            "about": _measured(row),
            "appearance": _link(row["document_id"]),
            "author": _link(row["claimant_id"]),
            "temporalCoverage": row["period"],
            "isPartOf": {"@id": "#"},
            "prov:wasAttributedTo": _link(row["claimant_id"]),
            "prov:hadPrimarySource": _link(row["document_id"]),
            "prov:wasQuotedFrom": _link(row["document_id"]),
            "isBasedOn": _link(row.get("repeats")),
        }
    )
    yield {
        "@id": f"#{name}-words",
        "@type": "oa:Annotation",
        "oa:motivatedBy": {"@id": "oa:identifying"},
        "oa:hasBody": {"@id": f"#{name}"},
        "oa:hasTarget": {
            "@type": "oa:SpecificResource",
            "oa:hasSource": _link(row["document_id"]),
            "oa:hasSelector": [
                {
                    "@type": "oa:TextQuoteSelector",
                    "oa:exact": row["exact"],
                    "oa:prefix": quote[: row["start_char"] - start],
                    "oa:suffix": quote[row["end_char"] - start :],
                },
                {
                    "@type": "oa:TextPositionSelector",
                    "oa:start": row["start_char"],
                    "oa:end": row["end_char"],
                },
            ],
        },
    }


def _measured(row: Row) -> _Json:
    """What a claim counts, and its number with its limits, if it has one."""
    return _given(
        {
            "@type": "PropertyValue",
            "name": row["measure_exact"],
            "propertyID": row["measure"],
            "value": row.get("value"),
            "minValue": row.get("lower"),
            "maxValue": row.get("upper"),
            "unitText": row.get("unit"),
        }
    )


def _link(name: Any) -> _Json | None:
    return None if name is None else {"@id": f"#{name}"}


def _given(node: _Json) -> _Json:
    """A node with what is known, as JSON has it."""
    return {
        name: value if isinstance(value, dict | list) else plain(value)
        for name, value in node.items()
        if value is not None
    }
