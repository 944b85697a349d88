"""Hypothesis strategies for rows and tables that pass `validate`.

    from albania_uk_migration import strategies

`rows`, `tables` and `frames` draw any table of the package, with the shipped tables as its context.
`windows` and `quantities` draw columns of a figure that depend on one another, and `returns` draws
figures that add up. We draw a row cell by cell as its Table Schema allows, then compute the columns
that follow from others. The rows mean nothing: their words are random and come from no document.

Needs hypothesis (extra `hypothesis`).
"""

from __future__ import annotations

import datetime
import hashlib
import string
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from .errors import MissingExtraError
from .reading import grammar as _grammar
from .rules.dates import dated_columns, days_of
from .rules.figures import UNITS, first_repeated
from .rules.official import relation_of
from .rules.releases import version_parts
from .rules.spans import innermost_statement
from .tables.cells import FORMULA, Row, frame, limits_of
from .tables.package import shipped

try:
    from hypothesis import assume
    from hypothesis import strategies as st
except ImportError:
    raise MissingExtraError("albania_uk_migration.strategies", "hypothesis", "hypothesis") from None

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas
    from hypothesis.strategies import DrawFn, SearchStrategy

__all__ = ["frames", "quantities", "returns", "rows", "tables", "windows"]

_FIRST, _LAST = datetime.date(1990, 1, 1), datetime.date(2030, 12, 31)
_LETTERS = st.characters(codec="utf-8", exclude_characters="\0\r\ufeff")
# Hypothesis builds its table of characters once per project, which takes seconds. Do it here,
# before any draw is timed.
_LETTERS.validate()
_BASES = ("stated", "inferred", "external", "ambiguous")
# The longest quotation we draw, in characters.
_LONGEST = 40


# ---------------------------------------------------------------- text and dates


def _sound(text: str) -> str:
    """The text, with another first character if a spreadsheet would run it as a formula."""
    return "x" + text[1:] if text.startswith(FORMULA) else text


def _text(smallest: int = 1, largest: int = 30) -> SearchStrategy[str]:
    return st.text(_LETTERS, min_size=smallest, max_size=largest).map(_sound)


def _day(draw: DrawFn, first: datetime.date, last: datetime.date) -> str:
    """A year, month or day that begins between two days."""
    day = draw(st.dates(first, last)).isoformat()
    return draw(st.sampled_from([day, day[:7], day[:4]]))


@st.composite
def _date(draw: DrawFn, last: datetime.date = _LAST) -> str:
    """A date expression whose first day, if it has one, is not after the last day allowed."""
    form = draw(st.sampled_from(["A", "A/B", "[A..B]", "[..B]"]))
    before, after = sorted(
        [draw(st.dates(_FIRST, last)), draw(st.dates(_FIRST, last))],
    )
    if form == "A":
        return _day(draw, before, after)
    return form.replace("A", before.isoformat()).replace("B", after.isoformat())


def _set_days(row: Row, column: str) -> None:
    """Set the first and last day that belong to a date expression."""
    row[f"{column}_start"], row[f"{column}_end"] = days_of(row, column)


def _set_date(draw: DrawFn, row: Row, column: str, value: str | None) -> None:
    """Set a date expression, its days and a matching basis."""
    row[column] = value
    row[f"{column}_basis"] = draw(st.sampled_from(_BASES)) if value else "unstated"
    _set_days(row, column)


# ---------------------------------------------------------------- cells


# Columns that we compute from others in every table that has them, unless they are its key.
_SET = {
    *("start_char", "end_char", "exact", "quote", "quote_start", "quote_end", "statement_id"),
    *("value", "comparator", "lower", "upper", "unit", "direction", "base_period_basis"),
    *("stated_on_basis", "period_basis", "period_start_latest", "period_end_earliest"),
    *("period_exact", "period_at", "rank_among", "sole", "repeats"),
}


