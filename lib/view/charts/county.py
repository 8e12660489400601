"""One county."""

from __future__ import annotations

import altair as alt

from lib.view.charts.parts import finish, rows
from lib.view.theme import AHEAD, BEHIND, QUIET


def profile_dots(height: int) -> alt.LayerChart:
    """A county's score on each indicator against the cohort. Columns: label, score, median, low, high, shown."""
    y = rows()
    x = alt.X("score:Q", title="得分（0–100）", scale=alt.Scale(domain=[0, 100]), axis=alt.Axis(tickCount=5))
    span = alt.Chart().mark_bar(height=8, color="#E3E8EE").encode(y=y, x=alt.X("low:Q"), x2="high:Q")
    middle = alt.Chart().mark_tick(thickness=3, size=18, color=QUIET).encode(y=y, x="median:Q")
    dot = (
        alt.Chart()
        .mark_point(filled=True, size=130, shape="diamond", opacity=1)
        .encode(
            y=y,
            x=x,
            color=alt.condition("datum.score < datum.median", alt.value(BEHIND), alt.value(AHEAD)),
            tooltip=[
                alt.Tooltip("label:N", title="指标"),
                alt.Tooltip("score:Q", title="本地得分", format=".1f"),
                alt.Tooltip("median:Q", title="中位数", format=".1f"),
                alt.Tooltip("low:Q", title="最低", format=".1f"),
                alt.Tooltip("high:Q", title="最高", format=".1f"),
            ],
        )
    )
    words = alt.Chart().mark_text(align="left", dx=8).encode(y=y, x=alt.value("width"), text="shown:N")
    return finish(alt.layer(span, middle, dot, words), height)
