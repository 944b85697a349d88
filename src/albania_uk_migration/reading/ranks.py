"""Places in an order: records, superlatives, ordinals."""

from __future__ import annotations

from decimal import Decimal

from . import grammar
from .amounts import ONE
from .patterns import CASELESS, GAP, Pattern, any_of
from .places import NUMBER_NEXT, Place, Quantity
from .times import MONTH, YEAR

_OF_MONTH = Pattern(rf"{GAP}of{GAP}{MONTH}(?:{GAP}{YEAR})?")
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
_FIRST_PERIOD = Pattern(
    lambda: (
        rf"{GAP}(?:half|{any_of(w for w in grammar.TIME_NOUNS if not w.startswith('second'))})\b"
        rf"{GAP}(?:of|in){GAP}(?:{MONTH}(?:{GAP}{YEAR})?|{YEAR}(?:[/–-][0-9]{{2}}(?![0-9]))?)"
    ),
    CASELESS,
)
_AND_ONLY = Pattern(
    rf"(?:,?|{GAP}[–—-]){GAP}and{GAP}(?:(?:so{GAP}far|thus{GAP}far|until{GAP}now){GAP})?only\b"
    rf"(?!{GAP}(?:then|if|when|after|because|by|in|for|with)\b)",
    CASELESS,
)
_ORDINAL_HYPHEN = Pattern(
    lambda: rf"-(?:ever|half|generation|term|degree|{any_of(grammar.TIME_NOUNS)})\b", CASELESS
)
_PERIODS = frozenset((*grammar.TIME_NOUNS, "half"))
_BREAKS = frozenset("broke breaking break beat beating broken beaten set setting".split())
_NO_RECORD = frozenset(
    "of label company player deal keeping check checks holder shop store was is has had that with "
    "in on".split()
)


class Ranks(Place):
    """Finds places in an order."""

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
        """A place in an order given by an ordinal; the first is a rank."""
        return self.place(start, end, value, "rank" if value == 1 else "ordinal")

    def at_ordinal(self, start: int, end: int, word: str) -> Quantity | None:
        """First, second, third."""
        text, value = self.text, Decimal(grammar.ORDINALS[word])
        after = self.word_after(end)
        hyphened = text.startswith("-", end)
        if (hyphened or after in grammar.SUPERLATIVES) and (ranked := _NTH_RANK.match(text, end)):
            return self.rank(start, ranked.end(), value)
        if value == 1 and (only := _AND_ONLY.match(text, end)):
            return self.rank(start, only.end())
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

    def rank_start(self, start: int) -> tuple[int, list[str], Decimal]:
        """The start of the words before a rank ("a new", "the second-"), the words, its place."""
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
        """Whether "a record" means first place, and not a file or a past."""
        if self.alone:
            return True
        if not words:
            return self.text[start].isupper() and bool(NUMBER_NEXT.match(self.text, end))
        if words == ["the"]:
            return self.word_before(begin) in _BREAKS
        if words[0] in ("new", "all-time", "fresh", "another"):
            return True
        return words[0] in ("a", "an") and self.word_after(end) not in _NO_RECORD

    def at_superlative(self, start: int, end: int, _word: str) -> Quantity | None:
        """The worst year on record, the second-highest ever; not a rank without such an ending."""
        rest = (_RANK_REST if self.alone else _RANK_TAIL).match(self.text, end)
        if rest is None:
            return None
        begin, _, value = self.rank_start(start)
        return self.rank(begin, rest.end(), value)
