"""Open a file that `export` writes, in a client written in Python.

    python -m tests.clients.programs.open_export CLIENT PATH FOLDER

Run from the checkout, in the client's own environment. PATH is the file, or the folder of Parquet;
FOLDER has the package, whose datapackage.json names the tables. canonical.py says what is printed.
"""

from __future__ import annotations

import csv
import json
import sqlite3
import sys
import tempfile
import zipfile
from importlib.metadata import version
from pathlib import Path
from urllib.parse import quote

from .canonical import line, of_sqlite, records, sqlite_tables, table, tables, text_table
from .running import each, run

# The types that a column of SQLite is declared to have, where a client does not say them.
_DECLARED = {"boolean": "BOOLEAN", "date": "DATE"}


def sqlite(path: str, folder: str) -> None:
    """The sqlite3 of Python's standard library."""
    line(version=sqlite3.sqlite_version)
    sqlite_tables(path, [name for name, *_ in tables(folder)])


def sqlite_utils(path: str, folder: str) -> None:
    from sqlite_utils import Database

    line(version=version("sqlite-utils"))
    database = Database(path)

    def read(name: str, _csv: str, _types: dict[str, str]) -> None:
        declared = {column.name: column.type for column in database[name].columns}
        rows = ([*map(of_sqlite, row.values(), declared.values())] for row in database[name].rows)
        table(name, declared, rows)

    each(folder, read)


def datasette(path: str, folder: str) -> None:
    """Its JSON, by --get: no server, no port. Days are texts there, and truth values 0 and 1."""
    line(version=version("datasette"))

    def read(name: str, _csv: str, types: dict[str, str]) -> None:
        sql = quote(f"SELECT * FROM {name} ORDER BY rowid")
        asked = f"/{Path(path).stem}.json?_shape=arrays&sql={sql}"
        answer = json.loads(
            run("datasette", path, "--setting", "max_returned_rows", "100000", "--get", asked)
        )
        declared = [_DECLARED.get(types[column], "") for column in answer["columns"]]
        table(name, answer["columns"], ([*map(of_sqlite, row, declared)] for row in answer["rows"]))

    each(folder, read)


def openpyxl(path: str, folder: str) -> None:
    from openpyxl import load_workbook

    line(version=version("openpyxl"))
    book = load_workbook(path)

    def read(name: str, _csv: str, _types: dict[str, str]) -> None:
        columns, *rows = book[name].values
        table(name, columns, rows)

    each(folder, read)


def libreoffice(path: str, folder: str) -> None:
    """The workbook to CSV files, a file for each sheet."""
    line(version=run("soffice", "--version").split()[1])
    with tempfile.TemporaryDirectory() as place:
        run(
            *("soffice", f"-env:UserInstallation=file://{place}/profile", "--headless"),
            # Comma, quotes, UTF-8; as shown on the screen; every sheet, which is the -1.
            *("--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,,,,-1"),
            *("--outdir", place, path),
        )

        def read(name: str, _csv: str, types: dict[str, str]) -> None:
            written = Path(place, f"{Path(path).stem}-{name}.csv")
            with open(written, encoding="utf-8", newline="") as file:
                columns, *rows = csv.reader(file)
            text_table(name, types, columns, rows)

        each(folder, read)


def duckdb(path: str, folder: str) -> None:
    """A file of DuckDB's, or a folder of Parquet."""
    import duckdb

    line(version=version("duckdb"))
    parquet = Path(path).is_dir()
    with duckdb.connect(":memory:" if parquet else path, read_only=not parquet) as connection:

        def read(name: str, _csv: str, _types: dict[str, str]) -> None:
            found = connection.sql(
                f"SELECT * FROM '{path}/{name}.parquet'" if parquet else f'FROM "{name}"'
            )
            table(name, found.columns, found.fetchall())

        each(folder, read)


def pyarrow(path: str, folder: str) -> None:
    from pyarrow import parquet

    line(version=version("pyarrow"))
    each(
        folder,
        lambda name, *_: records(name, parquet.read_table(f"{path}/{name}.parquet").to_pylist()),
    )


def polars(path: str, folder: str) -> None:
    import polars

    line(version=version("polars"))

    def read(name: str, _csv: str, _types: dict[str, str]) -> None:
        found = polars.read_parquet(f"{path}/{name}.parquet")
        table(name, found.columns, found.rows())

    each(folder, read)


def frictionless(path: str, folder: str) -> None:
    """The zip as it is."""
    from frictionless import Package

    line(version=version("frictionless"))
    package = Package(path)
    report = package.validate()
    line(said="validates" if report.valid else f"finds {report.stats['errors']} faults")
    each(
        folder,
        lambda name, *_: records(
            name, [row.to_dict() for row in package.get_table_resource(name).read_rows()]
        ),
    )


def csvw(path: str, folder: str) -> None:
    """The CSVW metadata in the zip, unpacked."""
    from csvw import TableGroup

    line(version=version("csvw"))
    with tempfile.TemporaryDirectory() as place:
        with zipfile.ZipFile(path) as packed:
            packed.extractall(place)
        (described,) = Path(place).rglob("csv-metadata.json")
        there = TableGroup.from_file(described).tabledict
        each(folder, lambda name, *_: records(name, there[f"data/{name}.csv"].iterdicts()))


def rocrate(path: str, folder: str) -> None:
    """The RO-Crate in the zip: it names every file of a table."""
    from rocrate.rocrate import ROCrate

    line(version=version("rocrate"))
    found = {entity.id for entity in ROCrate(path).data_entities}
    every = {f"data/{name}.csv" for name, *_ in tables(folder)} <= found
    line(said="describes every table" if every else "misses tables")


def rdflib(path: str, folder: str) -> None:
    """The JSON-LD: a claim for every figure and every trend."""
    from rdflib import RDF, Graph, Namespace

    line(version=version("rdflib"))
    graph = Graph().parse(path, format="json-ld")
    claims = {*graph.subjects(RDF.type, Namespace("https://schema.org/").Claim)}
    wanted = 0
    for name, file, _ in tables(folder):
        if name in ("figures", "trends"):
            with open(file, encoding="utf-8", newline="") as rows:
                wanted += len([*csv.DictReader(rows)])
    every = len(claims) == wanted
    line(said="reads every claim" if every else f"reads {len(claims)} of {wanted} claims")


if __name__ == "__main__":
    globals()[sys.argv[1].replace("-", "_")](*sys.argv[2:])
