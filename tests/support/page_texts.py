"""The texts of a page, each with the elements that it is in; no browser is needed."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import NamedTuple

_VOID = ("meta", "input", "br", "link")
# Attributes that are read out.
_READ_OUT = ("aria-label", "title", "alt", "placeholder")


class Piece(NamedTuple):
    """A text, and the tags, `.classes` and `#ids` around it; `place` numbers the innermost one."""

    text: str
    within: frozenset[str]
    place: int


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[Piece] = []
        self._around: list[tuple[set[str], int]] = []
        self._number = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._number += 1
        given = {name: value or "" for name, value in attrs}
        names = {tag, *(f".{name}" for name in given.get("class", "").split())}
        names |= {f"#{given['id']}"} if "id" in given else set()
        self._around.append((names, self._number))
        for name in _READ_OUT:
            if name in given:
                self.handle_data(given[name])
        if tag in _VOID:
            self._around.pop()

    def handle_endtag(self, tag: str) -> None:
        names, _ = self._around.pop()
        assert tag in names, f"</{tag}> ends {names}"

    def handle_data(self, data: str) -> None:
        if data.strip() and self._around:
            within = frozenset().union(*(names for names, _ in self._around))
            self.pieces.append(Piece(data, within, self._around[-1][1]))


def pieces_of(page: str) -> list[Piece]:
    """The texts of a page in order, with the attributes that are read out."""
    reader = _Reader()
    reader.feed(page)
    assert not reader._around, "an element does not end"
    return reader.pieces


def texts(pieces: list[Piece], *within: str) -> list[str]:
    """The texts inside all of some tags, classes and ids; those of one element are joined."""
    found: dict[int, str] = {}
    for piece in pieces:
        if piece.within.issuperset(within):
            found[piece.place] = found.get(piece.place, "") + piece.text
    return list(found.values())
