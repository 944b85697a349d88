"""The page: one HTML file with every claim, every chart, and what a reader can do with them."""

from __future__ import annotations

import os
from itertools import groupby
from typing import TYPE_CHECKING, overload

from ..answers.charts import claim_by_claim, explained, over_time
from ..answers.check import checks_in
from ..answers.saying import document_in_words
from ..citing.cite import cite_in
from ..comparing.apparent import apparent_in
from ..comparing.consistency import disagreements_of
from ..errors import AlbaniaUkMigrationError
from ..tables.files import write_text
from ..tables.package import shipped
from ..wording import counted, date_in_words
from . import claims, disagreements, figures, one_claim, timeline
from .markup import Node, as_hash, el, html, link
from .over_time import FADES, panel
from .parts import check_references, own_file, plain_words_of
from .tracks import legend
from .words import Words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ..answers.check import Check
    from ..tables.cells import Row
    from ..tables.package import Package


@overload
def explore(path: None = None, package: Package | None = None) -> str: ...
@overload
def explore(path: str | os.PathLike[str], package: Package | None = None) -> None: ...
def explore(
    path: str | os.PathLike[str] | None = None, package: Package | None = None
) -> str | None:
    """One web page with every claim beside what was counted, as HTML.

    With `path` the page is written there, whole or not at all, and nothing is returned. It is one
    file: it needs no network, no server and no other file, and is the same each time it is made. It
    has one claim explained, claims and official counts over time, claim by claim, figures that
    disagree and pairs that only look so, a timeline, and all figures with their words, counts and
    citations, which you can search, sort and save as CSV. `package` is another package of tables;
    of more than 200 figures only the first 200 are checked. Raises AlbaniaUkMigrationError for a
    file whose name does not end in .html or that cannot be written, and if a figure names a row
    that is not in the tables.

    >>> page = explore()
    >>> page[:15], "over 8,000" in page
    ('<!DOCTYPE html>', True)
    """
    if path is None:
        return page_of(package or shipped())
    name = os.fspath(path)
    if os.path.splitext(name)[1].lower() not in ENDINGS:
        raise AlbaniaUkMigrationError(
            f"The page is HTML. Give a file name that ends in .html, not {name}. For one claim on "
            "a card, use card(), or --card FIGURE."
        )
    write_text(path, page_of(package or shipped()))
    return None


# The endings of a file with the page.
ENDINGS = (".html", ".htm")


def page_of(package: Package) -> str:
    """The page of a package, as HTML."""
    check_references(package)
    words, rows = Words(package), package.rows("figures")
    first = rows[: figures.MOST_ROWS]
    # Charts and checks of a long table use its first figures; the list has them all.
    short = package if first == rows else package.with_rows({"figures": first})
    checks = list(checks_in(short, (str(row["figure_id"]) for row in first)))
    about = {str(row["figure_id"]): plain_words_of(package, row) for row in first}
    made = figures.rows(package, checks, words)
    script = own_file("page.js")
    style = own_file("page.css")
    sections = [
        ("claim", "One claim", one_claim.section(short, checks, words)),
        ("time", "Over time", _over_time(short, checks, about, words)),
        ("claims", "Claim by claim", _claims(short, checks, about, words)),
        ("disagreements", "Disagreements", _disagreements(short, checks, words)),
        ("timeline", "Timeline", _timeline(package, words)),
        ("figures", "All figures", _figures(made)),
    ]
    head = el(
        "head",
        el("meta", charset="utf-8"),
        el("meta", http_equiv="Content-Security-Policy", content=_policy(script, style)),
        el("meta", name="viewport", content="width=device-width, initial-scale=1"),
        el("meta", name="referrer", content="no-referrer"),
        el("title", "What was said, what was counted"),
        el("style", style),
    )
    body = el(
        "body",
        FADES,
        _masthead(package),
        el(
            "nav",
            el(
                "ul",
                (el("li", el("a", name, href=f"#{at}")) for at, name, _ in sections),
                el("li", el("a", "About", href="#about")),
            ),
            aria_label="Sections",
        ),
        el("main", (el("section", parts, id=at) for at, _, parts in sections)),
        _foot(package),
        el("div", id="tip", class_="tip", role="tooltip", hidden=True),
        el("script", figures.data(package, made), type="application/json", id="data"),
        el("script", script),
    )
    return "<!DOCTYPE html>\n" + html(el("html", head, "\n", body, lang="en-GB")) + "\n"


