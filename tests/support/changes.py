"""Records of changes, made for tests."""

from __future__ import annotations

from typing import Any

from albania_uk_migration import __version__
from albania_uk_migration.tables.package import shipped


def _changes(*edits: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {
            **dict.fromkeys(field["name"] for field in shipped().fields("release_changes")),
            "change_id": f"C{number:03}",
            "version": __version__,
            "released": shipped().descriptor["created"][:10],
            "table": "figures",
            "id": "F012",
            "column": "value",
            "change": "changed",
            "kind": "correction",
            "old": "945",
            "new": "954",
            "reason": "Two digits were exchanged.",
            **edit,
        }
        for number, edit in enumerate(edits, start=1)
    ]
