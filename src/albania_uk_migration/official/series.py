"""What offices published by year and quarter, as of a day or in one release."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from ..citing.noted_rows import Series
from ..claims.windows import lies_in
from ..errors import UnknownNameError
from ..tables.package import shipped
from ..wording import day_in_words, released_in_words
from .counts import Count, Official, bracket, official_of, whole_period
from .periods import period_days, period_in_words, quarter_days, year_days
from .terms import FREQUENCIES
from .vintages import LATEST, releases_of

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable, Sequence

    import pandas

    from ..claims.vocabulary import Layer
    from ..tables.cells import Row
    from ..tables.package import Package


# ---------------------------------------------------------------- official series

# Measures beside another in its series, in columns of their own and never added to it.
APART = {"returns": ("port_returns",)}
# How tables of returns name their counts, here and in returns_by_year.
RETURNS = {
    "enforced_returns": "enforced",
    "voluntary_returns": "voluntary",
    "value": "total",
    "port_returns": "port",
}
_OFFICIAL_CAVEATS = (
    "These are official values, not from the documents. Each row is from one release. We add up "
    "quarters only if we have all of them; a blank means we do not have the value, not zero. "
    "Offices revise their figures, so another release may give a different one "
    "(official_statistics has all we have)."
)
_MARKED = "Do not rely on a row with a reason in the column recheck."
_OF_RETURNS = (
    "Total returns are enforced plus voluntary returns. Port returns have their own column; "
    "returns of foreign national offenders (fno_returns) cut across all three types. "
    "We add neither to the total."
)


def _named(layer: Layer, cells: dict[str, Any]) -> dict[str, Any]:
    """Cells or types by the names of their columns, which those of returns have for themselves."""
    names = RETURNS if layer[0] == "returns" else {}
    return {names.get(name, name): cell for name, cell in cells.items()}


def _official_columns(layer: Layer, freq: str, official: Official) -> dict[str, str]:
    """The columns of an official series and their Table Schema types."""
    counts = dict.fromkeys(_names(layer, official), "integer")
    return {**_PERIOD_COLUMNS[freq], **counts, **_RELEASE_COLUMNS}


def _names(layer: Layer, official: Official) -> list[str]:
    """What a table of a measure counts: its parts, its value, and the measures beside it."""
    return [*_parts(layer, official), "value", *APART.get(layer[0], ())]


_DAYS = {"period_start": "date", "period_end": "date"}
_PERIOD_COLUMNS = {
    "year": {"year": "integer", **_DAYS},
    "quarter": {"year": "integer", "quarter": "integer", **_DAYS},
}

_RELEASE_COLUMNS = {
    "release_id": "string",
    "published_on": "date",
    "public_by": "date",
    "cells": "integer",
    "verification": "string",
    "recheck": "string",
}


# The columns of a series with a row for each measure and period.
_LONG_COLUMNS = {
    **dict.fromkeys(("measure", "population", "area"), "string"),
    **_PERIOD_COLUMNS["quarter"],
    "value": "integer",
    "summed": "boolean",
    **_RELEASE_COLUMNS,
}


def _parts(layer: Layer, official: Official) -> list[str]:
    """The measures that add up to a measure, including those of parts that are sums themselves."""
    parts = [part for split in official.words.partitions(layer[0]).values() for part in split]
    return [name for part in parts for name in _parts((part, *layer[1:]), official) or [part]]


class _Period(NamedTuple):
    """A year or quarter of a series: its place, and the newest release that has it, with counts."""

    place: Row
    release: Row | None
    found: dict[str, Count]


def _counted(
    layer: Layer, freq: str, releases: Sequence[str], official: Official
) -> tuple[list[_Period], list[dict[str, str]]]:
    """The periods of an official series, each from the newest release that has it, and the rest.

    Values that need no rechecking come first, from any release.
    """
    layers = _columns_of(layer, official)
    counts = {
        (name, release, marked): official.counts(of, release, marked)
        for name, of in layers.items()
        for release in releases
        for marked in (False, True)
    }
    every = [c for (name, _, marked), found in counts.items() if marked for c in found]
    periods, left_out = [], []
    for year, quarter, days in _periods(every, freq):
        place: Row = {"year": year, "quarter": quarter, "period_start": days[0]}
        place["period_end"] = days[1]
        release, found = _newest(days, list(layers), releases, counts) or (None, {})
        if "value" not in found:
            left_out += _not_whole(layer, days, releases, counts, place)
        periods.append(_Period(place, official.releases[release] if release else None, found))
    return periods, left_out


def official_rows(
    layer: Layer, freq: str, releases: Sequence[str], official: Official
) -> tuple[list[Row], list[dict[str, str]]]:
    """The rows of an official series, one for each period, and what is left out.

    Its counts are named by their measures, and the measure's own is the value.
    """
    columns = _official_columns(layer, freq, official)
    periods, left_out = _counted(layer, freq, releases, official)
    rows = []
    for place, release, found in periods:
        row: Row = dict.fromkeys(columns)
        row |= {name: cell for name, cell in place.items() if name in columns}
        row |= {name: count.value for name, count in found.items()}
        if release is not None:
            row |= _of_release(release, _summed(found, layer))
        rows.append(row)
    return rows, left_out


def _long_rows(
    layer: Layer, freq: str, releases: Sequence[str], official: Official
) -> tuple[list[Row], list[dict[str, str]]]:
    """The rows of an official series, one for each measure and period, and what is left out."""
    layers = _columns_of(layer, official)
    periods, left_out = _counted(layer, freq, releases, official)
    rows = []
    for name in _names(layer, official):
        about = dict(zip(("measure", "population", "area"), layers[name], strict=True))
        for place, release, found in periods:
            row: Row = {**dict.fromkeys(_LONG_COLUMNS), **about, **place}
            if release is not None and name in found:
                row |= {"value": found[name].value, **_of_release(release, [found[name]])}
                row["summed"] = row["cells"] > 1
            rows.append(row)
    return rows, left_out


def _periods(
    counts: Iterable[Count], freq: str
) -> list[tuple[int, int | None, tuple[datetime.date, datetime.date]]]:
    """The years or quarters from the first count to the last, with gaps."""
    listed = list(counts)
    if freq == "quarter":
        listed = [count for count in listed if count.days < _HALF_A_YEAR]
    if not listed:
        return []
    first, last = min(c.start for c in listed), max(c.end for c in listed)
    years = range(first.year, last.year + 1)
    if freq == "year":
        return [(year, None, year_days(year)) for year in years]
    quarters = [(year, quarter, quarter_days(year, quarter)) for year in years for quarter in _FOUR]
    return [one for one in quarters if one[2][1] >= first and one[2][0] <= last]


_FOUR = (1, 2, 3, 4)
_HALF_A_YEAR = 180
_Counts = dict[tuple[str, str, bool], list[Count]]


def _newest(
    period: tuple[datetime.date, datetime.date],
    names: list[str],
    releases: Sequence[str],
    counts: _Counts,
) -> tuple[str, dict[str, Count]] | None:
    """The newest release with a period's value, or else with a part of it, and its counts.

    A published total that needs rechecking does not replace the sum of its parts.
    """
    parts = names[1:]
    for wanted, marked in (("value", False), ("value", True), (None, True)):
        for release in releases:
            found = {name: whole_period(counts[name, release, marked], period) for name in names}
            if marked and parts and found["value"] is not None and found[parts[0]] is None:
                found["value"] = None
            there = {name: count for name, count in found.items() if count is not None}
            if wanted in there or (wanted is None and there):
                if not marked:
                    more = {n: whole_period(counts[n, release, True], period) for n in parts}
                    there = {**{n: c for n, c in more.items() if c is not None}, **there}
                return release, there
    return None


def _summed(found: dict[str, Count], layer: Layer) -> list[Count]:
    """The counts behind a row of a series: its value, or its parts, or the measures beside it."""
    if "value" in found:
        return [found["value"]]
    apart = APART.get(layer[0], ())
    return [c for name, c in found.items() if name not in apart] or list(found.values())


def _of_release(release: Row, counts: Iterable[Count]) -> Row:
    """The columns for a row's release and the cells that were added up."""
    rows = {id(row): row for count in counts for row in count.rows}.values()
    several = len({row["measure"] for row in rows}) > 1
    told = {
        "verification": [row["verification"] for row in rows],
        "recheck": [
            f"{row['measure']}: {row['recheck']}" if several else row["recheck"]
            for row in rows
            if row["recheck"]
        ],
    }
    columns = ("release_id", "published_on", "public_by")
    texts = {name: "; ".join(dict.fromkeys(listed)) or None for name, listed in told.items()}
    return {**{name: release[name] for name in columns}, "cells": len(rows), **texts}


