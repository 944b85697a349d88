"""Hypothesis settings: the same examples each time, so that a failure can be repeated."""

from hypothesis import settings

settings.register_profile("project", derandomize=True, deadline=None, max_examples=200)
settings.load_profile("project")
