"""名词: the words of the pages and what they mean here, grouped, with the page where each is seen."""

import streamlit as st

from lib.ui import glossary, show

head = st.container()
asked = glossary.asked()
found = glossary.matching(asked)
with head:
    show.heading("名词", glossary.conclusion(found, asked))
if not found:
    st.info(f"没有“{show.plain(asked)}”。换短一点的词试试；指标和测度的定义请用左上的搜索框。")
glossary.show(found)
