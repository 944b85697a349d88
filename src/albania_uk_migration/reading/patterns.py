"""Make patterns from lists of words, when they are first used."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

CASELESS = re.IGNORECASE | re.ASCII
# Between the words of one quantity. The reader turns a line end within a paragraph into a space,
# and a thin space into a no-break space, because patterns up to U+00FF compile much faster.
SPACES = " \xa0"
GAP = f"[{SPACES}]{{1,4}}"


class Pattern:
    """A regular expression that is compiled when it is first used, to keep loading fast.

    To build one from lists of words, give a function that builds it.
    """

    match: Callable[..., re.Match[str] | None]
    fullmatch: Callable[..., re.Match[str] | None]
    search: Callable[..., re.Match[str] | None]
    finditer: Callable[..., Iterator[re.Match[str]]]

    def __init__(self, pattern: str | Callable[[], str], flags: int = 0) -> None:
        self.given = pattern
        self.flags = flags

    @property
    def pattern(self) -> str:
        """The text of the expression."""
        return self.given if isinstance(self.given, str) else self.given()

    def __getattr__(self, name: str) -> Any:
        if name not in ("match", "fullmatch", "search", "finditer"):
            raise AttributeError(name)
        compiled = re.compile(self.pattern, self.flags)
        self.match, self.fullmatch = compiled.match, compiled.fullmatch
        self.search, self.finditer = compiled.search, compiled.finditer
        return self.__dict__[name]


def trie(words: Iterable[str]) -> str:
    """A pattern for any of some words: it finds the longest and looks at each letter once.

    A space in a word matches any gap.
    """
    branches: dict[str, list[str]] = {}
    whole = False
    for word in words:
        if word:
            branches.setdefault(word[0], []).append(word[1:])
        else:
            whole = True
    if not branches:
        return ""
    parts = [
        (GAP if first == " " else re.escape(first)) + trie(rest)
        for first, rest in sorted(branches.items())
    ]
    pattern = parts[0] if len(parts) == 1 and not whole else f"(?:{'|'.join(parts)})"
    return pattern + "?" if whole else pattern


def any_of(words: Iterable[str]) -> str:
    """A pattern for any of some words, the longest first, to match at a place.

    To search a whole text for many words, use a `trie`, which takes longer to make.
    """
    longest_first = sorted(set(words), key=lambda word: (-len(word), word))
    return "|".join(re.escape(word).replace(r"\ ", GAP) for word in longest_first)
