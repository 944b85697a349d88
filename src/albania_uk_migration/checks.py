"""Every check that the typed keys of the figures generate by themselves.

`consistency` runs all checks over all figures; none is listed by hand. A check that cannot be made
is a row that says why. `disagreements` tells what contradicts, strains, or depends on the reading.
Findings are about figures and their assumptions, never about persons.
"""

from __future__ import annotations

import bisect
import calendar
import datetime
import itertools
import math
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple

from .amounts import step
from .claims import (
    COUNTED,
    FLOW,
    JOINS,
    Claim,
    Layer,
    Vocabulary,
    claims_of,
    figure_rows,
    joined,
    taken_for_granted,
    vocabulary,
)
from .comparison import compared
from .errors import MissingExtraError
from .intervals import (
    Interval,
    Window,
    WindowIndex,
    change_in_words,
    days_in_words,
    number_in_words,
)
from .series import Series
from .strain import ALL, OVERLAPPING, THRESHOLD, Strain, neighbours, strainable, strains
from .systems import Bound, bounds_of, clusters, conflicts_of
from .tables import records

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    import pandas

    from .claims import _Figures
    from .tables import Row

    _Stretch = tuple[datetime.date, datetime.date] | None

CHECK_COLUMNS = {
    "check": "string",
    "figures": "string",
    "expected": "string",
    "found": "string",
    "verdict": "string",
    "explanation": "string",
    "assumptions": "string",
}
# The checks, in the order of their findings.
CHECKS = (
    *("repeats", "same_count", "part_of_whole", "among_all", "longer_window", "from_one_start"),
    *("reading", "parts_and_whole", "share", "shares_of_a_whole", "change", "rank", "strain"),
    *("together", "weekday"),
)
# Verdicts that disagreements are made of.
DISAGREEING = ("contradicts", "strained", "depends_on_reading")


class Finding(NamedTuple):
    """What one check finds: of which figures, what was expected and found, the verdict and why."""

    check: str
    figures: tuple[str, ...]
    expected: str
    found: str
    verdict: str
    explanation: str
    assumptions: tuple[str, ...] = ()

    def row(self) -> Row:
        """The finding as a row of `consistency`."""
        told = self._asdict()
        told |= {"figures": " ".join(self.figures), "assumptions": "; ".join(self.assumptions)}
        return {name: value or None for name, value in told.items()}


# ---------------------------------------------------------------- figures, arranged


class Kind(NamedTuple):
    """What figures must share to be counts of one thing.

    The layer, the base of a change, whether it has happened, and what a rank is among.
    """

    layer: Layer
    base: Window
    status: str
    among: str | None


class Arranged:
    """Figures by what they count and when. Those that repeat another stand for themselves only."""

    def __init__(self, rows: Iterable[Row], words: Vocabulary) -> None:
        self.words = words
        self.claims = claims_of(rows, words)
        self.by_name = {claim.name: claim for claim in self.claims}
        self.firsts = [
            claim
            for claim in self.claims
            if claim.first == claim.name or claim.first not in self.by_name
        ]
        self.repeating: dict[str, list[str]] = {}
        for claim in self.claims:
            if claim.first != claim.name:
                self.repeating.setdefault(claim.first, []).append(claim.name)
        self.by_kind: dict[Kind, list[Claim]] = {}
        self.at: dict[tuple[Kind, object], list[Claim]] = {}
        for claim in self.firsts:
            kind = kind_of(claim)
            self.by_kind.setdefault(kind, []).append(claim)
            self.at.setdefault((kind, when(claim)), []).append(claim)
        self._indexes: dict[Kind, WindowIndex] = {}
        # The kinds of counts, by what they would be taken for under some assumption.
        self.joinable: dict[Layer, list[Kind]] = {}
        for kind in self.by_kind:
            if kind.status == "counted" and kind.base == Window() and kind.among is None:
                for layer in {joined(kind.layer, [name]) for name in JOINS} - {kind.layer}:
                    self.joinable.setdefault(layer, []).append(kind)

    def counts(self, layer: Layer) -> Kind:
        """The kind of what has been counted in a layer."""
        return Kind(layer, Window(), "counted", None)

    def index(self, kind: Kind) -> WindowIndex:
        """The figures of a kind by their outermost days."""
        if kind not in self._indexes:
            self._indexes[kind] = WindowIndex(
                (claim.window.outer[0].toordinal(), claim.window.outer[1].toordinal(), claim)
                for claim in self.by_kind.get(kind, ())
                if claim.window.outer is not None
            )
        return self._indexes[kind]

    def meeting(self, kind: Kind, window: Window) -> list[Claim]:
        """The figures of a kind whose outermost windows share a day with a window."""
        if window.outer is None:
            return []
        first, last = window.outer
        return self.index(kind).meeting(first.toordinal(), last.toordinal())


