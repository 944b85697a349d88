"""Places for the labels of a drawing, so that none lies on another."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

# How wide characters are as a part of the size of the letters, in the widest of the usual fonts,
# and how much wider bold ones are.
_WIDE, _USUAL, _CAPITAL, _NARROW = 1.0, 0.64, 0.77, 0.42
_BOLD = 1.11
_WIDE_ONES, _NARROW_ONES = frozenset("mwMWQ@%—…&"), frozenset("iIjltfr.,:;'‘’|!()[]/- ")


def width_of(text: str, size: float, bold: bool = False) -> float:
    """About how wide a text is, hardly ever less than it is in the usual fonts.

    >>> round(width_of("12,658", 10), 1)
    36.2
    """
    parts = sum(map(_width, text))
    return size * parts * (_BOLD if bold else 1)


def _width(character: str) -> float:
    if character in _NARROW_ONES:
        return _NARROW
    if character in _WIDE_ONES:
        return _WIDE
    if ord(character) > 0x2E7F:
        return 2 * _WIDE if ord(character) > 0xFFFF else _WIDE
    return _CAPITAL if character.isupper() else _USUAL


def lines_of(text: str, size: float, width: float, bold: bool = False) -> list[str]:
    """A text in lines no wider than `width`, broken between words or, if need be, inside one.

    >>> lines_of("over 8,000 illegal migrants", 10, 100)
    ['over 8,000 illegal', 'migrants']
    """
    lines = [""]
    for word in text.split():
        for part in _parts(word, size, width, bold):
            longer = f"{lines[-1]} {part}" if lines[-1] else part
            if lines[-1] and width_of(longer, size, bold) > width:
                lines.append(part)
            else:
                lines[-1] = longer
    return lines


def _parts(word: str, size: float, width: float, bold: bool) -> list[str]:
    """A word in parts that fit a line."""
    parts = [""]
    for character in word:
        if parts[-1] and width_of(parts[-1] + character, size, bold) > width:
            parts.append("")
        parts[-1] += character
    return parts


class Box(NamedTuple):
    """A rectangle: its left and upper edge, its width and height."""

    x: float
    y: float
    width: float
    height: float

    def meets(self, other: Box) -> bool:
        """Whether two rectangles share a point inside."""
        return (
            self.x < other.x + other.width
            and other.x < self.x + self.width
            and self.y < other.y + other.height
            and other.y < self.y + self.height
        )

    def within(self, frame: Box) -> Box:
        """The nearest place inside a frame."""
        x = min(max(self.x, frame.x), frame.x + frame.width - self.width)
        y = min(max(self.y, frame.y), frame.y + frame.height - self.height)
        return self._replace(x=x, y=y)


def placed(wanted: Iterable[Box], taken: list[Box], avoided: list[Box], frame: Box) -> Box:
    """The first place that is free of labels and, if one is, of marks; then it is taken.

    `wanted` are places in the order we like them; further ones are tried above and below. The frame
    must be high enough for all labels.
    """
    tried = [box.within(frame) for box in wanted]
    first = tried[0]
    steps = int(frame.height / first.height * 4) + 1
    for at in range(1, steps):
        for way in (-1, 1):
            for box in tried[:2]:
                tried.append(box._replace(y=box.y + way * at * first.height / 4).within(frame))
    free = [box for box in tried if not any(box.meets(other) for other in taken)]
    clear = [box for box in free if not any(box.meets(other) for other in avoided)]
    near = [box for box in clear if abs(box.y - first.y) <= 3 * first.height]
    box = next(iter([*near, *free, first]))
    taken.append(box)
    return box
