"""Whatever the strategies draw is sound, in every form, and varied enough to be worth drawing."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from albania_uk_migration import schema, strategies, table_names, validate
from albania_uk_migration.series.returns import returns_series
from albania_uk_migration.tables.package import shipped

from .support.altered_tables import ROOT, to_csv
from .support.figures import with_figures
from .support.trying import examples, share

SLOW = examples(30, suppress_health_check=list(HealthCheck))


@pytest.mark.parametrize("table", table_names())
def test_a_drawn_frame_is_sound(table: str) -> None:
    @SLOW
    @given(strategies.frames(table))
    def law(frame: Any) -> None:
        checked = validate(frame, table)
        assert len(checked) == len(frame)

    law()


@pytest.mark.parametrize("table", table_names())
def test_a_drawn_table_is_sound_as_a_file_too(table: str, tmp_path: Path) -> None:
    names = list(shipped().types(table))

    @SLOW
    @given(strategies.tables(table))
    def law(rows: list[Any]) -> None:
        cells = [
            {
                n: str(c).lower() if isinstance(c, bool) else "" if c is None else str(c)
                for n, c in row.items()
            }
            for row in rows
        ]
        path = tmp_path / "drawn.csv"
        path.write_bytes(to_csv(cells, names))
        assert len(validate(path, table)) == len(rows)

    law()


@settings(SLOW, max_examples=share(10))
@given(strategies.frames("figures"))
def test_a_drawn_frame_keeps_its_pandera_schema(frame: Any) -> None:
    assert len(schema("figures").validate(frame, lazy=True)) == len(frame)


@given(strategies.returns())
def test_drawn_returns_add_up(rows: list[Any]) -> None:
    assert len(validate(rows, "figures")) == len(rows)
    drawn = returns_series(with_figures(rows)).rows
    assert len(drawn) == len(rows) / 3
    for row in drawn:
        assert row["enforced"] + row["voluntary"] == row["total"]


@SLOW
@given(strategies.rows("figures"), strategies.windows(), strategies.quantities())
def test_windows_nest_and_bounds_hold_the_value(row: Any, window: Any, quantity: Any) -> None:
    for drawn in (row, window):
        ladder = ("period_start", "period_start_latest", "period_end_earliest", "period_end")
        days = [drawn[name] for name in ladder if drawn[name] is not None]
        assert days == sorted(days)
    for drawn in (row, quantity):
        bounds = [drawn[name] for name in ("lower", "value", "upper") if drawn[name] is not None]
        assert bounds == sorted(bounds)


WANTED = {
    "a range": lambda row: row["comparator"] == "between",
    "a decrease": lambda row: row["direction"] == "decrease",
    "a rank": lambda row: row["rank_among"] is not None,
    "a rank said to be the only one": lambda row: row["sole"] is True,
    "a figure in a statement": lambda row: row["statement_id"] is not None,
    "a figure in a document's own voice": lambda row: row["claimant_basis"] == "own_voice",
    "a period with uncertain ends": lambda row: (
        row["period"] is not None and row["period_end_earliest"] is None
    ),
    "words of a period": lambda row: row["period_exact"] is not None,
    "a repeat": lambda row: row["repeats"] is not None,
    "no population": lambda row: row["population"] is None,
}


def test_every_kind_of_figure_is_drawn() -> None:
    seen: set[str] = set()

    @settings(SLOW, max_examples=share(400), phases=[Phase.generate], database=None)
    @given(strategies.tables("figures", min_size=4))
    def draw(rows: list[Any]) -> None:
        seen.update(name for name, wanted in WANTED.items() if any(map(wanted, rows)))

    draw()
    assert seen == set(WANTED)


@examples(25)
@given(strategies.tables("figures", min_size=2, max_size=3))
def test_tables_are_as_large_as_asked_and_drawn_fast_enough_for_hypothesis(rows: list[Any]) -> None:
    assert 2 <= len(rows) <= 3


def test_without_hypothesis_the_extra_is_named() -> None:
    code = "import sys; sys.modules['hypothesis'] = None\nimport albania_uk_migration.strategies"
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT / "src")},
    )
    assert 'pip install "albania-uk-migration[hypothesis]"' in done.stderr


@given(st.data())
def test_an_unknown_table_is_named(data: Any) -> None:
    with pytest.raises(LookupError, match='Did you mean "figures"'):
        data.draw(strategies.tables("figurs"))
