"""改数值: counties' values as sliders, and the total, place and tier of the one looked at, at once."""

from __future__ import annotations

import math

import streamlit as st

from lib import scenarios
from lib.core.next_place import next_better
from lib.core.sensitivity import ASSUMED, ELSEWHERE, WEIGHTED, course
from lib.core.whatif import Lever, Outcome
from lib.model.scenario import Others
from lib.ui import show, switch, trial
from lib.ui.context import Context
from lib.ui.lab import boxes
from lib.view import charts, tables, text
from lib.view import trial as words
from lib.view.scenario import standing_still

FIRST, MOST_SWINGS = 6, 10
MOST, ALL = f"提分空间最大的 {FIRST} 项", "全部测度"
OWN, GROUP, WHOSE = "关注地区", "group", "whose_values"
STEPS = {ASSUMED: "其他地区按假定变化", ELSEWHERE: "其他地区的改动", WEIGHTED: "权重的改动"}


def draw(context: Context) -> None:
    """The view."""
    if boxes.has_score(context):
        _moving(context)
        _tornado(context)
        boxes.onward()


@st.fragment
def _moving(context: Context) -> None:
    """Everything that a slider redraws."""
    boxes.fresh(context)
    trial.to_address(context)
    outcome = trial.outcome(context)
    _head(context, outcome)
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        region, group = _whose(context), _group(context)
        boxes.tools(context)
    left, right = st.columns(2, gap="large")
    # First what a moved slider changes: it is on its way while the sliders are made.
    with right, st.container(key="result"):
        rows = tables.ranking_rows(outcome.movement, context.names, context.region)
        title = "推演后的排名（右侧：得分和名次变化）"
        show.chart(charts.ranking_bars, rows, "总分", len(rows) * charts.DENSE_ROW, title=title, context=context)
        _way(context, outcome)
    with left, st.container(key="levers", gap="small"):
        _levers(context, region, group)
    _changes(context, outcome)


def _head(context: Context, outcome: Outcome) -> None:
    tried, name = trial.current(context), context.names[context.region]
    passed = [context.names[code] for code in outcome.overtaken]
    there, missing = next_better(outcome.now, context.region, context.period)
    ahead = text.listed(context.names[code] for code in there), missing
    stands, others = (outcome.before, outcome.after), tried.others is not Others.HOLD
    changes = len(tried.moves) + len(tried.weights)
    still = standing_still(outcome.otherwise) if others else ""
    show.opening("假设推演", words.opening(stands, name, changes, others, passed, ahead), context)
    st.caption(
        f":material/info: **假定**：{scenarios.assumption(tried)}。{still}没有前沿值的测度按各地最优、最差值计分：动了这两头，别处的得分也会变。"
    )


def _whose(context: Context) -> str:
    """The region whose sliders are shown."""
    others = [code for code in context.scores.panel.regions if code != context.region]
    chosen = switch.pick("改谁的数值", [OWN, *others], WHOSE, lambda code: context.names.get(code, code))
    return context.region if chosen == OWN else chosen


def _group(context: Context) -> str:
    """Which measures to show: the code of an indicator, MOST or ALL."""
    options = [MOST, ALL, *(node.code for node in context.framework.indicators)]
    return switch.pick("调整哪些测度", options, GROUP, lambda code: context.labels.get(code, code))


def _levers(context: Context, region: str, group: str) -> None:
    start, tree = boxes.start(context, region), context.framework
    if group == MOST:
        for lever in start.levers[:FIRST]:
            _lever(context, region, lever, start)
    else:
        shown = [node for node in tree.indicators if group in (ALL, node.code)]
        for node in shown:
            found = [lever for lever in start.levers if lever.code in tree.below(node.code)]
            if group == ALL and found:
                st.markdown(f"**{node.name}**")
            for lever in found:
                _lever(context, region, lever, start)
    within = set(tree.leaves if group in (MOST, ALL) else tree.below(group))
    st.caption(words.stuck({code: why for code, why in start.stuck.items() if code in within}, context.labels))


