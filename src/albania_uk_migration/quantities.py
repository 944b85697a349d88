"""Read a hedged number from English: value, comparator, and the bounds its words prove.

A plain reader: digits, percent, currency, scale words, and the hedges, idioms, multiples
and ranks that news and government texts on these matters use. The tables below are the
grammar; a form that is not in them is refused, never guessed.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from .errors import QuantityError

if TYPE_CHECKING:
    from collections.abc import Iterator

# What a hedge before a number makes of it; comparators after FHIR Quantity.
HEDGES = {
    "more than": "more_than",
    "over": "more_than",
    "above": "more_than",
    "passed": "more_than",
    "exceeded": "more_than",
    "at least": "at_least",
    "no fewer than": "at_least",
    "no less than": "at_least",
    "nearly": "less_than",
    "almost": "less_than",
    "just under": "less_than",
    "under": "less_than",
    "less than": "less_than",
    "fewer than": "less_than",
    "up to": "at_most",
    "at most": "at_most",
    "no more than": "at_most",
    "about": "about",
    "around": "about",
    "some": "about",
    "roughly": "about",
    "approximately": "about",
}
CURRENCIES = {"£": "GBP", "$": "USD", "€": "EUR"}
SCALES = {"thousand": 3, "k": 3, "million": 6, "m": 6, "billion": 9, "bn": 9, "trillion": 12}
NUMBER_WORDS = {
    word: value
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
        "fifteen sixteen seventeen eighteen nineteen twenty".split()
    )
}
# Changes told in one word: the multiple of the base, and which way it goes. About, because
# nobody who writes "doubled" vouches for 2.000.
MULTIPLES = {
    "halved": ("0.5", "decrease"),
    "doubled": ("2", "increase"),
    "trebled": ("3", "increase"),
    "tripled": ("3", "increase"),
    "quadrupled": ("4", "increase"),
}
# Fixed phrases for odds.
IDIOMS = {"50/50": ("50", "percent")}
# Words that claim the first place in some order; value 1.
RANKS = ("record", "first", "worst", "best", "highest", "lowest", "biggest", "largest")
# What such a word may rank; "first aid" and "the worst case" claim no place.
RANKED = "year month week day time visit level number total figure".split()

DIRECTIONS = {
    "increase": "higher rise rises rising rose risen increase increased more up grew grown doubled "
    "trebled tripled quadrupled",
    "decrease": "lower fall falls falling fell fallen drop dropped down cut decline declined "
    "decrease decreased reduction reduced fewer less halved",
}
_DIRECTION_OF = {word: way for way, words in DIRECTIONS.items() for word in words.split()}

# The closed list: each of these words in a document must lie in a figure or an excluded number.
COUNTING_WORDS = (
    *NUMBER_WORDS,
    *"thirty forty fifty sixty seventy eighty ninety hundred hundreds thousand thousands "
    "million millions billion billions trillion trillions dozen dozens score scores both half "
    "halves quarter quarters single pair couple once twice thrice".split(),
    *"first second third thirds fourth fifth sixth seventh eighth ninth tenth eleventh twelfth "
    "thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth "
    "thirtieth hundredth".split(),
    *"double doubled doubling doubles halve halved halving treble trebled triple tripled "
    "quadruple quadrupled tenfold twofold threefold".split(),
    *RANKS,
    *"records fewest".split(),
)
CALENDAR_WORDS = (
    *"today tonight yesterday tomorrow day days week weeks weekday weekdays weekend weekends "
    "fortnight month months year years decade decades century centuries spring summer autumn "
    "winter".split(),
    "that time",
    "this morning",
    "this afternoon",
    "this evening",
)
# Capital letters tell May and March from "may" and "march".
CALENDAR_NAMES = (
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May "
    "June July August September October November December"
).split()


class Quantity(NamedTuple):
    """One quantity as a text has it.

    `value` is the printed number times its scale, None for a range; `comparator` one of
    exactly, about, more_than, at_least, less_than, at_most, between; `lower` and `upper`
    are what the words prove, None where they prove nothing; `unit_class` is count, percent,
    currency, times or rank; `unit` the currency code or empty; `direction` increase or
    decrease where the word itself says so ("doubled"), else None; `step` the place of the
    last non-zero digit printed, times the scale, None where there is no printed number.
    """

    text: str
    value: Decimal | None
    comparator: str
    lower: Decimal | None
    upper: Decimal | None
    unit_class: str
    unit: str
    direction: str | None
    step: Decimal | None


def _any(words: dict[str, object] | tuple[str, ...]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_DIGITS = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_AMOUNT = rf"""
    (?P<currency>[{"".join(CURRENCIES)}])?
    (?:(?P<digits>{_DIGITS})|(?P<word>{_any(tuple(NUMBER_WORDS))}))
    (?:\ ?(?P<scale>{_any(tuple(SCALES))})\b)?
    (?P<percent>%|\ per\ cent|\ percent)?
