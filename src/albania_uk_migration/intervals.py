"""Numbers with open ends, windows with uncertain ends, and the forms of EDTF that we use."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from .wording import day_in_words, days_in_words, number_in_words

if TYPE_CHECKING:
    from collections.abc import Iterable
    from decimal import Decimal
    from fractions import Fraction

    from .tables.cells import Row

    _Number = int | Decimal | Fraction
# First and last day, or None where they are not known.
Stretch = tuple[datetime.date, datetime.date] | None


# ---------------------------------------------------------------- numbers with open ends


class Interval(NamedTuple):
    """All numbers that a hedged number allows; an end that is None is open to infinity.

    `lower_open` and `upper_open` say that the end itself is left out: "over 1,000" is
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
        """Whether it has any end at all."""
        return self.lower is not None or self.upper is not None

    def meets(self, other: Interval) -> bool:
        """Whether some number lies in both."""
        return not (self.lies_above(other) or other.lies_above(self))

    def lies_above(self, other: Interval) -> bool:
        """Whether every number of this one is above every number of the other."""
        if self.lower is None or other.upper is None:
            return False
        if self.lower == other.upper:
            return self.lower_open or other.upper_open
        return self.lower > other.upper

    def within(self, other: Interval) -> bool:
        """Whether every number of this one lies in the other."""
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
        """The same with each end moved out, and then closed."""
        if not by:
            return self
        return Interval(
            None if self.lower is None else self.lower - by,
            None if self.upper is None else self.upper + by,
        )

    def negative(self) -> Interval:
        """The interval of the same numbers with the sign turned."""
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
        """The interval of all quotients of counts, neither of them below zero."""
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
        """The same of whole numbers alone, its ends taken in."""
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
            return "no bound"
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


# ---------------------------------------------------------------- windows with uncertain ends


def lies_in(one: Stretch, other: Stretch) -> bool:
    """Whether one stretch of days lies in another, both known; first and last day each."""
    return one is not None and other is not None and other[0] <= one[0] and one[1] <= other[1]


class Window(NamedTuple):
    """A stretch of days whose ends may be uncertain; both ends belong to it.

    `start` and `end` are the outermost days; `start_latest` and `end_earliest` bound the stretch
    that is certainly inside. None is not known. A count's lower bound holds for the outermost
    stretch, its upper bound for the certain one.
    """

    start: datetime.date | None = None
    start_latest: datetime.date | None = None
    end_earliest: datetime.date | None = None
    end: datetime.date | None = None

    @classmethod
    def of(cls, row: Row) -> Window:
        """The window of a figure: its period."""
        return cls(
            row["period_start"],
            row["period_start_latest"],
            row["period_end_earliest"],
            row["period_end"],
        )

    @classmethod
    def certainly(cls, start: datetime.date, end: datetime.date) -> Window:
        """The window of these days, both ends certain."""
        return cls(start, start, end, end)

    @property
    def outer(self) -> tuple[datetime.date, datetime.date] | None:
        """First and last day at the outermost; None where either is open."""
        return None if self.start is None or self.end is None else (self.start, self.end)

    @property
    def inner(self) -> tuple[datetime.date, datetime.date] | None:
        """First and last day certainly inside; None where nothing is certain."""
        first, last = self.start_latest, self.end_earliest
        return None if first is None or last is None or first > last else (first, last)

    @property
    def certain(self) -> bool:
        """Whether both ends are known."""
        return self.outer is not None and self.outer == self.inner

    @property
    def days(self) -> int | None:
        """Number of days at the outermost."""
        return None if self.outer is None else (self.outer[1] - self.outer[0]).days + 1

    def overlaps(self, other: Window) -> bool:
        """Whether the outermost stretches share a day, an open end reaching any distance."""
        low, high = datetime.date.min, datetime.date.max
        return (self.start or low) <= (other.end or high) and (other.start or low) <= (
            self.end or high
        )

    def readings(self) -> list[Window]:
        """The windows with certain ends that its uncertain ends allow at their extremes."""
        starts = {day for day in (self.start, self.start_latest) if day is not None}
        ends = {day for day in (self.end_earliest, self.end) if day is not None}
        return [
            Window.certainly(start, end)
            for start in sorted(starts)
            for end in sorted(ends)
            if start <= end
        ]

    def __str__(self) -> str:
        if self.outer is None:
            if self.end is not None:
                return f"a time not later than {day_in_words(self.end)}"
            return "a time not stated" if self.start is None else f"from {day_in_words(self.start)}"
        if self.certain:
            return days_in_words(*self.outer)
        words = days_in_words(*self.outer) + " at the outermost"
        if self.start_latest == self.start:
            opening = f"{day_in_words(self.outer[0])} to a day not stated"
            if self.end_earliest is None:
                return f"{opening}, {day_in_words(self.outer[1])} at the latest"
            return f"{opening}, within {days_in_words(self.end_earliest, self.outer[1])}"
        if self.inner is None:
            return words
        return f"{words}, {days_in_words(*self.inner)} for certain"


def change_in_words(change: Interval) -> str:
    """A change in per cent as running text has it: a fall of 93%, a rise of over 90%.

    >>> from fractions import Fraction
    >>> change_in_words(Interval(None, Fraction(-90), upper_open=True))
    'a fall of over 90%'
    """
    lower, upper = change.lower, change.upper
    if not change.bounded:
        return "a change without a bound"
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


class WindowIndex:
    """Items by the days they fill, to be asked which of them share a day with a window.

    Windows of like length are kept together, sorted by their first day, so that only those are
    looked at that begin near enough.
    """

    def __init__(self, items: Iterable[tuple[int, int, Any]]) -> None:
        self._by_length: dict[int, list[tuple[int, int, int, Any]]] = {}
        for number, (start, end, item) in enumerate(items):
            length = (end - start + 1).bit_length()
            self._by_length.setdefault(length, []).append((start, end, number, item))
        for windows in self._by_length.values():
            windows.sort(key=lambda window: window[:3])

    def meeting(self, start: int, end: int) -> list[Any]:
        """The items whose windows share a day with this one, both ends taken in."""
        import bisect

        found = []
        for length, windows in self._by_length.items():
            at = bisect.bisect_left(windows, (start - (1 << length),))
            while at < len(windows) and windows[at][0] <= end:
                if windows[at][1] >= start:
                    found.append((windows[at][2], windows[at][3]))
                at += 1
        found.sort(key=lambda item: item[0])
        return [item for _, item in found]
