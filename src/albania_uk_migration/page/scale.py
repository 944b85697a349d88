"""An axis from zero: its highest number, its ticks, and where on it a number is."""

from __future__ import annotations

import math
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

# How far the axis goes on beyond the highest number, so that an arrow has room.
_ROOM = Decimal("1.15")
# Steps between ticks, times a power of ten; an axis has at most so many of them.
_STEPS = (1, 2, 5)
_MOST_STEPS = 5


class Scale(NamedTuple):
    """An axis from zero to `top`, with a tick at every `step`."""

    top: Decimal
    step: Decimal

    @property
    def ticks(self) -> list[Decimal]:
        """The numbers with a tick, zero among them."""
        return [self.step * at for at in range(int(self.top / self.step) + 1)]

    def part(self, number: Decimal | int) -> float:
        """Where a number is on the axis, as a part of its length."""
        return min(1.0, max(0.0, float(Decimal(number) / self.top)))

    def percent(self, number: Decimal | int) -> str:
        """Where a number is on the axis, as SVG has it: "37.25%"."""
        return f"{100 * self.part(number):.2f}".rstrip("0").rstrip(".") + "%"


def scale_for(numbers: Iterable[Decimal]) -> Scale:
    """An axis that has room for some numbers and an arrow beyond the highest.

    >>> found = scale_for([Decimal(8000), Decimal(3066)])
    >>> [str(tick) for tick in found.ticks], found.percent(8000)
    (['0', '2000', '4000', '6000', '8000'], '86.96%')
    """
    top = max([*numbers, Decimal(1)]) * _ROOM
    size = Decimal(10) ** (math.floor(math.log10(top)) - 1)
    steps = (size * power * step for power in (1, 10, 100) for step in _STEPS)
    return Scale(top, next(step for step in steps if top / step <= _MOST_STEPS))
