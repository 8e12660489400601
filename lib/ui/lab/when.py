"""何时到: by when an aim is met along our own trend, and at the best pace seen, while others do what they are taken to do."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from lib import scenarios
from lib.core import course
from lib.core.aim import Aim
from lib.core.course import Arrival, Course, Hindsight
from lib.core.projection import MIN_POINTS
from lib.model import Period
from lib.model.scenario import Others
from lib.ui import show, subject, switch, trial
from lib.ui.context import Context
from lib.ui.lab import aims
from lib.view import charts, tables, text
from lib.view import course as words

# How many periods are shown at least, and beyond the one in which the last way stands firm; how many measures.
SHOWN, BEYOND, MEASURES = 8, 3, 6
_OTHERS = "when_others"
# What may be assumed of the others, and what is to be said of it.
_ASSUMED = {Others.TREND: "", Others.HOLD: "这是最乐观的假定：别人也会进步。", Others.TARGETS: ""}
_KEEP = {"max_entries": 64, "show_spinner": False}
_METHOD = (
    "这是推算，不是预测。照走势：每项测度按至今各期的中位变化速度（Theil–Sen，至少 4 期）照直线走，不超出可能的范围。"
    "按最快：每项按各地至今最快的速度走，不越过当期的最优值，自己的走势更好的照走势。每一期都重新计分、排名。"
)


def draw(context: Context) -> None:
    """The view."""
    history = scenarios.history(context)
    name, head = context.names[context.region], st.container()
    if len(history) < MIN_POINTS:
        with head:
            show.opening("假设推演", f"{name}何时能到：数据不足，推算不出。", context)
        st.info(words.too_few(len(history), MIN_POINTS, context.period_label))
        return
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom"):
        options = [each.value for each in _ASSUMED]
        switch.pick("其他地区", options, _OTHERS, lambda value: Others(value).label, 200)
        aim = aims.choose(context, context.scores.at(context.period))
    if aim is None:
        with head:
            show.opening("假设推演", f"{name}在{context.period_label}没有名次，推算不出何时能到。", context)
        st.info("请换一个关注地区、评价期或指标。")
        return
    found = _course(*_key(context), context)
    arrivals = [course.arrival(way, aim, context.region) for way in (found.trend, found.best)]
    with head:
        show.opening("假设推演", _conclusion(context, aim, found, arrivals), context)
    _assumed(context)
    _ways(context, aim, found, arrivals)
    _measures(context, aim)
    _onward()


def _key(context: Context) -> tuple[str, str, str, str, str]:
    return context.version, context.framework_code, context.period, context.region, _others().value


def _others() -> Others:
    """What the others are taken to do, a choice of this view's own: whoever asks by when means that they go on too, unless told otherwise."""
    return Others(st.session_state[_OTHERS])


@st.cache_resource(**_KEEP)
def _course(version: str, framework: str, period: str, region: str, others: str, _context: Context) -> Course:
    history, ahead = scenarios.history(_context), course.upcoming(period)
    theirs = {until: scenarios.others_values(_context, Others(others), until) for until in ahead}
    ours = {until: _context.snapshot.on_trend(framework, history, until) for until in ahead}
    return course.course(_context.scores, region, history, theirs, ours, _context.book.measures)


@st.cache_resource(**_KEEP)
def _findings(
    version: str, framework: str, period: str, region: str, others: str, code: str, _context: Context
) -> tuple[pd.DataFrame, Hindsight | None]:
    scores, history = _context.scores, scenarios.history(_context)
    found = _course(version, framework, period, region, others, _context)
    tried = course.hindsight(scores, history, region, code, _context.book.measures)
    return course.effects(scores, found, region, history, code), tried


def _conclusion(context: Context, aim: Aim, found: Course, arrivals: list[Arrival]) -> str:
    """The answer on both ways."""
    there = aim.reached(context.scores.at(context.period), context.region)
    last, said = found.trend.panel.periods[-1], []
    for scores, at in zip((found.trend, found.best), arrivals, strict=True):
        score, rank, _ = scores.of(context.region, aim.code, last)
        end = words.ends(aim.place, score, rank)
        period, lost, held = map(_label, (at.period, at.lost, at.held))
        if there:
            # What is met today may be lost in the very next period.
            soon = scores.panel.periods[0]
            said.append(words.kept(lost if at.period == soon else _label(soon), held, _label(last)))
        else:
            said.append(words.reached(period, lost, held, _label(last), end))
    name, about = context.names[context.region], "" if aim.code == context.root else context.labels[aim.code]
    return words.by_when(name, about, words.goal(aim.place, aim.score, context.cohort.cuts), there, *said)