_CELLS: dict[str, dict[str, SearchStrategy[Any]]] = {}


def _cells(table: str) -> dict[str, SearchStrategy[Any]]:
    """Strategies for a table's columns, made once; columns that follow from others have none."""
    if table in _CELLS:
        return _CELLS[table]
    schema = shipped().sound().resource(table)["schema"]
    dated = dated_columns(shipped(), table)
    follow = {f"{name}{end}" for name in dated for end in ("", "_start", "_end")}
    follow |= _SET - set(schema["primaryKey"])
    cells = {}
    for field in schema["fields"]:
        name = field["name"]
        drawn = st.none() if name in follow else _of_field(field)
        for key in schema.get("foreignKeys", []):
            other = key["reference"]["resource"]
            if key["fields"] == [name]:
                known = sorted(shipped().known(other, key["reference"]["fields"])) if other else []
                drawn = st.sampled_from([one for (one,) in known]) if known else st.none()
        required = field.get("constraints", {}).get("required")
        cells[name] = drawn if required or name in follow else st.none() | drawn
    return _CELLS.setdefault(table, cells)


def _of_field(field: dict[str, Any]) -> SearchStrategy[Any]:
    """Cells that a field's type and constraints allow."""
    limits = limits_of(field)
    if "enum" in limits:
        return st.sampled_from(limits["enum"])
    if "pattern" in limits:
        return st.from_regex(limits["pattern"], fullmatch=True, alphabet=_LETTERS)
    if field["type"] == "integer":
        return st.integers(limits.get("minimum", -(10**6)), limits.get("maximum", 10**6))
    if field["type"] == "boolean":
        return st.booleans()
    if field["type"] == "date":
        return st.dates(_FIRST, _LAST)
    if field["type"] == "number":
        return st.decimals(limits.get("minimum", 0), 10**9, places=2)
    return _text(largest=limits.get("maxLength", 30))


def _plain_row(draw: DrawFn, table: str) -> Row:
    """A row whose cells are drawn one by one; references name rows that exist in other tables."""
    return {name: draw(cells) for name, cells in _cells(table).items()}


def _parent(draw: DrawFn, before: list[Row], key: str) -> str | None:
    """None, or the key of an earlier row."""
    return draw(st.sampled_from([None, *(str(row[key]) for row in before)]))


# ---------------------------------------------------------------- one table each
#
# Each function completes a row that was drawn cell by cell: it sets what follows from other columns
# and from earlier rows. It returns False if the row cannot be made sound.


def _actor(draw: DrawFn, row: Row, before: list[Row]) -> bool:
    row["part_of"] = _parent(draw, before, "actor_id")
    return True


def _population(draw: DrawFn, row: Row, before: list[Row]) -> bool:
    row["within"] = _parent(draw, before, "population")
    return True


def _measure(draw: DrawFn, row: Row, before: list[Row]) -> bool:
    row["unit"] = draw(st.sampled_from(sorted(UNITS[row["kind"]])))
    alike = [other for other in before if other["unit"] == row["unit"]]
    row["part_of"] = _parent(draw, alike, "measure")
    row["partition"] = row["partition"] if row["part_of"] else None
    row["of"] = _parent(draw, before, "measure")
    row["share_of"] = _parent(draw, before, "measure") if row["kind"] == "share" else None
    return row["kind"] != "change" or row["of"] is not None


def _document(draw: DrawFn, row: Row, before: list[Row]) -> bool:
    _set_date(draw, row, "published", draw(_date()))
    return True


def _agreement(draw: DrawFn, row: Row, before: list[Row]) -> bool:
    events = sorted({event["agreement_id"] for event in shipped().rows("agreement_events")})
    row["agreement_id"] = draw(st.sampled_from(events))
    _set_date(draw, row, "signed", draw(st.none() | _date()))
    return True


