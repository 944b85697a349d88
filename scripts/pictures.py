"""Take the pictures of the page that the README and docs/page.md show.

    uv run python scripts/pictures.py    needs Chromium (Debian: apt-get install chromium)

Each picture shows one part of the page in one state. The page is made from this checkout; nothing
is loaded from elsewhere.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Page, sync_playwright

from albania_uk_migration import card, explore

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "pictures"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


class Picture(NamedTuple):
    """A picture: its name, a part of the page, and how the page is looked at."""

    name: str
    part: str
    width: int = 1000
    dark: bool = False
    height: int | None = None


PICTURES = (
    Picture("claim", "#claim", height=1010),
    Picture("claim-dark", "#claim", dark=True, height=1010),
    Picture("phone", "#claim", width=390, height=1500),
    Picture("over-time", "#time"),
    Picture("claim-by-claim", "#claims", height=1000),
    Picture("disagreements", "#disagreements", height=900),
    Picture("timeline", "#timeline"),
)


def main() -> int:
    """Take every picture; returns the exit status."""
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        print("No Chromium here. On Debian: apt-get install chromium", file=sys.stderr)
        return 1
    FOLDER.mkdir(exist_ok=True)
    card("F034", FOLDER / "card.svg")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        path = Path(folder) / "page.html"
        explore(path)
        args = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
        opened = playwright.chromium.launch(executable_path=browser, args=args)
        for picture in PICTURES:
            context = opened.new_context(
                viewport={"width": picture.width, "height": 900},
                color_scheme="dark" if picture.dark else "light",
            )
            page = context.new_page()
            page.goto(path.as_uri())
            take(page, picture)
            context.close()
        opened.close()
    return 0


def take(page: Page, picture: Picture) -> None:
    """One part of the page, as far down as the picture goes."""
    box = page.locator(picture.part).bounding_box()
    assert box is not None
    height = min(box["height"], picture.height or box["height"])
    clip = {"x": 0.0, "y": box["y"], "width": float(picture.width), "height": height}
    path = FOLDER / f"{picture.name}.png"
    page.screenshot(path=path, full_page=True, clip=clip)  # type: ignore[arg-type]
    print(f"{path.relative_to(ROOT)}: {path.stat().st_size / 1000:,.0f} kB")


if __name__ == "__main__":
    raise SystemExit(main())