def kind_of(claim: Claim) -> Kind:
    """What a figure must share with another for both to be counts of one thing."""
    status = "counted" if claim.counted else str(claim.row["status"])
    return Kind(claim.layer, claim.base, status, claim.row["rank_among"])


def when(claim: Claim) -> object:
    """Equal for figures that certainly mean the same days."""
    if claim.window.certain:
        return claim.window
    return claim.words or claim.name


def _beside(claims: Sequence[Claim], document: str) -> list[Claim]:
    """The figures of a document if it has any of them, else all."""
    return [claim for claim in claims if claim.row["document_id"] == document] or list(claims)


def _assumed(claims: Iterable[Claim]) -> tuple[str, ...]:
    told = (text for claim in claims for text in taken_for_granted(claim))
    return tuple(dict.fromkeys(told))


def _judged(computed: Interval, claim: Claim) -> tuple[str, str]:
    """Verdict of a figure held against what other figures give, and how that is said."""
    if not (computed.bounded and claim.rounded.bounded):
        return "cannot_tell", "one of them has no bound"
    if computed == claim.interval:
        return "equal", "which is the same"
    if computed.meets(claim.interval):
        return "compatible", "which it allows"
    if computed.meets(claim.rounded):
        return "agrees_within_rounding", "which is the same within half a printed step"
    return "contradicts", "which it does not allow"


def _in_unit(interval: Interval, claim: Claim) -> str:
    """An interval in the unit of a figure, for a reader."""
    if claim.kind == "change" and claim.row["unit"] == "percent":
        return change_in_words(interval)
    unit = {"percent": "%", "times": " times"}.get(str(claim.row["unit"]), "")
    if interval.lower is not None and interval.lower == interval.upper:
        return f"{number_in_words(interval.lower)}{unit}"
    return f"{interval}{unit}" if interval.bounded else str(interval)


# ---------------------------------------------------------------- two counts


class _Tightest:
    """The claims that hold a window, by the smallest upper bound: a tree over their last days.

    Each node keeps the two tightest claims of differing windows, so that it can be asked for one
    that is not of a claim's own window.
    """

    def __init__(self, ends: Sequence[int]) -> None:
        self.ends = sorted(set(ends), reverse=True)
        self.place = {end: at for at, end in enumerate(self.ends, start=1)}
        self.nodes: list[list[tuple[Any, ...]]] = [[] for _ in range(len(self.ends) + 1)]

    def add(self, start: int, end: int, claim: Claim) -> None:
        """Put in a claim that holds the days from start to end."""
        upper = claim.rounded.upper
        entry = (upper is None, upper or 0, end - start, claim.name, (start, end), claim)
        at = self.place[end]
        while at < len(self.nodes):
            node = self.nodes[at]
            node.append(entry)
            node.sort(key=_rank_of)
            kept: list[tuple[Any, ...]] = []
            for other in node:
                if len(kept) < 2 and all(other[4] != known[4] for known in kept):
                    kept.append(other)
            self.nodes[at] = kept
            at += at & -at

    def holding(self, end: int, but: tuple[int, int] | None, name: str) -> Claim | None:
        """The tightest claim put in that reaches a day, of another window and name than given."""
        at = bisect.bisect_right(self.ends, -end, key=lambda last: -last)
        best: tuple[Any, ...] | None = None
        while at:
            for entry in self.nodes[at]:
                if (
                    entry[4] != but
                    and entry[3] != name
                    and (best is None or _rank_of(entry) < _rank_of(best))
                ):
                    best = entry
            at -= at & -at
        return None if best is None else best[5]


def _rank_of(entry: tuple[Any, ...]) -> tuple[Any, ...]:
    return entry[:4]


def _days(stretch: tuple[datetime.date, datetime.date]) -> tuple[int, int]:
    return stretch[0].toordinal(), stretch[1].toordinal()


def _held_by(
    inside: Sequence[Claim], outside: Sequence[Claim], other_layer: bool
) -> Iterator[tuple[Claim, Claim]]:
    """For each claim inside, the tightest one outside whose window holds its own."""
    holders = []
    for claim in outside:
        stretch = claim.window.outer if claim.rounded.upper is None else claim.window.inner
        if stretch is not None:
            holders.append((*_days(stretch), claim))
    held = [
        (*_days(claim.window.outer), claim)
        for claim in inside
        if claim.window.outer and claim.rounded.bounded
    ]
    holders.sort(key=lambda item: item[0])
    held.sort(key=lambda item: item[0])
    tree = _Tightest([end for _, end, _ in holders])
    waiting = iter([*holders, (None, 0, None)])
    start, end, holder = next(waiting)
    for first, last, claim in held:
        while holder is not None and start is not None and start <= first:
            tree.add(start, end, holder)
            start, end, holder = next(waiting)
        # Figures that certainly have the same window are compared as such.
        own = claim.window.certain and not other_layer
        found = tree.holding(last, (first, last) if own else None, claim.name)
        if found is not None and found.name != claim.name:
            yield claim, found


