"""Hedged numbers in English text, and what only looks like one; sentences; dates.

Begin with `quantities` (`find_quantities`, `parse_quantity`). It goes through a paragraph and asks
`lookalikes` first: `times` knows dates, hours and years, `references` laws, names and telephone
numbers. Otherwise it reads a quantity that begins at digits or at a word: `amounts` reads a number
with scale and unit, `ranges` two numbers or parts of a whole, `words` and `ranks` those that begin
with a word. `hedges` reads the words around a number, and `places` keeps the place in the text. The
lists of words in `grammar` are data, which people can edit without programming; `patterns` turns
them into regular expressions.

Uses errors and wording; it does not use the tables.
"""
