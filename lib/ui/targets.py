"""目标进度: every target as it stands at the end of a day, filtered, and drawn in the ways of the page."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

import numpy as np
import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from lib.context import kept
from lib.core import calls as core
from lib.core import wall
from lib.core.county_goals import by_county
from lib.core.progress import STATUS_ORDER, Status, progress_of
from lib.model.declaration import State
from lib.store import declarations, default_path
from lib.ui import facts, go, show, switch
from lib.ui.context import Context
from lib.view import charts, sentences, tables, text
from lib.view import targets as words
from lib.view.table import Table

VIEWS = LIST, BULLETS, WALL, COUNTIES, CALLS = "清单", "子弹图", "作战图", "分县", "今天找谁"
VIEW, STATUS, OWNER, DUE, SCREEN, YEARS = "targets", "status", "owner", "due", "screen", "years"
ORDER = [status.value for status in STATUS_ORDER]
# So many rows fill a wall.
ROWS, TALL = 21, 30
_LIST = ["状态", "目标事项", "目标", "现值", "期限", "责任单位", "说明"]
_QUOTED = ["目标事项", "基线", "目标", "原文", "出处"]
_MISSING = ["目标事项", "目标", "期限", "责任单位", "说明", "原文", "出处"]


@dataclass(frozen=True)
class Sieve:
    """The end of which day is looked at, and what is left of all targets."""

    day: date
    statuses: tuple[str, ...]
    owner: str
    due: tuple[str, ...]


@dataclass(frozen=True)
class Listed:
    """The targets that can be judged, the same with their quotes, and those that have no value."""

    judged: Table
    quoted: Table
    missing: Table


def _anywhere(context: Context) -> Context:
    """The same whatever county is looked at: targets are no county's, and reckoned once for all of them."""
    return replace(context, region="", compare="", span=())


@kept
def sieved(context: Context, sieve: Sieve) -> pd.DataFrame:
    """The assessed targets that a sieve leaves. Not to be changed."""
    rows = facts.filter_targets(context, context.snapshot.targets(sieve.day), sieve.statuses, sieve.owner)
    if sieve.due:
        rows = rows[[core.due_group(each, sieve.day) in sieve.due for each in rows["deadline"]]]
    return rows


@kept
def _owners(context: Context, day: date) -> list[str]:
    return [facts.ALL_OWNERS, *facts.owners(context, context.snapshot.targets(day))]


@kept
def _real(context: Context, sieve: Sieve) -> str:
    rows = sieved(context, sieve)
    made_up = f"；县级现值里有{text.DEMO}" if rows["made_up"].any() else ""
    return (facts.cited(context, rows) or "没有符合条件的目标") + made_up


@kept
def _counties(context: Context, sieve: Sieve) -> pd.DataFrame:
    rows = sieved(context, sieve)
    city, values, members = rows[rows["region"] == facts.CITY], context.snapshot.observations, context.cohort.members
    return by_county(city, values, context.book.measures, context.names, members, sieve.day)


@kept
def _listed(context: Context, sieve: Sieve) -> Listed:
    rows = sieved(context, sieve)
    # One table for all: a pass over a frame of texts costs more than what is made of it.
    whole, none = facts.target_table(context, rows), (rows["status"] == Status.NO_VALUE.value).to_numpy()
    return Listed(_part(whole, ~none, _LIST), _part(whole, ~none, _QUOTED), _part(whole, none, _MISSING))


def _part(whole: Table, which: np.ndarray, columns: list[str]) -> Table:
    some = whole.only(columns)
    assert some.sources is not None
    return Table(some.values[which], some.numbers, some.sources[which])


@kept
def _others(context: Context, day: date) -> tuple[Table, str]:
    """The targets that other places have set themselves, and where they are from."""
    rows = context.book.targets
    rows = rows[~rows["id"].isin(context.snapshot.targets(day)["id"])]
    return tables.elsewhere_table(rows, context.named, context.names, context.cited), facts.cited(context, rows)


