"""排名: places on the total or on any indicator."""

import streamlit as st

from lib.core.movement import movement
from lib.core.spread import filled
from lib.ui import show
from lib.ui.context import context
from lib.view import charts, sentences, tables

ctx = context()
head = st.container()
order = [ctx.root, *(node.code for node in ctx.framework.nodes if node.code != ctx.root)]
depth = {code: ctx.framework.depth(code) for code in order}
code = st.selectbox(
    "按哪个指标排名",
    order,
    format_func=lambda code: "　" * max(depth[code] - 1, 0) + ("总分" if code == ctx.root else ctx.labels[code]),
    key="subject",
    bind="query-params",
    persist_state="session",
)
name = "总分" if code == ctx.root else f"“{ctx.labels[code]}”"
rows = movement(ctx.scores.frame, code, ctx.period, ctx.before)
with head:
    show.opening("排名", sentences.ranking(rows, ctx.names, ctx.period_label, name), ctx)

reason = ctx.scores.reasons.get((ctx.period, code))
if reason:
    st.info(f"{ctx.labels[code]}在{ctx.period_label}不计分：{reason}。请换一个指标或评价期。")
    st.stop()
left, right = st.columns(2, gap="large")
with left:
    bars = tables.ranking_rows(rows, ctx.names, ctx.region)
    show.chart(
        charts.ranking_bars, bars, "得分", title=f"{ctx.period_label}{name}（右侧：得分和名次变化）", context=ctx
    )
with right:
    show.table(
        tables.ranking_table(rows, ctx.names, filled(ctx.scores, code, ctx.period)),
        title="名次、得分和变化",
        context=ctx,
    )
    st.caption(f"方阵界限：{ctx.cohort.basis}。")
if code in ctx.framework.leaves:
    panel = ctx.scores.panel.at(ctx.period)
    rows["value"] = [panel.value(region, code, ctx.period) for region in rows["region"]]
    values = tables.value_table(rows, ctx.names, ctx.book.measures[code])
    show.table(values, title=f"{ctx.labels[code]}的原始数值", context=ctx)
