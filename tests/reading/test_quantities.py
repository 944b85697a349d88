"""The reader of quantities: what it reads, what it proves, and that it refuses the rest."""

from __future__ import annotations

import importlib
import pkgutil
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from albania_uk_migration import Quantity, find_quantities, parse_quantity, reading
from albania_uk_migration.errors import QuantityError
from albania_uk_migration.reading.amounts import step_of
from albania_uk_migration.reading.grammar import (
    CALENDAR_NAMES,
    COUNTING_WORDS,
    CURRENCIES,
    HEDGES,
    HEDGES_AFTER,
    ORDINALS,
    PARTS,
    SCALES,
)
from albania_uk_migration.reading.patterns import Pattern
from albania_uk_migration.reading.places import KINDS, OTHER_KINDS
from albania_uk_migration.reading.quantities import counting_words, direction_near

from ..support.altered_tables import text_rows
from ..support.labelled import labelled
from ..support.trying import examples

READINGS = [
    ("12,658", "12658", "exactly", "12658", "12658", "count", "1"),
    ("More than 38,000", "38000", "more_than", "38000", None, "count", "1000"),
    ("over 1,000", "1000", "more_than", "1000", None, "count", "1000"),
    ("nearly 6,000", "6000", "less_than", None, "6000", "count", "1000"),
    ("some 12,699", "12699", "about", None, None, "count", "1"),
    ("About 12,000", "12000", "about", None, None, "count", "1000"),
    ("passed 12,000", "12000", "more_than", "12000", None, "count", "1000"),
    ("over 90%", "90", "more_than", "90", None, "percent", "10"),
    ("90 per cent", "90", "exactly", "90", "90", "percent", "10"),
    ("1% to 2%", None, "between", "1", "2", "percent", "1"),
    ("50/50", "50", "about", None, None, "percent", None),
    ("£1.6 million", "1600000", "exactly", "1600000", "1600000", "currency", "100000"),
    ("£4bn", "4000000000", "exactly", "4000000000", "4000000000", "currency", "1000000000"),
    ("up to $3m", "3000000", "at_most", None, "3000000", "currency", "1000000"),
    ("at least two", "2", "at_least", "2", None, "count", "1"),
    ("doubled", "2", "about", None, None, "times", None),
    ("a new record", "1", "exactly", "1", "1", "rank", None),
    ("the worst year on record", "1", "exactly", "1", "1", "rank", None),
    ("first", "1", "exactly", "1", "1", "rank", None),
]


