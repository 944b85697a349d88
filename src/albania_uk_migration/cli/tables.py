"""Commands on tables and rows: list, show, describe, get, path."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, TextIO

from ..errors import UnknownNameError
from ..tables.access import describe
from ..tables.files import DESCRIPTOR, path_of
from ..wording import counted
from .output import (
    Shown,
    bold,
    chosen,
    columns_asked,
    condition,
    first_sentence,
    format_of,
    print_answer,
    print_rows,
    print_table,
    reworded,
    say,
    text_of,
    wrapped,
    write_indented,
)

if TYPE_CHECKING:
    import argparse

    from ..tables.cells import Row
    from ..tables.package import Package
    from .commands import Commands


def _listed(package: Package) -> list[Row]:
    return [
        {"table": name, "rows": resource["rows"], "holds": first_sentence(resource["description"])}
        for name, resource in package.resources.items()
    ]


def _list(options: argparse.Namespace, out: TextIO) -> int:
    print_answer(_listed(options.package), ("table", "rows", "holds"), Shown(), options, out)
    return 0


def _show(options: argparse.Namespace, out: TextIO) -> int:
    package: Package = options.package
    from ..answers.derived import rows_of

    columns = list(package.types(options.table))
    rows = chosen(rows_of(package, options.table), columns, options.where)
    print_table(package, options.table, rows, options, out)
    return 0


def _describe(options: argparse.Namespace, out: TextIO) -> int:
    about = describe(options.table)
    required = {
        field["name"]: field.get("constraints", {}).get("required", False)
        for field in options.package.fields(options.table)
    }
    rows: list[Row] = [
        {
            "column": column["name"],
            "type": column["type"],
            "required": required[column["name"]],
            "meaning": column["description"],
            "example": str(column["example"]),
            "values": "; ".join(f"{v}: {m}" for v, m in column.get("values", {}).items()) or None,
        }
        for column in about["columns"]
    ]
    values = {column["name"]: column.get("values", {}) for column in about["columns"]}
    write = functools.partial(_write_column, values)
    key = f"{counted(about['rows'], 'row')}, key {', '.join(about['primary_key'])}"
    heading = [f"{bold(about['name'], out)}: {key}", *wrapped(about["description"]), ""]
    print_answer(rows, list(rows[0]), Shown(write=write, heading=heading), options, out)
    return 0


def _write_column(values: dict[str, dict[str, str]], row: Row, out: TextIO) -> None:
    """Write a column of a table: its name, its meaning, and the meanings of its values."""
    kind = row["type"] + (", required" if row["required"] else "")
    out.write(f"{bold(row['column'], out)}  ({kind})\n")
    example = f" Example: {row['example']}" if row["example"] else ""
    write_indented(row["meaning"] + example, 4, out)
    for value, meaning in values[row["column"]].items():
        write_indented(f"{value}: {meaning}", 6, out)


def _path(options: argparse.Namespace, out: TextIO) -> int:
    asked = options.package.resource(options.table)["path"] if options.table else DESCRIPTOR
    out.write(path_of(asked) + "\n")
    return 0


def _rows_by_identifier(package: Package) -> dict[str, tuple[str, Row]]:
    found: dict[str, tuple[str, Row]] = {}
    for table in package.resources:
        key = package.key(table)
        if len(key) == 1:
            for row in package.rows(table):
                found.setdefault(str(row[key[0]]), (table, row))
    return found


def _get(options: argparse.Namespace, out: TextIO) -> int:
    known = _rows_by_identifier(options.package)
    if options.id not in known:
        raise UnknownNameError("identifier", options.id, known)
    table, row = known[options.id]
    asked = columns_asked(options.columns, row)
    notes = list(reworded(options.package, [row])) or [""]
    if format_of(options.format, out) == "table":
        out.write(f"{options.id} in {table}\n")
        listed: list[Row] = [
            {"column": name, "value": text_of(row[name])}
            for name in asked or row
            if asked or row[name] is not None
        ]
        print_rows(listed, ["column", "value"], "table", out)
        empty = [name for name, cell in row.items() if cell is None]
        notes += [f"Empty columns: {', '.join(empty)}."] if empty and not asked else []
    else:
        print_rows([row], asked or list(row), options.format or "csv", out)
    if table == "figures":
        from ..claims.follow_ups import said_elsewhere

        said = said_elsewhere(options.package).get(row["repeats"] or options.id, ())
        notes += [f"Also said: {text}" for text in said]
    say(notes, options)
    return 0


def register(commands: Commands) -> None:
    """Add the commands of this subject."""
    commands.add("list", _list)
    show = commands.add("show", _show, as_of=True)
    tables = list(commands.package.resources)
    show.add_argument("table", metavar="TABLE", choices=tables, help="figures, actors, ...")
    show.add_argument(
        "--where",
        metavar="COLUMN=VALUE",
        action="append",
        type=condition,
        default=[],
        help="only rows with this value; leave VALUE empty for blank cells; may be repeated",
    )
    describe = commands.add("describe", _describe)
    describe.add_argument("table", metavar="TABLE", choices=tables, help="figures, actors, ...")
    get = commands.add("get", _get)
    get.add_argument(
        "id", metavar="ID", choices=commands.identifiers(), help="F034, S010, home-office, ..."
    )
    path = commands.add("path", _path, ())
    path.add_argument(
        "table",
        metavar="TABLE",
        choices=tables,
        nargs="?",
        help="leave it out for the path of datapackage.json",
    )
