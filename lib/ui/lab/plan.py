"""To be filled."""

from __future__ import annotations

import streamlit as st

from lib.ui.context import Context


def draw(context: Context) -> None:
    """The view."""
    st.info("建设中")
