"""Tables of as many figures as one likes, made from the shipped ones."""

from __future__ import annotations

from albania_uk_migration.tables.package import Package, shipped


def many_figures(number: int, text: str = "") -> Package:
    """A package of so many figures; `text` stands in each quotation, after a number of its own."""
    package = shipped()
    listed = package.rows("figures")
    rows = []
    for at in range(number):
        row = {**listed[at % len(listed)], "figure_id": f"F{at + 1:03}", "repeats": None}
        if at >= len(listed):
            value = value_at(at)
            row |= {"value": value, "lower": value, "upper": value, "comparator": "exactly"}
            row |= {"exact": f"{value:,}", "start_char": 0, "quote_start": 0, "quote_end": 1}
            row |= {"quote": f"{value:,} came by way {at}{text}", "period_exact": None}
            row |= {"statement_id": None, "note": None}
        rows.append(row)
    return package.with_rows({"figures": rows})


def value_at(at: int) -> int:
    """The number of a made figure: each has another one, in no order."""
    return at * 7_919 % 100_003
