"""What changed between two copies of the tables, and the level of each change.

The levels extend Data Package's rules for versions. A major change may break work that uses the
tables: a column is added, removed, renamed, moved, retyped or restricted, a table or a row is
removed, or an identifier gets another meaning. A minor change adds rows, tables or allowed values
of a column. A patch corrects a cell or a description.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
from typing import TYPE_CHECKING, Any, NamedTuple

from albania_uk_migration.errors import DataFileError
from albania_uk_migration.rules.releases import version_parts
from albania_uk_migration.tables.cells import limits_of
from albania_uk_migration.tables.csv_text import csv_records, decode

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator


# From the least to the greatest.
LEVELS = ("none", "patch", "minor", "major")
Record = dict[str, str]


# ---------------------------------------------------------------- two copies compared


class Copy(NamedTuple):
    """A state of the tables: the description, and each table as text cells by row label."""

    descriptor: dict[str, Any]
    columns: dict[str, list[str]]
    rows: dict[str, dict[str, dict[str, str]]]
    # The SHA-256 of each file, to notice changes that no cell shows.
    files: dict[str, str]


class Difference(NamedTuple):
    """One change: its place, the old and the new value, and its level."""

    table: str
    id: str
    column: str
    change: str
    old: str
    new: str
    level: str
    # The reason for the level, if it is not obvious.
    why: str = ""
    # Whether the level is a guess, which a person who has looked may overrule.
    guessed: bool = False

    def where(self) -> str:
        """Table, row and column, or the package."""
        return " ".join(filter(None, (self.table or "package", self.id, self.column)))

    def judged(self, row: Record | None) -> str:
        """The level, after a person's judgement in the row that records the change."""
        if row and row["kind"] == "redefinition":
            return "major"
        return "patch" if self.guessed and row and not lacks_reason(row) else self.level

    def cells(self) -> Record:
        """The cells that record the change."""
        names = ("table", "id", "column", "change", "old", "new")
        return {name: getattr(self, name) for name in names}

    def recorded_by(self, row: Record) -> bool:
        """Whether a row records this change. The row for a withdrawal omits the old value."""
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


# How much of a long cell to show around the change.
_SHOWN = 60


