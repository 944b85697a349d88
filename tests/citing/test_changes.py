"""What changed since a release."""

from __future__ import annotations

from typing import Any

import pytest

from albania_uk_migration import UnknownNameError, release_changes
from albania_uk_migration.citing.changes import changes_since
from albania_uk_migration.cli import main as cli
from albania_uk_migration.tables.package import shipped

from ..support.altered_tables import text_rows
from ..support.changes import _changes


def test_the_first_release_has_no_changes() -> None:
    frame = release_changes()
    assert list(frame.columns) == list(shipped().types("release_changes"))
    assert len(frame) == len(text_rows("release_changes"))
    assert frame["released"].dtype.kind == "M"


def test_changes_since_a_release_are_those_of_later_ones(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = _changes(
        {"version": "0.2.0"}, {"version": "0.9.0"}, {"version": "0.10.0"}, {"version": None}
    )
    package = shipped().with_rows({"release_changes": rows})
    package.descriptor = {**package.descriptor, "version": "0.10.0"}
    for since, expected in (
        (None, ["C001", "C002", "C003", "C004"]),
        ("0.1.0", ["C001", "C002", "C003", "C004"]),
        ("0.2.0", ["C002", "C003", "C004"]),
        ("0.9.5", ["C003", "C004"]),
        ("0.10.0", ["C004"]),
    ):
        assert [row["change_id"] for row in changes_since(package, since)] == expected
    monkeypatch.setattr(cli, "shipped", lambda: package)
    assert cli.main(["release-changes", "--since", "0.9.0", "--format", "csv"]) == 0
    out = capsys.readouterr().out
    assert '"C003","0.10.0"' in out
    assert "C002" not in out


@pytest.mark.parametrize(
    ("since", "said"),
    [
        ("99.0.0", "These tables are version"),
        ("1", "Write it as"),
        ("v0.1.0", "Write it as"),
        ("0.1.0\n", "Write it as"),
        ("-1.0.0", "Write it as"),
        (0.1, "Write it as"),
    ],
)
def test_a_version_that_is_none_is_refused(since: Any, said: str) -> None:
    with pytest.raises(UnknownNameError, match=said):
        release_changes(since)
