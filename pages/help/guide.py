"""一分钟导览: a few stops for each role, each with a picture and the way there."""

import streamlit as st

from lib.ui import show, switch, tour

head = st.container()
role = switch.one("你是", tuple(tour.stops()), "role")
with head:
    show.heading("一分钟导览", f"{role}先看这 {len(tour.stops()[role])} 处；点“带我去”，就到那一页。")
tour.show(role)
st.caption("图上写着“演示数据截图”的，不是真实情况。每一页标题旁边的“怎么看”，说的是那一页。")
st.page_link("help/method.py", label="分数是怎么算的", icon=":material/functions:")
st.page_link("help/glossary.py", label="不认识的词", icon=":material/menu_book:")
