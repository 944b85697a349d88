"""Why two figures agree, disagree or cannot be compared, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..claims.assumptions import JOINS, joined
from ..claims.intervals import change_in_words
from ..claims.vocabulary import AREAS
from ..claims.windows import Window, lies_in
from ..wording import lower_first, number_in_words
from .decisions import HELD, KEYS, NO_BOUND, OVERLAPPING, Decision
from .keys import Keys, periods_of

if TYPE_CHECKING:
    from ..claims.claim import Claim
    from ..claims.vocabulary import Vocabulary


# For two numbers that agree if each may be off by half the place value of its last non-zero digit.
ROUNDED = "once rounded"


def explanation(one: Claim, other: Claim, decision: Decision, keys: Keys, words: Vocabulary) -> str:
    """Both claims with their words, and what follows."""
    why = _why(decision, keys, words)
    if decision.verdict == "depends_on_reading" and not decision.revised:
        mine, yours = decision.one.window, decision.other.window
        why = (
            f"read as {mine} and {yours}, {why}; read otherwise, they do not contradict each other"
        )
    elif decision.revised:
        why += ", unless the provisional number has since been revised"
    return f"{sentence(one)} and {sentence(other)}: {why}."


def sentence(claim: Claim) -> str:
    """A claim with its words; for a change also its direction and the two periods compared."""
    if claim.kind != "change":
        return str(claim)
    way = {"increase": "a rise", "decrease": "a fall"}.get(str(claim.row["direction"]), "a change")
    words = f'{claim.name} ("{claim.row["exact"]}", {way}'
    if claim.window == claim.base == Window():
        return f"{words}, neither period nor base period stated)"
    return f"{words}, {claim.window} against {_base_in_words(claim)})"


def _interval_in_words(claim: Claim) -> str:
    """The limits that the words of a claim set."""
    if claim.kind == "change" and claim.row["unit"] == "percent":
        return change_in_words(claim.interval)
    return str(claim.interval)


def _why(decision: Decision, keys: Keys, words: Vocabulary) -> str:
    """The reason for a verdict."""
    one, other = decision.one, decision.other
    if decision.ground == KEYS:
        return _why_not(one, other, keys, words)
    if decision.ground == NO_BOUND:
        return _no_bound(one, other)
    if decision.ground == OVERLAPPING:
        return f"{_nested(one, other)}; the numbers are {_numbers(one, other)}"
    if decision.ground != HELD:
        return _of_one_thing(decision)
    part, whole = decision.part, decision.whole
    reason, numbers = _held(part, whole, words), _numbers(part, whole)
    if decision.verdict == "compatible":
        return f"{reason}, and the numbers ({numbers}) allow that"
    if decision.verdict == "agrees_within_rounding":
        return f"{reason}, and the numbers ({numbers}) allow that {ROUNDED}"
    return f"{reason}, but the numbers ({numbers}) do not allow that"


def _of_one_thing(decision: Decision) -> str:
    """What two counts say about the same thing."""
    one, other = decision.one, decision.other
    numbers = _numbers(one, other)
    return {
        "equal": f"both say {_interval_in_words(one)} for {one.window}",
        "refines": f"{one.name} is the more precise of the two ({numbers})",
        "refined_by": f"{other.name} is the more precise of the two ({numbers})",
        "compatible": f"some numbers fit both ({numbers})",
        "agrees_within_rounding": f"they agree {ROUNDED} ({numbers})",
    }.get(decision.verdict, f"no count can be both ({numbers})")


def _numbers(one: Claim, other: Claim) -> str:
    return f"{_interval_in_words(one)} and {_interval_in_words(other)}"


def _no_bound(one: Claim, other: Claim) -> str:
    """Why nothing follows, with the printed numbers."""
    loose = [claim for claim in (one, other) if not claim.rounded.bounded]
    names = " and ".join(claim.name for claim in loose)
    why = f'the words of {names} ("{loose[0].row["exact"]}") set no limit'
    if len(loose) == 2:
        why = f"the words of {names} set no limits"
    if one.printed is not None and other.printed is not None:
        how = "above" if one.printed > other.printed else "below"
        printed = f"{number_in_words(one.printed)} is {how} {number_in_words(other.printed)}"
        if one.printed == other.printed:
            printed = f"both print {number_in_words(one.printed)}"
        why += f"; as printed, {printed}"
    return why


def _nested(one: Claim, other: Claim) -> str:
    mine, yours = one.window, other.window
    if mine.start == mine.start_latest == yours.start == yours.start_latest:
        return "both count from the same day, and we do not know which of them ends later"
    if mine.end == mine.end_earliest == yours.end == yours.end_earliest:
        return "both count up to the same day, and we do not know which of them starts earlier"
    return f"both lie within {mine}, and we do not know which of them covers more days"


def _held(part: Claim, whole: Claim, words: Vocabulary) -> str:
    """Why one count cannot be higher than the other."""
    reasons = []
    if part.measure != whole.measure:
        title, over = words.measure_title(part.measure), words.measure_title(whole.measure)
        reasons.append(f"{lower_first(title)} are part of {lower_first(over)}")
    if part.layer[1] != whole.layer[1]:
        title, over = (words.population_title(claim.layer[1]) for claim in (part, whole))
        reasons.append(f"a count of {over} includes {title}")
    if part.same_window(whole) or lies_in(part.window.outer, whole.window.inner):
        if not part.same_window(whole):
            reasons.append(f"{whole.window} ({whole.name}) includes {part.window} ({part.name})")
        return f"{' and '.join(reasons)}, {_so(part, whole)}"
    # Only the widest period includes the other, so we give what follows from the lower limit alone.
    reasons.append(f"{whole.name} covers {whole.window}, {part.name} covers {part.window}")
    held = f"if {whole.name} counts all those days, {part.name} cannot be higher"
    return f"{'; '.join(reasons)}; {held}"


def _so(part: Claim, whole: Claim) -> str:
    """What follows if one count includes another."""
    if part.kind != "change":
        return f"so {part.name} cannot be higher than {whole.name}"
    added = "and more days can only add to a count"
    if {part.row["direction"], whole.row["direction"]} == {"decrease"}:
        return f"{added}, so the fall of {whole.name} cannot be larger than that of {part.name}"
    return f"{added}, so the change of {part.name} cannot be higher than that of {whole.name}"


def _values_in_words(one: Claim, other: Claim, key: str, words: Vocabulary) -> str:
    """A key that differs, with its two values in words."""
    if key == "measure":
        values = [lower_first(words.measure_title(claim.measure)) for claim in (one, other)]
        return f"one measures {values[0]}, the other {values[1]}"
    if key == "population":
        values = [words.population_title(claim.layer[1]) for claim in (one, other)]
        return f"one counts {values[0] or 'no people'}, the other {values[1] or 'no people'}"
    given = [str(claim.row[key] or "not given") for claim in (one, other)]
    if key == "area":
        given = [AREAS.get(area, area) for area in given]
    name = {"rank_among": "comparison of the rank"}.get(key, key)
    return f"the {name} differs ({' and '.join(given).replace('_', ' ')})"


def _why_not(one: Claim, other: Claim, keys: Keys, words: Vocabulary) -> str:
    """Which keys prevent a comparison, each with its two values."""
    told = []
    for key in keys.differing:
        if key == "period":
            told.append(_periods_in_words(one, other))
        elif key == "base_period":
            bases = f"the base periods are {_base_in_words(one)} and {_base_in_words(other)}"
            neither = one.base == other.base == Window()
            told.append("neither states a base period" if neither else bases)
        elif key == "nationality":
            told.append("one counts nationality as people declare it, the other as it was recorded")
        else:
            told.append(_values_in_words(one, other, key, words))
    hint = _joinable(one, other)
    if hint:
        apart = keys.windows is None or one.layer[2] != other.layer[2]
        rest = ", but their days or areas would still keep them apart" if apart else ""
        told.append(f"with the assumption {hint} they would count the same{rest}")
    for claim, level in ((one, other), (other, one)):
        if words.measures.get(claim.measure, {}).get("of") == level.measure:
            title = lower_first(words.measure_title(level.measure))
            told.append(f"{claim.name} is a {claim.kind} of {title}, not a count of them")
    return "; ".join(told)


def _base_in_words(claim: Claim) -> str:
    return "a base period not stated" if claim.base == Window() else str(claim.base)


def _periods_in_words(one: Claim, other: Claim) -> str:
    """How two periods differ."""
    mine, yours = one.window, other.window
    if mine == yours == Window():
        return "neither states a period"
    periods = f"{one.name} covers {mine}, {other.name} covers {yours}"
    if mine.outer is None or yours.outer is None:
        return periods
    if not mine.overlaps(yours):
        return f"{periods}, and they have no day in common"
    if periods_of(one, other) is None:
        return f"{periods}, and neither certainly includes the other"
    return periods


def _joinable(one: Claim, other: Claim) -> str | None:
    """The assumption that would make two layers the same, if there is one."""
    for name in JOINS:
        layers = joined(one.layer, [name]), joined(other.layer, [name])
        if one.layer != other.layer and layers[0] == layers[1]:
            return name
    return None
