"""One claim, explained: the claim furthest above what was counted, and the numbers around it."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from ..answers.charts import CLAIM, OFFICIAL, explained, one_claim
from ..wording import first_upper, from_to
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
            el(
                "p",
                "No claim here is above the official count that we checked it against.",
            ),
        ]
    exact = str(check.figure["exact"])
    return [
        el("p", "One claim, explained", class_="eyebrow"),
        el("h2", f"“{exact}”: one claim and the numbers around it"),
        passage(check),
        el("p", words.plain(check.answer), class_="answer"),
        _axis(marks, {check.figure_id: plain_words_of(package, check.figure)}),
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
        about = first_upper(mark.period)
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
        el("p", link(mark.url, who), class_="who"),
        el("p", about, class_="small"),
        class_="axis-words",
    )


def _days(mark: Mark) -> str:
    if mark.first_day is None or mark.last_day is None:
        return ""
    return from_to(mark.first_day, mark.last_day)


def _covers(mark: Mark, claim: Mark) -> bool:
    """Whether an official count is for all the days of a claim and for others too."""
    if mark.first_day is None or mark.last_day is None:
        return False
    if claim.first_day is None or claim.last_day is None:
        return False
    longer = (mark.first_day, mark.last_day) != (claim.first_day, claim.last_day)
    return longer and mark.first_day <= claim.first_day and claim.last_day <= mark.last_day


# ---------------------------------------------------------------- the arithmetic


def _arithmetic(check: Check, words: Words) -> list[Node | None]:
    """What the claim needs of other figures, as a column, and two daily rates as bars."""
    rates = check.beside.rates
    if not rates:
        return []
    scale = scale_for(Decimal(rate.number) for rate in rates)
    bars = [
        [
            el("p", el("b", first_upper(rate.words)), f" {said}{rate.days}"),
            bar([Decimal(rate.number)], scale, first_upper(f"{rate.words} {rate.days}"), "needed"),
        ]
        for rate, said in zip(rates, ("needed ", ""), strict=True)
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
