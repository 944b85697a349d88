"""What checks find, and figures arranged for checks by what they count and when."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ..claims.assumptions import JOINS, joined
from ..claims.claim import Claim, assumed_of_all, claims_of
from ..claims.given import figure_rows
from ..claims.intervals import Interval, change_in_words
from ..claims.vocabulary import vocabulary
from ..claims.windows import Window, WindowIndex
from ..wording import lower_first, number_in_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ..claims.given import GivenFigures
    from ..claims.vocabulary import Layer, Vocabulary
    from ..tables.cells import Row
    from ..tables.package import Package
    from .ranks import RankReading
    from .reckoning import StrainTerms


class Finding(NamedTuple):
    """What one check finds: its figures, what was expected and found, the verdict and the reason.

    `headline` is the answer in words. `reckoned` has the arithmetic of a strain or the readings of
    a rank, for display; it is not part of the row.
    """

    check: str
    figures: tuple[str, ...]
    expected: str
    found: str
    verdict: str
    explanation: str
    assumptions: tuple[str, ...] = ()
    headline: str = ""
    reckoned: StrainTerms | tuple[RankReading, ...] = ()

    def row(self) -> Row:
        """The finding as a row of `consistency`."""
        cells = self._asdict()
        cells |= {"figures": " ".join(self.figures), "assumptions": "; ".join(self.assumptions)}
        return {name: cells[name] or None for name in FINDING_COLUMNS}


# The columns of consistency and their Table Schema types.
FINDING_COLUMNS = dict.fromkeys(
    (
        *("check", "figures", "expected", "found", "verdict"),
        *("headline", "explanation", "assumptions"),
    ),
    "string",
)


class Kind(NamedTuple):
    """What figures must share to be counts of the same thing.

    That is the layer, the base period of a change, whether it has happened, and what a rank is
    among.
    """

    layer: Layer
    base: Window
    status: str
    among: str | None


class Arranged:
    """Figures by what they count and when. A figure that repeats another stands only for itself."""

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
        # The kinds of counts, by what an assumption would take them for.
        self.joinable: dict[Layer, list[Kind]] = {}
        for kind in self.by_kind:
            if kind.status == "counted" and kind.base == Window() and kind.among is None:
                for layer in {joined(kind.layer, [name]) for name in JOINS} - {kind.layer}:
                    self.joinable.setdefault(layer, []).append(kind)

    def counts(self, layer: Layer) -> Kind:
        """The kind of the counts that have been made in a layer."""
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


def arranged(package: Package, given: GivenFigures | None = None) -> Arranged:
    """The figures of a package, or the given ones, arranged for checks."""
    return Arranged(figure_rows(package, given), vocabulary(package))


def kind_of(claim: Claim) -> Kind:
    """What a figure must share with another if both are counts of the same thing."""
    status = "counted" if claim.counted else str(claim.row["status"])
    return Kind(claim.layer, claim.base, status, claim.row["rank_among"])


def when(claim: Claim) -> object:
    """Equal for figures that certainly mean the same days."""
    if claim.window.certain:
        return claim.window
    return claim.words or claim.name


def beside(claims: Sequence[Claim], document: str) -> list[Claim]:
    """The figures that are from a document, or all if none are."""
    return [claim for claim in claims if claim.row["document_id"] == document] or list(claims)


def judged(computed: Interval, claim: Claim) -> tuple[str, str]:
    """The verdict on a figure compared with what other figures give, and its words."""
    if not (computed.bounded and claim.rounded.bounded):
        return "cannot_tell", "but one of the two sets no limit"
    if computed == claim.allowed:
        return "equal", "which is the same"
    if computed.meets(claim.allowed):
        return "compatible", "which fits"
    if computed.meets(claim.rounded):
        return "agrees_within_rounding", "which is the same once rounded"
    return "contradicts", "which does not fit"


def in_unit(interval: Interval, claim: Claim) -> str:
    """An interval in the unit of a figure, for a reader."""
    if claim.kind == "change" and claim.row["unit"] == "percent":
        return change_in_words(interval)
    unit = {"percent": "%", "times": " times"}.get(str(claim.row["unit"]), "")
    if interval.lower is not None and interval.lower == interval.upper:
        return f"{number_in_words(interval.lower)}{unit}"
    return f"{interval}{unit}" if interval.bounded else str(interval)


def summands(claims: Iterable[Claim]) -> str:
    """Figures with their words, as the terms of a sum."""
    return " + ".join(str(claim) for claim in claims)


def lacking(data: Arranged, layer: Layer, window: Window) -> str:
    """A sentence: no figure gives a count for these days, and these figures come near."""
    none = f"no figure gives {data.words.title_within(layer)} for {window}"
    titles = data.words.measure_title
    near = [
        f"{claim} covers {claim.window}"
        for claim in data.meeting(data.counts(layer), window)[:MOST_NEAR]
    ]
    for kind in data.joinable.get(layer, ()) if window.outer is not None else ():
        near += [
            f"{claim} counts {lower_first(titles(claim.measure))}, for {claim.window}"
            for claim in data.meeting(kind, window)[:MOST_NEAR]
        ]
    return f"{none} ({'; '.join(near)})" if near else none


MOST_NEAR = 5


def not_made(data: Arranged, check: str, claim: Claim, why: str, *others: str) -> Finding:
    """A finding that says why a check cannot be made."""
    return Finding(
        check,
        (claim.name, *others),
        "",
        f"{claim}: {in_unit(claim.interval, claim)}",
        "cannot_tell",
        f"{claim} cannot be checked: {why}.",
        assumed_of_all([claim], data.words),
    )


def not_happened(claim: Claim) -> str:
    """A sentence: we do not check plans and projections against counts."""
    return f"it is {claim.row['status']}, and has not happened"
