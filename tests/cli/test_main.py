"""The command line as a user meets it: help, messages, exit status, streams."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from albania_uk_migration.cli import main as cli
from albania_uk_migration.cli.main import SUBJECTS, parser_for

from ..support.altered_tables import ROOT
from ..support.commands import finished, process, run


def test_a_process_of_its_own_answers_as_a_call_does() -> None:
    for arguments in ((), ("returns", "--format", "csv"), ("get", "F9999"), ("verify", "--help")):
        status, out, err = finished(*arguments)
        assert run(*arguments) == (status, out.decode("utf-8"), err.decode("utf-8"))


@pytest.mark.parametrize(
    "command", [None, *(name for names in SUBJECTS.values() for name in names)]
)
def test_help_is_given_for_every_command(command: str | None) -> None:
    for flag in ("--help", "-h"):
        done = run(*filter(None, (command, flag)))
        assert done.returncode == 0, done.stderr
        assert done.stdout.startswith("Usage: albania-uk-migration")


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (("show", "figurs"), 3, 'No table called "figurs". Did you mean "figures"?'),
        (("get", "F9999"), 3, 'No identifier called "F9999". They run from F001 to F0'),
        (("get", "S1"), 3, 'Did you mean "S001"?'),
        (("get", "home-ofice"), 3, 'Did you mean "home-office"?'),
        (("evidence", "home-office"), 3, 'event called "home-office". It is a row of actors.'),
        (("verify", "--documents", "README.md"), 1, "README.md is a file. Give the folder"),
        (("returns", "--format", "cvs"), 3, 'No format called "cvs". Did you mean "csv"?'),
        (("verify", "--format", "csv"), 3, 'No format called "csv". Choose from text, json.'),
        (("evidence", "F011", "--format", "xml"), 3, 'No format called "xml".'),
        (("verify", "--documents", "nowhere"), 1, 'No folder called "nowhere"'),
        (
            ("returns", "--colums", "year"),
            2,
            'No option called "--colums". Did you mean "--columns"?',
        ),
        (("returns", "2022"), 2, '"2022" is one argument too many.'),
        (("figures", "--measure"), 2, "--measure needs a value."),
        (("show",), 2, "Something is missing. Add TABLE. Help: albania-uk-migration show --help"),
        (("qqq",), 2, 'No command called "qqq". Help: albania-uk-migration --help'),
        (("retruns",), 2, 'No command called "retruns". Did you mean "returns"?'),
        (
            ("show", "figures", "--where", "measure=retuns"),
            3,
            'No measure called "retuns". Did you',
        ),
        (("show", "figures", "--where", "mesure=returns"), 3, 'No column called "mesure". Did you'),
        (
            ("show", "figures", "--where", "measure"),
            2,
            '--where: "measure" is not of the form COLUMN=VALUE',
        ),
        (
            ("show", "figures", "--columns", "value,unti"),
            3,
            'No column called "unti". Did you mean "unit"?',
        ),
        (
            ("figures", "--measure", "retuns"),
            3,
            'No measure called "retuns". Did you mean "returns"?',
        ),
        (("figures", "--claimant", "home office"), 3, 'Did you mean "home-office"?'),
        (("figures", "--period", "last year"), 2, '"last year"'),
        (("timeline", "--kind", "events"), 3, 'No kind called "events". Did you mean "event"?'),
        (("describe", "figurs"), 3, 'Did you mean "figures"?'),
        (("path", "figurs"), 3, 'Did you mean "figures"?'),
        (("completion", "tcsh"), 3, 'No shell called "tcsh".'),
        (("validate", "data/figures.csv", "--table", "figurs"), 3, 'Did you mean "figures"?'),
        (("validate", "README.md"), 2, "Which table is README.md? Add --table TABLE."),
        (
            ("validate", "nowhere.csv", "--table", "figures"),
            1,
            "nowhere.csv cannot be read: No such",
        ),
        (("validate", "README.md", "--table", "figures"), 1, ""),
        (
            ("validate", "data/figures.csv", "--context", "actors"),
            2,
            "is not of the form TABLE=FILE",
        ),
        (("validate", "data/figures.csv", "--context", "actor=x"), 3, 'Did you mean "actors"?'),
        (("validate", "data/figures.csv", "--context", "actors=data/measures.csv"), 1, "Context: "),
    ],
)
def test_errors_are_messages_with_their_status(
    arguments: tuple[str, ...], status: int, message: str
) -> None:
    done = run(*arguments)
    assert done.returncode == status
    assert message in " ".join(done.stderr.split())
    if message:
        assert done.stdout == ""
    assert "Traceback" not in done.stderr


def test_a_closed_pipe_is_no_error() -> None:
    with process("show", "statements", "--format", "csv") as command:
        assert command.stdout is not None
        assert command.stderr is not None
        command.stdout.close()
        assert command.stderr.read() == b""
    assert command.returncode == 0


@pytest.mark.skipif(sys.platform == "win32", reason="needs a shell that closes streams")
@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-"])
@pytest.mark.parametrize(("asked", "status"), [("returns", 0), ("get F9999", 3), ("--help", 0)])
def test_a_closed_stream_is_no_error(asked: str, status: int, closed: str) -> None:
    line = f'"$PYTHON" -m albania_uk_migration {asked} {closed}'
    environment = {**os.environ, "PYTHON": sys.executable, "PYTHONPATH": str(ROOT / "src")}
    done = subprocess.run(["sh", "-c", line], capture_output=True, check=False, env=environment)
    assert done.returncode == status
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize(("asked", "status"), [("get F9999", 3), ("show figurs", 3)])
def test_a_message_that_nobody_reads_keeps_its_status(asked: str, status: int) -> None:
    with process(*asked.split()) as command:
        assert command.stderr is not None
        command.stderr.close()
    assert command.returncode == status


def test_an_interrupted_call_leaves_its_process_as_it_was(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def interrupted(*_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(cli, "_run", interrupted)
    assert cli.main(["returns"]) == 130
    monkeypatch.setattr(sys, "stdout", io.StringIO())
    assert cli.main(["returns"]) == 130
    os.write(1, b"still here")
    assert capfd.readouterr().out == "still here"


@pytest.mark.skipif(sys.platform == "win32", reason="signals differ there")
def test_ctrl_c_ends_quietly() -> None:
    code = (
        "import signal, sys\n"
        "from albania_uk_migration.cli import main as cli\n"
        # A shell ignores Ctrl-C for what it runs in the background.
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "def interrupted(options, package, out):\n"
        "    out.write('half a line')\n"
        "    signal.raise_signal(signal.SIGINT)\n"
        "cli._run = interrupted\n"
        "sys.exit(cli.main(['returns']))\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=False, env=environment
    )
    assert (done.returncode, done.stderr) == (130, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_is_one_message() -> None:
    with open("/dev/full", "w", encoding="utf-8") as full:
        status, _, err = finished("show", "figures", "--format", "csv", stdout=full)
    assert status == 1
    assert err.startswith(b"Cannot write the output: ")
    assert b"Traceback" not in err


def test_utf8_whatever_the_console() -> None:
    console = {"PYTHONIOENCODING": "ascii", "LC_ALL": "C"}
    status, out, _ = finished("get", "F023", "--format", "csv", env=console)
    assert status == 0
    assert "£4 billion".encode() in out


@pytest.mark.skipif(sys.platform == "win32", reason="arguments are not bytes there")
def test_an_argument_that_is_not_utf8_is_an_unknown_name() -> None:
    status, _, err = finished("get", b"\xff")
    assert status == 3
    assert b"No identifier" in err


def test_main_runs_twice_in_one_process(capsys: pytest.CaptureFixture[str]) -> None:
    outputs = []
    for _ in range(2):
        assert cli.main(["returns", "--format", "csv"]) == 0
        outputs.append(capsys.readouterr().out)
    assert outputs[0] == outputs[1] != ""


def test_each_subject_has_the_commands_it_is_listed_with() -> None:
    for subject, names in SUBJECTS.items():
        for name in names:
            (commands,) = (a.choices for a in parser_for(name)._actions if a.choices)
            assert list(commands or ()) == list(names), subject
