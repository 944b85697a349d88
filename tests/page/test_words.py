"""Sentences for readers have no identifiers, and say what they said before."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from albania_uk_migration.answers.check import checks_in
from albania_uk_migration.page.words import Words
from albania_uk_migration.tables.package import shipped

WORDS = Words(shipped())
FIGURES = [row["figure_id"] for row in shipped().rows("figures")]
NAMED = re.compile(r"\b[FDSEATU][0-9]{3}\b")


def test_no_sentence_of_a_check_keeps_an_identifier() -> None:
    for check in checks_in(shipped(), FIGURES):
        texts = [check.answer, check.period, check.counted, check.reading, *check.assumptions]
        texts += [*check.beside.about, *(line.note for line in check.official_lines)]
        texts += [row["what"] for row in check.said_elsewhere]
        for text in texts:
            assert not NAMED.search(WORDS.plain(text, about=check.figure_id)), text


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("F011 and F018: the Home Office", "“1,888” and “795”: the Home Office"),
        ('F034 ("over 8,000") is higher', "“over 8,000” is higher"),
        ("the fewest that “over 8,000” allows (F034)", "the fewest that “over 8,000” allows"),
        ("the outlet, as reworded by the repost (D000)", "the outlet, as reworded by the repost"),
        ("F999 is not a figure here", "F999 is not a figure here"),
    ],
)
def test_an_identifier_becomes_its_words(text: str, plain: str) -> None:
    assert WORDS.plain(text) == plain


@given(st.text(st.characters(blacklist_characters="FD"), max_size=60))
def test_text_without_identifiers_stays_as_it_is(text: str) -> None:
    assert WORDS.plain(text) == text
