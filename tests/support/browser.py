"""A Chromium for the tests of the page: found on this machine, started once, without a network.

A test is skipped, and says why, where there is no browser. CI sets BROWSER_TESTS=required; then it
fails instead. CHROMIUM and AXE_CORE name the browser and axe.min.js where we do not find them.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import pytest

from .altered_tables import ROOT

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Dialog, Page, ViewportSize

# What needs a browser says the same on every Python.
IN_A_BROWSER = [pytest.mark.browser, pytest.mark.once]

_NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
_OPTIONS = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
# Milliseconds that we wait for what must happen at once.
_PATIENCE = 10_000
# What our own scripts call, in the page: names of colours, boxes of texts, keys that were pressed.
_LOOKING = Path(__file__).with_name("looking.js")
WIDE, PHONE, SMALL = (1280, 800), (390, 844), (320, 640)


def without(reason: str) -> NoReturn:
    """Skip a test for a reason, or fail where browser tests are required."""
    if os.environ.get("BROWSER_TESTS") == "required":
        pytest.fail(f"browser tests are required here: {reason}", pytrace=False)
    pytest.skip(reason)


def axe_core() -> str:
    """The source of axe-core, or a skipped test."""
    named = os.environ.get("AXE_CORE")
    path = Path(named) if named else ROOT / "node_modules" / "axe-core" / "axe.min.js"
    if not path.is_file():
        without(f"no axe-core at {path}: npm install axe-core, or set AXE_CORE to its axe.min.js")
    return path.read_text(encoding="utf-8")


@contextmanager
def chromium() -> Iterator[Browser]:
    """The browser, until the tests end; or a skipped test."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        without("playwright is not installed: it is one of the development tools")
    with sync_playwright() as playwright:
        found = (os.environ.get("CHROMIUM"), *map(shutil.which, _NAMES))
        path = next(filter(None, (*found, playwright.chromium.executable_path)))
        if not Path(path).exists():
            without("no Chromium: apt-get install chromium, or set CHROMIUM to its path")
        root = ["--no-sandbox"] if getattr(os, "geteuid", lambda: 1)() == 0 else []
        browser = playwright.chromium.launch(executable_path=path, args=[*_OPTIONS, *root])
        yield browser
        browser.close()


class Visitor:
    """Opens pages, each in a context of its own, and remembers whatever they complain of or ask."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._contexts: list[Any] = []
        self.heard: list[str] = []

    def open(
        self, path: Path, size: tuple[int, int] = WIDE, hash_: str = "", **context: Any
    ) -> Page:
        """A page from its file, in a window of a width and height. `context` is playwright's."""
        viewport: ViewportSize = {"width": size[0], "height": size[1]}
        made = self._browser.new_context(offline=True, viewport=viewport, **context)
        self._contexts.append(made)
        made.set_default_timeout(_PATIENCE)
        page = made.new_page()
        page.on("console", lambda one: self.heard.append(f"console: {one.text}"))
        page.on("pageerror", lambda one: self.heard.append(f"error: {one}"))
        page.on("dialog", self._told)
        page.on("popup", lambda one: self.heard.append(f"popup: {one.url}"))
        page.on("request", lambda one: self._asked(one.url, path.as_uri()))
        page.goto(path.as_uri() + hash_)
        return page

    def _told(self, dialog: Dialog) -> None:
        self.heard.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def _asked(self, address: str, own: str) -> None:
        if address.partition("#")[0] != own:
            self.heard.append(f"request: {address}")

    def close(self) -> None:
        """Close every page, and fail if one of them complained or asked for another file."""
        for context in self._contexts:
            context.close()
        assert self.heard == []


def unfold(page: Page) -> None:
    """Open everything that can be opened, and so more than six rows."""
    page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")


def seen(page: Page, what: str) -> Any:
    """What a function of looking.js finds in a page."""
    return page.evaluate(f"({_LOOKING.read_text(encoding='utf-8')}).{what}()")
