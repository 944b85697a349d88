"""Numbers in digits and in words, with their scale and unit, but without hedges.

`amount` reads a number that begins at a place in a text. The words are in `grammar.py`.
"""

from __future__ import annotations

import itertools
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from . import grammar
from .grammar import NUMBER_WORDS, PARTS, SCALES
from .patterns import CASELESS, GAP, SPACES, Pattern, any_of

if TYPE_CHECKING:
    import re


# The most digits of one number; nobody states a longer one.
LONGEST_NUMBER = 40

ONE = Decimal(1)
_TENS = {power: Decimal(10) ** power for power in range(16)}


VULGAR = "".join(grammar.VULGAR)
_SPACED = f"[{SPACES}][0-9]{{3}}"
# Each choice succeeds or fails at once, so that no run of digits is tried again with one digit or
# group fewer. (Possessive quantifiers would be shorter, but Python 3.11.0 to 3.11.4 match them
# wrongly: python/cpython issues 100061 and 106052.)
_DIGITS = Pattern(
    rf"(?:[1-9][0-9]{{0,2}}(?:(?:{_SPACED}){{12}}|(?:{_SPACED}){{1,11}}(?!{_SPACED}))"
    rf"(?![0-9]|,[0-9])"
    rf"|[0-9]{{1,3}}(?:,[0-9]{{3}}){{1,12}}(?![0-9]|,[0-9])|[0-9]+)"
    rf"(?:\.[0-9]+(?![0-9]|\.[0-9]))?[{VULGAR}]?|[{VULGAR}]"
)
SIGN = Pattern(lambda: rf"(?:{any_of(grammar.CURRENCIES)})[{SPACES}]?(?=[0-9])")
SCALE = Pattern(
    lambda: (
        rf"(?:{GAP}|-)?(?P<long>{any_of(SCALES)})(?![A-Za-z])"
        rf"|[{SPACES}]?(?P<short>{any_of(grammar.SHORT_SCALES)})(?![A-Za-z0-9])"
        rf"(?!(?:{GAP}|-)(?:{any_of(grammar.METRES)})\b)"
    ),
    CASELESS,
)
_PERCENT_NAMES = any_of(word for word in grammar.PERCENT_WORDS if word[0] != "%").replace(
    GAP, f"(?:{GAP}|-)"
)
UNIT = Pattern(
    lambda: (
        rf"(?P<percent>(?:{GAP})?%(?:{GAP}points\b)?"
        rf"|(?:{GAP}|-)(?:{_PERCENT_NAMES})(?![A-Za-z])|(?:pct?|ppt?s?)(?![A-Za-z]))"
        rf"|(?:{GAP}|-)(?P<currency>{any_of(grammar.CURRENCY_WORDS)})(?![A-Za-z])"
        rf"|(?P<pence>p|{GAP}pence)(?![A-Za-z0-9])|(?P<sign>[€£])(?![0-9])"
    ),
    CASELESS,
)
_NUMERALS = (*NUMBER_WORDS, *SCALES, "dozen")
_WORD_NUMBER = Pattern(
    lambda: (
        rf"(?:an?{GAP})?(?:{any_of(_NUMERALS)})(?![A-Za-z])"
        rf"(?:(?:{GAP}(?:and{GAP}(?:a{GAP}(?=half|quarter))?)?|-|(?:(?<=llion)|(?<=usand)),{GAP})"
        rf"(?:{any_of((*_NUMERALS, 'half', 'quarter'))})(?![A-Za-z])){{0,14}}"
    ),
    CASELESS,
)
_PIECE = Pattern(r"[A-Za-z]+")
PART = Pattern(lambda: rf"(?:{GAP}|-)(?P<part>{any_of(PARTS)})(?![A-Za-z])", CASELESS)
# "A quarter of a percentage point", "half of one per cent", "0.5 of a per cent".
OF_PERCENT = Pattern(
    rf"{GAP}(?:of{GAP})?(?:an?|one){GAP}(?P<unit>percentage{GAP}point|per{GAP}cent|percent)\b",
    CASELESS,
)
_OF = (" of ", " a ", " one ")
_AND_THREE_QUARTERS = Pattern(rf"{GAP}and{GAP}three[- ]quarters(?![A-Za-z])", CASELESS)
_AND_VULGAR = Pattern(rf"{GAP}(?P<over>[13])/(?P<under>[234])(?![0-9/])")
PART_FIRST = Pattern(
    rf"(?:an?{GAP}|(?=half))(?P<part>half|third|quarter|fifth|tenth)(?![A-Za-z-])", CASELESS
)
OF_SCALE = Pattern(lambda: rf"{GAP}(?:of{GAP})?an?{GAP}(?P<scale>{any_of(SCALES)})\b", CASELESS)
_CURRENCY_OF = {word.lower(): code for word, code in grammar.CURRENCY_WORDS.items()}


