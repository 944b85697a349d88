"""The command line: one module per subject.

Begin with `main`: `SUBJECTS` lists the commands of each module, which registers them with its
function `register`; `commands` has what every command shares, `summaries` the line that says what
each does. `output` prints rows as a table, CSV, JSON or Markdown, and messages; `names` gives
readers names for identifiers; `tables`, `series`, `official`, `comparing`, `citing`, `proof`
and `rules` have the commands of the room of that name, `completion` writes scripts for shells.

May use every room below.
"""
