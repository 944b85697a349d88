"""Read hedged numbers from English: value, comparator, and the bounds their words prove.

The words stand in `grammar.py`, plain numbers are read by `amounts.py`. A form that is not among
them is refused, never guessed, and what only looks like a quantity (a date, a telephone number,
rule 39, Care4Calais) is given a kind of its own. Each number is looked at once, with a bounded
number of words around it, a paragraph at a time: the cost is linear in the length of a text, and
the memory flat.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from . import grammar
from .amounts import (
    GAP,
    OF_PERCENT,
    OF_SCALE,
    ONE,
    PART,
    SCALE,
    SPACES,
    UNIT,
    Amount,
    Pattern,
    amount,
    any_of,
    currency_of,
    part_amount,
    power_of,
    step,
    step_of,
)
from .errors import QuantityError
from .grammar import CALENDAR_NAMES, COUNTING_WORDS, HEDGES, MULTIPLES, NUMBER_WORDS, RANKS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

__all__ = [
    "CALENDAR_NAMES",
    "COUNTING_WORDS",
    "HEDGES",
    "KINDS",
    "MULTIPLES",
    "NUMBER_WORDS",
    "OTHER_KINDS",
    "RANKS",
    "Quantity",
    "counting_words",
    "direction_near",
    "find_quantities",
    "parse_quantity",
    "step_of",
]

# What a quantity is ...
KINDS = (
    *("count", "percent", "money", "ratio", "rank", "ordinal", "range", "odds", "multiple"),
    "vague",
)
# ... and what only looks like one.
OTHER_KINDS = (*("year", "fiscal_year", "date", "time", "phone", "legal_reference", "name"),)


class Quantity(NamedTuple):
    """One number as a text has it, with what its words prove.

    `text` is `source[start:end]`, letter for letter. `kind` is one of KINDS, or of OTHER_KINDS for
    what is no quantity (`is_quantity` is false, and nothing but text and place is given).
    `value` is the printed number times its `scale` (the scale word as a number, else 1). It is
    None for a range, and for a vague number, whose `scale` is its order of magnitude; a ratio is a
    part of one ("a third"; "one in four" is 0.25), odds are in percent ("50/50" is 50).
    `comparator` is one of exactly, about, more_than, at_least, less_than, at_most, between;
    `lower` and `upper` are what the words prove, None where they prove nothing; `lower_open` and
    `upper_open` say that the bound itself is shut out. `unit` is "percent", "percentage_points",
    "times", "rank", the code of a currency, or empty for a plain number. `direction` is increase
    or decrease where the words of the number or those right beside it say so. `step` is the place
    of the last non-zero digit printed, times the scale, None where no digits or number words are.
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
        """Whether this is a quantity, not a date, a name, a reference or the like."""
        return self.kind in _QUANTITIES

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
        """The class of units a table may give: count, percent, currency, times, ratio or rank."""
        if self.unit in ("percent", "percentage_points"):
            return "percent"
        if self.unit in ("times", "rank"):
            return self.unit
        if self.unit:
            return "currency"
        return "ratio" if self.kind == "ratio" else "count"


_QUANTITIES = frozenset(KINDS)


# ---------------------------------------------------------------- where to look


def _trie(words: Iterable[str]) -> str:
    """A pattern for any of some words that looks at each letter once."""
    branches: dict[str, list[str]] = {}
    whole = False
    for word in words:
        if word:
            branches.setdefault(word[0], []).append(word[1:])
        else:
            whole = True
    if not branches:
        return ""
    parts = [re.escape(first) + _trie(rest) for first, rest in sorted(branches.items())]
    pattern = parts[0] if len(parts) == 1 and not whole else f"(?:{'|'.join(parts)})"
    return pattern + "?" if whole else pattern


def _cased(words: Iterable[str]) -> str:
    """The same with a small or a capital first letter, or all in capitals."""
    firsts: dict[str, list[str]] = {}
    for word in sorted(words):
        firsts.setdefault(word[0], []).append(word[1:])
    capitals = "|".join(f"[{first}{first.upper()}]{_trie(rest)}" for first, rest in firsts.items())
    return f"{capitals}|{_trie(sorted(word.upper() for word in words))}"


# Each word at which a quantity, or what looks like one, is looked for, and what reads it.
_ANCHORS: dict[str, str] = {
    word: reader
    for reader, words in (
        ("superlative", grammar.SUPERLATIVES),
        ("weekday", [name.lower() for name in grammar.WEEKDAYS]),
        ("month", [name.lower() for name in (*grammar.SHORT_MONTHS, *grammar.MONTHS)]),
        ("record", ("record", "records")),
        ("times", grammar.TIMES),
        ("multiple", [word for word in grammar.FOLDS if "-" not in word]),
        ("multiple", [*grammar.MULTIPLE_VERBS, *MULTIPLES]),
        ("ordinal", grammar.ORDINALS),
        ("part", grammar.PARTS),
        ("vague", grammar.VAGUE),
        ("scale", (*grammar.SCALES, "dozen")),
        ("number", NUMBER_WORDS),
    )
    for word in words
}
_VULGAR = "".join(grammar.VULGAR)
_ANCHOR = Pattern(rf"[0-9{_VULGAR}]|(?<![A-Za-z])(?:{_cased(_ANCHORS)})(?![A-Za-z])")


# ---------------------------------------------------------------- patterns
#
# Each is tried at one place only, by `match`, and looks a bounded number of words ahead.

