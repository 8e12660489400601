"""What is being tried on 假设推演: moved values and weights with undo and redo, kept while the session lasts and in the address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import streamlit as st

from lib import scenarios
from lib.core.whatif import Outcome
from lib.model import Period, UserError
from lib.model.scenario import Move, Others, Scenario, read_moves, read_weights
from lib.ui import go, switch
from lib.ui.context import Context

MOVES, WEIGHTS, OTHERS, UNTIL = "moves", "weights", "others", "until"
_TRIALS, _READ = "_trials", "_trial_read"
# What one step of undo takes back: the moves and the weights.
State = tuple[tuple[Move, ...], tuple[tuple[str, float], ...]]


@dataclass
class _Trial:
    """What is tried in one framework and period; `turn` changes whenever boxes on screen must show something else than was typed,
    and `shown` is what they were set to then."""

    state: State = ((), ())
    shown: State = ((), ())
    past: list[State] = field(default_factory=list)
    future: list[State] = field(default_factory=list)
    turn: int = 0


def assume(context: Context) -> None:
    """The choice of what all others are taken to do, and until when; drawn before anything that reads `current`."""
    switch.pick("其他地区", [each.value for each in Others], OTHERS, lambda value: Others(value).label, 200)
    if st.session_state[OTHERS] == Others.TREND:
        switch.pick("到哪一期", scenarios.periods_ahead(context), UNTIL, lambda code: Period.parse(code).label, 200)


def current(context: Context) -> Scenario:
    """What is being tried, seen from the context's region."""
    moves, weights = _trial(context).state
    others = Others(st.session_state.get(OTHERS, Others.HOLD))
    until = ""
    if others is Others.TREND:
        options = scenarios.periods_ahead(context)
        chosen = st.session_state.get(UNTIL)
        until = chosen if chosen in options else options[0]
    return Scenario(context.framework_code, context.period, context.region, moves, weights, others, until)


def outcome(context: Context) -> Outcome:
    """What comes of it."""
    return scenarios.played(context, current(context))


def set_values(context: Context, values: Mapping[str, float | None], region: str = "") -> None:
    """Moves values of a region, the context's unless named; None puts one back. Called before a run."""
    tried = current(context).with_values(region or context.region, values)
    _do(context, (tried.moves, tried.weights))


def set_weights(context: Context, weights: Mapping[str, float]) -> None:
    """Tries these weights instead of any before; called before a run."""
    _do(context, (_trial(context).state[0], tuple(weights.items())))


def put(context: Context, scenario: Scenario) -> None:
    """Tries a whole scenario's values and weights; called before a run."""
    _do(context, (scenario.moves, scenario.weights))
    _turn(_trial(context))


def undo(context: Context) -> None:
    """Takes the last change back; called before a run."""
    kept = _trial(context)
    if kept.past:
        kept.future.append(kept.state)
        kept.state = kept.past.pop()
        _turn(kept)


def redo(context: Context) -> None:
    """Does again what was taken back; called before a run."""
    kept = _trial(context)
    if kept.future:
        kept.past.append(kept.state)
        kept.state = kept.future.pop()
        _turn(kept)


def reset(context: Context) -> None:
    """Puts everything back as it is; can be undone. Called before a run."""
    _do(context, ((), ()))
    _turn(_trial(context))


def can(context: Context) -> tuple[bool, bool]:
    """Whether there is something to undo, and to redo."""
    kept = _trial(context)
    return bool(kept.past), bool(kept.future)


def turn(context: Context) -> str:
    """Belongs in the key of every box that shows a value or weight: it changes when the box must show another one."""
    kept = _trial(context)
    return f"{context.framework_code}:{context.period}:{kept.turn}"


def shown(context: Context) -> Scenario:
    """What the boxes were last set to: a box keeps ends between which that fits, so that it stays the same box while it is moved."""
    moves, weights = _trial(context).shown
    return replace(current(context), moves=moves, weights=weights)


def to_address(context: Context) -> None:
    """Writes what is tried into the address; called in every run that may have changed it."""
    tried = current(context)
    for key, said in ((MOVES, tried.moves_text), (WEIGHTS, tried.weights_text)):
        go.state(key, said)


def from_address(context: Context) -> None:
    """Takes up what the address says, once a session; what is not understood is told."""
    if _READ in st.session_state:
        return
    st.session_state[_READ] = True
    framework, members = context.framework, context.scores.panel.regions
    moves, every_move = read_moves(st.query_params.get(MOVES, ""), members, framework.leaves)
    # The total has no weight: it is what the weights are of.
    weighed = [node.code for node in framework.nodes if node.parent]
    weights, every_weight = read_weights(st.query_params.get(WEIGHTS, ""), weighed)
    fitting = scenarios.possible(context, moves)
    if not (every_move and every_weight and len(fitting) == len(moves)):
        st.warning("地址里的推演有认不出的地区、测度，或者不可能的数，已略去。", icon=":material/link_off:")
    if fitting or weights:
        scenario = replace(current(context), moves=fitting, weights=weights)
        try:
            scenarios.played(context, scenario)
        except UserError as error:
            st.warning(f"地址里的推演不能用：{error}", icon=":material/link_off:")
            return
        put(context, scenario)


def _trial(context: Context) -> _Trial:
    trials = st.session_state.setdefault(_TRIALS, {})
    return trials.setdefault((context.framework_code, context.period), _Trial())


def _turn(kept: _Trial) -> None:
    kept.turn += 1
    kept.shown = kept.state


def _do(context: Context, state: State) -> None:
    kept = _trial(context)
    if state != kept.state:
        kept.past.append(kept.state)
        kept.future.clear()
        kept.state = state
