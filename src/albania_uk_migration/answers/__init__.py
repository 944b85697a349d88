"""Answers for a reader: everything we know about one claim, in plain words.

Begin with `check`: it collects what the rooms below know about one figure (its words, the official
figures then and since, what it needs if other figures are true, and what was said later). `screen`
turns that into text. `implied` compares what figures imply with what offices counted.

May use every room but `cli`.
"""
