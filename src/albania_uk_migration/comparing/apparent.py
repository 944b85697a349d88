"""Pairs of figures that look as if they contradict each other, and do not.

Two numbers that are nearly the same may count different things, and two different numbers may only
seem to count the same thing. A rule finds both from what the figures count and when; no pair is
listed by hand. `apparent_words` puts a pair into words.
"""

from __future__ import annotations

import bisect
import heapq
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from ..citing.noted_rows import Series
from ..claims.assumptions import JOINS
from ..claims.vocabulary import FLOW, SELF_DECLARED, Layer, Vocabulary
from ..claims.windows import Window, lies_in
from ..errors import ComparisonError
from ..tables.package import shipped
from .apparent_words import Differing, difference_of, headline_of_pair
from .compare import compared
from .conflicts import conflicts_once
from .disagreeing import Quotation, names_of_actors, quotation_of, with_place
from .findings import Arranged, arranged, kind_of, when
from .levels import change_findings, parts_findings, share_findings
from .pairs import pair_findings
from .strain import Strained
from .terms import DISAGREEING, MOST_PAIRS

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable, Iterator

    import pandas

    from ..claims.claim import Claim
    from ..claims.given import GivenFigures
    from ..tables.cells import Row
    from ..tables.package import Package
    from .compare import Comparison


# Numbers are nearly the same if they differ by at most this part of the larger one.
NEAR = Fraction(1, 20)
# Smaller numbers are alike too often for anyone to notice.
_SMALLEST = 10
# A reader takes two periods for one only if neither is longer than this multiple of the other.
_LONGER = 2
# We look at this many figures on either side of a figure, in order of their numbers, for each other
# measure and population. In tables of ordinary size, that is all of them.
_NEAREST = 5
# We keep this many pairs of a kind until we know which of them disagree after all.
_KEPT = 20


class Apparent(NamedTuple):
    """Two figures that look contradictory and are not, presented for a reader.

    `figures` are their identifiers, in order. `kind` is one of `APPARENT_KINDS`. `headline` is the
    answer without a full stop, `difference` what differs, in full sentences. `quotations` has the
    words of both. `verdict`, `explanation` and `assumptions` are those of `compare`.
    """

    figures: tuple[str, str]
    kind: str
    headline: str
    difference: str
    quotations: tuple[Quotation, Quotation]
    verdict: str
    explanation: str
    assumptions: tuple[str, ...]

    def row(self) -> Row:
        """The pair as a row of `apparent_conflicts`."""
        return self._asdict() | {
            "figures": " ".join(self.figures),
            "quotations": "; ".join(map(with_place, self.quotations)),
            "assumptions": "; ".join(self.assumptions) or None,
        }


APPARENT_COLUMNS = dict.fromkeys(Apparent._fields, "string")


# ---------------------------------------------------------------- what a reader takes for what


class _Readers:
    """Which measures a reader may take for one another, from the measures and named assumptions."""

    def __init__(self, words: Vocabulary) -> None:
        self.words = words
        # Two wholes that an assumption would join, with the population it is about (None: any).
        self._joined: dict[tuple[str, str], str | None] = {}
        for join in JOINS.values():
            for (measure, _), (target, people) in join.layers.items():
                self._joined[self.whole(measure), self.whole(target)] = people
        self._subjects: dict[str, str] = {}
        links = [*self._joined, *self._links()]
        for one, other in links:
            self._subjects[self.subject(one)] = self.subject(other)

    def _links(self) -> Iterator[tuple[str, str]]:
        for name, row in self.words.measures.items():
            for column in ("part_of", "of", "share_of"):
                if row.get(column):
                    yield name, str(row[column])

    def whole(self, measure: str) -> str:
        """The outermost count that a measure, or what it is a share or change of, is part of."""
        of = self.words.measures.get(measure, {}).get("of") or measure
        return self.words.wholes(str(of))[-1]

    def subject(self, measure: str) -> str:
        """The same name for all measures about one subject, such as returns and their shares."""
        while measure in self._subjects and self._subjects[measure] != measure:
            measure = self._subjects[measure]
        return measure

    def easily_confused(self, one: Layer, other: Layer) -> bool:
        """Whether a named assumption would join what two figures count, or wholes of it."""
        for mine, yours in ((one, other), (other, one)):
            key = self.whole(mine[0]), self.whole(yours[0])
            if key in self._joined and key[0] != key[1] and mine[2] == yours[2]:
                people = self._joined[key]
                return yours[1] == people if people else mine[1] == yours[1]
        return False


