"""Where a sentence begins and ends."""

from __future__ import annotations

import re

from .grammar import SHORT_MONTHS

# A sentence ends after one of these and any closing quotation mark, before a space or line end ...
_SENTENCE_END = re.compile(r"[.!?…]+[”’\"')\]]*(?=\s|\Z)|\n|\Z")
# ... but not after these, nor after a single letter.
_ABBREVIATIONS = frozenset(
    (
        *"mr mrs ms dr prof rt hon no nos st sir gen col lt sgt e.g i.e etc vs cf approx ca c p "
        "pp art para sec s v".split(),
        *(name.lower() for name in SHORT_MONTHS),
    )
)


def sentence_around(text: str, start: int, end: int) -> tuple[int, int]:
    """The start and end of the sentence or sentences around a span, without spaces around.

    >>> text = "Mr. Rama spoke. Over 1,000 were returned. More follows."
    >>> a, b = sentence_around(text, 16, 26)
    >>> text[a:b]
    'Over 1,000 were returned.'
    """
    first = max(text.rfind("\n", 0, start) + 1, start - _LONGEST_SENTENCE, 0)
    last = len(text)
    for match in _SENTENCE_END.finditer(text, first, min(len(text), end + _LONGEST_SENTENCE)):
        word = text[max(0, match.start() - 12) : match.start()].rsplit(None, 1)[-1:]
        shortened = (
            word and match.group() == "." and word[0].lower().lstrip("(“‘") in _ABBREVIATIONS
        )
        if shortened or (match.group() == "." and word and len(word[0]) == 1 and word[0].isalpha()):
            continue
        if match.end() <= start:
            first = match.end()
        elif match.end() >= end:
            last = match.start() if match.group() == "\n" else match.end()
            break
    else:
        last = min(len(text), end + _LONGEST_SENTENCE)
    while first < start and text[first].isspace():
        first += 1
    while last > end and text[last - 1].isspace():
        last -= 1
    return first, last


# How many characters to look at on each side for the ends of a sentence.
_LONGEST_SENTENCE = 2000
