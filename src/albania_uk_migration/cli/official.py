"""Commands on official statistics: official, check-claims."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, TextIO

from ..official.terms import CLAIM_VERDICTS, FREQUENCIES, PUBLIC
from .commands import Offered
from .names import names_of, release_in_words
from .output import (
    Shown,
    bold,
    format_of,
    note,
    print_series,
    text_of,
    wrapped,
    write_follow_ups,
    write_indented,
)

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Sequence

    from ..citing.noted_rows import Series
    from ..official.home_office import HomeOffice
    from ..tables.cells import Row
    from ..tables.package import Package
    from .commands import Commands


def _official(options: argparse.Namespace, out: TextIO) -> int:
    from ..official.series import vintage_series

    if options.unlisted_as_zero and not options.workbook:
        options.usage("--unlisted-as-zero needs --workbook FILE.")
    if options.plot and not options.period:
        options.usage("Which period do you want to draw? Add --period, such as --period 2022.")
    if options.period and (options.workbook or options.vintage or options.freq or options.long):
        options.usage(
            "--period shows one period in every release. Leave out --vintage, --freq, --long and "
            "--workbook."
        )
    area = options.area or "GBR"
    population = options.population or _population(options.package, options.series, area)
    about = (options.series, population, area)
    readings: list[str] = []
    freq = options.freq or "year"
    if options.period:
        series = vintage_series(options.package, options.period, about)
    elif options.workbook:
        if options.vintage or options.area:
            options.usage("Give --vintage and --area, or --workbook; not both.")
        workbook = _workbook(options)
        series = workbook.rows(options.series, options.population, freq, options.long)
        readings = _readings(workbook)
    else:
        from ..official.series import series_of

        vintage = options.vintage or "latest"
        series = series_of(options.package, about, freq, vintage, options.long)
    if options.plot:
        from ..official.plot import plot_vintages, save

        save(plot_vintages(options.series, options.period, *about[1:]), options.plot)
        note(f"Saved {options.plot}.")
    shown = Shown(
        _columns_in_words(series, freq),
        functools.partial(_official_in_words, options.package),
        first=[*readings, *rechecked(series.rows, options.package)],
    )
    return print_series(series, shown, options, out)


def _population(package: Package, measure: str, area: str) -> str:
    """Albanians if they are counted separately, otherwise everybody."""
    rows = package.rows("official_statistics")
    counted = {r["population"] for r in rows if r["measure"] == measure and r["area"] == area}
    return "all" if counted == {"all"} else "albanian"


def marked_release(row: Row, package: Package) -> str | None:
    """Who published a row's release and when, with a mark if its value needs rechecking."""
    if not row.get("release_id"):
        return None
    mark = " *" if row.get("recheck") else ""
    return f"{release_in_words(package, row['release_id'])}{mark}"


def rechecked(rows: Iterable[Row], package: Package) -> list[str]:
    """Why marked rows need rechecking, one line per release and reason."""
    reasons: dict[tuple[str, str], list[str]] = {}
    for row in rows:
        if not row.get("recheck"):
            continue
        when = text_of(row["year"]) if "year" in row else ""
        when += f" Q{row['quarter']}" if row.get("quarter") else ""
        why = "; ".join(filter(None, (row["recheck"], row.get("note"))))
        reasons.setdefault((row["release_id"], why), []).append(when)
    lines = []
    for (release, reason), periods in reasons.items():
        which = ", ".join(filter(None, periods)) or release_in_words(package, release)
        lines.append(f"* Treat {which} with caution ({reason.replace('_', ' ')}).")
    return lines


def _columns_in_words(series: Series, freq: str) -> list[str]:
    """The columns of an official series on a terminal."""
    kept = ("measure", "year", *(["quarter"] if freq == "quarter" else []))
    counts = ("enforced", "voluntary", "total", "port", "value")
    return [*(name for name in series.types if name in (*kept, *counts)), "published"]


def _official_in_words(package: Package, row: Row) -> Row:
    """A row for a terminal: the measure and the release in words, a mark if it needs rechecking."""
    measure = names_of(package, "measures", "title")(row.get("measure"))
    return {**row, "measure": measure, "published": marked_release(row, package)}


def _workbook(options: argparse.Namespace) -> HomeOffice:
    """The workbook that an option names."""
    from ..official.home_office import read_home_office

    return read_home_office(options.workbook, unlisted_as_zero=options.unlisted_as_zero)


def _readings(workbook: HomeOffice) -> list[str]:
    """How a workbook was read; its messages are among the cautions for the rows."""
    return [
        line for reading in workbook.readings for line in f"{workbook.file}: {reading}".splitlines()
    ]


def _check_claims(options: argparse.Namespace, out: TextIO) -> int:
    from ..official.check import checked_series

    if options.unlisted_as_zero and not options.workbook:
        options.usage("--unlisted-as-zero needs --against FILE.")
    own, readings = None, []
    if options.workbook:
        if options.vintage != _AT_THE_TIME:
            options.usage("Give --vintage or --against, not both.")
        workbook = _workbook(options)
        own, readings = workbook.official(), _readings(workbook)
    every = checked_series(options.package, options.figure or None, options.vintage, own)
    rows = [
        row
        for row in every.rows
        if (not options.verdict or row["verdict"] in options.verdict)
        and (not options.public or row["public_when_said"] in options.public)
    ]
    if options.explain and options.format is None:
        options.format = "table"
    filtered = bool(options.verdict or options.public)
    explained = options.explain or options.figure
    number = f"{len(rows)} of {len(every.rows)}" if filtered else f"{len(rows)}"
    checked = f"{number} figure{'' if number == '1' else 's'} checked."
    lines = [checked, *_counted_verdicts(rows), *readings]
    if format_of(options.format, out) == "table" and not explained:
        lines.append("For every release and the reasons, add --explain. For one claim: check F026.")
    shown = Shown(
        ("figure", "claim", "what official figures say"),
        _in_words,
        _write_check if explained else None,
        first=lines,
        left_out=None if filtered or options.figure else "Not checked:",
    )
    return print_series(every._replace(rows=rows), shown, options, out)


