"""What people plot, from the figures of the documents.

Nothing is summed that overlaps, nothing filled in that the documents do not give.
"""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

from .tables import Row, frame, records

if TYPE_CHECKING:
    import pandas

_RETURNS = {"enforced": "enforced_returns", "voluntary": "voluntary_returns", "total": "returns"}
# Measures close to returns that are never taken for them.
_OTHER_MEASURES = ("removals", "returns_to_albania", "port_returns", "fno_returns")
# The columns of returns_by_year and their Table Schema types.
RETURNS_COLUMNS = {
    "year": "integer",
    "period_start": "date",
    "period_end": "date",
    "months": "string",
    "complete": "boolean",
    **{f"{name}{bound}": "number" for name in _RETURNS for bound in ("", "_lower", "_upper")},
    "figure_ids": "string",
}
_MONTHS = (
    "January February March April May June July August September October November December"
).split()
CAVEATS = (
    "Returns of Albanian nationals from the UK, as the documents count them; whether port returns "
    "are in a total is not said. A missing number was not given by any document; it is not zero."
)


def _why_left_out(row: Row) -> str | None:
    """Why a figure of returns cannot stand in a series by calendar year; None if it can."""
    start, end = row["period_start"], row["period_end"]
    if row["measure"] in _OTHER_MEASURES:
        return f"its measure is {row['measure']}, which is not the same as returns"
    if row["population"] != "albanian" or row["area"] != "GBR":
        return "it counts another population or area"
    if row["status"] not in ("actual", "provisional"):
        return f"it is {row['status']}, not counted"
    if not isinstance(start, datetime.date) or not isinstance(end, datetime.date):
        return "its period is not given"
    if (start, end) != (row["period_start_latest"], row["period_end_earliest"]):
        return f"the ends of its period ({start} to {end} at the outermost) are not certain"
    if start.year != end.year:
        return f"its period ({start} to {end}) runs over more than one year and is never split"
    if row["repeats"] is not None:
        return f"it repeats {row['repeats']}"
    return None


def _left_out(row: Row, why: str) -> dict[str, str]:
    """A figure that is not in the series: what it says, who says it, why it is not in."""
    names = ("figure_id", "exact", "claimant_id")
    return {**{name: str(row[name]) for name in names}, "why": why}


def _months(start: datetime.date, end: datetime.date) -> str:
    first, last = (_MONTHS[day.month - 1] for day in (start, end))
    return first if first == last else f"{first} to {last}"


def _returns_row(start: datetime.date, end: datetime.date, figures: dict[str, Row]) -> Row:
    year: Row = {
        "year": start.year,
        "period_start": start,
        "period_end": end,
        "months": _months(start, end),
        "complete": (start.month, start.day, end.month, end.day) == (1, 1, 12, 31),
    }
    for name, measure in _RETURNS.items():
        figure = figures.get(measure, {})
        year[name] = figure.get("value")
        year[f"{name}_lower"] = figure.get("lower")
        year[f"{name}_upper"] = figure.get("upper")
    year["figure_ids"] = " ".join(sorted(str(figure["figure_id"]) for figure in figures.values()))
    return year


def returns_rows(figures: list[Row]) -> tuple[list[Row], list[dict[str, str]]]:
    """Rows of returns by year, and the figures of returns that were left out, each with why."""
    windows: dict[tuple[datetime.date, datetime.date], dict[str, Row]] = {}
    left_out = []
    for row in figures:
        if row["measure"] not in (*_RETURNS.values(), *_OTHER_MEASURES):
            continue
        why = _why_left_out(row)
        window: Any = (row["period_start"], row["period_end"])
        standing = windows.get(window, {}).get(str(row["measure"]))
        if why is None and standing is not None:
            why = (
                f"{standing['figure_id']} ({standing['exact']}) stands for the same measure and "
                "period already"
            )
        if why is None:
            windows.setdefault(window, {})[str(row["measure"])] = row
        else:
            left_out.append(_left_out(row, why))
    rows = []
    for year in sorted({start.year for start, _ in windows}):
        of_year = [window for window in windows if window[0].year == year]
        widest = max(of_year, key=lambda window: (window[1] - window[0], window))
        rows.append(_returns_row(*widest, windows[widest]))
        for other in of_year:
            if other != widest:
                why = f"a longer period of {year} is given ({widest[0]} to {widest[1]})"
                left_out += [_left_out(figure, why) for figure in windows[other].values()]
    return rows, sorted(left_out, key=lambda item: item["figure_id"])


def returns_by_year() -> pandas.DataFrame:
    """Returns of Albanians from the UK by calendar year, as the documents state them.

    One row a year for which a document gives a count. Columns: `year`; `period_start`,
    `period_end` the days it covers; `months` the same in words; `complete` whether that is
    the whole year (2023 is January to March); `enforced`, `voluntary`, `total` in persons,
    each with `_lower` and `_upper`, what the words prove; `figure_ids` the figures it comes
    from, split by spaces. What no document gives is missing, and no total is made of parts.
    A period over several years is never split; `attrs["left_out"]` tells which counts of
    returns, and of removals and other measures close to them, are not in, and why; `attrs`
    has `units` and `caveats` too. Definitions: the measures table, after the Home Office's
    immigration system statistics (returns).

    >>> frame = returns_by_year().set_index("year")
    >>> frame.loc[2022, ["enforced", "voluntary", "total"]].astype(int).to_list()
    [954, 934, 1888]
    """
    rows, left_out = returns_rows(records("figures"))
    result = frame(rows, RETURNS_COLUMNS)
    result.attrs["units"] = "persons"
    result.attrs["caveats"] = CAVEATS
    result.attrs["left_out"] = left_out
    return result
