"""What parsers of citation styles read."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from albania_uk_migration import table_names
from albania_uk_migration.tables.cells import label
from albania_uk_migration.tables.package import shipped

from .altered_tables import ROOT

IDENTIFIERS = [
    pytest.param(label(row, shipped().key(table)), table, id=f"{table}-{number}")
    for table in table_names()
    for number, row in enumerate(shipped().rows(table))
    if number in (0, 1, 7)
]


def _cff() -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    return content
