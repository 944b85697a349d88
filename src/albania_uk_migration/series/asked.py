"""What series can be asked for by: sources, kinds of rows, and the keys that figures have."""

# Where counts of returns come from; kinds of rows of a timeline, in their order within a day.
SOURCES = ("documents", "official", "both")
KINDS = ("event", "statement", "trend", "document")
# By what figures are chosen: the column, and the table that has its values.
CHOICES = {
    "measure": ("measure", "measures"),
    "population": ("population", "populations"),
    "claimant": ("claimant_id", "actors"),
    "agreement": ("agreement_id", "agreements"),
    "document": ("document_id", "documents"),
}
