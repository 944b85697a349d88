"""Commands on series of the documents' figures: returns, arrivals, changes, and others."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from ..series.asked import CHOICES, KINDS, SOURCES
from .commands import Offered
from .official import marked_release, rechecked
from .output import Shown, format_of, print_series, summary_of, text_of

if TYPE_CHECKING:
    import argparse

    from ..tables.cells import Row
    from .commands import Commands


def _returns(options: argparse.Namespace, out: TextIO) -> int:
    from ..series.returns import returns_from

    columns = ["year", "months", "enforced", "voluntary", "total", "figure_ids"]
    if options.source != "documents":
        columns[-1:] = ["port", "release", *(["figure_ids"] if options.source == "both" else [])]
        columns[:0] = ["source"] if options.source == "both" else []
        columns.remove("months")
    series = returns_from(options.package, options.source, options.vintage or "latest")
    part_years = [
        f"{row['year']} is {row['months']} only." for row in series.rows if row["complete"] is False
    ]
    table = format_of(options.format, out) == "table"
    marks = rechecked(series.rows) if table else []
    shown = Shown(columns, hedged, first=[*part_years], last=marks)
    return print_series(series, shown, options, out)


def hedged(row: Row) -> Row:
    """A year of returns for a terminal: a count that is only a bound says so."""
    told = {**row, "release": marked_release(row)}
    for part in ("enforced", "voluntary", "total"):
        value, lower, upper = row[part], row[f"{part}_lower"], row[f"{part}_upper"]
        if value is None or lower == value == upper:
            continue
        hedge = "about" if lower is None and upper is None else "lower bound"
        told[part] = f"{'upper bound' if upper is not None else hedge} {text_of(value)}"
    return told


def _arrivals(options: argparse.Namespace, out: TextIO) -> int:
    from ..series.stated import arrivals_series

    columns = ["year", "population", "exact", "period", "complete", "claimant_id", "figure_ids"]
    return print_series(arrivals_series(options.package), Shown(columns), options, out)


def _changes(options: argparse.Namespace, out: TextIO) -> int:
    from ..series.stated import changes_series

    def directed(row: Row) -> Row:
        way = row["direction"] if row["unit"] == "percent" else ""
        return {**row, "exact": f"{row['exact']} {way}"}

    columns = ["of", "population", "exact", "period", "base_period", "claimant_id", "figure_ids"]
    return print_series(changes_series(options.package), Shown(columns, directed), options, out)


def _funding(options: argparse.Namespace, out: TextIO) -> int:
    from ..series.stated import funding_series

    columns = ["agreement", "exact", "status", "providers", "recipients", "figure_ids"]
    return print_series(funding_series(options.package), Shown(columns), options, out)


# How a row of the timeline that is no event begins on a terminal.
_BEGINS = {"statement": "says", "trend": "claims", "document": "published"}


def _timeline(options: argparse.Namespace, out: TextIO) -> int:
    from ..series.timeline import timeline_series

    def begun(row: Row) -> Row:
        return {**row, "what": f"{_BEGINS.get(row['kind'], row['event'])}: {row['what']}"}

    series = timeline_series(options.package)
    if options.kind:
        rows = [row for row in series.rows if row["kind"] in options.kind]
        left_out = series.left_out if "event" in options.kind else []
        series = series._replace(rows=rows, left_out=left_out)
    shown = Shown(["date", "id", "status", "what", "actor_id"], begun)
    return print_series(series, shown, options, out)


def _figures(options: argparse.Namespace, out: TextIO) -> int:
    from ..series.lookup import about_series

    asked = {name: getattr(options, name) for name in CHOICES}
    series = about_series(options.package, options.period, **asked)
    form = format_of(options.format, out)
    return print_series(series, summary_of(series, "figures", form), options, out)


def _first_stated(options: argparse.Namespace, out: TextIO) -> int:
    from ..series.known import stated_series

    series = stated_series(options.package, options.id, uncertain=True)
    columns = ["figure_id", "relation", "claimant_id", "stated_on", "document_id", "exact"]
    overlapping = [row["figure_id"] for row in series.rows if row["surely_later"] is False]
    together = ", ".join([series.rows[0]["figure_id"], *overlapping])
    unsure = f"Their dates overlap, so which of these came first is not certain: {together}."
    return print_series(series, Shown(columns, last=[unsure] if overlapping else []), options, out)


def register(commands: Commands) -> None:
    """Add the commands of this subject."""
    returns = commands.add("returns", _returns, "Returns of Albanians by year.", as_of=True)
    returns.add_argument(
        "--source",
        metavar="SOURCE",
        choices=SOURCES,
        default="documents",
        help="documents (the default), official, or both, each row of one",
    )
    returns.add_argument(
        "--vintage",
        metavar="VINTAGE",
        choices=Offered(["latest"], commands.names("official_releases")),
        help="of the official ones: latest, a day, or a release",
    )
    commands.add("arrivals", _arrivals, "Small boat arrivals by year and population.", as_of=True)
    commands.add(
        "changes", _changes, "Every change stated with a number: down 93%, doubled.", as_of=True
    )
    commands.add("funding", _funding, "Sums of money, with who gives and who gets.", as_of=True)
    timeline = commands.add(
        "timeline", _timeline, "Documents, statements, trends and events by date.", as_of=True
    )
    timeline.add_argument(
        "--kind",
        metavar="KIND",
        choices=KINDS,
        action="append",
        help="document, statement, trend or event; repeatable",
    )
    figures = commands.add(
        "figures", _figures, "Figures by measure, claimant, period, and more.", as_of=True
    )
    for name, (_, table) in CHOICES.items():
        figures.add_argument(
            f"--{name}",
            metavar="ID",
            choices=commands.names(table),
            action="append",
            help="repeatable: any of",
        )
    figures.add_argument("--period", metavar="EDTF", help="2022, 2022-12-13/2023-03-31, 2025-01/..")
    first = commands.add(
        "first-stated", _first_stated, "Who stated a claim first, and who again.", as_of=True
    )
    first.add_argument(
        "id", metavar="ID", choices=Offered(commands.names("figures")), help="a figure"
    )
