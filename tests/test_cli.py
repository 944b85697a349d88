"""The command line as a user meets it: output, messages, exit status."""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from albania_uk_migration import __version__, records, table_names
from albania_uk_migration.cli import completion
from albania_uk_migration.cli import main as cli
from albania_uk_migration.cli import output as printing
from albania_uk_migration.cli.main import SUBJECTS, parser_for
from albania_uk_migration.cli.output import FORMATS, PROGRAM
from albania_uk_migration.cli.series import hedged
from albania_uk_migration.series.returns import returns_series
from albania_uk_migration.tables.package import package

from .alteration import FILES, ROOT, SEEDS, text_rows
from .commands import finished, process, read_csv, run


def test_without_argument_it_says_what_is_inside() -> None:
    done = run()
    assert done.returncode == 0
    for table in table_names():
        assert table in done.stdout
    assert __version__ in done.stdout
    assert run("--version").stdout.strip().endswith(__version__)


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
        assert done.stdout.startswith("usage: albania-uk-migration")


def test_returns_in_csv() -> None:
    done = run("returns", "--format", "csv")
    rows = {row["year"]: row for row in read_csv(done.stdout)}
    assert done.returncode == 0
    assert [rows["2021"][c] for c in ("enforced", "voluntary", "total")] == ["", "492", ""]
    assert [rows["2022"][c] for c in ("enforced", "voluntary", "total")] == ["954", "934", "1888"]
    assert [rows["2023"][c] for c in ("enforced", "voluntary", "total")] == ["389", "406", "795"]
    assert rows["2023"]["months"] == "January to March"
    assert rows["2023"]["complete"] == "false"
    assert "2023 is January to March only." in done.stderr
    assert "Left out:" in done.stderr


def test_returns_in_json_and_as_a_table() -> None:
    rows = json.loads(run("returns", "--format", "json").stdout)
    assert rows[1]["total"] == 1888
    assert rows[0]["total"] is None
    table = run("returns", "--format", "table").stdout.splitlines()
    assert table[0].split() == ["year", "months", "enforced", "voluntary", "total", "figure_ids"]
    assert "1888" in table[3]


@pytest.mark.parametrize("table", table_names())
def test_show_gives_every_cell_in_csv_and_fits_the_terminal_as_a_table(table: str) -> None:
    shown = read_csv(run("show", table, "--format", "csv").stdout)
    assert len(shown) == len(records(table))
    for width in (40, 80, 120):
        done = run("show", table, "--format", "table", COLUMNS=str(width))
        assert done.returncode == 0
        assert max(map(len, done.stdout.splitlines()), default=0) <= width


@given(st.text(max_size=200), st.integers(1, 30))
def test_wrapped_text_fits_and_loses_nothing(text: str, width: int) -> None:
    lines = printing.wrap(text, width)
    assert max(map(len, lines)) <= width
    assert "".join("".join(lines).split()) == "".join(text.split())


def test_get_finds_a_row_of_any_table_with_one_key() -> None:
    for identifier in (
        "F011",
        "S010",
        "A001",
        "E001",
        "D003",
        "home-office",
        "albanian",
        "returns",
    ):
        done = run("get", identifier, "--format", "json")
        (row,) = json.loads(done.stdout)
        assert identifier in row.values()
    assert "1888" in run("get", "F011", "--format", "table").stdout


@pytest.mark.parametrize("form", FORMATS)
def test_get_warns_of_reworded_words_in_every_format(form: str) -> None:
    for identifier in ("F002", "S003", "E004"):
        assert "as reworded by the repost" in run("get", identifier, "--format", form).stderr
    assert "reworded" not in run("get", "F011", "--format", form).stderr


def test_evidence_shows_the_words_in_their_place() -> None:
    done = run("evidence", "F011")
    assert done.returncode == 0
    assert ">>>1,888<<<" in done.stdout
    assert "proved" in done.stdout
    reworded = run("evidence", "F001").stdout
    assert "as reworded by the repost" in reworded
    assert json.loads(run("evidence", "F011", "--format", "json").stdout)["words"] == "1,888"


def test_verify_in_the_checkout_proves_every_span() -> None:
    done = run("verify", "--require-documents")
    assert done.returncode == 0
    assert "NOT PROVED" not in done.stdout
    assert done.stdout.rstrip().endswith("All good.")
    assert json.loads(run("verify", "--format", "json").stdout)["ok"] is True


