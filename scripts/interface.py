"""What the code offers: names, parameters, members, commands, options.

Two states of the code are compared by semantic versioning: what was taken away or asks for more is
major, what was added is minor. Columns of the series and the meaning of a function are not seen
here; for these a person decides. Modules are read without running them; the command line is asked
of its own parser, in a Python of its own.
"""

from __future__ import annotations

import ast
import functools
import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

SOURCE = "src/albania_uk_migration"
# Modules whose own public names are part of the interface, besides the front door.
_MODULES = ("strategies",)


class Parameter(NamedTuple):
    """A parameter of a function, or a field of a tuple: how it is given, and whether it must be."""

    name: str
    kind: str
    optional: bool


class Interface(NamedTuple):
    """Functions, methods and constructors with their parameters; members and bases of classes."""

    functions: dict[str, list[Parameter]]
    members: dict[str, set[str]]
    bases: dict[str, set[str]]


# ---------------------------------------------------------------- names of modules


def read_interface(read: Callable[[str], bytes]) -> Interface:
    """The interface of a state of the code, through a function from path to bytes."""
    found = Interface({}, {}, {})

    @functools.cache
    def parsed(module: str) -> ast.Module:
        return ast.parse(read(f"{SOURCE}/{module.replace('.', '/')}.py"))

    for home, names in _homes(parsed("__init__")).items():
        for name in names:
            _add(found, "", _defined(parsed, home, name), name)
    for module in _MODULES:
        for node in parsed(module).body:
            if not getattr(node, "name", "_").startswith("_"):
                _add(found, f"{module}.", node, getattr(node, "name", ""))
    return found


def _add(found: Interface, prefix: str, node: ast.stmt, name: str) -> None:
    if isinstance(node, ast.FunctionDef):
        found.functions[prefix + name] = _parameters(node)
    elif isinstance(node, ast.ClassDef):
        found.members[prefix + name] = set(_members(node))
        bases = {ast.unparse(base) for base in node.bases}
        found.bases[prefix + name] = bases
        for inner in _methods(node):
            if inner.name == "__init__":
                found.functions[prefix + name] = _parameters(inner)
            elif not inner.name.startswith("_"):
                found.functions[f"{prefix}{name}.{inner.name}"] = _parameters(inner)
        if "NamedTuple" in bases:
            found.functions[prefix + name] = _fields(node)
    else:
        found.members[prefix + name] = set()


def _homes(front: ast.Module) -> dict[str, tuple[str, ...]]:
    """Public names by module, as the front door lists them."""
    for node in front.body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "_HOMES":
            homes: dict[str, tuple[str, ...]] = ast.literal_eval(node.value)
            return homes
    raise ValueError(f"{SOURCE}/__init__.py has no _HOMES")


def _defined(parsed: Callable[[str], ast.Module], module: str, name: str) -> ast.stmt:
    """Where a name of a module is defined, there or in the module it comes from."""
    for node in parsed(module).body:
        if getattr(node, "name", None) == name and not _is_overload(node):
            return node
        if isinstance(node, ast.Assign) and name in map(ast.unparse, node.targets):
            return node
        if isinstance(node, ast.AnnAssign) and ast.unparse(node.target) == name:
            return node
        if isinstance(node, ast.ImportFrom) and node.level and node.module:
            # From the package itself, or from where the module lies in it.
            rooms = module.split(".")[: -node.level]
            for alias in node.names:
                if name == (alias.asname or alias.name):
                    return _defined(parsed, ".".join([*rooms, node.module]), alias.name)
    raise ValueError(f"{SOURCE}/{module}.py does not define {name}")


def _is_overload(node: ast.stmt) -> bool:
    decorators = getattr(node, "decorator_list", [])
    return any(ast.unparse(one).endswith("overload") for one in decorators)


def _parameters(function: ast.FunctionDef) -> list[Parameter]:
    given = function.args
    plain = [*given.posonlyargs, *given.args]
    required = len(plain) - len(given.defaults)
    found = [
        Parameter(
            one.arg, "positional" if one in given.posonlyargs else "either", number >= required
        )
        for number, one in enumerate(plain)
        if one.arg not in ("self", "cls")
    ]
    # A composite strategy is called without the first parameter that it is written with.
    if any(ast.unparse(one).endswith("composite") for one in function.decorator_list):
        found = found[1:]
    found += [Parameter(one.arg, "many", True) for one in (given.vararg,) if one]
    found += [
        Parameter(one.arg, "keyword", default is not None)
        for one, default in zip(given.kwonlyargs, given.kw_defaults, strict=True)
    ]
    return found + [Parameter(one.arg, "any", True) for one in (given.kwarg,) if one]


def _fields(of: ast.ClassDef) -> list[Parameter]:
    """Fields of a named tuple, in their order."""
    return [
        Parameter(node.target.id, "either", node.value is not None)
        for node in of.body
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name)
    ]


def _methods(of: ast.ClassDef) -> Iterator[ast.FunctionDef]:
    for node in of.body:
        if isinstance(node, ast.FunctionDef) and not _is_overload(node):
            yield node


def _members(of: ast.ClassDef) -> Iterator[str]:
    for node in _methods(of):
        if not node.name.startswith("_"):
            yield node.name
        if node.name == "__init__":
            stored = (one for one in ast.walk(node) if isinstance(one, ast.Attribute))
            for one in stored:
                if isinstance(one.ctx, ast.Store) and not one.attr.startswith("_"):
                    yield one.attr
    for other in of.body:
        targets = other.targets if isinstance(other, ast.Assign) else []
        targets = [other.target] if isinstance(other, ast.AnnAssign) else targets
        for target in targets:
            if isinstance(target, ast.Name) and not target.id.startswith("_"):
                yield target.id


