"""Print citation items one by one: as plain text, BibTeX, RIS or CSL-JSON."""

from __future__ import annotations

import datetime
import re
from typing import TYPE_CHECKING

from ..wording import MONTHS, days_in_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .sources import _Item


def one_line(text: str) -> str:
    """A text on one line, without control characters."""
    return "".join(c for c in " ".join(text.split()) if c.isprintable())


def _authors(item: _Item) -> str:
    return " and ".join(
        author.get("literal") or f"{author['family']}, {author['given']}".rstrip(", ")
        for author in item["author"]
    )


def certain_date(item: _Item) -> list[int]:
    """The year, month and day of a reference, as far as they are certain."""
    parts: list[list[int]] = item.get("issued", {}).get("date-parts", [[]])
    return parts[0]


def _when(item: _Item) -> str:
    """The date of a reference: the year for a data set, otherwise as much as is certain."""
    day = certain_date(item)
    if not day:
        return "n.d."
    if len(day) == 1 or "version" in item:
        return str(day[0])
    if len(day) == 2:
        return f"{MONTHS[day[1] - 1]} {day[0]}"
    return days_in_words(datetime.date(*day), datetime.date(*day))


def text_of_item(item: _Item) -> str:
    """A reference in words: who, when, what, where. A part of the release comes after its whole."""
    whole = str(item.get("container-title") or item["title"])
    if "version" in item:
        whole += f", version {item['version']}"
    parts = [f"{_authors(item)} ({_when(item)}). {whole}"]
    parts[0] += f" [{item['genre']}]." if "genre" in item else "."
    if "container-title" in item:
        parts.append(f"{item['title']}.")
    if item.get("note"):
        parts.append(f"{item['note'][:1].upper()}{item['note'][1:]}.")
    parts.append(address_of(item))
    return one_line(" ".join(parts))


def address_of(item: _Item) -> str:
    """The DOI of a reference, or its address, or nothing."""
    return f"https://doi.org/{item['DOI']}" if "DOI" in item else item.get("URL", "")


# Characters with a meaning in TeX. A single brace would unbalance the entry, escaped or not.
_TEX = {
    **{character: f"\\{character}" for character in "&%$#_"},
    "{": "\\textbraceleft{}",
    "}": "\\textbraceright{}",
    "~": "\\textasciitilde{}",
    "^": "\\textasciicircum{}",
    "\\": "\\textbackslash{}",
}


def _tex(text: str) -> str:
    return "".join(_TEX.get(character, character) for character in one_line(text))


def _address(item: _Item) -> str:
    """The address of a reference, with characters that BibTeX forbids percent-encoded."""
    return re.sub(r"[^!-\[\]-z|~]", lambda found: _percent(found[0]), item.get("URL", ""))


def _percent(character: str) -> str:
    return "".join(f"%{byte:02X}" for byte in character.encode("utf-8"))


def _bibtex(items: Iterable[_Item]) -> str:
    """One @misc entry for each reference, with only fields that every style can print."""
    entries = []
    for item in items:
        day = certain_date(item)
        fields = {
            "author": f"{{{{{_tex(_authors(item))}}}}}",
            "title": f"{{{{{_tex(item['title'])}}}}}",
        }
        fields |= {"year": f"{{{day[0]}}}"} if day else {}
        fields |= {"month": MONTHS[day[1] - 1][:3].lower()} if len(day) > 1 else {}
        fields |= {"day": f"{{{day[2]}}}"} if len(day) > 2 else {}
        kind = item.get("genre", "")
        if "version" in item:
            # Common styles omit the version, so we put it here.
            kind = f"{kind}, version {item['version']}"
        if "container-title" in item:
            kind = f"In: {item['container-title']} ({kind})"
        about = {"version": item.get("version"), "howpublished": kind, "note": item.get("note")}
        fields |= {name: f"{{{_tex(text)}}}" for name, text in about.items() if text}
        if "DOI" in item:
            fields["doi"] = f"{{{item['DOI']}}}"
        if "URL" in item:
            fields["url"] = f"{{{_address(item)}}}"
        key = re.sub(r"[^A-Za-z0-9.-]+", "-", item["id"])
        told = ",\n".join(f"  {name} = {value}" for name, value in fields.items())
        entries.append(f"@misc{{{key},\n{told}\n}}")
    return "\n\n".join(entries)


_RIS_TYPES = {"dataset": "DATA", "article-newspaper": "NEWS", "webpage": "ELEC"}


def _ris(items: Iterable[_Item]) -> str:
    """One RIS record for each reference, from TY to ER, as reference managers read it."""
    records = []
    for item in items:
        day = certain_date(item)
        lines = [("TY", _RIS_TYPES[item["type"]]), ("ID", item["id"])]
        lines += [("AU", _authors({"author": [author]})) for author in item["author"]]
        lines.append(("TI", item["title"]))
        if day:
            lines.append(("PY", str(day[0])))
            parts = [f"{day[0]:04}", *(f"{part:02}" for part in day[1:])]
            lines.append(("DA", "/".join([*parts, "", "", ""][:3]) + "/"))
        for tag, key in (
            *(("T2", "container-title"), ("ET", "version"), ("M3", "genre")),
            *(("LA", "language"), ("DO", "DOI"), ("N1", "note")),
        ):
            if item.get(key):
                lines.append((tag, item[key]))
        if "URL" in item:
            lines.append(("UR", _address(item)))
        records.append("".join(f"{tag}  - {one_line(text)}\n" for tag, text in lines) + "ER  - \n")
    return "\n".join(records).rstrip("\n")


def _csl_json(items: Iterable[_Item]) -> str:
    import json

    return json.dumps(list(items), ensure_ascii=False, indent=2)


# Styles for reference managers: one entry for the row, one for each source.
ENTRIES = {"bibtex": _bibtex, "ris": _ris, "csl-json": _csl_json}
