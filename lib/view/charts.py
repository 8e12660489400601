"""Charts without data: each function builds a specification whose columns the docstring names.

The data is sent beside the specification, so that one specification per shape is built and validated once.
Every chart also has the column `order` (a number a row): nothing is sorted by Chinese code points.
"""

from __future__ import annotations

import altair as alt

from lib.view.theme import (
    AHEAD,
    BEHIND,
    BLUE,
    CONFIG,
    GROUND,
    INK,
    LINE,
    PRESENCE_COLOURS,
    QUIET,
    STATUS_COLOURS,
    TIER_COLOURS,
)

ROW = 28
DENSE_ROW = 24
# By a column, not by the order of arrival: a chart that is redrawn with new rows keeps the old places otherwise.
IN_ORDER = alt.EncodingSortField("order", op="min")


def ranking_bars(value_title: str = "得分", height: int = 12 * ROW) -> alt.LayerChart:
    """Bars by region in data order. Columns: label, score, tier (words), shown, focus (0/1)."""
    y = _rows()
    bars = (
        alt.Chart()
        .mark_bar(cornerRadiusEnd=2, height={"band": 0.72})
        .encode(
            y=y,
            x=alt.X("score:Q", title=value_title, scale=alt.Scale(domain=[0, 100]), axis=alt.Axis(tickCount=5)),
            color=_tier_colour(),
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
    return _finish(alt.layer(bars, words), height, right=24)


def profile_dots(height: int) -> alt.LayerChart:
    """A county's score on each indicator against the cohort. Columns: label, score, median, low, high, shown."""
    y = _rows()
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
    return _finish(alt.layer(span, middle, dot, words), height)


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
    return _finish(
        alt.layer(
            others,
            ours.mark_line(color=BLUE),
            ours.mark_point(filled=True, size=60, color=BLUE).encode(tooltip=tooltip),
            words,
        ),
        height,
    )


def dumbbell(height: int) -> alt.LayerChart:
    """The gap of each measure in points. Columns: label, score, score_if, shown, behind (0/1)."""
    y = _rows()
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
    return _finish(alt.layer(line, now, then, words), height)


def status_bars(height: int) -> alt.LayerChart:
    """How many targets stand where. Columns: status, count."""
    y = _rows("status")
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
    return _finish(alt.layer(bars, words), height, right=24)


def completeness(height: int) -> alt.LayerChart:
    """Which values are there, a row a measure, a column a place. Columns: label, place, state (words), mark."""
    y = _rows()
    x = alt.X("place:N", sort=IN_ORDER, title=None, axis=alt.Axis(orient="top", labelAngle=0, labelLimit=90))
    colour = alt.Color(
        "state:N",
        scale=alt.Scale(domain=list(PRESENCE_COLOURS), range=list(PRESENCE_COLOURS.values())),
        legend=alt.Legend(title=None, orient="bottom", symbolType="square"),
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
    return _finish(alt.layer(cells, marks), height, right=4)


def levers(height: int) -> alt.LayerChart:
    """Where each measure stands between the worst and the best end. Columns: label, score, score_if, shown."""
    y = _rows()
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
    return _finish(alt.layer(track, moved, now, then, words), height)


def _rows(field: str = "label") -> alt.Y:
    return alt.Y(f"{field}:N", sort=IN_ORDER, title=None)


def _tier_colour() -> alt.Color:
    return alt.Color(
        "tier:N",
        scale=alt.Scale(domain=list(TIER_COLOURS), range=list(TIER_COLOURS.values())),
        legend=alt.Legend(title=None, orient="top", symbolType="square"),
    )


def _finish(chart: alt.LayerChart, height: int, right: int = 96) -> alt.LayerChart:
    """Size, and the common look; words to the right of the plot need the padding there."""
    padding = {"left": 4, "top": 4, "bottom": 4, "right": right}
    return chart.properties(width="container", height=height, padding=padding).configure(**CONFIG)
