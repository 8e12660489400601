"""What is counted by month."""

from __future__ import annotations

import altair as alt

from lib.view.charts.parts import IN_ORDER, finish, rows
from lib.view.theme import BLUE, GROUND


def counters(height: int) -> alt.LayerChart:
    """Counts, a row a kind, a column a month, the darker the more of its kind. Columns: label, period, level (0–1), shown."""
    x = alt.X("period:N", sort=IN_ORDER, title=None, axis=alt.Axis(orient="top", labelAngle=0, domain=False))
    y = rows()
    tooltip = [
        alt.Tooltip("label:N", title="项目"),
        alt.Tooltip("period:N", title="月份"),
        alt.Tooltip("shown:N", title="数"),
    ]
    cells = (
        alt.Chart()
        .mark_rect(stroke=GROUND, strokeWidth=3, color=BLUE)
        .encode(
            x=x,
            y=y,
            opacity=alt.Opacity("level:Q", scale=alt.Scale(domain=[0, 1], range=[0.05, 0.5]), legend=None),
            tooltip=tooltip,
        )
    )
    words = alt.Chart().mark_text(fontSize=14).encode(x=x, y=y, text="shown:N")
    return finish(alt.layer(cells, words), height, right=16)
