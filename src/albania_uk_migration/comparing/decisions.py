"""The verdict on two figures, and what it rests on, without words."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ..claims.claim import COUNTED, Claim
from ..claims.windows import lies_in
from .keys import COUNTS, NESTED, PART, SAME, WHOLE, Keys, keys_of

if TYPE_CHECKING:
    from ..claims.vocabulary import Vocabulary


# What a verdict rests on: keys that differ, a missing limit, one thing counted twice, two periods
# where either may be the longer, or one count within another.
KEYS, NO_BOUND, ONE_THING, OVERLAPPING, HELD = (
    "keys",
    "no bound",
    "one thing",
    "overlapping",
    "held",
)


class Decision(NamedTuple):
    """The verdict on two claims, and what it rests on.

    `one` and `other` are the claims as we read them; if the verdict depends on the reading, they
    have the windows on which they contradict each other. `ground` is one of the constants above; if
    it is HELD, `turned` says that the second is the part. `revised` says that a provisional number
    may have been revised since.
    """

    verdict: str
    ground: str
    one: Claim
    other: Claim
    turned: bool = False
    revised: bool = False

    @property
    def part(self) -> Claim:
        """The claim that the other one includes."""
        return self.other if self.turned else self.one

    @property
    def whole(self) -> Claim:
        """The claim that includes the other one."""
        return self.one if self.turned else self.other


def decided(one: Claim, other: Claim, keys: Keys, words: Vocabulary) -> Decision:
    """The verdict on two claims, from how their counts relate."""
    found = _as_it_stands(one, other, keys)
    if found.verdict in _UNSURE:
        return _by_reading(one, other, keys, words) or found
    if found.verdict == "contradicts" and _one_is_provisional(one, other):
        return found._replace(verdict="depends_on_reading", revised=True)
    return found


_UNSURE = ("not_comparable", "compatible", "cannot_tell")


def _one_is_provisional(one: Claim, other: Claim) -> bool:
    return {one.row["status"], other.row["status"]} == set(COUNTED)


def _as_it_stands(one: Claim, other: Claim, keys: Keys) -> Decision:
    """The verdict on one reading, from how the keys relate and which limits the words set."""
    if keys.stand in (None, NESTED):
        for turned, (part, whole) in enumerate(((one, other), (other, one))):
            sure = _surely_held(part, whole, keys, not turned)
            if sure and part.rounded.lies_above(whole.rounded):
                return Decision("contradicts", HELD, one, other, bool(turned))
    if keys.stand is None:
        return Decision("not_comparable", KEYS, one, other)
    if not (one.rounded.bounded and other.rounded.bounded):
        return Decision("cannot_tell", NO_BOUND, one, other)
    if keys.stand == SAME:
        return Decision(_of_one_thing(one, other), ONE_THING, one, other)
    if keys.stand == NESTED:
        return Decision("compatible", OVERLAPPING, one, other)
    found = Decision("contradicts", HELD, one, other, keys.stand == WHOLE)
    if not found.part.allowed.lies_above(found.whole.allowed):
        return found._replace(verdict="compatible")
    if not found.part.rounded.lies_above(found.whole.rounded):
        return found._replace(verdict="agrees_within_rounding")
    return found


def _surely_held(part: Claim, whole: Claim, keys: Keys, first: bool) -> bool:
    """Whether one figure's lower limit applies to a part of what another figure limits from above.

    This can be true even if we do not know which of their windows is longer.
    """
    held = (SAME, PART) if first else (SAME, WHOLE)
    if not (keys.alike and keys.measures in held and keys.populations in held):
        return False
    counts = part.kind in COUNTS or keys.measures == keys.populations == SAME
    inside = keys.grows and lies_in(part.window.outer, whole.window.inner)
    return counts and (inside or part.same_window(whole))


def _of_one_thing(one: Claim, other: Claim) -> str:
    """The verdict on two counts of the same thing."""
    mine, yours = one.allowed, other.allowed
    if mine == yours:
        return "equal"
    if mine.bounded and yours.bounded and mine.meets(yours):
        if mine.within(yours):
            return "refines"
        return "refined_by" if yours.within(mine) else "compatible"
    return "agrees_within_rounding" if one.rounded.meets(other.rounded) else "contradicts"


def _by_reading(one: Claim, other: Claim, keys: Keys, words: Vocabulary) -> Decision | None:
    """How two figures contradict each other on a reading of an ambiguous period, if they do.

    Only words that allow several periods have readings; an end that is not stated has none.
    """
    if "ambiguous" not in (one.row["period_basis"], other.row["period_basis"]):
        return None
    if keys.windows == SAME:
        return None
    for mine in _readings(one):
        for yours in _readings(other):
            read = keys_of(mine, yours, words)
            if read.stand is None or not (mine.rounded.bounded and yours.rounded.bounded):
                continue
            found = _as_it_stands(mine, yours, read)
            if found.verdict == "contradicts":
                return found._replace(verdict="depends_on_reading")
    return None


def _readings(claim: Claim) -> list[Claim]:
    if claim.row["period_basis"] != "ambiguous":
        return [claim]
    return [claim._replace(window=window, words=None) for window in claim.window.readings()]
