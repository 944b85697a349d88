"""Proof that the documents say what the tables say they say, and rows for a new document.

Begin with `verify`. `documents` reads the texts, `spans` cuts words out of them and accounts for
every number, `evidence` shows the words behind a row, `draft` proposes rows for a text that is new.

Uses rules, reading, tables, wording and errors.
"""
