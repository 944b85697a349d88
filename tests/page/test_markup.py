"""Elements: text stays text, whatever is in it; only addresses of the web become links."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from typing import Any
from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from albania_uk_migration.page.figures import as_json, searched
from albania_uk_migration.page.markup import as_data, el, html, link, quoted

HOSTILE = st.text(st.characters(codec="utf-8"), max_size=40) | st.sampled_from(
    [
        "</script><script>x()</script>",
        '"><img src=x onerror=x()>',
        "&lt;b&gt;",
        "'",
        "\u2028",
        "]]>",
    ]
)


class Read(HTMLParser):
    """What a browser would find: tags, attributes, text."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def printable(text: str) -> str:
    """Text as we write it: characters that HTML or XML forbid are replaced."""
    kept = "".join("\ufffd" if ord(c) < 32 and c not in "\t\n\r" else c for c in text)
    return "".join("\ufffd" if c in "\x7f\ufffe\uffff" else c for c in kept)


@given(HOSTILE, HOSTILE)
def test_text_and_attributes_come_back_as_they_were(text: str, value: str) -> None:
    found = Read(html(el("p", text, title=f"x{value}")))
    assert found.tags == [("p", {"title": f"x{printable(value)}"})]
    assert found.text == printable(text)


@given(HOSTILE)
def test_an_element_is_well_formed_xml(text: str) -> None:
    written = html(el("svg", el("text", text), aria_label=text))
    assert ElementTree.fromstring(written)[0].tag == "text"


@given(HOSTILE)
def test_data_in_a_script_never_ends_it(text: str) -> None:
    written = as_json({"text": text})
    assert "<" not in written
    assert not {"\u2028", "\u2029"} & set(written)
    assert json.loads(written) == {"text": text}


@given(st.text(max_size=20) | st.sampled_from(["javascript:x()", "data:text/html,x", "//a.b", ""]))
def test_only_addresses_of_the_web_become_links(address: str) -> None:
    found = link(address, "there")
    web = address.lower().startswith(("http://", "https://"))
    assert found.tag == "span" or web
    assert link("https://www.gov.uk/", "there").tag == "a"
    assert link(None, "there").tag == "span"


@given(st.text(max_size=30), st.text(min_size=1, max_size=8), st.text(max_size=30))
def test_the_words_of_a_figure_are_marked_where_they_stand(
    before: str, exact: str, after: str
) -> None:
    parts = quoted(f"{before}{exact}{after}", exact, len(before))
    (marked,) = [part for part in parts if not isinstance(part, str)]
    assert marked == el("mark", exact)
    text = "".join(part if isinstance(part, str) else exact for part in parts)
    assert text[1:-1] == f"{before}{exact}{after}"
    assert quoted(f"{before}{exact}{after}", f"{exact}!", len(before))[1] != marked


def test_data_of_an_element_has_all_that_is_in_it() -> None:
    made: Any = as_data(el("p", "a", el("b", "c", class_="d"), None, hidden=True))
    assert made == ["p", {"hidden": ""}, "a", ["b", {"class": "d"}, "c"]]


@given(st.integers(0, 10**9))
def test_a_number_is_searched_without_its_commas(number: int) -> None:
    assert searched(f"Over {number:,} CAME") == f"over {number} came"
