"""县区画像: one county, indicator by indicator."""

import streamlit as st

from lib.core.movement import contributions
from lib.core.spread import measures_of, spread
from lib.ui import show
from lib.ui.context import context
from lib.view import charts, sentences, tables

ctx = context()
frame, name = ctx.scores.frame, ctx.names[ctx.region]
standing = ctx.moved(ctx.root).set_index("region").loc[ctx.region]
shares = {node.code: ctx.framework.share(node.code) for node in ctx.framework.indicators}
losses = contributions(frame, shares, ctx.region, ctx.period)
show.opening("县区画像", sentences.county(standing, losses, ctx.labels, name, ctx.period_label), ctx)

left, right = st.columns([3, 2], gap="large")
with left:
    dots = tables.profile_rows(losses, spread(frame, ctx.period), ctx.labels)
    title = f"{name}各指标得分（◆ 蓝：不低于中位，橙：低于中位；┃ 全市中位；灰条：最低到最高）"
    show.chart(charts.profile_dots, dots, len(dots) * charts.ROW + 40, title=title, context=ctx)
with right:
    if len(ctx.series) > 1:
        line = tables.trend_rows(frame, ctx.root, ctx.series, ctx.names, ctx.region)
        show.chart(
            charts.trend, line, title=f"{name}总分走势（点上为名次，灰线为其他地区）", context=ctx.over(ctx.series)
        )
    st.page_link("benchmark/gap.py", label="与标杆比差距", icon=":material/compare_arrows:")
    st.page_link("benchmark/whatif.py", label="推演：改进哪几项能进位", icon=":material/tune:")
show.table(tables.profile_table(losses, ctx.labels, ctx.owner), title="失分从多到少", context=ctx)

measures = measures_of(ctx.scores, ctx.region, ctx.period)
show.table(
    tables.measure_table(measures, ctx.labels, ctx.book.measures, lambda code: ctx.framework.indicator_of(code).name),
    title=f"{name}全部测度（从最弱到最强）",
    context=ctx,
    long=True,
)
