"""What must hold of the tables: of each cell, of keys, of dates, spans, figures, official rows.

Begin with `index`, which lists every rule; each is a function that takes the tables and yields a
`Fault` for each cell that breaks it, and its docstring says the rule. `validate` checks a reader's
own table by them, `pandera_schema` compiles them for pandera.

Uses reading, tables, wording and errors; what needs the documents stands in `proof`.
"""