def _party(draw: DrawFn, row: Row, before: list[Row]) -> bool:
    event = draw(st.sampled_from(shipped().rows("agreement_events")))
    row["event_id"], row["agreement_id"] = event["event_id"], event["agreement_id"]
    return True


def _link(draw: DrawFn, row: Row, before: list[Row]) -> bool:
    _party(draw, row, before)
    return bool(row["other_id"] != row["agreement_id"])


def _document_of(row: Row) -> Row:
    documents = shipped().rows("documents")
    return next(other for other in documents if other["document_id"] == row["document_id"])


def _set_span(draw: DrawFn, row: Row, start: str, end: str, before: list[Row]) -> bool:
    """Set a span in the row's document that starts where no earlier row starts."""
    length = draw(st.integers(1, _LONGEST))
    row[start] = draw(st.integers(0, _document_of(row)["characters"] - length))
    row[end] = row[start] + length
    taken = {(other["document_id"], other[start]) for other in before}
    return (row["document_id"], row[start]) not in taken


def _words(draw: DrawFn, length: int) -> str:
    return draw(_text(length, length))


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _statement(draw: DrawFn, row: Row, before: list[Row]) -> bool:
    document = _document_of(row)
    if not _set_span(draw, row, "start_char", "end_char", before):
        return False
    if document["fidelity"] == "reworded":
        row["mode"] = draw(st.sampled_from(["reworded", "reported", "data"]))
    ships = row["mode"] in ("direct", "unmarked")
    row["exact"] = _words(draw, row["end_char"] - row["start_char"]) if ships else None
    row["span_sha256"] = _sha256(row["exact"]) if ships else row["span_sha256"]
    _set_date(draw, row, "stated_on", draw(_date(document["published_end"])))
    earlier = [
        other
        for other in before
        if other["end_char"] <= row["start_char"]
        and all(other[name] == row[name] for name in ("document_id", "speaker_id"))
    ]
    row["continues"] = _parent(draw, earlier, "statement_id")
    return True


def _set_statement(draw: DrawFn, row: Row) -> Row | None:
    """Set the innermost shipped statement around the row's span, and its speaker as claimant."""
    row["statement_id"] = innermost_statement(shipped())(row)
    for said in shipped().rows("statements"):
        if said["statement_id"] == row["statement_id"]:
            speakers = [said["speaker_id"], said["with_speaker_id"] or said["speaker_id"]]
            row["claimant_id"] = draw(st.sampled_from(speakers))
            return said
    return None


def _event(draw: DrawFn, row: Row, before: list[Row]) -> bool:
    _set_span(draw, row, "start_char", "end_char", before)
    _set_statement(draw, row)
    _set_date(draw, row, "date", draw(st.none() | _date(_document_of(row)["published_end"])))
    return True


def _lies_beside_figures(row: Row, before: list[Row]) -> bool:
    """Whether the row's span overlaps no earlier row and no shipped figure."""
    return not any(
        other["start_char"] < row["end_char"]
        and row["start_char"] < other["end_char"]
        and other["document_id"] == row["document_id"]
        for other in (*before, *shipped().rows("figures"))
    )


def _excluded_number(draw: DrawFn, row: Row, before: list[Row]) -> bool:
    if not _set_span(draw, row, "start_char", "end_char", before):
        return False
    if not _lies_beside_figures(row, before):
        return False
    row["exact"] = _words(draw, row["end_char"] - row["start_char"])
    row["date"] = draw(_date()) if row["reason"] == "date" else None
    return True


# ---------------------------------------------------------------- official statistics


def _release(draw: DrawFn, row: Row, before: list[Row]) -> bool:
    made = datetime.date.fromisoformat(shipped().descriptor["created"][:10])
    days = sorted(draw(st.lists(st.dates(_FIRST, made), min_size=3, max_size=3)))
    row["year_ending"] = draw(st.none() | st.just(days[0]))
    published = draw(st.booleans())
    row["published_on"] = days[1] if published else None
    row["public_by"] = None if published else draw(st.none() | st.just(days[1]))
    row["updated_on"] = draw(st.none() | st.just(days[2]))
    row["url"] = draw(_address())
    if row["year_ending"] is None:
        row["series"] = None
    if row["url"] is None and row["note"] is None:
        row["note"] = draw(_text())
    return True


