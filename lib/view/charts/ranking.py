"""Places: of all members, and over time."""

from __future__ import annotations

import altair as alt

from lib.view.charts.parts import IN_ORDER, ROW, finish, rows, tier_colour
from lib.view.theme import BLUE, INK


def ranking_bars(value_title: str = "得分", height: int = 12 * ROW) -> alt.LayerChart:
    """Bars by region in data order. Columns: label, score, tier (words), shown, focus (0/1)."""
    y = rows()
    bars = (
        alt.Chart()
        .mark_bar(cornerRadiusEnd=2, height={"band": 0.72})
        .encode(
            y=y,
            x=alt.X("score:Q", title=value_title, scale=alt.Scale(domain=[0, 100]), axis=alt.Axis(tickCount=5)),
            color=tier_colour(),
            opacity=alt.condition("datum.focus > 0", alt.value(1.0), alt.value(0.82)),
            stroke=alt.condition("datum.focus > 0", alt.value(INK), alt.value(None)),
            strokeWidth=alt.condition("datum.focus > 0", alt.value(2), alt.value(0)),
            tooltip=[
                alt.Tooltip("label:N", title="地区"),
                alt.Tooltip("shown:N", title=value_title),
                alt.Tooltip("tier:N", title="方阵"),
            ],
        )
    )
    words = alt.Chart().mark_text(align="left", dx=6).encode(y=y, x="score:Q", text="shown:N")
    return finish(alt.layer(bars, words), height, right=24)


def trend(height: int = 260) -> alt.LayerChart:
    """Scores over periods, the focus county over the others in grey. Columns: period, region, score, focus (0/1), shown."""
    x = alt.X("period:N", sort=IN_ORDER, title=None, axis=alt.Axis(labelAngle=0, labelOverlap="greedy"))
    y = alt.Y("score:Q", title="得分", scale=alt.Scale(zero=False))
    others = (
        alt.Chart()
        .transform_filter("datum.focus == 0")
        .mark_line(color="#CDD4DC", strokeWidth=1.2)
        .encode(x=x, y=y, detail="region:N")
    )
    ours = alt.Chart().transform_filter("datum.focus == 1").encode(x=x, y=y)
    words = ours.mark_text(dy=-14, fontSize=12).encode(text="shown:N")
    tooltip = [
        alt.Tooltip("region:N", title="地区"),
        alt.Tooltip("period:N", title="评价期"),
        alt.Tooltip("score:Q", title="得分", format=".2f"),
    ]
    return finish(
        alt.layer(
            others,
            ours.mark_line(color=BLUE),
            ours.mark_point(filled=True, size=60, color=BLUE).encode(tooltip=tooltip),
            words,
        ),
        height,
    )
