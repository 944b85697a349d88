"""The reader on labelled sentences: how many quantities it finds, and how many are right."""

from __future__ import annotations

from decimal import Decimal

import pytest

from albania_uk_migration import Quantity, find_quantities

from ..support.labelled import Label, labelled

# Of all labelled quantities at least this share is found with span, value and bounds right, and
# of all found at least this share is labelled so.
FLOOR = 0.97


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
