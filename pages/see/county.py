"""县区画像: one county beside the others, on one sheet of A4, and what follows from it."""

import streamlit as st

from lib.ui import go, profiles, show, switch
from lib.ui.context import NATION, context
from lib.view import charts, sentences, tables

# Height of a row, width of the labels, width of the words on the right.
LEVELS = {"指标": (charts.ROW, 150, 110), "测度": (charts.DENSE_ROW, 290, 150)}
TRENDS = ["总分", "名次"]
VIEWS = ["全部测度", "各指标失分", "同类和邻县", "目标和做法"]

ctx = context()
name, rows, losses = ctx.names[ctx.region], profiles.spine(ctx), profiles.losses(ctx)
standing = ctx.moved(ctx.root).set_index("region").loc[ctx.region]


def draw_spine(level: str) -> None:
    """The county among all, at one level of the tree."""
    height, labels, beside = LEVELS[level]
    marks = profiles.spine_rows(ctx, level == "测度")
    shape = (len(marks) * height + 50, labels, beside)
    title = f"{name}各{level}在全市的位置（▲ 高于、▼ 低于、● 等于中位 ┃　◇ {ctx.compare}　粗条：中间一半　细条：最低到最高）"
    show.chart(charts.spine, marks, *shape, title=title, context=ctx, click=go.indicator)


with st.container(key="sheet"):
    show.opening("县区画像", sentences.county(standing, losses, ctx.labels, name, ctx.period_label), ctx)
    level = switch.one("看到哪一级", list(LEVELS), "level")
    if level == "测度":
        with st.container(key="screen-only-spine"):
            draw_spine("测度")
    left, right = st.columns([3, 2], gap="large")
    with left, st.container(key="paper-only" if level == "测度" else "spine"):
        draw_spine("指标")
        if ctx.compare == NATION:
            st.caption("全国标杆只有少数测度有同口径的数值，凑不成指标得分：请看“测度”一级和下面的表。")
    with right:
        strong, weak = profiles.standouts(ctx)
        profiles.listed("优势", strong, "没有测度排在前四分之一又高于中位。")
        profiles.listed("短板", weak, "没有测度排在后四分之一又低于中位。")
        st.caption("名次在前（后）四分之一、得分高于（低于）中位的测度，离中位最远的在前，各列至多 5 项。")

    left, right = st.columns(2, gap="large")
    with left:
        if len(ctx.series) > 1:
            trend = switch.one("走势", TRENDS, "trend")
            by_place = trend == "名次"
            line = profiles.over_time(ctx, by_place)
            title = f"{name}{trend}走势（灰线：其他地区；指着看数，点蓝点看来历）"
            show.chart(
                charts.standing_over_time,
                line,
                240,
                by_place,
                title=title,
                context=ctx.over(ctx.series),
                click=go.source,
            )
    with right:
        profiles.next_steps(ctx)

with st.container(key="screen-only"):
    with st.container(horizontal=True, vertical_alignment="center"):
        st.page_link("benchmark/gap.py", label="与标杆比差距", icon=":material/compare_arrows:")
        st.page_link("benchmark/whatif.py", label="推演：改进哪几项能进位", icon=":material/tune:")
        profiles.to_ledger(ctx)
    view = switch.one("再看", VIEWS, "more")
    if view == "全部测度":
        show.table(profiles.measure_table(ctx), title=f"{name}全部测度（从最弱到最强）", context=ctx)
    elif view == "各指标失分":
        shown = tables.profile_table(losses, rows, ctx.labels, ctx.owner, ctx.region, ctx.period)
        show.table(shown, title="失分从多到少", context=ctx, long=True)
    elif view == "同类和邻县":
        near, beside = profiles.nearest(ctx), profiles.adjoining(ctx)
        if near.empty:
            st.info(f"{name}没有人口普查数值，找不出背景条件相近的县（市、区）。")
        else:
            shown = profiles.beside_table(ctx, near)
            show.table(shown, title=f"背景条件相近（2020年人口普查）的 {len(near)} 个县（市、区）", context=ctx)
            st.caption(
                f"背景差异：下列各项在 12 地标准化后的欧氏距离，越小越相近，据2020年人口普查（真实数据）；名次和得分据本页数据。{profiles.background(ctx)}。"
            )
        if beside is None:
            st.info(f"{name}没有边界数据，列不出相邻的县（市、区）。")
        else:
            show.table(
                profiles.beside_table(ctx, beside), title=f"与{name}相邻的 {len(beside)} 个县（市、区）", context=ctx
            )
    else:
        profiles.targets_and_practices(ctx)
