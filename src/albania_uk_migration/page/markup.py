"""Elements of HTML and SVG as data; text becomes text, whatever is in it."""

from __future__ import annotations

import base64
import hashlib
import itertools
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class Node(NamedTuple):
    """An element with its attributes and what is in it."""

    tag: str
    attributes: tuple[tuple[str, str], ...]
    children: tuple[Node | str, ...]


# Elements of HTML that have no end tag.
_VOID = frozenset({"br", "input", "link", "meta", "wbr"})
# Elements whose text is not read as markup: their text must be safe already.
_RAW = frozenset({"script", "style"})


def el(tag: str, *children: Any, **attributes: Any) -> Node:
    """An element with others, text, or lists of these in it; None is left out.

    The name of an attribute has `_` for `-`, and a `_` at its end where Python reserves the word;
    True stands for an attribute without a value.

    >>> html(el("p", "1 < 2", el("b", "so"), class_="note", aria_hidden="true", hidden=True))
    '<p class="note" aria-hidden="true" hidden>1 &lt; 2<b>so</b></p>'
    """
    given = tuple(
        (name.rstrip("_").replace("_", "-"), "" if value is True else _text(value))
        for name, value in attributes.items()
        if value is not None and value is not False
    )
    return Node(tag, given, tuple(_joined(_flat(children))))


def _joined(children: Iterable[Node | str]) -> Iterator[Node | str]:
    """Children with texts that follow one another made one, as a browser reads them."""
    for texts, group in itertools.groupby(children, key=lambda child: isinstance(child, str)):
        if texts:
            yield "".join(child for child in group if isinstance(child, str))
        else:
            yield from group


def _flat(children: Iterable[Any]) -> Iterator[Node | str]:
    """Children one after another, out of the lists that they are in."""
    for child in children:
        if isinstance(child, Node | str):
            if child:
                yield child
        elif child is not None:
            yield from _flat(child)


def _text(value: Any) -> str:
    """The value of an attribute; a number without needless decimals."""
    return f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)


# Control characters, and what XML forbids.
_NOT_TEXT = frozenset(map(chr, (*range(9), 11, 12, *range(14, 32), 127, 0xFFFE, 0xFFFF)))


def escaped(text: str) -> str:
    """Text as HTML and SVG have it, in and out of quotation marks; control characters go."""
    kept = "".join("\ufffd" if c in _NOT_TEXT else c for c in text)
    for plain, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;")):
        kept = kept.replace(plain, entity)
    return kept


def html(node: Node | str) -> str:
    """An element as HTML. SVG inside it is written the same way."""
    if isinstance(node, str):
        return escaped(node)
    start = "".join(
        f" {name}" if value == "" and name in _EMPTY else f' {name}="{escaped(value)}"'
        for name, value in node.attributes
    )
    if node.tag in _VOID:
        return f"<{node.tag}{start}>"
    if node.tag in _RAW:
        inside = "".join(child for child in node.children if isinstance(child, str))
    else:
        inside = "".join(map(html, node.children))
    return f"<{node.tag}{start}>{inside}</{node.tag}>"


# Attributes that need no value.
_EMPTY = frozenset({"hidden", "open", "selected", "novalidate"})


def as_hash(text: str) -> str:
    """What a content security policy calls a script or a style that may be used."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def as_data(node: Node | str) -> Any:
    """An element as JSON has it: text, or tag, attributes and children in a list.

    The script makes the element from this, so that a row has one description.
    """
    if isinstance(node, str):
        return node
    return [node.tag, dict(node.attributes), *map(as_data, node.children)]


def link(address: str | None, *children: Node | str) -> Node:
    """A link, if the address is one of the web; otherwise only its text."""
    if address is not None and is_web(address):
        return el("a", children, href=address, rel="noreferrer")
    return el("span", children)


def is_web(address: str) -> bool:
    """Whether an address is http or https, without spaces or control characters."""
    plain = all(c > " " and c != "\x7f" for c in address)
    return plain and address.lower().startswith(("http://", "https://"))


def quoted(quote: str, exact: str, at: int | None) -> list[Node | str]:
    """A passage in quotation marks, with the words of the figure marked.

    `at` is where the words begin in the passage, None if they are not in it.
    """
    opening, closing = ("‘", "’") if "“" in quote else ("“", "”")
    if at is None or quote[at : at + len(exact)] != exact:
        return [opening, quote, closing]
    before, after = quote[:at], quote[at + len(exact) :]
    return [f"{opening}{before}", el("mark", exact), f"{after}{closing}"]