_AT_THE_TIME = "at-the-time"


# What figures do, by verdict, after the number of figures.
_DO = {
    "agrees": "matched",
    "agrees_within_rounding": "matched once rounded",
    "compatible": "neither proved nor ruled out",
    "cannot_tell": "without a limit",
    "disagrees": "did not match",
    "superseded_by_revision": "matched a figure since revised",
    "definition_differs": "counted something else",
    "not_published_then": "made before any official figure for their days",
    "published_not_held": "with an official figure that we do not have",
    "coverage_not_known": "perhaps with one that we do not have",
    "period_not_stated": "without days",
    "no_series": "in no official series",
}


def _counted_verdicts(rows: Sequence[Row]) -> list[str]:
    """The number of figures with each verdict."""
    found = [row["verdict"] for row in rows]
    counts = [f"{found.count(verdict)} {do}" for verdict, do in _DO.items() if verdict in found]
    return [f"Verdicts: {', '.join(counts)}."] if counts else []


def _in_words(row: Row) -> Row:
    """A checked claim on a terminal: its words, and the answer."""
    answer = {"figure": row["figure_id"], "claim": row["exact"]}
    return {**answer, "what official figures say": row["answer"]}


def _write_check(row: Row, out: TextIO) -> None:
    """Write a checked claim: the answer, every release with its numbers, and the assumptions."""
    for line in wrapped(f"{row['figure_id']} (\u201c{row['exact']}\u201d): {row['answer']}"):
        out.write(f"{bold(line, out)}\n")
    write_indented(row["explanation"], 2, out)
    if row["assumptions"]:
        write_indented(f"We assume: {row['assumptions']}.", 4, out)
    write_follow_ups(row["follow_ups"], out)


def register(commands: Commands) -> None:
    """Add the commands of this subject."""
    vintages = Offered(["latest"], commands.names("official_releases"))
    _add_official(commands, vintages)
    _add_check_claims(commands, vintages)


def _add_official(commands: Commands, vintages: Offered) -> None:
    official = commands.add("official", _official)
    measures = commands.names("measures", kind="flow")
    populations = commands.column("official_statistics", "population")
    areas = commands.package.listed_values("official_statistics", "area")
    add = official.add_argument
    add("series", metavar="SERIES", choices=measures, help="returns, small_boat_arrivals, ...")
    add(
        "--population",
        metavar="ID",
        choices=Offered(populations),
        help="albanian (the default) or all",
    )
    add("--area", metavar="AREA", choices=areas, help="GBR (the default), DEU, ...")
    official.add_argument(
        "--freq", metavar="FREQ", choices=FREQUENCIES, help="year (the default) or quarter"
    )
    official.add_argument(
        "--vintage",
        metavar="VINTAGE",
        choices=vintages,
        help="latest (the default), a day (what was public by 2023-06-01), or a release",
    )
    official.add_argument(
        "--long",
        action="store_true",
        help="one row per measure and period: returns by type in rows",
    )
    official.add_argument(
        "--period", metavar="PERIOD", help="every release for one year, quarter or month (2022-Q1)"
    )
    official.add_argument(
        "--plot", metavar="FILE", help="with --period: draw it (.svg, .png, .pdf, .html)"
    )
    _add_workbook(official, "--workbook")


def _add_check_claims(commands: Commands, vintages: Offered) -> None:
    check = commands.add("check-claims", _check_claims, as_of=True)
    check.add_argument(
        "--vintage",
        metavar="VINTAGE",
        choices=Offered([_AT_THE_TIME], vintages),
        default=_AT_THE_TIME,
        help="at-the-time (the default), latest, a day, or a release",
    )
    _add_workbook(check, "--against")
    explained = "explain each verdict: numbers, reasons, assumptions"
    check.add_argument("--explain", action="store_true", help=explained)
    any_of = functools.partial(check.add_argument, action="append", default=[])
    known = commands.names("figures")
    any_of("--figure", metavar="ID", choices=known, help="F034, ...; may be repeated")
    any_of(
        "--verdict",
        metavar="VERDICT",
        choices=list(CLAIM_VERDICTS),
        help="agrees, ...; may be repeated",
    )
    any_of(
        "--public",
        metavar="PUBLIC",
        choices=PUBLIC,
        help="if an official figure was public then: yes, no or not_known; may be repeated",
    )


def _add_workbook(parser: argparse.ArgumentParser, name: str) -> None:
    parser.add_argument(
        name, dest="workbook", metavar="FILE", help="read this Home Office workbook instead"
    )
    parser.add_argument(
        "--unlisted-as-zero",
        action="store_true",
        help="with a workbook: count zero where a table has no row for a quarter",
    )
