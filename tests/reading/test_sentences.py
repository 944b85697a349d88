"""Where sentences end."""

from __future__ import annotations

from albania_uk_migration.reading.sentences import sentence_around


def test_a_sentence_does_not_end_after_an_abbreviation_or_in_a_number() -> None:
    text = "Dr. Foo met Mr. J. Bar. He paid £1.6 million (about $2m). “Why?” he asked.\nNext line"
    for words, sentence in (
        ("met", "Dr. Foo met Mr. J. Bar."),
        ("1.6", "He paid £1.6 million (about $2m)."),
        ("Why", "“Why?”"),
        ("Next", "Next line"),
    ):
        at = text.index(words)
        start, end = sentence_around(text, at, at + len(words))
        assert text[start:end] == sentence
