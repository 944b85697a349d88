"""How far a claim is from an official number, as a difference and as a ratio."""

from __future__ import annotations

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
    """A magnitude in words: "4 fewer (0.8%)" or "2 more: 2.0 times as many"."""
    if found is None or not found.difference:
        return ""
    counted = claim.kind == FLOW
    size = abs(found.difference)
    shown = size if counted else max(Fraction(round(size * 10), 10), Fraction(1, 10))
    points = " percentage point" if shown == 1 else " percentage points"
    unit = "" if counted else points if claim.row["unit"] == "percent" else " times"
    if counted:
        way = "more" if found.difference > 0 else "fewer"
    else:
        fall = claim.row["direction"] == "decrease"
        way = "more" if (found.difference > 0) != fall else "less"
    text = f"{'at least ' if found.least else ''}{number_in_words(shown)}{unit} {way}"
    if found.least and counted and found.difference > 0:
        text += f" ({number_in_words(found.near)} less {number_in_words(found.other)})"
    if found.ratio is None:
        return text
    if found.ratio >= _TIMES:
        return f"{text}: {float(found.ratio):.1f} times as many"
    return f"{text} ({_per_cent(abs(found.ratio - 1))})"


# From this multiple upwards we give a difference as a multiple.
_TIMES = 2


_NEARLY_ALL, _ALL = 99, 100
_LEAST_SHOWN = Fraction(1, 20)


def _per_cent(part: Fraction) -> str:
    """A part in per cent, to the nearest unit, or to one decimal below two."""
    percent = 100 * part
    if _NEARLY_ALL < percent < _ALL:
        return "over 99%"
    if percent < _LEAST_SHOWN:
        return "less than 0.1%"
    return f"{float(percent):.{0 if percent >= _TIMES else 1}f}%"