def _release_of(row: Row) -> Row:
    """The shipped release of a row."""
    releases = shipped().rows("official_releases")
    return next(other for other in releases if other["release_id"] == row["release_id"])


def _last_of(release: Row) -> datetime.date:
    """The last day that a release can cover."""
    days = (release[name] for name in ("year_ending", "published_on", "public_by"))
    return min((day for day in days if day is not None), default=_LAST)


def _coverage(draw: DrawFn, row: Row, before: list[Row]) -> bool:
    release = _release_of(row)
    if release["kind"] == "statement":
        return False
    days = st.dates(_FIRST, _last_of(release))
    first, last = sorted([draw(days), draw(days)])
    row["first_day"] = draw(st.none() | st.just(first))
    row["last_day"] = last if row["basis"] == "seen" else draw(st.none() | st.just(last))
    row["url"] = draw(_address())
    flows = [m["measure"] for m in shipped().rows("measures") if m["kind"] == "flow"]
    row["measure"] = draw(st.sampled_from(flows))
    return True


def _address() -> st.SearchStrategy[str | None]:
    return st.none() | st.from_regex(r"https://[a-z0-9.-]{1,20}/[a-z0-9/-]{0,20}", fullmatch=True)


def _official_value(draw: DrawFn, row: Row, before: list[Row]) -> bool:
    """A count over a period that its release can cover."""
    covered = draw(st.sampled_from(shipped().rows("official_coverage")))
    row |= {name: covered[name] for name in ("release_id", "measure", "population", "area")}
    bounds = [(covered["first_day"], covered["last_day"])]
    first = max((start for start, _ in bounds if start is not None), default=_FIRST)
    last = min((end for _, end in bounds if end is not None), default=_LAST)
    period = st.dates(first, min(last, _last_of(_release_of(row))))
    row["period_start"], row["period_end"] = sorted([draw(period), draw(period)])
    row["value"] = draw(st.integers(0, 10**6))
    row["first_publication"] = None
    second_hand = row["verification"] == "press_report"
    if row["recheck"] is None and (second_hand or _release_of(row)["kind"] == "statement"):
        row["recheck"] = draw(_text())
    return True


def _follow_up(draw: DrawFn, row: Row, before: list[Row]) -> bool:
    figures = [figure for figure in shipped().rows("figures") if figure["repeats"] is None]
    figure = draw(st.sampled_from(figures))
    row["figure_id"] = figure["figure_id"]
    row["relation"] = relation_of(row, figure)
    return True


# ---------------------------------------------------------------- changes between releases


def _change(draw: DrawFn, row: Row, before: list[Row]) -> bool:
    """A change to a row, cell, column or table: released with a reason, or not yet released."""
    about = shipped().descriptor
    row["table"] = draw(st.none() | st.sampled_from(list(shipped().resources)))
    if row["table"] is None:
        row["id"] = row["column"] = None
    if row["id"] is not None:
        row["column"] = draw(_text()) if row["change"] == "changed" else None
    if row["change"] == "added" or row["kind"] == "withdrawal":
        row["old"] = None
    if row["change"] == "removed":
        row["new"] = None
    if row["change"] == "changed" and row["kind"] != "withdrawal" and row["old"] == row["new"]:
        row["new"] = f"not {row['old'] or 'empty'}"
    row["version"] = row["released"] = None
    if row["kind"] and row["reason"] and draw(st.booleans()):
        own = version_parts(about["version"])
        version = min(tuple(draw(st.integers(0, 9)) for _ in own), own)
        row["version"] = ".".join(str(part) for part in version)
        # Later versions need later days, so we derive the day from the version.
        last = datetime.date.fromisoformat(about["created"][:10])
        days = ((version[0] * 10 + version[1]) * 10 + version[2]) % 1000
        row["released"] = last if version == own else _FIRST + datetime.timedelta(days=days)
    places = ("version", "table", "id", "column", "change")
    return not any(all(row[name] == other[name] for name in places) for other in before)


