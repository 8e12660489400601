"""Targets: how many stand where, how far each has come, what is due in which quarter, and which counties meet them."""

from __future__ import annotations

import altair as alt

from lib.view.charts.parts import IN_ORDER, finish, pickable, rows
from lib.view.theme import BLUE, FAINT, GREEN, GROUND, INK, RED, REST, STATUS_COLOURS, TRACK

# What a row is: the name of a department above its targets, or a target.
HEAD, TARGET = "head", "target"
# A bar ends here: 100 is the goal.
END = 120
COMING = "未到期"
MEETS, SHORT = "达到", "未达到"
_HEADS = {"condition": {"test": "indexof(datum.label, '■') == 0", "value": 700}, "value": 400}
_STATES = {**STATUS_COLOURS, COMING: REST}
_MET = {MEETS: GREEN, SHORT: RED, "": REST}


def status_bars(height: int) -> alt.LayerChart:
    """How many targets stand where. Columns: status, count."""
    y = rows("status")
    tooltip = [alt.Tooltip("status:N", title="状态"), alt.Tooltip("count:Q", title="项")]
    bars = (
        alt.Chart()
        .mark_bar(cornerRadiusEnd=2, height={"band": 0.7})
        .encode(y=y, x=alt.X("count:Q", axis=None), color=_colour("status", STATUS_COLOURS), tooltip=tooltip)
    )
    words = alt.Chart().mark_text(align="left", dx=6).encode(y=y, x="count:Q", text=alt.Text("count:Q", format="d"))
    return finish(alt.layer(bars, words), height, right=24)


def bullets(height: int) -> alt.LayerChart:
    """How far each target has come, under its department: 0 the start, 100 the goal; a diamond is the next milestone.

    Columns: label, role (head, target), value (0–120, missing for a head), second (the milestone), status, shown, detail.
    """
    y = alt.Y("label:N", sort=IN_ORDER, title=None, axis=_axis(420))
    x = alt.X(
        "value:Q",
        title="走完（%），100 = 目标",
        scale=alt.Scale(domain=[0, END]),
        axis=alt.Axis(tickCount=3, grid=False),
    )
    rest = alt.Chart().transform_filter(f"datum.role == '{TARGET}'")
    tooltip = [alt.Tooltip("label:N", title="目标"), alt.Tooltip("detail:N", title="情况")]
    track = rest.mark_bar(height={"band": 0.62}, color=TRACK).encode(y=y, x=alt.datum(0), x2=alt.datum(100))
    bars = rest.mark_bar(height={"band": 0.34}).encode(
        y=y, x=x, color=_colour("status", STATUS_COLOURS), tooltip=tooltip
    )
    goal = rest.mark_tick(height={"band": 0.7}, thickness=3, color=INK).encode(y=y, x=alt.datum(100))
    mark = rest.mark_point(filled=True, shape="diamond", size=110, color=BLUE, opacity=1, stroke=GROUND).encode(
        y=y, x="second:Q"
    )
    words = alt.Chart().mark_text(align="left", dx=8).encode(y=y, x=alt.value("width"), text="shown:N")
    return finish(alt.layer(track, bars, goal, mark, words), height, right=8)


def wall(height: int, size: int = 14) -> alt.LayerChart:
    """What every target owes in each quarter, under its department; a milestone is lighter than the goal.

    Columns: label, period, state, words, role (goal, milestone, "" for nothing), detail.
    """
    y = alt.Y("label:N", sort=IN_ORDER, title=None, axis=_axis(400, size))
    x = alt.X(
        "period:N",
        sort=IN_ORDER,
        title=None,
        axis=alt.Axis(orient="top", labelAngle=0, labelFontSize=size, domain=False, ticks=False),
    )
    tooltip = [alt.Tooltip("label:N", title="目标"), alt.Tooltip("detail:N", title="应到")]
    due = alt.Chart().transform_filter("datum.role != ''")
    grid = alt.Chart().mark_rect(fill=FAINT, stroke=GROUND, strokeWidth=2).encode(x=x, y=y)
    cells = due.mark_rect(stroke=GROUND, strokeWidth=2).encode(
        x=x,
        y=y,
        color=_colour("state", _STATES),
        opacity=alt.condition("datum.role == 'goal'", alt.value(0.38), alt.value(0.16)),
        tooltip=tooltip,
    )
    late = "datum.state == '逾期未达标' || datum.state == '滞后'"
    words = due.mark_text(fontSize=size, fontWeight=600).encode(
        x=x, y=y, text="words:N", color=alt.condition(late, alt.value(RED), alt.value(INK)), tooltip=tooltip
    )
    return finish(alt.layer(grid, cells, words), height, right=8)


def county_goals(height: int) -> alt.LayerChart:
    """Which counties meet which targets, a row a target, a column a county; a click gives the address of the value.

    Columns: label, place, state (达到, 未达到, "" where there is no value or the target does not apply), words, cell, detail.
    """
    y = alt.Y("label:N", sort=IN_ORDER, title=None, axis=_axis(420))
    x = alt.X(
        "place:N", sort=IN_ORDER, title=None, axis=alt.Axis(orient="top", labelAngle=0, domain=False, ticks=False)
    )
    tooltip = [
        alt.Tooltip("label:N", title="目标"),
        alt.Tooltip("place:N", title="地区"),
        alt.Tooltip("detail:N", title="数值"),
    ]
    cells = (
        alt.Chart()
        .mark_rect(stroke=GROUND, strokeWidth=2, opacity=0.18, cursor="pointer")
        .encode(x=x, y=y, color=_colour("state", _MET), detail="cell:N", tooltip=tooltip)
    )
    words = (
        alt.Chart()
        .mark_text(fontSize=13, cursor="pointer")
        .encode(
            x=x,
            y=y,
            text="words:N",
            color=alt.condition(f"datum.state == '{SHORT}'", alt.value(RED), alt.value(INK)),
            tooltip=tooltip,
        )
    )
    return finish(alt.layer(cells.add_params(pickable("cell")), words), height, right=8)


def _colour(field: str, colours: dict[str, str]) -> alt.Color:
    return alt.Color(f"{field}:N", scale=alt.Scale(domain=list(colours), range=list(colours.values())), legend=None)


def _axis(limit: int, size: int = 14) -> alt.Axis:
    """Names of rows; a department's, which begins with ■, stands out."""
    return alt.Axis(labelLimit=limit, labelFontSize=size, labelFontWeight=_HEADS)