def _not_whole(
    layer: Layer,
    period: tuple[datetime.date, datetime.date],
    releases: Sequence[str],
    counts: _Counts,
    row: Row,
) -> list[dict[str, str]]:
    """What the release with most of a period has, and why that is not the period's value."""
    most: tuple[str, tuple[Count, ...]] = "", ()
    for release in releases:
        within = bracket(counts["value", release, True], period, None).inside
        missing = [
            count
            for count in counts["value", release, True]
            if count.value is None and lies_in((count.start, count.end), period)
        ]
        found = tuple(sorted([*within, *missing], key=lambda count: count.start))
        if _days_of(found) > _days_of(most[1]):
            most = release, found
    release, found = most
    if not found:
        return []
    why = "it covers only part of the period"
    lacking = [r for count in found for r in count.rows if r["value"] is None]
    if lacking:
        why = "; ".join(dict.fromkeys(row["note"] or "missing" for row in lacking))
    elif (found[0].start, found[0].end) == period:
        why = found[0].recheck or why
    what = " + ".join(map(str, found))
    told = {"release_id": release, "measure": layer[0], "exact": what, "why": why}
    return [{**told, "year": str(row["year"])}]


def _days_of(counts: Iterable[Count]) -> int:
    return sum(count.days for count in counts)


