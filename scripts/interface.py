"""The interface of the code: names, parameters, members, commands, options, and requirements.

We compare two states of the code by semantic versioning: removals and stricter requirements are
major, additions are minor. Griffe reads the modules without running them, from the stub of the
front door; the parser itself describes the command line. A person must judge changes in the columns
of series, the values of defaults and the meanings of functions.
"""

from __future__ import annotations

import functools
import hashlib
import json
import subprocess
import sys
import tomllib
from typing import TYPE_CHECKING, Any, NamedTuple

import griffe

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

# Modules, besides the front door, whose public names are part of the interface.
_MODULES = ("strategies",)
# Breakages that we ignore: those that follow from the names below, and new defaults or values.
_LEFT_OUT = (
    griffe.BreakageKind.OBJECT_REMOVED,
    griffe.BreakageKind.PARAMETER_REMOVED,
    griffe.BreakageKind.CLASS_REMOVED_BASE,
    griffe.BreakageKind.PARAMETER_CHANGED_DEFAULT,
    griffe.BreakageKind.ATTRIBUTE_CHANGED_VALUE,
)
Changes = list[tuple[str, str]]


def changes_between(old: Path, new: Path) -> Changes:
    """The level and words for each change from one checkout to another."""
    projects = (tomllib.loads((root / "pyproject.toml").read_text("utf-8")) for root in (old, new))
    return [
        *compared(read_interface(old / "src"), read_interface(new / "src")),
        *compared_commands(read_commands(old), read_commands(new)),
        *compared_needs(*(needs_of(one["project"]) for one in projects)),
    ]


class _NamedTuples(griffe.Extension):
    """Gives each named tuple the constructor that its fields define."""

    def on_class(self, *, cls: griffe.Class, **_: Any) -> None:
        if "NamedTuple" not in map(str, cls.bases):
            return
        kind = griffe.ParameterKind.positional_or_keyword
        fields = [
            griffe.Parameter(name, kind=kind, default=field.value)
            for name, field in cls.attributes.items()
            if field.annotation is not None and "property" not in field.labels
        ]
        made = griffe.Function("__init__", parameters=griffe.Parameters(*fields))
        cls.set_member("__init__", made)


def read_interface(source: Path) -> griffe.Module:
    """The package in a source folder, with only its interface marked as public."""
    return _read(_Source(source, _digest(source)))


class _Source(NamedTuple):
    """A source folder; two with the same files are equal, so that we read them once."""

    folder: Path
    digest: str

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Source) and self.digest == other.digest

    def __hash__(self) -> int:
        return hash(self.digest)


def _digest(source: Path) -> str:
    """A hash of the names and contents of the files with code in a folder."""
    found = hashlib.sha256()
    for file in sorted(source.rglob("*.py*")):
        if file.suffix in (".py", ".pyi"):
            found.update(f"{file.relative_to(source)}\0".encode())
            found.update(hashlib.sha256(file.read_bytes()).digest())
    return found.hexdigest()


@functools.lru_cache(maxsize=8)
def _read(source: _Source) -> griffe.Module:
    loaded = griffe.load(
        "albania_uk_migration",
        search_paths=[source.folder],
        extensions=griffe.load_extensions(_NamedTuples),
        allow_inspection=False,
    )
    if not isinstance(loaded, griffe.Module) or not loaded.exports:
        raise ValueError("albania_uk_migration/__init__.pyi has no __all__ of public names")
    for name, module in loaded.modules.items():
        module.public = name in _MODULES
    return loaded


def names_of(parent: griffe.Object | griffe.Alias, prefix: str = "") -> Iterator[str]:
    """The public names as a user writes them, with members, parameters and base classes.

    Raises AliasResolutionError for a public name that is not defined anywhere.
    """
    for name, member in parent.all_members.items():
        by_python = parent.is_class and member.is_special and name != "__init__"
        if not member.is_public or by_python:
            continue
        target = member.final_target if isinstance(member, griffe.Alias) else member
        yield f"{prefix}{name}"
        if isinstance(target, griffe.Function):
            yield from (f"{prefix}{name}({one.name})" for one in target.parameters)
        elif isinstance(target, griffe.Class):
            yield from (f"{prefix}{name} as {base}" for base in target.bases)
        if target.is_class or target.is_module:
            yield from names_of(target, f"{prefix}{name}.")