def _pairs(data: Arranged) -> Iterator[tuple[str, Claim, Claim]]:
    """Pairs of figures to be compared: check, the one, and the one it is held against."""
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
    """The kinds of figures that count all that this one counts, and more."""
    if kind.base != Window():
        return []
    above = [kind._replace(layer=layer) for layer in data.words.above(kind.layer)]
    return [other for other in above if other != kind and other in data.by_kind]


def _check_of(kind: Kind, above: Kind) -> str:
    return "part_of_whole" if kind.layer[1] == above.layer[1] else "among_all"


def _one_start(alike: Sequence[Claim]) -> Iterator[tuple[Claim, Claim]]:
    """Counts from one certain day to days of which some are not known, in order of their ends."""
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


def _pair_findings(data: Arranged) -> Iterator[Finding]:
    """Figures set side by side, each pair once, under the first check that generates it."""
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
            why = f"{number:,} figures overlap it, of which {len(others)} were tried"
            yield _not_made("reading", claim, why)


def _compared(check: str, one: Claim, other: Claim, words: Vocabulary) -> Finding:
    found = compared(one, other, words)
    same = check in ("same_count", "repeats", "reading", "from_one_start")
    expected = f"{other}: {_in_unit(other.interval, other)}"
    if not same:
        expected = f"no more than {expected}"
    return Finding(
        check,
        (one.name, other.name),
        expected,
        f"{one}: {_in_unit(one.interval, one)}",
        found.verdict,
        found.explanation,
        found.assumptions,
    )


# An ambiguous figure is tried against so many others that overlap it.
_MOST_READ = 20


def _ambiguous(data: Arranged) -> Iterator[tuple[Claim, list[Claim], int]]:
    """Figures whose words allow several periods, with those that count the same or hold it."""
    for claim in data.firsts:
        if claim.row["period_basis"] != "ambiguous" or claim.kind != FLOW:
            continue
        kind = kind_of(claim)
        others = [
            other
            for over in (kind, *_kinds_above(kind, data))
            for other in data.meeting(over, claim.window)
            if other.name != claim.name and other.rounded.bounded
        ]
        yield claim, others[:_MOST_READ], len(others)


# ---------------------------------------------------------------- parts, shares, changes


def _told(claims: Iterable[Claim]) -> str:
    return " + ".join(str(claim) for claim in claims)


def _parts_findings(data: Arranged) -> Iterator[Finding]:
    """The parts of every exhaustive split, added up and held against their whole."""
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
                titles = [data.words.measure_title(part).lower() for part in parts]
                lacking = [data.words.measure_title(name).lower() for name in missing]
                yield Finding(
                    "parts_and_whole",
                    tuple(known),
                    f"{' + '.join(titles)} = {data.words.measure_title(measure).lower()}",
                    f"no {' and no '.join(lacking)} for {some.window}",
                    "cannot_tell",
                    f"For {some.window} the figures give no {' and no '.join(lacking)}, so the "
                    f"parts by {split.replace('_', ' ')} cannot be added up.",
                )
                continue
            for whole in wholes:
                own = [_beside(claims, whole.row["document_id"]) for claims in there]
                for chosen in itertools.islice(itertools.product(*own), _MOST_SUMS):
                    yield _sum_finding(whole, chosen)


_MOST_SUMS = 100


def _sum_finding(whole: Claim, parts: Sequence[Claim]) -> Finding:
    exact, rounded = Interval.exactly(0), Interval.exactly(0)
    for part in parts:
        exact, rounded = exact.plus(part.interval), rounded.plus(part.rounded)
    verdict, said = _judged(exact, whole)
    if verdict == "contradicts" and rounded.meets(whole.rounded):
        verdict, said = "agrees_within_rounding", "which is the same within half a printed step"
    return Finding(
        "parts_and_whole",
        (*(part.name for part in parts), whole.name),
        f"{' + '.join(str(part.interval) for part in parts)} = {exact}",
        f"{whole}: {whole.interval}",
        verdict,
        f"{_told(parts)} add up to {exact} for {whole.window}; {whole} gives {whole.interval}, "
        f"{said}.",
        _assumed((*parts, whole)),
    )


class _Level(NamedTuple):
    """What figures give for a count over a window: an interval, from which, and how."""

    interval: Interval
    claims: tuple[Claim, ...]
    told: str


