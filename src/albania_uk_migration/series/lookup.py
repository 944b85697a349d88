"""Find figures by their keys."""

from __future__ import annotations

import datetime
import re
from decimal import Decimal
from typing import TYPE_CHECKING

from ..citing.noted_rows import Series
from ..errors import UnknownNameError
from ..tables.edtf import edtf_days
from ..tables.package import shipped
from .asked import CHOICES

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas

    from ..tables.cells import Row
    from ..tables.package import Package


_ABOUT_CAVEATS = (
    "Don't add figures up: they overlap and repeat one another. They also cover different periods. "
    "The column repeats names the figure that a figure repeats. If something is missing here, that "
    "does not mean that it did not happen."
)


_NUMBER = re.compile(r"[£$€]?([0-9][0-9,]*(?:\.[0-9]+)?)%?")


def figures_saying(package: Package, text: str) -> list[Row]:
    """Figures of a number, however it is written (8000, 8,000), or with some words in them.

    >>> [row["figure_id"] for row in figures_saying(shipped(), "8000")]
    ['F033', 'F034']
    >>> [row["figure_id"] for row in figures_saying(shipped(), "worst year")]
    ['F047']
    """
    rows, number = package.rows("figures"), _NUMBER.fullmatch(text.strip())
    if number:
        wanted = Decimal(number[1].replace(",", ""))
        return [row for row in rows if wanted in (row["value"], row["lower"], row["upper"])]
    words = " ".join(text.casefold().split())
    return [row for row in rows if words and words in str(row["quote"] or row["exact"]).casefold()]


def about_series(
    package: Package, period: str | None, **chosen: str | Sequence[str] | None
) -> Series:
    """Figures chosen by keys and a period; see figures_about."""
    rows = package.rows("figures")
    for argument, asked in chosen.items():
        if asked is None or not asked:
            continue
        wanted = [asked] if isinstance(asked, str) else list(asked)
        column, table = CHOICES[argument]
        known = [str(row[package.key(table)[0]]) for row in package.rows(table)]
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
    types = package.types("figures")
    return Series(package, rows, types, "as column unit says", _ABOUT_CAVEATS, [])


def figures_about(
    *,
    measure: str | Sequence[str] | None = None,
    population: str | Sequence[str] | None = None,
    claimant: str | Sequence[str] | None = None,
    period: str | None = None,
    agreement: str | Sequence[str] | None = None,
    document: str | Sequence[str] | None = None,
) -> pandas.DataFrame:
    """The figures for a measure, population, claimant, period, agreement or document.

    Each argument is an identifier from the table it names (`measures`, `populations`, `actors`,
    `agreements`, `documents`), or several, of which a figure needs one. An argument that you leave
    out sets no limit. We take identifiers literally: `returns` does not include `enforced_returns`,
    nor `all` Albanians. `period` is a date or period in EDTF (`2022`, `2022-12-13/2023-03-31`,
    `2023-01/..`): it chooses figures whose widest period shares a day with it.

    Returns rows of the figures table, with its columns (see `describe("figures")`, also for units),
    and `units`, `caveats` and `citation` in `attrs`. Raises UnknownNameError for an identifier that
    does not exist, EdtfError for a period in another form.

    >>> figures_about(measure="returns", period="2022")["figure_id"].to_list()
    ['F009', 'F010', 'F011', 'F033', 'F034', 'F036']
    """
    return about_series(
        shipped(),
        period,
        measure=measure,
        population=population,
        claimant=claimant,
        agreement=agreement,
        document=document,
    ).frame()
