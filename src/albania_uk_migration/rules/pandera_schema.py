"""The rules and the Table Schema of a table, compiled to a pandera schema."""

from __future__ import annotations

import re
import weakref
from typing import TYPE_CHECKING, Any

from ..errors import ValidationError
from ..tables.cells import PANDAS_TYPES, limits_of
from ..tables.package import shipped
from .cells import TYPE_RULE
from .sources import read_table
from .validate import Checking, Subject, rules_of, settled

if TYPE_CHECKING:
    from pandera.pandas import DataFrameSchema

    from .index import Rule
    from .validate import _Context


def _column_checks(constraints: dict[str, Any]) -> list[Any]:
    """The constraints of a field as pandera checks."""
    from pandera.pandas import Check

    checks = []
    for name, limit in constraints.items():
        if name == "enum":
            checks.append(Check.isin(limit))
        elif name == "pattern":
            checks.append(Check.str_matches(re.compile(rf"(?:{limit})\Z")))
        elif name == "minimum":
            checks.append(Check.greater_than_or_equal_to(limit))
        elif name == "maximum":
            checks.append(Check.less_than_or_equal_to(limit))
        elif name == "maxLength":
            checks.append(Check.str_length(max_value=limit))
    return checks


class _FrameRead:
    """A frame that the checks of one validation share, read once by the first."""

    def __init__(self, table: str, context: _Context | None) -> None:
        self.table, self.context = table, context
        self._kept: tuple[Any, Checking | None] = (lambda: None, None)

    def of(self, frame: Any, anew: bool) -> Checking | None:
        """The rows of a frame; None if it lacks columns, which other checks report.

        The first check reads `anew`, because a frame may have changed since its last validation.
        """
        whose, kept = self._kept
        if anew or whose() is not frame:
            subject = Subject(self.table, self.context)
            try:
                kept = Checking(subject, read_table(frame, self.table, subject))
            except ValidationError:
                kept = None
            self._kept = weakref.ref(frame), kept
        return kept


def _table_check(rule: Rule | None, read: _FrameRead) -> Any:
    """A rule for rows as a pandera check on a frame: true for each row that follows it.

    Without a rule it checks that each cell has its type, because a frame's types are wider. This
    check comes first.
    """
    from pandera.pandas import Check

    def keeps(checked: Any) -> Any:
        import pandas

        good = [True] * len(checked)
        checking = read.of(checked, anew=rule is None)
        if checking is None:
            return pandas.Series(good, index=checked.index)
        for number in (
            [fault.number for fault in checking.faults(rule)] if rule else checking.reading.untyped
        ):
            good[number - 1] = False
        return pandas.Series(good, index=checked.index)

    name = rule.__name__ if rule else TYPE_RULE
    sentence = " ".join((rule.__doc__ or "").split()) if rule else "Each cell is of its type."
    return Check(keeps, name=name, error=sentence, ignore_na=False)


def schema(table: str, *, context: _Context | None = None, coerce: bool = False) -> DataFrameSchema:
    """The pandera schema of a table: types, required cells, values, patterns, ranges, keys, rules.

    We compile it from the Table Schema in datapackage.json and from the rules that `validate` runs.
    Each field gives a column, with its constraints as checks of that column. Keys (an empty cell is
    not a value, as in Table Schema) and rules across columns give checks of the frame, with the
    names of their functions. Frames from `load` or `validate` have the right types; with
    `coerce=True` pandera converts others first. `context` is as in `validate`. Validate with
    `lazy=True` to get all faults at once; `validate` explains them better, and reads files.

    Raises UnknownNameError for a table that does not exist. Definition: Data Package v2.

    >>> from albania_uk_migration import load
    >>> checked = schema("figures").validate(load("figures"), lazy=True)
    >>> len(checked)
    48
    """
    import pandera.pandas as pandera

    resource = shipped().sound().resource(table)
    columns = {
        field["name"]: pandera.Column(
            PANDAS_TYPES[field["type"]],
            checks=_column_checks(limits_of(field)),
            nullable=not field.get("constraints", {}).get("required", False),
            title=field["title"],
            description=field["description"],
        )
        for field in resource["schema"]["fields"]
    }
    read = _FrameRead(table, settled(context))
    checked = [None, *rules_of(table)[1:]]
    return pandera.DataFrameSchema(
        columns,
        checks=[_table_check(rule, read) for rule in checked],
        strict=True,
        ordered=True,
        coerce=coerce,
        name=table,
        title=resource["title"],
        description=resource["description"],
    )
