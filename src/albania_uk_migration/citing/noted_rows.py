"""Rows that answer a question, with units, caveats, omissions and a citation."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ..tables.cells import Row, frame
from ..wording import REWORDED
from .cite import cited

if TYPE_CHECKING:
    import pandas

    from ..tables.package import Package


def left_out_figure(row: Row, why: str) -> dict[str, str]:
    """A figure that is not in a series: its words, its claimant, and why it is left out."""
    names = ("figure_id", "exact", "claimant_id")
    return {**{name: str(row[name]) for name in names}, "why": why}


class Series(NamedTuple):
    """Rows made from a package, their columns by Table Schema type, and cautions."""

    package: Package
    rows: list[Row]
    types: dict[str, str]
    units: str
    caveats: str
    left_out: list[dict[str, str]]

    def citation(self) -> str:
        """The citation of these rows: the release, and the documents and figures they come from."""
        return cited(self.package, self.rows)

    def notes(self) -> str:
        """The caveats, and cautions about the documents that the rows come from."""
        of = {row.get("document_id") for row in self.rows}
        texts = [self.caveats]
        for row in self.package.rows("documents"):
            if row["document_id"] in of and row["fidelity"] == "reworded":
                texts.append(f"{row['document_id']}: {REWORDED}.")
        return " ".join(texts)

    def frame(self) -> pandas.DataFrame:
        """The rows as a pandas frame, with everything else in its `attrs`."""
        result = frame(self.rows, self.types)
        result.attrs["units"] = self.units
        result.attrs["caveats"] = self.notes()
        result.attrs["citation"] = self.citation()
        result.attrs["left_out"] = self.left_out
        return result
