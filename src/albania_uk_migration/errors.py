"""What can go wrong, in words: what was asked, what was found, what to do."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable


class AlbaniaUkMigrationError(Exception):
    """Everything this package raises on purpose; catch it to catch them all."""


class UnknownNameError(AlbaniaUkMigrationError, LookupError):
    """A table, identifier or format that does not exist, with the nearest one that does."""

    def __init__(self, kind: str, asked: str, valid: Iterable[str], advice: str = "") -> None:
        import difflib

        names = list(valid)
        folded = {name.casefold(): name for name in names}
        near = difflib.get_close_matches(asked.casefold(), folded, n=1, cutoff=0.4)
        if near:
            hint = f'did you mean "{folded[near[0]]}"?'
        elif len(names) <= 20:
            hint = f"there are {', '.join(names)}"
        else:
            hint = f"identifiers run like {names[0]} and {names[-1]}"
        self.kind = kind
        self.asked = asked
        self.nearest = folded[near[0]] if near else None
        super().__init__(f'no {kind} "{asked}"; {hint}{advice}')


class DataFileError(AlbaniaUkMigrationError):
    """A data file that is missing, altered or not readable as its description says."""


class DocumentError(AlbaniaUkMigrationError):
    """A source document that is missing or differs from the one the tables were made from."""


class EdtfError(AlbaniaUkMigrationError, ValueError):
    """A date expression outside the EDTF forms this package uses."""


class QuantityError(AlbaniaUkMigrationError, ValueError):
    """A text that the reader of quantities cannot read as one quantity."""
