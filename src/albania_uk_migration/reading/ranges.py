"""Amounts alone and combined: ranges, parts of a whole, multiples."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from ..wording import MONTHS
from . import grammar
from .amounts import ONE, amount, power_of, step
from .grammar import NUMBER_WORDS
from .hedges import Hedged
from .patterns import CASELESS, GAP, Pattern, any_of
from .times import is_time

if TYPE_CHECKING:
    import re

    from .amounts import Amount
    from .places import Quantity


_TO = Pattern(
    rf"(?P<dash>[-–‑—−])(?!{GAP}|to-)|(?P<spaced>{GAP}[–-]{GAP})(?=[0-9£$€])"
    rf"|-?{GAP}(?P<word>to|or|and){GAP}|-(?P<words>to)-",
    CASELESS,
)
_HEDGE_AT = Pattern(
    rf"(?:about|around|roughly|over|nearly|almost|some|just{GAP}(?:over|under)|more{GAP}than){GAP}",
    CASELESS,
)
# The gap to the next number, or over one or two numbers of a list to its last.
_LENDING = Pattern(
    rf"{GAP}(?:to|and){GAP}"
    rf"|(?:,{GAP}[£$€]?[0-9.]{{1,8}}){{1,3}},?{GAP}(?:and|or){GAP}",
    CASELESS,
)
_AFTER_DASH = Pattern(r"[-–/][0-9]")
OUT_OF = Pattern(
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
TIMES_AS = Pattern(_OF_TIMES, CASELESS)
AS_MANY = Pattern(rf"{GAP}as{GAP}[a-z]{{1,30}}\b", CASELESS)
_RANGING = frozenset("ranging ranges ranged range varying varied varies vary anywhere".split())


def _evened(low: Amount, high: Amount) -> tuple[Amount, Amount] | None:
    """Two ends with the scale and unit that the words give to both: "12 to 15 thousand".

    None if they are not the ends of one range.
    """
    if (high.kind == "ratio") != (low.kind == "ratio"):
        return None
    if low.bare and low.scale == 1 < high.scale and low.value < high.value / high.scale:
        low = low.scaled(high.scale)
    if low.unit and low.unit != high.unit:
        if low.kind == "percent" and high.kind == "count" and high.bare and high.value <= 100:
            high = high._replace(unit=low.unit)
        elif low.kind != "money" or high.unit:
            return None
    return (low, high) if low.value < high.value else None


class Ranges(Hedged):
    """Reads on from an amount to the range, whole or multiple that it is part of."""

    def number(self, read: Amount) -> Quantity:
        """A quantity that begins with an amount: alone, of a whole, a multiple or a range."""
        text = self.text
        if read.kind == "count" and read.bare:
            parts = OUT_OF.match(text, read.end)
            if parts and (found := self.parts_of(read, parts)):
                return found
            times = (_TIMES_ALONE if self.alone else _TIMES_AFTER).match(text, read.end)
            if times:
                return self.multiple(read, times.end())
        found = self.range(read)
        if found is None and (to := _TO.match(text, read.end)) and is_time(text, to.end()):
            return self.other(read.start, read.end, "time")  # between 8 and 9pm
        return found or self.quantity(self.lent(read))

    def lent(self, read: Amount) -> Amount:
        """A number with the unit of the next one: "from 1.2 to 1.5 million", "10, 20 and 30%"."""
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
            return read.scaled(lender.scale)._replace(unit=lender.unit, kind=lender.kind)
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
        rest = AS_MANY.match(self.text, end)
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
        word, begin = self.back(low.start)
        hedged = self.hedge_before(low.start) if word.lower() != "between" else None
        if hedged and self.word_before(hedged[0]) == "between":
            word, begin = self.back(hedged[0])
        between = word.lower() == "between"
        if between != (joint == "and") and not (between and joint == "-"):
            return None
        at = match.end()
        if between and (second := _HEDGE_AT.match(text, at)):
            at = second.end()
            hedged = at, "about"
        high = None if is_time(text, at) else amount(text, at)
        ends = _evened(low, high) if high else None
        if ends is None or not self.is_range(joint, match, *ends):
            return None
        low, high = ends
        if not between:
            begin = low.start
        elif self.word_before(begin) in ("somewhere", "anywhere"):
            begin = self.back(begin)[1]
        steps = [one for one in (low.step, high.step) if one is not None]
        unit, end = high.unit or low.unit, high.end
        if not unit and (times := _TIMES_AFTER.match(text, end)):
            unit, end = "times", times.end()
        both = high._replace(
            start=begin, end=end, unit=unit, kind="range", step=min(steps) if steps else None
        )
        read = self.of_range(both, low.value, high.value)
        if hedged and between:
            return read._replace(comparator="about", lower=None, upper=None)
        return read

    def is_range(self, joint: str, match: re.Match[str], low: Amount, high: Amount) -> bool:
        """Whether the word or mark between two numbers makes them one range."""
        if joint == "to":
            return self.is_span(low, high)
        if joint == "or":
            near = high.value - low.value <= max(ONE, low.value)
            return near and (not low.unit or high.unit == low.unit)
        if joint == "-":
            apart = match["spaced"] and low.unit != high.unit
            return not apart and not _AFTER_DASH.match(self.text, high.end)
        return True

    def of_range(self, both: Amount, low: Decimal, high: Decimal) -> Quantity:
        """A range with the hedges around it: "about 20 to 30" sets no bounds."""
        read = self.quantity(both, "between")
        comparator = "between" if read.comparator == "exactly" else read.comparator
        lower = low if comparator in ("between", "more_than", "at_least") else None
        upper = high if comparator in ("between", "less_than", "at_most") else None
        return read._replace(value=None, comparator=comparator, lower=lower, upper=upper)

    def is_span(self, low: Amount, high: Amount) -> bool:
        """Whether "A to B" is a range: "rose from A to B" and "up A to B" are two numbers."""
        word, start = self.back(low.start)
        word = word.lower()
        if word == "from":
            return self.word_before(start) in _RANGING
        if word != "by" and word not in grammar.DIRECTIONS:
            return True
        # "By 1% to 2%" is a range; "by £2m to £3m" is a change and a level.
        return bool(high.unit and not low.unit) or (word == "by" and high.kind == "percent")
