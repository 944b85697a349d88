"""How long the page takes: to be made, to open, and to paint after a filter, as tables grow.

    uv run python benchmarks/page.py             48, 1,000 and 10,000 figures
    uv run python benchmarks/page.py 48 100000   others

A filter is timed in Chromium, from a letter typed to the second frame after it: the rows are then
on the screen. Each number is the median of some searches that find many rows, few or none. The last
column is how much longer the filter takes than for the first number of figures. Run it from the
checkout; tests/support/browser.py says which browser it takes.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.support.browser import Visitor, chromium  # noqa: E402
from tests.support.many_figures import many_figures  # noqa: E402

from albania_uk_migration.page.explore import page_of  # noqa: E402

if TYPE_CHECKING:
    from playwright.sync_api import Page

SIZES = (48, 1_000, 10_000)
SEARCHES = ("s", "came", "8,000", "albanian returns", "nothing has this", "")
ROUNDS = 3
# What a reader takes for at once, in milliseconds.
AT_ONCE = 150
_PAINTED = """words => new Promise((done) => {
  const find = document.getElementById("find");
  const begun = performance.now();
  find.value = words;
  find.dispatchEvent(new Event("input", { bubbles: true }));
  requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - begun)));
})"""


def filter_times(page: Page) -> list[float]:
    """Milliseconds from a search typed to its rows painted, for each search and round."""
    page.locator("#figures").scroll_into_view_if_needed()
    return [float(page.evaluate(_PAINTED, words)) for _ in range(ROUNDS) for words in SEARCHES]


def main() -> None:
    sizes = [int(size) for size in sys.argv[1:]] or list(SIZES)
    print(
        f"{'figures':>8} {'made in':>9} {'size':>9} {'opens in':>9} "
        f"{'filter':>8} {'longest':>8} {'growth':>7}"
    )
    first = None
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        for size in sizes:
            package, path = many_figures(size), Path(folder) / f"{size}.html"
            begun = time.perf_counter()
            path.write_text(page_of(package), encoding="utf-8", newline="\n")
            made = time.perf_counter() - begun
            visitor = Visitor(browser)
            begun = time.perf_counter()
            page = visitor.open(path)
            opened = time.perf_counter() - begun
            times = filter_times(page)
            visitor.close()
            usual = statistics.median(times)
            first = first or usual
            print(
                f"{size:>8,} {made:>7.1f} s {path.stat().st_size / 1e6:>6.1f} MB {opened:>7.1f} s "
                f"{usual:>5.0f} ms {max(times):>5.0f} ms {usual / first:>6.1f}x"
                + ("" if max(times) <= AT_ONCE else f"  over {AT_ONCE} ms"),
                flush=True,
            )


if __name__ == "__main__":
    main()
