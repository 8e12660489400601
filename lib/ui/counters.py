"""月度计数: the year that is looked at, and the grid by which counts come in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import pandas as pd
import streamlit as st

from lib.core import tally as core
from lib.model import Period, UserError
from lib.model.access import Action
from lib.model.tally import Kind
from lib.store import default_path
from lib.store import tallies as store
from lib.store.bulletins import issued_days
from lib.store.events import today
from lib.ui import access, switch
from lib.ui.context import Context

FIRST_YEAR = 2019
_TURN, _DONE, _REFUSED = "_counters_turn", "_counters_done", "_counters_refused"
# Those issued here are counted, not typed.
TYPED = [kind for kind in Kind if kind is not Kind.BULLETINS]


@dataclass(frozen=True)
class Counts:
    """The counts that stand, and the year that is looked at."""

    year: int
    rows: pd.DataFrame

    @cached_property
    def grid(self) -> pd.DataFrame:
        """The year's, as `core.tally.grid`."""
        return core.grid(self.rows, core.months(self.year))

    @cached_property
    def totals(self) -> pd.DataFrame:
        """The year's, as `core.tally.totals`."""
        return core.totals(self.rows, core.months(self.year))


def choose() -> Counts:
    """The year, the present one first, with all counts."""
    last = int(today()[:4])
    year = switch.pick("年份", [str(each) for each in range(last, FIRST_YEAR - 1, -1)], "year", str)
    return Counts(int(year), core.with_issued(store.tallies(default_path()), issued_days(default_path())))


def stated(context: Context) -> dict[Kind, dict]:
    """What documents state as totals."""
    return core.stated(context.book.facts)


def entries() -> pd.DataFrame:
    """Every entry, the latest first."""
    return store.entries(default_path())


def opened(counts: Counts) -> bool:
    """Whether the form stands open at first: it stays as it is when somebody else saves meanwhile."""
    return bool(st.session_state.setdefault(f"_counters_open-{counts.year}", not counts.totals["filled"].any()))


def form(counts: Counts) -> None:
    """The year's counts as a grid to type in, a row a month; only what was changed is saved."""
    before = counts.grid.loc[[kind.value for kind in TYPED]].T
    shown = before.rename(columns={kind.value: kind.label for kind in TYPED})
    shown.insert(0, "月份", [Period.parse(month).label for month in before.index])
    key = f"counters-{counts.year}-{st.session_state.setdefault(_TURN, 0)}"
    numbers = {
        # Without bounds of its own: the box would quietly turn −4 into 4 instead of having it refused.
        kind.label: st.column_config.NumberColumn(f"{kind.label}（{kind.unit}）", format="%g")
        for kind in TYPED
    }
    filled = st.data_editor(
        shown.reset_index(drop=True),
        column_config=numbers,
        disabled=["月份"],
        hide_index=True,
        height=36 * 13 + 3,
        row_height=36,
        key=key,
        placeholder="",
        alt="月度数填报表",
    )
    left, right = st.columns(2)
    with left:
        user = access.who(Action.EDIT)
    note = right.text_input("备注", key=f"note-{key}", placeholder="可不填，如：更正 5 月数")
    after = filled[[kind.label for kind in TYPED]].set_axis([kind.value for kind in TYPED], axis=1)
    changed = _changed(before, after.set_axis(before.index))
    st.button(
        f"保存 {len(changed)} 个数" if changed else "保存",
        type="primary",
        disabled=not changed or not user,
        on_click=_save,
        args=(changed, _seen(before, changed), user, note.strip()),
        icon=":material/save:",
    )
    st.caption("没有数的月份留空，不要填 0。改了再保存一次就行，原来填的留在记录里。填写经办人后可以保存。")


def _changed(before: pd.DataFrame, after: pd.DataFrame) -> dict[tuple[str, Kind], float | None]:
    """By month and kind what was typed over; None where it was taken out."""
    found: dict[tuple[str, Kind], float | None] = {}
    for month in before.index:
        for kind in TYPED:
            old, new = before.at[month, kind.value], after.at[month, kind.value]
            if not (pd.isna(old) and pd.isna(new)) and old != new:
                found[str(month), kind] = None if pd.isna(new) else float(new)
    return found


def _seen(before: pd.DataFrame, changed: Iterable[tuple[str, Kind]]) -> dict[tuple[str, Kind], float | None]:
    """What stood in the grid where it was typed over."""
    known = {key: before.at[key[0], key[1].value] for key in changed}
    return {key: None if pd.isna(value) else float(value) for key, value in known.items()}


def _save(
    changed: dict[tuple[str, Kind], float | None], seen: dict[tuple[str, Kind], float | None], user: str, note: str
) -> None:
    try:
        count = store.enter(default_path(), changed, user=user, note=note, seen=seen)
    except UserError as error:
        st.session_state[_REFUSED] = str(error)
        return
    st.session_state[_DONE] = f"已保存 {count} 个数。"
    st.session_state[_TURN] += 1


def tell() -> None:
    """What has been saved, or why it was not."""
    if done := st.session_state.pop(_DONE, ""):
        st.success(done, icon=":material/check_circle:")
    if refused := st.session_state.pop(_REFUSED, ""):
        st.error(refused)
