"""Commands that compare figures, and work out what they imply together."""

from __future__ import annotations

import argparse
import functools
from typing import TYPE_CHECKING, TextIO

from ..claims.assumptions import JOINS
from ..comparing.terms import CHECK_VERDICTS, CHECKS, MOST_PAIRS
from ..errors import EdtfError
from ..wording import counted, printable, wrap
from .commands import TEXTS, Commands, Offered
from .output import (
    KEPT,
    Shown,
    bold,
    print_series,
    terminal_width,
    warn_if_reworded,
    write_indented,
)

if TYPE_CHECKING:
    import datetime
    from collections.abc import Callable

    from ..comparing.apparent import Apparent
    from ..comparing.disagreeing import Disagreement
    from ..tables.cells import Row


def _compare(options: argparse.Namespace, out: TextIO) -> int:
    from ..comparing.compare import compared_in

    asked = (options.first, options.second)
    found = compared_in(options.package, *asked, options.assume, options.tolerance)
    _write(str(found), found.to_dict(), options.format, out)
    figures = options.package.rows("figures")
    warn_if_reworded(options.package, [row for row in figures if row["figure_id"] in asked])
    return 0


def _write(text: str, data: object, form: str | None, out: TextIO) -> None:
    """Write text, wrapped on a terminal, or the same as JSON."""
    import json

    if form == "json":
        out.write(json.dumps(data, ensure_ascii=False, indent=2) + "\n")
        return
    for line in printable(text, KEPT).splitlines():
        indent = "    " if line.startswith(" ") else ""
        width = terminal_width() - len(indent)
        lines = wrap(line, width) if out.isatty() else [line.strip()]
        for number, part in enumerate(lines):
            out.write(f"{indent[: 4 if number else 2]}{part}\n")


def _days_given(options: argparse.Namespace, name: str) -> tuple[datetime.date, datetime.date]:
    """The first and last day of a day, month or year given as an option."""
    from ..tables.edtf import edtf_days

    given = getattr(options, name.removeprefix("--").replace("-", "_"))
    try:
        start, end = edtf_days(given)
    except EdtfError:
        start = end = None
    if start is not None and end is not None and not set("/[") & set(given):
        return start, end
    problem: str = options.usage(
        f'{name} "{given}" is not a date; write 2023-05-16, 2023-05 or 2023'
    )
    raise AssertionError(problem)


def _implied(options: argparse.Namespace, out: TextIO) -> int:
    from ..answers.implied import implied_beside

    first, last = (_days_given(options, f"--{name}") for name in ("from", "to"))
    if first[0] > last[1]:
        options.usage(f"--to ({options.to}) is before --from ({getattr(options, 'from')})")
    found = implied_beside(
        options.package,
        (options.measure, options.population, options.area),
        (first[0], last[1]),
        options.given or None,
        options.assume,
        options.rounded,
        options.conflicts,
    )
    _write(str(found), found.to_dict(), options.format, out)
    return 1 if found.lower is None else 0


def _consistency(options: argparse.Namespace, out: TextIO) -> int:
    from ..claims.given import figure_row
    from ..comparing.consistency import consistency_series

    for figure in options.figure:
        figure_row(options.package, figure)
    series = consistency_series(options.package)
    rows = [
        row
        for row in series.rows
        if (not options.check or row["check"] in options.check)
        and (not options.verdict or row["verdict"] in options.verdict)
        and (not options.figure or set(options.figure) & set(row["figures"].split()))
    ]
    found = [row["verdict"] for row in rows]
    counts = [
        f"{found.count(verdict)} {words}" for verdict, words in _CHECKED.items() if verdict in found
    ]
    line = f"{counted(len(rows), 'check')}{': ' if rows else ''}{', '.join(counts)}."
    shown = Shown(write=_write_finding, order=_by_verdict, first=[line])
    return print_series(series._replace(rows=rows), shown, options, out)