# ---------------------------------------------------------------- figures


@st.composite
def quantities(draw: DrawFn, *, most: int = 10**9, range_allowed: bool = True) -> Row:
    """A figure's value and comparator, and the lower and upper bounds that follow from them.

    Numbers run from 0 to `most` with at most two decimals. A range has two bounds and no value.

    >>> from hypothesis import find
    >>> find(quantities(), lambda drawn: drawn["comparator"] == "more_than")["upper"] is None
    True
    """
    comparators = ["exactly", "about", "more_than", "at_least", "less_than", "at_most"]
    comparator = draw(st.sampled_from([*comparators, *(["between"] if range_allowed else [])]))
    numbers = st.decimals(0, most, places=2) | st.integers(0, most).map(Decimal)
    if comparator == "between":
        ends = draw(st.lists(numbers, min_size=2, max_size=2, unique=True))
        return {"value": None, "comparator": comparator, "lower": min(ends), "upper": max(ends)}
    value = draw(numbers)
    return {
        "value": value,
        "comparator": comparator,
        "lower": value if comparator in ("exactly", "more_than", "at_least") else None,
        "upper": value if comparator in ("exactly", "less_than", "at_most") else None,
    }


@st.composite
def windows(draw: DrawFn, *, last: datetime.date = _LAST) -> Row:
    """The columns of a figure's period, with days that nest and end by a last day.

    The columns are `period`, `period_start`, `period_end`, `period_basis`, and the window that is
    certainly inside, `period_start_latest` and `period_end_earliest`.

    >>> from hypothesis import find
    >>> drawn = find(windows(), lambda drawn: drawn["period_end_earliest"] is not None)
    >>> drawn["period_end_earliest"] <= drawn["period_end"]
    True
    """
    row: Row = {"period_start_latest": None, "period_end_earliest": None, "stated_on": None}
    expression = draw(st.none() | _date(last))
    _set_date(draw, row, "period", expression)
    del row["stated_on"]
    start, end = row["period_start"], row["period_end"]
    if expression is None:
        return row
    point = not set("/[") & set(expression)
    if point and end > last:
        return {**row, "period": None, "period_start": None, "period_end": None} | {
            "period_basis": "unstated"
        }
    if point or (row["period_basis"] == "stated" and ".." not in expression):
        return {**row, "period_start_latest": start, "period_end_earliest": end}
    inside = sorted(draw(st.lists(st.dates(start or _FIRST, end), min_size=2, max_size=2)))
    row["period_start_latest"], row["period_end_earliest"] = (
        draw(st.sampled_from([None, day])) for day in inside
    )
    return row


def _figure(draw: DrawFn, row: Row, before: list[Row]) -> bool:
    """A new figure or, now and then, one that repeats an earlier figure."""
    if not before or draw(st.integers(0, 3)) < 3:
        return _new_figure(draw, row, before)
    row |= {**draw(st.sampled_from(before)), "figure_id": row["figure_id"]}
    statement = row["statement_id"]
    way = "" if row["unit"] == "times" else _WAYS[row["direction"]]
    if not _set_quotation(draw, row, before, way):
        return False
    row["statement_id"] = innermost_statement(shipped())(row)
    return bool(row["statement_id"] == statement)


def _new_figure(draw: DrawFn, row: Row, before: list[Row]) -> bool:
    """Set every column of a figure that follows from others."""
    _set_quantity(draw, row)
    return _set_the_rest(draw, row, before)


