"""What changed between two copies of the tables, and how great a change that makes.

The level of a change follows the recipe of Data Package for versions, widened. Major is what may
break work that rests on the tables: a column added, removed, renamed, moved, retyped or held to
more, a table or a row removed, an identifier given another meaning. Minor is what adds: rows,
tables, values that a column may have. What corrects a cell or a description is a patch.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
from typing import TYPE_CHECKING, Any, NamedTuple

from albania_uk_migration.errors import DataFileError
from albania_uk_migration.rules.releases import version_parts
from albania_uk_migration.tables.csv_text import csv_records, decode

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator


# From the least to the greatest.
LEVELS = ("none", "patch", "minor", "major")
Record = dict[str, str]


# ---------------------------------------------------------------- two copies compared


class Copy(NamedTuple):
    """One state of the tables: the description, and each table as text cells by row label."""

    descriptor: dict[str, Any]
    columns: dict[str, list[str]]
    rows: dict[str, dict[str, dict[str, str]]]
    # SHA-256 of each file, to notice what no cell shows.
    files: dict[str, str]


class Difference(NamedTuple):
    """One thing that changed: where, what it was and is, and how great a change that makes."""

    table: str
    id: str
    column: str
    change: str
    old: str
    new: str
    level: str
    # Why the level is what it is, where it is not plain.
    why: str = ""
    # Whether that is a guess, which a person who has looked may overrule.
    guessed: bool = False

    def where(self) -> str:
        """Table, row and column, or the package."""
        return " ".join(filter(None, (self.table or "package", self.id, self.column)))

    def judged(self, row: Record | None) -> str:
        """The level, a person's judgement of it taken in: the row that records the change."""
        if row and row["kind"] == "redefinition":
            return "major"
        return "patch" if self.guessed and row and not lacks_reason(row) else self.level

    def cells(self) -> Record:
        """What the record of the change has of it."""
        names = ("table", "id", "column", "change", "old", "new")
        return {name: getattr(self, name) for name in names}

    def recorded_by(self, row: Record) -> bool:
        """Whether a row records this. That of a withdrawal does not have what was there before."""
        withdrawn = {"old": ""} if row["kind"] == "withdrawal" else {}
        return row | self.cells() | withdrawn == row

    def __str__(self) -> str:
        if self.change != "changed":
            given = self.old or self.new
            said = f"{self.change}{f' ({given})' if given else ''}"
        else:
            pairs = enumerate(zip(f"{self.old}\0", f"{self.new}\0", strict=False))
            place = next((at for at, (old, new) in pairs if old != new), 0)
            said = " -> ".join(_around(cell, place) for cell in (self.old, self.new))
        return f"{self.where()}: {said}{f'; {self.why}' if self.why else ''}"


# So much of a long cell is shown around the place where it changed.
_SHOWN = 60


