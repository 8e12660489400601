"""操作记录: the trail, narrowed by days and words."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from lib.store import default_path, events

MOST = 2_000


def asked() -> tuple[str, str, str]:
    """From which day until which, and with which words, kept in the address."""
    options = {"bind": "query-params", "persist_state": "session"}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        since = st.date_input("从", value=None, key="since", width=160, **options)
        until = st.date_input("到", value=None, key="until", width=160, **options)
        words = st.text_input(
            "有这些字", key="words", placeholder="姓名、事项、对象、地址，空格隔开", width=360, **options
        )
    return since.isoformat() if since else "", until.isoformat() if until else "", words


def lines(since: str, until: str, words: str) -> tuple[pd.DataFrame, int]:
    """The latest lines that fit, and how many fit."""
    return events.trail(default_path(), since=since, until=until, words=words, most=MOST)


def extent() -> tuple[int, str]:
    """How many lines there are in all, and the day of the first, in China; "" for none."""
    return events.extent(default_path())