def _set_the_rest(draw: DrawFn, row: Row, before: list[Row]) -> bool:
    """Set the quotation, claimant, day and period of a figure that already has its number."""
    row["exact"] = _worded(row)
    way = "" if row["unit"] == "times" else _WAYS[row["direction"]]
    return _set_claim(draw, row, before, way)


def _set_claim(draw: DrawFn, row: Row, before: list[Row], after: str = "") -> bool:
    """Set the quotation, claimant, day and period of a row that already has its exact words."""
    if not _set_quotation(draw, row, before, after):
        return False
    document = _document_of(row)
    said = _set_statement(draw, row)
    if said is None:
        _set_date(draw, row, "stated_on", draw(_date(document["published_end"])))
    else:
        row["stated_on"], row["stated_on_basis"] = said["stated_on"], said["stated_on_basis"]
        _set_days(row, "stated_on")
    if (row["claimant_id"] == document["voice_id"]) != (row["claimant_basis"] == "own_voice"):
        own = row["claimant_id"] == document["voice_id"]
        row["claimant_basis"] = "own_voice" if own else "inferred"
    window = draw(windows(last=row["stated_on_end"] or document["published_end"]))
    row |= {name: cell for name, cell in window.items() if name in row}
    return True


# Words for each comparator, to put before a number.
_HEDGES = {
    "exactly": "",
    "about": "about ",
    "more_than": "over ",
    "at_least": "at least ",
    "less_than": "nearly ",
    "at_most": "up to ",
}
_WAYS = {"increase": " higher", "decrease": " lower", None: ""}
# Text around a number that cannot name a number or a direction: no ASCII letters, no digits.
_AROUND = st.text(
    st.characters(
        codec="utf-8", exclude_characters="\0\r\ufeff" + string.ascii_letters + string.digits
    ),
    max_size=12,
)


def _worded(row: Row) -> str:
    """The number of a figure in words that `parse_quantity` reads back."""
    if row["unit"] == "rank":
        return "the first and so far only" if row["sole"] else "the first"
    if row["unit"] == "times":
        return next(
            word
            for word, (value, way) in _grammar.MULTIPLES.items()
            if (Decimal(value), way) == (row["value"], row["direction"])
        )
    sign, percent = {"GBP": ("£", ""), "percent": ("", "%")}.get(row["unit"], ("", ""))
    if row["comparator"] == "between":
        return f"{sign}{row['lower']:,}{percent} to {sign}{row['upper']:,}{percent}"
    return f"{_HEDGES[row['comparator']]}{sign}{row['value']:,}{percent}"


def _set_quotation(draw: DrawFn, row: Row, before: list[Row], after: str) -> bool:
    """Set a quotation that has the exact words and, sometimes, words for the period."""
    lead = _sound(draw(_AROUND))
    quote = f"{lead} {row['exact']}{after} {draw(_AROUND)}"
    room = _document_of(row)["characters"] - len(quote)
    row["quote"] = quote
    row["quote_start"] = draw(st.integers(0, room))
    row["quote_end"] = row["quote_start"] + len(quote)
    row["start_char"] = row["quote_start"] + len(lead) + 1
    row["end_char"] = row["start_char"] + len(row["exact"])
    at, until = sorted(draw(st.tuples(*[st.integers(0, len(quote) - 1)] * 2)))
    words = quote[at : until + 1]
    worded = draw(st.booleans()) and not words.startswith(FORMULA)
    row["period_exact"] = words if worded else None
    row["period_at"] = row["quote_start"] + at if worded else None
    taken = {(other["document_id"], other["start_char"]) for other in before}
    return (row["document_id"], row["start_char"]) not in taken


