"""总览: what a leader needs in two minutes."""

import streamlit as st

from lib.ui import card, city, front, go, show, stability
from lib.ui.context import context
from lib.ui.tiles import row
from lib.view import charts

ctx = context()
now = front.counties(ctx)
with st.container(key="front"):
    counties, documents = st.columns([2, 1], gap="medium")
with counties:
    show.opening("总览", now.said, ctx)
    if now.table is not None:
        row(now.tiles)
        ranked, lowest = st.columns(2, gap="medium")
        # Both pictures end on one line.
        height = max(len(now.bars) * charts.DENSE_ROW, len(now.dots) * charts.TALL_ROW)
        with ranked:
            title = f"{ctx.period_label}总分排名"
            show.chart(charts.standings, now.bars, height, title=title, context=ctx, click=go.county)
        with lowest:
            title = f"{now.title}（◆ 各地平均）"
            show.chart(charts.weakest_dots, now.dots, height, title=title, context=ctx, click=go.indicator)
        stability.note(ctx)
    else:
        st.info(
            f"{ctx.period_label}的数值不够计分：没有数，或者各地的数都相同。请换一个评价期，或到“数据齐备”页看缺哪些。"
        )
        st.page_link("manage/completeness.py", label="看缺哪些数", icon=":material/fact_check:")
with documents:
    city.card(ctx)
    card.onward(ctx)

if now.table is not None:
    show.table(now.table, title=f"{now.title}：差多少、谁牵头", context=ctx)
st.divider()
said, listed, cited = front.city(ctx)
st.markdown(f"### {said}")
show.table(listed, title="通报点名的短板指标（原文没有给出各项名次）", context=ctx, real=cited)
