"""One claim, explained: the claim furthest above what was counted, and the numbers around it."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from ..answers.charts import CLAIM, OFFICIAL, explained, one_claim
from ..comparing.headlines import per_day
from ..wording import from_to
from .markup import Node, el, link
from .parts import assumed, column, follow_ups, official_figures, passage, plain_words_of
from .scale import scale_for
from .tracks import axis, bar, track

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..answers.charts import Mark
    from ..answers.check import Check
    from ..tables.package import Package
    from .words import Words


def section(package: Package, checks: Sequence[Check], words: Words) -> list[Node | None]:
    """The claim with the largest ratio to its official count; says so if there is none."""
    check, marks = explained(checks), one_claim(package, checks)
    if check is None:
        return [
            el("h2", "One claim, explained"),
            el("p", "No claim in these tables has an official count to compare it with."),
        ]
    exact = str(check.figure["exact"])
    return [
        el("p", "One claim, explained", class_="eyebrow"),
        el("h2", f"“{exact}”: one claim and the numbers around it"),
        passage(check),
        el("p", words.plain(check.answer), class_="answer"),
        _axis(marks, {check.figure_id: plain_words_of(check.figure)}),
        *official_figures(check, words),
        *_arithmetic(check, words),
        *follow_ups(check, words),
        assumed(check, words),
        el(
            "p",
            "We chose this claim by a fixed rule: of all the claims here, it is the furthest above "
            "the official count it is checked against. Of claims that repeat one another, we take "
            "the one in the speaker's own words.",
            class_="small",
        ),
    ]


def _axis(marks: Sequence[Mark], about: dict[str, str]) -> Node:
    """The claim, what was said later and the count, on one axis."""
    scale = scale_for(end for mark in marks for end in mark.ends)
    rows = [_row(mark, marks) for mark in marks]
    tracks = [
        bar(mark.parts, scale, f"{mark.words}: {mark.period}", "official")
        if mark.kind == OFFICIAL and mark.parts
        else track([[mark]], scale, about)
        for mark in marks
    ]
    lines = [
        el("div", row, el("div", drawn, class_="on-axis"), class_="axis-row")
        for row, drawn in zip(rows, tracks, strict=True)
    ]
    foot = el(
        "div",
        el("div", class_="axis-words"),
        el("div", axis(scale), class_="on-axis"),
        class_="axis-row foot",
    )
    return el("div", lines, foot, class_="figure one")


def _row(mark: Mark, marks: Sequence[Mark]) -> Node:
    """The words beside a line of the axis: the number, who gave it and when, and for what."""
    who = f"{mark.who}, {mark.said}"
    about = mark.period
    if mark.kind == CLAIM:
        about = f"{mark.period[:1].upper()}{mark.period[1:]}"
    elif mark.kind == OFFICIAL:
        claim = next((one for one in marks if one.kind == CLAIM), None)
        days = _days(mark)
        added = f": {' + '.join(f'{part:,}' for part in mark.parts)}" if mark.parts else ""
        about = f"Counted {days}{added}"
        if claim and _covers(mark, claim):
            about += "; a longer period than the claim can cover"
    return el(
        "div",
        el("p", mark.words, class_=f"number {mark.kind}"),
        el("p", link(mark.url, who) if mark.url else who, class_="who"),
        el("p", about, class_="small"),
        class_="axis-words",
    )


def _days(mark: Mark) -> str:
    if mark.first_day is None or mark.last_day is None:
        return ""
    return from_to(mark.first_day, mark.last_day)


def _covers(mark: Mark, claim: Mark) -> bool:
    """Whether an official count is for all the days of a claim and for others too."""
    if None in (mark.first_day, mark.last_day, claim.first_day, claim.last_day):
        return False
    wide, narrow = (mark.first_day, mark.last_day), (claim.first_day, claim.last_day)
    return wide != narrow and wide[0] <= narrow[0] and narrow[1] <= wide[1]  # type: ignore[operator]


# ---------------------------------------------------------------- the arithmetic


def _arithmetic(check: Check, words: Words) -> list[Node | None]:
    """What the claim needs of other figures, as a column, and two daily rates as bars."""
    needs = check.beside.needs
    if needs is None:
        return []
    neighbour = from_to(needs.neighbour_first, needs.neighbour_last)
    free = "on the days that are left"
    if needs.first_free is not None and needs.last_free is not None:
        free = from_to(needs.first_free, needs.last_free)
    scale = scale_for([Decimal(round(needs.rate))])
    bars = [
        el("p", el("b", f"At least {per_day(needs.rate)} a day"), f" needed {free}"),
        bar([int(needs.rate)], scale, f"At least {per_day(needs.rate)} a day", "needed"),
        el("p", el("b", f"{per_day(needs.neighbour_rate)} a day"), f" {neighbour}"),
        bar(
            [max(1, round(needs.neighbour_rate))],
            scale,
            f"{per_day(needs.neighbour_rate)} a day",
            "needed",
        ),
    ]
    return [
        el("h3", "What the claim needs"),
        el(
            "p",
            "Start with the lowest number that the claim allows. Subtract what other claims in "
            "these documents give for the other days. The rest must fall in the days that are "
            "left.",
        ),
        column(check.beside.column, words),
        el("div", bars, class_="bars"),
        *(el("p", words.plain(text), class_="small") for text in check.beside.about),
    ]
