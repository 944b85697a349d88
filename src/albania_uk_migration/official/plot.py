"""Charts: one period of an official series over its vintages.

Releases are in order but not on a time axis, because for most we know only a day by which they were
public. Needs altair, and vl-convert for files (extra `plot`).
"""

from __future__ import annotations

import importlib
import os
from typing import TYPE_CHECKING, Any

from ..errors import MissingExtraError, UnknownNameError
from ..tables.files import whole_file
from ..tables.package import shipped
from ..wording import released_in_words
from .counts import official_of
from .series import APART as _APART
from .series import known_layer, vintage_counts

if TYPE_CHECKING:
    import altair

    from ..claims.vocabulary import Layer
    from .counts import Official


# The formats of a file, by the ending of its name.
ENDINGS = ("svg", "png", "pdf", "html", "json")
_TITLES = {
    "enforced_returns": "enforced returns",
    "voluntary_returns": "voluntary returns",
    "value": "enforced and voluntary returns",
    "port_returns": "port returns (kept apart)",
}
_UNSPLIT = "total returns, types not stated"
_COLOUR = "#0072B2"
_DOUBT = "datum.doubt !== null"


def _altair() -> Any:
    try:
        return importlib.import_module("altair")
    except ImportError:
        raise MissingExtraError("a plot", "altair", "plot") from None


def plot_vintages(
    measure: str, period: str, population: str = "albanian", area: str = "GBR"
) -> altair.VConcatChart:
    """A chart of one period of an official series over its vintages, the oldest to the left.

    Each point is a value, in persons, with its number beside it. Each step of the axis is a
    release, with what we know about its day; one without a known vintage comes last. Hollow points
    need rechecking. The parts of a split measure (returns) have panels of their own. Their axes
    show revisions and need not begin at zero. You can show the chart in a notebook, change it, or
    save it (`chart.save("vintages.svg")`). Arguments and errors are those of `official_vintages`;
    also raises UnknownNameError for a period that no release has, and MissingExtraError without
    altair. Definitions: the measures table.

    >>> len(plot_vintages("small_boat_arrivals", "2022").to_dict()["vconcat"])
    1
    """
    official = official_of(shipped())
    layer = known_layer(official, measure, population, area)
    panels = _panels(official, period, layer)
    if not panels:
        hint = "no release that we have gives that period"
        raise UnknownNameError("period", f"{measure} {period}", [], hint)
    chart = _altair()
    points = [point for panel in panels.values() for point in panel]
    labels = list(dict.fromkeys(point["label"] for point in sorted(points, key=_by_vintage)))
    told = ["Official values, not from the documents."]
    told += dict.fromkeys(point["attribution"] for point in points)
    if any(point["doubt"] for point in points):
        told.append("Hollow: treat with caution.")
    drawn: altair.VConcatChart = chart.vconcat(
        *(_panel(chart, name, panel, labels) for name, panel in panels.items())
    ).properties(
        title=chart.Title(
            f"{official.words.title(layer)}, {period}, by release",
            subtitle=told,
            anchor="start",
        )
    )
    return drawn


def _panel(chart: Any, name: str, points: list[dict[str, Any]], labels: list[str]) -> Any:
    """The vintages of one count: points with their numbers, and steps between those with days."""
    base = chart.Chart(chart.Data(values=points)).encode(
        x=chart.X(
            "label:N",
            scale=chart.Scale(domain=labels),
            title=None,
            axis=chart.Axis(labelExpr="split(datum.label, '|')", labelAngle=0, labelLimit=200),
        ),
        y=chart.Y("persons:Q", title="persons", scale=chart.Scale(zero=False, padding=25)),
    )
    fill = chart.condition(_DOUBT, chart.value("white"), chart.value(_COLOUR))
    return chart.layer(
        base.transform_filter("datum.steady")
        .mark_line(strokeWidth=1, opacity=0.5, interpolate="step-after", color=_COLOUR)
        .encode(order="order:Q"),
        base.mark_point(size=70, strokeWidth=2, opacity=1, color=_COLOUR).encode(fill=fill),
        base.mark_text(align="left", dx=7, dy=-9, color=_COLOUR).encode(text="number:N"),
    ).properties(width=chart.Step(190), height=110, title=chart.Title(name, fontSize=11))


def _by_vintage(point: dict[str, Any]) -> tuple[bool, int]:
    """Older vintages first, unknown vintages last."""
    return not point["dated"], point["order"]


def _panels(official: Official, period: str, layer: Layer) -> dict[str, list[dict[str, Any]]]:
    """The points of each panel, by release."""
    measure = layer[0]
    panels: dict[str, list[dict[str, Any]]] = {}
    for order, (about, found) in enumerate(vintage_counts(official, period, layer)):
        series = about["series"] is not None
        for name, count in found.items():
            split = len(found) > 1 or measure not in _APART
            title = _TITLES.get(name, "") if measure in _APART else measure
            if name == "value" and not split:
                title = _UNSPLIT
            if count.value is None:
                continue
            point = {
                "label": f"{about['release_id']}|{released_in_words(about)}",
                "order": order,
                "dated": about["year_ending"] is not None,
                "steady": series,
                "persons": count.value,
                "number": f"{count.value:,}",
                "doubt": count.recheck,
                "attribution": f"{about['publisher']}: {about['attribution']}.",
            }
            panels.setdefault(title.replace("_", " "), []).append(point)
    order_of = [*_TITLES.values(), _UNSPLIT]
    return dict(sorted(panels.items(), key=lambda item: (*order_of, item[0]).index(item[0])))


def save(chart: Any, path: str) -> None:
    """Write a chart to a file, completely or not at all, in the format that its ending names."""
    ending = os.path.splitext(path)[1].removeprefix(".").lower()
    if ending not in ENDINGS:
        raise UnknownNameError("form of picture", ending or path, ENDINGS)
    try:
        with whole_file(path, f".{ending}") as made:
            chart.save(made)
    except ImportError:
        raise MissingExtraError(f"a plot as {ending}", "vl-convert-python", "plot") from None
