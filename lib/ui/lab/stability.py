"""稳不稳: whether a place and a tier stand under other weights, without one indicator, by another method."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from lib import scenarios
from lib.core.robustness import CLOSE, DRAWS, FIRM, SEED, WIDTH, Stability
from lib.model import source
from lib.model.scenario import Others, Scenario
from lib.ui import go, show, stability, switch, trial
from lib.ui.context import Context
from lib.view import charts, tables, text
from lib.view import stability as words

NOW, THEN = "现在", "推演后"
RULES = (
    f"规则：每一级的每个权重各自乘以 {1 - WIDTH:g}–{1 + WIDTH:g} 之间的随机数（0 仍为 0），再照常折算，共 {DRAWS:,} 次，随机种子 {SEED}，"
    f"重算结果相同。名次相邻的两地，后一位持平或反超的情形占 {CLOSE:.0%} 以上，就是“{words.CLOSE}”；"
    f"留在本方阵的情形占 {FIRM:.0%} 以上，方阵就是“稳”。"
)


def draw(context: Context) -> None:
    """The view."""
    head = st.container()
    tried = _tried(context)
    scores = trial.outcome(context).then if tried else None
    found = stability.places(context, scores, tried)
    dropped, swapped = stability.alternatives(context, scores, tried)
    name, frame, when = context.names[context.region], found.frame, THEN if tried else NOW
    with head:
        show.opening(
            "假设推演",
            words.conclusion(frame, found.pairs, context.names, context.region, stability.SWING, when),
            context,
        )
    if frame.empty:
        st.info("没有名次可看。请换一个评价期，或到“数据齐备”页看缺哪些数。")
        return
    without, by_method = (rows[rows["region"] == context.region] for rows in (dropped, swapped))
    left, right = st.columns([2, 1], gap="medium")
    with left:
        _ranges(context, found, when)
    with right:
        _reading(context, found, without, by_method)
    sources = [source.score(region, context.root, context.period) if not tried else "" for region in frame["region"]]
    whole = tables.stability_table(frame, found.shares, dropped, swapped, context.names, context.labels, sources)
    show.table(whole, title=f"{when}的名次、方阵有多稳（各方阵：{stability.SWING}占多少）", context=context)
    st.caption(RULES)
    left, right = st.columns(2, gap="medium")
    with left:
        _without(context, without, when)
    with right:
        show.table(tables.method_table(by_method), title=f"换计分方法，{name}{when}列第几", context=context)


def _reading(context: Context, found: Stability, without: pd.DataFrame, by_method: pd.DataFrame) -> None:
    """What the numbers come to, and where to go with it."""
    name = context.names[context.region]
    said = {
        "方阵": words.tiers(found.frame, context.names),
        "名次": words.close(found.pairs, context.names),
        "去掉一项指标": f"{name} {words.without(without, context.labels)}",
        "换计分方法": words.methods(by_method, name),
    }
    for head, line in said.items():
        st.markdown(f"**{head}**　{line}。")
    st.page_link("benchmark/gap.py", label=f"看{name}差在哪", icon=":material/compare_arrows:")
    st.page_link("see/ranking.py", label="看完整排名", icon=":material/leaderboard:")


def _tried(context: Context) -> Scenario | None:
    """What is tried, if something is and it is asked for."""
    tried = trial.current(context)
    if not tried.changed and tried.others is Others.HOLD:
        return None
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        then = switch.one("看哪个排名", (NOW, THEN), "stable_of") == THEN
        counts = {"个数值": len(tried.moves), "个权重": len(tried.weights)}
        changed = text.listed(f"改了 {count} {what}" for what, count in counts.items() if count)
        said = f"{changed}，" if changed else ""
        st.caption(f"{THEN}：{said}{scenarios.assumption(tried)}。" if then else f"{NOW}的排名，不算推演。")
    return tried if then else None


def _ranges(context: Context, found: Stability, when: str) -> None:
    last = len(found.frame)
    bounds = tables.tier_bounds(context.cohort.cuts, last)
    rows = tables.place_range_rows(found.frame, found.pairs, context.names, context.region)
    title = f"各地名次会在哪里变（● {when}；粗条：90% 的情形；细线：全部；≈ 与上一位接近）"
    show.chart(
        charts.place_ranges, rows, last * charts.ROW + 40, last, bounds, title=title, context=context, click=go.region
    )


def _without(context: Context, rows: pd.DataFrame, when: str) -> None:
    name = context.names[context.region]
    table = tables.dropped_table(rows, context.labels)
    if len(table):
        show.table(table, title=f"去掉哪一项，{name}{when}的名次会变", context=context)
    elif rows["rank"].isna().all():
        st.info(f"{name}没有名次，或者只有一项指标有权重，没有可以去掉的。")
    else:
        st.success(f"去掉任何一项指标，{name}{when}的名次都不变。", icon=":material/check:")
