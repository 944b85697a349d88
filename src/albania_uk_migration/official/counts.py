"""What offices published: releases in order, their counts, and the counts in a window.

A release is a vintage: a later one may have other numbers for the same days, and each is right for
its release. We add up only counts from one release, and only if it has all of them.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple

from ..claims.intervals import Interval
from ..claims.vocabulary import Vocabulary, vocabulary
from ..claims.windows import Stretch, lies_in
from ..wording import number_in_words
from .periods import period_in_words
from .vintages import in_order_of_days, made_on, public_by, vintage_order

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable

    from ..claims.vocabulary import Layer
    from ..tables.cells import Row
    from ..tables.package import Package


# ---------------------------------------------------------------- counts


class Count(NamedTuple):
    """What one release counts over certain days: the value, and the rows that were added up.

    `value` is None if the source has a missing code.
    """

    start: datetime.date
    end: datetime.date
    value: int | None
    rows: tuple[Row, ...]

    @property
    def days(self) -> int:
        """The number of days counted."""
        return (self.end - self.start).days + 1

    @property
    def recheck(self) -> str | None:
        """Why the value needs rechecking before it decides anything; None if it does not."""
        if len(self.rows) == 1:
            alone: str | None = self.rows[0]["recheck"]
            return alone
        return _joined(row["recheck"] for row in self.rows)

    def __str__(self) -> str:
        number = "missing" if self.value is None else number_in_words(Fraction(self.value))
        return f"{number} ({period_in_words(self.start, self.end)})"


def _joined(texts: Iterable[Any]) -> str | None:
    return "; ".join(dict.fromkeys(text for text in texts if text)) or None


class Official:
    """Official values, by release and by what they count.

    `releases` are rows of official_releases, the oldest vintage first; `by_day` has the same in
    order of publication. `coverage` are rows of official_coverage, and `made` is the day of the
    tables. We add up the parts of an exhaustive split (enforced and voluntary returns) within one
    release and period.
    """

    def __init__(
        self,
        values: Iterable[Row],
        releases: Iterable[Row],
        words: Vocabulary,
        made: datetime.date,
        coverage: Iterable[Row] = (),
    ) -> None:
        ordered = sorted(releases, key=vintage_order)
        self.made = made
        self._coverage = {(_layer_of(row), str(row["release_id"])): row for row in coverage}
        self._covered: dict[tuple[Layer, str], list[list[Row]]] = {}
        self.releases = {str(row["release_id"]): row for row in ordered}
        self.by_day = in_order_of_days(ordered, made)
        self.words = words
        self.messages: list[str] = []
        self._counts: dict[Layer, dict[str, list[Count]]] = {}
        self._by_release: dict[Layer, dict[str, list[Count]]] = {}
        self._releases_with: dict[Layer, list[str]] = {}
        self._doubted: dict[Layer, list[tuple[str, Count]]] = {}
        self._listed: dict[tuple[Layer, str, bool], list[Count]] = {}
        # A release's coverage of a count, found once (see calendar).
        self.coverings: dict[tuple[Any, str], Any] = {}
        self._brackets: dict[tuple[Layer, str, Stretch, Stretch], Bracket] = {}
        for row in values:
            layer = _layer_of(row)
            value = None if row["value"] is None else int(row["value"])
            count = Count(row["period_start"], row["period_end"], value, (row,))
            self._counts.setdefault(layer, {}).setdefault(str(row["release_id"]), []).append(count)

    def layers(self) -> list[Layer]:
        """Everything that a release counts: measure, population, area; sums of parts included."""
        wholes = [
            (whole, *layer[1:])
            for layer in self._counts
            for whole in self.words.wholes(layer[0])[1:]
        ]
        return list(dict.fromkeys([*self._counts, *filter(self._summed, wholes)]))

    def measures(self) -> frozenset[str]:
        """The measures that a release counts or is known to cover, and those that include them."""
        layers = {*self._counts, *(layer for layer, _ in self._coverage)}
        return frozenset(whole for layer in layers for whole in self.words.wholes(layer[0]))

    def covered(self, layer: Layer, release: str) -> list[list[Row]]:
        """Rows of official_coverage that say which days of a layer a release covers.

        These are the rows for the layer itself and, if all are there, for the parts that add up to
        it: each list alone gives the layer.
        """
        if (layer, release) not in self._covered:
            own = self._coverage.get((layer, release))
            ways = [[own]] if own is not None else []
            for parts in self.words.partitions(layer[0]).values():
                of_parts = [self.covered((part, *layer[1:]), release) for part in parts]
                if all(of_parts):
                    ways.append([row for rows in of_parts for row in rows[0]])
            self._covered[layer, release] = ways
        return self._covered[layer, release]

    def page(self, layer: Layer, release: str) -> str | None:
        """The page of a release with a layer, if we know it; otherwise the release's own page."""
        for rows in self.covered(layer, release):
            if rows[0]["url"] is not None:
                return str(rows[0]["url"])
        url = self.releases[release]["url"]
        return None if url is None else str(url)

    def bracket(self, layer: Layer, release: str, inner: Stretch, outer: Stretch) -> Bracket:
        """The counts of a release inside some days and around others; see bracket."""
        key = (layer, release, inner, outer)
        if key not in self._brackets:
            self._brackets[key] = bracket(self.counts(layer, release), inner, outer)
        return self._brackets[key]

    def releases_with(self, layer: Layer) -> list[str]:
        """The releases that count a layer, or are known or expected to."""
        if layer not in self._releases_with:
            counted = self._given_or_summed(layer)
            self._releases_with[layer] = [
                name for name in self.releases if name in counted or self.covered(layer, name)
            ]
        return self._releases_with[layer]

    def counts(self, layer: Layer, release: str, marked: bool = False) -> list[Count]:
        """A release's counts of a layer, one per period; with `marked` also those to recheck.

        A published count comes before a sum of parts; a count that needs rechecking comes last.
        """
        if (layer, release, marked) not in self._listed:
            self._listed[layer, release, marked] = self._counted(layer, release, marked)
        return self._listed[layer, release, marked]

    def _counted(self, layer: Layer, release: str, marked: bool) -> list[Count]:
        listed = self._given_or_summed(layer).get(release, [])
        listed = sorted(listed, key=lambda count: count.recheck is not None)
        periods: dict[Stretch, Count] = {}
        for count in listed:
            if marked or count.recheck is None:
                periods.setdefault((count.start, count.end), count)
        return sorted(periods.values(), key=lambda count: (count.start, count.end))

    def _summed(self, layer: Layer) -> dict[str, list[Count]]:
        """Sums of the parts of an exhaustive split, if a release has all parts for a period."""
        sums: dict[str, list[Count]] = {}
        for parts in self.words.partitions(layer[0]).values():
            of_parts = [self._given_or_summed((part, *layer[1:])) for part in parts]
            for release in of_parts[0]:
                by_period = [
                    {(count.start, count.end): count for count in part.get(release, [])}
                    for part in of_parts
                ]
                for period in by_period[0]:
                    counts = [part[period] for part in by_period if period in part]
                    if len(counts) == len(parts):
                        sums.setdefault(release, []).append(_sum(counts))
        return sums

    def _given_or_summed(self, layer: Layer) -> dict[str, list[Count]]:
        """The counts of a layer by release, published ones before sums of parts."""
        if layer not in self._by_release:
            given = self._counts.get(layer, {})
            found = {release: list(counts) for release, counts in given.items()}
            for release, sums in self._summed(layer).items():
                found.setdefault(release, []).extend(sums)
            self._by_release[layer] = found
        return self._by_release[layer]

    def having(self, layer: Layer, marked: bool = False) -> list[str]:
        """The releases that count a layer, newest first."""
        return [name for name in reversed(self.releases) if self.counts(layer, name, marked)]

    def doubted(self, layer: Layer) -> list[tuple[str, Count]]:
        """The counts of a layer that need caution, by release, oldest vintage first."""
        if layer not in self._doubted:
            self._doubted[layer] = [
                (name, count)
                for name in self.releases
                for count in self.counts(layer, name, marked=True)
                if count.recheck
            ]
        return self._doubted[layer]

    def public_on(self, day: datetime.date) -> list[str]:
        """The releases that were certainly public on a day, newest first."""
        rows = self.releases.items()
        return [name for name, row in reversed(rows) if public_by(row, self.made) <= day]


