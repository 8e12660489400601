"""A campaign: its phases over time, who is ahead, who has reported."""

from __future__ import annotations

import altair as alt

from lib.view.charts.parts import IN_ORDER, finish, rows
from lib.view.theme import BLUE, GROUND, INK, QUIET, RED, REPORT_COLOURS, SKY, TRACK

PHASE, DUE, TODAY = "phase", "due", "today"


def phases(height: int) -> alt.LayerChart:
    """Phases as bars, days on which something is due as marks, the day looked at as a rule. Columns: label, role, starts, ends, shown."""
    y, role = rows(), "datum.role == '{}'"
    x = alt.X(
        "starts:T",
        title=None,
        scale=alt.Scale(type="utc"),
        axis=alt.Axis(
            format="%Y.%-m",
            tickCount=8,
            grid=False,
            labelFontSize=12.5,
            labelColor=QUIET,
            labelOverlap=True,
            labelSeparation=12,
        ),
    )
    bars = (
        alt.Chart()
        .mark_bar(height=14, color=SKY, cornerRadius=2)
        .encode(y=y, x=x, x2="ends:T", tooltip=[alt.Tooltip("shown:N", title="起止")])
        .transform_filter(role.format(PHASE))
    )
    span = (
        alt.Chart()
        .mark_text(align="left", dx=8)
        .encode(y=y, x=alt.value("width"), text="shown:N")
        .transform_filter(role.format(PHASE))
    )
    marks = (
        alt.Chart()
        .mark_point(filled=True, shape="diamond", size=90, color=BLUE, opacity=1)
        .encode(y=y, x=x)
        .transform_filter(role.format(DUE))
    )
    days = (
        alt.Chart()
        .mark_text(dy=-15, fontSize=12.5, color=BLUE)
        .encode(y=y, x=x, text="shown:N")
        .transform_filter(role.format(DUE))
        .transform_calculate(shown="width < 560 ? replace(replace(datum.shown, '月', '.'), '日', '') : datum.shown")
    )
    rule = (
        alt.Chart()
        .mark_rule(color=INK, strokeWidth=1.5, strokeDash=[5, 3])
        .encode(x=x)
        .transform_filter(role.format(TODAY))
    )
    now = (
        alt.Chart()
        .mark_text(dy=-8, baseline="bottom", fontWeight=600)
        .encode(x=x, y=alt.value(0), text="shown:N")
        .transform_filter(role.format(TODAY))
    )
    return finish(alt.layer(bars, span, marks, days, rule, now), height, right=200).properties(
        padding={"left": 4, "top": 24, "bottom": 4, "right": 200}
    )


def progress_bars(height: int) -> alt.LayerChart:
    """How far each department has come. Columns: label, value (0–100, missing without a value), shown."""
    y = rows()
    x = alt.X(
        "value:Q",
        title="走完（%），100 = 目标都达到",
        scale=alt.Scale(domain=[0, 100]),
        axis=alt.Axis(tickCount=5, grid=False),
    )
    track = alt.Chart().mark_bar(height={"band": 0.6}, color=TRACK).encode(y=y, x=alt.datum(0), x2=alt.datum(100))
    tooltip = [alt.Tooltip("label:N", title="单位"), alt.Tooltip("shown:N", title="进展")]
    bars = alt.Chart().mark_bar(height={"band": 0.6}, color=BLUE).encode(y=y, x=x, tooltip=tooltip)
    words = alt.Chart().mark_text(align="left", dx=8).encode(y=y, x=alt.value("width"), text="shown:N")
    return finish(alt.layer(track, bars, words), height, right=260)


def report_matrix(height: int) -> alt.LayerChart:
    """Who has filed and reported, a row a department, a column a due date. Columns: label, period, state, words."""
    y = rows()
    x = alt.X(
        "period:N", sort=IN_ORDER, title=None, axis=alt.Axis(orient="top", labelAngle=0, labelLimit=160, domain=False)
    )
    colour = alt.Color(
        "state:N",
        scale=alt.Scale(domain=list(REPORT_COLOURS), range=list(REPORT_COLOURS.values())),
        legend=None,
    )
    tooltip = [
        alt.Tooltip("label:N", title="单位"),
        alt.Tooltip("period:N", title="应报"),
        alt.Tooltip("words:N", title="情况"),
    ]
    cells = (
        alt.Chart().mark_rect(stroke=GROUND, strokeWidth=3, opacity=0.2).encode(x=x, y=y, color=colour, tooltip=tooltip)
    )
    late = "datum.state == '逾期未报'"
    words = (
        alt.Chart()
        .mark_text(fontSize=13)
        .encode(x=x, y=y, text="words:N", color=alt.condition(late, alt.value(RED), alt.value(INK)))
    )
    return finish(alt.layer(cells, words), height, right=16)
