"""The words around a number: what bounds they set, and which direction they give."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import grammar
from .patterns import CASELESS, GAP, SPACES, Pattern, any_of
from .places import NUMBER_NEXT, QUANTITIES, Place, Quantity, bounds_of, joined

if TYPE_CHECKING:
    import re

    from .amounts import Amount


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
_TIME_NOUN = Pattern(lambda: rf"(?:{GAP}|-)(?:{any_of(grammar.TIME_NOUNS)})\b(?!-)", CASELESS)
_DIRECTION_AFTER = Pattern(rf"(?:{GAP}|-)([A-Za-z]{{1,30}})")
_FLIPPED = {
    "more_than": "less_than",
    "less_than": "more_than",
    "at_least": "at_most",
    "at_most": "at_least",
}
# The words that can begin a hedge after a number.
_AFTER_MARKS = tuple({phrase[0] for phrase in grammar.HEDGES_AFTER if not phrase[0].isalpha()})
_AFTER_WORDS = frozenset(phrase.split()[0] for phrase in grammar.HEDGES_AFTER)
_BEFORE_SIGN = SPACES + "([“‘\"'"
# "Children under 18 were", but "under three prime ministers".
_AGED = frozenset(
    "children child people persons those anyone everyone adults boys girls men women youths pupils "
    "migrants passengers aged age ages patients drivers all is was were are be the".split()
)
_BEING = frozenset("is was are were".split())
_OPENING = "“‘\"'([*_"
_WITH_UP_OR_DOWN = frozenset(
    "made make makes making picked pick picks picking shut shuts set sets took take broke break "
    "gave give taken given rounded round held hold carried closed close locked lined signed".split()
)


class Hedged(Place):
    """Make a quantity of an amount and the words around it."""

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
            after = grammar.HEDGES_AFTER[words]
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
        """The comparator of a hedge after a negation: "shall not exceed", "has never passed".

        At most two words away, a negation reverses a comparison. Up to four words away, or before a
        hedge that does not compare ("not nearly 500"), it leaves no bound.
        """
        word, start = self.back(begin)
        turns = hedge[-1] in grammar.COMPARES or hedge[0] in grammar.COMPARES
        turns = turns and word.lower() not in grammar.AFTER_NEGATION
        for away in range(4):
            if not word or not word[-1].isalpha():
                return comparator
            if word.lower() == "no" and away:
                return "about"
            if word.lower() in grammar.NEGATIONS or word.lower().endswith(("n't", "n’t")):
                return grammar.NEGATED[comparator] if turns and away < 2 else "about"
            word, start = self.back(start)
        return comparator

    def from_afar(self, begin: int, end: int, comparator: str) -> str:
        """Words before a number without a hedge of its own that take its bounds away.

        "More than “500”" has its hedge before a quotation mark; "nearly all 500", "wider than 10"
        and "between 500 and about 600" say something about the number, but set no bound.
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
        """Whether the words before a number are not a hedge.

        "Over" and "up to" may belong to a verb. "Over three days" says when, "under two acts" by
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
        """Whether a quantity comes right before a hedge, so that the words compare two numbers."""
        if self.kind not in QUANTITIES or begin - self.floor > 30:
            return False
        between = self.text[self.floor : begin].split()
        return not between or (len(between) == 1 and between[0].lower() in grammar.COMPARED)

    def is_hedge_after(self, match: re.Match[str]) -> bool:
        """Whether the words after a number are its own hedge, not that of a number that follows."""
        words = match.group(match.lastgroup or 0).lower()
        end = match.end()
        if words in ("plus", "at least", "at most", "at the most", "at the very least"):
            return not NUMBER_NEXT.match(self.text, end) and (
                words != "plus" or not self.word_after(end)
            )
        if words in ("maximum", "minimum", "max", "min"):
            return not self.text.startswith("-", end)
        return True

    def direction(self, begin: int, end: int, read: Amount) -> str | None:
        """The direction that the words right before or after a number give."""
        if read.kind in ("odds", "vague"):
            return None
        word, start = self.back(begin)
        if word:
            for skipped in (("further", "a"), ("by", "of"), ("back", "again", "sharply")):
                while word.lower() in skipped:
                    word, start = self.back(start)
            way = grammar.DIRECTIONS.get(word.lower())
            if word.lower() == "plus":
                return "increase"
            if word.lower() in ("up", "down") and self.word_before(start) in _WITH_UP_OR_DOWN:
                return None
            if way and word.lower() not in ("less", "more", "fewer", "higher", "lower"):
                return way
        if read.unit or read.kind in ("range", "ratio"):
            after = _DIRECTION_AFTER.match(self.text, end)
            if after and after[1].lower() not in ("up", "down"):
                return grammar.DIRECTIONS.get(after[1].lower())
        return None
