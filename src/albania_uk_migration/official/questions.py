"""What to look up in official statistics for a claim: which counts, over which days.

This is the first step of a check. `question_of` says which counts a claim is about or, if no series
has them, why not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ..claims.assumptions import JOINS, joined
from ..claims.follow_ups import said_elsewhere
from ..claims.vocabulary import FLOW
from ..wording import lower_first
from .counts import Official, official_of
from .vintages import Vintage, read_vintage

if TYPE_CHECKING:
    import datetime

    from ..claims.claim import Claim
    from ..claims.vocabulary import Layer, Vocabulary
    from ..claims.windows import Window
    from ..tables.package import Package


class Against(NamedTuple):
    """What to compare claims with: official values, and which vintage of them.

    `official` has the values that decide: those of a user's workbook, `own_file`, if there is one,
    otherwise `shipped`, those of the package.
    """

    package: Package
    words: Vocabulary
    official: Official
    shipped: Official
    own_file: str | None
    vintage: Vintage
    measures: frozenset[str]
    follow_ups: dict[str, list[str]]

    def has(self, layer: Layer) -> bool:
        """Whether a release counts a layer, or is known or expected to."""
        return bool(self.official.releases_with(layer))


def against(package: Package, vintage: str | datetime.date, own: Official | None) -> Against:
    """The values and releases of a package, or a user's own, at a vintage.

    Raises UnknownNameError for a vintage that does not exist.
    """
    shipped = official_of(package)
    official = own or shipped
    return Against(
        package,
        shipped.words,
        official,
        shipped,
        None if own is None else next(iter(own.releases)),
        read_vintage(vintage, official, at_the_time=True),
        official.measures(),
        said_elsewhere(package),
    )


# ---------------------------------------------------------------- the question


class Term(NamedTuple):
    """One count that a claim is about: what is counted, and over which days."""

    layer: Layer
    window: Window


class Question(NamedTuple):
    """A claim and the counts to look up for it.

    `why_not` says why the claim cannot be compared with any official series, if it cannot. If no
    series can answer it, `without` is the verdict, and `terms` are those of the series that the
    assumption `join` would join, if there is one.
    """

    claim: Claim
    terms: tuple[Term, ...]
    asked: tuple[Term, ...]
    without: str | None = None
    join: str | None = None
    why_not: str | None = None


def _terms(claim: Claim, words: Vocabulary) -> tuple[Term, ...]:
    """The count a claim is about, or the two counts it divides; none for other claims."""
    measure = words.measures.get(claim.measure, {})
    rest = claim.layer[1:]
    of = measure.get("of")
    if claim.kind == FLOW:
        return (Term(claim.layer, claim.window),)
    if claim.kind == "share" and of and measure.get("share_of"):
        return tuple(Term((m, *rest), claim.window) for m in (of, measure["share_of"]))
    if claim.kind == "change" and of:
        return tuple(Term((of, *rest), window) for window in (claim.window, claim.base))
    return ()


def _why_not(claim: Claim, terms: tuple[Term, ...], beside: Against) -> str | None:
    """Why a claim cannot be compared with any official series; None if it can."""
    if not claim.counted:
        return f"it is {claim.row['status']}, not counted"
    if claim.kind == "rank":
        return "it is a rank, and we compare only counts, shares and changes"
    if not terms:
        return f"no official series counts {lower_first(beside.words.measure_title(claim.measure))}"
    for term in terms:
        taken = [joined(term.layer, [name])[0] for name in JOINS]
        if not beside.measures & {term.layer[0], *taken}:
            counted = lower_first(beside.words.measure_title(term.layer[0]))
            if beside.own_file:
                return f"{beside.own_file} does not count {counted}"
            return f"no official series that we have counts {counted}"
    return None


def question_of(claim: Claim, beside: Against) -> Question:
    """What to look up for a claim, or why it cannot be compared with official series."""
    terms = _terms(claim, beside.words)
    why_not = _why_not(claim, terms, beside)
    if why_not is not None:
        return Question(claim, (), terms, why_not=why_not)
    if any(term.window.outer is None for term in terms):
        return Question(claim, (), terms, "period_not_stated")
    if all(beside.has(term.layer) for term in terms):
        return Question(claim, terms, terms)
    for name in JOINS:
        taken = tuple(Term(joined(term.layer, [name]), term.window) for term in terms)
        if taken != terms and all(beside.has(term.layer) for term in taken):
            return Question(claim, taken, terms, "definition_differs", name)
    return Question(claim, (), terms, "no_series")
