"""The reader on labelled sentences: how many quantities it finds, and how many are right."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import pytest

from albania_uk_migration import Quantity, find_quantities

LABELLED = Path(__file__).with_name("labelled.txt")
# Of all labelled quantities at least this share is found with span, value and bounds right, and
# of all found at least this share is labelled so.
FLOOR = 0.97


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


def _near(found: Decimal | None, labelled: float | None) -> bool:
    if found is None or labelled is None:
        return found is None and labelled is None
    return abs(float(found) - labelled) <= 1e-6 * max(1.0, abs(labelled))


def is_right(found: Quantity, label: Label) -> bool:
    """Span, value and both bounds."""
    return (
        (found.start, found.end) == (label.start, label.end)
        and (found.kind == "vague") == label.vague
        and _near(found.value, label.value)
        and _near(found.lower, label.lower)
        and _near(found.upper, label.upper)
    )


def test_there_are_sentences_enough_of_every_kind() -> None:
    sentences = labelled()
    assert len(sentences) >= 300
    assert len({sentence for sentence, _ in sentences}) == len(sentences)
    assert sum(not labels for _, labels in sentences) >= 50
    kinds = {found.kind for sentence, _ in sentences for found in find_quantities(sentence)}
    assert kinds >= {"count", "percent", "money", "ratio", "rank", "ordinal", "range", "odds"}
    assert kinds >= {"multiple", "vague", "year", "fiscal_year", "date", "time", "phone", "name"}


def test_precision_and_recall(capsys: pytest.CaptureFixture[str]) -> None:
    of_labels = of_found = right = units = 0
    wrong = []
    for sentence, labels in labelled():
        found = [one for one in find_quantities(sentence) if one.is_quantity]
        matched = [(one, label) for label in labels for one in found if is_right(one, label)]
        of_labels, of_found, right = (
            of_labels + len(labels),
            of_found + len(found),
            right + len(matched),
        )
        units += sum(one.unit == label.unit for one, label in matched)
        missed = [sentence[a.start : a.end] for a in labels if a not in [b for _, b in matched]]
        extra = [one.text for one in found if one not in [a for a, _ in matched]]
        if missed or extra:
            wrong.append(f"  {sentence}\n    labelled {missed}, read {extra}")
    recall, precision = right / of_labels, right / of_found
    with capsys.disabled():
        print(
            f"\n{len(labelled())} sentences: {right} of {of_labels} labelled quantities found with "
            f"span, value and bounds right (recall {recall:.1%}); {of_found} found (precision "
            f"{precision:.1%}); unit right in {units / right:.1%}"
        )
    assert recall >= FLOOR, "\n".join(wrong)
    assert precision >= FLOOR, "\n".join(wrong)
    assert units / right >= FLOOR
