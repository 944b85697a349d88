"""Returns of Albanians by year: from the documents, from offices, or from both."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

from ..citing.noted_rows import Series, left_out_figure
from ..errors import UnknownNameError
from ..official.series import RETURNS, series_of
from ..official.vintages import LATEST
from ..tables.package import shipped
from ..wording import MONTHS
from .asked import SOURCES
from .grouping import _ids

if TYPE_CHECKING:
    import pandas

    from ..tables.cells import Row
    from ..tables.package import Package


# The measures counted, by the name of their columns.
_RETURNS = {
    RETURNS[name]: "returns" if name == "value" else name
    for name in ("enforced_returns", "voluntary_returns", "value")
}
# Measures close to returns that we never count as returns.
_OTHER_MEASURES = ("removals", "returns_to_albania", "port_returns", "fno_returns")
# The columns of returns_by_year and their Table Schema types.
_RETURNS_COLUMNS = {
    "year": "integer",
    "period_start": "date",
    "period_end": "date",
    "months": "string",
    "complete": "boolean",
    **{f"{name}{bound}": "integer" for name in _RETURNS for bound in ("", "_lower", "_upper")},
    "figure_ids": "string",
}
_RETURNS_CAVEATS = (
    "A blank means that no document gives the number, not zero. These are returns of Albanian "
    "nationals from the UK, as the documents count them. The documents don't say whether totals "
    "include port returns."
)


def _why_left_out(row: Row) -> str | None:
    """Why a figure for returns is not in a series by calendar year; None if it is."""
    start, end = row["period_start"], row["period_end"]
    if row["measure"] in _OTHER_MEASURES:
        return f"it counts {row['measure']}, which is not the same as returns"
    if row["population"] != "albanian" or row["area"] != "GBR":
        return "it counts another population or area"
    if row["status"] not in ("actual", "provisional"):
        return f"it is {row['status']}, not counted"
    if not isinstance(start, datetime.date) or not isinstance(end, datetime.date):
        return "its period is not given"
    if start.year != end.year:
        return f"its period ({start} to {end}) spans more than one year; we don't split periods"
    if (start, end) != (row["period_start_latest"], row["period_end_earliest"]):
        return f"the ends of its period ({start} to {end} at the widest) are not certain"
    if row["repeats"] is not None:
        return f"it repeats {row['repeats']}"
    if any(row[name] is not None and row[name] != int(row[name]) for name in _NUMBERS):
        return "it is not a whole number"
    return None


_NUMBERS = ("value", "lower", "upper")


def _months(start: datetime.date, end: datetime.date) -> str:
    first, last = (MONTHS[day.month - 1] for day in (start, end))
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
        numbers = (figure.get(number) for number in _NUMBERS)
        value, lower, upper = (None if number is None else int(number) for number in numbers)
        year |= {name: value, f"{name}_lower": lower, f"{name}_upper": upper}
    year["figure_ids"] = _ids(figures.values())
    return year


def returns_series(package: Package) -> Series:
    """Returns by year, and the figures for returns that are left out, with reasons."""
    windows: dict[tuple[datetime.date, datetime.date], dict[str, Row]] = {}
    left_out = []
    for row in package.rows("figures"):
        if row["measure"] not in (*_RETURNS.values(), *_OTHER_MEASURES):
            continue
        why = _why_left_out(row)
        window: Any = (row["period_start"], row["period_end"])
        standing = windows.get(window, {}).get(str(row["measure"]))
        if why is None and standing is not None:
            why = (
                f"{standing['figure_id']} ({standing['exact']}) already covers the same measure "
                "and period"
            )
        if why is None:
            windows.setdefault(window, {})[str(row["measure"])] = row
        else:
            if row["repeats"] and "repeats" not in why:
                why += f"; it repeats {row['repeats']}"
            left_out.append(left_out_figure(row, why))
    rows = []
    for year in sorted({start.year for start, _ in windows}):
        of_year = [window for window in windows if window[0].year == year]
        widest = max(of_year, key=lambda window: (window[1] - window[0], window))
        rows.append(_returns_row(*widest, windows[widest]))
        for other in of_year:
            if other != widest:
                why = f"a longer period of {year} is given ({widest[0]} to {widest[1]})"
                left_out += [left_out_figure(figure, why) for figure in windows[other].values()]
    left_out.sort(key=lambda item: item["figure_id"])
    return Series(package, rows, _RETURNS_COLUMNS, "persons", _RETURNS_CAVEATS, left_out)


_OFFICIAL_RETURNS_COLUMNS = {
    **{name: kind for name, kind in _RETURNS_COLUMNS.items() if name != "figure_ids"},
    "port": "integer",
    "release_id": "string",
    "published_on": "date",
    "public_by": "date",
    "recheck": "string",
}


def _official_returns(package: Package, vintage: str | datetime.date) -> Series:
    """Returns by year, each year from one official release, in the columns of returns_by_year."""
    series = series_of(package, ("returns", "albanian", "GBR"), "year", vintage)
    rows = []
    for row in series.rows:
        told: Row = dict.fromkeys(_OFFICIAL_RETURNS_COLUMNS)
        told |= {name: row[name] for name in told if name in row}
        told["months"] = _months(row["period_start"], row["period_end"])
        told["complete"] = True if row["release_id"] else None
        for name in _RETURNS:
            told |= {f"{name}_lower": told[name], f"{name}_upper": told[name]}
        rows.append(told)
    return series._replace(rows=rows, types=_OFFICIAL_RETURNS_COLUMNS)


def returns_from(package: Package, source: str, vintage: str | datetime.date = LATEST) -> Series:
    """Returns by year from the documents, official releases or both; each row has one source."""
    if source not in SOURCES:
        raise UnknownNameError("source", source, SOURCES)
    documents = returns_series(package)
    if source == "documents":
        if vintage != LATEST:
            raise UnknownNameError(
                "vintage", vintage, [], "The documents have none. Ask for official or both."
            )
        return documents
    offices = _official_returns(package, vintage)
    if source == "official":
        return offices
    types = {"source": "string", **documents.types, **offices.types}
    rows = [
        {name: "documents" if name == "source" else row.get(name) for name in types}
        for row in documents.rows
    ]
    rows += [
        {name: "official" if name == "source" else row.get(name) for name in types}
        for row in offices.rows
    ]
    rows.sort(key=lambda row: (row["year"], row["source"]))
    caveats = f"Don't add up rows of the two sources. {documents.caveats} {offices.caveats}"
    return Series(package, rows, types, "persons", caveats, documents.left_out + offices.left_out)


def returns_by_year(
    source: str = "documents", vintage: str | datetime.date = "latest"
) -> pandas.DataFrame:
    """Returns of Albanians from the UK by calendar year, as the documents or offices give them.

    With `source="official"` the numbers come from official releases (see `official_series`), which
    `vintage` chooses. The columns are the same, except that `port` (port returns, kept apart),
    `release_id`, `published_on`, `public_by` and `recheck` replace `figure_ids`. With
    `source="both"` the first column, `source`, names the source of each row.

    From the documents there is one row per year for which a document gives a count. Columns:
    `year`; `period_start`, `period_end`, the days it covers; `months`, the same in words;
    `complete`, whether that is the whole year (2023 is January to March); `enforced`, `voluntary`,
    `total`, in persons, each with `_lower` and `_upper`, the limits that the words set;
    `figure_ids`, the figures it comes from, separated by spaces. A number that no document gives is
    missing: we do not add up totals, and we do not split periods of several years.
    `attrs["left_out"]` lists the counts of returns, removals and similar measures that are not in
    the table, with reasons. `attrs` also has `units`, `caveats` and `citation`. Raises
    UnknownNameError for a source or vintage that does not exist, and for a vintage of the
    documents. Definitions: the measures table, after the Home Office's immigration system
    statistics (returns).

    >>> frame = returns_by_year().set_index("year")
    >>> frame.loc[2022, ["enforced", "voluntary", "total"]].astype(int).to_list()
    [954, 934, 1888]
    >>> frame = returns_by_year(source="official", vintage="2023-06-01").set_index("year")
    >>> frame.loc[2022, ["enforced", "voluntary", "total"]].astype(int).to_list()
    [956, 1002, 1958]
    """
    return returns_from(shipped(), source, vintage).frame()