READINGS += [
    ("1.6 million", "1600000", "exactly", "1600000", "1600000", "count", "100000"),
    ("€300k", "300000", "exactly", "300000", "300000", "currency", "100000"),
    ("$2m", "2000000", "exactly", "2000000", "2000000", "currency", "1000000"),
    ("5 percentage points", "5", "exactly", "5", "5", "percent", "1"),
    ("almost 90 per cent", "90", "less_than", None, "90", "percent", "10"),
    ("just under £4bn", "4000000000", "less_than", None, "4000000000", "currency", "1000000000"),
    ("no fewer than 12", "12", "at_least", "12", None, "count", "1"),
    ("upwards of 500", "500", "more_than", "500", None, "count", "100"),
    ("fewer than ten", "10", "less_than", None, "10", "count", "10"),
    ("roughly 3 million", "3000000", "about", None, None, "count", "1000000"),
    ("topped 45,000", "45000", "more_than", "45000", None, "count", "1000"),
    ("between 20 and 40", None, "between", "20", "40", "count", "10"),
    ("20-40", None, "between", "20", "40", "count", "10"),
    ("12 to 15 thousand", None, "between", "12000", "15000", "count", "1000"),
    ("£20-30 million", None, "between", "20000000", "30000000", "currency", "10000000"),
    ("two or three", None, "between", "2", "3", "count", "1"),
    ("one in four", "0.25", "exactly", "0.25", "0.25", "ratio", None),
    ("nine out of ten", "0.9", "exactly", "0.9", "0.9", "ratio", None),
    ("more than a quarter", "0.25", "more_than", "0.25", None, "ratio", None),
    ("three-quarters", "0.75", "exactly", "0.75", "0.75", "ratio", None),
    ("half a million", "500000", "exactly", "500000", "500000", "count", "100000"),
    ("two and a half million", "2500000", "exactly", "2500000", "2500000", "count", "100000"),
    ("halved", "0.5", "about", None, None, "times", None),
    ("almost halved", "0.5", "more_than", "0.5", None, "times", None),
    ("more than doubled", "2", "more_than", "2", None, "times", None),
    ("tenfold", "10", "about", None, None, "times", None),
    ("twice as many", "2", "about", None, None, "times", None),
    ("a dozen", "12", "exactly", "12", "12", "count", "1"),
    ("1,000 or more", "1000", "at_least", "1000", None, "count", "1000"),
    ("100 or so", "100", "about", None, None, "count", "100"),
    ("tens of thousands", None, "about", None, None, "count", None),
    ("about 20 to 30", None, "about", None, None, "count", "10"),
    ("up to about 50", "50", "about", None, None, "count", "10"),
    ("second", "2", "exactly", "2", "2", "rank", None),
    ("21st", "21", "exactly", "21", "21", "rank", None),
    ("minus 3%", "3", "exactly", "3", "3", "percent", "1"),
    ("50p", "0.5", "exactly", "0.5", "0.5", "currency", "0.1"),
    ("2022", "2022", "exactly", "2022", "2022", "count", "1"),
]


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


@pytest.mark.parametrize(
    ("text", "value", "comparator", "lower", "upper", "unit_class", "step"), READINGS
)
def test_readings(
    text: str,
    value: str | None,
    comparator: str,
    lower: str | None,
    upper: str | None,
    unit_class: str,
    step: str | None,
) -> None:
    read = parse_quantity(text)
    assert read.text == text
    assert read.value == _decimal(value)
    assert read.comparator == comparator
    assert (read.lower, read.upper) == (_decimal(lower), _decimal(upper))
    assert read.unit_class == unit_class
    assert read.step == _decimal(step)


@given(st.integers(0, 10**12), st.sampled_from(["", *HEDGES]), st.sampled_from(["", "%"]))
def test_a_written_number_is_read_back(number: int, hedge: str, unit: str) -> None:
    read = parse_quantity(f"{hedge} {number:,}{unit}".strip())
    assert read.value == number
    assert read.comparator == (HEDGES[hedge] if hedge else "exactly")
    assert read.unit_class == ("percent" if unit else "count")
    assert read.lower in (None, read.value)
    assert read.upper in (None, read.value)


@given(st.integers(1, 10**9))
def test_the_step_divides_the_number_and_ten_steps_do_not(number: int) -> None:
    step = step_of(f"{number:,}")
    assert number % step == 0
    assert number % (step * 10) != 0


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Albanians",
        "12,65",
        "1,0000",
        "£5%",
        "2% to 1%",
        "over",
        "two three",
        "over 1,000 people",
        "１２",
        "many",
        "first aid",
        "the worst case",
        "a record label",
        "1e5",
        "13 December",
        "rule 39",
        "Care4Calais",
        "+44 20 7946 0018",
        "9" * 300,
    ],
)
def test_what_is_not_one_quantity_is_refused(text: str) -> None:
    with pytest.raises(QuantityError, match="Cannot read"):
        parse_quantity(text)


# ---------------------------------------------------------------- numbers written and read back

ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen".split()
)
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()


def in_words(number: int, joint: str = " and ", hyphen: str = "-") -> str:
    """A number up to a thousand million as British English writes it."""
    if number < 20:
        return ONES[number]
    if number < 100:
        tens, ones = divmod(number, 10)
        return TENS[tens - 2] + (hyphen + ONES[ones] if ones else "")
    for name, size in (("million", 10**6), ("thousand", 1000), ("hundred", 100)):
        if number >= size:
            many, rest = divmod(number, size)
            joined = joint if rest < 100 else " "
            words = f"{in_words(many, joint, hyphen)} {name}"
            return words + (joined + in_words(rest, joint, hyphen) if rest else "")
    raise AssertionError(number)


