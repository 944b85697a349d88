"""The rows that charts draw: claims, official counts, and what was said later, with their days.

A chart of the page and a picture in a notebook draw the same rows. Three charts have rows:
`one_claim` (the claim that is furthest above what was counted), `over_time` (claims over their
days, and official years) and `claim_by_claim` (each claim with the official figure it is checked
against). Which claims, series and years they have follows from the tables.
"""

from __future__ import annotations

import datetime
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple

from ..citing.noted_rows import Series
from ..claims.claim import COUNTED, claim_of
from ..claims.vocabulary import FLOW, SELF_DECLARED, vocabulary
from ..claims.windows import Window
from ..errors import UnknownNameError
from ..official.counts import official_of
from ..official.periods import year_days
from ..official.phrases import day_of_release
from ..official.series import official_rows
from ..official.vintages import LATEST, releases_of
from ..reading.quantities import find_quantities
from ..tables.package import shipped
from ..wording import day_in_words, first_upper, lower_first, number_in_words, sentences
from .check import checks_in
from .saying import who_and_when

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    import pandas

    from ..claims.claim import Claim
    from ..claims.vocabulary import Layer, Vocabulary
    from ..official.counts import Official
    from ..tables.cells import Row
    from ..tables.package import Package
    from .check import Check
    from .official import OfficialLine

CHARTS = ("one_claim", "over_time", "claim_by_claim")
CLAIM, OFFICIAL, LATER = "claim", "official", "later"


class Mark(NamedTuple):
    """One thing that a chart draws.

    `group` is the panel it belongs to, in words. `kind` is claim, official or later (what was said
    later). `words` are the number as it is printed or counted, `counted` what it counts, `who` said
    or published it, and `said` when; `when` says whether an official figure was public when the
    claim was made, and `condition` what it assumes. `period` says the days it is for; of an
    official figure also what was added up, and of what was said later its words. `first_day` to
    `last_day` are the outermost days, `first_certain` to `last_certain` those certainly inside.
    `comparator` is exactly, about, more_than, at_least, less_than, at_most or between; `value` is
    the number printed; `lower` and `upper` are the limits, None where there is none. `difference`
    compares a claim with the official figure, in a few words. `parts` are the counts that were
    added up, or those of the parts of an official year. `note` is whose words they are, what else
    was public, what the parts are, or why there is no number.
    """

    chart: str
    group: str
    kind: str
    words: str
    counted: str
    comparator: str
    value: Decimal | None
    lower: Decimal | None
    upper: Decimal | None
    unit: str
    figure_id: str | None = None
    release_id: str | None = None
    who: str = ""
    said: str = ""
    when: str = ""
    condition: str = ""
    status: str = ""
    period: str = ""
    first_day: datetime.date | None = None
    last_day: datetime.date | None = None
    first_certain: datetime.date | None = None
    last_certain: datetime.date | None = None
    difference: str = ""
    parts: tuple[int, ...] = ()
    note: str = ""
    url: str | None = None

    @property
    def ends(self) -> list[Decimal]:
        """The numbers that the mark reaches on an axis."""
        return [end for end in (self.value, self.lower, self.upper) if end is not None]


_COLUMNS = {
    **dict.fromkeys(Mark._fields, "string"),
    **dict.fromkeys(("first_day", "last_day", "first_certain", "last_certain"), "date"),
    **dict.fromkeys(("value", "lower", "upper"), "number"),
}
_CAVEATS = (
    "Claims and official figures of one group can count different things or days: read counted "
    "and period. A blank limit means that the words set none; a blank value means that we do not "
    "have it."
)


