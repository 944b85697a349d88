"""Commands on official statistics: official, check-claims."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from ..errors import UnknownNameError
from ..tables.access import records
from .comparing import _write_follow_ups
from .output import (
    _left_out_in_words,
    bold,
    format_of,
    note,
    print_rows,
    print_series,
    text_of,
    write_indented,
)

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable

    from ..official.home_office import HomeOffice
    from ..tables.cells import Row
    from ..tables.noted_rows import Series
    from .commands import Commands


def _official(options: argparse.Namespace, out: TextIO) -> int:
    from ..official.series import vintage_series

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
        from ..official.plot import plot_vintages, save

        save(plot_vintages(options.series, options.period, *about[1:]), options.plot)
        note(f"{options.plot}: written.")
    shown, rows = list(series.types), series.rows
    if format_of(options.format, out) == "table":
        series, shown = _official_in_words(series)
        status = print_series(series, shown, options, out)
        _tell_rechecked(rows)
        return status
    return print_series(series, shown, options, out)


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


def _official_in_words(series: Series) -> tuple[Series, list[str]]:
    """An official series for a terminal: short names, what is known of days, marks to recheck."""
    from ..wording import released_in_words

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
    from ..official.counts import shipped, vintage_days
    from ..official.series import known_layer, official_from

    official = shipped()
    layer = known_layer(official, *about)
    releases = vintage_days(options.vintage or "latest", official)
    return official_from(official, releases, layer, options.freq or "year")


def _workbook(options: argparse.Namespace) -> HomeOffice:
    """The workbook given as an option, with what must be known of it told."""
    from ..official.home_office import read_home_office

    workbook = read_home_office(options.workbook, unlisted_as_zero=options.unlisted_as_zero)
    # Its messages stand among what must be known of the rows.
    for reading in workbook.readings:
        for line in f"{workbook.file}: {reading}".splitlines():
            note(line)
    note("")
    return workbook


def _check_claims(options: argparse.Namespace, out: TextIO) -> int:
    from ..official.check import AT_THE_TIME, CLAIM_VERDICTS, PUBLIC, checked_series

    if options.unlisted_as_zero and not options.workbook:
        options.usage("--unlisted-as-zero goes with --against FILE")
    known = {"verdict": list(CLAIM_VERDICTS), "public": list(PUBLIC)}
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
    counts = [f"{found.count(verdict)} {verdict}" for verdict in CLAIM_VERDICTS if verdict in found]
    filtered = options.verdict or options.public
    of_all = f" of {len(series.rows)}" if filtered else ""
    plural = "" if len(rows) == 1 and not filtered else "s"
    note(f"{len(rows)}{of_all} figure{plural}: {', '.join(counts) or 'none'}.")
    if form == "table" and not explained:
        note("Both numbers, releases and reasons: --explain, or --figure F026; all columns: CSV.")
    note(series.notes())
    if series.left_out and not filtered and not options.figure:
        note("Not checked:")
        for item in series.left_out:
            note(f"  {_left_out_in_words(item)}.")
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
        write_indented(row["explanation"], 2, out)
        if row["assumptions"]:
            write_indented(f"Assumed: {row['assumptions']}.", 4, out)
        _write_follow_ups(row["follow_ups"], out)


def register(commands: Commands) -> None:
    """Add the commands of this subject."""
    official = commands.add(
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
    check = commands.add(
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