@dataclass(frozen=True)
class Board:
    """All targets at the end of a day (`assessed`), and those that the filters leave (`rows`); `bar` has room for one more choice."""

    context: Context
    sieve: Sieve
    view: str
    bar: DeltaGenerator

    @cached_property
    def anywhere(self) -> Context:
        """The context as it is for every county."""
        return _anywhere(self.context)

    @property
    def day(self) -> date:
        """The day whose end is looked at."""
        return self.sieve.day

    @property
    def assessed(self) -> pd.DataFrame:
        """Every target as it stands at the end of the day."""
        return self.context.snapshot.targets(self.day)

    @property
    def rows(self) -> pd.DataFrame:
        """Those that the filters leave."""
        return sieved(self.anywhere, self.sieve)

    @property
    def real(self) -> str:
        """Where the targets and their present values are from."""
        return _real(self.anywhere, self.sieve)

    @cached_property
    def city(self) -> pd.DataFrame:
        """The city's targets among the rows."""
        return self.rows[self.rows["region"] == facts.CITY]

    @property
    def counties(self) -> pd.DataFrame:
        """The city's targets county by county, as `core.county_goals.by_county`."""
        return _counties(self.anywhere, self.sieve)

    @cached_property
    def calls(self) -> pd.DataFrame:
        """Whom to call, as `core.calls.calls`."""
        return core.calls(self.rows, self.day)

    @property
    def made_up(self) -> bool:
        """Whether what the view shows rests on a made-up value."""
        return bool((self.counties if self.view == COUNTIES else self.rows)["made_up"].any())

    @property
    def about(self) -> str:
        """What the page is about, and which of it is made up."""
        return words.ABOUT + (words.SOME_MADE_UP if self.made_up else "")

    @property
    def conclusion(self) -> str:
        """The sentence that opens the page."""
        if self.view == COUNTIES:
            return words.counties(self.counties)
        return words.calls(self.calls) if self.view == CALLS else sentences.targets(self.assessed)


def choose(context: Context) -> Board:
    """The day, the view, the filters, and what they leave."""
    bar = st.container(horizontal=True, vertical_alignment="bottom", gap="medium")
    with bar:
        day = switch.day()
        view = switch.one("看什么", VIEWS, VIEW)
    with bar, st.container(width=220):
        owner = switch.pick("责任单位", _owners(_anywhere(context), day), OWNER, str)
    left, right = st.columns([8, 5], gap="medium")
    with left:
        status = _several("状态", ORDER, STATUS)
    with right:
        due = _several("期限", core.DUE_GROUPS, DUE)
    return Board(context, Sieve(day, tuple(status), owner, tuple(due)), view, bar)


def _several(label: str, options: list[str] | tuple[str, ...], key: str) -> list[str]:
    """Some of a few options; what another page left under the key and is none of them is dropped."""
    kept = st.session_state.get(key)
    if isinstance(kept, list):
        st.session_state[key] = [each for each in kept if each in options]
    elif kept is not None:
        del st.session_state[key]
    return st.pills(
        label, options, selection_mode="multi", key=key, bind="query-params", persist_state="session", wrap=True
    )


def listed(board: Board) -> None:
    """状态 in bars, what can be judged, and openly what has no value."""
    context, rows = board.context, board.rows
    counts = tables.status_rows(rows, ORDER)
    title = f"{len(rows)} 项目标的状态"
    show.chart(charts.status_bars, counts, 7 * charts.ROW, title=title, context=context, real=board.real)
    found = _listed(board.anywhere, board.sieve)
    st.markdown(f"### 有现值：{len(found.judged)} 项")
    if not len(found.judged):
        st.info("没有符合条件、又有现值的目标。请放宽上面的筛选，或在下面补报现值。")
    else:
        show.table(found.judged, title="现值和目标（最急的在前）", context=context, real=board.real)
        with st.expander("目标的基线、原文和出处"):
            show.table(found.quoted, title="逐项原文", context=context, real=board.real)
    st.markdown(f"### 有目标无现值：{len(found.missing)} 项")
    if not len(found.missing):
        st.info("筛选范围内的目标都有现值。")
    else:
        st.markdown("定了目标，但各文件里找不到同口径的现值，请责任单位补报。")
        show.table(found.missing, title="待补报现值的目标", context=context, real=board.real, long=True)
    st.caption(words.METHOD)
    _elsewhere(board)


def _elsewhere(board: Board) -> None:
    """Targets that other places have set themselves: to look at, never counted among ours."""
    shown, real = _others(board.anywhere, board.day)
    if not len(shown):
        return
    with st.expander(f"外地的目标 {len(shown)} 项，只作参照", icon=":material/public:"):
        title = "外地自己定的目标：不是我市的目标，也不是已经达到的水平"
        show.table(shown, title=title, context=board.context, real=real)


def bullets(board: Board) -> None:
    """How far each target has come, by department."""
    drawn = board.rows["status"].isin([*ORDER[:5]])
    rows = board.rows[drawn]
    if rows.empty:
        st.info("没有能画的目标：筛选范围内都没有可比的现值。请放宽上面的筛选，或在下面补报现值。")
        return
    shares = progress_of(rows)
    groups = tables.grouped(rows, board.context.book.departments)
    bars = tables.bullet_rows(groups, board.context.named, shares)
    title = f"{len(rows)} 项目标走到哪里（┃ 目标）"
    show.chart(charts.bullets, bars, len(bars) * TALL + 40, title=title, context=board.context, real=board.real)
    counts = board.rows.loc[~drawn, "status"].value_counts()
    st.caption(words.BULLETS + words.not_drawn({status: int(counts.get(status, 0)) for status in ORDER}))


