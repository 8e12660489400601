"""What 改数值 and 改权重 share: undo, redo, reset; and what a region's sliders start from."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import pandas as pd
import streamlit as st

from lib import scenarios
from lib.core.ahead import Values
from lib.core.cityfacts import CITY
from lib.core.score import Scores
from lib.core.sensitivity import goals_of, swings, unmoved
from lib.core.whatif import Lever, levers
from lib.ui import loaders, show, trial
from lib.ui.context import Context


@dataclass(frozen=True)
class Start:
    """Before any value is moved, with the weights that are tried and what the others do: a region's sliders, why its other measures have
    none, what a tenth of each value is worth, and the targets of all regions. Not to be changed."""

    scores: Scores
    levers: list[Lever]
    stuck: dict[str, str]
    swings: pd.DataFrame
    goals: Values


def has_score(context: Context) -> bool:
    """Whether the region has a total to start from; if not, says so and what to do."""
    if not math.isnan(context.scores.of(context.region, context.root, context.period)[0]):
        return True
    name = context.names[context.region]
    show.opening("假设推演", f"{name}{context.period_label}没有得分，不能推演。", context)
    st.info("请在左边换一个关注地区或评价期；要补报数值，请到“填报和佐证”。")
    st.page_link("manage/entry.py", label="去填报数值", icon=":material/edit_note:")
    return False


def fresh(context: Context) -> None:
    """Has the whole page drawn anew where the data has changed since: a fragment goes on with what it was given."""
    if loaders.version() != context.version:
        st.rerun()


def tools(context: Context) -> None:
    """Undo, redo, reset."""
    undo, redo = trial.can(context)
    for label, icon, click, possible in (
        ("撤销", ":material/undo:", trial.undo, undo),
        ("重做", ":material/redo:", trial.redo, redo),
        ("全部恢复", ":material/restart_alt:", trial.reset, trial.current(context).changed),
    ):
        st.button(label, on_click=click, args=(context,), icon=icon, disabled=not possible)


def onward() -> None:
    """What to do next."""
    with st.container(horizontal=True, gap="small"):
        for view, label, icon in (
            ("升档反推", "反过来问：要升一档，改哪些、改多少", ":material/stairs:"),
            ("方案", "存成方案，写进材料", ":material/bookmark_add:"),
        ):
            st.button(label, on_click=_open, args=(view,), icon=icon)
        st.page_link("benchmark/targets.py", label="看这些指标的目标", icon=":material/flag:")


def _open(view: str) -> None:
    st.session_state["lab"] = view


def start(context: Context, region: str) -> Start:
    """What a region's sliders start from."""
    return _start(context.version, repr(replace(trial.current(context), moves=())), region, context)


@st.cache_resource(max_entries=64, show_spinner=False)
def _start(version: str, scenario: str, region: str, _context: Context) -> Start:
    scores = scenarios.played(_context, replace(trial.current(_context), moves=())).then
    period, book = _context.period, _context.book
    goals = goals_of(scores, period, _context.snapshot.goals, book.measures, _context.names, CITY)
    found = (levers(scores, region, period), unmoved(scores, region, period), swings(scores, region, period))
    return Start(scores, *found, goals)
