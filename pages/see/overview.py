"""总览: what a leader needs in two minutes."""

import streamlit as st

from lib.core.movers import furthest, mean_changes, tier_moves
from lib.core.spread import weakest
from lib.ui import card, city, facts, go, show, stability
from lib.ui.context import context
from lib.ui.tiles import MOST, Pick, Tile, row
from lib.view import charts, sentences, tables

ctx = context()
rows = ctx.moved(ctx.root)
codes = [node.code for node in ctx.framework.indicators]
changes = mean_changes(ctx.scores, codes, ctx.period, ctx.before)
low = weakest(ctx.scores, codes, ctx.period)


def numbers() -> list[Tile]:
    """Tiers, and who and what moved furthest."""
    moves = tier_moves(rows, ctx.cohort.cuts)
    words = tables.tier_words(moves, ctx.names, int(rows["rank"].isna().sum()), compared=ctx.before is not None)
    counts = " / ".join(str(count) for count in moves["count"])
    ranking = Pick(counts, go.page, ("see/ranking.py",), f"方阵界限：{ctx.cohort.basis}。")
    tiers = Tile("第一/二/三方阵（个）", [ranking], words)
    if ctx.before is None:
        return [tiers]
    places = furthest(rows.set_index("region")["rank_change"])
    return [
        tiers,
        *(
            Tile(
                label,
                [Pick(ctx.names[each], go.county, (each,)) for each in found[:MOST]],
                tables.moved_to(rows, found),
            )
            for label, found in zip(("上升最多", "下降最多"), places, strict=True)
        ),
        *(
            Tile(
                label,
                [Pick(ctx.labels[each], go.indicator, (each,)) for each in found[:MOST]],
                tables.mean_moved(changes, found),
            )
            for label, found in zip(("进步最大的指标", "退步最大的指标"), furthest(changes), strict=True)
        ),
    ]


with st.container(key="front"):
    counties, documents = st.columns([2, 1], gap="medium")
with counties:
    show.opening("总览", sentences.overview(rows, ctx.names, ctx.period_label), ctx)
    if rows["rank"].notna().any():
        row(numbers())
        ranked, lowest = st.columns(2, gap="medium")
        with ranked:
            bars = tables.standing_rows(rows, ctx.names, ctx.region)
            # Both pictures end on one line.
            height = max(len(bars) * charts.DENSE_ROW, len(low) * charts.TALL_ROW)
            title = f"{ctx.period_label}总分排名"
            show.chart(charts.standings, bars, height, title=title, context=ctx, click=go.county)
        with lowest:
            dots = tables.weakest_rows(low, changes, ctx.labels, ctx.owner)
            title = tables.weakest_title(low, codes)
            show.chart(
                charts.weakest_dots, dots, height, title=f"{title}（◆ 各地平均）", context=ctx, click=go.indicator
            )
        stability.note(ctx)
    else:
        st.info(
            f"{ctx.period_label}的数值不够计分：没有数，或者各地的数都相同。请换一个评价期，或到“数据齐备”页看缺哪些。"
        )
        st.page_link("manage/completeness.py", label="看缺哪些数", icon=":material/fact_check:")
with documents:
    city.card(ctx)
    card.onward(ctx)

if rows["rank"].notna().any():
    shown = tables.weakest_table(low, changes, ctx.labels, ctx.names, ctx.owner, ctx.period)
    show.table(shown, title=f"{title}：差多少、谁牵头", context=ctx)
st.divider()
weak = facts.weak_indicators(ctx)
st.markdown(f"### {sentences.city(facts.places(ctx), weak)}")
values = facts.bulletin_values(ctx, "bulletin-37")
listed = tables.weak_indicator_table(weak, ctx.book.indicators, values)
show.table(listed, title="通报点名的短板指标（原文没有给出各项名次）", context=ctx, real=facts.cited(ctx, weak))
