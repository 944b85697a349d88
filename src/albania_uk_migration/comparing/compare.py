"""May two figures be compared, and what follows.

Two figures are compared by the keys that are typed in their rows: measure, population, area,
period, base period, status, how nationality is known. Where the keys agree, or one figure's count
holds the other's (a longer window, a larger population, a whole and its part), the intervals that
their words prove are set side by side; else the answer is which keys differ.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from ..claims.assumptions import JOINS, joined, read_assumptions
from ..claims.claim import COUNTED, Claim, claim_of, taken_for_granted
from ..claims.given import figure_row
from ..claims.intervals import Interval, change_in_words
from ..claims.vocabulary import FLOW, SELF_DECLARED, Vocabulary, vocabulary
from ..claims.windows import Stretch, Window, lies_in
from ..errors import ComparisonError
from ..tables.package import shipped
from ..wording import number_in_words
from .terms import VERDICTS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..claims.given import GivenFigure
    from ..tables.package import Package


class Comparison(NamedTuple):
    """What comparing two figures gives.

    `verdict` is one of `VERDICTS`. `keys` names what differs: measure, population, nationality,
    area, period, base_period, status, rank_among. `explanation` is a sentence with the numbers;
    `assumptions` all that is taken for granted beside the words.
    """

    first: str
    second: str
    verdict: str
    keys: tuple[str, ...]
    explanation: str
    assumptions: tuple[str, ...]

    def to_dict(self) -> dict[str, object]:
        """The same as plain values for JSON."""
        plain = self._asdict()
        return {k: list(v) if isinstance(v, tuple) else v for k, v in plain.items()}

    def __str__(self) -> str:
        """Verdict, explanation and assumptions as text."""
        keys = f" (differ: {', '.join(self.keys)})" if self.keys else ""
        head = f"{self.first} and {self.second}: {self.verdict}{keys}"
        lines = [f"{head}: {VERDICTS[self.verdict]}.", self.explanation]
        if self.assumptions:
            lines += ["Assumed:", *(f"  {text}." for text in self.assumptions)]
        return "\n".join(lines)


def compare(
    first: GivenFigure,
    second: GivenFigure,
    *,
    assuming: str | Iterable[str] = (),
    tolerance: float | Fraction | None = None,
) -> Comparison:
    """Whether two figures can be compared, and if so whether they agree.

    A figure is an identifier ("F012") or a row with the columns of the figures table. `assuming`
    names assumptions that join two definitions: removals_are_returns,
    returns_to_albania_are_returns_of_albanians, self_declared_is_recorded; without them differing
    definitions are not comparable. `assuming` may also give a figure another window
    ("F034=2022-12-13/2023-05-16"). A bare number agrees with another within half a printed step
    (93% stands for 92.5 to 93.5, 800 for 750 to 850); `tolerance`, a part of the printed number
    (0.05: 5 per cent), adds to that, and gives bounds to "about". Nothing else is tolerated.

    A lower bound holds for the outermost window, an upper bound for the certain one. Flows may be
    compared over windows of which one holds the other, or that begin or end on the same day; all
    else over the same window only. Returns a `Comparison`; see `VERDICTS` for what its verdict
    can be. Raises UnknownNameError, ValidationError for cells of the wrong type, ComparisonError
    for a tolerance or an assumption that cannot be used.

    >>> compare("F018", "F019").verdict
    'compatible'
    >>> compare("F009", "F011").keys
    ('period',)
    """
    return compared_in(shipped(), first, second, assuming, tolerance)


def compared_in(
    package: Package,
    first: GivenFigure,
    second: GivenFigure,
    assuming: str | Iterable[str] = (),
    tolerance: float | Fraction | None = None,
) -> Comparison:
    """Two figures compared, identifiers being those of a package; see compare."""
    words = vocabulary(package)
    rows = [figure_row(package, first), figure_row(package, second)]
    known = {str(row["figure_id"]): row for row in rows}
    assumed = read_assumptions(package, words, assuming, None, known)
    if assumed.bounds or assumed.rows:
        raise ComparisonError(
            "to compare, assume a named assumption or a window, no bounds and no rows"
        )
    spread = _spread(tolerance)
    one, other = (
        _assumed(claim_of(row, words), assumed.joins, assumed.windows, spread) for row in rows
    )
    found = compared(one, other, words)
    if not spread:
        return found._replace(assumptions=(*assumed.sentences, *found.assumptions))
    percent = f"{float(100 * spread):g}%"
    allowed = f"half a printed step or the tolerance of {percent}"
    return found._replace(
        explanation=found.explanation.replace("half a printed step", allowed),
        assumptions=(
            *assumed.sentences,
            f"a printed number may stand for one {percent} off",
            *found.assumptions,
        ),
    )


def _spread(tolerance: float | Fraction | None) -> Fraction:
    try:
        spread = Fraction(0 if tolerance is None else tolerance)
        sound = 0 <= spread < 1
    except (TypeError, ValueError, OverflowError):
        sound = False
    if not sound:
        raise ComparisonError(
            f"a tolerance is a part of the number from 0 up to 1, as 0.05; found {tolerance!r:.40}"
        )
    return spread


def _assumed(claim: Claim, joins: list[str], windows: dict[str, Window], spread: Fraction) -> Claim:
    """A claim under the assumptions of a comparison."""
    claim = claim.read_as(windows.get(claim.name))
    if spread and claim.printed is not None:
        by = abs(claim.printed) * spread
        if not claim.interval.bounded:
            about = Interval.exactly(claim.printed).widened(by)
            claim = claim._replace(interval=about, rounded=about, allowed=about)
        elif claim.row["comparator"] == "exactly":
            claim = claim._replace(rounded=claim.rounded.widened(by))
    return claim._replace(layer=joined(claim.layer, joins))


# ---------------------------------------------------------------- keys

# How one count stands to another: the same, held by it, holding it, or one of the two but which is
# not known. None: no inequality follows.
SAME, PART, WHOLE, NESTED = "same", "part", "whole", "nested"


def _stand(one: tuple[str, ...], other: tuple[str, ...]) -> str | None:
    """How two names stand to each other, each given with all that holds it, outwards."""
    if one[0] == other[0]:
        return SAME
    if other[0] in one:
        return PART
    return WHOLE if one[0] in other else None


def _population(one: Claim, other: Claim, words: Vocabulary) -> tuple[str | None, str]:
    """How the populations stand, and the key that differs where they do."""
    mine, yours = one.layer[1], other.layer[1]
    stand = _stand(words.holders(mine), words.holders(yours))
    plain = mine.removesuffix(SELF_DECLARED), yours.removesuffix(SELF_DECLARED)
    if stand is None and _stand(words.holders(plain[0]), words.holders(plain[1])):
        return None, "nationality"
    return stand, "population"


def _holding(claim: Claim) -> Stretch:
    """The days that a claim surely speaks of when it holds another: certain for an upper bound."""
    return claim.window.outer if claim.rounded.upper is None else claim.window.inner


def _periods(one: Claim, other: Claim) -> str | None:
    """How the windows of two counts stand to each other, for certain."""
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


class _Keys(NamedTuple):
    """How two claims stand by their keys: in all, by window, and which keys differ."""

    stand: str | None
    windows: str | None
    differing: tuple[str, ...]
    # How measures and populations stand, and whether all keys but these and the window agree.
    measures: str | None
    populations: str | None
    alike: bool
    grows: bool


def keys_of(one: Claim, other: Claim, words: Vocabulary) -> _Keys:
    """How what two figures count stands to each other; see SAME, PART, WHOLE, NESTED."""
    measures = _stand(words.wholes(one.measure), words.wholes(other.measure))
    populations, population_key = _population(one, other, words)
    windows = _periods(one, other)
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
    # Only what adds over time is ordered by its windows; only counts are ordered by who is counted.
    grows = one.kind == other.kind == FLOW or (change and measures == populations == SAME)
    if windows != SAME and not grows:
        stand = None
    counts = one.kind in _COUNTS and other.kind in _COUNTS
    if stand in (PART, WHOLE) and (measures, populations) != (SAME, SAME) and not counts:
        stand = None
    return _Keys(stand, windows, tuple(differing), measures, populations, alike, grows)


_COUNTS = (FLOW, "stock", "money", "items")


def _together(stands: list[str | None]) -> str | None:
    """How counts stand when each key stands as given."""
    kinds = set(stands) - {SAME}
    if not kinds:
        return SAME
    return kinds.pop() if len(kinds) == 1 else None


# ---------------------------------------------------------------- verdicts


def compared(one: Claim, other: Claim, words: Vocabulary) -> Comparison:
    """The comparison of two claims."""
    if one == other:
        told = f"{_sentence(one)} is compared with itself."
        return Comparison(one.name, other.name, "equal", (), told, ())
    keys = keys_of(one, other, words)
    verdict, why = _verdict(one, other, keys, words)
    reading = _by_reading(one, other, keys, words) if verdict in _UNSURE else None
    if reading is not None:
        verdict, why = "depends_on_reading", reading
    elif verdict == "contradicts" and _revised(one, other):
        verdict = "depends_on_reading"
        why += ", unless the provisional one was since revised"
    assumptions = [*taken_for_granted(one), *taken_for_granted(other)]
    sentence = f"{_sentence(one)} and {_sentence(other)}: {why}."
    return Comparison(
        one.name, other.name, verdict, keys.differing, sentence, tuple(dict.fromkeys(assumptions))
    )


_UNSURE = ("not_comparable", "compatible", "cannot_tell")


def _sentence(claim: Claim) -> str:
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


def _revised(one: Claim, other: Claim) -> bool:
    return {one.row["status"], other.row["status"]} == set(COUNTED)


def _verdict(one: Claim, other: Claim, keys: _Keys, words: Vocabulary) -> tuple[str, str]:
    """Verdict and reason, from how the keys stand and what the words prove."""
    if keys.stand in (None, NESTED):
        for part, whole in ((one, other), (other, one)):
            sure = _surely_held(part, whole, keys, part is one)
            if sure and part.rounded.lies_above(whole.rounded):
                told = f"{_held(part, whole, words)}, but {_numbers(part, whole)} cannot both hold"
                return "contradicts", told
    if keys.stand is None:
        return "not_comparable", _why_not(one, other, keys, words)
    if not (one.rounded.bounded and other.rounded.bounded):
        return "cannot_tell", _no_bound(one, other)
    if keys.stand == SAME:
        return _same_verdict(one, other)
    if keys.stand == NESTED:
        return "compatible", f"{_nested(one, other)}; as numbers {_numbers(one, other)}"
    part, whole = (one, other) if keys.stand == PART else (other, one)
    reason = _held(part, whole, words)
    numbers = _numbers(part, whole)
    if not part.allowed.lies_above(whole.allowed):
        return "compatible", f"{reason}, and {numbers} can both hold"
    if not part.rounded.lies_above(whole.rounded):
        return "agrees_within_rounding", f"{reason}, and {numbers} can within half a printed step"
    return "contradicts", f"{reason}, but {numbers} cannot both hold"


def _surely_held(part: Claim, whole: Claim, keys: _Keys, first: bool) -> bool:
    """Whether what one figure surely bounds from below is held by what another bounds from above.

    That is so even where it is not known which of their windows is the longer one.
    """
    held = (SAME, PART) if first else (SAME, WHOLE)
    if not (keys.alike and keys.measures in held and keys.populations in held):
        return False
    counts = part.kind in _COUNTS or keys.measures == keys.populations == SAME
    inside = keys.grows and lies_in(part.window.outer, whole.window.inner)
    return counts and (inside or part.same_window(whole))


def _same_verdict(one: Claim, other: Claim) -> tuple[str, str]:
    mine, yours = one.allowed, other.allowed
    numbers = _numbers(one, other)
    if mine == yours:
        return "equal", f"they say the same, {_interval_in_words(one)} for {one.window}"
    if mine.bounded and yours.bounded and mine.meets(yours):
        if mine.within(yours):
            return "refines", f"{one.name} is the more precise of two that agree ({numbers})"
        if yours.within(mine):
            return "refined_by", f"{other.name} is the more precise of two that agree ({numbers})"
        return "compatible", f"some numbers are allowed by both ({numbers})"
    if one.rounded.meets(other.rounded):
        return "agrees_within_rounding", f"they agree within half a printed step ({numbers})"
    return "contradicts", f"no count is both ({numbers})"


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


def _why_not(one: Claim, other: Claim, keys: _Keys, words: Vocabulary) -> str:
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
    return f"{told}: neither surely holds the other" if _periods(one, other) is None else told


def _joinable(one: Claim, other: Claim) -> str | None:
    """The assumption that would make two layers one, if one would."""
    for name in JOINS:
        layers = joined(one.layer, [name]), joined(other.layer, [name])
        if one.layer != other.layer and layers[0] == layers[1]:
            return name
    return None


# ---------------------------------------------------------------- readings


def _by_reading(one: Claim, other: Claim, keys: _Keys, words: Vocabulary) -> str | None:
    """How two figures contradict each other on one reading of an ambiguous period, if they do.

    Only words that allow several periods have readings; an end that is merely not stated has none.
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
            verdict, why = _verdict(mine, yours, read, words)
            if verdict == "contradicts":
                return f"read as {mine.window} and {yours.window}, {why}; on another reading not"
    return None


def _readings(claim: Claim) -> list[Claim]:
    if claim.row["period_basis"] != "ambiguous":
        return [claim]
    return [claim._replace(window=window, words=None) for window in claim.window.readings()]
