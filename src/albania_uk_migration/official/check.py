"""What a document says held against what offices published, each at its vintage.

A claim is held against the official count of the same measure, population and area over its days,
in one release. A window that does not fall on quarters is bracketed by the counts inside and around
it, so that the official side is an interval as the claim is. Values to be rechecked decide nothing.
"""

from __future__ import annotations

import datetime
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from ..citing.cite import cited
from ..claims.assumptions import JOINS, joined
from ..claims.claim import Claim, claim_of, taken_for_granted
from ..claims.follow_ups import said_elsewhere
from ..claims.given import figure_row, figure_rows
from ..claims.intervals import Interval, change_in_words
from ..claims.vocabulary import FLOW, Vocabulary, vocabulary
from ..claims.windows import Stretch, Window, lies_in
from ..errors import ComparisonError
from ..tables.cells import plain
from ..tables.edtf import one_day
from ..tables.noted_rows import Series
from ..wording import day_in_words, number_in_words, released_in_words
from .counts import (
    Bracket,
    Count,
    Official,
    bracket,
    may_be_public_on,
    quarter_days,
    shipped,
    vintage_day,
    whole_period,
)

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable

    import pandas

    from ..claims.given import GivenFigure, GivenFigures
    from ..claims.vocabulary import Layer
    from ..tables.cells import Row
    from .home_office import HomeOffice


AT_THE_TIME, LATEST = "at the time", "latest"
CLAIM_VERDICTS = {
    "agrees": "the official number, or all of its bracket, is one that the words allow",
    "agrees_within_rounding": "it is so within half a printed step",
    "compatible": "the official bracket and the claim meet; nothing is proved",
    "cannot_tell": "the claim proves no bound",
    "disagrees": "no number of the official bracket is one that the words allow",
    "superseded_by_revision": "it agreed with a vintage of its time, but not with this one",
    "definition_differs": "no such series is held, but one that a named assumption would join",
    "no_vintage_held": "no release held that has these days is known to be the one asked for",
    "window_not_published": "these days are not stated, or the workbook given does not have them",
}
PUBLIC = ("yes", "no", "not_known")
CLAIM_COLUMNS = {
    "figure_id": "string",
    "exact": "string",
    "measure": "string",
    "population": "string",
    "area": "string",
    "period": "string",
    "stated_on": "string",
    "claimant_id": "string",
    "verdict": "string",
    "against_latest": "string",
    "public_when_said": "string",
    "comparator": "string",
    "claimed_lower": "number",
    "claimed_upper": "number",
    "official_lower": "number",
    "official_upper": "number",
    "unit": "string",
    "release_id": "string",
    "released_on": "date",
    "released_basis": "string",
    "cells": "string",
    "vintages": "string",
    "explanation": "string",
    "assumptions": "string",
    "follow_ups": "string",
}


class ClaimCheck(NamedTuple):
    """One figure held against official statistics; the fields are the columns of check_claims.

    `verdict` is one of `CLAIM_VERDICTS` for the vintage asked for, `against_latest` the one for the
    newest release that is held; `public_when_said` (yes, no, not_known), whether the official
    figure was public when the claim was made. The official numbers, `release_id` and `cells`, what
    was summed, are those that decided, or, where no vintage is held, the latest beside the claim.
    """

    figure_id: str
    exact: str | None
    measure: str
    population: str | None
    area: str
    period: str
    stated_on: str | None
    claimant_id: str | None
    verdict: str
    against_latest: str
    public_when_said: str
    comparator: str
    claimed_lower: Decimal | None
    claimed_upper: Decimal | None
    official_lower: Decimal | None
    official_upper: Decimal | None
    unit: str
    release_id: str | None
    released_on: datetime.date | None
    released_basis: str | None
    cells: str | None
    vintages: str | None
    explanation: str
    assumptions: tuple[str, ...]
    follow_ups: tuple[str, ...]

    def row(self) -> Row:
        """The columns of check_claims, several texts in one cell."""
        joined_texts = {"assumptions": "; ".join(self.assumptions) or None}
        joined_texts["follow_ups"] = " | ".join(self.follow_ups) or None
        return {**self._asdict(), **joined_texts}

    def to_dict(self) -> dict[str, object]:
        """The fields as plain values for JSON."""
        return {
            name: list(cell) if isinstance(cell, tuple) else plain(cell)
            for name, cell in self._asdict().items()
        }

    def __str__(self) -> str:
        """Verdict, explanation, assumptions and follow-ups as text."""
        lines = [f"{self.figure_id}: {self.verdict}: {CLAIM_VERDICTS[self.verdict]}."]
        lines.append(self.explanation)
        if self.verdict != self.against_latest:
            lines.append(f"Against the latest vintage held: {self.against_latest}.")
        lines.append(
            f"Was an official figure public when it was said? {_SAID[self.public_when_said]}."
        )
        if self.assumptions:
            lines += ["Assumed:", *(f"  {text}." for text in self.assumptions)]
        if self.follow_ups:
            lines += ["Said elsewhere:", *(f"  {t}" for t in self.follow_ups)]
        return "\n".join(lines)


