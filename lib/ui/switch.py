"""Choices that are kept in the address: of a view, of one of many, of a day; and what in the address none of them can be."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Literal

import streamlit as st

from lib.store.events import today

DAY = "day"
_SAID, _ASKED = "_said", "_asked"


def begin() -> None:
    """Forgets what the boxes of the last run said; keeps what a visit's first address asks, in its first run. Called once, first."""
    st.session_state[_SAID] = {}
    st.session_state[_ASKED] = {} if _ASKED in st.session_state else st.query_params.to_dict()


def again() -> None:
    """Lets the address that is gone to now count as the first one of the visit."""
    del st.session_state[_ASKED]


def said() -> Mapping[str, str]:
    """What each box of the page says, by its key, in the words of an address."""
    return st.session_state[_SAID]


def tell(key: str, words: str) -> None:
    """What a box says."""
    st.session_state[_SAID][key] = words


def understood(key: str) -> None:
    """What the first address asks under a key has been answered otherwise."""
    st.session_state[_ASKED].pop(key, None)


def missing() -> list[str]:
    """What a visit's first address asked of the boxes of its page and is not what they say."""
    asked = st.session_state[_ASKED]
    return [asked[key] for key, words in said().items() if asked.get(key, words) != words]


def one(label: str, options: Sequence[str], key: str) -> str:
    """One of the options, the first until another is chosen; there is always one."""
    _fall_back(options, key)
    chosen = st.segmented_control(
        label,
        options,
        # What the session has is not given twice.
        default=None if key in st.session_state else options[0],
        required=True,
        key=key,
        bind="query-params",
        persist_state="session",
    )
    tell(key, chosen)
    return chosen


def pick(
    label: str, options: Sequence[str], key: str, say: Callable[[str], str], width: int | Literal["stretch"] = "stretch"
) -> str:
    """One of many options from a list, the first until another is chosen; `say` puts one in words."""
    _fall_back(options, key)
    chosen = st.selectbox(
        label, options, format_func=say, key=key, bind="query-params", persist_state="session", width=width
    )
    tell(key, say(chosen))
    return chosen


def day() -> date:
    """The day as of which a page tells, today until another is chosen; one for all pages."""
    now = date.fromisoformat(today())
    chosen = st.date_input("截至", value=now, key=DAY, bind="query-params", persist_state="session", width=160)
    tell(DAY, chosen.isoformat())
    return chosen


def _fall_back(options: Sequence[str], key: str) -> None:
    """What was chosen before and is not there now gives way to the first option."""
    if key in st.session_state and st.session_state[key] not in options:
        st.session_state[key] = options[0]
