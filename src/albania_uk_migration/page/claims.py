"""Claim by claim: each claim above the official figure it is checked against, on one axis."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from ..answers.charts import CLAIM
from ..wording import first_upper
from .markup import Node, el, link
from .scale import Scale, scale_for
from .tracks import axis, track

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..answers.charts import Mark
    from .words import Words

# A table of more rows is cut, and says so.
MOST_ROWS = 60


def tables(marks: Sequence[Mark], about: dict[str, str], words: Words) -> list[Node | None]:
    """One table for each count and its parts."""
    found: list[Node | None] = []
    for title, group in groupby(marks, key=lambda mark: mark.group):
        claims = [
            (one, next((m for m in rest if m.kind != CLAIM), None))
            for one, *rest in _by_claim(list(group))
        ]
        found += _table(title, claims, about, words)
    return found


def _by_claim(marks: Sequence[Mark]) -> list[list[Mark]]:
    """Marks in lists, each a claim and what it is checked against."""
    listed: list[list[Mark]] = []
    for mark in marks:
        if mark.kind == CLAIM:
            listed.append([])
        listed[-1].append(mark)
    return listed


def _table(
    title: str, claims: Sequence[tuple[Mark, Mark | None]], about: dict[str, str], words: Words
) -> list[Node | None]:
    shown = claims[:MOST_ROWS]
    scale = scale_for(end for pair in shown for mark in pair if mark for end in mark.ends)
    heads = (
        el("th", "Said", scope="col"),
        el(
            "th",
            el("span", "On one axis", class_="hidden"),
            el("div", axis(scale), class_="on-axis"),
            scope="col",
        ),
        el("th", "Counted", scope="col"),
    )
    rows = (_row(claim, official, scale, title, about, words) for claim, official in shown)
    more = len(claims) - len(shown)
    return [
        el("h3", title),
        el(
            "table",
            el("thead", el("tr", heads)),
            el("tbody", rows),
            class_="claims",
        ),
        el("p", f"{more:,} more claims are under All figures.", class_="small") if more else None,
    ]


def _row(
    claim: Mark,
    official: Mark | None,
    scale: Scale,
    title: str,
    about: dict[str, str],
    words: Words,
) -> Node:
    lanes = [[claim], [official] if official else []]
    # What a claim counts is said only as far as the title does not say it.
    counted = ": ".join(part for part in claim.counted.split(": ") if part not in title)
    said = el(
        "td",
        el("a", claim.words, href=f"#{claim.figure_id}", class_="number claim"),
        el("p", ", ".join(filter(None, (claim.who, claim.said))), class_="who"),
        el("p", counted, class_="small") if counted else None,
        el("p", first_upper(words.plain(claim.period)), class_="small"),
        el("p", claim.note, class_="small") if claim.note else None,
    )
    if official is None:
        found = el("td", el("p", "No official figure that we have", class_="who"))
    else:
        found = el(
            "td",
            el("p", official.words, class_="number official"),
            el("p", official.condition, class_="small") if official.condition else None,
            el("p", link(official.url, f"{official.who}, {official.said}"), class_="who"),
            el("p", first_upper(official.when), class_="small") if official.when else None,
            el("p", first_upper(official.difference), class_="difference"),
            el("p", f"{words.plain(official.note)}.", class_="small") if official.note else None,
        )
    return el("tr", said, el("td", el("div", track(lanes, scale, about), class_="on-axis")), found)
