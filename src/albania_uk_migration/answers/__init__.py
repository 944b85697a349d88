"""Answers for a reader: one claim, everything known of it, in plain words.

Begin with `check`: it gathers what the rooms below know of one figure (its words, the official
figures of its day and since, what it needs of other figures, what was said later), and `screen`
says it. `implied` sets what figures imply beside what offices counted.

May use every room but `cli`.
"""
