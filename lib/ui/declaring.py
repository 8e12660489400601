"""Where a declaration begins: another page has chosen whom to learn from, and opens the form with it."""

from __future__ import annotations

import streamlit as st

from lib.model.declaration import Declaration
from lib.ui import go

BEGUN = "_begun"


def begin(content: Declaration) -> None:
    """Opens the page of declarations with what has been chosen so far; called before a run, nothing is kept yet."""
    st.session_state[BEGUN] = content
    go.page("benchmark/declaration.py")
