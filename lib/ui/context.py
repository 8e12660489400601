"""The selection that lives in the URL, as the shell's controls have chosen it."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from lib.context import BEST, MEDIAN, NATION, TOTAL, Context, describes_conditions, node_label

__all__ = [
    "BEST",
    "MEDIAN",
    "NATION",
    "TOTAL",
    "Context",
    "context",
    "describes_conditions",
    "node_label",
    "performance",
]


def performance() -> Context:
    """The context for pages that ask for goals: where there are values of conditions only, as before any county has reported, the
    catalogue's first framework of performance without a value, so that what documents state can be seen."""
    chosen = context()
    if not chosen.background or not all(map(describes_conditions, chosen.snapshot.framework_codes)):
        return chosen
    code = next(each for each in chosen.book.trees if not describes_conditions(each))
    blank = chosen.snapshot.without_values(code, chosen.period)
    return replace(chosen, framework_code=code, scores=blank)


def context() -> Context:
    """The context that the shell's controls have chosen."""
    return st.session_state["_context"]