class Amount(NamedTuple):
    """A number with its scale and unit but no hedge: "£1.6 million", "ninety per cent".

    `bare` means that it has neither a scale word nor a unit, so that it may take both from the
    second end of a range ("12 to 15 thousand").
    """

    start: int
    end: int
    value: Decimal
    step: Decimal | None
    scale: Decimal
    unit: str
    kind: str
    bare: bool

    def scaled(self, scale: Decimal) -> Amount:
        """A number times a scale: 1.6 times a million."""
        places = None if self.step is None else self.step * scale
        return self._replace(value=self.value * scale, step=places, scale=scale)


def step_of(digits: str) -> Decimal:
    """The place value of the last non-zero digit of a printed number: 93 gives 1, 800 gives 100.

    >>> step_of("12,658"), step_of("38,000"), step_of("1.6")
    (Decimal('1'), Decimal('1000'), Decimal('0.1'))
    """
    return step(Decimal(digits.replace(",", "")))


def step(number: Decimal) -> Decimal:
    """The place value of the last non-zero digit of a number."""
    if not number:
        return Decimal(10) ** int(number.as_tuple().exponent)
    exponent = int(number.normalize().as_tuple().exponent)
    return _TENS[exponent] if 0 <= exponent < 16 else Decimal(10) ** exponent


def power_of(word: str) -> Decimal:
    """The number that a scale word such as "million" or "bn" stands for."""
    word = word.lower()
    return _TENS[SCALES[word] if word in SCALES else grammar.SHORT_SCALES[word]]


def words_value(pieces: list[str]) -> tuple[Decimal, int, Decimal] | None:
    """The value of the longest run of words that is one number, its length, and its scale.

    English builds numbers from tens and units below a hundred, hundreds below a thousand, then
    thousands, millions and so on, each scale smaller than the one before.

    >>> words_value("two hundred and forty three thousand".split())[0]
    Decimal('243000')
    """
    total = part = Decimal(0)
    below, room = _TENS[15], _TENS[3]  # the next scale, and the next number, must be below these
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
    """Whether "and" joins parts of one number: "a hundred and five" but not "and two hundred"."""
    before, rest = pieces[at - 1], pieces[at + 1 : at + 4]
    if before != "hundred" and before not in SCALES:
        return False
    small = list(itertools.takewhile(lambda piece: NUMBER_WORDS.get(piece, 100) < 100, rest))
    after = rest[len(small) : len(small) + 1]
    # "One hundred and twenty thousand" is one number, "one hundred and two hundred" is not.
    goes_on = not after or after[0] in ("and", "a") or (before == "hundred" != after[0])
    return bool(small) and goes_on


def _with_part(
    pieces: list[str], at: int, part: Decimal, total: Decimal, scale: Decimal
) -> tuple[Decimal, int, Decimal] | None:
    """In "two and a half million" or "a million and a half" the part counts in the last scale."""
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
    """The number in digits, with thousands separators and perhaps a sign like ½."""
    part = grammar.VULGAR.get(digits[-1])
    whole = digits[:-1] if part else digits
    for separator in (",", *SPACES):
        whole = whole.replace(separator, "")
    return Decimal(whole or 0) + Decimal(part) if part else Decimal(whole)


def percent_unit(words: str) -> str:
    """Percent for "%" and "per cent"; percentage points for "% points" and "ppt"."""
    spelt = " ".join(words.lower().replace("-", " ").split())
    return grammar.PERCENT_WORDS.get(spelt, "percentage_points")


def is_measured(text: str, end: int) -> bool:
    """Whether a scale or a unit follows a number."""
    return bool(SCALE.match(text, end) or UNIT.match(text, end))


def currency_of(words: str) -> str:
    """The code of a currency named after a number; empty for "20 try", where the code is a word."""
    word = " ".join(words.split())
    if word.upper() in grammar.CURRENCIES and not word.isupper():
        return ""
    return _CURRENCY_OF[word.lower()]


