"""典型做法: the cases to learn from, those that bear on a place's weaknesses first, and one of them in full."""

import streamlit as st

from lib.ui import practices as ui
from lib.ui import show
from lib.ui.context import performance

ctx = performance()
head = st.container()
choice = ui.choose(ctx)
with head:
    show.opening("典型做法", show.plain(choice.conclusion), ctx, real=choice.basis != ui.OURS)
    ui.said()

if choice.rows.empty:
    st.info("没有符合条件的做法。少写几个字，或者把类别、指标改回“全部”；也可以在下面补充。")
else:
    left, right = st.columns([5, 6], gap="large")
    with left:
        row = ui.pick(choice)
    with right:
        ui.detail(choice, row)

with st.expander("补充、移除我们自己收集的做法", icon=":material/add:"):
    ui.form(ctx)
