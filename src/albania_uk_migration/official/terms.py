"""The terms of answers about official statistics: frequencies, verdicts, what was public."""

FREQUENCIES = ("year", "quarter")
CLAIM_VERDICTS = {
    "agrees": "it matches an official figure",
    "agrees_within_rounding": "it matches an official figure once rounded",
    "compatible": "official figures allow it, but do not prove it",
    "cannot_tell": "the words set no limit, so nothing follows",
    "disagrees": "it does not match the official figure",
    "superseded_by_revision": "it matched the figure published at the time, which was revised",
    "definition_differs": "the official figures count something else, unless an assumption is made",
    "not_published_then": (
        "no official figure for these days was public, or the release named has none"
    ),
    "published_not_held": (
        "a figure for these days was published, but we do not have it, or it needs caution"
    ),
    "coverage_not_known": "we do not know which official figure was the newest, if there was one",
    "period_not_stated": "the figure does not give its days, or those it compares them with",
    "no_series": "no official series counts this",
}
PUBLIC = ("yes", "no", "not_known")