def official_from(
    package: Package,
    official: Official,
    releases: Sequence[str],
    layer: Layer,
    freq: str,
    long: bool = False,
) -> Series:
    """The series of a count from some releases; see official_series."""
    if freq not in FREQUENCIES:
        raise UnknownNameError("frequency", freq, FREQUENCIES)
    made = _long_rows if long else official_rows
    rows, left_out = made(layer, freq, releases, official)
    caveats = [_OFFICIAL_CAVEATS]
    if layer[0] in APART:
        caveats.append(_OF_RETURNS)
    if any(row["recheck"] for row in rows):
        caveats.append(_MARKED)
    own = [row["value"] for row in rows if row.get("measure", layer[0]) == layer[0]]
    if all(value is None for value in own):
        caveats.append(_nothing_held(layer, freq, releases, official))
    caveats += _not_held(layer, releases, official)
    types = _LONG_COLUMNS
    if not long:
        types = _named(layer, _official_columns(layer, freq, official))
        rows = [_named(layer, row) for row in rows]
    return Series(package, rows, types, "persons", " ".join(caveats), left_out)


def _not_held(layer: Layer, releases: Sequence[str], official: Official) -> list[str]:
    """Among releases that cover a layer without values here, what the one with most has."""
    having = set(official.having(layer, marked=True))
    covered = [
        row
        for name in releases
        if name not in having
        for row, *_ in official.covered(layer, name)[:1]
        if row["basis"] == "seen" and row["last_day"] is not None
    ]
    if not covered:
        return []
    row = max(covered, key=lambda row: row["last_day"])
    release = official.releases[row["release_id"]]
    others = f"; and {len(covered) - 1} more" if len(covered) > 1 else ""
    told = f"{row['table']} in {row['release_id']}, {released_in_words(release)}"
    last = day_in_words(row["last_day"])
    page = official.page(layer, str(row["release_id"]))
    return [
        f"Published, but not in these tables: {told}, which runs to {last}"
        f"{f' ({page})' if page else ''}{others}."
    ]


