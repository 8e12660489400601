"""升档反推: the least effort with which a region reaches an aim, the next best ways, or what stands in the way."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import streamlit as st

from lib import scenarios
from lib.core import ahead
from lib.core.aim import Aim
from lib.core.goalseek import Answer
from lib.core.levelling import seek_or_level
from lib.core.plan import Limits, Plan, bar
from lib.core.projection import MIN_POINTS
from lib.core.score import Scores
from lib.core.stretch import by_pace
from lib.core.whatif import Outcome, ends, play
from lib.model import Period
from lib.model.scenario import Others, Scenario
from lib.ui import go, show, subject, switch, trial
from lib.ui.context import Context
from lib.ui.lab import aims, tuning
from lib.view import charts, tables, text
from lib.view import plan as sentences

TITLE = "假设推演"
BEST, HALF, PACE = "各项最优值", "差距补一半", "最快速度走到"
ANY, MOST = "不限", ["不限", "1", "2", "3", "4", "5", "6", "8", "10", "15"]
# So many measures are drawn by themselves.
DRAWN = 12


def draw(context: Context) -> None:
    """The view."""
    head = st.container()
    outcome = trial.outcome(context)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        aim = aims.choose(context, outcome.base)
        if aim is None:
            with head:
                _nowhere(context)
            return
        limits = _details(context, outcome.base, aim, _reach(context))
    answer = seek(context, outcome.base, trial.current(context), aim, limits)
    _assumed(context, aim, outcome, limits)
    plan = _shown(context, answer)
    with head:
        _conclude(context, answer, plan, limits)


def scenario(context: Context, plan: Plan) -> Scenario:
    """A plan as what is tried, the others as they are taken to be."""
    blank = replace(trial.current(context), moves=(), weights=())
    return blank.with_values(plan.region, plan.values)


def _nowhere(context: Context) -> None:
    show.opening(TITLE, f"{context.names[context.region]}本期在这个指标上没有得分，无法反推。", context)
    st.page_link("manage/completeness.py", label="看缺哪些数", icon=":material/rule:")


def _reach(context: Context) -> Limits:
    """How far measures may go, and how many."""
    reach = switch.pick("每项最多改到", [BEST, HALF, PACE], "plan_reach", str)
    limits = Limits(part=0.5) if reach == HALF else Limits()
    if reach == PACE:
        ahead_ = scenarios.periods_ahead(context)
        tried = trial.current(context)
        # Where the others are followed until a period, ours run until the same.
        until = (
            tried.until
            if tried.others is Others.TREND
            else switch.pick("到哪一期", ahead_, "plan_until", lambda code: Period.parse(code).label)
        )
        pace = ahead.best_pace(context.scores, scenarios.history(context))
        limits = Limits(change=by_pace(pace, ahead_.index(until) + 1))
    most = switch.pick("最多改几项", MOST, "plan_most", str)
    return replace(limits, measures=None if most == ANY else int(most))


def _details(context: Context, base: Scores, aim: Aim, limits: Limits) -> Limits:
    """Which measures may move, which take more effort, how many indicators."""
    below = set(context.framework.below(aim.code))
    codes = [each.code for each in ends(base, context.region, context.period) if each.code in below]
    with st.popover("细调", icon=":material/tune:", help="哪些测度不动，哪些更费力"):
        st.caption("不勾“可以动”的测度保持现值；费力倍数为 2，表示同样的路程要用两倍的力。换目标、换评价期仍然有效。")
        several = len({context.framework.indicator_of(code).code for code in codes}) > 1
        most = switch.pick("最多动几个一级指标", MOST, "plan_indicators", str) if several else ANY
        tuning.grid(context, codes)
    limits = tuning.limited(limits, tuning.of(context), codes)
    return replace(limits, indicators=None if most == ANY else int(most))


def seek(context: Context, base: Scores, tried: Scenario, aim: Aim, limits: Limits) -> Answer:
    """The plans with which the region reaches an aim from `base`, what the others do in a scenario."""
    return _answer(
        *(context.version, context.framework_code, context.period, context.region),
        *(tried.others, tried.until, aim, limits),
        _base=base,
        _context=context,
    )


@st.cache_resource(max_entries=64, show_spinner="正在找最省力的办法……")
def _answer(
    version: str,
    framework: str,
    period: str,
    region: str,
    others: Others,
    until: str,
    aim: Aim,
    limits: Limits,
    *,
    _base: Scores,
    _context: Context,
) -> Answer:
    decimals = {code: _context.book.measures[code].decimals for code in _base.panel.measures}
    return seek_or_level(_base, region, aim, limits, decimals)


def _shown(context: Context, answer: Answer) -> Plan | None:
    """Draws what was found below the head: one of the plans, or how far the limits allow to go."""
    if answer.reached:
        st.button("看这个名次稳不稳", icon=":material/shield:", on_click=_open, args=("稳不稳",))
        return None
    with st.container(key="plan-ways"):
        left, right = st.columns([13, 7], gap="large")
    with right:
        plan = _choose(context, answer) if answer.plans else answer.best
        if plan is not None:
            _next(context, answer, plan)
    if plan is not None:
        with left:
            _picture(context, plan)
        _table(context, plan)
    return plan


def _conclude(context: Context, answer: Answer, plan: Plan | None, limits: Limits) -> None:
    """The answer as the head of the page."""
    show.opening(TITLE, conclusion(context, answer, plan, limits), context)
    if not (answer.reached or answer.plans or answer.late):
        st.markdown(f":material/lock_open: {sentences.lifts(answer.lifts)}")


def conclusion(context: Context, answer: Answer, plan: Plan | None, limits: Limits) -> str:
    """The answer in a sentence."""
    name, aim = context.names[context.region], answer.aim
    node = subject.name(context, aim.code)
    goal = sentences.goal(aim.place, aim.score, node, aim.code == context.root, context.cohort.cuts)
    standing = answer.base.of(context.region, aim.code, context.period)
    if answer.reached:
        return sentences.reached(name, goal, standing, node)
    if answer.plans and plan is not None:
        way = (plan.before, plan.after)
        standing = sentences.standing(way, node, alike=plan.shared, dragged=plan.drags)
        return sentences.found(name, goal, plan.table, standing, context.labels, context.book.measures)
    furthest, asked = (plan.after, plan.bar) if plan is not None else (None, float("nan"))
    few = 0 if limits.change is None or _paced(context) else len(scenarios.history(context))
    return sentences.impossible(name, goal, furthest, asked, node, answer.late, few)


def _paced(context: Context) -> bool:
    """Whether there are periods enough for a trend."""
    return len(scenarios.history(context)) >= MIN_POINTS


def _assumed(context: Context, aim: Aim, outcome: Outcome, limits: Limits) -> None:
    """What is taken to be so while one reads the plan."""
    tried = trial.current(context)
    words = f"**假定**：{scenarios.assumption(tried)}"
    trend = tried.others is Others.TREND
    if trend and not _paced(context):
        words += f"；{sentences.no_trend(len(scenarios.history(context)))}"
    elif tried.others is not Others.HOLD:
        now, base = (each.of(context.region, aim.code, context.period) for each in (outcome.now, outcome.base))
        words += f"；{sentences.starting(context.names[context.region], now, base)}"
    st.markdown(f":material/info: {words}。{sentences.UNIT}。")
    said = [
        _trend(context, aim) if trend and _paced(context) else "",
        sentences.tuned(limits.barred, limits.factors),
    ]
    if any(said):
        st.caption("　".join(filter(None, said)))


def _trend(context: Context, aim: Aim) -> str:
    """What going on as the others do would bring the region."""
    until, periods = trial.current(context).until, scenarios.history(context)
    everyone = context.snapshot.on_trend(context.framework_code, periods, until)
    own = {key: value for key, value in everyone.items() if key[0] == context.region}
    others = {key: value for key, value in everyone.items() if key not in own}
    then = play(context.scores, context.region, context.period, own, others=others).then
    standing = then.of(context.region, aim.code, context.period)
    return sentences.own_trend(context.names[context.region], standing, bool(own))


def _picture(context: Context, plan: Plan) -> None:
    """The way to the aim, what adds the most first."""
    rows = way_up(context, plan, "现在" if trial.current(context).others is Others.HOLD else "自己不动", DRAWN)
    height = rows["label"].astype(bool).sum() * charts.ROW + 80
    show.chart(
        charts.way_up, rows, int(height), title="分从哪里来（点一项看它的指标页）", context=context, click=_to_indicator
    )


def way_up(context: Context, plan: Plan, before: str, most: int) -> pd.DataFrame:
    """Chart data for `charts.way_up`, so many measures by themselves; `before` is what the start is called."""
    ends = (before, f"改后，{text.place(plan.after[1])}")
    scores = (plan.before[0], plan.after[0])
    return tables.way_up_rows(plan.table, scores, ends, _bar(context, plan), context.labels, most)


def _table(context: Context, plan: Plan) -> None:
    """What is moved, how far, and by whom."""
    offices = (
        {code: context.owner(code) for code in plan.values},
        {code: _helpers(context, code) for code in plan.values},
    )
    table = tables.plan_table(plan.table, context.labels, context.book.measures, offices, context.source_of_value)
    show.table(table, title="改哪些、改到多少、谁来办", context=context)
    st.caption(sentences.ROUNDED)


def _to_indicator(code: str) -> None:
    if code:
        # The page that is left has the indicator in its address.
        go.subject(code)
        go.page("see/indicator.py")


def _helpers(context: Context, code: str) -> str:
    path = reversed(context.framework.path(code))
    found = next((context.framework[step].helpers for step in path if context.framework[step].helpers), ())
    return text.first("、".join(context.book.departments.get(each, each) for each in found)) or text.MISSING


def _bar(context: Context, plan: Plan) -> tuple[float, str]:
    """The line to be reached, and what it is."""
    if plan.bar == float("-inf"):
        return float("nan"), ""
    node = plan.then.standing(plan.aim.code)
    holders = node[(node["score"] == plan.bar) & (node["region"] != plan.region)]["region"]
    was = plan.base.of(holders.iloc[0], plan.aim.code, plan.base.panel.periods[0])[0] if len(holders) else plan.bar
    named = text.first("、".join(context.names[each] for each in holders))
    return plan.bar, sentences.bar(plan.aim.place, plan.bar, named, was)


def _choose(context: Context, answer: Answer) -> Plan:
    """One of the plans."""
    ways = sentences.WAYS[: len(answer.plans)]
    return answer.plans[ways.index(switch.one("走哪条路", ways, "plan_way"))] if len(ways) > 1 else answer.plans[0]


def _next(context: Context, answer: Answer, plan: Plan) -> None:
    """What to do with a plan, how the others differ from the first, and what else is to be known."""
    st.button(
        "这样试试",
        icon=":material/play_arrow:",
        type="primary",
        on_click=_try,
        args=(context, plan),
        help="把这些数放进“改数值”，接着调",
    )
    first, *others = answer.plans or (plan,)
    for name, other in zip(sentences.WAYS[1:], others, strict=False):
        words = sentences.other_way(list(first.table["code"]), list(other.table["code"]), other.effort, context.labels)
        st.caption(f"**{name}**　{show.plain(words)}")
    if plan.levelled:
        st.caption(sentences.levelled(text.listed(context.labels[code] for code in plan.levelled)))
    elif not plan.proven:
        st.caption(sentences.unproven(plan.spare))
    reached = plan.aim.place is not None and plan.aim.reached(plan.then, plan.region)
    if reached and (warned := sentences.narrow(plan.after[0] - plan.bar)):
        st.caption(warned)
    if lowered := drag(context, plan):
        st.caption(lowered)


def drag(context: Context, plan: Plan) -> str:
    """Why others' scores come down although their values stay; "" where they do not."""
    asked = bar(plan.base, plan.region, plan.aim)
    return sentences.dragged(context.names[plan.region], asked, plan.bar) if plan.bar < asked - sentences.SEEN else ""


def _try(context: Context, plan: Plan) -> None:
    trial.put(context, scenario(context, plan))
    _open("改数值")


def _open(view: str) -> None:
    st.session_state["lab"] = view
