"""What 改数值 and 改权重 share: undo, redo, reset; and what a region's sliders start from."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pandas as pd
import streamlit as st

from lib import scenarios
from lib.core.ahead import Values
from lib.core.cityfacts import CITY
from lib.core.score import Scores
from lib.core.sensitivity import goals_of, swings, unmoved
from lib.core.whatif import Lever, levers
from lib.ui import trial
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


def tools(context: Context) -> None:
    """Undo, redo, reset."""
    undo, redo = trial.can(context)
    for label, icon, click, possible in (
        ("撤销", ":material/undo:", trial.undo, undo),
        ("重做", ":material/redo:", trial.redo, redo),
        ("全部恢复", ":material/restart_alt:", trial.reset, trial.current(context).changed),
    ):
        st.button(label, on_click=click, args=(context,), icon=icon, disabled=not possible)


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