# Hedges that go before any number; "top" and the like need a verb, "c." is no word.
BEFORE = ["", *HEDGES]
UNITS = {"": "", "%": "percent", " per cent": "percent", " percentage points": "percentage_points"}


@given(
    st.integers(0, 10**7 - 1) | st.integers(0, 2000),
    st.sampled_from([" and ", " "]),
    st.sampled_from(["-", " "]),
    st.sampled_from(BEFORE),
    st.sampled_from(["", " per cent", " percentage points"]),
)
def test_a_number_in_words_is_read_back(
    number: int, joint: str, hyphen: str, hedge: str, unit: str
) -> None:
    gap = "" if hedge in ("~", "<", ">", "≤", "≥", "≈") else " "
    words = f"{hedge}{gap}{in_words(number, joint, hyphen)}{unit}".strip()
    read = parse_quantity(words.capitalize())
    assert read.value == number
    assert read.comparator == (HEDGES[hedge] if hedge else "exactly")
    assert read.unit == UNITS[unit]


MONEY = sorted(sign for sign in CURRENCIES)


@given(
    st.decimals(0, 10**9, places=2) | st.integers(0, 10**12).map(Decimal),
    st.sampled_from(["", *MONEY]),
    st.sampled_from(["", *SCALES]),
    st.sampled_from(BEFORE),
    st.booleans(),
)
def test_money_and_scales_are_read_back(
    number: Decimal, sign: str, scale: str, hedge: str, commas: bool
) -> None:
    digits = f"{number:,}" if commas else f"{number}"
    gap = " " if sign.isalpha() else ""
    hedged = hedge if not hedge or (not hedge[-1].isalnum() and hedge[-1] != ".") else f"{hedge} "
    if hedge.endswith("."):
        hedged = f"{hedge} "
    text = f"{hedged}{sign}{gap}{digits} {scale}".strip()
    read = parse_quantity(text)
    assert read.value == number * (10 ** SCALES[scale] if scale else 1)
    assert read.scale == (10 ** SCALES[scale] if scale else 1)
    assert read.unit == (CURRENCIES[sign] if sign else "")
    assert read.comparator == (HEDGES[hedge] if hedge else "exactly")
    bounds = {
        "exactly": (read.value, read.value, False, False),
        "more_than": (read.value, None, True, False),
        "at_least": (read.value, None, False, False),
        "less_than": (None, read.value, False, True),
        "at_most": (None, read.value, False, False),
        "about": (None, None, False, False),
    }[read.comparator]
    assert (read.lower, read.upper, read.lower_open, read.upper_open) == bounds


@given(st.integers(0, 10**6), st.sampled_from(sorted(HEDGES_AFTER)), st.booleans())
def test_hedges_after_a_number_are_read_back(number: int, hedge: str, words: bool) -> None:
    text = in_words(number) if words else f"{number:,}"
    text += hedge if not hedge[0].isalpha() else f" {hedge}"
    read = parse_quantity(text)
    assert read.value == number
    assert read.comparator == HEDGES_AFTER[hedge]


@given(
    st.integers(0, 10**6),
    st.integers(1, 10**6),
    st.sampled_from(["{}-{}", "{}–{}", "{} to {}", "between {} and {}"]),
    st.sampled_from(["", "%", " million", "£"]),
)
def test_a_range_is_read_back(low: int, more: int, form: str, unit: str) -> None:
    high = low + more
    if unit == "£":
        text = form.format(f"£{low:,}", f"£{high:,}")
    else:
        text = form.format(f"{low:,}", f"{high:,}{unit}")
    read = parse_quantity(text)
    scale = 10**6 if unit == " million" else 1
    assert (read.kind, read.value, read.comparator) == ("range", None, "between")
    assert read.lower == low * scale
    assert read.upper == high * scale
    assert not read.lower_open
    assert not read.upper_open


