"""One line about each command, grouped for readers; only --help loads this."""

GROUPS = {
    "Check a claim": {
        "check": "Check one claim: who said it, and what the numbers say.",
        "check-claims": "Compare the figures with the official statistics of their day.",
        "evidence": "Show the words behind a row, in their place.",
        "first-stated": "Find who stated a claim first, and who repeated it.",
    },
    "Find figures": {
        "figures": "Find figures by measure, claimant, period and more.",
        "returns": "Show returns of Albanians by year.",
        "arrivals": "Show small boat arrivals by year.",
        "changes": "List every change stated with a number: down 93 per cent, doubled.",
        "funding": "List sums of money, with who gives and who gets.",
        "timeline": "List what was said and done, by date.",
        "official": "Show what offices published, by year, quarter or release.",
    },
    "Compare figures": {
        "disagreements": "Show which figures disagree with others, and why.",
        "compare": "Say whether two figures can be compared, and whether they agree.",
        "consistency": "List every check of the figures against one another.",
        "implied": "Work out what all figures together imply for a period.",
    },
    "Read the tables": {
        "list": "List the tables.",
        "show": "Show a table, or part of it.",
        "describe": "Explain the columns of a table.",
        "get": "Show one row.",
        "path": "Say where the file of a table is.",
    },
    "Cite": {
        "cite": "Cite the release, a table or a row.",
        "release-changes": "List what changed from release to release, and why.",
        "metadata": "Describe the data set for catalogues, as JSON-LD.",
    },
    "Prove the tables, or check your own": {
        "verify": "Prove the tables against the documents.",
        "validate": "Check a table of your own against every rule.",
        "draft": "Draft rows for a new document.",
    },
    "Set up your shell": {
        "completion": "Print a script that completes commands.",
    },
}
SUMMARIES = {name: line for group in GROUPS.values() for name, line in group.items()}
