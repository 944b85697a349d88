"""Citations in a CSL style of the reader's own."""

from __future__ import annotations

import re
import sys
import warnings
from pathlib import Path

import citeproc
import pytest

from albania_uk_migration import __version__, cite, table_names
from albania_uk_migration.errors import DataFileError, MissingExtraError
from albania_uk_migration.tables.package import shipped

from ..support.cited import IDENTIFIERS

CITED = [None, *table_names(), *(param.values[0] for param in IDENTIFIERS)]
(HARVARD,) = (Path(citeproc.__file__).parent / "data" / "styles").glob("harvard*.csl")

LAYOUT = """
    <layout suffix=".">
      <group delimiter=". ">
        <names variable="author"><name/></names>
        <text variable="title" text-case="title" quotes="true"/>
        <date variable="issued" form="text"/>
        <text variable="publisher"/>
        <text variable="URL"/>
      </group>
    </layout>"""


def _style(path: Path, body: str, attributes: str = "") -> str:
    path.write_text(
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f'<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="note" {attributes}>'
        "<info><title>Ours</title><id>ours</id><updated>2026-01-01T00:00:00+00:00</updated></info>"
        f"<citation>{LAYOUT}</citation>{body}</style>",
        encoding="utf-8",
    )
    return str(path)


@pytest.fixture(name="style")
def _own_style(tmp_path: Path) -> str:
    return _style(tmp_path / "own.csl", f"<bibliography>{LAYOUT}</bibliography>")


@pytest.mark.parametrize("what", CITED)
def test_every_reference_is_printed_in_a_style_of_ones_own(what: str | None, style: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for path in (style, str(HARVARD)):
            lines = cite(what, path).splitlines()
            assert len(lines) == cite(what, "csl-json").count('"type":')
            # The data set comes last, with its version, whatever the style leaves out.
            title = shipped().descriptor["title"]
            assert title.casefold() in lines[-1].casefold()
            assert f"version {__version__}" in lines[-1].casefold()
            assert what is None or what in table_names() or what in lines[-1]
            assert not re.search("<|&[a-z]+;|None|  ", "".join(lines))


def test_a_style_says_what_it_can_of_date_publisher_and_address(style: str) -> None:
    assert cite("F034", style).splitlines() == [
        "[publisher not named]. ‘[Prime Minister on Returns to Albania, from the Summit in "
        "Reykjavik]’. May 2023. https://www.digestwire.com/?p=365424.",
        "The albania-uk-migration maintainers. ‘F034, “over 8,000”: Returns, Albanians, 1 October "
        "2022 to 17 May 2023 at the latest (one reading of the words); stated by Rishi Sunak (row "
        f"of table figures), in: {shipped().descriptor['title']}, version {__version__}’. "
        f"{_released()}.",
    ]
    assert cite("easo-2021", style).splitlines()[0] == (
        "European Asylum Support Office. ‘Asylum Trends 2020’."
    )


def _released() -> str:
    year, month, day = (int(part) for part in shipped().descriptor["created"][:10].split("-"))
    assert month == 11
    return f"{day} November {year}"


def test_quotation_marks_alternate_in_american_styles_too(tmp_path: Path) -> None:
    body = f"<bibliography>{LAYOUT}</bibliography>"
    style = _style(tmp_path / "american.csl", body, 'default-locale="en-US"')
    assert "“F034, ‘over 8,000’: Returns" in cite("F034", style)


def test_a_style_without_a_bibliography_prints_its_notes(style: str, tmp_path: Path) -> None:
    notes = _style(tmp_path / "notes.csl", "")
    assert cite("F034", notes) == cite("F034", style)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "Give the path of a CSL style"),
        ("", "is not a CSL style: "),
        ("F012", "is not a CSL style: "),
        ("<html/>", 'its outermost element is "html"'),
        (
            '<style xmlns="http://purl.org/net/xbiblio/csl"><info>'
            '<link href="http://www.zotero.org/styles/apa" rel="independent-parent"/></info>'
            "</style>",
            "only refers to another style, http://www.zotero.org/styles/apa",
        ),
        ('<style xmlns="http://purl.org/net/xbiblio/csl"/>', "cannot use this style"),
        (
            '<style xmlns="http://purl.org/net/xbiblio/csl"><bibliography><layout>'
            '<text macro="missing"/></layout></bibliography></style>',
            "cannot use this style",
        ),
        (
            '<style xmlns="http://purl.org/net/xbiblio/csl" default-locale="nowhere">'
            f"<bibliography>{LAYOUT}</bibliography></style>",
            None,
        ),
    ],
)
def test_a_file_that_is_no_style_is_named(
    tmp_path: Path, content: str | None, said: str | None
) -> None:
    path = tmp_path / "given.csl"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    if said is None:
        assert "F012" in cite("F012", str(path))
        return
    with pytest.raises(DataFileError, match=re.escape(said)) as caught:
        cite("F012", str(path))
    assert "given.csl" in str(caught.value)


def test_a_folder_is_no_style(tmp_path: Path) -> None:
    folder = tmp_path / "folder.csl"
    folder.mkdir()
    with pytest.raises(DataFileError, match="No file called"):
        cite("F012", str(folder))


def test_without_citeproc_the_extra_is_named(style: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "citeproc", None)
    with pytest.raises(MissingExtraError, match=r"citeproc-py.*albania-uk-migration\[csl\]"):
        cite("F012", style)
