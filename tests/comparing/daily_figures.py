"""Figures over some days of January 2022, made so that all of them can be true."""

from __future__ import annotations

import datetime

from hypothesis import strategies as st

from ..support.figures import made
from ..support.findings import Row

LENGTH = 12
FIRST = datetime.date(2022, 1, 1)


@st.composite
def some_figures(draw: st.DrawFn, most: int = 6) -> list[Row]:
    """Figures of one count that invented daily counts keep."""
    daily = draw(st.lists(st.integers(0, 9), min_size=LENGTH, max_size=LENGTH))
    rows = []
    for at in range(draw(st.integers(2, most))):
        start = draw(st.integers(0, LENGTH - 1))
        end = draw(st.integers(start, LENGTH - 1))
        comparator = draw(st.sampled_from(("exactly", "at_least", "at_most")))
        window = tuple(str(FIRST + datetime.timedelta(day)) for day in (start, end))
        rows.append(made(f"F{at:03}", comparator, sum(daily[start : end + 1]), window=window))
    return rows