# What each verdict says, after the number of checks.
_CHECKED = {
    "equal": "the same",
    "agrees_within_rounding": "the same once rounded",
    "compatible": "consistent",
    "refines": "in agreement, the first more precise",
    "refined_by": "in agreement, the second more precise",
    "contradicts": "contradictory",
    "depends_on_reading": "dependent on the reading",
    "cannot_tell": "not possible",
    "not_comparable": "not comparable",
    "strained": "strained",
}


# The order of findings on a terminal: what a reader looks for first comes first.
_SHOWN_FIRST = (
    *("contradicts", "strained", "depends_on_reading", "agrees_within_rounding", "equal"),
    *("refines", "refined_by", "compatible", "not_comparable", "cannot_tell"),
)


def _by_verdict(row: Row) -> int:
    return _SHOWN_FIRST.index(row["verdict"])


def _write_finding(row: Row, out: TextIO) -> None:
    """Write a finding: the answer, its figures, and the reason."""
    _write_headline(row["headline"], row["figures"], out)
    write_indented(row["explanation"], 2, out)


def _write_headline(headline: str, figures: str, out: TextIO) -> None:
    for line in wrap(f"{headline} [{figures}]", terminal_width()):
        out.write(f"{bold(line, out)}\n")


def _write_disagreement(one: Disagreement, notes: bool, out: TextIO) -> None:
    """Write a disagreement: the answer, who said what, the arithmetic and the assumptions."""
    _write_headline(one.headline, " ".join(one.finding.figures), out)
    # The column has the other figures, if there is one.
    shown = one.quotations if notes or not one.column else one.claimed
    for quotation in shown:
        write_indented(str(quotation), 2, out)
    widest = max((len(figure) for figure, _ in one.column), default=0)
    for figure, what in one.column:
        first, *rest = wrap(what, terminal_width() - widest - 4)
        out.write(f"  {figure:>{widest}}  {first}\n")
        out.writelines(f"{' ' * (widest + 4)}{line}\n" for line in rest)
    if one.why:
        write_indented(" ".join(one.why), 2, out)
    assumed = (*one.assumptions, *(one.rules if notes else ()))
    if assumed:
        write_indented(f"Assumptions: {'. '.join(assumed)}.", 2, out)
    if notes:
        write_indented(f"In full: {one.finding.explanation}", 2, out)
        for text in one.follow_ups:
            write_indented(f"Also said: {text}", 4, out)
    elif one.follow_ups:
        said = counted(len(one.follow_ups), "statement")
        write_indented(f"Said earlier or later: {said}; show with --notes.", 2, out)


# The number of findings of a kind, in words.
_FOUND = {
    "contradicts": ("{} contradiction", "{} contradictions"),
    "strained": ("{} fits only with a jump", "{} fit only with a jump"),
    "depends_on_reading": ("{} depends on the reading", "{} depend on the reading"),
}


def _disagreements(options: argparse.Namespace, out: TextIO) -> int:
    from ..comparing.consistency import disagreement_series, disagreements_of

    found = disagreements_of(options.package)
    verdicts = [one.finding.verdict for one in found]
    told = [
        words[verdicts.count(verdict) != 1].format(verdicts.count(verdict))
        for verdict, words in _FOUND.items()
        if verdict in verdicts
    ]
    line = f"{counted(len(found), 'finding')}{': ' if told else ''}{', '.join(told)}."
    by_key = {(one.finding.check, " ".join(one.finding.figures)): one for one in found}

    def write(row: Row, out: TextIO) -> None:
        _write_disagreement(by_key[row["check"], row["figures"]], options.notes, out)

    series = disagreement_series(options.package, found)
    return print_series(series, Shown(write=write, first=[line]), options, out)


def _write_apparent(one: Apparent, notes: bool, out: TextIO) -> None:
    """Write two figures that look contradictory: the answer, who said what, and what differs."""
    _write_headline(one.headline, " ".join(one.figures), out)
    for quotation in one.quotations:
        write_indented(str(quotation), 2, out)
    write_indented(one.difference, 2, out)
    if notes:
        write_indented(f"In full: {one.explanation}", 2, out)
        if one.assumptions:
            write_indented(f"Assumptions: {'. '.join(one.assumptions)}.", 2, out)


