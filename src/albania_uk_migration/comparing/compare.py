"""Whether two figures can be compared, and what follows.

Two figures are compared by the keys in their rows: measure, population, area, period, base period,
status, how nationality is known. If the keys agree, or one count includes the other (a longer
period, a larger population, a whole and its part), we compare the limits that their words set. If
not, the answer says which keys differ.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from ..claims.assumptions import joined, read_assumptions, with_assumptions
from ..claims.claim import Claim, assumed_of_all, claim_of
from ..claims.given import figure_row
from ..claims.intervals import Interval
from ..claims.vocabulary import Vocabulary, vocabulary
from ..errors import ComparisonError
from ..tables.package import shipped
from .decisions import decided
from .keys import keys_of
from .reasons import ROUNDED, explanation, sentence
from .terms import VERDICTS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..claims.given import GivenFigure
    from ..claims.windows import Window
    from ..tables.package import Package


class Comparison(NamedTuple):
    """What comparing two figures gives.

    `verdict` is one of `VERDICTS`. `keys` names what differs: measure, population, nationality,
    area, period, base_period, status, rank_among. `explanation` is a sentence with the numbers;
    `assumptions` lists what we take for granted beyond the words. Printed, it begins with the
    answer in words.

    >>> compare("F018", "F019").verdict
    'compatible'
    """

    first: str
    second: str
    verdict: str
    keys: tuple[str, ...]
    explanation: str
    assumptions: tuple[str, ...]

    def to_dict(self) -> dict[str, object]:
        """The same as plain values for JSON."""
        plain = self._asdict()
        return {k: list(v) if isinstance(v, tuple) else v for k, v in plain.items()}

    def __str__(self) -> str:
        """The answer, the explanation and the assumptions as text."""
        head = f"{self.first} and {self.second} {VERDICTS[self.verdict]}."
        lines = [head, self.explanation]
        return with_assumptions(lines, self.assumptions)


def compare(
    first: GivenFigure,
    second: GivenFigure,
    *,
    assuming: str | Iterable[str] = (),
    tolerance: float | Fraction | None = None,
) -> Comparison:
    """Whether two figures can be compared, and if so whether they agree.

    A figure is an identifier ("F012") or a row with the columns of the figures table. `assuming`
    names assumptions that join two definitions: removals_are_returns,
    returns_to_albania_are_returns_of_albanians, self_declared_is_recorded. Without these, we do not
    compare different definitions. `assuming` may also give a figure another period
    ("F034=2022-12-13/2023-05-16"). A bare number may be rounded to its last digit that is not zero
    (93% stands for 92.5 to 93.5, 800 for 750 to 850). `tolerance`, a part of the printed number
    (0.05 for 5 per cent), adds to that, and gives limits to "about". Nothing else is tolerated.

    A lower limit applies to the widest period that the words allow, an upper limit to the days that
    are certain. Flows may be compared if one period includes the other, or if both begin or end on
    the same day; everything else only for the same period. Returns a `Comparison`; see `VERDICTS`
    for its verdicts. Raises UnknownNameError, ValidationError for cells of the wrong type,
    ComparisonError for a tolerance or an assumption that cannot be used.

    >>> compare("F018", "F019").verdict
    'compatible'
    >>> compare("F009", "F011").keys
    ('period',)
    """
    return compared_in(shipped(), first, second, assuming, tolerance)


def compared_in(
    package: Package,
    first: GivenFigure,
    second: GivenFigure,
    assuming: str | Iterable[str] = (),
    tolerance: float | Fraction | None = None,
) -> Comparison:
    """Compare two figures of a package; see compare."""
    words = vocabulary(package)
    rows = [figure_row(package, first), figure_row(package, second)]
    known = {str(row["figure_id"]): row for row in rows}
    assumed = read_assumptions(package, words, assuming, None, known)
    if assumed.bounds or assumed.rows:
        raise ComparisonError(
            "To compare two figures, give a named assumption or a period, not a limit or a row."
        )
    spread = _spread(tolerance)
    one, other = (
        _assumed(claim_of(row, words), assumed.joins, assumed.windows, spread) for row in rows
    )
    found = compared(one, other, words)
    if not spread:
        return found._replace(assumptions=(*assumed.sentences, *found.assumptions))
    percent = f"{float(100 * spread):g}%"
    return found._replace(
        explanation=found.explanation.replace(ROUNDED, f"{ROUNDED} or {percent} off"),
        assumptions=(
            *assumed.sentences,
            f"A printed number may be {percent} off",
            *found.assumptions,
        ),
    )


def _spread(tolerance: float | Fraction | None) -> Fraction:
    try:
        spread = Fraction(0 if tolerance is None else tolerance)
        sound = 0 <= spread < 1
    except (TypeError, ValueError, OverflowError):
        sound = False
    if not sound:
        raise ComparisonError(
            f"Give a tolerance from 0 up to 1, such as 0.05 for 5 per cent, not {tolerance!r:.40}."
        )
    return spread


def _assumed(claim: Claim, joins: list[str], windows: dict[str, Window], spread: Fraction) -> Claim:
    """A claim under the assumptions of a comparison."""
    claim = claim.read_as(windows.get(claim.name))
    if spread and claim.printed is not None:
        by = abs(claim.printed) * spread
        if not claim.interval.bounded:
            about = Interval.exactly(claim.printed).widened(by)
            claim = claim._replace(interval=about, rounded=about, allowed=about)
        elif claim.row["comparator"] == "exactly":
            claim = claim._replace(rounded=claim.rounded.widened(by))
    return claim._replace(layer=joined(claim.layer, joins))


# ---------------------------------------------------------------- two claims


def compared(one: Claim, other: Claim, words: Vocabulary) -> Comparison:
    """The comparison of two claims: the keys first, then the verdict, then the words."""
    if one == other:
        why = f"{sentence(one)} is compared with itself."
        return Comparison(one.name, other.name, "equal", (), why, ())
    keys = keys_of(one, other, words)
    decision = decided(one, other, keys, words)
    return Comparison(
        one.name,
        other.name,
        decision.verdict,
        keys.differing,
        explanation(one, other, decision, keys, words),
        assumed_of_all((one, other), words),
    )
