"""Prove that the documents say what the tables report, and draft rows for a new document.

Begin with `verify`. `documents` reads the texts, `spans` cuts words out of them and accounts for
every number, and `report` puts the outcome into words. `record` is for a copy without documents: it
says when its tables were proved. `evidence` shows the words behind a row, and `draft` proposes rows
for a new text.

Uses rules, reading, tables, wording and errors.
"""