def test_verify_fails_with_its_places_on_an_altered_document(tmp_path: Path) -> None:
    for seed in SEEDS.iterdir():
        (tmp_path / seed.name).write_bytes(seed.read_bytes().replace(b"1,888", b"1,889"))
    done = run("verify", "--documents", str(tmp_path))
    assert done.returncode == 1
    assert "documents D001, sha256" in done.stdout
    assert "figures F011, exact" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (("show", "figurs"), 3, 'no table "figurs"; did you mean "figures"?'),
        (("get", "F9999"), 3, 'no identifier "F9999"; they run from F001 to F0'),
        (("get", "S1"), 3, 'did you mean "S001"?'),
        (("get", "home-ofice"), 3, 'did you mean "home-office"?'),
        (("evidence", "home-office"), 3, 'event "home-office"; it is a row of actors'),
        (("verify", "--documents", "README.md"), 1, "README.md is a file; give the folder"),
        (("returns", "--format", "cvs"), 3, 'no format "cvs"; did you mean "csv"?'),
        (("verify", "--format", "csv"), 3, 'no format "csv"; there are text, json'),
        (("evidence", "F011", "--format", "xml"), 3, 'no format "xml"'),
        (("verify", "--documents", "nowhere"), 1, "no folder of documents at nowhere"),
        (("show",), 2, "the following arguments are required: TABLE"),
        (("sing",), 2, 'no command "sing"; there are returns, arrivals'),
        (("retruns",), 2, 'no command "retruns"; did you mean "returns"?'),
        (("show", "figures", "--where", "measure=retuns"), 3, 'no measure "retuns"; did you mean'),
        (("show", "figures", "--where", "mesure=returns"), 3, 'no column "mesure"; did you mean'),
        (("show", "figures", "--where", "measure"), 2, "'measure' is not COLUMN=VALUE"),
        (
            ("show", "figures", "--columns", "value,unti"),
            3,
            'no column "unti"; did you mean "unit"',
        ),
        (("figures", "--measure", "retuns"), 3, 'no measure "retuns"; did you mean "returns"?'),
        (("figures", "--claimant", "home office"), 3, 'did you mean "home-office"?'),
        (("figures", "--period", "last year"), 2, '"last year"'),
        (("timeline", "--kind", "events"), 3, 'no kind "events"; did you mean "event"?'),
        (("describe", "figurs"), 3, 'did you mean "figures"?'),
        (("path", "figurs"), 3, 'did you mean "figures"?'),
        (("completion", "tcsh"), 3, 'no shell "tcsh"'),
        (("validate", "data/figures.csv", "--table", "figurs"), 3, 'did you mean "figures"?'),
        (("validate", "README.md"), 2, "say which table README.md is to be: --table TABLE"),
        (
            ("validate", "nowhere.csv", "--table", "figures"),
            1,
            "nowhere.csv cannot be read: No such",
        ),
        (("validate", "README.md", "--table", "figures"), 1, ""),
        (("validate", "data/figures.csv", "--context", "actors"), 2, "is not TABLE=FILE"),
        (("validate", "data/figures.csv", "--context", "actor=x"), 3, 'did you mean "actors"?'),
        (("validate", "data/figures.csv", "--context", "actors=data/measures.csv"), 1, "context: "),
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


