"""Parts and wholes, shares, changes against their levels."""

from __future__ import annotations

from albania_uk_migration.comparing.consistency import all_findings
from albania_uk_migration.tables.package import shipped

from ..support.figures import made
from ..support.findings import of


def test_the_unequal_windows_of_the_fall_are_told() -> None:
    (told,) = [
        f.explanation
        for f in all_findings(shipped())
        if f.check == "change" and f.figures[0] == "F025"
    ]
    assert "333 days and 365 days" in told
    assert "a fall of 92.7%" in told


def test_the_doubling_names_the_figure_that_comes_near_without_being_one() -> None:
    (told,) = [
        f.explanation
        for f in all_findings(shipped())
        if f.check == "change" and f.figures[0] == "F043"
    ]
    assert 'F029 ("nearly 6,000") counts removals' in told


def test_each_documents_shares_are_added_up() -> None:
    shares = {"unit": "percent"}
    rows = [
        made("F1", value=51, measure="enforced_returns_share", **shares),
        made("F2", value=49, measure="voluntary_returns_share", **shares),
        made("F3", value=51, measure="enforced_returns_share", document_id="D901", **shares),
        made("F4", value=39, measure="voluntary_returns_share", document_id="D901", **shares),
    ]
    assert of("shares_of_a_whole", rows) == {
        ("F1", "F2"): "equal",
        ("F3", "F4"): "contradicts",
    }
