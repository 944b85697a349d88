"""The terms of an answer on official statistics: frequencies, verdicts, what was public."""

FREQUENCIES = ("year", "quarter")
CLAIM_VERDICTS = {
    "agrees": "the official number, or all of its bracket, is one that the words allow",
    "agrees_within_rounding": "it is so within half a printed step",
    "compatible": "the official bracket and the claim meet; nothing is proved",
    "cannot_tell": "the claim proves no bound",
    "disagrees": "no number of the official bracket is one that the words allow",
    "superseded_by_revision": "it agreed with a vintage of its time, but not with this one",
    "definition_differs": "no such series is held, but one that a named assumption would join",
    "no_vintage_held": "no release held that has these days is known to be the one asked for",
    "window_not_published": "these days are not stated, or the workbook given does not have them",
}
PUBLIC = ("yes", "no", "not_known")