def compared(old: griffe.Module, new: griffe.Module) -> Changes:
    """The level and words for each change in the public names."""
    return _came_and_went(names_of(old), names_of(new)) + [
        ("major", one.explain(griffe.ExplanationStyle.MARKDOWN).removeprefix("- "))
        for one in griffe.find_breaking_changes(old, new)
        if one.kind not in _LEFT_OUT
    ]


def _came_and_went(old: Iterable[str], new: Iterable[str], kind: str = "") -> Changes:
    """Names removed and added, without those that belong to another such name."""
    before, after = set(old), set(new)
    found = []
    for level, names, word in (("major", before - after, "gone"), ("minor", after - before, "new")):
        parts = tuple(f"{name}{mark}" for name in names for mark in ".( ")
        outermost = sorted(name for name in names if not name.startswith(parts))
        found += [(level, f"{kind}{name} is {word}") for name in outermost]
    return found


# The code that asks the parser: for each command and argument, whether you must give it, and where.
_ASK = """
import json
try:
    from albania_uk_migration.cli.main import parser_for
except ImportError:  # 0.1.0 had one module
    from albania_uk_migration.cli import _parser as parser_for
commands = next(a.choices for a in parser_for()._actions if a.choices and not a.option_strings)
found = {}
for name, command in commands.items():
    found[name] = [False, None]
    placed = [a for a in command._actions if not a.option_strings]
    for a in command._actions:
        place = placed.index(a) if a in placed else None
        found[f"{name} {(a.option_strings or [a.dest])[-1]}"] = [a.required, place]
print(json.dumps(found))
"""
# By command, or command and argument: whether you must give it, and its place, if it has one.
Commands = dict[str, tuple[bool, int | None]]


def read_commands(root: Path) -> Commands:
    """The commands and arguments of a checkout. Raises ValueError if its code does not run."""
    source = root / "src"
    return _read_commands(_Source(source, _digest(source)))


@functools.lru_cache(maxsize=8)
def _read_commands(source: _Source) -> Commands:
    program = f"import sys; sys.path.insert(0, {str(source.folder)!r})\n{_ASK}"
    done = subprocess.run(
        [sys.executable, "-B", "-c", program], capture_output=True, text=True, check=False
    )
    if done.returncode:
        said = (done.stderr.strip().splitlines() or ["no word"])[-1]
        raise ValueError(f"its command line does not start: {said}")
    return {name: (required, place) for name, (required, place) in json.loads(done.stdout).items()}


def compared_commands(old: Commands, new: Commands) -> Changes:
    """The level and words for each command and argument added, removed or changed."""
    found = _came_and_went(old, new, "command ")
    for name, (required, place) in new.items():
        if name.partition(" ")[0] not in old:
            continue
        was_required, was_at = old.get(name, (False, place))
        if required and not was_required:
            found.append(("major", f"command {name} must now be given"))
        if place != was_at:
            found.append(("major", f"command {name} stands in another place"))
    return found


def needs_of(project: dict[str, Any]) -> dict[str, Any]:
    """What the [project] table of pyproject.toml says to people who install the package."""
    return {
        **{name: project.get(name) for name in ("name", "requires-python", "dependencies")},
        **{f"command {name}": to for name, to in project.get("scripts", {}).items()},
        **{f"extra {name}": to for name, to in project.get("optional-dependencies", {}).items()},
    }


def compared_needs(old: dict[str, Any], new: dict[str, Any]) -> Changes:
    """The level and words for changes in name, commands, extras and requirements."""
    return _came_and_went(old, new) + [
        ("major" if name == "name" else "minor", f"{name} is now {json.dumps(new[name])}")
        for name in old
        if name in new and old[name] != new[name]
    ]