_I = re.IGNORECASE | re.ASCII
_TOKEN = Pattern(r"[0-9]++(?:[.,:/][0-9]++){0,8}+")
_AFTER = Pattern(
    rf"(?:(?P<joined>{any_of(w for w in grammar.HEDGES_AFTER if not w[0].isalpha())})"
    rf"|(?:{GAP}|-)(?P<spaced>{any_of(w for w in grammar.HEDGES_AFTER if w[0].isalpha())}))"
    r"(?![A-Za-z0-9])",
    _I,
)
_NOUN_OR_MORE = Pattern(
    rf"(?:{GAP}[a-z]{{1,30}}){{1,2}}{GAP}(?P<spaced>or{GAP}(?:more|fewer|less|longer|shorter|older|over|younger)"
    rf"|maximum|minimum|at{GAP}(?:most|least))"
    r"(?![A-Za-z0-9])"
)
_TO = Pattern(
    rf"(?P<dash>[-–‑—−])(?!{GAP}|to-)|(?P<spaced>{GAP}[–-]{GAP})(?=[0-9£$€])"
    rf"|-?{GAP}(?P<word>to|or|and){GAP}|-(?P<words>to)-",
    _I,
)
_HEDGE_AT = Pattern(
    rf"(?:about|around|roughly|over|nearly|almost|some|just{GAP}(?:over|under)|more{GAP}than){GAP}",
    _I,
)
# To the next number, or over one or two of a list to its last.
_LENDING = Pattern(
    rf"{GAP}(?:to|and){GAP}"
    rf"|(?:,{GAP}[£$€]?[0-9.]{{1,8}}){{1,3}},?{GAP}(?:and|or){GAP}",
    _I,
)
_AFTER_DASH = Pattern(r"[-–/][0-9]")
_IN = Pattern(
    rf"(?:{GAP}(?P<out>out{GAP}of|in)(?:{GAP}every)?{GAP}|-in-)"
    rf"(?:(?P<digits>[0-9]{{1,3}}(?:,?[0-9]{{3}}){{0,2}})(?![0-9,.]?[0-9])"
    rf"|(?P<word>{any_of(NUMBER_WORDS)}|(?:a{GAP})?(?:hundred|thousand|million)))(?![A-Za-z%])"
    rf"(?!(?:{GAP}|-)(?:(?:working|calendar){GAP})?"
    rf"(?:{any_of((*grammar.TIME_NOUNS, *grammar.MONTHS))}|per)\b)",
    _I,
)
_OF_TIMES = (
    rf"{GAP}(?:(?:{any_of(grammar.AFTER_TIMES)})\b|(?:that|those){GAP}(?:of|in)\b"
    rf"|last{GAP}[a-z]{{1,12}}[’']s\b)"
)
_TIMES_AFTER = Pattern(rf"{GAP}times(?={_OF_TIMES})", _I)
_TIMES_ALONE = Pattern(rf"{GAP}times\b", _I)
_TIMES_AS = Pattern(_OF_TIMES, _I)
_AS_MANY = Pattern(rf"{GAP}as{GAP}[a-z]{{1,30}}\b", _I)
_TIME_NOUN = Pattern(rf"(?:{GAP}|-)(?:{any_of(grammar.TIME_NOUNS)})\b(?!-)", _I)
_A_YEAR = Pattern(
    rf"{GAP}(?:(?:an?|per|each|every){GAP}(?:{any_of(grammar.TIME_NOUNS)})|daily|weekly|yearly)\b",
    _I,
)
_MONTH = rf"(?:(?:{any_of(grammar.MONTHS)})\b|(?:{any_of(grammar.SHORT_MONTHS)})\b\.?)"
_YEAR = r"(?:19|20)[0-9]{2}(?![0-9])"
_DAY = r"(?:0?[1-9]|[12][0-9]|3[01])(?:st|nd|rd|th)?(?![0-9A-Za-z,.]?[0-9])"
_DATE = Pattern(
    r"(?:19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}(?![0-9-])"
    r"|[0-9]{1,2}([/.])[0-9]{1,2}\1(?:19|20)?[0-9]{2}(?![0-9]|[/.][0-9])"
    r"|[0-9]{1,2}-[0-9]{1,2}-(?:19|20)[0-9]{2}(?![0-9-])"
    rf"|{_DAY}(?:(?:{GAP}(?:and|to|or){GAP}|[-–]){_DAY})?{GAP}(?:of{GAP})?{_MONTH}"
    rf"(?:,?{GAP}{_YEAR})?"
    rf"|(?:[1-9]|1[0-9]|2[01])(?:st|nd|rd|th){GAP}centur(?:y|ies)\b"
)
_MONTH_DATE = Pattern(
    rf"{_MONTH}{GAP}(?:the{GAP})?{_DAY}(?!(?:{GAP})?%|{GAP}(?:per|million|thousand|people)\b)"
    rf"(?:(?:{GAP}(?:and|to|or){GAP}|[-–]){_DAY})?(?:,?{GAP}{_YEAR})?"
    rf"|{_MONTH}(?:,?{GAP}(?:of{GAP})?{_YEAR})?"
    rf"(?:(?:{GAP}(?:and|to){GAP}|[-–]){_MONTH}(?:{GAP}{_YEAR})?)?"
)
_WEEKDAY_DATE = Pattern(
    rf"[A-Za-z]{{1,9}}(?:,?{GAP}(?:the{GAP})?{_DAY}{GAP}(?:of{GAP})?{_MONTH}(?:,?{GAP}{_YEAR})?"
    rf"|,?{GAP}{_MONTH}{GAP}{_DAY}(?:,?{GAP}{_YEAR})?)?"
)
_OF_MONTH = Pattern(rf"{GAP}of{GAP}{_MONTH}(?:{GAP}{_YEAR})?")
_OF_YEAR = Pattern(rf"{GAP}(?:of{GAP})?{_YEAR}(?:[/–-][0-9]{{2}}(?![0-9]))?")
_TIME = Pattern(
    rf"[0-9]{{1,2}}(?:[:.][0-9]{{2}})?[{SPACES}]?(?:[ap]\.m\.|[ap]m\b)"
    r"|(?:[01]?[0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9])?(?![0-9:])"
    rf"|(?:[01][0-9]|2[0-3])[:.]?[0-5][0-9](?=[{SPACES}]?(?:GMT|BST|CET|CEST|UTC|hours|hrs)\b)"
    r"|(?:0[0-9]|1[0-9]|2[0-3])[0-5][0-9](?=:[^0-9])",
    _I,
)
_CLOCK = Pattern(r"(?:1?[0-9]|2[0-3])\.[0-5][0-9](?![0-9%]|\.[0-9])")
_OCLOCK = Pattern(rf"{GAP}o[’']clock\b", _I)
_FISCAL = Pattern(r"((?:19|20)[0-9]{2})[/–-]((?:(?:19|20)[0-9])?[0-9]{1,2}|20[0-9]{2})(?![0-9])")
_YEARS = Pattern(rf"{_YEAR}(?![0-9A-Za-z]|[,.:/][0-9])")
_PHONE = Pattern(
    r"\+[0-9]{1,3}(?:[ -]?\(?[0-9]{1,5}\)?){2,5}(?![0-9])"
    r"|0[0-9]{2,4}\)?[ -][0-9]{3,4}[ -]?[0-9]{3,4}(?![0-9])|0[0-9]{9,10}(?![0-9])"
    r"|0[38]00[ -][0-9]{4}(?![0-9])"
)
_SLASHED = Pattern(r"([0-9]{1,3})[/:]([0-9]{1,3})(?![0-9A-Za-z/:])")
_FIFTY_FIFTY = Pattern(r"fifty[-/]fifty(?![A-Za-z])", _I)
_GLUED = Pattern(r"[A-Za-z0-9_]{1,60}+(?:[-+][A-Za-z0-9_]{1,60}+)?")
_GLUED_SLASH = Pattern(r"[A-Za-z0-9_]{1,60}+(?:[-/][A-Za-z0-9_]{1,60}+){0,4}")
_ORDINAL_END = Pattern(r"(?:st|nd|rd|th)(?![A-Za-z0-9])", _I)
_FOLD_END = Pattern(rf"(?:-|{GAP})?fold\b", _I)
_X_END = Pattern(r"x(?![A-Za-z0-9])", _I)
_UNIT_GLUED = Pattern(
    r"(?:st|k?b|k?m|kg|cm|mm|mg|g|mph|kph|ft|in|ha|[mg]w|kw|hrs?|mins?|yrs?|c|f)(?![A-Za-z0-9])|°",
    _I,
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
    rf"{GAP}(?:(?:{any_of(grammar.NAMED_AFTER)})\b"
    rf"|[A-Z][a-z’'.]{{1,30}}{GAP}(?:[A-Z][a-z’']{{1,30}}{GAP})?(?:{any_of(grammar.STREETS)})\b)"
)
_MALFORMED = Pattern(r"(?:,[0-9]++){1,20}+")
_AND_MORE = Pattern(rf",?{GAP}(?:(?:and|or|to){GAP})?|[-–]")
_URL_BEFORE = Pattern(r"(?:https?://|www\.|@)[^\s]{0,60}\Z")
_VAGUE_MORE = Pattern(
    rf"{GAP}(?:of{GAP})?(?P<more>{any_of(w for w in grammar.VAGUE if w != 'handful')})\b", _I
)
_RANK_REST = Pattern(
    rf"(?P<ranked>(?:{GAP}|-)(?:{any_of(grammar.RANKED)})\b(?:{GAP}(?:{any_of(grammar.RANKED)})\b)?)?"
    rf"(?P<tail>{GAP}(?:{any_of(grammar.RANK_TAILS)})\b)?",
    _I,
)
_RANK_TAIL = Pattern(
    rf"(?:{GAP}[a-z-]{{1,30}}){{0,8}}?"
    rf"{GAP}(?:{any_of(t for t in grammar.RANK_TAILS if t != 'ever')})\b"
    rf"|{GAP}ever\b(?!{GAP}(?:to|since)\b)",
    _I,
)
_NTH_RANK = Pattern(
    rf"(?:{GAP}|-)(?:{any_of(grammar.SUPERLATIVES)})"
    rf"(?:(?:{GAP}[a-z-]{{1,30}}){{0,4}}?{GAP}(?:{any_of(grammar.RANK_TAILS)})\b)?(?![A-Za-z])",
    _I,
)
_ON_RECORD = Pattern(
    rf"(?<![A-Za-z])(?:(?:an?|the|its|their){GAP})?(?:[A-Za-z]{{1,30}}est|worst|best|most{GAP}[a-z]{{1,30}})"
    rf"(?:{GAP}[A-Za-z-]{{1,30}}){{0,8}}{GAP}on{GAP}\Z",
    _I,
)
_BREAKING = Pattern(r"-(?:breaking|high|low|setting)\b", _I)
_NUMBER_NEXT = Pattern(rf"{GAP}(?:[0-9£$€]|(?:{any_of(NUMBER_WORDS)})\b)", _I)
_FIRST_PERIOD = Pattern(
    rf"{GAP}(?:half|{any_of(w for w in grammar.TIME_NOUNS if not w.startswith('second'))})\b"
    rf"{GAP}(?:of|in){GAP}(?:{_MONTH}(?:{GAP}{_YEAR})?|{_YEAR}(?:[/–-][0-9]{{2}}(?![0-9]))?)",
    _I,
)
_ORDINAL_HYPHEN = Pattern(
    rf"-(?:ever|half|generation|term|degree|{any_of(grammar.TIME_NOUNS)})\b", _I
)
_ONE_HYPHEN = Pattern(
    rf"-(?:in-|{any_of((*grammar.TIME_NOUNS, *grammar.PARTS))}|bed|person|man|point|page)", _I
)
_PART_ALONE = Pattern(rf"(?P<part>{any_of(grammar.PARTS)})(?![A-Za-z])", _I)
_HALF_SCALE = Pattern(rf"(?:-|{GAP})(dozen|thousand|million|billion|trillion)(?![A-Za-z])", _I)
_AS_MUCH_AGAIN = Pattern(rf"{GAP}as{GAP}(?:much|many|big|large|high){GAP}again\b", _I)
_HALF_DOZEN = Pattern(rf"{GAP}a{GAP}dozen\b", _I)
_PAST_NEXT = Pattern(
    rf"(?:{GAP}minutes)?{GAP}past{GAP}(?:[0-9]{{1,2}}|{any_of(NUMBER_WORDS)})(?![A-Za-z0-9])", _I
)
_TENS_ORDINAL = Pattern(
    r"(twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)[- ]"
    r"(first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)(?![A-Za-z])",
    _I,
)
_CENTURY = Pattern(rf"{GAP}centur(?:y|ies)\b", _I)
_AND_PART = Pattern(rf"{GAP}and{GAP}(?:an?{GAP}(?:half|quarter)|three[- ]quarters)\b", _I)
_SPACED_QUARTERS = Pattern(rf"([a-z]{{3,9}}){GAP}quarters", _I)
_QUARTERS = Pattern(
    rf"{GAP}(?:in{GAP}a{GAP}row|running|of{GAP}(?:growth|decline|contraction|falling|rising))\b", _I
)
_FOLD_WORD = Pattern(rf"(?:{any_of(grammar.FOLDS)})(?![A-Za-z])", _I)
_NEXT_WORD = Pattern(rf"{GAP}([A-Za-z]{{1,30}})")
_DIRECTION_AFTER = Pattern(rf"(?:{GAP}|-)([A-Za-z]{{1,30}})")

