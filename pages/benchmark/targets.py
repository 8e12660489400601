"""目标进度: baseline → now → target by a date; by department, quarter and county; who to call today."""

import streamlit as st

from lib.ui import show, target_forms
from lib.ui import targets as ui
from lib.ui.context import context

ctx = context()
head = st.container()
board = ui.choose(ctx)
with head:
    show.opening("目标进度", board.conclusion, ctx, real=not board.made_up)
    st.caption(board.about)
ui.DRAW[board.view](board)
target_forms.forms(board)
with st.container(horizontal=True):
    st.page_link("act/ledger.py", label="没有达到的，列入整改台账", icon=":material/assignment_late:")
    st.page_link("benchmark/gap.py", label="看和标杆差在哪", icon=":material/compare_arrows:")