def _set_quantity(draw: DrawFn, row: Row) -> None:
    """Set value, bounds, unit, direction, base, rank and population to suit the measure."""
    measure = next(m for m in shipped().rows("measures") if m["measure"] == row["measure"])
    kind, row["unit"] = measure["kind"], measure["unit"]
    row["direction"] = draw(st.sampled_from(["increase", "decrease"])) if kind == "change" else None
    whole = row["unit"] == "percent" and (kind == "share" or row["direction"] == "decrease")
    row |= draw(quantities(most=100 if whole else 10**9, range_allowed=kind != "rank"))
    if kind == "rank":
        row |= {name: Decimal(1) for name in ("value", "lower", "upper")}
        row["comparator"] = "exactly"
    if row["unit"] == "times":
        value, row["direction"] = draw(st.sampled_from(sorted(_grammar.MULTIPLES.values())))
        row |= {"value": Decimal(value), "comparator": "about", "lower": None, "upper": None}
    among = st.sampled_from(shipped().listed_values("figures", "rank_among"))
    row["rank_among"] = draw(among) if kind == "rank" else None
    row["sole"] = draw(st.booleans()) if kind == "rank" else None
    _set_date(draw, row, "base_period", draw(st.none() | _date()) if kind == "change" else None)
    if kind != "change":
        row["base_period_basis"] = None
    if row["population"] is None and row["unit"] == "persons":
        row["population"] = draw(st.sampled_from(["all", "albanian"]))
    based = row["population_basis"] or "stated"
    row["population_basis"] = based if row["population"] else None


# ---------------------------------------------------------------- trends


def _trend(draw: DrawFn, row: Row, before: list[Row]) -> bool:
    """A trend: quotation, claimant and period as in a figure, but no number."""
    row["exact"] = draw(_text())
    row["direction"] = draw(st.sampled_from(shipped().listed_values("trends", "direction")))
    return _set_claim(draw, row, before) and _lies_beside_figures(row, before)


_SETTERS: dict[str, Callable[[DrawFn, Row, list[Row]], bool]] = {
    "documents": _document,
    "actors": _actor,
    "populations": _population,
    "measures": _measure,
    "figures": _figure,
    "trends": _trend,
    "statements": _statement,
    "agreements": _agreement,
    "agreement_events": _event,
    "agreement_parties": _party,
    "agreement_links": _link,
    "excluded_numbers": _excluded_number,
    "official_releases": _release,
    "official_coverage": _coverage,
    "official_statistics": _official_value,
    "follow_ups": _follow_up,
    "release_changes": _change,
}


# ---------------------------------------------------------------- whole tables


def _unique_keys(table: str) -> list[list[str]]:
    schema = shipped().resource(table)["schema"]
    single = [[f["name"]] for f in schema["fields"] if f.get("constraints", {}).get("unique")]
    return [schema["primaryKey"], *schema.get("uniqueKeys", []), *single]


def _new(table: str, row: Row, before: list[Row]) -> bool:
    """Whether none of the row's keys occurs in an earlier row."""
    return not any(
        all(row[column] is not None and row[column] == other[column] for column in key)
        for key in _unique_keys(table)
        for other in before
    )


@st.composite
def tables(draw: DrawFn, table: str, *, min_size: int = 0, max_size: int = 6) -> list[Row]:
    """Rows of a table that pass `validate(drawn, table)` together.

    Raises UnknownNameError for a table that does not exist.

    >>> from albania_uk_migration import validate
    >>> from hypothesis import given, settings
    >>> @settings(max_examples=5, deadline=None)
    ... @given(tables("figures"))
    ... def a_drawn_table_is_sound(rows):
    ...     assert len(validate(rows, "figures")) == len(rows)
    >>> a_drawn_table_is_sound()
    """
    if shipped().sound().made_from(table):
        # Its rows follow from other tables, so that they cannot be made up.
        places = st.integers(0, len(shipped().rows(table)) - 1)
        chosen = st.sets(places, min_size=min_size, max_size=max(min_size, max_size))
        return [dict(shipped().rows(table)[place]) for place in sorted(draw(chosen))]
    drawn: list[Row] = []
    wanted = draw(st.integers(min_size, max(min_size, max_size)))
    for _ in range(2 * wanted + 4):
        if len(drawn) == wanted:
            break
        row = _plain_row(draw, table)
        setter = _SETTERS.get(table)
        if (setter is None or setter(draw, row, drawn)) and _new(table, row, drawn):
            drawn.append(row)
    assume(len(drawn) >= min_size)
    if table == "figures":
        for row, first in first_repeated(drawn):
            row["repeats"] = first
    return drawn