def _plain(population: str) -> str:
    return population.removesuffix(SELF_DECLARED)


def _size(claim: Claim) -> int | Fraction:
    """A printed number without its sign; an integer if it is one, because that is faster."""
    printed = claim.printed
    if printed is None:
        return 0
    return abs(printed.numerator) if printed.denominator == 1 else abs(printed)


def _nearly_the_same(one: int | Fraction, other: int | Fraction) -> bool:
    low, high = (one, other) if one < other else (other, one)
    return (high - low) * NEAR.denominator <= high * NEAR.numerator


def _digits(claim: Claim) -> int:
    """How many digits of a printed number are given, without zeros at its end."""
    number = claim.row["value"]
    return len(Decimal(number).normalize().as_tuple().digits)


def _days_certainly_differ(one: Window, other: Window) -> bool:
    """Whether two periods cannot be the same, wherever their uncertain ends are."""
    import datetime

    low, high = datetime.date.min, datetime.date.max

    def ends(window: Window) -> tuple[tuple[datetime.date, datetime.date], ...]:
        first = (window.start or low, window.start_latest or window.end or high)
        return first, (window.end_earliest or window.start or low, window.end or high)

    return any(
        mine[1] < yours[0] or yours[1] < mine[0]
        for mine, yours in zip(ends(one), ends(other), strict=True)
    )


def _bases_certainly_differ(one: Claim, other: Claim) -> bool:
    return one.base != other.base and None not in (one.base.outer, other.base.outer)


def _about_as_long(one: Claim, other: Claim) -> bool:
    mine, yours = one.window.days, other.window.days
    if mine is None or yours is None:
        return False
    return max(mine, yours) <= _LONGER * min(mine, yours)


def _follow(one: Window, other: Window) -> bool:
    """Whether two periods overlap, or one begins on the day after the other ends."""
    if one.overlaps(other):
        return True
    gaps = [(a.start - b.end).days for a, b in ((one, other), (other, one)) if a.start and b.end]
    return 1 in gaps


def _same_quotation(one: Claim, other: Claim) -> bool:
    places = [[c.row[n] for n in ("document_id", "quote_start", "quote")] for c in (one, other)]
    return one.row["quote"] is not None and places[0] == places[1]


def _same_speaker(one: Claim, other: Claim) -> bool:
    """Whether one claimant gives both numbers in one document."""
    return all(
        one.row[name] is not None and one.row[name] == other.row[name]
        for name in ("document_id", "claimant_id")
    )


def _side_by_side(one: Claim, other: Claim, words: Vocabulary) -> bool:
    """Whether one document gives both for the same days, or gives a part and its whole."""
    if one.row["document_id"] != other.row["document_id"]:
        return False
    measures = words.wholes(one.measure), words.wholes(other.measure)
    people = words.holders(one.layer[1]), words.holders(other.layer[1])
    nested = all(mine[0] in yours or yours[0] in mine for mine, yours in (measures, people))
    return nested or one.same_window(other)


def _grows_as_expected(one: Claim, other: Claim) -> bool:
    """Whether a longer period that includes the other has the higher count, as anyone expects."""
    if one.kind != FLOW:
        return False
    return any(
        lies_in(part.window.outer, whole.window.outer) and _size(part) <= _size(whole)
        for part, whole in ((one, other), (other, one))
    )


# ---------------------------------------------------------------- the rule


def _kind_of(one: Claim, other: Claim, readers: _Readers) -> str | None:
    """Why a reader may think that two figures contradict each other; None if nobody would."""
    if one.first == other.first or _same_quotation(one, other):
        return None
    if not (one.counted and other.counted):
        status = _of_status(one, other)
        return "other_status" if status else None
    if _is_same_number(one, other, readers):
        return None if _side_by_side(one, other, readers.words) else "same_number"
    if one.kind != other.kind or one.layer[2] != other.layer[2] or one.printed == other.printed:
        return None
    if one.layer == other.layer and one.same_window(other) and one.base == other.base:
        return "rounding"
    if _same_speaker(one, other) or not _about_as_long(one, other):
        return None
    if one.kind == FLOW and readers.easily_confused(one.layer, other.layer):
        return "other_measure" if _follow(one.window, other.window) else None
    if one.measure != other.measure or not one.window.overlaps(other.window):
        return None
    if one.layer != other.layer:
        return "other_people" if _plain(one.layer[1]) == _plain(other.layer[1]) else None
    differ = _days_certainly_differ(one.window, other.window) or _bases_certainly_differ(one, other)
    return "other_days" if differ and not _grows_as_expected(one, other) else None


