"""What offices had published when a claim was made, and what they published later."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from ..claims.assumptions import JOINS
from ..claims.vocabulary import FLOW
from ..official.calendar import COVERED, EXPECTED, PERHAPS, known_older
from ..official.magnitude import decimal_of, magnitude_in_words, magnitude_of
from ..official.phrases import (
    counts_in_words,
    covering_in_words,
    days_covered,
    found_in_words,
    interval_in_words,
    lacking_in_words,
)
from ..official.verdicts import if_it_ran, number_of
from ..wording import day_in_words, lower_first, number_in_words

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable, Iterator
    from decimal import Decimal

    from ..claims.claim import Claim
    from ..official.calendar import Covering, Days
    from ..official.counts import Bracket, Count
    from ..official.decisions import Found, Stations


class OfficialLine(NamedTuple):
    """What was public at a time: the number or why there is none, its source and page.

    `asked` is "then" (when the claim was made), "earlier" (then public too, but perhaps not the
    newest), "latest", or "closest" (the latest that fits the period best); `when` says it in words.
    `note` says how far the claim is from the number, or by how much that was revised. `counts` is
    what the number counts, and `condition` what it assumes of the period. `lower` and
    `upper` are the number, None where there is none; `release_id` and `table` say where it is from,
    or which release may have it. `sums` has the counts that were added up, inside the period and
    around it: for a share the part, then the whole; for a change the period, then its base.
    """

    asked: str
    when: str
    text: str
    source: str
    url: str | None
    note: str
    counts: str
    condition: str
    release_id: str | None
    table: str | None
    lower: Decimal | None
    upper: Decimal | None
    sums: tuple[Sum, ...]


class Sum(NamedTuple):
    """Counts that were added up: what they are of, those inside some days, those around them."""

    role: str
    measure: str
    inside: tuple[Part, ...]
    around: tuple[Part, ...] | None


class Part(NamedTuple):
    """One count of a sum."""

    sign: str
    number: int | None
    first_day: datetime.date
    last_day: datetime.date
    release_id: str


_WHEN = {
    "then": "when this was said",
    "earlier": "an earlier release",
    "latest": "latest we have",
    "closest": "closest we have",
}
# What each count of a claim is, by the kind of the claim.
_ROLES = {"share": ("part", "whole"), "change": ("period", "base")}


def official_lines(stations: Stations) -> list[OfficialLine]:
    """What was public when a claim was made, and the latest figures we have."""
    decision, claim = stations.decision, stations.question.claim
    asked, latest = decision.asked.found, decision.latest.found
    lines = []
    if asked is not None:
        lines.append(_number_line("then", asked, stations))
        revised = stations.revised_before
        if revised is not None:
            number = number_of(claim, revised)
            note = f"Already revised to {number} when this was said."
            lines[0] = lines[0]._replace(note=note)
    elif stations.question.without is None:
        lines.append(_missing_line(stations))
        public = stations.then_public
        if public and public[0] is not latest:
            lines.append(_number_line("earlier", public[0], stations))
    if latest is not None and latest is not asked:
        line = _number_line("latest" if stations.best_is_newest else "closest", latest, stations)
        if asked is not None and claim.kind == FLOW:
            line = _compared(line, asked, latest)
        if stations.question.join is not None:
            line = line._replace(note=f"The same only if {JOINS[stations.question.join].sentence}.")
        lines.append(line)
    if latest is not None:
        newer = _newer(stations, latest)
        lines[-1] = lines[-1]._replace(note=" ".join(filter(None, (lines[-1].note, newer))))
    return lines


def _newer(stations: Stations, shown: Found) -> str:
    """How many newer releases may have the period, without their numbers here."""
    having = {one.release for one in stations.brackets.every}
    releases = stations.beside.official.releases
    newer = [
        one.release
        for one in stations.calendar.latest.releases
        if one.release not in having
        and one.in_state(COVERED, PERHAPS)
        and known_older(releases[shown.release], releases[one.release])
    ]
    if not newer:
        return ""
    if len(newer) == 1:
        return "A newer release may cover this period; we do not have its numbers."
    return f"{len(newer)} newer releases may cover this period; we do not have their numbers."


class Vintage(NamedTuple):
    """What one release gives for the period of a claim, None where it has no numbers here.

    `public_then` says whether it was public when the claim was made: yes, no, or perhaps.
    """

    release_id: str
    publisher: str
    published_on: datetime.date | None
    public_by: datetime.date | None
    public_then: str
    table: str | None
    lower: Decimal | None
    upper: Decimal | None


def vintages_of(stations: Stations) -> Iterator[Vintage]:
    """Every release that has the period of a claim, or may, the newest first."""
    having = {one.release: one for one in stations.brackets.every}
    said = {one.release: one.certain for one in stations.calendar.said.releases}
    for listed in stations.calendar.latest.releases:
        found = having.get(listed.release)
        if found is None and not listed.in_state(COVERED, PERHAPS):
            continue
        row = stations.beside.official.releases[listed.release]
        covering = listed.covering
        yield Vintage(
            listed.release,
            str(row["publisher"]),
            row["published_on"],
            row["public_by"],
            {True: "yes", False: "perhaps", None: "no"}[said.get(listed.release)],
            found.table if found else covering.table if covering else None,
            decimal_of(found.shown.lower) if found else None,
            decimal_of(found.shown.upper) if found else None,
        )


def _compared(line: OfficialLine, asked: Found, latest: Found) -> OfficialLine:
    """The latest number beside the one of the day: unchanged, or revised by how much."""
    before, after = asked.shown, latest.shown
    if before == after:
        return line._replace(text=f"unchanged: {line.text}")
    if before.lower is None or before.lower != before.upper or after.lower != after.upper:
        return line
    by = (after.lower or Fraction(0)) - before.lower
    way = "up" if by > 0 else "down"
    part = f" ({float(abs(by) / before.lower):.0%})" if before.lower else ""
    return line._replace(note=f"Revised {way} by {number_in_words(abs(by))}{part}.")


def summed_in_words(stations: Stations) -> str:
    """What an official number adds up: enforced returns plus voluntary returns."""
    words = stations.beside.words
    parts = [
        f"{lower_first(words.measure_title(measure))} are "
        + " plus ".join(lower_first(words.measure_title(part)) for part in names)
        for measure in dict.fromkeys(term.layer[0] for term in stations.question.terms)
        for names in words.partitions(measure).values()
    ]
    return "; ".join(parts)


def _number_line(asked: str, found: Found, stations: Stations) -> OfficialLine:
    claim, official = stations.question.claim, stations.beside.official
    words = magnitude_in_words(claim, magnitude_of(claim, found.sure))
    terms = stations.question.terms
    roles = _ROLES.get(claim.kind, ("count",))
    return OfficialLine(
        asked,
        _WHEN[asked],
        _with_sum(found, claim),
        found_in_words(found, official),
        official.page(terms[0].layer, found.release),
        f"The claim is {words}." if words else "",
        _counts(stations),
        if_it_ran(claim, found).strip(),
        found.release,
        found.table,
        decimal_of(found.shown.lower),
        decimal_of(found.shown.upper),
        tuple(
            Sum(
                role,
                term.layer[0],
                _parts(one.inside),
                None if one.around is None else _parts(one.around),
            )
            for role, term, one in zip(roles, terms, found.brackets, strict=True)
        ),
    )


def _counts(stations: Stations) -> str:
    """What the counts behind an official number are of."""
    titles = [stations.beside.words.title(term.layer) for term in stations.question.terms]
    return "; ".join(dict.fromkeys(titles))


def _with_sum(found: Found, claim: Claim) -> str:
    """An official number with its days, and what was added up or divided to give it."""
    if len(found.brackets) > 1:
        part, whole = (_interval(one) for one in found.brackets)
        between = f"from {whole} to {part}" if claim.kind == "change" else f"{part} of {whole}"
        return f"{interval_in_words(found.shown, claim)}: {between}"
    (bracket,) = found.brackets
    number = number_of(claim, found)
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
    if interval.upper is None:
        return f"at least {low}"
    return f"between {low} and {number_in_words(interval.upper)}"


def _parts(counts: Iterable[Count]) -> tuple[Part, ...]:
    return tuple(
        Part("+", one.value, one.start, one.end, str(one.rows[0]["release_id"])) for one in counts
    )


# ---------------------------------------------------------------- no number decides


def _missing_line(stations: Stations) -> OfficialLine:
    """Why no number of the day decides: there was none, we do not have it, or we do not know."""
    asked, official = stations.decision.asked, stations.beside.official
    covering = asked.covering
    source = "" if covering is None else covering_in_words(covering, official)
    url = None if covering is None else covering.url
    terms = stations.question.terms
    days = stations.calendar.asked
    if asked.verdict == "not_published_then":
        text = _none_covered(covering, days)
        if covering is not None and covering.last is not None:
            having = all(official.counts(term.layer, covering.release) for term in terms)
            text += "" if having else "; we do not have its numbers"
    elif asked.verdict == "published_not_held" and covering is not None:
        text = _not_held(covering, lacking_in_words(covering, terms, official))
    else:
        text = _not_known(covering, days)
    return OfficialLine(
        "then",
        _WHEN["then"],
        text,
        source,
        url,
        "",
        _counts(stations),
        "",
        None if covering is None else covering.release,
        None if covering is None else covering.table,
        None,
        None,
        (),
    )


def _none_covered(covering: Covering | None, days: Days) -> str:
    if covering is None or covering.last is None:
        return "we know of no table that had been published"
    unsure = [
        one.covering
        for one in days.releases
        if not one.certain and one.covering is not None and one.covering.last is not None
    ]
    longer = any(one.last > covering.last for one in unsure if one.last is not None)
    which = "that was certainly out" if longer else "we know of"
    ended = day_in_words(covering.last)
    return f"none covered the whole period; the most recent {which} ran to {ended}"


def _not_held(covering: Covering, lacking: str) -> str:
    days = days_covered(covering) or "this period"
    return f"a table covering {days} had been published; we {lacking}"


def _not_known(covering: Covering | None, days: Days) -> str:
    """Why we do not know what had been published, by the release that may have been it."""
    text = "we do not know what had been published"
    if covering is None:
        return text
    certain = any(one.certain for one in days.releases if one.release == covering.release)
    if covering.state == COVERED and not certain:
        return f"{text}; this release covers the period, but may have come out only later"
    if covering.state == PERHAPS:
        return f"{text}; this release may cover the period"
    if covering.state == EXPECTED:
        return f"{text}; this release should cover the period, but we have not seen it"
    return f"{text}; this release gives a different number"