def rows(table: str) -> SearchStrategy[Row]:
    """One row of a table that passes `validate` on its own: a dictionary like those of `records`.

    >>> from hypothesis import given, settings
    >>> @settings(max_examples=5, deadline=None)
    ... @given(rows("figures"))
    ... def a_lower_bound_is_never_above_the_upper(row):
    ...     assert None in (row["lower"], row["upper"]) or row["lower"] <= row["upper"]
    >>> a_lower_bound_is_never_above_the_upper()
    """
    return tables(table, min_size=1, max_size=1).filter(bool).map(lambda drawn: drawn[0])


def frames(table: str, *, min_size: int = 0, max_size: int = 6) -> SearchStrategy[pandas.DataFrame]:
    """A pandas frame that passes `validate`, with the column types of `load`.

    >>> from hypothesis import given, settings
    >>> @settings(max_examples=5, deadline=None)
    ... @given(frames("actors"))
    ... def an_actor_has_a_name(frame):
    ...     assert frame["name"].notna().all()
    >>> an_actor_has_a_name()
    """
    types = shipped().sound().types(table)
    drawn = tables(table, min_size=min_size, max_size=max_size)
    return drawn.map(lambda rows: frame(rows, types))


@st.composite
def returns(draw: DrawFn, *, max_years: int = 3) -> list[Row]:
    """Figures for returns of Albanians that add up: enforced plus voluntary makes the total.

    Three figures per calendar year (enforced, voluntary, all), each an exact number of persons.
    Together they pass `validate` as a table of figures.

    >>> from hypothesis import given, settings
    >>> @settings(max_examples=5, deadline=None)
    ... @given(returns())
    ... def the_parts_make_the_whole(rows):
    ...     values = [row["value"] for row in rows]
    ...     assert all(e + v == total for e, v, total in zip(*[iter(values)] * 3))
    >>> the_parts_make_the_whole()
    """
    last = min(row["published_end"].year for row in shipped().rows("documents")) - 1
    years = draw(st.lists(st.integers(1990, last), unique=True, max_size=max_years))
    drawn: list[Row] = []
    for year in years:
        enforced, voluntary = draw(st.tuples(*[st.integers(0, 10**6)] * 2))
        parts = {
            "enforced_returns": enforced,
            "voluntary_returns": voluntary,
            "returns": enforced + voluntary,
        }
        for measure, value in parts.items():
            drawn.append(_counted(draw, drawn, measure, year, Decimal(value)))
    for row, first in first_repeated(drawn):
        row["repeats"] = first
    return drawn


def _counted(draw: DrawFn, before: list[Row], measure: str, year: int, value: Decimal) -> Row:
    """A figure for one calendar year and one measure of returns, an exact number."""
    row = _plain_row(draw, "figures")
    row["figure_id"], row["measure"] = f"F{len(before):03d}", measure
    _set_quantity(draw, row)
    row |= {"value": value, "comparator": "exactly", "lower": value, "upper": value}
    assume(_set_the_rest(draw, row, before))
    if row["statement_id"] is None:
        row |= {"stated_on": _document_of(row)["published"], "stated_on_basis": "inferred"}
        _set_days(row, "stated_on")
    row["population"], row["population_basis"] = "albanian", "stated"
    row["area"], row["status"] = "GBR", "actual"
    row["period"], row["period_basis"] = str(year), "stated"
    _set_days(row, "period")
    row["period_start_latest"], row["period_end_earliest"] = row["period_start"], row["period_end"]
    return row
