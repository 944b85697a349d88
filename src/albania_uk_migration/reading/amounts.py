"""Numbers in digits and in words, with their scale and unit: the part of a quantity that counts.

`amount` reads one that begins at a place of a text; hedges, ranges and the rest are in
`quantities.py`, the words themselves in `grammar.py`.
"""

from __future__ import annotations

import itertools
import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from . import grammar
from .grammar import NUMBER_WORDS, PARTS, SCALES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator


# Between the words of one quantity: a line end within a paragraph is read as a space, a thin space
# as one that does not break (patterns of characters up to U+00FF are compiled much faster).
SPACES = " \xa0"
GAP = f"[{SPACES}]{{1,4}}"
# Digits of one number; more are no number that anybody states.
LONGEST_NUMBER = 40

ONE = Decimal(1)
_TENS = {power: Decimal(10) ** power for power in range(16)}


class Pattern:
    """A regular expression that is made when it is first used, so that loading costs little.

    One that is built from lists of words is given as a function that builds it.
    """

    match: Callable[..., re.Match[str] | None]
    fullmatch: Callable[..., re.Match[str] | None]
    search: Callable[..., re.Match[str] | None]
    finditer: Callable[..., Iterator[re.Match[str]]]

    def __init__(self, pattern: str | Callable[[], str], flags: int = 0) -> None:
        self.given = pattern
        self.flags = flags

    @property
    def pattern(self) -> str:
        """The text of the expression."""
        return self.given if isinstance(self.given, str) else self.given()

    def __getattr__(self, name: str) -> Any:
        if name not in ("match", "fullmatch", "search", "finditer"):
            raise AttributeError(name)
        compiled = re.compile(self.pattern, self.flags)
        self.match, self.fullmatch = compiled.match, compiled.fullmatch
        self.search, self.finditer = compiled.search, compiled.finditer
        return self.__dict__[name]


def trie(words: Iterable[str]) -> str:
    """A pattern for any of some words, the longest that fits, looking at each letter once.

    A space in a word is any gap.
    """
    branches: dict[str, list[str]] = {}
    whole = False
    for word in words:
        if word:
            branches.setdefault(word[0], []).append(word[1:])
        else:
            whole = True
    if not branches:
        return ""
    parts = [
        (GAP if first == " " else re.escape(first)) + trie(rest)
        for first, rest in sorted(branches.items())
    ]
    pattern = parts[0] if len(parts) == 1 and not whole else f"(?:{'|'.join(parts)})"
    return pattern + "?" if whole else pattern


def any_of(words: Iterable[str]) -> str:
    """A pattern for any of some words, the longest first, to be matched at a place.

    To be searched for all over a text, many words are better a `trie`, which takes longer to make.
    """
    longest_first = sorted(set(words), key=lambda word: (-len(word), word))
    return "|".join(re.escape(word).replace(r"\ ", GAP) for word in longest_first)


