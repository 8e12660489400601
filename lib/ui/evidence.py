"""The panel of proofs: which files prove which values, adding one, taking one off."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from lib import office
from lib.ingest.evidence import KINDS
from lib.model import UserError
from lib.ui import access, entry, intake, loaders
from lib.ui.batches import file_name
from lib.view import intake as tables


def panel(version: str, codes: Sequence[str], period: str, user: str) -> None:
    """The proofs of some measures in a period, and the form to add one."""
    book = loaders.load_catalog(version)
    names = {code: book.regions[code].name for code in book.cohorts[office.COUNTY_COHORT].members}
    labels = intake.measure_labels(version)
    rows = entry.proofs(version)
    rows = rows[rows["measure"].isin(codes) & (rows["period"] == period)]
    if rows.empty:
        st.info("这些数值还没有佐证材料。")
    for row in rows.itertuples():
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            st.markdown(tables.proof(row, names, labels))
            access.download(
                "下载",
                lambda sha256=row.sha256: entry.content(sha256),
                file_name=file_name(row.name),
                mime="application/octet-stream",
                key=f"proof-{row.id}",
            )
            if st.button("移除", key=f"remove-{row.id}", disabled=not user):
                _remove(int(row.id), user)
    _form(codes, names, labels, period, user)


def _form(codes: Sequence[str], names: dict[str, str], labels: dict[str, str], period: str, user: str) -> None:
    # A form of its own for each proof: what was chosen stays until it has been kept.
    turn = st.session_state.setdefault("proof_turn", 0)
    with st.form(f"proof-{turn}"):
        left, right = st.columns(2)
        region = left.selectbox("地区", list(names), format_func=names.get, key="proof_region")
        measure = right.selectbox("测度", list(codes), format_func=labels.get, key="proof_measure")
        file = st.file_uploader(f"佐证材料（{'、'.join(KINDS.values())}，不超过 10 MB）", key=f"proof_file-{turn}")
        note = st.text_input("说明", key=f"proof_note-{turn}", placeholder="如：系统截图、会议纪要")
        pressed = st.form_submit_button("上传佐证", disabled=not user)
        if not user:
            st.caption(access.unnamed(access.Action.PUBLISH))
    if not pressed:
        return
    if file is None:
        st.error("还没有选择文件。")
    else:
        try:
            entry.attach(file, region, measure, period, user, note.strip())
        except UserError as error:
            st.error(str(error))
        else:
            st.session_state["proof_turn"] = turn + 1
            st.toast("已存入佐证材料", icon=":material/check_circle:")
            st.rerun()


def _remove(number: int, user: str) -> None:
    try:
        entry.detach(number, user)
    except UserError as error:
        st.error(str(error))
    else:
        st.rerun()
