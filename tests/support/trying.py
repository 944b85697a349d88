"""How many examples hypothesis tries: the same ones each time, so that a failure can be repeated.

`full`, which CI takes, tries all of them; `quick`, for people, a quarter. Elsewhere too:
`HYPOTHESIS_PROFILE=full uv run pytest`.
"""

from __future__ import annotations

import os
from typing import Any

from hypothesis import settings

_FULL, _QUICK = 200, 50

settings.register_profile("full", derandomize=True, deadline=None, max_examples=_FULL)
settings.register_profile("quick", derandomize=True, deadline=None, max_examples=_QUICK)
PROFILE = os.environ.get("HYPOTHESIS_PROFILE") or ("full" if os.environ.get("CI") else "quick")
settings.load_profile(PROFILE)


def share(most: int) -> int:
    """A number of tries in the profile taken, of so many in the full one."""
    return max(1, most * settings.get_profile(PROFILE).max_examples // _FULL)


def examples(most: int, **more: Any) -> settings:
    """Settings for a law that takes longer than most, or needs more examples."""
    return settings(max_examples=share(most), **more)
