"""What changed between releases of these tables, with the reasons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..errors import UnknownNameError
from ..rules.releases import VERSION, version_parts
from ..tables.access import load
from ..tables.package import shipped

if TYPE_CHECKING:
    import pandas

    from ..tables.cells import Row
    from ..tables.package import Package


def changes_since(package: Package, since: str | None) -> list[Row]:
    """The rows of release_changes after a release; see release_changes."""
    rows = package.rows("release_changes")
    if since is None:
        return rows
    present = package.descriptor["version"]
    known = dict.fromkeys([*(row["version"] for row in rows if row["version"]), present])
    if not isinstance(since, str) or not VERSION.fullmatch(since):
        raise UnknownNameError("version", since, known, f"write it as {present}")
    after = version_parts(since)
    if after > version_parts(present):
        hint = f"these tables are version {present}; install a later release to see later changes"
        raise UnknownNameError("version", since, known, hint)
    return [row for row in rows if not row["version"] or version_parts(row["version"]) > after]


def release_changes(since: str | None = None) -> pandas.DataFrame:
    """What changed between releases: rows, cells, columns and tables, each with the reason.

    There is one row per change, as in data/release_changes.csv: `change_id`; `version` and
    `released` (its release and the day; missing if it is not yet released), `table`, `id` and
    `column` (where; a missing id and column mean the whole table, a missing id the column itself),
    `change` (added, removed, changed), `kind` (correction: we were wrong; update: something
    happened; ...), `old`, `new` and `reason`. The first release has no changes.

    With `since` ("0.1.0") you get only the changes of later releases, to check work that used that
    one. Raises UnknownNameError for a version that does not exist or is later than these tables,
    and DataFileError for a data file that is missing or altered.

    >>> list(release_changes().columns)[:6]
    ['change_id', 'version', 'released', 'table', 'id', 'column']
    """
    later = {row["change_id"] for row in changes_since(shipped(), since)}
    changes = load("release_changes")
    return changes[changes["change_id"].isin(later)].reset_index(drop=True)