def _layer_of(row: Row) -> Layer:
    return str(row["measure"]), str(row["population"]), str(row["area"])


def _sum(counts: Iterable[Count]) -> Count:
    """The sum of counts, missing if one of them is."""
    listed = sorted(counts, key=lambda count: (count.start, count.end))
    values = [count.value for count in listed]
    total = None if None in values else sum(value for value in values if value is not None)
    rows = tuple(row for count in listed for row in count.rows)
    return Count(listed[0].start, max(count.end for count in listed), total, rows)


def whole_period(counts: list[Count], period: tuple[datetime.date, datetime.date]) -> Count | None:
    """The count for a period: as published, or the sum of periods that fill it, or None."""
    exact = [count for count in counts if (count.start, count.end) == period]
    if exact:
        return exact[0]
    within = [count for count in counts if lies_in((count.start, count.end), period)]
    # We use ordinals because no date comes after the last one that Python knows.
    reached: dict[int, list[Count]] = {period[0].toordinal(): []}
    for count in sorted(within, key=lambda count: (count.end, -count.days)):
        before = reached.get(count.start.toordinal())
        if before is not None:
            reached.setdefault(count.end.toordinal() + 1, [*before, count])
    filled = reached.get(period[1].toordinal() + 1)
    return _sum(filled) if filled else None


