"""Errors in words, whole wherever they go."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable, Iterator

import pytest

from albania_uk_migration import errors as module
from albania_uk_migration import (
    figures,
    implied,
    load,
    parse_quantity,
    read_home_office,
    validate,
    verify,
)
from albania_uk_migration.errors import AlbaniaUkMigrationError
from albania_uk_migration.tables.edtf import edtf_days
from albania_uk_migration.tables.package import Package


def _empty(_: str) -> bytes:
    return b"{}"


RAISING: dict[str, Callable[[], object]] = {
    "UnknownNameError": lambda: load("figurs"),
    "DataFileError": lambda: Package(_empty),
    "DocumentError": lambda: verify("nowhere"),
    "EdtfError": lambda: edtf_days("last year"),
    "QuantityError": lambda: parse_quantity("many"),
    "ComparisonError": lambda: implied("returns", "albanian", "2022/.."),
    "WorkbookError": lambda: read_home_office("nowhere.xlsx"),
    "ValidationError": lambda: validate(figures().assign(unit="items"), "figures"),
}


def _made() -> Iterator[AlbaniaUkMigrationError]:
    for raising in RAISING.values():
        with pytest.raises(AlbaniaUkMigrationError) as caught:
            raising()
        yield caught.value
    yield module.MissingExtraError("a plot", "altair", "plot")


def test_every_error_is_raised_here_and_survives_another_process() -> None:
    found = list(_made())
    kinds = {
        kind
        for kind in vars(module).values()
        if isinstance(kind, type) and issubclass(kind, AlbaniaUkMigrationError)
    }
    assert {type(error) for error in found} == kinds - {AlbaniaUkMigrationError}
    for error in found:
        copies = [
            pickle.loads(pickle.dumps(error, protocol))
            for protocol in range(pickle.HIGHEST_PROTOCOL + 1)
        ]
        for again in (*copies, copy.copy(error), copy.deepcopy(error)):
            assert type(again) is type(error)
            assert str(again) == str(error) != ""
            assert again.args == error.args
            assert vars(again) == vars(error)


def test_an_unknown_name_says_what_was_asked_what_was_found_and_what_to_do() -> None:
    for asked, valid, hint, said in (
        ("figurs", ["figures"], "", 'No table called "figurs". Did you mean "figures"?'),
        ("f9", ["F009"], "", 'No table called "f9". Did you mean "F009"?'),
        ("x", ["text", "json"], "", 'No table called "x". Choose from text, json.'),
        ("x", [], "", 'No table called "x". There are none to choose from.'),
        ("figurs", ["figures"], "ask for both", 'No table called "figurs". Ask for both.'),
    ):
        assert str(module.UnknownNameError("table", asked, valid, hint)) == said
    many = [f"F{number:03d}" for number in range(1, 49)]
    unknown = module.UnknownNameError("figure", "F999", many)
    assert str(unknown) == 'No figure called "F999". They run from F001 to F048.'
    missing = module.MissingExtraError("a plot", "altair", "plot")
    assert str(missing) == (
        'altair is not installed. For a plot, run: pip install "albania-uk-migration[plot]"'
    )


def test_what_an_error_knows_survives_too() -> None:
    with pytest.raises(module.UnknownNameError) as caught:
        load("figurs")
    again = pickle.loads(pickle.dumps(caught.value))
    assert (again.kind, again.asked, again.nearest) == ("table", "figurs", "figures")
    with pytest.raises(module.ValidationError) as broken:
        validate(figures().assign(unit="items"), "figures")
    again = pickle.loads(pickle.dumps(broken.value))
    assert again.frame.equals(broken.value.frame)