@given(st.integers(1, 19), st.sampled_from(sorted(part for part in PARTS if part[-1] != "s")))
def test_parts_are_read_back(number: int, part: str) -> None:
    plural = {"half": "halves"}.get(part, f"{part}s")
    text = f"one {part}" if number == 1 else f"{in_words(number)} {plural}"
    if part == "quarter" and number not in (1, 3):
        return
    assert parse_quantity(text).value == Decimal(number) / PARTS[part]


def test_ordinals_have_their_place() -> None:
    for word, place in ORDINALS.items():
        read = parse_quantity(word)
        assert read.value == place
        assert read.kind == ("rank" if place == 1 else "ordinal")


# ---------------------------------------------------------------- laws of finding

SENTENCES = [sentence for sentence, _ in labelled()]
# What texts are made of: sentences, bits of grammar, digits, marks and any other character.
PIECES = st.one_of(
    st.sampled_from(SENTENCES),
    st.sampled_from([*HEDGES, *COUNTING_WORDS, *CALENDAR_NAMES, *HEDGES_AFTER]),
    st.sampled_from(["to", "and", "between", "in", "out of", "of", "a", "the", "one", "or", "by"]),
    st.integers(0, 10**7).map(str),
    st.integers(0, 10**7).map(lambda number: f"{number:,}"),
    st.sampled_from(["£", "%", "-", "–", ".", ",", "/", ":", "(", ")", "\n", "\n\n", "\t", "+"]),
    st.text(max_size=12),
)
TEXTS = st.lists(st.tuples(PIECES, st.sampled_from([" ", "", "\n", "-"])), max_size=25).map(
    lambda parts: "".join(piece + gap for piece, gap in parts)
)


@given(TEXTS)
@examples(300)
def test_every_span_is_the_text_it_says_in_order_and_apart(text: str) -> None:
    reached = 0
    for found in find_quantities(text):
        assert found.text == text[found.start : found.end]
        assert reached <= found.start < found.end <= len(text)
        assert found.kind in (*KINDS, *OTHER_KINDS)
        assert found.is_quantity == (found.kind in KINDS)
        reached = found.end
        if not found.is_quantity:
            assert (found.value, found.lower, found.upper) == (None, None, None)
        elif found.comparator == "between":
            assert found.lower is not None
            assert found.upper is not None
            assert found.lower < found.upper
        else:
            assert found.lower in (None, found.value) or found.kind == "range"
            assert found.upper in (None, found.value) or found.kind == "range"
            assert (found.value is None) == (found.kind in ("vague", "range"))


@given(TEXTS, TEXTS)
@examples(300)
def test_texts_joined_by_a_blank_line_give_the_same_shifted(one: str, other: str) -> None:
    by = len(one) + 2
    apart = [
        *find_quantities(one),
        *(q._replace(start=q.start + by, end=q.end + by) for q in find_quantities(other)),
    ]
    assert list(find_quantities(f"{one}\n\n{other}")) == apart


NO_NUMBERS = (
    "the of people who were said by ministers on their way to Albania and back, as many had hoped "
    "some over about under nearly almost at least between up down rising fallen returns".split()
)


@given(st.lists(st.sampled_from(NO_NUMBERS)) | st.just([]))
def test_text_without_numbers_gives_none(words: list[str]) -> None:
    assert list(find_quantities(" ".join(words))) == []


@given(st.text(alphabet=st.characters(exclude_categories=["L", "N"]), max_size=200))
def test_marks_alone_give_none(text: str) -> None:
    assert list(find_quantities(text)) == []


@given(st.text(max_size=300) | TEXTS)
def test_any_text_is_read_or_refused(text: str) -> None:
    list(find_quantities(text))
    try:
        read = parse_quantity(text)
    except QuantityError:
        return
    assert read.text == text


