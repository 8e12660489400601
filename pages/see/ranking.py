"""排名: places on the total or on any indicator."""

import streamlit as st

from lib.core.spread import filled
from lib.ui import show, subject
from lib.ui.context import context
from lib.view import charts, sentences, tables

ctx = context()
head = st.container()
code = subject.choose(ctx, "按哪个指标排名")
name = "总分" if code == ctx.root else f"“{ctx.labels[code]}”"
rows = ctx.moved(code)
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
