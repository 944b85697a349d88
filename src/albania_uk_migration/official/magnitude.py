"""How far a claim is from an official number, as a difference and as a ratio."""

from __future__ import annotations

import math
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from ..claims.intervals import Interval
from ..claims.vocabulary import FLOW
from ..wording import number_in_words

if TYPE_CHECKING:
    from ..claims.claim import Claim


class Magnitude(NamedTuple):
    """How close a claim and an official number can be to each other.

    `difference` is the claim less the official number, in the unit of the claim (percentage points
    for percentages); `ratio` is the claim divided by it, only for counts. `least` says that the
    claim may be further away, because its words or the official bracket allow more than one number.
    `near` and `other` are the two numbers.
    """

    difference: Fraction
    ratio: Fraction | None
    least: bool
    near: Fraction
    other: Fraction


def magnitude_of(claim: Claim, official: Interval) -> Magnitude | None:
    """How far a claim is from an official interval; None if we cannot say.

    We cannot say if both allow the same number and either allows others too. We take a number with
    "about" as printed.
    """
    said = claim.allowed
    if not said.bounded:
        if claim.printed is None:
            return None
        said = Interval(claim.printed, claim.printed)
    single = said.lower == said.upper and official.lower == official.upper
    if said.lower is not None and official.upper is not None and said.lower > official.upper:
        near, other = said.lower, official.upper
    elif said.upper is not None and official.lower is not None and said.upper < official.lower:
        near, other = said.upper, official.lower
    elif single and said.lower is not None:
        near = other = said.lower
    else:
        return None
    counted = claim.kind == FLOW and other > 0
    return Magnitude(near - other, near / other if counted else None, not single, near, other)


def decimal_of(number: Fraction | None, places: int = 2) -> Decimal | None:
    """A number with at most `places` decimals."""
    if number is None:
        return None
    exact = Decimal(number.numerator) / Decimal(number.denominator)
    return exact if number.denominator == 1 else round(exact, places)


def magnitude_in_words(claim: Claim, found: Magnitude | None) -> str:
    """A magnitude as a sentence has it: "4 lower (0.8%)", "at least 2 higher (5 minus 3)"."""
    if found is None or not found.difference:
        return ""
    least = "at least " if found.least else ""
    if claim.kind == FLOW:
        return _of_counts(found, least)
    if claim.row["unit"] != "percent":
        return f"{number_in_words(found.near)} times, not {number_in_words(found.other)}"
    if claim.kind == "change" and found.near * found.other < 0:
        ways = ("a rise", "a fall") if found.near > 0 else ("a fall", "a rise")
        return f"{ways[0]}, the official figure {ways[1]}"
    shown = max(Fraction(round(abs(found.difference) * 10), 10), Fraction(1, 10))
    points = "percentage point" if shown == 1 else "percentage points"
    above = found.difference > 0
    way = "higher" if above else "lower"
    if claim.row["direction"] == "decrease":
        # The size of a fall: a larger one is the lower change.
        way = "smaller" if above else "larger"
    return f"{least}{number_in_words(shown)} {points} {way}"


def _of_counts(found: Magnitude, least: str) -> str:
    """The difference of two counts, with the sum or the part that it is, or how many times."""
    above = found.difference > 0
    text = f"{least}{number_in_words(abs(found.difference))} {'higher' if above else 'lower'}"
    if found.least and above:
        text += f" ({number_in_words(found.near)} minus {number_in_words(found.other)})"
    elif found.ratio is not None:
        text += f" ({_per_cent(abs(found.ratio - 1), found.least)})"
    if found.ratio is None or found.ratio < TIMES:
        return text
    return f"{text}, or {least}{times_in_words(found.ratio)} times"


def times_in_words(ratio: Fraction) -> str:
    """A multiple to one decimal, from ten on whole; never more than it is."""
    if ratio >= _WHOLE:
        return f"{math.floor(ratio):,}"
    return f"{math.floor(ratio * 10) / 10:,.1f}".removesuffix(".0")


# From so many times on a difference is said as a multiple too; from so many on a whole one.
TIMES = 2
_WHOLE = 10


_NEARLY_ALL, _ALL = 99, 100
_LEAST_SHOWN = Fraction(1, 20)


def _per_cent(part: Fraction, least: bool) -> str:
    """A part in per cent, to the unit, below two to the tenth; of a least never more than it is."""
    percent = 100 * part
    if _NEARLY_ALL < percent < _ALL:
        return "over 99%"
    if percent < _LEAST_SHOWN:
        return "less than 0.1%"
    places = 0 if percent >= TIMES else 1
    if least:
        percent = Fraction(math.floor(percent * 10**places), 10**places)
    return f"{float(percent):.{places}f}%"
