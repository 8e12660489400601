"""The strip at the head of every page while the database can only be read."""

from __future__ import annotations

import streamlit as st

from lib.store import default_path
from lib.store.condition import condition
from lib.ui import show


def banner() -> None:
    """Says what is wrong and what to do, as long as something is."""
    now = condition(default_path())
    if now.fault:
        with st.container(key="screen-only-condition"):
            said = show.plain(str(now))
            st.warning(said if now.writable else f"**现在只能看，不能保存**：{said}", icon=":material/lock:")
