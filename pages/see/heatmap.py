"""热力图: every county on every indicator, or over all periods, at one glance."""

import streamlit as st

from lib.core import grid
from lib.ui import changes, go, show, subject, switch
from lib.ui.context import context
from lib.view import charts, sentences, tables

SHOWN = {"得分": "score", "名次": "rank", "比上期变化": "change"}
ctx = context()
head = st.container()
with st.container(horizontal=True, gap="medium"):
    by = switch.one("列", ("指标", "评价期"), "by")
    kind = SHOWN[switch.one("格子里", tuple(SHOWN), "show")]
    code = subject.choose(ctx, "看哪个指标" if by == "评价期" else "看哪个指标的下级")
    order = switch.one("列的顺序", ("按体系", "从弱到强"), "order") if by == "指标" else ""


def open_indicator(cell: str) -> None:
    """A cell of an indicator: its page, with the cell's county in focus."""
    region, column = cell.split("|")
    go.region(region)
    go.indicator(column)


def open_county(cell: str) -> None:
    """A cell of a period: the county's profile in it."""
    region, column = cell.split("|")
    go.period(column)
    go.county(region)


if by == "指标":
    node = code if code in ctx.framework.children else ctx.framework[code].parent
    name = subject.name(ctx, node)
    below = [ctx.framework.nodes[i].code for i in ctx.framework.children[node]]
    cells = grid.by_node(ctx.scores, [node, *below], ctx.period, changes.of_period(ctx, ctx.period))
    heads = spelled = {each: subject.name(ctx, each) for each in (node, *below)}
    columns = [node, *(grid.weakest_first(cells, below) if order == "从弱到强" else below)]
    said = sentences.heat(cells[cells["column"] != node], heads, ctx.names, ctx.period_label, name)
    shown, click, hint = ctx, open_indicator, "点一格，看这个指标在这个地区的情况。"
    title = f"{ctx.period_label}各地{name}和下级指标"
else:
    node, name = code, subject.name(ctx, code)
    heads, spelled = ctx.series, ctx.spelled
    columns = changes.comparable(ctx, heads) if kind == "change" else list(heads)
    changed = {each: changes.of_period(ctx, each) for each in heads}
    cells, every = (grid.by_period(ctx.scores, node, list(each), changed) for each in (columns, heads))
    # What is said is of all periods, whatever the cells show.
    said = sentences.heat_over_time(every, spelled, ctx.names, name)
    shown, click, hint = ctx.over(columns), open_county, "点一格，看这个地区在这一期的画像。"
    title = f"各地各期{name}"
with head:
    show.opening("热力图", said, shown)
regions = list(ctx.scores.at(ctx.period).standing(node).sort_values(["rank", "region"])["region"])
what = {"score": "得分，0–100", "rank": "名次", "change": "得分比上期的变化，按两期都有的测度"}[kind]
data = tables.heatmap_rows(cells, kind, ctx.names, heads, regions, columns, ctx.region)
title = f"{title}（{what}；自上而下按{ctx.period_label}{name}名次）"
show.chart(
    charts.heatmap,
    data,
    len(regions) * charts.ROW + 90,
    kind,
    tables.head_lines(data),
    title=title,
    context=shown,
    click=click,
)
st.caption(hint + "粗框是关注地区。缺数画斜线，不按 0 分算。")
table = tables.heatmap_table(cells, kind, ctx.names, spelled, regions, columns)
show.table(table, title="同样的数，列成表（点列名排序，点数看来历）", context=shown, long=True)
st.page_link("see/ranking.py", label="看完整排名", icon=":material/leaderboard:")
