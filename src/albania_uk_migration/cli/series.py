"""Commands on series of the documents' figures: returns, arrivals, changes, and others."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, TextIO

from ..series.asked import CHOICES, KINDS, SOURCES
from .commands import Offered
from .names import date_of, names_of
from .official import marked_release, rechecked
from .output import Shown, print_series, text_of

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable

    from ..tables.cells import Row
    from ..tables.package import Package
    from .commands import Commands


def _returns(options: argparse.Namespace, out: TextIO) -> int:
    from ..series.returns import returns_from

    package: Package = options.package
    columns = ["year", "months", "enforced", "voluntary", "total", "figures"]
    if options.source != "documents":
        columns[-1:] = ["port", "published", *(["figures"] if options.source == "both" else [])]
        columns[:0] = ["source"] if options.source == "both" else []
        columns.remove("months")
    series = returns_from(package, options.source, options.vintage or "latest")
    part_years = [
        f"{row['year']} is {row['months']} only." for row in series.rows if row["complete"] is False
    ]
    cautions = [*rechecked(series.rows, package), *part_years]
    in_words = functools.partial(hedged, package)
    # The series' own first caution, about both sources, comes before these.
    both = options.source == "both"
    shown = Shown(columns, in_words, first=[] if both else cautions, last=cautions if both else [])
    return print_series(series, shown, options, out)


def hedged(package: Package, row: Row) -> Row:
    """A year of returns for a terminal, with words before a count that is only a limit."""
    told = {**row, "published": marked_release(row, package), "figures": row.get("figure_ids")}
    for part in ("enforced", "voluntary", "total"):
        value, lower, upper = row[part], row[f"{part}_lower"], row[f"{part}_upper"]
        if value is None or lower == value == upper:
            continue
        hedge = "about" if lower is None and upper is None else "lower bound"
        told[part] = f"{'upper bound' if upper is not None else hedge} {text_of(value)}"
    return told


def _in_words(package: Package) -> Callable[[Row], Row]:
    """The identifiers, dates and marks of a row in words, under plain headings."""
    actor, population, measure = (
        names_of(package, table, column)
        for table, column in (("actors", "name"), ("populations", "title"), ("measures", "title"))
    )

    def told(row: Row) -> Row:
        found: Row = {
            name: date_of(row, name)
            for name in ("period", "base_period", "date", "stated_on")
            if name in row
        }
        found |= {name: actor(row[name]) for name in ("providers", "recipients") if name in row}
        found["claimant"] = actor(row.get("claimant_id"))
        found["population"] = population(row.get("population"))
        found["measure"] = measure(row.get("of") or row.get("measure"))
        found["figures"] = row.get("figure_ids")
        found["whole year"] = "yes" if row.get("complete") else "no"
        return found

    return told


def _arrivals(options: argparse.Namespace, out: TextIO) -> int:
    from ..series.stated import arrivals_series

    columns = ["year", "population", "exact", "period", "whole year", "claimant", "figures"]
    shown = Shown(columns, _in_words(options.package))
    return print_series(arrivals_series(options.package), shown, options, out)


def _changes(options: argparse.Namespace, out: TextIO) -> int:
    from ..series.stated import changes_series

    in_words = _in_words(options.package)

    def directed(row: Row) -> Row:
        way = f" {row['direction']}" if row["unit"] == "percent" else ""
        words = in_words(row)
        return {**words, "change": f"{row['exact']}{way}", "since": words["base_period"]}

    columns = ["measure", "population", "change", "period", "since", "claimant", "figures"]
    return print_series(changes_series(options.package), Shown(columns, directed), options, out)


def _funding(options: argparse.Namespace, out: TextIO) -> int:
    from ..series.stated import funding_series

    columns = ["agreement", "exact", "status", "providers", "recipients", "figures"]
    shown = Shown(columns, _in_words(options.package))
    return print_series(funding_series(options.package), shown, options, out)


# How a timeline row that is not an event begins on a terminal.
_BEGINS = {"statement": "says", "trend": "claims", "document": "published"}


def _timeline(options: argparse.Namespace, out: TextIO) -> int:
    from ..series.timeline import timeline_series

    actor = names_of(options.package, "actors", "name")

    def begun(row: Row) -> Row:
        begin = (_BEGINS.get(row["kind"]) or str(row["event"])).replace("_", " ")
        what = f"{begin}: {row['what']}"
        return {"date": date_of(row, "date"), "what": what, "who": actor(row["actor_id"])}

    series = timeline_series(options.package)
    if options.kind:
        rows = [row for row in series.rows if row["kind"] in options.kind]
        left_out = series.left_out if "event" in options.kind else []
        series = series._replace(rows=rows, left_out=left_out)
    shown = Shown(["date", "id", "status", "what", "who"], begun)
    return print_series(series, shown, options, out)


def _figures(options: argparse.Namespace, out: TextIO) -> int:
    from ..series.lookup import about_series, figures_saying

    package: Package = options.package
    asked = {name: getattr(options, name) for name in CHOICES}
    series = about_series(package, options.period, **asked)
    if options.words:
        saying = {row["figure_id"] for row in figures_saying(package, options.words)}
        rows = [row for row in series.rows if row["figure_id"] in saying]
        series = series._replace(rows=rows)
    in_words = _in_words(package)

    def told(row: Row) -> Row:
        words = {**in_words(row), "figure": row["figure_id"], "in": row["document_id"]}
        basis = str(row["claimant_basis"]).replace("_", " ")
        return {**words, "words": row["exact"], "claimant": f"{words['claimant']} ({basis})"}

    columns = ["figure", "in", "words", "measure", "population", "period", "claimant"]
    more = f"The brackets say how we know the claimant. There are {len(series.types)} columns"
    last = [f"{more}: --columns A,B or --format csv."]
    return print_series(series, Shown(columns, told, last=last), options, out)


def _first_stated(options: argparse.Namespace, out: TextIO) -> int:
    from ..series.known import stated_series

    in_words = _in_words(options.package)

    def told(row: Row) -> Row:
        words = {**in_words(row), "figure": row["figure_id"], "document": row["document_id"]}
        return {**words, "relation": str(row["relation"]).replace("_", " ")}

    series = stated_series(options.package, options.id, uncertain=True)
    columns = ["figure", "relation", "claimant", "stated_on", "document", "exact"]
    overlapping = [row["figure_id"] for row in series.rows if row["surely_later"] is False]
    together = ", ".join([series.rows[0]["figure_id"], *overlapping])
    unsure = f"Their dates overlap, so any of these may have come first: {together}."
    shown = Shown(columns, told, first=[unsure] if overlapping else [])
    return print_series(series, shown, options, out)


_EXAMPLES = {
    "measure": "returns, small_boat_arrivals, ...",
    "population": "albanian, all, ...",
    "claimant": "home-office, rishi-sunak, ...",
    "agreement": "A012, ...",
    "document": "D003, ...",
}


def register(commands: Commands) -> None:
    """Add the commands of this subject."""
    returns = commands.add("returns", _returns, as_of=True)
    returns.add_argument(
        "--source",
        metavar="SOURCE",
        choices=SOURCES,
        default="documents",
        help="documents (the default), official or both",
    )
    returns.add_argument(
        "--vintage",
        metavar="VINTAGE",
        choices=Offered(["latest"], commands.names("official_releases")),
        help="which official figures: latest, a day or a release",
    )
    commands.add("arrivals", _arrivals, as_of=True)
    commands.add("changes", _changes, as_of=True)
    commands.add("funding", _funding, as_of=True)
    timeline = commands.add("timeline", _timeline, as_of=True)
    timeline.add_argument(
        "--kind",
        metavar="KIND",
        choices=KINDS,
        action="append",
        help="document, statement, trend or event; may be repeated",
    )
    figures = commands.add("figures", _figures, as_of=True)
    for name, (_, table) in CHOICES.items():
        figures.add_argument(
            f"--{name}",
            metavar="ID",
            choices=commands.names(table),
            action="append",
            help=f"{_EXAMPLES[name]}; may be repeated",
        )
    figures.add_argument(
        "--words", metavar="TEXT", help="with this number (8,000) or these words: 'worst year'"
    )
    figures.add_argument(
        "--period",
        metavar="EDTF",
        help="whose period overlaps this one: 2022, 2022-12-13/2023-03-31, 2025-01/..",
    )
    first = commands.add("first-stated", _first_stated, as_of=True)
    first.add_argument(
        "id", metavar="ID", choices=Offered(commands.names("figures")), help="a figure: F036"
    )
