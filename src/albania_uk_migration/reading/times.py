"""Dates, times of day and years, which look like quantities but are not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..wording import MONTHS, WEEKDAYS
from . import grammar
from .amounts import is_measured
from .patterns import CASELESS, GAP, SPACES, Pattern, any_of
from .places import SIGNS, Place

if TYPE_CHECKING:
    from .places import Quantity


MONTH = rf"(?:(?:{any_of(MONTHS)})\b|(?:{any_of(grammar.SHORT_MONTHS)})\b\.?)"
YEAR = r"(?:19|20)[0-9]{2}(?![0-9])"
_DAY = r"(?:0?[1-9]|[12][0-9]|3[01])(?:st|nd|rd|th)?(?![0-9A-Za-z,.]?[0-9])"
_DATE = Pattern(
    r"(?:19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}(?![0-9-])"
    r"|[0-9]{1,2}([/.])[0-9]{1,2}\1(?:19|20)?[0-9]{2}(?![0-9]|[/.][0-9])"
    r"|[0-9]{1,2}-[0-9]{1,2}-(?:19|20)[0-9]{2}(?![0-9-])"
    rf"|{_DAY}(?:(?:{GAP}(?:and|to|or){GAP}|[-–]){_DAY})?{GAP}(?:of{GAP})?{MONTH}"
    rf"(?:,?{GAP}{YEAR})?"
    rf"|(?:[1-9]|1[0-9]|2[01])(?:st|nd|rd|th){GAP}centur(?:y|ies)\b"
)
_MONTH_DATE = Pattern(
    rf"{MONTH}{GAP}(?:the{GAP})?{_DAY}(?!(?:{GAP})?%|{GAP}(?:per|million|thousand|people)\b)"
    rf"(?:(?:{GAP}(?:and|to|or){GAP}|[-–]){_DAY})?(?:,?{GAP}{YEAR})?"
    rf"|{MONTH}(?:,?{GAP}(?:of{GAP})?{YEAR})?"
    rf"(?:(?:{GAP}(?:and|to){GAP}|[-–]){MONTH}(?:{GAP}{YEAR})?)?"
)
_WEEKDAY_DATE = Pattern(
    rf"[A-Za-z]{{1,9}}(?:,?{GAP}(?:the{GAP})?{_DAY}{GAP}(?:of{GAP})?{MONTH}(?:,?{GAP}{YEAR})?"
    rf"|,?{GAP}{MONTH}{GAP}{_DAY}(?:,?{GAP}{YEAR})?)?"
)
OF_YEAR = Pattern(rf"{GAP}(?:of{GAP})?{YEAR}(?:[/–-][0-9]{{2}}(?![0-9]))?")
_TIME = Pattern(
    rf"[0-9]{{1,2}}(?:[:.][0-9]{{2}})?[{SPACES}]?(?:[ap]\.m\.|[ap]m\b)"
    r"|(?:[01]?[0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9])?(?![0-9:])"
    rf"|(?:[01][0-9]|2[0-3])[:.]?[0-5][0-9](?=[{SPACES}]?(?:GMT|BST|CET|CEST|UTC|hours|hrs)\b)"
    r"|(?:0[0-9]|1[0-9]|2[0-3])[0-5][0-9](?=:[^0-9])",
    CASELESS,
)
_CLOCK = Pattern(r"(?:1?[0-9]|2[0-3])\.[0-5][0-9](?![0-9%]|\.[0-9])")
OCLOCK = Pattern(rf"{GAP}o[’']clock\b", CASELESS)
_MAYBE_TIME = Pattern(r"[0-9]{1,2}(?:[.:][0-9]{2})?[ ]?[apAP:]")
_FISCAL = Pattern(r"((?:19|20)[0-9]{2})[/–-]((?:(?:19|20)[0-9])?[0-9]{1,2}|20[0-9]{2})(?![0-9])")
YEARS = Pattern(rf"{YEAR}(?![0-9A-Za-z]|[,.:/][0-9])")
_CLOCK_WORDS = frozenset("am pm a p gmt bst cet cest utc hours hrs".split())
_MONTH_WORDS = frozenset(
    word.lower() for word in (*MONTHS, *grammar.SHORT_MONTHS, "of", "and", "to", "or")
)
WEEKDAYS_MONTHS = frozenset(name.lower() for name in (*WEEKDAYS, *MONTHS, *grammar.SHORT_MONTHS))
_MONTHS_AND_WORDS = frozenset("may march august mar jan dec sep".split())
# "Ten past six", "half past two".
MINUTES = frozenset("half quarter ten five twenty".split())
_IN_DATES = tuple("-–/stnr")
_IN_TIMES = tuple("aApP:")
_COUNTED = frozenset(
    "people persons migrants men women children passengers officers staff jobs homes asylum "
    "refugees places beds words metres miles km kg tonnes".split()
)
# Things that belong to years: "20% more than 2019 levels".
_OF_YEARS = frozenset(
    "levels figures totals prices rates elections results sales targets returns arrivals terms "
    "estimates accounts budgets is was has does as this".split()
)


def is_time(text: str, at: int) -> bool:
    """Whether a time of day begins at a place."""
    return bool(_MAYBE_TIME.match(text, at) and _TIME.match(text, at))


class Times(Place):
    """Finds dates, times of day and years at a place in a paragraph."""

    def date(self, at: int, end: int, word: str) -> Quantity | None:
        """13 December, 2022-12-13, 13/12/2022; `word` is the word after the digits."""
        text = self.text
        token, following = text[at:end], text[end : end + 1]
        if word in _MONTH_WORDS or following in _IN_DATES or "." in token or "/" in token:
            match = _DATE.match(text, at)
            if match and text[max(at - 1, self.floor) : at] not in SIGNS:
                return self.other(at, match.end(), "date")
        return None

    def clock(self, at: int, end: int, word: str) -> Quantity | None:
        """10.30am, 14:30, 5 o'clock, 0900 GMT; `word` is the word after the digits."""
        text = self.text
        if word in _CLOCK_WORDS or text[end : end + 1] in _IN_TIMES or ":" in text[at:end]:
            time = _TIME.match(text, at)
            if time:
                return self.other(at, time.end(), "time")
        if self.is_past(at):
            return self.other(at, end, "time")
        if word == "o" and (oclock := OCLOCK.match(text, end)):
            return self.other(at, oclock.end(), "time")
        if "." in text[at:end] and _CLOCK.match(text, at) and self.word_before(at) == "at":
            return None if is_measured(text, end) else self.other(at, end, "time")
        return None

    def is_past(self, at: int) -> bool:
        """Whether a number is the hour in "ten past six" or "ten to six"."""
        word, start = self.back(at)
        return word.lower() in ("past", "to") and self.word_before(start) in MINUTES

    def decade(self, at: int, end: int) -> Quantity | None:
        """The 1990s, the '90s: years."""
        text = self.text
        if text[end + 1 : end + 2].isalnum() or text[end - 1] != "0":
            return None
        if self.word_after(end + 1) == "of":
            return None  # 1000s of people
        century = end - at == 4 and text[at : at + 2] in ("17", "18", "19", "20")
        if century or (end - at == 2 and text[at - 1 : at] in ("'", "’")):
            return self.other(at, end + 1, "year")
        return None

    def fiscal(self, at: int, end: int) -> Quantity | None:
        """2023/24, 2022-23: a fiscal year; 2019-2021: years."""
        match = _FISCAL.match(self.text, at) if end - at >= 4 else None
        if match is None:
            return None
        first, second = int(match[1]), match[2]
        last = int(second) if len(second) == 4 else first - first % 100 + int(second)
        if last == first + 1 or (last % 100 == 0 and first % 100 == 99):
            return self.other(at, match.end(), "fiscal_year")
        return self.other(at, match.end(), "year") if first < last < 2100 else None

    def year(self, at: int, end: int) -> Quantity | None:
        """A year, unless the words around it say that it counts something."""
        if self.alone or end - at != 4:
            return None
        if not YEARS.match(self.text, at):
            digits = self.text[at:end]
            historic = digits.isdigit() and "1500" <= digits < "1900"
            historic = historic and self.word_before(at) in ("in", "since", "until", "from")
            alone = historic and not self.text[end : end + 1].isalnum()
            return self.other(at, end, "year") if alone else None
        if self.text[at - 1 : at] in SIGNS or is_measured(self.text, end):
            return None
        after = self.word_after(end)
        if after in _COUNTED:
            return None
        counted = after.endswith("s") and after not in _OF_YEARS
        hedge = self.hedge_before(at)
        if counted and (hedge or self.text[end + 1 : end + 2].isupper()):
            return None
        return self.other(at, end, "year")

    def at_month(self, start: int, end: int, word: str) -> Quantity | None:
        """December, December 2022, December 13, January to March 2023."""
        match = _MONTH_DATE.match(self.text, start)
        if match is None:
            return None
        if match.end() <= end + 1 and word in _MONTHS_AND_WORDS:
            before = self.word_before(start)
            if before not in grammar.BEFORE_MONTH and before not in WEEKDAYS_MONTHS:
                return None
        return self.other(start, match.end(), "date")

    def at_weekday(self, start: int, end: int, _word: str) -> Quantity | None:
        """Monday, Monday 24 April 2023."""
        if self.text[start].islower():
            return None
        return self.other(start, max(end, self.past(_WEEKDAY_DATE, start)), "date")
