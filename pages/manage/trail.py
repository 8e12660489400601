"""操作记录: who did what, when, from where, and what it was before and after; for whoever may look into it."""

import streamlit as st

from lib.ui import show, trail
from lib.view import access as words

head = st.container()
asked = trail.asked()
rows, fitting = trail.lines(*asked)
with head:
    show.heading("操作记录", words.trail(*trail.extent(), fitting))
if rows.empty:
    st.info("没有符合条件的记录。请放宽上面的条件。")
else:
    shown = f"（最近的 {len(rows)} 条）" if fitting > len(rows) else ""
    show.table(words.trail_table(rows), title=f"操作记录{shown}", long=True)
    st.caption("登录、发布、撤回、修改、导出、账号变动都在这里；数据库不让改、不让删。要带走，用“导出本页”。")
