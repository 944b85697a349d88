"""Whether two figures can be compared, what follows, and what all of them imply together.

Begin with `compare` for two figures, `consistency` for every check that the figures generate,
`implied` for a period that nobody gave a number for. `findings` is the shape of an answer; `pairs`,
`levels`, `ranks` and `strain` make checks; `solver` solves systems of bounds.

Uses claims, citing, tables, wording and errors.
"""
