"""The clients: what each opens, in which environment, by which program, and what is off.

A table that a client is known not to read is listed with the reason, and the test fails as soon as
it does read it. Who adds a client adds its environment in environments.py and its program in
programs/.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, eq=False)
class Client:
    """A program or library of others that opens our files."""

    name: str
    # In environments.py: a name in PYTHON, or "npm", or "debian".
    environment: str
    # What runs in it, before the path: a program in programs/, and a word that it knows.
    program: tuple[str, ...]
    # What it opens, in words.
    opens: str
    # What `export` writes for it: the name, and the format if it is a folder.
    export: tuple[str, ...] = ()
    # It gives cells; or counts rows; or reads the description only.
    gives: str = "cells"
    # What it says of the whole.
    says: str = ""
    # Tables that it does not read as we do, with the reason.
    fails: Mapping[str, str] = field(default_factory=dict)
    # What is off, and whose fault, in a line.
    off: str = ""

    @property
    def key(self) -> str:
        """A name for files and tests."""
        return re.sub(r"\W+", "-", f"{self.name} {self.opens}").strip("-").lower()


_VALID = "validates"
_EVERY = "describes every table"
_PACKAGE = "datapackage.json"
_TYPED = "CSV files, types given"
_TEXT = "CSV files, as text"
_PY, _MJS, _R = "open_package.py", "open_package.mjs", "open_package.R"

# The package as it is.
_OF_PACKAGE = (
    Client("frictionless", "frictionless", (_PY, "frictionless"), _PACKAGE, says=_VALID),
    Client(
        "frictionless",
        "frictionless",
        (_PY, "frictionless_query"),
        f"{_PACKAGE}, by `query`",
        gives="counts",
    ),
    Client("frictionless", "frictionless", (_PY, "frictionless_index"), f"{_PACKAGE}, by `index`"),
    Client("datapackage (PyPI)", "datapackage", (_PY, "datapackage"), _PACKAGE, says=_VALID),
    Client("datapackage (npm)", "npm", (_MJS, "datapackage"), _PACKAGE, says=_VALID),
    Client("tableschema (npm)", "npm", (_MJS, "tableschema"), "CSV files and their Table Schemas"),
    Client("csvw", "csvw", (_PY, "csvw"), _PACKAGE),
    Client(
        "dplib-py",
        "dplib",
        (_PY, "dplib"),
        _PACKAGE,
        gives="description",
        says=_EVERY,
        off="Its `check_package` asks the network for a profile, though it has a copy: its fault.",
    ),
    Client(
        "mlcroissant",
        "mlcroissant",
        (_PY, "mlcroissant"),
        "`metadata croissant` and the CSV files",
        says=_VALID,
        fails={"figures": "base_period is read as a number"},
        off="It lets pandas guess types before it applies ours, so that `base_period` 2019 becomes "
        "the text 2019.0: its fault.",
    ),
    Client("csvkit", "csvkit", (_PY, "csvkit"), _TEXT),
    Client("VisiData", "visidata", (_PY, "visidata"), _TEXT),
    Client("d3-dsv", "npm", (_MJS, "d3-dsv"), _TEXT),
    Client(
        "LibreOffice",
        "debian",
        (_PY, "libreoffice"),
        _TEXT,
        off='Choose UTF-8 and "Format quoted field as text" when it asks. Otherwise it garbles '
        "accents and turns the text 140,000 into a number: its fault.",
    ),
    Client("DuckDB", "duckdb", (_PY, "duckdb"), _TYPED),
    Client("DuckDB 1.4", "duckdb14", (_PY, "duckdb"), _TYPED),
    Client("polars", "polars", (_PY, "polars"), _TYPED),
    Client("pyarrow", "pyarrow", (_PY, "pyarrow"), _TYPED),
    Client("readr (R)", "debian", (_R,), _TYPED),
    Client("Pyodide", "npm", (_MJS, "pyodide"), "our Python code, without pandas"),
    Client(
        "cffconvert",
        "cffconvert",
        (_PY, "cffconvert"),
        "CITATION.cff",
        gives="description",
        says=_VALID,
    ),
    Client(
        "rdflib",
        "rdflib",
        (_PY, "rdflib"),
        "`metadata schema.org`",
        gives="description",
        says=_EVERY,
    ),
)


_NO_DATES = "JSON has no dates: they are text."
_AS_STORED = "SQLite has no dates or truth values: they are text, and 0 or 1"
_DECLARED = f"{_AS_STORED}. The declared type of the column says which."
_EXTENDED = f"{_AS_STORED}. `extended_types = TRUE` makes dates of text."


def _of(file: str, name: str, environment: str, *program: str, **more: Any) -> Client:
    """A client of a file that `export` writes, called tables, by its ending."""
    return Client(name, environment, program, f"`{file}`", (f"tables{file}",), **more)


def _of_folder(form: str, name: str, environment: str, *program: str, **more: Any) -> Client:
    """A client of a folder that `export` writes, by its format."""
    export = (form, form.lower())
    return Client(name, environment, program, f"a folder of {form}", export, **more)


_EXPORT, _EXPORT_MJS, _EXPORT_R = "open_export.py", "open_export.mjs", "open_export.R"

# What `export` writes.
_OF_EXPORTS = (
    _of(".sqlite", "sqlite3 (Python)", "debian", _EXPORT, "sqlite", off=_DECLARED),
    _of(".sqlite", "sqlite-utils", "sqlite-utils", _EXPORT, "sqlite_utils", off=_DECLARED),
    _of(".sqlite", "Datasette", "datasette", _EXPORT, "datasette", off=_DECLARED),
    _of(".sqlite", "RSQLite (R)", "debian", _EXPORT_R, off=_EXTENDED),
    _of(".xlsx", "openpyxl", "openpyxl", _EXPORT, "openpyxl"),
    _of(".xlsx", "LibreOffice", "debian", _EXPORT, "libreoffice"),
    _of(".duckdb", "DuckDB", "duckdb", _EXPORT, "duckdb"),
    _of(".duckdb", "DuckDB 1.4", "duckdb14", _EXPORT, "duckdb"),
    _of_folder("Parquet", "DuckDB", "duckdb", _EXPORT, "duckdb"),
    _of_folder("Parquet", "DuckDB 1.4", "duckdb14", _EXPORT, "duckdb"),
    _of_folder("Parquet", "polars", "polars", _EXPORT, "polars"),
    _of_folder("Parquet", "pyarrow", "pyarrow", _EXPORT, "pyarrow"),
    _of_folder("Parquet", "hyparquet", "npm", _EXPORT_MJS, "hyparquet"),
    _of(".json", "Node", "debian", _EXPORT_MJS, "json", off=_NO_DATES),
    _of(".jsonl", "Node", "debian", _EXPORT_MJS, "jsonl", off=_NO_DATES),
    _of_folder("JSON", "Node", "debian", _EXPORT_MJS, "json-folder", off=_NO_DATES),
    _of(
        ".jsonld",
        "rdflib",
        "rdflib",
        _EXPORT,
        "rdflib",
        gives="description",
        says="reads every claim",
    ),
    _of(".zip", "frictionless", "frictionless", _EXPORT, "frictionless", says=_VALID),
    _of(".zip", "csvw", "csvw", _EXPORT, "csvw"),
    _of(
        ".zip",
        "RO-Crate's reader",
        "rocrate",
        _EXPORT,
        "rocrate",
        gives="description",
        says=_EVERY,
        off="Its validator, roc-validator, needs the network, so we do not run it.",
    ),
)
CLIENTS = (*_OF_PACKAGE, *_OF_EXPORTS)
