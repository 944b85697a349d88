"""A description that is broken is named."""

from __future__ import annotations

import json

import pytest

from albania_uk_migration import DataFileError
from albania_uk_migration.tables.package import Package

from ..support.altered_tables import DESCRIPTOR


def test_a_missing_file_and_a_broken_descriptor_are_named() -> None:
    def read(path: str) -> bytes:
        if path == "datapackage.json":
            return b'{"resources": [\n oops'
        raise AssertionError

    with pytest.raises(DataFileError, match=r"datapackage\.json, line 2"):
        Package(read)


@pytest.mark.parametrize(
    "descriptor",
    [{}, [], {"resources": [{}]}, {"resources": 5}, None, {"resources": [{"name": "figures"}]}],
)
def test_a_descriptor_that_describes_no_tables_is_refused(descriptor: object) -> None:
    with pytest.raises(DataFileError, match=r"datapackage\.json"):
        Package(lambda _: json.dumps(descriptor).encode())


def test_a_descriptor_that_lost_a_part_is_refused() -> None:
    for part in ("title", "path", "hash", "schema", "rows", "summary"):
        lacking = json.loads(json.dumps(DESCRIPTOR))
        del lacking["resources"][4][part]
        with pytest.raises(DataFileError, match=part):
            Package(lambda _, lacking=lacking: json.dumps(lacking).encode())  # type: ignore[misc]
