"""Records on each reading."""

from __future__ import annotations

from decimal import Decimal

from ..support.figures import made
from ..support.findings import of


def test_a_record_on_one_reading_alone_stands_or_falls_with_it() -> None:
    rank = made("F1", value=1, measure="small_boat_arrivals_rank", unit="rank", population="all")
    rank["rank_among"] = "calendar_years"
    arrivals = {"measure": "small_boat_arrivals", "population": "all"}
    own = made("F2", value=900, **arrivals)
    last = ("2021-01-01", "2021-12-31")
    lower = made("F3", value=700, window=last, **arrivals)
    assert of("rank", [rank, own, lower]) == {("F1", "F2", "F3"): "compatible"}
    higher = made("F3", "more_than", 960, window=last, **arrivals)
    assert of("rank", [rank, own, higher]) == {("F1", "F2", "F3"): "contradicts"}
    second = rank | {"value": Decimal(2), "lower": Decimal(2), "upper": Decimal(2)}
    assert of("rank", [second, own, higher]) == {("F1",): "cannot_tell"}
    near = [rank, own | {"comparator": "more_than", "upper": None}, higher]
    assert of("rank", near) == {("F1", "F2"): "cannot_tell"}
    part = made("F3", value=700, window=("2021-01-01", "2021-06-30"), **arrivals)
    assert of("rank", [rank, own, part]) == {("F1", "F2"): "cannot_tell"}


def test_a_record_to_the_same_day_is_held_against_those_days_alone() -> None:
    arrivals = {"measure": "small_boat_arrivals", "population": "all"}
    rank = made("F1", value=1, unit="rank", population="all", window=("2022-01-01", "2022-05-14"))
    rank |= {"measure": "small_boat_arrivals_rank", "rank_among": "same_days_of_earlier_years"}
    own = made("F2", value=12_699, window=("2022-01-01", "2022-05-14"), **arrivals)
    for window, value, verdict in (
        (("2021-01-01", "2021-05-14"), 11_001, "compatible"),
        (("2021-01-01", "2021-05-14"), 13_001, "contradicts"),
        (("2021-01-01", "2021-01-31"), 501, "cannot_tell"),
        (("2021-01-01", "2021-01-31"), 13_001, "contradicts"),
    ):
        other = made("F3", value=value, window=window, **arrivals)
        assert set(of("rank", [rank, own, other]).values()) == {verdict}
    open_end = {"period_end_earliest": None}
    short = made("F3", value=501, window=("2021-01-01", "2021-01-31"), **arrivals)
    found = of("rank", [rank | open_end, own | open_end, short])
    assert set(found.values()) == {"cannot_tell"}


def test_a_record_needs_a_count_of_its_own_days_and_counts_of_earlier_years() -> None:
    arrivals = {"measure": "small_boat_arrivals", "population": "all"}
    rank = made("F1", value=1, unit="rank", population="all", rank_among="calendar_years")
    rank |= {"measure": "small_boat_arrivals_rank"}
    before = ("2021-01-01", "2021-12-31")
    earlier = made("F3", value=1_001, window=before, **arrivals)
    january = made("F2", value=101, window=("2022-01-01", "2022-01-31"), **arrivals)
    assert set(of("rank", [rank, january, earlier]).values()) == {"cannot_tell"}
    own = made("F2", value=101, window=("2022-06-01", "2022-12-31"), **arrivals)
    days = own["period_start"], own["period_end"]
    half = rank | dict(zip(("period_start", "period_end"), days, strict=True))
    half |= dict(zip(("period_start_latest", "period_end_earliest"), days, strict=True))
    same = made("F3", value=1_001, window=("2022-01-01", "2022-05-31"), **arrivals)
    assert set(of("rank", [half, own, same]).values()) == {"cannot_tell"}
    ceiling = made("F2", "less_than", 1_000, **arrivals)
    below = made("F3", value=999, window=before, **arrivals)
    assert set(of("rank", [rank, ceiling, below]).values()) == {"cannot_tell"}
    unnamed = rank | {"rank_among": None}
    whole = made("F2", value=101, **arrivals)
    assert set(of("rank", [unnamed, whole, earlier]).values()) == {"contradicts"}