def _of_status(one: Claim, other: Claim) -> bool:
    """Whether one figure says what was planned, the other what happened, on the same days."""
    return (
        one.counted != other.counted
        and one.layer == other.layer
        and one.printed != other.printed
        and one.window.overlaps(other.window)
        and _about_as_long(one, other)
        and not _same_speaker(one, other)
    )


def _is_same_number(one: Claim, other: Claim, readers: _Readers) -> bool:
    """Whether two numbers are nearly the same, and certainly not about the same thing."""
    sizes = _size(one), _size(other)
    if not _nearly_the_same(*sizes):
        return False
    ways = one.row["direction"], other.row["direction"]
    opposite = None not in ways and ways[0] != ways[1]
    if readers.subject(one.measure) != readers.subject(other.measure):
        return opposite and sizes[0] == sizes[1] and one.layer[1:] == other.layer[1:]
    return (
        opposite
        or one.measure != other.measure
        or _plain(one.layer[1]) != _plain(other.layer[1])
        or one.layer[2] != other.layer[2]
    )


# The order of pairs: what sorts a pair, then its names, so that the order of rows does not matter.
_Order = tuple[int, int, int, float, str, str]


class _Pair(NamedTuple):
    order: _Order
    kind: str
    # What both are about: of several pairs with the same, we give one.
    about: tuple[object, ...]
    one: Claim
    other: Claim


def _pair(one: Claim, other: Claim, readers: _Readers) -> _Pair | None:
    if other.name < one.name:
        one, other = other, one
    kind = _kind_of(one, other, readers)
    if kind is None:
        return None
    loose = (not one.window.certain) + (not other.window.certain)
    sizes = _size(one), _size(other)
    apart = 1 - float(Fraction(min(sizes)) / Fraction(max(sizes)))
    names = one.name, other.name
    order: _Order = (1, loose, 0, apart, *names)
    if kind == "same_number":
        order = (0, -min(_digits(one), _digits(other)), loose, apart, *names)
    sides = sorted((readers.whole(c.measure), _plain(c.layer[1])) for c in (one, other))
    return _Pair(order, kind, (kind, str(one.row["unit"]), *sides), one, other)


def _pairs(data: Arranged, readers: _Readers) -> dict[tuple[object, ...], list[_Pair]]:
    """The pairs that look contradictory, by what they are about; of many, the first in order."""
    groups: dict[tuple[str, Layer], list[Claim]] = {}
    for claim in data.firsts:
        unit = str(claim.row["unit"])
        if claim.printed is not None and unit != "rank" and _size(claim) >= _SMALLEST:
            groups.setdefault((unit, claim.layer), []).append(claim)
    found: dict[tuple[object, ...], list[_Pair]] = {}
    listed = [(*key, sorted(c, key=lambda c: (_size(c), c.name))) for key, c in groups.items()]
    for at, (unit, layer, claims) in enumerate(listed):
        for other_unit, other_layer, others in listed[at:]:
            if unit != other_unit or not _may_pair(layer, other_layer, readers):
                continue
            only_near = not _may_differ(layer, other_layer, readers)
            for one, other in _neighbours(claims, others):
                if only_near and not _nearly_the_same(_size(one), _size(other)):
                    continue
                pair = _pair(one, other, readers)
                if pair is not None:
                    kept = found.setdefault(pair.about, [])
                    kept.append(pair)
                    if len(kept) > 50 * _KEPT:
                        kept[:] = heapq.nsmallest(_KEPT, kept)
    return {about: heapq.nsmallest(_KEPT, kept) for about, kept in found.items()}


