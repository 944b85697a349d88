"""A ZIP archive: a data package with metadata for CSV on the Web and a research object (RO-Crate).

The same tables always give the same bytes.
"""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING, Any

from ..citing.cite import cite_in
from ..tables.files import DESCRIPTOR
from ..wording import counted
from .selection import as_json

if TYPE_CHECKING:
    from .selection import Selection

_Json = dict[str, Any]
CSVW, CRATE, README = "csv-metadata.json", "ro-crate-metadata.json", "README.md"
_DATATYPES = {"string": "string", "integer": "integer", "number": "decimal", "boolean": "boolean"}


def write_zip(selection: Selection, path: str) -> None:
    """The tables as CSV, a readme, and their description in three forms."""
    files = selection.files()
    files[CSVW] = as_json(csvw(selection), indent=2)
    files[README] = _readme(selection).encode()
    files[CRATE] = as_json(_crate(selection, files), indent=2)
    year, month, day = (int(part) for part in _made(selection).split("-"))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            info = zipfile.ZipInfo(name, (year, month, day, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            archive.writestr(info, data)


def _made(selection: Selection) -> str:
    return str(selection.package.descriptor["created"])[:10]


def csvw(selection: Selection) -> _Json:
    """Metadata for CSV on the Web: the types, keys and meanings of the columns of each table."""
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "dc:title": selection.title(),
        "tables": [_table(selection, table) for table in selection.tables],
    }


def _table(selection: Selection, table: str) -> _Json:
    package = selection.package
    resource = package.resource(table)
    keys = [
        {
            "columnReference": columns,
            "reference": {
                "resource": package.resource(other)["path"],
                "columnReference": others,
            },
        }
        for columns, other, others in selection.references(table)
    ]
    columns = []
    for field in package.fields(table):
        column = {
            "name": field["name"],
            "titles": field["name"],
            "dc:title": field["title"],
            "dc:description": field["description"],
            "datatype": _datatype(field),
            "null": "",
        }
        if field.get("constraints", {}).get("required"):
            column["required"] = True
        columns.append(column)
    return {
        "url": resource["path"],
        "dc:title": resource["title"],
        "dc:description": resource["description"],
        "dialect": {"encoding": "utf-8", "delimiter": ",", "header": True, "doubleQuote": True},
        "tableSchema": {
            "columns": columns,
            "primaryKey": package.key(table),
            **({"foreignKeys": keys} if keys else {}),
        },
    }


def _datatype(field: _Json) -> _Json | str:
    if field["type"] == "date":
        return {"base": "date", "format": "yyyy-MM-dd"}
    if field["type"] == "boolean":
        return {"base": "boolean", "format": "true|false"}
    return _DATATYPES[field["type"]]


def _crate(selection: Selection, files: dict[str, bytes]) -> _Json:
    """The description of the archive as a research object (RO-Crate 1.2)."""
    package, about = selection.package, selection.package.descriptor
    resources = {package.resource(table)["path"]: table for table in selection.tables}
    licences = {
        one["path"]: one
        for table in selection.tables
        for one in package.resource(table)["licenses"]
    }
    described: list[_Json] = []
    for name, data in files.items():
        node: _Json = {"@id": name, "@type": "File", "contentSize": str(len(data))}
        node["encodingFormat"] = _FORMATS[name.rsplit(".", 1)[1]]
        if name in resources:
            resource = package.resource(resources[name])
            node |= {"name": resource["title"], "description": resource["description"]}
            node["license"] = [{"@id": one["path"]} for one in resource["licenses"]]
        else:
            node["name"] = _ABOUT[name]
        described.append(node)
    return {
        "@context": "https://w3id.org/ro/crate/1.2/context",
        "@graph": [
            {
                "@id": CRATE,
                "@type": "CreativeWork",
                "conformsTo": {"@id": "https://w3id.org/ro/crate/1.2"},
                "about": {"@id": "./"},
            },
            {
                "@id": "./",
                "@type": "Dataset",
                "name": about["title"],
                "description": about["description"],
                "version": about["version"],
                "datePublished": _made(selection),
                "keywords": about["keywords"],
                "license": [{"@id": path} for path in licences],
                "creator": [{"@id": f"#{_id(one)}"} for one in about["contributors"]],
                "creditText": cite_in(package, None, "text"),
                "hasPart": [{"@id": name} for name in files],
            },
            *(
                {"@id": f"#{_id(one)}", "@type": "Organization", "name": one["title"]}
                for one in about["contributors"]
            ),
            *(
                {"@id": path, "@type": "CreativeWork", "name": one["title"]}
                for path, one in licences.items()
            ),
            *described,
        ],
    }


_FORMATS = {"csv": "text/csv", "json": "application/json", "md": "text/markdown"}
_ABOUT = {
    DESCRIPTOR: "Description of the tables (Data Package)",
    CSVW: "Description of the tables (CSV on the Web)",
    README: "What is in this archive",
}


def _id(contributor: dict[str, str]) -> str:
    return contributor["title"].lower().replace(" ", "-")


def _readme(selection: Selection) -> str:
    about = selection.package.descriptor
    lines = [f"# {about['title']}", "", about["description"], "", f"Version {about['version']}."]
    cited = cite_in(selection.package, None, "text")
    lines += ["", "Cite as:", "", f"> {cited}", "", "## Tables", ""]
    for table in selection.tables:
        resource = selection.package.resource(table)
        rows = counted(len(selection.rows(table)), "row")
        licences = ", ".join(one["name"] for one in resource["licenses"])
        lines.append(f"- `{resource['path']}`: {resource['title']}, {rows} ({licences})")
    lines += ["", "datapackage.json says what each column means.", ""]
    return "\n".join(lines)
