"""The command for the page and the card: explore."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, TextIO

from ..wording import printable
from .output import note, paragraph

if TYPE_CHECKING:
    import argparse

    from .commands import Commands

# Stands for standard output.
_OUT = "-"


def _explore(options: argparse.Namespace, out: TextIO) -> int:
    if options.output is None:
        name = f"{options.card.lower()}.svg" if options.card else "page.html"
        options.usage(f"Where shall we write it? Add --output {name}.")
    if options.card:
        return _card(options, out)
    from ..page.explore import explore, page_of

    if options.output == _OUT:
        out.write(page_of(options.package))
        return 0
    explore(options.output, options.package)
    number = len(options.package.rows("figures"))
    size = f"{os.path.getsize(options.output) / 1000:,.0f} kB"
    out.writelines(
        paragraph(
            f"Wrote {printable(options.output)}: {number:,} figures, {size}. Open it in a browser; "
            "it needs no network."
        )
    )
    return 0


def _card(options: argparse.Namespace, out: TextIO) -> int:
    from ..page.card import card

    made = card(options.card, None if options.output == _OUT else options.output, options.package)
    if options.output == _OUT:
        out.write(made.svg)
        note(f"Alternative text: {made.alt}")
        return 0
    out.writelines(paragraph(f"Wrote {printable(options.output)}. Alternative text for it:"))
    out.writelines(paragraph(printable(made.alt), indent=2))
    return 0


def register(commands: Commands) -> None:
    """Add the command of this subject."""
    explore = commands.add("explore", _explore, ())
    explore.add_argument(
        "--output",
        metavar="FILE",
        help="the file to write; - for standard output",
    )
    explore.add_argument(
        "--card",
        metavar="FIGURE",
        choices=commands.names("figures"),
        help="one claim on a card instead, as SVG, or as a page if FILE ends in .html",
    )
