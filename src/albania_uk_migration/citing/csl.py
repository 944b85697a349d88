"""Citations in the reader's own style: a CSL file, rendered by citeproc-py.

Styles for journals and universities are at https://github.com/citation-style-language/styles. We
give citeproc-py the items that `cite(what, "csl-json")` prints.
"""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

from ..errors import DataFileError, MissingExtraError
from .styles import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .sources import _Item


ENDING = ".csl"
_NAMESPACE = "{http://purl.org/net/xbiblio/csl}"
_WHERE = "styles are at https://github.com/citation-style-language/styles"


def rendered(items: Iterable[_Item], path: str) -> str:
    """References in the style of a CSL file, one per line.

    Raises DataFileError for a file that is missing, is not an independent style, or that
    citeproc-py cannot use; MissingExtraError without citeproc-py.
    """
    if not os.path.isfile(path):
        raise DataFileError(f'No file called "{path}". Give the path of a CSL style ({_WHERE}).')
    try:
        import citeproc
        from citeproc.source.json import CiteProcJSON
    except ImportError:
        raise MissingExtraError("a style of your own", "citeproc-py", "csl") from None
    locale = _locale_of(path)
    try:
        style = citeproc.CitationStylesStyle(path, locale=locale, validate=False)
        style.root.formatter = citeproc.formatter.plain
        double = str(style.root.get_single_term(name="open-quote")) == "“"
        source = CiteProcJSON(_as_printed(item, double) for item in items)
        printed = citeproc.CitationStylesBibliography(style, source, citeproc.formatter.plain)
        citations = [citeproc.Citation([citeproc.CitationItem(key)]) for key in source]
        for citation in citations:
            printed.register(citation)
        if style.has_bibliography():
            found = printed.bibliography()
        else:
            found = [printed.cite(citation, None) for citation in citations]
    # Styles can make citeproc-py fail in any way; the reader must learn which file it was.
    except Exception as error:
        raise DataFileError(
            f"{path}: citeproc-py cannot use this style ({type(error).__name__}: {error}). Try "
            "another one, or take --style csl-json into a reference manager."
        ) from None
    return "\n".join(one_line(str(entry)) for entry in found)


def _locale_of(path: str) -> str:
    """The language of a style, or British English; raises DataFileError if it is not a style."""
    from citeproc.frontend import etree  # lxml, which citeproc-py brings

    try:
        root = etree.parse(path, etree.XMLParser(resolve_entities=False, no_network=True)).getroot()
    except (etree.XMLSyntaxError, OSError) as error:
        raise DataFileError(f"{path} is not a CSL style: {error} ({_WHERE}).") from None
    if root.tag != f"{_NAMESPACE}style":
        raise DataFileError(
            f'{path} is not a CSL style: its outermost element is "{root.tag}" ({_WHERE}).'
        )
    parent = root.find(f"{_NAMESPACE}info/{_NAMESPACE}link[@rel='independent-parent']")
    if parent is not None:
        raise DataFileError(
            f"{path} only refers to another style, {parent.get('href')}. Use the file of that one."
        )
    return str(root.get("default-locale") or "en-GB")


def _as_printed(item: _Item, double: bool) -> _Item:
    """An item for citeproc-py, with everything in its title that a style might omit or change.

    Many styles omit the version, and some omit what a row is part of. Identifiers keep their
    letters if a style capitalises titles; quotation marks alternate with the `double` ones around
    them.
    """
    printed = dict(item)
    title = printed["title"].translate(_INNER_QUOTES) if double else printed["title"]
    part = "container-title" in printed
    title += f", in: {printed.pop('container-title')}" if part else ""
    title += f", version {printed.pop('version')}" if "version" in printed else ""
    identifiers = r".+" if part else r"\w*_\w*"
    return {**printed, "title": re.sub(identifiers, _kept, title)}


_INNER_QUOTES = str.maketrans("“”", "‘’")


def _kept(text: re.Match[str]) -> str:
    """A text with capitals that a style does not change (CSL-JSON rich text)."""
    return f'<span class="nocase">{text[0]}</span>'
