"""For each rule a shipped row is broken, checksums made true, and refused by table, row, column."""

from __future__ import annotations

import pytest

from albania_uk_migration.rules.index import CELLS, CROSS_COLUMN, KEYS, RECOMPUTED, across_columns
from albania_uk_migration.tables.package import shipped

from ..support.altered_tables import altered, places, report_on, text_rows

# rule, table, row broken, column changed, its new cell, column named (or the same).
OFFICIAL = "enforced_returns/albanian/GBR/2023-10-01/2023-12-31/ho-iss-ye-dec-2023"
BREAKS = [
    ("cells_keep_their_constraints", "figures", "F011", "area", "XXX", None),
    ("cells_keep_their_constraints", "figures", "F011", "figure_id", "figure1", None),
    ("cells_keep_their_constraints", "figures", "F011", "status", "", None),
    ("cells_keep_their_constraints", "figures", "F011", "start_char", "-1", None),
    ("cells_keep_their_constraints", "excluded_numbers", "D000/1088", "exact", "x" * 41, None),
    ("no_cell_is_a_formula", "figures", "F011", "note", "=1+1", None),
    ("no_cell_is_a_formula", "statements", "S001", "gist", "@SUM(A1)", None),
    ("keys_are_unique", "figures", "F011", "figure_id", "F010", None),
    ("keys_are_unique", "documents", "D002", "file", "seeds/000_82ca85c5d601e3dc.txt", None),
    ("keys_are_unique", "figures", "F012", "start_char", "2223", None),
    ("references_exist", "figures", "F011", "claimant_id", "nobody", None),
    ("references_exist", "actors", "labour", "part_of", "nobody", None),
    ("references_exist", "statements", "S004", "continues", "S999", None),
    ("days_follow_from_expressions", "statements", "S001", "stated_on_end", "2022-11-03", None),
    ("days_follow_from_expressions", "documents", "D002", "published_start", "2024-05-20", None),
    ("days_follow_from_expressions", "agreement_events", "E001", "date_start", "2021-01-02", None),
    ("days_follow_from_expressions", "figures", "F011", "period", "2022-02-30", None),
    ("windows_are_in_order", "figures", "F011", "period_start_latest", "2021-12-31", None),
    ("windows_are_in_order", "figures", "F011", "period_end_earliest", "2021-12-31", None),
    ("windows_are_in_order", "figures", "F018", "period_end_earliest", "2022-12-31", None),
    ("windows_are_in_order", "figures", "F046", "period_end_earliest", "2024-01-01", None),
    ("empty_dates_are_unstated", "figures", "F046", "period_basis", "stated", None),
    ("empty_dates_are_unstated", "agreements", "A012", "signed", "", "signed_basis"),
    ("bounds_follow_from_comparator", "figures", "F009", "upper", "2000", None),
    ("bounds_follow_from_comparator", "figures", "F009", "lower", "", None),
    ("bounds_follow_from_comparator", "figures", "F006", "value", "1", None),
    ("bounds_follow_from_comparator", "figures", "F006", "upper", "1", None),
    ("unit_is_the_measures", "figures", "F011", "unit", "items", None),
    ("only_changes_have_direction_and_base", "figures", "F011", "direction", "increase", None),
    ("only_changes_have_direction_and_base", "figures", "F016", "direction", "", None),
    ("only_changes_have_direction_and_base", "figures", "F011", "base_period", "2021", None),
    ("only_changes_have_direction_and_base", "figures", "F016", "base_period_basis", "", None),
    ("only_ranks_have_rank_among", "figures", "F032", "rank_among", "", None),
    ("only_ranks_have_rank_among", "figures", "F011", "rank_among", "visits", None),
    ("only_ranks_have_rank_among", "figures", "F032", "value", "2", None),
    ("only_ranks_have_rank_among", "figures", "F032", "sole", "true", None),
    ("only_ranks_have_rank_among", "figures", "F037", "sole", "false", None),
    ("only_ranks_have_rank_among", "figures", "F037", "sole", "", None),
    ("only_ranks_have_rank_among", "figures", "F001", "sole", "false", None),
    ("population_has_its_basis", "figures", "F011", "population", "", None),
    ("population_has_its_basis", "figures", "F011", "population_basis", "", None),
    ("own_voice_is_the_documents_voice", "figures", "F002", "claimant_id", "home-office", None),
    (
        "own_voice_is_the_documents_voice",
        "figures",
        "F002",
        "claimant_basis",
        "stated",
        "claimant_id",
    ),
    ("statement_is_the_innermost", "figures", "F011", "statement_id", "S018", None),
    ("statement_is_the_innermost", "agreement_events", "E004", "statement_id", "S001", None),
    ("claimant_is_the_speaker", "figures", "F034", "claimant_id", "home-office", None),
    ("claimant_is_the_speaker", "figures", "F034", "stated_on", "2023-05-16", None),
    ("claimant_is_the_speaker", "agreement_events", "E001", "claimant_id", "france", None),
    ("repeats_name_the_first", "figures", "F010", "repeats", "", None),
    ("repeats_name_the_first", "figures", "F036", "repeats", "F010", None),
    ("exact_ships_for_direct_speech_only", "statements", "S001", "exact", "words", None),
    ("exact_ships_for_direct_speech_only", "statements", "S018", "exact", "", None),
    ("exact_ships_for_direct_speech_only", "statements", "S003", "mode", "direct", None),
    ("continued_statements_precede", "statements", "S004", "continues", "S014", None),
    ("continued_statements_precede", "statements", "S004", "continues", "S001", None),
    ("excluded_numbers_lie_beside_figures", "excluded_numbers", "D000/1163", "date", "2022", None),
    ("excluded_numbers_lie_beside_figures", "excluded_numbers", "D001/6", "date", "", None),
    (
        "excluded_numbers_lie_beside_figures",
        "excluded_numbers",
        "D001/6",
        "end_char",
        "50",
        "exact",
    ),
    (
        "evidence_is_of_the_agreement",
        "agreement_parties",
        "A005/albanian-government/operator",
        "event_id",
        "E001",
        None,
    ),
    (
        "agreements_have_evidence",
        "agreement_links",
        "A003/A001/same_subject",
        "other_id",
        "A003",
        None,
    ),
    ("measures_hang_together", "measures", "enforced_returns", "unit", "items", None),
    ("measures_hang_together", "measures", "enforced_returns", "part_of", "", "partition"),
    ("measures_hang_together", "measures", "returns_multiple", "of", "", None),
    ("measures_hang_together", "measures", "returns", "kind", "money", None),
    ("measures_hang_together", "measures", "returns", "share_of", "residents", None),
    ("spans_give_their_words", "statements", "S018", "exact", "We were working", None),
    ("spans_give_their_words", "excluded_numbers", "D001/6", "end_char", "15", None),
    ("hashes_are_of_their_spans", "statements", "S001", "end_char", "150", "span_sha256"),
    ("hashes_are_of_their_spans", "agreement_events", "E001", "span_sha256", "0" * 64, None),
    ("other_words_are_in_the_document", "figures", "F011", "period_exact", "In 2021", None),
    ("other_words_are_in_the_document", "figures", "F011", "period_at", "5", "period_exact"),
    ("other_words_are_in_the_document", "figures", "F011", "period_at", "", None),
    (
        "other_words_are_in_the_document",
        "figures",
        "F011",
        "measure_exact",
        "returns of Albanian men",
        None,
    ),
    ("other_words_are_in_the_document", "statements", "S018", "role_as_printed", "Chief", None),
    ("other_words_are_in_the_document", "agreements", "A065", "name", "Humane Rights Act", None),
    ("readings_agree", "figures", "F011", "value", "1889", None),
    ("readings_agree", "figures", "F011", "comparator", "about", None),
    ("readings_agree", "figures", "F023", "unit", "percent", None),
    ("readings_agree", "figures", "F023", "exact", "$4 billion", "unit"),
    ("plain_windows_are_certain", "figures", "F011", "period_end_earliest", "", None),
    ("plain_windows_are_certain", "figures", "F018", "period_start_latest", "2023-01-02", None),
    ("figures_are_read_whole", "figures", "F040", "start_char", "1559", "exact"),
    ("no_cell_is_a_formula", "statements", "S001", "gist", "+1", None),
    ("no_cell_is_a_formula", "statements", "S001", "gist", "-1", None),
    ("no_cell_is_a_formula", "statements", "S001", "gist", "\t1", None),
    ("keys_are_unique", "excluded_numbers", "D001/6", "start_char", "", None),
    ("readings_agree", "figures", "F011", "exact", "many", None),
    ("measures_are_named", "figures", "F011", "measure", "removals", None),
    ("measures_are_named", "figures", "F011", "measure_exact", "of Albanian", "measure"),
    (
        "measures_are_named_in_the_quotation",
        "figures",
        "F018",
        "measure_exact",
        "had in common",
        None,
    ),
    ("quotations_hold_their_figures", "figures", "F011", "quote_start", "2225", "start_char"),
    ("directions_are_worded", "figures", "F016", "direction", "decrease", None),
    ("words_say_the_number", "figures", "F003", "value", "12500", None),
    ("words_say_the_number", "figures", "F009", "comparator", "at_least", None),
    ("words_say_the_number", "figures", "F025", "direction", "increase", None),
    ("words_say_the_number", "figures", "F043", "direction", "decrease", None),
    ("words_say_the_number", "figures", "F011", "exact", "1,999", None),
    ("no_cell_is_a_formula", "trends", "T001", "note", "=1+1", None),
    ("cells_keep_their_constraints", "trends", "T001", "direction", "sideways", None),
    ("cells_keep_their_constraints", "trends", "T001", "population", "", None),
    ("cells_keep_their_constraints", "trends", "T001", "trend_id", "trend1", None),
    ("keys_are_unique", "trends", "T002", "trend_id", "T001", None),
    ("references_exist", "trends", "T001", "measure", "birds", None),
    ("days_follow_from_expressions", "trends", "T006", "period_end", "2022-12-30", None),
    ("days_follow_from_expressions", "trends", "T009", "stated_on_end", "2023-05-18", None),
    ("empty_dates_are_unstated", "trends", "T001", "period_basis", "stated", None),
    ("windows_are_in_order", "trends", "T006", "period_end", "2021-12-31", None),
    ("what_has_happened_is_past", "trends", "T006", "period_start", "2024-06-01", None),
    ("spans_lie_in_their_documents", "trends", "T006", "quote_end", "99999", None),
    ("spans_lie_in_their_documents", "trends", "T006", "period_at", "99999", None),
    ("words_fill_their_spans", "trends", "T006", "exact", "a spikes", None),
    ("words_fill_their_spans", "trends", "T006", "period_at", "", None),
    ("quotations_hold_their_figures", "trends", "T006", "quote_start", "2760", "start_char"),
    ("statement_is_the_innermost", "trends", "T005", "statement_id", "", None),
    ("claimant_is_the_speaker", "trends", "T005", "claimant_id", "fcdo", None),
    ("claimant_is_the_speaker", "trends", "T005", "stated_on", "2024", None),
    ("claimant_is_the_speaker", "trends", "T005", "stated_on_basis", "inferred", None),
    ("own_voice_is_the_documents_voice", "trends", "T006", "claimant_id", "fcdo", None),
    ("own_voice_is_the_documents_voice", "trends", "T006", "claimant_basis", "inferred", None),
    (
        "nothing_is_stated_after_publication",
        "trends",
        "T006",
        "stated_on_start",
        "2024-06-01",
        None,
    ),
    ("trends_lie_beside_figures", "trends", "T011", "start_char", "5000", "exact"),
    ("spans_give_their_words", "trends", "T006", "exact", "a slump", None),
    ("spans_give_their_words", "trends", "T006", "quote", "After a slump", None),
    ("other_words_are_in_the_document", "trends", "T006", "period_exact", "in 2021", None),
    ("other_words_are_in_the_document", "trends", "T006", "measure_exact", "leaving", None),
    ("measures_are_named", "trends", "T011", "measure", "returns", None),
    (
        "measures_are_named_in_the_quotation",
        "trends",
        "T006",
        "measure_exact",
        "making the journey",
        None,
    ),
    ("nothing_is_part_of_itself", "actors", "labour", "part_of", "labour", None),
    ("nothing_is_part_of_itself", "populations", "all", "within", "albanian_men_20_40", None),
    ("spans_lie_in_their_documents", "agreement_events", "E001", "end_char", "3540", None),
    ("spans_lie_in_their_documents", "statements", "S018", "start_char", "99999", None),
    ("words_fill_their_spans", "statements", "S018", "end_char", "1000", None),
    ("words_fill_their_spans", "statements", "S018", "span_sha256", "0" * 64, None),
    ("words_fill_their_spans", "figures", "F011", "exact", "1,889", None),
    ("words_fill_their_spans", "figures", "F011", "period_at", "", None),
    ("words_fill_their_spans", "figures", "F002", "period_exact", "so far next year", None),
    ("spans_lie_in_their_documents", "figures", "F011", "period_at", "99999", None),
    ("what_has_happened_is_past", "figures", "F037", "period_start", "2024-01-01", None),
    ("what_has_happened_is_past", "figures", "F009", "period_end_earliest", "2023-05-01", None),
    (
        "nothing_is_stated_after_publication",
        "statements",
        "S018",
        "stated_on_start",
        "2024-01-01",
        None,
    ),
    (
        "nothing_is_stated_after_publication",
        "figures",
        "F011",
        "stated_on_start",
        "2024-01-01",
        None,
    ),
    (
        "nothing_is_stated_after_publication",
        "agreement_events",
        "E018",
        "date_start",
        "2024-01-01",
        None,
    ),
    *(
        ("releases_say_when_and_where", "official_releases", release, column, cell, None)
        for release, column, cell in (
            ("pmo-2025-05-15", "public_by", "2025-05-16"),
            ("pmo-2025-05-15", "year_ending", "2025-05-16"),
            ("ho-imb-2023-04-24", "updated_on", "2023-04-23"),
            ("ho-iss-ye-dec-2023", "url", ""),
            ("ho-iss-ye-dec-2023", "url", "see there"),
            ("ho-iss-ye-dec-2023", "url", "javascript:alert(1)"),
            ("ho-iss-ye-dec-2023", "year_ending", ""),
            ("ho-iss-ye-dec-2023", "published_on", "2099-01-01"),
            ("ho-iss-ye-dec-2023", "updated_on", "2099-01-01"),
        )
    ),
    *(
        (
            "official_coverage_lies_in_its_release",
            "official_coverage",
            "ho-imb-2023-04-24/enforced_returns/albanian/GBR",
            column,
            cell,
            None,
        )
        for column, cell in (
            ("first_day", "2023-04-01"),
            ("last_day", "2023-04-01"),
            ("last_day", "2023-05-01"),
            ("url", "x"),
        )
    ),
    (
        "official_coverage_lies_in_its_release",
        "official_coverage",
        "ho-imb-2023-06/returns/albanian/GBR",
        "release_id",
        "pmo-2025-05-15",
        None,
    ),
    (
        "official_coverage_lies_in_its_release",
        "official_coverage",
        "eurostat-asylum-monthly/asylum_applications/albanian/EU27",
        "basis",
        "seen",
        None,
    ),
    (
        "official_coverage_lies_in_its_release",
        "official_coverage",
        "ho-imb-2023-04-24/enforced_returns/albanian/GBR",
        "measure",
        "residents",
        None,
    ),
    *(
        (
            "official_counts_agree_within_their_release",
            "official_statistics",
            row,
            "value",
            cell,
            None,
        )
        for row, cell in (
            # More Albanians than people.
            ("small_boat_arrivals/albanian/GBR/2022-01-01/2022-03-31/ho-iss-ye-dec-2022", "4549"),
            # Another year than its quarters.
            ("small_boat_arrivals/albanian/GBR/2022-01-01/2022-12-31/ho-iss-ye-dec-2022", "12302"),
        )
    ),
    *(
        ("official_values_lie_in_their_release", "official_statistics", row, column, cell, None)
        for row, column, cell in (
            (
                "small_boat_arrivals/albanian/GBR/2022-07-01/2022-09-30/ho-iss-ye-sep-2022",
                "recheck",
                "",
            ),
            ("returns/albanian/GBR/2024-01-01/2024-12-31/pmo-2025-05-15", "recheck", ""),
            (
                "small_boat_arrivals/albanian/GBR/2022-10-01/2022-12-31/ho-iss-ye-dec-2022",
                "verification",
                "press_report",
            ),
        )
    ),
    (
        "first_publications_are_first",
        "official_statistics",
        "small_boat_arrivals/albanian/GBR/2022-10-01/2022-12-31/ho-iss-ye-mar-2023",
        "first_publication",
        "true",
        None,
    ),
    (
        "first_publications_are_first",
        "official_statistics",
        "small_boat_arrivals/all/GBR/2022-01-01/2022-06-30/ho-daily-small-boats",
        "first_publication",
        "true",
        None,
    ),
    *(
        (
            "official_values_lie_in_their_release",
            "official_statistics",
            "small_boat_arrivals/albanian/GBR/2023-01-01/2023-03-31/ho-imb-2023-04-24",
            column,
            cell,
            None,
        )
        for column, cell in (("period_start", "2022-12-31"), ("period_end", "2023-04-01"))
    ),
    (
        "official_values_lie_in_their_release",
        "official_statistics",
        OFFICIAL,
        "measure",
        "residents",
        None,
    ),
    (
        "official_values_lie_in_their_release",
        "official_statistics",
        OFFICIAL,
        "period_start",
        "2024-01-01",
        None,
    ),
    (
        "official_values_lie_in_their_release",
        "official_statistics",
        OFFICIAL,
        "period_end",
        "2024-01-01",
        None,
    ),
    (
        "official_values_lie_in_their_release",
        "official_statistics",
        OFFICIAL,
        "release_id",
        "ho-iss-ye-sep-2023",
        None,
    ),
    ("references_exist", "official_statistics", OFFICIAL, "release_id", "ho-iss-ye-dec-2099", None),
    ("references_exist", "follow_ups", "U001", "figure_id", "F999", None),
    ("follow_ups_stand_beside_the_first", "follow_ups", "U004", "figure_id", "F034", None),
    ("relation_follows_from_the_days", "follow_ups", "U004", "relation", "before", None),
    ("relation_follows_from_the_days", "follow_ups", "U004", "date", "2023-05-16", "relation"),
    ("relation_follows_from_the_days", "follow_ups", "U003", "figure_id", "F002", "relation"),
]


