"""假设推演: move a county's values and see its total, place and tier at once."""

import streamlit as st

from lib.core.whatif import levers, what_if
from lib.ui import show, sliders
from lib.ui.context import context
from lib.view import charts, sentences, tables

ctx = context()
name = ctx.names[ctx.region]
found = levers(ctx.scores, ctx.region, ctx.period)


@st.fragment
def lab() -> None:
    """Everything that a slider redraws."""
    changes = sliders.changes(ctx)
    outcome = what_if(ctx.scores, ctx.region, ctx.period, changes)
    show.opening("假设推演", sentences.what_if(outcome.before, outcome.after, name, len(changes)), ctx)
    st.markdown(":material/info: **假定**：其他县（市、区）保持不变。计分与排名页用同一套方法。")
    if not all(lever.fixed for lever in found):
        st.caption("没有前沿值的测度按本期各地的最优、最差值计分：动了最优或最差的那个值，其他地区的得分也会略有变化。")
    left, right = st.columns([2, 3], gap="large")
    with left:
        shown = sliders.choose(ctx, found)
        for lever in shown:
            sliders.slider(ctx, lever)
        sliders.reset(ctx)
    with right:
        rows = tables.ranking_rows(outcome.movement, ctx.names, ctx.region)
        show.chart(charts.ranking_bars, rows, "总分", title="推演后的排名（右侧：得分和名次变化）", context=ctx)
        moved = tables.lever_rows(outcome.moved([lever.code for lever in shown]), ctx.labels, ctx.book.measures)
        show.chart(
            charts.levers,
            moved,
            len(moved) * charts.ROW + 40,
            title="● 现值　◆ 推演值（在最差与最优之间）",
            context=ctx,
        )
        if changes:
            moved = outcome.moved(list(changes))
            show.table(
                tables.change_table(moved, ctx.labels, ctx.book.measures), title="改了什么，各加多少", context=ctx
            )


lab()
