"""What consistency() and implied() cost as figures grow, as ratios within one run.

    python benchmarks/comparing.py [NUMBER ...]     (from the top of the repository)

Figures are drawn from invented daily counts of four series (enforced and voluntary returns,
returns, small boat arrivals, each of Albanians): windows of 10 to 100 days of which some four
overlap on any day, a fifth of them hedged ("over", "nearly", "about"). The seed is fixed. For each
number of figures: seconds, the same by figure, and the growth against the number before it (1.0: in
proportion).

Last come the seconds of consistency() on 3,000 figures of which every window overlaps every other:
all begin before one day and end after it, nested and staggered. More than a minute is an error.
"""

from __future__ import annotations

import datetime
import random
import sys
import time
from decimal import Decimal
from typing import Any

import albania_uk_migration as aum

NUMBERS = (100, 1_000, 10_000)
FIRST = datetime.date(1950, 1, 1)
MEASURES = ("enforced_returns", "voluntary_returns", "returns", "small_boat_arrivals")
OVERLAPPING = 4
MOST_SECONDS = 60


def counted(days: int, draw: random.Random) -> dict[str, list[int]]:
    """Daily counts of each measure; returns are the sum of their parts."""
    daily = {name: [draw.randint(0, 9) for _ in range(days)] for name in MEASURES}
    daily["returns"] = [
        a + b for a, b in zip(daily["enforced_returns"], daily["voluntary_returns"], strict=True)
    ]
    return daily


def invented(number: int) -> list[dict[str, Any]]:
    """Rows of figures that agree with one another, since they are counted from the same days."""
    draw = random.Random(20221213)
    step = 55 // OVERLAPPING
    daily = counted(number // len(MEASURES) * step + 200, draw)
    rows = []
    for at in range(number):
        start = at // len(MEASURES) * step + draw.randrange(step)
        rows.append(figure(at, daily, start, start + draw.randint(9, 99), draw))
    return rows


def overlapping(number: int) -> list[dict[str, Any]]:
    """Rows of figures that agree, of windows that all hold one day: 1 to 3,000 days long."""
    draw = random.Random(20221213)
    half = 1_500
    daily = counted(2 * half, draw)
    return [
        figure(at, daily, draw.randrange(half), half + draw.randrange(half), draw)
        for at in range(number)
    ]


def figure(
    at: int, daily: dict[str, list[int]], start: int, end: int, draw: random.Random
) -> dict[str, Any]:
    """A row of the figures table, as far as comparing reads it: what some days count."""
    name, measure = f"F{at + 1:05d}", MEASURES[at % len(MEASURES)]
    count = sum(daily[measure][start : end + 1])
    comparator = draw.choice(["exactly"] * 12 + ["more_than", "less_than", "about"])
    value = {"more_than": count - count % 50 - 1, "less_than": count + 50}.get(comparator, count)
    value = max(0, value)
    first, last = FIRST + datetime.timedelta(start), FIRST + datetime.timedelta(end)
    return {
        "figure_id": name,
        "document_id": f"D{(at + 1) % 900:03d}",
        "exact": str(value),
        "measure": measure,
        "population": "albanian",
        "population_basis": "stated",
        "area": "GBR",
        "value": Decimal(value),
        "comparator": comparator,
        "lower": Decimal(value) if comparator in ("exactly", "more_than") else None,
        "upper": Decimal(value) if comparator in ("exactly", "less_than") else None,
        "unit": "persons",
        "period": f"{first}/{last}",
        "period_start": first,
        "period_end": last,
        "period_start_latest": first,
        "period_end_earliest": last,
        "period_basis": "stated",
        "status": "actual",
    }


def main() -> None:
    numbers = [int(text) for text in sys.argv[1:]] or list(NUMBERS)
    aum.consistency(["F011"])
    aum.implied("returns", "albanian", "2022-02", ["F011"])
    before: dict[str, tuple[int, float]] = {}
    for number in numbers:
        rows = invented(number)
        middle = FIRST + datetime.timedelta(number // len(MEASURES) * (55 // OVERLAPPING) // 2)
        period = (middle, middle + datetime.timedelta(45))
        for what in ("consistency()", "implied()"):
            start = time.perf_counter()
            if what == "consistency()":
                aum.consistency(rows)
            else:
                aum.implied("returns", "albanian", period, rows)
            seconds = time.perf_counter() - start
            growth = ""
            if what in before:
                fewer, took = before[what]
                growth = f"  {seconds / took / (number / fewer):5.2f} times in proportion"
            before[what] = number, seconds
            each = f"{seconds / number * 1e6:8.0f} µs each"
            print(f"{what:<14} {number:>7,} figures {seconds:8.2f} s {each}{growth}", flush=True)
    start = time.perf_counter()
    aum.consistency(overlapping(3_000))
    seconds = time.perf_counter() - start
    print(f"consistency()    3,000 figures {seconds:8.2f} s, every window overlapping every other")
    if seconds > MOST_SECONDS:
        sys.exit(f"consistency() took more than {MOST_SECONDS} s")


if __name__ == "__main__":
    main()