def _may_pair(one: Layer, other: Layer, readers: _Readers) -> bool:
    """Whether figures of two layers can be taken for one another at all."""
    if readers.subject(one[0]) == readers.subject(other[0]):
        return True
    kinds = [readers.words.measures.get(layer[0], {}).get("kind") for layer in (one, other)]
    return kinds == ["change", "change"] and one[1:] == other[1:]


def _may_differ(one: Layer, other: Layer, readers: _Readers) -> bool:
    """Whether figures of two layers may be taken for one another though their numbers differ."""
    if one[2] != other[2]:
        return False
    alike = one[0] == other[0] and _plain(one[1]) == _plain(other[1])
    return alike or readers.easily_confused(one, other)


def _neighbours(claims: list[Claim], others: list[Claim]) -> Iterator[tuple[Claim, Claim]]:
    """Each claim with those nearest in number, both sorted by number."""
    if claims is others:
        # Each pair once.
        for at, claim in enumerate(claims):
            yield from ((claim, other) for other in claims[at + 1 : at + 1 + _NEAREST])
        return
    sizes = [_size(other) for other in others]
    for claim in claims:
        at = bisect.bisect_left(sizes, _size(claim))
        near = others[max(0, at - _NEAREST) : at + _NEAREST]
        yield from ((claim, other) for other in near)


# ---------------------------------------------------------------- what disagrees after all


class _Questioned:
    """Which claims are in question: contradicted, strained, or right on one reading only."""

    def __init__(self, data: Arranged) -> None:
        self._data = data
        self._strained = Strained(data.claims, data.words)
        self._known: dict[str, bool] = {}
        for check in (pair_findings, parts_findings, share_findings, change_findings):
            for finding in check(data):
                if finding.verdict in DISAGREEING:
                    for name in finding.figures:
                        self._known[data.by_name[name].first] = True

    def __call__(self, claim: Claim) -> bool:
        if claim.first not in self._known:
            alike = [claim.name, *self._data.repeating.get(claim.first, ())]
            claims = [self._data.by_name[name] for name in alike if name in self._data.by_name]
            self._known[claim.first] = any(map(self._strained.strained, claims)) or any(
                map(self._conflicts, claims)
            )
        return self._known[claim.first]

    def _conflicts(self, claim: Claim) -> bool:
        """Whether a claim is one of several that cannot all be true, of those around it."""
        bounds, _ = self._strained.around(claim)
        if all(bound.name != claim.name for bound in bounds):
            return False
        conflicts = conflicts_once(bounds, self._data.words, _MOST_CONFLICTS, self._data.by_name)
        return any(claim.name in (*c.names, *c.repeats) for c in conflicts)


_MOST_CONFLICTS = 3


def _chosen(data: Arranged, readers: _Readers, most: int) -> Iterator[tuple[_Pair, Comparison]]:
    """The first pair about each thing that does not disagree, in order, up to a number of them."""
    pairs = _pairs(data, readers)
    questioned = _Questioned(data)
    waiting = [(kept[0], iter(kept[1:])) for kept in pairs.values()]
    heap = [(pair.order, pair, rest) for pair, rest in waiting]
    heapq.heapify(heap)
    while heap and most > 0:
        _, pair, rest = heapq.heappop(heap)
        found = compared(pair.one, pair.other, data.words)
        agrees = found.verdict == "agrees_within_rounding"
        fits = found.verdict not in DISAGREEING and agrees == (pair.kind == "rounding")
        if fits and not (questioned(pair.one) or questioned(pair.other)):
            most -= 1
            yield pair, found
            continue
        after = next(rest, None)
        if after is not None:
            heapq.heappush(heap, (after.order, after, rest))


# ---------------------------------------------------------------- for readers


def _differing(pair: _Pair, data: Arranged, readers: _Readers) -> Differing:
    one, other = pair.one, pair.other
    join = None
    if pair.kind == "other_measure":
        join = next(
            name
            for name, made in JOINS.items()
            for (measure, _), (target, _people) in made.layers.items()
            if {readers.whole(measure), readers.whole(target)}
            == {readers.whole(one.measure), readers.whole(other.measure)}
        )
    return Differing(
        one,
        other,
        pair.kind,
        days=_days_certainly_differ(one.window, other.window),
        swapped=_swapped(one, other, data),
        join=join,
    )


