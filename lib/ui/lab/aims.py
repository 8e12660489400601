"""The aim that 升档反推 and 何时到 ask about: a place, a tier or a score, on the total or on an indicator."""

from __future__ import annotations

from math import floor, isfinite

import streamlit as st

from lib.core.aim import Aim
from lib.core.score import Scores
from lib.ui import subject, switch
from lib.ui.context import Context

FIRST_TIER, LEAVE_LAST, GAIN, PLACE, SCORE = "进入第一方阵", "脱离第三方阵", "前进几位", "达到第几位", "达到多少分"
_BOUND = {"bind": "query-params", "persist_state": "session"}
_KIND, _PLACES, _PLACE, _SCORE = "aim", "aim_by", "aim_place", "aim_score"
# What a first suggestion of a score adds to today's.
_MORE = 5


def choose(context: Context, base: Scores) -> Aim | None:
    """The aim, whose first suggestion suits the place that the region has in `base`, the period as it is or with what others are
    taken to do; 前进 counts from today's place. None where it has no place on the node to start from."""
    code = subject.choose(context, "在哪个指标上")
    score, rank, _ = base.of(context.region, code, context.period)
    today = context.scores.of(context.region, code, context.period)[1]
    if rank != rank or today != today:
        return None
    cuts, last = context.cohort.cuts, len(base.panel.regions)
    # Out of the last tier comes before into the first.
    kinds = {LEAVE_LAST: rank > cuts[-1], FIRST_TIER: rank > cuts[0], GAIN: today > 1, PLACE: True, SCORE: True}
    kind = switch.pick("想达到什么", [kind for kind, fits in kinds.items() if fits], _KIND, str)
    if kind == FIRST_TIER:
        return Aim(code, place=cuts[0])
    if kind == LEAVE_LAST:
        return Aim(code, place=cuts[-1])
    if kind == GAIN:
        return Aim(code, place=int(today) - _whole("前进几位", _PLACES, int(today) - 1, 1))
    if kind == PLACE:
        return Aim(code, place=_whole("第几位", _PLACE, last, max(1, int(today) - 1)))
    return Aim(code, score=_number("多少分", _SCORE, (0.0, 100.0), float(min(100, round(score) + _MORE)), 0.5))


def _whole(label: str, key: str, high: int, first: int) -> int:
    """A whole number from 1; of another that was typed what is before the point."""
    if key in st.session_state and isfinite(st.session_state[key]):
        st.session_state[key] = float(floor(st.session_state[key]))
    return floor(_number(label, key, (1.0, float(high)), float(first), 1.0))


def _number(label: str, key: str, ends: tuple[float, float], first: float, step: float) -> float:
    """A number; what was chosen for another region and does not fit this one gives way to the first suggestion. A box of floats passes
    over what an address says that is no finite number, one of whole numbers would break on it."""
    if key in st.session_state and not ends[0] <= st.session_state[key] <= ends[1]:
        st.session_state[key] = first
    given = {} if key in st.session_state else {"value": first}
    return float(st.number_input(label, *ends, step=step, format="%g", key=key, **given, **_BOUND))
