"""对标差距: against a member of the cohort (横向) and against the nation's benchmarks (纵向)."""

import streamlit as st

from lib.core.gap import gaps
from lib.ui import facts, show
from lib.ui.context import context
from lib.view import charts, sentences, tables

ctx = context()
name = ctx.names[ctx.region]
table = gaps(ctx.scores, ctx.region, ctx.period, ctx.benchmark)
show.opening("对标差距", sentences.gap(table, ctx.labels, name, ctx.compare, ctx.period_label), ctx)

st.markdown(f"### 横向：{name}与{ctx.compare}")
worst = table[table["points"].notna()].head(15)
dots = tables.gap_rows(worst, ctx.labels)
title = f"补齐后最能加分的 {len(dots)} 项（● {name}　◆ {ctx.compare}　右侧：测度得分差）"
show.chart(charts.dumbbell, dots, len(dots) * charts.ROW + 50, title=title, context=ctx)
show.table(
    tables.gap_table(table, ctx.labels, ctx.book.measures, ctx.compare),
    title=f"全部 {len(table)} 项差距（按可加总分从多到少）",
    context=ctx,
    long=True,
)
st.caption("可加总分、可进位次：只把这一项提到标杆值、其他各项和其他县（市、区）都不变时的变化，与排名页同一套计分。")

st.divider()
st.markdown("### 纵向：全国标杆")
vertical = facts.vertical(ctx)
comparable = vertical[vertical["comparable"]]
st.markdown(
    f"文件收录的全国做法中，有 {len(vertical)} 个数值与本市指标体系或现值有关，其中 {len(comparable)} 个能与平顶山市现值直接比较；"
    "单位或口径不同的不作比较，并写明原因。"
)
show.table(
    tables.vertical_table(vertical, ctx.book.measures, ctx.names, facts.document_titles(ctx)),
    title="全国标杆与平顶山市现值（市级事实，不是县级数值）",
    context=ctx,
    real=f"{facts.cited(ctx, vertical)}附件1；平顶山市现值出自各期通报",
)
