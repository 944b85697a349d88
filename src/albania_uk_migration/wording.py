"""Days, numbers and other things in running text."""

from __future__ import annotations

import datetime
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fractions import Fraction


REWORDED = (
    "the repost changed the wording throughout, even in quotations; "
    "these are not the speaker's exact words"
)


def number_in_words(number: Fraction, places: int = 1) -> str:
    """A number with commas at thousands; a fraction is rounded to `places` decimals.

    >>> from fractions import Fraction
    >>> number_in_words(Fraction(12658)), number_in_words(Fraction(2, 3))
    ('12,658', '0.7')
    """
    size = abs(number)
    digits = f"{size.numerator:,}"
    if size.denominator != 1:
        digits = f"{float(size):,.{places}f}".removesuffix("." + "0" * places)
    return f"\u2212{digits}" if number < 0 else digits


def lower_first(title: str) -> str:
    """A title with a small first letter, for use inside a sentence."""
    return title[:1].lower() + title[1:]


def counted(number: int, thing: str) -> str:
    """A number and a noun: 1 row, 2 rows."""
    return f"{number:,} {thing}{'' if number == 1 else 's'}"


def first_upper(text: str) -> str:
    """A text with a capital letter at its beginning."""
    return f"{text[:1].upper()}{text[1:]}"


def characters_in_words(start: int, end: int) -> str:
    """The place of a span, from the columns start_char and end_char.

    Characters are Unicode code points, counted from 0. The end is the first one after the span.

    >>> characters_in_words(535, 545)
    'characters 535 to 545'
    """
    return f"characters {start} to {end}"


def printable(text: str, kept: str = "") -> str:
    """A text without the control characters that could steer a terminal, except those to keep."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() or c in kept else "\ufffd" for c in text)


def display_width(text: str) -> int:
    """The terminal columns a text takes: two for wide characters, none for combining ones."""
    if text.isascii():
        return len(text)
    import unicodedata

    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1
        for c in text
    )


# Where an identifier or a date expression may be cut: after _ / .. and -, but not inside a day.
JOINTS = re.compile(r"(?<=[_/])(?=[^_/.])|(?<=[^\[]\.\.)(?=[^.])|(?<=\D-)(?=[^-])|(?<=-)(?=\D)")


def _parts(word: str, width: int) -> list[str]:
    """A word in parts no wider than `width`, cut at its joints if possible."""
    if display_width(word) <= width:
        return [word]
    parts = []
    for part in JOINTS.split(word):
        line, taken = "", 0
        for character in part:
            more = display_width(character)
            if line and taken + more > width:
                parts.append(line)
                line, taken = "", 0
            line += character
            taken += more
        parts.append(line)
    return parts


def _is_address(word: str) -> bool:
    return "://" in word


def wrap(text: str, width: int) -> list[str]:
    """Lines no wider than `width`, broken between words, or inside a word that is too long.

    We never cut a web address, so that it can be clicked and copied. An address longer than the
    width has a line of its own.

    >>> wrap("See https://www.gov.uk/government/statistics for more.", 20)
    ['See', 'https://www.gov.uk/government/statistics', 'for more.']
    """
    lines = [""]
    for word in text.split():
        for number, part in enumerate([word] if _is_address(word) else _parts(word, width)):
            gap = " " if number == 0 and lines[-1] else ""
            if display_width(lines[-1]) + len(gap) + display_width(part) <= width or not lines[-1]:
                lines[-1] += gap + part
            else:
                lines.append(part)
    return lines


# Names of areas in a sentence, by code (ISO 3166-1 alpha-3, and EU27).
AREAS = {
    "GBR": "UK",
    "ALB": "Albania",
    "DEU": "Germany",
    "FRA": "France",
    "ITA": "Italy",
    "GRC": "Greece",
    "BEL": "Belgium",
    "NLD": "Netherlands",
    "EU27": "European Union",
}


def sentences(text: str) -> list[str]:
    """The sentences of a note, split at a full stop and a space before a capital or a digit.

    >>> sentences("Values are revised. See ho-iss-ye-dec-2023.")
    ['Values are revised.', 'See ho-iss-ye-dec-2023.']
    """
    return re.split(r"(?<=\.) (?=[‘“'\"A-Z0-9])", text) if text else []


WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def last_of_month(year: int, month: int) -> datetime.date:
    """The last day of a month; raises ValueError for a month that does not exist."""
    if month == 12:
        return datetime.date(year, 12, 31)
    return datetime.date(year, month + 1, 1) - datetime.timedelta(days=1)


def day_in_words(day: datetime.date) -> str:
    """A day in running text: 7 April 2023."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def date_in_words(date: str | None, start: datetime.date | None, end: datetime.date | None) -> str:
    """A date of the tables in words, from its EDTF form and its first and last day.

    Brackets mean one day that we do not know; other forms cover every day between. Without a date
    the result is empty.

    >>> day = datetime.date
    >>> date_in_words("[2023-05-16..2023-05-17]", day(2023, 5, 16), day(2023, 5, 17))
    '16 or 17 May 2023'
    >>> date_in_words("[2023-04-24..2023-04-26]", day(2023, 4, 24), day(2023, 4, 26))
    'between 24 and 26 April 2023'
    >>> date_in_words("[..2022-11-02]", None, day(2022, 11, 2))
    'by 2 November 2022'
    >>> date_in_words("2023-01-01/2023-03-31", day(2023, 1, 1), day(2023, 3, 31))
    'January to March 2023'
    """
    if date is None or (start is None and end is None):
        return ""
    if start is None and end is not None:
        return f"by {day_in_words(end)}"
    if start is not None and (end is None or date.endswith("/..")):
        return f"{'on or after' if date.startswith('[') else 'from'} {day_in_words(start)}"
    assert start is not None
    assert end is not None
    if not date.startswith("["):
        return days_in_words(start, end)
    first = str(start.day)
    if (start.year, start.month) != (end.year, end.month):
        first += f" {MONTHS[start.month - 1]}"
        first += f" {start.year}" if start.year != end.year else ""
    if start == end or (end - start).days == 1:
        return day_in_words(end) if start == end else f"{first} or {day_in_words(end)}"
    return f"between {first} and {day_in_words(end)}"


