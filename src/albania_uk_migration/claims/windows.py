"""Periods whose ends may be uncertain."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from ..wording import day_in_words, days_in_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..tables.cells import Row


# First and last day, or None if we do not know it.
Stretch = tuple[datetime.date, datetime.date] | None


def lies_in(one: Stretch, other: Stretch) -> bool:
    """Whether one period lies in another, if all their first and last days are known."""
    return one is not None and other is not None and other[0] <= one[0] and one[1] <= other[1]


class Window(NamedTuple):
    """A period whose ends may be uncertain; both ends belong to it.

    `start` and `end` are the outermost days; `start_latest` and `end_earliest` are the first and
    last day that are certainly inside. None means that we do not know. A count's lower limit
    applies to the outermost days, its upper limit to the certain ones.
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
        """A window with these two certain ends."""
        return cls(start, start, end, end)

    @property
    def outer(self) -> tuple[datetime.date, datetime.date] | None:
        """The outermost first and last day; None if either is open."""
        return None if self.start is None or self.end is None else (self.start, self.end)

    @property
    def inner(self) -> tuple[datetime.date, datetime.date] | None:
        """The first and last day that are certainly inside; None if no day is."""
        first, last = self.start_latest, self.end_earliest
        return None if first is None or last is None or first > last else (first, last)

    @property
    def certain(self) -> bool:
        """Whether both ends are certain."""
        return self.outer is not None and self.outer == self.inner

    @property
    def days(self) -> int | None:
        """The number of days between the outermost ends."""
        return None if self.outer is None else (self.outer[1] - self.outer[0]).days + 1

    def overlaps(self, other: Window) -> bool:
        """Whether the outermost days overlap; an open end reaches any distance."""
        low, high = datetime.date.min, datetime.date.max
        return (self.start or low) <= (other.end or high) and (other.start or low) <= (
            self.end or high
        )

    def readings(self) -> list[Window]:
        """The windows with certain ends that the uncertain ends allow at their extremes."""
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
                return f"a time up to {day_in_words(self.end)}"
            return "a time not stated" if self.start is None else f"from {day_in_words(self.start)}"
        if self.certain:
            return days_in_words(*self.outer)
        first, last = map(day_in_words, self.outer)
        if self.start_latest == self.start:
            if self.end_earliest is None:
                if self.outer[0].year == self.outer[1].year:
                    first = first.removesuffix(f" {self.outer[0].year}")
                return f"{first} to {last} at the latest"
            return f"{first} to a day between {day_in_words(self.end_earliest)} and {last}"
        words = f"{days_in_words(*self.outer)} at the widest"
        if self.inner is None:
            return words
        return f"{words}, certainly including {days_in_words(*self.inner)}"


class WindowIndex:
    """Items by their days, to find those that share a day with a window.

    Windows of similar length are kept together and sorted by first day, so that we look only at
    those that begin near enough.
    """

    def __init__(self, items: Iterable[tuple[int, int, Any]]) -> None:
        self._by_length: dict[int, list[tuple[int, int, int, Any]]] = {}
        for number, (start, end, item) in enumerate(items):
            length = (end - start + 1).bit_length()
            self._by_length.setdefault(length, []).append((start, end, number, item))
        for windows in self._by_length.values():
            windows.sort(key=lambda window: window[:3])

    def meeting(self, start: int, end: int) -> list[Any]:
        """The items whose windows share a day with this one, both ends included."""
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
