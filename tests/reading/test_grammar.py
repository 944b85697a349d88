"""No word of the grammar is dead: in its place, each changes what is read."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from albania_uk_migration import find_quantities, parse_quantity
from albania_uk_migration.errors import QuantityError
from albania_uk_migration.reading import grammar
from albania_uk_migration.reading.quantities import _Reader

# Where the words of a table matter: sentences with a place for one of them.
PLACES: dict[str, tuple[str, ...]] = {
    "HEDGES": ("It was {} 5,000.", "It was {}5,000."),
    "NEGATIONS": ("It {} exceed 500.",),
    "COMPARES": ("It is never {} 500.", "It is never more {} 500."),
    "AFTER_NEGATION": ("It was not {} more than 500.",),
    "VERBAL": ("They {} three bills.", "They want to {} three bills."),
    "COMPARING": ("It was 200 {} 1,500.", "200 more {} 1,500", "200 just short {} 1,500"),
    "COMPARED": ("It was 200 {} more than 1,500.",),
    "HEDGE_VERBS": ("It will {} 500.",),
    "BEFORE_HEDGE_VERB": ("It {} surpass 500.",),
    "PHRASAL": ("They {} over 38 men.",),
    "BEFORE_UP_TO": ("It {} up to 4.7%.",),
    "BEFORE_OVER": ("They came {} over two days.",),
    "HEDGES_AFTER": ("It was 500 {}.", "It was 500{}."),
    "CURRENCIES": ("It cost {}500.", "It cost {} 500.", "={} 500"),
    "CURRENCY_WORDS": ("It cost 500 {}.",),
    "PERCENT_WORDS": ("It was 5 {}.", "It was 5{}."),
    "SCALES": ("It was 5 {}.",),
    "SHORT_SCALES": ("It was £5{}.",),
    "METRES": ("It was 100m {}.",),
    "NUMBER_WORDS": ("It was about {} in number.",),
    "PARTS": ("It was about a {}.", "It was about two {}.", "It was about three {}."),
    "VULGAR": ("It was {}.",),
    "ORDINALS": ("It was his {} visit.",),
    "VAGUE": ("There were {} of them.", "There were {} of thousands."),
    "VAGUE_BEFORE": ("There were {} hundred.",),
    "MULTIPLES": ("It {} then.",),
    "MULTIPLE_VERBS": ("It is to {} the number.",),
    "BEFORE_VERB": ("They {} double.",),
    "AFTER_VERB": ("They double {} number.",),
    "FOLDS": ("It rose {}.",),
    "TIMES": ("It was {} the number.",),
    "AFTER_TIMES": ("It was three times {} number.", "It was twice {} number."),
    "SUPERLATIVES": ("It was the {} on record.", "It was the second {} town."),
    "RANKED": ("It was a record {} then.", "They set a record {} then.", "a record {} of"),
    "RANK_TAILS": ("It was the highest {}.",),
    "BEFORE_FIRST": ("It was {} first visit.",),
    "DIRECTIONS": ("It was {} 5%.", "It was a 5% {}."),
    "TIME_NOUNS": ("It went on over three {}.", "Four in nine {}.", "the first {} of 2023"),
    "WEEKDAYS": ("It was on {}.",),
    "SHORT_MONTHS": ("It was on 5 {} 2023.",),
    "BEFORE_MONTH": ("They came {} May.",),
    "LEGAL": ("It was {} 33.", "It was {} 33(2).", "It was {}33."),
    "NAMED": ("It was {} 3.",),
    "NAMED_AFTER": ("It was 45 {}.",),
    "NO_NAMES": ("It was the {} 500.",),
    "STREETS": ("It was 45 Long {}.",),
    "DIALLED": ("They {} 999.",),
    "DIALLED_AFTER": ("There were 999 {}.",),
    "SHORT_PHONES": ("They rang {}.",),
    "PHRASES_BEFORE": ("It was {} zero.",),
    "BEFORE_PRONOUN": ("It was {} one now.",),
    "AFTER_PRONOUN": ("It was one {} now.",),
    "AFTER_PART": ("It was a third {} then.",),
}
# What stands there instead: a word that the grammar does not know, or one that does the contrary.
INSTEAD = {"COMPARES": "nearly", "VERBAL": "exceed", "COMPARING": "exceeding", "NO_NAMES": "FTSE"}


def readings(sentence: str, word: str) -> list[tuple[object, ...]]:
    """What is read, without the word itself and its place."""
    text = sentence.format(word)
    if text[0] == "=":
        try:
            return [parse_quantity(text[1:])[3:]]
        except QuantityError:
            return []
    return [(read.text.replace(word, ""), *read[3:]) for read in find_quantities(text)]


@pytest.mark.parametrize("table", PLACES)
def test_each_word_changes_what_is_read(table: str) -> None:
    words: Iterable[str] = getattr(grammar, table)
    dead = []
    for word in words:
        instead = INSTEAD.get(table, "xyzzy")
        if all(
            readings(sentence, form) == readings(sentence, instead)
            for sentence in PLACES[table]
            for form in (word, word.capitalize())
        ):
            dead.append(word)
    assert dead == []


def test_each_phrase_keeps_a_number_from_being_read(monkeypatch: pytest.MonkeyPatch) -> None:
    places = ("the {} then", "about {} then", "about a {} then", "a new {} then", "The {} Unit")
    texts = {phrase: [place.format(phrase) for place in places] for phrase in grammar.PHRASES}
    known = {phrase: [list(find_quantities(text)) for text in texts[phrase]] for phrase in texts}
    monkeypatch.setattr(_Reader, "is_phrase", lambda *_: False)
    assert [
        phrase
        for phrase in texts
        if known[phrase] == [list(find_quantities(text)) for text in texts[phrase]]
    ] == []