def chart_rows(chart: str = "claim_by_claim", package: Package | None = None) -> pandas.DataFrame:
    """The rows that a chart of the page draws, so that you can draw it yourself.

    `chart` is `one_claim` (the claim furthest above what was counted, what was said later, and the
    count), `over_time` (claims over their days and official years, of every count with at least two
    claims and an official year) or `claim_by_claim` (each claim of a number of people, then the
    official figure it is checked against). `package` is another package of tables.

    Columns: `chart`, `group`; `kind` (claim, official, later); `figure_id`, `release_id`; in words
    `words`, `counted`, `who`, `said`, `when` (public when the claim was made, or later),
    `condition` (what an official figure assumes), `status` and `period`; `first_day` to `last_day`
    at the widest, `first_certain` to `last_certain`; `comparator`, `value`, `lower` and `upper` in
    `unit`; `difference`; `parts`, the counts added up; `note`; `url`. Raises UnknownNameError for a
    chart that does not exist.

    >>> rows = chart_rows("one_claim")
    >>> print(list(rows["words"]))
    ['over 8,000', 'more than 1,800', 'at most 3,066']
    """
    if chart not in CHARTS:
        raise UnknownNameError("chart", chart, CHARTS)
    package = package or shipped()
    checks = list(checks_in(package, (row["figure_id"] for row in package.rows("figures"))))
    marks = {
        "one_claim": one_claim,
        "over_time": over_time,
        "claim_by_claim": claim_by_claim,
    }[chart](package, checks)
    rows = [
        {
            **{name: cell if cell != "" else None for name, cell in mark._asdict().items()},
            "parts": " + ".join(map(str, mark.parts)) or None,
        }
        for mark in marks
    ]
    return Series(package, rows, _COLUMNS, "as column unit says", _CAVEATS, []).frame()


# ---------------------------------------------------------------- claims and their official figures


def _claim_mark(package: Package, check: Check, chart: str, group: str) -> Mark:
    row = check.figure
    window = Window.of(first_row(package, row))
    who, said = who_and_when(package, row)
    return Mark(
        chart,
        group,
        CLAIM,
        words=str(row["exact"]),
        counted=check.counted.removesuffix("."),
        comparator=str(row["comparator"]),
        value=row["value"],
        lower=row["lower"],
        upper=row["upper"],
        unit=str(row["unit"]),
        figure_id=check.figure_id,
        who=who,
        said=said,
        status=str(row["status"]),
        period=check.period.removesuffix("."),
        first_day=window.start,
        last_day=window.end,
        first_certain=window.start_latest,
        last_certain=window.end_earliest,
        difference=check.in_few_words,
        note=check.said.whose_words,
    )


def first_row(package: Package, row: Row) -> Row:
    """The row whose period a figure has: its own, or that of the figure it repeats."""
    if row["repeats"] is None:
        return row
    rows = (one for one in package.rows("figures") if one["figure_id"] == row["repeats"])
    return next(rows, row)


def decisive_line(check: Check) -> OfficialLine | None:
    """The official figure that a claim is checked against: of the time, or else the latest."""
    having = [line for line in check.official_lines if line.upper is not None]
    then = [line for line in having if line.asked == "then"]
    latest = [line for line in having if line.asked in ("latest", "closest")]
    return next(iter([*then, *latest]), None)


def _official_mark(
    package: Package, check: Check, line: OfficialLine, chart: str, group: str
) -> Mark:
    """The official figure that a claim is checked against, with the counts that were added up."""
    exact, words = line.lower == line.upper, _official_words(check, line)
    sums = line.sums[0] if line.sums else None
    # What was added up to the end that is shown: the counts inside the days, or those around them.
    inside = _bounded(words) == "at_least"
    counts = () if sums is None else (sums.inside if inside else sums.around or sums.inside)
    numbers = [part.number for part in counts]
    total = line.lower if inside else line.upper
    whole = None not in numbers and sum(number or 0 for number in numbers) == total
    release = _release(package, line)
    first, last = (counts[0].first_day, counts[-1].last_day) if counts else (None, None)
    return Mark(
        chart,
        group,
        OFFICIAL,
        words=words,
        counted=line.counts,
        comparator="exactly" if exact else _bounded(words),
        value=line.lower if exact else None,
        lower=line.lower,
        upper=line.upper,
        unit=str(check.figure["unit"]),
        figure_id=check.figure_id,
        release_id=line.release_id,
        who=str(release["publisher"]),
        said=line.source.removeprefix(f"{release['publisher']}, "),
        when=_when(check, line),
        condition=line.condition,
        period=line.text,
        first_day=first,
        last_day=last,
        first_certain=first,
        last_certain=last,
        difference=check.in_few_words,
        parts=tuple(number or 0 for number in numbers) if whole else (),
        note=". ".join(_others(check, line)),
        url=line.url,
    )


