"""创标进展: a campaign's timetable, who is ahead, who has reported, and the quarterly report."""

import streamlit as st

from lib.ui import progress as ui
from lib.ui import show, switch
from lib.ui.context import context
from lib.view import charts, sentences, tables

ctx = context()
head = st.container()
with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
    now = ui.choose(ctx)
    view = switch.one("看什么", ui.VIEWS, "progress")
with head:
    show.heading("创标进展", ui.conclusion(now))
st.caption(show.plain(f"{sentences.phase(now.campaign, now.day)}本页与指标体系、评价期和地区的选择无关。"))
real = f"{now.campaign.name}的申报表和季度进展"

if view == ui.ARRANGE or now.declarations.empty:
    rows = tables.phase_rows(now.campaign, now.day)
    title = "活动安排（◆ 申报表和季度进展的应报日）"
    show.chart(charts.phases, rows, 170, title=title, context=ctx, real=ui.source(now))
if now.declarations.empty:
    st.info("还没有申报表。先选学习对象，再填申报表；公示以后，每季度末报进展。")
    st.page_link("benchmark/seek.py", label="去选学习对象", icon=":material/travel_explore:")
    st.page_link("benchmark/declaration.py", label="去填申报表", icon=":material/assignment:")
    st.page_link("benchmark/practices.py", label="先看典型做法", icon=":material/lightbulb:")
elif view == ui.BOARD and now.board.empty:
    st.info("申报表公示以后才有进展可比。")
    st.page_link("benchmark/declaration.py", label="去看申报表", icon=":material/assignment:")
elif view == ui.BOARD:
    bars = tables.board_rows(now.board)
    title = f"各单位目标走完了多少{ui.made_up(now)}"
    show.chart(charts.progress_bars, bars, len(bars) * 34 + 50, title=title, context=ctx, real=real)
    st.caption(ui.METHOD)
    shown = tables.goal_table(ui.sorted_goals(now), ctx.book.measures)
    show.table(shown, title=f"每个目标：原来 → 现在{ui.made_up(now)}", context=ctx, real=real, long=True)
elif view == ui.FILING:
    cells = tables.matrix_rows(now.form, now.reported, now.campaign, now.labels)
    title = "报送情况（● 按时　▲ 迟报　◆ 逾期未报　○ 未到期）"
    show.chart(charts.report_matrix, cells, len(now.labels) * 34 + 40, title=title, context=ctx, real=real)
    st.markdown(show.plain(ui.undeclared(now)))
    todo = ui.reminders(now)
    if len(todo):
        show.table(todo, title="今天该提醒谁", context=ctx, real=real)
    else:
        st.success("没有逾期的，最近两周也没有到期的。", icon=":material/check_circle:")
elif view == ui.REPORT:
    ui.report_form(now)

if view == ui.ARRANGE:
    shown = tables.phase_table(now.campaign)
    show.table(shown, title="各阶段和原文", context=ctx, real=ui.source(now))
    with st.expander("新增一个活动", icon=":material/add:"):
        ui.campaign_form()
