"""Read docs/recipes.md, and run the code in it as a reader would, in a folder of its own."""

from __future__ import annotations

import csv
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import openpyxl

from ..support.browser import chromium
from .environments import FOLDER, ROOT, python_of

PAGE = (ROOT / "docs" / "recipes.md").read_text(encoding="utf-8")
# Seconds after which a program is given up.
_PATIENCE = 300
_SERVER = "python3 -m http.server "
# The port in the page; here the system chooses a free one.
_PORT = "8000"


@dataclass(frozen=True)
class Block:
    """Code, and what the page says that it prints; None if it does not say."""

    language: str
    code: str
    prints: str | None


def recipes() -> dict[str, list[Block]]:
    """The sections of the page that have code."""
    found: dict[str, list[Block]] = {}
    for section in re.split(r"^## ", PAGE, flags=re.MULTILINE)[1:]:
        title, _, body = section.partition("\n")
        blocks: list[Block] = []
        for language, code in re.findall(r"^```(\w+)\n(.*?)^```$", body, re.DOTALL | re.MULTILINE):
            if language == "text":
                blocks[-1] = Block(blocks[-1].language, blocks[-1].code, code)
            else:
                blocks.append(Block(language, code, None))
        if blocks:
            found[title] = blocks
    return found


def without_padding(text: str) -> str:
    """Text without blanks at the end of lines, which some programs print, and the last break."""
    return re.sub(r"[ \t]+$", "", text, flags=re.MULTILINE).strip("\n")


class Kitchen:
    """A folder in which the blocks of one recipe run, one after the other."""

    def __init__(self, folder: Path, python: Path) -> None:
        self.folder, self.python = folder, python
        self.port = _PORT
        self._open = ExitStack()
        paths = [Path(sys.executable).parent, python_of("duckdb-cli").parent]
        self.env = {
            **os.environ,
            "PATH": os.pathsep.join([*map(str, paths), os.environ["PATH"]]),
            "PYTHONPATH": str(ROOT / "src"),
            "UV_PYTHON": sys.executable,
            "HF_HOME": str(folder / "huggingface"),
            "HF_HUB_OFFLINE": "1",
        }
        # What a reader has after `npm install`.
        (folder / "node_modules").symlink_to(FOLDER / "npm" / "node_modules")

    def __enter__(self) -> Kitchen:
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    def run(self, block: Block) -> str:
        """What a block prints."""
        code = block.code.replace(f":{_PORT}/", f":{self.port}/").replace("CHECKOUT", str(ROOT))
        runs: dict[str, Callable[[str], str]] = {
            "sh": self._shell,
            "python": lambda code: self._program(code, "recipe.py", str(self.python)),
            "r": lambda code: self._program(code, "recipe.R", "Rscript", "--vanilla"),
            "js": lambda code: self._program(code, "recipe.mjs", "node"),
            "sql": lambda code: self._command("duckdb", "tables.duckdb", given=code),
            "html": self._save_page,
            "excel": self._formulas,
        }
        return without_padding(runs[block.language](code))

    def _command(self, *command: str, given: str = "") -> str:
        done = subprocess.run(
            command,
            cwd=self.folder,
            env=self.env,
            input=given,
            capture_output=True,
            encoding="utf-8",
            timeout=_PATIENCE,
            check=False,
        )
        if done.returncode:
            # A program in WebAssembly prints a megabyte of itself before the error.
            raise RuntimeError(f"{command[0]} ended with {done.returncode}:\n{done.stderr[-2000:]}")
        return done.stdout

    def _program(self, code: str, name: str, *command: str) -> str:
        (self.folder / name).write_text(code, encoding="utf-8")
        return self._command(*command, name)

    def _shell(self, code: str) -> str:
        if not code.startswith(_SERVER):
            return self._command("bash", "-euo", "pipefail", "-c", code)
        self.port = self._open.enter_context(_served(code, self.folder))
        page = self.folder / "page.html"
        return _shown(f"http://127.0.0.1:{self.port}/page.html") if page.exists() else ""

    def _save_page(self, code: str) -> str:
        (self.folder / "page.html").write_text(code, encoding="utf-8")
        return ""

    def _formulas(self, code: str) -> str:
        """What LibreOffice makes of formulas in a new sheet of the workbook, a line for each."""
        book = openpyxl.load_workbook(self.folder / "tables.xlsx")
        sheet = book.create_sheet("answers")
        for formula in code.splitlines():
            sheet.append([formula])
        book.save(self.folder / "answered.xlsx")
        convert(
            self.folder / "answered.xlsx", "csv:Text - txt - csv (StarCalc):44,34,76,1,,,,,,,,-1"
        )
        with open(self.folder / "answered-answers.csv", encoding="utf-8", newline="") as file:
            return "\n".join(cell for (cell,) in csv.reader(file))


def convert(path: Path, to: str) -> None:
    """Let LibreOffice convert a file, beside it."""
    profile = f"-env:UserInstallation={(path.parent / 'libreoffice').as_uri()}"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", to, "--outdir", path.parent, path],
        capture_output=True,
        timeout=_PATIENCE,
        check=True,
    )


@contextmanager
def _served(command: str, folder: Path) -> Iterator[str]:
    """Run a command that serves a folder, on a port that is free, and give the port."""
    _, *arguments, port = shlex.split(command)
    assert port == _PORT, command
    with subprocess.Popen(
        [sys.executable, "-u", *arguments, "0"],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        encoding="utf-8",
    ) as server:
        try:
            assert server.stdout is not None
            says = re.match(r"Serving HTTP on 127\.0\.0\.1 port (\d+) ", server.stdout.readline())
            assert says is not None
            yield says[1]
        finally:
            server.terminate()


def _shown(address: str) -> str:
    """What a page says in Chromium, once its script has answered; it asks only its own server."""
    asked: list[str] = []
    with chromium() as browser:
        page = browser.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.goto(address)
        page.wait_for_function("document.querySelector('#answer').textContent")
        text = page.inner_text("body")
    own = address.removesuffix("page.html")
    assert all(url.startswith(own) for url in asked), asked
    return re.sub(r"\n+", "\n", text)
