"""Whether two figures can be compared, what follows, and what all figures imply together.

Begin with `compare` for two figures, `consistency` for every check, `implied` for a period that
nobody gave a number for. `findings` defines an answer; `pairs`, `levels`, `ranks`, `weekdays` and
`strain` make checks. `reckoning` has the arithmetic of a strain and the readings of a rank as
numbers, `headlines` puts a finding into words, and `disagreeing` presents what disagrees.
`apparent` finds figures that only look contradictory, and `apparent_words` says why. `systems`
turns limits into inequalities, `solver` solves them, and `conflicts` reports each conflict once.
`implied_question`, `implied_decision` and `implied_words` are the steps of `implied`.

Uses claims, citing, tables, wording and errors.
"""