def _apparent_conflicts(options: argparse.Namespace, out: TextIO) -> int:
    from ..comparing.apparent import apparent_in, apparent_series

    found = apparent_in(options.package, limit=options.limit)
    by_names = {" ".join(one.figures): one for one in found}

    def write(row: Row, out: TextIO) -> None:
        _write_apparent(by_names[row["figures"]], options.notes, out)

    first = f"{counted(len(found), 'pair')} of figures that look contradictory and are not."
    series = apparent_series(options.package, found)
    return print_series(series, Shown(write=write, first=[first]), options, out)


def _part(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"{text!r} is not a fraction; for 5 per cent, write 0.05"
        ) from None


def register(commands: Commands) -> None:
    """Add the commands of this subject."""
    _add_compare(commands)
    consistency = commands.add("consistency", _consistency, as_of=True)
    any_of = functools.partial(consistency.add_argument, action="append", default=[])
    again = "may be repeated"
    any_of("--check", metavar="CHECK", choices=CHECKS, help=f"strain, share, ...; {again}")
    any_of("--verdict", metavar="VERDICT", choices=CHECK_VERDICTS, help=f"equal, ...; {again}")
    any_of("--figure", metavar="ID", choices=commands.names("figures"), help=f"F034, ...; {again}")
    commands.add(
        "disagreements",
        _disagreements,
        as_of=True,
    )
    apparent = commands.add("apparent-conflicts", _apparent_conflicts, as_of=True)
    apparent.add_argument(
        "--limit", metavar="N", type=int, default=MOST_PAIRS, help="give at most this many pairs"
    )
    _add_implied(commands)


def _add_compare(commands: Commands) -> None:
    compare = commands.add("compare", _compare, TEXTS, as_of=True)
    for name in ("first", "second"):
        compare.add_argument(
            name,
            metavar="ID",
            choices=Offered(commands.names("figures")),
            help=f"the {name} figure",
        )
    compare.add_argument(
        "--assume",
        metavar="NAME",
        choices=Offered(JOINS),
        action="append",
        default=[],
        help="an assumption that joins two definitions (removals_are_returns, ...), or "
        "FIGURE=PERIOD; may be repeated",
    )
    compare.add_argument(
        "--tolerance",
        metavar="PART",
        type=_part,
        help="a fraction of the number: 0.05 for 5 per cent",
    )


def _add_implied(commands: Commands) -> None:
    implied = commands.add(
        "implied",
        _implied,
        TEXTS,
        as_of=True,
    )
    add = implied.add_argument
    several: Callable[..., object] = functools.partial(add, action="append", default=[])
    measures, areas = (
        commands.names("measures", kind="flow"),
        commands.package.listed_values("figures", "area"),
    )
    add(
        "measure",
        metavar="MEASURE",
        choices=Offered(measures),
        help="returns, small_boat_arrivals, ...",
    )
    add("--from", metavar="DATE", required=True, help="2023-04-01, 2023-04 or 2023")
    add("--to", metavar="DATE", required=True, help="the last day, month or year")
    add(
        "--population",
        metavar="ID",
        choices=commands.names("populations"),
        default="albanian",
        help="albanian (the default), all, ...",
    )
    add("--area", metavar="AREA", choices=areas, default="GBR", help="GBR (the default), ...")
    several(
        "--assume",
        metavar="CLAIM",
        choices=Offered(JOINS),
        help='FIGURE=PERIOD, a limit ("F009 at most 1500", "2023-04-01/2023-04-07 at most 100"), '
        "or a named assumption (removals_are_returns, ...); may be repeated",
    )
    known = commands.names("figures")
    several(
        "--given",
        metavar="ID",
        choices=Offered(known),
        help="use only this figure; may be repeated",
    )
    add("--rounded", action="store_true", help="allow for rounding of bare numbers")
    add(
        "--conflicts", metavar="N", type=int, default=1, help="show at most this many conflicts (1)"
    )