def _around(cell: str, place: int) -> str:
    """A cell on one line, in quotation marks; a long one is cut to the text around a place."""
    line = "".join(c if c.isprintable() else " " for c in cell)
    start = max(0, place - _SHOWN // 3) if len(line) > _SHOWN else 0
    end = start + _SHOWN
    return f'"{"..." if start else ""}{line[start:end]}{"..." if len(line) > end else ""}"'


def _follows(resource: dict[str, Any]) -> bool:
    """Whether the rows of a table follow from changes in others, or record these changes."""
    return resource["name"] == "release_changes" or "madeFrom" in resource


def read_copy(read: Callable[[str], bytes]) -> Copy:
    """A state of the tables, read through a function from path to bytes; cells stay text.

    Raises DataFileError for a file that is not a table, or a key that two rows share.
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
            found = f"{len(cells)} cells, but the header has {len(header)}"
            raise DataFileError(f"{path}, line {line}: {found}")
        row = dict(zip(header, cells, strict=True))
        name = "/".join(row.get(column, "") for column in key)
        if name in seen:
            raise DataFileError(f"{path}, line {line}: a second row {name}; mend it by: validate")
        seen.add(name)
        yield name, row


def found_between(old: Copy, new: Copy) -> list[Difference]:
    """What changed from one copy to another: first the description, then the rows, by table."""
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
            found += _of_rows(name, old, new) if not _follows(after[name]) else []
    common = [
        [name for name in names if name in before and name in after] for names in (before, after)
    ]
    if common[0] != common[1]:
        was, now = (f"order of tables: {', '.join(names)}" for names in common)
        found.append(Difference("", "", "", "changed", was, now, "patch"))
    return found


def reordered(old: Copy, new: Copy, found: list[Difference]) -> list[tuple[str, str]]:
    """The level and words for tables whose bytes changed although no cell did."""
    named = {name for name, resource in _resources(new).items() if _follows(resource)}
    named |= {one.table for one in found}
    return [
        ("patch", f"data/{name}.csv: no cell changed, but rows stand in another order or form")
        for name, digest in new.files.items()
        if old.files.get(name, digest) != digest and name not in named
    ]


def _resources(copy: Copy) -> dict[str, dict[str, Any]]:
    return {resource["name"]: resource for resource in copy.descriptor["resources"]}


# Properties that a program or the release sets, and properties that we compare separately.
_COUNTED = {
    *("bytes", "hash", "rows", "scheme", "$schema"),
    *("version", "created", "resources", "schema", "fields"),
}


def _described(about: dict[str, Any]) -> dict[str, str]:
    """The properties of a description by name, with values as JSON; each constraint is separate."""
    apart = {*_COUNTED, "constraints", "form"}
    told = {key: value for key, value in about.items() if key not in apart}
    # A pattern asks the same of cells wherever it stands.
    told |= {f"constraints.{name}": value for name, value in limits_of(about).items()}
    return {
        key: json.dumps(value, ensure_ascii=False, sort_keys=True) for key, value in told.items()
    }


# Properties that only inform: of the package, of a table, of a column.
_TELLING = {
    *("title", "description", "example", "categories", "summary", "keywords", "sources"),
    *("contributors", "homepage", "id", "image", "filledBy", "verbatim", "madeFrom", "profile"),
}


def _of_properties(
    table: str, column: str, before: dict[str, str], after: dict[str, str]
) -> Iterator[Difference]:
    """The properties that differ, of the package, a table or a column."""
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
    """The level of a change in listed values: a new one adds; a new label may change meanings."""
    was, now = (
        {one["value"]: one["label"] for one in json.loads(told or "[]")} for told in (old, new)
    )
    other = [value for value, label in was.items() if now.get(value, label) != label]
    if other:
        return "major", f"{', '.join(other)} may have another meaning"
    return ("minor", "") if now.keys() - was.keys() else ("patch", "")


def _loosened(name: str, old: str | None, new: str | None) -> bool:
    """Whether every value that was allowed is still allowed."""
    if new is None:
        return True
    if old is None:
        # "required" and "unique" may be false, which demands nothing.
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
        # From "three digits" to "three digits or more"; we know no other pattern that allows more.
        return bool(re.sub(r"\{(\d+)\}", r"{\1,}", str(was)) == now)
    if not isinstance(was, int | float) or not isinstance(now, int | float):
        return False
    if name in ("minimum", "minLength"):
        return now <= was
    return name in ("maximum", "maxLength") and now >= was


def _of_schema(
    table: str, before: dict[str, Any], after: dict[str, Any], old: Copy, new: Copy
) -> Iterator[Difference]:
    """The differences in a table's description: its own properties, its keys, its columns."""
    yield from _of_properties(table, "", _described(before), _described(after))
    keys = [_described(resource["schema"]) for resource in (before, after)]
    yield from _of_properties(table, "", *keys)
    fields = [
        {field["name"]: field for field in resource["schema"]["fields"]}
        for resource in (before, after)
    ]
    # The files count too: a column dropped from the file or the description is dropped.
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
    """Rows removed and added, and cells that differ in rows that both copies have."""
    before, after = old.rows[table], new.rows[table]
    key = _resources(old)[table]["schema"]["primaryKey"]
    if _resources(new)[table]["schema"]["primaryKey"] != key:
        # We recognise rows by their old key if they still have it.
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


# For more rows than anyone reads one by one, we record only the number.
_MOST_ADDED = 200


def _content(row: dict[str, str], columns: list[str], key: list[str]) -> tuple[str, ...] | None:
    """The cells of a row except its key, if there are enough to recognise the row."""
    cells = tuple(row[column] for column in columns if column not in key)
    return cells if sum(map(bool, cells)) > _MANY else None


def _another_thing(
    name: str, row: dict[str, str], now: dict[str, str], changed: list[str], keys: int
) -> str:
    """Why an identifier may mean something else than before, as far as the cells show."""
    if "document_id" in changed:
        return f"{name} is of another document"
    given = sum(1 for column in row if row[column] or now.get(column)) - keys
    if len(changed) > _MANY and 2 * len(changed) > given:
        return f"{len(changed)} of the {given} cells of {name} are others"
    return ""


def _nearer_to_another(
    name: str, now: dict[str, str], before: dict[str, dict[str, str]], columns: list[str]
) -> str:
    """Whether a row resembles another old row more than the one with its identifier."""

    def alike(row: dict[str, str]) -> int:
        return sum(1 for column in columns if now[column] and now[column] == row[column])

    own = alike(before[name])
    nearest = max(
        (other for other in before if other != name), key=lambda o: alike(before[o]), default=name
    )
    return f"{name} is more like what {nearest} was" if alike(before[nearest]) > own else ""


# If more cells than this and more than half of a row changed, it may be another thing.
_MANY = 2
# We do not repeat longer quoted words in the record of changes.
_LONGEST_QUOTED = 40


def _shown(text: str, quoted: bool) -> str:
    """A cell for the record: long quotations appear only as their hash."""
    if quoted and len(text) > _LONGEST_QUOTED:
        digest = hashlib.sha256(text.encode("utf-8")).hexdigest()
        return f"sha256:{digest} ({len(text)} characters)"
    return text


# ---------------------------------------------------------------- the record of changes


def lacks_reason(row: Record) -> bool:
    """Whether a recorded change still lacks its kind or reason."""
    return not (row["kind"] and row["reason"])


def paired(
    found: list[Difference], recorded: list[Record]
) -> tuple[list[tuple[Difference, Record | None]], list[Record]]:
    """Each difference with the row that records it, and the rows left over."""
    # Rows with the old value come before rows of withdrawals.
    left = sorted(recorded, key=lambda row: row["kind"] == "withdrawal")
    pairs = []
    for one in found:
        row = next(filter(one.recorded_by, left), None)
        if row is not None:
            left.remove(row)
        pairs.append((one, row))
    return pairs, left


class State(NamedTuple):
    """The working tree compared with the last release, and the resulting version."""

    # The version of the last release, and the commit of it or of its substitute.
    last: str
    base: str
    tagged: bool
    # Each difference with the row that records it, and the rows that record none.
    pairs: list[tuple[Difference, Record | None]]
    strays: list[Record]
    # The level and words for changes in the code, and in files without a changed cell.
    others: list[tuple[str, str]]
    # The changes recorded since, in the order of the file, and those of earlier releases.
    recorded: list[Record]
    before: list[Record]

    def levels(self) -> list[tuple[str, str]]:
        """The level and words for everything that changed."""
        return [(one.judged(row), str(one)) for one, row in self.pairs] + self.others

    def level(self) -> str:
        return greatest(level for level, _ in self.levels())

    def least(self) -> str:
        return least_version(self.last, self.level())


def greatest(levels: Iterable[str]) -> str:
    """The greatest of some levels; "none" if there are none."""
    return max(levels, key=LEVELS.index, default="none")


def least_version(last: str, level: str) -> str:
    """The least version that a change of a level may have after a release.

    Before 1.0.0, while the columns may still change, a major change raises the second number.

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
