"""Hedged numbers in English text, and what only looks like one; sentences; dates.

Begin with `quantities` (`find_quantities`, `parse_quantity`). The lists of words in `grammar` are
data, for people who write no programs; `amounts` reads a number with scale and unit, `lookalikes`
what is a date, a name or a reference, `places` keeps where the reader stands and looks for hedges.

Uses errors and wording; it knows nothing of the tables.
"""
