"""What we know was said about a figure elsewhere, before or after."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..wording import day_in_words

if TYPE_CHECKING:
    from ..tables.package import Package

_RELATIONS = {"before": "earlier", "same_day": "the same day", "after": "later"}


def said_elsewhere(package: Package) -> dict[str, list[str]]:
    """What was said elsewhere, by figure, each with day, source and address."""
    texts: dict[str, list[str]] = {}
    for row in package.rows("follow_ups"):
        relation = _RELATIONS.get(str(row["relation"]))
        where = ", ".join(filter(None, (row["source"], row["address"], row["other_address"])))
        day = "day not known" if row["date"] is None else day_in_words(row["date"])
        when = ", ".join(filter(None, (day, relation)))
        texts.setdefault(str(row["figure_id"]), []).append(f"{when}: {row['what']} ({where})")
    return texts
