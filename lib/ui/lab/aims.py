"""The aim that 升档反推 and 何时到 ask about: a place, a tier or a score, on the total or on an indicator."""

from __future__ import annotations

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
        return Aim(code, place=int(today) - _number("前进几位", _PLACES, 1, int(today) - 1, 1))
    if kind == PLACE:
        return Aim(code, place=_number("第几位", _PLACE, 1, last, max(1, int(today) - 1)))
    return Aim(code, score=float(_number("多少分", _SCORE, 0, 100, min(100, round(score) + _MORE))))


def _number(label: str, key: str, low: int, high: int, first: int) -> int:
    """A whole number; what was chosen for another region and does not fit this one gives way to the first suggestion."""
    if key in st.session_state and not low <= st.session_state[key] <= high:
        st.session_state[key] = first
    given = {} if key in st.session_state else {"value": first}
    return int(st.number_input(label, low, high, step=1, key=key, **given, **_BOUND))
