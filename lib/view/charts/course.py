"""何时到: what has been, and where it leads on two ways."""

from __future__ import annotations

import altair as alt

from lib.view.charts.parts import IN_ORDER, finish
from lib.view.theme import BLUE, GREEN, INK, QUIET

# What a row is: what has been, the two ways on, what is aimed at, when a way gets there, today, a period's place on the axis.
PAST, TREND, BEST, BAR, MET, TODAY, SLOT = "past", "trend", "best", "bar", "met", "today", "slot"
_COLOURS = {PAST: BLUE, TREND: BLUE, BEST: GREEN, BAR: QUIET, MET: INK, TODAY: QUIET}
_DASHES = {PAST: [1, 0], TREND: [6, 4], BEST: [2, 3], BAR: [1, 0]}
_UPRIGHT = {"titleAngle": 0, "titleAlign": "left", "titleAnchor": "end", "titleX": -30, "titleY": -14}


def ways(height: int, axis: str = "得分") -> alt.LayerChart:
    """A score over past periods and on two ways ahead, beside the score that is aimed at (`second`: what it is on the second way, dotted as that).

    Words stand at the right end of a line, at the height `at`, and over the plot, in rows that `lift` counts, for today and for a way
    that gets there. Columns: role (past, trend, best, bar, met, today, slot), period, value, second, at, label, shown, lift.
    """
    x = alt.X(
        "period:N",
        sort=IN_ORDER,
        title=None,
        axis=alt.Axis(labelAngle=0, labelOverlap="greedy", labelSeparation=10, grid=False),
    )
    y = alt.Y(
        "value:Q",
        title=axis,
        scale=alt.Scale(zero=False, nice=False, padding=20),
        axis=alt.Axis(tickCount=6, **_UPRIGHT),
    )
    colour = alt.Color("role:N", scale=alt.Scale(domain=list(_COLOURS), range=list(_COLOURS.values())), legend=None)
    dash = alt.StrokeDash("role:N", scale=alt.Scale(domain=list(_DASHES), range=list(_DASHES.values())), legend=None)
    tooltip = [alt.Tooltip("period:N", title="评价期"), alt.Tooltip("shown:N", title="推算")]

    def only(*roles: str) -> alt.Chart:
        return alt.Chart().transform_filter(" || ".join(f"datum.role == '{role}'" for role in roles))

    lines = only(PAST, TREND, BEST)
    return finish(
        alt.layer(
            only(SLOT).mark_point(opacity=0, size=1).encode(x=x),
            only(BAR).mark_area(color=QUIET, opacity=0.2).encode(x=x, y=y, y2="second:Q"),
            only(BAR).mark_line(strokeWidth=1.6).encode(x=x, y=y, color=colour),
            only(BAR).mark_line(strokeWidth=1.6, strokeDash=_DASHES[BEST]).encode(x=x, y="second:Q", color=colour),
            only(TODAY, MET).mark_rule(strokeDash=[3, 3]).encode(x=x, color=colour),
            only(TODAY)
            .mark_text(align="right", dx=-4, dy=-10)
            .encode(x=x, y=alt.value(0), text="label:N", color=colour),
            only(MET)
            .mark_text(align="left", dx=-4, dy=alt.expr("-10 - 17 * datum.lift"), fontWeight="bold")
            .encode(x=x, y=alt.value(0), text="label:N", color=colour),
            lines.mark_line(strokeWidth=2.8).encode(x=x, y=y, color=colour, strokeDash=dash),
            lines.mark_point(filled=True, size=46, opacity=1).encode(x=x, y=y, color=colour, tooltip=tooltip),
            alt.Chart()
            .transform_filter("datum.at != null")
            .mark_text(align="left", dx=10)
            .encode(x=x, y="at:Q", text="label:N", color=colour),
            only(MET)
            .mark_point(filled=True, shape="diamond", size=210, opacity=1)
            .encode(x=x, y=y, color=colour, tooltip=tooltip),
        ),
        height,
        right=150,
    ).properties(padding={"left": 4, "top": 18, "bottom": 4, "right": 150})
