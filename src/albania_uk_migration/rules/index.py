"""Every rule, in the order in which we run them, and the rules of one table."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from .cells import (
    cells_keep_their_constraints,
    keys_are_unique,
    no_cell_is_a_formula,
    nothing_is_part_of_itself,
    references_exist,
)
from .dates import (
    days_follow_from_expressions,
    empty_dates_are_unstated,
    nothing_is_stated_after_publication,
    plain_windows_are_certain,
    what_has_happened_is_past,
    windows_are_in_order,
)
from .figures import (
    bounds_follow_from_comparator,
    measures_hang_together,
    only_changes_have_direction_and_base,
    only_ranks_have_rank_among,
    own_voice_is_the_documents_voice,
    population_has_its_basis,
    repeats_name_the_first,
    unit_is_the_measures,
    words_say_the_number,
)
from .official import (
    first_publications_are_first,
    follow_ups_stand_beside_the_first,
    official_counts_agree_within_their_release,
    official_coverage_lies_in_its_release,
    official_values_lie_in_their_release,
    relation_follows_from_the_days,
    releases_say_when_and_where,
)
from .releases import changes_say_what_was_there, released_changes_are_explained
from .spans import (
    CLAIMED,
    IN_STATEMENTS,
    agreements_have_evidence,
    claimant_is_the_speaker,
    continued_statements_precede,
    evidence_is_of_the_agreement,
    exact_ships_for_direct_speech_only,
    excluded_numbers_lie_beside_figures,
    quotations_hold_their_figures,
    spans_lie_in_their_documents,
    statement_is_the_innermost,
    trends_lie_beside_figures,
    words_fill_their_spans,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..errors import Fault
    from ..tables.package import Package


Rule = Callable[["Package"], "Iterator[Fault]"]
_DATED = ("documents", *CLAIMED, "statements", "agreements", "agreement_events")
_SPANNED = (*CLAIMED, "statements", "agreement_events", "excluded_numbers")
CELLS = (cells_keep_their_constraints, no_cell_is_a_formula)
KEYS = (keys_are_unique, references_exist, nothing_is_part_of_itself)
# The rules across columns, each with the tables in which it finds faults.
CROSS_COLUMN: dict[Rule, tuple[str, ...]] = {
    spans_lie_in_their_documents: _SPANNED,
    words_fill_their_spans: (*CLAIMED, "statements", "excluded_numbers"),
    quotations_hold_their_figures: CLAIMED,
    windows_are_in_order: CLAIMED,
    plain_windows_are_certain: ("figures",),
    empty_dates_are_unstated: _DATED,
    bounds_follow_from_comparator: ("figures",),
    words_say_the_number: ("figures",),
    unit_is_the_measures: ("figures",),
    only_changes_have_direction_and_base: ("figures",),
    only_ranks_have_rank_among: ("figures",),
    population_has_its_basis: ("figures",),
    what_has_happened_is_past: CLAIMED,
    nothing_is_stated_after_publication: (*CLAIMED, "statements", "agreement_events"),
    own_voice_is_the_documents_voice: CLAIMED,
    claimant_is_the_speaker: IN_STATEMENTS,
    exact_ships_for_direct_speech_only: ("statements",),
    continued_statements_precede: ("statements",),
    excluded_numbers_lie_beside_figures: ("excluded_numbers",),
    trends_lie_beside_figures: ("trends",),
    evidence_is_of_the_agreement: ("agreement_parties", "agreement_links"),
    agreements_have_evidence: ("agreements", "agreement_links"),
    measures_hang_together: ("measures",),
    releases_say_when_and_where: ("official_releases",),
    official_coverage_lies_in_its_release: ("official_coverage",),
    official_values_lie_in_their_release: ("official_statistics",),
    official_counts_agree_within_their_release: ("official_statistics",),
    first_publications_are_first: ("official_statistics",),
    follow_ups_stand_beside_the_first: ("follow_ups",),
    changes_say_what_was_there: ("release_changes",),
    released_changes_are_explained: ("release_changes",),
}
# Rules that recompute columns that a program fills from others.
RECOMPUTED: dict[Rule, tuple[str, ...]] = {
    days_follow_from_expressions: _DATED,
    statement_is_the_innermost: IN_STATEMENTS,
    repeats_name_the_first: ("figures",),
    relation_follows_from_the_days: ("follow_ups",),
}


def across_columns(table: str) -> list[Rule]:
    """The rules for several columns of a table, recomputed columns included."""
    return [rule for rule, about in {**CROSS_COLUMN, **RECOMPUTED}.items() if table in about]