_SAID = {"yes": "Yes", "no": "No", "not_known": "Not known"}

# ---------------------------------------------------------------- what a claim needs of a release


class _Term(NamedTuple):
    """One count that a claim speaks of: what is counted, and over which days."""

    layer: Layer
    window: Window


def _terms(claim: Claim, words: Vocabulary) -> list[_Term] | None:
    """The count a claim is about, or the two whose quotient it is; None for other claims."""
    measure = words.measures.get(claim.measure, {})
    rest = claim.layer[1:]
    if claim.kind == FLOW:
        return [_Term(claim.layer, claim.window)]
    of = measure.get("of")
    if claim.kind == "share" and of and measure.get("share_of"):
        return [_Term((m, *rest), claim.window) for m in (of, measure["share_of"])]
    if claim.kind == "change" and of:
        return [_Term((of, *rest), claim.window), _Term((of, *rest), claim.base)]
    return None


def _stretches(window: Window) -> tuple[Stretch, Stretch, Stretch]:
    """Days certainly inside a window, those inside if it runs to its last day, and the outermost.

    A count whose end is not stated is mostly one up to the day it was stated, but not surely.
    """
    inner, last = window.inner, window.end_earliest or window.end
    assumed: Stretch = inner
    if inner is None and window.start_latest and last and window.start_latest <= last:
        assumed = (window.start_latest, last)
    return inner, assumed, window.outer


class _Held(NamedTuple):
    """What one release has for a claim: for certain, if the count ran to its last day, and how."""

    release: str
    sure: Interval
    shown: Interval
    brackets: tuple[Bracket, ...]

    @property
    def loose_days(self) -> float:
        """By how many days the counts around are longer than those inside."""
        return sum(one.loose_days for one in self.brackets)

    @property
    def cells(self) -> str:
        """The counts that were summed."""
        return " / ".join(map(str, self.brackets))

    @property
    def summed(self) -> str:
        """The counts that were summed, as a sentence has them; nothing of a single one."""
        single = len(self.brackets) == len(self.brackets[0].inside) == 1
        return "" if single and not self.loose_days else f": {self.cells}"


def _held(terms: list[_Term], claim: Claim, release: str, official: Official) -> _Held | None:
    """What a release has for the days of a claim; None unless its counts cover them."""
    sure, shown = [], []
    for term in terms:
        inner, assumed, outer = _stretches(term.window)
        counts = official.counts(term.layer, release)
        sure.append(bracket(counts, inner, outer))
        shown.append(bracket(counts, assumed, outer))
    if any(one.around is None for one in shown):
        return None
    if len(shown) > 1 and shown[1].interval.upper == 0:
        # Nothing was counted that could be shared, or grown from.
        return None
    intervals = [_number(brackets, claim) for brackets in (sure, shown)]
    return _Held(release, intervals[0], intervals[1], tuple(shown))


def _number(brackets: list[Bracket], claim: Claim) -> Interval:
    """The interval that brackets leave for a count, a share, a change or a multiple."""
    if len(brackets) == 1:
        return brackets[0].interval
    ratio = brackets[0].interval.per(brackets[1].interval)
    if claim.row["unit"] != "percent":
        return ratio
    less = 1 if claim.kind == "change" else 0
    ends = [None if end is None else 100 * (end - less) for end in (ratio.lower, ratio.upper)]
    return Interval(ends[0], ends[1], ratio.lower_open, ratio.upper_open)


def _judged(claim: Claim, sure: Interval) -> str:
    """The verdict of the numbers alone."""
    if not claim.rounded.bounded:
        return "cannot_tell"
    if sure.within(claim.allowed):
        return "agrees"
    if sure.within(claim.rounded):
        return "agrees_within_rounding"
    return "compatible" if sure.meets(claim.rounded) else "disagrees"


