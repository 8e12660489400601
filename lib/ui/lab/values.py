"""改数值: a county's values as sliders, and its total, place and tier at once."""

from __future__ import annotations

import math

import streamlit as st

from lib import scenarios
from lib.core.whatif import Lever, levers
from lib.ui import show, trial
from lib.ui.context import Context
from lib.view import charts, sentences, tables, text

MOST = "提分空间最大的 6 项"
FIRST = 6


@st.fragment
def draw(context: Context) -> None:
    """Everything that a slider redraws."""
    trial.to_address(context)
    found = levers(context.scores, context.region, context.period)
    changes, outcome = trial.current(context).of(context.region), trial.outcome(context)
    name = context.names[context.region]
    show.opening("假设推演", sentences.what_if(outcome.before, outcome.after, name, len(changes)), context)
    st.markdown(f":material/info: **假定**：{scenarios.assumption(trial.current(context))}。计分与排名页用同一套方法。")
    if not all(lever.fixed for lever in found):
        st.caption("没有前沿值的测度按本期各地的最优、最差值计分：动了最优或最差的那个值，其他地区的得分也会略有变化。")
    left, right = st.columns([2, 3], gap="large")
    with left:
        shown = _choose(context, found)
        for lever in shown:
            _slider(context, lever)
        st.button(
            "全部恢复现值",
            on_click=trial.reset,
            args=(context,),
            icon=":material/restart_alt:",
            disabled=not trial.current(context).changed,
        )
    with right:
        rows = tables.ranking_rows(outcome.movement, context.names, context.region)
        show.chart(charts.ranking_bars, rows, "总分", title="推演后的排名（右侧：得分和名次变化）", context=context)
        moved = tables.lever_rows(outcome.moved([lever.code for lever in shown]), context.labels, context.book.measures)
        height, title = len(moved) * charts.ROW + 40, "● 现值　◆ 推演值（在最差与最优之间）"
        show.chart(charts.levers, moved, height, title=title, context=context)
        if changes:
            moved = outcome.moved(list(changes))
            table = tables.change_table(moved, context.labels, context.book.measures)
            show.table(table, title="改了什么，各加多少", context=context)


def _choose(context: Context, levers: list[Lever]) -> list[Lever]:
    """Which levers to show: those that promise most, or one indicator's."""
    indicators = {node.name: node.code for node in context.framework.indicators}
    wanted = st.selectbox(
        "调整哪些测度", [MOST, *indicators], key="group", bind="query-params", persist_state="session"
    )
    if wanted == MOST:
        return levers[:FIRST]
    below = context.framework.below(indicators[wanted])
    return [lever for lever in levers if lever.code in below]


def _slider(context: Context, lever: Lever) -> None:
    """One measure between the worst and the best end of its scale, today's value in the label."""
    measure = context.book.measures[lever.code]
    step = 10.0**-measure.decimals
    low, high = (_bound(min, lever, step), _bound(max, lever, step))
    today = text.number(lever.value, measure.decimals)
    better = "越低越好" if lever.best < lever.worst else "越高越好"
    key = f"try:{trial.turn(context)}:{context.region}:{lever.code}"
    if key not in st.session_state:
        st.session_state[key] = min(
            max(trial.current(context).of(context.region).get(lever.code, lever.value), low), high
        )
    st.slider(
        f"{measure.name}（{better}）　**现值 {today}** {measure.unit}",
        low,
        high,
        step=step,
        key=key,
        format=f"%.{measure.decimals}f",
        help=f"最差 {text.number(lever.worst, measure.decimals)}，最优 {text.number(lever.best, measure.decimals)} {measure.unit}。"
        + ("" if lever.fixed else "原文没有前沿值，两端取本期各地的最差、最优值。"),
        on_change=_keep,
        args=(context, lever, step, key),
    )


def _bound(end: object, lever: Lever, step: float) -> float:
    """An end of the slider, widened to a whole step so that every value of the scale can be reached."""
    value = end(lever.worst, lever.best)  # type: ignore[operator]
    steps = value / step
    whole = math.floor(steps + 1e-9) if end is min else math.ceil(steps - 1e-9)
    return whole * step


def _keep(context: Context, lever: Lever, step: float, key: str) -> None:
    value = st.session_state[key]
    # A slider cannot rest between its steps: within half a step of today's value means today's value.
    trial.set_values(context, {lever.code: None if abs(value - lever.value) < step / 2 else value})
