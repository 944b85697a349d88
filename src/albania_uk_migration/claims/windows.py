"""Stretches of days whose ends may be uncertain."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from ..wording import day_in_words, days_in_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..tables.cells import Row


# First and last day, or None where they are not known.
Stretch = tuple[datetime.date, datetime.date] | None


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
