"""Maps."""

from __future__ import annotations

import altair as alt

from lib.view import maps
from lib.view.charts.parts import finish, legend_columns, pickable, rows
from lib.view.spec import OUTLINES, ROWS
from lib.view.theme import GROUND, INK, LINE

_LOOKED_UP = ["label", "shown", "class", "focus"]


def county_map(outlines: str, classes: maps.Classes, height: int = 420) -> alt.LayerChart:
    """Areas of a boundary file coloured by class; a click picks the region.

    Columns: region, label, shown, class, focus (0/1), zone (0/1), away (0/1), light (0/1), lon, lat, label_lon, label_lat,
    words, brief (the words where there is little room), align.
    """
    shapes = alt.NamedData(f"{OUTLINES}{outlines}")
    letter = maps.font_size(height)
    right = 7 * letter
    # The browser knows how wide the plot is, and says it anew when a phone is turned.
    narrow = f"width < {maps.NARROW - right}"
    known = alt.LookupData(alt.NamedData(ROWS), "region", _LOOKED_UP)
    legend = alt.Legend(
        title=None,
        orient="top",
        symbolType="square",
        symbolStrokeColor=LINE,
        symbolStrokeWidth=1,
        columnPadding=14,
        columns=legend_columns(list(classes.legend)),
    )
    colour = _colour(classes, legend)
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
            stroke=alt.condition(f"datum.class == '{classes.absent}'", alt.value(maps.ABSENT_EDGE), alt.value(GROUND)),
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
            text=alt.ExprRef(f"{narrow} ? datum.brief : datum.words"),
            fontSize=alt.ExprRef(f"{narrow} ? {maps.BRIEF_SIZE} : {letter}"),
            align=alt.ExprRef("datum.align"),
            dx=alt.ExprRef("datum.align == 'left' ? 4 : datum.align == 'right' ? -4 : 0"),
            # Of two lines the first stands in the middle: where areas are small both have to.
            dy=alt.ExprRef(f"{narrow} && indexof(datum.brief, '\\n') > 0 ? {-maps.BRIEF_SIZE / 2:g} : 0"),
            baseline="middle",
        )
        .encode(
            **beside,
            color=alt.condition("datum.light > 0", alt.value(GROUND), alt.value(INK)),
            tooltip=tooltip,
        )
    )
    whole = alt.layer(areas, focus, lines, ends, points, words).project("mercator")
    return finish(whole, height, right=right)


def class_bars(classes: maps.Classes, height: int) -> alt.LayerChart:
    """How many places each class has, in the map's colours. Columns: class, count, shown."""
    y = rows("class")
    bars = (
        alt.Chart()
        .mark_bar(stroke=LINE, height={"band": 0.72})
        .encode(y=y, x=alt.X("count:Q", axis=None), color=_colour(classes, None))
    )
    words = alt.Chart().mark_text(align="left", dx=6).encode(y=y, x="count:Q", text="shown:N")
    return finish(alt.layer(bars, words), height, right=48)


def _colour(classes: maps.Classes, legend: alt.Legend | None) -> alt.Color:
    scale = alt.Scale(domain=list(classes.legend), range=list(classes.legend.values()))
    return alt.Color("class:N", scale=scale, legend=legend)
