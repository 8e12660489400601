"""One indicator: over the cohort, over the periods, beside another, and its parts."""

from __future__ import annotations

import altair as alt

from lib.view.charts.parts import IN_ORDER, finish, pickable, rows
from lib.view.theme import AHEAD, BEHIND, BLUE, BROWN, GREEN, INK, MUTED, PALE, QUIET, REST, STRONG

# What a row of a chart is; the first three are lines of a trend, the last three what documents say.
FOCUS, MEDIAN, BEST, OTHER = "focus", "median", "best", "other"
BENCHMARK, TARGET, FACT, SLOT = "benchmark", "target", "fact", "slot"
MEAN, FRONTIER = "mean", "frontier"
_COLOURS = {
    FOCUS: BLUE,
    MEDIAN: QUIET,
    MEAN: QUIET,
    BEST: STRONG,
    FRONTIER: INK,
    BENCHMARK: GREEN,
    TARGET: BROWN,
    FACT: INK,
}
_DASHES = {
    FOCUS: [1, 0],
    MEDIAN: [6, 3],
    MEAN: [2, 2],
    BEST: [1, 0],
    FRONTIER: [1, 0],
    BENCHMARK: [8, 3],
    TARGET: [3, 3],
    FACT: [1, 0],
}
# A row of words above a plot, in pixels.
LIFT = 17
# A title of an upright axis that is read without turning the head: over the axis, from its left end.
_UPRIGHT = {"titleAngle": 0, "titleAlign": "left", "titleAnchor": "end", "titleX": -30, "titleY": -14}
_TITLED = {"left": 4, "top": 6, "bottom": 4}


def _role_colour() -> alt.Color:
    return alt.Color("role:N", scale=alt.Scale(domain=list(_COLOURS), range=list(_COLOURS.values())), legend=None)


def _role_dash() -> alt.StrokeDash:
    return alt.StrokeDash("role:N", scale=alt.Scale(domain=list(_DASHES), range=list(_DASHES.values())), legend=None)


def _ticks(whole: bool) -> dict[str, object]:
    return {"tickCount": 6, "tickMinStep": 1} if whole else {"tickCount": 6}


def _only(*roles: str) -> str:
    return " || ".join(f"datum.role == '{role}'" for role in roles)


# Of a chart with something to click on only the marks that carry a tooltip take part in the click.


def distribution(height: int, axis: str = "得分", scores: bool = True, whole: bool = False) -> alt.LayerChart:
    """Members best to worst, and lines across them. A row's role is focus or other, a line's median, mean, frontier or benchmark.

    `scores` draws from 0 to 100, `whole` has no ticks between whole numbers; the words of the lines stand above the plot, in
    rows that the column lift counts.
    Columns: role, label, value, middle, shown, region, lift, side (left or right).
    """
    y = rows()
    scale = alt.Scale(domain=[0, 100]) if scores else alt.Scale(zero=False)
    x = alt.X("value:Q", title=axis, scale=scale, axis=alt.Axis(**_ticks(whole)))
    places, lines = _only(FOCUS, OTHER), _only(MEDIAN, MEAN, FRONTIER, BENCHMARK)
    row = alt.Chart().transform_filter(places)
    tooltip = [alt.Tooltip("label:N", title="地区"), alt.Tooltip("shown:N", title="数值和名次")]
    band = row.mark_rect(opacity=0, cursor="pointer").encode(y=y, detail="region:N", tooltip=tooltip)
    stem = row.mark_rule(strokeWidth=3, color=REST).encode(y=y, x=x, x2="middle:Q")
    line = (
        alt.Chart()
        .transform_filter(lines)
        .mark_rule(strokeWidth=1.6)
        .encode(x=x, color=_role_colour(), strokeDash=_role_dash())
    )
    dot = row.mark_point(filled=True, opacity=1, cursor="pointer").encode(
        y=y,
        x=x,
        size=alt.condition(f"datum.role == '{FOCUS}'", alt.value(190), alt.value(110)),
        color=alt.condition(f"datum.role == '{FOCUS}'", alt.value(BLUE), alt.value(MUTED)),
        tooltip=tooltip,
    )
    words = row.mark_text(align="left", dx=8, cursor="pointer").encode(
        y=y,
        x=alt.value("width"),
        text="shown:N",
        color=alt.condition(f"datum.role == '{FOCUS}'", alt.value(BLUE), alt.value(INK)),
        tooltip=tooltip,
    )
    names = (
        alt.Chart()
        .transform_filter(lines)
        .mark_text(
            align=alt.expr("datum.side"),
            dx=alt.expr("datum.side == 'left' ? 3 : -3"),
            dy=alt.expr(f"-9 - {LIFT} * datum.lift"),
            fontSize=12,
        )
        .encode(x=x, y=alt.value(0), text="shown:N", color=_role_colour())
    )
    chart = finish(alt.layer(band.add_params(pickable("region")), stem, line, dot, words, names), height)
    return chart.properties(padding=_TITLED | {"right": 8})


