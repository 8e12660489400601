"""What is tried: the way to another total, and what a tenth of each value is worth."""

from __future__ import annotations

import altair as alt

from lib.view.charts.parts import finish, pickable, rows
from lib.view.theme import AHEAD, AMBER, BEHIND, INK, LINE, QUIET, SKY

# What a row of the way is.
BEFORE, AFTER, GAIN, LOSS, NONE = "before", "after", "gain", "loss", "none"
_ROLES = {BEFORE: INK, AFTER: AHEAD, GAIN: SKY, LOSS: AMBER, NONE: LINE}


def steps(height: int) -> alt.LayerChart:
    """From today's total to the one tried, a bar for each change on top of the one before; both ends are marks.

    Columns: label, role (before, after, gain, loss, none), left, right, shown.
    """
    y = rows()
    x = alt.X("left:Q", title="总分", scale=alt.Scale(zero=False, nice=False, padding=14), axis=alt.Axis(tickCount=5))
    colour = alt.Color("role:N", scale=alt.Scale(domain=list(_ROLES), range=list(_ROLES.values())), legend=None)
    shape = alt.Shape("role:N", scale=alt.Scale(domain=[BEFORE, AFTER], range=["circle", "diamond"]), legend=None)
    tooltip = [alt.Tooltip("label:N", title="改动"), alt.Tooltip("shown:N", title="总分")]
    ends = f"datum.role == '{BEFORE}' || datum.role == '{AFTER}'"
    lines = alt.Chart().transform_filter(ends).mark_rule(strokeDash=[4, 4], color=LINE).encode(x="left:Q")
    bars = (
        alt.Chart()
        .transform_filter(f"!({ends})")
        .mark_bar(height={"band": 0.62}, minBandSize=2)
        .encode(y=y, x=x, x2="right:Q", color=colour, tooltip=tooltip)
    )
    marks = (
        alt.Chart()
        .transform_filter(ends)
        .mark_point(filled=True, size=150, opacity=1)
        .encode(y=y, x="left:Q", color=colour, shape=shape, tooltip=tooltip)
    )
    words = alt.Chart().mark_text(align="left", dx=8).encode(y=y, x=alt.value("width"), text="shown:N")
    return finish(alt.layer(lines, bars, marks, words), height, right=84)


def swings(height: int) -> alt.LayerChart:
    """Points of the total for a better and a worse value of each measure, from the middle line; a click gives the measure.

    Columns: label, gain, loss (points), shown, lost (words), code.
    """
    y = rows()
    scale = alt.Scale(nice=False, padding=56)
    gain, loss = (alt.X(f"{field}:Q", title=None, axis=None, scale=scale) for field in ("gain", "loss"))
    tooltip = [
        alt.Tooltip("label:N", title="测度"),
        alt.Tooltip("shown:N", title="好 10%"),
        alt.Tooltip("lost:N", title="差 10%"),
    ]
    band = alt.Chart().mark_rect(opacity=0, cursor="pointer").encode(y=y, detail="code:N", tooltip=tooltip)
    better = (
        alt.Chart()
        .mark_bar(height={"band": 0.66}, cornerRadiusEnd=2, color=AHEAD, cursor="pointer")
        .encode(y=y, x=gain, detail="code:N", tooltip=tooltip)
    )
    worse = (
        alt.Chart()
        .mark_bar(height={"band": 0.66}, cornerRadiusEnd=2, color=BEHIND, opacity=0.6, cursor="pointer")
        .encode(y=y, x=loss, detail="code:N", tooltip=tooltip)
    )
    middle = alt.Chart().mark_rule(color=QUIET).encode(x=alt.XDatum(0, title=None, axis=None))
    words = alt.Chart().mark_text(align="left", dx=6).encode(y=y, x=gain, text="shown:N")
    left = alt.Chart().mark_text(align="right", dx=-6, color=QUIET).encode(y=y, x=loss, text="lost:N")
    return finish(alt.layer(band.add_params(pickable("code")), better, worse, middle, words, left), height, right=150)
