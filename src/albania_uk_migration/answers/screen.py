"""A check as a screen: the answer first, then its parts, each under its name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..wording import day_in_words, display_width, first_upper, sentences, wrap
from .arithmetic import finding_in_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ..tables.cells import Row
    from .check import Check
    from .official import OfficialLine


# Lines longer than this are hard to read, however wide the screen.
_WIDEST = 90
# Names of parts go to their left if there is room for both.
_LABEL, _ROOM = 16, 60
# Without --notes we show this many things said elsewhere, and this many sentences of our note.
_ELSEWHERE, _SENTENCES = 1, 2


def screen(check: Check, width: int, notes: bool) -> list[str]:
    """The lines of a check, none wider than `width`; web addresses stay whole."""
    width = min(width, _WIDEST)
    lines = [*wrap(check.answer, width), ""]
    lines += wrap(_quoted(check), width)
    parts = [
        ("Checked here", _others(check)),
        ("Who said it", [check.said.words]),
        ("What it counts", [check.counted]),
        ("Period", [check.period]),
    ]
    for label, paragraphs in parts:
        lines += _part(label, paragraphs, width)
    lines += _official(check, width)
    lines += [*_beside(check, width), *([""] if width >= _ROOM else [])]
    for label, paragraphs in _rest(check, notes):
        lines += _part(label, paragraphs, width)
    return lines


def _quoted(check: Check) -> str:
    """The passage, in quotation marks that it does not contain."""
    quote = str(check.figure["quote"] or check.figure["exact"])
    opening, closing = ("‘", "’") if "“" in quote else ("“", "”")
    note = f" ({check.said.whose_words})" if check.said.whose_words else ""
    return f"{opening}{quote}{closing}{note}"


def _others(check: Check) -> list[str]:
    """Which number of a quotation is checked, where it has several."""
    if not check.in_the_same_words:
        return []
    others = ", ".join(check.in_the_same_words)
    return [f"“{check.figure['exact']}” alone. The others in these words: {others}."]


def _part(label: str, paragraphs: Sequence[str], width: int) -> list[str]:
    """A part of the screen with its name beside it or, if there is no room, above it."""
    texts = [text for text in paragraphs if text]
    if not texts:
        return []
    if width < _ROOM:
        return ["", label, *(line for text in texts for line in _indented(text, 2, width))]
    lines = [line for text in texts for line in wrap(text, width - _LABEL)]
    return [
        f"{label if number == 0 else '':<{_LABEL}}{line}".rstrip()
        for number, line in enumerate(lines)
    ]


def _indented(text: str, indent: int, width: int) -> list[str]:
    return [" " * indent + line for line in wrap(text, width - indent)]


# ---------------------------------------------------------------- official figures


def _official(check: Check, width: int) -> list[str]:
    if not check.official_lines:
        return []
    of = f" ({check.official_of})" if check.official_of else ""
    lines = ["", *wrap(f"Official figures{of}", width)]
    for line in check.official_lines:
        lines += _official_line(line, width)
    return lines


def _official_line(line: OfficialLine, width: int) -> list[str]:
    source = f"({line.source})" if line.source else ""
    texts = [f"{line.text} {source}".strip(), *([line.note] if line.note else [])]
    url = [f"    {line.url}"] if line.url else []
    if width < _ROOM:
        body = [part for text in texts for part in _indented(text, 4, width)]
        return [f"  {line.when}", *body, *url]
    indent = _LABEL + 6
    body = [part for text in texts for part in wrap(text, width - indent)]
    beside = [
        f"{f'  {line.when}' if number == 0 else '':<{indent}}{part}"
        for number, part in enumerate(body)
    ]
    return [*beside, *url]


# ---------------------------------------------------------------- other figures


def _beside(check: Check, width: int) -> list[str]:
    """What a claim needs, as arithmetic, the readings of a rank, and sums that it is part of."""
    lines: list[str] = []
    column = check.beside.column
    if column:
        lines += ["", "What the claim needs"]
        widest = max(display_width(number) for number, _ in column) + 2
        for number, what in column:
            texts = wrap(what, width - widest - 3)
            lines.append(f"{_right(number, widest)}   {texts[0]}")
            lines += [" " * (widest + 3) + text for text in texts[1:]]
        lines += [line for text in check.beside.about for line in _indented(text, 2, width)]
    texts = [reading.why for reading in check.beside.readings]
    texts += [finding_in_words(finding) for finding in check.beside.findings]
    if texts:
        lines += ["", "Compared with other figures"]
        lines += [line for text in texts for line in _indented(text, 2, width)]
    return lines


def _right(number: str, width: int) -> str:
    """A number at the right of its column, its sign at the left."""
    sign, _, digits = number.rpartition(" ")
    gap = width - display_width(sign) - display_width(digits)
    return f"{sign}{' ' * gap}{digits}"


# ---------------------------------------------------------------- the rest


def _rest(check: Check, notes: bool) -> Iterator[tuple[str, list[str]]]:
    """What was said elsewhere, how the claim is read, what is assumed, how to cite it."""
    later = [row for row in check.said_elsewhere if row["relation"] not in ("before", "same_day")]
    same_day = [row for row in check.said_elsewhere if row["relation"] == "same_day"]
    earlier = [row for row in check.said_elsewhere if row["relation"] == "before"]
    counted = bool(check.official_lines)
    shown = later if notes else _most_telling(later, _ELSEWHERE, counted)
    yield "The same day", [_follow_up(row) for row in same_day]
    yield "Later", [_follow_up(row) for row in shown]
    before = earlier if notes else _most_telling(earlier, 0 if later else _ELSEWHERE, counted)
    yield "Earlier", [_follow_up(row) for row in before]
    reading = sentences(check.reading)
    yield "How we read it", [" ".join(reading if notes else reading[:_SENTENCES])]
    if notes:
        yield "We assume", [f"{text}." for text in check.assumptions]
        if check.official is not None:
            yield "In full", [check.official.explanation]
    yield "How to cite", [check.footnote]
    left = len(check.said_elsewhere) - len(shown) - len(before) - len(same_day)
    if not notes:
        more = f"{left} more {'report' if left == 1 else 'reports'}, " if left else ""
        told = f"{more}every release and what we assume: check {check.figure_id} --notes"
        yield "More", [first_upper(told)]


def _most_telling(rows: list[Row], number: int, counted: bool) -> list[Row]:
    """Some of what was said: an office's words first; its statistics last if they appear above."""

    def order(row: Row) -> tuple[bool, bool, bool]:
        statistics = row["seen_as"] == "cells read in the published data"
        return statistics and counted, row["licence"] is None, row["date"] is None

    ordered = sorted(rows, key=order)
    return [row for row in rows if row in ordered[:number]]


def _follow_up(row: Row) -> str:
    day = "Day not known" if row["date"] is None else day_in_words(row["date"])
    address = f" {row['address']}" if row["address"] else ""
    source = "" if _named_in(row) else f", {row['source']}"
    return f"{day}{source}: {row['what']}{address}"


def _named_in(row: Row) -> bool:
    """Whether what was said names its source itself."""
    return re.split("[,;(]", row["source"])[0].strip() in row["what"]
