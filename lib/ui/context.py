"""The selection that lives in the URL, as the shell's controls have chosen it."""

from __future__ import annotations

import streamlit as st

from lib.context import BEST, MEDIAN, NATION, TOTAL, Context, describes_conditions, kept, node_label, of_performance

__all__ = [
    "BEST",
    "MEDIAN",
    "NATION",
    "TOTAL",
    "Context",
    "context",
    "describes_conditions",
    "kept",
    "node_label",
    "performance",
]


def performance() -> Context:
    """The context for pages that ask for goals, as `of_performance`."""
    return of_performance(context())


def context() -> Context:
    """The context that the shell's controls have chosen."""
    return st.session_state["_context"]
