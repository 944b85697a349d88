"""Pictures of series: one period of an official series over its vintages.

Releases stand in their order, not at a place in time: of most only a day is known by which they
were public. Needs altair, and vl-convert for files: the extra `plot`.
"""

from __future__ import annotations

import importlib
import os
from typing import TYPE_CHECKING, Any

from .claims import vocabulary
from .errors import AlbaniaUkMigrationError, MissingExtraError, UnknownNameError
from .official import released_in_words, shipped
from .series import vintage_series

if TYPE_CHECKING:
    import altair

# Forms of a file, by the ending of its name.
ENDINGS = ("svg", "png", "pdf", "html", "json")
_TITLES = {
    "value": "enforced and voluntary",
    "enforced_returns": "enforced",
    "voluntary_returns": "voluntary",
}
_TITLES |= {"port_returns": "port (kept apart)"}
# A palette that can be told apart by those who do not see all colours (Okabe and Ito).
_COLOURS = ("#0072B2", "#D55E00", "#009E73", "#666666", "#CC79A7")

_SURE = "held as published"
_UNSPLIT = "total, types not stated"


def _altair() -> Any:
    try:
        return importlib.import_module("altair")
    except ImportError:
        raise MissingExtraError("a plot", "altair", "plot") from None


def plot_vintages(
    measure: str, period: str, population: str = "albanian", area: str = "GBR"
) -> altair.LayerChart:
    """A chart of one period of an official series over its vintages, the oldest to the left.

    Each point is a value with its number beside it, each step of the axis a release with what is
    known of its day; hollow points are to be rechecked. Of a measure that is split (returns) each
    part is a line of its own. The vertical axis need not begin at zero: it shows revisions.
    Arguments and errors are those of `official_vintages`; raises MissingExtraError without altair.
    The chart can be shown in a notebook, changed, or saved (`chart.save("vintages.svg")`).

    >>> chart = plot_vintages("small_boat_arrivals", "2022")
    >>> len(chart.to_dict()["layer"])
    4
    """
    points = _points(measure, period, population, area)
    if not points:
        raise UnknownNameError(
            "vintage of", f"{measure} {period}", [], "no release that is held has that period"
        )
    labels = list(dict.fromkeys(point["release"] for point in points))
    several = len({point["counted"] for point in points}) > 1
    chart = _altair()
    title = vocabulary().title((measure, population, area))
    base = chart.Chart(chart.Data(values=points)).encode(
        x=chart.X(
            "release:N",
            sort=labels,
            title=None,
            axis=chart.Axis(labelExpr="split(datum.label, '|')", labelAngle=0, labelLimit=200),
        ),
        y=chart.Y("persons:Q", title="persons", scale=chart.Scale(zero=False, padding=20)),
        color=chart.Color(
            "counted:N",
            title=None,
            scale=chart.Scale(range=list(_COLOURS)),
            legend=chart.Legend(orient="top") if several else None,
        ),
    )
    # Enforced and voluntary returns lie close together: one has its numbers below.
    above = f"datum.counted != '{_TITLES['enforced_returns']}'"
    told = ["Official values, not from the documents. The axis need not begin at zero."]
    if any(point["sure"] != _SURE for point in points):
        told.append("Hollow: to be rechecked.")
    drawn: altair.LayerChart = chart.layer(
        base.mark_line(strokeWidth=1, opacity=0.5, interpolate="step-after"),
        base.mark_point(size=70, filled=False, strokeWidth=2).encode(
            fill=chart.condition(
                "datum.sure == 'to be rechecked'",
                chart.value("white"),
                chart.Fill("counted:N", scale=chart.Scale(range=list(_COLOURS)), legend=None),
            )
        ),
        base.mark_text(dy=-13).transform_filter(above).encode(text="number:N"),
        base.mark_text(dy=15).transform_filter(f"!({above})").encode(text="number:N"),
    ).properties(
        width=chart.Step(190),
        height=320,
        title=chart.Title(
            f"{title}, {period}, by release",
            subtitle=" ".join(told),
            anchor="start",
        ),
    )
    return drawn


def _points(measure: str, period: str, population: str, area: str) -> list[dict[str, Any]]:
    """A point for each value of each vintage: its release, number, what it counts, how sure."""
    series = vintage_series(period, measure, population, area)
    releases = shipped().releases
    names = [name for name in series.types if name == "value" or name.endswith("_returns")]
    points = []
    for row in series.rows:
        label = f"{row['release_id']}|{released_in_words(releases[row['release_id']])}"
        for name in names:
            if row[name] is None:
                continue
            counted = _TITLES.get(name, name) if len(names) > 1 else "all"
            if name == "value" and len(names) > 1 and row[names[0]] is None:
                counted = _UNSPLIT
            sure = "to be rechecked" if row["recheck"] else _SURE
            point = {"release": label, "persons": row[name], "number": f"{row[name]:,}"}
            points.append({**point, "counted": counted, "sure": sure})
    return points


def save(chart: Any, path: str) -> None:
    """Write a chart to a file, whole or not at all, in the form that its ending names."""
    ending = os.path.splitext(path)[1].removeprefix(".").lower()
    if ending not in ENDINGS:
        raise UnknownNameError("form of picture", ending or path, ENDINGS)
    beside = f"{path}.new.{ending}"
    try:
        chart.save(beside)
        os.replace(beside, path)
    except ImportError:
        raise MissingExtraError(f"a plot as {ending}", "vl-convert-python", "plot") from None
    except OSError as error:
        raise AlbaniaUkMigrationError(f"cannot write {path}: {error.strerror}") from None
    finally:
        if os.path.exists(beside):
            os.remove(beside)
