"""Read what a user assumes about figures: text, mappings, pairs of days and rows.

An assumption is a period for a figure, a limit on a count, a row, or the name of an assumption that
joins two definitions. An answer lists each assumption that it rests on.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from ..errors import ComparisonError, EdtfError, UnknownNameError
from ..tables.edtf import edtf_days
from ..wording import day_in_words, days_in_words
from .claim import COUNTED, Bound, claim_of
from .given import figure_row
from .vocabulary import SELF_DECLARED, Layer, Vocabulary
from .windows import Window

if TYPE_CHECKING:
    import datetime

    from ..tables.package import Package


class Join(NamedTuple):
    """A named assumption under which two definitions count the same."""

    sentence: str
    # A measure and a population (None means any), and what they are then taken for.
    layers: dict[tuple[str, str | None], tuple[str, str | None]]


JOINS = {
    "removals_are_returns": Join(
        "the people called removed are those called returned, enforced and voluntary together",
        {("removals", None): ("returns", None)},
    ),
    "returns_to_albania_are_returns_of_albanians": Join(
        "those returned to Albania are Albanians, and Albanians are returned to Albania alone",
        {("enforced_and_voluntary_returns_to_albania", None): ("returns", "albanian")},
    ),
    "self_declared_is_recorded": Join(
        "those who declare a nationality are those recorded as having it",
        {},
    ),
}


def joined(layer: Layer, joins: Iterable[str]) -> Layer:
    """What a layer counts under named assumptions."""
    measure, population, area = layer
    for name in joins:
        if name == "self_declared_is_recorded":
            population = population.removesuffix(SELF_DECLARED)
        layers = JOINS[name].layers
        for key in ((measure, population), (measure, None)):
            if key in layers:
                measure, taken = layers[key]
                population = population if taken is None else taken
    return measure, population, area


# A named assumption, a claim such as "F034=2022-12-13/2023-05-16" or "F009<=1500", or a row.
Assumption = str | Mapping[str, Any]
Assumptions = str | Mapping[str, Any] | Iterable[Assumption]


def with_assumptions(lines: Iterable[str], assumptions: Iterable[str]) -> str:
    """The lines of an answer, then what it takes for granted."""
    listed = [f"  {text}." for text in assumptions]
    return "\n".join([*lines, *(["Assumed:", *listed] if listed else [])])


class Assumed(NamedTuple):
    """Assumptions, once read: joins, windows by figure, bounds and rows, and each in words."""

    joins: list[str]
    windows: dict[str, Window]
    bounds: list[Bound]
    rows: list[Any]
    sentences: list[str]


_READ_AS = re.compile(r"([A-Za-z]\w*)\s*=\s*(\S+)", re.ASCII)
_SIGNS = {"<=": "at most", ">=": "at least", "==": "exactly"}
_CAPPED = re.compile(r"(\S+?)\s*(<=|>=|==|at most|at least|exactly)\s*(\d[\d,]*)", re.ASCII)
# A "year" outside these is a number that was meant as a count.
_YEARS = range(1900, 2101)
FORMS = (
    'a period for a figure ("F034=2022-12-13/2023-05-16"), a limit on the count of a figure\'s '
    'widest period or of another period ("F009 at most 1500", "2023-04-01/2023-04-07 <= 100"), '
    f"a row of the figures table, or one of {', '.join(JOINS)}"
)


def closed_period(text: str) -> tuple[datetime.date, datetime.date]:
    """First and last day of a period in EDTF; raises ComparisonError for an open one."""
    try:
        start, end = edtf_days(text)
    except EdtfError as error:
        raise ComparisonError(str(error)) from None
    if start is None or end is None or "[" in text or text.endswith(".."):
        raise ComparisonError(
            f'"{text}" has an open or unknown end. Give both days, as in 2023-04-01/2023-05-16.'
        )
    return start, end


def read_assumptions(
    package: Package,
    words: Vocabulary,
    assuming: Assumptions | None,
    layer: Layer | None,
    rows: Mapping[str, Any],
) -> Assumed:
    """Read assumptions in any form; `layer` is what a limit counts if it names only a period."""
    assumed = Assumed([], {}, [], [], [])
    listed: list[Any]
    if assuming is None:
        return assumed
    if isinstance(assuming, str) or hasattr(assuming, "to_dict"):
        listed = [assuming]
    elif isinstance(assuming, Mapping):
        row_like = "figure_id" in assuming
        listed = [assuming] if row_like else [_window_for(*item) for item in assuming.items()]
    elif isinstance(assuming, Iterable):
        listed = list(assuming)
    else:
        raise ComparisonError(f"Cannot read the assumption {assuming!r:.60}. Give {FORMS}.")
    # Rows come first, and windows before the bounds that use them.
    texts = [one.strip() for one in listed if isinstance(one, str)]
    assumed.rows.extend(figure_row(package, one) for one in listed if not isinstance(one, str))
    known = {**rows, **{str(row["figure_id"]): row for row in assumed.rows}}
    for text in sorted(texts, key=lambda text: _CAPPED.fullmatch(text) is not None):
        _read_assumption(text, words, layer, known, assumed)
    return assumed


def _window_for(name: object, window: object) -> str:
    """A period for a figure, as text or as a pair of days, in the form of an assumption."""
    if isinstance(window, tuple) and len(window) == 2:
        window = f"{window[0]}/{window[1]}"
    return f"{name}={window}"


def _read_assumption(
    text: str, words: Vocabulary, layer: Layer | None, rows: Mapping[str, Any], assumed: Assumed
) -> None:
    if text in JOINS:
        if text not in assumed.joins:
            assumed.joins.append(text)
            assumed.sentences.append(f"{text}: {JOINS[text].sentence}")
        return
    capped = _CAPPED.fullmatch(text)
    if capped:
        _read_bound(capped, words, layer, rows, assumed)
        return
    read_as = _READ_AS.fullmatch(text)
    if read_as is None:
        if re.fullmatch(r"\w+", text):
            raise UnknownNameError("assumption", text, JOINS)
        raise ComparisonError(f'Cannot read the assumption "{text}". Give {FORMS}.')
    name, period = read_as.groups()
    if name not in rows:
        raise UnknownNameError("figure", name, rows)
    start, end = closed_period(period)
    row = rows[name]
    if start.year not in _YEARS or end.year not in _YEARS:
        raise ComparisonError(
            f'"{text}" would give {name} the period {period}. For a number, write '
            f'"{name} at most {period}" or "{name} at least {period}".'
        )
    stated = row["stated_on_end"]
    if row["status"] in COUNTED and stated is not None and start > stated:
        raise ComparisonError(
            f"{name} says what had been counted by {day_in_words(stated)}. Its period cannot begin "
            f"later, on {day_in_words(start)}."
        )
    assumed.windows[name] = Window.certainly(start, end)
    sentence = f'{name} ("{row["exact"]}") is read as covering {days_in_words(start, end)}'
    if Window.of(row) != assumed.windows[name]:
        sentence += f", instead of {Window.of(row)}"
    if sentence not in assumed.sentences:
        assumed.sentences.append(sentence)


def _read_bound(
    capped: re.Match[str],
    words: Vocabulary,
    layer: Layer | None,
    rows: Mapping[str, Any],
    assumed: Assumed,
) -> None:
    of, sign, digits = capped.groups()
    number = int(digits.replace(",", ""))
    if of in rows:
        claim = claim_of(rows[of], words).read_as(assumed.windows.get(of))
        if claim.window.outer is None:
            raise ComparisonError(
                f"{of} has no period to put a limit on. It covers {claim.window}."
            )
        start, end = claim.window.outer
        layer = claim.layer
    elif re.fullmatch(r"[A-Za-z]\w*", of, re.ASCII):
        raise UnknownNameError("figure", of, rows)
    elif layer is None:
        raise ComparisonError(f'"{capped[0]}" does not say what is counted. Name a figure.')
    else:
        start, end = closed_period(of)
    how = _SIGNS.get(sign, sign)
    for least in {"at most": (False,), "at least": (True,), "exactly": (True, False)}[how]:
        name = f"assumption {len(assumed.sentences) + 1}"
        days = (start.toordinal(), end.toordinal() + 1)
        assumed.bounds.append(Bound(name, layer, *days, least, number))
    assumed.sentences.append(
        f"{name}: {how} {number:,} in {days_in_words(start, end)} ({words.title(layer)})"
    )