def _broken(table: str, row: str, column: str, cell: str) -> set[tuple[str, str, str, str]]:
    key = shipped().key(table)

    def alter(rows: list[dict[str, str]]) -> None:
        (found,) = [r for r in rows if "/".join(r[name] for name in key) == row]
        assert found[column] != cell
        found[column] = cell

    report = report_on(altered(table, alter))
    assert not report.ok
    return {
        (fault.rule, fault.table, fault.row, name)
        for fault in report.faults
        for name in fault.columns
    }


@pytest.mark.parametrize(("rule", "table", "row", "column", "cell", "named"), BREAKS)
def test_a_broken_cell_is_refused(
    rule: str, table: str, row: str, column: str, cell: str, named: str | None
) -> None:
    key = shipped().key(table)
    now = "/".join(
        cell if name == column else part for name, part in zip(key, row.split("/"), strict=True)
    )
    found = _broken(table, row, column, cell)
    assert (rule, table, now, named or column) in found


def test_every_rule_is_broken_by_a_test() -> None:
    every = {rule.__name__ for group in (CELLS, KEYS, CROSS_COLUMN, RECOMPUTED) for rule in group}
    every |= {
        "spans_give_their_words",
        "hashes_are_of_their_spans",
        "other_words_are_in_the_document",
        "counting_words_are_accounted_for",
        "figures_are_read_whole",
        "readings_agree",
        "measures_are_named",
        "measures_are_named_in_the_quotation",
        "quotations_hold_their_figures",
        "directions_are_worded",
    }
    by_deleting_rows = {"counting_words_are_accounted_for"}
    # No change is recorded of the first release; rules/test_releases breaks rows made for it.
    in_made_rows = {"changes_say_what_was_there", "released_changes_are_explained"}
    assert every - by_deleting_rows - in_made_rows == {rule for rule, *_ in BREAKS}