_DIRECTION_OF = {word: way for way, ws in grammar.DIRECTIONS.items() for word in ws.split()}
# Phrases as a tree of their words, from the last to the first; under "" what the phrase means.
_Phrases = dict[str, Any]


def _backwards(phrases: Iterable[tuple[str, str]]) -> _Phrases:
    tree: _Phrases = {}
    for phrase, meaning in phrases:
        branch = tree
        for word in reversed(phrase.lower().split()):
            branch = branch.setdefault(word, {})
        branch[""] = meaning
    return tree


_HEDGES = _backwards(HEDGES.items())
_VAGUE_BEFORE = _backwards((w, w) for w in grammar.VAGUE_BEFORE if w != "some")
_PHRASES_BEFORE = _backwards((w, w) for w in grammar.PHRASES_BEFORE)
# Phrases that count nothing, by their first word.
_PHRASES: dict[str, list[str]] = {}
for _phrase in grammar.PHRASES:
    _PHRASES.setdefault(re.split("[ -]", _phrase)[0], []).append(_phrase)
_LEGAL = frozenset(grammar.LEGAL)
_NAMED = frozenset((*grammar.NAMED, *(word.capitalize() for word in grammar.NAMED)))
_MONTH_WORDS = frozenset(
    word.lower() for word in (*grammar.MONTHS, *grammar.SHORT_MONTHS, "of", "and", "to", "or")
)
_FLIPPED = {
    "more_than": "less_than",
    "less_than": "more_than",
    "at_least": "at_most",
    "at_most": "at_least",
}
_MARKS = "([“‘\"'—–-"
_LINE_END = Pattern(r"\n[ \t\r\n]*")
# Before a line end these close a paragraph, as a blank line does.
_CLOSING = tuple(".!?:;”’\"')]")


def _bounds(value: Decimal, comparator: str) -> tuple[Decimal | None, Decimal | None]:
    """What a comparator proves of the true number."""
    if comparator == "exactly":
        return value, value
    if comparator in ("more_than", "at_least"):
        return value, None
    if comparator in ("less_than", "at_most"):
        return None, value
    return None, None


def _joined(outer: str, inner: str) -> str:
    """One comparator of two hedges: "up to about" vouches for nothing."""
    if "about" in (outer, inner):
        return "about"
    return inner if outer == "exactly" else outer


def _shares(low: Amount, high: Amount) -> bool:
    """Whether the scale of "12 to 15 thousand" is that of both ends."""
    return low.bare and low.scale == 1 < high.scale and low.value < high.value / high.scale


def _measured(text: str, end: int) -> bool:
    """Whether a scale or a unit follows a number."""
    return bool(SCALE.match(text, end) or UNIT.match(text, end))


def _ordinal_ending(value: Decimal) -> str:
    """What is written after a number to make an ordinal of it: 1st, 22nd, 13th."""
    if value != int(value) or 10 < value % 100 < 20:
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(int(value % 10), "th")


# ---------------------------------------------------------------- the reader


