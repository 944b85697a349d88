"""What people plot and look up, from the figures, statements and events of the documents.

Nothing is summed, nothing that repeats counts twice, nothing is filled in that the documents do not
give. Each series names the figures of every row, and tells what it leaves out, and why.
"""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from .citing.cite import cited
from .errors import UnknownNameError
from .official.counts import (
    shipped,
    vintage_days,
)
from .official.series import official_from
from .reading.amounts import step_of
from .tables.access import records
from .tables.edtf import edtf_days
from .tables.noted_rows import Series
from .tables.package import package

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import pandas

    from .tables.cells import Row


def _ids(rows: Iterable[Row]) -> str:
    return " ".join(sorted(str(row["figure_id"]) for row in rows))


def _claims(figures: Iterable[Row]) -> list[list[Row]]:
    """Figures grouped by claim: each first statement of it, with the figures that repeat it."""
    claims: dict[str, list[Row]] = {}
    for row in figures:
        claims.setdefault(str(row["repeats"] or row["figure_id"]), []).append(row)
    return list(claims.values())


# ---------------------------------------------------------------- returns


_RETURNS = {"enforced": "enforced_returns", "voluntary": "voluntary_returns", "total": "returns"}
# Measures close to returns that are never taken for them.
_OTHER_MEASURES = ("removals", "returns_to_albania", "port_returns", "fno_returns")
# The columns of returns_by_year and their Table Schema types.
_RETURNS_COLUMNS = {
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
_RETURNS_CAVEATS = (
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
    if start.year != end.year:
        return f"its period ({start} to {end}) runs over more than one year and is never split"
    if (start, end) != (row["period_start_latest"], row["period_end_earliest"]):
        return f"the ends of its period ({start} to {end} at the outermost) are not certain"
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
    year["figure_ids"] = _ids(figures.values())
    return year


def returns_series(figures: list[Row]) -> Series:
    """Returns by year, and the figures of returns that were left out, each with why."""
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
            if row["repeats"] and "repeats" not in why:
                why += f"; it repeats {row['repeats']}"
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
    left_out.sort(key=lambda item: item["figure_id"])
    return Series(rows, _RETURNS_COLUMNS, "persons", _RETURNS_CAVEATS, left_out, cited)


SOURCES = ("documents", "official", "both")
_OFFICIAL_RETURNS_COLUMNS = {
    **{name: kind for name, kind in _RETURNS_COLUMNS.items() if name != "figure_ids"},
    "port": "number",
    "release_id": "string",
    "released_on": "date",
    "released_basis": "string",
    "recheck": "string",
}


def _official_returns(vintage: str | datetime.date) -> Series:
    """Returns by year as one official release each has them, in the columns of returns_by_year."""
    official = shipped()
    releases = vintage_days(vintage, official)
    series = official_from(official, releases, ("returns", "albanian", "GBR"), "year")
    rows = []
    for row in series.rows:
        told: Row = dict.fromkeys(_OFFICIAL_RETURNS_COLUMNS)
        told |= {name: row[name] for name in told if name in row}
        told["months"] = _months(row["period_start"], row["period_end"])
        told["complete"] = True if row["release_id"] else None
        for name, measure in (*_RETURNS.items(), ("port", "port_returns")):
            value = row["value" if measure == "returns" else measure]
            told[name] = None if value is None else Decimal(value)
            if name != "port":
                told |= {f"{name}_lower": told[name], f"{name}_upper": told[name]}
        rows.append(told)
    return series._replace(rows=rows, types=_OFFICIAL_RETURNS_COLUMNS)


def returns_from(source: str, vintage: str | datetime.date = "latest") -> Series:
    """Returns by year from the documents, from official releases, or from both, each row of one."""
    if source not in SOURCES:
        raise UnknownNameError("source", source, SOURCES)
    documents = returns_series(records("figures"))
    if source == "documents":
        if vintage != "latest":
            raise UnknownNameError(
                "vintage", vintage, [], "the documents have none; ask for official or both"
            )
        return documents
    offices = _official_returns(vintage)
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
    caveats = f"Never add rows of two sources. {documents.caveats} {offices.caveats}"
    return Series(rows, types, "persons", caveats, documents.left_out + offices.left_out, cited)


def returns_by_year(
    source: str = "documents", vintage: str | datetime.date = "latest"
) -> pandas.DataFrame:
    """Returns of Albanians from the UK by calendar year, as the documents state them.

    With `source="official"` as official releases have them (see `official_series`): the columns
    are the same, but that `figure_ids` gives way to `port`, port returns, kept apart, and to
    `release_id`, `released_on`, `released_basis` and `recheck`; `vintage` chooses the releases.
    With `source="both"` each row is of one source, named in the first column, `source`.

    From the documents: one row a year for which a document gives a count. Columns: `year`;
    `period_start`, `period_end` the days it covers; `months` the same in words; `complete` whether
    that is the whole year (2023 is January to March); `enforced`, `voluntary`, `total` in persons,
    each with `_lower` and `_upper`, what the words prove; `figure_ids` the figures it comes
    from, split by spaces. What no document gives is missing, and no total is made of parts.
    A period over several years is never split; `attrs["left_out"]` tells which counts of
    returns, and of removals and other measures close to them, are not in, and why; `attrs`
    has `units`, `caveats` and `citation` too. Definitions: the measures table, after the Home
    Office's immigration system statistics (returns).

    >>> frame = returns_by_year().set_index("year")
    >>> frame.loc[2022, ["enforced", "voluntary", "total"]].astype(int).to_list()
    [954, 934, 1888]
    >>> frame = returns_by_year(source="official", vintage="2023-06-01").set_index("year")
    >>> frame.loc[2022, ["enforced", "voluntary", "total"]].astype(int).to_list()
    [956, 1002, 1958]
    """
    return returns_from(source, vintage).frame()


# ---------------------------------------------------------------- small boat arrivals

_CLAIM_COLUMNS = {
    "exact": "string",
    "value": "number",
    "comparator": "string",
    "lower": "number",
    "upper": "number",
}
_PERIOD_COLUMNS = {
    "period": "string",
    "period_start": "date",
    "period_end": "date",
    "period_basis": "string",
}
_ARRIVALS_COLUMNS = {
    "year": "integer",
    "population": "string",
    "population_basis": "string",
    **_CLAIM_COLUMNS,
    **_PERIOD_COLUMNS,
    "complete": "boolean",
    "status": "string",
    "claimant_id": "string",
    "document_id": "string",
    "figure_ids": "string",
    "note": "string",
}
_ARRIVALS_CAVEATS = (
    "People who arrived in the UK in small boats, as the documents count them. Documents establish "
    "nationality differently, some by what people declare of themselves, and most do not say: "
    "counts of two documents are no series until their notes (column note) have been read. "
    "Everybody (all) and Albanians are never to be added: the second are among the first. Where "
    "complete is false, the count runs over part of the year only, often to an unstated day."
)


def _whole_year(row: Row) -> bool:
    """Whether a period is certainly one calendar year, whole."""
    ends = (row["period_start"], row["period_end"])
    if None in ends or ends != (row["period_start_latest"], row["period_end_earliest"]):
        return False
    start, end = ends
    return bool(
        start.year == end.year and (start.month, start.day, end.month, end.day) == (1, 1, 12, 31)
    )


# Why one count stands for a year and another does not, in the order in which that is decided.
_BETTER = (
    "covers the whole year",
    "covers a longer period that is certain",
    "gives a number",
    "is printed to a finer step",
    "is stated first",
)


def _preference(claim: list[Row]) -> tuple[Any, ...]:
    """What decides which count stands for a year, in the order of _BETTER, the smallest first."""
    row = claim[0]
    first, last = row["period_start_latest"], row["period_end_earliest"]
    certain = (row["period_start"], row["period_end"]) == (first, last)
    days = (last - first).days if certain else 0
    step = step_of(str(row["value"])) if row["value"] is not None else 0
    return not _whole_year(row), -days, row["value"] is None, step, row["figure_id"]


def arrivals_series(figures: list[Row]) -> Series:
    """Small boat arrivals by year and population, and the counts left out, each with why."""
    by_year: dict[tuple[int, str], list[list[Row]]] = {}
    left_out = []
    for claim in _claims(row for row in figures if row["measure"] == "small_boat_arrivals"):
        row = claim[0]
        start, end = row["period_start"], row["period_end"]
        why = ""
        if row["status"] not in ("actual", "provisional"):
            why = f"it is {row['status']}, not counted"
        elif start is None or end is None:
            why = "its period is not given"
        elif start.year != end.year:
            why = f"its period ({start} to {end}) runs over more than one year and is never split"
        if why:
            left_out += [_left_out(figure, why) for figure in claim]
        else:
            by_year.setdefault((start.year, row["population"]), []).append(claim)
    rows = []
    for (year, _), claims in sorted(by_year.items()):
        chosen, *others = sorted(claims, key=_preference)
        row = chosen[0]
        columns = {name: row[name] for name in _ARRIVALS_COLUMNS if name in row}
        facts = {"year": year, "complete": _whole_year(row), "figure_ids": _ids(chosen)}
        rows.append({**facts, **columns})
        for claim in others:
            compared = zip(_preference(chosen), _preference(claim), _BETTER, strict=True)
            better = next(reason for one, other, reason in compared if one != other)
            stands = f"{row['figure_id']} ({row['exact']}) {better}"
            why = f"{stands} and stands for {year}, population {row['population']}"
            if claim[0]["population_basis"] == "self_declared":
                why += "; this one counts by what people declare of themselves"
            left_out += [_left_out(figure, why) for figure in claim]
    left_out.sort(key=lambda item: item["figure_id"])
    return Series(rows, _ARRIVALS_COLUMNS, "persons", _ARRIVALS_CAVEATS, left_out, cited)


def small_boat_arrivals_by_year() -> pandas.DataFrame:
    """Small boat arrivals in the UK by calendar year and population, as the documents state them.

    One row a year and population (`all`: everybody; `albanian`). Columns: `year`; `population`
    and its `population_basis`; `exact`, the words; `value` in persons with its `comparator` and
    `lower`, `upper`, what the words prove; `period`, `period_start`, `period_end`,
    `period_basis`, the days it covers at the most; `complete` whether it certainly covers the
    whole year; `status`; `claimant_id`; `document_id`; `figure_ids` the figure and those that
    repeat it; `note` what must be known of it. Of several counts of one year and population that
    of the whole year stands, else the longest certain period, else the one printed to the finest
    step; the others are told in `attrs["left_out"]`. `attrs` has `units`, `caveats` and
    `citation` too. Definition: the measures table (small_boat_arrivals).

    >>> frame = small_boat_arrivals_by_year()
    >>> frame[frame["population"] == "albanian"][["year", "value"]].astype(int).values.tolist()
    [[2020, 50], [2021, 800], [2022, 12658], [2023, 922]]
    """
    return arrivals_series(records("figures")).frame()


# ---------------------------------------------------------------- stated changes

_CHANGES_COLUMNS = {
    "measure": "string",
    "of": "string",
    "population": "string",
    "area": "string",
    "direction": "string",
    **_CLAIM_COLUMNS,
    "unit": "string",
    **_PERIOD_COLUMNS,
    **{name.replace("period", "base_period"): kind for name, kind in _PERIOD_COLUMNS.items()},
    "status": "string",
    "claimant_id": "string",
    "document_id": "string",
    "figure_ids": "string",
}
_CHANGES_CAVEATS = (
    "Changes as the documents state them, relative to a base period; where that is missing, none "
    "is stated, and the change cannot be checked against levels. A period shorter than its base "
    "is no full year's change. The direction carries the sign. Changes told without a number "
    "(risen sharply) are not among the figures."
)


def changes_series(figures: list[Row]) -> Series:
    """Every stated change, once, with the figures that repeat it."""
    of = {row["measure"]: row["of"] for row in records("measures") if row["kind"] == "change"}
    rows = []
    for claim in _claims(row for row in figures if row["measure"] in of):
        columns = {name: claim[0][name] for name in _CHANGES_COLUMNS if name in claim[0]}
        rows.append({**columns, "of": of[claim[0]["measure"]], "figure_ids": _ids(claim)})
    units = "as column unit says: percent of the base period, or times the base period"
    return Series(rows, _CHANGES_COLUMNS, units, _CHANGES_CAVEATS, [], cited)


def stated_changes() -> pandas.DataFrame:
    """Every change that a document states with a number: "93% down", "doubled"; one row a claim.

    Columns: `measure`; `of`, the measure that changes; `population`; `area`; `direction`
    (increase, decrease), which carries the sign; `exact`, the words; `value` with `comparator`,
    `lower`, `upper`, in `unit` (percent, times); `period` and `base_period`, each with
    `_start`, `_end`, `_basis`; `status`; `claimant_id`; `document_id`; `figure_ids` the figure
    and those that repeat it. A document's change is never computed from levels here. `attrs`:
    `units`, `caveats`, `citation`.

    >>> frame = stated_changes()
    >>> frame.loc[frame["figure_ids"] == "F025", ["direction", "value"]].values.tolist()
    [['decrease', 93.0]]
    """
    return changes_series(records("figures")).frame()


# ---------------------------------------------------------------- funding

_FUNDING_COLUMNS = {
    "agreement_id": "string",
    "agreement": "string",
    "measure": "string",
    **_CLAIM_COLUMNS,
    "unit": "string",
    "status": "string",
    "providers": "string",
    "recipients": "string",
    **_PERIOD_COLUMNS,
    "claimant_id": "string",
    "document_id": "string",
    "figure_ids": "string",
}
_FUNDING_CAVEATS = (
    "Sums of money as the documents state them, in the money of the day. What is allocated or "
    "planned is not thereby paid; the rows are of different kinds and are never to be added."
)
_GIVE, _GET = ("provider", "donor"), ("recipient",)


def funding_series(figures: list[Row]) -> Series:
    """Every sum of money, once; what is said to be given without a sum is left out, with why."""
    money = {row["measure"] for row in records("measures") if row["kind"] == "money"}
    names = {row["agreement_id"]: row["name"] for row in records("agreements")}
    parties = records("agreement_parties")

    def those(agreement: str, roles: tuple[str, ...]) -> str | None:
        of = {
            row["actor_id"]
            for row in parties
            if row["agreement_id"] == agreement and row["role"] in roles
        }
        return " ".join(sorted(of)) or None

    rows: list[Row] = []
    for claim in _claims(row for row in figures if row["measure"] in money):
        row = claim[0]
        columns = {name: row[name] for name in _FUNDING_COLUMNS if name in row}
        agreement = row["agreement_id"]
        columns["agreement"] = names.get(agreement)
        columns["providers"] = those(agreement, _GIVE)
        columns["recipients"] = those(agreement, _GET)
        rows.append({**columns, "figure_ids": _ids(claim)})
    with_sum = {row["agreement_id"] for row in rows} - {None}
    sources = {
        row["agreement_id"]: row["other_id"]
        for row in records("agreement_links")
        if row["relation"] == "funded_by"
    }
    left_out = []
    for row in records("agreement_events"):
        agreement = row["agreement_id"]
        if row["event"] not in ("funded", "delivered") or agreement in with_sum:
            continue
        why = f"{names[agreement]} ({row['event']}, {row['status']}): no sum of its own is stated"
        if sources.get(agreement) in with_sum:
            why += f"; {sources[agreement]}, which is in, is named as its possible source"
        item = {name: str(row[name]) for name in ("event_id", "agreement_id", "claimant_id")}
        left_out.append({**item, "why": why})
    return Series(rows, _FUNDING_COLUMNS, "GBP", _FUNDING_CAVEATS, left_out, cited)


def funding() -> pandas.DataFrame:
    """Sums of money that the documents state, with who gives and who gets; one row a claim.

    Columns: `agreement_id`, `agreement` what it is about; `measure`; `exact`, the words;
    `value` in GBP with `comparator`, `lower`, `upper` and `unit`; `status` (actual, allocated,
    planned); `providers`, `recipients`, actors split by spaces, as the documents name them;
    `period` with `_start`, `_end`, `_basis`; `claimant_id`; `document_id`; `figure_ids`. What
    is said to be funded or given without a sum is in `attrs["left_out"]`; `attrs` has `units`,
    `caveats` and `citation` too.

    >>> funding().set_index("figure_ids")["status"].to_dict()
    {'F023': 'allocated', 'F030': 'actual', 'F045': 'planned'}
    """
    return funding_series(records("figures")).frame()


# ---------------------------------------------------------------- timeline

_TIMELINE_COLUMNS = {
    "date": "string",
    "date_start": "date",
    "date_end": "date",
    "date_basis": "string",
    "kind": "string",
    "id": "string",
    "what": "string",
    "event": "string",
    "status": "string",
    "actor_id": "string",
    "agreement_id": "string",
    "document_id": "string",
    "figure_ids": "string",
}
_TIMELINE_CAVEATS = (
    "A date is a range wherever the texts leave it open: date_start is the first day it can be, "
    "missing where nothing says; date_end the last. Rows stand by their last possible day, so that "
    "the order of rows with ranges is not an order in time. What a statement says is the gist of "
    "its speaker's words in ours, not a finding; a planned one was not yet made. Only an event "
    "whose status is happened did happen by the document's own account; one reported is so by its "
    "claimant; expected, potential and denied events are not said to have happened."
)


def _dated(row: Row, column: str) -> Row:
    """The date of a row under the names that the timeline has for it."""
    return {
        "date": row[column],
        **{f"date_{part}": row[f"{column}_{part}"] for part in ("start", "end", "basis")},
    }


def timeline_series() -> Series:
    """Documents, statements and events by date, and the events left out for want of one."""
    figures = records("figures")
    rows: list[Row] = []
    left_out = []
    for row in records("documents"):
        own = [
            figure
            for figure in figures
            if figure["document_id"] == row["document_id"] and figure["statement_id"] is None
        ]
        about = {"kind": "document", "id": row["document_id"], "what": row["title"]}
        about |= {"actor_id": row["voice_id"], "figure_ids": _ids(own)}
        rows.append({**_dated(row, "published"), **about, "document_id": row["document_id"]})
    for row in records("statements"):
        held = [f for f in figures if f["statement_id"] == row["statement_id"]]
        about = {"kind": "statement", "id": row["statement_id"], "what": row["gist"]}
        about |= {"status": row["made"], "actor_id": row["speaker_id"], "figure_ids": _ids(held)}
        rows.append({**_dated(row, "stated_on"), **about, "document_id": row["document_id"]})
    names = {row["agreement_id"]: row["name"] for row in records("agreements")}
    for row in records("agreement_events"):
        name = names[row["agreement_id"]]
        if row["date"] is None:
            why = f"{name} ({row['event']}, {row['status']}): no date is stated"
            left_out.append(
                {"event_id": row["event_id"], "claimant_id": row["claimant_id"], "why": why}
            )
            continue
        held = [f for f in figures if _tells_of(f, row)]
        about = {"kind": "event", "id": row["event_id"], "what": name, "figure_ids": _ids(held)}
        about |= {"actor_id": row["claimant_id"]}
        copied = ("event", "status", "agreement_id", "document_id")
        rows.append({**_dated(row, "date"), **about, **{c: row[c] for c in copied}})
    rows.sort(key=_in_time)
    rows = [{name: row.get(name) or None for name in _TIMELINE_COLUMNS} for row in rows]
    return Series(rows, _TIMELINE_COLUMNS, "dates in EDTF", _TIMELINE_CAVEATS, left_out, cited)


def _tells_of(figure: Row, event: Row) -> bool:
    """Whether the quotation of a figure meets the words of an event of its agreement."""
    return bool(
        figure["agreement_id"] == event["agreement_id"]
        and figure["document_id"] == event["document_id"]
        and event["start_char"] < figure["quote_end"]
        and figure["quote_start"] < event["end_char"]
    )


def _in_time(row: Row) -> tuple[object, ...]:
    first, last = row["date_start"], row["date_end"]
    kinds = ("event", "statement", "document")
    return (
        last or first or datetime.date.max,
        first or datetime.date.min,
        kinds.index(row["kind"]),
        row["id"],
    )


def timeline() -> pandas.DataFrame:
    """Documents, statements and dated events in one table, by the last day that each can be.

    One row each, and each once: an event told by two documents is two events, for they are never
    merged on suspicion. Columns: `date`, an EDTF expression (`[A..B]` one unknown day within, `A/B`
    from A to B); `date_start`, `date_end` the first and last day it allows, missing
    where nothing limits it; `date_basis`; `kind` (document, statement, event); `id`; `what` (a
    title, the gist of a statement in our words, the agreement); `event` (signed, expanded,
    ...); `status` (of an event: happened, expected, potential, denied, reported; of a statement:
    made or planned); `actor_id`, the voice of the document, the speaker, or who claims the
    event; `agreement_id`; `document_id`; `figure_ids`, the figures in the statement, in the
    document outside all statements, or in the words of the event about its agreement. Events
    without a date are told in `attrs["left_out"]`; `attrs` has `units`, `caveats` and
    `citation` too. Dates: EDTF (ISO 8601-2:2019).

    >>> frame = timeline()
    >>> frame[frame["agreement_id"] == "A012"][["date", "event"]].values.tolist()
    [['2022-12-13', 'signed'], ['2022-12-13', 'agreed']]
    """
    return timeline_series().frame()


# ---------------------------------------------------------------- looking figures up

_ABOUT_CAVEATS = (
    "Do not sum figures: they overlap, repeat one another (repeats) and cover different windows. "
    "Absence from these data is not evidence of absence."
)
# Each argument of figures_about: the column it chooses by and the table that has its values.
CHOICES = {
    "measure": ("measure", "measures"),
    "population": ("population", "populations"),
    "claimant": ("claimant_id", "actors"),
    "agreement": ("agreement_id", "agreements"),
    "document": ("document_id", "documents"),
}


def about_series(period: str | None, **chosen: str | Sequence[str] | None) -> Series:
    """Figures chosen by their keys and by a period; see figures_about."""
    rows = records("figures")
    for argument, asked in chosen.items():
        if asked is None or not asked:
            continue
        wanted = [asked] if isinstance(asked, str) else list(asked)
        column, table = CHOICES[argument]
        known = [str(row[package().key(table)[0]]) for row in records(table)]
        for name in wanted:
            if name not in known:
                raise UnknownNameError(argument, name, known)
        rows = [row for row in rows if row[column] in wanted]
    if period is not None:
        start, end = edtf_days(period)
        first, last = start or datetime.date.min, end or datetime.date.max
        rows = [
            row
            for row in rows
            if row["period"] is not None
            and (row["period_start"] or datetime.date.min) <= last
            and first <= (row["period_end"] or datetime.date.max)
        ]
    types = {field["name"]: field["type"] for field in package().fields("figures")}
    return Series(rows, types, "as column unit says", _ABOUT_CAVEATS, [], cited)


def figures_about(
    *,
    measure: str | Sequence[str] | None = None,
    population: str | Sequence[str] | None = None,
    claimant: str | Sequence[str] | None = None,
    period: str | None = None,
    agreement: str | Sequence[str] | None = None,
    document: str | Sequence[str] | None = None,
) -> pandas.DataFrame:
    """The figures of a measure, a population, a claimant, a period, an agreement, a document.

    Each argument is an identifier of the table it names (`measures`, `populations`, `actors`,
    `agreements`, `documents`), or several, any of which will do; what is not given does not
    limit. Identifiers are taken as they stand: `returns` does not bring `enforced_returns`, nor
    `all` the Albanians among them. `period` is a date or period in EDTF (`2022`,
    `2022-12-13/2023-03-31`, `2023-01/..`): figures whose outermost window shares a day with it.

    Returns rows of the figures table, with its columns (see `describe("figures")`), and
    `units`, `caveats` and `citation` in `attrs`. Raises UnknownNameError for an identifier
    that does not exist, EdtfError for a period in another form.

    >>> figures_about(measure="returns", period="2022")["figure_id"].to_list()
    ['F009', 'F010', 'F011', 'F033', 'F034', 'F036']
    """
    return about_series(
        period,
        measure=measure,
        population=population,
        claimant=claimant,
        agreement=agreement,
        document=document,
    ).frame()