@pytest.mark.skipif(sys.platform == "win32", reason="signals differ there")
def test_ctrl_c_ends_quietly() -> None:
    code = (
        "import signal, sys\n"
        "from albania_uk_migration.cli import main as cli\n"
        # A shell ignores Ctrl-C for what it runs in the background.
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "def interrupted(options, out):\n"
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
    assert err.startswith(b"albania-uk-migration: cannot write: ")
    assert b"Traceback" not in err


def test_evidence_of_an_event_says_what_it_is(tmp_path: Path) -> None:
    done = run("evidence", "E018")
    assert "UK-Albania joint communiqué: signed (happened; 2022-12-13)" in done.stdout
    assert run("evidence", "S001", "--documents", str(tmp_path)).returncode == 1


def test_utf8_whatever_the_console() -> None:
    console = {"PYTHONIOENCODING": "ascii", "LC_ALL": "C"}
    status, out, _ = finished("get", "F023", "--format", "csv", env=console)
    assert status == 0
    assert "£4 billion".encode() in out


@pytest.mark.skipif(sys.platform == "win32", reason="arguments are not bytes there")
def test_an_argument_that_is_not_utf8_is_an_unknown_name() -> None:
    status, _, err = finished("get", b"\xff")
    assert status == 3
    assert b"no identifier" in err


def test_main_runs_twice_in_one_process(capsys: pytest.CaptureFixture[str]) -> None:
    outputs = []
    for _ in range(2):
        assert cli.main(["returns", "--format", "csv"]) == 0
        outputs.append(capsys.readouterr().out)
    assert outputs[0] == outputs[1] != ""


# ---------------------------------------------------------------- series, filters, formats

SERIES = ("returns", "arrivals", "changes", "funding", "timeline", "figures")


@pytest.mark.parametrize("command", SERIES)
def test_a_series_is_the_same_in_every_format(command: str) -> None:
    rows = read_csv(run(command, "--format", "csv").stdout)
    listed = json.loads(run(command, "--format", "json").stdout)
    lines = run(command, "--format", "jsonl").stdout.splitlines()
    assert [json.loads(line) for line in lines] == listed
    assert len(rows) == len(listed)
    for row, values in zip(rows, listed, strict=True):
        assert list(row) == list(values)
        for name, cell in row.items():
            value = values[name]
            assert cell == (
                "" if value is None else json.dumps(value) if value in (True, False) else str(value)
            )
    markdown = run(command, "--format", "markdown").stdout.splitlines()
    assert len(markdown) == len(rows) + 2
    widths = {len(re.findall(r"(?<!\\)\|", line)) for line in markdown}
    assert len(widths) == 1


@pytest.mark.parametrize("command", [*SERIES, "list"])
@pytest.mark.parametrize("width", [40, 80, 200])
def test_a_table_and_its_notes_fit_the_terminal(command: str, width: int) -> None:
    done = run(command, "--format", "table", COLUMNS=str(width))
    assert done.returncode == 0
    assert max(map(len, done.stdout.splitlines() + done.stderr.splitlines())) <= width


def test_the_timeline_holds_every_dated_event_once() -> None:
    rows = read_csv(run("timeline", "--format", "csv").stdout)
    events = [row["id"] for row in rows if row["kind"] == "event"]
    dated = [row["event_id"] for row in records("agreement_events") if row["date"] is not None]
    assert sorted(events) == sorted(dated)
    only = read_csv(run("timeline", "--kind", "event", "--format", "csv").stdout)
    assert [row["id"] for row in only] == events


def test_figures_are_chosen_by_options_that_are_repeated_or_joined() -> None:
    done = run(*"figures --measure returns --measure removals --claimant home-office".split())
    rows = read_csv(done.stdout)
    assert {row["measure"] for row in rows} == {"returns"}
    assert "Do not sum figures" in done.stderr


def test_rows_are_shown_by_their_cells() -> None:
    done = run("show", "figures", "--where", "measure=returns", "--where", "document_id=D003")
    assert [row["figure_id"] for row in read_csv(done.stdout)] == ["F033", "F034", "F036"]
    either = run("show", "actors", "--where", "kind=party", "--where", "kind=court")
    assert {row["kind"] for row in read_csv(either.stdout)} <= {"party", "court"}
    without = run("show", "figures", "--where", "population=", "--columns", "figure_id,unit")
    rows = read_csv(without.stdout)
    assert list(rows[0]) == ["figure_id", "unit"]
    assert len(rows) == sum(row["population"] is None for row in records("figures"))


def test_describe_gives_every_column_its_meaning_and_values() -> None:
    done = run("describe", "figures", "--format", "table", COLUMNS="80")
    for field in package().fields("figures"):
        assert f"\n{field['name']}  (" in done.stdout
    assert "more_than: " in done.stdout
    rows = read_csv(run("describe", "figures", "--format", "csv").stdout)
    assert [row["column"] for row in rows] == [f["name"] for f in package().fields("figures")]


def test_path_gives_a_file_that_can_be_opened() -> None:
    for table in table_names():
        path = Path(run("path", table).stdout.strip())
        assert path.read_bytes() == FILES[f"data/{table}.csv"]
    assert json.loads(Path(run("path").stdout.strip()).read_text("utf-8"))["resources"]


# ---------------------------------------------------------------- validate


def test_validate_tells_a_sound_file_from_a_broken_one(tmp_path: Path) -> None:
    done = run("validate", "data/figures.csv")
    assert done.returncode == 0
    assert f"{len(text_rows('figures'))} rows, no fault" in done.stderr
    broken = tmp_path / "figures.csv"
    broken.write_bytes(FILES["data/figures.csv"].replace(b",persons,", b",items,"))
    done = run("validate", str(broken), "--format", "csv")
    assert done.returncode == 1
    rows = read_csv(done.stdout)
    assert list(rows[0]) == "row line key column value rule message".split()
    assert {"unit"} <= {row["column"] for row in rows}
    assert ({row["rule"] for row in rows}) >= {"unit_is_the_measures"}
    assert "figures.csv as figures: " in done.stderr
    table = run("validate", str(broken), "--format", "table", COLUMNS="80").stdout
    assert 'row 11, line 12, F011, measure "returns" / unit "items":' in table


def test_validate_takes_rows_of_other_files_for_known(tmp_path: Path) -> None:
    own = tmp_path / "own.csv"
    own.write_bytes(FILES["data/agreement_parties.csv"].replace(b",france,", b",gaul,"))
    assert run("validate", str(own), "--table", "agreement_parties").returncode == 1
    actors = tmp_path / "actors.csv"
    actors.write_bytes(FILES["data/actors.csv"].replace(b"\nfrance,", b"\ngaul,"))
    done = run(
        *("validate", str(own), "--table", "agreement_parties", "--context", f"actors={actors}")
    )
    assert done.returncode == 0, done.stderr


def test_what_a_file_says_is_never_run(tmp_path: Path) -> None:
    hostile = '=cmd|" /C calc"!A0\x1b[2J|<script>alert(1)</script>'
    cell = '"' + hostile.replace('"', '""') + '"'
    path = tmp_path / "populations.csv"
    path.write_text(f"population,title,definition,within\nall,{cell},x,\n", encoding="utf-8")
    (row, *_) = read_csv(run("validate", str(path), "--format", "csv").stdout)
    assert row["value"] == "'" + hostile
    for form in ("table", "markdown"):
        done = run("validate", str(path), "--format", form)
        assert done.returncode == 1
        assert "\x1b" not in done.stdout + done.stderr
    assert "\\<script" in run("validate", str(path), "--format", "markdown").stdout
    values = json.loads(run("validate", str(path), "--format", "json").stdout)
    assert values[0]["value"] == hostile


# ---------------------------------------------------------------- colour and completion


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
@pytest.mark.parametrize(("environment", "bold"), [({}, True), ({"NO_COLOR": "1"}, False)])
def test_a_terminal_gets_bold_headings_unless_no_color(
    environment: dict[str, str], bold: bool
) -> None:
    import pty

    ours, theirs = pty.openpty()
    # An empty NO_COLOR is none.
    terminal = {"NO_COLOR": "", "TERM": "xterm", "COLUMNS": "80", **environment}
    assert finished("show", "populations", stdout=theirs, env=terminal)[0] == 0
    os.close(theirs)
    shown = os.read(ours, 100_000)
    os.close(ours)
    assert (b"\x1b[1m" in shown) == bold
    assert b"population" in shown


@pytest.mark.skipif(shutil.which("bash") is None, reason="needs bash")
@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        (["t"], {"timeline"}),
        (["show", "agreement_"], {"agreement_events", "agreement_links", "agreement_parties"}),
        (
            ["figures", "--measure", "voluntary_returns_"],
            {"voluntary_returns_change", "voluntary_returns_share"},
        ),
        (["returns", "--format", "js"], {"json", "jsonl"}),
        (["verify", "--req"], {"--require-documents"}),
    ],
)
def test_bash_completes(typed: list[str], offered: set[str]) -> None:
    script = run("completion", "bash").stdout
    words = " ".join([PROGRAM, *typed])
    code = f"{script}\nCOMP_WORDS=({words}); COMP_CWORD={len(typed)}\n_albania_uk_migration"
    code += '\nprintf "%s\\n" "${COMPREPLY[@]}"'
    done = subprocess.run(["bash", "-c", code], capture_output=True, text=True, check=True)
    assert set(done.stdout.split()) == offered


