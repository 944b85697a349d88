"""Digits that only look like a quantity; `quantities.py` asks here first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .amounts import SCALE, UNIT
from .patterns import CASELESS, GAP, SPACES, Pattern
from .references import References
from .times import Times

if TYPE_CHECKING:
    from .places import Quantity


ORDINAL_END = Pattern(r"(?:st|nd|rd|th)(?![A-Za-z0-9])", CASELESS)
FOLD_END = Pattern(rf"(?:-|{GAP})?fold\b", CASELESS)
X_END = Pattern(r"x(?![A-Za-z0-9])", CASELESS)
_UNIT_GLUED = Pattern(
    r"(?:st|k?b|k?m|kg|cm|mm|mg|g|mph|kph|ft|in|ha|[mg]w|kw|hrs?|mins?|yrs?|c|f)(?![A-Za-z0-9])|°",
    CASELESS,
)


class LookAlikes(Times, References):
    """Finds digits that are not a quantity."""

    def look_alike(self, at: int, end: int) -> Quantity | None:
        """A date, time, year, reference, name or telephone number that begins at digits."""
        text = self.text
        last = text[at - 1] if at > self.floor else ""
        if last and last not in SPACES and not self.currency_before(at)[1]:
            if found := self.after_mark(at, end):
                return found
            if last == "-" and at - 1 > self.floor and text[at - 2].isalpha():
                return self.hyphened(at)
        word = self.word_after(end)
        found = (
            self.phone(at, end)
            or self.heading(at, end)
            or self.goes_on(at, end)
            or self.date(at, end, word)
            or self.clock(at, end, word)
            or self.fiscal(at, end)
            or self.reference(at, end)
            or self.dialled(at, end)
        )
        if found:
            return found
        token, following = text[at:end], text[end : end + 1]
        if following.isalpha() and not self.readable_after(end):
            return (self.decade(at, end) if following == "s" else None) or self.glued(at)
        if following == "/" or "/" in token:
            return self.slashed(at)
        if token.count(".") > 1:
            return self.other(at, end, "name")
        return self.year(at, end)

    def readable_after(self, end: int) -> bool:
        """Whether letters that run into digits are a scale, a unit or the ending of an ordinal."""
        text = self.text
        return any(
            pattern.match(text, end)
            for pattern in (SCALE, UNIT, ORDINAL_END, _UNIT_GLUED, FOLD_END, X_END)
        )
