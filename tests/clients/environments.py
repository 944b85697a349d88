"""Make the environments in which the programs of others open the package: for tests marked clients.

Each client of Python has a virtual environment of its own, since what they ask for clashes; those
of npm share a folder; LibreOffice and R come from Debian. Makes what is missing, with the versions
below, and says why where one cannot be had. scripts/clients.py does this first; by hand it is

    uv run python tests/clients/environments.py

They lie in build/clients, or where CLIENTS_FOLDER says.
"""

from __future__ import annotations

import functools
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
FOLDER = Path(os.environ.get("CLIENTS_FOLDER", ROOT / "build" / "clients"))

# A virtual environment: the packages in it, the client first. A client that still asks for
# pkg_resources needs setuptools of before 2025.
PYTHON = {
    "frictionless": ("frictionless[sql]==5.21.0",),
    "datapackage": ("datapackage==1.15.4", "setuptools<81"),
    "dplib": ("dplib-py==1.1.0",),
    "csvw": ("csvw==4.1.1",),
    "csvkit": ("csvkit==2.2.0",),
    "visidata": ("visidata==3.4",),
    "duckdb": ("duckdb==2.0.1",),
    "duckdb14": ("duckdb==1.4.5",),
    # The command line, for the recipes.
    "duckdb-cli": ("duckdb-cli==1.5.6",),
    "polars": ("polars==2.1.0",),
    "pyarrow": ("pyarrow==26.0.1",),
    "sqlite-utils": ("sqlite-utils==4.2.1",),
    "datasette": ("datasette==0.65.5", "setuptools<81"),
    "openpyxl": ("openpyxl==3.1.5",),
    "mlcroissant": ("mlcroissant==1.1.1",),
    "cffconvert": ("cffconvert==2.0.0", "setuptools<81"),
    "rdflib": ("rdflib==7.6.0",),
    "rocrate": ("rocrate==0.16.0",),
    "datasets": ("datasets==5.2.0",),
}
NPM = (
    "datapackage@1.1.10",
    "tableschema@1.12.6",
    "d3-dsv@3.0.2",
    "hyparquet@1.33.0",
    "pyodide@314.0.7",
)
# A command of Debian's, and the packages that bring it.
DEBIAN = {
    "soffice": ("libreoffice-calc",),
    "Rscript": ("r-base-core", "r-cran-readr", "r-cran-rsqlite", "r-cran-jsonlite"),
    # `frictionless query` calls it.
    "sqlite3": ("sqlite3",),
    "npm": ("npm",),
    "curl": ("curl",),
    "jq": ("jq",),
}


def python_of(client: str) -> Path:
    """The Python of a client's environment."""
    return FOLDER / client / "bin" / "python"


def _run(*command: str | Path) -> str:
    """Nothing if a command succeeds, else the last line that says why not."""
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode == 0:
        return ""
    said = (done.stderr or done.stdout).strip().splitlines()
    return said[-1] if said else f"{command[0]} ended with {done.returncode}"


def why_absent(environment: str) -> str:
    """Why an environment cannot be had; nothing where it can."""
    record = FOLDER / f"{environment}.json"
    if not record.is_file():
        return f"{environment} is not made: uv run python tests/clients/environments.py"
    return str(json.loads(record.read_text(encoding="utf-8"))["failed"])


def _make_python(client: str) -> str:
    uv = shutil.which("uv")
    if uv is None:
        return "no uv: pip install uv"
    python = python_of(client)
    # --no-config: the constraints in pyproject.toml pin what we develop with, not the clients.
    return _run(uv, "venv", "-q", "--clear", "--python", sys.executable, FOLDER / client) or _run(
        uv, "pip", "install", "-q", "--no-config", "--python", python, *PYTHON[client]
    )


def _make_npm() -> str:
    if shutil.which("npm") is None:
        return "no npm"
    options = ("--silent", "--no-save", "--ignore-scripts", "--prefix", FOLDER / "npm")
    return _run("npm", "install", *options, *NPM)


def _make_debian() -> str:
    missing = [
        name for program, names in DEBIAN.items() if not shutil.which(program) for name in names
    ]
    if not missing:
        return ""
    if shutil.which("apt-get") is None:
        return f"no apt-get: install by hand what brings {', '.join(DEBIAN)}"
    as_root = [] if os.geteuid() == 0 else ["sudo"]
    return _run(*as_root, "apt-get", "update", "-q") or _run(
        *as_root, "apt-get", "install", "-q", "-y", "--no-install-recommends", *missing
    )


def make() -> None:
    """Make what is missing; keep the reason where something could not be made, and print it."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    # Debian's come first, since npm is one of them.
    makers: dict[str, Callable[[], str]] = {"debian": _make_debian, "npm": _make_npm}
    makers |= {client: functools.partial(_make_python, client) for client in PYTHON}
    for name, maker in makers.items():
        record = FOLDER / f"{name}.json"
        state = {"packages": PYTHON.get(name, NPM), "python": sys.version, "failed": ""}
        if name != "debian" and record.is_file() and record.read_text("utf-8") == json.dumps(state):
            continue
        state["failed"] = maker()
        record.write_text(json.dumps(state), encoding="utf-8")
        print(f"{name}: {state['failed'] or 'there'}", flush=True)


if __name__ == "__main__":
    make()
