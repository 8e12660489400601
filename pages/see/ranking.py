"""排名: places on the total or on any indicator, why they are so, and how they have moved."""

import streamlit as st

from lib.core.excerpt import excerpt
from lib.ui import go, ranking, show, stability, subject, switch
from lib.ui.context import context
from lib.view import charts, tables

VIEWS = ("构成", "名次变化", "小倍数", "首尾和身边")
ctx = context()
head = st.container()
controls = st.container(horizontal=True, gap="medium")
with controls:
    view = switch.one("怎么看", VIEWS, "view")
    code = subject.choose(ctx, "按哪个指标排名")
name, focus, frame = subject.name(ctx, code), ctx.names[ctx.region], ctx.scores.frame
is_measure = code in ctx.framework.leaves
with head:
    show.opening("排名", ranking.conclusion(ctx, code), ctx)

reason = ctx.scores.reasons.get((ctx.period, code))
if reason:
    st.info(f"{name}在{ctx.period_label}不计分：{reason}。请换一个指标或评价期。")
    st.stop()
rows = ranking.rows(ctx, code)
height, hint = len(rows) * charts.ROW, "点一个地区，就把它作为关注地区。"


if view == "构成" and is_measure:
    measure = ctx.book.measures[code]
    unit = f"{measure.unit}，{measure.direction.label}" if measure.unit else measure.direction.label
    bars = tables.value_rows(rows, ctx.names, measure, ctx.region)
    title = f"{ctx.period_label}{name}的原始数值（{unit}；右侧：数值和名次变化）"
    show.chart(charts.focus_bars, bars, height + 60, unit, False, title=title, context=ctx, click=go.region)
elif view == "构成":
    with controls:
        options = ranking.others(ctx, code)
        chosen = switch.pick("突出哪个指标", options, "highlight", lambda option: ctx.labels.get(option, option))
    made = ranking.composition(ctx, code, chosen)
    wide, narrow = st.columns([3, 2], gap="large")
    with wide:
        title = f"各地{name}的构成（右侧：得分和名次变化）"
        shape = (height + 60, *made.shape)
        show.chart(charts.composition, made.bars, *shape, title=title, context=ctx, click=go.region)
    with narrow:
        apart = ranking.differences(ctx, code)
        title = f"{focus}各项比全市中位多得、少得的分"
        show.chart(charts.differences, apart, height + 60, title=title, context=ctx, click=go.subject)
    hint = f"蓝：{focus}高于全市中位；橙：低于中位。{hint}点右边一项，看各地在这项上的排名。"
elif view == "首尾和身边":
    near = tables.excerpt_rows(excerpt(rows, ctx.region), ctx.names, ctx.region)
    title = f"{ctx.period_label}{name}：前 3、后 3 和{focus}身边（右侧：得分、名次变化，括号内为与{focus}的差）"
    show.chart(charts.focus_bars, near, len(near) * 34 + 60, title=title, context=ctx, click=go.region)
elif len(ctx.series) < 2:
    st.info(f"{name}只有{ctx.period_label}一期数据，还没有变化可看。请换一个指标体系，或选“构成”。")
elif view == "名次变化":
    places = tables.bump_rows(frame, code, ctx.series, ctx.names, ctx.region)
    title = f"{name}名次的变化（蓝线：{focus}；虚线：方阵界限；各期按当期全部有数的测度）"
    shape = (height + 70, ctx.cohort.cuts)
    show.chart(charts.bump, places, *shape, title=title, context=ctx.over(ctx.series), click=go.region)
else:
    panels = tables.small_multiple_rows(frame, rows, code, ctx.series, ctx.names, ctx.region)
    title = f"各地{name}得分的走势（按现在的名次排列；灰带：全市最低到最高，虚线：中位）"
    show.chart(charts.small_multiples, panels, 440, title=title, context=ctx.over(ctx.series), click=go.region)
st.caption(hint + ranking.remarks(ctx, code))
if code == ctx.root:
    stability.note(ctx)

title = "名次、得分和变化（点列名排序，点数看来历）"
show.table(ranking.table(ctx, code), title=title, context=ctx, long=True)
st.caption(f"方阵界限：{ctx.cohort.basis}。")
if is_measure:
    show.table(ranking.values(ctx, code), title=f"{name}的原始数值", context=ctx, long=True)