def history(height: int, axis: str = "得分", whole: bool = False) -> alt.LayerChart:
    """Values over periods: the focus county, the middle and the best, the others in grey; goals as lines, the city's own
    values as marks that nothing joins. A row's role says which of these it is; slot only keeps a period's place.

    `at` is where a line's words stand, so that none covers another. Columns: role, period, value, at, series, label, shown.
    """
    x = alt.X("period:N", sort=IN_ORDER, title=None, axis=alt.Axis(labelAngle=0, labelOverlap="greedy"))
    y = alt.Y(
        "value:Q", title=axis, scale=alt.Scale(zero=False, padding=22), axis=alt.Axis(**_ticks(whole), **_UPRIGHT)
    )
    tooltip = [
        alt.Tooltip("label:N", title="地区"),
        alt.Tooltip("period:N", title="评价期"),
        alt.Tooltip("shown:N", title="数值"),
    ]
    lines = _only(FOCUS, MEDIAN, BEST)
    slots = alt.Chart().transform_filter(_only(SLOT)).mark_point(opacity=0, size=1).encode(x=x)
    others = alt.Chart().transform_filter(_only(OTHER)).encode(x=x, y=y)
    ours = alt.Chart().transform_filter(lines).encode(x=x, y=y, color=_role_colour())
    ends = alt.Chart().transform_filter(f"({lines}) && datum.at != null")
    goals = alt.Chart().transform_filter(_only(BENCHMARK, TARGET))
    facts = alt.Chart().transform_filter(_only(FACT))
    return finish(
        alt.layer(
            slots,
            others.mark_line(color=PALE, strokeWidth=1.2).encode(detail="series:N"),
            others.mark_point(filled=True, size=40, opacity=0).encode(tooltip=tooltip),
            goals.mark_rule(strokeWidth=1.6).encode(y=y, color=_role_colour(), strokeDash=_role_dash()),
            ours.mark_line(strokeWidth=2.2).encode(detail="series:N", strokeDash=_role_dash()),
            ours.mark_point(filled=True, size=46, opacity=1).encode(tooltip=tooltip),
            ends.mark_text(align="left", dx=9).encode(x=x, y="at:Q", text="label:N", color=_role_colour()),
            goals.mark_text(align="left", dx=2, dy=-7, fontSize=12).encode(
                x=alt.value(0), y="at:Q", text="label:N", color=_role_colour()
            ),
            facts.mark_point(shape="diamond", size=130, strokeWidth=2.2, filled=False, color=INK, opacity=1).encode(
                x=x, y=y, tooltip=tooltip
            ),
            facts.mark_text(align="right", dx=-4, dy=18, fontSize=12, color=INK).encode(x=x, y=y, text="label:N"),
        ),
        height,
    ).properties(padding=_TITLED | {"right": 8})


