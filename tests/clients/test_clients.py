"""Programs and libraries of others open our files, and give the cells that `records()` gives.

Run where CLIENTS is set (needs.py). What they need, environments.py makes.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from .clients import CLIENTS, Client
from .needs import MARKS, need
from .reading import keep, read

pytestmark = MARKS


@pytest.mark.parametrize("client", CLIENTS, ids=lambda client: client.key)
def test_a_client_gives_every_cell_that_records_gives(
    client: Client, folder: Path, exported: Callable[..., Path]
) -> None:
    need(client.environment)
    result = read(client, *([exported(*client.export)] if client.export else []), folder)
    keep(client, result)
    assert result.version
    assert result.said == ([client.says] if client.says else [])
    if client.gives != "description":
        assert {*result.unread, *result.different} == {*client.fails}, result
