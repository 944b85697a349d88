"""Days, numbers and other things as running text has them."""

from __future__ import annotations

import datetime
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fractions import Fraction


REWORDED = (
    "as reworded by the repost, which changes the wording throughout, in quotations too; "
    "these are not the speaker's exact words"
)


def number_in_words(number: Fraction, places: int = 1) -> str:
    """A number with thousands marked; what is no whole number is rounded to some places.

    >>> from fractions import Fraction
    >>> number_in_words(Fraction(12658)), number_in_words(Fraction(2, 3))
    ('12,658', '0.7')
    """
    size = abs(number)
    digits = f"{size.numerator:,}"
    if size.denominator != 1:
        digits = f"{float(size):,.{places}f}".removesuffix("." + "0" * places)
    return f"\u2212{digits}" if number < 0 else digits


def characters_in_words(start: int, end: int) -> str:
    """The place of a span, by the numbers of the columns start_char and end_char.

    Characters are Unicode code points counted from 0; the end is the first one after the span.

    >>> characters_in_words(535, 545)
    'characters 535 to 545'
    """
    return f"characters {start} to {end}"


def printable(text: str, kept: str = "") -> str:
    """A text without the control characters that could steer a terminal, but for those kept."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() or c in kept else "\ufffd" for c in text)


def display_width(text: str) -> int:
    """Columns of the terminal that a text takes: wide characters two, combining ones none."""
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
    """A word in parts of at most a width, cut at its joints where it can be."""
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


def wrap(text: str, width: int) -> list[str]:
    """Lines of at most a width, broken between words, else inside a word too long for one."""
    lines = [""]
    for word in text.split():
        for number, part in enumerate(_parts(word, width)):
            gap = " " if number == 0 and lines[-1] else ""
            if display_width(lines[-1]) + len(gap) + display_width(part) <= width:
                lines[-1] += gap + part
            else:
                lines.append(part)
    return lines


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
    """A day as running text has it: 7 April 2023."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def days_in_words(start: datetime.date, end: datetime.date) -> str:
    """A stretch of days as running text has it, its first and its last day.

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
    """When a release was public, as far as it is known."""
    if release["published_on"] is not None:
        return f"published on {day_in_words(release['published_on'])}"
    if release["public_by"] is not None:
        return f"public by {day_in_words(release['public_by'])}"
    return "day of publication not known"