def scatter(
    height: int,
    x_axis: str = "得分",
    y_axis: str = "得分",
    scores: tuple[bool, bool] = (True, True),
    whole: tuple[bool, bool] = (False, False),
) -> alt.LayerChart:
    """Two indicators, a point a place, both medians as lines. A row's role is focus, other or median (of which there is one).

    Columns: role, label, value, second, region, shown, across, down, side (left, right or center).
    """
    domain = {True: alt.Scale(domain=[0, 100]), False: alt.Scale(zero=False, padding=24)}
    x = alt.X("value:Q", title=x_axis, scale=domain[scores[0]], axis=alt.Axis(**_ticks(whole[0])))
    y = alt.Y("second:Q", title=y_axis, scale=domain[scores[1]], axis=alt.Axis(**_ticks(whole[1]), **_UPRIGHT))
    middle = alt.Chart().transform_filter(_only(MEDIAN))
    row = alt.Chart().transform_filter(_only(FOCUS, OTHER)).encode(x=x, y=y)
    colour = alt.condition(f"datum.role == '{FOCUS}'", alt.value(BLUE), alt.value(MUTED))
    tooltip = [alt.Tooltip("label:N", title="地区"), alt.Tooltip("shown:N", title="数值")]
    return finish(
        alt.layer(
            middle.mark_rule(color=QUIET, strokeDash=[5, 4]).encode(x=x),
            middle.mark_rule(color=QUIET, strokeDash=[5, 4]).encode(y=y),
            row.mark_point(filled=True, opacity=1, cursor="pointer")
            .encode(
                size=alt.condition(f"datum.role == '{FOCUS}'", alt.value(220), alt.value(120)),
                color=colour,
                detail="region:N",
                tooltip=tooltip,
            )
            .add_params(pickable("region")),
            row.mark_text(
                align=alt.expr("datum.side"), dx=alt.expr("datum.across"), dy=alt.expr("datum.down"), cursor="pointer"
            ).encode(
                text="label:N",
                color=alt.condition(f"datum.role == '{FOCUS}'", alt.value(BLUE), alt.value(INK)),
                tooltip=tooltip,
            ),
            middle.mark_text(align="left", dx=4, dy=8, fontSize=12, color=QUIET).encode(
                x=x, y=alt.value(0), text=alt.datum("中位")
            ),
            middle.mark_text(align="right", dx=-2, dy=-8, fontSize=12, color=QUIET).encode(
                x=alt.value("width"), y=y, text=alt.datum("中位")
            ),
        ),
        height,
        right=24,
    ).properties(padding=_TITLED | {"right": 8})


def parts_dots(height: int) -> alt.LayerChart:
    """The parts of an indicator, each with the cohort's span and a place in it; a click says which part.

    Columns: label, value, middle, low, high, shown, region, code.
    """
    y = rows()
    x = alt.X("value:Q", title="得分（0–100）", scale=alt.Scale(domain=[0, 100]), axis=alt.Axis(tickCount=5))
    tooltip = [
        alt.Tooltip("label:N", title="指标"),
        alt.Tooltip("region:N", title="地区"),
        alt.Tooltip("shown:N", title="得分和名次"),
        alt.Tooltip("middle:Q", title="全市中位", format=".1f"),
        alt.Tooltip("low:Q", title="全市最低", format=".1f"),
        alt.Tooltip("high:Q", title="全市最高", format=".1f"),
    ]
    band = alt.Chart().mark_rect(opacity=0, cursor="pointer").encode(y=y, detail="code:N", tooltip=tooltip)
    span = alt.Chart().mark_bar(height=8, color=REST, cursor="pointer").encode(y=y, x=alt.X("low:Q"), x2="high:Q")
    middle = alt.Chart().mark_tick(thickness=3, size=18, color=QUIET).encode(y=y, x="middle:Q")
    dot = (
        alt.Chart()
        .mark_point(filled=True, size=130, shape="diamond", opacity=1, cursor="pointer")
        .encode(
            y=y,
            x=x,
            color=alt.condition("datum.value < datum.middle", alt.value(BEHIND), alt.value(AHEAD)),
            tooltip=tooltip,
        )
    )
    words = (
        alt.Chart()
        .mark_text(align="left", dx=8, cursor="pointer")
        .encode(y=y, x=alt.value("width"), text="shown:N", tooltip=tooltip)
    )
    return finish(alt.layer(band.add_params(pickable("code")), span, middle, dot, words), height, right=8)