def known_layer(official: Official, measure: str, population: str, area: str) -> Layer:
    """What a series counts, if its measure, population and area each occur in a series."""
    held = official.layers()
    for kind, at, asked in (
        ("official measure", 0, measure),
        ("official population", 1, population),
        ("official area", 2, area),
    ):
        names = sorted({layer[at] for layer in held})
        if asked not in names and names:
            raise UnknownNameError(kind, asked, names)
    return measure, population, area


def _nothing_held(layer: Layer, freq: str, releases: Sequence[str], official: Official) -> str:
    """What to say about a series without a value: which other series has one."""
    title = official.words.title(layer)
    others = sorted(
        f"population {population} in {area}"
        for measure, population, area in official.layers()
        if measure == layer[0] and (population, area) != layer[1:]
    )
    if not releases:
        return "No release we have was public by then."
    which = f"the {len(releases)} releases" if len(releases) != 1 else releases[0]
    also = f". We have this measure for {', '.join(others)}" if others else ""
    return f"We have no value of {title} by {freq} in {which}{also}."


def official_series(
    measure: str,
    population: str = "albanian",
    area: str = "GBR",
    freq: str = "year",
    vintage: str | datetime.date = "latest",
    *,
    long: bool = False,
) -> pandas.DataFrame:
    """Official figures for a measure by calendar year or quarter, not from the documents.

    One row per year (`freq="year"`) or quarter, from the first to the last that is counted, gaps
    included. `vintage` says which releases to use: "latest", all of them, the newest first; a day
    (`"2023-06-01"`), those that were certainly public by then; or one release
    ("ho-iss-ye-dec-2023"). Each row is from one release: the newest that has the whole period, as
    given or as the sum of all its quarters. Values that need no caution come first.

    Columns: `year`, `quarter`; `period_start`, `period_end`; of returns, as in `returns_by_year`,
    `enforced`, `voluntary`, `total`, which is their sum, and `port`, kept apart; of any other
    measure `value`, after its parts, if it is split; all in persons; `release_id`; `published_on`,
    or `public_by`, a day by which it was public; `cells`, how many values were summed;
    `verification`, how they were seen; `recheck`, the reason for caution. A missing value means
    that we do not have it; `attrs["left_out"]` says what part of it we have. `attrs` also has
    `units`, `caveats` and `citation` (with licences).

    With `long=True` there is one row per measure and period, whatever the measure is: `measure`,
    `population`, `area`; `year`, `quarter` (missing for years), `period_start`, `period_end`;
    `value`; `summed`, whether we added it up from several published values; and the columns of the
    release. For returns that is `enforced_returns`, `voluntary_returns`, `returns` and
    `port_returns`: do not add these up, because `returns` is the sum of the first two.

    Raises UnknownNameError for a measure, population, area, frequency or vintage that does not
    exist. Definitions: the measures table; Home Office immigration system statistics, UNHCR Refugee
    Data Finder.

    >>> frame = official_series("small_boat_arrivals").set_index("year")
    >>> print(frame.loc[2022, "value"], frame.loc[2022, "release_id"])
    12658 ho-iss-ye-sep-2025
    >>> earlier = official_series("small_boat_arrivals", vintage="2023-06-01").set_index("year")
    >>> int(earlier.loc[2022, "value"])
    12301
    >>> rows = official_series("returns", long=True).set_index(["measure", "year"])
    >>> print(rows.loc[("returns", 2022), "value"], rows.loc[("enforced_returns", 2022), "value"])
    2010 958
    """
    return series_of(shipped(), (measure, population, area), freq, vintage, long).frame()


def series_of(
    package: Package,
    about: Layer,
    freq: str,
    vintage: str | datetime.date = LATEST,
    long: bool = False,
) -> Series:
    """The series of a count from the releases of a package; see official_series."""
    official = official_of(package)
    layer = known_layer(official, *about)
    return official_from(package, official, releases_of(vintage, official), layer, freq, long)