class _Reader:
    """Reads one paragraph, place by place; `alone` where the whole text is to be one quantity."""

    def __init__(self, text: str, offset: int = 0, alone: bool = False) -> None:
        self.text = text
        self.offset = offset
        self.alone = alone
        self.floor = 0  # where the last thing read ends; nothing reaches back before it
        self.kind = ""  # what that was
        self.part: Quantity | None = None  # what was found in a text that is not all of it
        self.back_at = -1
        self.back_found = ("", 0)

    def all(self) -> Iterator[Quantity]:
        """Each quantity, and what only looks like one, in order."""
        text, anchor, offset = self.text, _ANCHOR.search, self.offset
        at = 0
        while match := anchor(text, at):
            start, end = match.span()
            found = (
                self.at_digits(start)
                if end - start == 1
                else self.at_word(start, end, match.group().lower())
            )
            if found is None or (self.alone and found.end - found.start < len(text)):
                self.part = self.part or found
                at = end
                continue
            at = self.floor = found.end
            self.kind = found.kind
            self.back_at = -1
            yield found._replace(start=found.start + offset, end=at + offset) if offset else found

    # ---- the words around a place

    def back(self, at: int) -> tuple[str, int]:
        """The word right before a place, without marks before it, and where it begins."""
        if at == self.back_at:
            return self.back_found
        text, floor = self.text, self.floor
        end = at
        while end > floor and at - end < 4 and text[end - 1] in SPACES:
            end -= 1
        found = ("", at)
        if end < at and end > floor:
            start = max(floor, end - 24, text.rfind(" ", max(floor, end - 24), end) + 1)
            while start < end and text[start] in _MARKS:
                start += 1
            if start == floor or not text[start - 1].isalnum():
                found = (text[start:end], start)
        self.back_at, self.back_found = at, found
        return found

    def word_before(self, at: int) -> str:
        """The word before a place, in small letters; empty where a mark stands between."""
        return self.back(at)[0].lower()

    def word_after(self, at: int) -> str:
        """The word after a place, in small letters; empty where a mark stands between."""
        match = _NEXT_WORD.match(self.text, at)
        return match[1].lower() if match else ""

    def before(self, at: int, reach: int = 40) -> str:
        """The text right before a place, back to what was last read."""
        return self.text[max(self.floor, at - reach) : at]

    def phrase_before(self, at: int, phrases: _Phrases) -> tuple[int, str] | None:
        """Where the longest of some phrases begins that stands right before a place."""
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
        """Where "a" or "an" before a place begins; the place itself without one."""
        word, start = self.back(at)
        return start if word.lower() in ("a", "an") else at

    def hedge_before(self, start: int) -> tuple[int, str] | None:
        """Where the hedge right before a place begins, and its comparator."""
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
        return self.phrase_before(start, _HEDGES)

    def hedges(self, start: int) -> tuple[int, str | None]:
        """Start and comparator of a number with the hedges before it."""
        found = self.hedge_before(start)
        if found is None:
            return start, None
        outer = self.hedge_before(found[0])
        return (outer[0], _joined(outer[1], found[1])) if outer else found

    # ---- what is no quantity

    def other(self, start: int, end: int, kind: str) -> Quantity:
        """Something that only looks like a quantity."""
        start = max(start, self.floor)
        words = self.text[start:end]
        return Quantity(words, start, end, kind, None, "", None, None, "", ONE, None, None)

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
            if last == "(" and text[end : end + 1] == ")" and (self.word_before(at - 1) in _LEGAL):
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
            if date and last not in "£$€":
                return self.other(at, date.end(), "date")
            if date and not last:
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
            time = _TIME.match(text, at)
            if time:
                return self.other(at, time.end(), "time")
        past, start = self.back(at)
        if past.lower() in ("past", "to") and self.word_before(start) in _BEFORE_PAST:
            return self.other(at, end, "time")
        if word == "o" and (oclock := _OCLOCK.match(text, end)):
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
        text, start = self.text, at - 1
        while start > self.floor and at - start < 30 and text[start - 1].isalpha():
            start -= 1
        word = text[start : at - 1].lower()
        year = _YEARS.match(text, at)
        if year and word in ("mid", "pre", "post", "late", "early", "end"):
            return self.other(start, year.end(), "year")
        if word in NUMBER_WORDS or word in ("to", "and", "per"):
            return None
        if word in ("over", "under") and end - at <= 2:
            value = Decimal(text[at:end])
            lower, upper = _bounds(value, HEDGES[word])
            return Quantity(
                *(text[start:end], start, end, "count", value, HEDGES[word], lower, upper),
                *("", ONE, None, step(value)),
            )
        tail = _GLUED_SLASH.match(text, at)
        return self.other(start, tail.end() if tail else end, "name")

    def decade(self, at: int, end: int) -> Quantity | None:
        """The 1990s: years; in their 20s: from 20 to 29."""
        text = self.text
        if text[end + 1 : end + 2].isalnum():
            return None
        if end - at == 2 and self.word_before(at) in ("under", "over"):
            years = Amount(at, end, Decimal(text[at:end]), ONE, ONE, "", "count", True)
            return self.quantity(years)
        if text[end - 1] != "0" or self.word_after(end + 1) == "of":
            return None
        if end - at == 4 and text[at : at + 2] in ("17", "18", "19", "20"):
            return self.other(at, end + 1, "year")
        if end - at == 2 and text[at - 1 : at] in ("'", "’"):
            return self.other(at, end + 1, "year")
        if end - at != 2:
            return None
        low = Decimal(text[at:end])
        tens = Amount(at, end + 1, low, Decimal(10), ONE, "", "range", False)
        return self.of_range(tens, low, low + 9)

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
        if small in _LEGAL and not text.startswith("%", end):
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
            small in _HEDGES
            or text[end + 1 : end + 3].isupper()
            or (self.back(start)[0].isupper() and len(self.back(start)[0]) > 1)
        )
        acronym = acronym and not headline and not self.alone
        if (acronym or word in _NAMED) and "," not in text[at:end] and not _measured(text, end):
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
        if self.text[start:at].lstrip(_MARKS).lower() not in _LEGAL:
            return None
        sub = _SUBSECTIONS.match(self.text, end)
        return self.other(start, sub.end() if sub else end, "legal_reference")

    def readable_after(self, end: int) -> bool:
        """Whether letters that run into digits are a scale, a unit or the ending of an ordinal."""
        text = self.text
        return any(
            pattern.match(text, end)
            for pattern in (SCALE, UNIT, _ORDINAL_END, _UNIT_GLUED, _FOLD_END, _X_END)
        )

    def slashed(self, at: int, end: int) -> Quantity | None:
        """50/50 and 1/3 are quantities; 24/7 and 2008/115/EC are not."""
        match = _SLASHED.match(self.text, at)
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

    # ---- quantities

    def quantity(
        self, read: Amount, comparator: str = "exactly", direction: str | None = None
    ) -> Quantity:
        """An amount with the hedges around it."""
        text = self.text
        begin, before = self.hedges(read.start)
        refused = before is not None and self.is_no_hedge(begin, read)
        if refused:
            begin, before = read.start, None
        end, after = read.end, None
        match = _AFTER.match(text, end)
        if match is None and read.kind == "count":
            match = _NOUN_OR_MORE.match(text, end)
        if match and self.is_hedge_after(match):
            words = " ".join(match.group(match.lastgroup or 0).lower().split())
            after = grammar.HEDGES_AFTER.get(words) or grammar.HEDGES_AFTER["-" + words]
            end = match.end()
        both = _joined(before, after) if before and after else None
        comparator = both or before or after or comparator
        if text[read.start : read.start + 4].lower() == "halv":
            comparator = _FLIPPED.get(comparator, comparator)  # "almost halved" is above a half
        direction = direction or self.direction(begin, end, read)
        if before is None and begin > self.floor:
            begin, direction = self.sign_before(begin, direction)
            if comparator in ("exactly", "between") and not refused:
                comparator = self.from_afar(begin, end, comparator)
        elif before and comparator in grammar.NEGATED:
            comparator = self.negated(begin, comparator)
        lower, upper = _bounds(read.value, comparator)
        return Quantity(
            *(text[begin:end], begin, end, read.kind, read.value, comparator, lower, upper),
            *(read.unit, read.scale, direction, read.step),
        )

    def sign_before(self, begin: int, direction: str | None) -> tuple[int, str | None]:
        """A plus, a minus or the word "minus" before a number, as its direction."""
        text, sign = self.text, self.text[begin - 1]
        if sign in "-−–+" and (begin == 1 or text[begin - 2] in _BEFORE_SIGN):
            return begin - 1, "increase" if sign == "+" else "decrease"
        word, start = self.back(begin)
        return (start, "decrease") if word.lower() == "minus" else (begin, direction)

    def negated(self, begin: int, comparator: str) -> str:
        """What a negation before a hedge makes of it: "shall not exceed", "has never passed".

        Two words away it turns the bound round; up to four away, it leaves none.
        """
        word, start = self.back(begin)
        for away in range(4):
            if not word or not word[-1].isalpha():
                return comparator
            if word.lower() == "no" and away:
                return "about"
            if word.lower() in _NEGATIONS or word.lower().endswith(("n't", "n’t")):
                return grammar.NEGATED[comparator] if away < 2 else "about"
            word, start = self.back(start)
        return comparator

    def from_afar(self, begin: int, end: int, comparator: str) -> str:
        """What stands before a number without a hedge of its own, and takes its bounds away.

        "More than “500”" has its hedge behind a mark; "nearly all 500", "wider than 10" and
        "between 500 and about 600" say something of the number that is no bound of it.
        """
        text, at = self.text, begin
        while at > self.floor and begin - at < 2 and text[at - 1] in _OPENING:
            at -= 1
        if at < begin and (found := self.hedge_before(at)):
            return found[1]
        word, start = self.back(at)
        word = word.lower()
        if word == "than":
            compound = text[end : end + 1] == "-"
            plain = compound or self.word_before(start) in ("rather", "other")
            return comparator if plain else "about"
        if word == "between" and comparator == "exactly":
            return "about"
        if word in ("all", "say", "the", "these", "those") and (found := self.hedge_before(start)):
            return comparator if word == "the" else "about"
        return comparator

    def is_no_hedge(self, begin: int, read: Amount) -> bool:
        """Whether words before a number are no hedge of it.

        "Over" and "up to" may belong to a verb, "over three days" tells when, "under two acts" by
        what, "passed three bills" what was done, and "200 more than 1,500" compares.
        """
        words = self.text[begin : read.start].lower().split()
        if self.alone or not words:
            return False
        first, before = words[0], self.word_before(begin)
        small = read.kind == "count" and read.value < 100
        if words[-1] in grammar.COMPARING and self.is_compared(begin):
            return True
        if words == ["up", "to"]:
            return before in grammar.BEFORE_UP_TO or (small and before in _BEING)
        if first in grammar.VERBAL:
            return small
        if words == ["under"]:
            after = self.word_after(read.end)
            by_what = after.endswith("s") or (after and not self.text[read.start].isdigit())
            if (
                not small
                or read.value > 20
                or before in _AGED
                or _TIME_NOUN.match(self.text, read.end)
            ):
                return False
            return bool(by_what)
        if words != ["over"]:
            return False
        if before in grammar.PHRASAL:
            return True
        if read.kind != "count" or read.scale != 1 or before in grammar.BEFORE_OVER:
            return False
        noun = _TIME_NOUN.match(self.text, read.end)
        return noun is not None and self.word_after(noun.end()) not in (
            *("ago", "old", "late", "behind", "longer"),
        )

    def is_compared(self, begin: int) -> bool:
        """Whether a quantity stands right before a hedge, so that two numbers are compared."""
        if self.kind not in _QUANTITIES or begin - self.floor > 30:
            return False
        between = self.text[self.floor : begin].split()
        return not between or (len(between) == 1 and between[0].lower() in grammar.COMPARED)

    def is_hedge_after(self, match: re.Match[str]) -> bool:
        """Whether words after a number are a hedge of it, not of another that follows."""
        words = match.group(match.lastgroup or 0).lower()
        end = match.end()
        if words in ("plus", "at least", "at most", "at the most", "at the very least"):
            return not _NUMBER_NEXT.match(self.text, end) and (
                words != "plus" or not self.word_after(end)
            )
        if words in ("maximum", "minimum", "max", "min"):
            return not self.text.startswith("-", end)
        return words != "odd" or self.text[match.start()] == "-"

    def direction(self, begin: int, end: int, read: Amount) -> str | None:
        """Which way the words right before or after a number say that something went."""
        if read.kind in ("odds", "vague"):
            return None
        word, start = self.back(begin)
        if word:
            for skipped in (("further", "a"), ("by", "of"), ("back", "again", "sharply")):
                while word.lower() in skipped:
                    word, start = self.back(start)
            way = _DIRECTION_OF.get(word.lower())
            if word.lower() == "plus":
                return "increase"
            if word.lower() in ("up", "down") and self.word_before(start) in _WITH_UP_OR_DOWN:
                return None
            if way and word.lower() not in ("less", "more", "fewer", "higher", "lower"):
                return way
        if read.unit or read.kind in ("range", "ratio"):
            after = _DIRECTION_AFTER.match(self.text, end)
            if after and after[1].lower() not in ("up", "down"):
                return _DIRECTION_OF.get(after[1].lower())
        return None

    def at_digits(self, at: int) -> Quantity | None:
        """What begins at digits, or at a sign like ½."""
        text = self.text
        token = _TOKEN.match(text, at)
        end = token.end() if token else at + 1
        if token and (found := self.look_alike(at, end)):
            return found
        start, sign = self.currency_before(at)
        slashed = _SLASHED.match(text, at) if not sign else None
        colon = slashed is not None and ":" in slashed.group() and not self.alone
        if slashed and colon and "ratio" not in self.before(at, 60).lower():
            return self.other(at, slashed.end(), "name")
        if slashed:
            return self.of_slashed(slashed)
        read = amount(text, at, sign)
        if read is None:
            return self.other(at, end, "name")
        if read.bare and read.end < end and (rest := _MALFORMED.match(text, read.end)):
            return self.other(start, rest.end(), "name")
        if sign:
            return self.number(read._replace(start=start))
        if not read.unit:
            ending = _ORDINAL_END.match(text, read.end)
            if ending and ending.group().lower() == _ordinal_ending(read.value):
                return self.ordinal(at, ending.end(), read.value)
            fold = _FOLD_END.match(text, read.end) or _X_END.match(text, read.end)
            if fold:
                times = read._replace(end=fold.end(), unit="times", kind="multiple")
                return self.quantity(times, "about")
        return self.number(read)

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

    def number(self, read: Amount) -> Quantity:
        """A quantity that begins with an amount: alone, in parts, as a multiple, in a range."""
        text = self.text
        if read.kind == "count" and read.bare:
            parts = _IN.match(text, read.end)
            if parts and (found := self.parts_of(read, parts)):
                return found
            times = (_TIMES_ALONE if self.alone else _TIMES_AFTER).match(text, read.end)
            if times:
                return self.multiple(read, times.end())
        found = self.range(read)
        if found is None and (to := _TO.match(text, read.end)) and _TIME.match(text, to.end()):
            return self.other(read.start, read.end, "time")  # between 8 and 9pm
        return found or self.quantity(self.lent(read))

    def lent(self, read: Amount) -> Amount:
        """A number with the unit of the next: "from 1.2 to 1.5 million", "10, 20 and 30%"."""
        if self.alone or not read.bare or read.unit not in ("", "GBP", "USD", "EUR"):
            return read
        joint = _LENDING.match(self.text, read.end)
        if joint is None:
            return read
        lender = amount(self.text, joint.end())
        if lender is None or lender.bare or read.step is None:
            return read
        if lender.kind == "percent" and not read.unit and read.value <= 100:
            return read._replace(unit=lender.unit, kind="percent", bare=False)
        same = lender.unit == read.unit or not read.unit
        if lender.scale > 1 and same and read.value < 1000:
            value, places = read.value * lender.scale, read.step * lender.scale
            return read._replace(
                value=value, step=places, scale=lender.scale, unit=lender.unit, kind=lender.kind
            )
        return read

    def parts_of(self, read: Amount, match: re.Match[str]) -> Quantity | None:
        """One in four, nine out of ten: parts of one."""
        if match["digits"]:
            of = Decimal(match["digits"].replace(",", ""))
            if 1500 <= of < 2100 and "," not in match["digits"]:
                return None
        else:
            word = match["word"].lower().split()[-1]
            of = Decimal(NUMBER_WORDS[word]) if word in NUMBER_WORDS else power_of(word)
        if not 0 < read.value < of or read.value > 99:
            return None
        if read.value != 1 and of > 10 and of not in (12, 20, 25, 50) and of != step(of):
            return None
        if read.value != 1 and match["out"] and match["out"].lower() == "in" and of > 20:
            return None
        part = read._replace(end=match.end(), value=read.value / of, kind="ratio", step=None)
        return self.quantity(part)

    def multiple(self, read: Amount, end: int) -> Quantity:
        """Twice as many, three times the number."""
        rest = _AS_MANY.match(self.text, end)
        digits = self.text[read.start].isdigit()
        times = read._replace(end=rest.end() if rest else end, unit="times", kind="multiple")
        return self.quantity(times, "exactly" if digits else "about")

    def range(self, low: Amount) -> Quantity | None:
        """1% to 2%, 20-40, between 20 and 40, two or three."""
        text = self.text
        match = _TO.match(text, low.end)
        if match is None:
            return None
        joint = (match["word"] or match["words"] or "-").lower()
        word, start = self.back(low.start)
        hedged = self.hedge_before(low.start) if word.lower() != "between" else None
        if hedged and self.word_before(hedged[0]) == "between":
            word, start = self.back(hedged[0])
        between = word.lower() == "between"
        if between != (joint == "and") and not (between and joint == "-"):
            return None
        at = match.end()
        if between and (second := self.hedge_at(at)):
            at, hedged = second, (at, "about")
        high = None if _TIME.match(text, at) else amount(text, at)
        if high is None or (high.kind == "ratio") != (low.kind == "ratio"):
            return None
        low_value, low_step = low.value, low.step
        if _shares(low, high):
            low_value, low_step = low.value * high.scale, (low.step or ONE) * high.scale
        if low.unit and low.unit != high.unit:
            if low.kind == "percent" and high.kind == "count" and high.bare and high.value <= 100:
                high = high._replace(unit=low.unit)
            elif low.kind != "money" or high.unit:
                return None
        if low_value >= high.value:
            return None
        if joint == "to" and not self.is_span(low, high):
            return None
        if joint == "or" and high.value - low_value > max(ONE, low_value):
            return None
        if joint == "or" and low.unit and high.unit != low.unit:
            return None
        if joint == "-" and (
            _AFTER_DASH.match(text, high.end) or (match["spaced"] and low.unit != high.unit)
        ):
            return None
        begin = low.start
        if between:
            wide, begin = self.back(start)[0].lower(), start
            begin = self.back(start)[1] if wide in ("somewhere", "anywhere") else start
        steps = [one for one in (low_step, high.step) if one is not None]
        unit, end = high.unit or low.unit, high.end
        if not unit and (times := _TIMES_AFTER.match(text, end)):
            unit, end = "times", times.end()
        both = high._replace(
            start=begin, end=end, unit=unit, kind="range", step=min(steps) if steps else None
        )
        read = self.of_range(both, low_value, high.value)
        if hedged and between:
            return read._replace(comparator="about", lower=None, upper=None)
        return read

    def hedge_at(self, at: int) -> int | None:
        """Where the number begins after a hedge of one or two words that begins at a place."""
        match = _HEDGE_AT.match(self.text, at)
        return match.end() if match else None

    def of_range(self, both: Amount, low: Decimal, high: Decimal) -> Quantity:
        """A range with the hedges around it: "about 20 to 30" proves nothing."""
        read = self.quantity(both, "between")
        comparator = "between" if read.comparator == "exactly" else read.comparator
        lower = low if comparator in ("between", "more_than", "at_least") else None
        upper = high if comparator in ("between", "less_than", "at_most") else None
        return read._replace(value=None, comparator=comparator, lower=lower, upper=upper)

    def is_span(self, low: Amount, high: Amount) -> bool:
        """Whether "A to B" is a range: "rose from A to B", "up A to B" are two numbers."""
        word, start = self.back(low.start)
        word = word.lower()
        if word == "from":
            return self.word_before(start) in _RANGING
        if word != "by" and word not in _DIRECTION_OF:
            return True
        # "By 1% to 2%" is a range, "by £2m to £3m" a change and a level.
        return bool(high.unit and not low.unit) or (word == "by" and high.kind == "percent")

    def of_slashed(self, match: re.Match[str]) -> Quantity:
        """50/50: odds; 1/3 and 3:1: a ratio."""
        low, high = Decimal(match[1]), Decimal(match[2]) or ONE
        start, end = match.span()
        if low + high == 100 and ":" not in match.group():
            odds = Amount(start, end, low, None, ONE, "percent", "odds", False)
            return self.quantity(odds, "about")
        return self.quantity(Amount(start, end, low / high, None, ONE, "", "ratio", False))

    def place(self, start: int, end: int, value: Decimal, kind: str) -> Quantity:
        """A place in an order."""
        return Quantity(
            *(self.text[start:end], start, end, kind, value, "exactly", value, value),
            *("rank", ONE, None, None),
        )

    def rank(self, start: int, end: int, value: Decimal = ONE) -> Quantity:
        """A claim of a place in an order: a record, the worst year on record."""
        return self.place(start, end, value, "rank")

    def ordinal(self, start: int, end: int, value: Decimal) -> Quantity:
        """A place told by an ordinal; the first one is a rank."""
        return self.place(start, end, value, "rank" if value == 1 else "ordinal")

    # ---- words

    def at_word(self, start: int, end: int, word: str) -> Quantity | None:
        """What begins at, or around, one of the words of the grammar."""
        text = self.text
        last, following = text[start - 1 : start], text[end : end + 1]
        if last.isalnum() or last == "_" or following.isalnum() or following == "_":
            return None
        if not self.alone and word not in _WEEKDAYS_MONTHS:
            if word in _PHRASES and self.is_phrase(start, word):
                return None
            if self.phrase_before(start, _PHRASES_BEFORE):
                return None
        return _READERS[word](self, start, end, word)

    def is_phrase(self, start: int, word: str) -> bool:
        """Whether a word begins a phrase that counts nothing: "first aid"."""
        text = self.text
        beginning = text[start : start + 32].lower().replace("\xa0", " ")
        return any(
            beginning.startswith(phrase) and not beginning[len(phrase) :][:1].isalpha()
            for phrase in _PHRASES[word]
        )

    def at_number(self, start: int, end: int, word: str) -> Quantity | None:
        """One, two, twenty-one thousand."""
        text = self.text
        if not self.alone and self.is_no_number(start, end, word):
            return None
        if oclock := _OCLOCK.match(text, end):
            return self.other(start, oclock.end(), "time")
        if word == "fifty" and (even := _FIFTY_FIFTY.match(text, start)):
            odds = Amount(start, even.end(), Decimal(50), None, ONE, "percent", "odds", False)
            return self.quantity(odds, "about")
        if word in _BEFORE_PAST and (past_next := _PAST_NEXT.match(text, end)):
            return self.other(start, past_next.end(), "time")
        past, at = self.back(start)
        if past.lower() in ("past", "to") and self.word_before(at) in _BEFORE_PAST:
            return self.other(start, end, "time")
        if tens := _TENS_ORDINAL.match(text, start):
            place = Decimal(NUMBER_WORDS[tens[1].lower()] + grammar.ORDINALS[tens[2].lower()])
            century = _CENTURY.match(text, tens.end())
            if century:
                return self.other(start, century.end(), "date")
            return self.ordinal(start, tens.end(), place)
        if fold := _FOLD_WORD.match(text, start):
            return self.at_multiple(start, fold.end(), fold.group().lower())
        read = amount(text, start)
        if read is None:
            return None
        if read.kind == "ratio" and text[start : read.end].lower().endswith("quarters"):
            spaced = _SPACED_QUARTERS.match(text, start)
            if spaced and (past.lower() in _BEFORE_QUARTERS or _QUARTERS.match(text, read.end)):
                value = Decimal(NUMBER_WORDS[spaced[1].lower()])
                count = Amount(start, spaced.end(1), value, ONE, ONE, "", "count", True)
                return self.quantity(count)
        return self.number(read)

    def is_no_number(self, start: int, end: int, word: str) -> bool:
        """Whether a number word is part of a name, of another word, or a pronoun."""
        text = self.text
        if text[start - 1 : start] == "-" and start >= 2 and text[start - 2].isalpha():
            return start - 1 >= self.floor
        if text[start].isupper() and not text[start + 1].isupper():
            before = self.back(start)[0]
            if before.isalpha() and (before[0].islower() or before == "The"):
                return True  # the Seven Sisters
            if before.lower() in _LEGAL or before in _NAMED or before == "Number":
                return True  # Chapter Two
        return word == "one" and self.is_pronoun(start, end)

    def is_pronoun(self, start: int, end: int) -> bool:
        """Whether "one" stands for somebody: "no one", "one of them", "a new one"."""
        text = self.text
        following = text[end : end + 1]
        if self.hedge_before(start) and not (following and following in ".,;"):
            return False
        if following == "-":
            return not _ONE_HYPHEN.match(text, end)
        if _AND_PART.match(text, end):
            return False
        if _IN.match(text, end) or PART.match(text, end):
            return False
        after = self.word_after(end)
        return not after or after in _AFTER_PRONOUN or self.word_before(start) in _BEFORE_PRONOUN

    def at_scale(self, start: int, end: int, word: str) -> Quantity | None:
        """A hundred, a dozen, several thousand."""
        vague = self.phrase_before(start, _VAGUE_BEFORE)
        if vague:
            power = Decimal(10) if word == "dozen" else power_of(word)
            if scaled := SCALE.match(self.text, end):
                power, end = power * power_of(scaled["long"] or scaled["short"]), scaled.end()
            return self.vague(vague[0], end, power)
        begin = self.article(start)
        read = amount(self.text, begin)
        if read is None or (
            begin == start and read.end == end and word != "dozen" and not self.alone
        ):
            return None
        return self.number(read)

    def vague(self, start: int, end: int, power: Decimal) -> Quantity:
        """An order of magnitude without bounds."""
        money = UNIT.match(self.text, end)
        unit = ""
        if money and money["currency"] and not self.text.startswith(" of ", money.end()):
            unit = currency_of(money["currency"])
            end = money.end() if unit else end
        return Quantity(
            *(self.text[start:end], start, end, "vague", None, "about", None, None),
            *(unit, power, None, None),
        )

    def at_vague(self, start: int, end: int, word: str) -> Quantity | None:
        """Hundreds, tens of thousands, a handful."""
        power = Decimal(grammar.VAGUE[word])
        more = _VAGUE_MORE.match(self.text, end)
        if more:
            power *= grammar.VAGUE[more["more"].lower()]
            end = more.end()
        elif word == "tens":
            return None
        if word == "scores" and not self.alone and self.word_after(end) != "of":
            return None
        begin = self.article(start) if word == "handful" else start
        before = self.phrase_before(start, _VAGUE_BEFORE)
        return self.vague(before[0] if before else begin, end, power)

    def at_part(self, start: int, end: int, word: str) -> Quantity | None:
        """A third of them, half, by a quarter; "the third visit" is an ordinal."""
        if word.endswith("s"):
            return None
        begin = self.article(start)
        if word == "half":
            if scale := _HALF_SCALE.match(self.text, end):
                whole = Decimal(12) if scale[1].lower() == "dozen" else power_of(scale[1])
                value = whole / 2
                half = Amount(begin, scale.end(), value, step(value), value * 2, "", "count", False)
                return self.quantity(half)
            if not self.is_half(start, end):
                return None
        elif not (begin < start and self.is_part_of(begin, end)):
            if begin < start and not self.alone and self.word_after(end) in ("was", "is", "has"):
                return None  # of three, or of a whole: both are said so
            return self.at_ordinal(start, end, word) if word in grammar.ORDINALS else None
        match = _PART_ALONE.match(self.text, start)
        if match is None:
            return None
        read = part_amount(self.text, begin, match, ONE / grammar.PARTS[word])
        if word == "half":
            if dozen := _HALF_DOZEN.match(self.text, end):
                six = Amount(begin, dozen.end(), Decimal(6), ONE, Decimal(12), "", "count", False)
                return self.quantity(six)
            if _AS_MANY.match(self.text, end):
                return self.multiple(read, end)
        return self.range(read) or self.quantity(read)

    def is_half(self, start: int, end: int) -> bool:
        """Whether "half" is a part of something, not of a word, a year or the clock."""
        if self.alone:
            return True
        text = self.text
        if text.startswith("-", end) or text[start - 1 : start] == "-":
            return False
        if self.word_before(start) in _BEFORE_HALF or self.word_after(end) in _AFTER_HALF:
            return False
        if _AS_MUCH_AGAIN.match(text, end):
            return False  # half as much again: one and a half times
        if self.word_after(end) in ("a", "an"):
            return any(form.match(text, end) for form in (OF_SCALE, OF_PERCENT, _HALF_DOZEN))
        return True

    def is_part_of(self, begin: int, end: int) -> bool:
        """Whether "a third" is a part: by what stands before or after it."""
        if self.alone or self.hedge_before(begin):
            return True
        if self.text.startswith("-", end):
            return False
        after = self.word_after(end)
        return not after or after in _AFTER_PART or self.word_before(begin) in _BEFORE_PART

    def at_ordinal(self, start: int, end: int, word: str) -> Quantity | None:
        """First, second, third."""
        text, value = self.text, Decimal(grammar.ORDINALS[word])
        if ranked := _NTH_RANK.match(text, end):
            return self.rank(start, ranked.end(), value)
        if self.alone:
            return self.ordinal(start, end, value)
        before, at = self.back(start)
        before = before.lower()
        if period := _FIRST_PERIOD.match(text, end):
            return self.other(at if before == "the" else start, period.end(), "date")
        if month := _OF_MONTH.match(text, end):
            return self.other(start, month.end(), "date")
        after = self.word_after(end)
        if text.startswith("-", end) and not _ORDINAL_HYPHEN.match(text, end):
            return None
        if value == 2 and before in ("per", "every", "split", "each", "a"):
            return self.ordinal(start, end, value) if after not in ("", "and", "or") else None
        if value == 1 and not self.is_first(start, end, before, after):
            return None
        if value > 1 and not before and text.startswith(",", end):
            return None
        return self.ordinal(start, end, value)

    def is_first(self, start: int, end: int, before: str, after: str) -> bool:
        """Whether "first" is a place in an order, not an adverb or a name."""
        text = self.text
        if text[start].isupper() and text[end + 1 : end + 2].isupper():
            return False
        if text.startswith(",", end) or after in ("of", "and"):
            return before in ("the", "came", "ranked")
        if before in grammar.BEFORE_FIRST or before.endswith(("’s", "'s", "s’", "s'")):
            return True
        return after in ("ever", "time") or text.startswith("-ever", end)

    def at_multiple(self, start: int, end: int, word: str) -> Quantity | None:
        """Doubled, tenfold, to double the number."""
        way: str | None = None
        if word in grammar.FOLDS:
            value = Decimal(grammar.FOLDS[word])
        elif word in MULTIPLES:
            value, way = Decimal(MULTIPLES[word][0]), MULTIPLES[word][1]
        elif self.is_multiple_verb(start, end):
            number, way = grammar.MULTIPLE_VERBS[word]
            value = Decimal(number)
        else:
            return None
        read = Amount(start, end, value, None, ONE, "times", "multiple", False)
        return self.quantity(read, "about", way)

    def is_multiple_verb(self, start: int, end: int) -> bool:
        """Whether "double" multiplies: "to double", "double the number"; not "double doors"."""
        if self.alone:
            return True
        if self.text.startswith("-", end):
            return False
        after = self.word_after(end)
        return after in grammar.AFTER_VERB or self.word_before(start) in grammar.BEFORE_VERB

    def at_times(self, start: int, end: int, word: str) -> Quantity | None:
        """Twice as many, twice the number; twice a year."""
        value = Decimal(grammar.TIMES[word])
        read = Amount(start, end, value, None, ONE, "", "count", False)
        if _TIMES_AS.match(self.text, end) or (self.alone and end == len(self.text)):
            return self.multiple(read, end)
        return self.quantity(read) if _A_YEAR.match(self.text, end) else None

    def rank_start(self, start: int) -> tuple[int, list[str], Decimal]:
        """Where the words before a rank begin ("a new", "the second-"), they, and its place."""
        text, at, words, value = self.text, start, [], ONE
        if start - 1 > self.floor and text[start - 1] == "-":
            word, begin = self.back_of_hyphen(start)
        else:
            word, begin = self.back(at)
        if word.lower() in grammar.ORDINALS and begin >= self.floor:
            value, at = Decimal(grammar.ORDINALS[word.lower()]), begin
            word, begin = self.back(at)
        if word.lower() in ("new", "all-time", "fresh"):
            words.append(word.lower())
            at = begin
            word, begin = self.back(at)
        if word.lower() in ("a", "an", "the", "its", "their", "his", "her", "another"):
            words.append(word.lower())
            at = begin
        return at, words, value

    def back_of_hyphen(self, start: int) -> tuple[str, int]:
        """The word that a hyphen ties to a place."""
        begin = start - 1
        while begin > self.floor and start - begin < 24 and self.text[begin - 1].isalpha():
            begin -= 1
        return self.text[begin : start - 1], begin

    def at_record(self, start: int, end: int, word: str) -> Quantity | None:
        """A record, a new record, a record year, record numbers, the worst year on record."""
        text = self.text
        if self.word_before(start) == "on" and (worst := _ON_RECORD.search(self.before(start, 90))):
            return self.rank(start - len(worst.group()), end)
        if text[start - 1 : start] == "-":
            return None
        if breaking := _BREAKING.match(text, end):
            return self.rank(start, breaking.end())
        begin, words, _ = self.rank_start(start)
        rest = _RANK_REST.match(text, end)
        if rest and rest.end() > end and word == "record":
            return self.rank(begin, rest.end())
        return self.rank(begin, end) if self.is_record(start, begin, end, words) else None

    def is_record(self, start: int, begin: int, end: int, words: list[str]) -> bool:
        """Whether "a record" is the first place in an order, not a file or a past."""
        if self.alone:
            return True
        if not words:
            return self.text[start].isupper() and bool(_NUMBER_NEXT.match(self.text, end))
        if words == ["the"]:
            return self.word_before(begin) in _BREAKS
        if words[0] in ("new", "all-time", "fresh", "another"):
            return True
        return words[0] in ("a", "an") and self.word_after(end) not in _NO_RECORD

    def at_superlative(self, start: int, end: int, word: str) -> Quantity | None:
        """The worst year on record, the second-highest ever; no rank without such a tail."""
        rest = (_RANK_REST if self.alone else _RANK_TAIL).match(self.text, end)
        if rest is None:
            return None
        begin, _, value = self.rank_start(start)
        return self.rank(begin, rest.end(), value)

    def at_month(self, start: int, end: int, word: str) -> Quantity | None:
        """December, December 2022, December 13, January to March 2023."""
        match = _MONTH_DATE.match(self.text, start)
        if match is None:
            return None
        if match.end() <= end + 1 and word in _MONTHS_AND_WORDS:
            before = self.word_before(start)
            if before not in grammar.BEFORE_MONTH and before not in _WEEKDAYS_MONTHS:
                return None
        return self.other(start, match.end(), "date")

    def at_weekday(self, start: int, end: int, word: str) -> Quantity | None:
        """Monday, Monday 24 April 2023."""
        if self.text[start].islower():
            return None
        match = _WEEKDAY_DATE.match(self.text, start)
        return self.other(start, match.end() if match else end, "date")


