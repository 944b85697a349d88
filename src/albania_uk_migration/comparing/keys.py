"""How the counts of two figures relate: the same, one within the other, or neither."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ..claims.vocabulary import FLOW, SELF_DECLARED, Vocabulary
from ..claims.windows import Stretch, lies_in

if TYPE_CHECKING:
    from ..claims.claim import Claim


# How one count relates to another: the same, within it, around it, or one of these two but we do
# not know which. None means that no inequality follows.
SAME, PART, WHOLE, NESTED = "same", "part", "whole", "nested"


def _stand(one: tuple[str, ...], other: tuple[str, ...]) -> str | None:
    """How two names relate, each given with everything that includes it, outwards."""
    if one[0] == other[0]:
        return SAME
    if other[0] in one:
        return PART
    return WHOLE if one[0] in other else None


def _population(one: Claim, other: Claim, words: Vocabulary) -> tuple[str | None, str]:
    """How the populations relate, and the key that differs, if any."""
    mine, yours = one.layer[1], other.layer[1]
    stand = _stand(words.holders(mine), words.holders(yours))
    plain = mine.removesuffix(SELF_DECLARED), yours.removesuffix(SELF_DECLARED)
    if stand is None and _stand(words.holders(plain[0]), words.holders(plain[1])):
        return None, "nationality"
    return stand, "population"


def _holding(claim: Claim) -> Stretch:
    """The days for which a claim can include another: the certain ones if it has an upper limit."""
    return claim.window.outer if claim.rounded.upper is None else claim.window.inner


def periods_of(one: Claim, other: Claim) -> str | None:
    """How the periods of two counts certainly relate."""
    if one.same_window(other):
        return SAME
    mine, yours = one.window.outer, other.window.outer
    if mine is None or yours is None:
        return None
    held = lies_in(mine, _holding(other)), lies_in(yours, _holding(one))
    if held == (True, True):
        return NESTED
    if any(held):
        return PART if held[0] else WHOLE
    starts = one.window.start == one.window.start_latest == other.window.start
    ends = one.window.end == one.window.end_earliest == other.window.end
    if starts and other.window.start == other.window.start_latest:
        return NESTED
    return NESTED if ends and other.window.end == other.window.end_earliest else None


def _same_base(one: Claim, other: Claim) -> bool:
    return one.base == other.base and one.base.outer is not None


class Keys(NamedTuple):
    """How two claims relate by their keys: overall, by period, and which keys differ."""

    stand: str | None
    windows: str | None
    differing: tuple[str, ...]
    # How measures and populations relate, and whether all other keys agree, except the window.
    measures: str | None
    populations: str | None
    alike: bool
    grows: bool


def keys_of(one: Claim, other: Claim, words: Vocabulary) -> Keys:
    """How the counts of two figures relate; see SAME, PART, WHOLE and NESTED."""
    measures = _stand(words.wholes(one.measure), words.wholes(other.measure))
    populations, population_key = _population(one, other, words)
    windows = periods_of(one, other)
    stands = [measures, populations, windows]
    alike = True
    differing = []
    if measures != SAME:
        differing.append("measure")
    if populations != SAME:
        differing.append(population_key)
    if one.layer[2] != other.layer[2]:
        differing.append("area")
        alike = False
    if windows != SAME:
        differing.append("period")
    change = one.kind == other.kind == "change"
    if change and not _same_base(one, other):
        differing.append("base_period")
        alike = False
    if one.row["status"] != other.row["status"]:
        differing.append("status")
        alike &= one.counted and other.counted
    if one.row["rank_among"] != other.row["rank_among"]:
        differing.append("rank_among")
        alike = False
    stand = _together(stands) if alike else None
    # A longer period means more only for counts that add up over time; more people mean more only
    # for counts.
    grows = one.kind == other.kind == FLOW or (change and measures == populations == SAME)
    if windows != SAME and not grows:
        stand = None
    counts = one.kind in COUNTS and other.kind in COUNTS
    if stand in (PART, WHOLE) and (measures, populations) != (SAME, SAME) and not counts:
        stand = None
    return Keys(stand, windows, tuple(differing), measures, populations, alike, grows)


COUNTS = (FLOW, "stock", "money", "items")


def _together(stands: list[str | None]) -> str | None:
    """How counts relate if their keys relate like this."""
    kinds = set(stands) - {SAME}
    if not kinds:
        return SAME
    return kinds.pop() if len(kinds) == 1 else None