def test_what_is_found_reads_so_by_itself() -> None:
    """But where the words around decide: "never more than 82", "rang 999 times"."""
    differing = []
    number = 0
    for sentence in SENTENCES:
        for found in find_quantities(sentence):
            if not found.is_quantity:
                continue
            number += 1
            try:
                read = parse_quantity(found.text)
            except QuantityError:
                differing.append(found.text)
                continue
            same = ("kind", "value", "comparator", "lower", "upper", "unit", "step")
            if any(getattr(read, name) != getattr(found, name) for name in same):
                differing.append(found.text)
    assert number > 1500
    assert len(differing) <= number // 200, differing


# Patterns that take in a run of digits of any length: all of it, once, without trying again; and
# those that run through a text once, from match to match.
ENDLESS = {"_TOKEN", "_DIGITS", "_MALFORMED"} | {"_ANCHOR", "_COUNTING", "_WORD", "_LINE_END"}
ENDLESS |= {"_PIECE"}


def parsed_patterns() -> dict[str, Any]:
    """The parts of each pattern, by its name."""
    parser: Any = importlib.import_module("re._parser")
    return {
        name: parser.parse(pattern.pattern, pattern.flags)
        for module in pkgutil.iter_modules(reading.__path__, f"{reading.__name__}.")
        for name, pattern in vars(importlib.import_module(module.name)).items()
        if isinstance(pattern, Pattern)
    }


def test_no_pattern_looks_further_than_some_words_ahead() -> None:
    """So that each number costs a bounded number of steps, whatever stands around it.

    benchmarks/reading.py measures the rest: the time for texts made to be slow.
    """
    widest = {
        name: parsed.getwidth()[1]
        for name, parsed in parsed_patterns().items()
        if name not in ENDLESS
    }
    assert len(widest) > 40
    assert {name: width for name, width in widest.items() if width > 1000} == {}


def test_no_pattern_is_possessive() -> None:
    """Python 3.11.0 to 3.11.4 match possessive quantifiers wrongly (python/cpython 106052)."""
    parser: Any = importlib.import_module("re._parser")
    possessive = ("POSSESSIVE_REPEAT", "ATOMIC_GROUP")
    assert any(name in repr(parser.parse("(?:ab?c)++")) for name in possessive)
    found = [
        name
        for name, parsed in parsed_patterns().items()
        if any(operation in repr(parsed) for operation in possessive)
    ]
    assert found == []


# ---------------------------------------------------------------- what is told apart

ALIKE = [
    ("in 2022 it", "2022", "year"),
    ("in 2023/24 it", "2023/24", "fiscal_year"),
    ("in 2022-23 it", "2022-23", "fiscal_year"),
    ("the 1990s were", "1990s", "year"),
    ("on 13 December 2022 it", "13 December 2022", "date"),
    ("on Monday 24 April it", "Monday 24 April", "date"),
    ("on 2022-12-13 it", "2022-12-13", "date"),
    ("from January to March 2023, it", "January to March 2023", "date"),
    ("in Q4 2020 it", "Q4 2020", "date"),
    ("the first quarter of 2023 was", "the first quarter of 2023", "date"),
    ("at 10.30am it", "10.30am", "time"),
    ("at 14:30 it", "14:30", "time"),
    ("at five o'clock it", "five o'clock", "time"),
    ("call 020 7946 0123 now", "020 7946 0123", "phone"),
    ("call +44 20 7946 0018 now", "+44 20 7946 0018", "phone"),
    ("or dial 999 now", "999", "phone"),
    ("the court’s rule 39, which", "rule 39", "legal_reference"),
    ("under section 33(2) of", "section 33(2)", "legal_reference"),
    ("Article 8 says", "Article 8", "legal_reference"),
    ("the charity Care4Calais said", "Care4Calais", "name"),
    ("after COVID-19 it", "COVID-19", "name"),
    ("the M25 is", "M25", "name"),
    ("at 10 Downing Street it", "10 Downing Street", "name"),
    ("at junction 26 it", "junction 26", "name"),
]