def war_wall(board: Board) -> None:
    """挂图作战: all targets by quarter, a screen at a time."""
    context = board.context
    calendar = wall.calendar(board.rows, context.snapshot.milestones, board.day)
    if calendar.empty:
        st.info("筛选范围内的目标都没有期限，也没有里程碑。请放宽上面的筛选，或在下面设季度里程碑。")
        return
    spans = {f"{span[0][:4]}–{span[-1][:4]}": span for span in wall.spans(calendar)}
    with board.bar:
        years = spans[switch.one("哪几年", list(spans), YEARS) if len(spans) > 1 else next(iter(spans))]
        here = wall.shown(board.rows, calendar, years)
        screens = _screens(tables.grouped(here, context.book.departments))
        chosen = switch.one("第几屏", list(screens), SCREEN) if len(screens) > 1 else next(iter(screens))
    rows = tables.wall_rows(screens[chosen], calendar, years, board.context.named)
    height = rows["label"].nunique() * TALL + 40
    title = "挂图作战：各季度应到的目标（浅色为里程碑）"
    show.chart(charts.wall, rows, height, title=title, context=context, real=board.real)
    st.caption("◆ 逾期　▼ 滞后或里程碑未到　▲ 有风险　→ 正常推进　● 达标或到位　◇ 口径不一致　○ 没有现值　· 未到期")


def _screens(groups: list[tuple[str, pd.DataFrame]]) -> dict[str, list[tuple[str, pd.DataFrame]]]:
    """Departments spread over screens of at most so many rows, none torn apart."""
    found: list[list[tuple[str, pd.DataFrame]]] = []
    for group in groups:
        if not found or sum(len(rows) + 1 for _, rows in found[-1]) + len(group[1]) + 1 > ROWS:
            found.append([])
        found[-1].append(group)
    return {f"{i}（{sum(len(rows) for _, rows in part)} 项）": part for i, part in enumerate(found, 1)}


def by_counties(board: Board) -> None:
    """The city's targets county by county."""
    context, ours, found = board.context, board.city, board.counties
    if found.empty:
        st.info("筛选范围内的市级目标都没有县级数值可以对照。请放宽上面的筛选，或先导入县级数据。")
        return
    places = {code: context.names[code] for code in context.cohort.members}
    made_up = f"（县级数值是{text.DEMO}）" if found["made_up"].any() else ""
    cited = facts.cited(context, ours[ours["id"].isin(found["id"])].assign(fact=""))
    real = f"目标：{cited}；县级数值：各县（市、区）截至这一天最近一期{made_up}"
    cells = tables.county_goal_rows(found, ours, places, board.context.named, context.book.measures)
    title, height = f"市级目标，各县（市、区）达到没有{made_up}", cells["label"].nunique() * TALL + 40
    show.chart(charts.county_goals, cells, height, title=title, context=context, real=real, click=go.source)
    st.caption(words.COUNTIES)
    shown = tables.county_goal_table(found, ours, context.names, board.context.named)
    show.table(shown, title=f"哪些目标没有达到的县最多{made_up}", context=context, real=real, long=True)


def to_call(board: Board) -> None:
    """今天找谁: by owner, the most urgent first."""
    if board.calls.empty:
        st.success("没有逾期、滞后、两周内到期或缺现值的目标。", icon=":material/check_circle:")
        return
    departments = board.context.book.departments
    shown = tables.call_table(board.calls, board.rows, board.context.named, departments, _contacts())
    title = "按责任单位（最急的在前；几个单位共同负责的，各算一次）"
    show.table(shown, title=title, context=board.context, real=board.real)
    st.caption("联系人和电话取这个单位最近一份申报表；没有填过的写“没有登记”。")


def _contacts() -> dict[str, tuple[str, str]]:
    """By department name, the contact and phone of its latest declaration that has one."""
    found = {}
    for each in sorted(declarations.declarations(default_path()), key=lambda filed: filed.id):
        if each.state is not State.DROPPED and (each.content.contact or each.content.phone):
            found[each.content.unit] = (each.content.contact, each.content.phone)
    return found


DRAW = {LIST: listed, BULLETS: bullets, WALL: war_wall, COUNTIES: by_counties, CALLS: to_call}