_AGREES = ("agrees", "agrees_within_rounding")


# ---------------------------------------------------------------- vintages


def _closest(found: Iterable[_Held]) -> _Held | None:
    """Of what releases have, newest first, the one that brackets the days most closely."""
    return min(found, key=lambda held: held.loose_days, default=None)


def _latest_verdict(claim: Claim, every: list[_Held]) -> tuple[str, _Held | None]:
    """The verdict of the newest releases, newest first: of the one that brackets most closely.

    A newer one that covers the days, though less closely, may have another number, so that it must
    disagree too where the closest does.
    """
    closest = _closest(every)
    if closest is None:
        return "no_vintage_held", None
    verdict = _judged(claim, closest.sure)
    for newer in every[: every.index(closest)] if verdict == "disagrees" else ():
        if _judged(claim, newer.sure) != "disagrees":
            return _judged(claim, newer.sure), newer
    return verdict, closest


def _known_newest(
    release: str, terms: list[_Term], official: Official, first: datetime.date, last: datetime.date
) -> bool:
    """Whether a release is known to have been the newest on every day from a first to a last.

    It is so where it came out on the one day asked about, or where the next quarter's release of
    its series cannot have been out, because its quarter had not ended or because it is held and was
    published later; and no other that is held can have come between.
    """
    about = official.releases[release]
    names = list(official.releases)
    for later in names[names.index(release) + 1 :]:
        counted = any(official.counts(term.layer, later, marked=True) for term in terms)
        if counted and may_be_public_on(official.releases[later], last):
            return False
    if about["released_basis"] == "published_on" and about["released_on"] == first == last:
        return True
    next_end = _next_quarter_end(about["year_ending"])
    if about["series"] is None or next_end is None:
        return False
    return last <= next_end or any(
        row["series"] == about["series"]
        and row["released_basis"] == "published_on"
        and row["released_on"] > last
        and row["year_ending"] == next_end
        for row in official.releases.values()
    )


