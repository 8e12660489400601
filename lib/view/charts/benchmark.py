"""Gaps, targets and what-if."""

from __future__ import annotations

import altair as alt

from lib.view.charts.parts import finish, rows
from lib.view.theme import BEHIND, BLUE, INK, LINE, STATUS_COLOURS


def dumbbell(height: int) -> alt.LayerChart:
    """The gap of each measure in points. Columns: label, score, score_if, shown, behind (0/1)."""
    y = rows()
    line = (
        alt.Chart()
        .mark_rule(strokeWidth=3)
        .encode(
            y=y,
            x=alt.X("score:Q", title="得分（0–100）", scale=alt.Scale(domain=[0, 100]), axis=alt.Axis(tickCount=5)),
            x2="score_if:Q",
            color=alt.condition("datum.behind > 0", alt.value(BEHIND), alt.value("#9DB7D9")),
        )
    )
    tooltip = [alt.Tooltip("label:N", title="测度"), alt.Tooltip("shown:N", title="差距")]
    now = alt.Chart().mark_point(filled=True, size=110, color=INK, opacity=1).encode(y=y, x="score:Q", tooltip=tooltip)
    then = (
        alt.Chart()
        .mark_point(filled=True, size=130, shape="diamond", color=BLUE, opacity=1)
        .encode(y=y, x="score_if:Q", tooltip=tooltip)
    )
    words = alt.Chart().mark_text(align="left", dx=8).encode(y=y, x=alt.value("width"), text="shown:N")
    return finish(alt.layer(line, now, then, words), height)


def status_bars(height: int) -> alt.LayerChart:
    """How many targets stand where. Columns: status, count."""
    y = rows("status")
    colour = alt.Color(
        "status:N", scale=alt.Scale(domain=list(STATUS_COLOURS), range=list(STATUS_COLOURS.values())), legend=None
    )
    tooltip = [alt.Tooltip("status:N", title="状态"), alt.Tooltip("count:Q", title="项")]
    bars = (
        alt.Chart()
        .mark_bar(cornerRadiusEnd=2, height={"band": 0.7})
        .encode(y=y, x=alt.X("count:Q", axis=None), color=colour, tooltip=tooltip)
    )
    words = alt.Chart().mark_text(align="left", dx=6).encode(y=y, x="count:Q", text=alt.Text("count:Q", format="d"))
    return finish(alt.layer(bars, words), height, right=24)


def levers(height: int) -> alt.LayerChart:
    """Where each measure stands between the worst and the best end. Columns: label, score, score_if, shown."""
    y = rows()
    x = alt.X("score:Q", title="0 = 最差值，100 = 最优值", scale=alt.Scale(domain=[0, 100]), axis=alt.Axis(tickCount=5))
    track = alt.Chart().mark_rule(color=LINE, strokeWidth=6).encode(y=y, x=alt.datum(0), x2=alt.datum(100))
    moved = alt.Chart().mark_rule(color=BLUE, strokeWidth=6).encode(y=y, x=x, x2="score_if:Q")
    tooltip = [alt.Tooltip("label:N", title="测度"), alt.Tooltip("shown:N", title="数值")]
    now = alt.Chart().mark_point(filled=True, size=110, color=INK, opacity=1).encode(y=y, x="score:Q", tooltip=tooltip)
    then = (
        alt.Chart()
        .mark_point(filled=True, size=150, shape="diamond", color=BLUE, opacity=1)
        .encode(y=y, x="score_if:Q", tooltip=tooltip)
    )
    words = alt.Chart().mark_text(align="left", dx=8).encode(y=y, x=alt.value("width"), text="shown:N")
    return finish(alt.layer(track, moved, now, then, words), height)