def test_every_shell_gets_every_command() -> None:
    for shell in completion.SHELLS:
        script = run("completion", shell).stdout
        for command in (*SERIES, "validate", "describe", "completion"):
            assert command in script


@given(st.lists(st.lists(st.text(max_size=60), min_size=3, max_size=3), max_size=4))
def test_any_text_fits_a_table_without_control_characters(cells: list[list[str]]) -> None:
    rows = [dict(zip("abc", row, strict=True)) for row in cells]
    out = io.StringIO()
    printing.print_rows(rows, ["a", "b", "c"], "table", out)
    assert all(c.isprintable() or c == "\n" for c in out.getvalue())


def test_a_bound_is_never_shown_as_a_count() -> None:
    """No shipped year of returns is hedged; one of a reader's own document may be."""
    (row, *_) = returns_series(records("figures")).rows
    bound = {**row, "total": Decimal(2600), "total_lower": Decimal(2600), "total_upper": None}
    assert hedged(bound)["total"] == "lower bound 2600"
    bound |= {"total_lower": None, "total_upper": Decimal(2600)}
    assert hedged(bound)["total"] == "upper bound 2600"
    assert hedged({**bound, "total_upper": None})["total"] == "about 2600"
    assert hedged(row) == row


def test_each_subject_has_the_commands_it_is_listed_with() -> None:
    for subject, names in SUBJECTS.items():
        for name in names:
            (commands,) = (a.choices for a in parser_for(name)._actions if a.choices)
            assert list(commands or ()) == list(names), subject
