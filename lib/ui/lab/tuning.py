"""细调: which measures a plan leaves as they are and which take more effort, kept by framework and region and in the address."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import pandas as pd
import streamlit as st

from lib.core.plan import Limits
from lib.model.scenario import BETWEEN, read_weights
from lib.ui import go
from lib.ui.context import Context

BARS, FACTORS = "plan_bar", "plan_factor"
LEAST, MOST = 0.1, 10.0
_MOVES, _FACTOR = "可以动", "费力倍数"
_KEPT, _READ = "_tunings", "_tunings_read"


@dataclass
class Tuning:
    """Of one region in one framework: the barred measures and the factors other than 1. The grid shows `shown`, what was kept when it was
    made, and the edits since; it is made anew in every `turn`, of the measures `listed`."""

    barred: frozenset[str] = frozenset()
    factors: dict[str, float] = field(default_factory=dict)
    shown: tuple[frozenset[str], dict[str, float]] = (frozenset(), {})
    turn: int = 0
    listed: tuple[str, ...] = ()

    def edit(self, edits: Mapping[int, Mapping[str, object]]) -> None:
        """Takes up what the grid was edited to: by row the columns changed since it was made."""
        self.barred, self.factors = self.shown[0], dict(self.shown[1])
        for row, changed in edits.items():
            code = self.listed[row]
            if _MOVES in changed:
                self.barred = self.barred - {code} if changed[_MOVES] else self.barred | {code}
            if _FACTOR in changed:
                factor = changed[_FACTOR]
                self.factors[code] = 1.0 if factor is None else float(factor)  # type: ignore[arg-type]
        self.factors = {code: factor for code, factor in self.factors.items() if factor != 1}

    def lift(self) -> None:
        """Lifts everything."""
        self.barred, self.factors, self.listed = frozenset(), {}, ()


def of(context: Context) -> Tuning:
    """What holds for the region looked at in the framework in force."""
    kept = st.session_state.setdefault(_KEPT, {})
    return kept.setdefault((context.framework_code, context.region), Tuning())


def limited(limits: Limits, tuning: Tuning, codes: Sequence[str]) -> Limits:
    """Limits with the bars and factors of some measures."""
    barred = tuple(code for code in codes if code in tuning.barred)
    return replace(limits, barred=barred, factors=tuple((c, tuning.factors[c]) for c in codes if c in tuning.factors))


def grid(context: Context, codes: Sequence[str]) -> None:
    """The measures to tick and weigh, in the framework's order."""
    tuning = of(context)
    if tuning.listed != tuple(codes) or _key(context, tuning) not in st.session_state:
        tuning.turn, tuning.listed = tuning.turn + 1, tuple(codes)
        tuning.shown = (tuning.barred, dict(tuning.factors))
    barred, factors = tuning.shown
    rows = pd.DataFrame(
        {
            "测度": [context.labels[code] for code in codes],
            "一级指标": [context.framework.indicator_of(code).name for code in codes],
            _MOVES: [code not in barred for code in codes],
            _FACTOR: [factors.get(code, 1.0) for code in codes],
        }
    )
    st.button(
        "全部恢复",
        icon=":material/restart_alt:",
        on_click=tuning.lift,
        disabled=not (tuning.barred or tuning.factors),
        key="plan_lift",
    )
    st.data_editor(
        rows,
        hide_index=True,
        disabled=["测度", "一级指标"],
        column_config={_FACTOR: st.column_config.NumberColumn(min_value=LEAST, max_value=MOST, step=0.1)},
        key=_key(context, tuning),
        on_change=_edited,
        args=(context, tuning.turn),
        height=min(36 * (len(rows) + 1) + 3, 360),
    )


def _key(context: Context, tuning: Tuning) -> str:
    return f"plan_grid:{context.framework_code}:{context.region}:{tuning.turn}"


def _edited(context: Context, turn: int) -> None:
    tuning = of(context)
    # A browser that is behind sends what was edited in a grid that is none any more.
    if turn == tuning.turn:
        tuning.edit(st.session_state[_key(context, tuning)]["edited_rows"])


def to_address(context: Context) -> None:
    """Writes what holds into the address; called in every run."""
    tuning, order = of(context), context.framework.leaves
    factors = [f"{code}{BETWEEN}{tuning.factors[code]!r}" for code in order if code in tuning.factors]
    for key, parts in ((BARS, [code for code in order if code in tuning.barred]), (FACTORS, factors)):
        go.state(key, BETWEEN.join(parts))


def from_address(context: Context) -> None:
    """Takes up what the address says, once a session; what is not understood is told."""
    if _READ in st.session_state:
        return
    st.session_state[_READ] = True
    leaves, said = context.framework.leaves, st.query_params.get(BARS, "")
    barred = said.split(BETWEEN) if said else []
    weighed, every = read_weights(st.query_params.get(FACTORS, ""), leaves)
    tuning = of(context)
    tuning.barred = frozenset(barred) & frozenset(leaves)
    tuning.factors = {code: factor for code, factor in weighed if LEAST <= factor <= MOST and factor != 1}
    if not (every and set(barred) <= set(leaves) and all(LEAST <= factor <= MOST for _, factor in weighed)):
        st.warning(
            f"地址里的细调有认不出的测度，或不在 {LEAST:g}–{MOST:g} 之间的倍数，已略去。", icon=":material/link_off:"
        )
