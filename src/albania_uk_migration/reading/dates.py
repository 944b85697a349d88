"""Turn dates in running text into EDTF."""

from __future__ import annotations

import datetime
import re

from ..wording import MONTHS
from .grammar import SHORT_MONTHS

_FIRST_LETTERS = [name[:3].lower() for name in MONTHS]
_MONTH = rf"(?P<month>{'|'.join((*MONTHS, *SHORT_MONTHS))})\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_DATES = tuple(
    re.compile(pattern, re.IGNORECASE | re.ASCII)
    for pattern in (
        r"(?P<year>\d{4})(?:-(?P<month>\d\d)-(?P<day>\d\d))?",
        rf"(?:[a-z]+day,?\s+)?(?:the\s+)?{_DAY}\s+(?:of\s+)?{_MONTH},?\s+(?P<year>\d{{4}})",
        rf"(?:[a-z]+day,?\s+)?{_MONTH}\s+{_DAY},?\s+(?P<year>\d{{4}})",
        rf"{_MONTH},?\s+(?:of\s+)?(?P<year>\d{{4}})",
        r"Q(?P<quarter>[1-4])\s+(?:of\s+)?(?P<year>\d{4})",
        r"(?:the\s+)?(?P<nth>first|second|third|fourth) quarter (?:of|in) (?P<year>\d{4})",
        r"(?P<year>\d{4})[-–](?P<until>\d{4})",
    )
)
_LAST_DAYS = ("03-31", "06-30", "09-30", "12-31")
_NTH = ("first", "second", "third", "fourth")


def edtf_of(words: str) -> str | None:
    """The EDTF form of a date that gives its year; None for others, which a person must read.

    >>> edtf_of("13 December 2022"), edtf_of("Q4 of 2020"), edtf_of("Monday")
    ('2022-12-13', '2020-10-01/2020-12-31', None)
    """
    match = next((m for pattern in _DATES if (m := pattern.fullmatch(words.strip()))), None)
    if match is None:
        return None
    got = match.groupdict()
    year = int(got["year"])
    if got.get("until"):
        return f"{year}/{got['until']}" if year < int(got["until"]) else None
    if got.get("quarter") or got.get("nth"):
        at = int(got["quarter"]) - 1 if got.get("quarter") else _NTH.index(got["nth"].lower())
        return f"{year}-{3 * at + 1:02d}-01/{year}-{_LAST_DAYS[at]}"
    if not got.get("month"):
        return str(year)
    named = got["month"].lower()
    month = int(named) if named.isdigit() else _FIRST_LETTERS.index(named[:3]) + 1
    if not got.get("day"):
        return f"{year}-{month:02d}" if 1 <= month <= 12 else None
    try:
        return datetime.date(year, month, int(got["day"])).isoformat()
    except ValueError:
        return None
