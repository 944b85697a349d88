"""The sentences of `implied`, from decisions made by hand: no solver has a part in them."""

from __future__ import annotations

from fractions import Fraction

from albania_uk_migration.claims.claim import Bound
from albania_uk_migration.comparing.implied_decision import Cap, Decision, End, NoMinimum
from albania_uk_migration.comparing.implied_question import Question, bearing, question_of
from albania_uk_migration.comparing.implied_words import sentences_of
from albania_uk_migration.tables.package import shipped

from ..support.figures import made, months

LAYER = ("returns", "albanian", "GBR")


def asked() -> tuple[Question, list[Bound]]:
    """March and April 2022, and two figures that reach into them."""
    rows = [
        made("F1", "at_least", 30, window=months(0, 3)),
        made("F2", "at_most", 11, window=months(0, 1)),
    ]
    question = question_of(shipped(), LAYER, "2022-03/2022-04", rows, None, False)
    return question, bearing(question)


NOTHING = Decision(
    possible=True,
    lower=0,
    upper=None,
    low=None,
    high=None,
    conflicts=(),
    no_minimum=None,
    neighbour=None,
    uncapped=(),
    unused=(),
    proved=True,
)


def test_an_end_is_told_with_its_sum_or_with_what_rounds_it() -> None:
    question, bounds = asked()
    terms = ((bounds[0], Fraction(1)), (bounds[1], Fraction(1)))
    low = End(19, ("F1", "F2"), tuple(bounds), terms)
    told = sentences_of(question, NOTHING._replace(lower=19, low=low))
    assert told[1].endswith("at most 11 in January to February 2022: 30 − 11 = 19.")
    halves = tuple((bound, weight / 2) for bound, weight in terms)
    told = sentences_of(
        question, NOTHING._replace(lower=10, low=low._replace(value=10, terms=halves))
    )
    assert told[1].endswith(": 1/2 × 30 − 1/2 × 11, and a count is whole.")
    told = sentences_of(question, NOTHING._replace(lower=19, low=low._replace(terms=())))
    assert told[1].endswith("at most 11 in January to February 2022.")


def test_what_was_not_proved_and_what_has_no_ceiling_is_said() -> None:
    question, _ = asked()
    told = sentences_of(question, NOTHING._replace(proved=False))
    assert told[1:] == (
        "No upper limit follows.",
        "We could not prove the solver's limits again in exact arithmetic.",
    )
    stretches = tuple((question.start + at, question.start + at + 1) for at in range(0, 10, 2))
    told = sentences_of(question, NOTHING._replace(uncapped=stretches))
    assert told[1].endswith("1 March 2022 and 3 March 2022 and 5 March 2022 and 2 more stretches.")


def test_a_cap_under_which_the_figures_could_not_all_hold_is_said() -> None:
    question, bounds = asked()
    free = ((question.start, question.start + 7),)
    why = NoMinimum(bounds[0], free, (), Cap(bounds[0], 2, None), ())
    told = sentences_of(question, NOTHING._replace(no_minimum=why))
    assert told[2].startswith("If 1 to 7 March 2022 had at most 2 (at the 0.2 a day of F1")
    assert told[2].endswith("rounded up), the figures could not all be true.")
