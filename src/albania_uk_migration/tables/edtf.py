"""Dates in the EDTF forms that the tables use, and the days they stand for."""

from __future__ import annotations

import datetime
import functools
import re

from ..errors import EdtfError
from ..wording import last_of_month

Days = tuple[datetime.date | None, datetime.date | None]

_ONE = r"\d{4}(?:-\d{2}(?:-\d{2})?)?"
_POINT = re.compile(rf"({_ONE})", re.ASCII)
_INTERVAL = re.compile(rf"({_ONE})/({_ONE}|\.\.)", re.ASCII)
_ONE_OF = re.compile(rf"\[({_ONE})?\.\.({_ONE})?\]", re.ASCII)

FORMS = "2022, 2022-09, 2022-12-13, A/B, A/.., [A..B], [..B], [A..]"


def edtf_days(text: str) -> Days:
    """The first and last day that a date expression allows; None where it is open.

    The tables use these forms of the Extended Date/Time Format (ISO 8601-2:2019): a year, a month
    or a day; an interval ``A/B``, or ``A/..`` if its end is open; one unknown day, ``[A..B]``
    between two days, ``[..B]`` up to a day, or ``[A..]`` from a day.

    Raises EdtfError for any other form, for a day that does not exist, and for an interval that
    ends before it begins.

    >>> edtf_days("2023-01-01/2023-03-31")
    (datetime.date(2023, 1, 1), datetime.date(2023, 3, 31))
    >>> edtf_days("[..2025-05-14]")
    (None, datetime.date(2025, 5, 14))
    """
    return _days_between(text)


def _read(text: str) -> Days:
    match = _POINT.fullmatch(text) or _INTERVAL.fullmatch(text) or _ONE_OF.fullmatch(text)
    if match is None:
        raise EdtfError(f'"{text}" is not a date we can read. Write it as {FORMS}.')
    first = match.group(1)
    last = match.group(2) if match.re.groups == 2 else first
    if first is None and last is None:
        raise EdtfError(f'"{text}" does not name a day. Give at least one.')
    start = _days_of(first, text)[0] if first else None
    end = _days_of(last, text)[1] if last and last != ".." else None
    if start and end and start > end:
        raise EdtfError(f'"{text}" ends before it begins. Give the first day first.')
    return start, end


# Many rows have the same expressions.
_days_between = functools.lru_cache(maxsize=1024)(_read)


def _days_of(point: str, text: str) -> tuple[datetime.date, datetime.date]:
    """The first and last day of a year, a month or a day."""
    year, month, day = ([int(part) for part in point.split("-")] + [0, 0])[:3]
    try:
        if day or point.count("-") == 2:
            only = datetime.date(year, month, day)
            return only, only
        if month or point.count("-") == 1:
            return datetime.date(year, month, 1), last_of_month(year, month)
        return datetime.date(year, 1, 1), datetime.date(year, 12, 31)
    except ValueError as error:
        raise EdtfError(f'"{text}" has a day that does not exist: {point}.') from error


def one_day(date: str | datetime.date) -> datetime.date:
    """A day given as a date, a moment or text such as "2023-05-01"; raises EdtfError."""
    if isinstance(date, datetime.datetime) and date == date:
        return date.date()
    if isinstance(date, datetime.date) and date == date:
        return date
    if not isinstance(date, str):
        raise EdtfError(f"{date!r:.40} is not a day. Give it as 2023-05-01.")
    start, end = edtf_days(date)
    if start is None or start != end:
        raise EdtfError(f'"{date}" is not a day. Give it as 2023-05-01.')
    return start