def _levels(
    data: Arranged, layer: Layer, claim: Claim, window: Window, key: object
) -> list[_Level]:
    """What is known of a count over a window: stated for it, else bounded by windows around it."""
    kind = data.counts(layer)
    stated = data.at.get((kind, key), [])
    if stated:
        chosen = _beside(stated, claim.row["document_id"])
        distinct = {level.rounded: level for level in reversed(chosen)}
        return [_Level(c.rounded, (c,), str(c)) for c in reversed(distinct.values())]
    if not window.certain:
        return []
    around = data.meeting(kind, window)
    within = [
        c for c in around if _inside(c.window.outer, window.outer) and c.rounded.lower is not None
    ]
    holding = [
        c for c in around if _inside(window.outer, c.window.inner) and c.rounded.upper is not None
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


def _inside(
    one: tuple[datetime.date, datetime.date] | None,
    other: tuple[datetime.date, datetime.date] | None,
) -> bool:
    return one is not None and other is not None and other[0] <= one[0] and one[1] <= other[1]


def _lacking(data: Arranged, layer: Layer, window: Window) -> str:
    """That no figure gives a count for a window, and which come near without being one."""
    title = data.words.title(layer)
    told = f"no figure gives {title[0].lower()}{title[1:]} for {window}"
    titles = data.words.measure_title
    near = [
        f"{claim} is of {claim.window}"
        for claim in data.meeting(data.counts(layer), window)[:_MOST_NEAR]
    ]
    for kind in data.joinable.get(layer, ()) if window.outer is not None else ():
        near += [
            f"{claim} counts {titles(claim.measure).lower()}, of {claim.window}"
            for claim in data.meeting(kind, window)[:_MOST_NEAR]
        ]
    return f"{told} ({'; '.join(near)})" if near else told


_MOST_NEAR = 5


def _share_findings(data: Arranged) -> Iterator[Finding]:
    """Every share held against its levels, and the shares of a whole against a hundred."""
    together: dict[tuple[Any, ...], list[Claim]] = {}
    for claim in data.firsts:
        if claim.kind != "share":
            continue
        measure = data.words.measures[claim.measure]
        if not claim.counted:
            yield _not_made("share", claim, _not_happened(claim))
            continue
        if measure["of"] is None or measure["share_of"] is None:
            yield _not_made("share", claim, "its measure names no levels that it is a share of")
            continue
        _, population, area = claim.layer
        key = when(claim)
        together.setdefault((measure["share_of"], population, area, key), []).append(claim)
        part, whole = ((name, population, area) for name in (measure["of"], measure["share_of"]))
        parts, wholes = (_levels(data, layer, claim, claim.window, key) for layer in (part, whole))
        missing = [
            _lacking(data, layer, claim.window)
            for layer, levels in ((part, parts), (whole, wholes))
            if not levels
        ]
        if missing:
            yield _not_made("share", claim, "; ".join(missing))
        for one, other in itertools.islice(itertools.product(parts, wholes), _MOST_SUMS):
            computed = _times(one.interval.per(other.interval), 100)
            yield _ratio_finding("share", claim, one, other, computed, "of")
    for (whole_name, *_), claims in together.items():
        yield from _hundred_findings(data, str(whole_name), claims)


def _times(interval: Interval, by: int, less: int = 0) -> Interval:
    """An interval multiplied, and moved down."""
    return interval._replace(
        lower=None if interval.lower is None else interval.lower * by - less,
        upper=None if interval.upper is None else interval.upper * by - less,
    )


def _hundred_findings(data: Arranged, whole: str, claims: Sequence[Claim]) -> Iterator[Finding]:
    """Shares of all parts of a split, of one window, added up."""
    for split, parts in data.words.partitions(whole).items():
        by_part = [
            [c for c in claims if data.words.measures[c.measure]["of"] == part] for part in parts
        ]
        if not all(by_part):
            continue
        for first in by_part[0]:
            others = [_beside(claims, first.row["document_id"]) for claims in by_part[1:]]
            for rest in itertools.islice(itertools.product(*others), _MOST_SUMS):
                yield _hundred_finding(split, (first, *rest))


def _hundred_finding(split: str, chosen: Sequence[Claim]) -> Finding:
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
        f"The shares by {split.replace('_', ' ')} of {chosen[0].window}, {_told(chosen)}, "
        f"add up to {exact}%.",
        _assumed(chosen),
    )


def _not_made(check: str, claim: Claim, why: str, *others: str) -> Finding:
    """A check that cannot be made, as a row that says so."""
    return Finding(
        check,
        (claim.name, *others),
        "",
        f"{claim}: {_in_unit(claim.interval, claim)}",
        "cannot_tell",
        f"{claim} cannot be checked: {why}.",
        _assumed([claim]),
    )


def _not_happened(claim: Claim) -> str:
    return f"it is {claim.row['status']}, and has not happened"


def _ratio_finding(
    check: str, claim: Claim, one: _Level, other: _Level, computed: Interval, link: str
) -> Finding:
    """A share or change beside what two levels give."""
    verdict, said = _judged(computed, claim)
    told = f"{one.told} {link} {other.told} gives {_in_unit(computed, claim)}"
    named = f"{claim} gives {_in_unit(claim.interval, claim)}, {said}"
    told = f"{told}; {named}."
    if check == "change" and None not in (claim.window.days, claim.base.days):
        days, base = claim.window.days or 0, claim.base.days or 0
        if abs(days - base) > 1:
            told += f" The windows are unequal: {days} days against {base}."
    claims = (claim, *one.claims, *other.claims)
    return Finding(
        check,
        tuple(dict.fromkeys(c.name for c in claims)),
        _in_unit(computed, claim),
        f"{claim}: {_in_unit(claim.interval, claim)}",
        verdict,
        told,
        _assumed(claims),
    )


