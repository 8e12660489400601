"""通报材料: the bulletin and its short forms, drafted from the data, edited, issued; slides and workbook."""

import streamlit as st

from lib.ui import bulletin as ui
from lib.ui import materials, show, switch
from lib.ui.context import performance

ctx = performance()
head = st.container()
with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
    view = switch.one("做什么", ui.VIEWS, ui.VIEW)
    desk = ui.choose(ctx, ui.PAPERS[view]) if view in ui.PAPERS else None
    day = switch.day() if view in (ui.SLIDES, ui.WORKBOOK) else None
ui.told()

if desk is not None:
    with head:
        if desk.made.made_up:
            show.opening("通报材料", ui.conclusion(desk), desk.material.context)
        else:
            show.heading("通报材料", ui.conclusion(desk))
    ui.actions(desk)
    with st.container(horizontal=True, gap="large", key="beside-paper"):
        with st.container():
            ui.editor(desk)
        with st.container(key="paper-preview"):
            ui.preview(desk)
    ui.figures(desk)
    st.page_link("act/ledger.py", label="看整改台账", icon=":material/checklist:")
    st.page_link("benchmark/targets.py", label="看目标进度", icon=":material/flag:")
elif day is not None:
    with head:
        show.opening("通报材料", f"{view}，用左边所选的评价期和截至日的台账、目标生成。", ctx)
    make = materials.slides if view == ui.SLIDES else materials.workbook
    make(ui.material(ctx, day))
else:
    with head:
        show.heading("通报材料", f"已印发 {ui.issued()} 份。")
    ui.archive()
