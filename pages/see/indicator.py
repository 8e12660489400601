"""指标: one indicator or measure over the counties, over time, beside another, and where it comes from."""

import streamlit as st

from lib.core import association
from lib.core import distribution as core
from lib.ui import facts, go, indicator, show, subject
from lib.ui.context import context
from lib.view import charts, sentences, tables

ctx = context()
head = st.container()
which, look = st.columns([2, 3], vertical_alignment="bottom", gap="medium")
with which:
    code = subject.choose(ctx, "看哪个指标")
with look:
    chosen = st.segmented_control(
        "怎么看",
        indicator.LOOKS,
        default=indicator.LOOKS[0],
        required=True,
        key="look",
        bind="query-params",
        persist_state="session",
    )
about = indicator.subject(ctx, code)
rows = core.distribution(ctx.scores, code, ctx.period, ctx.before)
found = core.summary(rows)
values = indicator.record(ctx, code)
with head:
    show.opening("指标", sentences.indicator(found, rows, ctx.names, ctx.period_label, about, ctx.region), ctx)
reason = ctx.scores.reasons.get((ctx.period, code))
if reason:
    st.info(f"{about.name}在{ctx.period_label}不计分：{reason}。")

stated = indicator.references(ctx, code)
if chosen == "分布和地图" and found:
    left, right = st.columns(2, gap="large")
    with left:
        bars = tables.distribution_rows(rows, indicator.lines(ctx, code, found, stated), ctx.names, ctx.region, about)
        shape = (len(rows) * charts.ROW, about.axis, int(bars["lift"].max()) + 1, not about.measure)
        title = f"各县（市、区）{about.name}，从最好到最差（点一行看县区画像）"
        show.chart(charts.distribution, bars, *shape, title=title, context=ctx, click=go.county)
elif chosen == "走势" and found:
    values_over = core.history(ctx.scores, code, list(ctx.series))
    drawn = indicator.comparable(ctx, stated)
    axis = indicator.axis(ctx, drawn)
    line = tables.history_rows(
        values_over,
        core.course(values_over, about.higher),
        drawn,
        axis,
        indicator.kinds(ctx),
        ctx.names,
        ctx.region,
        about,
    )
    title = f"{about.name}走势：{ctx.names[ctx.region]}、全市中位和最优（灰线为其他地区，◇ 为文件中的全市数值）"
    show.chart(charts.history, line, 400, about.axis, title=title, context=ctx.over(ctx.series))
elif chosen == "与另一指标" and found:
    other = subject.choose_other(ctx, "与哪一项比", "other", ctx.root)
    against = indicator.subject(ctx, other)
    both = association.pairs(core.distribution(ctx.scores, other, ctx.period, None), rows)
    points = tables.scatter_rows(both, ctx.names, ctx.region, against, about)
    shape = (420, against.axis, about.axis, not against.measure, not about.measure)
    show.chart(
        charts.scatter,
        points,
        *shape,
        title=f"{about.name}与{against.name}（虚线为中位）",
        context=ctx,
        click=go.county,
    )
    st.markdown(sentences.association(association.associate(both), against.name, about.name))
    gone = [ctx.names[region] for region in both.loc[both[["x", "y"]].isna().any(axis=1), "region"]]
    if gone:
        st.caption(f"缺数、没有画出：{'、'.join(gone)}。")

if found:
    family = core.family(ctx.scores, code)
    parts = core.members(ctx.scores, family, ctx.region, ctx.period, ctx.before)
    name = ctx.labels[ctx.framework[code].parent] if about.measure else about.name
    st.markdown(f"### {name}的 {len(parts)} 个下级指标")
    dots = tables.part_rows(parts, ctx.labels, ctx.names[ctx.region], code)
    if len(dots):
        title = (
            f"{ctx.names[ctx.region]}和全市（◆ {ctx.names[ctx.region]}　┃ 中位　灰条：最低到最高；点一行看那个指标）"
        )
        show.chart(charts.parts_dots, dots, len(dots) * charts.ROW + 40, title=title, context=ctx, click=go.indicator)
    with st.expander("各下级指标的平均、最好和最差", icon=":material/table_rows:"):
        shown = tables.part_table(parts, ctx.labels, ctx.names, ctx.region, ctx.period)
        show.table(shown, title="下级指标（平均得分从低到高）", context=ctx)

    shown = tables.standing_table(rows, indicator.remarks(ctx, code, values), ctx.names, ctx.period, about)
    show.table(shown, title=f"各县（市、区）{about.name}（点一个数看它从哪里来）", context=ctx)

if len(stated):
    shown = tables.reference_table(stated, ctx.names, facts.document_titles(ctx), about.unit)
    title = "文件里的标杆、目标和全市数值（不是县级数值）"
    show.table(shown, title=title, context=ctx, real=facts.cited(ctx, stated))
left, right = st.columns([3, 2], gap="large")
with left:
    show.table(indicator.card(ctx, code, values), title=f"{about.name}：指标档案", context=ctx, real=ctx.weights_basis)
with right:
    st.markdown("**接下来**")
    st.page_link("see/ranking.py", label="看排名", icon=":material/leaderboard:")
    st.page_link("benchmark/gap.py", label=f"看{ctx.names[ctx.region]}的对标差距", icon=":material/compare_arrows:")
    practices = indicator.practices(ctx, code)
    if len(practices):
        shown = tables.practice_table(practices, ctx.names)
        show.table(shown, title="可以借鉴的做法", context=ctx, real=facts.cited(ctx, practices))