def _is_said_of_parts(value: Decimal, part: str) -> bool:
    """Whether the words name parts: one third, three quarters; not two third."""
    return part.endswith("s") == (value != 1) and not (part == "quarters" and value != 3)


def part_amount(text: str, start: int, part: re.Match[str], value: Decimal) -> Amount:
    """A fraction in words, perhaps of a scale word: "three-quarters of a million"."""
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
    """Length and value without a last word that belongs to the next: "sixty two-bedroom homes"."""
    end = at + pieces[length - 1].end()
    if length < 2 or text[end : end + 1] != "-" or not text[end + 1 : end + 2].isalpha():
        return length, value
    last = pieces[length - 1].group().lower()
    if text[at + pieces[length - 2].end()] == "-" or PART.match(text, end):
        return length, value
    if SCALE.match(text, end) or UNIT.match(text, end) or text.startswith(_NO_COMPOUND, end):
        return length, value
    return length - 1, value - NUMBER_WORDS.get(last, 0)


def _in_digits(text: str, at: int) -> Amount | None:
    """A number in digits: 12,658, 1.6, 2½, 1 1/2."""
    digits = _DIGITS.match(text, at)
    if digits is None or len(digits.group()) > LONGEST_NUMBER:
        return None
    value, end = _printed(digits.group()), digits.end()
    if digits.group().isdigit() and (vulgar := _AND_VULGAR.match(text, end)):
        value += Decimal(vulgar["over"]) / Decimal(vulgar["under"])
        end = vulgar.end()
    return Amount(at, end, value, step(value), ONE, "", "count", True)


def _in_words(text: str, at: int) -> Amount | None:
    """A number or a part of one in words: ninety, two and a half million, three-quarters."""
    if part := PART_FIRST.match(text, at):
        return part_amount(text, at, part, ONE / PARTS[part["part"].lower()])
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
    part = PART.match(text, end)
    if part and scale == 1 and 0 < value <= 20:
        word = part["part"].lower()
        if _is_said_of_parts(value, word):
            return part_amount(text, at, part, value / PARTS[word])
    return Amount(at, end, value, step(value), scale, "", "count", True)


def _with_scale(text: str, read: Amount, sign: str) -> Amount:
    """A number with the scale that follows it: 1.6 million, £4bn."""
    match = SCALE.match(text, read.end)
    if match is None or (match["short"] and not sign and not _is_scale(match, text)):
        return read
    return read.scaled(power_of(match["long"] or match["short"]))._replace(
        end=match.end(), bare=False
    )


def _with_unit(text: str, read: Amount) -> Amount:
    """A number with the unit that follows it: 90 per cent, 50p, 3 million euros."""
    end = read.end
    if read.bare and text.startswith(_OF, end) and (of := OF_PERCENT.match(text, end)):
        name = percent_unit(of["unit"])
        return read._replace(end=of.end(), scale=ONE, unit=name, kind="percent", bare=False)
    unit = UNIT.match(text, end)
    if unit is None or not _is_unit(unit, read.value, not text[read.start].isalpha()):
        return read
    more = read._replace(end=unit.end(), kind="money", bare=False)
    if unit["percent"]:
        return more._replace(unit=percent_unit(unit["percent"]), kind="percent")
    if unit["pence"]:
        return more.scaled(Decimal("0.01"))._replace(unit="GBP")
    if unit["sign"]:
        return more._replace(unit=grammar.CURRENCIES[unit["sign"]])
    code = currency_of(unit["currency"])
    if not code or (read.bare and text.startswith(" of ", unit.end())):  # pounds of flour
        return read
    return more._replace(unit=code)


def amount(text: str, at: int, sign: str = "") -> Amount | None:
    """The amount that begins at a place with a currency sign, digits or number words.

    `sign` is a currency sign that was read before that place.
    """
    start = at
    if match := SIGN.match(text, at):
        sign, at = match.group().rstrip(SPACES), match.end()
    read = _in_digits(text, at) or _in_words(text, at)
    if read is None or not read.bare:
        return read
    if read.scale == 1:
        read = _with_scale(text, read, sign)
    if sign:
        return read._replace(start=start, unit=grammar.CURRENCIES[sign], kind="money")
    return _with_unit(text, read)
