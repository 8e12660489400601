"""From which computer a visit comes, as the gate of lib/web says on every run."""

from __future__ import annotations

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from lib.store.events import come_from
from lib.web.visits import ADDRESS

_HEADER = "X-Duibiao-Address"


def tell_the_trail() -> None:
    """From now on the trail says from which address a deed is done; called once, at the start of the server."""
    come_from(address)


def address() -> str:
    """The address of the computer of this run or request; "" for what the server does by itself."""
    said = ADDRESS.get()
    if said or get_script_run_ctx(suppress_warning=True) is None:
        return said
    return st.context.headers.get(_HEADER, "")
