"""整改台账: what must be put right by whom and when, whether it has helped, and how it is put on the ledger."""

import streamlit as st

from lib.ui import access, ledger_entry, ledger_file, ledger_item, rectifying, show, switch
from lib.ui import ledger as ui
from lib.ui.context import performance

ctx = performance()
head = st.container()
found = rectifying.opened()

if found is not None:
    row = rectifying.row_of(ctx, found)
    with head:
        st.button("回到台账", icon=":material/arrow_back:", on_click=rectifying.close_item, type="tertiary")
        show.heading(f"整改台账　第 {found.id} 号", ledger_item.conclusion(found, row))
    ui.tell()
    ledger_item.draw(ctx, found, row)
    ledger_entry.change(ctx, found)
    ledger_item.history(ctx, found)
else:
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        now = ui.choose(ctx)
        view = switch.one("看什么", rectifying.VIEWS, rectifying.VIEW)
        if view != rectifying.NEW and len(now.whole):
            ui.choose_filters(now)
    with head:
        show.heading("整改台账", now.conclusion)
        ui.mark(now)
    ui.tell()
    if view == rectifying.NEW:
        with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
            entry = switch.one("怎么列入", rectifying.ENTRIES, rectifying.ENTER)
            with st.container(width=220):
                access.who(access.Action.EDIT)
        if entry == rectifying.BY_HAND:
            ledger_entry.by_hand(ctx)
        elif entry == rectifying.WEAK:
            ledger_entry.from_weak(ctx)
        else:
            ledger_file.from_file(ctx)
    elif now.whole.empty:
        ui.nothing()
    elif now.rows.empty:
        st.info("没有符合所选条件的事项。请把上面的条件改回“全部”。")
    elif view == rectifying.BOARD:
        ui.board(now)
    elif view == rectifying.TABLE:
        ui.table(now)
    else:
        ui.chase(now)
