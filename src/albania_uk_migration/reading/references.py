"""Numbers that count nothing: in names and addresses, laws and pages, and for dialling."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import grammar
from .amounts import is_measured
from .grammar import LEGAL, NUMBER_WORDS
from .patterns import GAP, Pattern, any_of
from .places import HEDGE_PHRASES, MARKS_BEFORE, Place
from .times import OF_YEAR, YEARS

if TYPE_CHECKING:
    from .places import Quantity


_PHONE = Pattern(
    r"\+[0-9]{1,3}(?:[ -]?\(?[0-9]{1,5}\)?){2,5}(?![0-9])"
    r"|0[0-9]{2,4}\)?[ -][0-9]{3,4}[ -]?[0-9]{3,4}(?![0-9])|0[0-9]{9,10}(?![0-9])"
    r"|0[38]00[ -][0-9]{4}(?![0-9])"
)
SLASHED = Pattern(r"([0-9]{1,3})[/:]([0-9]{1,3})(?![0-9A-Za-z/:])")
_FRACTIONS = ((1, 2), (1, 3), (2, 3), (1, 4), (3, 4), (1, 5), (1, 10))
_GLUED = Pattern(r"[A-Za-z0-9_]{1,60}(?:[-+][A-Za-z0-9_]{1,60})?")
_GLUED_SLASH = Pattern(r"[A-Za-z0-9_]{1,60}(?:[-/][A-Za-z0-9_]{1,60}){0,4}")
_SUBSECTIONS = Pattern(r"[A-Z]{0,4}(?:\([0-9A-Za-z]{1,4}\)){0,6}(?![A-Za-z])")
_NUMBERS_TAIL = Pattern(r"(?:[-–][0-9]{1,8}X?){0,5}")
_RANGE_END = Pattern(r"[-–][0-9]{1,3}\b")
# The number of a heading or of a list item, at the start of a paragraph.
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
NAMED = frozenset((*grammar.NAMED, *(word.capitalize() for word in grammar.NAMED)))


class References(Place):
    """Finds references, names and telephone numbers at a place in a paragraph."""

    def after_mark(self, at: int, end: int) -> Quantity | None:
        """Digits right after a letter or a mark: #1, .5, section (3), M25, a web address."""
        text, last = self.text, self.text[at - 1]
        if last == "#" or text[end : end + 1] == "@":
            return self.other(at - 1, end, "name")
        if last == "." and not (at - 1 > self.floor and text[at - 2].isalnum()):
            return self.other(at - 1, end, "name")  # .5, which is not read
        if last in "/=?&.@_%~:-" and self.in_address(at):
            return self.glued_before(at, end)
        if last == "(" and text[end : end + 1] == ")" and self.word_before(at - 1) in LEGAL:
            return self.other(self.back(at - 1)[1], end + 1, "legal_reference")
        return self.glued_before(at, end) if last.isalnum() or last == "_" else None

    def phone(self, at: int, end: int) -> Quantity | None:
        """020 7946 0123, +44 20 7946 0018."""
        last = self.text[max(at - 1, self.floor) : at]
        if last != "+" and not (self.text[at] == "0" and end - at >= 3):
            return None
        phone = _PHONE.match(self.text, at - (last == "+"))
        return self.other(phone.start() - (last == "("), phone.end(), "phone") if phone else None

    def heading(self, at: int, end: int) -> Quantity | None:
        """The number of a heading: "1. Introduction"."""
        heading = _HEADING.match(self.text) if at <= 1 and not self.alone else None
        if not heading or heading.start("number") != at or _NAMED_AFTER.match(self.text, end):
            return None
        return self.other(at, heading.end("number"), "name")

    def in_address(self, at: int) -> bool:
        """Whether digits are part of a web address."""
        return bool(_URL_BEFORE.search(self.text, max(0, at - 80), at))

    def goes_on(self, at: int, end: int) -> Quantity | None:
        """The second number of a reference or name: "Articles 3 and 8", "junctions 10 and 11"."""
        if self.kind not in ("legal_reference", "name") or at - self.floor > 6:
            return None
        between = _AND_MORE.fullmatch(self.text, self.floor, at)
        read = self.text[max(0, self.floor - 20) : self.floor]
        plural = read.rstrip("0123456789)(")[-2:] == "s "
        if between is None or not plural or is_measured(self.text, end):
            return None
        return self.other(at, end, self.kind)

    def dialled(self, at: int, end: int) -> Quantity | None:
        """A short telephone number: "call 101", "999 calls"."""
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

    def glued_before(self, at: int, end: int) -> Quantity:
        """Digits right after letters: Care4Calais, Q4 2020."""
        text, start = self.text, at
        quarter = end - at == 1 and text[at - 1] in "QqHh" and "1" <= text[at] <= "4"
        if quarter and (at - 1 == self.floor or not text[at - 2].isalnum()):
            return self.other(at - 1, self.past(OF_YEAR, end), "date")
        while (
            start > self.floor
            and at - start < 40
            and (text[start - 1].isalnum() or text[start - 1] in "_-/.")
        ):
            start -= 1
        return self.other(start, self.past(_GLUED, at), "name")

    def glued(self, at: int) -> Quantity:
        """Digits right before letters: 3D, 4x4."""
        return self.other(at, self.past(_GLUED, at), "name")

    def hyphened(self, at: int) -> Quantity | None:
        """Digits after a word and a hyphen: COVID-19, mid-2022, under-18s."""
        before, start = self.back_of_hyphen(at)
        word = before.lower()
        year = YEARS.match(self.text, at)
        if year and word in ("mid", "pre", "post", "late", "early", "end"):
            return self.other(start, year.end(), "year")
        if word in NUMBER_WORDS or word in ("to", "and", "per"):
            return None
        return self.other(start, self.past(_GLUED_SLASH, at), "name")

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
                stop = self.past(_RANGE_END, self.past(_SUBSECTIONS, end))
                return self.other(start, stop, "legal_reference")
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
        if (acronym or word in NAMED) and "," not in text[at:end] and not is_measured(text, end):
            stop = self.past(_NUMBERS_TAIL, self.past(_SUBSECTIONS, end))
            return self.other(start, stop, "name")
        return None

    def abbreviated(self, at: int, end: int) -> Quantity | None:
        """s.33, para.12."""
        start = self.text.rfind(" ", max(self.floor, at - 8), at) + 1
        start = max(start, self.floor)
        if self.text[start:at].lower() in ("no.", "nos.", "p.", "pp.", "vol.", "fig."):
            return self.other(start, end, "name")
        if self.text[start:at].lstrip(MARKS_BEFORE).lower() not in LEGAL:
            return None
        return self.other(start, self.past(_SUBSECTIONS, end), "legal_reference")

    def slashed(self, at: int) -> Quantity | None:
        """50/50 and 1/3 are quantities; 24/7 and 2008/115/EC are not."""
        match = SLASHED.match(self.text, at)
        if match:
            low, high = int(match[1]), int(match[2])
            of = self.word_after(match.end()) == "of" and 0 < low < high <= 12
            if low + high == 100 or (low, high) in _FRACTIONS or of:
                return None
            return self.other(at, match.end(), "name")
        return self.other(at, self.past(_GLUED_SLASH, at), "name")
