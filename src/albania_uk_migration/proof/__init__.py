"""Proof that the documents say what the tables say they say, and rows for a new document.

Begin with `verify`. `documents` reads the texts, `spans` cuts words out of them and accounts for
every number, `report` puts the outcome into words. `record` is for a copy without documents: it
says when these tables were proved. `evidence` shows the words behind a row, `draft` proposes rows
for a new text.

Uses rules, reading, tables, wording and errors.
"""