_VULGAR = "".join(grammar.VULGAR)
_SPACED = f"[{SPACES}][0-9]{{3}}"
# Each choice in it either stands or fails at once, so that no run of digits is tried again with one
# digit or one group fewer. (Possessive quantifiers say so more shortly, but Python 3.11.0 to 3.11.4
# match them wrongly: python/cpython issues 100061 and 106052.)
_DIGITS = Pattern(
    rf"(?:[1-9][0-9]{{0,2}}(?:(?:{_SPACED}){{12}}|(?:{_SPACED}){{1,11}}(?!{_SPACED}))"
    rf"(?![0-9]|,[0-9])"
    rf"|[0-9]{{1,3}}(?:,[0-9]{{3}}){{1,12}}(?![0-9]|,[0-9])|[0-9]+)"
    rf"(?:\.[0-9]+(?![0-9]|\.[0-9]))?[{_VULGAR}]?|[{_VULGAR}]"
)
SIGN = Pattern(lambda: rf"(?:{any_of(grammar.CURRENCIES)})[{SPACES}]?(?=[0-9])")
SCALE = Pattern(
    lambda: (
        rf"(?:{GAP}|-)?(?P<long>{any_of(SCALES)})(?![A-Za-z])"
        rf"|[{SPACES}]?(?P<short>{any_of(grammar.SHORT_SCALES)})(?![A-Za-z0-9])"
        rf"(?!(?:{GAP}|-)(?:{any_of(grammar.METRES)})\b)"
    ),
    re.IGNORECASE | re.ASCII,
)
_PERCENT_NAMES = "|".join(
    re.escape(word).replace(r"\ ", f"(?:{GAP}|-)")
    for word in sorted(grammar.PERCENT_WORDS, key=len, reverse=True)
    if word[0] != "%"
)
UNIT = Pattern(
    lambda: (
        rf"(?P<percent>(?:{GAP})?%(?:{GAP}points\b)?"
        rf"|(?:{GAP}|-)(?:{_PERCENT_NAMES})(?![A-Za-z])|(?:pct?|ppt?s?)(?![A-Za-z]))"
        rf"|(?:{GAP}|-)(?P<currency>{any_of(grammar.CURRENCY_WORDS)})(?![A-Za-z])"
        rf"|(?P<pence>p|{GAP}pence)(?![A-Za-z0-9])|(?P<sign>[€£])(?![0-9])"
    ),
    re.IGNORECASE | re.ASCII,
)
_NUMERALS = (*NUMBER_WORDS, *SCALES, "dozen")
_WORD_NUMBER = Pattern(
    lambda: (
        rf"(?:an?{GAP})?(?:{any_of(_NUMERALS)})(?![A-Za-z])"
        rf"(?:(?:{GAP}(?:and{GAP}(?:a{GAP}(?=half|quarter))?)?|-|(?:(?<=llion)|(?<=usand)),{GAP})"
        rf"(?:{any_of((*_NUMERALS, 'half', 'quarter'))})(?![A-Za-z])){{0,14}}"
    ),
    re.IGNORECASE | re.ASCII,
)
_PIECE = Pattern(r"[A-Za-z]+")
_CASELESS = re.IGNORECASE | re.ASCII
PART = Pattern(lambda: rf"(?:{GAP}|-)(?P<part>{any_of(PARTS)})(?![A-Za-z])", _CASELESS)
# "A quarter of a percentage point", "half of one per cent", "0.5 of a per cent".
OF_PERCENT = Pattern(
    rf"{GAP}(?:of{GAP})?(?:an?|one){GAP}(?P<unit>percentage{GAP}point|per{GAP}cent|percent)\b",
    _CASELESS,
)
_OF = (" of ", " a ", " one ")
_AND_THREE_QUARTERS = Pattern(rf"{GAP}and{GAP}three[- ]quarters(?![A-Za-z])", _CASELESS)
_AND_VULGAR = Pattern(rf"{GAP}(?P<over>[13])/(?P<under>[234])(?![0-9/])")
PART_FIRST = Pattern(
    rf"(?:an?{GAP}|(?=half))(?P<part>half|third|quarter|fifth|tenth)(?![A-Za-z-])", _CASELESS
)
OF_SCALE = Pattern(lambda: rf"{GAP}(?:of{GAP})?an?{GAP}(?P<scale>{any_of(SCALES)})\b", _CASELESS)
_CURRENCY_OF = {word.lower(): code for word, code in grammar.CURRENCY_WORDS.items()}


class Amount(NamedTuple):
    """A number with scale and unit, without hedge: "£1.6 million", "ninety per cent".

    `bare` says that it has neither scale word nor unit, so that the second end of a range may
    lend it both ("12 to 15 thousand").
    """

    start: int
    end: int
    value: Decimal
    step: Decimal | None
    scale: Decimal
    unit: str
    kind: str
    bare: bool


def step_of(digits: str) -> Decimal:
    """Place of the last non-zero digit of a printed number: 93 gives 1, 800 gives 100.

    >>> step_of("12,658"), step_of("38,000"), step_of("1.6")
    (Decimal('1'), Decimal('1000'), Decimal('0.1'))
    """
    return step(Decimal(digits.replace(",", "")))


def step(number: Decimal) -> Decimal:
    """The same of a number."""
    if not number:
        return Decimal(10) ** int(number.as_tuple().exponent)
    exponent = int(number.normalize().as_tuple().exponent)
    return _TENS[exponent] if 0 <= exponent < 16 else Decimal(10) ** exponent


def power_of(word: str) -> Decimal:
    """The number that a scale word stands for: million, bn."""
    word = word.lower()
    return _TENS[SCALES[word] if word in SCALES else grammar.SHORT_SCALES[word]]


