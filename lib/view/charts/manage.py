"""What is there and what is not."""

from __future__ import annotations

import altair as alt

from lib.view.charts.parts import IN_ORDER, finish, rows
from lib.view.theme import GROUND, PRESENCE_COLOURS


def completeness(height: int) -> alt.LayerChart:
    """Which values are there, a row a measure, a column a place. Columns: label, place, state (words), mark."""
    y = rows()
    # Where columns are narrow a name takes two lines.
    lines = "width < 560 ? [slice(datum.label, 0, 2), slice(datum.label, 2)] : datum.label"
    room = alt.ExprRef("width < 560 ? 20 : 4")
    axis = alt.Axis(orient="top", labelAngle=0, labelLimit=90, labelExpr=lines, labelPadding=room)
    x = alt.X("place:N", sort=IN_ORDER, title=None, axis=axis)
    colour = alt.Color(
        "state:N",
        scale=alt.Scale(domain=list(PRESENCE_COLOURS), range=list(PRESENCE_COLOURS.values())),
        legend=alt.Legend(title=None, orient="top", symbolType="square"),
    )
    tooltip = [
        alt.Tooltip("label:N", title="测度"),
        alt.Tooltip("place:N", title="地区"),
        alt.Tooltip("state:N", title="状态"),
    ]
    cells = (
        alt.Chart()
        .mark_rect(stroke=GROUND, strokeWidth=2, opacity=0.28)
        .encode(x=x, y=y, color=colour, tooltip=tooltip)
    )
    marks = alt.Chart().mark_text(fontSize=13).encode(x=x, y=y, text="mark:N")
    return finish(alt.layer(cells, marks), height, right=4)