@pytest.mark.parametrize(("text", "words", "kind"), ALIKE)
def test_what_only_looks_like_a_quantity_has_a_kind_of_its_own(
    text: str, words: str, kind: str
) -> None:
    assert [(found.text, found.kind) for found in find_quantities(text)] == [(words, kind)]


# Forms that neither the labelled sentences nor the documents have.
RARER: list[tuple[str, list[tuple[str, str]]]] = [
    ("There were half a dozen boats.", [("half a dozen", "count")]),
    ("It rose 5x and 10-fold.", [("5x", "multiple"), ("10-fold", "multiple")]),
    ("a record-breaking 500 came", [("record-breaking", "rank"), ("500", "count")]),
    ("the first of May 2023 and", [("first of May 2023", "date")]),
    ("it fell for three quarters running", [("three", "count")]),
    ("the second-best on record", [("the second-best on record", "rank")]),
    ("in the twenty-first century", [("twenty-first century", "date")]),
    ("it fell for two quarters in a row", [("two", "count")]),
    ("several hundred thousand came", [("several hundred thousand", "vague")]),
    ("about para.12 of it", [("para.12", "legal_reference")]),
    ("see p.12 now", [("p.12", "name")]),
    ("of clause (4) and", [("clause (4)", "legal_reference")]),
    ("about .5 of it", [(".5", "name")]),
    ("at 5 o’clock", [("5 o’clock", "time")]),
    ("at 10.30 it", [("10.30", "time")]),
    ("the ’90s were", [("90s", "year")]),
    ("in 1750 it", [("1750", "year")]),
    ("somewhere between about 20 and 30", [("somewhere between about 20 and 30", "range")]),
    ("one and three-quarters of it", [("one and three-quarters", "count")]),
    ("two million and a half came", [("two million and a half", "count")]),
    ("0.5 of a per cent", [("0.5 of a per cent", "percent")]),
    ("it cost 500€ then", [("500€", "money")]),
    ("it is <=5% of it", [("<=5%", "percent")]),
    ("version 1.2.3 of it", [("version 1.2.3", "name")]),
    ("No staff or fine exceeds £5", [("exceeds £5", "money")]),
    ("the score was 3:1 then", [("3:1", "name")]),
    ("the second-highest tally", [("second-highest", "rank")]),
    ("2 hundred and five hundred", [("2 hundred", "count"), ("five hundred", "count")]),
    ("20 to 30 times more", [("20 to 30 times", "range")]),
    ("the first, it", [("first", "rank")]),
    ("a billion and a quarter", [("a billion and a quarter", "count")]),
    ("twenty and thirty", [("twenty", "count"), ("thirty", "count")]),
    ("two dozen and six", [("two dozen", "count"), ("six", "count")]),
    ("A half-day of it", []),
    ("fifth, sixth and", [("sixth", "ordinal")]),
    ("the ratio was 3:1 then", [("3:1", "ratio")]),
    ("thirds of it", []),
    ("tens of it", []),
]


@pytest.mark.parametrize(("text", "found"), RARER)
def test_rarer_forms_are_read(text: str, found: list[tuple[str, str]]) -> None:
    assert [(one.text, one.kind) for one in find_quantities(text)] == found


# What the words around do to a number.
AROUND = [
    ("It rose from 12,658 to 45,755.", ["12,658", "45,755"]),
    ("It has never held more than 82.", ["more than 82"]),
    ("It edged up to 4.7% in May.", ["4.7%"]),
    ("Police handed over 38 men.", ["38"]),
    ("They talked over two days.", ["two"]),
    ("They waited for over two years.", ["over two"]),
    ("No one was hurt, one of them said.", []),
    ("The first minister gave first aid.", []),
    ("A third country is not a third of it.", ["a third"]),
    ("More than\n1,000 came.", ["More than\n1,000"]),
    ("There were more than\n\n1,000 came.", ["1,000"]),
]


