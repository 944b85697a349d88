"""The terms of answers about figures: the checks, and their possible verdicts."""

# What each verdict says about two figures.
VERDICTS = {
    "equal": "say the same",
    "agrees_within_rounding": "agree once rounded",
    "compatible": "can both be true, and nothing more follows",
    "refines": "agree, and the first is more precise",
    "refined_by": "agree, and the second is more precise",
    "contradicts": "cannot both be true",
    "depends_on_reading": "contradict each other or not, depending on how they are read",
    "cannot_tell": "cannot be compared, because one of them sets no limit",
    "not_comparable": "cannot be compared, because they count different things or days",
}
# The verdicts of a check: those on two figures, and "strained".
CHECK_VERDICTS = (*VERDICTS, "strained")
# The checks, in the order of their findings.
CHECKS = (
    *("repeats", "same_count", "part_of_whole", "among_all", "longer_window", "from_one_start"),
    *("reading", "parts_and_whole", "share", "shares_of_a_whole", "change", "rank", "strain"),
    *("together", "weekday"),
)
# The verdicts that count as disagreements.
DISAGREEING = ("contradicts", "strained", "depends_on_reading")
# Why two figures look contradictory and are not.
APPARENT_KINDS = {
    "same_number": "nearly the same number for different things",
    "other_measure": "two measures that are easily taken for one",
    "other_people": "one population, its nationality established in different ways",
    "other_days": "one measure, for different periods",
    "other_status": "what was planned, and what happened",
    "rounding": "one count, rounded differently",
}
# The most pairs of such figures that we give unless asked for more or fewer.
MOST_PAIRS = 20
