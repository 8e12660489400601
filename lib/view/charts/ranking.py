"""Places: of all members, and over time."""

from __future__ import annotations

import altair as alt

from lib.view.charts.parts import IN_ORDER, ROW, finish, legend_columns, pickable, rows, tier_colour
from lib.view.theme import ABOVE_COLOURS, BEHIND, BELOW_COLOURS, BLUE, GROUND, ICE, INK, LINE, MUTED, PALE, QUIET, REST


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


def composition(
    height: int, above: tuple[str, ...] = (), below: tuple[str, ...] = (), rest: str = "其余", title: str = "得分"
) -> alt.LayerChart:
    """A region's score as the sum of what its parts give, the parts `above` and `below` in colour, the `rest` in grey.

    Columns: label, part (one of the names), start, end (points), shown (at the bar's end), total, focus (0/1), region, detail.
    """
    y = rows()
    names = [*above, *below, rest]
    colours = [*ABOVE_COLOURS[: len(above)], *BELOW_COLOURS[: len(below)], REST]
    bars = (
        alt.Chart()
        .mark_bar(height={"band": 0.72}, stroke=GROUND, strokeWidth=1)
        .encode(
            y=y,
            x=alt.X("start:Q", title=title, scale=alt.Scale(domain=[0, 100]), axis=alt.Axis(tickCount=5)),
            x2="end:Q",
            color=alt.Color(
                "part:N",
                scale=alt.Scale(domain=names, range=colours),
                legend=alt.Legend(
                    title=None, orient="top", symbolType="square", columns=legend_columns(names, 3), labelLimit=200
                ),
            ),
            opacity=alt.condition("datum.focus > 0", alt.value(1.0), alt.value(0.72)),
            detail="region:N",
            tooltip=alt.Tooltip("detail:N", title="给的分"),
        )
        .add_params(pickable("region"))
    )
    words = alt.Chart().mark_text(align="left", dx=6).encode(y=y, x="total:Q", text="shown:N")
    return finish(alt.layer(bars, words), height, right=24)


def differences(height: int) -> alt.LayerChart:
    """Points more or fewer than the median, part by part. Columns: label, over, shown, code."""
    y = rows()
    colour = alt.condition("datum.over < 0", alt.value(BEHIND), alt.value(BLUE))
    bars = (
        alt.Chart()
        .mark_bar(height={"band": 0.66}, cornerRadiusEnd=2)
        .encode(
            y=y, x=alt.X("over:Q", axis=None, scale=alt.Scale(nice=False, padding=44)), color=colour, detail="code:N"
        )
        .add_params(pickable("code"))
    )
    middle = alt.Chart().mark_rule(color=QUIET).encode(x=alt.datum(0))
    ahead = alt.Chart().transform_filter("datum.over >= 0").mark_text(align="left", dx=5)
    behind = alt.Chart().transform_filter("datum.over < 0").mark_text(align="right", dx=-5)
    words = [side.encode(y=y, x="over:Q", text="shown:N") for side in (ahead, behind)]
    return finish(alt.layer(bars, middle, *words), height, right=8)


def focus_bars(height: int, title: str = "得分（0–100）", hundred: bool = True) -> alt.LayerChart:
    """Plain bars with the focus region picked out; a row without an amount is a gap.

    Columns: label, amount, shown, focus (0/1), region. `hundred`: the axis runs from 0 to 100.
    """
    y = rows()
    scale = alt.Scale(domain=[0, 100]) if hundred else alt.Scale(zero=True)
    bars = (
        alt.Chart()
        .mark_bar(cornerRadiusEnd=2, height={"band": 0.72})
        .encode(
            y=y,
            x=alt.X("amount:Q", title=title, scale=scale, axis=alt.Axis(tickCount=5)),
            color=alt.condition("datum.focus > 0", alt.value(BLUE), alt.value(MUTED)),
            detail="region:N",
            tooltip=[alt.Tooltip("label:N", title="地区"), alt.Tooltip("shown:N", title=title)],
        )
        .add_params(pickable("region"))
    )
    words = alt.Chart().mark_text(align="left", dx=6).encode(y=y, x="amount:Q", text="shown:N")
    return finish(alt.layer(bars, words), height, right=24)


