"""Compare what all figures together imply for a count with what offices counted."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ..comparing.implied import implied_in
from ..official.counts import bracket, official_of
from ..tables.package import shipped
from ..wording import number_in_words, released_in_words

if TYPE_CHECKING:
    import datetime

    from ..claims.assumptions import Assumptions
    from ..claims.given import GivenFigures
    from ..claims.vocabulary import Layer
    from ..comparing.implied import Implied
    from ..comparing.implied_question import Period
    from ..official.counts import Bracket, Official
    from ..tables.package import Package


def implied(
    measure: str,
    population: str,
    period: Period,
    given: GivenFigures | None = None,
    assuming: Assumptions | None = None,
    *,
    area: str = "GBR",
    rounded: bool = False,
    conflicts: int = 1,
) -> Implied:
    """What all figures together imply for a count over a period, compared with official counts.

    `measure` (one that counts over time: kind `flow`) and `population` are identifiers from their
    tables; `period` is a closed period in EDTF ("2023-04-01/2023-05-16") or a pair of days. `given`
    are the figures to use: identifiers, rows or a frame; by default all. `assuming` adds what you
    want to test: another period for a figure ("F034=2022-12-13/2023-05-16", or a mapping from
    figure to period), a limit on a figure's widest period or on a period of the count asked for
    ("F009 at most 1500", "2023-04-01/2023-04-07 <= 100"), a row of the figures table, or the name
    of an assumption that joins two definitions (see `compare`). With `rounded` bare numbers may be
    rounded; otherwise they are exact. `conflicts` is the most sets of conflicting figures to give.
    We use only counts that set a limit, not changes, shares or "about".

    Counts are whole numbers, none below zero, in persons. A figure's lower limit applies to the
    widest period that its words allow, its upper limit to the days that are certain. The parts of
    an exhaustive split add up to their whole, and a population includes those within it. Returns an
    `Implied`; printed, it gives sentences. `lower_from` and `upper_from` are smallest sets; there
    may be others of the same size. Beyond 300 figures they may not be the smallest, but you cannot
    leave out any of their figures.

    `counted_lower` and `counted_upper` come from the official release that fits these days most
    closely, or the newest of several: one number if its periods fill the days, otherwise the counts
    inside these days and around them. The comparison is of numbers and judges nobody. Values that
    need caution are left out.

    Raises UnknownNameError for a measure, population, area or figure that does not exist,
    ComparisonError for a period or assumption that cannot be used, and ValidationError for rows
    with cells of the wrong type. Method: integer programming by HiGHS. We check each answer again
    in whole numbers, and use the dual multipliers, as fractions, to prove that there is no better
    one.

    >>> found = implied("returns", "albanian", "2023")
    >>> found.lower, found.counted_lower, found.counted_upper, found.counted_release_id
    (6113, 5771, 5771, 'ho-iss-ye-dec-2023')
    >>> claim = {"F034": "2022-12-13/2023-05-16"}
    >>> found = implied("returns", "albanian", "2023-04-01/2023-05-16", assuming=claim)
    >>> found.lower, found.upper, found.lower_from
    (5318, None, ('F011', 'F018', 'F034'))
    >>> found.counted_lower, found.counted_upper
    (0, 1521)
    """
    layer = (measure, population, area)
    return implied_beside(shipped(), layer, period, given, assuming, rounded, conflicts)


def implied_beside(
    package: Package,
    layer: Layer,
    period: Period,
    given: GivenFigures | None = None,
    assuming: Assumptions | None = None,
    rounded: bool = False,
    conflicts: int = 1,
) -> Implied:
    """What a package's figures imply for a count, compared with official counts; see implied."""
    found = implied_in(package, layer, period, given, assuming, rounded, conflicts)
    official = official_of(package)
    layer = (found.measure, found.population, found.area)
    counted = counted_in(official, layer, found.start, found.end)
    answer, *rest = found.sentences
    answer = answer.removesuffix(".")
    if counted is None:
        none = "No official count that we have covers these days."
        return found._replace(sentences=(f"{answer}.", none, *rest))
    release = official.releases[counted.release]
    ends = counted.bracket.interval
    url = official.page(layer, counted.release)
    where = ", ".join(filter(None, (released_in_words(release), url)))
    period = "" if ends.lower == ends.upper else " for this period"
    beside = f"{counted_in_words(counted, official)}{period} ({where})"
    return found._replace(
        sentences=(f"{answer}; {beside}.", *rest),
        counted_lower=None if ends.lower is None else int(ends.lower),
        counted_upper=None if ends.upper is None else int(ends.upper),
        counted_by=release["publisher"],
        counted_on=release["published_on"] or release["public_by"],
        counted_url=url,
        counted_release_id=counted.release,
    )


class Counted(NamedTuple):
    """The release that fits the days most closely, and its counts inside and around them."""

    release: str
    bracket: Bracket


def counted_in(
    official: Official, layer: Layer, start: datetime.date, end: datetime.date
) -> Counted | None:
    """What offices counted over the days; None if no release has counts for them.

    We use the newest of the releases that fit the days most closely, and leave out values that need
    caution.
    """
    having = set(official.having(layer))
    days = (start, end)
    found = [
        Counted(one.release, bracket(official.counts(layer, one.release), days, days))
        for one in reversed(official.by_day)
        if one.release in having and official.releases[one.release]["kind"] == "statistics"
    ]
    known = [one for one in found if one.bracket.inside or one.bracket.around is not None]
    return min(known, key=_closeness, default=None)


def counted_in_words(counted: Counted, official: Official) -> str:
    """What an office counted over some days, or what its counts leave for them."""
    office = official.releases[counted.release]["publisher"]
    ends, number = counted.bracket.interval, _numbers(counted.bracket)
    if ends.lower == ends.upper:
        return f"{_named(office)} counted {number}"
    return f"counts of {_named(office)} leave {number}"


def _closeness(counted: Counted) -> tuple[float, int]:
    """A sort key: smallest for the release whose counts leave the fewest days open."""
    return counted.bracket.loose_days, -sum(count.days for count in counted.bracket.inside)


def _numbers(found: Bracket) -> str:
    """The numbers that counts leave for the days, in words."""
    ends = found.interval
    lower, upper = (
        None if end is None else number_in_words(end) for end in (ends.lower, ends.upper)
    )
    if upper is None:
        return f"at least {lower}"
    if lower == upper:
        return str(lower)
    return f"between {lower} and {upper}" if ends.lower else f"at most {upper}"


# Offices whose names take no article.
_WITHOUT_ARTICLE = ("Eurostat", "UNHCR")


def _named(publisher: str) -> str:
    return publisher if publisher in _WITHOUT_ARTICLE else f"the {publisher}"
