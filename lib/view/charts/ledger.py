"""整改台账: who is to be reminded of how much."""

from __future__ import annotations

import altair as alt

from lib.view.charts.parts import finish, pickable, rows
from lib.view.theme import BLUE, BROWN, GROUND, RED

# What an owner is reminded of, the most urgent first, with its colour.
CHASED = {"▲ 逾期": RED, "○ 14 天内到期": BROWN, "◇ 待复评": BLUE}


def chase_bars(height: int) -> alt.LayerChart:
    """Items by owner and urgency. Columns: label, owner, state, left, right, middle (ends and middle of a bar, items), count, shown."""
    y = rows()
    x = alt.X("left:Q", title=None, axis=None)
    colour = alt.Color(
        "state:N",
        scale=alt.Scale(domain=list(CHASED), range=list(CHASED.values())),
        legend=alt.Legend(title=None, orient="top", symbolType="square"),
    )
    tooltip = [
        alt.Tooltip("owner:N", title="责任单位"),
        alt.Tooltip("state:N", title="情况"),
        alt.Tooltip("count:Q", title="项"),
    ]
    bars = (
        alt.Chart()
        .mark_bar(height={"band": 0.7}, stroke=GROUND, strokeWidth=2, cursor="pointer")
        .encode(y=y, x=x, x2="right:Q", color=colour, tooltip=tooltip)
        .add_params(pickable("owner"))
    )
    counts = (
        alt.Chart()
        .mark_text(color=GROUND, fontWeight=600)
        .encode(y=y, x=alt.X("middle:Q"), text=alt.Text("count:Q", format="d"))
    )
    late = alt.Chart().mark_text(align="left", dx=8, color=RED).encode(y=y, x=alt.value("width"), text="shown:N")
    return finish(alt.layer(bars, counts, late), height, right=130)
