"""Commands on tables and rows: list, show, describe, get, path; what is inside."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from ..errors import UnknownNameError
from ..tables.access import describe
from ..tables.files import DESCRIPTOR, path_of
from ..wording import wrap
from .output import (
    PROGRAM,
    bold,
    chosen,
    condition,
    counted,
    first_sentence,
    format_of,
    note,
    print_rows,
    print_table,
    terminal_width,
    text_of,
    warn_if_reworded,
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


def overview(options: argparse.Namespace, out: TextIO) -> int:
    """What is inside, and how to begin."""
    package: Package = options.package
    descriptor = package.descriptor
    out.write(f"{bold(descriptor['title'], out)}\nversion {descriptor['version']}\n\n")
    print_rows(_listed(package), ["table", "rows", "holds"], "table", out)
    width = max(len(line) for line, _ in _STARTS) + len(PROGRAM) + 3
    out.write("\n")
    for line, meaning in _STARTS:
        out.write(f"{PROGRAM} {line}".ljust(width) + f"{meaning}\n")
    return 0


_STARTS = (
    ("returns", "returns of Albanians by year"),
    ("timeline", "what was said and done, by date"),
    ("figures --measure returns", "figures by measure, claimant, period, ..."),
    ("show TABLE", "a table"),
    ("describe TABLE", "what its columns mean"),
    ("get ID", "one row, whole (F011, S010, home-office, ...)"),
    ("evidence ID", "the words behind it"),
    ("compare ID ID", "may two figures be compared"),
    ("check-claims", "what official statistics say of the figures"),
    ("official returns", "what offices published"),
    ("disagreements", "what contradicts, strains, or depends on the reading"),
    ("implied MEASURE ...", "what all figures together imply"),
    ("verify", "prove the tables against the documents"),
    ("cite ID", "how to cite a row, a table, or the release"),
    ("validate FILE --table T", "check a table of your own"),
    ("draft FILE", "rows for a new document"),
    ("--help", "all commands"),
)


def _list(options: argparse.Namespace, out: TextIO) -> int:
    rows = _listed(options.package)
    print_rows(rows, ["table", "rows", "holds"], format_of(options.format, out), out)
    return 0


def _show(options: argparse.Namespace, out: TextIO) -> int:
    package: Package = options.package
    columns = list(package.types(options.table))
    rows = chosen(package.rows(options.table), columns, options.where)
    asked = [name.strip() for name in options.columns.split(",")] if options.columns else None
    for name in asked or ():
        if name not in columns:
            raise UnknownNameError("column", name, columns)
    print_table(package, options.table, rows, asked, options, out)
    warn_if_reworded(package, rows if options.table != "documents" else [])
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
    form = format_of(options.format, out)
    if form != "table":
        print_rows(rows, list(rows[0]), form, out)
        return 0
    out.write(f"{bold(about['name'], out)}: {counted(about['rows'], 'row')}, ")
    out.write(f"key {', '.join(about['primary_key'])}\n")
    out.writelines(f"{line}\n" for line in wrap(about["description"], terminal_width()))
    for row, column in zip(rows, about["columns"], strict=True):
        kind = row["type"] + (", required" if row["required"] else "")
        out.write(f"\n{bold(row['column'], out)}  ({kind})\n")
        example = f" Example: {row['example']}" if row["example"] else ""
        write_indented(row["meaning"] + example, 4, out)
        for value, meaning in column.get("values", {}).items():
            write_indented(f"{value}: {meaning}", 6, out)
    return 0


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
    form = format_of(options.format, out)
    known = _rows_by_identifier(options.package)
    if options.id not in known:
        raise UnknownNameError("identifier", options.id, known)
    table, row = known[options.id]
    warn_if_reworded(options.package, [row])
    if form != "table":
        print_rows([row], list(row), form, out)
        return 0
    out.write(f"{options.id} in {table}\n")
    listed: list[Row] = [
        {"column": name, "value": text_of(cell)} for name, cell in row.items() if cell is not None
    ]
    print_rows(listed, ["column", "value"], "table", out)
    empty = [name for name, cell in row.items() if cell is None]
    if empty:
        note("")
        note(f"empty: {', '.join(empty)}")
    if table == "figures":
        from ..claims.follow_ups import said_elsewhere

        for text in said_elsewhere(options.package).get(row["repeats"] or options.id, ()):
            note("")
            note(f"Also said: {text}")
    return 0


def register(commands: Commands) -> None:
    """Add the commands of this subject."""
    commands.add("list", _list, "The tables.")
    show = commands.add("show", _show, "A table, whole or in part.", as_of=True)
    tables = list(commands.package.resources)
    show.add_argument("table", metavar="TABLE", choices=tables)
    show.add_argument(
        "--where",
        metavar="COLUMN=VALUE",
        action="append",
        type=condition,
        default=[],
        help="rows with this cell; repeatable (an empty VALUE: rows without one)",
    )
    show.add_argument("--columns", metavar="A,B,...", help="these columns only, in this order")
    describe = commands.add("describe", _describe, "What the columns of a table mean.")
    describe.add_argument("table", metavar="TABLE", choices=tables)
    get = commands.add("get", _get, "One row, by its identifier.")
    get.add_argument("id", metavar="ID", choices=commands.identifiers())
    path = commands.add("path", _path, "Where the file of a table, or datapackage.json, lies.", ())
    path.add_argument("table", metavar="TABLE", choices=tables, nargs="?")
