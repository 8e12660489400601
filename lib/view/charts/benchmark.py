"""Gaps and targets."""

from __future__ import annotations

import altair as alt

from lib.view.charts.parts import IN_ORDER, finish, pickable, rows
from lib.view.theme import AMBER, BEHIND, BLUE, BROWN, INK, LINE, QUIET, SAND, SKY

# What a bar of a gap explained is, and what a row of two courses is.
BEHIND_BY, REST, AHEAD_BY, OURS, THEIRS = "behind", "rest", "ahead", "ours", "theirs"
SLOT, MEETING, RANGE = "slot", "meeting", "range"
_COURSES = {OURS: BLUE, THEIRS: QUIET, MEETING: BROWN}
_PARTS = {BEHIND_BY: AMBER, REST: SAND, AHEAD_BY: SKY, OURS: INK, THEIRS: BLUE}


def waterfall(height: int) -> alt.LayerChart:
    """From our score to the benchmark's, a bar for each part of the gap; both ends are marks. A click gives the measure.

    Columns: label, role (ours, theirs, behind, rest, ahead), left, right, shown, code.
    """
    y = rows()
    x = alt.X("left:Q", title="得分", scale=alt.Scale(zero=False, nice=False, padding=14), axis=alt.Axis(tickCount=6))
    colour = alt.Color("role:N", scale=alt.Scale(domain=list(_PARTS), range=list(_PARTS.values())), legend=None)
    shape = alt.Shape("role:N", scale=alt.Scale(domain=[OURS, THEIRS], range=["circle", "diamond"]), legend=None)
    tooltip = [alt.Tooltip("label:N", title="测度"), alt.Tooltip("shown:N", title="差距")]
    band = alt.Chart().mark_rect(opacity=0, cursor="pointer").encode(y=y, detail="code:N", tooltip=tooltip)
    ends = f"datum.role == '{OURS}' || datum.role == '{THEIRS}'"
    bars = (
        alt.Chart()
        .transform_filter(f"!({ends})")
        .mark_bar(height={"band": 0.62}, cornerRadius=1, cursor="pointer")
        .encode(y=y, x=x, x2="right:Q", color=colour, tooltip=tooltip)
    )
    lines = alt.Chart().transform_filter(ends).mark_rule(strokeDash=[4, 4], color=LINE).encode(x="left:Q")
    marks = (
        alt.Chart()
        .transform_filter(ends)
        .mark_point(filled=True, size=150, opacity=1)
        .encode(y=y, x="left:Q", color=colour, shape=shape, tooltip=tooltip)
    )
    words = (
        alt.Chart()
        .mark_text(align="left", dx=8, cursor="pointer")
        .encode(y=y, x=alt.value("width"), text="shown:N", tooltip=tooltip)
    )
    return finish(alt.layer(band.add_params(pickable("code")), lines, bars, marks, words), height, right=132)


def catching_up(height: int, axis: str = "得分", whole: bool = False) -> alt.LayerChart:
    """Two courses, what they have been and where they lead, and where they meet with its range; slot keeps a period's place.

    `part` is past or ahead; words stand at rows that have a label, lowered by `down`, on a `side`. `second` ends the range.
    Columns: role (ours, theirs, slot, meeting, range), part, period, second, value, label, shown, down, side.
    """
    x = alt.X(
        "period:N", sort=IN_ORDER, title=None, axis=alt.Axis(labelAngle=0, labelOverlap="greedy", labelSeparation=10)
    )
    ticks = {"tickCount": 6, "tickMinStep": 1} if whole else {"tickCount": 6}
    upright = {"titleAngle": 0, "titleAlign": "left", "titleAnchor": "end", "titleX": -30, "titleY": -14}
    y = alt.Y("value:Q", title=axis, scale=alt.Scale(zero=False, padding=26), axis=alt.Axis(**ticks, **upright))
    colour = alt.Color("role:N", scale=alt.Scale(domain=list(_COURSES), range=list(_COURSES.values())), legend=None)
    dash = alt.StrokeDash("part:N", scale=alt.Scale(domain=["past", "ahead"], range=[[1, 0], [6, 4]]), legend=None)
    tooltip = [alt.Tooltip("period:N", title="评价期"), alt.Tooltip("shown:N", title="数值")]
    slots = alt.Chart().transform_filter(f"datum.role == '{SLOT}'").mark_point(opacity=0, size=1).encode(x=x)
    both = alt.Chart().transform_filter(f"datum.role == '{OURS}' || datum.role == '{THEIRS}'").encode(x=x, y=y)
    span = (
        alt.Chart()
        .transform_filter(f"datum.role == '{RANGE}'")
        .mark_rule(strokeWidth=10, opacity=0.35, color=AMBER, strokeCap="round")
        .encode(x=x, x2="second:N", y=y, tooltip=tooltip)
    )
    meeting = alt.Chart().transform_filter(f"datum.role == '{MEETING}'").encode(x=x, y=y)
    return finish(
        alt.layer(
            slots,
            span,
            both.mark_line(strokeWidth=2.4).encode(detail="part:N", color=colour, strokeDash=dash),
            both.transform_filter("datum.part == 'past'")
            .mark_point(filled=True, size=50, opacity=1)
            .encode(color=colour, tooltip=tooltip),
            both.mark_text(
                dy=alt.expr("datum.down"), align=alt.expr("datum.side"), dx=alt.expr("datum.side == 'left' ? -4 : 4")
            ).encode(text="label:N", color=colour),
            meeting.mark_point(filled=True, shape="diamond", size=190, opacity=1).encode(color=colour, tooltip=tooltip),
            meeting.mark_text(dy=-18, fontWeight="bold", color=INK).encode(text="label:N"),
        ),
        height,
    ).properties(padding={"left": 4, "top": 6, "bottom": 4, "right": 24})


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
            color=alt.condition("datum.behind > 0", alt.value(BEHIND), alt.value(SKY)),
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