# ---------------------------------------------------------------- the command line

# What is asked of the parser: each command with its arguments, whether each is required.
_ASK = """
import json
try:
    from albania_uk_migration.cli.main import parser_for
except ImportError:  # 0.1.0 had one module
    from albania_uk_migration.cli import _parser as parser_for
commands = next(
    action.choices
    for action in parser_for()._actions
    if action.choices and not action.option_strings
)
print(json.dumps({
    name: {
        (action.option_strings or [action.dest])[-1]: {
            "required": action.required,
            "place": None if action.option_strings else place,
        }
        for place, action in enumerate(command._actions)
        if action.dest != "help"
    }
    for name, command in commands.items()
}))
"""
Commands = dict[str, dict[str, dict[str, Any]]]


def read_commands(root: Path) -> Commands:
    """Commands and arguments of the code in a checkout. Raises ValueError where it does not run."""
    program = f"import sys; sys.path.insert(0, {str(root / 'src')!r})\n{_ASK}"
    done = subprocess.run(
        [sys.executable, "-B", "-c", program], capture_output=True, text=True, check=False
    )
    if done.returncode:
        said = (done.stderr.strip().splitlines() or ["no word"])[-1]
        raise ValueError(f"its command line does not start: {said}")
    found: Commands = json.loads(done.stdout)
    return found


def compared_commands(old: Commands, new: Commands) -> list[tuple[str, str]]:
    """Level and words of each command and argument that came, went or became required."""
    found = [("major", f"command {name} is gone") for name in sorted(old.keys() - new.keys())]
    found += [("minor", f"command {name} is new") for name in sorted(new.keys() - old.keys())]
    for name in sorted(old.keys() & new.keys()):
        before, after = old[name], new[name]
        found += [
            ("major", f"{name} {one} is gone") for one in sorted(before.keys() - after.keys())
        ]
        for one in sorted(after.keys() - before.keys()):
            needed = after[one]["required"]
            found.append(
                ("major", f"{name} {one} is new and required")
                if needed
                else ("minor", f"{name} {one} is new")
            )
        for one in sorted(before.keys() & after.keys()):
            if after[one]["required"] and not before[one]["required"]:
                found.append(("major", f"{name} {one} can no longer be left out"))
        places = [
            [one for one in arguments if arguments[one]["place"] is not None and one in before]
            for arguments in (before, after)
        ]
        if places[0] != places[1] and set(places[0]) == set(places[1]):
            found.append(("major", f"{name}: arguments stand in another order"))
    return found


# ---------------------------------------------------------------- two states compared


def compared(old: Interface, new: Interface) -> list[tuple[str, str]]:
    """Level and words of each thing that changed in what the code offers."""
    names = [{*one.functions, *one.members} for one in (old, new)]
    found = [("major", f"{name} is gone") for name in sorted(names[0] - names[1])]
    found += [("minor", f"{name} is new") for name in sorted(names[1] - names[0])]
    for name in sorted(old.functions.keys() & new.functions.keys()):
        found += [
            (level, f"{name}(): {told}")
            for level, told in _of_parameters(old.functions[name], new.functions[name])
        ]
    for name in sorted(old.members.keys() & new.members.keys()):
        before, after = old.members[name], new.members[name]
        # Methods are told of above.
        before, after = (
            {member for member in of if f"{name}.{member}" not in {*names[0], *names[1]}}
            for of in (before, after)
        )
        found += [("major", f"{name}.{member} is gone") for member in sorted(before - after)]
        found += [("minor", f"{name}.{member} is new") for member in sorted(after - before)]
    for name in sorted(old.bases.keys() & new.bases.keys()):
        found += [
            ("major", f"{name} is no {base} any more")
            for base in sorted(old.bases[name] - new.bases[name])
        ]
    return found


def _of_parameters(old: list[Parameter], new: list[Parameter]) -> Iterator[tuple[str, str]]:
    before, after = ({one.name: one for one in given} for given in (old, new))
    for name, one in before.items():
        now = after.get(name)
        if now is None:
            yield "major", f"parameter {name} is gone"
        elif one.optional and not now.optional:
            yield "major", f"parameter {name} can no longer be left out"
        elif one.kind != now.kind and now.kind != "either":
            yield "major", f"parameter {name} can no longer be given as before"
    for name, one in after.items():
        if name not in before:
            level, word = ("minor", "new") if one.optional else ("major", "new and required")
            yield level, f"parameter {name} is {word}"
    orders = [
        [one.name for one in given if one.kind in ("positional", "either")] for given in (old, new)
    ]
    if orders[1][: len(orders[0])] != orders[0] and set(orders[0]) <= set(orders[1]):
        yield "major", "parameters stand in another order"


def compared_projects(old: dict[str, Any], new: dict[str, Any]) -> list[tuple[str, str]]:
    """Level and words of what changed in the [project] table: names, extras, commands, needs."""
    found = []
    if old["name"] != new["name"]:
        found.append(("major", f"pyproject.toml: the name is now {new['name']}"))
    for table, word in (("scripts", "command"), ("optional-dependencies", "extra")):
        before, after = old.get(table, {}), new.get(table, {})
        found += [
            ("major", f"{word} {one} is gone") for one in sorted(before.keys() - after.keys())
        ]
        found += [("minor", f"{word} {one} is new") for one in sorted(after.keys() - before.keys())]
        found += [
            ("minor", f"pyproject.toml: {word} {one} is now {json.dumps(after[one])}")
            for one in sorted(before.keys() & after.keys())
            if before[one] != after[one]
        ]
    for name in ("requires-python", "dependencies"):
        if old.get(name) != new.get(name):
            found.append(("minor", f"pyproject.toml: {name} is now {json.dumps(new.get(name))}"))
    return found
