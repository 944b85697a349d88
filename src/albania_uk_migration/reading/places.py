"""A quantity in a text, and a place in the text with the words around it.

`Quantity` is what `quantities.py` reads. `Place` looks at the words before and after a number, only
a few, and never back beyond the last thing read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from . import grammar
from .amounts import ONE
from .grammar import HEDGES, NUMBER_WORDS
from .patterns import CASELESS, GAP, SPACES, Pattern, any_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from decimal import Decimal


# What a quantity is ...
KINDS = tuple("count percent money ratio rank ordinal range odds multiple vague".split())
# ... and what only looks like one.
OTHER_KINDS = ("year", "fiscal_year", "date", "time", "phone", "legal_reference", "name")


class Quantity(NamedTuple):
    """One number in a text, with the bounds that its words set.

    `text` is `source[start:end]`, letter for letter. `kind` is one of KINDS or, for a number that
    is not a quantity, of OTHER_KINDS; then `is_quantity` is false and only the text and its place
    are given. `value` is the printed number times its `scale` (the scale word as a number, else 1).
    It is None for a range, and for a vague number, whose `scale` is its order of magnitude. A ratio
    is a part of one ("one in four" is 0.25); odds are in percent ("50/50" is 50). `comparator` is
    one of exactly, about, more_than, at_least, less_than, at_most and between, after FHIR Quantity.
    `lower` and `upper` are the bounds that the words set, or None; `lower_open` and `upper_open`
    say that the bound itself is excluded. `unit` is "percent", "percentage_points", "times",
    "rank", the code of a currency (ISO 4217), or empty for a plain number. `direction` is increase
    or decrease if the number's words, or those right beside it, say so. `step` is the place value
    of the last non-zero digit, times the scale; None without digits or number words.

    >>> from albania_uk_migration import parse_quantity
    >>> found = parse_quantity("nearly 6,000")
    >>> found.kind, found.comparator, found.upper, found.upper_open, found.step
    ('count', 'less_than', Decimal('6000'), True, Decimal('1000'))
    """

    text: str
    start: int
    end: int
    kind: str
    value: Decimal | None
    comparator: str
    lower: Decimal | None
    upper: Decimal | None
    unit: str
    scale: Decimal
    direction: str | None
    step: Decimal | None

    @property
    def is_quantity(self) -> bool:
        """Whether this is a quantity, and not a date, a name, a reference or the like."""
        return self.kind in QUANTITIES

    @property
    def lower_open(self) -> bool:
        """Whether the true number is above `lower`, not at it ("over 1,000")."""
        return self.lower is not None and self.comparator == "more_than"

    @property
    def upper_open(self) -> bool:
        """Whether the true number is below `upper`, not at it ("nearly 6,000")."""
        return self.upper is not None and self.comparator == "less_than"

    @property
    def unit_class(self) -> str:
        """The class of its unit: count, percent, currency, times, ratio or rank."""
        if self.unit in ("percent", "percentage_points"):
            return "percent"
        if self.unit in ("times", "rank"):
            return self.unit
        if self.unit:
            return "currency"
        return "ratio" if self.kind == "ratio" else "count"


QUANTITIES = frozenset(KINDS)
# Marks that may come between a word and the text before it.
MARKS_BEFORE = "([“‘\"'—–-"
_NEXT_WORD = Pattern(rf"{GAP}([A-Za-z]{{1,30}})")
NUMBER_NEXT = Pattern(lambda: rf"{GAP}(?:[0-9£$€]|(?:{any_of(NUMBER_WORDS)})\b)", CASELESS)
SIGNS = tuple(sign for sign in grammar.CURRENCIES if len(sign) == 1)
# Phrases as a tree of their words, from last to first; "" leads to the meaning of the phrase.
Phrases = dict[str, Any]


def backwards(phrases: Iterable[tuple[str, str]]) -> Phrases:
    """A tree of phrases with their meanings, each phrase from its last word to its first."""
    tree: Phrases = {}
    for phrase, meaning in phrases:
        branch = tree
        for word in reversed(phrase.lower().split()):
            branch = branch.setdefault(word, {})
        branch[""] = meaning
    return tree


HEDGE_PHRASES = backwards(HEDGES.items())


def bounds_of(value: Decimal, comparator: str) -> tuple[Decimal | None, Decimal | None]:
    """The bounds that a comparator sets on the true number."""
    if comparator == "exactly":
        return value, value
    if comparator in ("more_than", "at_least"):
        return value, None
    if comparator in ("less_than", "at_most"):
        return None, value
    return None, None


def joined(outer: str, inner: str) -> str:
    """One comparator for two hedges: "up to about" sets no bound."""
    if "about" in (outer, inner):
        return "about"
    return inner if outer == "exactly" else outer


class Place:
    """A paragraph, and how far it has been read."""

    def __init__(self, text: str, offset: int = 0, alone: bool = False) -> None:
        self.text = text
        self.offset = offset
        self.alone = alone
        self.floor = 0  # where the last thing read ends; we never look back before it
        self.kind = ""  # what that was
        self.part: Quantity | None = None  # what was found in a text, if it is not the whole text
        self.back_at = -1
        self.back_found = ("", 0)

    def back(self, at: int) -> tuple[str, int]:
        """The word right before a place, and where it begins, without marks."""
        if at == self.back_at:
            return self.back_found
        text, floor = self.text, self.floor
        end = at
        while end > floor and at - end < 4 and text[end - 1] in SPACES:
            end -= 1
        found = ("", at)
        if end < at and end > floor:
            start = max(floor, end - 24, text.rfind(" ", max(floor, end - 24), end) + 1)
            while start < end and text[start] in MARKS_BEFORE:
                start += 1
            if start == floor or not text[start - 1].isalnum():
                found = (text[start:end], start)
        self.back_at, self.back_found = at, found
        return found

    def back_of_hyphen(self, start: int) -> tuple[str, int]:
        """The word that a hyphen ties to a place."""
        begin = start - 1
        while begin > self.floor and start - begin < 24 and self.text[begin - 1].isalpha():
            begin -= 1
        return self.text[begin : start - 1], begin

    def word_before(self, at: int) -> str:
        """The word before a place, in small letters; empty if a mark comes between."""
        return self.back(at)[0].lower()

    def word_after(self, at: int) -> str:
        """The word after a place, in small letters; empty if a mark comes between."""
        match = _NEXT_WORD.match(self.text, at)
        return match[1].lower() if match else ""

    def past(self, pattern: Pattern, at: int) -> int:
        """The end of what a pattern finds at a place; the place itself if it finds nothing."""
        match = pattern.match(self.text, at)
        return match.end() if match else at

    def before(self, at: int, reach: int = 40) -> str:
        """The text before a place, back to the last thing read."""
        return self.text[max(self.floor, at - reach) : at]

    def phrase_before(self, at: int, phrases: Phrases) -> tuple[int, str] | None:
        """The start of the longest phrase that comes right before a place."""
        word, start = self.back(at)
        branch = phrases.get(word.lower()) if word else None
        found: tuple[int, str] | None = None
        while branch is not None:
            if "" in branch and (start == 0 or self.text[start - 1] not in "-_/"):
                found = start, branch[""]
            if len(branch) == ("" in branch):
                break
            word, start = self.back(start)
            branch = branch.get(word.lower()) if word else None
        return found

    def article(self, at: int) -> int:
        """The start of "a" or "an" before a place; the place itself without one."""
        word, start = self.back(at)
        return start if word.lower() in ("a", "an") else at

    def hedge_before(self, start: int) -> tuple[int, str] | None:
        """The start and comparator of the hedge right before a place."""
        last = self.text[start - 1 : start]
        if last == "=" and start - 1 > self.floor and self.text[start - 2] in "<>":
            return start - 2, "at_most" if self.text[start - 2] == "<" else "at_least"
        if last and last in "~><≥≤≈" and start > self.floor:
            return start - 1, HEDGES[last]
        word, begin = self.back(start)
        if word.lower() in grammar.HEDGE_VERBS:
            verb = self.word_before(begin)
            is_hedge = verb in grammar.BEFORE_HEDGE_VERB or self.alone
            return (begin, "more_than") if is_hedge else None
        return self.phrase_before(start, HEDGE_PHRASES)

    def hedges(self, start: int) -> tuple[int, str | None]:
        """The start and comparator of a number with the hedges before it."""
        found = self.hedge_before(start)
        if found is None:
            return start, None
        outer = self.hedge_before(found[0])
        return (outer[0], joined(outer[1], found[1])) if outer else found

    def currency_before(self, at: int) -> tuple[int, str]:
        """The start of the currency sign or code before digits, and which currency it is."""
        text, end = self.text, at
        if at > self.floor and text[at - 1] in SPACES:
            end -= 1
        last = text[end - 1 : end] if end > self.floor else ""
        if last and last in SIGNS:
            start = end - 1
            while start > self.floor and end - start < 3 and "A" <= text[start - 1] <= "Z":
                start -= 1
            sign = text[start:end]
            if sign in grammar.CURRENCIES:
                return start, sign
            return (at, "") if len(sign) > 1 else (end - 1, last)
        code = text[end - 3 : end]
        known = code.isupper() and code in grammar.CURRENCIES
        known = known and (self.alone or code not in ("ALL", "TRY"))  # both are also words
        if known and end - 3 >= self.floor:
            glued = end > 3 and text[end - 4].isalnum()
            return (at, "") if glued else (end - 3, code)
        return at, ""

    def other(self, start: int, end: int, kind: str) -> Quantity:
        """A number that only looks like a quantity."""
        start = max(start, self.floor)
        words = self.text[start:end]
        return Quantity(words, start, end, kind, None, "", None, None, "", ONE, None, None)
