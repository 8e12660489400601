"""指标: one indicator or measure over the counties, over time, beside another, and where it comes from."""

import streamlit as st

from lib.core import association
from lib.ui import go, indicator, show, subject, switch
from lib.ui.context import context
from lib.view import charts, sentences, tables

CHOICE = 340

ctx = context()
head = st.container()
controls = st.container(horizontal=True, vertical_alignment="bottom", gap="medium")
with controls.container(width=CHOICE):
    code = subject.choose(ctx, "看哪个指标")
with controls.container(width="content"):
    chosen = switch.one("怎么看", indicator.LOOKS, "look")
about = indicator.subject(ctx, code)
rows = indicator.rows(ctx, code)
found = rows["value"].notna().any()
with head:
    show.opening("指标", indicator.conclusion(ctx, code), ctx)
st.caption(indicator.brief(ctx, code))
reason = ctx.scores.reasons.get((ctx.period, code))
if reason:
    st.info(f"{about.name}在{ctx.period_label}不计分：{reason}。请换一个指标或评价期。")

stated = indicator.references(ctx, code)
if chosen == indicator.DISTRIBUTION and found:
    # Side by side where there is room for both, else one under the other: style.css.
    pictures = st.container(horizontal=True, gap="medium", key="beside-map")
    with pictures.container():
        bars = indicator.bars(ctx, code)
        levels = int(bars["lift"].max()) + 1
        shape = (len(rows) * charts.ROW + 20 * levels + 50, about.axis, not about.measure, about.whole)
        title = f"各地{about.scored}，从好到差（点行看画像）"
        show.chart(charts.distribution, bars, *shape, title=title, context=ctx, click=go.county)
    with pictures.container():
        areas, shape, remarks = indicator.areas(ctx, code)
        title = f"{about.name}{'' if code == ctx.root else '得分'}地图（点地图看画像）"
        show.chart(charts.county_map, areas, *shape, title=title, context=ctx, click=go.county, remarks=remarks)
elif chosen == indicator.TREND and found and len(ctx.series) < 2:
    st.info("只有一期数据，还画不出走势。请换一种看法，或在左边换一个指标体系。")
elif chosen == indicator.TREND and found:
    line = indicator.trend(ctx, about, stated)
    title = f"{about.scored}走势（灰线：其他地区{'；◇ 文件中的全市数值' if charts.FACT in set(line['role']) else ''}）"
    show.chart(charts.history, line, 400, about.axis, about.whole, title=title, context=ctx.over(ctx.series))
    st.caption(indicator.sources(ctx, stated))
elif chosen == indicator.OTHER and found:
    with controls.container(width=CHOICE):
        other = subject.choose_other(ctx, "与哪一项比", "other", ctx.root)
    against = indicator.subject(ctx, other)
    both = association.pairs(indicator.rows(ctx, other), rows)
    st.markdown(sentences.association(association.associate(both), against, about))
    points = tables.scatter_rows(both, ctx.names, ctx.region, against, about)
    scores, whole = (not against.measure, not about.measure), (against.whole, about.whole)
    title = f"{about.scored}与{against.scored}（虚线为中位；点一地看画像）"
    show.chart(
        charts.scatter, points, 440, against.axis, about.axis, scores, whole, title=title, context=ctx, click=go.county
    )
    gone = [ctx.names[region] for region in both.loc[both[["x", "y"]].isna().any(axis=1), "region"]]
    if gone:
        st.caption(f"缺数、没有画出：{'、'.join(gone)}。")

if found:
    dots, listed = indicator.parts(ctx, code)
    name = ctx.labels[ctx.framework[code].parent] if about.measure else about.name
    unscored = f"，{len(dots)} 个本期有得分" if len(dots) < len(listed) else ""
    st.markdown(f"### {name}的 {len(listed)} 个下级指标{unscored}")
    if len(dots):
        title = (
            f"{ctx.names[ctx.region]}和全市（◆ {ctx.names[ctx.region]}　┃ 中位　灰条：最低到最高；点一行看那个指标）"
        )
        show.chart(charts.parts_dots, dots, len(dots) * charts.ROW + 40, title=title, context=ctx, click=go.subject)
    with st.expander("各下级指标的平均、最好和最差", icon=":material/table_rows:"):
        show.table(listed, title="下级指标（平均得分从低到高）", context=ctx, long=True)

    title = f"各县（市、区）{about.scored}（点一个数看它从哪里来）"
    show.table(indicator.standing(ctx, code), title=title, context=ctx, long=True)

indicator.background(ctx, about)
