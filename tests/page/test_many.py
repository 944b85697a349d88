"""Long tables: the page shows two hundred rows at most, and makes others as they are asked for."""

from __future__ import annotations

from pathlib import Path

import pytest

from albania_uk_migration import explore
from albania_uk_migration.page import figures
from albania_uk_migration.page.markup import html
from albania_uk_migration.page.words import Words

from ..support.browser import IN_A_BROWSER, Visitor
from ..support.many_figures import many_figures, value_at

pytestmark = IN_A_BROWSER

MANY = 10_000
MOST = 200
LAST = value_at(MANY - 1)
HOSTILE = " </script><img src=x onerror=alert(1)> \"'& \u2028"


@pytest.fixture(scope="module")
def long_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("long") / "page.html"
    explore(path, package=many_figures(MANY))
    return path


def test_of_ten_thousand_figures_two_hundred_rows_are_there_and_the_page_says_so(
    visitor: Visitor, long_page: Path
) -> None:
    page = visitor.open(long_page)
    rows, status = page.locator("#rows > details"), page.locator("#status")
    assert rows.count() == MOST
    assert status.inner_text() == f"{MANY:,} figures. The first {MOST} are shown."
    for words, least in (("came", MOST), (f"came {LAST}", 1), ("", MOST)):
        page.locator("#find").fill(words)
        assert least <= rows.count() <= MOST
        assert (f" of {MANY:,} figures" in status.inner_text()) == bool(words)
        assert (f"The first {MOST} are shown" in status.inner_text()) == (least == MOST)
    page.locator("#sort").select_option("down")
    assert rows.count() == MOST


def test_a_figure_beyond_them_has_an_address_and_can_be_found(
    visitor: Visitor, long_page: Path
) -> None:
    page = visitor.open(long_page, hash_=f"#F{MANY}")
    page.locator(f"#F{MANY} .passage").wait_for(state="visible")
    assert page.locator("#rows > details").count() <= MOST
    page.locator("#find").fill(f"came {LAST}")
    page.locator(f"#F{MANY}").wait_for(state="attached")
    assert page.locator("#rows > details").count() < MOST


def test_without_a_script_the_first_two_hundred_are_there(
    visitor: Visitor, long_page: Path
) -> None:
    page = visitor.open(long_page, java_script_enabled=False)
    assert page.locator("#rows > details").count() == MOST
    assert f"The first {MOST} are shown" in page.locator("#status").inner_text()


def test_rows_that_the_script_sorts_and_brings_back_are_those_of_the_file(
    visitor: Visitor, page_file: Path
) -> None:
    rows = "document.getElementById('rows').innerHTML"
    static = visitor.open(page_file, java_script_enabled=False).evaluate(rows)
    page = visitor.open(page_file)
    for order in ("down", "up", ""):
        page.locator("#sort").select_option(order)
    for words in ("8000", "nothing has this", ""):
        page.locator("#find").fill(words)
    assert page.evaluate(rows) == static


def test_a_row_that_the_script_makes_is_the_row_that_we_write(
    visitor: Visitor, tmp_path: Path
) -> None:
    package = many_figures(MOST + 60, HOSTILE)
    path = tmp_path / "page.html"
    explore(path, package=package)
    written = [html(node) for node in figures.rows(package, [], Words(package))[MOST:]]
    page = visitor.open(path)
    page.locator("#sort").select_option("up")
    # The page has only the data of these figures.
    for row in written[:: len(written) // 12]:
        name = row.partition(' id="')[2].partition('"')[0]
        page.evaluate("name => { location.hash = '#' + name; }", name)
        page.locator(f"#{name} .passage").wait_for(state="visible")
        assert page.evaluate(
            """([name, written]) => {
              const own = document.getElementById(name).closest("details");
              own.open = false;
              const read = new DOMParser().parseFromString(written, "text/html").body;
              return own.outerHTML === read.innerHTML && own.isEqualNode(read.firstChild);
            }""",
            [name, row],
        )
