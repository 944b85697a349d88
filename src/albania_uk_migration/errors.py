"""What can go wrong, in words: what was asked, what was found, what to do."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable


class AlbaniaUkMigrationError(Exception):
    """Everything this package raises on purpose; catch it to catch them all."""


class UnknownNameError(AlbaniaUkMigrationError, LookupError):
    """A table, identifier or format that does not exist, with the nearest one that does."""

    def __init__(self, kind: str, asked: object, valid: Iterable[str], hint: str = "") -> None:
        names = list(valid)
        self.kind = kind
        self.asked = str(asked)
        self.nearest = None if hint else _nearest(self.asked, names)
        if self.nearest:
            hint = f'did you mean "{self.nearest}"?'
        super().__init__(f'no {kind} "{self.asked}"; {hint or _range(self.asked, names)}')


def _nearest(asked: str, names: list[str]) -> str | None:
    """The valid name nearest to the one asked for; a numbered identifier is matched by number."""
    import difflib
    import re

    folded = {name.casefold(): name for name in names}
    numbered = re.fullmatch(r"([a-z])(\d{1,6})", asked.casefold())
    if numbered:
        return folded.get(f"{numbered[1]}{int(numbered[2]):03d}")
    near = difflib.get_close_matches(asked.casefold(), folded, n=1, cutoff=0.5)
    return folded[near[0]] if near else None


def _range(asked: str, names: list[str]) -> str:
    """What names there are: all of a few, else the first and last that begin as asked."""
    if len(names) <= 20:
        return f"there are {', '.join(names)}"
    alike = [n for n in names if n[:1] == asked[:1].upper() and n[1:].isdigit()] or names
    return f"they run from {alike[0]} to {alike[-1]}"


class DataFileError(AlbaniaUkMigrationError):
    """A data file that is missing, altered or not readable as its description says."""


class DocumentError(AlbaniaUkMigrationError):
    """A source document that is missing or differs from the one the tables were made from."""


class EdtfError(AlbaniaUkMigrationError, ValueError):
    """A date expression outside the EDTF forms this package uses."""


class QuantityError(AlbaniaUkMigrationError, ValueError):
    """A text that the reader of quantities cannot read as one quantity."""