def _lever(context: Context, region: str, lever: Lever, start: boxes.Start) -> None:
    """One measure: a slider and a box in step with each other, and below them where today, target and benchmark lie."""
    measure = context.book.measures[lever.code]
    step = 10.0**-measure.decimals
    target = start.goals.get((region, lever.code), math.nan)
    bench = context.benchmark.get(lever.code, math.nan)
    before = trial.shown(context).of(region).get(lever.code, lever.value)
    low, high = _ends((lever.worst, lever.best, target, bench, before), measure.decimals)
    key = f"{trial.turn(context)}:{region}:{lever.value}:{low}:{high}:{lever.code}"
    # A change of the one makes the other anew: a value set from here could cross with one on its way from the browser.
    slid, typed = f"slid:{key}", f"typed:{key}"
    slider, box = (f"{kind}:{_count(count)}:{key}" for kind, count in (("try", typed), ("box", slid)))
    now = trial.current(context).of(region).get(lever.code, lever.value)
    for each in (slider, box):
        if each not in st.session_state:
            st.session_state[each] = min(max(now, low), high)
    wide, narrow = st.columns([3, 1], gap="small", vertical_alignment="top")
    form = {"step": step, "format": f"%.{measure.decimals}f", "on_change": _keep}
    with wide.container(gap=None):
        label = words.lever_label(measure.name, lever.best < lever.worst, lever.headroom)
        st.slider(
            label, low, high, key=slider, args=(context, region, lever, slider, slid, _age(context, typed)), **form
        )
        stands = [
            (words.TODAY, "现值", lever.value),
            (words.TARGET, "目标", target),
            (words.BENCHMARK, context.compare, bench),
        ]
        st.html(words.marks(stands, (low, high), measure.decimals))
    narrow.number_input(
        measure.unit or "数值",
        low,
        high,
        key=box,
        args=(context, region, lever, box, typed, _age(context, slid)),
        **form,
    )


def _ends(values: tuple[float, ...], decimals: int) -> tuple[float, float]:
    """Whole steps around all of some values, missing ones aside."""
    known, size = [value for value in values if not math.isnan(value)], 10**decimals
    low, high = math.floor(min(known) * size + 1e-9), math.ceil(max(known) * size - 1e-9)
    return low / size, high / size


def _count(name: str) -> int:
    return st.session_state.get(name, 0)


def _age(context: Context, count: str) -> tuple[str, str, int]:
    """When a box was made: it is another one in another turn, and after as many changes of the other box."""
    return trial.turn(context), count, _count(count)


def _keep(context: Context, region: str, lever: Lever, key: str, count: str, made: tuple[str, str, int]) -> None:
    # A browser that is behind sends the value of a box that is none any more.
    if made != _age(context, made[1]):
        return
    value, half = st.session_state[key], 0.5 * 10.0 ** -context.book.measures[lever.code].decimals
    st.session_state[count] = _count(count) + 1
    # A slider cannot rest between its steps: within half a step of today's value means today's value.
    trial.set_values(context, {lever.code: None if abs(value - lever.value) < half else value}, region)


def _way(context: Context, outcome: Outcome) -> None:
    """From today's total to the one tried."""
    parts = course(outcome, trial.current(context))
    if not len(parts):
        return
    rows = tables.step_rows(parts, (outcome.before[0], outcome.after[0]), context.labels, STEPS)
    title = f"{context.names[context.region]}总分从哪里来（自上而下，按改动的先后计分）"
    show.chart(charts.steps, rows, len(rows) * charts.ROW, title=title, context=context)


def _changes(context: Context, outcome: Outcome) -> None:
    """What has been changed in all regions, each with a button to take it back."""
    tried = trial.current(context)
    if not tried.moves:
        return
    moved = scenarios.Result("", tried, context, outcome).changes
    about = (context.names, context.labels, context.book.measures, context.owner, context.period)
    table = tables.move_table(moved, *about)
    show.table(table, title=f"改了什么（{len(tried.moves)} 项）", context=context)
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        st.markdown("撤回一项：")
        for move in tried.moves:
            st.button(
                f"{context.names[move.region]} {context.labels[move.measure]}",
                icon=":material/close:",
                key=f"back:{move.region}:{move.measure}",
                on_click=_put,
                args=(context, move.region, move.measure, None),
            )
    if tried.regions != (context.region,):
        counts = {region: len(tried.of(region)) for region in tried.regions}
        whole = tables.counties_table(outcome.movement, tried.regions, context.names, counts)
        show.table(whole, title="改动的各地，总分和名次", context=context)


def _put(context: Context, region: str, measure: str, value: float | None) -> None:
    trial.put(context, trial.current(context).with_values(region, {measure: value}))


def _tornado(context: Context) -> None:
    """Which tenth buys most, of the region looked at; a click tries it."""
    start, name = boxes.start(context, context.region), context.names[context.region]
    swings = start.swings
    rows = tables.swing_rows(swings, context.labels, context.book.measures, MOST_SWINGS)
    if not len(rows):
        return
    better = swings.set_index("code")

    def click(code: str) -> None:
        st.session_state[WHOSE] = OWN
        st.session_state[GROUP] = context.framework.indicator_of(code).code
        low, high = _ends((better.at[code, "value"], better.at[code, "better"]), context.book.measures[code].decimals)
        _put(context, context.region, code, high if better.at[code, "better"] > better.at[code, "value"] else low)

    title = f"{name}哪一项好 10% 最加分（蓝：现值好 10%；橙：差 10%；点一条就试）"
    show.chart(charts.swings, rows, len(rows) * charts.ROW, title=title, context=context, click=click)
    zero = {lever.code: words.ZERO for lever in start.levers if lever.value == 0}
    st.caption(
        "每项各算各的，到得分的两端为止；点了以后取到这一项的最小单位。"
        + words.stuck({**zero, **start.stuck}, context.labels)
    )
