"""会议打印稿: the deck of a meeting, one screen a sheet of A4."""

from __future__ import annotations

import streamlit as st

from lib.model import UserError
from lib.ui import show
from lib.ui.room import deck, selection
from lib.ui.room.compose import composed
from lib.ui.room.shown import draw

_PRINTER = st.components.v2.component(
    "printer",
    html="<button type='button'>打印，或存成 PDF</button>",
    css="button { font: inherit; padding: 0.5rem 1rem; cursor: pointer; }",
    js="""export default function ({ parentElement }) {
        parentElement.querySelector("button").onclick = () => window.print();
    }""",
)


def run() -> None:
    """The page."""
    try:
        context, chosen = selection.stated(), deck.asked("meeting")
    except UserError as error:
        st.error(str(error))
        return
    with st.container(key="handout-bar", horizontal=True, vertical_alignment="center"):
        st.markdown(f"{show.plain(chosen.name)}，{len(chosen.screens)} 屏，A4 横向一屏一页", width="content")
        _PRINTER(key="printer")
    for number, screen in enumerate(chosen.screens, 1):
        draw(composed(context, screen), f"sheet-{number}", foot=f"{chosen.name}　{number} / {len(chosen.screens)}")
