"""What the code offers, read without running it: names, parameters, members, commands, options.

Two states of the code are compared by semantic versioning: what was taken away or asks for more is
major, what was added is minor. Columns of the series and the meaning of a function are not seen
here; for these a person decides.
"""

from __future__ import annotations

import ast
import functools
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SOURCE = "src/albania_uk_migration"
# Modules whose own public names are part of the interface, besides the front door.
_MODULES = ("strategies",)


class Parameter(NamedTuple):
    """A parameter of a function: how it may be given, and whether it may be left out."""

    name: str
    kind: str
    optional: bool


class Interface(NamedTuple):
    """Each function with its parameters, each class with its members, each command and option."""

    functions: dict[str, list[Parameter]]
    members: dict[str, set[str]]
    commands: set[str]
    options: set[str]


def read_interface(read: Callable[[str], bytes]) -> Interface:
    """The interface of a state of the code, through a function from path to bytes."""
    functions: dict[str, list[Parameter]] = {}
    members: dict[str, set[str]] = {}

    @functools.cache
    def parsed(module: str) -> ast.Module:
        return ast.parse(read(f"{SOURCE}/{module}.py"))

    def add(prefix: str, node: ast.stmt) -> None:
        if isinstance(node, ast.FunctionDef):
            functions[prefix + node.name] = _parameters(node)
        elif isinstance(node, ast.ClassDef):
            members[prefix + node.name] = set(_members(node))

    for home, names in _homes(parsed("__init__")).items():
        for name in names:
            add("", _defined(parsed, home, name))
    for module in _MODULES:
        for node in parsed(module).body:
            if not getattr(node, "name", "_").startswith("_"):
                add(f"{module}.", node)
    return Interface(functions, members, *_command_line(parsed("cli")))


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
        if getattr(node, "name", None) == name:
            return node
        if isinstance(node, ast.ImportFrom) and node.level == 1 and node.module:
            for alias in node.names:
                if name == (alias.asname or alias.name):
                    return _defined(parsed, node.module, alias.name)
    raise ValueError(f"{SOURCE}/{module}.py does not define {name}")


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


def _members(of: ast.ClassDef) -> Iterator[str]:
    for node in of.body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            yield node.name
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            yield node.target.id
        if isinstance(node, ast.FunctionDef) and node.name == "__init__":
            stored = (one for one in ast.walk(node) if isinstance(one, ast.Attribute))
            for one in stored:
                if isinstance(one.ctx, ast.Store) and not one.attr.startswith("_"):
                    yield one.attr


def _command_line(module: ast.Module) -> tuple[set[str], set[str]]:
    """Commands and options that are written out in the parser."""
    commands, options = set(), set()
    for node in ast.walk(module):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        first = node.args[0]
        if not isinstance(first, ast.Constant) or not isinstance(first.value, str):
            continue
        called = ast.unparse(node.func)
        if called == "command":
            commands.add(first.value)
        elif called.endswith(".add_argument") and first.value.startswith("--"):
            options.add(first.value)
    return commands, options


# ---------------------------------------------------------------- two states compared


def compared(old: Interface, new: Interface) -> list[tuple[str, str]]:
    """Level and words of each thing that changed in what the code offers."""
    found = []
    for kind, before, after in (
        ("function", set(old.functions), set(new.functions)),
        ("class", set(old.members), set(new.members)),
        ("command", old.commands, new.commands),
        ("option", old.options, new.options),
    ):
        found += [("major", f"{kind} {name} is gone") for name in sorted(before - after)]
        found += [("minor", f"{kind} {name} is new") for name in sorted(after - before)]
    for name in sorted(old.functions.keys() & new.functions.keys()):
        found += [
            (level, f"{name}(): {told}")
            for level, told in _of_parameters(old.functions[name], new.functions[name])
        ]
    for name in sorted(old.members.keys() & new.members.keys()):
        before, after = old.members[name], new.members[name]
        found += [("major", f"{name}.{member} is gone") for member in sorted(before - after)]
        found += [("minor", f"{name}.{member} is new") for member in sorted(after - before)]
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
