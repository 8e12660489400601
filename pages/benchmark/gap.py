"""对标差距: what the benchmark does better, where we are behind, how to catch up and when; a county, or the city by its documents."""

import streamlit as st

from lib.ui import city_gap, gap, ledger_entry, show, subject
from lib.ui.context import performance

ctx = performance()
head = st.container()
controls = st.container(horizontal=True, vertical_alignment="bottom", gap="medium")
with controls.container(width=340):
    code = subject.choose(ctx, "指标")
with controls.container(width="content"):
    city = gap.whose(ctx)
if city:
    with controls.container(width=240):
        place = subject.choose_place(ctx, code)
    city_gap.draw(ctx, code, place, head)
else:
    found = gap.comparison(ctx, code)
    with head:
        show.opening("对标差距", gap.conclusion(ctx, found), ctx)
    if found.gaps.empty:
        st.info(
            f"{ctx.compare}没有与“{subject.name(ctx, code)}”同口径的数值。请在左边换一个对标对象，或换一个指标、指标体系。"
        )
    else:
        gap.draw_better(ctx, found)
        gap.draw_gap(ctx, found)
        begun = gap.begun(ctx, found)
        gap.draw_practices(ctx, found.weights, begun)
        gap.draw_when(ctx, found)
        if ctx.background:
            gap.onward(None, None)
        else:
            gap.onward(begun("", found.worst), ledger_entry.county_task(ctx, found.worst))
