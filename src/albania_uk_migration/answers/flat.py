"""Each figure in one row of plain words: the table figures_flat."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from ..claims.claim import claim_of
from ..claims.vocabulary import vocabulary
from ..claims.windows import Window
from ..wording import first_upper
from .charts import decisive_line, first_row
from .check import SEE_LATER, checks_in, counted_and_whom
from .saying import who_and_when

if TYPE_CHECKING:
    from fractions import Fraction

    from ..claims.vocabulary import Vocabulary
    from ..tables.cells import Row
    from ..tables.package import Package
    from .check import Check


def flat_rows(package: Package) -> list[Row]:
    """The rows of figures_flat, one per figure, with names in place of identifiers."""
    words = vocabulary(package)
    names = (row["figure_id"] for row in package.rows("figures"))
    return [_flat(package, check, words) for check in checks_in(package, names)]


def _flat(package: Package, check: Check, words: Vocabulary) -> Row:
    row = check.figure
    claim = claim_of(row, words)
    days = Window.of(first_row(package, row))
    counted, whom = counted_and_whom(claim, words)
    who, said = who_and_when(package, row)
    documents = package.rows("documents")
    document = next(one for one in documents if one["document_id"] == row["document_id"])
    line = decisive_line(check)
    return {
        "figure_id": check.figure_id,
        "number": row["exact"],
        "value": _number(claim.printed),
        "low": _number(claim.allowed.lower),
        "high": _number(claim.allowed.upper),
        "unit": row["unit"],
        "counted": counted,
        "people_or_place": first_upper(whom) or None,
        "period": None if days == Window() else check.period.removesuffix("."),
        "first_day": days.start,
        "last_day": days.end,
        "said_by": who,
        "said_on": said or None,
        "wording": check.said.whose_words or None,
        "document": document["title"],
        "link": document["seen_at"],
        "quotation": row["quote"],
        # No least count is known where no published period lies inside the days: that is no 0.
        "official_low": _number(line.lower) if line and (line.lower or not line.upper) else None,
        "official_high": _number(line.upper) if line else None,
        "official_release": line.source if line else None,
        "official_link": line.url if line else None,
        "verdict": check.answer.removesuffix(SEE_LATER).rstrip(),
    }


def _number(number: Fraction | Decimal | None) -> Decimal | None:
    """A number as a decimal without zeros at its end; all that we print are such."""
    if number is None:
        return None
    numerator, denominator = number.as_integer_ratio()
    return Decimal(f"{Decimal(numerator) / Decimal(denominator):f}")