def _swapped(one: Claim, other: Claim, data: Arranged) -> bool:
    """Whether the two measures have each other's number in each other's days."""
    if one.measure == other.measure or one.layer[1:] != other.layer[1:]:
        return False
    if one.printed != other.printed:
        return False

    def numbers(measured: Claim, days: Claim) -> set[Fraction | None]:
        return {claim.printed for claim in data.at.get((kind_of(measured), when(days)), ())}

    crossed = numbers(one, other) & numbers(other, one)
    return bool(crossed - {None, one.printed})


def apparent_in(
    package: Package, given: GivenFigures | None = None, limit: int = MOST_PAIRS
) -> tuple[Apparent, ...]:
    """The pairs of a package that look contradictory and are not; see apparent_conflicts."""
    if limit < 0:
        raise ComparisonError(f"The limit is the most pairs to give, so it cannot be {limit}.")
    data = arranged(package, given)
    readers = _Readers(data.words)
    names = names_of_actors(package)
    presented = []
    for pair, found in _chosen(data, readers, limit):
        differing = _differing(pair, data, readers)
        presented.append(
            Apparent(
                (pair.one.name, pair.other.name),
                pair.kind,
                headline_of_pair(differing, data.words),
                difference_of(differing, data.words),
                (
                    quotation_of(package, pair.one, names),
                    quotation_of(package, pair.other, names),
                ),
                found.verdict,
                found.explanation,
                found.assumptions,
            )
        )
    return tuple(presented)


_CAVEATS = (
    "These pairs do not contradict each other, because they count different things or allow for "
    "rounding. That does not mean that the figures are right."
)


def apparent_series(package: Package, found: Iterable[Apparent]) -> Series:
    """The pairs as rows; see apparent_conflicts."""
    rows = [one.row() for one in found]
    return Series(package, rows, APPARENT_COLUMNS, "as the figures", _CAVEATS, [])


def apparent_conflicts(
    given: GivenFigures | None = None, *, limit: int = MOST_PAIRS
) -> pandas.DataFrame:
    """Pairs of figures that look as if they contradict each other, and do not, with the reason.

    We find them by rule. Two figures have the same unit and single numbers of 10 or more, and do
    not repeat each other. Nothing disagrees about them: `compare` finds no contradiction on any
    reading, and neither is in question in `disagreements`, because it is strained or contradicts
    any figure. They look contradictory in one of these ways (column `kind`):

    - `same_number`: the numbers are equal or differ by at most 5 per cent, and they certainly
      differ in measure, population, area, or one is a rise and the other a fall. Both are about one
      subject, such as returns with their parts and shares; a rise and a fall by the same number may
      be of anything.
    - `other_measure`: a named assumption would take one measure for the other (removals and
      returns), and the periods overlap or follow each other.
    - `other_people`: one counts nationality as people declare it, the other does not say so.
    - `other_days`: the same measure and population, but the periods, which overlap, or the base
      periods certainly differ. If a longer period just has the higher count, nobody is surprised.
    - `other_status`: one was planned or projected, the other happened.
    - `rounding`: different numbers for the same count, which agree once rounded.

    In all but the first and the last, neither period is longer than twice the other, and one
    claimant does not give both in one document. We leave out two figures of one quotation, and in
    `same_number` those that one document gives for the same days or as a part and its whole.

    Of all pairs of a kind about the same measures, populations and unit we give the first in this
    order: those with the same number come first, those with the most digits before others, then the
    nearest; after them the others, those with certain periods first, then the nearest. `limit` is
    the most pairs to give. In a large table we compare each figure only with the five on either
    side that are nearest in number, for each measure and population.

    `given` are figures, as identifiers, rows or a frame; by default all. Columns (there are no
    units but those in the words): `figures`, two identifiers separated by a space; `kind`;
    `headline`, the answer in words; `difference`, what differs, in full sentences; `quotations`,
    the words of both with their document; `verdict`, `explanation` and `assumptions`, as `compare`
    gives them. Raises UnknownNameError, ValidationError for rows that cannot be read,
    ComparisonError for a limit below 0.

    >>> print(apparent_conflicts()["headline"][0])
    “12,658” and “some 12,699” count different groups of people, in different periods
    >>> apparent_conflicts(["F011", "F029"])[["figures", "kind"]].values.tolist()
    [['F011 F029', 'other_measure']]
    """
    package = shipped()
    return apparent_series(package, apparent_in(package, given, limit)).frame()
