"""搜索: whatever the catalogue has about some words."""

import streamlit as st

from lib.ui import search, show
from lib.ui.context import context
from lib.ui.tiles import Pick, press
from lib.view import sentences

ctx = context()
head = st.container()
asked = search.query().strip()
found = search.find(ctx, asked)
counts = {name: int((found["kind"] == kind).sum()) for kind, name in search.NAMES.items() if kind in set(found["kind"])}

with head:
    if asked:
        show.heading("搜索", sentences.found(search.cut(asked), counts))
    else:
        show.heading("搜索", f"写两个字就能搜：{'、'.join(search.NAMES.values())}。")
if search.cut(asked) != asked:
    st.caption(f"写得太长，只按“{show.plain(search.cut(asked))}”搜索。")
if not asked:
    st.markdown("几个词之间空一格，要求都出现。名称、别名、定义、做法的内容、文件的原文都会查到。例如：")
    with st.container(horizontal=True):
        for word in search.EXAMPLES:
            press(Pick(word, search.look_for, (word,)), f"example-{word}")
elif found.empty:
    st.markdown(f"查过了{'、'.join(search.NAMES.values())}的名称、别名、定义和原文。换短一点的词试试，例如只写两个字。")
    with st.container(horizontal=True):
        for word in search.shorter(ctx, asked):
            press(Pick(show.plain(word), search.look_for, (word,)), f"shorter-{word}")
else:
    only = search.kinds(found)
    for kind, rows in found.groupby("kind", sort=False):
        if only in (None, kind):
            search.group(ctx, rows, search.FEW if only is None else search.MANY)