def from_to(start: datetime.date, end: datetime.date) -> str:
    """A period as part of a sentence: in 2022, from 1 April to 17 May 2023.

    >>> from_to(datetime.date(2022, 1, 1), datetime.date(2022, 12, 31))
    'in 2022'
    """
    if start == end:
        return f"on {day_in_words(start)}"
    days = days_in_words(start, end)
    return f"from {days}" if " to " in days else f"in {days}"


def days_in_words(start: datetime.date, end: datetime.date) -> str:
    """A period in running text, from its first and its last day.

    >>> day = datetime.date
    >>> days_in_words(day(2023, 1, 1), day(2023, 3, 31))
    'January to March 2023'
    >>> days_in_words(day(2022, 12, 13), day(2023, 4, 7))
    '13 December 2022 to 7 April 2023'
    """
    if start == end:
        return day_in_words(start)
    first, last = MONTHS[start.month - 1], MONTHS[end.month - 1]
    if start.day == 1 and end == last_of_month(end.year, end.month):
        if (start.month, end.month) == (1, 12):
            same = start.year == end.year
            return str(start.year) if same else f"{start.year} to {end.year}"
        if start.year != end.year:
            return f"{first} {start.year} to {last} {end.year}"
        return f"{first} {end.year}" if first == last else f"{first} to {last} {end.year}"
    if start.year != end.year:
        return f"{day_in_words(start)} to {day_in_words(end)}"
    if start.month == end.month:
        return f"{start.day} to {day_in_words(end)}"
    return f"{start.day} {first} to {day_in_words(end)}"


def released_in_words(release: dict[str, Any]) -> str:
    """When a release was public, as far as we know."""
    if release["published_on"] is not None:
        return f"published on {day_in_words(release['published_on'])}"
    if release["public_by"] is not None:
        return f"published on or before {day_in_words(release['public_by'])}"
    return "day of publication not known"