@pytest.mark.parametrize(("text", "words"), AROUND)
def test_the_words_around_decide(text: str, words: list[str]) -> None:
    found = [one for one in find_quantities(text) if one.is_quantity]
    assert [one.text for one in found] == words


# Wrong readings that were found once, by what they read as now: words, comparator, bounds.
SOUND = [
    ("The fine shall not exceed £5,000.", "exceed £5,000", "at_most", None, "5000"),
    ("It hasn't passed 10,000.", "passed 10,000", "at_most", None, "10000"),
    ("It must not be more than 28 days.", "more than 28", "at_most", None, "28"),
    ("It isn’t less than 10%.", "less than 10%", "at_least", "10", None),
    ("No fine shall be more than £500.", "more than £500", "about", None, None),
    ("There were not nearly 500.", "nearly 500", "about", None, None),
    ("It has not lost up to 40 staff.", "up to 40", "about", None, None),
    ("It was not because more than 500 came.", "more than 500", "about", None, None),
    ("They did not say more than 500 came.", "more than 500", "about", None, None),
    ("He never came. More than 500 did.", "More than 500", "more_than", "500", None),
    ("It is less than half as likely.", "less than half as likely", "less_than", None, "0.5"),
    ("It has almost halved.", "almost halved", "more_than", "0.5", None),
    ("It has more than halved.", "more than halved", "less_than", None, "0.5"),
    ("At 5%, worse than 10%.", "10%", "about", None, None),
    ("It was rather than 500 now 5.", "500", "exactly", "500", "500"),
    ("It is perhaps 500.", "perhaps 500", "about", None, None),
    ("It said nearly all 500 came.", "500", "about", None, None),
    ("It was more than “500”.", "500", "more_than", "500", None),
    ("between 500 and about 600 came", "between 500 and about 600", "about", None, None),
    ("between a hundred and two hundred", "between a hundred and two hundred", "between", 100, 200),
    ("between twenty and two hundred", "between twenty and two hundred", "between", "20", "200"),
    ("two or three million pounds", "two or three million pounds", "between", 2 * 10**6, 3 * 10**6),
    ("10% – 20% of it", "10% – 20%", "between", "10", "20"),
    ("between 10 per cent and 15", "between 10 per cent and 15", "between", "10", "15"),
    ("to rise by 1% to 2%", "1% to 2%", "between", "1", "2"),
    ("10-to-15 per cent of it", "10-to-15 per cent", "between", "10", "15"),
    ("charged over 39 deaths", "39", "exactly", "39", "39"),
    ("Parliament passed three bills", "three", "exactly", "3", "3"),
    ("under three prime ministers", "three", "exactly", "3", "3"),
    ("It edged up to 4.7%.", "4.7%", "exactly", "4.7", "4.7"),
    ("the under 30s were", "under 30", "less_than", None, "30"),
    ("a 5-percent rise", "5-percent", "exactly", "5", "5"),
    ("a quarter of a percentage point", "a quarter of a percentage point", "exactly", ".25", ".25"),
    ("a half-dozen boats", "a half-dozen", "exactly", "6", "6"),
    ("200 m off the shore", "200", "exactly", "200", "200"),
    (
        "one million, two hundred thousand",
        "one million, two hundred thousand",
        "exactly",
        1200000,
        1200000,
    ),
    ("twenty-third amendment", "twenty-third", "exactly", "23", "23"),
    ("sixty two-bedroom homes", "sixty", "exactly", "60", "60"),
    ("1 1/2 years of it", "1 1/2", "exactly", "1.5", "1.5"),
    ("MORE THAN 500 MIGRANTS", "MORE THAN 500", "more_than", "500", None),
    ("12pc of it", "12pc", "exactly", "12", "12"),
    ("no fewer than “70”", "70", "at_least", "70", None),
]