def test_every_rule_about_trends_is_broken_on_trends() -> None:
    about = {rule.__name__ for rule in (*CELLS, *KEYS, *across_columns("trends"))}
    # No column of trends names another trend.
    about -= {"nothing_is_part_of_itself"}
    assert about <= {rule for rule, table, *_ in BREAKS if table == "trends"}


def test_every_rule_says_itself_in_a_sentence() -> None:
    for group in (CELLS, KEYS, CROSS_COLUMN, RECOMPUTED):
        for rule in group:
            assert (rule.__doc__ or "").strip().endswith("."), rule.__name__


def test_empty_is_no_value_in_a_unique_key() -> None:
    report = report_on(altered("actors", lambda rows: rows[0].update(note="")))
    assert not [fault for fault in report.faults if fault.rule == "keys_are_unique"]


def test_a_missing_primary_key_is_named_by_its_row_number() -> None:
    report = report_on(altered("actors", lambda rows: rows[1].update(actor_id="")))
    assert any("row 2 has no key" in fault.message for fault in report.faults)


def test_an_agreement_without_event_is_named() -> None:
    lone = [e["agreement_id"] for e in text_rows("agreement_events")]
    agreement = next(a for a in lone if lone.count(a) == 1)

    def alter(rows: list[dict[str, str]]) -> None:
        rows[:] = [row for row in rows if row["agreement_id"] != agreement]

    found = places(report_on(altered("agreement_events", alter)))
    assert ("agreements", agreement, "agreement_id") in found