def _release(package: Package, line: OfficialLine) -> Row:
    releases = package.rows("official_releases")
    return next(row for row in releases if row["release_id"] == line.release_id)


def _others(check: Check, shown: OfficialLine) -> Iterator[str]:
    """What else was public: when the claim was made, in an earlier release, in the latest."""
    for line in check.official_lines:
        if line is not shown and not line.text.startswith("unchanged: "):
            said = [lower_first(text).removesuffix(".") for text in sentences(line.note)[:1]]
            source = f" ({line.source})" if line.source else ""
            yield "; ".join((f"{first_upper(line.when)}: {line.text}{source}", *said))


def _bounded(words: str) -> str:
    """How an official range is said: by the end that the claim lies beyond, or by both."""
    ways = {"at most": "at_most", "at least": "at_least"}
    return next((code for way, code in ways.items() if words.startswith(way)), "between")


_PUBLIC = {"yes": "public when this was said", "no": "published later"}


def _when(check: Check, line: OfficialLine) -> str:
    """Whether an official figure was public when a claim was made; empty if we do not know."""
    then = (one.public_then for one in check.vintages if one.release_id == line.release_id)
    return _PUBLIC.get(next(then, ""), "")


def _official_words(check: Check, line: OfficialLine) -> str:
    """An official number; of a range the end that the claim lies beyond, as in the answer."""
    assert line.lower is not None
    assert line.upper is not None
    low, high = (number_in_words(Fraction(end)) for end in (line.lower, line.upper))
    if line.lower == line.upper:
        return low
    far = check.official.difference if check.official else None
    if far or line.lower == 0:
        return f"at most {high}" if not far or far > 0 else f"at least {low}"
    return f"{low} to {high}"


def _is_count(check: Check) -> bool:
    """Whether a claim is a number of people counted over some days."""
    row = check.figure
    return row["unit"] == "persons" and row["status"] in COUNTED


def marks_of(package: Package, check: Check) -> list[Mark]:
    """A claim and, if it is a number of people, the official figure it is checked against."""
    group = check.counted.removesuffix(".")
    marks = [_claim_mark(package, check, "claim_by_claim", group)]
    line = decisive_line(check)
    if line is not None and marks[0].unit == "persons" and marks[0].ends:
        marks.append(_official_mark(package, check, line, "claim_by_claim", group))
    return marks


# ---------------------------------------------------------------- one claim


def one_claim(package: Package, checks: Sequence[Check]) -> list[Mark]:
    """The claim with the largest ratio to its official count, what was said later, and the count.

    Of claims that repeat one another, the one in the speaker's own words. Empty if no claim has a
    ratio. Of what was said later, the first dated one with a number of a hundred or more counts.
    """
    chosen = explained(checks)
    if chosen is None:
        return []
    group = chosen.counted.removesuffix(".")
    line = decisive_line(chosen)
    assert line is not None
    marks = [_claim_mark(package, chosen, "one_claim", group)]
    later = _said_later(chosen)
    marks += [_later_mark(chosen, *later, group)] if later else []
    return [*marks, _official_mark(package, chosen, line, "one_claim", group)]


def explained(checks: Iterable[Check]) -> Check | None:
    """The claim furthest above its official count; None if none is above it."""
    having = [check for check in checks if check.official and (check.official.ratio or 0) > 1]
    return max(
        (check for check in having if decisive_line(check) is not None),
        key=lambda check: (
            check.official.ratio if check.official else 0,
            not check.said.whose_words,
        ),
        default=None,
    )


