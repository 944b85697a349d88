"""Write tables in a form that other programs open."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

from ..errors import AlbaniaUkMigrationError, UnknownNameError
from ..tables.files import DESCRIPTOR, whole_file
from ..tables.package import shipped
from .archive import write_zip
from .duckdb_files import write_duckdb, write_parquet, write_parquet_folder
from .json_files import write_json, write_json_folder, write_json_lines
from .linked_data import write_json_ld
from .selection import Selection
from .sqlite import write_sqlite
from .workbook import write_xlsx

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ..tables.package import Package

    _Writer = Callable[[Selection, str], None]


def _write_csv(selection: Selection, path: str) -> None:
    """One table as CSV; an apostrophe keeps a spreadsheet from running text as a formula."""
    (table,) = selection.tables
    with open(path, "wb") as file:
        file.write(selection.csv(table, for_spreadsheets=True))


# What writes a file and a folder of each format.
FILES: dict[str, _Writer] = {
    "csv": _write_csv,
    "sqlite": write_sqlite,
    "json": write_json,
    "jsonl": write_json_lines,
    "jsonld": write_json_ld,
    "zip": write_zip,
    "xlsx": write_xlsx,
    "duckdb": write_duckdb,
    "parquet": write_parquet,
}
FOLDERS: dict[str, _Writer] = {"json": write_json_folder, "parquet": write_parquet_folder}
# Other endings of a format than its name.
_ENDINGS = {".db": "sqlite", ".sqlite3": "sqlite", ".ndjson": "jsonl"}
_HINT = (
    f"End the name in {', '.join(f'.{name}' for name in [*FILES][:-1])} or .{[*FILES][-1]}. For a "
    f"folder, add {' or '.join(f'--format {name}' for name in FOLDERS)} (format= in Python)"
)
# Formats with one table, and the table that they have if none is named.
_ONE_TABLE, _FIRST = ("csv", "parquet"), "figures_flat"


def export(
    to: str | os.PathLike[str],
    tables: Sequence[str] | None = None,
    package: Package | None = None,
    format: str | None = None,
    overwrite: bool = False,
) -> None:
    """Write tables to a file or folder that other programs open, whole or not at all.

    The ending of `to` gives the form, or `format`, which is one of these names:

    - `sqlite`: a database with keys, a view `figures_in_context` and full-text search.
    - `csv`: one table, by default the one that the file is named after, or else figures_flat.
    - `json`, `jsonl`: all tables in one object, or a row per line.
    - `jsonld`: claims, the words they rest on, who made them, and documents, as linked data.
    - `zip`: a data package with metadata for CSV on the Web and RO-Crate.
    - `xlsx` (extra `xlsx`): a workbook with a readme, a codebook and a sheet per table.
    - `duckdb`, `parquet` (extra `duckdb`): a database that DuckDB opens from 1.4 on; one table,
      chosen as for CSV.

    With `format="json"` or `"parquet"` and a name without that ending, `to` is a folder with a file
    per table (JSON also has one per identifier). `tables` are names of tables, or one name; by
    default all. `package` is another package of tables. `overwrite` replaces what an earlier export
    wrote.
    Values, missing cells and order are those of `records`; numbers with decimals become floating
    point except in CSV. Raises UnknownNameError for a form or table that does not exist,
    MissingExtraError without the library of an extra, AlbaniaUkMigrationError if `to` exists or
    cannot be written.

    >>> import os, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     export(f"{folder}/tables.sqlite")
    ...     print(os.listdir(folder))
    ['tables.sqlite']
    """
    written_to(to, tables, package or shipped(), format, overwrite)


def written_to(
    to: str | os.PathLike[str],
    tables: Sequence[str] | None,
    package: Package,
    format: str | None,
    overwrite: bool,
) -> list[str]:
    """Write an export, and say which tables it has; see export."""
    if isinstance(tables, str):
        tables = [tables]
    path = os.fspath(to)
    ending = os.path.splitext(path)[1].lower()
    known = _ENDINGS.get(ending, ending.removeprefix("."))
    named = format or known
    if named not in FILES:
        raise UnknownNameError("format", named or path, FILES, _HINT)
    is_folder = named in FOLDERS and known != named
    write = FOLDERS[named] if is_folder else FILES[named]
    selection = Selection(package, tables)
    if not selection.tables:
        raise AlbaniaUkMigrationError("No table is named. Name one, or leave them out for all.")
    if named in _ONE_TABLE and not is_folder:
        selection = _one(selection, tables, path)
    _check_place(path, is_folder, overwrite, selection)
    try:
        with whole_file(path, ending) as made:
            write(selection, made)
    except UnicodeEncodeError as error:
        found = ascii(error.object[error.start : error.end])
        raise AlbaniaUkMigrationError(
            f"Cannot write {path}: {found} in a cell is not a character that a file can have."
        ) from None
    return selection.tables


def _one(selection: Selection, tables: Sequence[str] | None, path: str) -> Selection:
    """The selection of the one table that a file can have; its name may say which."""
    name = os.path.splitext(os.path.basename(path))[0]
    if tables is None:
        return Selection(selection.package, [name if name in selection.tables else _FIRST])
    if len(selection.tables) != 1:
        raise AlbaniaUkMigrationError(
            f"{path} has room for one table, not {len(selection.tables)}. Name one table, or end "
            "the name in .sqlite, .xlsx or .zip."
        )
    return selection


def _check_place(path: str, folder: bool, overwrite: bool, selection: Selection) -> None:
    """Refuse to replace what is not ours, or what the caller did not say to replace."""
    if not os.path.lexists(path) or (folder and os.path.isdir(path) and _is_empty(path)):
        return
    if os.path.isdir(path) != folder:
        kind, wanted = ("a folder", "file") if os.path.isdir(path) else ("a file", "folder")
        raise AlbaniaUkMigrationError(f"{path} is {kind}. Give the name of a new {wanted}.")
    if folder and not _is_ours(path, selection):
        raise AlbaniaUkMigrationError(
            f"{path} has files that we did not write. Give an empty or a new folder."
        )
    if not overwrite:
        raise AlbaniaUkMigrationError(
            f"{path} already exists. To replace it, add --overwrite (overwrite=True in Python)."
        )


def _is_empty(path: str) -> bool:
    """Whether a folder has nothing, as far as we may look."""
    try:
        return not os.listdir(path)
    except OSError as error:
        raise AlbaniaUkMigrationError(f"Cannot write {path}: {error.strerror}.") from None


def _is_ours(path: str, selection: Selection) -> bool:
    """Whether a folder has an earlier export of this package and nothing else."""
    try:
        with open(os.path.join(path, DESCRIPTOR), "rb") as file:
            about = json.load(file)
        names = {resource["name"] for resource in about["resources"]}
        ours = about["name"] == selection.package.descriptor["name"]
        entries = {*os.listdir(path)} - {DESCRIPTOR}
        rows = [entry for name in names & entries for entry in os.listdir(os.path.join(path, name))]
    except (OSError, ValueError, LookupError, TypeError, RecursionError):
        return False
    files = {f"{name}.{ending}" for name in names for ending in FOLDERS}
    return ours and entries <= names | files and all(row.endswith(".json") for row in rows)
