"""Small boat arrivals, changes and money as the documents state them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..citing.noted_rows import Series, left_out_figure
from ..reading.amounts import step_of
from ..tables.package import shipped
from .grouping import _claims, _ids, types_of

if TYPE_CHECKING:
    import pandas

    from ..tables.cells import Row
    from ..tables.package import Package


# ---------------------------------------------------------------- small boat arrivals

_CLAIM = ("exact", "value", "comparator", "lower", "upper")
_PERIOD = ("period", "period_start", "period_end", "period_basis")
_ARRIVALS = (
    *("year", "population", "population_basis", *_CLAIM, *_PERIOD, "complete", "status"),
    *("claimant_id", "document_id", "figure_ids", "note"),
)
_ARRIVALS_CAVEATS = (
    "Don't add Albanians to everybody: they are already counted there. These are people who "
    "arrived in the UK in small boats, as the documents count them. Documents establish "
    "nationality in different ways, some by what people declare, and most don't say how. Read the "
    "notes (column note) before you compare the counts of two documents. If complete is false, "
    "the count covers only part of the year, often to a day that is not stated."
)


def _whole_year(row: Row) -> bool:
    """Whether a period is certainly one whole calendar year."""
    ends = (row["period_start"], row["period_end"])
    if None in ends or ends != (row["period_start_latest"], row["period_end_earliest"]):
        return False
    start, end = ends
    return bool(
        start.year == end.year and (start.month, start.day, end.month, end.day) == (1, 1, 12, 31)
    )


# Why we choose one count for a year over another, in the order in which we decide.
_BETTER = (
    "covers the whole year",
    "covers a longer period that is certain",
    "gives a number",
    "is more precise",
    "is stated first",
)


def _preference(claim: list[Row]) -> tuple[Any, ...]:
    """The sort key that chooses the count for a year, in the order of _BETTER, smallest first."""
    row = claim[0]
    first, last = row["period_start_latest"], row["period_end_earliest"]
    certain = (row["period_start"], row["period_end"]) == (first, last)
    days = (last - first).days if certain else 0
    step = step_of(str(row["value"])) if row["value"] is not None else 0
    return not _whole_year(row), -days, row["value"] is None, step, row["figure_id"]


def arrivals_series(package: Package) -> Series:
    """Small boat arrivals by year and population, and the counts left out, with reasons."""
    by_year: dict[tuple[int, str], list[list[Row]]] = {}
    left_out = []
    for claim in _claims(
        row for row in package.rows("figures") if row["measure"] == "small_boat_arrivals"
    ):
        row = claim[0]
        start, end = row["period_start"], row["period_end"]
        why = ""
        if row["status"] not in ("actual", "provisional"):
            why = f"it is {row['status']}, not counted"
        elif start is None or end is None:
            why = "its period is not given"
        elif start.year != end.year:
            why = f"its period ({start} to {end}) spans more than one year; we don't split periods"
        if why:
            left_out += [left_out_figure(figure, why) for figure in claim]
        else:
            by_year.setdefault((start.year, row["population"]), []).append(claim)
    rows = []
    for (year, _), claims in sorted(by_year.items()):
        chosen, *others = sorted(claims, key=_preference)
        row = chosen[0]
        columns = {name: row[name] for name in _ARRIVALS if name in row}
        facts = {"year": year, "complete": _whole_year(row), "figure_ids": _ids(chosen)}
        rows.append({**facts, **columns})
        for claim in others:
            compared = zip(_preference(chosen), _preference(claim), _BETTER, strict=True)
            better = next(reason for one, other, reason in compared if one != other)
            stands = f"{row['figure_id']} ({row['exact']}) {better}"
            why = f"{stands}, so we use it for {year}, population {row['population']}"
            if claim[0]["population_basis"] == "self_declared":
                why += "; this one counts people by the nationality they declare"
            left_out += [left_out_figure(figure, why) for figure in claim]
    left_out.sort(key=lambda item: item["figure_id"])
    return Series(
        package, rows, types_of(package, _ARRIVALS), "persons", _ARRIVALS_CAVEATS, left_out
    )


def small_boat_arrivals_by_year() -> pandas.DataFrame:
    """Small boat arrivals in the UK by calendar year and population, as the documents give them.

    One row per year and population (`all`, everybody, or `albanian`). Columns: `year`; `population`
    and its `population_basis`; `exact`, the words; `value`, in persons, with its `comparator` and
    `lower`, `upper`, the limits that the words set; `period`, `period_start`, `period_end`,
    `period_basis`, the most days it can cover; `complete`, whether it certainly covers the whole
    year; `status`; `claimant_id`; `document_id`; `figure_ids`, the figure and those that repeat it;
    `note`, our caution about it. If there are several counts for a year and population, we give the
    one for the whole year, or else for the longest certain period, or else the most precise;
    `attrs["left_out"]` lists the others. `attrs` also has `units`, `caveats` and `citation`. Raises
    DataFileError for a data file that is missing or altered. Definition: the measures table
    (small_boat_arrivals), after the Home Office's user guide.

    >>> frame = small_boat_arrivals_by_year()
    >>> frame[frame["population"] == "albanian"][["year", "value"]].astype(int).values.tolist()
    [[2020, 50], [2021, 800], [2022, 12658], [2023, 922]]
    """
    return arrivals_series(shipped()).frame()


# ---------------------------------------------------------------- stated changes

_CHANGES = (
    *("measure", "of", "population", "area", "direction", *_CLAIM, "unit", *_PERIOD),
    *(f"base_{column}" for column in _PERIOD),
    *("status", "claimant_id", "document_id", "figure_ids"),
)
_CHANGES_CAVEATS = (
    "Where the base period is blank, the document gives none, so the change cannot be checked. "
    "Changes are as the documents state them, relative to a base period. A period shorter than its "
    "base is not a full year's change. The column direction says whether it is a rise or a fall. "
    "Changes without a number (risen sharply) are in the table trends."
)


def changes_series(package: Package) -> Series:
    """Every stated change once, with the figures that repeat it."""
    of = {row["measure"]: row["of"] for row in package.rows("measures") if row["kind"] == "change"}
    rows = []
    for claim in _claims(row for row in package.rows("figures") if row["measure"] in of):
        columns = {name: claim[0][name] for name in _CHANGES if name in claim[0]}
        rows.append({**columns, "of": of[claim[0]["measure"]], "figure_ids": _ids(claim)})
    units = "as column unit says: percent of the base period, or times the base period"
    return Series(package, rows, types_of(package, _CHANGES), units, _CHANGES_CAVEATS, [])


def stated_changes() -> pandas.DataFrame:
    """Every change that a document states with a number ("93% down", "doubled"); one row per claim.

    Columns: `measure`; `of`, the measure that changes; `population`; `area`; `direction` (increase,
    decrease), which replaces a sign; `exact`, the words; `value` with `comparator`, `lower`,
    `upper`, in `unit` (percent, times); `period` and `base_period`, each with `_start`, `_end`,
    `_basis`; `status`; `claimant_id`; `document_id`; `figure_ids`, the figure and those that repeat
    it. We do not compute changes ourselves. `attrs` has `units`, `caveats` and `citation`. Raises
    DataFileError for a data file that is missing or altered. Definitions: the measures table.

    >>> frame = stated_changes()
    >>> frame.loc[frame["figure_ids"] == "F025", ["direction", "value"]].values.tolist()
    [['decrease', 93.0]]
    """
    return changes_series(shipped()).frame()


# ---------------------------------------------------------------- funding

_FUNDING = (
    *("agreement_id", "agreement", "measure", *_CLAIM, "unit", "status", "providers"),
    *("recipients", *_PERIOD, "claimant_id", "document_id", "figure_ids"),
)
_FUNDING_CAVEATS = (
    "Don't add these sums up: they differ in kind. Money that is allocated or planned has not "
    "necessarily been paid. Sums are as the documents state them, in the money of the day."
)
_GIVE, _GET = ("provider", "donor"), ("recipient",)


def funding_series(package: Package) -> Series:
    """Every sum of money once; funding without a stated sum is left out, with the reason."""
    money = {row["measure"] for row in package.rows("measures") if row["kind"] == "money"}
    names = {row["agreement_id"]: row["name"] for row in package.rows("agreements")}
    parties = package.rows("agreement_parties")

    def those(agreement: str, roles: tuple[str, ...]) -> str | None:
        of = {
            row["actor_id"]
            for row in parties
            if row["agreement_id"] == agreement and row["role"] in roles
        }
        return " ".join(sorted(of)) or None

    rows: list[Row] = []
    for claim in _claims(row for row in package.rows("figures") if row["measure"] in money):
        row = claim[0]
        columns = {name: row[name] for name in _FUNDING if name in row}
        agreement = row["agreement_id"]
        columns["agreement"] = names.get(agreement)
        columns["providers"] = those(agreement, _GIVE)
        columns["recipients"] = those(agreement, _GET)
        rows.append({**columns, "figure_ids": _ids(claim)})
    with_sum = {row["agreement_id"] for row in rows} - {None}
    sources = {
        row["agreement_id"]: row["other_id"]
        for row in package.rows("agreement_links")
        if row["relation"] == "funded_by"
    }
    left_out = []
    for row in package.rows("agreement_events"):
        agreement = row["agreement_id"]
        if row["event"] not in ("funded", "delivered") or agreement in with_sum:
            continue
        about = f"{names[agreement]} ({row['event']}, {row['status']})"
        why = f"{about}: the documents state no sum for it"
        if sources.get(agreement) in with_sum:
            why += f"; {sources[agreement]}, listed here, is named as its possible source"
        item = {name: str(row[name]) for name in ("event_id", "agreement_id", "claimant_id")}
        left_out.append({**item, "why": why})
    return Series(package, rows, types_of(package, _FUNDING), "GBP", _FUNDING_CAVEATS, left_out)


def funding() -> pandas.DataFrame:
    """Sums of money that the documents state, with who gives and who receives; one row per claim.

    Columns: `agreement_id`, `agreement`, what it is for; `measure`; `exact`, the words; `value` in
    GBP with `comparator`, `lower`, `upper` and `unit`; `status` (actual, allocated, planned);
    `providers`, `recipients`, actors separated by spaces, as the documents name them; `period` with
    `_start`, `_end`, `_basis`; `claimant_id`; `document_id`; `figure_ids`. `attrs["left_out"]`
    lists funding and gifts without a stated sum. `attrs` also has `units`, `caveats` and
    `citation`. Raises DataFileError for a data file that is missing or altered. Definitions: the
    measures table.

    >>> funding().set_index("figure_ids")["status"].to_dict()
    {'F023': 'allocated', 'F030': 'actual', 'F045': 'planned'}
    """
    return funding_series(shipped()).frame()