def _policy(script: str, style: str) -> str:
    """What a browser may do with the page: run this script, use this style, load nothing."""
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src '{as_hash(script)}'",
            f"style-src '{as_hash(style)}'",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


# ---------------------------------------------------------------- sections


def _masthead(package: Package) -> Node:
    documents = package.rows("documents")
    days = [row["published_end"] for row in documents if row["published_end"] is not None]
    first, last = (min(days).year, max(days).year) if days else (None, None)
    years = "" if first is None else str(first) if first == last else f"{first} to {last}"
    number = len(package.rows("figures"))
    figures_, texts = counted(number, "figure"), counted(len(documents), "document")
    return el(
        "header",
        el("p", ", ".join(filter(None, ("Albania and the UK", years))), class_="eyebrow"),
        el("h1", "What was said, what was counted"),
        el(
            "p",
            f"{figures_} on migration from {texts}, each with its wording, "
            "speaker, period and source, and with the official count where there is one. We record "
            "who said what and in which words. We do not judge whether it is true.",
            class_="lead",
        ),
        el("details", el("summary", "The documents"), _documents(package)),
        el(
            "p",
            f"This table is long. All its figures are under All figures; the other sections use "
            f"the first {figures.MOST_ROWS}.",
        )
        if number > figures.MOST_ROWS
        else None,
    )


def _documents(package: Package) -> Node:
    """The documents in the order of their days, each with what it is and where to read it."""
    listed = sorted(package.rows("documents"), key=lambda row: str(row["published_end"]))
    return el("ul", (_document(package, row) for row in listed[: figures.MOST_ROWS]))


def _document(package: Package, row: Row) -> Node:
    day = date_in_words(row["published"], row["published_start"], row["published_end"])
    what = document_in_words(package, row, named=None)
    title = str(row["title"]).strip("[]")
    return el("li", link(row["seen_at"], title), f": {what}{f', {day}' if day else ''}")


def _over_time(
    package: Package, checks: Sequence[Check], about: dict[str, str], words: Words
) -> list[Node | None]:
    marks = over_time(package, checks)
    groups = [list(group) for _, group in groupby(marks, key=lambda mark: mark.group)]
    found: list[Node | None] = [
        el("h2", "Over time"),
        el(
            "p",
            "Each blue line is a claim, drawn across the days it covers: thick where the days are "
            "certain, thin for the longest period they may cover. Shading that fades upwards means "
            "“over”, downwards “under”; a dashed line with a ring means “about”. Brown columns "
            "are official totals for whole years, so a claim for part of a year should be lower.",
        ),
    ]
    for group in groups:
        found += panel(group, about, words)
    found.append(_definitions(package, checks, words))
    if not groups:
        found.append(el("p", "No count here has two claims and an official year."))
    return found


def _definitions(package: Package, checks: Sequence[Check], words: Words) -> Node | None:
    """What the measures of these claims count, folded."""
    used = {check.figure["measure"] for check in checks if check.official is not None}
    found = [
        part
        for row in package.rows("measures")
        if row["measure"] in used
        for part in (el("dt", row["title"]), el("dd", words.plain(row["definition"])))
    ]
    return el("details", el("summary", "What is counted"), el("dl", found)) if found else None


def _claims(
    package: Package, checks: Sequence[Check], about: dict[str, str], words: Words
) -> list[Node | None]:
    marks = claim_by_claim(package, checks)
    intro = (
        "Each claim is shown above the official figure we checked it against: one already public "
        "when the claim was made, if we have its numbers; otherwise the latest, or the closest to "
        "its days, that we have. Offices revise their figures, so a later release can give a "
        "different number for the same days."
    )
    none = [el("p", "No claim here has an official figure.")] if not marks else []
    return [
        el("h2", "Claim by claim"),
        el("p", intro),
        legend(),
        *none,
        *claims.tables(marks, about, words),
    ]


