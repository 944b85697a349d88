"""The command line: one module per subject.

Begin with `main`: `SUBJECTS` lists the commands of each module, which adds them in its function
`register`. `commands` has what all commands share, and `summaries` one line about each. `output`
prints messages, and rows as a table, CSV, JSON or Markdown; `names` turns identifiers into names.
`tables`, `series`, `official`, `comparing`, `citing`, `proof`, `rules` and `answers` have the
commands of the room of that name. `completion` gives scripts for shells.

May use every room below.
"""
