"""The terms of an answer on figures: the checks, and the verdicts they can come to."""

VERDICTS = {
    "equal": "the same number, bounds and window",
    "agrees_within_rounding": "the numbers meet within half a printed step",
    "compatible": "both are bounded, and they meet; nothing more is proved",
    "refines": "every number that the first allows, the second allows too",
    "refined_by": "every number that the second allows, the first allows too",
    "contradicts": "no count can be both, on any reading",
    "depends_on_reading": "on one reading they contradict each other, on another they do not",
    "cannot_tell": "one of them proves no bound that could be compared",
    "not_comparable": "they count different things, and no inequality follows",
}
# The verdicts of a check: those of two figures, and that a claim is strained.
CHECK_VERDICTS = (*VERDICTS, "strained")
# The checks, in the order of their findings.
CHECKS = (
    *("repeats", "same_count", "part_of_whole", "among_all", "longer_window", "from_one_start"),
    *("reading", "parts_and_whole", "share", "shares_of_a_whole", "change", "rank", "strain"),
    *("together", "weekday"),
)
# Verdicts that disagreements are made of.
DISAGREEING = ("contradicts", "strained", "depends_on_reading")
