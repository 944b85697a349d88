"""The choices for a series: sources, kinds of rows, and keys of figures."""

# Where counts of returns come from; then the kinds of rows in a timeline, in their order within a
# day.
SOURCES = ("documents", "official", "both")
KINDS = ("event", "statement", "trend", "document")
# The keys for choosing figures: the column, and the table that has its values.
CHOICES = {
    "measure": ("measure", "measures"),
    "population": ("population", "populations"),
    "claimant": ("claimant_id", "actors"),
    "agreement": ("agreement_id", "agreements"),
    "document": ("document_id", "documents"),
}