"""
_HEDGED = re.compile(
    rf"(?:(?P<hedge>{_any(tuple(HEDGES))})\ )?{_AMOUNT}", re.VERBOSE | re.IGNORECASE | re.ASCII
)
_RANGE = re.compile(
    rf"(?P<low>{_DIGITS})%?(?:\ to\ |-|–)(?P<high>{_DIGITS})(?P<percent>%|\ per\ cent|\ percent)?",
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)
_RANK = re.compile(
    rf"(?:(?:a|an|the)\ )?(?:new\ )?(?:{_any(RANKS)})"
    rf"(?:\ (?:{_any(tuple(RANKED))}))?(?:\ on\ record)?",
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)
_COUNTING = re.compile(
    rf"\d+|(?i:\b(?:{_any((*COUNTING_WORDS, *CALENDAR_WORDS))})\b)"
    rf"|\b(?:{_any(tuple(CALENDAR_NAMES))})\b",
    re.ASCII,
)
_WORD = re.compile(r"[A-Za-z]+")


def step_of(digits: str) -> Decimal:
    """Place of the last non-zero digit of a printed number: 93 gives 1, 800 gives 100.

    >>> step_of("12,658"), step_of("38,000"), step_of("1.6")
    (Decimal('1'), Decimal('1000'), Decimal('0.1'))
    """
    number = Decimal(digits.replace(",", ""))
    if number == 0:
        return Decimal(10) ** int(number.as_tuple().exponent)
    return Decimal(10) ** int(number.normalize().as_tuple().exponent)


def _bounds(value: Decimal, comparator: str) -> tuple[Decimal | None, Decimal | None]:
    """What a comparator proves of the true number."""
    lower = value if comparator in {"exactly", "more_than", "at_least"} else None
    upper = value if comparator in {"exactly", "less_than", "at_most"} else None
    return lower, upper


def _idiom(text: str) -> Quantity | None:
    if text.casefold() in MULTIPLES:
        number, direction = MULTIPLES[text.casefold()]
        value = Decimal(number)
        return Quantity(text, value, "about", None, None, "times", "", direction, None)
    if text in IDIOMS:
        number, unit = IDIOMS[text]
        return Quantity(text, Decimal(number), "about", None, None, unit, "", None, None)
    if _RANK.fullmatch(text):
        one = Decimal(1)
        return Quantity(text, one, "exactly", one, one, "rank", "", None, None)
    return None


def _range(text: str) -> Quantity | None:
    match = _RANGE.fullmatch(text)
    if match is None:
        return None
    low, high = (Decimal(match[end].replace(",", "")) for end in ("low", "high"))
    if low >= high:
        return None
    unit_class = "percent" if match["percent"] else "count"
    step = min(step_of(match["low"]), step_of(match["high"]))
    return Quantity(text, None, "between", low, high, unit_class, "", None, step)


def _hedged(text: str) -> Quantity | None:
    match = _HEDGED.fullmatch(text)
    if match is None or (match["currency"] and match["percent"]):
        return None
    scale = Decimal(10) ** SCALES[match["scale"].casefold()] if match["scale"] else Decimal(1)
    if match["digits"]:
        value = Decimal(match["digits"].replace(",", "")) * scale
        step = step_of(match["digits"]) * scale
    else:
        value = Decimal(NUMBER_WORDS[match["word"].casefold()]) * scale
        step = scale
    comparator = HEDGES[match["hedge"].casefold()] if match["hedge"] else "exactly"
    unit = CURRENCIES[match["currency"]] if match["currency"] else ""
    unit_class = "currency" if unit else "percent" if match["percent"] else "count"
    lower, upper = _bounds(value, comparator)
    return Quantity(text, value, comparator, lower, upper, unit_class, unit, None, step)


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
    if len(text) <= _LONGEST:
        quantity = _idiom(text) or _range(text) or _hedged(text)
        if quantity is not None:
            return quantity
    raise QuantityError(
        f'cannot read "{text[:60]}" as one quantity; readable are forms like '
        '"12,658", "over 90%", "£1.6 million", "1% to 2%", "nearly 6,000", "doubled"'
    )


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
