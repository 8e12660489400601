"""寻标: whom to learn from on an indicator, in the city and in the nation, and why."""

import streamlit as st

from lib.core.distribution import history
from lib.core.recommend import merged, recommend
from lib.ui import go, indicator, seek, show, subject
from lib.ui.context import performance
from lib.view import charts, sentences, tables

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
rows = seek.contenders(ctx, code)
found = recommend(rows, ctx.region)
worth, beside = merged(found), seek.national(ctx, code)
places = [ctx.names[region] for region in dict.fromkeys(beside["region"])]
counts = (len(beside), int(beside["comparable"].sum()))
with head:
    conclusion = sentences.seek(rows, worth, ctx.names, ctx.period_label, ctx.region, about, places, counts)
    show.opening("寻标", conclusion, ctx)

st.markdown("### 横向：全市学谁")
seek.cards(ctx, rows, worth, found, about)
if len(periods) > 1 and worth:
    drawn, labels = history(ctx.scores, code, periods), {period: ctx.series[period] for period in periods}
    line = tables.course_rows(
        drawn, labels, ctx.names, ctx.region, seek.named(ctx, worth), seek.starts(rows, found, ctx.region), about
    )
    title = f"{name}和可学的各地：{about.scored}怎么走过来（◯ 起点　灰线：其他地区）"
    show.chart(
        charts.courses, line, 340, about.axis, about.whole, title=title, context=ctx.over(periods), click=go.county
    )
if rows["value"].notna().any():
    with st.expander(f"全部 {len(rows)} 地", icon=":material/table_rows:", expanded=not worth):
        seek.everyone(ctx, rows, about, periods)

st.markdown("### 纵向：全国学谁")
vertical = ""
if beside.empty:
    st.info(f"收录的文件里没有与“{about.name}”有关的全国标杆数值。可以在下面补充一个，写明出处和原文；或换一个指标。")
else:
    with st.container(width=CHOICE):
        vertical = subject.choose_place(ctx, code)
    county, real = seek.beside_county(ctx, beside), seek.cited(ctx, beside)
    looked, whole = seek.near(beside, county, vertical), seek.national_table(ctx, beside, county, vertical)
    shown = seek.national_table(ctx, looked, county, vertical)
    kept = [column for column in shown.values.columns if column not in ("原文", "出处", "备注")]
    show.table(shown.only(kept), title=f"全国标杆值，与平顶山市、{name}对照", context=ctx, real=real)
    if len(looked) < len(beside):
        st.caption(f"另有 {len(beside) - len(looked)} 个标杆值，平顶山市和{name}都没有同一测度的现值，列在下面。")
    with st.expander(f"全部 {len(beside)} 个标杆值的原文和出处"), st.container(key="quotes"):
        quoted = whole.values[["测度", "标杆地区", "标杆值", "原文", "出处", "备注"]]
        show.table(quoted, title="逐个标杆值的原文", context=ctx, real=real)
seek.supplement(ctx, code, seek.behind(ctx, beside))

st.markdown("### 下一步")
seek.next_steps(ctx, rows, code, unit, vertical)
