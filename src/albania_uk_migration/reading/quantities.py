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
from typing import TYPE_CHECKING

from ..errors import QuantityError
from ..wording import MONTHS
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
    trie,
)
from .grammar import CALENDAR_NAMES, COUNTING_WORDS, HEDGES, MULTIPLES, NUMBER_WORDS, RANKS
from .lookalikes import (
    BEFORE_PAST,
    FOLD_END,
    LEGAL,
    MONTH,
    NAMED,
    OCLOCK,
    ORDINAL_END,
    SLASHED,
    TIME,
    WEEKDAYS_MONTHS,
    X_END,
    YEAR,
    LookAlikes,
)
from .places import CASELESS, KINDS, OTHER_KINDS, QUANTITIES, Quantity, backwards, bounds_of, joined

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


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
]


# ---------------------------------------------------------------- where to look


# Each word at which a quantity, or what looks like one, is looked for, and what reads it.
_ANCHORS: dict[str, str] = {
    word: reader
    for reader, words in (
        ("superlative", grammar.SUPERLATIVES),
        ("weekday", [name.lower() for name in grammar.WEEKDAYS]),
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
_VULGAR = "".join(grammar.VULGAR)
_ANCHOR = Pattern(
    lambda: rf"[0-9{_VULGAR}]|(?<![A-Za-z])(?ai:{trie(sorted(_ANCHORS))})(?![A-Za-z])"
)
_TOKEN = Pattern(r"[0-9]+(?:[.,:/][0-9]+){0,8}")
_AFTER = Pattern(
    lambda: (
        rf"(?:(?P<joined>{any_of(w for w in grammar.HEDGES_AFTER if not w[0].isalpha())})"
        rf"|(?:{GAP}|-)(?P<spaced>{any_of(w for w in grammar.HEDGES_AFTER if w[0].isalpha())}))"
        r"(?![A-Za-z0-9])"
    ),
    CASELESS,
)
_NOUN_OR_MORE = Pattern(
    rf"(?:{GAP}[a-z]{{1,30}}){{1,2}}{GAP}(?P<spaced>or{GAP}(?:more|fewer|less|longer|shorter|older|over|younger)"
    rf"|maximum|minimum|at{GAP}(?:most|least))"
    r"(?![A-Za-z0-9])"
)
_TO = Pattern(
    rf"(?P<dash>[-–‑—−])(?!{GAP}|to-)|(?P<spaced>{GAP}[–-]{GAP})(?=[0-9£$€])"
    rf"|-?{GAP}(?P<word>to|or|and){GAP}|-(?P<words>to)-",
    CASELESS,
)
_HEDGE_AT = Pattern(
    rf"(?:about|around|roughly|over|nearly|almost|some|just{GAP}(?:over|under)|more{GAP}than){GAP}",
    CASELESS,
)
_MAYBE_TIME = Pattern(r"[0-9]{1,2}(?:[.:][0-9]{2})?[ ]?[apAP:]")
# To the next number, or over one or two of a list to its last.
_LENDING = Pattern(
    rf"{GAP}(?:to|and){GAP}"
    rf"|(?:,{GAP}[£$€]?[0-9.]{{1,8}}){{1,3}},?{GAP}(?:and|or){GAP}",
    CASELESS,
)
_AFTER_DASH = Pattern(r"[-–/][0-9]")
_IN = Pattern(
    lambda: (
        rf"(?:{GAP}(?P<out>out{GAP}of|in)(?:{GAP}every)?{GAP}|-in-)"
        rf"(?:(?P<digits>[0-9]{{1,3}}(?:,?[0-9]{{3}}){{0,2}})(?![0-9,.]?[0-9])"
        rf"|(?P<word>{any_of(NUMBER_WORDS)}|(?:a{GAP})?(?:hundred|thousand|million)))(?![A-Za-z%])"
        rf"(?!(?:{GAP}|-)(?:(?:working|calendar){GAP})?"
        rf"(?:{any_of((*grammar.TIME_NOUNS, *MONTHS))}|per)\b)"
    ),
    CASELESS,
)
_OF_TIMES = (
    rf"{GAP}(?:(?:{any_of(grammar.AFTER_TIMES)})\b|(?:that|those){GAP}(?:of|in)\b"
    rf"|last{GAP}[a-z]{{1,12}}[’']s\b)"
)
_TIMES_AFTER = Pattern(rf"{GAP}times(?={_OF_TIMES})", CASELESS)
_TIMES_ALONE = Pattern(rf"{GAP}times\b", CASELESS)
_TIMES_AS = Pattern(_OF_TIMES, CASELESS)
_AS_MANY = Pattern(rf"{GAP}as{GAP}[a-z]{{1,30}}\b", CASELESS)
_TIME_NOUN = Pattern(lambda: rf"(?:{GAP}|-)(?:{any_of(grammar.TIME_NOUNS)})\b(?!-)", CASELESS)
_A_YEAR = Pattern(
    lambda: (
        rf"{GAP}(?:(?:an?|per|each|every){GAP}(?:{any_of(grammar.TIME_NOUNS)})|daily|weekly|yearly)\b"
    ),
    CASELESS,
)
_OF_MONTH = Pattern(rf"{GAP}of{GAP}{MONTH}(?:{GAP}{YEAR})?")
_FIFTY_FIFTY = Pattern(r"fifty[-/]fifty(?![A-Za-z])", CASELESS)
_MALFORMED = Pattern(r"(?:,[0-9]+){1,20}")
_VAGUE_MORE = Pattern(
    lambda: rf"{GAP}(?:of{GAP})?(?P<more>{any_of(w for w in grammar.VAGUE if w != 'handful')})\b",
    CASELESS,
)
_RANK_REST = Pattern(
    lambda: (
        rf"(?P<ranked>(?:{GAP}|-)(?:{any_of(grammar.RANKED)})\b(?:{GAP}(?:{any_of(grammar.RANKED)})\b)?)?"
        rf"(?P<tail>{GAP}(?:{any_of(grammar.RANK_TAILS)})\b)?"
    ),
    CASELESS,
)
_RANK_TAIL = Pattern(
    lambda: (
        rf"(?:{GAP}[a-z-]{{1,30}}){{0,8}}?"
        rf"{GAP}(?:{any_of(t for t in grammar.RANK_TAILS if t != 'ever')})\b"
        rf"|{GAP}ever\b(?!{GAP}(?:to|since)\b)"
    ),
    CASELESS,
)
_NTH_RANK = Pattern(
    lambda: (
        rf"(?:{GAP}|-)(?:{any_of(grammar.SUPERLATIVES)})"
        rf"(?:(?:{GAP}[a-z-]{{1,30}}){{0,4}}?{GAP}(?:{any_of(grammar.RANK_TAILS)})\b)?(?![A-Za-z])"
    ),
    CASELESS,
)
_ON_RECORD = Pattern(
    rf"(?<![A-Za-z])(?:(?:an?|the|its|their){GAP})?(?:[A-Za-z]{{1,30}}est|worst|best|most{GAP}[a-z]{{1,30}})"
    rf"(?:{GAP}[A-Za-z-]{{1,30}}){{0,8}}{GAP}on{GAP}\Z",
    CASELESS,
)
_BREAKING = Pattern(r"-(?:breaking|high|low|setting)\b", CASELESS)
_NUMBER_NEXT = Pattern(lambda: rf"{GAP}(?:[0-9£$€]|(?:{any_of(NUMBER_WORDS)})\b)", CASELESS)
_FIRST_PERIOD = Pattern(
    lambda: (
        rf"{GAP}(?:half|{any_of(w for w in grammar.TIME_NOUNS if not w.startswith('second'))})\b"
        rf"{GAP}(?:of|in){GAP}(?:{MONTH}(?:{GAP}{YEAR})?|{YEAR}(?:[/–-][0-9]{{2}}(?![0-9]))?)"
    ),
    CASELESS,
)
_ORDINAL_HYPHEN = Pattern(
    lambda: rf"-(?:ever|half|generation|term|degree|{any_of(grammar.TIME_NOUNS)})\b", CASELESS
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
_DIRECTION_AFTER = Pattern(rf"(?:{GAP}|-)([A-Za-z]{{1,30}})")
_DIRECTION_OF = {word: way for way, ws in grammar.DIRECTIONS.items() for word in ws.split()}
_VAGUE_BEFORE = backwards((w, w) for w in grammar.VAGUE_BEFORE if w != "some")
_PHRASES_BEFORE = backwards((w, w) for w in grammar.PHRASES_BEFORE)
# Phrases that count nothing, by their first word.
_PHRASES: dict[str, list[str]] = {}
for _phrase in grammar.PHRASES:
    _PHRASES.setdefault(re.split("[ -]", _phrase)[0], []).append(_phrase)
_FLIPPED = {
    "more_than": "less_than",
    "less_than": "more_than",
    "at_least": "at_most",
    "at_most": "at_least",
}
_LINE_END = Pattern(r"\n[ \t\r\n]*")
# Before a line end these close a paragraph, as a blank line does.
_CLOSING = tuple(".!?:;”’\"')]")


def _shares(low: Amount, high: Amount) -> bool:
    """Whether the scale of "12 to 15 thousand" is that of both ends."""
    return low.bare and low.scale == 1 < high.scale and low.value < high.value / high.scale


def _ordinal_ending(value: Decimal) -> str:
    """What is written after a number to make an ordinal of it: 1st, 22nd, 13th."""
    if value != int(value) or 10 < value % 100 < 20:
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(int(value % 10), "th")


# ---------------------------------------------------------------- the reader


class _Reader(LookAlikes):
    """Reads one paragraph, place by place; `alone` where the whole text is to be one quantity."""

    def all(self) -> Iterator[Quantity]:
        """Each quantity, and what only looks like one, in order."""
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
        match = None
        if text[end : end + 1] in _AFTER_MARKS or self.word_after(end) in _AFTER_WORDS:
            match = _AFTER.match(text, end)
        if match is None and read.kind == "count":
            match = _NOUN_OR_MORE.match(text, end)
        if match and self.is_hedge_after(match):
            words = " ".join(match.group(match.lastgroup or 0).lower().split())
            after = grammar.HEDGES_AFTER.get(words) or grammar.HEDGES_AFTER["-" + words]
            end = match.end()
        both = joined(before, after) if before and after else None
        comparator = both or before or after or comparator
        if text[read.start : read.start + 4].lower() == "halv":
            comparator = _FLIPPED.get(comparator, comparator)  # "almost halved" is above a half
        direction = direction or self.direction(begin, end, read)
        if before is None and begin > self.floor:
            begin, direction = self.sign_before(begin, direction)
            if comparator in ("exactly", "between") and not refused:
                comparator = self.from_afar(begin, end, comparator)
        elif before and comparator in grammar.NEGATED:
            hedge = text[begin : read.start].lower().split()
            comparator = self.negated(begin, hedge, comparator)
        lower, upper = bounds_of(read.value, comparator)
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

    def negated(self, begin: int, hedge: list[str], comparator: str) -> str:
        """What a negation before a hedge makes of it: "shall not exceed", "has never passed".

        At most two words away it turns a comparison round; up to four away, or before a hedge that
        compares nothing ("not nearly 500"), it leaves no bound.
        """
        word, start = self.back(begin)
        turns = hedge[-1] in grammar.COMPARES or hedge[0] in grammar.COMPARES
        turns = turns and word.lower() not in grammar.AFTER_NEGATION
        for away in range(4):
            if not word or not word[-1].isalpha():
                return comparator
            if word.lower() == "no" and away:
                return "about"
            if word.lower() in _NEGATIONS or word.lower().endswith(("n't", "n’t")):
                return grammar.NEGATED[comparator] if turns and away < 2 else "about"
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
        if self.kind not in QUANTITIES or begin - self.floor > 30:
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
        if found is None and (to := _TO.match(text, read.end)) and self.is_time(to.end()):
            return self.other(read.start, read.end, "time")  # between 8 and 9pm
        return found or self.quantity(self.lent(read))

    def is_time(self, at: int) -> bool:
        """Whether a time of the day begins at a place."""
        return bool(_MAYBE_TIME.match(self.text, at) and TIME.match(self.text, at))

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
        high = None if self.is_time(at) else amount(text, at)
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

    def at_word(self, start: int, end: int) -> Quantity | None:
        """What begins at, or around, one of the words of the grammar.

        It is written small, with a capital, or all in capitals.
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
        if word in BEFORE_PAST and (past_next := _PAST_NEXT.match(text, end)):
            return self.other(start, past_next.end(), "time")
        past, at = self.back(start)
        if past.lower() in ("past", "to") and self.word_before(at) in BEFORE_PAST:
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
            if before.lower() in LEGAL or before in NAMED or before == "Number":
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
        after = self.word_after(end)
        hyphened = text.startswith("-", end)
        if (hyphened or after in _SUPERLATIVES) and (ranked := _NTH_RANK.match(text, end)):
            return self.rank(start, ranked.end(), value)
        if self.alone:
            return self.ordinal(start, end, value)
        before, at = self.back(start)
        before = before.lower()
        if after in _PERIODS and (period := _FIRST_PERIOD.match(text, end)):
            return self.other(at if before == "the" else start, period.end(), "date")
        if after == "of" and (month := _OF_MONTH.match(text, end)):
            return self.other(start, month.end(), "date")
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


_READERS: dict[str, Callable[[_Reader, int, int, str], Quantity | None]] = {
    word: getattr(_Reader, f"at_{reader}") for word, reader in _ANCHORS.items()
}
# What a hedge after a number begins with.
_AFTER_MARKS = tuple({phrase[0] for phrase in grammar.HEDGES_AFTER if not phrase[0].isalpha()})
_AFTER_WORDS = frozenset(phrase.split()[0] for phrase in grammar.HEDGES_AFTER)
_BEFORE_SIGN = SPACES + "([“‘\"'"
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
_BEFORE_PRONOUN = frozenset(grammar.BEFORE_PRONOUN)
_AFTER_PRONOUN = frozenset(grammar.AFTER_PRONOUN)
_BEFORE_HALF = frozenset("first second other latter former each and better".split())
_AFTER_HALF = frozenset("past time term way year".split())
_BEFORE_PART = frozenset("by than to from only just mere fully another".split())
_AFTER_PART = frozenset(grammar.AFTER_PART)
_SUPERLATIVES = frozenset(grammar.SUPERLATIVES)
_PERIODS = frozenset((*grammar.TIME_NOUNS, "half"))
_BREAKS = frozenset("broke breaking break beat beating broken beaten set setting".split())
_NO_RECORD = frozenset(
    "of label company player deal keeping check checks holder shop store was is has had that with "
    "in on".split()
)


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
    """The same with a space for tabs and line ends, plain or as narrow ones do not break."""
    for marks, space in (("\n\t\r", " "), ("\u2009\u202f", "\xa0")):
        for mark in marks:
            if mark in paragraph:
                paragraph = paragraph.replace(mark, space)
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
    lambda: (
        rf"\d+|[½¼¾⅓⅔⅛]|(?i:\b(?:{trie(sorted({*COUNTING_WORDS, *grammar.CALENDAR_WORDS}))})\b)"
        rf"|\b(?:{any_of(CALENDAR_NAMES)})\b"
    ),
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
