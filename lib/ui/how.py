"""怎么看: what a page answers and how it is read, one Markdown file a page in data/help, behind a small button in its head."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import streamlit as st

FOLDER = Path(__file__).parents[2] / "data" / "help"
# The page that opens first has no path in its address.
FIRST = "overview"
_PAGE = "_help_page"


def opened(path: str) -> None:
    """Notes which page is being drawn, by its path in the address."""
    st.session_state[_PAGE] = path or FIRST


@cache
def texts() -> dict[str, str]:
    """Every page's text, Markdown, by the page's path."""
    return {file.stem: file.read_text(encoding="utf-8") for file in sorted(FOLDER.glob("*.md"))}


def button() -> None:
    """The button that opens the text of the page being drawn; nothing for a page that has none."""
    words = texts().get(st.session_state.get(_PAGE, ""))
    if words:
        with st.popover("怎么看", icon=":material/help:", type="tertiary", key="how"):
            st.markdown(words)
