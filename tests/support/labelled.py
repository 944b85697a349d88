"""Sentences with the quantities in them, labelled by hand: labelled.txt."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

LABELLED = Path(__file__).with_name("labelled.txt")


class Label(NamedTuple):
    """One quantity as a person labelled it."""

    start: int
    end: int
    value: float | None
    lower: float | None
    upper: float | None
    vague: bool
    unit: str


def _bounds(comparator: str, value: float) -> tuple[float | None, float | None]:
    """Written out here once more, so that the reader's own rule is no judge of itself."""
    return {
        "exactly": (value, value),
        "about": (None, None),
        "more_than": (value, None),
        "at_least": (value, None),
        "less_than": (None, value),
        "at_most": (None, value),
    }[comparator]


def _label(line: str, sentence: str, after: int) -> Label:
    words, comparator, *rest = (part.strip() for part in line.split(" | "))
    start = sentence.index(words, after)
    end = start + len(words)
    if comparator == "vague":
        return Label(start, end, None, None, None, True, "")
    number, unit = rest[0], rest[1] if len(rest) > 1 else ""
    if comparator == "between":
        low, high = number.split(" to ")
        return Label(start, end, None, float(low), float(high), False, unit)
    if comparator == "about" and " to " in number:
        return Label(start, end, None, None, None, False, unit)
    value = float(number)
    return Label(start, end, value, *_bounds(comparator, value), False, unit)


def labelled() -> list[tuple[str, list[Label]]]:
    """Each sentence with its labels."""
    read: list[tuple[str, list[Label]]] = []
    for line in LABELLED.read_text(encoding="utf-8").splitlines():
        if line.startswith("    "):
            sentence, labels = read[-1]
            labels.append(_label(line, sentence, labels[-1].end if labels else 0))
        elif line and not line.startswith("#"):
            read.append((line, []))
    return read
