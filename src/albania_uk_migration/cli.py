"""The command line: tables, series, rows, evidence, verification, validation.

Data go to standard output, messages to standard error. Exit status: 0 good, 1 a check
failed or a file is at fault, 2 wrong usage, 3 an unknown name.
"""

from __future__ import annotations

import argparse
import io
import os
import sys
from typing import TYPE_CHECKING, NoReturn, TextIO, cast

from . import __version__
from .errors import (
    FAULT_COLUMNS,
    AlbaniaUkMigrationError,
    ComparisonError,
    EdtfError,
    UnknownNameError,
)
from .errors import ValidationError as _ValidationError
from .printing import (
    FORMATS,
    MARKS,
    bold,
    format_of,
    marked,
    note,
    print_rows,
    printable,
    terminal_width,
    text_of,
    wrap,
)
from .tables.access import describe, records, table_names
from .tables.files import path_of
from .tables.package import Viewing, package
from .wording import REWORDED

if TYPE_CHECKING:
    import datetime
    from collections.abc import Callable, Iterable, Sequence

    from .official.home_office import HomeOffice
    from .tables.cells import Row
    from .tables.noted_rows import Series

PROGRAM = "albania-uk-migration"


# ---------------------------------------------------------------- tables


def _first_sentence(text: str) -> str:
    return text.partition(". ")[0].rstrip(".") + "."


def _listed() -> list[Row]:
    return [
        {"table": name, "rows": resource["rows"], "holds": _first_sentence(resource["description"])}
        for name, resource in package().resources.items()
    ]


def _overview(options: argparse.Namespace, out: TextIO) -> int:
    descriptor = package().descriptor
    out.write(f"{bold(descriptor['title'], out)}\nversion {descriptor['version']}\n\n")
    print_rows(_listed(), ["table", "rows", "holds"], "table", out)
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
    print_rows(_listed(), ["table", "rows", "holds"], format_of(options.format, out), out)
    return 0


def _chosen(rows: list[Row], columns: list[str], conditions: Iterable[str]) -> list[Row]:
    """Rows that meet conditions COLUMN=VALUE; of several on one column any will do."""
    wanted: dict[str, list[str]] = {}
    for condition in conditions:
        column, _, value = condition.partition("=")
        if column not in columns:
            raise UnknownNameError("column", column, columns)
        values = sorted({text_of(row[column]) for row in rows})
        if value not in values and value:
            raise UnknownNameError(column, value, values)
        wanted.setdefault(column, []).append(value)
    return [row for row in rows if all(text_of(row[c]) in wanted[c] for c in wanted)]


def _show(options: argparse.Namespace, out: TextIO) -> int:
    columns = [field["name"] for field in package().fields(options.table)]
    rows = _chosen(records(options.table), columns, options.where)
    asked = [name.strip() for name in options.columns.split(",")] if options.columns else None
    for name in asked or ():
        if name not in columns:
            raise UnknownNameError("column", name, columns)
    _print_some(rows, asked or columns, options, out, None if asked else options.table)
    _warn_if_reworded(rows if options.table != "documents" else [])
    return 0


def _print_some(
    rows: list[Row], columns: list[str], options: argparse.Namespace, out: TextIO, table: str | None
) -> None:
    """Rows of a table; on a terminal the columns of its summary alone, and how to have the rest."""
    form = format_of(options.format, out)
    shown = columns
    if form == "table" and table:
        shown = package().resource(table).get("summary") or columns
    print_rows(rows, shown, form, out)
    if form != "table":
        return
    hidden = len(columns) - len(shown)
    more = f"; {_count(hidden, 'more column')} with --format csv, all of a row with get ID"
    note("")
    note(f"{_count(len(rows), 'row')}{more if hidden else ''}.")


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}{'' if number == 1 else 's'}"


