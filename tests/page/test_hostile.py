"""Tables with anything in them: text stays text, and only addresses of the web become links.

Every column of text of every table is replaced, but for those that the tables themselves restrict:
keys, and references to them (`figure_id`, `measure`, `publisher_id`, ...), and lists of values
(`comparator`, `unit`, `mode`, ...). `validate` refuses anything else in these.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from albania_uk_migration import card, explore
from albania_uk_migration.tables.package import Package, shipped

from ..support.browser import IN_A_BROWSER, Visitor, unfold

pytestmark = IN_A_BROWSER

HOSTILE = {
    "markup": "</script><script>alert(1);hostile=1</script><img src=x onerror=alert(1)>]]>-->",
    "address": "javascript:alert(1)//",
    "address in capitals": " JaVaScript:alert(1)//\u2028",
    "data": "data:text/html,<script>alert(1)</script>",
    "quotation marks": 'https://example.org/" onfocus="alert(1)" \'`\u2028\u2029\\u003c${alert(1)}',
}


def restricted(resource: dict[str, Any]) -> set[str]:
    """The columns of a table that are keys, references, lists of values, or no text."""
    schema = resource["schema"]
    names = {*schema["primaryKey"]}
    for key in schema.get("foreignKeys", []):
        names.update([key["fields"]] if isinstance(key["fields"], str) else key["fields"])
    for field in schema["fields"]:
        if field["type"] != "string" or "enum" in field.get("constraints", {}):
            names.add(field["name"])
    return names


def hostile_package(text: str) -> Package:
    """The shipped tables with one text in every cell of text that had any."""
    package = shipped()
    changed = {}
    for table, resource in package.resources.items():
        kept = restricted(resource)
        changed[table] = [
            {
                column: text if cell is not None and column not in kept else cell
                for column, cell in row.items()
            }
            for row in package.rows(table)
        ]
    return package.with_rows(changed)


def elements(page: Any) -> dict[str, Any]:
    """What could do harm in a page: what ran, elements that load or run, and where links lead."""
    found: dict[str, Any] = page.evaluate(
        """() => ({
          ran: typeof hostile,
          scripts: document.querySelectorAll("script").length,
          loading: document.querySelectorAll("img, iframe, object, embed, link, base").length,
          handlers: [...document.querySelectorAll("*")].flatMap((one) => [...one.attributes])
            .map((one) => one.name).filter((name) => name.startsWith("on")),
          schemes: [...new Set([...document.querySelectorAll("[href]")]
            .map((one) => one.getAttribute("href"))
            .map((href) => (href[0] === "#" ? "#" : new URL(href, document.baseURI).protocol)))],
        })"""
    )
    return found


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_text_of_the_tables_is_shown_and_never_run(
    visitor: Visitor, tmp_path: Path, text: str
) -> None:
    path = tmp_path / "page.html"
    explore(path, package=hostile_package(text))
    page = visitor.open(path)
    unfold(page)
    shown = page.evaluate("document.body.innerText")
    assert shown.count(" ".join(text.split())[:20]) > len(shipped().rows("figures"))
    for mark in page.locator("a.mark:visible").all()[:10]:
        mark.focus()
    page.locator("#find").fill(text[:12])
    page.locator("#by-measure").select_option(index=1)
    page.locator("#sort").select_option("down")
    with page.expect_download():
        page.locator("#save").click()
    found = elements(page)
    assert set(found["schemes"]) <= {"#", "https:", "http:"}
    del found["schemes"]
    assert found == {"ran": "undefined", "scripts": 2, "loading": 0, "handlers": []}
    assert visitor.heard == []


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_card_shows_text_and_never_runs_it(visitor: Visitor, tmp_path: Path, text: str) -> None:
    package = hostile_package(text)
    for ending in (".svg", ".html"):
        path = tmp_path / f"card{ending}"
        made = card("F034", path, package=package)
        assert text.strip()[:10] in made.alt
        page = visitor.open(path)
        assert page.evaluate("typeof hostile") == "undefined"
        assert page.locator("a, img, foreignObject").count() == 0
        assert page.locator("script").count() == 0
    assert visitor.heard == []


def test_what_is_replaced_is_every_text_that_the_tables_do_not_restrict() -> None:
    columns = {
        f"{table}.{name}"
        for table, resource in shipped().resources.items()
        for name in shipped().types(table)
        if name not in restricted(resource)
    }
    assert {"figures.exact", "figures.quote", "documents.title", "documents.seen_at"} <= columns
    assert {"follow_ups.address", "official_releases.url", "actors.name"} <= columns
    assert not {"figures.figure_id", "figures.document_id", "figures.unit"} & columns
