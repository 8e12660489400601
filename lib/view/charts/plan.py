"""A plan to an aim: from today's score, a bar for each measure, to the line that must be reached."""

from __future__ import annotations

import altair as alt

from lib.view.charts.parts import finish, pickable, rows
from lib.view.theme import BLUE, INK, QUIET, SKY, STRONG

NOW, MOVE, REST, THEN, BAR = "now", "move", "rest", "then", "bar"
_ROLES = {NOW: INK, MOVE: STRONG, REST: SKY, THEN: BLUE}


def way_up(height: int) -> alt.LayerChart:
    """What each measure adds on the way to an aim; both ends are marks, the aim is a line. A click gives the measure.

    Columns: label, role (now, move, rest, then, bar), left, right, shown, code.
    """
    y, line = rows(), f"datum.role == '{BAR}'"
    ends = f"datum.role == '{NOW}' || datum.role == '{THEN}'"
    x = alt.X("left:Q", title="得分", scale=alt.Scale(zero=False, nice=False, padding=14), axis=alt.Axis(tickCount=6))
    colour = alt.Color("role:N", scale=alt.Scale(domain=list(_ROLES), range=list(_ROLES.values())), legend=None)
    shape = alt.Shape("role:N", scale=alt.Scale(domain=[NOW, THEN], range=["circle", "diamond"]), legend=None)
    tooltip = [alt.Tooltip("label:N", title="测度"), alt.Tooltip("shown:N", title="加分和份力")]
    listed = alt.Chart().transform_filter(f"!({line})")
    band = listed.mark_rect(opacity=0, cursor="pointer").encode(y=y, detail="code:N", tooltip=tooltip)
    bars = (
        listed.transform_filter(f"!({ends})")
        .mark_bar(height={"band": 0.62}, cornerRadius=1, cursor="pointer")
        .encode(y=y, x=x, x2="right:Q", color=colour, tooltip=tooltip)
    )
    marks = (
        listed.transform_filter(ends)
        .mark_point(filled=True, size=150, opacity=1)
        .encode(y=y, x=x, color=colour, shape=shape, tooltip=tooltip)
    )
    words = listed.mark_text(align="left", dx=8, cursor="pointer").encode(y=y, x=alt.value("width"), text="shown:N")
    aim = alt.Chart().transform_filter(line)
    rule = aim.mark_rule(strokeDash=[5, 4], strokeWidth=1.6, color=QUIET).encode(x=x)
    named = aim.mark_text(dy=-8, baseline="bottom", align="right", dx=4, fontWeight=600).encode(
        x=x, y=alt.value(0), text="shown:N"
    )
    drawn = alt.layer(band.add_params(pickable("code")), rule, bars, marks, words, named)
    return finish(drawn, height).properties(padding={"left": 4, "top": 26, "bottom": 4, "right": 12})
