"""Sentences for readers: identifiers become the words they stand for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..tables.package import Package

# A figure or a document, and the words of a figure that may follow in brackets.
_NAMED = re.compile(r"""\b([FD][0-9]{3,})(?: \(["“][^"”]*["”]\))?(?![\w-])""")
# A figure in brackets, perhaps after its words; a document in brackets after the name of its voice.
_IN_BRACKETS = re.compile(r" \(([FD][0-9]{3,})\)")
# Rows that have no short words of their own, with what they are.
_OTHER = re.compile(r"\b(?:(?:statement|event|agreement|trend) )?([SEAT])[0-9]{3,}\b")
_OTHERS = {"S": "a statement", "E": "an event", "A": "an agreement", "T": "a trend"}
_AT_FIRST = re.compile(r"^(F[0-9]{3,}): (.)")


class Words:
    """The words that the identifiers of a package stand for in a sentence."""

    def __init__(self, package: Package) -> None:
        self._exact = {str(row["figure_id"]): str(row["exact"]) for row in package.rows("figures")}
        self._titles = {
            str(row["document_id"]): str(row["title"]).strip("[]")
            for row in package.rows("documents")
        }

    def plain(self, text: str, about: str = "") -> str:
        """A sentence without identifiers; what is said of the figure `about` begins with itself.

        >>> from albania_uk_migration.tables.package import shipped
        >>> words = Words(shipped())
        >>> words.plain("F034 repeats F033, so we read it with the same period")
        '“over 8,000” repeats “More than 8,000”, so we read it with the same period'
        >>> words.plain("F034: we take it to be about Albanians", about="F034")
        'We take it to be about Albanians'
        """
        found = _AT_FIRST.match(text)
        if found and found[1] == about:
            text = found[2].upper() + text[found.end() :]
        text = _NAMED.sub(self._named, _IN_BRACKETS.sub(self._bracketed, text))
        return _OTHER.sub(lambda found: f"{_OTHERS[found[1]]} in the tables", text)

    def _bracketed(self, found: re.Match[str]) -> str:
        """A name in brackets; nothing if its words stand before it, or if it is a document."""
        name, before = found[1], found.string[: found.start()]
        known = name in self._titles or f"“{self._exact.get(name)}”" in before
        return "" if known else found[0]

    def _named(self, found: re.Match[str]) -> str:
        name = found[1]
        if name in self._exact:
            return f"“{self._exact[name]}”"
        return f"“{self._titles[name]}”" if name in self._titles else found[0]
