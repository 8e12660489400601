"""Light or dark, kept by the browser, page by page, where Streamlit itself looks for it; and Streamlit's own words in Chinese."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import streamlit as st

LIGHT, DARK = "light", "dark"
_WANTED = "_appearance"
_SCRIPT = Path(__file__).with_name("appearance.js")
_component = st.components.v2.component("appearance", js=_SCRIPT.read_text(encoding="utf-8"))


def dark() -> bool:
    """Whether the reader has a dark ground."""
    return st.context.theme.type == DARK


def button(paths: Iterable[str]) -> None:
    """The switch between light and dark ground, for all the pages of these paths."""
    other, word, icon = (LIGHT, "浅色", "light_mode") if dark() else (DARK, "深色", "dark_mode")
    st.button(word, icon=f":material/{icon}:", key="ground", width="stretch", on_click=_want, args=(other,))
    put(st.session_state.pop(_WANTED, ""), paths)


def put(wanted: str, paths: Iterable[str]) -> None:
    """Gives the pages of these paths the wanted ground; the page is loaded again where it has the other."""
    _component(key="appearance", data={"wanted": wanted, "paths": list(paths)}, height=0)


def _want(ground: str) -> None:
    st.session_state[_WANTED] = ground
