"""What tests of other people's programs need: CLIENTS is set, and their environments are there.

"available" skips a test whose programs are not there, "required" fails it.
"""

from __future__ import annotations

import os

import pytest

from .environments import why_absent

MARKS = [
    pytest.mark.clients,
    pytest.mark.once,
    pytest.mark.skipif(
        os.environ.get("CLIENTS") not in ("available", "required"),
        reason="other people's programs are tried where CLIENTS is set: see CONTRIBUTING.md",
    ),
]


def need(environment: str) -> None:
    """Skip a test, or fail it, and say why an environment cannot be had."""
    reason = why_absent(environment)
    if reason and os.environ["CLIENTS"] == "required":
        pytest.fail(f"clients are required here: {reason}", pytrace=False)
    if reason:
        pytest.skip(reason)
