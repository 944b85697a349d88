"""Conflicts between figures, each reported once however many figures repeat it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from .solver import conflicts_of, feasible, reduced
from .systems import System

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from ..claims.claim import Bound, Claim
    from ..claims.vocabulary import Vocabulary


class Conflicting(NamedTuple):
    """Figures that cannot all be true, though the rest can without any one of them.

    `repeats` are further figures that say the same as one of these, each with the one it repeats.
    """

    names: tuple[str, ...]
    repeats: dict[str, str]

    def also(self, name: str) -> str:
        """The figures that say the same as one of these, in brackets; empty if there are none."""
        others = [other for other, first in self.repeats.items() if first == name]
        if not others:
            return ""
        return f" (also {', '.join(others)})"


def conflicts_once(
    bounds: Sequence[Bound], words: Vocabulary, most: int, claims: Mapping[str, Claim]
) -> list[Conflicting]:
    """At most `most` irreducible sets of figures that cannot all be true; none if all can.

    Figures that repeat one another, or set the same limits, count as one, so that we give each
    conflict once.
    """
    alike = _alike(bounds, claims)
    as_one = [bound._replace(name=alike[bound.name]) for bound in bounds]
    return [_of_figures(names, bounds, words, alike) for names in conflicts_of(as_one, words, most)]


def _alike(bounds: Sequence[Bound], claims: Mapping[str, Claim]) -> dict[str, str]:
    """For each name, the first one that it repeats or that sets the same limits, or itself."""
    limits: dict[str, list[tuple[object, ...]]] = {}
    for bound in bounds:
        limits.setdefault(bound.name, []).append(bound[1:])
    seen: dict[object, str] = {}
    alike = {}
    for name in sorted(limits):
        claimed = claims[name].first if name in claims else name
        same = frozenset(limits[name])
        alike[name] = seen.get(claimed) or seen.get(same) or name
        seen[claimed] = seen[same] = alike[name]
    return alike


def _of_figures(
    found: Collection[str], bounds: Sequence[Bound], words: Vocabulary, alike: Mapping[str, str]
) -> Conflicting:
    """A conflict between claims as one between figures: the first of those that agree."""
    every = sorted((name for name in alike if alike[name] in found), reverse=True)

    def conflicting(names: Collection[str]) -> bool:
        return not feasible(System([b for b in bounds if b.name in names], words))

    names = sorted(reduced(every, conflicting))
    by_claim = {alike[name]: name for name in reversed(names)}
    repeats = {
        name: by_claim[alike[name]]
        for name in reversed(every)
        if name not in names
        and alike[name] in by_claim
        and conflicting({*names, name} - {by_claim[alike[name]]})
    }
    return Conflicting(tuple(names), repeats)