def _change_findings(data: Arranged) -> Iterator[Finding]:
    """Every change held against the levels of its period and of its base."""
    for claim in data.firsts:
        if claim.kind != "change":
            continue
        if not claim.counted:
            yield _not_made("change", claim, _not_happened(claim))
            continue
        of = data.words.measures[claim.measure]["of"]
        layer = (str(of), *claim.layer[1:])
        lacking = [
            f"its {name} is not stated"
            for name, window in (("period", claim.window), ("base", claim.base))
            if window.outer is None
        ]
        if lacking:
            yield _not_made("change", claim, " and ".join(lacking))
            continue
        levels = _levels(data, layer, claim, claim.window, when(claim))
        bases = _levels(data, layer, claim, claim.base, claim.base)
        lacking = [
            _lacking(data, layer, window)
            for window, known in ((claim.window, levels), (claim.base, bases))
            if not known
        ]
        if lacking:
            yield _not_made("change", claim, "; ".join(lacking))
            continue
        for level, base in itertools.islice(itertools.product(levels, bases), _MOST_SUMS):
            computed = level.interval.per(base.interval)
            if claim.row["unit"] == "percent":
                computed = _times(computed, 100, 100)
            yield _ratio_finding("change", claim, level, base, computed, "against")


# ---------------------------------------------------------------- ranks


class _Reading(NamedTuple):
    """A rank read in one way: what it is among, whether it holds, and why."""

    name: str
    holds: bool | None
    told: str
    others: tuple[Claim, ...]


def _rank_findings(data: Arranged) -> Iterator[Finding]:
    """Every claim of a first rank, on each reading of what it is among, by printed values."""
    for claim in data.firsts:
        if claim.kind != "rank":
            continue
        of = data.words.measures[claim.measure]["of"]
        if of is None:
            yield _not_made("rank", claim, "its measure names no counts that it ranks")
            continue
        if not claim.counted:
            yield _not_made("rank", claim, _not_happened(claim))
            continue
        if claim.printed != 1:
            yield _not_made("rank", claim, "only first ranks are held against counts")
            continue
        layer = (str(of), *claim.layer[1:])
        own = _own_level(data, layer, claim)
        if own is None:
            yield _not_made("rank", claim, _lacking(data, layer, claim.window))
            continue
        yield _ranked(data, claim, own)


def _own_level(data: Arranged, layer: Layer, claim: Claim) -> Claim | None:
    """The highest printed count of the days that a rank is claimed for."""
    within = [
        level
        for level in data.meeting(data.counts(layer), claim.window)
        if level.printed is not None and _inside(level.window.outer, claim.window.outer)
    ]
    return max(within, key=lambda level: (level.printed or 0, level.name), default=None)


# What each value of rank_among is read as.
_AMONG = {
    "calendar_years": ("calendar_years",),
    "same_days_of_earlier_years": ("same_days_of_earlier_years",),
    "same_months_of_earlier_years": ("same_months_of_earlier_years",),
    "unstated": ("calendar_years", "same_days_of_earlier_years"),
}


def _ranked(data: Arranged, claim: Claim, own: Claim) -> Finding:
    among = _AMONG.get(str(claim.row["rank_among"]), ())
    readings = [_read_rank(data, claim, own, name) for name in among]
    others = list({c.name: c for reading in readings for c in reading.others}.values())
    holds = {reading.holds for reading in readings}
    if holds == {False}:
        verdict = "contradicts"
    elif False in holds:
        verdict = "depends_on_reading"
    elif holds == {True}:
        verdict = "compatible"
    else:
        verdict = "cannot_tell"
    printed = number_in_words(own.printed or Fraction(0))
    told = [f"{own} prints {printed} for {own.window}.", *(r.told for r in readings)]
    if not readings:
        told.append(f"What it is among ({claim.row['rank_among']}) is not counted here.")
    return Finding(
        "rank",
        tuple(dict.fromkeys((claim.name, own.name, *(c.name for c in others)))),
        f"no earlier count above {printed}",
        "; ".join(f"{c}: {c.interval}, {c.window}" for c in others) or "no earlier count",
        verdict,
        f"{claim}: {' '.join(told)}",
        _assumed((claim, own, *others)),
    )


