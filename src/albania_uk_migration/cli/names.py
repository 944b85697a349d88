"""Names that a reader knows instead of identifiers and date expressions, for a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..wording import date_in_words, day_in_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ..tables.cells import Row
    from ..tables.package import Package


def names_of(package: Package, table: str, column: str) -> Callable[[str | None], str | None]:
    """The names in a column of a table, by identifier; several are joined by commas.

    We read the table when we need the first name, because data for programs need none.
    """
    names: dict[str, str] = {}

    def named(identifiers: str | None) -> str | None:
        if identifiers and not names:
            names.update(_labels(package, table, column))
        return ", ".join(names[name] for name in identifiers.split()) if identifiers else None

    return named


def _labels(package: Package, table: str, column: str) -> Iterator[tuple[str, str]]:
    (key,) = package.key(table)
    for row in package.rows(table):
        # A document that speaks in its own voice; its full name explains the short one.
        itself = f"{str(row[key])[:4].upper()} itself"
        voice = row.get("kind") == "document_voice"
        yield str(row[key]), itself if voice else _as_a_label(str(row[column]))


def _as_a_label(name: str) -> str:
    """A name on its own: "the Home Office" in a sentence is "Home Office" in a table."""
    bare = name.removeprefix("the ")
    return bare[:1].upper() + bare[1:]


def date_of(row: Row, column: str) -> str:
    """A date of a row in words; its days are in the columns beside it."""
    return date_in_words(*(row[f"{column}{part}"] for part in ("", "_start", "_end")))


def release_in_words(package: Package, release: str) -> str:
    """Who published a release, and when: "Home Office, 29 February 2024"; a file as it is named."""
    for row in package.rows("official_releases"):
        if row["release_id"] == release:
            when = "day not known"
            if row["published_on"]:
                when = day_in_words(row["published_on"])
            elif row["public_by"]:
                when = f"by {day_in_words(row['public_by'])}"
            return f"{row['publisher']}, {when}"
    return release