def _around(cell: str, place: int) -> str:
    """A cell in one line, in quotation marks; a long one cut to what is around a place."""
    line = "".join(c if c.isprintable() else " " for c in cell)
    start = max(0, place - _SHOWN // 3) if len(line) > _SHOWN else 0
    end = start + _SHOWN
    return f'"{"..." if start else ""}{line[start:end]}{"..." if len(line) > end else ""}"'


# Tables that tell of the changes themselves, so that a change of them is none of the data.
_UNCOMPARED = ("release_changes",)


def read_copy(read: Callable[[str], bytes]) -> Copy:
    """A state of the tables, through a function from path to bytes; cells are not cast.

    Raises DataFileError for a file that is no table, or a key that two rows share.
    """
    data = decode(read("datapackage.json"), "datapackage.json")
    try:
        descriptor = json.loads(data)
    except json.JSONDecodeError as error:
        raise DataFileError(f"datapackage.json, line {error.lineno}: {error.msg}") from None
    columns: dict[str, list[str]] = {}
    rows: dict[str, dict[str, dict[str, str]]] = {}
    files = {}
    for resource in descriptor["resources"]:
        name, path = resource["name"], resource["path"]
        found = read(path)
        files[name] = hashlib.sha256(found).hexdigest()
        lines = csv_records(io.BytesIO(found), path)
        _, header = next(lines, (1, []))
        columns[name] = header
        rows[name] = dict(_labelled(lines, header, resource))
    return Copy(descriptor, columns, rows, files)


def _labelled(
    lines: Iterable[tuple[int, list[str]]],
    header: list[str],
    resource: dict[str, Any],
) -> Iterator[tuple[str, dict[str, str]]]:
    path, key = resource["path"], resource["schema"]["primaryKey"]
    seen = set()
    for line, cells in lines:
        if len(cells) != len(header):
            found = f"{len(cells)} cells where the header has {len(header)}"
            raise DataFileError(f"{path}, line {line}: {found}")
        row = dict(zip(header, cells, strict=True))
        name = "/".join(row.get(column, "") for column in key)
        if name in seen:
            raise DataFileError(f"{path}, line {line}: a second row {name}; mend it by: validate")
        seen.add(name)
        yield name, row


def found_between(old: Copy, new: Copy) -> list[Difference]:
    """What changed from one copy to another: first what is described, then the rows, by table."""
    found = list(_of_properties("", "", _described(old.descriptor), _described(new.descriptor)))
    before, after = _resources(old), _resources(new)
    for name in [*before, *(name for name in after if name not in before)]:
        if name not in after:
            told = f"{len(old.rows[name])} rows"
            found.append(Difference(name, "", "", "removed", told, "", "major"))
        elif name not in before:
            told = f"{len(new.rows[name])} rows"
            found.append(Difference(name, "", "", "added", "", told, "minor"))
        else:
            found += _of_schema(name, before[name], after[name], old, new)
            found += _of_rows(name, old, new) if name not in _UNCOMPARED else []
    common = [
        [name for name in names if name in before and name in after] for names in (before, after)
    ]
    if common[0] != common[1]:
        was, now = (f"order of tables: {', '.join(names)}" for names in common)
        found.append(Difference("", "", "", "changed", was, now, "patch"))
    return found


def reordered(old: Copy, new: Copy, found: list[Difference]) -> list[tuple[str, str]]:
    """Level and words of tables whose bytes changed though no cell did."""
    named = {*_UNCOMPARED, *(one.table for one in found)}
    return [
        ("patch", f"data/{name}.csv: no cell changed, but rows stand in another order or form")
        for name, digest in new.files.items()
        if old.files.get(name, digest) != digest and name not in named
    ]


def _resources(copy: Copy) -> dict[str, dict[str, Any]]:
    return {resource["name"]: resource for resource in copy.descriptor["resources"]}


# What a program counts, or the release itself sets; and what is compared one by one.
_COUNTED = ("bytes", "hash", "rows", "version", "created", "resources", "schema", "fields")


def _described(about: dict[str, Any]) -> dict[str, str]:
    """Each property of a description by name, its value as JSON; constraints one by one."""
    told = {key: value for key, value in about.items() if key not in _COUNTED}
    for name, value in told.pop("constraints", {}).items():
        told[f"constraints.{name}"] = value
    return {
        key: json.dumps(value, ensure_ascii=False, sort_keys=True) for key, value in told.items()
    }


# Properties that only tell: of the package, of a table, of a column.
_TELLING = {
    *("title", "description", "example", "categories", "summary", "keywords", "sources"),
    *("contributors", "homepage", "id", "image", "filledBy", "verbatim", "$schema", "profile"),
}


def _of_properties(
    table: str, column: str, before: dict[str, str], after: dict[str, str]
) -> Iterator[Difference]:
    """Properties that differ, of the package, a table or a column."""
    for name in [*before, *(name for name in after if name not in before)]:
        old, new = before.get(name), after.get(name)
        if old == new:
            continue
        level, why = _level_of_property(name, old, new)
        was, now = (f"{name}: {value}" if value is not None else "" for value in (old, new))
        guessed = name == "categories" and level == "major"
        yield Difference(table, "", column, "changed", was, now, level, why, guessed)


def _level_of_property(name: str, old: str | None, new: str | None) -> tuple[str, str]:
    if name == "categories":
        return _level_of_labels(old, new)
    if name in _TELLING:
        return "patch", ""
    if name == "licenses":
        return "major", "the licence is another"
    if not name.startswith(("constraints.", "uniqueKeys", "foreignKeys")):
        return "major", f"{name} is another"
    if name == "constraints.enum" and old and new and _same_values(old, new):
        return "patch", ""
    if _loosened(name, old, new):
        return "minor", f"{name.removeprefix('constraints.')} allows more than before"
    return "major", f"{name.removeprefix('constraints.')} allows less than before, or other values"


def _same_values(old: str, new: str) -> bool:
    return sorted(json.loads(old)) == sorted(json.loads(new))


def _level_of_labels(old: str | None, new: str | None) -> tuple[str, str]:
    """What listed values mean: a new one adds; another label may be another meaning."""
    was, now = (
        {one["value"]: one["label"] for one in json.loads(told or "[]")} for told in (old, new)
    )
    other = [value for value, label in was.items() if now.get(value, label) != label]
    if other:
        return "major", f"{', '.join(other)} may have another meaning"
    return ("minor", "") if now.keys() - was.keys() else ("patch", "")


def _loosened(name: str, old: str | None, new: str | None) -> bool:
    """Whether every value that was allowed still is."""
    if new is None:
        return True
    if old is None:
        # "required" and "unique" may be given as false, which asks for nothing.
        return new == "false"
    was, now = json.loads(old), json.loads(new)
    name = name.removeprefix("constraints.")
    if name == "enum":
        return set(was) <= set(now)
    if name in ("uniqueKeys", "foreignKeys"):
        return all(key in was for key in now)
    if name in ("required", "unique"):
        return bool(now) <= bool(was)
    if name == "pattern":
        # "three digits" and "three digits or more"; no other pattern is known to allow more.
        return bool(re.sub(r"\{(\d+)\}", r"{\1,}", str(was)) == now)
    if not isinstance(was, int | float) or not isinstance(now, int | float):
        return False
    if name in ("minimum", "minLength"):
        return now <= was
    return name in ("maximum", "maxLength") and now >= was


def _of_schema(
    table: str, before: dict[str, Any], after: dict[str, Any], old: Copy, new: Copy
) -> Iterator[Difference]:
    """What differs in the description of a table: its own properties, its keys, its columns."""
    yield from _of_properties(table, "", _described(before), _described(after))
    keys = [_described(resource["schema"]) for resource in (before, after)]
    yield from _of_properties(table, "", *keys)
    fields = [
        {field["name"]: field for field in resource["schema"]["fields"]}
        for resource in (before, after)
    ]
    # What the files have counts too: a column dropped from one of the two is a column dropped.
    columns = [
        [name for name in described if name in copy.columns[table]]
        for described, copy in zip(fields, (old, new), strict=True)
    ]
    undescribed = [name for name in new.columns[table] if name not in fields[1]]
    for name in [*columns[0], *(n for n in [*columns[1], *undescribed] if n not in columns[0])]:
        if name not in columns[1] and name not in undescribed:
            told = f"column {columns[0].index(name) + 1}"
            yield Difference(table, "", name, "removed", told, "", "major")
        elif name not in columns[0]:
            told = f"column {new.columns[table].index(name) + 1}"
            yield Difference(table, "", name, "added", "", told, "major")
        elif name in columns[1]:
            yield from _of_properties(
                table, name, _described(fields[0][name]), _described(fields[1][name])
            )
    common = [[name for name in have if name in columns[1 - at]] for at, have in enumerate(columns)]
    in_files = [[n for n in copy.columns[table] if n in common[0]] for copy in (old, new)]
    if common[0] != common[1] or in_files[0] != in_files[1]:
        moved = in_files if in_files[0] != in_files[1] else common
        was, now = (f"order of columns: {', '.join(names)}" for names in moved)
        yield Difference(table, "", "", "changed", was, now, "major", "columns have moved")


def _of_rows(table: str, old: Copy, new: Copy) -> Iterator[Difference]:
    """Rows removed and added, and cells that differ in rows that both have."""
    before, after = old.rows[table], new.rows[table]
    key = _resources(old)[table]["schema"]["primaryKey"]
    if _resources(new)[table]["schema"]["primaryKey"] != key:
        # Rows are known by the key that they had, if they still have it.
        if not set(key) <= set(new.columns[table]):
            return
        after = {"/".join(row[column] for column in key): row for row in after.values()}
    fields = _resources(new)[table]["schema"]["fields"]
    quoted = {field["name"] for field in fields if field.get("verbatim")}
    columns = [name for name in old.columns[table] if name in new.columns[table]]
    others = {_content(row, columns, key): name for name, row in before.items()}
    others.pop(None, None)
    for name, row in before.items():
        if name not in after:
            yield Difference(table, name, "", "removed", "", "", "major")
            continue
        changed = [column for column in columns if row[column] != after[name][column]]
        now = after[name]
        moved = others.get(_content(now, columns, key), name)
        why = ""
        if changed and moved != name and after.get(moved) != before[moved]:
            why = f"{name} now has the cells that {moved} had"
        guess = "" if why else _another_thing(name, row, now, changed, len(key))
        if len(changed) > 1 and not why and not guess:
            guess = _nearer_to_another(name, now, before, columns)
        level = "major" if why or guess else "patch"
        for column in changed:
            was, is_now = (_shown(cells[column], column in quoted) for cells in (row, now))
            yield Difference(
                table, name, column, "changed", was, is_now, level, why or guess, bool(guess)
            )
    added = [name for name in after if name not in before]
    if len(added) > _MOST_ADDED:
        yield Difference(table, "", "", "changed", "", f"rows added: {len(added)}", "minor")
        return
    for name in added:
        yield Difference(table, name, "", "added", "", "", "minor")


# Of more rows than anybody reads one by one only the number is recorded.
_MOST_ADDED = 200


def _content(row: dict[str, str], columns: list[str], key: list[str]) -> tuple[str, ...] | None:
    """The cells of a row but for its key, where there are enough of them to know it by."""
    cells = tuple(row[column] for column in columns if column not in key)
    return cells if sum(map(bool, cells)) > _MANY else None


def _another_thing(
    name: str, row: dict[str, str], now: dict[str, str], changed: list[str], keys: int
) -> str:
    """Why an identifier may stand for something else than it did, as far as cells can tell."""
    if "document_id" in changed:
        return f"{name} is of another document"
    given = sum(1 for column in row if row[column] or now.get(column)) - keys
    if len(changed) > _MANY and 2 * len(changed) > given:
        return f"{len(changed)} of the {given} cells of {name} are others"
    return ""


def _nearer_to_another(
    name: str, now: dict[str, str], before: dict[str, dict[str, str]], columns: list[str]
) -> str:
    """Whether a row is more like another old row than like the one that had its identifier."""

    def alike(row: dict[str, str]) -> int:
        return sum(1 for column in columns if now[column] and now[column] == row[column])

    own = alike(before[name])
    nearest = max(
        (other for other in before if other != name), key=lambda o: alike(before[o]), default=name
    )
    return f"{name} is more like what {nearest} was" if alike(before[nearest]) > own else ""


# More cells than this, and more than half of a row, and it may be another thing.
_MANY = 2
# Quoted words longer than this are not repeated in the record of changes.
_LONGEST_QUOTED = 40


def _shown(text: str, quoted: bool) -> str:
    """A cell as the record has it: long quotations only by their hash."""
    if quoted and len(text) > _LONGEST_QUOTED:
        digest = hashlib.sha256(text.encode("utf-8")).hexdigest()
        return f"sha256:{digest} ({len(text)} characters)"
    return text


# ---------------------------------------------------------------- what is recorded of it


def lacks_reason(row: Record) -> bool:
    """Whether nobody has said yet of what kind a recorded change is, or why."""
    return not (row["kind"] and row["reason"])


def paired(
    found: list[Difference], recorded: list[Record]
) -> tuple[list[tuple[Difference, Record | None]], list[Record]]:
    """Each difference with the one row that records it, and the rows left over."""
    # What is recorded as it was goes before what was withdrawn.
    left = sorted(recorded, key=lambda row: row["kind"] == "withdrawal")
    pairs = []
    for one in found:
        row = next(filter(one.recorded_by, left), None)
        if row is not None:
            left.remove(row)
        pairs.append((one, row))
    return pairs, left


class State(NamedTuple):
    """The working tree against the last release, and the version that makes."""

    # Version of the last release, and the commit that it, or what stands for it, is.
    last: str
    base: str
    tagged: bool
    # Each difference with the row that records it, and rows that record none.
    pairs: list[tuple[Difference, Record | None]]
    strays: list[Record]
    # Level and words of what changed in the code, and in files that no cell shows.
    others: list[tuple[str, str]]
    # Changes recorded since, in the order of the file, and those of earlier releases.
    recorded: list[Record]
    before: list[Record]

    def levels(self) -> list[tuple[str, str]]:
        """Level and words of everything that changed."""
        return [(one.judged(row), str(one)) for one, row in self.pairs] + self.others

    def level(self) -> str:
        return greatest(level for level, _ in self.levels())

    def least(self) -> str:
        return least_version(self.last, self.level())


def greatest(levels: Iterable[str]) -> str:
    """The greatest of some levels; "none" of none."""
    return max(levels, key=LEVELS.index, default="none")


def least_version(last: str, level: str) -> str:
    """The least version that a change of a level may have after a release.

    Before 1.0.0, while columns still settle, what would be major raises the second number.

    >>> [least_version("1.2.3", level) for level in ("patch", "minor", "major")]
    ['1.2.4', '1.3.0', '2.0.0']
    >>> least_version("0.1.0", "major")
    '0.2.0'
    """
    major, minor, patch = version_parts(last)
    if level == "none":
        return last
    if level == "patch":
        return f"{major}.{minor}.{patch + 1}"
    if level == "minor" or major == 0:
        return f"{major}.{minor + 1}.0"
    return f"{major + 1}.0.0"
