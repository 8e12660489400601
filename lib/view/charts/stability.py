"""How far places move when the weights do."""

from __future__ import annotations

import altair as alt

from lib.view.charts.parts import finish, pickable, rows
from lib.view.theme import AMBER, BLUE, FAINT, GROUND, INK, QUIET, SKY, TRACK

# Behind the first, second … tier: apart from each other, and faint enough for what lies on them.
BANDS = (TRACK, FAINT, GROUND)
OTHERS, FEW = SKY, 24


def place_ranges(height: int, last: int, bounds: tuple[tuple[str, int, int], ...]) -> alt.LayerChart:
    """Where each region would stand: a dot for its place, a bar for the usual places, a thin line for all, tiers behind.

    `last` is the last place, `bounds` each tier's name, first and last place. A click picks the region. Columns: label, rank, left,
    right (ends of the bar), low, high (ends of the line), shown, detail, region, focus, firm, first (0/1: the row that draws the
    tiers).
    """
    y = rows()
    scale = alt.Scale(domain=[0.5, last + 0.5], nice=False)
    ticks = {"tickMinStep": 1, "tickCount": min(last, FEW)}
    axis = alt.Axis(format="d", grid=False, labelFontSize=13, labelOverlap="greedy", **ticks)

    def x(field: str) -> alt.X:
        return alt.X(f"{field}:Q", title="名次", scale=scale, axis=axis)

    once = alt.Chart().transform_filter("datum.first == 1")
    tiers = [
        once.mark_rect(color=colour).encode(
            x=alt.XDatum(start - 0.5, scale=scale, axis=axis),
            x2=alt.datum(end + 0.5),
            y=alt.value(0),
            y2=alt.value("height"),
        )
        for (_, start, end), colour in zip(bounds, BANDS, strict=False)
    ]
    names = [
        once.mark_text(baseline="bottom", dy=-6, color=QUIET, fontSize=13).encode(
            x=alt.XDatum((start + end) / 2, scale=scale, axis=axis), y=alt.value(0), text=alt.value(name)
        )
        for name, start, end in bounds
    ]
    colour = (
        alt.when("datum.firm < 1")
        .then(alt.value(AMBER))
        .when("datum.focus > 0")
        .then(alt.value(BLUE))
        .otherwise(alt.value(OTHERS))
    )
    tooltip = alt.Tooltip("detail:N", title="名次")
    line = alt.Chart().mark_rule(strokeWidth=2, color=QUIET).encode(y=y, x=x("low"), x2="high:Q")
    bar = (
        alt.Chart()
        .mark_bar(height=15, cornerRadius=7, cursor="pointer")
        .encode(y=y, x=x("left"), x2="right:Q", color=colour, detail="region:N", tooltip=tooltip)
        .add_params(pickable("region"))
    )
    dot = (
        alt.Chart()
        .mark_point(filled=True, size=80, color=INK, stroke=GROUND, strokeWidth=1.5, opacity=1)
        .encode(y=y, x=x("rank"), tooltip=tooltip)
    )
    words = (
        alt.Chart()
        .mark_text(align="left", dx=10)
        .encode(
            y=y,
            x=alt.value("width"),
            text="shown:N",
            color=alt.condition("datum.focus > 0", alt.value(BLUE), alt.value(INK)),
        )
    )
    return finish(alt.layer(*tiers, *names, line, bar, dot, words), height).properties(
        padding={"left": 4, "top": 6, "bottom": 4, "right": 24}
    )
