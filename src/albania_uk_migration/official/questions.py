"""What a claim asks of official statistics: which counts, over which days, known when.

The first two stations of a check. `question_of` says which counts a claim speaks of, and why no
series has them where none does; `calendar_of` which releases were public on the days asked about.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ..claims.assumptions import JOINS, joined
from ..claims.follow_ups import said_elsewhere
from ..claims.vocabulary import FLOW
from .counts import Official, official_of, whole_period
from .periods import next_quarter_end
from .vintages import DAY, Vintage, may_be_public_on, read_vintage

if TYPE_CHECKING:
    import datetime

    from ..claims.claim import Claim
    from ..claims.vocabulary import Layer, Vocabulary
    from ..claims.windows import Window
    from ..tables.package import Package


class Against(NamedTuple):
    """What claims are set against: official values, and which vintage of them.

    `official` has the values that decide: those of a user's workbook, `own_file`, where one is
    given, else `shipped`, those of the package.
    """

    package: Package
    words: Vocabulary
    official: Official
    shipped: Official
    own_file: str | None
    vintage: Vintage
    layers: frozenset[Layer]
    follow_ups: dict[str, list[str]]

    def has(self, layer: Layer) -> bool:
        """Whether there is any value of a layer, though it be one to be rechecked."""
        return bool(self.official.having(layer, marked=True))


def against(package: Package, vintage: str | datetime.date, own: Official | None) -> Against:
    """The values and releases of a package, or a user's own, at a vintage.

    Raises UnknownNameError for a vintage that is none.
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
        frozenset(official.layers()),
        said_elsewhere(package),
    )


# ---------------------------------------------------------------- the question


class Term(NamedTuple):
    """One count that a claim speaks of: what is counted, and over which days."""

    layer: Layer
    window: Window


class Question(NamedTuple):
    """A claim and the counts to be looked up for it.

    `why_not` says why the claim cannot be set against any official series, if it cannot. Where none
    has a value to set beside it, `without` is the verdict; then `terms` are those of the series
    that the assumption `join` would join, if there is one.
    """

    claim: Claim
    terms: tuple[Term, ...]
    asked: tuple[Term, ...]
    without: str | None = None
    join: str | None = None
    why_not: str | None = None


def _terms(claim: Claim, words: Vocabulary) -> tuple[Term, ...]:
    """The count a claim is about, or the two whose quotient it is; none for other claims."""
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
    """Why a claim cannot be set against any official series; None if it can."""
    if not claim.counted:
        return f"it is {claim.row['status']}, not counted"
    if claim.kind == "rank":
        return "a rank needs the same days of every other period, which quarters do not give"
    if not terms:
        return f"no official series tells of {beside.words.measure_title(claim.measure).lower()}"
    measures = {whole for layer in beside.layers for whole in beside.words.wholes(layer[0])}
    for term in terms:
        taken = [joined(term.layer, [name])[0] for name in JOINS]
        if not measures & {term.layer[0], *taken}:
            where = f"in {beside.own_file}" if beside.own_file else "held"
            counted = beside.words.measure_title(term.layer[0]).lower()
            return f"no official series of {counted} is {where}"
    return None


def question_of(claim: Claim, beside: Against) -> Question:
    """What is to be looked up for a claim, or why it cannot be set against official series."""
    terms = _terms(claim, beside.words)
    why_not = _why_not(claim, terms, beside)
    if why_not is not None:
        return Question(claim, (), terms, why_not=why_not)
    if any(term.window.outer is None for term in terms):
        return Question(claim, (), terms, "window_not_published")
    if all(beside.has(term.layer) for term in terms):
        return Question(claim, terms, terms)
    for name in JOINS:
        taken = tuple(Term(joined(term.layer, [name]), term.window) for term in terms)
        if taken != terms and all(beside.has(term.layer) for term in taken):
            return Question(claim, taken, terms, "definition_differs", name)
    return Question(claim, terms, terms)


# ---------------------------------------------------------------- the calendar


class Days(NamedTuple):
    """Releases as they were public from a first day to a last, newest first.

    `public` are those that certainly were on the first day, `newest` those of them that are known
    to have been the newest on every day up to the last.
    """

    first: datetime.date | None
    last: datetime.date | None
    public: tuple[str, ...]
    newest: frozenset[str]


_NEVER = Days(None, None, (), frozenset())


class Calendar(NamedTuple):
    """What was public when.

    `said`: of the package's releases, when the claim was made; `asked`: of those that decide, on
    the days that the vintage asks about.
    """

    said: Days
    asked: Days
    public_when_said: str


def calendar_of(question: Question, beside: Against) -> Calendar:
    """Which releases were public when a claim was made, and on the day that is asked about."""
    if question.without is not None:
        return Calendar(_NEVER, _NEVER, "not_known")
    first = question.claim.row["stated_on_start"]
    last = question.claim.row["stated_on_end"]
    said = _days(question, beside.shipped, first, last)
    public = _public_when_said(question, beside.shipped, first, last)
    if beside.vintage.kind != DAY:
        return Calendar(said, said, public)
    day = beside.vintage.day
    return Calendar(said, _days(question, beside.official, day, day), public)


def _days(
    question: Question,
    official: Official,
    first: datetime.date | None,
    last: datetime.date | None,
) -> Days:
    if first is None:
        return Days(first, last, (), frozenset())
    public = official.public_on(first)
    newest = (
        name
        for name in public
        if last is not None and _known_newest(name, question, official, first, last)
    )
    return Days(first, last, tuple(public), frozenset(newest))


def _known_newest(
    release: str, question: Question, official: Official, first: datetime.date, last: datetime.date
) -> bool:
    """Whether a release is known to have been the newest on every day from a first to a last.

    It is so where it came out on the one day asked about, or where the next quarter's release of
    its series cannot have been out, because its quarter had not ended or because it was published
    later; and no other that is known can have come between.
    """
    about = official.releases[release]
    names = list(official.releases)
    for later in names[names.index(release) + 1 :]:
        counted = any(official.counts(term.layer, later, marked=True) for term in question.terms)
        if counted and may_be_public_on(official.releases[later], last):
            return False
    if about["released_basis"] == "published_on" and about["released_on"] == first == last:
        return True
    next_end = next_quarter_end(about["year_ending"])
    if about["series"] is None or next_end is None:
        return False
    return last <= next_end or any(
        row["series"] == about["series"]
        and row["released_basis"] == "published_on"
        and row["released_on"] > last
        and row["year_ending"] == next_end
        for row in official.releases.values()
    )


def _public_when_said(
    question: Question,
    official: Official,
    first: datetime.date | None,
    last: datetime.date | None,
) -> str:
    """Whether an official figure for the days of a claim was public when it was made."""
    having = [
        release
        for name, release in official.releases.items()
        if release["released_on"] is not None and _has_these_days(question, name, official)
    ]
    if first is not None and any(release["released_on"] <= first for release in having):
        return "yes"
    firsts = (
        release["released_on"]
        for release in having
        if release["first_publication"] and release["released_basis"] == "published_on"
    )
    return "no" if last is not None and any(day > last for day in firsts) else "not_known"


def _has_these_days(question: Question, release: str, official: Official) -> bool:
    """Whether a release has the very days of each count, not only days around them."""
    for term in question.terms:
        outer = term.window.outer
        if not term.window.certain or outer is None:
            return False
        count = whole_period(official.counts(term.layer, release), outer)
        if count is None or count.value is None:
            return False
    return True