def _next_quarter_end(day: datetime.date | None) -> datetime.date | None:
    """The last day of the quarter after the one that a day ends; None where it ends none."""
    if day is None:
        return None
    after = day + datetime.timedelta(days=1)
    return (
        quarter_days(after.year, after.month // 3 + 1)[1]
        if after.day == 1 and after.month % 3 == 1
        else None
    )


def _verdict_between(
    claim: Claim,
    terms: list[_Term],
    every: list[_Held],
    official: Official,
    first: datetime.date | None,
    last: datetime.date | None,
) -> tuple[str, _Held | None]:
    """The verdict by what was certainly public on every day from a first to a last, newest first.

    Agreement with any of it is agreement; a difference counts only from the newest.
    """
    public = set() if first is None else set(official.public_on(first))
    found = [held for held in every if held.release in public]
    if not found:
        return "no_vintage_held", None
    judged = [(_judged(claim, held.sure), held) for held in found]
    for wanted in (*_AGREES, "cannot_tell"):
        for verdict, held in judged:
            if verdict == wanted:
                return verdict, held
    verdict, held = judged[0]
    if verdict == "disagrees" and not (
        first and last and _known_newest(held.release, terms, official, first, last)
    ):
        return "no_vintage_held", None
    return verdict, held


def _public_when_said(claim: Claim, terms: list[_Term], official: Official) -> str:
    """Whether an official figure for the days of a claim was public when it was made."""
    first, last = claim.row["stated_on_start"], claim.row["stated_on_end"]
    having = [
        release
        for name, release in official.releases.items()
        if release["released_on"] is not None and _published(terms, name, official)
    ]
    if first is not None and any(release["released_on"] <= first for release in having):
        return "yes"
    firsts = (
        release["released_on"]
        for release in having
        if release["first_publication"] and release["released_basis"] == "published_on"
    )
    return "no" if last is not None and any(day > last for day in firsts) else "not_known"


def _published(terms: list[_Term], release: str, official: Official) -> bool:
    """Whether a release has the very days of each count, not only days around them."""
    for term in terms:
        outer = term.window.outer
        if not term.window.certain or outer is None:
            return False
        count = whole_period(official.counts(term.layer, release), outer)
        if count is None or count.value is None:
            return False
    return True


# ---------------------------------------------------------------- one claim


def _interval_in_words(interval: Interval, claim: Claim) -> str:
    """An official interval in words, in the unit of the claim."""
    if claim.kind == "change" and claim.row["unit"] == "percent":
        return change_in_words(_tenths(interval))
    unit = "%" if claim.row["unit"] == "percent" else ""
    low, high = interval.lower, interval.upper
    if low is not None and high is not None and low != high:
        return f"between {number_in_words(low)}{unit} and {number_in_words(high)}{unit}"
    if low is not None:
        return f"{'' if high is not None else 'at least '}{number_in_words(low)}{unit}"
    return f"at most {number_in_words(high or Fraction(0))}{unit}"


def _tenths(interval: Interval) -> Interval:
    """An interval with its ends to one decimal."""
    low, high = (
        None if end is None else Fraction(round(end * 10), 10)
        for end in (interval.lower, interval.upper)
    )
    return Interval(low, high, interval.lower_open, interval.upper_open)


def _named(release: str, official: Official) -> str:
    """A release with its day, and whether its figures are known to be the first."""
    row = official.releases[release]
    if row["year_ending"] is None and row["released_on"] is None and row["url"] is row["via"]:
        # A file of the user's own: nothing is known of it but its name.
        return release
    first = "first publication, " if row["first_publication"] else ""
    return f"{release}, {first}{released_in_words(row)}"


def _decimal(number: Fraction | None) -> Decimal | None:
    """A number with at most two decimals."""
    if number is None:
        return None
    exact = Decimal(number.numerator) / Decimal(number.denominator)
    return exact if number.denominator == 1 else round(exact, 2)


class _Checking:
    """Figures held against official values, one by one."""

    def __init__(self, vintage: str | datetime.date, official: Official | None) -> None:
        self.words = vocabulary()
        self.shipped = shipped()
        self.own = official
        self.official = official or self.shipped
        self.vintage = vintage
        if not isinstance(vintage, str) or vintage not in (AT_THE_TIME, LATEST):
            _known_vintage(vintage, self.official)
        self.layers = set(self.official.layers())
        self.follow_ups = said_elsewhere()

    @property
    def own_file(self) -> str:
        """The name of the user's file, where there is one."""
        return next(iter(self.official.releases))

    def why_not(self, claim: Claim) -> str | None:
        """Why a figure cannot be held against any official series; None if it can."""
        if not claim.counted:
            return f"it is {claim.row['status']}, not counted"
        if claim.kind == "rank":
            return "a rank needs the same days of every other period, which quarters do not give"
        terms = _terms(claim, self.words)
        title = self.words.measure_title(claim.measure)
        if terms is None:
            return f"no official series tells of {title.lower()}"
        measures = {whole for layer in self.layers for whole in self.words.wholes(layer[0])}
        for term in terms:
            taken = [joined(term.layer, [name])[0] for name in JOINS]
            if not measures & {term.layer[0], *taken}:
                where = f"in {self.own_file}" if self.own else "held"
                counted = self.words.measure_title(term.layer[0]).lower()
                return f"no official series of {counted} is {where}"
        return None

    def check(self, claim: Claim) -> ClaimCheck:
        """A claim that can be held against an official series, held against it."""
        terms = _terms(claim, self.words) or []
        row: Row = dict.fromkeys(CLAIM_COLUMNS)
        row |= {name: claim.row[name] for name in CLAIM_COLUMNS if name in claim.row}
        row["period"] = str(claim.window)
        row["claimed_lower"] = _decimal(claim.interval.lower)
        row["claimed_upper"] = _decimal(claim.interval.upper)
        row["follow_ups"] = tuple(self.follow_ups.get(claim.first, ()))
        row["public_when_said"] = "not_known"
        told = [*taken_for_granted(claim), *self._of_parts(claim, terms)]
        verdict = self._apart(claim, terms)
        if verdict is None:
            row["public_when_said"] = _public_when_said(claim, terms, self.shipped)
            self._decide(claim, terms, row, told)
        else:
            row["verdict"] = row["against_latest"] = verdict[0]
            row["explanation"] = f"{_claimed(claim, self.words)}: {verdict[1]}"
            told += verdict[2:]
        row["assumptions"] = tuple(dict.fromkeys(told))
        return ClaimCheck(**row)

    def _of_parts(self, claim: Claim, terms: list[_Term]) -> list[str]:
        """That an official number is taken for the sum of its parts, where it is."""
        told = []
        for measure in dict.fromkeys(term.layer[0] for term in terms):
            for parts in self.words.partitions(measure).values():
                names = " and ".join(map(_lower, map(self.words.measure_title, parts)))
                title = _lower(self.words.measure_title(measure))
                told.append(f"{claim.name}: official {title} are taken as {names} together")
        return told

    def _apart(self, claim: Claim, terms: list[_Term]) -> tuple[str, ...] | None:
        """Verdict and reason where there are no official values of a claim to set beside it."""
        if any(term.window.outer is None for term in terms):
            which = "base" if len(terms) > 1 and terms[0].window.outer else "period"
            return "window_not_published", f"its {which} is not stated, so no series can have it."
        if all(self._has(term.layer) for term in terms):
            return None
        for names in ([name] for name in JOINS):
            taken = [_Term(joined(term.layer, names), term.window) for term in terms]
            if taken == terms or not all(self._has(term.layer) for term in taken):
                continue
            wanted, other = (_lower(self.words.title(t[0].layer)) for t in (terms, taken))
            why = f"no official series of {wanted} is held, but one of {other}, which would "
            why += f"join under the assumption {names[0]}: {JOINS[names[0]].sentence}."
            held = _closest(self._all(taken, claim))
            if held is not None:
                number = _interval_in_words(held.shown, claim)
                why += f" That series has {number} ({_named(held.release, self.official)}: "
                why += f"{held.cells}), which is not compared."
            return "definition_differs", why
        return None

    def _has(self, layer: Layer) -> bool:
        """Whether any value of a layer is held, though it be one to be rechecked."""
        return bool(self.official.having(layer, marked=True))

    def _all(self, terms: list[_Term], claim: Claim) -> list[_Held]:
        """What every release has, newest first."""
        found = (
            _held(terms, claim, name, self.official) for name in reversed(self.official.releases)
        )
        return [held for held in found if held is not None]

    def _at_the_time(
        self, claim: Claim, terms: list[_Term], every: list[_Held]
    ) -> tuple[str, _Held | None]:
        """The verdict by the shipped releases that were certainly public at the time."""
        if self.own is not None:
            found = (_held(terms, claim, n, self.shipped) for n in reversed(self.shipped.releases))
            every = [held for held in found if held is not None]
        first, last = claim.row["stated_on_start"], claim.row["stated_on_end"]
        return _verdict_between(claim, terms, every, self.shipped, first, last)

    def _decide(self, claim: Claim, terms: list[_Term], row: Row, told: list[str]) -> None:
        """Fill in the verdict of a claim whose measure is published."""
        every = self._all(terms, claim)
        row["against_latest"], latest = _latest_verdict(claim, every)
        then = self._at_the_time(claim, terms, every)
        agreed = then[1] if then[0] in _AGREES else None
        if row["against_latest"] == "disagrees" and self._superseded(agreed, latest):
            row["against_latest"] = "superseded_by_revision"
        if self.own is not None:
            held = latest
            row["verdict"] = row["against_latest"] if latest else "window_not_published"
            row["against_latest"] = row["verdict"]
        elif self.vintage == AT_THE_TIME:
            row["verdict"], held = then
        elif self.vintage == LATEST:
            row["verdict"], held = row["against_latest"], latest
        elif self.vintage in self.official.releases:
            held = next((one for one in every if one.release == self.vintage), None)
            row["verdict"] = _judged(claim, held.sure) if held else "no_vintage_held"
        else:
            day = one_day(self.vintage)
            row["verdict"], held = _verdict_between(claim, terms, every, self.official, day, day)
        shown = held or latest
        if shown is not None:
            release = self.official.releases[shown.release]
            row |= {n: release[n] for n in ("release_id", "released_on", "released_basis")}
            row["official_lower"] = _decimal(shown.shown.lower)
            row["official_upper"] = _decimal(shown.shown.upper)
            row["cells"] = shown.cells
            if shown.shown != shown.sure:
                told.append(
                    f"{claim.name}: {_interval_in_words(shown.shown, claim)} is for days up to "
                    f"{day_in_words(_last_day(terms))}; that the count ran so far is not certain"
                )
        row["vintages"] = _vintages(every, claim) or None
        notes = (
            r["note"]
            for one in (held.brackets if held else ())
            for c in one.around or ()
            for r in c.rows
        )
        told += [f"{claim.name}: {note}" for note in notes if note and self.own is not None]
        row["explanation"] = self._explanation(claim, terms, row, held, every, agreed)

    def _superseded(self, agreed: _Held | None, latest: _Held | None) -> bool:
        """Whether the latest is known to have come after the release that agreed."""
        if agreed is None or latest is None or self.own is not None:
            return False
        names = list(self.official.releases)
        return names.index(agreed.release) < names.index(latest.release)

    def _explanation(
        self,
        claim: Claim,
        terms: list[_Term],
        row: Row,
        held: _Held | None,
        every: list[_Held],
        agreed: _Held | None,
    ) -> str:
        """Both numbers, the release, the cells, the other vintages, and what is to be rechecked."""
        start = _claimed(claim, self.words)
        if held is not None:
            text = f"{start}: {_interval_in_words(held.shown, claim)} in "
            text += f"{_named(held.release, self.official)}{held.summed}"
            text += _difference(claim, [held]) + "."
            if row["verdict"] == "superseded_by_revision":
                text += " It agreed with a release that was public when it was said."
            if self.own is not None and agreed is not None:
                text += f" It agreed with {_named(agreed.release, self.shipped)}."
            text += self._others([one for one in every if one is not held], claim)
        else:
            text = f"{start}: {self._none_held(claim, terms, every)}"
        beside = self._rechecked(terms)
        return f"{text}{beside}"

    def _others(self, others: list[_Held], claim: Claim) -> str:
        """What other vintages have, apart by whether the claim agrees with them."""
        told = ""
        for heading, agreeing in (("Agreeing too", True), ("Not agreeing", False)):
            texts = [
                f"{_interval_in_words(one.shown, claim)} ({_named(one.release, self.official)})"
                for one in reversed(others)
                if (_judged(claim, one.sure) in _AGREES) == agreeing
            ]
            if texts:
                told += f" {heading}: {'; '.join(texts)}."
        return told

    def _none_held(self, claim: Claim, terms: list[_Term], every: list[_Held]) -> str:
        """What to say where no vintage asked for is held: which others are, and what they have."""
        if not every:
            return self._nothing_held(terms)
        asked = "asked for" if self.vintage in self.official.releases else "of that day"
        shown = _latest_verdict(claim, every)[1] or every[0]
        named = _named(shown.release, self.official)
        if len(every) == 1:
            what = f"held is {_interval_in_words(shown.shown, claim)} ({named}{shown.summed})"
        else:
            which = "the latest" if shown is every[0] else "the closest"
            what = f"{self._by_day(claim, every)} ({which}, {named}{shown.summed})"
        text = f"no vintage {asked} is held{self._why_none(claim, every)}; {what}"
        text += _difference(claim, every)
        if self.vintage == AT_THE_TIME and _judged(claim, shown.sure) == "disagrees":
            text += f"; with {'the latest' if shown is every[0] else 'that'} it disagrees"
        return text + "."

    def _by_day(self, claim: Claim, every: list[_Held]) -> str:
        """What each release held has, those that were surely public on the day asked for apart."""
        first = claim.row["stated_on_start"]
        if self.vintage != AT_THE_TIME:
            first = None if self.vintage in self.official.releases else one_day(self.vintage)
        public = set() if first is None else set(self.official.public_on(first))
        then = [one for one in every if one.release in public]
        if not then:
            return f"held are {_vintages(every, claim)}"
        later = [one for one in every if one.release not in public]
        rest = f"; later: {_vintages(later, claim)}" if later else ""
        return f"public by then: {_vintages(then, claim)}{rest}"

    def _nothing_held(self, terms: list[_Term]) -> str:
        """What to say where no release has the days of a claim."""
        if all(self._has(term.layer) for term in terms):
            return self._not_covered(terms)
        which = f"{self.own_file} has no count of" if self.own else "no release that is held counts"
        titles = [self.words.title(term.layer) for term in terms if not self._has(term.layer)]
        for name in JOINS:
            other = joined(terms[0].layer, [name])
            if other != terms[0].layer:
                titles.append(f"{self.words.title(other)}, which {name} would join")
        return f"{which} {', nor '.join(map(_lower, dict.fromkeys(titles)))}."

    def _not_covered(self, terms: list[_Term]) -> str:
        """What to say where something is counted, but not over these days."""
        if self.own is None:
            return "no release that is held covers these days with values that need no recheck."
        missing = [
            f"{count}: {count.rows[0]['note']}"
            for term in terms
            for count in self.official.counts(term.layer, self.own_file)
            if count.value is None and _meets(term.window, count)
        ]
        why = f" ({'; '.join(dict.fromkeys(missing))})" if missing else ""
        return f"{self.own_file} has no count that covers these days{why}."

    def _why_none(self, claim: Claim, every: list[_Held]) -> str:
        """Why what is held is not the vintage of the day asked for, as far as it is known."""
        if self.vintage in self.official.releases:
            return ""
        first, last = claim.row["stated_on_start"], claim.row["stated_on_end"]
        if self.vintage != AT_THE_TIME:
            first = last = one_day(self.vintage)
        if last is None:
            return ": the day on which it was said is not known"
        releases = [self.official.releases[one.release] for one in every]
        out = [row for row in releases if row["released_on"] and row["released_on"] <= last]
        sure = [row for row in out if first is not None and row["released_on"] <= first]
        if sure:
            return ": none of those held is known to have been the newest"
        if out:
            names = ", ".join(str(row["release_id"]) for row in out)
            return (
                f": {names} was out by the last day on which it can have been said, "
                f"{day_in_words(last)}, but not surely by the first"
            )
        perhaps = [str(row["release_id"]) for row in releases if may_be_public_on(row, last)]
        text = ", all that is held being dated later"
        return (
            f"{text} (of {', '.join(perhaps)} only a day by which it was public)"
            if perhaps
            else text
        )

    def _rechecked(self, terms: list[_Term]) -> str:
        """Values of these days that are to be rechecked, which decide nothing."""
        told = []
        for release in self.official.releases:
            for term in terms:
                for count in self.official.counts(term.layer, release, marked=True):
                    if count.recheck and _meets(term.window, count):
                        told.append(f"{count} in {release} ({count.recheck})")
        if not told:
            return ""
        return (
            f" Beside it, to be rechecked and deciding nothing: {'; '.join(dict.fromkeys(told))}."
        )


def _meets(window: Window, count: Count) -> bool:
    """Whether a count lies in the outermost days of a window, or they in its days."""
    days = (count.start, count.end)
    return lies_in(days, window.outer) or lies_in(window.outer, days)


def _lower(title: str) -> str:
    """A title as it stands inside a sentence."""
    return title[:1].lower() + title[1:]


def _last_day(terms: list[_Term]) -> datetime.date:
    return max(term.window.end for term in terms if term.window.end is not None)


def _known_vintage(vintage: str | datetime.date, official: Official) -> None:
    """Raise UnknownNameError for a vintage that is none."""
    if not (isinstance(vintage, str) and vintage in official.releases):
        vintage_day(vintage, [AT_THE_TIME, LATEST, *official.releases])


def _claimed(claim: Claim, words: Vocabulary) -> str:
    """A claim with its words, what it counts and when."""
    return f"{claim} ({_lower(words.title(claim.layer))}, {claim.window})"


def _vintages(every: list[_Held], claim: Claim) -> str:
    """What each release has, the oldest first."""
    return "; ".join(
        f"{_interval_in_words(one.shown, claim)} ({one.release})" for one in reversed(every)
    )


def _difference(claim: Claim, every: list[_Held]) -> str:
    """By how much single official numbers differ from a printed one, in per cent of it."""
    ends = [end for one in every for end in (one.shown.lower, one.shown.upper)]
    single = all(one.shown.lower == one.shown.upper for one in every)
    exact = claim.row["comparator"] == "exactly" and claim.kind == FLOW
    if not (single and exact and claim.printed) or None in ends:
        return ""
    parts = [100 * (end - claim.printed) / claim.printed for end in ends if end is not None]
    low, high = min(parts), max(parts)
    if low == high == 0:
        return ""
    if low < 0 < high:
        return f", {_part(low)} less to {_part(high)} more than the claim"
    way = "more" if high > 0 else "less"
    small, large = sorted((abs(low), abs(high)))
    size = _part(large) if _part(small) == _part(large) else f"{_part(small)} to {_part(large)}"
    return f", {size} {way} than the claim"


def _part(part: Fraction) -> str:
    """A part in per cent, to the unit, below two to the tenth."""
    return f"{abs(float(part)):.{0 if abs(part) >= 2 else 1}f}%"


def check_claim(figure: GivenFigure, vintage: str | datetime.date = AT_THE_TIME) -> ClaimCheck:
    """One figure of a document held against the official statistics that are shipped.

    The figure's interval is set against the official count of the same measure, population and area
    over its days: enforced and voluntary together for returns, a quotient of counts for shares and
    changes. `vintage` says which release: "at the time", those certainly public by the first day on
    which the figure can have been stated; "latest", the newest that brackets the days most closely;
    a day (`"2023-06-01"`); or a release ("ho-iss-ye-dec-2023"). At the time, or on a day, agreement
    with any vintage then public is agreement, and a difference is disagreement only where the
    vintage is known to have been the newest.

    Returns a `ClaimCheck`. Raises UnknownNameError for a figure or vintage that is not there,
    ComparisonError for a figure that no official series can be held against, with the reason.

    >>> check_claim("F026").verdict, check_claim("F026", vintage="ho-iss-ye-dec-2022").verdict
    ('agrees', 'disagrees')
    >>> check_claim("F012").verdict, check_claim("F012", vintage="latest").verdict
    ('no_vintage_held', 'disagrees')
    """
    checking = _Checking(vintage, None)
    claim = claim_of(figure_row(figure), checking.words)
    why = checking.why_not(claim)
    if why is not None:
        raise ComparisonError(f"{claim} cannot be held against official statistics: {why}")
    return checking.check(claim)


_CAVEATS = (
    "Official values are not from the documents. A verdict is about a figure and a release, never "
    "about who made the claim; where no vintage of the day is held, the latest is shown beside it "
    "and decides nothing. Days that fall on no quarter are bracketed by the quarters inside and "
    "around them. What was said of a figure elsewhere stands in follow_ups."
)


def checked_series(
    figures: GivenFigures | None, vintage: str | datetime.date, official: Official | None
) -> Series:
    """Every figure that can be held against official statistics, and the rest with why not."""
    checking = _Checking(vintage, official)
    rows, left_out = [], []
    for row in figure_rows(figures):
        claim = claim_of(row, checking.words)
        why = checking.why_not(claim)
        if why is None:
            rows.append(checking.check(claim).row())
        else:
            names = ("figure_id", "exact", "claimant_id")
            left_out.append({**{name: str(row[name]) for name in names}, "why": why})
    caveats = " ".join([_CAVEATS, *checking.official.messages])
    return Series(rows, CLAIM_COLUMNS, "as column unit says", caveats, left_out, cited)


def check_claims(
    figures: GivenFigures | None = None,
    *,
    vintage: str | datetime.date = AT_THE_TIME,
    against: str | os.PathLike[str] | HomeOffice | None = None,
) -> pandas.DataFrame:
    """Every figure of the documents that can be held against official statistics, one row each.

    `figures` are identifiers, rows or a frame; all that are shipped by default. `vintage` is as in
    `check_claim`. `against` is the path of a workbook of the Home Office, or what
    `read_home_office` made of it; it is then the one vintage.

    Columns: those of the figure (`figure_id`, `exact`, `measure`, `population`, `area`, `period` in
    words, `stated_on`, `claimant_id`, `comparator`, `unit`); `verdict`, and `against_latest`, the
    one for the newest vintage held; `public_when_said`, whether an official figure for these days
    was public when the claim was made: yes, no or not_known; `claimed_lower`, `claimed_upper`, what
    the words prove, a fall below zero; `official_lower`, `official_upper`, equal where the days are
    published as such; `release_id`, `released_on`, `released_basis`; `cells`, what was summed;
    `vintages`, what each release held has; `explanation`; `assumptions`; `follow_ups`, what was
    said of the figure elsewhere. `attrs["left_out"]` tells which figures cannot be checked.

    >>> found = check_claims().set_index("figure_id")["verdict"]
    >>> found[["F026", "F012", "F035", "F028"]].to_list()
    ['agrees', 'no_vintage_held', 'definition_differs', 'no_vintage_held']
    """
    official = None if against is None else official_of(against, vintage)
    return checked_series(figures, vintage, official).frame()


def official_of(
    path: str | os.PathLike[str] | HomeOffice, vintage: str | datetime.date
) -> Official:
    """The values of a user's workbook as the one vintage."""
    from .home_office import HomeOffice, read_home_office

    if vintage != AT_THE_TIME:
        raise ComparisonError(
            f"give a vintage or a file, not both; found vintage {vintage} and {path!r:.80}"
        )
    return (path if isinstance(path, HomeOffice) else read_home_office(path)).official()
