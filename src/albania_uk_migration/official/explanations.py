"""What a check found, in words: both numbers, releases and their days, reasons, assumptions.

The last station of a check: nothing is decided here.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from ..claims.assumptions import JOINS, joined
from ..claims.claim import Claim, taken_for_granted
from ..claims.intervals import Interval, change_in_words
from ..claims.vocabulary import FLOW, Vocabulary
from ..claims.windows import Window, lies_in
from ..wording import day_in_words, number_in_words, released_in_words
from .decisions import AGREEING, Brackets, Decision, Found, judged
from .vintages import AT_THE_TIME, RELEASE, may_be_public_on

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from .counts import Count, Official
    from .questions import Against, Calendar, Question, Term


# ---------------------------------------------------------------- numbers and releases


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


def decimal_of(number: Fraction | None) -> Decimal | None:
    """A number with at most two decimals."""
    if number is None:
        return None
    exact = Decimal(number.numerator) / Decimal(number.denominator)
    return exact if number.denominator == 1 else round(exact, 2)


# ---------------------------------------------------------------- the explanation


def explanation(
    question: Question, calendar: Calendar, brackets: Brackets, decision: Decision, beside: Against
) -> str:
    """Both numbers, the release, the cells, the other vintages, and what is to be rechecked."""
    claim = question.claim
    start = f"{claim} ({_lower(beside.words.title(claim.layer))}, {claim.window})"
    if question.without == "window_not_published":
        which = "base" if len(question.asked) > 1 and question.asked[0].window.outer else "period"
        return f"{start}: its {which} is not stated, so no series can have it."
    if question.without == "definition_differs":
        return f"{start}: {_definition_differs(question, decision, beside)}"
    if decision.deciding is None:
        text = f"{start}: {_none_held(question, calendar, brackets, decision, beside)}"
    else:
        text = f"{start}: {_decided(claim, brackets, decision, decision.deciding, beside)}"
    return text + _rechecked(question.terms, beside.official)


def _definition_differs(question: Question, decision: Decision, beside: Against) -> str:
    """Which series there is instead, and what it has."""
    wanted, other = (
        _lower(beside.words.title(terms[0].layer)) for terms in (question.asked, question.terms)
    )
    join = question.join or ""
    why = (
        f"no official series of {wanted} is held, but one of {other}, which would "
        f"join under the assumption {join}: {JOINS[join].sentence}."
    )
    found = decision.latest
    if found is None:
        return why
    number = _interval_in_words(found.shown, question.claim)
    named = _named(found.release, beside.official)
    return f"{why} That series has {number} ({named}: {found.cells}), which is not compared."


def _decided(
    claim: Claim, brackets: Brackets, decision: Decision, deciding: Found, beside: Against
) -> str:
    """What decided, what it agreed with before, and what other vintages have."""
    text = f"{_interval_in_words(deciding.shown, claim)} in "
    text += f"{_named(deciding.release, beside.official)}{deciding.summed}"
    text += _difference(claim, [deciding]) + "."
    if decision.verdict == "superseded_by_revision":
        text += " It agreed with a release that was public when it was said."
    if beside.own_file is not None and decision.agreed is not None:
        text += f" It agreed with {_named(decision.agreed.release, beside.shipped)}."
    others = [one for one in brackets.every if one is not deciding]
    for heading, agreeing in (("Agreeing too", True), ("Not agreeing", False)):
        texts = [
            f"{_interval_in_words(one.shown, claim)} ({_named(one.release, beside.official)})"
            for one in reversed(others)
            if (judged(claim, one.sure) in AGREEING) == agreeing
        ]
        if texts:
            text += f" {heading}: {'; '.join(texts)}."
    return text


def _none_held(
    question: Question, calendar: Calendar, brackets: Brackets, decision: Decision, beside: Against
) -> str:
    """What to say where no vintage asked for is held: which others are, and what they have."""
    claim, every, shown = question.claim, brackets.every, decision.latest
    if shown is None:
        return _nothing_held(question.terms, beside)
    asked = "asked for" if beside.vintage.kind == RELEASE else "of that day"
    named = _named(shown.release, beside.official)
    if len(every) == 1:
        what = f"held is {_interval_in_words(shown.shown, claim)} ({named}{shown.summed})"
    else:
        which = "the latest" if shown is every[0] else "the closest"
        by_day = _by_day(claim, every, calendar, beside)
        what = f"{by_day} ({which}, {named}{shown.summed})"
    why = _why_none(every, calendar, beside)
    text = f"no vintage {asked} is held{why}; {what}"
    text += _difference(claim, every)
    if beside.vintage.kind == AT_THE_TIME and judged(claim, shown.sure) == "disagrees":
        text += f"; with {'the latest' if shown is every[0] else 'that'} it disagrees"
    return text + "."


def _by_day(claim: Claim, every: Sequence[Found], calendar: Calendar, beside: Against) -> str:
    """What each release held has, those that were surely public on the day asked for apart."""
    public = () if beside.vintage.kind == RELEASE else calendar.asked.public
    then = [one for one in every if one.release in public]
    if not then:
        return f"held are {vintages_in_words(every, claim)}"
    later = [one for one in every if one.release not in public]
    rest = f"; later: {vintages_in_words(later, claim)}" if later else ""
    return f"public by then: {vintages_in_words(then, claim)}{rest}"


def _nothing_held(terms: Iterable[Term], beside: Against) -> str:
    """What to say where no release has the days of a claim."""
    terms = list(terms)
    if all(beside.has(term.layer) for term in terms):
        return _not_covered(terms, beside)
    own = beside.own_file
    which = f"{own} has no count of" if own else "no release that is held counts"
    titles = [beside.words.title(term.layer) for term in terms if not beside.has(term.layer)]
    for name in JOINS:
        other = joined(terms[0].layer, [name])
        if other != terms[0].layer:
            titles.append(f"{beside.words.title(other)}, which {name} would join")
    return f"{which} {', nor '.join(map(_lower, dict.fromkeys(titles)))}."


def _not_covered(terms: Iterable[Term], beside: Against) -> str:
    """What to say where something is counted, but not over these days."""
    own = beside.own_file
    if own is None:
        return "no release that is held covers these days with values that need no recheck."
    missing = [
        f"{count}: {count.rows[0]['note']}"
        for term in terms
        for count in beside.official.counts(term.layer, own)
        if count.value is None and _meets(term.window, count)
    ]
    why = f" ({'; '.join(dict.fromkeys(missing))})" if missing else ""
    return f"{own} has no count that covers these days{why}."


def _why_none(every: Iterable[Found], calendar: Calendar, beside: Against) -> str:
    """Why what is held is not the vintage of the day asked for, as far as it is known."""
    first, last = calendar.asked.first, calendar.asked.last
    if beside.vintage.kind == RELEASE:
        return ""
    if last is None:
        return ": the day on which it was said is not known"
    releases = [beside.official.releases[one.release] for one in every]
    out = [row for row in releases if row["released_on"] and row["released_on"] <= last]
    if first is not None and any(row["released_on"] <= first for row in out):
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
        f"{text} (of {', '.join(perhaps)} only a day by which it was public)" if perhaps else text
    )


def _rechecked(terms: Iterable[Term], official: Official) -> str:
    """Values of these days that are to be rechecked, which decide nothing."""
    marked = [
        f"{count} in {release} ({count.recheck})"
        for release in official.releases
        for term in terms
        for count in official.counts(term.layer, release, marked=True)
        if count.recheck and _meets(term.window, count)
    ]
    if not marked:
        return ""
    return f" Beside it, to be rechecked and deciding nothing: {'; '.join(dict.fromkeys(marked))}."


def _meets(window: Window, count: Count) -> bool:
    """Whether a count lies in the outermost days of a window, or they in its days."""
    days = (count.start, count.end)
    return lies_in(days, window.outer) or lies_in(window.outer, days)


def _lower(title: str) -> str:
    """A title as it stands inside a sentence."""
    return title[:1].lower() + title[1:]


def vintages_in_words(every: Sequence[Found], claim: Claim) -> str:
    """What each release has, the oldest first."""
    return "; ".join(
        f"{_interval_in_words(one.shown, claim)} ({one.release})" for one in reversed(every)
    )


def _difference(claim: Claim, every: Sequence[Found]) -> str:
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


# ---------------------------------------------------------------- what it rests on


def assumptions(question: Question, decision: Decision, beside: Against) -> tuple[str, ...]:
    """All that is taken for granted beside the words of a claim and the official numbers."""
    claim = question.claim
    texts = [*taken_for_granted(claim), *_of_parts(claim, question.asked, beside.words)]
    shown = decision.shown
    if question.without is None and shown is not None and shown.shown != shown.sure:
        last = max(term.window.end for term in question.terms if term.window.end is not None)
        texts.append(
            f"{claim.name}: {_interval_in_words(shown.shown, claim)} is for days up to "
            f"{day_in_words(last)}; that the count ran so far is not certain"
        )
    if beside.own_file is not None and decision.deciding is not None:
        around = [count for one in decision.deciding.brackets for count in one.around or ()]
        notes = (row["note"] for count in around for row in count.rows)
        texts += [f"{claim.name}: {note}" for note in notes if note]
    return tuple(dict.fromkeys(texts))


def _of_parts(claim: Claim, terms: Iterable[Term], words: Vocabulary) -> list[str]:
    """That an official number is taken for the sum of its parts, where it is."""
    texts = []
    for measure in dict.fromkeys(term.layer[0] for term in terms):
        for parts in words.partitions(measure).values():
            names = " and ".join(map(_lower, map(words.measure_title, parts)))
            title = _lower(words.measure_title(measure))
            texts.append(f"{claim.name}: official {title} are taken as {names} together")
    return texts