def _read_rank(data: Arranged, claim: Claim, own: Claim, among: str) -> _Reading:
    """Whether counts of earlier years leave a rank standing, on one reading."""
    window = claim.window
    assert window.outer is not None
    start = window.outer[0]
    layer = own.layer
    earlier = [
        c
        for c in data.by_kind.get(data.counts(layer), ())
        if c.window.outer and c.window.outer[1] < start
    ]
    reach = {
        "calendar_years": "Read as a year's total",
        "same_days_of_earlier_years": "Read against the same days of earlier years",
        "same_months_of_earlier_years": "Read against the same months of earlier years",
    }[among]
    above: list[Claim] = []
    below: list[Claim] = []
    unlike: list[Claim] = []
    reached = _reach(own)
    for other in earlier:
        surely, possibly = _same_stretches(other, window, among)
        lower, upper = other.rounded.lower, other.rounded.upper
        if _inside(other.window.outer, surely) and lower is not None and lower > reached:
            above.append(other)
        elif (
            _inside(possibly, other.window.inner) and upper is not None and own.printed is not None
        ):
            (below if upper < own.printed else unlike).append(other)
        else:
            unlike.append(other)
    if above:
        highest = max(above, key=lambda c: c.rounded.lower or 0)
        told = f"{reach}, {highest} of {highest.window} stands above it: so read, it is no record."
        return _Reading(among, False, told, (highest,))
    if below and not unlike:
        told = f"{reach}, it is above all that is held here: {', '.join(map(str, below))}."
        return _Reading(among, True, f"{told} Counts of other years are not held.", tuple(below))
    told = f"{reach}, it cannot be checked: no earlier count is of those days"
    if unlike:
        near = "; ".join(f"{c} is of {c.window}" for c in unlike[:_MOST_NEAR])
        told += f" ({near})"
    return _Reading(among, None, f"{told}.", tuple(below))


def _reach(own: Claim) -> Fraction:
    """How far the claim's own count may go: what is printed, or, of a hedge, one step beyond."""
    printed = own.printed or Fraction(0)
    if own.rounded.upper is not None:
        return own.rounded.upper
    return printed + Fraction(step(Decimal(printed.numerator) / printed.denominator))


def _same_stretches(other: Claim, window: Window, among: str) -> tuple[_Stretch, _Stretch]:
    """The days of another count's year that a rank is held against: the surely, the possibly so."""
    if other.window.outer is None or window.outer is None:
        return None, None
    year = other.window.outer[0].year
    first, last = window.outer
    if among == "calendar_years":
        whole = (datetime.date(year, 1, 1), datetime.date(year, 12, 31))
        return whole, whole
    if first.year != last.year:
        return None, None
    if among == "same_days_of_earlier_years":
        start = _day(year, first.month, first.day)
        possibly = (start, _day(year, last.month, last.day))
        sure = window.end_earliest
        return (None if sure is None else (start, _day(year, sure.month, sure.day))), possibly
    months = (_day(year, first.month, 1), _day(year, last.month, 31))
    return months, months


def _day(year: int, month: int, day: int) -> datetime.date:
    """A day of a year, the last of its month where the month has none of that number."""
    return datetime.date(year, month, min(day, calendar.monthrange(year, month)[1]))


# ---------------------------------------------------------------- weekdays

_WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()


def weekday_findings() -> Iterator[Finding]:
    """Every printed weekday held against the day that it is taken for."""
    for row in records("excluded_numbers"):
        printed = [day for day in _WEEKDAYS if day.casefold() in str(row["exact"]).casefold()]
        if len(printed) != 1 or row["date"] is None:
            continue
        place = f"{row['document_id']}/{row['start_char']}"
        try:
            day = datetime.date.fromisoformat(row["date"])
        except ValueError:
            continue
        found = _WEEKDAYS[day.weekday()]
        same = found == printed[0]
        beside = any(c.isdigit() for c in row["exact"])
        dated = "the date printed beside it" if beside else "the day it is taken for"
        yield Finding(
            "weekday",
            (place,),
            printed[0],
            f"{day.isoformat()}: {found}",
            "equal" if same else "contradicts",
            f'"{row["exact"]}" in {row["document_id"]}: {dated}, {day.isoformat()}, '
            f"{'was' if same else 'was not'} a {printed[0]}{'' if same else f' but a {found}'}.",
            (f"{place}: {row['note']}",) if row["note"] else (),
        )


# ---------------------------------------------------------------- all figures together, and strain


def _together_findings(data: Arranged) -> Iterator[Finding]:
    """Whether all counts whose windows overlap can hold at once; if not, which cannot."""
    families: dict[tuple[str, str, str], list[Bound]] = {}
    for bound in bounds_of(data.claims, rounded=True):
        measure, population, area = bound.layer
        family = (data.words.wholes(measure)[-1], data.words.holders(population)[-1], area)
        families.setdefault(family, []).append(bound)
    for bounds in families.values():
        for group in clusters(bounds):
            names = tuple(dict.fromkeys(bound.name for bound in group))
            if len(names) > 1:
                yield from _cluster_findings(data, group, names)


_MOST_CONFLICTS = 3
_REVISED = "; unless a provisional one was since revised"


