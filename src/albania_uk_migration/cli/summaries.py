"""One line about each command, grouped for readers; only --help loads this."""

GROUPS = {
    "Check a claim": {
        "check": "Check one claim: who made it, and what the numbers say.",
        "check-claims": "Compare claims with the official statistics of the time.",
        "evidence": "Show the words behind a row, in context.",
        "explore": "Write a web page with every claim beside what was counted.",
        "first-stated": "Find who made a claim first, and who repeated it.",
    },
    "Find figures": {
        "figures": "Find figures by measure, claimant, period and more.",
        "returns": "Show returns of Albanians by year.",
        "arrivals": "Show small boat arrivals by year.",
        "changes": "List every rise or fall put in numbers: down 93 per cent, doubled.",
        "funding": "List sums of money, with who gives and who receives.",
        "timeline": "List what was said and done, by date.",
        "official": "Show official statistics by year, quarter or release.",
    },
    "Compare figures": {
        "disagreements": "Show which figures disagree with others, and why.",
        "apparent-conflicts": "Show which figures only look contradictory, and why.",
        "compare": "Say whether two figures can be compared, and whether they agree.",
        "consistency": "List every check of the figures against one another.",
        "implied": "Work out what the figures together imply for a period.",
    },
    "Read the tables": {
        "list": "List the tables.",
        "show": "Show a table, or part of it.",
        "describe": "Explain the columns of a table.",
        "get": "Show one row.",
        "export": "Write a database, a spreadsheet, JSON or another file with the tables.",
        "path": "Print the path of a table's file.",
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
        "completion": "Print a script for tab completion.",
    },
}
SUMMARIES = {name: line for group in GROUPS.values() for name, line in group.items()}