def bump(height: int, cuts: tuple[int, ...] = ()) -> alt.LayerChart:
    """Places over periods, the focus region in blue over the others in grey; dashed lines under the last place of a tier.

    Columns: period, rank, region, focus (0/1), end (words right of the last period), named (0/1: they name the focus), detail.
    """
    x = alt.X("period:N", sort=IN_ORDER, title=None, axis=alt.Axis(labelAngle=0, labelOverlap="greedy", grid=False))
    y = alt.Y(
        "rank:Q",
        title=None,
        scale=alt.Scale(reverse=True, zero=False, nice=False, padding=14),
        axis=alt.Axis(format="d", tickMinStep=1, tickCount=12, grid=False),
    )
    tooltip = alt.Tooltip("detail:N", title="名次")
    borders = [
        alt.Chart().mark_rule(color=LINE, strokeDash=[5, 4], strokeWidth=1.5).encode(y=alt.datum(cut + 0.5))
        for cut in cuts
    ]
    others = alt.Chart().transform_filter("datum.focus == 0").encode(x=x, y=y, detail="region:N")
    ours = alt.Chart().transform_filter("datum.focus == 1").encode(x=x, y=y, detail="region:N")
    colour = alt.condition("datum.named > 0", alt.value(BLUE), alt.value(INK))
    names = (
        alt.Chart()
        .mark_text(align="left", dx=18, fontSize=14)
        .encode(x=x, y=y, text="end:N", color=colour, tooltip=tooltip)
    )
    layers = (
        # A thin line is hard to hit: an unseen wide one lies under it.
        others.mark_line(opacity=0, strokeWidth=16, interpolate="monotone").add_params(pickable("region")),
        others.mark_line(color=PALE, strokeWidth=2, interpolate="monotone"),
        others.mark_point(filled=True, size=80, color=MUTED, opacity=1).encode(tooltip=tooltip),
        ours.mark_line(color=BLUE, strokeWidth=4, interpolate="monotone"),
        ours.mark_point(filled=True, size=420, color=BLUE, opacity=1).encode(tooltip=tooltip),
        ours.mark_text(color=GROUND, fontWeight="bold").encode(text=alt.Text("rank:Q", format="d")),
    )
    return finish(alt.layer(*borders, *layers, names), height, right=8)


def small_multiples(height: int) -> alt.LayerChart:
    """One small panel a region, laid out by the data: its line over the cohort's range and median.

    Columns: at, level, low, high, middle, floor, top, left, right (places in the picture), region, label, shown, foot (words),
    focus, first, last (0/1), detail.
    """
    hidden = alt.Scale(zero=False, nice=False, padding=4)
    x = alt.X("at:Q", axis=None, scale=hidden)

    def y(field: str) -> alt.Y:
        return alt.Y(f"{field}:Q", axis=None, scale=hidden)

    ours = alt.condition("datum.focus > 0", alt.value(BLUE), alt.value(INK))
    first = alt.Chart().transform_filter("datum.first == 1")
    last = alt.Chart().transform_filter("datum.last == 1")
    panels = (
        first.mark_rect()
        .encode(
            x=alt.X("left:Q", axis=None, scale=hidden),
            x2="right:Q",
            y=y("floor"),
            y2="top:Q",
            color=alt.condition("datum.focus > 0", alt.value(ICE), alt.value(GROUND)),
            detail="region:N",
        )
        .add_params(pickable("region"))
    )
    span = alt.Chart().mark_area(color=REST).encode(x=x, y=y("low"), y2="high:Q", detail="region:N")
    middle = (
        alt.Chart()
        .mark_line(color=QUIET, strokeWidth=1.2, strokeDash=[4, 3])
        .encode(x=x, y=y("middle"), detail="region:N")
    )
    line = (
        alt.Chart()
        .mark_line()
        .encode(
            x=x,
            y=y("level"),
            detail="region:N",
            color=ours,
            strokeWidth=alt.condition("datum.focus > 0", alt.value(3.5), alt.value(2)),
        )
    )
    points = (
        alt.Chart()
        .mark_point(filled=True, size=90)
        .encode(
            x=x,
            y=y("level"),
            color=ours,
            opacity=alt.condition("datum.last > 0", alt.value(1), alt.value(0)),
            tooltip=alt.Tooltip("detail:N", title="得分"),
        )
    )
    words = last.mark_text(align="left", dx=8, fontWeight="bold").encode(x=x, y=y("level"), text="shown:N", color=ours)
    heads = first.mark_text(align="left", baseline="top", dx=4, dy=3, fontSize=14).encode(
        x=x, y=y("top"), text="label:N", color=ours
    )
    feet = (
        alt.Chart().mark_text(baseline="top", dy=4, fontSize=12, color=QUIET).encode(x=x, y=y("floor"), text="foot:N")
    )
    return finish(alt.layer(panels, span, middle, line, points, words, heads, feet), height, right=8)
