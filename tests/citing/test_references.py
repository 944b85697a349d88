"""Citations in words: laws that every row of every table keeps."""

from __future__ import annotations

import re

import pytest

from albania_uk_migration import __version__, cite, table_names
from albania_uk_migration.citing.origins import Named, with_origins
from albania_uk_migration.citing.references import (
    footnote_of,
    footnote_of_row,
    text_of,
    text_of_row,
)
from albania_uk_migration.tables.cells import label
from albania_uk_migration.tables.package import shipped

TABLES = shipped()
TITLE = TABLES.descriptor["title"]
MAINTAINERS = "The albania-uk-migration maintainers"
# Two lines of a page, not counting addresses and the identifier.
LONGEST = 320


def _named(table: str) -> list[Named]:
    return [with_origins(TABLES, table, row) for row in TABLES.rows(table)]


def _addresses(named: Named) -> list[str]:
    """The addresses of the sources of a row: of a reply, of documents, of the office's page."""
    if named.table == "follow_ups":
        return [named.row["address"]] if named.row["address"] else []
    found = [document["seen_at"] for document in named.documents]
    return [*found, named.release["url"]] if named.release and named.release["url"] else found


def _source(named: Named) -> str | None:
    """What must stand in the first reference: the reply, the document, or the office's title."""
    if named.table == "follow_ups":
        return str(named.row["source"])
    if named.documents:
        return str(named.documents[0]["title"]).strip("[]")
    return str(named.release["title"]) if named.release else None


@pytest.mark.parametrize("table", table_names())
def test_a_text_begins_with_the_source_and_ends_with_the_row(table: str) -> None:
    for named in _named(table):
        text = text_of_row(TABLES, named)
        first, *others = text.splitlines()
        source = _source(named)
        if source is None:
            assert first.startswith(MAINTAINERS)
            assert not others
        else:
            assert source in first
            assert TITLE not in first
            assert all(address in text for address in _addresses(named))
            assert others[-1].startswith(f"Data set: {MAINTAINERS}")
        last = [first, *others][-1]
        assert f"{TITLE}, version {__version__} [data set]. {named.identifier}" in last
        assert f"(row of table {table})" in last


@pytest.mark.parametrize("table", table_names())
def test_a_footnote_is_short_and_has_source_address_version_and_row(table: str) -> None:
    for named in _named(table):
        footnote = footnote_of_row(TABLES, named)
        assert "\n" not in footnote
        assert footnote.endswith(f"; albania-uk-migration {__version__}, {named.identifier}.")
        assert (_source(named) or "") in footnote
        assert all(address in footnote for address in _addresses(named))
        words = re.sub(r"https?://\S+", "", footnote).replace(named.identifier, "")
        assert len(words) <= LONGEST, footnote


@pytest.mark.parametrize("table", table_names())
def test_what_a_repost_reworded_says_so(table: str) -> None:
    for named in _named(table):
        fidelities = {document["fidelity"] for document in named.documents}
        footnote = footnote_of_row(TABLES, named)
        text = text_of_row(TABLES, named)
        if fidelities == {"reworded"} and table != "follow_ups":
            assert "reword" in footnote
        if fidelities == {"reposted"} and table != "follow_ups":
            assert "reposted at https" in footnote
        for fidelity in fidelities - {"as_published"}:
            assert fidelity in text


def test_footnotes_as_a_journalist_pastes_them() -> None:
    assert cite("F034", "footnote") == (
        "Rishi Sunak, “over 8,000”, quoted in [Prime minister on returns to Albania, from the "
        "summit in Reykjavik], publisher not named, 16 or 17 May 2023, reposted at "
        f"https://www.digestwire.com/?p=365424; albania-uk-migration {__version__}, F034."
    )
    assert cite("F026", "footnote").startswith(
        "The Independent, “12,658”, in Cameron travels to Albania to bolster partnership on "
        "tackling illegal migration, 21 or 22 May 2024, https://"
    )
    assert cite("F008", "footnote").startswith(
        "A speaker the text does not name, reworded as “50/50” in a repost of [Albania criticises "
    )
    assert cite("D000", "footnote").startswith("A repost that rewords [Albania criticises ")
    assert cite("U002", "footnote").startswith(
        "Prime Minister's Office, as reported by the press, about “Over 1,000” (F009), "
        "by 23 March 2023, https://"
    )
    (row,) = [
        row
        for row in TABLES.rows("official_statistics")
        if row["release_id"] == "ho-iss-ye-jun-2023"
        and (row["measure"], row["population"]) == ("enforced_returns", "albanian")
        and row["period_start"].isoformat() == "2022-10-01"
    ]
    assert cite(label(row, TABLES.key("official_statistics")), "footnote").startswith(
        f"Home Office, {row['value']:,} in Immigration system statistics and Irregular migration "
        "to the UK, year ending June 2023, table Ret_D01, 24 August 2023, "
        "https://www.gov.uk/government/statistics/"
        "immigration-system-statistics-year-ending-june-2023/how-many-people-are-detained-or-"
        f"returned (OGL-UK-3.0); albania-uk-migration {__version__}, "
    )


def test_an_official_figure_that_we_summed_says_so() -> None:
    for row in TABLES.rows("official_statistics"):
        named = with_origins(TABLES, "official_statistics", row)
        summed = row["verification"] == "summed_from_cells"
        said = f"{row['value']:,} (our sum)" if summed else f"{row['value']:,} in "
        assert said in footnote_of_row(TABLES, named)
        assert ("(our sum)" in text_of_row(TABLES, named)) == summed


def test_the_release_and_its_tables_have_footnotes() -> None:
    whole = f"{MAINTAINERS}, {TITLE}, albania-uk-migration {__version__}, 2026"
    assert cite(None, "footnote") == f"{whole}."
    for table in table_names():
        assert cite(table, "footnote") == f"{whole}, table {table}."


def test_a_doi_stands_in_every_citation_once_there_is_one() -> None:
    doi = "https://doi.org/10.5281/zenodo.1"
    described = TABLES.with_rows({})
    described.descriptor = {**TABLES.descriptor, "id": doi}
    for what in (None, "figures", "F034", "albania"):
        assert text_of(described, what).endswith(doi)
        assert doi in footnote_of(described, what)
