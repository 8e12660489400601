"""月度计数: complaints, inspections, meetings and reports by month, and the grid by which they come in."""

import streamlit as st

from lib.core import tally
from lib.ui import counters as ui
from lib.ui import show
from lib.ui.context import context
from lib.view import charts, tables
from lib.view import counters as words

ctx = context()
head = st.container()
with st.columns([1, 4])[0]:
    counts = ui.choose()
with head:
    show.heading("月度计数", words.conclusion(counts.year, counts.totals))
st.caption("通报里的投诉、督查、会议等数由经办人按月填；本系统印发的通报自动计数。与指标体系、评价期和地区的选择无关。")
ui.tell()
doubts = words.remarks(tally.remarks(counts.rows))
if doubts:
    st.warning(doubts, icon=":material/rule:")
if counts.totals["filled"].any():
    rows = tables.counter_rows(counts.grid)
    show.chart(
        charts.counters,
        rows,
        8 * 40 + 40,
        title=f"{counts.year}年各月（颜色越深，在同类里越多；— 没有填）",
        context=ctx,
        real="经办人按月填报",
    )
shown = tables.counter_table(counts.totals, ui.stated(ctx), ctx.cited)
show.table(shown, title=f"{counts.year}年合计，和文件写明的累计", context=ctx, real="经办人按月填报；文件原文")
with st.expander("填报或更正", icon=":material/edit_note:", expanded=ui.opened(counts)):
    ui.form(counts)
history = ui.entries()
if len(history):
    with st.expander(f"填报记录（{len(history)} 条）"):
        show.table(tables.entry_table(history), title="每一次填报，最近的在前", long=True)
