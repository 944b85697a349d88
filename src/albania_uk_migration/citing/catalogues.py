"""Describe the data set for catalogues: schema.org JSON-LD and Croissant 1.1.

We make both from datapackage.json and the tables. The names of files are relative to
datapackage.json, so that either description works in a checkout and in the zipped data package.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..errors import UnknownNameError
from ..tables.package import shipped
from .cite import cite
from .sources import document_item, release_item
from .styles import certain_date

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable, Iterator

    from ..tables.cells import Row
    from ..tables.package import Package


_Json = dict[str, Any]

_SCHEMA_ORG = "https://schema.org/"


# ---------------------------------------------------------------- what both say


def _agents(authors: Iterable[dict[str, str]]) -> list[_Json]:
    return [
        {"@type": "Organization", "name": author["literal"]}
        if "literal" in author
        else {"@type": "Person", "name": f"{author['given']} {author['family']}".strip()}
        for author in authors
    ]


def _day(item: _Json) -> str | None:
    """A date of a reference in ISO 8601, as far as it is certain."""
    return "-".join(f"{part:02}" for part in certain_date(item)) or None


def _licence_paths(package: Package) -> dict[str, str]:
    """The address of each licence in the description, by SPDX identifier."""
    described = [package.descriptor, *package.resources.values()]
    return {one["name"]: one["path"] for about in described for one in about["licenses"]}


def _about_the_release(package: Package, context: _Json, kind: str) -> _Json:
    item = release_item(package)
    about = package.descriptor
    address = item.get("DOI") and f"https://doi.org/{item['DOI']}"
    return {
        "@context": context,
        "@type": kind,
        "name": about["name"],
        "description": about["description"],
        "version": about["version"],
        "datePublished": _day(item),
        "license": list(_licence_paths(package).values()),
        "creator": _agents(item["author"]),
        "keywords": about["keywords"],
        "inLanguage": item["language"],
        **({"url": item["URL"]} if "URL" in item else {}),
        **({"identifier": address} if address else {}),
    }


# ---------------------------------------------------------------- schema.org


def _coverage(package: Package) -> str:
    """The first and last day of all figures and official values, as an interval."""
    days: list[datetime.date] = []
    for row in package.rows("figures"):
        if row["status"] in ("actual", "provisional"):
            days += [day for day in (row["period_start"], row["period_end"]) if day]
    for row in package.rows("official_statistics"):
        days += [row["period_start"], row["period_end"]]
    return f"{min(days)}/{max(days)}"


def _places(package: Package) -> list[_Json]:
    """Where people were counted, came from or went to, by code and name."""
    found: dict[str, str] = {}
    for table, column in (
        *(("figures", "area"), ("figures", "counterpart_area")),
        ("official_statistics", "area"),
    ):
        (field,) = (f for f in package.fields(table) if f["name"] == column)
        names = {c["value"]: c["label"].rstrip(".") for c in field.get("categories", ())}
        for code in dict.fromkeys(row[column] for row in package.rows(table)):
            if code is not None:
                found.setdefault(code, names.get(code, code))
    return [
        {"@type": "Place", "name": name, "identifier": code} for code, name in sorted(found.items())
    ]


def _sources(package: Package) -> Iterator[_Json]:
    """The five documents and the official releases."""
    licences = _licence_paths(package)
    for row in package.rows("documents"):
        item = document_item(package, row)
        # A copy that someone else republished or reworded is not the article itself.
        own = item["type"] == "article-newspaper"
        published: _Json = {
            **({"publisher": _agents(item["author"])} if row["publisher_id"] else {}),
            **({"datePublished": _day(item)} if _day(item) else {}),
        }
        if row["fidelity"] == "reworded":
            original = {"@type": "NewsArticle", "url": row["original_at"], **published}
            published = {"isBasedOn": original}
        yield {
            "@type": "NewsArticle" if own else "CreativeWork",
            "name": item["title"],
            "identifier": item["id"],
            "genre": item["genre"],
            "url": item["URL"],
            "inLanguage": item["language"],
            **published,
        }
    for row in package.rows("official_releases"):
        yield {
            "@type": "CreativeWork",
            "name": row["title"],
            "identifier": row["release_id"],
            "publisher": [{"@type": "Organization", "name": row["publisher"]}],
            **({"license": licences[row["licence"]]} if row["licence"] else {}),
            **({"url": row["url"]} if row["url"] else {}),
            **(
                {"datePublished": str(row["published_on"])}
                if row["published_on"] is not None
                else {}
            ),
        }


def _measured(row: Row) -> _Json:
    return {
        "@type": "PropertyValue",
        "name": row["title"],
        "identifier": row["measure"],
        "description": row["definition"],
        "unitText": row["unit"],
    }


def schema_org(base_url: str = "") -> dict[str, Any]:
    """The data set as a schema.org Dataset: a dictionary that is JSON-LD 1.1.

    Put it on the data set's web page, in a `script` of type application/ld+json, where search
    engines look for it. It has the files with size in bytes and SHA-256, the period and the places
    counted, the measures with units, the five documents and the official releases it is based on,
    and the licence. It includes its context, so that a program need not download one; every term is
    from schema.org. Addresses of files are relative to datapackage.json, or begin with `base_url`
    ("https://example.org/data/"). Raises DataFileError for a data file that is missing or altered.
    Definition: schema.org/Dataset.

    >>> schema_org()["@type"], len(schema_org()["distribution"]) == len(schema_org()["hasPart"])
    ('Dataset', True)
    """
    package = shipped().sound()
    addresses = ("license", "url", "contentUrl")
    context = {"@vocab": _SCHEMA_ORG, **{name: {"@type": "@id"} for name in addresses}}
    item = release_item(package)
    return {
        **_about_the_release(package, context, "Dataset"),
        "alternateName": item["title"],
        "creditText": cite(),
        "isAccessibleForFree": True,
        "temporalCoverage": _coverage(package),
        "spatialCoverage": _places(package),
        "variableMeasured": [_measured(row) for row in package.rows("measures")],
        "isBasedOn": list(_sources(package)),
        "distribution": [
            {
                "@type": "DataDownload",
                "name": name,
                "contentUrl": base_url + resource["path"],
                "encodingFormat": resource["mediatype"],
                "contentSize": f"{resource['bytes']} B",
                "sha256": resource["hash"].removeprefix("sha256:"),
            }
            for name, resource in package.resources.items()
        ],
        "hasPart": [
            {
                "@type": "Dataset",
                "name": resource["title"],
                "description": resource["description"],
                "license": [licence["path"] for licence in resource["licenses"]],
                "creator": _agents(item["author"]),
            }
            for resource in package.resources.values()
        ],
    }


# ---------------------------------------------------------------- Croissant

# The terms of Croissant 1.1 that programs expect in the context (specification, appendix 1).
_CROISSANT_TERMS = (
    "annotation arrayShape citeAs column containedIn equivalentProperty excludes extract field "
    "fileProperty fileObject fileSet format includes isArray isLiveDataset jsonPath key md5 "
    "parentField path readLines recordSet references regex repeated replace samplingRate "
    "sdVersion separator source subField transform unArchive value"
)
_CROISSANT = {
    "@language": "en",
    "@vocab": _SCHEMA_ORG,
    "sc": _SCHEMA_ORG,
    "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "dct": "http://purl.org/dc/terms/",
    "conformsTo": "dct:conformsTo",
    **{term: f"cr:{term}" for term in _CROISSANT_TERMS.split()},
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "description": {"@container": "@language"},
    "name": {"@container": "@language"},
}
_DATA_TYPES = {
    "string": "sc:Text",
    "integer": "sc:Integer",
    "number": "sc:Float",
    "boolean": "sc:Boolean",
    "date": "sc:Date",
}


def _record_set(package: Package, table: str) -> _Json:
    """The rows of a table: its columns with types, and its key."""
    resource = package.resource(table)
    keys = [{"@id": f"{table}/{column}"} for column in package.key(table)]
    return {
        "@type": "cr:RecordSet",
        "@id": table,
        "name": table,
        "description": resource["description"],
        "key": keys[0] if len(keys) == 1 else keys,
        "field": [
            {
                "@type": "cr:Field",
                "@id": f"{table}/{field['name']}",
                "name": field["name"],
                "description": field["description"],
                "dataType": _DATA_TYPES[field["type"]],
                "source": {
                    "fileObject": {"@id": resource["path"]},
                    "extract": {"column": field["name"]},
                },
            }
            for field in package.fields(table)
        ],
    }


def croissant(base_url: str = "") -> dict[str, Any]:
    """The data set as Croissant 1.1 metadata (MLCommons): a dictionary that is JSON-LD.

    Save it beside datapackage.json. Programs then load each table as a record set with typed
    columns, and check each file's SHA-256; with `base_url` ("https://example.org/data/") they
    download the files from there. We leave out record sets for empty tables, and references between
    tables (which are in datapackage.json), because the reference reader, mlcroissant 1.1, cannot
    load them. Raises DataFileError for a data file that is missing or altered. Definition:
    Croissant Format Specification 1.1.

    >>> croissant()["conformsTo"]
    'http://mlcommons.org/croissant/1.1'
    """
    package = shipped().sound()
    return {
        **_about_the_release(package, _CROISSANT, "sc:Dataset"),
        "conformsTo": "http://mlcommons.org/croissant/1.1",
        "citeAs": cite(style="bibtex"),
        "isLiveDataset": False,
        "distribution": [
            {
                "@type": "cr:FileObject",
                "@id": resource["path"],
                "name": resource["path"],
                "description": resource["title"],
                "contentUrl": base_url + resource["path"],
                "contentSize": f"{resource['bytes']} B",
                "encodingFormat": resource["mediatype"],
                "sha256": resource["hash"].removeprefix("sha256:"),
            }
            for resource in package.resources.values()
        ],
        "recordSet": [
            _record_set(package, table) for table in package.resources if package.rows(table)
        ],
    }


FORMS = {"schema.org": schema_org, "croissant": croissant}


def described_as(form: str, base_url: str = "") -> str:
    """The description in the form asked for, as JSON text. Raises UnknownNameError."""
    import json

    if form not in FORMS:
        raise UnknownNameError("form of description", form, FORMS)
    return json.dumps(FORMS[form](base_url), ensure_ascii=False, indent=2)
