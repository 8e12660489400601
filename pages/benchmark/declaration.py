"""申报表: the campaign's annex 2 as a form that is kept while it is filled in, and the public list."""

import streamlit as st

from lib.ui import access, declaration, declaring, loaders, show
from lib.ui.basis import Basis
from lib.ui.context import context
from lib.view import sentences

ctx = context()
chosen = loaders.load_campaigns(ctx.version)
filed = declaring.opened()
said, wrong = declaring.said()

if filed is None:
    rows = declaring.filed()
    show.heading("申报表", sentences.declarations([each.state for each in rows]))
    declaration.tell(said, wrong=wrong)
    declaration.front(ctx, chosen, rows)
else:
    basis = Basis(ctx, filed.content)
    campaign = chosen[filed.campaign]
    about = sentences.declaration(filed.content.unit, declaring.subject_name(ctx, filed.content.subject), filed.state)
    show.heading(f"申报表 第 {filed.id} 号　{campaign.name}", about)
    declaration.returned(filed)
    declaration.tell(said, wrong=wrong)
    withheld = access.withheld(access.Action.DECLARE, filed.content.unit) if filed.state.open else ""
    if withheld:
        st.info(f"{withheld}。这一份可以看、可以下载。", icon=":material/lock:")
    if filed.state.open and not withheld:
        declaration.fill_in(basis, filed, campaign)
    else:
        declaration.sheet(basis, filed)
    declaration.history(ctx, filed)
    st.button("回到申报表列表", icon=":material/arrow_back:", on_click=declaring.close_form, type="tertiary")
