"""Rules on the record of changes: each made to object."""

from __future__ import annotations

from typing import Any

import pytest

from albania_uk_migration import ValidationError, validate

from ..support.changes import _changes


@pytest.mark.parametrize(
    ("edit", "rule", "columns"),
    [
        ({"old": "954"}, "changes_say_what_was_there", {"old", "new"}),
        ({"kind": "withdrawal"}, "changes_say_what_was_there", {"old"}),
        ({"change": "added", "old": None}, "changes_say_what_was_there", {"column", "change"}),
        (
            {"change": "added", "column": None, "new": None},
            "changes_say_what_was_there",
            {"old", "change"},
        ),
        (
            {"change": "removed", "column": None, "old": None},
            "changes_say_what_was_there",
            {"new", "change"},
        ),
        ({"column": None}, "changes_say_what_was_there", {"column", "change"}),
        ({"table": None}, "changes_say_what_was_there", {"table", "id", "column"}),
        ({"table": "nonsense"}, "changes_say_what_was_there", {"table"}),
        ({"reason": None}, "released_changes_are_explained", {"reason", "version"}),
        ({"kind": None}, "released_changes_are_explained", {"kind", "version"}),
        ({"released": None}, "released_changes_are_explained", {"released", "version"}),
        ({"version": None}, "released_changes_are_explained", {"version", "released"}),
        ({"version": "99.0.0"}, "released_changes_are_explained", {"version"}),
        ({"released": "2031-01-01"}, "released_changes_are_explained", {"version", "released"}),
        ({"released": "2020-01-01"}, "released_changes_are_explained", {"version", "released"}),
        ({"version": "0.1"}, "cells_keep_their_constraints", {"version"}),
        ({"kind": "mistake"}, "cells_keep_their_constraints", {"kind"}),
        ({"reason": "=1+1"}, "no_cell_is_a_formula", {"reason"}),
    ],
)
def test_a_record_that_breaks_a_rule_is_refused(
    edit: dict[str, Any], rule: str, columns: set[str]
) -> None:
    assert len(validate(_changes({}), "release_changes")) == 1
    with pytest.raises(ValidationError) as caught:
        validate(_changes(edit), "release_changes")
    assert {fault["rule"] for fault in caught.value.faults} == {rule}
    assert {fault["column"] for fault in caught.value.faults} == columns


def test_days_follow_the_order_of_versions() -> None:
    first = {"version": "0.0.1", "released": "2020-01-01"}
    same = _changes(first, {"version": "0.0.1", "released": "2020-01-02", "id": "F013"})
    with pytest.raises(ValidationError, match="is given two days"):
        validate(same, "release_changes")
    earlier = _changes(
        {"version": "0.0.2", "released": "2026-11-22"},
        {"version": "0.0.10", "released": "2026-11-20"},
    )
    with pytest.raises(ValidationError, match=r"0\.0\.10 is of 2026-11-20, an earlier version"):
        validate(earlier, "release_changes")
    sound = _changes(
        {"version": "0.0.2"}, {"version": "0.0.10"}, {"version": "0.0.2", "id": "F013"}
    )
    assert len(validate(sound, "release_changes")) == 3


def test_a_cell_is_told_of_once_in_a_release_and_a_column_once_a_property() -> None:
    with pytest.raises(ValidationError, match="C001 already records it in the same release"):
        validate(_changes({}, {"new": "957"}), "release_changes")
    column = {"id": None, "old": "title: 1", "new": "title: 2"}
    other = {"id": None, "old": "description: 1", "new": "description: 2"}
    assert len(validate(_changes(column, other), "release_changes")) == 2
    with pytest.raises(ValidationError, match="C001 already records it"):
        validate(_changes(column, {**column, "new": "title: 3"}), "release_changes")


def test_a_table_that_was_removed_may_still_be_named() -> None:
    gone = {"table": "opinions", "id": None, "column": None, "change": "removed", "new": None}
    assert len(validate(_changes({"table": "opinions"}, gone), "release_changes")) == 2