_READERS: dict[str, Callable[[_Reader, int, int, str], Quantity | None]] = {
    word: getattr(_Reader, f"at_{reader}") for word, reader in _ANCHORS.items()
}
_SIGNS = tuple(sign for sign in grammar.CURRENCIES if len(sign) == 1)
_BEFORE_SIGN = SPACES + "([“‘\"'"
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
# "Children under 18 were", but "under three prime ministers".
_AGED = frozenset(
    "children child people persons those anyone everyone adults boys girls men women youths pupils "
    "migrants passengers aged age ages patients drivers all is was were are be the".split()
)
_BEING = frozenset("is was are were".split())
_NEGATIONS = frozenset(grammar.NEGATIONS)
_OPENING = "“‘\"'([*_"
_WITH_UP_OR_DOWN = frozenset(
    "made make makes making picked pick picks picking shut shuts set sets took take broke break "
    "gave give taken given rounded round held hold carried closed close locked lined signed".split()
)
_RANGING = frozenset("ranging ranges ranged range varying varied varies vary anywhere".split())
_BEFORE_QUARTERS = frozenset(
    "past last previous next consecutive successive after for first following".split()
)
_BEFORE_PAST = frozenset("half quarter ten five twenty".split())
_BEFORE_PRONOUN = frozenset(grammar.BEFORE_PRONOUN)
_AFTER_PRONOUN = frozenset(grammar.AFTER_PRONOUN)
_BEFORE_HALF = frozenset("first second other latter former each and better".split())
_AFTER_HALF = frozenset("past time term way year".split())
_BEFORE_PART = frozenset("by than to from only just mere fully another".split())
_AFTER_PART = frozenset(grammar.AFTER_PART)
_BREAKS = frozenset("broke breaking break beat beating broken beaten set setting".split())
_NO_RECORD = frozenset(
    "of label company player deal keeping check checks holder shop store was is has had that with "
    "in on".split()
)
_WEEKDAYS_MONTHS = frozenset(
    name.lower() for name in (*grammar.WEEKDAYS, *grammar.MONTHS, *grammar.SHORT_MONTHS)
)
_MONTHS_AND_WORDS = frozenset("may march august mar jan dec sep".split())


