"""改权重: the weights of indicators as sliders, and every region's total as the sum of what they give, at once."""

from __future__ import annotations

import math

import pandas as pd
import streamlit as st

from lib import scenarios
from lib.core.movement import all_contributions, shares_in, standouts
from lib.core.sensitivity import even_weights, other_weights, own_weights, unit_weights
from lib.core.whatif import Outcome, reweighted
from lib.model import UserError
from lib.model.scenario import Others
from lib.ui import go, show, switch, trial
from lib.ui.context import Context, node_label
from lib.ui.lab import boxes
from lib.view import charts, tables
from lib.view import trial as words

UNDER, REFUSED = "weights_of", "_weights_refused"
TIMES, STEP, COLUMNS, MOST = 5.0, 0.25, 2, 3


def draw(context: Context) -> None:
    """The view."""
    if boxes.has_score(context):
        _weighing(context)
        boxes.onward()


@st.fragment
def _weighing(context: Context) -> None:
    """Everything that a slider redraws."""
    if st.session_state[go.REGION] != context.region:
        # A click on another region concerns the whole page.
        st.rerun()
    boxes.fresh(context)
    trial.to_address(context)
    outcome, tried = trial.outcome(context), trial.current(context)
    stands, others = (outcome.before, outcome.after), tried.others is not Others.HOLD
    changes, moves = len(tried.moves) + len(tried.weights), words.movers(outcome.movement, context.names)
    said = words.weighing(stands, context.names[context.region], changes, others, moves)
    show.opening("假设推演", said, context)
    st.caption(
        f":material/info: **假定**：{scenarios.assumption(tried)}。原定权重：{context.weights_basis}。滑块是原定的几倍，0 是不算这一项；名称旁是占比。"
    )
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        under = _under(context)
        _sets(context, under)
        boxes.tools(context)
    if message := st.session_state.pop(REFUSED, ""):
        st.warning(message, icon=":material/block:")
    left, right = st.columns(2, gap="large")
    with right, st.container(key="result"):
        _composition(context, outcome)
    with left, st.container(key="weights", gap="small"):
        _sliders(context, outcome, under)
    _shares(context, outcome, under)


def _under(context: Context) -> str:
    """The node whose parts are weighed: the total, or any indicator with several parts."""
    tree = context.framework
    several = [node.code for node in tree.nodes if len(tree.children.get(node.code, ())) > 1]
    order = sorted(several, key=lambda code: code != context.root)
    return switch.pick("哪一级的权重", order, UNDER, lambda code: node_label(tree, code))


def _sets(context: Context, under: str) -> None:
    """Ready sets of weights for what is shown."""
    tree = context.framework
    for label, icon, weights in (
        ("等权", ":material/balance:", even_weights(tree, under)),
        ("原定", ":material/flag:", own_weights(tree, under)),
    ):
        tried = dict(trial.current(context).weights)
        then = other_weights(tree, tried, weights)
        st.button(label, on_click=_put, args=(context, then), icon=icon, disabled=then == tried)


def _put(context: Context, weights: dict[str, float]) -> None:
    trial.put(context, trial.current(context).with_weights(weights))


def _sliders(context: Context, outcome: Outcome, under: str) -> None:
    units, shown = unit_weights(context.framework, under), dict(trial.shown(context).weights)
    now, then = shares_in(context.framework, under), shares_in(outcome.then.framework, under)
    columns = [column.container(gap="xsmall") for column in st.columns(COLUMNS, gap="medium")]
    for i, (code, unit) in enumerate(units.items()):
        # Down the first column, then the second.
        with columns[i // math.ceil(len(units) / COLUMNS)]:
            times = words.times(_times(context, code, unit))
            label = f"{context.labels[code]} {times}{words.share(now[code], then[code])}"
            _slider(context, code, label, unit, shown.get(code, 0.0))


def _slider(context: Context, code: str, label: str, unit: float, tried: float) -> None:
    high = max(TIMES, float(math.ceil(tried / unit)))
    key = f"weigh:{trial.turn(context)}:{high}:{code}"
    if key not in st.session_state:
        st.session_state[key] = _times(context, code, unit)
    st.slider(
        label,
        0.0,
        high,
        step=STEP,
        key=key,
        format="%.2f×",
        on_change=_keep,
        args=(context, code, unit, key, trial.turn(context)),
    )


def _times(context: Context, code: str, unit: float) -> float:
    return dict(trial.current(context).weights).get(code, context.framework[code].weight) / unit


def _keep(context: Context, code: str, unit: float, key: str, turn: str) -> None:
    # A browser that is behind sends the value of a slider that is none any more.
    if turn != trial.turn(context):
        return
    tried = dict(trial.current(context).weights)
    weights = other_weights(context.framework, tried, {code: st.session_state[key] * unit})
    try:
        reweighted(context.framework, weights)
    except UserError:
        st.session_state[key] = _times(context, code, unit)
        st.session_state[REFUSED] = "权重不能全部为 0，这一步没有改动。"
        return
    trial.set_weights(context, weights)


def _composition(context: Context, outcome: Outcome) -> None:
    """Every region's total as the sum of what the indicators give, the most reweighted ones in colour."""
    before, after = shares_in(outcome.now.framework, context.root), shares_in(outcome.then.framework, context.root)
    parts = all_contributions(outcome.then.frame, after, context.period)
    tree, changed = context.framework, [code for code, _ in trial.current(context).weights]
    moved = pd.Series({code: after[code] - before[code] for code in after})
    # What was changed below an indicator is shown as the indicator's.
    moved = moved[[code for code in after if code in {tree.indicator_of(each).code for each in changed}]]
    if changed:
        up, down = (list(each.index) for each in (moved[moved >= 0].nlargest(MOST), moved[moved < 0].nsmallest(MOST)))
        hint = "蓝：改了权重、占比没有减少；橙：占比减少"
    else:
        up, down = standouts(parts, context.region)
        hint = f"蓝：{context.names[context.region]}高于全市中位；橙：低于中位"
    rest = f"其余 {len(after) - len(up) - len(down)} 项"
    rows = tables.composition_rows(
        parts, outcome.movement, context.names, context.labels, [*up, *down], rest, context.region
    )
    rows = rows.assign(label=rows["region"].map(tables.place_labels(outcome.movement, context.names, context.region)))
    shape = (tuple(context.labels[code] for code in up), tuple(context.labels[code] for code in down), rest, "总分")
    title = "按新权重的总分和名次（点一个地区就关注它）"
    height = len(outcome.movement) * charts.ROW + 40
    show.chart(
        charts.composition, rows, height, *shape, title=title, context=context, click=go.region, remarks=(f"{hint}。",)
    )


def _shares(context: Context, outcome: Outcome, under: str) -> None:
    """The weights before and after beside the scores that they weigh."""
    before, after = shares_in(outcome.now.framework, under), shares_in(outcome.then.framework, under)
    parts = all_contributions(outcome.then.frame, after, context.period)
    own = parts[parts["region"] == context.region].set_index("code")["score"]
    found = pd.DataFrame({"code": list(after), "share": list(before.values()), "share_if": list(after.values())})
    found["score"] = found["code"].map(own)
    found["published"] = [outcome.now.of(context.region, code, context.period)[0] for code in after]
    found["median"] = found["code"].map(parts.groupby("code")["score"].median())
    name = context.names[context.region]
    table = tables.weight_table(found, context.labels, context.period, context.region, name)
    title = f"{context.labels[under] if under != context.root else '总分'}的权重（{name}高于中位的，加权对它有利）"
    show.table(table, title=title, context=context)