# Smaller numbers in what was said later are weeks, months and parts of names.
_LEAST = 100


def _said_later(check: Check) -> tuple[Row, Any] | None:
    """The first thing said later, on a known day, about the same count, with a number in it.

    Official releases are not said; a row that says it is not this figure is about something else.
    """
    for row in check.said_elsewhere:
        later = row["relation"] == "after" and row["date"] is not None
        said = not str(row["seen_as"]).startswith(_OFFICIAL_TEXTS)
        if later and said and "not this figure" not in row["what"]:
            for found in find_quantities(row["what"]):
                if found.kind == "count" and found.value is not None and found.value >= _LEAST:
                    return row, found
    return None


_OFFICIAL_TEXTS = ("cells read", "official text")


def _later_mark(check: Check, row: Row, found: Any, group: str) -> Mark:
    return Mark(
        "one_claim",
        group,
        LATER,
        words=found.text,
        counted="what was said later; read its words",
        comparator=found.comparator,
        value=found.value,
        lower=found.lower,
        upper=found.upper,
        unit=str(check.figure["unit"]),
        figure_id=check.figure_id,
        who=str(row["source"]),
        said=day_in_words(row["date"]),
        period=str(row["what"]),
        url=row["address"],
    )


# ---------------------------------------------------------------- claim by claim


def claim_by_claim(package: Package, checks: Sequence[Check]) -> list[Mark]:
    """Each claim of a number of people, then the official figure it is checked against, if any.

    Claims of one count and of its parts share a group; a group without any official figure is left
    out. Within a group claims are in order of their days. A claim that repeats another is in its
    note.
    """
    words = vocabulary(package)
    groups: dict[Layer, list[tuple[Claim, Check]]] = {}
    for check in checks:
        claim = claim_of(check.figure, words)
        if claim.kind == FLOW and _is_count(check) and check.official is not None:
            measure, population, area = claim.layer
            plain = population.removesuffix(SELF_DECLARED)
            groups.setdefault((words.wholes(measure)[-1], plain, area), []).append((claim, check))
    marks: list[Mark] = []
    for layer in sorted(groups, key=_order(words)):
        title = words.title(layer)
        listed = groups[layer]
        if not any(decisive_line(check) for _, check in listed):
            continue
        again = _repeats(package, (check for _, check in listed))
        kept = {check.figure_id for check in _once(check for _, check in listed)}
        drawn = [
            (_claim_mark(package, check, "claim_by_claim", title), check)
            for _, check in listed
            if check.figure_id in kept
        ]
        for mark, check in sorted(drawn, key=lambda item: _by_days(item[0])):
            if not mark.ends:
                continue
            said = [text for name, text in again[_first(check)].items() if name != check.figure_id]
            also = f"also said: {'; '.join(said)}" if said else ""
            marks.append(mark._replace(note="; ".join(filter(None, (mark.note, also)))))
            line = decisive_line(check)
            marks += [_official_mark(package, check, line, "claim_by_claim", title)] if line else []
    return marks


def _first(check: Check) -> str:
    """The figure that first made a claim."""
    return str(check.figure["repeats"] or check.figure_id)


def _repeats(package: Package, checks: Iterable[Check]) -> dict[str, dict[str, str]]:
    """Claims with those that repeat them, by the first: the words, who said them and when."""
    found: dict[str, dict[str, str]] = {}
    for check in checks:
        mark = _claim_mark(package, check, "claim_by_claim", "")
        said = ", ".join(filter(None, (mark.who, mark.said, mark.note)))
        text = f"“{mark.words}” ({said})"
        found.setdefault(_first(check), {})[check.figure_id] = text
    return found


def _by_days(mark: Mark) -> tuple[datetime.date, datetime.date]:
    """The order of claims: by their first and last day; open ends come last."""
    last = datetime.date.max
    return mark.first_day or last, mark.last_day or last


