"""All figures: a row for each, that opens; the script finds, sorts and saves them.

A row is made once, here. The first rows stand in the page, for readers without a script; of those
beyond `MOST_ROWS` the page has the data, and the script makes the row when it is asked for.
"""

from __future__ import annotations

import json
import re
import unicodedata
from typing import TYPE_CHECKING, Any

from ..answers.saying import said_of, who_and_when
from ..citing.attribution import whose_words
from ..citing.origins import with_origins
from ..citing.references import footnote_of_row
from ..claims.claim import claim_of
from ..claims.vocabulary import vocabulary
from ..claims.windows import Window
from ..tables.cells import plain
from ..tables.csv_text import csv_record
from .markup import Node, as_data, el, link
from .parts import assumed, column, follow_ups, official_figures, passage, words_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..answers.check import Check
    from ..claims.vocabulary import Vocabulary
    from ..tables.cells import Cell, Row
    from ..tables.package import Package
    from .words import Words

# At most so many rows are in the page at once; a table of more figures is checked only that far.
MOST_ROWS = 200


def rows(package: Package, checks: Sequence[Check], words: Words) -> list[Node]:
    """A row for each figure: of those that were checked, everything; of others, their words."""
    checked = {check.figure_id: check for check in checks}
    named = vocabulary(package)
    by_name = {row["figure_id"]: row for row in package.rows("figures")}
    found = []
    for row in package.rows("figures"):
        check = checked.get(row["figure_id"])
        counted = _counted(row, by_name.get(row["repeats"], row), named)
        inside = _checked(check, words) if check else _unchecked(package, row)
        found.append(_row(package, row, counted, inside))
    return found


_WAYS = {"increase": "rise", "decrease": "fall"}


def _counted(row: Row, first: Row, named: Vocabulary) -> str:
    """What a figure counts, for which days and, of a change, which way it goes.

    A figure that repeats another is for the days of the first.
    """
    claim = claim_of(row, named)
    way = _WAYS.get(str(row["direction"]), "") if claim.kind == "change" else ""
    window = Window.of(first)
    days = "" if window == Window() else str(window)
    status = "" if claim.counted else str(row["status"])
    return "; ".join(filter(None, (named.title(claim.layer), way, status, days)))


def _row(package: Package, row: Row, counted: str, inside: Sequence[Node | None]) -> Node:
    name = str(row["figure_id"])
    return el(
        "details",
        el(
            "summary",
            el("span", str(row["exact"]), class_="number claim"),
            el("span", counted, class_="counted"),
            el("span", ", ".join(filter(None, who_and_when(package, row))), class_="who"),
            el("span", name, class_="id"),
        ),
        el("div", inside, class_="inside", id=name, tabindex=-1),
        class_="row",
    )


def _checked(check: Check, words: Words) -> list[Node | None]:
    """Everything we know about a figure."""
    needs = check.beside.column
    return [
        passage(check),
        el("p", words.plain(check.answer), class_="answer"),
        el(
            "dl",
            el("dt", "Counts"),
            el("dd", check.counted),
            el("dt", "Period"),
            el("dd", words.plain(check.period)),
        ),
        *official_figures(check, words),
        *([el("h3", "What the claim needs")] if needs else []),
        column(needs, words),
        *(el("p", words.plain(text), class_="small") for text in check.beside.about),
        *(el("p", words.plain(reading.why)) for reading in check.beside.readings),
        *follow_ups(check, words),
        assumed(check, words),
        el("h3", "How to cite"),
        el("p", check.footnote, class_="cite"),
    ]


def _unchecked(package: Package, row: Row) -> list[Node | None]:
    """The words of a figure, and how to cite it; it is beyond those that we check here."""
    whose = whose_words(package, row)
    document = next(
        one for one in package.rows("documents") if one["document_id"] == row["document_id"]
    )
    return [
        el(
            "blockquote",
            el("p", words_of(row), class_="passage"),
            el("p", said_of(package, row).words, f" ({whose})" if whose else None, class_="who"),
        ),
        el(
            "p",
            link(document["seen_at"], str(document["title"])),
            f". The table is long, so only its first {MOST_ROWS} figures are checked here.",
            class_="small",
        ),
        el("h3", "How to cite"),
        el("p", footnote_of_row(package, with_origins(package, "figures", row)), class_="cite"),
    ]


