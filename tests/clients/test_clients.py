"""Programs and libraries of others open our files, and give the cells that `records()` gives.

Run where CLIENTS is set: "available" skips a client that is not there, "required" fails. What they
need, environments.py makes.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from .clients import CLIENTS, Client
from .environments import why_absent
from .reading import keep, read

pytestmark = [
    pytest.mark.clients,
    pytest.mark.once,
    pytest.mark.skipif(
        os.environ.get("CLIENTS") not in ("available", "required"),
        reason="other people's programs are tried where CLIENTS is set: see CONTRIBUTING.md",
    ),
]


@pytest.mark.parametrize("client", CLIENTS, ids=lambda client: client.key)
def test_a_client_gives_every_cell_that_records_gives(
    client: Client, folder: Path, exported: Callable[..., Path]
) -> None:
    reason = why_absent(client.environment)
    if reason and os.environ["CLIENTS"] == "required":
        pytest.fail(f"clients are required here: {reason}", pytrace=False)
    if reason:
        pytest.skip(reason)
    result = read(client, *([exported(*client.export)] if client.export else []), folder)
    keep(client, result)
    assert result.version
    assert result.said == ([client.says] if client.says else [])
    if client.gives != "description":
        assert {*result.unread, *result.different} == {*client.fails}, result
