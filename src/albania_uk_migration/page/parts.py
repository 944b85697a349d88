"""Parts that several sections show: a passage, official figures, what was said later."""

from __future__ import annotations

import pkgutil
from typing import TYPE_CHECKING

from ..citing.attribution import whose_words
from ..errors import AlbaniaUkMigrationError
from ..wording import day_in_words, first_upper, sentences
from .markup import Node, el, link, quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ..answers.check import Check
    from ..tables.cells import Row
    from ..tables.package import Package
    from .words import Words


def own_file(name: str) -> str:
    """The text of a style or a script, which are files of this room."""
    found = pkgutil.get_data(__package__ or "", name)
    assert found is not None
    return found.decode().replace("\r\n", "\n")


def words_of(row: Row) -> list[Node | str]:
    """The passage of a figure in quotation marks, with the words of the figure marked."""
    exact = str(row["exact"])
    quote = str(row["quote"] or exact)
    at = row["start_char"] - row["quote_start"] if row["quote_start"] is not None else None
    return quoted(quote, exact, at)


def plain_words_of(package: Package, row: Row) -> str:
    """The passage of a figure in quotation marks, as text, and whose words they are."""
    text = "".join(
        part if isinstance(part, str) else "".join(map(str, part.children))
        for part in words_of(row)
    )
    whose = whose_words(package, row)
    return f"{text} ({whose})" if whose else text


def check_references(package: Package) -> None:
    """Raise an error for a figure that names a row which is not in the tables."""
    for key in package.resource("figures")["schema"]["foreignKeys"]:
        names = [key["fields"]] if isinstance(key["fields"], str) else key["fields"]
        reference = key["reference"]
        table, fields = reference["resource"] or "figures", reference["fields"]
        known = package.known(table, [fields] if isinstance(fields, str) else fields)
        for row in package.rows("figures"):
            named = tuple(row[name] for name in names)
            if None not in named and named not in known:
                raise AlbaniaUkMigrationError(
                    f"{row['figure_id']} has {names[0]} {named[0]}, which is not in the table "
                    f"{table}. Add the row, or leave the cell empty."
                )


def passage(check: Check) -> Node:
    """The words in their passage, then who said them, when and where."""
    note = f" ({check.said.whose_words})" if check.said.whose_words else ""
    return el(
        "blockquote",
        el("p", words_of(check.figure), class_="passage"),
        el("p", f"{check.said.words}{note}", class_="who"),
    )


def official_figures(check: Check, words: Words) -> list[Node]:
    """What was public when a claim was made, and the latest, each with its release and page."""
    if not check.official_lines:
        return []
    lines = [
        (
            el("dt", first_upper(line.when)),
            el(
                "dd",
                first_upper(line.text),
                [" (", link(line.url, line.source), ")"] if line.source else None,
                f". {words.plain(line.note)}" if line.note else ".",
            ),
        )
        for line in check.official_lines
    ]
    of = f" ({check.official_of})" if check.official_of else ""
    return [el("h3", f"Official figures{of}"), el("dl", (part for line in lines for part in line))]


_RELATIONS = {
    "before": "Said or published earlier",
    "same_day": "The same day",
    "after": "Said or published later",
}


def follow_ups(check: Check, words: Words) -> list[Node]:
    """What was said before, on the same day and later, each with its day and source."""
    found: list[Node] = []
    for relation, title in _RELATIONS.items():
        rows = [row for row in check.said_elsewhere if row["relation"] == relation]
        if rows:
            found += [el("h3", title), el("ul", (follow_up(row, words) for row in rows))]
    return found


def follow_up(row: Row, words: Words) -> Node:
    """One thing said elsewhere: its day, what was said, and its source."""
    day = "Day not known" if row["date"] is None else day_in_words(row["date"])
    return el(
        "li",
        el("b", f"{day}: "),
        words.plain(row["what"]),
        " (",
        link(row["address"], row["source"]),
        ")",
    )


def assumed(check: Check, words: Words) -> Node | None:
    """How we read the claim and what we take for granted, folded."""
    texts = [words.plain(text) for text in sentences(check.reading)]
    texts += [f"{words.plain(text, about=check.figure_id)}." for text in check.assumptions]
    return folded("How we read it, and what we assume", texts)


def folded(title: str, texts: Iterable[str]) -> Node | None:
    """Sentences in a list that a reader can open; nothing if there are none."""
    listed = list(dict.fromkeys(texts))
    if not listed:
        return None
    return el("details", el("summary", title), el("ul", (el("li", text) for text in listed)))


def column(lines: Sequence[tuple[str, str]], words: Words) -> Node | None:
    """A sum line by line: a number with its sign, and what it is; nothing if there is none."""
    if not lines:
        return None
    rows = (
        el(
            "tr",
            el("th", number, scope="row"),
            el("td", words.plain(_unnamed(what))),
            class_="sum" if number.startswith("=") else None,
        )
        for number, what in lines
    )
    return el("table", el("tbody", rows), class_="column")


def _unnamed(what: str) -> str:
    """A line of a sum without the identifier in brackets at its end."""
    head, _, tail = what.rpartition(" (")
    return head if head and tail[:1] == "F" and tail[1:-1].isdigit() else what
