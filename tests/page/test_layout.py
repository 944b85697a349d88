"""No label lies on another, no text is cut, and nothing has to be scrolled sideways."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from albania_uk_migration.page.labels import Box, lines_of, placed, width_of

from ..support.browser import IN_A_BROWSER, Visitor, seen, unfold

WIDTHS = (320, 390, 768, 1280)


class TestInABrowser:
    pytestmark = IN_A_BROWSER

    @pytest.mark.parametrize("width", WIDTHS)
    def test_labels_are_apart_and_whole_and_nothing_scrolls_sideways(
        self, visitor: Visitor, page_file: Path, width: int
    ) -> None:
        page = visitor.open(page_file, (width, 800))
        unfold(page)
        assert page.locator(".axis text:visible, .time text:visible").count() > 30
        assert seen(page, "overlaps") == []
        assert seen(page, "cut") == []
        assert seen(page, "sideways") == []


FRAME = Box(58, 0, 600, 300)
HEIGHT = 24.0
SIZES = st.floats(20, 150)


@st.composite
def labels(draw: st.DrawFn) -> list[list[Box]]:
    """Places wanted for labels that all have room in one column of the frame."""
    found = []
    for _ in range(draw(st.integers(1, int(FRAME.height / HEIGHT / 2)))):
        width = draw(SIZES)
        at = st.builds(
            Box, st.floats(-50, 800), st.floats(-50, 400), st.just(width), st.just(HEIGHT)
        )
        found.append(draw(st.lists(at, min_size=1, max_size=7)))
    return found


LINES = st.builds(Box, st.floats(0, 700), st.floats(0, 300), st.floats(1, 500), st.just(8.0))


@given(labels(), st.lists(LINES, max_size=8))
def test_labels_that_have_room_never_meet_and_stay_in_the_frame(
    wanted: list[list[Box]], lines: list[Box]
) -> None:
    taken: list[Box] = []
    for places in wanted:
        box = placed(places, taken, lines, FRAME)
        assert taken[-1] is box
        assert not any(box.meets(other) for other in taken[:-1])
        assert box.within(FRAME) == box
        assert (box.width, box.height) == places[0][2:]


@given(st.text(max_size=60), st.integers(8, 40), st.integers(40, 600), st.booleans())
def test_lines_fit_and_lose_no_letter(text: str, size: int, width: int, bold: bool) -> None:
    lines = lines_of(text, size, width, bold)
    assert "".join("".join(lines).split()) == "".join(text.split())
    for line in lines:
        assert width_of(line, size, bold) <= width or len(line) == 1
