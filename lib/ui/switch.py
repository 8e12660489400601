"""A choice of one of a few views, kept in the address."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal

import streamlit as st


def one(label: str, options: Sequence[str], key: str) -> str:
    """One of the options, the first until another is chosen; there is always one."""
    _fall_back(options, key)
    return st.segmented_control(
        label,
        options,
        # What the session has is not given twice.
        default=None if key in st.session_state else options[0],
        required=True,
        key=key,
        bind="query-params",
        persist_state="session",
    )


def pick(
    label: str, options: Sequence[str], key: str, say: Callable[[str], str], width: int | Literal["stretch"] = "stretch"
) -> str:
    """One of many options from a list, the first until another is chosen; `say` puts one in words."""
    _fall_back(options, key)
    return st.selectbox(
        label, options, format_func=say, key=key, bind="query-params", persist_state="session", width=width
    )


def _fall_back(options: Sequence[str], key: str) -> None:
    """What was chosen before and is not there now gives way to the first option."""
    if key in st.session_state and st.session_state[key] not in options:
        st.session_state[key] = options[0]
