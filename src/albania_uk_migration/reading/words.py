"""Quantities that begin with a word: numbers, scales, parts, multiples, vague numbers."""

from __future__ import annotations

from decimal import Decimal

from . import grammar
from .amounts import (
    OF_PERCENT,
    OF_SCALE,
    ONE,
    PART,
    SCALE,
    UNIT,
    Amount,
    amount,
    currency_of,
    part_amount,
    power_of,
    step,
)
from .grammar import LEGAL, MULTIPLES, NUMBER_WORDS
from .patterns import CASELESS, GAP, Pattern, any_of
from .places import Quantity, backwards
from .ranges import AS_MANY, OUT_OF, TIMES_AS, Ranges
from .ranks import Ranks
from .references import NAMED
from .times import MINUTES, OCLOCK, Times

_A_YEAR = Pattern(
    lambda: (
        rf"{GAP}(?:(?:an?|per|each|every){GAP}(?:{any_of(grammar.TIME_NOUNS)})|daily|weekly|yearly)\b"
    ),
    CASELESS,
)
_FIFTY_FIFTY = Pattern(r"fifty[-/]fifty(?![A-Za-z])", CASELESS)
_VAGUE_MORE = Pattern(
    lambda: rf"{GAP}(?:of{GAP})?(?P<more>{any_of(w for w in grammar.VAGUE if w != 'handful')})\b",
    CASELESS,
)
_ONE_HYPHEN = Pattern(
    lambda: rf"-(?:in-|{any_of((*grammar.TIME_NOUNS, *grammar.PARTS))}|bed|person|man|point|page)",
    CASELESS,
)
_PART_ALONE = Pattern(lambda: rf"(?P<part>{any_of(grammar.PARTS)})(?![A-Za-z])", CASELESS)
_HALF_SCALE = Pattern(
    rf"(?:-|{GAP})(dozen|thousand|million|billion|trillion)(?![A-Za-z])", CASELESS
)
_AS_MUCH_AGAIN = Pattern(rf"{GAP}as{GAP}(?:much|many|big|large|high){GAP}again\b", CASELESS)
_HALF_DOZEN = Pattern(rf"{GAP}a{GAP}dozen\b", CASELESS)
_PAST_NEXT = Pattern(
    lambda: (
        rf"(?:{GAP}minutes)?{GAP}past{GAP}(?:[0-9]{{1,2}}|{any_of(NUMBER_WORDS)})(?![A-Za-z0-9])"
    ),
    CASELESS,
)
_TENS_ORDINAL = Pattern(
    r"(twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)[- ]"
    r"(first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)(?![A-Za-z])",
    CASELESS,
)
_CENTURY = Pattern(rf"{GAP}centur(?:y|ies)\b", CASELESS)
_AND_PART = Pattern(rf"{GAP}and{GAP}(?:an?{GAP}(?:half|quarter)|three[- ]quarters)\b", CASELESS)
_SPACED_QUARTERS = Pattern(rf"([a-z]{{3,9}}){GAP}quarters", CASELESS)
_QUARTERS = Pattern(
    rf"{GAP}(?:in{GAP}a{GAP}row|running|of{GAP}(?:growth|decline|contraction|falling|rising))\b",
    CASELESS,
)
_FOLD_WORD = Pattern(lambda: rf"(?:{any_of(grammar.FOLDS)})(?![A-Za-z])", CASELESS)
_VAGUE_BEFORE = backwards((w, w) for w in grammar.VAGUE_BEFORE)
_BEFORE_QUARTERS = frozenset(
    "past last previous next consecutive successive after for first following".split()
)
_BEFORE_HALF = frozenset("first second other latter former each and better".split())
_AFTER_HALF = frozenset("past time term way year".split())
_BEFORE_PART = frozenset("by than to from only just mere fully another".split())


class Words(Ranges, Ranks, Times):
    """Reads quantities that begin at, or around, a word of the grammar."""

    def at_number(self, start: int, end: int, word: str) -> Quantity | None:
        """One, two, twenty-one thousand."""
        text = self.text
        if not self.alone and self.is_no_number(start, end, word):
            return None
        if oclock := OCLOCK.match(text, end):
            return self.other(start, oclock.end(), "time")
        if word == "fifty" and (even := _FIFTY_FIFTY.match(text, start)):
            odds = Amount(start, even.end(), Decimal(50), None, ONE, "percent", "odds", False)
            return self.quantity(odds, "about")
        if word in MINUTES and (past_next := _PAST_NEXT.match(text, end)):
            return self.other(start, past_next.end(), "time")
        if self.is_past(start):
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
            before = self.word_before(start)
            if spaced and (before in _BEFORE_QUARTERS or _QUARTERS.match(text, read.end)):
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
            if before.lower() in LEGAL or before in NAMED or before == "Number":
                return True  # Chapter Two
        return word == "one" and self.is_pronoun(start, end)

    def is_pronoun(self, start: int, end: int) -> bool:
        """Whether "one" is a pronoun: "no one", "one of them", "a new one"."""
        text = self.text
        following = text[end : end + 1]
        if self.hedge_before(start) and not (following and following in ".,;"):
            return False
        if following == "-":
            return not _ONE_HYPHEN.match(text, end)
        if _AND_PART.match(text, end):
            return False
        if OUT_OF.match(text, end) or PART.match(text, end):
            return False
        after = self.word_after(end)
        return (
            not after
            or after in grammar.AFTER_PRONOUN
            or self.word_before(start) in grammar.BEFORE_PRONOUN
        )

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
                return None  # of three, or of a whole: people say it of both
            return self.at_ordinal(start, end, word) if word in grammar.ORDINALS else None
        match = _PART_ALONE.match(self.text, start)
        if match is None:
            return None
        read = part_amount(self.text, begin, match, ONE / grammar.PARTS[word])
        if word == "half":
            if dozen := _HALF_DOZEN.match(self.text, end):
                six = Amount(begin, dozen.end(), Decimal(6), ONE, Decimal(12), "", "count", False)
                return self.quantity(six)
            if AS_MANY.match(self.text, end):
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
        """Whether "a third" is a part, by the words before or after it."""
        if self.alone or self.hedge_before(begin):
            return True
        if self.text.startswith("-", end):
            return False
        after = self.word_after(end)
        return not after or after in grammar.AFTER_PART or self.word_before(begin) in _BEFORE_PART

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
        if TIMES_AS.match(self.text, end) or (self.alone and end == len(self.text)):
            return self.multiple(read, end)
        return self.quantity(read) if _A_YEAR.match(self.text, end) else None