def _cluster_findings(
    data: Arranged, group: Sequence[Bound], names: tuple[str, ...]
) -> Iterator[Finding]:
    first = datetime.date.fromordinal(min(bound.start for bound in group))
    last = datetime.date.fromordinal(max(bound.end for bound in group) - 1)
    measure = data.words.wholes(group[0].layer[0])[-1]
    title = data.words.measures[measure]["title"]
    over = f"{title}, {days_in_words(first, last)}"
    expected = "counts that keep every figure at once"
    try:
        conflicts = conflicts_of(group, data.words, _MOST_CONFLICTS)
    except MissingExtraError as error:
        yield Finding(
            "together", names, expected, "not computed", "cannot_tell", f"{over}: {error}."
        )
        return
    if not conflicts:
        told = f"{over}: there are counts, day by day, that all {len(names)} figures allow."
        yield Finding("together", names, expected, "such counts", "compatible", told)
    for conflict in conflicts:
        claims = [data.by_name[name] for name in conflict]
        revised = {str(claim.row["status"]) for claim in claims} == set(COUNTED)
        told = "; ".join(f"{c} is {c.interval} for {c.window}" for c in claims)
        yield Finding(
            "together",
            conflict,
            expected,
            f"no counts keep these {len(conflict)}",
            "depends_on_reading" if revised else "contradicts",
            f"{over}: these cannot all hold, while any of them left out the others can: {told}"
            f"{_REVISED if revised else ''}.",
            _assumed(claims),
        )


_STRAIN_TOLD = (
    f"a claim is called strained from {THRESHOLD:g} times on",
    "the highest daily rate is the smallest that keeps every other figure, bare numbers within "
    "half a printed step",
)


def _strain_findings(data: Arranged) -> Iterator[Finding]:
    """What every count with a lower bound needs, beside what the figures around it prove."""
    claims = [claim for claim in data.firsts if strainable(claim)]
    around = neighbours(data.claims)
    missing = ""
    found: dict[str, Strain] = {}
    try:
        found = strains(data.claims, data.words)
    except MissingExtraError as error:
        missing = str(error)
    for claim in claims:
        if claim.name not in around:
            why = "no other lower bound of the same measure and population overlaps it"
            yield _not_made("strain", claim, why)
        elif missing:
            yield _not_made("strain", claim, missing, around[claim.name][0].name)
        elif claim.name in found:
            yield _strain_finding(data, claim, found[claim.name])


def _strain_finding(data: Arranged, claim: Claim, strain: Strain) -> Finding:
    repeating = [name for name in data.repeating.get(claim.first, []) if name != claim.name]
    other, rate = strain.neighbour, float(strain.rate)
    binding = [data.by_name[bound.name] for bound, _ in strain.binding]
    figures = tuple(dict.fromkeys((claim.name, *repeating, other.name, *(c.name for c in binding))))
    if strain.needed is None or strain.ratio is None:
        return _not_made("strain", claim, "the figures around it cannot all hold", *figures[1:])
    strained = strain.ratio >= THRESHOLD
    assumptions = [*_STRAIN_TOLD, *_assumed((claim, other, *binding))]
    least = ""
    if strain.kept != ALL:
        which = "that overlap it" if strain.kept == OVERLAPPING else "nearest to it"
        assumptions.append(f"only the figures {which} were kept, so the ratio is at least this")
        least = "at least "
    told = (
        f"For {claim} to hold with every other figure, some day of its window ({claim.window}) "
        f"needs a count of at least {strain.needed:,.1f}"
    )
    if strained and strain.binding:
        told += f": {_sum_told(data, strain)}"
    told += (
        f". That is {least}{strain.ratio:,.1f} times the {rate:,.1f} a day that {other} proves for "
        f"{other.window}."
    )
    if strained:
        average = float((claim.interval.whole()[0] or 0) / Fraction(claim.window.days or 1))
        told += (
            f" Its own average over that window is {average:,.1f} a day; as intervals the figures "
            "do not contradict one another."
        )
    return Finding(
        "strain",
        figures,
        f"about {rate:,.1f} a day ({other})",
        f"{strain.needed:,.1f} a day, {least}{strain.ratio:,.1f} times",
        "strained" if strained else "compatible",
        told,
        tuple(assumptions),
    )


def _sum_told(data: Arranged, strain: Strain) -> str:
    """The bounds that force a rate, added up and divided by the days that are left."""
    days = math.lcm(*(weight.denominator for _, weight in strain.binding))
    terms, named = [], []
    for bound, weight in sorted(strain.binding, key=lambda item: (not item[0].least, item[0])):
        times = weight * days
        sign = "+" if bound.least else "−"
        terms.append(f"{sign} {'' if times == 1 else f'{times} × '}{bound.number:,}")
        how = "at least" if bound.least else "at most"
        first, last = (datetime.date.fromordinal(day) for day in (bound.start, bound.end - 1))
        named.append(
            f"{data.by_name[bound.name]} has {how} {bound.number:,} in {days_in_words(first, last)}"
        )
    summed = " ".join(terms).removeprefix("+ ")
    return f"{'; '.join(named)}; ({summed}) / {days} days"


# ---------------------------------------------------------------- all checks