def words_value(pieces: list[str]) -> tuple[Decimal, int, Decimal] | None:
    """Value of the longest run of number words that is one number, its length, its scale.

    As English builds them: tens and units below a hundred, hundreds below a thousand, then
    thousands, millions and so on, each smaller than the one before.

    >>> words_value("two hundred and forty three thousand".split())[0]
    Decimal('243000')
    """
    total = part = Decimal(0)
    below, room = _TENS[15], _TENS[3]  # what the next scale, the next number must be below
    scale = ONE
    length = 0
    fresh = True  # nothing since the last scale word
    for at, piece in enumerate(pieces):
        if piece in ("a", "an"):
            continue
        if piece == "and":
            if at and pieces[at + 1 : at + 2] != ["a"] and not _may_follow_and(pieces, at):
                break
            continue
        if piece in NUMBER_WORDS:
            value = Decimal(NUMBER_WORDS[piece])
            if value >= room or (not value and at):
                break
            part += value
            room = _TENS[1] if value >= 20 else ONE
            fresh = False
        elif piece == "dozen":
            if total or part >= 100:
                break
            return (part or ONE) * 12, at + 1, Decimal(12)
        elif piece in ("half", "quarter"):
            return _with_part(pieces, at, part, total, scale)
        elif piece == "hundred":
            if part >= 100 or (fresh and total):
                break
            part = (part or ONE) * 100
            room, fresh = _TENS[2], False
            scale = max(scale, _TENS[2])
        else:
            power = power_of(piece)
            if power >= below or (fresh and total):
                break
            total += (part or ONE) * power
            part, room, below, fresh = Decimal(0), _TENS[3], power, True
            scale = max(scale, power)
        length = at + 1
    return (total + part, length, scale) if length else None


def _may_follow_and(pieces: list[str], at: int) -> bool:
    """Whether "and" joins parts of one number: "a hundred and five", not "and two hundred"."""
    before, rest = pieces[at - 1], pieces[at + 1 : at + 4]
    if before != "hundred" and before not in SCALES:
        return False
    small = list(itertools.takewhile(lambda piece: NUMBER_WORDS.get(piece, 100) < 100, rest))
    after = rest[len(small) : len(small) + 1]
    # "One hundred and twenty thousand" goes on, "one hundred and two hundred" does not.
    goes_on = not after or after[0] in ("and", "a") or (before == "hundred" != after[0])
    return bool(small) and goes_on


def _with_part(
    pieces: list[str], at: int, part: Decimal, total: Decimal, scale: Decimal
) -> tuple[Decimal, int, Decimal] | None:
    """Two and a half million, a million and a half: the part counts in the last scale."""
    more = Decimal("0.5") if pieces[at] == "half" else Decimal("0.25")
    if pieces[max(0, at - 2) : at] != ["and", "a"]:
        length = at
        while length and pieces[length - 1] in ("and", "a", "an"):
            length -= 1
        return (total + part, length, scale) if length else None
    if part and not total:
        if at + 1 < len(pieces) and pieces[at + 1] in SCALES:
            power = power_of(pieces[at + 1])
            return (part + more) * power, at + 2, power
        return part + more, at + 1, scale
    if total and not part:
        return total + more * scale, at + 1, scale
    return total + part, at - 2, scale


def _printed(digits: str) -> Decimal:
    """The number that digits print, with separators of thousands and a sign like ½."""
    part = grammar.VULGAR.get(digits[-1])
    whole = digits[:-1] if part else digits
    for separator in (",", *SPACES):
        whole = whole.replace(separator, "")
    return Decimal(whole or 0) + Decimal(part) if part else Decimal(whole)


def percent_unit(words: str) -> str:
    """The unit of "%", "per cent", "percentage points"."""
    spelt = " ".join(words.lower().replace("-", " ").split())
    return grammar.PERCENT_WORDS.get(spelt, "percentage_points")


def currency_of(words: str) -> str:
    """The code of a currency named after a number; empty for "20 try", whose code is a word."""
    word = " ".join(words.split())
    if word.upper() in grammar.CURRENCIES and not word.isupper():
        return ""
    return _CURRENCY_OF[word.lower()]


def _is_said_of_parts(value: Decimal, part: str) -> bool:
    """Whether "two thirds" is said of parts: one third, three quarters; not two third."""
    return part.endswith("s") == (value != 1) and not (part == "quarters" and value != 3)


def part_amount(text: str, start: int, part: re.Match[str], value: Decimal) -> Amount:
    """A fraction in words, or one of a scale word: "three-quarters of a million"."""
    of = OF_SCALE.match(text, part.end())
    percent = OF_PERCENT.match(text, part.end()) if text.startswith(_OF, part.end()) else None
    if percent:
        unit = percent_unit(percent["unit"])
        return Amount(start, percent.end(), value, step(value), ONE, unit, "percent", False)
    if of is None:
        return Amount(start, part.end(), value, None, ONE, "", "ratio", False)
    power = power_of(of["scale"])
    scaled = amount(text, of.start("scale"))
    unit, kind, end = (scaled.unit, scaled.kind, scaled.end) if scaled else ("", "count", of.end())
    return Amount(start, end, value * power, step(value * power), power, unit, kind, False)


_NO_COMPOUND = ("-odd", "-plus", "-strong", "-fold")


