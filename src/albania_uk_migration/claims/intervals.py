"""Numbers with open ends: the limits that words set, with their sums and ratios."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ..wording import number_in_words

if TYPE_CHECKING:
    from decimal import Decimal
    from fractions import Fraction

    _Number = int | Decimal | Fraction


class Interval(NamedTuple):
    """All numbers that a hedged number allows; None means that there is no limit on that side.

    `lower_open` and `upper_open` say that the end itself is excluded: "over 1,000" is
    ``Interval(Fraction(1000), None, lower_open=True)``. Exact: ends are fractions.
    """

    lower: Fraction | None = None
    upper: Fraction | None = None
    lower_open: bool = False
    upper_open: bool = False

    @classmethod
    def exactly(cls, number: _Number) -> Interval:
        """The interval of one number."""
        from fractions import Fraction

        return cls(Fraction(number), Fraction(number))

    @property
    def bounded(self) -> bool:
        """Whether it has a limit on either side."""
        return self.lower is not None or self.upper is not None

    def meets(self, other: Interval) -> bool:
        """Whether the two share a number."""
        return not (self.lies_above(other) or other.lies_above(self))

    def lies_above(self, other: Interval) -> bool:
        """Whether every number in this one is above every number in the other."""
        if self.lower is None or other.upper is None:
            return False
        if self.lower == other.upper:
            return self.lower_open or other.upper_open
        return self.lower > other.upper

    def within(self, other: Interval) -> bool:
        """Whether every number in this one is in the other."""
        low = other.lower is None or (
            self.lower is not None
            and (self.lower, self.lower_open) >= (other.lower, other.lower_open)
        )
        high = other.upper is None or (
            self.upper is not None
            and (self.upper, not self.upper_open) <= (other.upper, not other.upper_open)
        )
        return low and high

    def widened(self, by: Fraction) -> Interval:
        """The interval with each end moved outwards and included."""
        if not by:
            return self
        return Interval(
            None if self.lower is None else self.lower - by,
            None if self.upper is None else self.upper + by,
        )

    def capped(self, most: Fraction) -> Interval:
        """Its numbers up to a given number."""
        if self.upper is not None and self.upper <= most:
            return self
        return Interval(self.lower, most, self.lower_open)

    def negative(self) -> Interval:
        """The same numbers with the opposite sign."""
        return Interval(
            None if self.upper is None else -self.upper,
            None if self.lower is None else -self.lower,
            self.upper_open,
            self.lower_open,
        )

    def plus(self, other: Interval) -> Interval:
        """The interval of all sums."""
        low, high = (self.lower, other.lower), (self.upper, other.upper)
        return Interval(
            low[0] + low[1] if low[0] is not None and low[1] is not None else None,
            high[0] + high[1] if high[0] is not None and high[1] is not None else None,
            self.lower_open or other.lower_open,
            self.upper_open or other.upper_open,
        )

    def per(self, other: Interval) -> Interval:
        """The interval of all quotients of two counts, neither below zero."""
        from fractions import Fraction

        lower = upper = None
        low, high = self.lower or Fraction(0), other.lower or Fraction(0)
        if other.upper:
            lower = low / other.upper
        elif other.upper is None:
            lower = Fraction(0)
        if self.upper is not None and high > 0:
            upper = self.upper / high
        return Interval(
            lower,
            upper,
            bool(lower) and (self.lower_open or other.upper_open),
            bool(upper) and (self.upper_open or other.lower_open),
        )

    def whole(self) -> tuple[int | None, int | None]:
        """The smallest and the largest whole number in it; None where it is open."""
        lowest = highest = None
        if self.lower is not None:
            lowest = -(-self.lower.numerator // self.lower.denominator)
            lowest += self.lower_open and lowest == self.lower
        if self.upper is not None:
            highest = self.upper.numerator // self.upper.denominator
            highest -= self.upper_open and highest == self.upper
        return lowest, highest

    def in_whole_numbers(self) -> Interval:
        """The interval in whole numbers, both ends included."""
        from fractions import Fraction

        lowest, highest = self.whole()
        return Interval(
            None if lowest is None else Fraction(lowest),
            None if highest is None else Fraction(highest),
        )

    def __str__(self) -> str:
        low = None if self.lower is None else number_in_words(self.lower)
        high = None if self.upper is None else number_in_words(self.upper)
        if low is None and high is None:
            return "no limit"
        if self.lower == self.upper:
            return str(low)
        lowest = f"{'above' if self.lower_open else 'at least'} {low}"
        highest = f"{'below' if self.upper_open else 'at most'} {high}"
        if low is None:
            return highest
        if high is None:
            return lowest
        return (
            f"{lowest} and {highest}" if self.lower_open or self.upper_open else f"{low} to {high}"
        )


def change_in_words(change: Interval) -> str:
    """A change in per cent in running text: a fall of 93%, a rise of over 90%.

    >>> from fractions import Fraction
    >>> change_in_words(Interval(None, Fraction(-90), upper_open=True))
    'a fall of over 90%'
    """
    lower, upper = change.lower, change.upper
    if not change.bounded:
        return "a change without a limit"
    if lower is not None and lower >= 0:
        way, size = "rise", change
    elif upper is not None and upper <= 0:
        way, size = "fall", change.negative()
    elif upper is None and lower is not None:
        return f"a fall of {'less than' if change.lower_open else 'at most'} {_percent(lower)}"
    elif lower is None:
        return f"a rise of {'less than' if change.upper_open else 'at most'} {_percent(upper)}"
    else:
        return f"between a fall of {_percent(lower)} and a rise of {_percent(upper)}"
    low, high = size.lower, size.upper
    if low == high:
        return f"a {way} of {_percent(low)}"
    if high is None:
        return f"a {way} of {'over' if size.lower_open else 'at least'} {_percent(low)}"
    return f"a {way} of {_percent(low)} to {_percent(high)}"


def _percent(number: Fraction | None) -> str:
    return "0%" if number is None else f"{number_in_words(abs(number))}%"
