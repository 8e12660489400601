"""寻标: how those worth learning from got to where they are."""

from __future__ import annotations

import altair as alt

from lib.view.charts.parts import IN_ORDER, finish, pickable
from lib.view.theme import BLUE, INK, OLIVE, PALE, QUIET, TEAL, VIOLET

# What a line is: the county looked at, those worth learning from in the order of their cards, or any other.
FOCUS, OTHER = "focus", "other"
PICKS = ("first", "second", "third", "fourth", "fifth")
# Apart in lightness and in dashes too, so that they are told apart in grey.
_COLOURS = {FOCUS: BLUE, **dict(zip(PICKS, (INK, TEAL, VIOLET, OLIVE, QUIET), strict=True))}
_DASHES = {FOCUS: [1, 0], **dict(zip(PICKS, ([1, 0], [7, 3], [3, 3], [10, 3, 2, 3], [1, 3]), strict=True))}
_UPRIGHT = {"titleAngle": 0, "titleAlign": "left", "titleAnchor": "end", "titleX": -30, "titleY": -14}


def courses(height: int, axis: str = "得分", whole: bool = False) -> alt.LayerChart:
    """Values over periods: the focus county and those worth learning from with their names at the ends, the others in grey.

    `at` is the height of a line's words, so that none covers another. A ring marks a start that is compared. Columns: role, period, value, at, region, label, end (words), shown, start (0/1).
    """
    x = alt.X(
        "period:N",
        sort=IN_ORDER,
        title=None,
        axis=alt.Axis(labelAngle=0, labelOverlap="greedy", labelSeparation=10, grid=False),
    )
    steps = {"tickMinStep": 1, "format": "d"} if whole else {}
    y = alt.Y(
        "value:Q",
        title=axis,
        scale=alt.Scale(zero=False, padding=14),
        axis=alt.Axis(tickCount=5, **steps, **_UPRIGHT),
    )
    roles = list(_COLOURS)
    colour = alt.Color("role:N", scale=alt.Scale(domain=roles, range=list(_COLOURS.values())), legend=None)
    dash = alt.StrokeDash("role:N", scale=alt.Scale(domain=roles, range=list(_DASHES.values())), legend=None)
    tooltip = [
        alt.Tooltip("label:N", title="地区"),
        alt.Tooltip("period:N", title="评价期"),
        alt.Tooltip("shown:N", title="数值"),
    ]
    every = alt.Chart().encode(x=x, y=y, detail="region:N")
    others = every.transform_filter(f"datum.role == '{OTHER}'")
    lines = every.transform_filter(f"datum.role != '{OTHER}'").encode(color=colour)
    ours = alt.condition(f"datum.role == '{FOCUS}'", alt.value(4), alt.value(2.4))
    return finish(
        alt.layer(
            others.mark_line(color=PALE, strokeWidth=1.3),
            lines.mark_line().encode(strokeDash=dash, strokeWidth=ours),
            lines.mark_point(filled=True, size=50, opacity=1),
            lines.transform_filter("datum.start == 1").mark_point(size=170, strokeWidth=2, opacity=1),
            alt.Chart()
            .transform_filter("datum.at != null")
            .mark_text(align="left", dx=10, fontSize=14)
            .encode(x=x, y="at:Q", text="end:N", color=colour),
            # Over all the others, so that each point can be hit.
            every.mark_point(filled=True, size=140, opacity=0, cursor="pointer")
            .encode(tooltip=tooltip)
            .add_params(pickable("region")),
        ),
        height,
        right=8,
    )
