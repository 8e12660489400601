"""目标进度: baseline → now → target by a date, and what cannot be judged."""

import streamlit as st

from lib.core.progress import STATUS_ORDER, Status
from lib.ui import facts, show
from lib.ui.context import context
from lib.view import charts, sentences, tables

ctx = context()
assessed = facts.assessed_targets(ctx)
real = facts.cited(ctx, assessed)
order = [status.value for status in STATUS_ORDER]
show.opening("目标进度", sentences.targets(assessed), ctx, real=True)

st.caption("本页是市级目标和各文件给出的市级现值，与左边选的指标体系、评价期和地区无关。")
left, right = st.columns([2, 3], gap="large")
with left:
    owners = ["全部", *facts.owners(ctx, assessed)]
    owner = st.selectbox("责任单位", owners, key="owner", bind="query-params", persist_state="session")
    chosen = st.pills(
        "状态", order, selection_mode="multi", key="status", bind="query-params", persist_state="session", wrap=True
    )
    rows = facts.filter_targets(ctx, assessed, chosen, owner)
with right:
    counts = tables.status_rows(rows, order)
    title = f"{len(rows)} 项目标的状态"
    show.chart(charts.status_bars, counts, 7 * charts.ROW, title=title, context=ctx, real=real)

missing = rows[rows["status"] == Status.NO_VALUE.value]
judged = rows.drop(missing.index)
columns = ["状态", "目标事项", "基线", "目标", "现值", "期限", "责任单位", "说明"]
st.markdown(f"### 有现值：{len(judged)} 项")
if judged.empty:
    st.info("没有符合条件、又有现值的目标。请放宽上面的筛选。")
else:
    shown = facts.target_table(ctx, judged)
    show.table(shown.only(columns), title="基线 → 现值 → 目标（最急的在前）", context=ctx, real=real)
    with st.expander("目标的原文和出处"):
        show.table(shown.values[["目标事项", "目标", "原文", "出处"]], title="逐项原文", context=ctx, real=real)

st.markdown(f"### 有目标无现值：{len(missing)} 项")
if missing.empty:
    st.info("筛选范围内的目标都有现值。")
else:
    st.markdown("定了目标，但各文件里找不到同口径的现值，请责任单位补报。")
    columns = ["目标事项", "目标", "期限", "责任单位", "原文", "出处"]
    title = "待补报现值的目标"
    show.table(facts.target_table(ctx, missing).only(columns), title=title, context=ctx, real=real, long=True)