@pytest.mark.parametrize(("text", "words", "comparator", "lower", "upper"), SOUND)
def test_nothing_is_proved_that_the_words_do_not_say(
    text: str, words: str, comparator: str, lower: str | int | None, upper: str | int | None
) -> None:
    found = {one.text: one for one in find_quantities(text) if one.is_quantity}
    assert words in found, list(found)
    read = found[words]
    assert read.comparator == comparator
    assert read.lower == (None if lower is None else Decimal(lower))
    assert read.upper == (None if upper is None else Decimal(upper))


def test_a_number_has_the_unit_and_scale_of_the_one_it_goes_with() -> None:
    """ "From 1.2 to 1.5 million" does not say 1.2, nor "from 12 to 15 per cent" twelve persons."""
    values = [one.value for one in find_quantities("It grew from 1.2 to 1.5 million.")]
    assert values == [1200000, 1500000]
    units = [one.unit for one in find_quantities("It rose from 12 to 15 per cent.")]
    assert units == ["percent", "percent"]
    units = [one.unit for one in find_quantities("Of the 500, 20% and 45,755 or 10% more.")]
    assert units == ["", "percent", "", "percent"]


def test_compared_numbers_are_no_bounds() -> None:
    for text in ("200 more than 1,500", "15 seats short of 326", "three points above 30%"):
        assert [one.comparator for one in find_quantities(text)] == ["exactly", "exactly"]


@pytest.mark.parametrize(
    "text",
    [
        "until at least 2026",
        "20% more than 2019",
        "12% higher than 2019 levels",
        "the Five Eyes and Chapter Two",
        "https://a.b/?id=1234&x=56 or j.smith.12@x.org",
        "1. Introduction",
        "ISBN 978-0-19-852663-6, pp 23-45",
        "at ten past six, or half past 10, or between 8 and 9pm",
        "half as much again",
    ],
)
def test_what_is_no_quantity_is_none(text: str) -> None:
    found = [one.text for one in find_quantities(text) if one.is_quantity]
    assert [words for words in found if words not in ("20%", "12%")] == []


def test_never_more_than_is_at_most() -> None:
    (found,) = find_quantities("The lorry park has never held more than 82.")
    assert (found.comparator, found.lower) == ("at_most", None)
    assert found.upper == 82


def test_directions_come_from_the_words_beside() -> None:
    text = "It fell by over 90%, a 5% rise on 2021, up £3m; -2.5% and 300 people."
    ways = [found.direction for found in find_quantities(text) if found.is_quantity]
    assert ways == ["decrease", "increase", "increase", "decrease", None]


def test_a_quantity_tells_its_class_of_units() -> None:
    texts = {"over 5": "count", "5%": "percent", "£5": "currency", "doubled": "times"}
    texts |= {"a third": "ratio", "first": "rank", "5 percentage points": "percent"}
    assert {text: parse_quantity(text).unit_class for text in texts} == texts
    assert isinstance(parse_quantity("5"), Quantity)


def test_the_error_says_what_was_found_instead() -> None:
    with pytest.raises(QuantityError, match="it is a date"):
        parse_quantity("13 December")
    with pytest.raises(QuantityError, match='only "over 1,000" in it'):
        parse_quantity("over 1,000 people")


@given(st.lists(st.sampled_from([*COUNTING_WORDS, *CALENDAR_NAMES, "12,658", "xyz", "may"])))
def test_counting_words_are_found_where_they_stand(words: list[str]) -> None:
    text = " - ".join(words)
    found = {text[start:end] for start, end in counting_words(text)}
    assert found == {w for w in words if w not in ("xyz", "may", "12,658")} | (
        {"12", "658"} if "12,658" in words else set()
    )


def test_every_figure_and_excluded_number_holds_a_counting_word() -> None:
    for table in ("figures", "excluded_numbers"):
        for row in text_rows(table):
            assert list(counting_words(row["exact"])), row["exact"]


def test_the_nearest_direction_word_counts() -> None:
    assert direction_near("fell by 95%, while returns had doubled", 8) == "decrease"
    assert direction_near("fell by 95%, while returns had doubled", 31) == "increase"
    assert direction_near("of 95 people", 3) is None