def _order(words: Vocabulary) -> Any:
    """The order of groups: that of the tables of measures and of populations."""
    measures = {name: at for at, name in enumerate(words.measures)}
    populations = {name: at for at, name in enumerate(words.populations)}

    def key(layer: Layer) -> tuple[int, int, str]:
        last = len(measures) + len(populations)
        return measures.get(layer[0], last), populations.get(layer[1], last), layer[2]

    return key


# ---------------------------------------------------------------- over time


def over_time(package: Package, checks: Sequence[Check]) -> list[Mark]:
    """Claims over their days, and the official years from the first of these days to the last.

    Each group is one count, with at least two different claims and one official year. A claim that
    repeats another is drawn once. A year that no release gives has no value, and `note` says why.
    """
    words, official = vocabulary(package), official_of(package)
    groups: dict[Layer, list[Check]] = {}
    for check in checks:
        claim = claim_of(check.figure, words)
        whole = len(words.wholes(claim.measure)) == 1
        dated = Window.of(first_row(package, check.figure)).outer is not None
        if claim.kind == FLOW and whole and dated and _is_count(check):
            measure, population, area = claim.layer
            layer = measure, population.removesuffix(SELF_DECLARED), area
            groups.setdefault(layer, []).append(check)
    marks: list[Mark] = []
    for layer in sorted(groups, key=_order(words)):
        title = words.title(layer)
        every = (_claim_mark(package, check, "over_time", title) for check in _once(groups[layer]))
        claims = [mark for mark in every if mark.ends]
        if len(claims) < _FEWEST:
            continue
        days = [day for mark in claims for day in (mark.first_day, mark.last_day) if day]
        years = list(_years(layer, title, min(days).year, max(days).year, official))
        if any(year.value is not None for year in years):
            marks += [*years, *claims]
    return marks


# A count with fewer claims has no chart over time; of a claim for many years only the last have
# rows.
_FEWEST, _MOST_YEARS = 2, 100


def _once(checks: Iterable[Check]) -> list[Check]:
    """Of claims that repeat one another, the first one in the speaker's own words."""
    kept: dict[str, Check] = {}
    for check in checks:
        first = _first(check)
        if first not in kept or (kept[first].said.whose_words and not check.said.whose_words):
            kept[first] = check
    return list(kept.values())


def _years(layer: Layer, title: str, first: int, last: int, official: Official) -> Iterator[Mark]:
    """The official count of each year from the newest release that has it, or why it has none."""
    rows, left_out = official_rows(layer, "year", releases_of(LATEST, official), official)
    by_year = {row["year"]: row for row in rows}
    whys = {item["year"]: item["why"] for item in left_out}
    for year in range(max(first, last - _MOST_YEARS + 1), last + 1):
        row = by_year.get(year, {"value": None})
        value = row["value"]
        release = official.releases.get(row["release_id"]) if value is not None else None
        why = whys.get(str(year), "we do not have it")
        number = None if value is None else Decimal(value)
        first_day, last_day = year_days(year)
        split = official.words.partitions(layer[0]).values()
        names = [name for one in split for name in one if row.get(name) is not None]
        parts = [(row[name], lower_first(official.words.measure_title(name))) for name in names]
        yield Mark(
            "over_time",
            title,
            OFFICIAL,
            words="no figure" if number is None else number_in_words(Fraction(number)),
            counted=title,
            comparator="exactly",
            value=number,
            lower=number,
            upper=number,
            unit="persons",
            release_id=None if release is None else str(release["release_id"]),
            who="" if release is None else str(release["publisher"]),
            said="" if release is None else day_of_release(release),
            period=str(year),
            first_day=first_day,
            last_day=last_day,
            first_certain=first_day,
            last_certain=last_day,
            parts=tuple(number for number, _ in parts),
            note=f"no official figure for {year}: {why}"
            if release is None
            else ", ".join(f"{number:,} {title}" for number, title in parts),
            url=None if release is None else official.page(layer, str(release["release_id"])),
        )
