"""寻标: whom to learn from on an indicator, in the city and in the nation, and why."""

import streamlit as st

from lib.ui import go, indicator, seek, show, subject
from lib.ui.context import performance
from lib.view import charts, sentences

CHOICE = 320
ctx = performance()
if ctx.background:
    show.opening("寻标", f"{ctx.framework.root.name}不是营商环境成绩，没有可学的标杆。", ctx)
    st.info("请在左边“指标体系”里换一个，如核心指标（2020）。")
    st.stop()

head = st.container()
with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
    with st.container(width=CHOICE):
        unit = seek.choose_unit(ctx)
    with st.container(width=CHOICE):
        code = seek.choose_subject(ctx, unit)
about, periods, name = indicator.subject(ctx, code), seek.periods(ctx), ctx.names[ctx.region]
known, beside = seek.worth(ctx, code), seek.national(ctx, code)
rows, worth = known.rows, known.whys
places = [ctx.names[region] for region in dict.fromkeys(beside["region"])]
counts = (len(beside), int(beside["comparable"].sum()))
with head:
    conclusion = sentences.seek(rows, worth, ctx.names, ctx.period_label, ctx.region, about, places, counts)
    show.opening("寻标", conclusion, ctx)

st.markdown("### 横向：全市学谁")
seek.cards(ctx, known, about)
if len(periods) > 1 and worth:
    line = seek.courses(ctx, code)
    title = f"{name}和可学的各地：{about.scored}怎么走过来（◯ 起点　灰线：其他地区）"
    show.chart(
        charts.courses, line, 340, about.axis, about.whole, title=title, context=ctx.over(periods), click=go.county
    )
if rows["value"].notna().any():
    with st.expander(f"全部 {len(rows)} 地", icon=":material/table_rows:", expanded=not worth):
        seek.everyone(ctx, about)

st.markdown("### 纵向：全国学谁")
vertical = ""
if beside.empty:
    st.info(f"收录的文件里没有与“{about.name}”有关的全国标杆数值。可以在下面补充一个，写明出处和原文；或换一个指标。")
else:
    with st.container(width=CHOICE):
        vertical = subject.choose_place(ctx, code)
    nation = seek.nation(ctx, code, vertical)
    show.table(nation.near, title=f"全国标杆值，与平顶山市、{name}对照", context=ctx, real=nation.cited)
    if len(nation.near) < len(beside):
        st.caption(f"另有 {len(beside) - len(nation.near)} 个标杆值，平顶山市和{name}都没有同一测度的现值，列在下面。")
    with st.expander(f"全部 {len(beside)} 个标杆值的原文和出处"), st.container(key="quotes"):
        show.table(nation.quoted, title="逐个标杆值的原文", context=ctx, real=nation.cited)
seek.supplement(ctx, code)

st.markdown("### 下一步")
seek.next_steps(ctx, rows, code, unit, vertical)