def _disagreements(package: Package, checks: Sequence[Check], words: Words) -> list[Node]:
    pairs = disagreements.look_alikes(package, apparent_in(package), checks, words)
    top = explained(checks)
    apart = [
        el("h3", "They look contradictory but are not"),
        el("div", pairs, class_="pairs"),
    ]
    return [
        el("h2", "Disagreements"),
        el(
            "p",
            "These findings are about figures, never about people. Figures that differ may be "
            "counting different things.",
        ),
        *disagreements.cards(
            package, disagreements_of(package), words, top.figure_id if top else ""
        ),
        *(apart if pairs else []),
    ]


def _timeline(package: Package, words: Words) -> list[Node]:
    intro = (
        "A dot is a known day. A bar is a period, or one day in it that is not known. A dashed "
        "line that ends in a stroke means “by this day”. Where several entries have the same "
        "date, it is drawn once. Hollow marks were planned, expected or denied."
    )
    return [el("h2", "Timeline"), el("p", intro), *timeline.lanes(package, words)]


def _figures(made: Sequence[Node]) -> list[Node]:
    """The controls, which only the script can use, and the first rows."""
    more = len(made) - figures.MOST_ROWS
    status = f"{len(made):,} figures." + (
        f" The first {figures.MOST_ROWS} are shown." if more > 0 else ""
    )
    return [
        el("h2", "All figures"),
        el(
            "form",
            el("label", "Find a number or words", el("input", id="find", type="search")),
            _choice("by-measure", "What is counted", "Anything"),
            _choice("by-population", "People", "Any"),
            _choice("by-document_id", "Document", "Any"),
            el(
                "label",
                "Order",
                el(
                    "select",
                    el("option", "Document order", value=""),
                    el("option", "Largest first, unit by unit", value="down"),
                    el("option", "Smallest first, unit by unit", value="up"),
                    id="sort",
                ),
            ),
            el("button", "Save these as CSV", id="save", type="button"),
            id="controls",
            class_="controls",
            hidden=True,
        ),
        el("p", status, id="status", role="status", class_="small"),
        el("div", made[: figures.MOST_ROWS], id="rows"),
    ]


def _choice(name: str, label: str, every: str) -> Node:
    return el("label", label, el("select", el("option", every, value=""), id=name))


def _is_ours(package: Package) -> bool:
    """Whether the words of these tables are those of the release, which have been proved."""
    tables = ("documents", "figures", "statements")
    return all(package.rows(table) == shipped().rows(table) for table in tables)


def _official_licences(package: Package) -> list[str]:
    """The licences of the official releases."""
    licences = {str(row["licence"]) for row in package.rows("official_releases") if row["licence"]}
    return sorted(licences) or ["none is known"]


_PROVED = (
    "A program compares the words of every row with the documents, letter for letter, and every "
    "number and bound with those words. Periods, speakers and definitions are editorial "
    "judgements; each records its basis. This proves what a document says, not that it is true."
)
_NOT_PROVED = (
    "These tables are not those of the release, so nothing here says that their words stand in the "
    "documents. Periods, speakers and definitions are editorial judgements."
)


def _foot(package: Package) -> Node:
    licences: Iterable[Node] = (
        el("li", link(one.get("path"), one.get("title") or one["name"]))
        for one in package.descriptor.get("licenses", [])
    )
    about = package.descriptor
    return el(
        "footer",
        el("h2", "About this page", id="about"),
        el(
            "p",
            f"This page was made from {about['name']} {about['version']}, an open data package. "
            "“We” are its maintainers.",
        ),
        el("p", _PROVED if _is_ours(package) else _NOT_PROVED),
        el("h3", "How to cite"),
        el("p", cite_in(package, None, "text"), class_="cite"),
        el("h3", "Licences"),
        el("ul", licences),
        el(
            "p",
            "Quoted words belong to their publishers and speakers. Official figures are published "
            f"under their own licences ({', '.join(_official_licences(package))}).",
        ),
    )
