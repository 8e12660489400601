"""Light or dark: kept by the browser, page by page, where Streamlit itself looks for it."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

LIGHT, DARK = "light", "dark"
_WANTED = "_appearance"
# Streamlit reads its theme once, when a page is loaded, from a key that has the page's path in it.
_APPLY = """export default function ({ data }) {
  if (!data.wanted) return;
  const name = JSON.stringify(data.wanted === "dark" ? "Dark" : "Light");
  const shown = getComputedStyle(document.querySelector(".stApp")).colorScheme;
  const base = location.pathname.replace(/[^/]*$/, "");
  for (const path of data.paths) localStorage.setItem(`stActiveTheme-${base}${path}-v2`, name);
  if (shown !== data.wanted) location.reload();
}"""
_component = st.components.v2.component("appearance", js=_APPLY)


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
