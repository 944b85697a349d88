"""CITATION.cff and .zenodo.json: what repositories and archives read about a data set.

We make CITATION.cff (Citation File Format 1.2.0) from datapackage.json and the table of documents,
and .zenodo.json from CITATION.cff. scripts/fill.py writes both; people write nothing in them by
hand.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import yaml

from albania_uk_migration.citing.sources import document_item, release_item
from albania_uk_migration.citing.styles import certain_date

if TYPE_CHECKING:
    from albania_uk_migration.tables.package import Package

HEAD = """\
# Made by scripts/fill.py from datapackage.json and data/documents.csv; not edited by hand.
"""
MESSAGE = (
    "If you use these data, please cite this release, together with the document of each figure "
    "that you quote (albania-uk-migration cite F012 gives both)."
)
# The Citation File Format's names for CSL document kinds.
_TYPES = {"article-newspaper": "newspaper-article", "webpage": "website"}


def _authors(item: dict[str, Any]) -> list[dict[str, str]]:
    return [
        {"name": author["literal"]}
        if "literal" in author
        else {"family-names": author["family"], "given-names": author["given"]}
        for author in item["author"]
    ]


def _reference(row: dict[str, Any], tables: Package) -> dict[str, Any]:
    """A document as a reference, with its date as far as it is certain."""
    item = document_item(tables, row)
    day = certain_date(item)
    dated: dict[str, Any] = dict(zip(("year", "month"), day, strict=False))
    if len(day) == 3:
        dated = {"date-published": "-".join(f"{part:02}" for part in day)}
    notes = [item["genre"], item["note"]]
    return {
        "type": _TYPES[item["type"]],
        "title": item["title"],
        "authors": _authors(item),
        **dated,
        "url": item["URL"],
        "languages": [item["language"]],
        "notes": f"{row['document_id']}: {'; '.join(filter(None, notes))}",
    }


def citation_file(tables: Package) -> dict[str, Any]:
    """The content of CITATION.cff for a state of the tables."""
    item, about = release_item(tables), tables.descriptor
    return {
        "cff-version": "1.2.0",
        "message": MESSAGE,
        "type": "dataset",
        "title": item["title"],
        "abstract": f"{about['description']} Licences: {item['note']}.",
        "authors": _authors(item),
        "version": item["version"],
        "date-released": about["created"][:10],
        "license": _one_or_all([licence["name"] for licence in about["licenses"]]),
        "keywords": about["keywords"],
        **({"url": item["URL"]} if "URL" in item else {}),
        **({"doi": item["DOI"]} if "DOI" in item else {}),
        "references": [_reference(row, tables) for row in tables.rows("documents")],
    }


def _one_or_all(names: list[str]) -> str | list[str]:
    return names[0] if len(names) == 1 else names


def citation_text(content: dict[str, Any]) -> str:
    """CITATION.cff as YAML."""
    text = yaml.safe_dump(content, sort_keys=False, allow_unicode=True, width=100)
    return HEAD + text


# The archive's code for the language (ISO 639-2).
_ZENODO_LANGUAGE = "eng"


def zenodo(cff: dict[str, Any]) -> dict[str, Any]:
    """The metadata of a deposit (Zenodo's legacy form), from CITATION.cff."""
    licences = [cff["license"]] if isinstance(cff["license"], str) else cff["license"]
    return {
        "title": cff["title"],
        "upload_type": "dataset",
        "description": cff["abstract"],
        "creators": [
            {"name": one.get("name") or f"{one['family-names']}, {one['given-names']}"}
            for one in cff["authors"]
        ],
        "version": cff["version"],
        "publication_date": cff["date-released"],
        "access_right": "open",
        "license": licences[0].lower(),
        "keywords": cff["keywords"],
        "language": _ZENODO_LANGUAGE,
        "notes": cff["message"],
        "related_identifiers": [
            {"identifier": reference["url"], "relation": "isDerivedFrom"}
            for reference in cff["references"]
        ],
    }


def deposit_files(tables: Package) -> dict[str, bytes]:
    """The name and content of each file for a state of the tables."""
    content = citation_file(tables)
    deposit = json.dumps(zenodo(content), ensure_ascii=False, indent=2) + "\n"
    return {
        "CITATION.cff": citation_text(content).encode("utf-8"),
        ".zenodo.json": deposit.encode("utf-8"),
    }