def _describe(options: argparse.Namespace, out: TextIO) -> int:
    about = describe(options.table)
    required = {
        field["name"]: field.get("constraints", {}).get("required", False)
        for field in package().fields(options.table)
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
    out.write(f"{bold(about['name'], out)}: {_count(about['rows'], 'row')}, ")
    out.write(f"key {', '.join(about['primary_key'])}\n")
    out.writelines(f"{line}\n" for line in wrap(about["description"], terminal_width()))
    for row, column in zip(rows, about["columns"], strict=True):
        kind = row["type"] + (", required" if row["required"] else "")
        out.write(f"\n{bold(row['column'], out)}  ({kind})\n")
        example = f" Example: {row['example']}" if row["example"] else ""
        _write_indented(row["meaning"] + example, 4, out)
        for value, meaning in column.get("values", {}).items():
            _write_indented(f"{value}: {meaning}", 6, out)
    return 0


def _write_indented(text: str, indent: int, out: TextIO) -> None:
    for line in wrap(text, terminal_width() - indent - 2):
        out.write(" " * indent + line + "\n")


def _path(options: argparse.Namespace, out: TextIO) -> int:
    asked = package().resource(options.table)["path"] if options.table else "datapackage.json"
    out.write(path_of(asked) + "\n")
    return 0


# ---------------------------------------------------------------- series


def _print_series(
    series: Series, shown: list[str], options: argparse.Namespace, out: TextIO
) -> int:
    """The rows of a series on standard output; what must be known of them on standard error."""
    form = format_of(options.format, out)
    print_rows(series.rows, shown if form == "table" else list(series.types), form, out)
    note("")
    note(series.told())
    for row in series.rows:
        if row.get("complete") is False and row.get("months"):
            note(f"{row['year']} is {row['months']} only.")
    if series.left_out:
        note("Left out:")
    for item in series.left_out:
        note(f"  {_told_left_out(item)}.")
    return 0


def _told_left_out(item: dict[str, str]) -> str:
    """A figure, an event or an official value that is not in a series, and why."""
    if "release_id" in item:
        return f"{item['year']}: {item['exact']} in {item['release_id']}: {item['why']}"
    words = f' "{item["exact"]}"' if "exact" in item else ""
    identifier = item.get("figure_id") or item["event_id"]
    return f"{identifier}{words} ({item['claimant_id']}): {item['why']}"


def _returns(options: argparse.Namespace, out: TextIO) -> int:
    from .series.returns import returns_from

    shown = ["year", "months", "enforced", "voluntary", "total", "figure_ids"]
    if options.source != "documents":
        shown[-1:] = ["port", "release_id", *(["figure_ids"] if options.source == "both" else [])]
        shown[:0] = ["source"] if options.source == "both" else []
        shown.remove("months")
    series = returns_from(options.source, options.vintage or "latest")
    table = format_of(options.format, out) == "table"
    if table:
        told = [_hedged(row) for row in series.rows]
        shown = ["release" if name == "release_id" else name for name in shown]
        for row in told if "release" in shown else ():
            row["release"] = _marked_release(row)
        status = _print_series(series._replace(rows=told), shown, options, out)
        _tell_rechecked(series.rows)
        return status
    return _print_series(series, shown, options, out)


def _hedged(row: Row) -> Row:
    """A year of returns for a terminal: a count that is only a bound says so."""
    told = dict(row)
    for part in ("enforced", "voluntary", "total"):
        value, lower, upper = row[part], row[f"{part}_lower"], row[f"{part}_upper"]
        if value is None or lower == value == upper:
            continue
        hedge = "about" if lower is None and upper is None else "lower bound"
        told[part] = f"{'upper bound' if upper is not None else hedge} {text_of(value)}"
    return told


def _arrivals(options: argparse.Namespace, out: TextIO) -> int:
    from .series.stated import arrivals_series

    shown = ["year", "population", "exact", "period", "complete", "claimant_id", "figure_ids"]
    return _print_series(arrivals_series(records("figures")), shown, options, out)


def _changes(options: argparse.Namespace, out: TextIO) -> int:
    from .series.stated import changes_series

    series = changes_series(records("figures"))
    if format_of(options.format, out) == "table":
        told = [
            {
                **row,
                "exact": f"{row['exact']} {row['direction'] if row['unit'] == 'percent' else ''}",
            }
            for row in series.rows
        ]
        series = series._replace(rows=told)
    shown = ["of", "population", "exact", "period", "base_period", "claimant_id", "figure_ids"]
    return _print_series(series, shown, options, out)


def _funding(options: argparse.Namespace, out: TextIO) -> int:
    from .series.stated import funding_series

    shown = ["agreement", "exact", "status", "providers", "recipients", "figure_ids"]
    return _print_series(funding_series(records("figures")), shown, options, out)


# How a row of the timeline that is no event begins on a terminal.
_KINDS = {"statement": "says", "document": "published"}


def _timeline(options: argparse.Namespace, out: TextIO) -> int:
    from .series.timeline import timeline_series

    series = timeline_series()
    if options.kind:
        rows = _chosen(series.rows, ["kind"], [f"kind={kind}" for kind in options.kind])
        left_out = series.left_out if "event" in options.kind else []
        series = series._replace(rows=rows, left_out=left_out)
    if format_of(options.format, out) == "table":
        told = [
            {**row, "what": f"{_KINDS.get(row['kind'], row['event'])}: {row['what']}"}
            for row in series.rows
        ]
        series = series._replace(rows=told)
    return _print_series(series, ["date", "id", "status", "what", "actor_id"], options, out)


def _figures(options: argparse.Namespace, out: TextIO) -> int:
    from .series.lookup import CHOICES, about_series

    chosen = {name: getattr(options, name) for name in CHOICES}
    series = about_series(options.period, **chosen)
    _print_some(series.rows, list(series.types), options, out, "figures")
    note(series.told())
    return 0


# ---------------------------------------------------------------- official statistics


def _official(options: argparse.Namespace, out: TextIO) -> int:
    from .official.series import vintage_series

    if options.unlisted_as_zero and not options.workbook:
        options.usage("--unlisted-as-zero goes with --workbook FILE")
    if options.plot and not options.period:
        options.usage("--plot draws one period over its vintages; say which: --period 2022")
    if options.period and (options.workbook or options.vintage or options.freq):
        options.usage(
            "--period shows one period in every vintage; leave out --vintage, --freq, --workbook"
        )
    about = (options.series, options.population or "albanian", options.area or "GBR")
    if options.period:
        series = vintage_series(options.period, *about)
    else:
        series = _official_series(options, about)
    if options.plot:
        from .official.plot import plot_vintages, save

        save(plot_vintages(options.series, options.period, *about[1:]), options.plot)
        note(f"{options.plot}: written.")
    shown, rows = list(series.types), series.rows
    if format_of(options.format, out) == "table":
        series, shown = _official_told(series)
        status = _print_series(series, shown, options, out)
        _tell_rechecked(rows)
        return status
    return _print_series(series, shown, options, out)


def _marked_release(row: Row) -> str | None:
    """The release of a row, with a mark where a value is to be rechecked."""
    mark = " *" if row.get("recheck") else ""
    return f"{row['release_id']}{mark}" if row.get("release_id") else None


def _tell_rechecked(rows: Iterable[Row]) -> None:
    """Why marked rows are to be rechecked, once a release and reason."""
    reasons: dict[tuple[str, str], list[str]] = {}
    for row in rows:
        if not row.get("recheck"):
            continue
        when = text_of(row["year"]) if "year" in row else ""
        when += f" Q{row['quarter']}" if row.get("quarter") else ""
        why = "; ".join(filter(None, (row["recheck"], row.get("note"))))
        reasons.setdefault((row["release_id"], why), []).append(when)
    for (release, reason), periods in reasons.items():
        which = ", ".join(filter(None, periods))
        note(f"* {which}{' in ' if which else ''}{release}: to be rechecked: {reason}.")


# Columns of an official series as a terminal has them.
_SHORT = {"enforced_returns": "enforced", "voluntary_returns": "voluntary", "port_returns": "port"}


def _official_told(series: Series) -> tuple[Series, list[str]]:
    """An official series for a terminal: short names, what is known of days, marks to recheck."""
    from .wording import released_in_words

    kept = ("year", "quarter", *_SHORT, "value", "release_id")
    names = [name for name in series.types if name in kept]
    total = "total" if "enforced_returns" in names else "value"
    short = {**_SHORT, "value": total, "release_id": "release"}
    rows = []
    for row in series.rows:
        told: Row = {short.get(name, name): row[name] for name in names}
        told["released"] = None
        if row["release_id"]:
            told["release"] = _marked_release(row)
            told["released"] = (
                released_in_words(row).removeprefix("published ").replace(" of release", "")
            )
        rows.append(told)
    return series._replace(rows=rows), [*(short.get(n, n) for n in names), "released"]


def _official_series(options: argparse.Namespace, about: tuple[str, str, str]) -> Series:
    """An official series from the shipped releases, or from a workbook."""
    if options.workbook:
        if options.vintage or options.area:
            options.usage("give --vintage, --area or --workbook, not both")
        return _workbook(options).rows(options.series, options.population, options.freq or "year")
    from .official.counts import shipped, vintage_days
    from .official.series import known_layer, official_from

    official = shipped()
    layer = known_layer(official, *about)
    releases = vintage_days(options.vintage or "latest", official)
    return official_from(official, releases, layer, options.freq or "year")


def _workbook(options: argparse.Namespace) -> HomeOffice:
    """The workbook given as an option, with what must be known of it told."""
    from .official.home_office import read_home_office

    workbook = read_home_office(options.workbook, unlisted_as_zero=options.unlisted_as_zero)
    # Its messages stand among what must be known of the rows.
    for reading in workbook.readings:
        for line in f"{workbook.file}: {reading}".splitlines():
            note(line)
    note("")
    return workbook


def _check_claims(options: argparse.Namespace, out: TextIO) -> int:
    from .official.check import AT_THE_TIME, CHECK_VERDICTS, PUBLIC, checked_series

    if options.unlisted_as_zero and not options.workbook:
        options.usage("--unlisted-as-zero goes with --against FILE")
    known = {"verdict": list(CHECK_VERDICTS), "public": list(PUBLIC)}
    known["figure"] = [str(row["figure_id"]) for row in records("figures")]
    for name, valid in known.items():
        for asked in getattr(options, name):
            if asked not in valid:
                hint = f"there are {', '.join(PUBLIC)}" if name == "public" else ""
                raise UnknownNameError(name, asked, valid, hint)
    vintage = AT_THE_TIME if options.vintage == "at-the-time" else options.vintage
    official = None
    if options.workbook:
        if vintage != AT_THE_TIME:
            options.usage("give --vintage or --against, not both")
        official = _workbook(options).official()
    series = checked_series(options.figure or None, vintage, official)
    rows = [
        row
        for row in series.rows
        if (not options.verdict or row["verdict"] in options.verdict)
        and (not options.public or row["public_when_said"] in options.public)
    ]
    form = format_of(options.format, out)
    explained = options.explain or options.figure
    if form != "table":
        print_rows(rows, list(series.types), form, out)
    elif explained:
        _write_checks(rows, out)
    else:
        told = [{**row, **_short_check(row)} for row in rows]
        print_rows(told, ["figure", "words", *_CHECK_SHORT], "table", out)
    note("")
    found = [row["verdict"] for row in rows]
    counts = [f"{found.count(verdict)} {verdict}" for verdict in CHECK_VERDICTS if verdict in found]
    filtered = options.verdict or options.public
    of_all = f" of {len(series.rows)}" if filtered else ""
    plural = "" if len(rows) == 1 and not filtered else "s"
    note(f"{len(rows)}{of_all} figure{plural}: {', '.join(counts) or 'none'}.")
    if form == "table" and not explained:
        note("Both numbers, releases and reasons: --explain, or --figure F026; all columns: CSV.")
    note(series.told())
    if series.left_out and not filtered and not options.figure:
        note("Not checked:")
        for item in series.left_out:
            note(f"  {_told_left_out(item)}.")
    return 0


_CHECK_SHORT = ("verdict", "latest", "public", "official")


def _short_check(row: Row) -> Row:
    """A checked claim in one line: its words and verdicts, the official number and release."""
    low, high = row["official_lower"], row["official_upper"]
    number = text_of(low) if low == high else f"{text_of(low)} to {text_of(high)}"
    return {
        "figure": row["figure_id"],
        "words": row["exact"],
        "latest": row["against_latest"] if row["against_latest"] != row["verdict"] else None,
        "public": row["public_when_said"].replace("_", " "),
        "official": number if row["release_id"] else None,
    }


def _write_checks(rows: Iterable[Row], out: TextIO) -> None:
    """Checked claims as blocks: the verdict, both numbers, what is assumed, what else was said."""
    for number, row in enumerate(rows):
        out.write("\n" if number else "")
        latest = f", latest: {row['against_latest']}"
        latest = "" if row["against_latest"] == row["verdict"] else latest
        public = row["public_when_said"].replace("_", " ")
        out.write(f"{bold(row['figure_id'] + ': ' + row['verdict'], out)}{latest}")
        out.write(f"  (public when said: {public})\n")
        _write_indented(row["explanation"], 2, out)
        if row["assumptions"]:
            _write_indented(f"Assumed: {row['assumptions']}.", 4, out)
        _write_follow_ups(row["follow_ups"], out)


# ---------------------------------------------------------------- comparison


def _compare(options: argparse.Namespace, out: TextIO) -> int:
    from .comparing.compare import compare

    form = _text_format(options)
    found = compare(
        options.first, options.second, assuming=options.assume, tolerance=options.tolerance
    )
    _write(str(found), found.to_dict(), form, out)
    _warn_if_reworded(_figures_named([options.first, options.second]))
    return 0


def _figures_named(names: Iterable[str]) -> list[Row]:
    return [row for row in records("figures") if row["figure_id"] in set(names)]


def _write(text: str, data: object, form: str, out: TextIO) -> None:
    """Text, each line wrapped on a terminal, or the same as JSON."""
    import json

    if form == "json":
        out.write(json.dumps(data, ensure_ascii=False, indent=2) + "\n")
        return
    for line in printable(text).splitlines():
        indent = "    " if line.startswith(" ") else ""
        width = terminal_width() - len(indent)
        lines = wrap(line, width) if out.isatty() else [line.strip()]
        for number, part in enumerate(lines):
            out.write(f"{indent[: 4 if number else 2]}{part}\n")


def _days_given(options: argparse.Namespace, name: str) -> tuple[datetime.date, datetime.date]:
    """First and last day of a day, month or year given as an option."""
    from .tables.edtf import edtf_days

    given = getattr(options, name.removeprefix("--").replace("-", "_"))
    try:
        start, end = edtf_days(given)
    except EdtfError:
        start = end = None
    if start is not None and end is not None and not set("/[") & set(given):
        return start, end
    problem: str = options.usage(f'{name} "{given}" is no date; write 2023-05-16, 2023-05 or 2023')
    raise AssertionError(problem)


def _implied(options: argparse.Namespace, out: TextIO) -> int:
    from .comparing.implied import implied

    form = _text_format(options)
    first, last = (_days_given(options, f"--{name}") for name in ("from", "to"))
    if first[0] > last[1]:
        options.usage(f"--to ({options.to}) is before --from ({getattr(options, 'from')})")
    found = implied(
        options.measure,
        options.population,
        (first[0], last[1]),
        options.given or None,
        options.assume,
        area=options.area,
        rounded=options.rounded,
        conflicts=options.conflicts,
    )
    _write(str(found), found.to_dict(), form, out)
    return 1 if found.lower is None else 0


def _consistency(options: argparse.Namespace, out: TextIO) -> int:
    from .comparing.compare import VERDICTS
    from .comparing.consistency import CHECKS, consistency_series

    verdicts = [*VERDICTS, "strained"]
    known = {"check": CHECKS, "verdict": verdicts}
    known["figure"] = [str(row["figure_id"]) for row in records("figures")]
    for name, valid in known.items():
        for asked in getattr(options, name):
            if asked not in valid:
                raise UnknownNameError(name, asked, valid)
    series = consistency_series()
    rows = [
        row
        for row in series.rows
        if (not options.check or row["check"] in options.check)
        and (not options.verdict or row["verdict"] in options.verdict)
        and (not options.figure or set(options.figure) & set(row["figures"].split()))
    ]
    form = format_of(options.format, out)
    if form == "table":
        rows.sort(key=lambda row: _TOLD_FIRST.index(row["verdict"]))
        _write_findings(rows, out)
    else:
        print_rows(rows, list(series.types), form, out)
    note("")
    found = [row["verdict"] for row in rows]
    counts = [f"{found.count(verdict)} {verdict}" for verdict in verdicts if verdict in found]
    note(f"{_count(len(rows), 'check')}{': ' if rows else ''}{', '.join(counts)}.")
    note(series.told())
    return 0


# The order in which a terminal tells findings: what a reader looks for first.
_TOLD_FIRST = (
    *("contradicts", "strained", "depends_on_reading", "agrees_within_rounding", "equal"),
    *("refines", "refined_by", "compatible", "not_comparable", "cannot_tell"),
)


def _write_findings(rows: Iterable[Row], out: TextIO) -> None:
    """Findings as blocks: what was checked, the quotations if there are, why, what is assumed."""
    for number, row in enumerate(rows):
        out.write("\n" if number else "")
        out.write(f"{bold(row['check'] + ': ' + row['verdict'], out)}  ({row['figures']})\n")
        for line in (row.get("quotations") or "").replace("\u201d; ", "\u201d\n").splitlines():
            _write_indented(line, 2, out)
        _write_indented(row["explanation"], 2, out)
        if row["assumptions"] and "quotations" in row:
            _write_indented(f"Assumed: {row['assumptions']}.", 4, out)
        _write_follow_ups(row.get("follow_ups"), out)


def _write_follow_ups(texts: str | None, out: TextIO) -> None:
    """What was said elsewhere, each in a paragraph of its own."""
    for text in texts.split(" | ") if texts else ():
        _write_indented(f"Said elsewhere: {text}", 4, out)


def _disagreements(options: argparse.Namespace, out: TextIO) -> int:
    from .comparing.consistency import disagreement_series

    series = disagreement_series()
    form = format_of(options.format, out)
    if form == "table":
        _write_findings(series.rows, out)
    else:
        print_rows(series.rows, list(series.types), form, out)
    found = [row["verdict"] for row in series.rows]
    counts = {
        "contradictions": found.count("contradicts"),
        "strained": found.count("strained"),
        "by reading": found.count("depends_on_reading"),
    }
    note("")
    told = ", ".join(f"{number} {name}" for name, number in counts.items())
    note(f"{_count(len(found), 'finding')}: {told}.")
    note(series.told())
    return 0


def _first_stated(options: argparse.Namespace, out: TextIO) -> int:
    from .series.known import STATED_COLUMNS, stated_rows

    rows = stated_rows(options.id, uncertain=True)
    form = format_of(options.format, out)
    shown = ["figure_id", "relation", "claimant_id", "stated_on", "document_id", "exact"]
    print_rows(rows, shown if form == "table" else list(STATED_COLUMNS), form, out)
    _warn_if_reworded(rows)
    note("First among these documents, by the last day on which each can have been stated.")
    overlapping = [row["figure_id"] for row in rows if row["surely_later"] is False]
    if overlapping:
        together = ", ".join([rows[0]["figure_id"], *overlapping])
        note(f"Their dates overlap, so which of these came first is not certain: {together}.")
    return 0


# ---------------------------------------------------------------- rows and their words


def _rows_by_identifier() -> dict[str, tuple[str, Row]]:
    found: dict[str, tuple[str, Row]] = {}
    for table in table_names():
        key = package().key(table)
        if len(key) == 1:
            for row in records(table):
                found.setdefault(str(row[key[0]]), (table, row))
    return found


def _get(options: argparse.Namespace, out: TextIO) -> int:
    form = format_of(options.format, out)
    known = _rows_by_identifier()
    if options.id not in known:
        raise UnknownNameError("identifier", options.id, known)
    table, row = known[options.id]
    _warn_if_reworded([row])
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
        from .claims.follow_ups import said_elsewhere

        for text in said_elsewhere().get(row["repeats"] or options.id, ()):
            note("")
            note(f"Said elsewhere: {text}")
    return 0


def _cite(options: argparse.Namespace, out: TextIO) -> int:
    from .citing.cite import cite

    text = cite(options.what, options.style)
    out.writelines(f"{line}\n" for line in text.splitlines())
    return 0


def _metadata(options: argparse.Namespace, out: TextIO) -> int:
    from .citing.catalogues import described_as

    out.write(described_as(options.form, options.base_url) + "\n")
    return 0


def _release_changes(options: argparse.Namespace, out: TextIO) -> int:
    from .citing.changes import changes_since

    rows = changes_since(options.since)
    columns = [field["name"] for field in package().fields("release_changes")]
    if rows or format_of(options.format, out) != "table":
        _print_some(rows, columns, options, out, "release_changes")
    if not rows:
        after = f" after {options.since}" if options.since else ""
        note(f"This is version {package().descriptor['version']}; no changes{after} are recorded.")
    return 0


def _warn_if_reworded(rows: Iterable[Row]) -> None:
    """Say that the words of rows of a reworded document are not a speaker's own."""
    of = {row.get("document_id") for row in rows}
    for document in records("documents"):
        if document["document_id"] in of and document["fidelity"] == "reworded":
            note(f"{document['document_id']}: {REWORDED}.")


def _evidence(options: argparse.Namespace, out: TextIO) -> int:
    import json

    from .proof.evidence import FAILED, evidence

    form = _text_format(options, ("text", "json", "annotation"))
    found = evidence(options.id, options.documents, options.context)
    if form == "text":
        for number, line in enumerate(found.lines(*MARKS)):
            indent = "  " if number else ""
            out.writelines(f"{indent}{part}\n" for part in marked(printable(line, MARKS), 2, out))
    else:
        data = found._asdict() if form == "json" else found.to_web_annotation()
        out.write(json.dumps(data, ensure_ascii=False, indent=2) + "\n")
    return 1 if found.proof == FAILED else 0


def _context_size(text: str) -> int | str:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else text


def _text_format(options: argparse.Namespace, known: tuple[str, ...] = ("text", "json")) -> str:
    if options.format not in (None, *known):
        raise UnknownNameError("format", options.format, known)
    return options.format or "text"


def _verify(options: argparse.Namespace, out: TextIO) -> int:
    import json

    from .proof.verify import verify

    form = _text_format(options)
    report = verify(options.documents, options.require_documents)
    if form == "json":
        out.write(json.dumps(report.to_dict(), ensure_ascii=False, indent=2) + "\n")
    else:
        out.write(f"{report}\n")
    return 0 if report.ok else 1


def _draft(options: argparse.Namespace, out: TextIO) -> int:
    from .proof.draft import DRAFTED, draft

    form = format_of(options.format, out)
    if options.table is not None and options.table not in DRAFTED:
        raise UnknownNameError("drafted table", options.table, DRAFTED)
    if options.no_header and not (options.table and form == "csv"):
        options.usage("--no-header goes with --table and CSV: rows to be appended to that table")
    drafted = draft(options.document)
    if options.table:
        columns = [field["name"] for field in package().fields(options.table)]
        print_rows(getattr(drafted, options.table), columns, form, out, not options.no_header)
    else:
        shown = list(_FOUND)
        if form == "table":
            shown = ["start_char", "table", "kind", "exact", "value", "comparator", "sentence"]
        print_rows(drafted.found, shown, form, out)
    new = "new, " if drafted.documents else ""
    note("")
    note(
        f"{options.document}: {new}{drafted.document_id}, {drafted.characters:,} characters, "
        f"sha256 {drafted.sha256}"
    )
    left = [
        f"{table}: {len(getattr(drafted, table))}" for table in DRAFTED if getattr(drafted, table)
    ]
    if drafted.differs:
        note(f"Its bytes are not those of the {drafted.document_id} that the tables are made from.")
    if drafted.incomplete:
        note(f"In the tables, but incomplete: {_count(len(drafted.incomplete), 'row')}.")
    for row in drafted.incomplete[:_MOST_INCOMPLETE]:
        note(f"  {row['table']} {row['row']} lacks {row['missing']}.")
    if len(drafted.incomplete) > _MOST_INCOMPLETE:
        note(f"  And {len(drafted.incomplete) - _MOST_INCOMPLETE} more.")
    if left:
        note(f"Left, to be completed or dismissed by a person: {', '.join(left)}.")
        if not options.table:
            note("As rows to complete and append: --table TABLE --format csv --no-header.")
    elif not drafted.incomplete:
        note("Nothing is left that a program can see; what it cannot see is for a reader.")
    return 0


# Incomplete rows that are named.
_MOST_INCOMPLETE = 20
_FOUND = (
    *("table", "start_char", "end_char", "exact", "kind", "value", "comparator", "lower", "upper"),
    *("unit", "direction", "sentence"),
)


# ---------------------------------------------------------------- tables of one's own


def _validate(options: argparse.Namespace, out: TextIO) -> int:
    from .rules.validate import faults_of

    form = format_of(options.format, out)
    table = options.table or os.path.splitext(os.path.basename(options.file))[0]
    if not options.table and table not in table_names():
        options.usage(f"say which table {options.file} is to be: --table TABLE")
    context = dict(options.context)
    try:
        reading = faults_of(options.file, table, context)
        faults, rows = reading.faults, len(reading.rows)
    except _ValidationError as error:
        if error.source != options.file:
            raise
        faults, rows = error.faults, 0
    if form == "table":
        for line in _ValidationError(options.file, table, faults).lines():
            out.writelines(f"{part}\n" for part in wrap(line, terminal_width()))
    else:
        print_rows(faults, list(FAULT_COLUMNS), form, out)
    if not faults:
        note(f"{options.file} as {table}: {_count(rows, 'row')}, no fault.")
        return 0
    number = len(_ValidationError(options.file, table, faults).lines())
    note(f"{options.file} as {table}: {_count(number, 'fault')}.")
    return 1


def _part(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"{text!r} is no part of a number, as 0.05 for 5 per cent"
        ) from None


def _condition(text: str) -> str:
    if "=" not in text:
        raise argparse.ArgumentTypeError(f"{text!r} is not COLUMN=VALUE")
    return text


def _context(text: str) -> tuple[str, str]:
    table, equals, path = text.partition("=")
    if not (equals and table and path):
        raise argparse.ArgumentTypeError(f"{text!r} is not TABLE=FILE")
    return table, path


def _completion(options: argparse.Namespace, out: TextIO) -> int:
    from .completion import SHELLS, script

    if options.shell not in SHELLS:
        raise UnknownNameError("shell", options.shell, SHELLS)
    out.write(script(options.shell, PROGRAM, options.commands))
    return 0


# ---------------------------------------------------------------- parsing

_TABLES = "table (the default on a terminal), csv (the default elsewhere), json, jsonl or markdown"
_TEXTS = "text (the default) or json"
_WORDS = "text (the default), json, or annotation (W3C Web Annotation)"


class _Parser(argparse.ArgumentParser):
    """A parser that names the nearest command where one is misspelt."""

    def error(self, message: str) -> NoReturn:
        import difflib
        import re

        asked = re.search(r"invalid choice: '(.*?)' \(choose from (.*)\)", message)
        if asked:
            commands = re.findall(r"[\w-]+", asked[2])
            near = difflib.get_close_matches(asked[1], commands, n=1)
            message = f'no command "{asked[1]}"; '
            message += f'did you mean "{near[0]}"?' if near else f"there are {', '.join(commands)}"
        super().error(message)


class _Unasked:
    """Stands for the parser of a command that is not asked for.

    To make them all takes half as long as Python takes to start.
    """

    def add_argument(self, *_: object, **__: object) -> None:
        """Nothing."""


def _parser_for(arguments: Sequence[str]) -> argparse.ArgumentParser:
    """The parser of the command that is asked for, or, where that is none, of all."""
    asked = arguments[0] if arguments else ""
    parser = _parser(asked)
    known = any(asked in (action.choices or ()) for action in parser._actions)
    return parser if known and asked != "completion" else _parser()


def _parser(asked: str | None = None) -> argparse.ArgumentParser:
    """The parser of all commands, or of one."""
    parser = _Parser(
        prog=PROGRAM,
        description="Figures, agreements and statements of five documents on migration between "
        "Albania and the UK, proved against the documents. Without a command: what is inside.",
        epilog="Exit status: 0 good, 1 a check failed, 2 wrong usage, 3 an unknown name.",
    )
    parser.add_argument("--version", action="version", version=f"{PROGRAM} {__version__}")
    parser.set_defaults(run=_overview)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")

    def command(
        name: str,
        run: Callable[[argparse.Namespace, TextIO], int],
        summary: str,
        formats: str = _TABLES,
        as_of: bool = False,
    ) -> argparse.ArgumentParser:
        if asked not in (None, name):
            return cast("argparse.ArgumentParser", _Unasked())
        escaped = summary.replace("%", "%%")
        added = commands.add_parser(name, help=escaped, description=escaped)
        added.set_defaults(run=run, usage=added.error, commands=commands.choices)
        if formats:
            added.add_argument("--format", metavar="FORMAT", help=formats)
        if as_of:
            added.add_argument(
                "--as-of", metavar="DAY", help="with what was known on a day (2023-05-01)"
            )
            added.add_argument(
                "--uncertain",
                action="store_true",
                help="with --as-of: also what may have been known by then",
            )
        return added

    returns = command("returns", _returns, "Returns of Albanians by year.", as_of=True)
    returns.add_argument(
        "--source",
        metavar="SOURCE",
        default="documents",
        help="documents (the default), official, or both, each row of one",
    )
    returns.add_argument(
        "--vintage", metavar="VINTAGE", help="of the official ones: latest, a day, or a release"
    )
    command("arrivals", _arrivals, "Small boat arrivals by year and population.", as_of=True)
    command(
        "changes", _changes, "Every change stated with a number: down 93%, doubled.", as_of=True
    )
    command("funding", _funding, "Sums of money, with who gives and who gets.", as_of=True)
    timeline = command(
        "timeline", _timeline, "Documents, statements and events by date.", as_of=True
    )
    timeline.add_argument(
        "--kind", metavar="KIND", action="append", help="document, statement or event; repeatable"
    )
    figures = command(
        "figures", _figures, "Figures by measure, claimant, period, and more.", as_of=True
    )
    for name in ("measure", "population", "claimant", "agreement", "document"):
        figures.add_argument(f"--{name}", metavar="ID", action="append", help="repeatable: any of")
    figures.add_argument("--period", metavar="EDTF", help="2022, 2022-12-13/2023-03-31, 2025-01/..")
    command("list", _list, "The tables.")
    show = command("show", _show, "A table, whole or in part.", as_of=True)
    show.add_argument("table", metavar="TABLE")
    show.add_argument(
        "--where",
        metavar="COLUMN=VALUE",
        action="append",
        type=_condition,
        default=[],
        help="rows with this cell; repeatable (an empty VALUE: rows without one)",
    )
    show.add_argument("--columns", metavar="A,B,...", help="these columns only, in this order")
    describe = command("describe", _describe, "What the columns of a table mean.")
    describe.add_argument("table", metavar="TABLE")
    get = command("get", _get, "One row, by its identifier.")
    get.add_argument("id", metavar="ID")
    evidence = command("evidence", _evidence, "The words behind a row, in their place.", _WORDS)
    evidence.add_argument("id", metavar="ID")
    evidence.add_argument(
        "--context",
        metavar="SIZE",
        type=_context_size,
        default=60,
        help="characters on each side (60), or sentence, paragraph, document",
    )
    official = command(
        "official", _official, "What offices published, by year, quarter or vintage."
    )
    official.add_argument("series", metavar="SERIES", help="returns, small_boat_arrivals, ...")
    official.add_argument("--population", metavar="ID", help="albanian (the default) or all")
    official.add_argument("--area", metavar="AREA", help="GBR (the default), DEU, ...")
    official.add_argument("--freq", metavar="FREQ", help="year (the default) or quarter")
    official.add_argument(
        "--vintage",
        metavar="VINTAGE",
        help="latest (the default), a day (what was public by 2023-06-01), or a release",
    )
    official.add_argument(
        "--period", metavar="PERIOD", help="this year, quarter or month (2022-Q1) in every vintage"
    )
    official.add_argument(
        "--plot", metavar="FILE", help="with --period: draw it (.svg, .png, .pdf, .html)"
    )
    check = command(
        "check-claims",
        _check_claims,
        "Figures held against official statistics, at their vintage.",
        as_of=True,
    )
    check.add_argument(
        "--vintage",
        metavar="VINTAGE",
        default="at-the-time",
        help="at-the-time (the default), latest, a day, or a release",
    )
    for added, name in ((official, "--workbook"), (check, "--against")):
        added.add_argument(
            name, dest="workbook", metavar="FILE", help="a workbook of the Home Office instead"
        )
        added.add_argument(
            "--unlisted-as-zero",
            action="store_true",
            help="with a workbook: what a table does not list in a quarter counts as nobody",
        )
    check.add_argument(
        "--explain", action="store_true", help="each figure with its numbers, reasons, assumptions"
    )
    for name in ("figure", "verdict", "public"):
        check.add_argument(
            f"--{name}",
            metavar=name.upper(),
            action="append",
            default=[],
            help="yes, no or not_known; repeatable" if name == "public" else "repeatable: any of",
        )
    compare = command(
        "compare", _compare, "May two figures be compared, and do they agree.", _TEXTS, as_of=True
    )
    compare.add_argument("first", metavar="ID")
    compare.add_argument("second", metavar="ID")
    compare.add_argument(
        "--assume",
        metavar="NAME",
        action="append",
        default=[],
        help="an assumption that joins two definitions (removals_are_returns, ...), or "
        "FIGURE=WINDOW; repeatable",
    )
    compare.add_argument(
        "--tolerance", metavar="PART", type=_part, help="a part of the number, 0.05 for 5 per cent"
    )
    consistency = command(
        "consistency", _consistency, "Every check that the figures generate.", as_of=True
    )
    for name in ("check", "verdict", "figure"):
        consistency.add_argument(
            f"--{name}",
            metavar=name.upper(),
            action="append",
            default=[],
            help="repeatable: any of",
        )
    command(
        "disagreements",
        _disagreements,
        "What contradicts, strains, or depends on the reading.",
        as_of=True,
    )
    implied = command(
        "implied",
        _implied,
        "What all figures together imply for a count over a period.",
        _TEXTS,
        as_of=True,
    )
    implied.add_argument("measure", metavar="MEASURE", help="returns, small_boat_arrivals, ...")
    implied.add_argument(
        "--from", metavar="DATE", required=True, help="2023-04-01, 2023-04 or 2023"
    )
    implied.add_argument("--to", metavar="DATE", required=True, help="the last day, month or year")
    implied.add_argument(
        "--population", metavar="ID", default="albanian", help="albanian (the default), all, ..."
    )
    implied.add_argument("--area", metavar="AREA", default="GBR", help="GBR (the default), ...")
    implied.add_argument(
        "--assume",
        metavar="CLAIM",
        action="append",
        default=[],
        help='FIGURE=WINDOW, a bound ("F009 at most 1500", "2023-04-01/2023-04-07 at most 100"), '
        "or a named assumption (removals_are_returns, ...); repeatable",
    )
    implied.add_argument(
        "--given", metavar="ID", action="append", default=[], help="these figures alone; repeatable"
    )
    implied.add_argument(
        "--rounded", action="store_true", help="take bare numbers within half a printed step"
    )
    implied.add_argument(
        "--conflicts", metavar="N", type=int, default=1, help="at most so many conflicting sets (1)"
    )
    cite = command("cite", _cite, "How to cite the release, a table, or a row.", "")
    cite.add_argument(
        "what",
        metavar="WHAT",
        nargs="?",
        help="a table, or a row: F012, or A002/united-kingdom/party where its key has several "
        "columns (default: the release)",
    )
    cite.add_argument(
        "--style", metavar="STYLE", default="text", help="text (the default), bibtex, ris, csl-json"
    )
    changed = command(
        "release-changes", _release_changes, "What changed from release to release, and why."
    )
    changed.add_argument("--since", metavar="VERSION", help="in later releases than this one")
    described = command(
        "metadata", _metadata, "The data set described for catalogues, as JSON-LD.", ""
    )
    described.add_argument("form", metavar="FORM", help="schema.org or croissant")
    described.add_argument(
        "--base-url",
        metavar="URL",
        default="",
        help="where data/ lies on the web, with a / at the end",
    )
    first = command(
        "first-stated", _first_stated, "Who stated a claim first, and who again.", as_of=True
    )
    first.add_argument("id", metavar="ID", help="a figure")
    verify = command("verify", _verify, "Prove the tables against the documents.", _TEXTS)
    for added in (evidence, verify):
        added.add_argument("--documents", metavar="FOLDER", help="folder with the five texts")
    verify.add_argument(
        "--require-documents", action="store_true", help="fail where the documents are not at hand"
    )
    validate = command("validate", _validate, "Check a table of your own by every rule.")
    validate.add_argument("file", metavar="FILE", help="a CSV file")
    validate.add_argument(
        "--table", metavar="TABLE", help="as which table (default: as it is named)"
    )
    validate.add_argument(
        "--context",
        metavar="TABLE=FILE",
        action="append",
        type=_context,
        default=[],
        help="a file whose rows count as known, in place of the shipped table; repeatable",
    )
    draft = command("draft", _draft, "Rows for a new document: what no table accounts for yet.")
    draft.add_argument("document", metavar="FILE", help="a text in UTF-8")
    draft.add_argument(
        "--table", metavar="TABLE", help="documents, figures, excluded_numbers or statements"
    )
    draft.add_argument("--no-header", action="store_true", help="rows alone, to be appended")
    path = command("path", _path, "Where the file of a table, or datapackage.json, lies.", "")
    path.add_argument("table", metavar="TABLE", nargs="?")
    completion = command("completion", _completion, "A script that completes commands.", "")
    completion.add_argument("shell", metavar="SHELL", help="bash, zsh or fish")
    return parser


def _run(options: argparse.Namespace, out: TextIO) -> int:
    """Run a command, with the tables as they were known on a day where that is asked for."""
    day = getattr(options, "as_of", None)
    if day is None:
        if getattr(options, "uncertain", False):
            options.usage("--uncertain goes with --as-of DAY")
        return int(options.run(options, out))
    from .series.known import known_on

    known = known_on(day, options.uncertain)
    documents = ", ".join(row["document_id"] for row in known["documents"]) or "no document"
    later = {str(row["figure_id"]) for row in records("figures")}
    later -= {str(row["figure_id"]) for row in known["figures"]}
    try:
        with Viewing(known):
            status = int(options.run(options, out))
    except UnknownNameError as error:
        if error.asked in later:
            known_not = f"it was not yet known on {day}; leave out --as-of"
            raise UnknownNameError("figure", error.asked, [], known_not) from None
        raise
    note(f"As known on {day}{', or perhaps' if options.uncertain else ''}: {documents}.")
    return status


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit status."""
    _prepare_streams()
    try:
        return _answered(sys.argv[1:] if arguments is None else arguments)
    except BrokenPipeError:
        # Whoever read has read enough.
        _write_nowhere()
        return 0
    except KeyboardInterrupt:
        _write_nowhere()
        return _INTERRUPTED
    except OSError as error:
        _write_nowhere()
        note(f"{PROGRAM}: cannot write: {error.strerror}")
        return 1


# What a shell gives for a program that was ended by Ctrl-C (128 + SIGINT).
_INTERRUPTED = 130


def _prepare_streams() -> None:
    """UTF-8 with LF, whatever the console; a stream that was closed (`>&-`) takes nothing."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, io.TextIOWrapper(io.FileIO(os.devnull, "w"), "utf-8"))
        elif hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")


def _write_nowhere() -> None:
    """Nothing more goes to standard output: what is still waiting would only fail once more."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _answered(arguments: Sequence[str]) -> int:
    """Run the command that is asked for; say what went wrong in it."""
    options = _parser_for(arguments).parse_args(arguments)
    try:
        status = _run(options, sys.stdout)
        sys.stdout.flush()
    except (UnknownNameError, EdtfError, ComparisonError) as error:
        note(f"{PROGRAM}: {error}")
        return 3 if isinstance(error, UnknownNameError) else 2
    except AlbaniaUkMigrationError as error:
        for line in f"{PROGRAM}: {error}".splitlines():
            note(line)
        return 1
    return status


__all__ = ["FORMATS", "PROGRAM", "main"]
