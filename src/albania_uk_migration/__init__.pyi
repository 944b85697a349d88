from .answers.charts import chart_rows as chart_rows
from .answers.check import Check as Check
from .answers.check import check as check
from .answers.implied import implied as implied
from .citing.catalogues import croissant as croissant
from .citing.catalogues import schema_org as schema_org
from .citing.changes import release_changes as release_changes
from .citing.cite import cite as cite
from .comparing.apparent import apparent_conflicts as apparent_conflicts
from .comparing.compare import Comparison as Comparison
from .comparing.compare import compare as compare
from .comparing.consistency import consistency as consistency
from .comparing.consistency import disagreements as disagreements
from .comparing.implied import Implied as Implied
from .errors import AlbaniaUkMigrationError as AlbaniaUkMigrationError
from .errors import ComparisonError as ComparisonError
from .errors import DataFileError as DataFileError
from .errors import DocumentError as DocumentError
from .errors import EdtfError as EdtfError
from .errors import MissingExtraError as MissingExtraError
from .errors import QuantityError as QuantityError
from .errors import UnknownNameError as UnknownNameError
from .errors import ValidationError as ValidationError
from .errors import WorkbookError as WorkbookError
from .exporting.export import export as export
from .official.check import ClaimCheck as ClaimCheck
from .official.check import check_claim as check_claim
from .official.check import check_claims as check_claims
from .official.home_office import HomeOffice as HomeOffice
from .official.home_office import read_home_office as read_home_office
from .official.plot import plot_vintages as plot_vintages
from .official.series import official_series as official_series
from .official.series import official_vintages as official_vintages
from .page.card import Card as Card
from .page.card import card as card
from .page.explore import explore as explore
from .proof.draft import Draft as Draft
from .proof.draft import draft as draft
from .proof.evidence import Evidence as Evidence
from .proof.evidence import evidence as evidence
from .proof.verify import Report as Report
from .proof.verify import verify as verify
from .reading.places import Quantity as Quantity
from .reading.quantities import find_quantities as find_quantities
from .reading.quantities import parse_quantity as parse_quantity
from .rules.pandera_schema import schema as schema
from .rules.validate import validate as validate
from .series.known import as_of as as_of
from .series.known import first_stated as first_stated
from .series.lookup import figures_about as figures_about
from .series.returns import returns_by_year as returns_by_year
from .series.stated import funding as funding
from .series.stated import small_boat_arrivals_by_year as small_boat_arrivals_by_year
from .series.stated import stated_changes as stated_changes
from .series.timeline import timeline as timeline
from .tables.access import actors as actors
from .tables.access import agreement_events as agreement_events
from .tables.access import agreement_links as agreement_links
from .tables.access import agreement_parties as agreement_parties
from .tables.access import agreements as agreements
from .tables.access import describe as describe
from .tables.access import documents as documents
from .tables.access import excluded_numbers as excluded_numbers
from .tables.access import figures as figures
from .tables.access import figures_flat as figures_flat
from .tables.access import follow_ups as follow_ups
from .tables.access import load as load
from .tables.access import measures as measures
from .tables.access import official_coverage as official_coverage
from .tables.access import official_latest as official_latest
from .tables.access import official_releases as official_releases
from .tables.access import official_statistics as official_statistics
from .tables.access import populations as populations
from .tables.access import proof_exceptions as proof_exceptions
from .tables.access import records as records
from .tables.access import statements as statements
from .tables.access import table_names as table_names
from .tables.access import trends as trends

__version__: str

__all__ = [
    "AlbaniaUkMigrationError",
    "Card",
    "Check",
    "ClaimCheck",
    "Comparison",
    "ComparisonError",
    "DataFileError",
    "DocumentError",
    "Draft",
    "EdtfError",
    "Evidence",
    "HomeOffice",
    "Implied",
    "MissingExtraError",
    "Quantity",
    "QuantityError",
    "Report",
    "UnknownNameError",
    "ValidationError",
    "WorkbookError",
    "__version__",
    "actors",
    "agreement_events",
    "agreement_links",
    "agreement_parties",
    "agreements",
    "apparent_conflicts",
    "as_of",
    "card",
    "chart_rows",
    "check",
    "check_claim",
    "check_claims",
    "cite",
    "compare",
    "consistency",
    "croissant",
    "describe",
    "disagreements",
    "documents",
    "draft",
    "evidence",
    "excluded_numbers",
    "explore",
    "export",
    "figures",
    "figures_about",
    "figures_flat",
    "find_quantities",
    "first_stated",
    "follow_ups",
    "funding",
    "implied",
    "load",
    "measures",
    "official_coverage",
    "official_latest",
    "official_releases",
    "official_series",
    "official_statistics",
    "official_vintages",
    "parse_quantity",
    "plot_vintages",
    "populations",
    "proof_exceptions",
    "read_home_office",
    "records",
    "release_changes",
    "returns_by_year",
    "schema",
    "schema_org",
    "small_boat_arrivals_by_year",
    "stated_changes",
    "statements",
    "table_names",
    "timeline",
    "trends",
    "validate",
    "verify",
]
