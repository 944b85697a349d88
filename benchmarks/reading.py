"""Megabytes a second of `find_quantities`, beside quantulum3 on the same text, in one run.

    uv run --with quantulum3 python benchmarks/reading.py            from 10 kB to 100 MB
    uv run --with quantulum3 python benchmarks/reading.py --upto 1e6
    uv run python benchmarks/reading.py --adversarial                texts made to be slow

The text is the five documents, and for dense text the labelled sentences of the tests, repeated.
quantulum3 grows slower with the length of a text; at each size it is also given the text in pieces
of about 2 kB, where it does best, for a minute at most. The first table has the time per megabyte,
as a multiple of that at 1 MB, and the memory used beside the text.
"""

from __future__ import annotations

import argparse
import sys
import time
import tracemalloc
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

from albania_uk_migration import find_quantities

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
SIZES = (10**4, 10**5, 10**6, 10**7, 10**8)
PIECE = 2_000
PATIENCE = 60.0


def repeated(base: str, size: int) -> str:
    return (base * (size // len(base) + 1))[:size]


def pieces(text: str) -> list[str]:
    """The text cut at line ends or spaces into pieces of about 2 kB."""
    cut, at = [], 0
    while at < len(text):
        end = len(text) if at + PIECE >= len(text) else text.rfind(" ", at, at + PIECE) + 1
        end = end if end > at else at + PIECE
        cut.append(text[at:end])
        at = end
    return cut


def seconds(read: Callable[[str], Iterable[object]], texts: Iterable[str]) -> tuple[float, int]:
    """Time of reading some texts, and what was found."""
    begun = time.perf_counter()
    found = sum(1 for text in texts for _ in read(text))
    return time.perf_counter() - begun, found


def peak_beside(text: str) -> int:
    """Bytes held at most while the text is read, the text itself not counted."""
    tracemalloc.start()
    for _ in find_quantities(text):
        pass
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak


def sizes(base: str, upto: float) -> None:
    print(
        f"{'characters':>12} {'found':>9} {'MB/s':>7} {'per MB, of 1 MB':>16} {'beside text':>12}"
    )
    per = {}
    for size in SIZES:
        if size > upto:
            break
        text = repeated(base, size)
        rounds = max(1, 10**5 // size)
        taken, found = min(seconds(find_quantities, [text]) for _ in range(min(3, rounds + 1)))
        per[size] = taken / size
        beside = peak_beside(text[: 10**7])
        ratio = f"{per[size] / per[10**6]:.2f}" if 10**6 in per else "-"
        print(f"{size:>12,} {found:>9,} {size / taken / 1e6:>7.2f} {ratio:>16} {beside:>12,}")


def against_quantulum3(base: str, upto: float) -> None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            from quantulum3 import parser
    except ImportError:
        print("quantulum3 is not installed: uv run --with quantulum3 python benchmarks/reading.py")
        return
    parser.parse("5 km")
    whole_seconds = 0.0
    print(f"{'characters':>12} {'as':>7} {'ours kB/s':>10} {'quantulum3 kB/s':>16} {'times':>7}")
    for size in SIZES:
        for how in ("whole", "pieces"):
            text = repeated(base, min(size, int(upto)))
            texts = [text] if how == "whole" else pieces(text)
            begun = time.perf_counter()
            done = 0
            # Ten times the text takes it some hundred times as long.
            if how == "whole" and whole_seconds * 100 > PATIENCE * 2:
                print(f"{size:>12,} {how:>7} {'':>10} {'too slow':>16}")
                continue
            for one in texts:
                parser.parse(one)
                done += len(one)
                if time.perf_counter() - begun > PATIENCE:
                    break
            spent = time.perf_counter() - begun
            theirs = done / spent
            whole_seconds = spent if how == "whole" else whole_seconds
            taken, _ = min(seconds(find_quantities, texts) for _ in range(3))
            ours = len(text) / taken
            print(
                f"{size:>12,} {how:>7} {ours / 1e3:>10,.0f} {theirs / 1e3:>16,.1f} "
                f"{ours / theirs:>7,.0f}"
            )
        if size >= min(10**5, upto):
            break


# Texts that a reader could stumble over, by what they repeat.
ADVERSARIAL = {
    "digits": "1234567890",
    "groups": "1,111",
    "comma groups": ",111",
    "hundreds": "one hundred ",
    "hedges": "more than ",
    "ranges": "1 to ",
    "dashes": "1-2-",
    "glued": "A1B2C3",
    "hyphens": "a-",
    "lines": "\n",
    "spaces": " ",
    "spaced lines": " \n \t",
    "slashes": "1/",
    "colons": "1:",
    "points": "1.",
    "currency": "£",
    "articles": "section 3 and ",
    "references": "(3)",
    "records": "the worst of the ",
    "quotes": "“‘",
    "halves": "half a ",
    "parts": "one in ",
    "addresses": "www.a/",
    "other digits": "\u0661\u0967½",
    "letters": "x",
}


def adversarial() -> None:
    """Time at four times the length, which is four times the time where the cost is linear."""
    print(f"{'text':<14} {'MB/s':>8} {'four times as long takes':>26}")
    for name, piece in ADVERSARIAL.items():
        short, long = repeated(piece, 200_000), repeated(piece, 800_000)
        small = min(seconds(find_quantities, [short])[0] for _ in range(3))
        large = min(seconds(find_quantities, [long])[0] for _ in range(3))
        print(f"{name:<14} {0.8 / large:>8.2f} {large / small:>22.1f} times")


def main() -> None:
    from tests.support.labelled import labelled

    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("--upto", type=float, default=1e8, help="largest size in characters")
    options.add_argument("--adversarial", action="store_true", help="texts made to be slow")
    chosen = options.parse_args()
    if chosen.adversarial:
        adversarial()
        return
    seeds = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "seeds").iterdir())]
    for name, base in (
        ("the five documents", "\n\n".join([*seeds, ""])),
        ("labelled sentences, dense", "\n\n".join(sentence for sentence, _ in labelled()) + "\n\n"),
    ):
        print(f"\n{name}, repeated")
        sizes(base, chosen.upto)
        against_quantulum3(base, chosen.upto)


if __name__ == "__main__":
    main()
