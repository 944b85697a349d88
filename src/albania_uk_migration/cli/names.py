"""Names that a reader knows, in the place of identifiers and date expressions, for a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..wording import day_in_words, days_in_words, one_day_in_words

if TYPE_CHECKING:
    from collections.abc import Callable

    from ..tables.cells import Row
    from ..tables.package import Package


def names_of(package: Package, table: str, column: str) -> Callable[[str | None], str | None]:
    """What a table calls its rows in a column, by identifier; several are joined by commas."""
    (key,) = package.key(table)
    names = {
        # A document that speaks for itself; the whole name says why we call it so.
        str(row[key]): f"{str(row[key])[:4].upper()} itself"
        if row.get("kind") == "document_voice"
        else _as_a_label(str(row[column]))
        for row in package.rows(table)
    }

    def named(identifiers: str | None) -> str | None:
        return ", ".join(names[name] for name in identifiers.split()) if identifiers else None

    return named


def _as_a_label(name: str) -> str:
    """A name that stands alone: "the Home Office" in a sentence, "Home Office" in a table."""
    bare = name.removeprefix("the ")
    return bare[:1].upper() + bare[1:]


def date_in_words(row: Row, column: str) -> str | None:
    """A date expression as running text has it; its days stand in columns beside it."""
    expression, start, end = (row[f"{column}{part}"] for part in ("", "_start", "_end"))
    if expression is None:
        return None
    if start is None:
        return f"by {day_in_words(end)}"
    if end is None or expression.endswith("/.."):
        return f"from {day_in_words(start)}"
    if not expression.startswith("["):
        return days_in_words(start, end)
    return one_day_in_words(start, end)


def release_in_words(package: Package) -> Callable[[str | None], str | None]:
    """Who published a release, and when: "Home Office, 29 February 2024"."""
    releases = {str(row["release_id"]): row for row in package.rows("official_releases")}

    def named(release: str | None) -> str | None:
        if release not in releases:
            return release
        row = releases[release]
        when = "day not known"
        if row["published_on"]:
            when = day_in_words(row["published_on"])
        elif row["public_by"]:
            when = f"by {day_in_words(row['public_by'])}"
        return f"{row['publisher']}, {when}"

    return named