# ---------------------------------------------------------------- what the script needs


def data(package: Package, made: Sequence[Node]) -> str:
    """The figures for the script, as JSON that can stand in HTML.

    Each has the line of the CSV file, a text to search, the value and unit to sort by, the keys to
    filter by, the figure it repeats and, beyond MOST_ROWS, the row itself.
    """
    header, lines = csv_lines(package)
    titles = {
        "measure": {row["measure"]: row["title"] for row in package.rows("measures")},
        "population": {row["population"]: row["title"] for row in package.rows("populations")},
        "document_id": {row["document_id"]: row["title"] for row in package.rows("documents")},
    }
    figures = package.rows("figures")
    listed = [
        {
            "id": row["figure_id"],
            "csv": line,
            "find": searched(_text_of(node)),
            "numbers": _numbers(row),
            "value": plain(_sorted_by(row)),
            "unit": row["unit"],
            "repeats": row["repeats"],
            **{key: row[key] for key in titles},
            **({"row": as_data(node)} if at >= MOST_ROWS else {}),
        }
        for at, (row, line, node) in enumerate(zip(figures, lines, made, strict=True))
    ]
    used = {key: {row[key] for row in figures} for key in titles}
    choices = {
        key: [[name, title] for name, title in named.items() if name in used[key]]
        for key, named in titles.items()
    }
    return as_json({"header": header, "most": MOST_ROWS, "choices": choices, "figures": listed})


def as_json(value: Any) -> str:
    """JSON that can stand in a script element: nothing in it ends the element."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text


def _sorted_by(row: Row) -> Any:
    """The number of a figure for sorting: as printed or, of a range, its lower end."""
    return next((row[name] for name in ("value", "lower", "upper") if row[name] is not None), None)


def _numbers(row: Row) -> list[str]:
    """The numbers by which a figure is found: its own, those it prints, and its years."""
    found = re.findall(r"[0-9]+(?:\.[0-9]+)?", searched(row["exact"]))
    found += re.findall(r"\b[0-9]{4}(?=[-/.\]]|$)", row["period"] or "")
    found += [
        f"{plain(row[name])}" for name in ("value", "lower", "upper") if row[name] is not None
    ]
    return list(dict.fromkeys(found))


def _text_of(node: Node | str) -> str:
    if isinstance(node, str):
        return node
    return " ".join(map(_text_of, node.children))


def searched(text: str) -> str:
    """A text as it is searched: in small letters without accents, numbers without commas.

    >>> searched("More than 38,000 résumés")
    'more than 38000 resumes'
    """
    plain_text = unicodedata.normalize("NFKD", text.lower())
    plain_text = "".join(c for c in plain_text if not unicodedata.combining(c))
    plain_text = re.sub(r"(?<=[0-9]),(?=[0-9]{3})", "", plain_text)
    return " ".join(plain_text.split())


def csv_lines(package: Package) -> tuple[str, list[str]]:
    """The header and the records of the figures table, as they stand in its file.

    A table that has been changed since it was read is written in the same form.
    """
    resource, listed = package.resource("figures"), package.rows("figures")
    columns = [field["name"] for field in resource["schema"]["fields"]]
    written = [_record([row[column] for column in columns]) for row in listed]
    return _record(columns), written


def _record(cells: Sequence[Cell]) -> str:
    return csv_record(map(_cell, cells), [isinstance(cell, str) for cell in cells])


def _cell(cell: Cell) -> str:
    """A cell as tables have it: nothing where it is missing, true or false in small letters."""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    return "" if cell is None else str(plain(cell))
