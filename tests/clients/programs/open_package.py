"""Open the package as it is, by datapackage.json or its CSV files, in a client written in Python.

    python -m tests.clients.programs.open_package CLIENT FOLDER

Run from the checkout, in the client's own environment. FOLDER has the package, and what `metadata`
prints of it; canonical.py says what is printed. A client is used as its users would use it: it gets
no table in another form, and what it gives as text is typed by datapackage.json.
"""

from __future__ import annotations

import csv
import json
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path
from typing import Any

from .canonical import line, records, sqlite_tables, table, tables, text_table
from .running import each, run


def _say_tables(every: bool) -> None:
    line(said="describes every table" if every else "misses tables")


def frictionless(folder: str) -> None:
    from frictionless import Package

    package = Package(f"{folder}/datapackage.json")
    report = package.validate()
    line(said="validates" if report.valid else f"finds {report.stats['errors']} faults")
    each(
        folder,
        lambda name, *_: records(
            name, [row.to_dict() for row in package.get_table_resource(name).read_rows()]
        ),
    )


def frictionless_query(folder: str) -> None:
    """Counts what `frictionless query` shows of each table."""
    names = [name for name, *_ in tables(folder)]
    asked = "\n".join(f"SELECT '{name}', count(*) FROM {name};" for name in names)
    printed = run("frictionless", "query", "datapackage.json", cwd=folder, stdin=asked)
    for printed_line in printed.splitlines():
        name, bar, count = printed_line.partition("|")
        if bar and name in names:
            line(table=name, count=int(count))


def frictionless_index(folder: str) -> None:
    """Reads what `frictionless index` writes into SQLite."""
    with tempfile.TemporaryDirectory() as place:
        path = f"{place}/package.db"
        address = f"sqlite:///{path}"
        run("frictionless", "index", "datapackage.json", "--database", address, cwd=folder)
        sqlite_tables(path, [name for name, *_ in tables(folder)])


def datapackage(folder: str) -> None:
    from datapackage import Package

    package = Package(f"{folder}/datapackage.json")
    line(said="validates" if package.valid else f"finds {len(package.errors)} faults")
    each(folder, lambda name, *_: records(name, package.get_resource(name).read(keyed=True)))


def dplib(folder: str) -> None:
    from dplib.models import Package

    package = Package.from_path(f"{folder}/datapackage.json")
    found = [
        (resource.name, [field.name for field in resource.get_schema().fields])
        for resource in package.resources
    ]
    _say_tables(found == [(name, [*types]) for name, _, types in tables(folder)])


def csvw(folder: str) -> None:
    from csvw import TableGroup

    package = Path(folder, "datapackage.json")
    there = TableGroup.from_frictionless_datapackage(package).tabledict
    each(folder, lambda name, *_: records(name, there[f"data/{name}.csv"].iterdicts()))


def csvkit(folder: str) -> None:
    """`csvjson`, which guesses the dialect; not (-I) the types, or the text 2022 were a number."""

    def read(name: str, path: str, types: dict[str, str]) -> None:
        rows = json.loads(run("csvjson", "-I", path))
        text_table(name, types, [*rows[0]], [[*row.values()] for row in rows])

    each(folder, read)


def visidata(folder: str) -> None:
    def read(name: str, path: str, types: dict[str, str]) -> None:
        rows = json.loads(run("vd", "-b", path, "-o", "-", "--save-filetype", "json"))
        text_table(name, types, [*rows[0]], [[*row.values()] for row in rows])

    each(folder, read)


def duckdb(folder: str) -> None:
    import duckdb

    kinds = {"string": "VARCHAR", "integer": "BIGINT", "number": "DOUBLE", "date": "DATE"}

    def read(name: str, path: str, types: dict[str, str]) -> None:
        given = {column: kinds.get(kind, kind.upper()) for column, kind in types.items()}
        found = duckdb.read_csv(path, dtype=given)
        table(name, found.columns, found.fetchall())

    each(folder, read)


def polars(folder: str) -> None:
    import polars

    kinds = {
        "string": polars.String,
        "integer": polars.Int64,
        "number": polars.Float64,
        "boolean": polars.Boolean,
        "date": polars.Date,
    }

    def read(name: str, path: str, types: dict[str, str]) -> None:
        given = {column: kinds[kind] for column, kind in types.items()}
        found = polars.read_csv(path, schema=given)
        table(name, found.columns, found.rows())

    each(folder, read)


def pyarrow(folder: str) -> None:
    import pyarrow
    from pyarrow import csv as arrow_csv

    kinds = {
        "string": pyarrow.string(),
        "integer": pyarrow.int64(),
        "number": pyarrow.float64(),
        "boolean": pyarrow.bool_(),
        "date": pyarrow.date32(),
    }

    def read(name: str, path: str, types: dict[str, str]) -> None:
        given = {column: kinds[kind] for column, kind in types.items()}
        found = arrow_csv.read_csv(
            path,
            parse_options=arrow_csv.ParseOptions(newlines_in_values=True),
            convert_options=arrow_csv.ConvertOptions(
                column_types=given, strings_can_be_null=True, null_values=[""]
            ),
        )
        records(name, found.to_pylist())

    each(folder, read)


def mlcroissant(folder: str) -> None:
    import mlcroissant

    dataset = mlcroissant.Dataset(jsonld=f"{folder}/croissant.json")
    issues = dataset.metadata.issues
    line(said="finds faults" if issues.errors or issues.warnings else "validates")

    def plain(value: Any) -> Any:
        value = value.decode("utf-8") if isinstance(value, bytes) else value
        return None if value != value else getattr(value, "to_pydatetime", lambda: value)()

    def read(name: str, _path: str, types: dict[str, str]) -> None:
        rows = [
            {key.rpartition("/")[2]: plain(value) for key, value in record.items()}
            for record in dataset.records(name)
        ]
        records(name, [{column: row[column] for column in types} for row in rows])

    each(folder, read)


def cffconvert(folder: str) -> None:
    said = run("cffconvert", "--validate", "--infile", f"{folder}/CITATION.cff")
    line(said="validates" if said.startswith("Citation metadata are valid") else said.strip())


def rdflib(folder: str) -> None:
    from rdflib import RDF, Graph, Namespace

    graph = Graph().parse(f"{folder}/schema.org.jsonld", format="json-ld")
    schema = Namespace("https://schema.org/")
    found = {
        str(graph.value(file, schema.name))
        for file in graph.subjects(RDF.type, schema.DataDownload)
    }
    _say_tables(found == {name for name, *_ in tables(folder)})


def libreoffice(folder: str) -> None:
    """CSV to CSV: read as UTF-8, with what stands in quotes as text."""
    with tempfile.TemporaryDirectory() as place:
        run(
            *("soffice", f"-env:UserInstallation=file://{place}/profile", "--headless"),
            *("--infilter=CSV:44,34,76,1,,0,true,false", "--convert-to"),
            *("csv:Text - txt - csv (StarCalc):44,34,76,1", "--outdir", place),
            *(path for _, path, _ in tables(folder)),
        )

        def read(name: str, _path: str, types: dict[str, str]) -> None:
            with open(Path(place, f"{name}.csv"), encoding="utf-8", newline="") as file:
                columns, *rows = csv.reader(file)
            text_table(name, types, columns, rows)

        each(folder, read)


if __name__ == "__main__":
    _client, _folder = sys.argv[1:]
    if _client == "libreoffice":
        line(version=run("soffice", "--version").split()[1])
    else:
        line(version=version({"dplib": "dplib-py"}.get(_client, _client.partition("_")[0])))
    globals()[_client](_folder)
