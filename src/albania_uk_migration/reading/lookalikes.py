"""What only looks like a quantity: dates, times, telephone numbers, references, names, years.

Each is found at its digits, or at the name of a month or a weekday, by its form and by the words
beside it; `quantities.py` asks here first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..wording import MONTHS
from . import grammar
from .amounts import GAP, SCALE, SPACES, UNIT, Pattern, any_of
from .grammar import NUMBER_WORDS
from .places import CASELESS, HEDGE_PHRASES, MARKS_BEFORE, Place

if TYPE_CHECKING:
    import re

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
_OF_YEAR = Pattern(rf"{GAP}(?:of{GAP})?{YEAR}(?:[/–-][0-9]{{2}}(?![0-9]))?")
TIME = Pattern(
    rf"[0-9]{{1,2}}(?:[:.][0-9]{{2}})?[{SPACES}]?(?:[ap]\.m\.|[ap]m\b)"
    r"|(?:[01]?[0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9])?(?![0-9:])"
    rf"|(?:[01][0-9]|2[0-3])[:.]?[0-5][0-9](?=[{SPACES}]?(?:GMT|BST|CET|CEST|UTC|hours|hrs)\b)"
    r"|(?:0[0-9]|1[0-9]|2[0-3])[0-5][0-9](?=:[^0-9])",
    CASELESS,
)
_CLOCK = Pattern(r"(?:1?[0-9]|2[0-3])\.[0-5][0-9](?![0-9%]|\.[0-9])")
OCLOCK = Pattern(rf"{GAP}o[’']clock\b", CASELESS)
_FISCAL = Pattern(r"((?:19|20)[0-9]{2})[/–-]((?:(?:19|20)[0-9])?[0-9]{1,2}|20[0-9]{2})(?![0-9])")
_YEARS = Pattern(rf"{YEAR}(?![0-9A-Za-z]|[,.:/][0-9])")
_PHONE = Pattern(
    r"\+[0-9]{1,3}(?:[ -]?\(?[0-9]{1,5}\)?){2,5}(?![0-9])"
    r"|0[0-9]{2,4}\)?[ -][0-9]{3,4}[ -]?[0-9]{3,4}(?![0-9])|0[0-9]{9,10}(?![0-9])"
    r"|0[38]00[ -][0-9]{4}(?![0-9])"
)
SLASHED = Pattern(r"([0-9]{1,3})[/:]([0-9]{1,3})(?![0-9A-Za-z/:])")
_GLUED = Pattern(r"[A-Za-z0-9_]{1,60}(?:[-+][A-Za-z0-9_]{1,60})?")
_GLUED_SLASH = Pattern(r"[A-Za-z0-9_]{1,60}(?:[-/][A-Za-z0-9_]{1,60}){0,4}")
ORDINAL_END = Pattern(r"(?:st|nd|rd|th)(?![A-Za-z0-9])", CASELESS)
FOLD_END = Pattern(rf"(?:-|{GAP})?fold\b", CASELESS)
X_END = Pattern(r"x(?![A-Za-z0-9])", CASELESS)
_UNIT_GLUED = Pattern(
    r"(?:st|k?b|k?m|kg|cm|mm|mg|g|mph|kph|ft|in|ha|[mg]w|kw|hrs?|mins?|yrs?|c|f)(?![A-Za-z0-9])|°",
    CASELESS,
)
_SUBSECTIONS = Pattern(r"[A-Z]{0,4}(?:\([0-9A-Za-z]{1,4}\)){0,6}(?![A-Za-z])")
_NUMBERS_TAIL = Pattern(r"(?:[-–][0-9]{1,8}X?){0,5}")
_RANGE_END = Pattern(r"[-–][0-9]{1,3}\b")
# The number of a heading or of an item of a list, at the start of a paragraph.
_HEADING = Pattern(
    rf"\(?(?P<number>[0-9]{{1,2}}(?:(?:\.[0-9]{{1,2}}){{0,3}}[.)]|(?:\.[0-9]{{1,2}}){{1,3}}))"
    rf"{GAP}(?=[A-Z][a-z])"
)
_NAMED_AFTER = Pattern(
    lambda: (
        rf"{GAP}(?:(?:{any_of(grammar.NAMED_AFTER)})\b"
        rf"|[A-Z][a-z’'.]{{1,30}}{GAP}(?:[A-Z][a-z’']{{1,30}}{GAP})?(?:{any_of(grammar.STREETS)})\b)"
    )
)
_AND_MORE = Pattern(rf",?{GAP}(?:(?:and|or|to){GAP})?|[-–]")
_URL_BEFORE = Pattern(r"(?:https?://|www\.|@)[^\s]{0,60}\Z")
LEGAL = frozenset(grammar.LEGAL)
NAMED = frozenset((*grammar.NAMED, *(word.capitalize() for word in grammar.NAMED)))
_MONTH_WORDS = frozenset(
    word.lower() for word in (*MONTHS, *grammar.SHORT_MONTHS, "of", "and", "to", "or")
)


def _measured(text: str, end: int) -> bool:
    """Whether a scale or a unit follows a number."""
    return bool(SCALE.match(text, end) or UNIT.match(text, end))


_SIGNS = tuple(sign for sign in grammar.CURRENCIES if len(sign) == 1)
_FRACTIONS = ((1, 2), (1, 3), (2, 3), (1, 4), (3, 4), (1, 5), (1, 10))
_COUNTED = frozenset(
    "people persons migrants men women children passengers officers staff jobs homes asylum "
    "refugees places beds words metres miles km kg tonnes".split()
)
# What years have: "20% more than 2019 levels".
_OF_YEARS = frozenset(
    "levels figures totals prices rates elections results sales targets returns arrivals terms "
    "estimates accounts budgets is was has does as this".split()
)
BEFORE_PAST = frozenset("half quarter ten five twenty".split())
WEEKDAYS_MONTHS = frozenset(
    name.lower() for name in (*grammar.WEEKDAYS, *MONTHS, *grammar.SHORT_MONTHS)
)
_MONTHS_AND_WORDS = frozenset("may march august mar jan dec sep".split())


class LookAlikes(Place):
    """Finds what is no quantity at a place of a paragraph."""

    def look_alike(self, at: int, end: int) -> Quantity | None:
        """A date, time, year, reference, name or number of a telephone that begins at digits."""
        text = self.text
        last = text[at - 1] if at > self.floor else ""
        if last and last not in SPACES and not self.currency_before(at)[1]:
            if last == "#" or text[end : end + 1] == "@":
                return self.other(at - 1, end, "name")
            if last == "." and not (at - 1 > self.floor and text[at - 2].isalnum()):
                return self.other(at - 1, end, "name")  # .5, which is not read
            if last in "/=?&.@_%~:-" and self.in_address(at):
                return self.glued_before(at, end)
            if last == "(" and text[end : end + 1] == ")" and (self.word_before(at - 1) in LEGAL):
                return self.other(self.back(at - 1)[1], end + 1, "legal_reference")
            if last.isalnum() or last == "_":
                return self.glued_before(at, end)
            if last == "-" and at - 1 > self.floor and text[at - 2].isalpha():
                return self.hyphened(at, end)
        if last == "+" or (text[at] == "0" and end - at >= 3):
            phone = _PHONE.match(text, at - (last == "+"))
            if phone:
                return self.other(phone.start() - (last == "("), phone.end(), "phone")
        following = text[end : end + 1]
        heading = _HEADING.match(text) if at <= 1 and not self.alone else None
        if heading and heading.start("number") == at and not _NAMED_AFTER.match(text, end):
            return self.other(at, heading.end("number"), "name")
        listed = self.goes_on(at, end)
        if listed:
            return listed
        word = self.word_after(end)
        token = text[at:end]
        if (
            (following and following in "-–/stnr")
            or word in _MONTH_WORDS
            or "." in token
            or "/" in token
        ):
            date = _DATE.match(text, at)
            if date and last not in _SIGNS:
                return self.other(at, date.end(), "date")
        found = self.clock(at, end, following, word)
        if found:
            return found
        if end - at >= 4 and text[at] in "12" and (fiscal := self.fiscal(at)):
            return fiscal
        if (found := self.reference(at, end)) or (found := self.dialled(at, end)):
            return found
        if following.isalpha() and not self.readable_after(end):
            if following == "s" and (decade := self.decade(at, end)):
                return decade
            glued = _GLUED.match(text, at)
            return self.other(at, glued.end() if glued else end, "name")
        if following == "/" or "/" in token:
            return self.slashed(at, end)
        if token.count(".") > 1:
            return self.other(at, end, "name")
        if end - at == 4 and text[at] in "12":
            if year := _YEARS.match(text, at):
                return self.year(at, year)
            historic = token.isdigit() and "1500" <= token < "1900" and not self.alone
            if historic and self.word_before(at) in ("in", "since", "until", "from"):
                return None if following.isalnum() else self.other(at, end, "year")
        return None

    def in_address(self, at: int) -> bool:
        """Whether digits stand within the address of a page."""
        return bool(_URL_BEFORE.search(self.text, max(0, at - 80), at))

    def clock(self, at: int, end: int, following: str, word: str) -> Quantity | None:
        """10.30am, 14:30, 5 o'clock, 0900 GMT."""
        text = self.text
        if (
            (following and following in "aApP:")
            or ":" in text[at:end]
            or (word in ("am", "pm", "a", "p", "gmt", "bst", "cet", "cest", "utc", "hours", "hrs"))
        ):
            time = TIME.match(text, at)
            if time:
                return self.other(at, time.end(), "time")
        past, start = self.back(at)
        if past.lower() in ("past", "to") and self.word_before(start) in BEFORE_PAST:
            return self.other(at, end, "time")
        if word == "o" and (oclock := OCLOCK.match(text, end)):
            return self.other(at, oclock.end(), "time")
        if "." in text[at:end] and _CLOCK.match(text, at) and self.word_before(at) == "at":
            return None if _measured(text, end) else self.other(at, end, "time")
        return None

    def goes_on(self, at: int, end: int) -> Quantity | None:
        """The second number of a reference or name: "Articles 3 and 8", "junctions 10 and 11"."""
        if self.kind not in ("legal_reference", "name") or at - self.floor > 6:
            return None
        between = _AND_MORE.fullmatch(self.text, self.floor, at)
        plural = self.before_floor().rstrip("0123456789)(")[-2:] == "s "
        if between is None or not plural or _measured(self.text, end):
            return None
        return self.other(at, end, self.kind)

    def before_floor(self) -> str:
        """The end of what was last read."""
        return self.text[max(0, self.floor - 20) : self.floor]

    def dialled(self, at: int, end: int) -> Quantity | None:
        """A short number that is to be dialled: "call 101", "999 calls"."""
        digits = self.text[at:end]
        if digits in grammar.SHORT_PHONES:
            if (
                self.word_before(at) in grammar.DIALLED
                or self.word_after(end) in grammar.DIALLED_AFTER
            ):
                return self.other(at, end, "phone")
        elif end - at == 3 and self.word_before(at) in ("call", "dial", "ring"):
            return self.other(at, end, "phone") if digits.isdigit() else None
        elif end - at in (5, 6) and self.word_before(at) == "text":
            return self.other(at, end, "phone")
        return None

    def glued_before(self, at: int, end: int) -> Quantity | None:
        """Digits that letters run into: Care4Calais, Q4 2020."""
        text, start = self.text, at
        quarter = end - at == 1 and text[at - 1] in "QqHh" and "1" <= text[at] <= "4"
        if quarter and (at - 1 == self.floor or not text[at - 2].isalnum()):
            of = _OF_YEAR.match(text, end)
            return self.other(at - 1, of.end() if of else end, "date")
        while (
            start > self.floor
            and at - start < 40
            and (text[start - 1].isalnum() or text[start - 1] in "_-/.")
        ):
            start -= 1
        glued = _GLUED.match(text, at)
        return self.other(start, glued.end() if glued else end, "name")

    def hyphened(self, at: int, end: int) -> Quantity | None:
        """Digits after a word and a hyphen: COVID-19, mid-2022, under-18s."""
        text = self.text
        before, start = self.back_of_hyphen(at)
        word = before.lower()
        year = _YEARS.match(text, at)
        if year and word in ("mid", "pre", "post", "late", "early", "end"):
            return self.other(start, year.end(), "year")
        if word in NUMBER_WORDS or word in ("to", "and", "per"):
            return None
        tail = _GLUED_SLASH.match(text, at)
        return self.other(start, tail.end() if tail else end, "name")

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

    def fiscal(self, at: int) -> Quantity | None:
        """2023/24, 2022-23: a fiscal year; 2019-2021: years."""
        match = _FISCAL.match(self.text, at)
        if match is None:
            return None
        first, second = int(match[1]), match[2]
        last = int(second) if len(second) == 4 else first - first % 100 + int(second)
        if last == first + 1 or (last % 100 == 0 and first % 100 == 99):
            return self.other(at, match.end(), "fiscal_year")
        return self.other(at, match.end(), "year") if first < last < 2100 else None

    def reference(self, at: int, end: int) -> Quantity | None:
        """Digits that number a place in a law, or are part of a name."""
        text = self.text
        word, start = self.back(at)
        small = word.lower()
        named_after = text[end + 1 : end + 2].isupper() and _NAMED_AFTER.match(text, end)
        if named_after:
            return self.other(at, named_after.end(), "name")
        if not word:
            # "s.33": no space between
            return None if text[at - 1 : at] != "." else self.abbreviated(at, end)
        if small in ("act", "rights") and end - at == 4 and text[at:end].isdigit():
            return self.other(at, end, "year")
        if small == "number" and text[at:end] == "10":
            return self.other(start, end, "name")
        if small in LEGAL and not text.startswith("%", end):
            capital = word[0].isupper()
            if capital or small not in ("order", "title", "form", "part", "amendment"):
                sub = _SUBSECTIONS.match(text, end)
                stop = sub.end() if sub else end
                until = _RANGE_END.match(text, stop)
                return self.other(start, until.end() if until else stop, "legal_reference")
        letters = word.replace("&", "")
        acronym = letters.isupper() and 2 <= len(word) <= 6 and letters.isalpha()
        acronym = acronym and word not in grammar.NO_NAMES and word not in grammar.CURRENCIES
        # All in capitals is a headline.
        headline = (
            small in HEDGE_PHRASES
            or text[end + 1 : end + 3].isupper()
            or (self.back(start)[0].isupper() and len(self.back(start)[0]) > 1)
        )
        acronym = acronym and not headline and not self.alone
        if (acronym or word in NAMED) and "," not in text[at:end] and not _measured(text, end):
            sub = _SUBSECTIONS.match(text, end)
            tail = _NUMBERS_TAIL.match(text, sub.end() if sub else end)
            return self.other(start, tail.end() if tail else end, "name")
        return None

    def abbreviated(self, at: int, end: int) -> Quantity | None:
        """s.33, para.12."""
        start = self.text.rfind(" ", max(self.floor, at - 8), at) + 1
        start = max(start, self.floor)
        if self.text[start:at].lower() in ("no.", "nos.", "p.", "pp.", "vol.", "fig."):
            return self.other(start, end, "name")
        if self.text[start:at].lstrip(MARKS_BEFORE).lower() not in LEGAL:
            return None
        sub = _SUBSECTIONS.match(self.text, end)
        return self.other(start, sub.end() if sub else end, "legal_reference")

    def readable_after(self, end: int) -> bool:
        """Whether letters that run into digits are a scale, a unit or the ending of an ordinal."""
        text = self.text
        return any(
            pattern.match(text, end)
            for pattern in (SCALE, UNIT, ORDINAL_END, _UNIT_GLUED, FOLD_END, X_END)
        )

    def slashed(self, at: int, end: int) -> Quantity | None:
        """50/50 and 1/3 are quantities; 24/7 and 2008/115/EC are not."""
        match = SLASHED.match(self.text, at)
        if match:
            low, high = int(match[1]), int(match[2])
            of = self.word_after(match.end()) == "of" and 0 < low < high <= 12
            if low + high == 100 or (low, high) in _FRACTIONS or of:
                return None
            return self.other(at, match.end(), "name")
        glued = _GLUED_SLASH.match(self.text, at)
        return self.other(at, glued.end() if glued else end, "name")

    def year(self, at: int, year: re.Match[str]) -> Quantity | None:
        """A year, unless what stands around says that it counts something."""
        end = year.end()
        if self.alone or self.text[at - 1 : at] in _SIGNS or _measured(self.text, end):
            return None
        after = self.word_after(end)
        if after in _COUNTED:
            return None
        counted = after.endswith("s") and after not in _OF_YEARS
        hedge = self.hedge_before(at)
        if counted and (hedge or self.text[end + 1 : end + 2].isupper()):
            return None
        return self.other(at, end, "year")

    def currency_before(self, at: int) -> tuple[int, str]:
        """Where the sign or code of a currency before digits begins, and which it is."""
        text, end = self.text, at
        if at > self.floor and text[at - 1] in SPACES:
            end -= 1
        last = text[end - 1 : end] if end > self.floor else ""
        if last and last in _SIGNS:
            start = end - 1
            while start > self.floor and end - start < 3 and "A" <= text[start - 1] <= "Z":
                start -= 1
            sign = text[start:end]
            if sign in grammar.CURRENCIES:
                return start, sign
            return (at, "") if len(sign) > 1 else (end - 1, last)
        code = text[end - 3 : end]
        known = code.isupper() and code in grammar.CURRENCIES
        known = known and (self.alone or code not in ("ALL", "TRY"))  # both are words as well
        if known and end - 3 >= self.floor:
            glued = end > 3 and text[end - 4].isalnum()
            return (at, "") if glued else (end - 3, code)
        return at, ""

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

    def at_weekday(self, start: int, end: int, word: str) -> Quantity | None:
        """Monday, Monday 24 April 2023."""
        if self.text[start].islower():
            return None
        match = _WEEKDAY_DATE.match(self.text, start)
        return self.other(start, match.end() if match else end, "date")