# ---------------------------------------------------------------- one period in every vintage

_VINTAGE_COLUMNS = {
    "release_id": "string",
    "publisher": "string",
    "year_ending": "date",
    "published_on": "date",
    "public_by": "date",
}


def vintage_counts(
    official: Official, period: str, layer: Layer
) -> list[tuple[Row, dict[str, Count]]]:
    """Each release that has a period, oldest first: its row, and its counts by column.

    Counts that need no rechecking come first.
    """
    days = period_days(period)
    listed = []
    for release, about in official.releases.items():
        found = {}
        for name, of in _columns_of(layer, official).items():
            held = (official.counts(of, release, marked) for marked in (False, True))
            count = next(filter(None, (whole_period(counts, days) for counts in held)), None)
            if count is not None:
                found[name] = count
        if "value" in found:
            listed.append((about, found))
    return listed


def _columns_of(layer: Layer, official: Official) -> dict[str, Layer]:
    """What the columns of a series count: its value, its parts, and the measures beside it."""
    beside = [*_parts(layer, official), *APART.get(layer[0], ())]
    return {"value": layer, **{name: (name, *layer[1:]) for name in beside}}


def _first(count: Count) -> bool | None:
    """Whether we know that a count was the first published for its days."""
    return True if all(row["first_publication"] for row in count.rows) else None


def vintage_series(package: Package, period: str, about: Layer) -> Series:
    """Every vintage of a period; see official_vintages."""
    official = official_of(package)
    layer = known_layer(official, *about)
    days = period_days(period)
    names = _names(layer, official)
    rows = []
    for release, found in vintage_counts(official, period, layer):
        row: Row = {name: release[name] for name in _VINTAGE_COLUMNS}
        row["first_publication"] = _first(found["value"])
        row |= {name: found[name].value if name in found else None for name in names}
        notes = (cell["note"] for cell in found["value"].rows)
        row["note"] = "; ".join(dict.fromkeys(filter(None, notes))) or None
        rows.append({**_of_release(release, [found["value"]]), **row})
    types = {**_VINTAGE_COLUMNS, **dict.fromkeys(names, "integer")}
    types["first_publication"] = "boolean"
    types |= {name: _RELEASE_COLUMNS[name] for name in ("cells", "verification", "recheck")}
    types["note"] = "string"
    rows = [_named(layer, {name: row[name] for name in types}) for row in rows]
    title = f"{official.words.title(layer)}, {period_in_words(*days)}"
    caveats = f"{title}. {_OFFICIAL_CAVEATS}"
    if any(row["recheck"] for row in rows):
        caveats += f" {_MARKED}"
    if not rows:
        caveats = f"{title}: no release that we have gives this period. {_OFFICIAL_CAVEATS}"
    return Series(package, rows, _named(layer, types), "persons", caveats, [])


def official_vintages(
    measure: str, period: str, population: str = "albanian", area: str = "GBR"
) -> pandas.DataFrame:
    """One period of an official series in each release we have, oldest first.

    `period` is a year, quarter or month ("2022", "2022-Q1"). Columns: `release_id`, `publisher`,
    `year_ending`, which orders releases; `published_on`, or `public_by`, a day by which it was
    public; the counts, in persons, in the columns that `official_series` has for them (of returns
    `enforced`, `voluntary`, `total`, `port`; otherwise `value`, after its parts if it is split);
    `first_publication`, whether the release is known to be the first with these days; `cells`, how
    many values were summed; `verification`; `recheck`, the reason for caution; `note`. If a total
    has no parts, the release does not give them. `attrs` has `units`, `caveats` and `citation`.
    Raises UnknownNameError for a measure, population or area that does not exist,
    EdtfError for a period in another form. Definitions: the measures table.

    >>> official_vintages("small_boat_arrivals", "2022")["value"].to_list()
    [12301, 12301, 12658, 12658, 12658, 12658]
    """
    return vintage_series(shipped(), period, (measure, population, area)).frame()
