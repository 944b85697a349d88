"""Why two figures agree, disagree or cannot be compared, in words; nothing is decided here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..claims.assumptions import JOINS, joined
from ..claims.intervals import change_in_words
from ..claims.windows import Window, lies_in
from ..wording import number_in_words
from .decisions import HELD, KEYS, NO_BOUND, OVERLAPPING, Decision
from .keys import Keys, periods_of

if TYPE_CHECKING:
    from ..claims.claim import Claim
    from ..claims.vocabulary import Vocabulary


def explanation(one: Claim, other: Claim, decision: Decision, keys: Keys, words: Vocabulary) -> str:
    """Both claims with their words, and what follows of them."""
    why = _why(decision, keys, words)
    if decision.verdict == "depends_on_reading" and not decision.revised:
        mine, yours = decision.one.window, decision.other.window
        why = f"read as {mine} and {yours}, {why}; on another reading not"
    elif decision.revised:
        why += ", unless the provisional one was since revised"
    return f"{sentence(one)} and {sentence(other)}: {why}."


def sentence(claim: Claim) -> str:
    """A claim with its words; of a change also its direction and what is set against what."""
    if claim.kind != "change":
        return str(claim)
    way = {"increase": "a rise", "decrease": "a fall"}.get(str(claim.row["direction"]), "a change")
    told = f'{claim.name} ("{claim.row["exact"]}", {way}'
    if claim.window == claim.base == Window():
        return f"{told} of which neither period nor base is stated)"
    return f"{told}, {claim.window} against {_base_in_words(claim)})"


def _interval_in_words(claim: Claim) -> str:
    """What the words of a claim prove, in words."""
    if claim.kind == "change" and claim.row["unit"] == "percent":
        return change_in_words(claim.interval)
    return str(claim.interval)


def _why(decision: Decision, keys: Keys, words: Vocabulary) -> str:
    """The reason of a verdict, by what it rests on."""
    one, other = decision.one, decision.other
    if decision.ground == KEYS:
        return _why_not(one, other, keys, words)
    if decision.ground == NO_BOUND:
        return _no_bound(one, other)
    if decision.ground == OVERLAPPING:
        return f"{_nested(one, other)}; as numbers {_numbers(one, other)}"
    if decision.ground != HELD:
        return _of_one_thing(decision)
    part, whole = decision.part, decision.whole
    reason, numbers = _held(part, whole, words), _numbers(part, whole)
    if decision.verdict == "compatible":
        return f"{reason}, and {numbers} can both hold"
    if decision.verdict == "agrees_within_rounding":
        return f"{reason}, and {numbers} can within half a printed step"
    return f"{reason}, but {numbers} cannot both hold"


def _of_one_thing(decision: Decision) -> str:
    """What two counts of the same thing say of it."""
    one, other = decision.one, decision.other
    numbers = _numbers(one, other)
    return {
        "equal": f"they say the same, {_interval_in_words(one)} for {one.window}",
        "refines": f"{one.name} is the more precise of two that agree ({numbers})",
        "refined_by": f"{other.name} is the more precise of two that agree ({numbers})",
        "compatible": f"some numbers are allowed by both ({numbers})",
        "agrees_within_rounding": f"they agree within half a printed step ({numbers})",
    }.get(decision.verdict, f"no count is both ({numbers})")


def _numbers(one: Claim, other: Claim) -> str:
    return f"{_interval_in_words(one)} and {_interval_in_words(other)}"


def _no_bound(one: Claim, other: Claim) -> str:
    """Why nothing can be told, with the printed numbers."""
    loose = [claim for claim in (one, other) if not claim.rounded.bounded]
    names = " and ".join(claim.name for claim in loose)
    told = f'the words of {names} ("{loose[0].row["exact"]}") prove no bound'
    if len(loose) == 2:
        told = f"the words of {names} prove no bounds"
    if one.printed is not None and other.printed is not None:
        how = "above" if one.printed > other.printed else "below"
        printed = f"{number_in_words(one.printed)} is {how} {number_in_words(other.printed)}"
        if one.printed == other.printed:
            printed = f"both print {number_in_words(one.printed)}"
        told += f"; as printed, {printed}"
    return told


def _nested(one: Claim, other: Claim) -> str:
    mine, yours = one.window, other.window
    if mine.start == mine.start_latest == yours.start == yours.start_latest:
        return "both count from one day, and which of them counts longer is not known"
    if mine.end == mine.end_earliest == yours.end == yours.end_earliest:
        return "both count up to one day, and which of them counts longer is not known"
    return f"both lie within {mine}, and which of them counts longer is not known"


def _held(part: Claim, whole: Claim, words: Vocabulary) -> str:
    """Why one count cannot be above the other."""
    reasons = []
    if part.measure != whole.measure:
        title, over = words.measure_title(part.measure), words.measure_title(whole.measure)
        reasons.append(f"{title.lower()} are part of {over.lower()}")
    if part.layer[1] != whole.layer[1]:
        title, over = (words.population_title(claim.layer[1]) for claim in (part, whole))
        reasons.append(f"{title} are among {over}")
    if part.same_window(whole) or lies_in(part.window.outer, whole.window.inner):
        if not part.same_window(whole):
            reasons.append(f"{whole.window} ({whole.name}) holds {part.window} ({part.name})")
        return f"{' and '.join(reasons)}, {_so(part, whole)}"
    # Only the outermost window holds the other: what follows of the lower bound alone is told.
    windows = f"the window of {whole.name} is {whole.window}, that of {part.name} {part.window}"
    reasons.append(windows)
    held = f"if {whole.name} counts all those days, {part.name} is at most that"
    return f"{'; '.join(reasons)}; {held}"


def _so(part: Claim, whole: Claim) -> str:
    """What follows where one count holds another."""
    if part.kind != "change":
        return f"so the count of {part.name} is at most that of {whole.name}"
    added = "to which more days can only add"
    if {part.row["direction"], whole.row["direction"]} == {"decrease"}:
        return f"{added}, so the fall of {whole.name} is at most that of {part.name}"
    return f"{added}, so the change of {part.name} is at most that of {whole.name}"


def _values_in_words(one: Claim, other: Claim, key: str, words: Vocabulary) -> str:
    """A key that differs, with both its values in words."""
    if key == "measure":
        values = [words.measure_title(claim.measure).lower() for claim in (one, other)]
        return f"they measure {values[0]} and {values[1]}"
    if key == "population":
        values = [words.population_title(claim.layer[1]) for claim in (one, other)]
        return f"they count {values[0] or 'nobody'} and {values[1] or 'nobody'}"
    values = [str(claim.row[key] or "nothing").replace("_", " ") for claim in (one, other)]
    name = {"rank_among": "what they rank among"}.get(key, key)
    return f"{name}: {values[0]} and {values[1]}"


def _why_not(one: Claim, other: Claim, keys: Keys, words: Vocabulary) -> str:
    """Which keys keep two figures apart, each with both its values."""
    told = []
    for key in keys.differing:
        if key == "period":
            told.append(_periods_in_words(one, other))
        elif key == "base_period":
            bases = f"the bases are {_base_in_words(one)} and {_base_in_words(other)}"
            neither = one.base == other.base == Window()
            told.append("neither states a base" if neither else bases)
        elif key == "nationality":
            told.append("nationality is as people declare it in one and as recorded in the other")
        else:
            told.append(_values_in_words(one, other, key, words))
    hint = _joinable(one, other)
    if hint:
        apart = keys.windows is None or one.layer[2] != other.layer[2]
        rest = ", and the rest still keep them apart" if apart else ""
        told.append(f"the assumption {hint} would join what they count{rest}")
    for claim, level in ((one, other), (other, one)):
        if words.measures.get(claim.measure, {}).get("of") == level.measure:
            title = words.measure_title(level.measure).lower()
            told.append(f"{claim.name} is a {claim.kind} of {title}, not a count of them")
    return "; ".join(told)


def _base_in_words(claim: Claim) -> str:
    return "a base not stated" if claim.base == Window() else str(claim.base)


def _periods_in_words(one: Claim, other: Claim) -> str:
    """How two windows differ, in words."""
    mine, yours = one.window, other.window
    if mine == yours == Window():
        return "neither states a period"
    told = f"the periods are {one.name} {mine}, {other.name} {yours}"
    if mine.outer is None or yours.outer is None:
        return told
    if not mine.overlaps(yours):
        return f"{told}: they share no day"
    return f"{told}: neither surely holds the other" if periods_of(one, other) is None else told


def _joinable(one: Claim, other: Claim) -> str | None:
    """The assumption that would make two layers one, if one would."""
    for name in JOINS:
        layers = joined(one.layer, [name]), joined(other.layer, [name])
        if one.layer != other.layer and layers[0] == layers[1]:
            return name
    return None
