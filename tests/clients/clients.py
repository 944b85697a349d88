"""The clients: what each opens, in which environment, by which program, and what is off.

A table that a client is known not to read is listed with the reason, and the test fails as soon as
it does read it. Who adds a client adds its environment in environments.py and its program in
programs/.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, eq=False)
class Client:
    """A program or library of others that opens our files."""

    name: str
    # In environments.py: a name in PYTHON, or "npm", or "debian".
    environment: str
    # What runs, but for the path that is opened: see `reading.command`.
    program: tuple[str, ...]
    # What it opens, in words.
    opens: str
    # It gives cells; or counts rows; or reads the description only.
    gives: str = "cells"
    # What it says of the whole.
    says: str = ""
    # Tables that it does not read as we do, with the reason.
    fails: Mapping[str, str] = field(default_factory=dict)
    # What is off, and whose fault, in a line.
    off: str = ""


_DESCRIPTION = "datapackage.json"
_TYPED = "CSV files, types given"
_TEXT = "CSV files, as text"
_PYTHON, _NODE = "open_package", "open_package.mjs"

CLIENTS = (
    Client(
        "frictionless", "frictionless", (_PYTHON, "frictionless"), _DESCRIPTION, says="validates"
    ),
    Client(
        "frictionless query",
        "frictionless",
        (_PYTHON, "frictionless_query"),
        _DESCRIPTION,
        gives="counts",
    ),
    Client(
        "frictionless index",
        "frictionless",
        (_PYTHON, "frictionless_index"),
        _DESCRIPTION,
    ),
    Client(
        "datapackage (Python)",
        "datapackage",
        (_PYTHON, "datapackage"),
        _DESCRIPTION,
        says="validates",
    ),
    Client("datapackage (npm)", "npm", (_NODE, "datapackage"), _DESCRIPTION, says="validates"),
    Client(
        "tableschema (npm)",
        "npm",
        (_NODE, "tableschema"),
        "CSV files and their Table Schemas",
    ),
    Client(
        "dplib-py",
        "dplib",
        (_PYTHON, "dplib"),
        _DESCRIPTION,
        gives="description",
        says="describes every table",
        off="Its `check_package` asks the network for a profile, though it has a copy: its fault.",
    ),
    Client("csvw", "csvw", (_PYTHON, "csvw"), _DESCRIPTION),
    Client(
        "mlcroissant",
        "mlcroissant",
        (_PYTHON, "mlcroissant"),
        "`metadata croissant` and the CSV files",
        says="validates",
        fails={"figures": "base_period is read as a number"},
        off="It lets pandas guess types before it applies ours, so that `base_period` 2019 becomes "
        "the text 2019.0: its fault.",
    ),
    Client("csvkit", "csvkit", (_PYTHON, "csvkit"), _TEXT),
    Client("VisiData", "visidata", (_PYTHON, "visidata"), _TEXT),
    Client("DuckDB", "duckdb", (_PYTHON, "duckdb"), _TYPED),
    Client("DuckDB 1.4", "duckdb14", (_PYTHON, "duckdb"), _TYPED),
    Client("polars", "polars", (_PYTHON, "polars"), _TYPED),
    Client("pyarrow", "pyarrow", (_PYTHON, "pyarrow"), _TYPED),
    Client("readr (R)", "debian", ("open_package.R",), _TYPED),
    Client("d3-dsv", "npm", (_NODE, "d3-dsv"), _TEXT),
    Client(
        "LibreOffice",
        "debian",
        (_PYTHON, "libreoffice"),
        _TEXT,
        off='Tell it UTF-8 and "Format quoted field as text". Otherwise it garbles accents and '
        "turns the text 140,000 into a number: its fault.",
    ),
    Client("Pyodide", "npm", (_NODE, "pyodide"), "our own Python code, without pandas"),
    Client(
        "cffconvert",
        "cffconvert",
        (_PYTHON, "cffconvert"),
        "CITATION.cff",
        gives="description",
        says="validates",
    ),
    Client(
        "rdflib",
        "rdflib",
        (_PYTHON, "rdflib"),
        "`metadata schema.org`",
        gives="description",
        says="describes every table",
    ),
)
