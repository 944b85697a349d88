"""Rows that answer a question, with units, caveats, what was left out, and how to cite them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ..wording import REWORDED
from .access import records
from .cells import Row, frame

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas


class Series(NamedTuple):
    """Rows of a series, their columns by Table Schema type, and what a reader must know of it."""

    rows: list[Row]
    types: dict[str, str]
    units: str
    caveats: str
    left_out: list[dict[str, str]]
    cited: Callable[[list[Row]], str]

    def citation(self) -> str:
        """How to cite these rows: the release, and the documents and figures they come from."""
        return self.cited(self.rows)

    def notes(self) -> str:
        """The caveats, and what must be known of the documents that the rows come from."""
        of = {row.get("document_id") for row in self.rows}
        texts = [self.caveats]
        for row in records("documents"):
            if row["document_id"] in of and row["fidelity"] == "reworded":
                texts.append(f"{row['document_id']}: {REWORDED}.")
        return " ".join(texts)

    def frame(self) -> pandas.DataFrame:
        """The rows as a pandas frame with all the rest in its `attrs`."""
        result = frame(self.rows, self.types)
        result.attrs["units"] = self.units
        result.attrs["caveats"] = self.notes()
        result.attrs["citation"] = self.citation()
        result.attrs["left_out"] = self.left_out
        return result