_FIGURE_CHECKS: tuple[Callable[[Arranged], Iterator[Finding]], ...] = (
    _pair_findings,
    _parts_findings,
    _share_findings,
    _change_findings,
    _rank_findings,
    _strain_findings,
    _together_findings,
)


def findings(given: _Figures | None = None) -> list[Finding]:
    """The findings of all checks over all figures, or those given."""
    data = Arranged(figure_rows(given), vocabulary())
    found = [finding for check in _FIGURE_CHECKS for finding in check(data)]
    if given is None:
        found += weekday_findings()
    return found


_CAVEATS = (
    "A finding is about figures, never about persons, and is no judgement of truth: figures that "
    "contradict each other may each be right of something else. What cannot be checked is told as "
    "cannot_tell; that no disagreement is found does not mean that figures are right."
)


def consistency_series(given: _Figures | None = None) -> Series:
    """The findings as rows; see consistency."""
    rows = [finding.row() for finding in findings(given)]
    return Series(rows, CHECK_COLUMNS, "as the figures", _CAVEATS, [])


def consistency(given: _Figures | None = None) -> pandas.DataFrame:
    """Every check that the typed keys of the figures generate by themselves, one row a check made.

    Checks: `repeats` (a claim against its first statement), `same_count`, `longer_window`,
    `from_one_start`, `part_of_whole`, `among_all` (one count held by another; of several that hold
    it the one with the lowest upper bound), `reading` (an ambiguous period), `parts_and_whole`,
    `share`, `shares_of_a_whole`, `change`, `rank`, `weekday`, `together` (can all figures whose
    windows overlap hold at once) and `strain`. `given` are figures, as identifiers, rows or a
    frame; by default all, and then the weekdays printed in the documents are checked too.

    Columns: `check`; `figures`, their identifiers split by spaces, the one in question first (for
    weekdays the place); `expected` and `found`, in the unit of the figure; `verdict`, one of
    those of `compare` or strained; `explanation`; `assumptions`. A check that cannot be made (a
    level missing, windows differing) is a row with the verdict cannot_tell. `attrs` has `caveats`.

    Strain: the smallest possible highest daily rate within the claim's outermost window that keeps
    every other figure, as a multiple of the best lower bound per day among figures of the same
    measure and population whose windows overlap it; strained from 5 times on. It and `together`
    need scipy (extra `bounds`); without it their rows say so. Raises UnknownNameError for an
    identifier that does not exist, ValidationError for rows that cannot be read.

    >>> found = consistency(["F011", "F012", "F014"])
    >>> found[found["check"] == "parts_and_whole"][["figures", "verdict"]].values.tolist()
    [['F012 F014 F011', 'equal']]
    """
    return consistency_series(given).frame()


# ---------------------------------------------------------------- disagreements

DISAGREEMENT_COLUMNS = {
    "check": "string",
    "figures": "string",
    "verdict": "string",
    "quotations": "string",
    "explanation": "string",
    "assumptions": "string",
}


def _quoted(claim: Claim, reworded: Iterable[str]) -> str:
    """The quotation of a figure with its place, and whether the words are its speaker's own."""
    document = claim.row["document_id"]
    quote = claim.row["quote"] or claim.row["exact"]
    note = ", as reworded by the repost" if document in reworded else ""
    return f"{claim.name} ({document}{note}): “{quote}”"


def disagreement_series(given: _Figures | None = None) -> Series:
    """What disagrees as rows; see disagreements."""
    listed = figure_rows(given)
    by_name = {claim.name: claim for claim in claims_of(listed, vocabulary())}
    reworded = {row["document_id"] for row in records("documents") if row["fidelity"] == "reworded"}
    rows: list[Row] = []
    for finding in findings(given if given is None else listed):
        if finding.verdict not in DISAGREEING:
            continue
        claims = [by_name[name] for name in finding.figures if name in by_name]
        row = {name: value for name, value in finding.row().items() if name in DISAGREEMENT_COLUMNS}
        row["quotations"] = "; ".join(_quoted(claim, reworded) for claim in claims) or None
        rows.append({name: row[name] for name in DISAGREEMENT_COLUMNS})
    return Series(rows, DISAGREEMENT_COLUMNS, "as the figures", _CAVEATS, [])


def disagreements(given: _Figures | None = None) -> pandas.DataFrame:
    """What contradicts, strains, or depends on the reading, each told with all that it rests on.

    The rows of `consistency` with the verdicts contradicts, strained and depends_on_reading.
    Columns: `check`; `figures`; `verdict`; `quotations`, the words of each figure with their
    document; `explanation`, what differs, with the arithmetic; `assumptions`. Findings are about
    figures, never about persons, and no judgement of truth. `given` and errors as for
    `consistency`.

    >>> disagreements()[["check", "verdict"]].values.tolist()
    [['rank', 'depends_on_reading'], ['strain', 'strained']]
    """
    return disagreement_series(given).frame()