# ---------------------------------------------------------------- front


def _paragraphs(text: str) -> Iterator[tuple[int, str]]:
    """Start and text of each paragraph; nothing is read across their ends."""
    start = 0
    for match in _LINE_END.finditer(text):
        if "\n" in text[match.start() + 1 : match.end()] or text[
            max(start, match.start() - 3) : match.start()
        ].rstrip(" \t\r").endswith(_CLOSING):
            if match.start() > start:
                yield start, text[start : match.start()]
            start = match.end()
    if start < len(text):
        yield start, text[start:]


def _one_line(paragraph: str) -> str:
    """The same with a space for every tab and line end, each character in its place."""
    for mark in "\n\t\r":
        if mark in paragraph:
            paragraph = paragraph.replace(mark, " ")
    return paragraph


def find_quantities(text: str) -> Iterator[Quantity]:
    """Each quantity of a text in order, and each date, name or reference that looks like one.

    Spans are disjoint, and `text[q.start:q.end] == q.text`. What is no quantity comes with a kind
    of its own (year, fiscal_year, date, time, phone, legal_reference, name); take those with
    `is_quantity` where only quantities are wanted. The cost is linear in the length of the text.

    >>> [(q.text, q.kind) for q in find_quantities("On 13 May over 1,000 came, 41% fewer.")]
    [('13 May', 'date'), ('over 1,000', 'count'), ('41%', 'percent')]
    """
    for start, paragraph in _paragraphs(text):
        plain = _one_line(paragraph)
        for found in _Reader(plain, start).all():
            if plain is not paragraph:
                found = found._replace(text=text[found.start : found.end])
            yield found


