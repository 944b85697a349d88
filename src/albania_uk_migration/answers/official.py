"""What offices had published when a claim was made, and what they published later."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from ..claims.assumptions import JOINS
from ..official.magnitude import magnitude_in_words, magnitude_of
from ..official.phrases import (
    counts_in_words,
    covering_in_words,
    days_covered,
    found_in_words,
    interval_in_words,
)
from ..official.verdicts import nearest_in_words
from ..wording import day_in_words, lower_first, number_in_words

if TYPE_CHECKING:
    from ..claims.claim import Claim
    from ..official.calendar import Covering
    from ..official.check import Stations
    from ..official.counts import Bracket, Count, Official
    from ..official.decisions import Found


class OfficialLine(NamedTuple):
    """What was public at a time: the time, the number or why there is none, source and page.

    `note` says how far the claim is from the number, if they differ. `sums` has what was added up.
    """

    when: str
    text: str
    source: str
    url: str | None
    note: str
    sums: tuple[dict[str, object], ...]


THEN, SINCE = "when this was said", "the latest we have"


def official_lines(stations: Stations) -> list[OfficialLine]:
    """What was public when a claim was made, and the latest figures we have."""
    decision, claim = stations.decision, stations.question.claim
    official = stations.beside.official
    asked, latest = decision.asked.found, decision.latest.found
    lines = []
    if asked is not None:
        lines.append(_number_line(THEN, asked, claim, official))
    elif stations.question.without is None:
        lines.append(_missing_line(stations))
    if latest is not None and latest is not asked:
        line = _number_line(SINCE, latest, claim, official)
        if asked is not None and latest.shown == asked.shown:
            line = line._replace(text=f"the same: {line.text}")
        if stations.question.join is not None:
            line = line._replace(note=f"The same only if {JOINS[stations.question.join].sentence}.")
        lines.append(line)
    return lines


def summed_in_words(stations: Stations) -> str:
    """What an official number adds up: enforced returns plus voluntary returns."""
    words = stations.beside.words
    parts = [
        " plus ".join(lower_first(words.measure_title(part)) for part in names)
        for measure in dict.fromkeys(term.layer[0] for term in stations.question.terms)
        for names in words.partitions(measure).values()
    ]
    return "; ".join(parts)


def _number_line(when: str, found: Found, claim: Claim, official: Official) -> OfficialLine:
    far = magnitude_of(claim, found.sure)
    words = magnitude_in_words(claim, far)
    return OfficialLine(
        when,
        _with_sum(found, claim),
        found_in_words(found, official),
        official.page(_layer(found), found.release),
        f"The claim is {words}." if words else "",
        tuple(_sum(one) for one in found.brackets),
    )


def _layer(found: Found) -> tuple[str, str, str]:
    """What a release's counts are counts of, to find its page."""
    row = next(
        count.rows[0] for one in found.brackets for count in (*one.inside, *(one.around or ()))
    )
    return str(row["measure"]), str(row["population"]), str(row["area"])


def _with_sum(found: Found, claim: Claim) -> str:
    """An official number with its days, and what was added up or divided to give it."""
    if len(found.brackets) > 1:
        part, whole = (_interval(one) for one in found.brackets)
        between = f"from {whole} to {part}" if claim.kind == "change" else f"{part} of {whole}"
        return f"{interval_in_words(found.shown, claim)}: {between}"
    (bracket,) = found.brackets
    number = nearest_in_words(claim, found)
    if bracket.around == bracket.inside:
        return f"{number} {counts_in_words(bracket.inside)}"
    if bracket.around and number.startswith("at most"):
        return f"{number} {counts_in_words(bracket.around)}"
    if bracket.inside and number.startswith("at least"):
        return f"{number} {counts_in_words(bracket.inside)}"
    if bracket.inside and bracket.around:
        low, high = (
            f"{number_in_words(Fraction(sum(one.value or 0 for one in counts)))} "
            f"({counts_in_words(counts)})"
            for counts in (bracket.inside, bracket.around)
        )
        return f"between {low} and {high}"
    return number


def _interval(bracket: Bracket) -> str:
    """The interval of one of the counts behind a share or a change."""
    interval = bracket.interval
    if interval.lower == interval.upper:
        return number_in_words(interval.lower or Fraction(0))
    low = number_in_words(interval.lower or Fraction(0))
    return f"at least {low}" if interval.upper is None else str(interval)


def _sum(bracket: Bracket) -> dict[str, object]:
    """What was added up, as data: the counts inside a claim's days, and those that cover them."""
    around = None if bracket.around is None else [_part(one) for one in bracket.around]
    return {"inside": [_part(one) for one in bracket.inside], "around": around}


def _part(count: Count) -> dict[str, object]:
    return {
        "sign": "+",
        "number": count.value,
        "first_day": count.start.isoformat(),
        "last_day": count.end.isoformat(),
        "release_id": count.rows[0]["release_id"],
    }


# ---------------------------------------------------------------- no number decides


def _missing_line(stations: Stations) -> OfficialLine:
    """Why no number of the day decides: there was none, we do not have it, or we do not know."""
    asked, official = stations.decision.asked, stations.beside.official
    covering = asked.covering
    source = "" if covering is None else covering_in_words(covering, official)
    url = None if covering is None else covering.url
    text = {
        "not_published_then": _none_covered(covering),
        "published_not_held": _not_held(covering),
    }.get(asked.verdict, _not_known(covering))
    return OfficialLine(THEN, text, source, url, "", ())


def _none_covered(covering: Covering | None) -> str:
    if covering is None or covering.last is None:
        return "nothing had been published for these days"
    ran = day_in_words(covering.last)
    return f"none covered all of these days; the newest we know of ran to {ran}"


def _not_held(covering: Covering | None) -> str:
    days = days_covered(covering) if covering else ""
    covers = f" ({days})" if days else ""
    return f"a table that covers these days was out{covers}; we do not have its numbers"


def _not_known(covering: Covering | None) -> str:
    if covering is None:
        return "we do not know what had been published"
    return "we do not know which figures were out; this release may cover these days"
