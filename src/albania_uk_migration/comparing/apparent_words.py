"""Why two figures that look contradictory are not, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ..claims.assumptions import JOINS
from ..claims.vocabulary import FLOW, SELF_DECLARED
from ..claims.windows import Window
from ..wording import day_in_words, lower_first

if TYPE_CHECKING:
    from ..claims.claim import Claim
    from ..claims.vocabulary import Layer, Vocabulary


class Differing(NamedTuple):
    """Two figures that look contradictory, and how they differ.

    `days` says that their periods certainly differ, `swapped` that the two measures have each
    other's number in each other's period. `join` is the assumption that would have to join them.
    """

    one: Claim
    other: Claim
    kind: str
    days: bool = False
    swapped: bool = False
    join: str | None = None

    @property
    def opposite(self) -> bool:
        """Whether one is a rise, the other a fall."""
        ways = [claim.row["direction"] for claim in (self.one, self.other)]
        return None not in ways and ways[0] != ways[1]


# What figures of a kind are called.
_NOUNS = {
    **dict.fromkeys((FLOW, "stock", "items"), "counts"),
    "money": "sums of money",
    "share": "shares",
    "change": "changes",
    "ratio": "ratios",
}
_COUNTS = (FLOW, "stock", "items")
# What a figure that has not happened says, by its status.
_SAYS = {"planned": "was planned", "projected": "was projected", "allocated": "was allocated"}


def headline_of_pair(pair: Differing, words: Vocabulary) -> str:
    """Why two figures do not contradict each other, in one sentence without a full stop."""
    one, other = f"“{pair.one.row['exact']}”", f"“{pair.other.row['exact']}”"
    both = f"{one} and {other}"
    if pair.kind == "same_number":
        return _same_number(pair, words)
    if pair.kind == "other_measure":
        titles = [lower_first(words.measure_title(c.measure)) for c in (pair.one, pair.other)]
        return f"{both} are different counts: {titles[0]} and {titles[1]}"
    if pair.kind == "other_people":
        return f"{one} {_of_nationality(pair.one)}; {other} {_of_nationality(pair.other)}"
    if pair.kind == "other_days":
        return f"{both} {'cover different' if pair.days else 'start from different base'} periods"
    if pair.kind == "other_status":
        return f"{one} says what {_happened(pair.one)}, {other} what {_happened(pair.other)}"
    return f"{both} agree once rounded"


def _of_nationality(claim: Claim) -> str:
    if claim.layer[1].endswith(SELF_DECLARED):
        return "goes by the nationality that people declare"
    return "does not say how nationality was established"


def _happened(claim: Claim) -> str:
    return _SAYS.get(str(claim.row["status"]), "happened")


def _same_number(pair: Differing, words: Vocabulary) -> str:
    one, other = pair.one, pair.other
    texts = [f"“{claim.row['exact']}”" for claim in (one, other)]
    alike = texts[0].casefold() == texts[1].casefold()
    periods = ", in different periods" if pair.days else ""
    if pair.opposite or one.measure != other.measure:
        noun = _NOUNS.get(one.kind, "numbers") if one.kind == other.kind else "numbers"
        are = f"{texts[0]} is two different {noun}" if alike else _are(texts, f"different {noun}")
        if pair.opposite:
            ways = [_way(claim) for claim in (one, other)]
            return f"{are}: {ways[0]} and {ways[1]}"
        if one.kind == other.kind == FLOW:
            titles = [lower_first(words.measure_title(claim.measure)) for claim in (one, other)]
            return f"{are}: {titles[0]} and {titles[1]}"
        return f"{are}{periods}"
    people = [claim.layer[1].removesuffix(SELF_DECLARED) for claim in (one, other)]
    what = "groups of people" if people[0] != people[1] else "places"
    verb = "count" if one.kind in _COUNTS else "describe"
    if alike:
        return f"{texts[0]} {verb}s two different {what}{periods}"
    return f"{texts[0]} and {texts[1]} {verb} different {what}{periods}"


def _are(texts: list[str], what: str) -> str:
    return f"{texts[0]} and {texts[1]} are {what}"


def _way(claim: Claim) -> str:
    ways = {"increase": "a rise", "decrease": "a fall"}
    return ways.get(str(claim.row["direction"]), "a change")


def difference_of(pair: Differing, words: Vocabulary) -> str:
    """What differs between two figures, in full sentences."""
    one, other = pair.one, pair.other
    if pair.kind == "rounding":
        return (
            f"Both are about {words.title_within(_layer(one, pair))} {_when(one)}. A number may "
            "have been rounded to its last digit that is not zero."
        )
    if pair.kind == "other_status":
        return (
            f"Both are about {words.title_within(_layer(one, pair))}. The first says what "
            f"{_happened(one)} for {one.window}; the second says what {_happened(other)} for "
            f"{other.window}."
        )
    told = [f"The first {_clause(one, pair, words)}; the second {_clause(other, pair, words)}."]
    if pair.swapped:
        noun = _NOUNS.get(one.kind, "numbers")
        told.append(f"As stated, the two {noun} swapped places from the one period to the other.")
    if pair.join is not None:
        told.append(
            "To compare them, we would have to assume, at the least, that "
            f"{JOINS[pair.join].sentence}."
        )
    return " ".join(told)


def _layer(claim: Claim, pair: Differing) -> Layer:
    """What a figure counts; the area only if it differs."""
    measure, population, area = claim.layer
    return measure, population, "" if pair.one.layer[2] == pair.other.layer[2] else area


def _clause(claim: Claim, pair: Differing, words: Vocabulary) -> str:
    """What one of two figures counts and when, as far as it differs from the other."""
    layer = _layer(claim, pair)
    plain = layer[1].removesuffix(SELF_DECLARED)
    only_days = pair.kind == "other_days" and not pair.opposite
    if claim.kind == "change":
        if only_days:
            return f"compares {claim.window} with {_base(claim)}"
        of = str(words.measures[claim.measure].get("of") or claim.measure)
        what = words.title_within((of, *layer[1:])) + ("," if layer[1] != plain else "")
        return f"is {_way(claim)} in {what} {_when(claim)} compared with {_base(claim)}"
    if only_days:
        return f"covers {claim.window}"
    verb = "counts" if claim.kind in _COUNTS else "gives"
    if pair.kind == "other_people":
        what = _counted((layer[0], plain, layer[2]), pair, words)
        return f"{verb} {what} {_when(claim)}, and {_of_nationality(claim)}"
    comma = "," if layer[1] != plain else ""
    return f"{verb} {_counted(layer, pair, words)}{comma} {_when(claim)}"


def _counted(layer: Layer, pair: Differing, words: Vocabulary) -> str:
    """What a figure counts; only the people if both count the same otherwise."""
    claims = pair.one, pair.other
    same = pair.one.measure == pair.other.measure and not layer[2]
    if not (same and pair.one.kind in _COUNTS and all(claim.layer[1] for claim in claims)):
        return words.title_within(layer)
    everyone = layer[1] == "all"
    return "people of any nationality" if everyone else words.population_title(layer[1])


def _base(claim: Claim) -> str:
    inferred = " (we infer this)" if claim.row["base_period_basis"] == "inferred" else ""
    return "a period not stated" if claim.base.outer is None else f"{claim.base}{inferred}"


def _when(claim: Claim) -> str:
    """The period of a figure, as part of a sentence: in 2022, from 1 to 5 May 2022."""
    window = claim.window
    if window.outer is None:
        if window == Window():
            return "at a time not stated"
        return f"at {window}" if window.start is None else str(window)
    text = str(window)
    first = day_in_words(window.outer[0])
    if " to " in text.partition(" at the widest")[0]:
        return f"from {text}"
    return f"on {text}" if text.startswith(first) else f"in {text}"
