"""Check parts against wholes, and shares and changes against their counts."""

from __future__ import annotations

import itertools
from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple

from ..claims.claim import assumed_of_all
from ..claims.intervals import Interval
from ..claims.windows import Window, lies_in
from ..wording import lower_first, number_in_words
from .findings import (
    Arranged,
    Finding,
    beside,
    in_unit,
    judged,
    lacking,
    not_happened,
    not_made,
    summands,
    when,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ..claims.claim import Claim
    from ..claims.vocabulary import Layer


def parts_findings(data: Arranged) -> Iterator[Finding]:
    """The parts of every exhaustive split, added up and compared with their whole."""
    for measure in data.words.measures:
        for split, parts in data.words.partitions(measure).items():
            yield from _split_findings(data, measure, split, parts)


def _split_findings(
    data: Arranged, measure: str, split: str, parts: list[str]
) -> Iterator[Finding]:
    kinds = {
        kind._replace(layer=(measure, *kind.layer[1:])): None
        for kind in data.by_kind
        if kind.layer[0] in parts
    }
    for kind in kinds:
        by_part = [kind._replace(layer=(part, *kind.layer[1:])) for part in parts]
        times = {when(c): c for part in by_part for c in data.by_kind.get(part, ())}
        for time, some in times.items():
            wholes = data.at.get((kind, time), [])
            there = [data.at.get((part, time), []) for part in by_part]
            missing = [part for part, claims in zip(parts, there, strict=True) if not claims]
            if not wholes:
                missing.append(measure)
            if missing:
                known = [claim.name for claims in [*there, wholes] for claim in claims]
                titles = [lower_first(data.words.measure_title(part)) for part in parts]
                absent = [lower_first(data.words.measure_title(name)) for name in missing]
                yield Finding(
                    "parts_and_whole",
                    tuple(known),
                    f"{' + '.join(titles)} = {lower_first(data.words.measure_title(measure))}",
                    f"no {' and no '.join(absent)} for {some.window}",
                    "cannot_tell",
                    f"For {some.window} the figures give no {' and no '.join(absent)}, so the "
                    f"parts by {split.replace('_', ' ')} cannot be added up.",
                )
                continue
            for whole in wholes:
                own = [beside(claims, whole.row["document_id"]) for claims in there]
                for chosen in itertools.islice(itertools.product(*own), _MOST_SUMS):
                    yield _sum_finding(data, whole, chosen)


_MOST_SUMS = 100


def _sum_finding(data: Arranged, whole: Claim, parts: Sequence[Claim]) -> Finding:
    exact, rounded = Interval.exactly(0), Interval.exactly(0)
    for part in parts:
        exact, rounded = exact.plus(part.allowed), rounded.plus(part.rounded)
    verdict, said = judged(exact, whole)
    if verdict == "contradicts" and rounded.meets(whole.rounded):
        verdict, said = "agrees_within_rounding", "which is the same once rounded"
    return Finding(
        "parts_and_whole",
        (*(part.name for part in parts), whole.name),
        f"{' + '.join(str(part.interval) for part in parts)} = {exact}",
        f"{whole}: {whole.interval}",
        verdict,
        f"{summands(parts)} add up to {exact} for {whole.window}; {whole} says {whole.interval}, "
        f"{said}.",
        assumed_of_all((*parts, whole), data.words),
    )


class _Level(NamedTuple):
    """What figures give for a count over some days: an interval, its figures, and how."""

    interval: Interval
    claims: tuple[Claim, ...]
    told: str


def _levels(
    data: Arranged, layer: Layer, claim: Claim, window: Window, key: object
) -> list[_Level]:
    """What figures give for a count: stated for these days, or limited by the days around them."""
    kind = data.counts(layer)
    stated = data.at.get((kind, key), [])
    if stated:
        chosen = beside(stated, claim.row["document_id"])
        distinct = {level.rounded: level for level in reversed(chosen)}
        return [_Level(c.rounded, (c,), str(c)) for c in reversed(distinct.values())]
    if not window.certain:
        return []
    around = data.meeting(kind, window)
    within = [
        c for c in around if lies_in(c.window.outer, window.outer) and c.rounded.lower is not None
    ]
    holding = [
        c for c in around if lies_in(window.outer, c.window.inner) and c.rounded.upper is not None
    ]
    low = max(within, key=lambda c: c.rounded.lower or 0, default=None)
    high = min(holding, key=lambda c: c.rounded.upper or 0, default=None)
    if low is None and high is None:
        return []
    told = []
    if low is not None:
        told.append(
            f"at least {number_in_words(low.rounded.lower or Fraction(0))} ({low}, {low.window})"
        )
    if high is not None:
        told.append(
            f"at most {number_in_words(high.rounded.upper or Fraction(0))} ({high}, {high.window})"
        )
    interval = Interval(
        None if low is None else low.rounded.lower,
        None if high is None else high.rounded.upper,
        low is not None and low.rounded.lower_open,
        high is not None and high.rounded.upper_open,
    )
    return [_Level(interval, tuple(c for c in (low, high) if c is not None), " and ".join(told))]


def share_findings(data: Arranged) -> Iterator[Finding]:
    """Compare every share with its counts, and the shares of a whole with a hundred."""
    together: dict[tuple[Any, ...], list[Claim]] = {}
    for claim in data.firsts:
        if claim.kind != "share":
            continue
        measure = data.words.measures[claim.measure]
        if not claim.counted:
            yield not_made(data, "share", claim, not_happened(claim))
            continue
        if measure["of"] is None or measure["share_of"] is None:
            yield not_made(
                data, "share", claim, "its measure does not say which counts it is a share of"
            )
            continue
        _, population, area = claim.layer
        key = when(claim)
        together.setdefault((measure["share_of"], population, area, key), []).append(claim)
        part, whole = ((name, population, area) for name in (measure["of"], measure["share_of"]))
        parts, wholes = (_levels(data, layer, claim, claim.window, key) for layer in (part, whole))
        missing = [
            lacking(data, layer, claim.window)
            for layer, levels in ((part, parts), (whole, wholes))
            if not levels
        ]
        if missing:
            yield not_made(data, "share", claim, "; ".join(missing))
        for one, other in itertools.islice(itertools.product(parts, wholes), _MOST_SUMS):
            computed = _times(one.interval.per(other.interval), 100)
            yield _ratio_finding(data, "share", claim, one, other, computed, "as a share of")
    for (whole_name, *_), claims in together.items():
        yield from _hundred_findings(data, str(whole_name), claims)


def _times(interval: Interval, by: int, less: int = 0) -> Interval:
    """An interval, multiplied and then moved down."""
    return interval._replace(
        lower=None if interval.lower is None else interval.lower * by - less,
        upper=None if interval.upper is None else interval.upper * by - less,
    )


def _hundred_findings(data: Arranged, whole: str, claims: Sequence[Claim]) -> Iterator[Finding]:
    """The shares of all parts of a split over one window, added up."""
    for split, parts in data.words.partitions(whole).items():
        by_part = [
            [c for c in claims if data.words.measures[c.measure]["of"] == part] for part in parts
        ]
        if not all(by_part):
            continue
        for first in by_part[0]:
            others = [beside(claims, first.row["document_id"]) for claims in by_part[1:]]
            for rest in itertools.islice(itertools.product(*others), _MOST_SUMS):
                yield _hundred_finding(data, split, (first, *rest))


def _hundred_finding(data: Arranged, split: str, chosen: Sequence[Claim]) -> Finding:
    exact = rounded = Interval.exactly(0)
    for claim in chosen:
        exact, rounded = exact.plus(claim.interval), rounded.plus(claim.rounded)
    hundred = Interval.exactly(100)
    if not exact.bounded:
        verdict = "cannot_tell"
    elif exact == hundred:
        verdict = "equal"
    elif exact.meets(hundred):
        verdict = "compatible"
    else:
        verdict = "agrees_within_rounding" if rounded.meets(hundred) else "contradicts"
    return Finding(
        "shares_of_a_whole",
        tuple(claim.name for claim in chosen),
        "100%",
        f"{' + '.join(str(claim.interval) for claim in chosen)} = {exact}%",
        verdict,
        f"The shares by {split.replace('_', ' ')} for {chosen[0].window}, {summands(chosen)}, "
        f"add up to {exact}%.",
        assumed_of_all(chosen, data.words),
    )


def _ratio_finding(
    data: Arranged,
    check: str,
    claim: Claim,
    one: _Level,
    other: _Level,
    computed: Interval,
    link: str,
) -> Finding:
    """A share or change, compared with what two counts give."""
    verdict, said = judged(computed, claim)
    if not (one.interval.bounded and other.interval.bounded):
        verdict, said = "cannot_tell", "but one of these counts sets no limit"
    told = f"{one.told} {link} {other.told} is {in_unit(computed, claim)}"
    named = f"{claim} says {in_unit(claim.interval, claim)}, {said}"
    told = f"{told}; {named}."
    if check == "change" and None not in (claim.window.days, claim.base.days):
        days, base = claim.window.days or 0, claim.base.days or 0
        if abs(days - base) > 1:
            told += f" The periods differ in length: {days} days and {base} days."
    claims = (claim, *one.claims, *other.claims)
    return Finding(
        check,
        tuple(dict.fromkeys(c.name for c in claims)),
        in_unit(computed, claim),
        f"{claim}: {in_unit(claim.interval, claim)}",
        verdict,
        told,
        assumed_of_all(claims, data.words),
    )


def change_findings(data: Arranged) -> Iterator[Finding]:
    """Compare every change with the counts of its period and of its base period."""
    for claim in data.firsts:
        if claim.kind != "change":
            continue
        if not claim.counted:
            yield not_made(data, "change", claim, not_happened(claim))
            continue
        of = data.words.measures[claim.measure]["of"]
        layer = (str(of), *claim.layer[1:])
        unknown = [
            f"its {name} is not stated"
            for name, window in (("period", claim.window), ("base period", claim.base))
            if window.outer is None
        ]
        if unknown:
            yield not_made(data, "change", claim, " and ".join(unknown))
            continue
        levels = _levels(data, layer, claim, claim.window, when(claim))
        bases = _levels(data, layer, claim, claim.base, claim.base)
        unknown = [
            lacking(data, layer, window)
            for window, known in ((claim.window, levels), (claim.base, bases))
            if not known
        ]
        if unknown:
            yield not_made(data, "change", claim, "; ".join(unknown))
            continue
        for level, base in itertools.islice(itertools.product(levels, bases), _MOST_SUMS):
            computed = level.interval.per(base.interval)
            if claim.row["unit"] == "percent":
                computed = _times(computed, 100, 100)
            yield _ratio_finding(data, "change", claim, level, base, computed, "compared with")
