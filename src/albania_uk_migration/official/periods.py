"""Years and quarters, the periods that offices publish: their days and their names."""

from __future__ import annotations

import datetime
import re

from ..errors import EdtfError
from ..tables.edtf import edtf_days
from ..wording import days_in_words


def period_in_words(start: datetime.date, end: datetime.date) -> str:
    """A period by the name that offices use, such as 2022 or 2022 Q1, otherwise by its days.

    >>> period_in_words(datetime.date(2022, 1, 1), datetime.date(2022, 3, 31))
    '2022 Q1'
    """
    for quarter in range(1, 5):
        if (start, end) == quarter_days(start.year, quarter):
            return f"{start.year} Q{quarter}"
    return days_in_words(start, end)


_QUARTER = re.compile(r"([0-9]{4})[ -]?Q([1-4])")


def period_days(text: str) -> tuple[datetime.date, datetime.date]:
    """The first and last day of a year, quarter, month or day: 2022, 2022-Q1, 2022-03.

    Raises EdtfError for anything else.
    """
    if isinstance(text, str):
        quarter = _QUARTER.fullmatch(text)
        if quarter and 1000 <= int(quarter[1]) <= 9998:
            return quarter_days(int(quarter[1]), int(quarter[2]))
        start, end = (None, None) if set("/[") & set(text) else edtf_days(text)
        if start is not None and end is not None:
            return start, end
    raise EdtfError(f"{text!r:.40} is not a period. Give it as 2022, 2022-Q1 or 2022-03.")


def quarter_days(year: int, quarter: int) -> tuple[datetime.date, datetime.date]:
    """The first and last day of a quarter of a calendar year."""
    last = 31 if quarter in (1, 4) else 30
    return datetime.date(year, 3 * quarter - 2, 1), datetime.date(year, 3 * quarter, last)


def year_days(year: int) -> tuple[datetime.date, datetime.date]:
    """The first and last day of a calendar year."""
    return datetime.date(year, 1, 1), datetime.date(year, 12, 31)
