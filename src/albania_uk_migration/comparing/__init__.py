"""Whether two figures can be compared, what follows, and what all of them imply together.

Begin with `compare` for two figures, `consistency` for every check that the figures generate,
`implied` for a period that nobody gave a number for. `findings` is the shape of an answer; `pairs`,
`levels`, `ranks`, `weekdays` and `strain` make checks. `systems` makes inequalities of bounds,
`solver` solves them. `implied_question`, `implied_decision` and `implied_words` are the steps of
`implied`.

Uses claims, citing, tables, wording and errors.
"""
