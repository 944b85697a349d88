"""Read hedged numbers in English: value, comparator and bounds.

The words are in `grammar.py`; `amounts.py` reads plain numbers. We refuse a form that we do not
know and never guess. A number that only looks like a quantity (a date, a telephone number, rule 39,
Care4Calais) gets a kind of its own. We look at each number once, with a limited number of words
around it, one paragraph at a time. So the time grows in proportion to the length of a text, and the
memory does not grow.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from ..errors import QuantityError
from ..wording import MONTHS, WEEKDAYS
from . import grammar
from .amounts import ONE, VULGAR, Amount, amount, step
from .grammar import CALENDAR_NAMES, COUNTING_WORDS, HEDGES, MULTIPLES, NUMBER_WORDS
from .lookalikes import FOLD_END, ORDINAL_END, X_END, LookAlikes
from .patterns import Pattern, any_of, trie
from .places import Quantity, backwards, bounds_of
from .references import SLASHED
from .times import WEEKDAYS_MONTHS
from .words import Words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


# ---------------------------------------------------------------- where to look


# The words at which a quantity or a look-alike may begin, and the reader for each.
_ANCHORS: dict[str, str] = {
    word: reader
    for reader, words in (
        ("superlative", grammar.SUPERLATIVES),
        ("weekday", [name.lower() for name in WEEKDAYS]),
        ("month", [name.lower() for name in (*grammar.SHORT_MONTHS, *MONTHS)]),
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
_ANCHOR = Pattern(lambda: rf"[0-9{VULGAR}]|(?<![A-Za-z])(?ai:{trie(sorted(_ANCHORS))})(?![A-Za-z])")
_TOKEN = Pattern(r"[0-9]+(?:[.,:/][0-9]+){0,8}")
_MALFORMED = Pattern(r"(?:,[0-9]+){1,20}")
_PHRASES_BEFORE = backwards((w, w) for w in grammar.PHRASES_BEFORE)
# Phrases that count nothing, by their first word.
_PHRASES: dict[str, list[str]] = {}
for _phrase in grammar.PHRASES:
    _PHRASES.setdefault(re.split("[ -]", _phrase)[0], []).append(_phrase)


def _ordinal_ending(value: Decimal) -> str:
    """The ending that makes an ordinal of a number: 1st, 22nd, 13th."""
    if value != int(value) or 10 < value % 100 < 20:
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(int(value % 10), "th")


# ---------------------------------------------------------------- the reader


class _Reader(LookAlikes, Words):
    """Reads one paragraph, place by place; `alone` if the whole text should be one quantity."""

    def all(self) -> Iterator[Quantity]:
        """Each quantity and look-alike, in order."""
        text, anchor, offset = self.text, _ANCHOR.search, self.offset
        at = 0
        while match := anchor(text, at):
            start, end = match.span()
            found = self.at_digits(start) if end - start == 1 else self.at_word(start, end)
            if found is None or (self.alone and found.end - found.start < len(text)):
                self.part = self.part or found
                at = end
                continue
            at = self.floor = found.end
            self.kind = found.kind
            self.back_at = -1
            yield found._replace(start=found.start + offset, end=at + offset) if offset else found

    def at_digits(self, at: int) -> Quantity | None:
        """A quantity or look-alike that begins at digits or at a sign like ½."""
        text = self.text
        token = _TOKEN.match(text, at)
        end = token.end() if token else at + 1
        found = self.ages(at, end) or (self.look_alike(at, end) if token else None)
        if found:
            return found
        start, sign = self.currency_before(at)
        slashed = SLASHED.match(text, at) if not sign else None
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
            ending = ORDINAL_END.match(text, read.end)
            if ending and ending.group().lower() == _ordinal_ending(read.value):
                return self.ordinal(at, ending.end(), read.value)
            fold = FOLD_END.match(text, read.end) or X_END.match(text, read.end)
            if fold:
                times = read._replace(end=fold.end(), unit="times", kind="multiple")
                return self.quantity(times, "about")
        return self.number(read)

    def ages(self, at: int, end: int) -> Quantity | None:
        """Over-65s, the under 30s; in their 20s: from 20 to 29."""
        text = self.text
        if end - at != 2 or not text[at:end].isdigit():
            return None
        value = Decimal(text[at:end])
        if text[at - 1 : at] == "-" and at - 1 > self.floor:
            word, start = self.back_of_hyphen(at)
            if word.lower() not in ("over", "under"):
                return None
            comparator = HEDGES[word.lower()]
            return Quantity(
                *(text[start:end], start, end, "count", value, comparator),
                *(*bounds_of(value, comparator), "", ONE, None, step(value)),
            )
        if text[end : end + 1] != "s" or text[end + 1 : end + 2].isalnum():
            return None
        if self.word_before(at) in ("under", "over"):
            return self.quantity(Amount(at, end, value, ONE, ONE, "", "count", True))
        if text[end - 1] != "0" or text[at - 1 : at] in ("'", "’"):
            return None
        tens = Amount(at, end + 1, value, Decimal(10), ONE, "", "range", False)
        return self.of_range(tens, value, value + 9)

    def of_slashed(self, match: re.Match[str]) -> Quantity:
        """50/50: odds; 1/3 and 3:1: a ratio."""
        low, high = Decimal(match[1]), Decimal(match[2]) or ONE
        start, end = match.span()
        if low + high == 100 and ":" not in match.group():
            odds = Amount(start, end, low, None, ONE, "percent", "odds", False)
            return self.quantity(odds, "about")
        return self.quantity(Amount(start, end, low / high, None, ONE, "", "ratio", False))

    def at_word(self, start: int, end: int) -> Quantity | None:
        """A quantity that begins at, or around, one of the words of the grammar.

        The word may be in small letters, with a capital, or all in capitals.
        """
        text = self.text
        printed = text[start:end]
        if not (printed[1:].islower() or printed.isupper()):
            return None
        word = printed.lower()
        last, following = text[start - 1 : start], text[end : end + 1]
        if last.isalnum() or last == "_" or following.isalnum() or following == "_":
            return None
        if not self.alone and word not in WEEKDAYS_MONTHS:
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


_READERS: dict[str, Callable[[_Reader, int, int, str], Quantity | None]] = {
    word: getattr(_Reader, f"at_{reader}") for word, reader in _ANCHORS.items()
}


# ---------------------------------------------------------------- front

_LINE_END = Pattern(r"\n[ \t\r\n]*")
# Before a line end these end a paragraph, as a blank line does.
_CLOSING = tuple(".!?:;”’\"')]")


def _paragraphs(text: str) -> Iterator[tuple[int, str]]:
    """The start and text of each paragraph; no quantity reaches across their ends."""
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
    """The text with spaces for tabs and line ends, and no-break spaces for narrow ones."""
    for marks, space in (("\n\t\r", " "), ("\u2009\u202f", "\xa0")):
        for mark in marks:
            if mark in paragraph:
                paragraph = paragraph.replace(mark, space)
    return paragraph


def find_quantities(text: str) -> Iterator[Quantity]:
    """The quantities in a text, in order, and the dates, names and references that look like one.

    Yields each as a `Quantity`, which explains the units. Spans do not overlap, and
    `text[q.start:q.end] == q.text`. Look-alikes have a kind of their own (year, fiscal_year, date,
    time, phone, legal_reference, name); keep those with `is_quantity` if you want only quantities.
    The time grows in proportion to the length of the text. Raises nothing; a text without numbers
    yields nothing.

    >>> [(q.text, q.kind) for q in find_quantities("On 13 May over 1,000 came, 41% fewer.")]
    [('13 May', 'date'), ('over 1,000', 'count'), ('41%', 'percent')]
    """
    for start, paragraph in _paragraphs(text):
        plain = _one_line(paragraph)
        for found in _Reader(plain, start).all():
            if plain is not paragraph:
                found = found._replace(text=text[found.start : found.end])
            yield found


# The longest text we read as one quantity; we refuse longer ones before any matching.
_LONGEST = 200


def parse_quantity(text: str) -> Quantity:
    """The one quantity that a text states, with its hedge and unit.

    Returns a `Quantity`. The words set its bounds: "over 1,000" has the lower bound 1000 (excluded,
    as the comparator says) and no upper bound; "about 12,000" has neither; a bare number has both.
    The comparators follow FHIR Quantity; docs/reading.md lists the forms. Raises QuantityError for
    a text that is not one quantity in these forms.

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
        f'Cannot read "{text[:60]}" as one quantity{why}. Write it like one of these: '
        '"12,658", "over 90%", "£1.6 million", "1% to 2%", "nearly 6,000", "doubled"'
    )


_COUNTING = Pattern(
    lambda: (
        rf"\d+|[½¼¾⅓⅔⅛]|(?i:\b(?:{trie(sorted({*COUNTING_WORDS, *grammar.CALENDAR_WORDS}))})\b)"
        rf"|\b(?:{any_of(CALENDAR_NAMES)})\b"
    ),
)


_WORD = Pattern(r"[A-Za-z]+")


def counting_words(text: str) -> Iterator[tuple[int, int]]:
    """The spans of every run of digits and every word on the closed list of counting words.

    >>> [text[a:b] for text in ["On Monday two of 50 came."] for a, b in counting_words(text)]
    ['Monday', 'two', '50']
    """
    for match in _COUNTING.finditer(text):
        yield match.span()


def direction_near(text: str, at: int) -> str | None:
    """The direction of the direction word nearest to a place in a text; None without one.

    >>> direction_near("a 93% drop, down from 12,658", 2)
    'decrease'
    """
    near: tuple[int, str] | None = None
    for match in _WORD.finditer(text):
        way = grammar.DIRECTIONS.get(match.group().casefold())
        if way and (near is None or abs(match.start() - at) < near[0]):
            near = (abs(match.start() - at), way)
    return near[1] if near else None
