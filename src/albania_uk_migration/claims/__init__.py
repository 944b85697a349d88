"""A figure as a claim: what it counts, where and when, and what limits its words set.

Begin with `claim`, which makes a `Claim` of a row of figures. `intervals` has numbers with open
ends, and `windows` periods with uncertain ends. `vocabulary` says which measures and populations
include which. `given` takes figures in any form that a user has, `assumptions` reads what a user
assumes about them, and `follow_ups` finds what was said about them elsewhere.

Uses rules, reading, tables, wording and errors.
"""
