"""The report of `verify`: each check with its outcome, and the answer in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from ..wording import counted, day_in_words, printable, wrap
from .documents import GIVE_THEM
from .record import CHECKED, PROVED

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterator

    from ..errors import Fault


FAILED, NOT_PROVED, AT_RELEASE = "failed", "not proved", "proved at release"
# The outcomes in the order of the report, with their meanings.
_MEANINGS = {
    FAILED: "",
    NOT_PROVED: "this needs the documents",
    AT_RELEASE: "compared with the documents then, and unchanged since",
    PROVED: "compared just now with the documents or the words we quote",
    CHECKED: "the tables, compared with one another and their description",
}
# The most faults of one check to print.
_MOST_FAULTS = 50


class Check(NamedTuple):
    """One check: what was compared, its outcome, how many of how many passed, and the faults.

    `remark` says why something is not proved.
    """

    name: str
    outcome: str
    done: int
    of: int
    remark: str
    faults: tuple[Fault, ...]


def _as_values(fault: Fault) -> dict[str, Any]:
    names = ("table", "row", "column", "rule", "message", "number")
    return {name: getattr(fault, name) for name in names}


class Report(NamedTuple):
    """What `verify` found: the checks in order, and the share of each document that we ship.

    `shares` are parts of one, by document. `proved_on` and `record` name the proof record behind
    every check that is proved at release; they are None if no record was needed or none could be
    read. `changed` names the tables that differ from the record ("datapackage.json" if their
    description does). `verify` gives an example.
    """

    checks: tuple[Check, ...]
    shares: dict[str, float]
    require_documents: bool
    proved_on: datetime.date | None = None
    record: str | None = None
    changed: tuple[str, ...] = ()

    @property
    def faults(self) -> list[Fault]:
        """Every fault of every check."""
        return [fault for check in self.checks for fault in check.faults]

    @property
    def ok(self) -> bool:
        """True if nothing failed and, if documents are required, everything was proved just now."""
        unproved = self._having(NOT_PROVED) or self._having(AT_RELEASE)
        return not self.faults and not (self.require_documents and unproved)

    def _having(self, outcome: str) -> list[Check]:
        return [check for check in self.checks if check.outcome == outcome]

    def to_dict(self) -> dict[str, Any]:
        """The report as plain values, for JSON."""
        return {
            "ok": self.ok,
            "proved_on": self.proved_on.isoformat() if self.proved_on else None,
            "record": self.record,
            "changed": list(self.changed),
            "checks": [
                {**check._asdict(), "faults": [_as_values(fault) for fault in check.faults]}
                for check in self.checks
            ],
            "share_of_each_document_that_ships": self.shares,
        }

    def __str__(self) -> str:
        return "\n".join(self.lines())

    def lines(self, width: int = 80) -> list[str]:
        """The report as lines no wider than `width`: the answer, the faults, a table of checks."""
        lines = [line for text in self._answer() for line in wrap(printable(text), width)]
        if self.faults:
            lines += [
                line for fault in self._fault_lines() for line in _indented(fault, 2, 4, width)
            ]
        indent = 4 + max(len(_count(check)) for check in self.checks)
        for outcome, meaning in _MEANINGS.items():
            checks = self._having(outcome)
            if checks:
                lines += ["", *wrap(f"{outcome}: {meaning}" if meaning else outcome, width)]
            for check in checks:
                first, *more = wrap(check.name, width - indent)
                lines.append(f"{_count(check):>{indent - 2}}  {first}")
                lines += [" " * indent + line for line in more]
        if self.shares:
            shares = ", ".join(f"{name} {share:.0%}" for name, share in self.shares.items())
            lines += ["", *wrap(f"Share of each text that we reproduce: {shares}.", width)]
        return lines

    def _answer(self) -> Iterator[str]:
        """The answer in a sentence, then what else to know and to do."""
        unproved, at_release = self._having(NOT_PROVED), self._having(AT_RELEASE)
        if self.faults:
            yield f"{counted(len(self.faults), 'fault')}."
            return
        if not unproved and not at_release:
            yield "All good: every check passed, and the words match the documents."
            return
        if self.require_documents:
            yield "Not proved now: you require the documents, but some are missing."
            if at_release:
                yield f"A record does not replace a proof made now. {self._since()}"
        elif unproved:
            yield f"No faults, but {counted(len(unproved), 'check')} could not be proved."
        else:
            yield f"All good. {self._since()}"
        yield from dict.fromkeys(f"{check.remark}." for check in unproved)
        yield f"To prove the tables again, {GIVE_THEM}"

    def _since(self) -> str:
        """When the tables were proved, and what has changed since."""
        day = day_in_words(self.proved_on) if self.proved_on else ""
        proved = f"proved against the documents on {day} (record {self.record})"
        if not self.changed:
            return f"The tables were {proved} and are unchanged since."
        changed = ", ".join(self.changed)
        return (
            f"What comes from the documents was {proved} and is unchanged since; {changed} changed."
        )

    def _fault_lines(self) -> Iterator[str]:
        """The faults in sentences, the first of each check."""
        for check in self.checks:
            for fault in check.faults[:_MOST_FAULTS]:
                # A fault in a whole file names the file itself.
                of_file = fault.row == "(file)"
                where = "" if of_file else f"{fault.table} {fault.row}, {fault.column}: "
                yield f"{where}{fault.message} [{fault.rule}]"
            left = len(check.faults) - _MOST_FAULTS
            if left > 0:
                yield f"and {left:,} more under “{check.name}”: --format json has them all"


def _count(check: Check) -> str:
    """How many passed, and out of how many if some did not."""
    if not check.of:
        return "-"
    return f"{check.of:,}" if check.done == check.of else f"{check.done:,} of {check.of:,}"


def _indented(text: str, first: int, next: int, width: int) -> Iterator[str]:
    """A text as lines no wider than `width`, with the first line indented less."""
    for number, line in enumerate(wrap(printable(text), width - next)):
        yield " " * (next if number else first) + line