# ---------------------------------------------------------------- windows beside quarters


class Bracket(NamedTuple):
    """Counts inside a window that do not overlap, and counts that together cover it, or None."""

    inside: tuple[Count, ...]
    around: tuple[Count, ...] | None

    @property
    def interval(self) -> Interval:
        """The numbers that the counts allow for the window.

        If a release contradicts itself, so that less was counted around the window than inside it,
        we allow both numbers and all between them.
        """
        lower = Fraction(sum(count.value or 0 for count in self.inside))
        if self.around is None:
            return Interval(lower, None)
        upper = Fraction(sum(count.value or 0 for count in self.around))
        return Interval(min(lower, upper), max(lower, upper))

    @property
    def loose_days(self) -> float:
        """By how many days the counts around the window are longer than those inside it."""
        inside = sum(count.days for count in self.inside)
        if self.around is None:
            return float("inf")
        covered = max(c.end for c in self.around) - min(c.start for c in self.around)
        return covered.days + 1 - inside

    def __str__(self) -> str:
        if self.around == self.inside:
            return " + ".join(map(str, self.inside))
        inside = f"inside: {' + '.join(map(str, self.inside)) or 'none'}"
        around = "none" if self.around is None else " + ".join(map(str, self.around))
        return f"{inside}; around: {around}"


def bracket(counts: Iterable[Count], inner: Stretch, outer: Stretch) -> Bracket:
    """The counts inside one period, and around another that includes it.

    A count for exactly these days is both.
    """
    known = [count for count in counts if count.value is not None]
    if inner == outer:
        for count in known:
            if (count.start, count.end) == outer:
                return Bracket((count,), (count,))
    return Bracket(_inside(known, inner), _around(known, outer))


def _inside(counts: list[Count], inner: Stretch) -> tuple[Count, ...]:
    """The counts inside a period that do not overlap and have the largest sum."""
    if inner is None:
        return ()
    best: list[tuple[datetime.date, tuple[Any, ...], tuple[Count, ...]]] = []
    for count in sorted(counts, key=lambda count: count.end):
        if not lies_in((count.start, count.end), inner):
            continue
        before = [(rank, taken) for end, rank, taken in best if end < count.start]
        rank, taken = max(before, default=((0, 0, 0), ()), key=lambda item: item[0])
        more = (rank[0] + (count.value or 0), rank[1] + count.days, rank[2] - 1)
        best.append((count.end, more, (*taken, count)))
    return max(best, key=lambda item: item[1])[2] if best else ()


def _around(counts: list[Count], outer: Stretch) -> tuple[Count, ...] | None:
    """The counts that together cover a period with the smallest sum; None if none do."""
    if outer is None:
        return None
    first, last = outer
    # For each ordinal of a day, the counts of the smallest sum that cover the window up to it.
    covers: dict[int, tuple[tuple[int, int, int], tuple[Count, ...]]] = {
        first.toordinal() - 1: ((0, 0, 0), ())
    }
    for count in sorted(counts, key=lambda count: (count.end, count.start)):
        if count.end < first or count.start > last:
            continue
        until = count.end.toordinal()
        for end, (cost, taken) in list(covers.items()):
            if count.start.toordinal() - 1 <= end < until:
                more = (cost[0] + (count.value or 0), cost[1] + count.days, cost[2] + 1)
                if until not in covers or more < covers[until][0]:
                    covers[until] = (more, (*taken, count))
    reaching = [cover for end, cover in covers.items() if end >= last.toordinal()]
    return min(reaching, key=lambda cover: cover[0])[1] if reaching else None


# ---------------------------------------------------------------- the values of a package


def official_of(package: Package) -> Official:
    """The official values and releases of a package."""
    values, releases, coverage = (
        package.rows(f"official_{name}") for name in ("statistics", "releases", "coverage")
    )
    return Official(values, releases, vocabulary(package), made_on(package), coverage)