# Longest text read as one quantity; longer ones are refused before any matching.
_LONGEST = 200


def parse_quantity(text: str) -> Quantity:
    """Read a text that is one quantity, hedge and unit included.

    Bounds are what the words prove: "over 1,000" has the lower bound 1000 (exclusive, as the
    comparator says) and no upper one; "about 12,000" has neither; a bare number has both.
    Raises QuantityError for a text that is not one quantity of the forms known here.

    >>> quantity = parse_quantity("over 1,000")
    >>> quantity.comparator, quantity.lower, quantity.upper
    ('more_than', Decimal('1000'), None)
    >>> parse_quantity("£1.6 million").value
    Decimal('1600000.0')
    """
    why = ""
    if len(text) <= _LONGEST:
        reader = _Reader(_one_line(text), alone=True)
        found = next(reader.all(), None)
        if found and found.is_quantity:
            return found._replace(text=text)
        if found:
            why = f" (it is a {found.kind.replace('_', ' ')})"
        elif reader.part and reader.part.is_quantity:
            why = f' (only "{reader.part.text}" in it)'
    raise QuantityError(
        f'cannot read "{text[:60]}" as one quantity{why}; readable are forms like '
        '"12,658", "over 90%", "£1.6 million", "1% to 2%", "nearly 6,000", "doubled"'
    )


_COUNTING = Pattern(
    rf"\d+|[½¼¾⅓⅔⅛]|(?i:\b(?:{any_of((*COUNTING_WORDS, *grammar.CALENDAR_WORDS))})\b)"
    rf"|\b(?:{any_of(CALENDAR_NAMES)})\b",
)
_WORD = Pattern(r"[A-Za-z]+")


def counting_words(text: str) -> Iterator[tuple[int, int]]:
    """Spans of every run of digits and every word of the closed list of counting words.

    >>> [text[a:b] for text in ["On Monday two of 50 came."] for a, b in counting_words(text)]
    ['Monday', 'two', '50']
    """
    for match in _COUNTING.finditer(text):
        yield match.span()


def direction_near(text: str, at: int) -> str | None:
    """Direction that the nearest direction word to a place in a text gives; None without one.

    >>> direction_near("a 93% drop, down from 12,658", 2)
    'decrease'
    """
    near: tuple[int, str] | None = None
    for match in _WORD.finditer(text):
        way = _DIRECTION_OF.get(match.group().casefold())
        if way and (near is None or abs(match.start() - at) < near[0]):
            near = (abs(match.start() - at), way)
    return near[1] if near else None
