"""The what-if sliders: what has been moved is kept per framework, region and period while the session lasts."""

from __future__ import annotations

import math

import streamlit as st

from lib.core.whatif import Lever
from lib.ui.context import Context
from lib.view import text

MOST = "提分空间最大的 6 项"
FIRST = 6


def changes(context: Context) -> dict[str, float]:
    """Measures moved away from today's value."""
    return dict(_kept(context))


def choose(context: Context, levers: list[Lever]) -> list[Lever]:
    """Which levers to show: those that promise most, or one indicator's."""
    indicators = {node.name: node.code for node in context.framework.indicators}
    wanted = st.selectbox(
        "调整哪些测度", [MOST, *indicators], key="group", bind="query-params", persist_state="session"
    )
    if wanted == MOST:
        return levers[:FIRST]
    below = context.framework.below(indicators[wanted])
    return [lever for lever in levers if lever.code in below]


def slider(context: Context, lever: Lever) -> None:
    """One measure between the worst and the best end of its scale, today's value in the label."""
    measure = context.book.measures[lever.code]
    step = 10.0**-measure.decimals
    low, high = (bound(min, lever, step), bound(max, lever, step))
    today = text.number(lever.value, measure.decimals)
    better = "越低越好" if lever.best < lever.worst else "越高越好"
    key = _key(context, lever.code)
    if key not in st.session_state:
        st.session_state[key] = min(max(_kept(context).get(lever.code, lever.value), low), high)
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
        args=(context, lever, step),
    )


def bound(end: object, lever: Lever, step: float) -> float:
    """An end of the slider, widened to a whole step so that every value of the scale can be reached."""
    value = end(lever.worst, lever.best)  # type: ignore[operator]
    steps = value / step
    whole = math.floor(steps + 1e-9) if end is min else math.ceil(steps - 1e-9)
    return whole * step


def reset(context: Context) -> None:
    """The button that puts every value back to today's."""
    st.button(
        "全部恢复现值", on_click=_reset, args=(context,), icon=":material/restart_alt:", disabled=not _kept(context)
    )


def _kept(context: Context) -> dict[str, float]:
    everything = st.session_state.setdefault("_moved", {})
    return everything.setdefault((context.framework_code, context.region, context.period), {})


def _keep(context: Context, lever: Lever, step: float) -> None:
    value = st.session_state[_key(context, lever.code)]
    # A slider cannot rest between its steps: within half a step of today's value means today's value.
    if abs(value - lever.value) < step / 2:
        _kept(context).pop(lever.code, None)
    else:
        _kept(context)[lever.code] = value


def _reset(context: Context) -> None:
    for code in list(_kept(context)):
        st.session_state.pop(_key(context, code), None)
    _kept(context).clear()


def _key(context: Context, code: str) -> str:
    return f"whatif:{context.framework_code}:{context.region}:{context.period}:{code}"
