"""Commands that compare figures: compare, consistency, disagreements, implied."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, TextIO

from ..errors import EdtfError, UnknownNameError
from ..tables.access import records
from .commands import TEXTS, Commands
from .output import (
    bold,
    counted,
    format_of,
    note,
    print_rows,
    printable,
    terminal_width,
    text_format,
    warn_if_reworded,
    wrap,
    write_indented,
)

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable

    from ..tables.cells import Row


def _compare(options: argparse.Namespace, out: TextIO) -> int:
    from ..comparing.compare import compare

    form = text_format(options)
    found = compare(
        options.first, options.second, assuming=options.assume, tolerance=options.tolerance
    )
    _write(str(found), found.to_dict(), form, out)
    warn_if_reworded(_figures_named([options.first, options.second]))
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
    from ..tables.edtf import edtf_days

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
    from ..comparing.implied import implied

    form = text_format(options)
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
    from ..comparing.compare import VERDICTS
    from ..comparing.consistency import CHECKS, consistency_series

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
        rows.sort(key=lambda row: _SHOWN_FIRST.index(row["verdict"]))
        _write_findings(rows, out)
    else:
        print_rows(rows, list(series.types), form, out)
    note("")
    found = [row["verdict"] for row in rows]
    counts = [f"{found.count(verdict)} {verdict}" for verdict in verdicts if verdict in found]
    note(f"{counted(len(rows), 'check')}{': ' if rows else ''}{', '.join(counts)}.")
    note(series.notes())
    return 0


# The order in which a terminal tells findings: what a reader looks for first.
_SHOWN_FIRST = (
    *("contradicts", "strained", "depends_on_reading", "agrees_within_rounding", "equal"),
    *("refines", "refined_by", "compatible", "not_comparable", "cannot_tell"),
)


def _write_findings(rows: Iterable[Row], out: TextIO) -> None:
    """Findings as blocks: what was checked, the quotations if there are, why, what is assumed."""
    for number, row in enumerate(rows):
        out.write("\n" if number else "")
        out.write(f"{bold(row['check'] + ': ' + row['verdict'], out)}  ({row['figures']})\n")
        for line in (row.get("quotations") or "").replace("\u201d; ", "\u201d\n").splitlines():
            write_indented(line, 2, out)
        write_indented(row["explanation"], 2, out)
        if row["assumptions"] and "quotations" in row:
            write_indented(f"Assumed: {row['assumptions']}.", 4, out)
        _write_follow_ups(row.get("follow_ups"), out)


def _write_follow_ups(texts: str | None, out: TextIO) -> None:
    """What was said elsewhere, each in a paragraph of its own."""
    for text in texts.split(" | ") if texts else ():
        write_indented(f"Said elsewhere: {text}", 4, out)


def _disagreements(options: argparse.Namespace, out: TextIO) -> int:
    from ..comparing.consistency import disagreement_series

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
    note(f"{counted(len(found), 'finding')}: {told}.")
    note(series.notes())
    return 0


def _part(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"{text!r} is no part of a number, as 0.05 for 5 per cent"
        ) from None


def register(commands: Commands) -> None:
    """Add the commands of this subject."""
    compare = commands.add(
        "compare", _compare, "May two figures be compared, and do they agree.", TEXTS, as_of=True
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
    consistency = commands.add(
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
    commands.add(
        "disagreements",
        _disagreements,
        "What contradicts, strains, or depends on the reading.",
        as_of=True,
    )
    implied = commands.add(
        "implied",
        _implied,
        "What all figures together imply for a count over a period.",
        TEXTS,
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