def _is_scale(scaled: re.Match[str], text: str) -> bool:
    """Whether a letter after a number without a currency is a scale: 5m people, not 200 m or 7B."""
    short = scaled["short"].lower()
    if short == "b" or (short in ("m", "k") and scaled.group()[0] in SPACES):
        return False
    return not (
        text[scaled.end() : scaled.end() + 1].isspace()
        and text[scaled.end() + 1 : scaled.end() + 2].isdigit()
    )


def _is_unit(unit: re.Match[str], value: Decimal, digits: bool) -> bool:
    """Whether what follows a number is its unit: 50p, not 1080p; 5 pp, not 240 pp."""
    if unit["pence"] == "p":
        return digits and value < 1000
    if unit["percent"] and unit["percent"].strip().lower().startswith("pp"):
        return value <= 100
    return not (unit["currency"] and unit.group() == "-pound")


def _without_compound(
    text: str, at: int, pieces: list[re.Match[str]], length: int, value: Decimal
) -> tuple[int, Decimal]:
    """Length and value without a last word that begins another: "sixty two-bedroom homes"."""
    end = at + pieces[length - 1].end()
    if length < 2 or text[end : end + 1] != "-" or not text[end + 1 : end + 2].isalpha():
        return length, value
    last = pieces[length - 1].group().lower()
    if text[at + pieces[length - 2].end()] == "-" or PART.match(text, end):
        return length, value
    if SCALE.match(text, end) or UNIT.match(text, end) or text.startswith(_NO_COMPOUND, end):
        return length, value
    return length - 1, value - NUMBER_WORDS.get(last, 0)


def amount(text: str, at: int, sign: str = "") -> Amount | None:
    """The amount that begins at a place: with a currency sign, digits or number words.

    `sign` is a currency sign already read before that place.
    """
    start = at
    if match := SIGN.match(text, at):
        sign, at = match.group().rstrip(SPACES), match.end()
    scale = ONE
    digits = _DIGITS.match(text, at)
    if digits:
        end = digits.end()
        if end - at > LONGEST_NUMBER:
            return None
        value = _printed(digits.group())
        if digits.group().isdigit() and (vulgar := _AND_VULGAR.match(text, end)):
            value += Decimal(vulgar["over"]) / Decimal(vulgar["under"])
            end = vulgar.end()
        places = step(value)
    else:
        if part := PART_FIRST.match(text, at):
            return part_amount(text, start, part, ONE / PARTS[part["part"].lower()])
        words = _WORD_NUMBER.match(text, at)
        pieces = list(_PIECE.finditer(words.group())) if words else []
        found = words_value([piece.group().lower() for piece in pieces])
        if found is None:
            return None
        value, length, scale = found
        length, value = _without_compound(text, at, pieces, length, value)
        end = at + pieces[length - 1].end()
        if scale == 1 and value <= 20 and (more := _AND_THREE_QUARTERS.match(text, end)):
            value, end = value + Decimal("0.75"), more.end()
        places = step(value)
        part = PART.match(text, end)
        if part and scale == 1 and 0 < value <= 20:
            word = part["part"].lower()
            if _is_said_of_parts(value, word):
                return part_amount(text, start, part, value / PARTS[word])
    bare = True
    scaled = SCALE.match(text, end) if digits or scale == 1 else None
    if scaled and scaled["short"] and not sign and not _is_scale(scaled, text):
        scaled = None
    if scaled:
        scale = power_of(scaled["long"] or scaled["short"])
        end, bare = scaled.end(), False
        value, places = value * scale, places * scale
    if sign:
        return Amount(start, end, value, places, scale, grammar.CURRENCIES[sign], "money", bare)
    if bare and text.startswith(_OF, end) and (of := OF_PERCENT.match(text, end)):
        return Amount(
            start, of.end(), value, places, ONE, percent_unit(of["unit"]), "percent", False
        )
    unit = UNIT.match(text, end)
    if unit is None or not _is_unit(unit, value, bool(digits)):
        return Amount(start, end, value, places, scale, "", "count", bare)
    if unit["percent"]:
        name = percent_unit(unit["percent"])
        return Amount(start, unit.end(), value, places, scale, name, "percent", False)
    if unit["pence"]:
        hundredth = Decimal("0.01")
        value, places = value * hundredth, places * hundredth
        return Amount(start, unit.end(), value, places, hundredth, "GBP", "money", False)
    if unit["sign"]:
        code = grammar.CURRENCIES[unit["sign"]]
        return Amount(start, unit.end(), value, places, scale, code, "money", False)
    code = currency_of(unit["currency"])
    if not code or (bare and text.startswith(" of ", unit.end())):  # pounds of flour
        return Amount(start, end, value, places, scale, "", "count", bare)
    return Amount(start, unit.end(), value, places, scale, code, "money", False)
