"""One county."""

from __future__ import annotations

import altair as alt

from lib.view.charts.parts import IN_ORDER, finish, pickable
from lib.view.theme import AHEAD, BEHIND, BLUE, GROUND, INK, PALE, QUIET

# What stands under a heading begins with it; headings are bold on the axis.
INDENT = "　"


def spine(height: int, labels: int = 150, right: int = 110) -> alt.LayerChart:
    """A county beside its cohort, a row a node; `labels` and `right` are the widths left and right of the plot.

    Columns: label, score, low, q1, median, q3, high, benchmark, side (1 above the median, −1 below, 0 level), shown,
    ours, theirs. A click picks `code`.
    """
    axis = alt.Axis(
        labelAlign="left",
        labelPadding=labels,
        labelLimit=labels - 8,
        labelFontWeight=alt.condition(f"indexof(datum.label, '{INDENT}') == 0", alt.value("normal"), alt.value("bold")),
    )
    y = alt.Y("label:N", sort=IN_ORDER, title=None, axis=axis)
    scale = alt.Scale(domain=[0, 100])
    band = alt.Chart().mark_bar(height=4, color=PALE).encode(y=y, x=alt.X("low:Q", scale=scale), x2="high:Q")
    middle_half = alt.Chart().mark_bar(height=12, color=PALE).encode(y=y, x=alt.X("q1:Q", scale=scale), x2="q3:Q")
    median = alt.Chart().mark_tick(thickness=3, size=16, color=QUIET).encode(y=y, x=alt.X("median:Q", scale=scale))
    benchmark = (
        alt.Chart()
        .mark_point(shape="diamond", size=110, filled=True, fill=GROUND, stroke=INK, strokeWidth=1.6, opacity=1)
        .encode(y=y, x=alt.X("benchmark:Q", scale=scale))
    )
    ours = (
        alt.Chart()
        .mark_point(filled=True, size=150, opacity=1, stroke=GROUND, strokeWidth=1)
        .encode(
            y=y,
            x=alt.X("score:Q", title="得分（0 = 最差值，100 = 最优值）", scale=scale, axis=alt.Axis(tickCount=5)),
            color=alt.when("datum.side > 0")
            .then(alt.value(AHEAD))
            .when("datum.side < 0")
            .then(alt.value(BEHIND))
            .otherwise(alt.value(QUIET)),
            shape=alt.when("datum.side > 0")
            .then(alt.value("triangle-up"))
            .when("datum.side < 0")
            .then(alt.value("triangle-down"))
            .otherwise(alt.value("circle")),
        )
    )
    words = alt.Chart().mark_text(align="left", dx=10).encode(y=y, x=alt.value("width"), text="shown:N")
    # Over the whole row, so that all of it can be pointed at and clicked on.
    strip = (
        alt.Chart()
        .mark_bar(height={"band": 1}, opacity=0, cursor="pointer")
        .encode(
            y=y,
            x=alt.datum(0),
            x2=alt.datum(100),
            tooltip=[
                alt.Tooltip("label:N", title="指标"),
                alt.Tooltip("shown:N", title="本地"),
                alt.Tooltip("ours:N", title="本地得分"),
                alt.Tooltip("theirs:N", title="对标得分"),
                alt.Tooltip("median:Q", title="中位", format=".1f"),
                alt.Tooltip("q1:Q", title="四分之一处", format=".1f"),
                alt.Tooltip("q3:Q", title="四分之三处", format=".1f"),
                alt.Tooltip("low:Q", title="最低", format=".1f"),
                alt.Tooltip("high:Q", title="最高", format=".1f"),
            ],
        )
        .add_params(pickable("code"))
    )
    return finish(alt.layer(band, middle_half, median, benchmark, ours, words, strip), height, right=right)


def standing_over_time(height: int, by_place: bool = False) -> alt.LayerChart:
    """A county's total, or place, over periods, the others in grey. Columns: period, region, score, rank, focus (0/1),
    shown. A click picks `address`, of the value's source.
    """
    x = alt.X("period:N", sort=IN_ORDER, title=None, axis=alt.Axis(labelAngle=0, labelOverlap="greedy"))
    y = alt.Y(
        "rank:Q" if by_place else "score:Q",
        title="名次" if by_place else "总分",
        scale=alt.Scale(zero=False, reverse=by_place, nice=not by_place),
        axis=alt.Axis(tickMinStep=1, tickCount=6),
    )
    tooltip = [
        alt.Tooltip("region:N", title="地区"),
        alt.Tooltip("period:N", title="评价期"),
        alt.Tooltip("score:Q", title="总分", format=".2f"),
        alt.Tooltip("rank:Q", title="名次", format="d"),
    ]
    others, ours = (alt.Chart().transform_filter(f"datum.focus == {focus}").encode(x=x, y=y) for focus in (0, 1))
    points = {"filled": True, "opacity": 1, "cursor": "pointer"}
    return finish(
        alt.layer(
            others.mark_line(color=PALE, strokeWidth=1.2).encode(detail="region:N"),
            others.mark_point(size=36, color=PALE, **points).encode(tooltip=tooltip),
            ours.mark_line(color=BLUE),
            ours.mark_text(dy=-14, fontSize=12).encode(text="shown:N"),
            ours.mark_point(size=80, color=BLUE, **points).encode(tooltip=tooltip).add_params(pickable("address")),
        ),
        height,
        right=16,
    )