def _label(period: str | None) -> str:
    return Period.parse(period).label if period else ""


def _assumed(context: Context) -> None:
    """What the others are taken to do, and what is left out."""
    others = _others()
    left_out = "“改数值”“改权重”里试的改动不计在内。" if trial.current(context).changed else ""
    st.markdown(f":material/info: **假定**：{others.sentence('所推的那一期')}。{_ASSUMED[others]}{left_out}")


def _ways(context: Context, aim: Aim, found: Course, arrivals: list[Arrival]) -> None:
    """The picture and the table, as far as something still happens."""
    history, region, ahead = scenarios.history(context), context.region, found.trend.panel.periods
    firm = [ahead.index(at.held) + 1 if at.held else len(ahead) for at in arrivals]
    count = min(max(SHOWN, max(firm) + BEYOND), len(ahead))
    past = course.along(context.scores, aim, region, history)
    trend, best = (course.along(way, aim, region, ahead[:count]) for way in (found.trend, found.best))
    bar = f"门槛 {text.trimmed(aim.score, 2)} 分" if aim.place is None else f"第 {aim.place} 位的门槛"
    there = aim.reached(context.scores.at(context.period), region)
    rows = tables.way_rows(past, trend, best, *("" if there else at.period or "" for at in arrivals), bar)
    name, what = context.names[region], subject.name(context, aim.code)
    seen = context.over(history)
    title = f"{name}{what}：走过的和往前推的（虚线：照走势；点线：按最快；灰线：{bar}）"
    apart = words.two_bars((trend["threshold"] - best["threshold"]).abs().max())
    remarks = (apart, _METHOD) if apart else (_METHOD,)
    show.chart(charts.ways, rows, 290, what, title=title, context=seen, remarks=remarks)
    table = tables.way_table(past.iloc[-1:], trend, best, context.names, region, aim.code)
    show.table(table, title="逐期推算（门槛：其他地区里要追平的那个得分）", context=seen, long=True)


def _measures(context: Context, aim: Aim) -> None:
    """What helps, what holds back, and where going faster brings most."""
    rows, tried = _findings(*_key(context), aim.code, context)
    name, code = context.names[context.region], aim.code
    still = _course(*_key(context), context).still
    now = context.scores.of(context.region, code, context.period)[0]
    then = still.of(context.region, code, still.panel.periods[0])[0]
    said = [words.drift(name, subject.name(context, code), now, then)]
    said.append(words.helping([context.labels[each] for each in rows["code"]], rows["trend"].tolist()))
    said.append(words.unmoved(int(rows["pace"].isna().sum()), MIN_POINTS))
    st.markdown(show.plain("".join(said)))
    gain = (rows["best"] - rows["trend"]).sort_values(ascending=False, kind="stable")
    faster = rows.loc[gain.index[gain > 0][:MEASURES]]
    if len(faster):
        book = context.book.measures
        table = tables.pace_table(faster, context.labels, context.names, book, context.region, context.period)
        seen = context.over(scenarios.history(context))
        show.table(table, title="提速最划算的几项（下一期各自单独加的分）", context=seen)
    if tried is not None:
        past = (_label(tried.origin), context.period_label)
        st.caption(show.plain(words.tried_back(name, *past, tried.off, tried.expected, tried.actual)))


def _onward() -> None:
    """What to do next."""
    with st.container(horizontal=True, gap="medium"):
        st.button("要改哪些数才到（升档反推）", icon=":material/flag:", on_click=_turn_to, args=("升档反推",))
        st.page_link("benchmark/targets.py", label="把它定成目标", icon=":material/target:")
        st.page_link("benchmark/practices.py", label="典型做法", icon=":material/lightbulb:")


def _turn_to(view: str) -> None:
    st.session_state["lab"] = view
