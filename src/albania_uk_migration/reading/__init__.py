"""Hedged numbers in English text, and what only looks like one; sentences; dates.

Begin with `quantities` (`find_quantities`, `parse_quantity`). It goes through a paragraph, asks
`lookalikes` first (`times`: dates, hours, years; `references`: laws, names, telephones), and else
reads what begins at digits or at a word: `amounts` a number with scale and unit, `ranges` two of
them or parts of a whole, `words` and `ranks` what a word begins. `hedges` adds what the words
around make of it, `places` knows where the reader stands. The lists of words in `grammar` are data,
for people who write no programs; `patterns` makes regular expressions of them.

Uses errors and wording; it knows nothing of the tables.
"""
