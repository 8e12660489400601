"""申报表: the campaign's annex 2 as a form that is kept while it is filled in, and the public list."""

import streamlit as st

from lib.ui import declaration, declaring, show
from lib.ui.context import context
from lib.ui.declaring import Basis
from lib.view import declaration as words
from lib.view import sentences

ctx = context()
chosen = declaring.campaigns(ctx.version)
filed = declaring.opened()
said = declaring.said()

if filed is None:
    rows = declaring.filed()
    show.heading("申报表", sentences.declarations([each.state for each in rows]))
    if said:
        st.info(show.plain(said))
    left, right = st.columns([3, 2], gap="large")
    with right:
        declaration.start(ctx, chosen)
    with left:
        declaration.listed(ctx, [each for each in rows if each.state.label not in ("已公示", "已作废")])
        public = [each for each in rows if each.state.label == "已公示"]
        if public:
            shown = declaring.public(ctx, public)
            show.table(words.public_table(shown, ctx.labels), title=f"公示：{len(public)} 份申报表")
            declaration.openers(public)
        elif not rows:
            st.info("还没有申报表。右边填经办人，点“开始填报”；也可以从“寻标”“对标差距”“典型做法”页带着所选内容开始。")
    st.stop()

basis = Basis(ctx, filed.content)
campaign = chosen[filed.campaign]
about = sentences.declaration(filed.content.unit, ctx.labels.get(filed.content.subject, ""), filed.state.label)
show.heading(f"申报表 第 {filed.id} 号　{campaign.name}", about)
if filed.comment and filed.state.label == "已退回":
    st.warning(show.plain(f"退回意见：{filed.comment}"), icon=":material/undo:")
if said:
    st.info(show.plain(said), icon=":material/info:")
if filed.state.open:
    declaration.fill_in(basis, filed, campaign)
else:
    left, right = st.columns([5, 2], gap="large")
    with left:
        declaration.form_on_screen(basis, filed)
    with right:
        declaration.decide(basis, filed)
declaration.history(ctx, filed)
st.button("回到申报表列表", icon=":material/arrow_back:", on_click=declaring.close_form, type="tertiary")
