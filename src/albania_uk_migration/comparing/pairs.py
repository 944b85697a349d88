"""Check two counts: the same, one within another, a repeated claim, an ambiguous period."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

from ..claims.vocabulary import FLOW, Vocabulary
from ..claims.windows import Window, WindowIndex
from .compare import compared
from .findings import Arranged, Finding, Kind, in_unit, kind_of, not_made, when

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterator, Sequence

    from ..claims.claim import Claim


def _held_by(
    inside: Sequence[Claim], outside: Sequence[Claim], other_layer: bool
) -> Iterator[tuple[Claim, Claim]]:
    """For each inner claim, the tightest outer claim whose days include its own."""
    holders = []
    for claim in outside:
        stretch = claim.window.outer if claim.rounded.upper is None else claim.window.inner
        if stretch is not None:
            holders.append((*_days(stretch), claim))
    tightest: dict[tuple[int, int], Claim] = {}
    for start, end, claim in sorted(holders, key=_holding):
        tightest.setdefault((start, end), claim)
    # The index gives claims in this order, so the first that fits is the tightest.
    index = WindowIndex((*days, (days, claim)) for days, claim in tightest.items())
    for claim in inside:
        if claim.window.outer is None or not claim.rounded.bounded:
            continue
        first, last = _days(claim.window.outer)
        # We compare figures with certainly the same window as such.
        own = (first, last) if claim.window.certain and not other_layer else None
        for days, holder in index.meeting(first, first):
            if days[0] <= first and last <= days[1] and days != own and holder is not claim:
                yield claim, holder
                break


def _holding(holder: tuple[int, int, Claim]) -> tuple[Any, ...]:
    """How tightly a claim limits counts within its days: by upper limit, then by length."""
    start, end, claim = holder
    return claim.rounded.upper is None, claim.rounded.upper or 0, end - start, claim.name


def _days(stretch: tuple[datetime.date, datetime.date]) -> tuple[int, int]:
    return stretch[0].toordinal(), stretch[1].toordinal()


def _pairs(data: Arranged) -> Iterator[tuple[str, Claim, Claim]]:
    """Pairs of figures to compare: check, figure, and the figure it is compared with."""
    for claim in data.claims:
        if claim.first != claim.name and claim.first in data.by_name:
            yield "repeats", claim, data.by_name[claim.first]
    for (kind, _), alike in data.at.items():
        ranked = sorted(alike, key=_tightness)
        for claim in alike:
            other = next((c for c in ranked[:2] if c is not claim), None)
            if other is not None:
                one, two = sorted((claim, other), key=lambda c: c.name)
                yield "same_count", one, two
            for above in _kinds_above(kind, data):
                over = data.at.get((above, when(claim)))
                if over:
                    yield _check_of(kind, above), claim, min(over, key=_tightness)
    for kind, alike in data.by_kind.items():
        if alike[0].kind not in (FLOW, "change"):
            continue
        yield from (("from_one_start", *pair) for pair in _one_start(alike))
        yield from (("longer_window", *pair) for pair in _held_by(alike, alike, False))
        for above in _kinds_above(kind, data):
            for pair in _held_by(alike, data.by_kind[above], True):
                yield _check_of(kind, above), *pair


def _tightness(claim: Claim) -> tuple[Any, ...]:
    upper = claim.rounded.upper
    tied = (not claim.rounded.upper_open, not claim.rounded.bounded, claim.name)
    return (upper is None, upper or 0, *tied)


def _kinds_above(kind: Kind, data: Arranged) -> list[Kind]:
    """The kinds of figures that count everything that this one counts, and more."""
    if kind.base != Window():
        return []
    above = [kind._replace(layer=layer) for layer in data.words.above(kind.layer)]
    return [other for other in above if other != kind and other in data.by_kind]


def _check_of(kind: Kind, above: Kind) -> str:
    return "part_of_whole" if kind.layer[1] == above.layer[1] else "among_all"


def _one_start(alike: Sequence[Claim]) -> Iterator[tuple[Claim, Claim]]:
    """Counts from one certain day to ends that may be unknown, in order of their ends."""
    starts: dict[datetime.date, list[Claim]] = {}
    for claim in alike:
        start = claim.window.start
        if (
            start is not None
            and start == claim.window.start_latest
            and claim.window.end is not None
        ):
            starts.setdefault(start, []).append(claim)
    for together in starts.values():
        if all(claim.window.certain for claim in together):
            continue
        bounded = [claim for claim in together if claim.rounded.bounded]
        loose = [claim for claim in together if not claim.rounded.bounded]
        bounded.sort(key=lambda claim: (claim.window.end, claim.name))
        yield from itertools.pairwise(bounded)
        for claim in loose:
            if bounded:
                yield bounded[-1], claim


def pair_findings(data: Arranged) -> Iterator[Finding]:
    """Compare figures in pairs, each pair once, under the first check that generates it."""
    done = set()
    for check, one, other in _pairs(data):
        pair = frozenset((one.name, other.name))
        if len(pair) < 2 or pair in done:
            continue
        done.add(pair)
        yield _compared(check, one, other, data.words)
    for claim, others, number in _ambiguous(data):
        for other in others:
            pair = frozenset((claim.name, other.name))
            if pair in done:
                continue
            done.add(pair)
            finding = _compared("reading", claim, other, data.words)
            if finding.verdict == "depends_on_reading":
                yield finding
        if number > len(others):
            why = f"{number:,} figures overlap it, and only {len(others)} were tried"
            yield not_made(data, "reading", claim, why)


def _compared(check: str, one: Claim, other: Claim, words: Vocabulary) -> Finding:
    found = compared(one, other, words)
    same = check in ("same_count", "repeats", "reading", "from_one_start")
    expected = f"{other}: {in_unit(other.interval, other)}"
    if not same:
        expected = f"no more than {expected}"
    return Finding(
        check,
        (one.name, other.name),
        expected,
        f"{one}: {in_unit(one.interval, one)}",
        found.verdict,
        found.explanation,
        found.assumptions,
    )


# We compare an ambiguous figure with at most this many others that overlap it.
_MOST_READ = 20


def _ambiguous(data: Arranged) -> Iterator[tuple[Claim, list[Claim], int]]:
    """Figures whose words allow several periods, with those that count the same or include it."""
    below: dict[Kind, list[Kind]] = {}
    for kind in data.by_kind:
        for over in _kinds_above(kind, data):
            below.setdefault(over, []).append(kind)
    for claim in data.firsts:
        if claim.row["period_basis"] != "ambiguous" or claim.kind != FLOW:
            continue
        kind = kind_of(claim)
        others = [
            other
            for over in (kind, *_kinds_above(kind, data), *below.get(kind, ()))
            for other in data.meeting(over, claim.window)
            if other.name != claim.name and other.rounded.bounded
        ]
        yield claim, others[:_MOST_READ], len(others)
