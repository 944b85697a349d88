"""Figures, agreements and statements on migration between Albania and the UK, with proof.

The front door. Each public name lives in one module and is loaded when first touched, so
that importing the package loads nothing else.
"""

__version__ = "0.1.0"

_HOMES = {
    "answers.check": (
        "Check",
        "check",
    ),
    "answers.charts": ("chart_rows",),
    "page.card": (
        "Card",
        "card",
    ),
    "exporting.export": ("export",),
    "page.explore": ("explore",),
    "errors": (
        "AlbaniaUkMigrationError",
        "ComparisonError",
        "DataFileError",
        "DocumentError",
        "EdtfError",
        "MissingExtraError",
        "QuantityError",
        "UnknownNameError",
        "ValidationError",
        "WorkbookError",
    ),
    "tables.access": (
        "actors",
        "agreement_events",
        "agreement_links",
        "agreement_parties",
        "agreements",
        "describe",
        "documents",
        "excluded_numbers",
        "figures",
        "figures_flat",
        "follow_ups",
        "load",
        "measures",
        "official_coverage",
        "official_latest",
        "official_releases",
        "official_statistics",
        "populations",
        "proof_exceptions",
        "records",
        "statements",
        "table_names",
        "trends",
    ),
    "reading.places": ("Quantity",),
    "reading.quantities": (
        "find_quantities",
        "parse_quantity",
    ),
    "rules.pandera_schema": ("schema",),
    "rules.validate": ("validate",),
    "proof.verify": (
        "Report",
        "verify",
    ),
    "proof.evidence": (
        "Evidence",
        "evidence",
    ),
    "citing.cite": ("cite",),
    "citing.catalogues": (
        "croissant",
        "schema_org",
    ),
    "citing.changes": ("release_changes",),
    "series.lookup": ("figures_about",),
    "series.stated": (
        "funding",
        "small_boat_arrivals_by_year",
        "stated_changes",
    ),
    "series.returns": ("returns_by_year",),
    "series.timeline": ("timeline",),
    "official.series": (
        "official_series",
        "official_vintages",
    ),
    "answers.implied": ("implied",),
    "comparing.apparent": ("apparent_conflicts",),
    "comparing.implied": ("Implied",),
    "comparing.compare": (
        "Comparison",
        "compare",
    ),
    "comparing.consistency": (
        "consistency",
        "disagreements",
    ),
    "official.plot": ("plot_vintages",),
    "official.check": (
        "ClaimCheck",
        "check_claim",
        "check_claims",
    ),
    "official.home_office": (
        "HomeOffice",
        "read_home_office",
    ),
    "series.known": (
        "as_of",
        "first_stated",
    ),
    "proof.draft": (
        "Draft",
        "draft",
    ),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}
__all__ = ["__version__", *sorted(_HOME_OF)]


def __getattr__(name: str) -> object:
    home = _HOME_OF.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module = __import__(f"{__name__}.{home}", fromlist=[name])
    value = globals()[name] = getattr(module, name)
    return value


def __dir__() -> list[str]:
    return __all__
