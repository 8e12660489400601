"""Maps."""

from __future__ import annotations

import altair as alt

from lib.view import maps
from lib.view.charts.parts import finish, pickable
from lib.view.spec import OUTLINES, ROWS
from lib.view.theme import GROUND, INK, LINE, QUIET

_LOOKED_UP = ["label", "shown", "class", "focus"]


def county_map(outlines: str, classes: maps.Classes, height: int = 420) -> alt.LayerChart:
    """Areas of a boundary file coloured by class; a click picks the region.

    Columns: region, label, shown, class, focus (0/1), zone (0/1), away (0/1), light (0/1), lon, lat, label_lon, label_lat,
    words, align.
    """
    shapes = alt.NamedData(f"{OUTLINES}{outlines}")
    known = alt.LookupData(alt.NamedData(ROWS), "region", _LOOKED_UP)
    colour = alt.Color(
        "class:N",
        scale=alt.Scale(domain=list(classes.legend), range=list(classes.legend.values())),
        legend=alt.Legend(
            title=None, orient="top", symbolType="square", symbolStrokeColor=LINE, symbolStrokeWidth=1, columnPadding=14
        ),
    )
    tooltip = [
        alt.Tooltip("label:N", title="地区"),
        alt.Tooltip("shown:N", title="数值"),
        alt.Tooltip("class:N", title="分档"),
    ]
    areas = (
        alt.Chart(shapes)
        .mark_geoshape(strokeWidth=1.2)
        .transform_lookup("region", known)
        .encode(
            color=colour,
            stroke=alt.condition(f"datum.class == '{maps.ABSENT}'", alt.value(QUIET), alt.value(GROUND)),
            strokeDash=alt.condition(f"datum.class == '{maps.ABSENT}'", alt.value([3, 3]), alt.value([1, 0])),
            tooltip=tooltip,
            key="region:N",
        )
        .add_params(pickable("region"))
    )
    focus = (
        alt.Chart(shapes)
        .mark_geoshape(fill=None, stroke=INK, strokeWidth=3)
        .transform_lookup("region", known)
        .transform_filter("datum.focus > 0")
        .encode()
    )
    place = {"longitude": "lon:Q", "latitude": "lat:Q"}
    beside = {"longitude": "label_lon:Q", "latitude": "label_lat:Q"}
    lines = (
        alt.Chart()
        .transform_filter("datum.away > 0")
        .mark_rule(color=INK, strokeWidth=1)
        .encode(**place, longitude2="label_lon:Q", latitude2="label_lat:Q")
    )
    ends = alt.Chart().transform_filter("datum.away > 0").mark_point(filled=True, color=INK, size=24).encode(**place)
    points = (
        alt.Chart()
        .transform_filter("datum.zone > 0")
        .mark_point(filled=True, shape="diamond", size=150, opacity=1, stroke=INK)
        .encode(
            **place,
            color=colour,
            strokeWidth=alt.condition("datum.focus > 0", alt.value(3), alt.value(1)),
            tooltip=tooltip,
        )
    )
    words = (
        alt.Chart()
        .mark_text(
            lineBreak="\n",
            fontSize=14,
            align=alt.ExprRef("datum.align"),
            dx=alt.ExprRef("datum.align == 'left' ? 4 : datum.align == 'right' ? -4 : 0"),
            baseline="middle",
        )
        .encode(
            **beside,
            text="words:N",
            color=alt.condition("datum.light > 0", alt.value("#FFFFFF"), alt.value(INK)),
            tooltip=tooltip,
        )
    )
    whole = alt.layer(areas, focus, lines, ends, points, words).project("mercator")
    return finish(whole, height, right=96)
