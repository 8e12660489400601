"""对标差距: against the chosen benchmark, and the city against the nation's benchmarks (纵向)."""

import streamlit as st

from lib.core.gap import gaps
from lib.ui import facts, show
from lib.ui.context import NATION, context
from lib.view import charts, sentences, tables

ctx = context()
name = ctx.names[ctx.region]
table = gaps(ctx.scores, ctx.region, ctx.period, ctx.benchmark)
show.opening("对标差距", sentences.gap(table, ctx.labels, name, ctx.compare, ctx.period_label), ctx)

st.markdown(f"### {'纵向' if ctx.compare == NATION else '横向'}：{name}与{ctx.compare}")
if table.empty:
    st.info(f"{ctx.compare}没有与“{ctx.framework.root.name}”同口径的数值。请在左边换一个对标对象或指标体系。")
else:
    dots = tables.gap_rows(table.head(15), ctx.labels)
    title = f"补齐后最能加分的 {len(dots)} 项（● {name}　◆ {ctx.compare}　右侧：补齐后该项得分增加）"
    show.chart(charts.dumbbell, dots, len(dots) * charts.ROW + 50, title=title, context=ctx)
    shown = tables.gap_table(
        table, ctx.labels, ctx.book.measures, ctx.compare, ctx.source_of_value, ctx.benchmark_sources
    )
    show.table(shown, title=f"全部 {len(table)} 项差距（按可加总分从多到少）", context=ctx, long=True)
    st.caption(
        "可加总分：只把这一项提到标杆值、其他各项和其他县（市、区）都不变时总分的变化；该项名次可进：这一项自己的名次，不是总名次。与排名页同一套计分。"
    )

st.divider()
st.markdown("### 纵向：平顶山市与全国标杆")
vertical = facts.vertical(ctx)
st.markdown(
    f"文件收录的全国做法中，{len(vertical)} 个数值有平顶山市现值可以对照，其中 {int(vertical['comparable'].sum())} 个能直接比较；"
    "单位或口径不同的不作比较，并写明原因。"
)
shown = tables.vertical_table(vertical, ctx.book.measures, ctx.names, facts.document_titles(ctx))
real = f"{facts.cited(ctx, vertical)}附件1；平顶山市现值出自各期通报"
title = "全国标杆与平顶山市现值（市级事实，不是县级数值）"
show.table(shown.only(["测度", "标杆地区", "标杆值", "平顶山市现值", "比较"]), title=title, context=ctx, real=real)
with st.expander("标杆的原文和出处"):
    show.table(shown.values[["测度", "标杆地区", "原文", "出处"]], title="逐项原文", context=ctx, real=real)
