"""Whether two figures can be compared, what follows, and what all of them imply together.

Begin with `compare` for two figures, `consistency` for every check, `implied` for a period that
nobody gave a number for. `findings` is the shape of an answer; `pairs`, `levels`, `ranks`,
`weekdays` and `strain` make checks. `reckoning` has the arithmetic of a strain and the readings of
a rank as numbers, `headlines` says a finding in words, `disagreeing` sets out what disagrees.
`systems` makes inequalities of limits, `solver` solves them, `conflicts` reports each conflict
once. `implied_question`, `implied_decision` and `implied_words` are the steps of `implied`.

Uses claims, citing, tables, wording and errors.
"""
