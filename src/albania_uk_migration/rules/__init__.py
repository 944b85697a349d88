"""Rules for the tables: cells, keys, dates, spans, figures and official rows.

Begin with `index`, which lists every rule. A rule is a function that takes the tables and yields a
`Fault` for each cell that breaks it; its docstring states the rule. `validate` checks a reader's
own table by the rules, and `pandera_schema` compiles them for pandera.

Uses reading, tables, wording and errors. Checks that need the documents are in `proof`.
"""
