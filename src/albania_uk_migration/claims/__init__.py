"""A figure as a claim: what it counts, where and when, and the limits that its words set.

Begin with `claim` (a row of figures as a `Claim`). `intervals` are numbers with open ends,
`windows` stretches of days with uncertain ends, `vocabulary` says which measure and population lie
in which, `given` takes figures in any form a user has them in, `assumptions` reads what a user
assumes about them, `follow_ups` has what was said about them elsewhere.

Uses rules, reading, tables, wording and errors.
"""
