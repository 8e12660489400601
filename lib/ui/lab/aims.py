"""The aim that 升档反推 and 何时到 ask about: a place, a tier or a score, on the total or on an indicator."""

from __future__ import annotations

import streamlit as st

from lib.core.aim import Aim
from lib.ui import subject, switch
from lib.ui.context import Context

FIRST_TIER, LEAVE_LAST, GAIN, PLACE, SCORE = "进入第一方阵", "脱离第三方阵", "前进几位", "达到第几位", "达到多少分"
_BOUND = {"bind": "query-params", "persist_state": "session"}
_KIND, _PLACES, _PLACE, _SCORE = "aim", "aim_by", "aim_place", "aim_score"


def choose(context: Context) -> Aim | None:
    """The aim, whose first suggestion suits the region's place; None where the region has no place on the node to start from."""
    code = subject.choose(context, "在哪个指标上")
    score, rank, _ = context.scores.of(context.region, code, context.period)
    if rank != rank:
        return None
    cuts, last = context.cohort.cuts, len(context.scores.panel.regions)
    kinds = {
        FIRST_TIER: rank > cuts[0],
        LEAVE_LAST: rank > cuts[-1],
        GAIN: rank > 1,
        PLACE: True,
        SCORE: True,
    }
    fitting = [kind for kind, fits in kinds.items() if fits]
    # Out of the last tier comes before into the first.
    kind = switch.pick("想达到什么", sorted(fitting, key=lambda each: each != LEAVE_LAST), _KIND, str)
    if kind == FIRST_TIER:
        return Aim(code, place=cuts[0])
    if kind == LEAVE_LAST:
        return Aim(code, place=cuts[-1])
    if kind == GAIN:
        return Aim(code, place=int(rank) - _number("前进几位", _PLACES, 1, int(rank) - 1, 1))
    if kind == PLACE:
        return Aim(code, place=_number("第几位", _PLACE, 1, last, max(1, int(rank) - 1)))
    value = st.number_input("多少分", 0.0, 100.0, min(100.0, float(round(score + 5))), 1.0, key=_SCORE, **_BOUND)
    return Aim(code, score=float(value))


def _number(label: str, key: str, low: int, high: int, first: int) -> int:
    # What was chosen for another region may not fit this one.
    if key in st.session_state and not low <= st.session_state[key] <= high:
        st.session_state[key] = first
    return int(st.number_input(label, low, high, first, 1, key=key, **_BOUND))
