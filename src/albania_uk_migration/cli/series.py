"""Commands on series of the documents' figures: returns, arrivals, changes, and others."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from ..tables.access import records
from .official import _marked_release, _tell_rechecked
from .output import (
    chosen,
    format_of,
    note,
    print_rows,
    print_series,
    print_some,
    text_of,
    warn_if_reworded,
)

if TYPE_CHECKING:
    import argparse

    from ..tables.cells import Row
    from .commands import Commands


def _returns(options: argparse.Namespace, out: TextIO) -> int:
    from ..series.returns import returns_from

    shown = ["year", "months", "enforced", "voluntary", "total", "figure_ids"]
    if options.source != "documents":
        shown[-1:] = ["port", "release_id", *(["figure_ids"] if options.source == "both" else [])]
        shown[:0] = ["source"] if options.source == "both" else []
        shown.remove("months")
    series = returns_from(options.source, options.vintage or "latest")
    table = format_of(options.format, out) == "table"
    if table:
        told = [hedged(row) for row in series.rows]
        shown = ["release" if name == "release_id" else name for name in shown]
        for row in told if "release" in shown else ():
            row["release"] = _marked_release(row)
        status = print_series(series._replace(rows=told), shown, options, out)
        _tell_rechecked(series.rows)
        return status
    return print_series(series, shown, options, out)


def hedged(row: Row) -> Row:
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
    from ..series.stated import arrivals_series

    shown = ["year", "population", "exact", "period", "complete", "claimant_id", "figure_ids"]
    return print_series(arrivals_series(records("figures")), shown, options, out)


def _changes(options: argparse.Namespace, out: TextIO) -> int:
    from ..series.stated import changes_series

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
    return print_series(series, shown, options, out)


def _funding(options: argparse.Namespace, out: TextIO) -> int:
    from ..series.stated import funding_series

    shown = ["agreement", "exact", "status", "providers", "recipients", "figure_ids"]
    return print_series(funding_series(records("figures")), shown, options, out)


# How a row of the timeline that is no event begins on a terminal.
_KINDS = {"statement": "says", "document": "published"}


def _timeline(options: argparse.Namespace, out: TextIO) -> int:
    from ..series.timeline import timeline_series

    series = timeline_series()
    if options.kind:
        rows = chosen(series.rows, ["kind"], [f"kind={kind}" for kind in options.kind])
        left_out = series.left_out if "event" in options.kind else []
        series = series._replace(rows=rows, left_out=left_out)
    if format_of(options.format, out) == "table":
        told = [
            {**row, "what": f"{_KINDS.get(row['kind'], row['event'])}: {row['what']}"}
            for row in series.rows
        ]
        series = series._replace(rows=told)
    return print_series(series, ["date", "id", "status", "what", "actor_id"], options, out)


def _figures(options: argparse.Namespace, out: TextIO) -> int:
    from ..series.lookup import CHOICES, about_series

    chosen = {name: getattr(options, name) for name in CHOICES}
    series = about_series(options.period, **chosen)
    print_some(series.rows, list(series.types), options, out, "figures")
    note(series.notes())
    return 0


def _first_stated(options: argparse.Namespace, out: TextIO) -> int:
    from ..series.known import STATED_COLUMNS, stated_rows

    rows = stated_rows(options.id, uncertain=True)
    form = format_of(options.format, out)
    shown = ["figure_id", "relation", "claimant_id", "stated_on", "document_id", "exact"]
    print_rows(rows, shown if form == "table" else list(STATED_COLUMNS), form, out)
    warn_if_reworded(rows)
    note("First among these documents, by the last day on which each can have been stated.")
    overlapping = [row["figure_id"] for row in rows if row["surely_later"] is False]
    if overlapping:
        together = ", ".join([rows[0]["figure_id"], *overlapping])
        note(f"Their dates overlap, so which of these came first is not certain: {together}.")
    return 0


def register(commands: Commands) -> None:
    """Add the commands of this subject."""
    returns = commands.add("returns", _returns, "Returns of Albanians by year.", as_of=True)
    returns.add_argument(
        "--source",
        metavar="SOURCE",
        default="documents",
        help="documents (the default), official, or both, each row of one",
    )
    returns.add_argument(
        "--vintage", metavar="VINTAGE", help="of the official ones: latest, a day, or a release"
    )
    commands.add("arrivals", _arrivals, "Small boat arrivals by year and population.", as_of=True)
    commands.add(
        "changes", _changes, "Every change stated with a number: down 93%, doubled.", as_of=True
    )
    commands.add("funding", _funding, "Sums of money, with who gives and who gets.", as_of=True)
    timeline = commands.add(
        "timeline", _timeline, "Documents, statements and events by date.", as_of=True
    )
    timeline.add_argument(
        "--kind", metavar="KIND", action="append", help="document, statement or event; repeatable"
    )
    figures = commands.add(
        "figures", _figures, "Figures by measure, claimant, period, and more.", as_of=True
    )
    for name in ("measure", "population", "claimant", "agreement", "document"):
        figures.add_argument(f"--{name}", metavar="ID", action="append", help="repeatable: any of")
    figures.add_argument("--period", metavar="EDTF", help="2022, 2022-12-13/2023-03-31, 2025-01/..")
    first = commands.add(
        "first-stated", _first_stated, "Who stated a claim first, and who again.", as_of=True
    )
    first.add_argument("id", metavar="ID", help="a figure")
