"""总览: what a leader needs in two minutes."""

import streamlit as st

from lib.core.progress import STATUS_ORDER
from lib.core.spread import weakest
from lib.ui import facts, show
from lib.ui.context import context
from lib.view import charts, sentences, tables

ctx = context()
frame = ctx.scores.frame
rows = ctx.moved(ctx.root)
show.opening("总览", sentences.ranking(rows, ctx.names, ctx.period_label, "总分"), ctx)

left, right = st.columns(2, gap="large")
with left:
    bars = tables.ranking_rows(rows, ctx.names, ctx.region)
    show.chart(
        charts.ranking_bars, bars, "总分", title=f"{ctx.period_label}总分排名（右侧：得分和名次变化）", context=ctx
    )
    st.page_link("see/ranking.py", label="看完整排名", icon=":material/leaderboard:")
with right:
    codes = [node.code for node in ctx.framework.indicators]
    low = weakest(frame, codes, ctx.period, ctx.before)
    show.table(
        tables.weakest_table(low, ctx.labels, ctx.names, ctx.owner),
        title=f"{len(low)} 个最弱的指标（各地平均得分最低）",
        context=ctx,
    )
    st.page_link("see/county.py", label=f"看{ctx.names[ctx.region]}的画像", icon=":material/location_city:")
    st.page_link("benchmark/gap.py", label=f"看{ctx.names[ctx.region]}的对标差距", icon=":material/compare_arrows:")

st.divider()
st.markdown(f"## {sentences.city(facts.places(ctx), facts.weak_indicators(ctx))}")
st.caption(f"数据：{facts.cited(ctx, facts.places(ctx), facts.weak_indicators(ctx))}")
province, goals = st.columns([3, 2], gap="large")
with province:
    weak = facts.weak_indicators(ctx)
    values = facts.bulletin_values(ctx, "bulletin-37")
    listed = tables.weak_indicator_table(weak, ctx.book.indicators, values)
    show.table(listed, title="通报点名的短板指标（原文没有给出各项名次）", context=ctx, real=facts.cited(ctx, weak))
with goals:
    assessed = facts.assessed_targets(ctx)
    counts = tables.status_rows(assessed, [status.value for status in STATUS_ORDER])
    show.chart(
        charts.status_bars,
        counts,
        7 * charts.ROW,
        title=f"{len(assessed)} 项目标的状态",
        context=ctx,
        real=facts.cited(ctx, assessed),
    )
    st.page_link("benchmark/targets.py", label="看每项目标", icon=":material/flag:")
