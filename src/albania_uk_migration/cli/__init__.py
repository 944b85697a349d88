"""The command line: one module per subject, each of which registers its commands.

Begin with `main`, which finds the module of a command and runs it. `output` prints rows as a table,
CSV, JSON or Markdown, and messages; `tables`, `series`, `official`, `comparing`, `citing`, `proof`
and `rules` have the commands of the room of that name, `completion` writes scripts for shells.

May use every room below.
"""
