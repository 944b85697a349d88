"""Phrases for an official number, what was added up for it, and its release."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from ..claims.intervals import Interval, change_in_words
from ..claims.windows import lies_in
from ..wording import day_in_words, days_in_words, from_to, number_in_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ..claims.claim import Claim
    from ..tables.cells import Row
    from .calendar import Covering
    from .counts import Bracket, Count, Official
    from .decisions import Found
    from .questions import Term


# ---------------------------------------------------------------- numbers


def interval_in_words(interval: Interval, claim: Claim) -> str:
    """An official interval in words, in the unit of the claim."""
    if claim.kind == "change" and claim.row["unit"] == "percent":
        return change_in_words(_tenths(interval))
    unit = {"percent": "%", "times": " times"}.get(str(claim.row["unit"]), "")
    low, high = interval.lower, interval.upper
    if low == 0 and high:
        return f"at most {number_in_words(high)}{unit}"
    if low is not None and high is not None and low != high:
        return f"between {number_in_words(low)}{unit} and {number_in_words(high)}{unit}"
    if low is not None:
        return f"{'' if high is not None else 'at least '}{number_in_words(low)}{unit}"
    return f"at most {number_in_words(high or Fraction(0))}{unit}"


def _tenths(interval: Interval) -> Interval:
    """An interval with its ends to one decimal."""
    low, high = (
        None if end is None else Fraction(round(end * 10), 10)
        for end in (interval.lower, interval.upper)
    )
    return Interval(low, high, interval.lower_open, interval.upper_open)


# We give at most this many numbers of a sum.
_MOST_ADDED = 4


def counts_in_words(counts: Sequence[Count], whole: bool = False) -> str:
    """Days and sum of counts, as in "from October 2022 to March 2023: 622 + 923".

    We leave out the numbers of a long sum, unless `whole` is true.
    """
    days = from_to(counts[0].start, counts[-1].end)
    if len(counts) == 1 or (len(counts) > _MOST_ADDED and not whole):
        return days
    return f"{days}: {' + '.join(number_in_words(Fraction(one.value or 0)) for one in counts)}"


def sum_in_words(found: Found) -> str:
    """The days a release counts for a claim, and what was added up or divided.

    For a window that is not made of quarters, these are the counts inside it and those that cover
    it.
    """
    texts = [_bracket_in_words(one) for one in found.brackets]
    return " compared with the count ".join(texts)


def _bracket_in_words(bracket: Bracket) -> str:
    if bracket.around == bracket.inside:
        return counts_in_words(bracket.inside, whole=True)
    inside = counts_in_words(bracket.inside, whole=True) if bracket.inside else ""
    around = counts_in_words(bracket.around, whole=True) if bracket.around else ""
    texts = [f"at least the count {inside}" if inside else ""]
    texts += [f"at most the count {around}"] if around else []
    return "; ".join(filter(None, texts))


# ---------------------------------------------------------------- releases


def lacking_in_words(covering: Covering, terms: Iterable[Term], official: Official) -> str:
    """What is missing of the numbers of a release: all of them, or what makes them sure."""
    doubted = any(
        name == covering.release and lies_in((count.start, count.end), term.window.outer)
        for term in terms
        for name, count in official.doubted(term.layer)
    )
    return (
        "have its numbers only with a reason for caution" if doubted else "do not have its numbers"
    )


def day_of_release(release: Row) -> str:
    """The day on which a release was public, as far as we know: 29 February 2024."""
    if release["published_on"] is not None:
        return day_in_words(release["published_on"])
    if release["public_by"] is not None:
        return f"published on or before {day_in_words(release['public_by'])}"
    return "day of publication not known"


def release_in_words(release: str, official: Official) -> str:
    """A release by its office and day; a user's own file by its name."""
    row = official.releases[release]
    if row["url"] is None and row["seen"] is None:
        return release
    return f"{row['publisher']}, {day_of_release(row)}"


def found_in_words(found: Found, official: Official) -> str:
    """The release that has what was found, with its table."""
    return f"{release_in_words(found.release, official)}, {_table(found.table)}"


def _table(name: str) -> str:
    """Where a release has a number: table Ret_D01, its text, its daily table."""
    if name == "text":
        return "in its text"
    return f"its {name} table" if name.isalpha() and name.islower() else f"table {name}"


def covering_in_words(covering: Covering, official: Official) -> str:
    """A release that covers some days, with its table."""
    table = f", {_table(covering.table)}" if covering.table else ""
    return f"{release_in_words(covering.release, official)}{table}"


def days_covered(covering: Covering) -> str:
    """The days that a release covers, as far as we saw them; empty if we did not."""
    if covering.last is None:
        return ""
    if covering.first is None:
        return f"to {day_in_words(covering.last)}"
    return days_in_words(covering.first, covering.last)
