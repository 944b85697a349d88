"""Figures that do not sit easily together, and pairs that only look as if they disagreed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..answers.charts import decisive_line
from ..answers.saying import who_and_when
from ..wording import first_upper
from .markup import Node, el
from .parts import column, folded, follow_up, words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ..answers.check import Check
    from ..comparing.apparent import Apparent
    from ..comparing.disagreeing import Disagreement, Quotation
    from ..tables.cells import Row
    from ..tables.package import Package
    from .words import Words

_KIND = {
    "contradicts": "Cannot all be true",
    "strained": "Fits only with a jump",
    "depends_on_reading": "Depends on how it is read",
}
# A section of more findings is cut, and says so.
MOST = 20


def cards(
    package: Package, found: Sequence[Disagreement], words: Words, explained: str
) -> list[Node]:
    """Each finding with its quotations side by side, why, the arithmetic and what is assumed.

    That of the claim that is explained at the top leads there for the arithmetic.
    """
    rows = {str(row["figure_id"]): row for row in package.rows("figures")}
    ordered = sorted(found, key=lambda one: list(_KIND).index(one.finding.verdict))
    listed = [
        _card(package, one, rows, words, explained in one.finding.figures) for one in ordered[:MOST]
    ]
    if not found:
        listed = [el("p", "We found no figures here that disagree.")]
    if len(found) > MOST:
        more = f"{len(found) - MOST:,} more: albania-uk-migration disagreements lists them all."
        listed.append(el("p", more, class_="small"))
    return listed


def _card(
    package: Package, one: Disagreement, rows: dict[str, Row], words: Words, above: bool
) -> Node:
    quotations = [quotation for quotation in one.quotations if quotation.figure_id in rows]
    claimed = [rows[one.figure_id]["exact"] for one in one.claimed if one.figure_id in rows]
    title = ", ".join(f"“{exact}”" for exact in dict.fromkeys(claimed))
    later = _said_later(package, one, words)
    rest: list[Node | list[Node] | None] = [
        column(one.column, words),
        [el("p", words.plain(why)) for why in one.why],
        folded(
            "What is assumed", (f"{words.plain(text)}." for text in (*one.assumptions, *one.rules))
        ),
        later,
    ]
    if above:
        told = "The arithmetic, what we assume and what was said later are "
        rest = [el("p", told, el("a", "at the top of the page", href="#claim"), ".")]
    answer = f"{words.plain(one.headline)}." + (
        " What was published later is below." if later else ""
    )
    return el(
        "section",
        el("p", _KIND[one.finding.verdict], class_="tag"),
        el("h3", title) if title else None,
        el("p", f"{words.plain(one.headline)}." if above else answer, class_="answer"),
        _quotations(package, quotations, rows),
        rest,
        class_="card",
    )


def _quotations(
    package: Package,
    quotations: Sequence[Quotation],
    rows: dict[str, Row],
    counted: dict[str, str] | None = None,
) -> Node:
    """Quotations side by side; `counted` has the official figure of each, where there is one."""
    return el(
        "div",
        (
            _quotation(package, one, rows[one.figure_id], (counted or {}).get(one.figure_id))
            for one in quotations
            if one.figure_id in rows
        ),
        class_="quotations",
    )


def _quotation(package: Package, quotation: Quotation, row: Row, counted: str | None) -> Node:
    said = ", ".join(filter(None, who_and_when(package, row)))
    return el(
        "blockquote",
        el("p", words_of(row), class_="passage"),
        el(
            "p",
            said,
            f"; {quotation.whose_words}" if quotation.whose_words else None,
            " ",
            el("a", quotation.figure_id, href=f"#{quotation.figure_id}", class_="id"),
            class_="who",
        ),
        el("p", counted, class_="small official") if counted else None,
    )


def _said_later(package: Package, one: Disagreement, words: Words) -> Node | None:
    """What was said later about the claim in question, by day."""
    claimed = {quotation.figure_id for quotation in one.claimed}
    rows = [
        row
        for row in package.rows("follow_ups")
        if row["figure_id"] in claimed and row["relation"] == "after" and row["date"] is not None
    ]
    listed = sorted(rows, key=lambda row: row["date"])
    if not listed:
        return None
    return el(
        "div", el("h4", "Said or published later"), el("ul", (follow_up(r, words) for r in listed))
    )


# What may be done with two figures that look contradictory, by their verdict.
_MAY = {"not_comparable": "Do not compare", "cannot_tell": "Do not compare"}


def look_alikes(
    package: Package, pairs: Iterable[Apparent], checks: Sequence[Check], words: Words
) -> list[Node]:
    """Pairs that look contradictory and are not, each with the reason and the official figures."""
    rows = {str(row["figure_id"]): row for row in package.rows("figures")}
    counted = {
        check.figure_id: f"Counted: {line.text} ({line.source})"
        for check in checks
        if (line := decisive_line(check)) is not None
    }
    return [
        el(
            "section",
            el("p", _MAY.get(pair.verdict, "Both can be true"), class_="tag"),
            el("h4", first_upper(pair.headline)),
            _quotations(package, pair.quotations, rows, counted),
            el("p", words.plain(pair.difference)),
            class_="card pair",
        )
        for pair in pairs
    ]
