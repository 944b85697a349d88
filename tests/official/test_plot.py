"""A picture of every vintage, written whole."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from albania_uk_migration import UnknownNameError
from albania_uk_migration.errors import AlbaniaUkMigrationError
from albania_uk_migration.official.plot import plot_vintages, save


def test_a_picture_has_every_vintage_and_is_written_whole(tmp_path: Path) -> None:
    chart = plot_vintages("returns", "2022")
    panels = {
        panel["title"]["text"]: panel["data"]["values"] for panel in chart.to_dict()["vconcat"]
    }
    drawn = panels["enforced returns"]
    assert [point["persons"] for point in drawn] == [956, 959, 964, 958]
    (lone,) = panels["total returns, types not stated"]
    assert (lone["persons"], lone["doubt"]) == (2035, "seen only in two copies of the release")
    doubts = plot_vintages("returns", "2025").to_dict()["vconcat"]
    hollow = {
        panel["title"]["text"]: [p["doubt"] for p in panel["data"]["values"]] for panel in doubts
    }
    assert hollow["enforced returns"] == [None, None]
    assert all(hollow["voluntary returns"])
    path = tmp_path / "vintages.svg"
    save(chart, str(path))
    assert "2,010" in path.read_text("utf-8")
    assert list(tmp_path.iterdir()) == [path]
    with pytest.raises(UnknownNameError, match="form of picture"):
        save(chart, str(tmp_path / "vintages.xyz"))
    with pytest.raises(UnknownNameError, match="No release that we have"):
        plot_vintages("returns", "2017")


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
def test_a_planted_link_is_not_followed(tmp_path: Path) -> None:
    victim, path = tmp_path / "victim.txt", tmp_path / "vintages.svg"
    victim.write_text("mine", encoding="utf-8")
    for planted in ("vintages.svg", "vintages.svg.new.svg", ".vintages.svg.new.svg"):
        (tmp_path / planted).symlink_to(victim)
    save(plot_vintages("returns", "2022"), str(path))
    assert victim.read_text("utf-8") == "mine"
    assert path.is_file()
    assert not path.is_symlink()
    with pytest.raises(AlbaniaUkMigrationError, match="Cannot write"):
        save(plot_vintages("returns", "2022"), str(tmp_path / "no folder" / "vintages.svg"))
